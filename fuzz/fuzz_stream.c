/* gzip, zstd and deflate of any bytes. The first byte says in how large pieces they come and which form they are said
 * to have: in pieces and as a whole they must give the same bytes and the same end. What was broken is taken up again
 * at the next member, which must come to an end. */
#include "read/stream.h"

#include <string.h>

#include "support.h"

enum { MOST = 1 << 20, TRIES = 64 };

typedef struct source {
    runut_slice left;
    size_t piece;
} source;

typedef struct result {
    uint64_t sum, bytes;
    int code, members;
} result;

static size_t supply(void *context, void *to, size_t most, runut_error *error)
{
    source *self = context;
    (void)error;
    size_t size = self->left.size < self->piece ? self->left.size : self->piece;
    size = size < most ? size : most;
    memcpy(to, self->left.at, size);
    self->left = runut_slice_part(self->left, size, self->left.size);
    return size;
}

static result read_all(runut_slice bytes, size_t piece, runut_form form)
{
    source from = {bytes, piece};
    result out = {0};
    char room[4096];
    runut_stream *stream = runut_stream_open((runut_supply){supply, &from, piece % 2}, form, NULL);
    fuzz_check(stream != NULL);
    for (int tries = 0; tries < TRIES;) {
        bool member_end = false;
        runut_error error = {0};
        size_t got = runut_stream_read(stream, room, piece < sizeof room ? piece : sizeof room, &member_end, &error);
        for (size_t i = 0; i < got; i++)
            out.sum = out.sum * 31 + (unsigned char)room[i];
        out.bytes += got;
        out.members += member_end;
        if ((got || member_end) && out.bytes < MOST)
            continue;
        out.code += error.code;
        if (got || !error.code || !runut_stream_resume(stream))
            break;
        tries++;
    }
    fuzz_check(runut_stream_rest(stream) <= bytes.size);
    runut_stream_close(stream);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    runut_slice bytes = {(const char *)data + 1, size - 1};
    runut_form form = data[0] & 128 ? RUNUT_FORM_DEFLATE : RUNUT_FORM_ANY;
    result whole = read_all(bytes, SIZE_MAX, form), pieces = read_all(bytes, data[0] % 64 + 1, form);
    if (whole.bytes >= MOST || pieces.bytes >= MOST)
        return 0;
    fuzz_check((whole.code != 0) == (pieces.code != 0));
    if (whole.code) /* what comes before the damage depends on how zstd is asked */
        return 0;
    fuzz_check(whole.bytes == pieces.bytes && whole.sum == pieces.sum);
    fuzz_check(whole.members == pieces.members);
    return 0;
}
