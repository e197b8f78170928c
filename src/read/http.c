#include "read/http.h"

#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/slice.h"
#include "read/decode.h"

/* A line up to LF, without its CR; a CR alone ends none here. */
static bool cut_line(runut_slice *rest, runut_slice *line)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->at, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->at) : rest->size;
    *line = runut_slice_part(*rest, 0, size && rest->at[size - 1] == '\r' ? size - 1 : size);
    *rest = runut_slice_part(*rest, end ? size + 1 : size, rest->size);
    return true;
}

bool runut_http_field(runut_slice *rest, runut_slice *name, runut_slice *value)
{
    runut_slice line;
    if (!cut_line(rest, &line) || line.size == 0)
        return false;
    const char *colon = memchr(line.at, ':', line.size);
    size_t size = colon ? (size_t)(colon - line.at) : 0;
    *name = runut_slice_trim(runut_slice_part(line, 0, size));
    *value = runut_slice_trim(runut_slice_part(line, colon ? size + 1 : 0, line.size));
    return true;
}

size_t runut_http_header_end(runut_slice text, size_t from)
{
    while (from < text.size) {
        const char *end = memchr(text.at + from, '\n', text.size - from);
        if (!end)
            return SIZE_MAX;
        size_t next = (size_t)(end - text.at) + 1;
        if (next < text.size && text.at[next] == '\n')
            return next + 1;
        if (next + 1 < text.size && text.at[next] == '\r' && text.at[next + 1] == '\n')
            return next + 2;
        from = next;
    }
    return SIZE_MAX;
}

/* "HTTP/1.1 200 OK" */
static unsigned status_of(runut_slice line)
{
    uint32_t status = 0;
    runut_slice word;
    runut_slice_field(&line, ' ', &word);
    line = runut_slice_trim(line);
    return runut_slice_number(runut_slice_part(line, 0, 3), &status) && status >= 100 ? status : 0;
}

bool runut_http_read(runut_slice message, runut_http *out)
{
    *out = (runut_http){.type = {"", 0}, .coding = {"", 0}};
    size_t end = runut_http_header_end(message, 0);
    if (!runut_slice_starts(message, RUNUT_LITERAL("HTTP/")) || end == SIZE_MAX)
        return false;
    runut_slice rest = runut_slice_part(message, 0, end), line, name, value;
    cut_line(&rest, &line);
    out->status = status_of(line);
    out->body = runut_slice_part(message, end, message.size);
    while (runut_http_field(&rest, &name, &value)) {
        if (runut_slice_equal_nocase(name, RUNUT_LITERAL("Content-Type")))
            out->type = value;
        else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("Content-Encoding")))
            out->coding = value;
        else if (runut_slice_equal_nocase(name, RUNUT_LITERAL("Transfer-Encoding")))
            out->chunked |= runut_slice_holds_nocase(value, "chunked");
    }
    return true;
}

/* ---- chunks ---- */

/* The size at the head of a chunk: hexadecimal digits, then nothing, blanks or an extension. */
static bool chunk_size(runut_slice line, uint64_t *size)
{
    size_t i = 0;
    *size = 0;
    for (; i < line.size; i++) {
        unsigned char byte = (unsigned char)line.at[i];
        unsigned digit = runut_is_digit(byte)                       ? byte - (unsigned)'0'
                         : (byte | 32) >= 'a' && (byte | 32) <= 'f' ? (unsigned)(byte | 32) - 'a' + 10
                                                                    : 16;
        if (digit == 16)
            break;
        if (*size >> 56)
            return false;
        *size = *size << 4 | digit;
    }
    return i > 0 && (i == line.size || line.at[i] == ';' || line.at[i] == ' ' || line.at[i] == '\t');
}

/* Cuts the next chunk off `rest`: RUNUT_OK, with an empty one at the end. */
static int cut_chunk(runut_slice *rest, runut_slice *chunk, bool cut, runut_error *error)
{
    runut_slice line;
    uint64_t size;
    *chunk = (runut_slice){"", 0};
    if (!cut_line(rest, &line))
        return cut ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_INPUT, "chunked body ends in the middle");
    if (!chunk_size(line, &size))
        return runut_error_set(error, RUNUT_ERR_INPUT, "broken size of a chunk");
    if (size > rest->size && !cut)
        return runut_error_set(error, RUNUT_ERR_INPUT, "chunk larger than what is left");
    size_t whole = size < rest->size ? (size_t)size : rest->size;
    *chunk = runut_slice_part(*rest, 0, whole);
    *rest = runut_slice_part(*rest, whole, rest->size);
    if (rest->size && rest->at[0] == '\r')
        *rest = runut_slice_part(*rest, 1, rest->size);
    if (rest->size && rest->at[0] == '\n')
        *rest = runut_slice_part(*rest, 1, rest->size);
    return RUNUT_OK;
}

/* Is it chunked indeed? Some crawlers undo it and leave its name. */
static bool is_chunked(const runut_http *http)
{
    runut_slice rest = http->body, line;
    uint64_t size;
    return http->chunked && cut_line(&rest, &line) && chunk_size(line, &size);
}

static int decode_chunks(runut_decoder *decoder, const runut_http *http, bool cut, runut_error *error)
{
    runut_slice rest = http->body, chunk;
    int code;
    do {
        code = cut_chunk(&rest, &chunk, cut, error);
        if (code == RUNUT_OK)
            code = runut_decoder_feed(decoder, chunk, error);
    } while (code == RUNUT_OK && chunk.size);
    return code;
}

static int decode(const runut_http *http, runut_coding coding, bool cut, runut_scratch *scratch, size_t most,
                  runut_error *error)
{
    runut_decoder *decoder = runut_decoder_open(coding, scratch, most);
    if (!decoder)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code =
        is_chunked(http) ? decode_chunks(decoder, http, cut, error) : runut_decoder_feed(decoder, http->body, error);
    if (code == RUNUT_OK && !runut_decoder_ended(decoder) && !cut && http->body.size)
        code = runut_error_set(error, RUNUT_ERR_INPUT, "damaged content coding: ends in the middle");
    runut_decoder_close(decoder);
    return code;
}

int runut_http_body(const runut_http *http, bool cut, runut_scratch *scratch, size_t most, runut_slice *body,
                    runut_error *error)
{
    runut_coding coding = runut_coding_named(http->coding);
    *body = http->body;
    if (coding == RUNUT_CODING_NONE && !is_chunked(http))
        return RUNUT_OK;
    runut_scratch_reset(scratch);
    int code = decode(http, coding, cut, scratch, most, error);
    if (code == RUNUT_ERR_INPUT && coding == RUNUT_CODING_BROTLI && scratch->size == 0) {
        /* brotli cannot be told by its first bytes: was it undone already? */
        runut_slice start = runut_slice_trim(runut_slice_part(http->body, 0, 64));
        if (!is_chunked(http) && start.size && start.at[0] == '<')
            return RUNUT_OK;
    }
    *body = runut_scratch_slice(scratch);
    return code;
}
