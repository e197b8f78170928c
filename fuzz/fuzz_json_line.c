/* The scanner of JSON lines: what it takes, json-c takes too; what it finds lies within the line; escapes are undone in
 * the room that there is; and a text of any bytes has a sketch. */
#include <json-c/json.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "read/json_line.h"
#include "relate/near_duplicates.h"

static void check(bool good)
{
    if (!good)
        abort();
}

static bool inside(runut_slice part, runut_slice line)
{
    return part.size == 0 || (part.at >= line.at && part.at + part.size <= line.at + line.size);
}

static void check_record(const runut_json_line *json, runut_slice line)
{
    size_t at = 0;
    check(json->close < line.size && line.at[json->close] == '}');
    check(inside(json->text, line) && inside(json->name, line));
    for (size_t i = 0; i < json->cut_count; i++) {
        check(json->cuts[i].start >= at && json->cuts[i].end > json->cuts[i].start && json->cuts[i].end <= json->close);
        at = json->cuts[i].end;
    }
}

static void check_parser(runut_slice line)
{
    struct json_tokener *tokener = json_tokener_new_ex(65);
    struct json_object *object = json_tokener_parse_ex(tokener, line.at, (int)line.size);
    check(json_tokener_get_error(tokener) == json_tokener_success && json_object_is_type(object, json_type_object));
    json_object_put(object);
    json_tokener_free(tokener);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1); /* exact but for one byte: reading beyond is seen */
    runut_slice line = {copy, size};
    runut_json_line json;
    runut_error error;
    runut_sketch sketch;
    uint64_t bands[RUNUT_SKETCH_BANDS];
    runut_sketcher *sketcher = runut_sketcher_new();
    memcpy(copy, data, size);
    runut_sketch_make(sketcher, line, &sketch, bands);
    if (runut_json_line_read(line, &json, &error) == RUNUT_OK) {
        char *plain = malloc(json.text.size + 1);
        check_record(&json, line);
        if (!memchr(copy, '\0', size))
            check_parser(line);
        size_t length = runut_json_unescape(json.text, plain);
        check(length <= json.text.size);
        runut_sketch_make(sketcher, (runut_slice){plain, length}, &sketch, bands);
        free(plain);
    } else {
        check(error.byte <= size);
    }
    runut_sketcher_free(sketcher);
    free(copy);
    return 0;
}
