#include "read/page.h"

static int read_page(runut_reading *reading, runut_input *input, runut_slice file, runut_capture_kind kind)
{
    runut_capture capture = {.kind = kind, .file = file};
    runut_error error;
    if (runut_input_all(input, reading->most, &capture.bytes, &error) == RUNUT_OK)
        return runut_reading_deliver(reading, &capture);
    runut_reading_reject(reading, file, 0, error.byte, &error);
    return RUNUT_OK;
}

int runut_page_read_html(runut_reading *reading, runut_input *input, runut_slice file)
{
    return read_page(reading, input, file, RUNUT_CAPTURE_HTML);
}

int runut_page_read_text(runut_reading *reading, runut_input *input, runut_slice file)
{
    return read_page(reading, input, file, RUNUT_CAPTURE_TEXT);
}
