/* Bombs: what unpacks to more than RATIO times its size is given up, past a grace that is larger for a file than for
 * what stands in it; the next member may be fine. All that is unpacked from one file, however deep things stand in each
 * other, is bounded too: then the file is given up. So the work stays linear in the bytes that are read. News packs 4
 * to 40 times. */
#define _GNU_SOURCE /* memmem */
#include "read/stream.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/slice.h"

enum {
    BLOCK = 64 * 1024,
    GZIP = 15 + 16, /* zlib: the largest window, with gzip's header */
    BARE = -15,     /* the same without a header */
    RATIO = 256,
    RATIO_ALL = 1024,
    GRACE_ALL = 1 << 20,   /* times RATIO_ALL */
    GRACE_FILE = 80 << 20, /* above the limit for one record, so that a page that is too large is told as such */
    GRACE_PART = 1 << 20,
    MOST_DICTIONARY = 16 << 20,
    WINDOW = 27 /* zstd: 128 MiB, what its own program takes without being told to */
};

typedef enum packing { PLAIN, PACKED_GZIP, PACKED_ZSTD, PACKED_DEFLATE } packing;

struct runut_stream {
    runut_supply source;
    packing packing;
    bool between;   /* two members or frames, or behind the last one */
    bool ended;     /* nothing more comes from the source */
    bool done;      /* nothing more comes out */
    bool first;     /* no frame has ended yet: a dictionary may come */
    bool untouched; /* nothing was taken yet of the member that begins at `start` */
    z_stream zip;
    bool zip_open;
    ZSTD_DCtx *zstd;
    runut_root own;                  /* where this is the file itself */
    runut_root *root;                /* of the file */
    uint64_t drawn, unpacked, grace; /* since it was opened or resumed */
    bool given_up;
    size_t start, end; /* bytes of `raw` that were not looked at yet */
    runut_error failure;
    unsigned char raw[BLOCK];
};

static void fail(runut_stream *self, int code, const char *before, const char *text)
{
    self->done = true;
    runut_error_set(&self->failure, code, "%s%s", before, text);
}

static size_t draw(runut_stream *self, void *to, size_t most)
{
    if (self->ended)
        return 0;
    size_t got = self->source.read(self->source.context, to, most, &self->failure);
    self->ended = got == 0;
    self->done |= self->failure.code != 0;
    self->drawn += got;
    if (self->root == &self->own)
        self->own.drawn += got;
    return got;
}

/* At least `size` bytes that were not looked at, where there are as many. */
static size_t look_ahead(runut_stream *self, size_t size)
{
    if (self->start && self->end - self->start < size) {
        memmove(self->raw, self->raw + self->start, self->end - self->start);
        self->end -= self->start;
        self->start = 0;
    }
    size_t got = 1;
    while (self->end - self->start < size && got) {
        got = draw(self, self->raw + self->end, BLOCK - self->end);
        self->end += got;
    }
    return self->end - self->start;
}

/* ---- telling what it is ---- */

static uint32_t little(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static bool is_gzip(const unsigned char *at, size_t size)
{
    return size >= 2 && at[0] == 0x1F && at[1] == 0x8B;
}

static bool is_zstd(const unsigned char *at, size_t size)
{
    return size >= 4 && little(at) == ZSTD_MAGICNUMBER;
}

static bool is_skippable(const unsigned char *at, size_t size)
{
    return size >= 8 && (little(at) & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}

bool runut_stream_is_packed(runut_slice start)
{
    const unsigned char *at = (const unsigned char *)start.at;
    return is_gzip(at, start.size) || is_zstd(at, start.size) || is_skippable(at, start.size);
}

/* Do the next `size` bytes begin it? (What is there moves as more is read: where it is, is known only afterwards.) */
static bool comes(runut_stream *self, bool (*is)(const unsigned char *at, size_t size), size_t size)
{
    size_t there = look_ahead(self, size);
    return is(self->raw + self->start, there);
}

/* No more is read than it takes to know: a pipe's next bytes may be long in coming. */
static packing tell(runut_stream *self)
{
    size_t size = look_ahead(self, 1);
    unsigned char byte = size ? self->raw[self->start] : 0;
    if (byte == 0x1F)
        return comes(self, is_gzip, 2) ? PACKED_GZIP : PLAIN;
    if (size && (byte == 0x28 || byte >> 4 == 5)) {
        size = look_ahead(self, 2);
        unsigned char second = size > 1 ? self->raw[self->start + 1] : 0;
        if (second == (byte == 0x28 ? 0xB5 : 0x2A))
            size = look_ahead(self, 8);
        if (is_zstd(self->raw + self->start, size) || is_skippable(self->raw + self->start, size))
            return PACKED_ZSTD;
    }
    return PLAIN;
}

static bool open_packing(runut_stream *self)
{
    if (self->packing == PACKED_ZSTD) {
        self->zstd = ZSTD_createDCtx();
        return self->zstd && !ZSTD_isError(ZSTD_DCtx_setParameter(self->zstd, ZSTD_d_windowLogMax, WINDOW));
    }
    if (self->packing != PLAIN)
        self->zip_open = inflateInit2(&self->zip, self->packing == PACKED_GZIP ? GZIP : BARE) == Z_OK;
    return self->packing == PLAIN || self->zip_open;
}

runut_stream *runut_stream_open(runut_supply source, runut_form form, runut_root *root)
{
    runut_stream *self = malloc(sizeof *self);
    if (!self)
        return NULL;
    memset(self, 0, offsetof(runut_stream, raw)); /* not the bytes to come: there is a capture in each file */
    self->source = source;
    self->root = root ? root : &self->own;
    self->grace = root ? GRACE_PART : GRACE_FILE;
    self->packing = form == RUNUT_FORM_DEFLATE ? PACKED_DEFLATE : form == RUNUT_FORM_PLAIN ? PLAIN : tell(self);
    self->between = self->packing != PACKED_DEFLATE;
    self->first = true;
    if (open_packing(self))
        return self;
    runut_stream_close(self);
    return NULL;
}

void runut_stream_close(runut_stream *self)
{
    if (!self)
        return;
    if (self->zip_open)
        inflateEnd(&self->zip);
    ZSTD_freeDCtx(self->zstd);
    free(self);
}

runut_root *runut_stream_root(const runut_stream *self)
{
    return self->root;
}

size_t runut_stream_rest(const runut_stream *self)
{
    return self->end - self->start;
}

/* ---- between members and frames ---- */

/* Takes `size` bytes of the source to `to`, or drops them (NULL); false where there are fewer. */
static bool take_raw(runut_stream *self, char *to, size_t size)
{
    while (size) {
        size_t there = look_ahead(self, 1);
        if (there == 0)
            return false;
        there = there < size ? there : size;
        if (to) {
            memcpy(to, self->raw + self->start, there);
            to += there;
        }
        self->start += there;
        size -= there;
    }
    return true;
}

/* A dictionary may be packed itself. */
static bool load_dictionary(runut_stream *self, const char *at, size_t size)
{
    if (!is_zstd((const unsigned char *)at, size))
        return !ZSTD_isError(ZSTD_DCtx_loadDictionary(self->zstd, at, size));
    unsigned long long whole = ZSTD_getFrameContentSize(at, size);
    size_t room = whole <= MOST_DICTIONARY ? (size_t)whole : whole == ZSTD_CONTENTSIZE_UNKNOWN ? MOST_DICTIONARY : 0;
    char *plain = room ? malloc(room) : NULL;
    size_t got = plain ? ZSTD_decompress(plain, room, at, size) : 0;
    bool good = plain && !ZSTD_isError(got) && !ZSTD_isError(ZSTD_DCtx_loadDictionary(self->zstd, plain, got));
    free(plain);
    return good;
}

/* The dictionary of all frames to come: a skippable frame of its own before the first one (the WARC dictionary of
 * https://iipc.github.io/warc-specifications/specifications/warc-zstd/). */
static void take_dictionary(runut_stream *self, size_t size)
{
    char *at = size <= MOST_DICTIONARY ? malloc(size + 1) : NULL;
    if (!at)
        fail(self, RUNUT_ERR_INPUT, "damaged zstd data: ", "a dictionary of more than 16 MiB");
    else if (!take_raw(self, at, size))
        fail(self, RUNUT_ERR_INPUT, "damaged zstd data: ", "unexpected end of file");
    else if (!load_dictionary(self, at, size))
        fail(self, RUNUT_ERR_INPUT, "damaged zstd data: ", "broken dictionary");
    free(at);
}

/* Passes skippable frames. */
static void skip_frames(runut_stream *self)
{
    enum { DICTIONARY = 0x184D2A5D };
    while (!self->done && comes(self, is_skippable, 8)) {
        bool dictionary = self->first && little(self->raw + self->start) == DICTIONARY;
        size_t size = little(self->raw + self->start + 4);
        self->start += 8;
        if (dictionary)
            take_dictionary(self, size);
        else if (!take_raw(self, NULL, size))
            fail(self, RUNUT_ERR_INPUT, "damaged zstd data: ", "unexpected end of file");
    }
}

/* Another member may follow; anything else after one is not looked at, as gzip does. */
static void next_member(runut_stream *self)
{
    bool more;
    self->between = false;
    self->untouched = true;
    if (self->packing == PACKED_ZSTD)
        skip_frames(self);
    if (self->done)
        return;
    if (self->packing == PACKED_ZSTD)
        more = comes(self, is_zstd, 4);
    else
        more = look_ahead(self, 1) && self->raw[self->start] == 0x1F && comes(self, is_gzip, 2);
    self->done |= !more;
    if (more && self->packing == PACKED_GZIP)
        inflateReset(&self->zip);
    else if (more)
        ZSTD_DCtx_reset(self->zstd, ZSTD_reset_session_only);
}

bool runut_stream_resume(runut_stream *self)
{
    static const unsigned char gzip[] = {0x1F, 0x8B, 8}, zstd[] = {0x28, 0xB5, 0x2F, 0xFD};
    bool is_gz = self->packing == PACKED_GZIP;
    size_t size = is_gz ? sizeof gzip : sizeof zstd;
    if (!self->done || self->given_up || self->failure.code != RUNUT_ERR_INPUT || self->packing == PLAIN ||
        self->packing == PACKED_DEFLATE)
        return false;
    self->start += self->untouched && self->start < self->end;
    for (size_t there; (there = look_ahead(self, size)) >= size;) {
        unsigned char *found = memmem(self->raw + self->start, there, is_gz ? gzip : zstd, size);
        self->start = found ? (size_t)(found - self->raw) : self->end - (size - 1);
        if (!found)
            continue;
        self->failure.code = 0;
        self->done = false;
        self->grace = GRACE_PART;
        self->drawn = self->unpacked = 0;
        self->between = true;
        return true;
    }
    return false;
}

/* ---- unpacking ---- */

static size_t read_plain(runut_stream *self, void *to, size_t most)
{
    size_t size = self->end - self->start;
    if (size == 0)
        return draw(self, to, most);
    size = size < most ? size : most;
    memcpy(to, self->raw + self->start, size);
    self->start += size;
    return size;
}

/* Each of the two: bytes that came out. Sets `between` where a member ends. */
static size_t step_zlib(runut_stream *self, void *to, size_t most)
{
    self->zip.next_in = self->raw + self->start;
    self->zip.avail_in = (unsigned)(self->end - self->start);
    self->zip.next_out = to;
    self->zip.avail_out = (unsigned)most;
    int code = inflate(&self->zip, Z_NO_FLUSH);
    self->start = self->end - self->zip.avail_in;
    size_t got = most - self->zip.avail_out;
    self->between = code == Z_STREAM_END;
    if (code == Z_MEM_ERROR)
        fail(self, RUNUT_ERR_MEMORY, "", "out of memory");
    else if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END && got == 0) /* first what came before it */
        fail(self, RUNUT_ERR_INPUT, self->packing == PACKED_GZIP ? "damaged gzip data: " : "damaged deflate data: ",
             self->zip.msg ? self->zip.msg : "unknown");
    return got;
}

static size_t step_zstd(runut_stream *self, void *to, size_t most)
{
    ZSTD_inBuffer in = {self->raw + self->start, self->end - self->start, 0};
    ZSTD_outBuffer out = {to, most, 0};
    size_t code = ZSTD_decompressStream(self->zstd, &out, &in);
    self->start += in.pos;
    if (ZSTD_isError(code)) {
        bool memory = ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation;
        fail(self, memory ? RUNUT_ERR_MEMORY : RUNUT_ERR_INPUT, "damaged zstd data: ", ZSTD_getErrorName(code));
        return 0;
    }
    self->between = code == 0;
    return out.pos;
}

static void check_ratio(runut_stream *self, size_t got)
{
    self->unpacked += got;
    self->root->unpacked += got;
    self->given_up = self->root->unpacked / RATIO_ALL > self->root->drawn + GRACE_ALL;
    if (self->given_up || (self->unpacked > self->grace && (self->unpacked - self->grace) / RATIO > self->drawn))
        fail(self, RUNUT_ERR_INPUT, "", "unpacks to more than 256 times its size");
}

static size_t read_packed(runut_stream *self, void *to, size_t most)
{
    size_t got = 0;
    while (got == 0 && !self->done && !self->between) {
        bool pending =
            self->packing == PACKED_ZSTD && self->start == self->end && self->unpacked; /* zstd may hold some */
        if (!pending && look_ahead(self, 1) == 0) {
            if (!self->done)
                fail(self, RUNUT_ERR_INPUT,
                     self->packing == PACKED_ZSTD ? "damaged zstd data: " : "damaged gzip data: ",
                     "unexpected end of file");
            return 0;
        }
        size_t start = self->start;
        got = self->packing == PACKED_ZSTD ? step_zstd(self, to, most) : step_zlib(self, to, most);
        self->untouched &= self->start == start;
        if (pending && got == 0 && !self->between && !self->done && look_ahead(self, 1) == 0)
            fail(self, RUNUT_ERR_INPUT, "damaged zstd data: ", "unexpected end of file");
    }
    check_ratio(self, got);
    return got;
}

size_t runut_stream_read(runut_stream *self, void *to, size_t most, bool *member_end, runut_error *error)
{
    size_t got = 0;
    *member_end = false;
    if (self->packing == PLAIN) {
        got = read_plain(self, to, most);
    } else {
        if (self->between && !self->done)
            next_member(self);
        if (!self->done)
            got = read_packed(self, to, most);
        *member_end = self->between && !self->done;
        self->first &= !self->between;
        self->done |= self->between && self->packing == PACKED_DEFLATE;
    }
    if (got == 0 && !*member_end)
        *error = self->failure;
    return got;
}
