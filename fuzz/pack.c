#include "pack.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

runut_slice fuzz_deflate(runut_slice bytes, int window)
{
    size_t room = compressBound(bytes.size) + 64;
    char *out = malloc(room);
    z_stream zip = {
        .next_in = (Bytef *)bytes.at, .avail_in = (uInt)bytes.size, .next_out = (Bytef *)out, .avail_out = (uInt)room};
    fuzz_check(deflateInit2(&zip, 1, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    fuzz_check(deflate(&zip, Z_FINISH) == Z_STREAM_END);
    size_t size = zip.total_out;
    deflateEnd(&zip);
    return (runut_slice){out, size};
}

runut_slice fuzz_zstd(runut_slice bytes)
{
    size_t room = ZSTD_compressBound(bytes.size);
    char *out = malloc(room);
    size_t size = ZSTD_compress(out, room, bytes.at, bytes.size, 1);
    fuzz_check(!ZSTD_isError(size));
    return (runut_slice){out, size};
}

/* ---- archives ---- */

typedef struct archive {
    char *at;
    size_t size;
} archive;

static void put(archive *self, const void *bytes, size_t size)
{
    memcpy(self->at + self->size, bytes, size);
    self->size += size;
}

static size_t room_of(const runut_slice *members, size_t count)
{
    size_t room = 4096;
    for (size_t i = 0; i < count; i++)
        room += 2 * members[i].size + 2048;
    return room;
}

runut_slice fuzz_tar(const runut_slice *members, size_t count)
{
    static const char zeros[1024];
    archive a = {malloc(room_of(members, count)), 0};
    for (size_t i = 0; i < count; i++) {
        char head[512] = {0};
        unsigned sum = 0;
        snprintf(head, 100, "%zu", i + 1);
        snprintf(head + 100, 8, "%07o", 0644u);
        snprintf(head + 124, 12, "%011zo", members[i].size);
        memset(head + 148, ' ', 8);
        head[156] = '0';
        memcpy(head + 257, "ustar\00000", 8);
        for (size_t k = 0; k < sizeof head; k++)
            sum += (unsigned char)head[k];
        snprintf(head + 148, 8, "%06o", sum);
        put(&a, head, sizeof head);
        put(&a, members[i].at, members[i].size);
        put(&a, zeros, (512 - members[i].size % 512) % 512);
    }
    put(&a, zeros, sizeof zeros);
    return (runut_slice){a.at, a.size};
}

static void put_number(archive *self, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++, number >>= 8)
        self->at[self->size++] = (char)(number & 0xFF);
}

/* What stands of a member both before it and in the directory, from the version on. */
static void put_member(archive *self, runut_slice member, runut_slice packed, bool deflated)
{
    put_number(self, 20, 2);
    put_number(self, 0, 2);
    put_number(self, deflated ? 8 : 0, 2);
    put_number(self, 0, 4);
    put_number(self, crc32(0, (const Bytef *)member.at, (uInt)member.size), 4);
    put_number(self, packed.size, 4);
    put_number(self, member.size, 4);
    put_number(self, 1, 2); /* of its name */
    put_number(self, 0, 2);
}

runut_slice fuzz_zip(const runut_slice *members, size_t count, bool deflated)
{
    archive a = {malloc(2 * room_of(members, count)), 0}, directory = {malloc(room_of(members, count)), 0};
    for (size_t i = 0; i < count; i++) {
        runut_slice packed = deflated ? fuzz_deflate(members[i], -15) : members[i];
        size_t at = a.size;
        put(&a, "PK\3\4", 4);
        put_member(&a, members[i], packed, deflated);
        put_number(&a, '1' + i, 1);
        put(&a, packed.at, packed.size);
        put(&directory, "PK\1\2\24\0", 6);
        put_member(&directory, members[i], packed, deflated);
        put_number(&directory, 0, 2 + 2 + 2);
        put_number(&directory, 0, 4);
        put_number(&directory, at, 4);
        put_number(&directory, '1' + i, 1);
        if (deflated)
            free((char *)packed.at);
    }
    size_t start = a.size;
    put(&a, directory.at, directory.size);
    put(&a, "PK\5\6\0\0\0\0", 8);
    put_number(&a, count, 2);
    put_number(&a, count, 2);
    put_number(&a, directory.size, 4);
    put_number(&a, start, 4);
    put_number(&a, 0, 2);
    free(directory.at);
    return (runut_slice){a.at, a.size};
}
