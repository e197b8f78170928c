/* Whatever `add` may be handed: any bytes, told apart by content, with whatever is packed in them. Read twice they give
 * the same captures; packed with gzip once more they give the same captures too. */
#include <string.h>
#include <unistd.h>

#include "pack.h"
#include "read/read.h"

enum { MOST_RECORD = 1 << 16 };

typedef struct told {
    uint64_t sum;
    uint32_t captures, rejects;
    bool deep; /* one level more makes a difference */
} told;

static void mix(told *self, runut_slice text)
{
    self->sum = self->sum * 1000003 + runut_slice_hash(text);
}

static int on_capture(void *context, const runut_capture *c)
{
    told *self = context;
    const runut_slice parts[] = {c->bytes,     c->headline, c->id,       c->url,
                                 c->publisher, c->charset,  c->language, c->date_published};
    self->captures++;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        mix(self, parts[i]);
    for (size_t i = 0; i < c->authors.size; i++)
        mix(self, c->authors.at[i]);
    fuzz_check(c->bytes.size <= MOST_RECORD);
    for (size_t i = 0; i < c->file.size; i++) /* a label for terminals */
        fuzz_check((unsigned char)c->file.at[i] >= ' ' && c->file.at[i] != 127);
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    told *self = context;
    self->rejects++;
    fuzz_check(error->code != RUNUT_OK && *error->message);
    self->deep |= strstr(error->message, "nested") != NULL || strstr(error->message, "times its size") != NULL;
}

static told read_bytes(runut_slice bytes)
{
    char path[FUZZ_PATH];
    int fd;
    told out = {0};
    runut_error error;
    runut_read_options options = {.most_record = MOST_RECORD};
    fuzz_file(bytes, path, &fd);
    int code = runut_read(path, &options, on_capture, on_reject, &out, &error);
    fuzz_check(code == RUNUT_OK);
    close(fd);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_slice bytes = {(const char *)data, size};
    told once = read_bytes(bytes);
    if (size == 0)
        return 0;
    runut_slice again = fuzz_deflate(bytes, 31);
    told twice = read_bytes(again);
    if (!once.deep && !twice.deep)
        fuzz_check(once.sum == twice.sum && once.captures == twice.captures && once.rejects == twice.rejects);
    free((char *)again.at);
    return 0;
}
