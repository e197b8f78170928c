#define _GNU_SOURCE /* memfd_create */
#include "support/captures.h"

#include <brotli/encode.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buffer.h"
#include "base/slice.h"

enum { MOST_TEXT = 1 << 20, SHOWN = 60 };

static void put_name(runut_buffer *out, runut_slice file)
{
    const char *name = file.at;
    for (int slashes = 0; *name && slashes < 5; name++) /* /proc/self/fd/N/NAME */
        slashes += *name == '/';
    if (*name) {
        runut_buffer_text(out, "[");
        runut_buffer_text(out, name);
        runut_buffer_text(out, "] ");
    }
}

static int on_capture(void *context, const runut_capture *c)
{
    runut_buffer *out = context;
    put_name(out, c->file);
    runut_buffer_add(out, runut_arena_printf(out->arena, "%c %d %.*s %.*s ", "THA"[c->kind], (int)c -> record,
                                             (int)c -> url.size, c->url.at ? c->url.at : "", (int)c->charset.size,
                                             c->charset.at ? c->charset.at : ""));
    for (size_t i = 0; i < c->bytes.size && i < SHOWN; i++)
        runut_buffer_byte(out, c->bytes.at[i] == '\n' || c->bytes.at[i] == '\r' ? ' ' : c->bytes.at[i]);
    runut_buffer_text(out, "\n");
    return 0;
}

static void on_reject(void *context, const runut_error *e)
{
    runut_buffer *out = context;
    put_name(out, runut_slice_of(e->file));
    runut_buffer_add(out,
                     runut_arena_printf(out->arena, "! %d %lld %s\n", (int)e->record, (long long)e->byte, e->message));
}

static void on_skipped(void *context, runut_slice file, const runut_skipped *skipped)
{
    runut_buffer *out = context;
    (void)file;
    runut_buffer_text(out, "skipped:");
    for (int i = 0; i < RUNUT_SKIPS; i++)
        if (skipped->of[i])
            runut_buffer_add(out, runut_arena_printf(out->arena, " %s %d", runut_skip_word(i), (int)skipped->of[i]));
    runut_buffer_text(out, "\n");
}

static runut_slice read_fd(runut_arena *arena, int fd, size_t most)
{
    char path[64];
    runut_error error;
    runut_read_options options = {.most_record = most, .on_skipped = on_skipped};
    runut_buffer out = runut_buffer_new(arena, MOST_TEXT);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int code = runut_read(path, &options, on_capture, on_reject, &out, &error);
    if (code != RUNUT_OK)
        runut_buffer_add(&out, runut_arena_printf(arena, "code %d\n", code));
    runut_buffer_byte(&out, '\0');
    return (runut_slice){out.at, out.size - 1};
}

runut_slice runut_test_captures(runut_arena *arena, runut_slice bytes, size_t most)
{
    int fd = memfd_create("input", 0);
    if (fd < 0 || write(fd, bytes.at, bytes.size) != (ssize_t)bytes.size)
        abort();
    runut_slice text = read_fd(arena, fd, most);
    close(fd);
    return text;
}

typedef struct writer {
    int fd;
    runut_slice bytes;
    size_t step;
} writer;

static void *write_pieces(void *context)
{
    writer *self = context;
    for (size_t i = 0; i < self->bytes.size; i += self->step) {
        runut_slice piece = runut_slice_part(self->bytes, i, i + self->step);
        if (write(self->fd, piece.at, piece.size) != (ssize_t)piece.size)
            break;
    }
    close(self->fd);
    return NULL;
}

runut_slice runut_test_captures_piped(runut_arena *arena, runut_slice bytes, size_t step)
{
    int ends[2];
    pthread_t thread;
    if (pipe(ends) != 0)
        abort();
    signal(SIGPIPE, SIG_IGN);
    writer w = {ends[1], bytes, step};
    if (pthread_create(&thread, NULL, write_pieces, &w) != 0)
        abort();
    runut_slice text = read_fd(arena, ends[0], 0);
    close(ends[0]);
    pthread_join(thread, NULL);
    return text;
}

runut_slice runut_test_zlib(runut_arena *arena, runut_slice bytes, int window)
{
    z_stream zip = {.next_in = (unsigned char *)bytes.at, .avail_in = (unsigned)bytes.size};
    if (deflateInit2(&zip, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    size_t room = deflateBound(&zip, bytes.size) + 64;
    char *at = runut_arena_alloc(arena, room);
    zip.next_out = (unsigned char *)at;
    zip.avail_out = (unsigned)room;
    if (deflate(&zip, Z_FINISH) != Z_STREAM_END)
        abort();
    deflateEnd(&zip);
    return (runut_slice){at, room - zip.avail_out};
}

runut_slice runut_test_gzip(runut_arena *arena, runut_slice bytes)
{
    return runut_test_zlib(arena, bytes, 15 + 16);
}

runut_slice runut_test_zstd_with(runut_arena *arena, runut_slice bytes, runut_slice dictionary)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t room = ZSTD_compressBound(bytes.size);
    char *at = runut_arena_alloc(arena, room);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    if (dictionary.size)
        ZSTD_CCtx_loadDictionary(context, dictionary.at, dictionary.size);
    size_t size = ZSTD_compress2(context, at, room, bytes.at, bytes.size);
    ZSTD_freeCCtx(context);
    return (runut_slice){at, ZSTD_isError(size) ? 0 : size};
}

runut_slice runut_test_zstd(runut_arena *arena, runut_slice bytes)
{
    return runut_test_zstd_with(arena, bytes, (runut_slice){"", 0});
}

runut_slice runut_test_brotli(runut_arena *arena, runut_slice bytes)
{
    size_t size = BrotliEncoderMaxCompressedSize(bytes.size) + 64;
    uint8_t *at = runut_arena_alloc(arena, size);
    if (!BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, bytes.size, (const uint8_t *)bytes.at, &size, at))
        abort();
    return (runut_slice){(char *)at, size};
}

runut_slice runut_test_join(runut_arena *arena, runut_slice a, runut_slice b)
{
    char *at = runut_arena_alloc(arena, a.size + b.size + 1);
    memcpy(at, a.at, a.size);
    memcpy(at + a.size, b.at, b.size);
    return (runut_slice){at, a.size + b.size};
}
