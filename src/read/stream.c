/* Bombs: what unpacks to more than RATIO times its size is given up, past a grace that is larger for a file than for
 * what stands in it; the next member may be fine. All that is unpacked from one file, however deep things stand in each
 * other, is bounded too: then the file is given up. So the work stays linear in the bytes that are read. News packs 4
 * to 40 times. */
#define _GNU_SOURCE /* memmem */
#include "read/stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "read/codec.h"

enum {
    BLOCK = 128 * 1024,
    AHEAD_OF_MEMBER = 64 * 1024,
    MOST_WHOLE = 1 << 20,
    MOST_PAUSE = 64,
    RATIO = 256,
    RATIO_ALL = 1024,
    GRACE_ALL = 1 << 20,   /* times RATIO_ALL */
    GRACE_FILE = 80 << 20, /* above the limit for one record, so that a page that is too large is told as such */
    GRACE_PART = 1 << 20,
    MOST_DICTIONARY = 16 << 20
};

struct runut_stream {
    runut_supply source;
    runut_packing packing;
    runut_codec *codec;
    bool between;       /* two members or frames, or behind the last one */
    bool ended;         /* nothing more comes from the source */
    bool done;          /* nothing more comes out */
    bool first;         /* no frame has ended yet: a dictionary may come */
    runut_whole *whole; /* for members of gzip that are all in `raw`: web archives have one for each record */
    char *member_at;    /* what such a one holds: bytes [member_start, member_end) were not handed out */
    size_t member_start, member_end;
    unsigned pause, pauses;          /* members that are not tried so, since those before were too large */
    bool fresh;                      /* nothing was taken of the member in hand */
    bool filled;                     /* the codec may hold more */
    runut_root own;                  /* where this is the file itself */
    runut_root *root;                /* of the file */
    uint64_t drawn, unpacked, grace; /* since it was opened or resumed */
    uint64_t all, member;            /* bytes drawn ever, and how many of them stood before the member in hand */
    bool given_up;
    size_t start, end; /* bytes of `raw` that were not looked at yet */
    runut_error failure;
    unsigned char raw[BLOCK];
};

static void fail(runut_stream *self, int code, const char *text)
{
    self->done = true;
    runut_error_set(&self->failure, code, "%s", text);
}

static void fail_damaged(runut_stream *self, const char *text)
{
    self->done = true;
    runut_error_set(&self->failure, RUNUT_ERR_INPUT, "damaged %s data: %s", runut_packing_name(self->packing),
                    text ? text : "unknown");
}

static size_t draw(runut_stream *self, void *to, size_t most)
{
    if (self->ended)
        return 0;
    size_t got = self->source.read(self->source.context, to, most, &self->failure);
    self->ended = got == 0;
    self->done |= self->failure.code != 0;
    self->drawn += got;
    self->all += got;
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

bool runut_stream_is_packed(runut_slice start)
{
    return runut_packing_of(start) != RUNUT_PACKED_NOT || runut_packing_is_skippable(start);
}

/* What was not looked at, at least `size` bytes where there are as many. */
static runut_slice there(runut_stream *self, size_t size)
{
    size = look_ahead(self, size);
    return (runut_slice){(const char *)self->raw + self->start, size};
}

runut_slice runut_stream_behind(runut_stream *self, size_t size)
{
    return runut_slice_part(there(self, size), 0, size);
}

/* No more is read than it takes to know: a pipe's next bytes may be long in coming. */
static runut_packing tell(runut_stream *self)
{
    static const char seconds[][3] = {"\x1F\x8B", "\x28\xB5", "BZ", "\xFD\x37", "\x50\x2A"};
    runut_slice start = there(self, 1);
    for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
        const unsigned char *pair = (const unsigned char *)seconds[i];
        unsigned char first = start.size ? (unsigned char)start.at[0] : 0;
        if (first != pair[0] && !(pair[0] == 0x50 && first >> 4 == 5)) /* 16 kinds of skippable frames */
            continue;
        start = there(self, 2);
        if (start.size < 2 || (unsigned char)start.at[1] != pair[1])
            continue;
        start = there(self, pair[0] == 0x1F ? 2 : pair[0] == 'B' ? RUNUT_PACKING_SEEN : 8);
        return runut_packing_is_skippable(start) ? RUNUT_PACKED_ZSTD : runut_packing_of(start);
    }
    return RUNUT_PACKED_NOT;
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
    self->packing = form == RUNUT_FORM_DEFLATE ? RUNUT_PACKED_DEFLATE
                    : form == RUNUT_FORM_PLAIN ? RUNUT_PACKED_NOT
                                               : tell(self);
    self->between = self->packing != RUNUT_PACKED_DEFLATE;
    self->first = true;
    if (self->packing == RUNUT_PACKED_NOT || (self->codec = runut_codec_open(self->packing)))
        return self;
    runut_stream_close(self);
    return NULL;
}

void runut_stream_close(runut_stream *self)
{
    if (!self)
        return;
    runut_codec_close(self->codec);
    runut_whole_close(self->whole);
    free(self->member_at);
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

/* The dictionary of all frames to come: a skippable frame of its own before the first one (the WARC dictionary of
 * https://iipc.github.io/warc-specifications/specifications/warc-zstd/). */
static void take_dictionary(runut_stream *self, size_t size)
{
    char *at = size <= MOST_DICTIONARY ? malloc(size + 1) : NULL;
    if (!at)
        fail_damaged(self, "a dictionary of more than 16 MiB");
    else if (!take_raw(self, at, size))
        fail_damaged(self, "unexpected end of file");
    else if (!runut_codec_dictionary(self->codec, (runut_slice){at, size}))
        fail_damaged(self, "broken dictionary");
    free(at);
}

static uint32_t little(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Passes skippable frames. */
static void skip_frames(runut_stream *self)
{
    enum { DICTIONARY = 0x184D2A5D };
    while (!self->done && runut_packing_is_skippable(there(self, 8))) {
        bool dictionary = self->first && little(self->raw + self->start) == DICTIONARY;
        size_t size = little(self->raw + self->start + 4);
        self->start += 8;
        if (dictionary)
            take_dictionary(self, size);
        else if (!take_raw(self, NULL, size))
            fail_damaged(self, "unexpected end of file");
    }
}

/* xz fills up with zeros behind a stream. */
static void skip_zeros(runut_stream *self)
{
    while (look_ahead(self, 1) && self->raw[self->start] == 0)
        self->start++;
}

/* Another member may follow; anything else after one is not looked at, as gzip does. */
static void next_member(runut_stream *self)
{
    static const unsigned char firsts[] = {
        [RUNUT_PACKED_GZIP] = 0x1F, [RUNUT_PACKED_ZSTD] = 0x28, [RUNUT_PACKED_BZIP2] = 'B', [RUNUT_PACKED_XZ] = 0xFD};
    self->between = false;
    if (self->packing == RUNUT_PACKED_ZSTD)
        skip_frames(self);
    else if (self->packing == RUNUT_PACKED_XZ)
        skip_zeros(self);
    if (self->done)
        return;
    bool more =
        look_ahead(self, 1) && self->raw[self->start] == firsts[self->packing] &&
        runut_packing_of(there(self, self->packing == RUNUT_PACKED_GZIP ? 2 : RUNUT_PACKING_SEEN)) == self->packing;
    self->done |= !more;
    self->member = self->all - (self->end - self->start);
    self->filled = false;
    self->fresh = more && self->packing == RUNUT_PACKED_GZIP;
    if (more && !runut_codec_reset(self->codec))
        fail(self, RUNUT_ERR_MEMORY, "out of memory");
}

/* How far the source was looked at. */
static uint64_t place(const runut_stream *self)
{
    return self->all - (self->end - self->start);
}

/* A codec may give up some bytes behind the damage, in what it took for tables. Never back to where the member began.
 */
static void step_back(runut_stream *self)
{
    enum { AHEAD = 512 }; /* tables of deflate */
    uint64_t behind = place(self) - self->member;
    size_t most = behind ? (size_t)(behind - 1 < AHEAD ? behind - 1 : AHEAD) : 0;
    self->start -= most < self->start ? most : self->start;
    self->start += behind == 0 && self->start < self->end;
}

bool runut_stream_resume(runut_stream *self)
{
    static const runut_slice marks[] = {[RUNUT_PACKED_GZIP] = {"\x1F\x8B\x08", 3},
                                        [RUNUT_PACKED_ZSTD] = {"\x28\xB5\x2F\xFD", 4},
                                        [RUNUT_PACKED_BZIP2] = {"BZh", 3},
                                        [RUNUT_PACKED_XZ] = {"\xFD\x37zXZ", 5}};
    if (!self->done || self->given_up || self->failure.code != RUNUT_ERR_INPUT || self->packing == RUNUT_PACKED_NOT ||
        self->packing > RUNUT_PACKED_XZ)
        return false;
    runut_slice mark = marks[self->packing];
    step_back(self);
    for (size_t size; (size = look_ahead(self, mark.size)) >= mark.size;) {
        unsigned char *found = memmem(self->raw + self->start, size, mark.at, mark.size);
        self->start = found ? (size_t)(found - self->raw) : self->end - (mark.size - 1);
        if (!found)
            continue;
        if (runut_packing_of(there(self, RUNUT_PACKING_SEEN)) != self->packing) {
            self->start++;
            continue;
        }
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

/* Bytes that came out. Sets `between` where a member ends. */
static size_t step(runut_stream *self, void *to, size_t most)
{
    runut_slice in = {(const char *)self->raw + self->start, self->end - self->start};
    const char *why = NULL;
    size_t got = 0;
    runut_codec_state state = runut_codec_step(self->codec, &in, to, most, &got, &why);
    self->start = self->end - in.size;
    self->between = state == RUNUT_CODEC_END;
    self->filled = got == most;
    if (state == RUNUT_CODEC_MEMORY)
        fail(self, RUNUT_ERR_MEMORY, "out of memory");
    else if (state == RUNUT_CODEC_BROKEN && got == 0) /* first what came before it */
        fail_damaged(self, why);
    return got;
}

static void check_ratio(runut_stream *self, size_t got)
{
    self->unpacked += got;
    self->root->unpacked += got;
    self->given_up = self->root->unpacked / RATIO_ALL > self->root->drawn + GRACE_ALL;
    if (self->given_up || (self->unpacked > self->grace && (self->unpacked - self->grace) / RATIO > self->drawn))
        fail(self, RUNUT_ERR_INPUT, "unpacks to more than 256 times its size");
}

static size_t hand_out(runut_stream *self, void *to, size_t most)
{
    size_t size = self->member_end - self->member_start;
    size = size < most ? size : most;
    memcpy(to, self->member_at + self->member_start, size);
    self->member_start += size;
    self->between = self->member_start == self->member_end;
    return size;
}

/* The member that begins here at once, where it is all there and small; what is not, waits longer and longer for the
 * next try, so that trying costs little. */
static bool take_whole(runut_stream *self)
{
    if (self->pause) {
        self->pause--;
        return false;
    }
    if (!self->whole && !(self->whole = runut_whole_open()))
        return false;
    if (!self->member_at && !(self->member_at = malloc(MOST_WHOLE)))
        return false;
    runut_slice in = self->source.steady ? there(self, AHEAD_OF_MEMBER) : there(self, 1);
    size_t got = 0;
    if (!runut_whole_member(self->whole, &in, self->member_at, MOST_WHOLE, &got)) {
        self->pauses = self->pauses * 2 < MOST_PAUSE ? self->pauses * 2 + 1 : MOST_PAUSE;
        self->pause = self->pauses;
        return false;
    }
    self->start = self->end - in.size;
    self->member_start = 0;
    self->member_end = got;
    self->pauses = 0;
    return true;
}

static size_t read_packed(runut_stream *self, void *to, size_t most)
{
    size_t got = 0;
    bool fresh = self->fresh;
    self->fresh = false;
    if (self->member_start < self->member_end || (fresh && take_whole(self))) {
        got = hand_out(self, to, most);
        check_ratio(self, got);
        return got;
    }
    while (got == 0 && !self->done && !self->between) {
        if (!self->filled && look_ahead(self, 1) == 0) {
            if (!self->done)
                fail_damaged(self, "unexpected end of file");
            return 0;
        }
        got = step(self, to, most);
    }
    check_ratio(self, got);
    return got;
}

size_t runut_stream_read(runut_stream *self, void *to, size_t most, bool *member_end, runut_error *error)
{
    size_t got = 0;
    *member_end = false;
    if (self->packing == RUNUT_PACKED_NOT) {
        got = read_plain(self, to, most);
    } else {
        if (self->between && !self->done)
            next_member(self);
        if (!self->done)
            got = read_packed(self, to, most);
        *member_end = self->between && !self->done;
        self->first &= !self->between;
        self->done |= self->between && self->packing == RUNUT_PACKED_DEFLATE;
    }
    if (got == 0 && !*member_end)
        *error = self->failure;
    return got;
}
