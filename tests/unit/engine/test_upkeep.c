/* runut_check and runut_rebuild as a caller of the library sees it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runut/engine.h"
#include "runut/upkeep.h"

static char folder[64], db[128];

static int fresh(void **state)
{
    char input[128];
    const char *paths[] = {input};
    runut *r;
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/runut-upkeep-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(db, sizeof db, "%s/a.db", folder);
    snprintf(input, sizeof input, "%s/in.jsonl", folder);
    FILE *f = fopen(input, "w");
    for (int i = 0; i < 12; i++)
        fprintf(f,
                "{\"id\":\"u%d\",\"headline\":\"Pasar %d ramai\",\"articleBody\":\"Warga Balungan datang ke pasar "
                "nomor %d pada Senin. Bupati Joko Wiratma membuka acara itu.\",\"datePublished\":\"2024-05-%02d\"}\n",
                i, i, i * 37, i + 1);
    fclose(f);
    int code = runut_open(db, 0, &r, NULL);
    if (code == RUNUT_OK)
        code = runut_add(r, paths, 1, NULL, NULL, NULL);
    runut_close(r);
    return code;
}

static int gone(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void change(const char *sql)
{
    sqlite3 *c;
    assert_int_equal(sqlite3_open(db, &c), SQLITE_OK);
    assert_int_equal(sqlite3_exec(c, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(c);
}

typedef struct seen {
    int count, progress;
    char first[256];
} seen;

static void on_finding(void *context, const runut_finding *f)
{
    seen *self = context;
    if (self->count++ == 0)
        snprintf(self->first, sizeof self->first, "%s|%s|%s", f->part, f->place, f->what);
}

static void on_progress(void *context, const char *part, uint64_t done, uint64_t of)
{
    (void)done;
    (void)of;
    ((seen *)context)->progress += *part != '\0';
}

static void a_whole_store(void **state)
{
    (void)state;
    seen s = {0};
    runut_check_options options = {.on_finding = on_finding, .on_progress = on_progress, .context = &s};
    runut_check_report report;
    runut_error error;
    assert_int_equal(runut_check(db, &options, &report, &error), RUNUT_OK);
    assert_int_equal(s.count, 0);
    assert_int_equal(report.findings, 0);
    assert_int_equal(report.articles, 12);
    assert_true(report.events > 0 && report.stories > 0 && s.progress > 12);
}

static void nothing_need_be_given(void **state)
{
    (void)state;
    assert_int_equal(runut_check(db, NULL, NULL, NULL), RUNUT_OK);
    assert_int_equal(runut_check("/nowhere/at.all", NULL, NULL, NULL), RUNUT_ERR_IO);
}

static void a_finding_has_its_place(void **state)
{
    (void)state;
    seen s = {0};
    runut_check_options options = {.on_finding = on_finding, .context = &s};
    runut_check_report report;
    change("UPDATE article SET digest = x'726400' WHERE number = 7");
    assert_int_equal(runut_check(db, &options, &report, NULL), RUNUT_OK);
    assert_int_equal(s.count, 1);
    assert_int_equal(report.findings, 1);
    assert_non_null(strstr(s.first, "articles|a7|its digest cannot be read"));
}

static void it_is_stopped(void **state)
{
    (void)state;
    volatile sig_atomic_t stop = 1;
    runut_check_options options = {.stop = &stop};
    runut_error error;
    change("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
           " INSERT INTO value SELECT 99, '', 'w' || i, 'w' || i, 1 FROM n");
    assert_int_equal(runut_check(db, &options, NULL, &error), RUNUT_ERR_STOPPED);
}

static void a_store_made_anew(void **state)
{
    (void)state;
    seen s = {0};
    runut_rebuild_options options = {.on_lost = on_finding, .context = &s};
    runut_rebuild_report report;
    runut_check_report checked;
    runut_error error;
    assert_int_equal(runut_rebuild(db, NULL, NULL, NULL), RUNUT_OK);
    change("UPDATE article SET record = 'x' WHERE number = 7; DELETE FROM value");
    assert_int_equal(runut_rebuild(db, &options, &report, &error), RUNUT_OK);
    assert_int_equal(report.articles, 11);
    assert_int_equal(report.lost, 1);
    assert_non_null(strstr(s.first, "articles|a7|"));
    assert_int_equal(runut_check(db, NULL, &checked, &error), RUNUT_OK);
    assert_int_equal(checked.findings, 0);
    assert_int_equal(checked.articles, 11);
}

static void what_is_there_is_not_overwritten(void **state)
{
    (void)state;
    volatile sig_atomic_t stop = 1;
    runut_rebuild_options options = {.to = db};
    runut_check_report checked;
    assert_int_equal(runut_rebuild(db, &options, NULL, NULL), RUNUT_ERR_USE);
    options = (runut_rebuild_options){.stop = &stop};
    assert_int_equal(runut_rebuild(db, &options, NULL, NULL), RUNUT_ERR_STOPPED);
    assert_int_equal(runut_check(db, NULL, &checked, NULL), RUNUT_OK);
    assert_int_equal(checked.articles, 12);
    assert_int_equal(runut_rebuild("/nowhere/at.all", NULL, NULL, NULL), RUNUT_ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_whole_store, fresh, gone),
        cmocka_unit_test_setup_teardown(nothing_need_be_given, fresh, gone),
        cmocka_unit_test_setup_teardown(a_finding_has_its_place, fresh, gone),
        cmocka_unit_test_setup_teardown(it_is_stopped, fresh, gone),
        cmocka_unit_test_setup_teardown(a_store_made_anew, fresh, gone),
        cmocka_unit_test_setup_teardown(what_is_there_is_not_overwritten, fresh, gone),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
