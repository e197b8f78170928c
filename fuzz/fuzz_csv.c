/* Tables of reports, as `add` is handed them: a row of names with some delimiter, then the input. */
#define _GNU_SOURCE /* memfd_create */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "read/csv.h"
#include "read/read.h"

static int on_capture(void *context, const runut_capture *c)
{
    uint64_t *sum = context; /* touch every byte that was handed out */
    *sum += runut_slice_hash(c->bytes) + runut_slice_hash(c->id) + runut_slice_hash(c->headline);
    for (size_t i = 0; i < c->authors.size; i++)
        *sum += runut_slice_hash(c->authors.at[i]);
    if (!runut_utf8_valid(c->bytes))
        abort();
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    *(uint64_t *)context += error->byte;
}

static void read_table(const char *names, const uint8_t *data, size_t size)
{
    char path[64];
    uint64_t sum = 0;
    runut_error error;
    runut_read_options options = {.most_record = 4096};
    int fd = memfd_create("input", 0);
    if (fd < 0 || write(fd, names, strlen(names)) < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    runut_read(path, &options, on_capture, on_reject, &sum, &error);
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || data[0] == 0x1F)
        return 0;
    runut_csv_is((runut_slice){(const char *)data, size});
    read_table("id,text,title,author\n", data, size);
    read_table("text\tdate\r\n", data, size);
    read_table("sep=;\rhtml;\"url\"\r", data, size);
    return 0;
}
