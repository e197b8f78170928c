/* Inputs that are told and stored under another name than the path that they are read from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runut/engine.h"

static const char report[] =
    "Perahu Kandas di Teluk Contoh\n\nKABAR CONTOH, Jakarta - Sebuah perahu kandas di Teluk Contoh pada Senin "
    "(6/5/2024) "
    "pagi. Sebanyak 12 penumpang selamat.\n\n\"Semua sudah kami jemput,\" kata kepala pelabuhan, Bima Santoso, kepada "
    "wartawan.\n\nPerahu itu kandas karena kabut tebal di perairan dangkal, nomor %d.\n";

static char folder[] = "/tmp/runut-add-XXXXXX";
static char heard[4096]; /* what was told: a line for each capture */
static int last_input;

static const char *in_folder(const char *name)
{
    static char paths[8][256];
    static int turn;
    char *path = paths[turn++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static const char *write_report(const char *name, int number)
{
    const char *path = in_folder(name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, report, number);
    fclose(file);
    return path;
}

static void on_article(void *context, const runut_added_article *a)
{
    static const char *const words[] = {"stored", "known", "rejected"};
    size_t used = strlen(heard);
    (void)context;
    assert_true(a->input >= last_input);
    last_input = a->input;
    snprintf(heard + used, sizeof heard - used, "%s %s %s\n", words[a->what], a->file, a->article);
    if (a->error)
        assert_string_equal(a->error->file, a->file);
}

static runut *store;

static int add(const runut_add_input *inputs, int count)
{
    const runut_add_options options = {.on_article = on_article, .jobs = 2};
    runut_error error = {0};
    heard[0] = '\0';
    last_input = 0;
    int code = runut_add_inputs(store, inputs, count, &options, NULL, &error);
    if (code != RUNUT_OK)
        fail_msg("%s", error.message);
    return code;
}

static const char *file_of(const char *article)
{
    static char name[256];
    struct json_object *answer = NULL;
    assert_int_equal(runut_article_of(store, article, &answer, NULL), RUNUT_OK);
    snprintf(name, sizeof name, "%s", json_object_get_string(json_object_object_get(answer, "file")));
    json_object_put(answer);
    return name;
}

static void a_name_stands_for_the_path(void **state)
{
    (void)state;
    const runut_add_input inputs[] = {{write_report("a.txt", 1), "site/page.html"},
                                      {write_report("b.txt", 2), "../../etc/passwd"},
                                      {write_report("c.txt", 3), "a\033[31m\nb"}};
    add(inputs, 3);
    assert_string_equal(heard, "stored site/page.html a1\nstored ../../etc/passwd a2\nstored a\033[31m\nb a3\n");
    assert_string_equal(file_of("a1"), "site/page.html");
    assert_string_equal(file_of("../../etc/passwd"), "../../etc/passwd");
    assert_string_equal(file_of("a3"), "a\033[31m\nb");
}

static void without_a_name_it_is_the_path(void **state)
{
    (void)state;
    const runut_add_input inputs[] = {{write_report("d.txt", 4), NULL}, {write_report("e.txt", 5), ""}};
    add(inputs, 2);
    assert_string_equal(file_of("a4"), inputs[0].path);
    assert_string_equal(file_of("a5"), inputs[1].path);
}

static void what_is_below_a_folder_has_the_name_before_its_own(void **state)
{
    (void)state;
    const char *path = in_folder("sub");
    mkdir(path, 0700);
    write_report("sub/f.txt", 6);
    const runut_add_input input = {path, "upload"};
    add(&input, 1);
    assert_string_equal(heard, "stored upload/f.txt a6\n");
}

static void what_cannot_be_read_is_told_under_the_name(void **state)
{
    (void)state;
    const char *broken = in_folder("g.jsonl");
    FILE *file = fopen(broken, "w");
    fputs("{\"articleBody\": \"\n", file);
    fclose(file);
    const char *empty = in_folder("h.txt");
    fclose(fopen(empty, "w"));
    char lasting[3000];
    memset(lasting, 'n', sizeof lasting - 1);
    lasting[sizeof lasting - 1] = '\0';
    const runut_add_input inputs[] = {
        {in_folder("none"), "gone.html"}, {broken, "lines.jsonl"}, {empty, "empty.txt"}, {in_folder("none"), lasting}};
    add(inputs, 4);
    lasting[sizeof((runut_error *)0)->file - 1] = '\0';
    char wanted[4096];
    snprintf(wanted, sizeof wanted, "rejected gone.html \nrejected lines.jsonl \nrejected empty.txt \nrejected %s \n",
             lasting);
    assert_string_equal(heard, wanted);
}

static int inputs_of[8], inputs_told;

static void note_input(void *context, const runut_added_article *a)
{
    (void)context;
    if (inputs_told < 8)
        inputs_of[inputs_told++] = a->input;
}

static void each_item_says_which_input_it_was_in(void **state)
{
    (void)state;
    const char *two = in_folder("two.jsonl");
    FILE *file = fopen(two, "w");
    fputs("{\"articleBody\": \"\n{\"articleBody\": \"\n", file);
    fclose(file);
    const char *nothing = in_folder("nothing.jsonl");
    file = fopen(nothing, "w");
    fputs("{\"a\":1}\n", file);
    fclose(file);
    const runut_add_input inputs[] = {
        {two, "x"}, {nothing, "x"}, {write_report("j.txt", 7), "x"}, {in_folder("none"), "x"}};
    const runut_add_options options = {.on_article = note_input, .jobs = 2};
    inputs_told = 0;
    assert_int_equal(runut_add_inputs(store, inputs, 4, &options, NULL, NULL), RUNUT_OK);
    assert_int_equal(inputs_told, 5);
    const int wanted[] = {0, 0, 1, 2, 3};
    assert_memory_equal(inputs_of, wanted, sizeof wanted);
}

static void the_same_bytes_under_another_name_are_known(void **state)
{
    (void)state;
    const runut_add_input inputs[] = {{write_report("i.txt", 1), "other.html"}};
    add(inputs, 1);
    assert_string_equal(heard, "known other.html a1\n");
    assert_string_equal(file_of("a1"), "site/page.html");
}

static int make(void **state)
{
    (void)state;
    return !mkdtemp(folder) || runut_open(in_folder("s.db"), 0, &store, NULL) != RUNUT_OK;
}

static int gone(void **state)
{
    char command[64];
    (void)state;
    runut_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_stands_for_the_path),
        cmocka_unit_test(without_a_name_it_is_the_path),
        cmocka_unit_test(what_is_below_a_folder_has_the_name_before_its_own),
        cmocka_unit_test(what_cannot_be_read_is_told_under_the_name),
        cmocka_unit_test(each_item_says_which_input_it_was_in),
        cmocka_unit_test(the_same_bytes_under_another_name_are_known),
    };
    return cmocka_run_group_tests(tests, make, gone);
}
