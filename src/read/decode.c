#include "read/decode.h"

#include <brotli/decode.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/error.h"
#include "base/slice.h"

enum { STEP = 64 * 1024, RATIO = 256, GRACE = 1 << 20, WINDOW = 27 };

struct runut_decoder {
    runut_coding coding;
    runut_scratch *out;
    size_t most;
    uint64_t fed;
    bool opened, ended;
    z_stream zip;
    BrotliDecoderState *brotli;
    ZSTD_DCtx *zstd;
};

runut_coding runut_coding_named(runut_slice name)
{
    static const struct {
        const char *name;
        runut_coding coding;
    } names[] = {{"", RUNUT_CODING_NONE},           {"identity", RUNUT_CODING_NONE}, {"none", RUNUT_CODING_NONE},
                 {"utf-8", RUNUT_CODING_NONE},      {"gzip", RUNUT_CODING_GZIP},     {"x-gzip", RUNUT_CODING_GZIP},
                 {"deflate", RUNUT_CODING_DEFLATE}, {"br", RUNUT_CODING_BROTLI},     {"zstd", RUNUT_CODING_ZSTD}};
    name = runut_slice_trim(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (runut_slice_equal_nocase(name, runut_slice_of(names[i].name)))
            return names[i].coding;
    return RUNUT_CODING_UNKNOWN;
}

runut_decoder *runut_decoder_open(runut_coding coding, runut_scratch *out, size_t most)
{
    runut_decoder *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->coding = coding;
    self->out = out;
    self->most = most;
    return self;
}

void runut_decoder_close(runut_decoder *self)
{
    if (!self)
        return;
    if (self->opened && (self->coding == RUNUT_CODING_GZIP || self->coding == RUNUT_CODING_DEFLATE))
        inflateEnd(&self->zip);
    if (self->brotli)
        BrotliDecoderDestroyInstance(self->brotli);
    ZSTD_freeDCtx(self->zstd);
    free(self);
}

bool runut_decoder_ended(const runut_decoder *self)
{
    return self->coding == RUNUT_CODING_NONE || self->ended;
}

/* By the first byte it is told whether somebody undid the coding and left its name, as some crawlers do. */
static void doubt(runut_decoder *self, unsigned char first)
{
    if (self->coding == RUNUT_CODING_GZIP && first != 0x1F)
        self->coding = RUNUT_CODING_NONE;
    if (self->coding == RUNUT_CODING_ZSTD && first != 0x28 && first >> 4 != 5)
        self->coding = RUNUT_CODING_NONE;
    if (self->coding == RUNUT_CODING_DEFLATE && first == '<')
        self->coding = RUNUT_CODING_NONE;
}

static bool open_coding(runut_decoder *self, unsigned char first)
{
    doubt(self, first);
    self->opened = true;
    switch (self->coding) {
    case RUNUT_CODING_GZIP:
        self->opened = inflateInit2(&self->zip, 15 + 16) == Z_OK;
        break;
    case RUNUT_CODING_DEFLATE:
        self->opened = inflateInit2(&self->zip, (first & 15) == 8 ? 15 : -15) == Z_OK;
        break;
    case RUNUT_CODING_BROTLI:
        self->opened = (self->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL)) != NULL;
        break;
    case RUNUT_CODING_ZSTD:
        self->zstd = ZSTD_createDCtx();
        self->opened = self->zstd && !ZSTD_isError(ZSTD_DCtx_setParameter(self->zstd, ZSTD_d_windowLogMax, WINDOW));
        break;
    default:
        break;
    }
    return self->opened;
}

/* Each of the three takes from `piece` and adds to `to` (*got of STEP bytes); false where the data are broken. */
static bool step_zlib(runut_decoder *self, runut_slice *piece, char *to, size_t *got)
{
    self->zip.next_in = (unsigned char *)piece->at;
    self->zip.avail_in = (unsigned)piece->size;
    self->zip.next_out = (unsigned char *)to;
    self->zip.avail_out = STEP;
    int code = inflate(&self->zip, Z_NO_FLUSH);
    *got = STEP - self->zip.avail_out;
    *piece = runut_slice_part(*piece, piece->size - self->zip.avail_in, piece->size);
    self->ended = code == Z_STREAM_END;
    return code == Z_OK || code == Z_BUF_ERROR || code == Z_STREAM_END;
}

static bool step_brotli(runut_decoder *self, runut_slice *piece, char *to, size_t *got)
{
    const uint8_t *in = (const uint8_t *)piece->at;
    uint8_t *out = (uint8_t *)to;
    size_t in_left = piece->size, out_left = STEP;
    BrotliDecoderResult result = BrotliDecoderDecompressStream(self->brotli, &in_left, &in, &out_left, &out, NULL);
    *got = STEP - out_left;
    *piece = runut_slice_part(*piece, piece->size - in_left, piece->size);
    self->ended = result == BROTLI_DECODER_RESULT_SUCCESS;
    return result != BROTLI_DECODER_RESULT_ERROR;
}

static bool step_zstd(runut_decoder *self, runut_slice *piece, char *to, size_t *got)
{
    ZSTD_inBuffer in = {piece->at, piece->size, 0};
    ZSTD_outBuffer out = {to, STEP, 0};
    size_t code = ZSTD_decompressStream(self->zstd, &out, &in);
    if (ZSTD_isError(code))
        return false;
    *got = out.pos;
    *piece = runut_slice_part(*piece, in.pos, piece->size);
    self->ended = code == 0;
    return true;
}

static int too_large(const runut_decoder *self, runut_error *error)
{
    if (self->out->size > self->most)
        return runut_error_set(error, RUNUT_ERR_INPUT, "larger than %zu MiB, the limit for one record",
                               self->most >> 20);
    return runut_error_set(error, RUNUT_ERR_INPUT, "unpacks to more than %d times its size", RATIO);
}

static bool is_too_large(const runut_decoder *self)
{
    return self->out->size > self->most || (self->coding != RUNUT_CODING_NONE && self->out->size > GRACE &&
                                            (self->out->size - GRACE) / RATIO > self->fed);
}

static int unpack(runut_decoder *self, runut_slice piece, runut_error *error)
{
    static bool (*const steps[])(runut_decoder *, runut_slice *, char *,
                                 size_t *) = {[RUNUT_CODING_GZIP] = step_zlib,
                                              [RUNUT_CODING_DEFLATE] = step_zlib,
                                              [RUNUT_CODING_BROTLI] = step_brotli,
                                              [RUNUT_CODING_ZSTD] = step_zstd};
    size_t got = STEP;
    while (!self->ended && (piece.size || got == STEP)) {
        char *to = runut_scratch_room(self->out, STEP);
        if (!to)
            return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
        got = 0;
        if (!steps[self->coding](self, &piece, to, &got))
            return runut_error_set(error, RUNUT_ERR_INPUT, "damaged content coding");
        self->out->size += got;
        if (is_too_large(self))
            return too_large(self, error);
    }
    return RUNUT_OK;
}

int runut_decoder_feed(runut_decoder *self, runut_slice piece, runut_error *error)
{
    if (piece.size == 0 || self->ended)
        return RUNUT_OK;
    if (!self->opened && !open_coding(self, (unsigned char)piece.at[0]))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->fed += piece.size;
    if (self->coding == RUNUT_CODING_UNKNOWN)
        return runut_error_set(error, RUNUT_ERR_INPUT, "content coding of an unknown kind");
    if (self->coding != RUNUT_CODING_NONE)
        return unpack(self, piece, error);
    if (self->out->size + piece.size > self->most)
        return runut_error_set(error, RUNUT_ERR_INPUT, "larger than %zu MiB, the limit for one record",
                               self->most >> 20);
    if (!runut_scratch_add(self->out, piece))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    return RUNUT_OK;
}
