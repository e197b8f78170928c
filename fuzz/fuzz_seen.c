/* The folder in which `dedup` remembers, damaged: the first byte says which file, the second whether it is also cut
 * short, the rest lays bytes over it. The head's sum is made good again, so that its numbers are tried too. It is
 * refused, or it is used; every line comes out. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "runut/filter.h"

enum { FILES = 5, SUM = 21, LINES = 3 };

static const char *const names[FILES] = {"head", "records", "names", "journal-1", "said-1"};
static runut_slice good[FILES];

static int on_line(void *context, const runut_filtered *result)
{
    *(int *)context += result->size > 0;
    return 0;
}

static int run(int *lines)
{
    char path[FUZZ_PATH];
    const char *const paths[] = {path};
    runut_dedup_options options = {.state = fuzz_folder(), .memory = 1, .jobs = 1};
    runut_error error;
    int fd;
    fuzz_file(runut_slice_of(fuzz_reports), path, &fd);
    int code = runut_dedup_all(paths, 1, &options, on_line, lines, NULL, &error);
    close(fd);
    return code;
}

static void make(void)
{
    int lines = 0;
    fuzz_folder();
    fuzz_check(run(&lines) == RUNUT_OK && lines == LINES);
    for (int i = 0; i < FILES; i++)
        good[i] = fuzz_folder_read(names[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char bad[1 << 16], sum[SUM + 1];
    int lines = 0;
    if (!good[0].at)
        make();
    if (size < 2)
        return 0;
    fuzz_folder_clear();
    for (int i = 0; i < FILES; i++) {
        runut_slice bytes = good[i];
        if (i == data[0] % FILES) {
            memcpy(bad, bytes.at, bytes.size);
            fuzz_lay(bad, bytes.size, (runut_slice){(const char *)data + 2, size - 2});
            bytes = (runut_slice){bad, data[1] & 1 ? bytes.size - bytes.size / (data[1] / 2u + 1) : bytes.size};
        }
        if (i == 0 && bytes.at == bad && bytes.size > SUM) {
            snprintf(sum, sizeof sum, "sum %016" PRIx64 "\n",
                     runut_slice_hash(runut_slice_part(bytes, 0, bytes.size - SUM)));
            memcpy(bad + bytes.size - SUM, sum, SUM);
        }
        fuzz_folder_write(names[i], bytes);
    }
    fuzz_check(run(&lines) != RUNUT_OK || lines == LINES);
    return 0;
}
