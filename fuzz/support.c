#define _GNU_SOURCE /* memfd_create */
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void fuzz_check_at(bool good, const char *what, const char *file, int line)
{
    if (good)
        return;
    dprintf(STDERR_FILENO, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

void fuzz_file(runut_slice bytes, char path[FUZZ_PATH], int *fd)
{
    *fd = memfd_create("input", 0);
    fuzz_check(*fd >= 0);
    for (size_t at = 0; at < bytes.size;) {
        ssize_t written = write(*fd, bytes.at + at, bytes.size - at);
        fuzz_check(written > 0);
        at += (size_t)written;
    }
    snprintf(path, FUZZ_PATH, "/proc/self/fd/%d", *fd);
}

bool fuzz_part(runut_slice *input, char end, runut_slice *part)
{
    if (input->size == 0)
        return false;
    const char *found = memchr(input->at, end, input->size);
    size_t size = found ? (size_t)(found - input->at) : input->size;
    *part = runut_slice_part(*input, 0, size);
    *input = runut_slice_part(*input, size + (found != NULL), input->size);
    return true;
}
