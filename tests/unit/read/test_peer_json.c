/* JSONTestSuite, read in place: $RUNUT_PEER_TESTS or ../shared/peer-tests beside the project; skipped where that is not
 * there. Each file is made the value of a key, since a record is an object: "y_" must be taken, "n_" must be refused,
 * "i_" either way: what comes of those is printed. NaN, Infinity and -Infinity are taken on purpose (json_line.h), so
 * three files that must be refused are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/slice.h"
#include "read/json_line.h"
#include "read/read.h"

enum { REFUSED = 185, ON_PURPOSE = 3 };

static char room[1 << 20];
static glob_t files;

static bool find_files(void)
{
    char pattern[4096];
    const char *base = getenv("RUNUT_PEER_TESTS");
    const char *below = strstr(__FILE__, "tests/unit/"); /* the compiler was run in the folder that tests run in */
    if (base)
        snprintf(pattern, sizeof pattern, "%s/json/test_parsing/*.json", base);
    else
        snprintf(pattern, sizeof pattern, "%.*s../shared/peer-tests/json/test_parsing/*.json",
                 below ? (int)(below - __FILE__) : 0, __FILE__);
    return glob(pattern, 0, NULL, &files) == 0;
}

static char kind_of(const char *path)
{
    return strrchr(path, '/')[1];
}

/* {"text":"t","id":1,"x":…} on one line: a line end is white space outside of strings, and wrong in them. */
static runut_slice record_of(const char *path)
{
    static const char before[] = "{\"text\":\"t\",\"id\":1,\"x\":";
    FILE *f = fopen(path, "rb");
    size_t size = sizeof before - 1;
    assert_non_null(f);
    memcpy(room, before, size);
    size += fread(room + size, 1, sizeof room - size - 1, f);
    fclose(f);
    room[size++] = '}';
    return (runut_slice){room, size};
}

static bool on_purpose(const char *path)
{
    return strstr(path, "/n_number_NaN.json") || strstr(path, "/n_number_infinity.json") ||
           strstr(path, "/n_number_minus_infinity.json");
}

static void scanner_of_lines(void **state)
{
    int right = 0, either = 0, wrong = 0;
    (void)state;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const char *path = files.gl_pathv[i];
        runut_json_line line;
        char kind = kind_of(path);
        bool taken = runut_json_line_read(record_of(path), &line, NULL) == RUNUT_OK;
        bool good = kind == 'i' || taken == (kind == 'y' || on_purpose(path));
        either += kind == 'i';
        right += kind != 'i' && good;
        wrong += !good;
        if (!good)
            print_message("# %s: %s\n", strrchr(path, '/') + 1, taken ? "taken" : "refused");
    }
    print_message("# %d of %d as they must be, %d either way\n", right, right + wrong, either);
    assert_int_equal(wrong, 0);
}

typedef struct taken_or_not {
    bool taken, told;
} taken_or_not;

static int on_capture(void *context, const runut_capture *capture)
{
    (void)capture;
    ((taken_or_not *)context)->taken = true;
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    assert_string_not_equal(error->message, "");
    ((taken_or_not *)context)->told = true;
}

/* As the only one of a list, which may go over lines. */
static bool read_record(runut_slice record)
{
    char path[] = "/tmp/runut-json-XXXXXX";
    runut_error error;
    taken_or_not what = {0};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "[", 1), 1);
    assert_int_equal(write(fd, record.at, record.size), record.size);
    assert_int_equal(write(fd, "]", 1), 1);
    close(fd);
    runut_read(path, NULL, on_capture, on_reject, &what, &error);
    unlink(path);
    return what.taken && !what.told;
}

static void records(void **state)
{
    int taken = 0, lenient = 0, wanted = 0, refused = 0;
    bool in_order = true;
    (void)state;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const char *path = files.gl_pathv[i];
        bool good = read_record(record_of(path));
        char kind = kind_of(path);
        wanted += kind == 'y';
        taken += kind == 'y' && good;
        refused += kind == 'n' && !good;
        lenient += kind == 'n' && good;
        in_order &= kind != 'n' || good == on_purpose(path);
        if (kind == 'y' && !good)
            print_message("# %s: refused\n", strrchr(path, '/') + 1);
        if ((kind == 'n' && good) || kind == 'i')
            print_message("# %s: %s\n", strrchr(path, '/') + 1, good ? "taken" : "refused");
    }
    print_message("# %d of %d that are JSON are taken, %d of %d that are none are refused\n", taken, wanted, refused,
                  refused + lenient);
    assert_int_equal(taken, wanted);
    assert_true(in_order);
    assert_int_equal(refused, REFUSED);
    assert_int_equal(lenient, ON_PURPOSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scanner_of_lines), cmocka_unit_test(records)};
    if (!find_files()) {
        puts("1..0 # SKIP JSONTestSuite is not there (set RUNUT_PEER_TESTS)");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
