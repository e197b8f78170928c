#include "read/packed.h"

int runut_packed_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    runut_error error;
    runut_input *inner = runut_input_within(input, RUNUT_FORM_ANY, UINT64_MAX, &error);
    if (!inner)
        return RUNUT_ERR_MEMORY;
    int code = runut_reading_member(reading, inner, file, (runut_slice){"", 0}, 0);
    runut_input_close(inner);
    return code;
}
