/* Mail and MHTML as `add` is handed it, and each part of MIME by itself. */
#define _GNU_SOURCE /* memfd_create */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/mail.h"
#include "read/mime.h"
#include "read/read.h"
#include "read/rfc_date.h"

static int on_capture(void *context, const runut_capture *c)
{
    uint64_t *sum = context; /* touch every byte that was handed out */
    const runut_slice parts[] = {c->bytes, c->headline, c->id, c->url, c->charset, c->date_published, c->language};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *sum += runut_slice_hash(parts[i]);
    for (size_t i = 0; i < c->authors.size; i++)
        *sum += runut_slice_hash(c->authors.at[i]);
    if (!runut_utf8_valid(c->headline))
        abort();
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    *(uint64_t *)context += error->byte;
}

static void take_parts(runut_slice bytes)
{
    runut_arena *arena = runut_arena_new(64 << 20);
    if (RUNUT_ARENA_TRY(arena) == 0) {
        runut_mime_quoted(arena, bytes, false);
        runut_mime_base64(arena, bytes);
        runut_mime_parameter(arena, bytes, "charset");
        runut_mime_person(bytes);
        runut_rfc_date(arena, bytes);
        if (!runut_utf8_valid(runut_mime_words(arena, bytes)))
            abort();
    }
    runut_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char head[] = "MIME-Version: 1.0\nMessage-ID: <a@b>\nFrom: a@b\n";
    char path[64];
    uint64_t sum = 0;
    runut_error error;
    runut_read_options options = {.most_record = 1 << 20};
    int fd = memfd_create("input", 0);
    if (fd < 0 || write(fd, head, strlen(head)) < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    runut_read(path, &options, on_capture, on_reject, &sum, &error);
    close(fd);
    runut_mail_is((runut_slice){(const char *)data, size});
    take_parts((runut_slice){(const char *)data, size});
    return 0;
}
