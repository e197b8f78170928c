#include "read/decode.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/slice.h"
#include "read/codec.h"

enum { STEP = 64 * 1024, RATIO = 256, GRACE = 1 << 20 };

struct runut_decoder {
    runut_coding coding;
    runut_scratch *out;
    size_t most;
    uint64_t fed;
    bool opened, ended;
    runut_codec *codec;
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
    runut_codec_close(self->codec);
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
    static const runut_packing packings[] = {[RUNUT_CODING_GZIP] = RUNUT_PACKED_GZIP,
                                             [RUNUT_CODING_DEFLATE] = RUNUT_PACKED_DEFLATE,
                                             [RUNUT_CODING_BROTLI] = RUNUT_PACKED_BROTLI,
                                             [RUNUT_CODING_ZSTD] = RUNUT_PACKED_ZSTD};
    doubt(self, first);
    self->opened = true;
    if (self->coding == RUNUT_CODING_NONE || self->coding == RUNUT_CODING_UNKNOWN)
        return true;
    runut_packing packing = packings[self->coding];
    if (packing == RUNUT_PACKED_DEFLATE && (first & 15) == 8)
        packing = RUNUT_PACKED_ZLIB;
    return (self->codec = runut_codec_open(packing)) != NULL;
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
    size_t got = STEP;
    while (!self->ended && (piece.size || got == STEP)) {
        const char *why;
        char *to = runut_scratch_room(self->out, STEP);
        runut_codec_state state = to ? runut_codec_step(self->codec, &piece, to, STEP, &got, &why) : RUNUT_CODEC_MEMORY;
        if (state == RUNUT_CODEC_MEMORY)
            return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
        if (state == RUNUT_CODEC_BROKEN)
            return runut_error_set(error, RUNUT_ERR_INPUT, "damaged content coding");
        self->ended = state == RUNUT_CODEC_END;
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
