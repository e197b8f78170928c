/* A whole store as JSON Lines, changed: the input is pairs, parted by record separators, of what is to be found in it
 * and what takes its place (nothing found: it comes in before the last line). The line at the end is made good again.
 * It is refused with its line, or a store is made of it that is whole, and that comes out and goes in again as the
 * same.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "folder.h"
#include "runut/engine.h"
#include "runut/upkeep.h"

enum { MOST = 1 << 20, END = 80 };

typedef struct text {
    char *at;
    size_t size;
} text;

static char path[96], other[96];

static int take(void *context, const char *bytes, size_t size)
{
    text *self = context;
    fuzz_check(self->size + size <= MOST);
    memcpy(self->at + self->size, bytes, size);
    self->size += size;
    return 0;
}

static text export(runut *r)
{
    text out = {malloc(MOST), 0};
    fuzz_check(runut_export_whole(r, take, &out, NULL) == RUNUT_OK);
    return out;
}

static text make(void)
{
    snprintf(path, sizeof path, "%s/s", fuzz_folder());
    snprintf(other, sizeof other, "%s/o", fuzz_folder());
    runut *r = fuzz_store_new(NULL, ":memory:");
    fuzz_check(fuzz_store_add(r, runut_slice_of(fuzz_reports)));
    text out = export(r);
    runut_close(r);
    return out;
}

/* Where the last line begins. */
static size_t last_line(const text *self)
{
    size_t at = self->size ? self->size - 1 : 0;
    while (at && self->at[at - 1] != '\n')
        at--;
    return at;
}

static void put(text *self, runut_slice found, runut_slice instead)
{
    runut_slice all = {self->at, self->size};
    size_t place = found.size ? runut_slice_find(all, found, 0) : SIZE_MAX, gone = found.size;
    if (place == SIZE_MAX) {
        place = last_line(self);
        gone = 0;
    }
    if (self->size + instead.size > MOST)
        return;
    memmove(self->at + place + instead.size, self->at + place + gone, self->size - place - gone);
    memcpy(self->at + place, instead.at, instead.size);
    self->size += instead.size - gone;
}

/* The last line says how many there are before it, and their sum. */
static void mend_end(text *self)
{
    size_t lines = 0, at = last_line(self);
    for (size_t i = 0; i < at; i++)
        lines += self->at[i] == '\n';
    if (at + END > MOST)
        return;
    self->size = at + (size_t)snprintf(self->at + at, END, "{\"lines\":%zu,\"checksum\":\"%08lx\"}\n", lines,
                                       crc32(0, (const Bytef *)self->at, (uInt)at));
}

static int import(const text *from, const char *to)
{
    char file[FUZZ_PATH];
    int fd;
    runut_error error = {0};
    fuzz_file((runut_slice){from->at, from->size}, file, &fd);
    int code = runut_import(file, to, NULL, NULL, &error);
    fuzz_check(code == RUNUT_OK || (code == RUNUT_ERR_INPUT && *error.message && access(to, F_OK) != 0));
    close(fd);
    return code;
}

/* What came out of the store at `from`. */
static text export_of(const char *from)
{
    runut *r;
    fuzz_check(runut_open(from, RUNUT_READ_ONLY, &r, NULL) == RUNUT_OK);
    text out = export(r);
    fuzz_ask_all(r);
    runut_close(r);
    return out;
}

static void check_made(void)
{
    runut_check_report report = {0};
    fuzz_check(runut_check(path, NULL, &report, NULL) == RUNUT_OK && report.findings == 0);
    text once = export_of(path);
    fuzz_check(import(&once, other) == RUNUT_OK);
    text twice = export_of(other);
    fuzz_check(once.size == twice.size && memcmp(once.at, twice.at, once.size) == 0);
    free(once.at);
    free(twice.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static text good;
    runut_slice input = {(const char *)data, size}, found, instead;
    if (!good.at)
        good = make();
    text bad = {malloc(MOST), good.size};
    memcpy(bad.at, good.at, good.size);
    while (fuzz_part(&input, 0x1E, &found)) {
        instead = (runut_slice){"", 0};
        fuzz_part(&input, 0x1E, &instead);
        put(&bad, found, instead);
    }
    mend_end(&bad);
    fuzz_folder_clear();
    if (import(&bad, path) == RUNUT_OK)
        check_made();
    free(bad.at);
    return 0;
}
