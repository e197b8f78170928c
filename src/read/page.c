#include "read/page.h"

#include "base/slice.h"

/* The address that whoever saved the page left in a comment: SingleFile's "url: …", browsers' "saved from url=(0024)…".
 */
static runut_slice saved_from(runut_slice page)
{
    enum { LOOK = 4096 };
    static const char *const marks[] = {"Page saved with SingleFile", "<!-- saved from url=("};
    runut_slice start = runut_slice_part(page, 0, LOOK);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = runut_slice_find(start, runut_slice_of(marks[i]), 0);
        size_t url = at == SIZE_MAX ? at : runut_slice_find(start, RUNUT_LITERAL("http"), at), end = url;
        while (end < start.size && !runut_is_space((unsigned char)start.at[end]) && start.at[end] != '>')
            end++;
        if (url != SIZE_MAX && end < start.size && url - at < 64)
            return runut_slice_part(start, url, end);
    }
    return (runut_slice){"", 0};
}

static int read_page(runut_reading *reading, runut_input *input, runut_slice file, runut_capture_kind kind)
{
    runut_capture capture = {.kind = kind, .file = file};
    runut_error error;
    if (runut_input_all(input, reading->most, &capture.bytes, &error) == RUNUT_OK) {
        if (kind == RUNUT_CAPTURE_HTML)
            capture.url = saved_from(capture.bytes);
        return runut_reading_deliver(reading, &capture);
    }
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
