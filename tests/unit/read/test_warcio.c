/* warcio's test data, read in place: $RUNUT_PEER_TESTS or ../shared/peer-tests beside the project. Prints for each file
 * whether what is wanted of it came, and says where runut wants less than warcio gives, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/slice.h"
#include "read/read.h"

static char folder[4096];

static bool find_folder(void)
{
    const char *base = getenv("RUNUT_PEER_TESTS");
    const char *below = strstr(__FILE__, "tests/unit/"); /* the compiler was run in the folder that tests run in */
    struct stat st;
    if (base)
        snprintf(folder, sizeof folder, "%s/warcio/data", base);
    else
        snprintf(folder, sizeof folder, "%.*s../shared/peer-tests/warcio/data", below ? (int)(below - __FILE__) : 0,
                 __FILE__);
    return stat(folder, &st) == 0;
}

/* A capture: "KIND RECORD URL SIZE; ", a rejection "! RECORD; ", then "-SKIPPED ~REVISITS". */
typedef struct seen {
    char text[4096];
    size_t size;
    int skipped, revisits;
} seen;

static void on_skipped(void *context, runut_slice file, const runut_skipped *skipped)
{
    seen *self = context;
    (void)file;
    self->revisits += (int)skipped->of[RUNUT_SKIP_REVISIT];
    self->skipped +=
        (int)(runut_skipped_all(skipped) - skipped->of[RUNUT_SKIP_REVISIT] - skipped->of[RUNUT_SKIP_RECORD]);
}

static int on_capture(void *context, const runut_capture *c)
{
    seen *self = context;
    self->size += (size_t)snprintf(self->text + self->size, sizeof self->text - self->size, "%c %d %.*s %zu; ",
                                   "THA"[c->kind], (int)c -> record, (int)c -> url.size, c->url.at, c->bytes.size);
    return 0;
}

static void on_reject(void *context, const runut_error *e)
{
    seen *self = context;
    self->size += (size_t)snprintf(self->text + self->size, sizeof self->text - self->size, "! %d; ", (int)e->record);
}

static bool check(const char *name, const char *wanted, const char *note)
{
    seen s = {0};
    char path[5000];
    runut_error error;
    runut_read_options options = {.on_skipped = on_skipped};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    runut_read(path, &options, on_capture, on_reject, &s, &error);
    snprintf(s.text + s.size, sizeof s.text - s.size, "-%d ~%d", s.skipped, s.revisits);
    bool passed = strcmp(s.text, wanted) == 0;
    printf("# %-36s %s%s%s\n", name, passed ? "passed" : "FAILED", *note ? ": " : "", note);
    if (!passed)
        printf("#   wanted %s\n#   got    %s\n", wanted, s.text);
    return passed;
}

static void test_warcio(void **state)
{
    static const struct {
        const char *name, *wanted, *note;
    } files[] = {
        {"bad.arc", "! 1; ! 1; ! 2; -0 ~0", "three headers of four are broken; the fourth has a block of one byte"},
        {"example-bad-non-chunked.warc.gz", "H 3 http://example.com/ 1270; -0 ~1",
         "packed as a whole, which warcio refuses"},
        {"example-bad.warc.gz.bad", "H 2 http://example.com?example=1 1270; -1 ~1",
         "packed as a whole, too; a redirection is passed over"},
        {"example-digest.warc", "-0 ~0", "requests only; digests are not compared"},
        {"example-iana.org-chunked.warc", "H 2 http://www.iana.org/ 7223; -0 ~0", ""},
        {"example-resource.warc.gz", "H 3 http://example.com/ 1303; -0 ~0", ""},
        {"example-space-in-target-uri.warc.gz", "-1 ~0", "an image"},
        {"example-space-in-url.arc", "! 2; -0 ~0",
         "twelve bytes shorter than its record says; warcio gives what is there"},
        {"example-trunc.warc", "H 3 http://example.com/ 1270; -0 ~0",
         "lengths two bytes short; warcio gives a cut page"},
        {"example-wget-bad-target-uri.warc.gz", "H 3 http://example.com/ 1270; -0 ~0",
         "wget's own logs are passed over"},
        {"example-wrong-chunks.warc.gz", "H 1 http://example.com/ 1270; -0 ~0",
         "HTTP's Content-Length is wrong, WARC's right"},
        {"example.arc", "H 2 http://example.com/ 1270; -0 ~0", ""},
        {"example.arc.gz", "H 2 http://example.com/ 1270; -0 ~0", ""},
        {"example.warc", "H 3 http://example.com/ 1270; -0 ~1", ""},
        {"example.warc.gz", "H 3 http://example.com/ 1270; -0 ~1", ""},
        {"post-test.warc.gz", "-3 ~0", "JSON that is no article"},
    };
    size_t count = sizeof files / sizeof *files, passed = 0;
    (void)state;
    for (size_t i = 0; i < count; i++)
        passed += check(files[i].name, files[i].wanted, files[i].note);
    printf("# %zu of %zu files passed\n", passed, count);
    assert_int_equal(passed, count);
}

int main(void)
{
    if (!find_folder()) {
        puts("1..0 # SKIP warcio's test data is not there (set RUNUT_PEER_TESTS)");
        return 0;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_warcio)};
    return cmocka_run_group_tests_name("warcio", tests, NULL, NULL);
}
