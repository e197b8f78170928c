/* Lines of JSON on their way through `dedup`: at once, and what is left of them once more. Each line that passes is a
 * line of JSON, and duplicates that were dropped leave none behind. */
#include <json-c/json.h>
#include <string.h>
#include <unistd.h>

#include "runut/filter.h"
#include "support.h"

typedef struct out {
    char *at;
    size_t size, room;
} out;

static int on_line(void *context, const runut_filtered *result)
{
    out *self = context;
    fuzz_check(!result->error || result->size == 0);
    if (result->size == 0)
        return 0;
    fuzz_check(result->text[result->size - 1] == '\n' && !memchr(result->text, '\n', result->size - 1));
    if (self->size + result->size > self->room) {
        self->room = 2 * (self->size + result->size);
        self->at = realloc(self->at, self->room);
    }
    memcpy(self->at + self->size, result->text, result->size);
    self->size += result->size;
    return 0;
}

static runut_dedup_report run(runut_slice bytes, const runut_dedup_options *options, out *to)
{
    char path[FUZZ_PATH];
    const char *const paths[] = {path};
    runut_dedup_report report = {0};
    runut_error error;
    int fd;
    to->size = 0;
    fuzz_file(bytes, path, &fd);
    fuzz_check(runut_dedup_all(paths, 1, options, on_line, to, &report, &error) == RUNUT_OK);
    close(fd);
    return report;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    runut_dedup_options options = {.contained = data[0] & 1, .drop = data[0] & 2, .memory = 1, .jobs = 1};
    out first = {0}, second = {0};
    runut_dedup_report one = run((runut_slice){(const char *)data + 1, size - 1}, &options, &first);
    fuzz_check(one.duplicates <= one.passed);
    if (first.size) {
        runut_dedup_report two = run((runut_slice){first.at, first.size}, &options, &second);
        fuzz_check(two.rejected == 0);
        if (options.drop)
            fuzz_check(two.duplicates == 0 && two.passed == one.passed - one.duplicates);
        else /* the keys of an earlier run are replaced: all is as it was */
            fuzz_check(two.duplicates == one.duplicates);
    }
    free(first.at);
    free(second.at);
    return 0;
}
