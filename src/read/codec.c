#include "read/codec.h"

#include <brotli/decode.h>
#include <bzlib.h>
#include <libdeflate.h>
#include <lzma.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/slice.h"

enum {
    WINDOW = 27, /* zstd: 128 MiB, what its own program takes without being told to */
    MOST_XZ = 128 << 20,
    MOST_DICTIONARY = 16 << 20
};

struct runut_codec {
    runut_packing packing;
    z_stream zip;
    bz_stream bzip;
    lzma_stream xz;
    ZSTD_DCtx *zstd;
    BrotliDecoderState *brotli;
};

/* ---- telling ---- */

const char *runut_packing_name(runut_packing packing)
{
    static const char *const names[RUNUT_PACKINGS] = {"plain", "gzip", "zstd",    "bzip2",
                                                      "xz",    "zlib", "deflate", "brotli"};
    return names[packing];
}

static uint32_t little(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

bool runut_packing_is_skippable(runut_slice start)
{
    return start.size >= 8 &&
           (little((const unsigned char *)start.at) & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}

/* "BZh", a digit, and what a block or the end begins with. */
static bool is_bzip2(runut_slice start)
{
    runut_slice block = runut_slice_part(start, 4, 10);
    return runut_slice_starts(start, RUNUT_LITERAL("BZh")) && block.size == 6 && start.at[3] >= '1' &&
           start.at[3] <= '9' &&
           (memcmp(block.at, "1AY&SY", 6) == 0 || memcmp(block.at, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

runut_packing runut_packing_of(runut_slice start)
{
    if (runut_slice_starts(start, RUNUT_LITERAL("\x1F\x8B")))
        return RUNUT_PACKED_GZIP;
    if (runut_slice_starts(start, RUNUT_LITERAL("\x28\xB5\x2F\xFD")))
        return RUNUT_PACKED_ZSTD;
    if (runut_slice_starts(start, RUNUT_LITERAL("\xFD"
                                                "7zXZ\0")))
        return RUNUT_PACKED_XZ;
    return is_bzip2(start) ? RUNUT_PACKED_BZIP2 : RUNUT_PACKED_NOT;
}

/* ---- opening ---- */

static bool begin(runut_codec *self)
{
    switch (self->packing) {
    case RUNUT_PACKED_GZIP:
        return inflateInit2(&self->zip, 15 + 16) == Z_OK;
    case RUNUT_PACKED_ZLIB:
        return inflateInit2(&self->zip, 15) == Z_OK;
    case RUNUT_PACKED_DEFLATE:
        return inflateInit2(&self->zip, -15) == Z_OK;
    case RUNUT_PACKED_ZSTD:
        self->zstd = ZSTD_createDCtx();
        return self->zstd && !ZSTD_isError(ZSTD_DCtx_setParameter(self->zstd, ZSTD_d_windowLogMax, WINDOW));
    case RUNUT_PACKED_BROTLI:
        return (self->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL)) != NULL;
    case RUNUT_PACKED_BZIP2:
        return BZ2_bzDecompressInit(&self->bzip, 0, 0) == BZ_OK;
    case RUNUT_PACKED_XZ:
        return lzma_stream_decoder(&self->xz, MOST_XZ, 0) == LZMA_OK;
    default:
        return true;
    }
}

runut_codec *runut_codec_open(runut_packing packing)
{
    runut_codec *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->packing = packing;
    if (begin(self))
        return self;
    runut_codec_close(self);
    return NULL;
}

void runut_codec_close(runut_codec *self)
{
    if (!self)
        return;
    inflateEnd(&self->zip);
    BZ2_bzDecompressEnd(&self->bzip);
    lzma_end(&self->xz);
    ZSTD_freeDCtx(self->zstd);
    if (self->brotli)
        BrotliDecoderDestroyInstance(self->brotli);
    free(self);
}

bool runut_codec_reset(runut_codec *self)
{
    switch (self->packing) {
    case RUNUT_PACKED_GZIP:
        return inflateReset(&self->zip) == Z_OK;
    case RUNUT_PACKED_ZSTD: /* the dictionary stays */
        return !ZSTD_isError(ZSTD_DCtx_reset(self->zstd, ZSTD_reset_session_only));
    case RUNUT_PACKED_BZIP2:
        BZ2_bzDecompressEnd(&self->bzip);
        return begin(self);
    case RUNUT_PACKED_XZ: /* what it holds is used again */
        return begin(self);
    default:
        return true;
    }
}

bool runut_codec_dictionary(runut_codec *self, runut_slice bytes)
{
    if (runut_packing_of(bytes) != RUNUT_PACKED_ZSTD)
        return !ZSTD_isError(ZSTD_DCtx_loadDictionary(self->zstd, bytes.at, bytes.size));
    unsigned long long whole = ZSTD_getFrameContentSize(bytes.at, bytes.size);
    size_t room = whole <= MOST_DICTIONARY ? (size_t)whole : whole == ZSTD_CONTENTSIZE_UNKNOWN ? MOST_DICTIONARY : 0;
    char *plain = room ? malloc(room) : NULL;
    size_t got = plain ? ZSTD_decompress(plain, room, bytes.at, bytes.size) : 0;
    bool good = plain && !ZSTD_isError(got) && !ZSTD_isError(ZSTD_DCtx_loadDictionary(self->zstd, plain, got));
    free(plain);
    return good;
}

/* ---- steps ---- */

static runut_codec_state step_zlib(runut_codec *self, runut_slice *in, void *to, size_t most, size_t *got,
                                   const char **why)
{
    self->zip.next_in = (unsigned char *)in->at;
    self->zip.avail_in = (unsigned)in->size;
    self->zip.next_out = to;
    self->zip.avail_out = (unsigned)most;
    int code = inflate(&self->zip, Z_NO_FLUSH);
    *in = runut_slice_part(*in, in->size - self->zip.avail_in, in->size);
    *got = most - self->zip.avail_out;
    *why = self->zip.msg;
    if (code == Z_MEM_ERROR)
        return RUNUT_CODEC_MEMORY;
    if (code == Z_STREAM_END)
        return RUNUT_CODEC_END;
    return code == Z_OK || code == Z_BUF_ERROR ? RUNUT_CODEC_MORE : RUNUT_CODEC_BROKEN;
}

static runut_codec_state step_zstd(runut_codec *self, runut_slice *in, void *to, size_t most, size_t *got,
                                   const char **why)
{
    ZSTD_inBuffer from = {in->at, in->size, 0};
    ZSTD_outBuffer out = {to, most, 0};
    size_t code = ZSTD_decompressStream(self->zstd, &out, &from);
    *in = runut_slice_part(*in, from.pos, in->size);
    *got = ZSTD_isError(code) ? 0 : out.pos;
    if (!ZSTD_isError(code))
        return code == 0 ? RUNUT_CODEC_END : RUNUT_CODEC_MORE;
    *why = ZSTD_getErrorName(code);
    return ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation ? RUNUT_CODEC_MEMORY : RUNUT_CODEC_BROKEN;
}

static runut_codec_state step_brotli(runut_codec *self, runut_slice *in, void *to, size_t most, size_t *got,
                                     const char **why)
{
    const uint8_t *from = (const uint8_t *)in->at;
    uint8_t *out = to;
    size_t in_left = in->size, out_left = most;
    BrotliDecoderResult result = BrotliDecoderDecompressStream(self->brotli, &in_left, &from, &out_left, &out, NULL);
    *got = most - out_left;
    *in = runut_slice_part(*in, in->size - in_left, in->size);
    *why = BrotliDecoderErrorString(BrotliDecoderGetErrorCode(self->brotli));
    return result == BROTLI_DECODER_RESULT_SUCCESS ? RUNUT_CODEC_END
           : result == BROTLI_DECODER_RESULT_ERROR ? RUNUT_CODEC_BROKEN
                                                   : RUNUT_CODEC_MORE;
}

static runut_codec_state step_bzip2(runut_codec *self, runut_slice *in, void *to, size_t most, size_t *got,
                                    const char **why)
{
    self->bzip.next_in = (char *)in->at;
    self->bzip.avail_in = (unsigned)in->size;
    self->bzip.next_out = to;
    self->bzip.avail_out = (unsigned)most;
    int code = BZ2_bzDecompress(&self->bzip);
    *in = runut_slice_part(*in, in->size - self->bzip.avail_in, in->size);
    *got = most - self->bzip.avail_out;
    *why = "wrong checksum or broken block";
    return code == BZ_STREAM_END  ? RUNUT_CODEC_END
           : code == BZ_OK        ? RUNUT_CODEC_MORE
           : code == BZ_MEM_ERROR ? RUNUT_CODEC_MEMORY
                                  : RUNUT_CODEC_BROKEN;
}

static runut_codec_state step_xz(runut_codec *self, runut_slice *in, void *to, size_t most, size_t *got,
                                 const char **why)
{
    self->xz.next_in = (const uint8_t *)in->at;
    self->xz.avail_in = in->size;
    self->xz.next_out = to;
    self->xz.avail_out = most;
    lzma_ret code = lzma_code(&self->xz, LZMA_RUN);
    *in = runut_slice_part(*in, in->size - self->xz.avail_in, in->size);
    *got = most - self->xz.avail_out;
    *why = code == LZMA_MEMLIMIT_ERROR  ? "it asks for more than 128 MiB of memory"
           : code == LZMA_OPTIONS_ERROR ? "packed in a way that is not known"
                                        : "wrong checksum or broken block";
    return code == LZMA_STREAM_END                     ? RUNUT_CODEC_END
           : code == LZMA_OK || code == LZMA_BUF_ERROR ? RUNUT_CODEC_MORE
           : code == LZMA_MEM_ERROR                    ? RUNUT_CODEC_MEMORY
                                                       : RUNUT_CODEC_BROKEN;
}

runut_codec_state runut_codec_step(runut_codec *self, runut_slice *in, void *to, size_t most, size_t *got,
                                   const char **why)
{
    switch (self->packing) {
    case RUNUT_PACKED_ZSTD:
        return step_zstd(self, in, to, most, got, why);
    case RUNUT_PACKED_BROTLI:
        return step_brotli(self, in, to, most, got, why);
    case RUNUT_PACKED_BZIP2:
        return step_bzip2(self, in, to, most, got, why);
    case RUNUT_PACKED_XZ:
        return step_xz(self, in, to, most, got, why);
    default:
        return step_zlib(self, in, to, most, got, why);
    }
}

/* ---- whole members ---- */

runut_whole *runut_whole_open(void)
{
    return (runut_whole *)libdeflate_alloc_decompressor();
}

void runut_whole_close(runut_whole *self)
{
    libdeflate_free_decompressor((struct libdeflate_decompressor *)self);
}

bool runut_whole_member(runut_whole *self, runut_slice *in, void *to, size_t most, size_t *got)
{
    size_t taken = 0;
    enum libdeflate_result result =
        libdeflate_gzip_decompress_ex((struct libdeflate_decompressor *)self, in->at, in->size, to, most, &taken, got);
    if (result != LIBDEFLATE_SUCCESS)
        return false;
    *in = runut_slice_part(*in, taken, in->size);
    return true;
}
