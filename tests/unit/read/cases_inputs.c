/* Cases of whole inputs, as `add` is handed them: what captures come of them and what is told. "\xHH" in a case is that
 * byte; "\r\n" at the end of a line that the case ends with "\r". */
#define _GNU_SOURCE /* memfd_create */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/read.h"
#include "support/cases.h"

static void put(runut_buffer *out, const char *name, runut_slice text)
{
    if (text.size == 0)
        return;
    runut_buffer_text(out, name);
    runut_buffer_text(out, ": ");
    bool sound = runut_utf8_valid(text);
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] >= 0x80 && !sound)
            runut_buffer_add(out, runut_arena_printf(out->arena, "\\x%02X", (unsigned char)text.at[i]));
        else if ((unsigned char)text.at[i] < ' ')
            runut_buffer_text(out, text.at[i] == '\n' ? " / " : text.at[i] == '\r' ? "\\r" : "\\t");
        else
            runut_buffer_byte(out, text.at[i]);
    runut_buffer_text(out, "\n");
}

static int on_capture(void *context, const runut_capture *c)
{
    static const char *const kinds[] = {"text", "page", "article"};
    runut_buffer *out = context;
    put(out, kinds[c->kind], runut_arena_printf(out->arena, "record %d, byte %d", (int)c->record, (int)c->byte));
    put(out, "id", c->id);
    put(out, "url", c->url);
    put(out, "publisher", c->publisher);
    put(out, "headline", c->headline);
    put(out, "date", c->date_published);
    put(out, "language", c->language);
    put(out, "charset", c->charset);
    put(out, "standfirst", c->standfirst);
    for (size_t i = 0; i < c->authors.size; i++)
        put(out, "author", c->authors.at[i]);
    put(out, "bytes", c->bytes);
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    runut_buffer *out = context;
    runut_buffer_add(out, runut_arena_printf(out->arena, "! record %d, byte %d: %s\n", (int)error->record,
                                             (int)error->byte, error->message));
}

/* The case's text with its escapes undone; a case ends in one line end. */
static runut_slice bytes_of(runut_arena *arena, runut_slice text)
{
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < text.size; i++) {
        char digits[3] = {0};
        bool escape = text.at[i] == '\\' && i + 1 < text.size;
        if (escape && text.at[i + 1] == 'x' && i + 3 < text.size) {
            digits[0] = text.at[i + 2];
            digits[1] = text.at[i + 3];
            runut_buffer_byte(&out, (char)strtol(digits, NULL, 16));
            i += 3;
        } else if (escape && (text.at[i + 1] == 'r' || text.at[i + 1] == 't')) {
            runut_buffer_byte(&out, text.at[i + 1] == 'r' ? '\r' : '\t');
            i++;
        } else {
            runut_buffer_byte(&out, text.at[i]);
        }
    }
    return runut_buffer_slice(&out);
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    runut_slice bytes = bytes_of(arena, input);
    runut_read_options options = {.most_record = 1 << 20};
    runut_error error;
    char path[64];
    int fd = memfd_create("input", 0);
    if (fd < 0 || write(fd, bytes.at, bytes.size) != (ssize_t)bytes.size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    runut_read(path, &options, on_capture, on_reject, &out, &error);
    close(fd);
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
