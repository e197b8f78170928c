/* JSON Lines and whatever else `add` may be handed: bytes → sniff → captures. Goes through a pipe-like file in memory.
 */
#define _GNU_SOURCE /* memfd_create */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/slice.h"
#include "read/read.h"

static int on_capture(void *context, const runut_capture *capture)
{
    uint64_t *sum = context; /* touch every byte that was handed out */
    *sum += runut_slice_hash(capture->bytes) + runut_slice_hash(capture->headline) + runut_slice_hash(capture->id);
    for (size_t i = 0; i < capture->authors.size; i++)
        *sum += runut_slice_hash(capture->authors.at[i]);
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    *(uint64_t *)context += error->byte;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    uint64_t sum = 0;
    runut_error error;
    runut_read_options options = {.most_record = 1 << 20};
    int fd = memfd_create("input", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    runut_read(path, &options, on_capture, on_reject, &sum, &error);
    close(fd);
    return 0;
}
