#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/slice.h"
#include "read/read.h"
#include "read/sniff.h"

/* What a reading gave, as one text: "kind id headline|bytes" a line, "! record byte message" for a rejection. */
typedef struct seen {
    char text[8192];
    size_t size;
    int stop_after;
} seen;

static int on_capture(void *context, const runut_capture *c)
{
    seen *self = context;
    self->size += (size_t)snprintf(self->text + self->size, sizeof self->text - self->size, "%c %.*s %.*s|%.*s\n",
                                   "THA"[c->kind], (int)c -> id.size, c->id.at, (int)c->headline.size, c->headline.at,
                                   (int)(c->bytes.size > 40 ? 40 : c->bytes.size), c->bytes.at);
    return self->stop_after && --self->stop_after == 0;
}

static void on_reject(void *context, const runut_error *e)
{
    seen *self = context;
    self->size += (size_t)snprintf(self->text + self->size, sizeof self->text - self->size, "! %d %d %.40s\n",
                                   (int)e->record, (int)e->byte, e->message);
}

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/runut-read-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static const char *write_file(const char *name, const char *bytes, size_t size)
{
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, size, f), size);
    fclose(f);
    return path;
}

static const char *read_text(const char *path, size_t most, int stop_after)
{
    static seen s;
    s = (seen){.stop_after = stop_after};
    runut_error error;
    runut_read_options options = {.most_record = most};
    runut_read(path, &options, on_capture, on_reject, &s, &error);
    return s.text;
}

static void kinds_are_told_by_content(void **state)
{
    (void)state;
    static const struct {
        const char *start;
        runut_format format;
    } cases[] = {
        {"Gempa Guncang Pulau", RUNUT_FORMAT_TEXT},
        {"", RUNUT_FORMAT_TEXT},
        {"\n\n <!DOCTYPE html><html>", RUNUT_FORMAT_HTML},
        {"\xEF\xBB\xBF<html><body>", RUNUT_FORMAT_HTML},
        {"\xFF\xFE<\0h\0t\0m\0l\0>\0", RUNUT_FORMAT_HTML},
        {"<3 hari lagi, Pasar Malam dibuka", RUNUT_FORMAT_TEXT},
        {"{\"id\": 1, \"text\": \"x\"}\n{}", RUNUT_FORMAT_JSON_LINES},
        {"{\n  \"id\": 1\n}", RUNUT_FORMAT_JSON},
        {"[{\"id\": 1}]", RUNUT_FORMAT_JSON},
        {"{Catatan redaksi} Warga", RUNUT_FORMAT_TEXT},
        {"[Gambas:Video]", RUNUT_FORMAT_TEXT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size = i == 4 ? 14 : strlen(cases[i].start);
        assert_int_equal(runut_sniff((runut_slice){cases[i].start, size}), cases[i].format);
    }
}

static void a_broken_line_does_not_stop_the_others(void **state)
{
    (void)state;
    static const char lines[] = "{\"id\":\"a\",\"headline\":\"Satu\",\"articleBody\":\"isi\"}\n"
                                "{\"id\":\"b\",\"articleBody\":\"is\n"
                                "\n"
                                "[1]\n"
                                "{\"id\":\"c\"}\n"
                                "{\"id\":7,\"title\":\"Dua\",\"text\":\"isi dua\"}";
    assert_string_equal(read_text(write_file("x.jsonl", lines, sizeof lines - 1), 0, 0),
                        "A a Satu|isi\n"
                        "! 2 76 broken JSON: ends in the middle of a str\n"
                        "! 4 78 not a JSON object\n"
                        "! 5 82 neither articleBody (or text) nor html\n"
                        "A 7 Dua|isi dua\n");
}

static void trafilatura_and_schema_names_are_understood(void **state)
{
    (void)state;
    static const char line[] =
        "{\"@id\":\"u1\",\"title\":\"Judul\",\"publisher\":{\"name\":\"Koran\"},\"html\":\"<p>isi\"}";
    assert_string_equal(read_text(write_file("y.jsonl", line, sizeof line - 1), 0, 0), "H u1 Judul|<p>isi\n");
}

static void an_array_holds_records(void **state)
{
    (void)state;
    static const char text[] = "[\n{\"id\":\"a\",\"text\":\"x\"},\n{\"id\":\"b\"},{\"id\":\"c\",\"text\":\"y\"}]";
    assert_string_equal(read_text(write_file("z.json", text, sizeof text - 1), 0, 0),
                        "A a |x\n! 2 25 neither articleBody (or text) nor html\nA c |y\n");
}

static void gzip_is_undone_whatever_the_name(void **state)
{
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s", path_of("page.txt"));
    for (int i = 0; i < 2; i++) { /* two members */
        gzFile f = gzopen(path, i ? "ab" : "wb");
        gzputs(f, i ? "dua</p>" : "<html><p>satu ");
        gzclose(f);
    }
    assert_string_equal(read_text(path, 0, 0), "H  |<html><p>satu dua</p>\n");
}

static void a_cut_gzip_file_is_rejected(void **state)
{
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s", path_of("cut.gz"));
    gzFile f = gzopen(path, "wb");
    for (int i = 0; i < 1000; i++)
        gzprintf(f, "baris %d\n", i * 7919);
    gzclose(f);
    assert_int_equal(truncate(path, 400), 0);
    assert_non_null(strstr(read_text(path, 0, 0), "damaged gzip data"));
}

static void one_record_is_bounded(void **state)
{
    (void)state;
    char lines[4096];
    size_t size = (size_t)snprintf(lines, sizeof lines,
                                   "{\"id\":\"a\",\"text\":\"%02000d\"}\n{\"id\":\"b\",\"text\":\"ok\"}\n", 0);
    const char *path = write_file("long.jsonl", lines, size);
    assert_string_equal(read_text(path, 100000, 1), "A a |0000000000000000000000000000000000000000\n");
    assert_non_null(strstr(read_text(path, 1000, 0), "! 1 0 line longer than"));
    assert_non_null(strstr(read_text(path, 1000, 0), "A b |ok"));
    const char *text = write_file("long.txt", lines + 1, size - 1);
    assert_non_null(strstr(read_text(text, 1000, 0), "larger than"));
}

static void folders_are_read_in_order_of_names(void **state)
{
    (void)state;
    char path[256];
    assert_int_equal(mkdir(path_of("in"), 0700), 0);
    assert_int_equal(mkdir(path_of("in/b"), 0700), 0);
    write_file("in/c.txt", "tiga", 4);
    write_file("in/a.txt", "satu", 4);
    write_file("in/b/x.txt", "dua", 3);
    write_file("in/.hidden", "tidak", 5);
    assert_int_equal(symlink("..", path_of("in/b/up")), 0);
    assert_int_equal(symlink("nowhere", path_of("in/lost")), 0);
    assert_int_equal(mkfifo(path_of("in/pipe"), 0600), 0);
    snprintf(path, sizeof path, "%s", path_of("in"));
    assert_string_equal(read_text(path, 0, 0), "T  |satu\n"
                                               "T  |dua\n"
                                               "T  |tiga\n"
                                               "! 0 0 symbolic link to nothing\n"
                                               "! 0 0 neither a file nor a folder\n");
    assert_string_equal(read_text(path, 0, 1), "T  |satu\n");
}

static void what_is_not_there_is_told(void **state)
{
    (void)state;
    assert_string_equal(read_text(path_of("nothing"), 0, 0), "! 0 0 No such file or directory\n");
}

static void an_empty_file_is_a_capture_without_bytes(void **state)
{
    (void)state;
    assert_string_equal(read_text(write_file("empty", "", 0), 0, 0), "T  |\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told_by_content),
        cmocka_unit_test(a_broken_line_does_not_stop_the_others),
        cmocka_unit_test(trafilatura_and_schema_names_are_understood),
        cmocka_unit_test(an_array_holds_records),
        cmocka_unit_test(gzip_is_undone_whatever_the_name),
        cmocka_unit_test(a_cut_gzip_file_is_rejected),
        cmocka_unit_test(one_record_is_bounded),
        cmocka_unit_test(folders_are_read_in_order_of_names),
        cmocka_unit_test(what_is_not_there_is_told),
        cmocka_unit_test(an_empty_file_is_a_capture_without_bytes),
    };
    return cmocka_run_group_tests_name("read", tests, make_folder, remove_folder);
}
