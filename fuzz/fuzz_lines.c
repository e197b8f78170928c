/* Any bytes as the lines that a store keeps of a capture, packed; damaged ones are read as none. */
#include <json-c/json.h>

#include "engine/internal.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_slice bytes = {(const char *)data, size};
    struct json_object *lines = runut_lines_unpack(bytes);
    if (runut_lines_readable(bytes))
        fuzz_check(json_object_is_type(lines, json_type_array));
    json_object_put(lines);
    json_object_put(runut_json_parse(bytes)); /* as records and relations are kept */
    return 0;
}
