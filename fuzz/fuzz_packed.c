/* Members, parted by record separators, in archives with sound checksums: what stands in them is read as what stands
 * alone. The first byte says how they are packed: zip, tar, gzip or zstd around it. */
#include <string.h>
#include <unistd.h>

#include "pack.h"
#include "read/read.h"

typedef struct told {
    uint64_t sum;
    uint32_t captures, rejects;
    bool deep; /* being packed makes a difference: one level more, or what unpacks to too much */
} told;

static int on_capture(void *context, const runut_capture *c)
{
    told *self = context;
    const runut_slice parts[] = {c->bytes, c->headline, c->id, c->url, c->charset, c->date_published};
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        sum = sum * 31 + runut_slice_hash(parts[i]);
    self->sum += sum; /* in any order */
    self->captures++;
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    told *self = context;
    self->rejects++;
    self->deep |= strstr(error->message, "nested") != NULL || strstr(error->message, "times its size") != NULL;
}

static void read_bytes(runut_slice bytes, told *out)
{
    char path[FUZZ_PATH];
    int fd;
    runut_error error;
    runut_read_options options = {.most_record = 1 << 16};
    fuzz_file(bytes, path, &fd);
    fuzz_check(runut_read(path, &options, on_capture, on_reject, out, &error) == RUNUT_OK);
    close(fd);
}

static runut_slice pack(const runut_slice *members, size_t count, unsigned how)
{
    runut_slice archive = how & 1 ? fuzz_tar(members, count) : fuzz_zip(members, count, how & 2);
    if (!(how & 12))
        return archive;
    runut_slice packed = how & 4 ? fuzz_deflate(archive, 31) : fuzz_zstd(archive);
    free((char *)archive.at);
    return packed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_slice members[FUZZ_MEMBERS];
    size_t count = 0;
    told alone = {0}, together = {0};
    if (size == 0)
        return 0;
    runut_slice input = {(const char *)data + 1, size - 1};
    while (count < FUZZ_MEMBERS && fuzz_part(&input, 0x1E, &members[count]))
        count += members[count].size > 0;
    for (size_t i = 0; i < count; i++)
        read_bytes(members[i], &alone);
    runut_slice packed = pack(members, count, data[0]);
    read_bytes(packed, &together);
    free((char *)packed.at);
    if (count && !alone.deep && !together.deep)
        fuzz_check(alone.captures == together.captures && alone.sum == together.sum &&
                   alone.rejects == together.rejects);
    return 0;
}
