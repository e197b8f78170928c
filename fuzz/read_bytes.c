#define _GNU_SOURCE /* memfd_create */
#include "read_bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/slice.h"
#include "read/read.h"

static int on_capture(void *context, const runut_capture *capture)
{
    uint64_t *sum = context; /* touch every byte that was handed out */
    *sum += runut_slice_hash(capture->bytes) + runut_slice_hash(capture->url) + runut_slice_hash(capture->charset) +
            runut_slice_hash(capture->file);
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    *(uint64_t *)context += error->byte;
}

static void on_skipped(void *context, runut_slice file, const runut_skipped *skipped)
{
    *(uint64_t *)context += file.size + runut_skipped_all(skipped);
}

void fuzz_read_bytes(const uint8_t *data, size_t size)
{
    char path[64];
    uint64_t sum = 0;
    runut_error error;
    runut_read_options options = {.most_record = 1 << 16, .on_skipped = on_skipped};
    int fd = memfd_create("input", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    runut_read(path, &options, on_capture, on_reject, &sum, &error);
    close(fd);
}
