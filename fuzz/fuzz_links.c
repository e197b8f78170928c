/* A file that `watch` is handed: a list of addresses, OPML, a sitemap or a feed that was saved. It is stopped before it
 * asks for anything, so the network is left alone; reports that stand in the file itself come into the store. Handed it
 * once more, nothing is new. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "folder.h"
#include "runut/watch.h"

static uint64_t pass(runut *r, const char *path, const char *state)
{
    static const volatile sig_atomic_t stop = 1;
    const runut_watch_options options = {.state = state, .once = true, .jobs = 1, .stop = &stop};
    runut_watch_report report = {0};
    runut_error error = {0};
    int code = runut_watch(r, &path, 1, &options, &report, &error);
    fuzz_check(code == RUNUT_ERR_STOPPED || code == RUNUT_ERR_USE || code == RUNUT_ERR_INPUT);
    fuzz_check(report.sources == 0 && report.pages == 0);
    return report.stored;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut *r;
    char path[96], state[96];
    r = fuzz_store_new(r, ":memory:");
    fuzz_folder();
    fuzz_folder_clear();
    fuzz_folder_write("list", (runut_slice){(const char *)data, size});
    snprintf(path, sizeof path, "%s/list", fuzz_folder());
    snprintf(state, sizeof state, "%s/state", fuzz_folder());
    pass(r, path, state);
    fuzz_check_export(r);
    fuzz_check(pass(r, path, state) == 0);
    return 0;
}
