/* Listings page by page, as a caller of the library sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runut/engine.h"

enum { ARTICLES = 60, MORE = 25 };

static char folder[64], db[128], input[128];

static int fresh(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/runut-page-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(db, sizeof db, "%s/a.db", folder);
    snprintf(input, sizeof input, "%s/in.jsonl", folder);
    return 0;
}

static int gone(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* The k-th word of a story: invented, of three syllables, its own. */
static const char *word(int story, int k)
{
    static char room[8][16];
    static int at;
    unsigned n = (unsigned)(story * 41 + k * 7919 + 17) * 2654435761u;
    char *out = room[at++ % 8];
    for (int i = 0; i < 3; i++, n /= 48) {
        out[2 * i] = "bdfgklmnprst"[n % 12];
        out[2 * i + 1] = "aeio"[n / 12 % 4];
    }
    out[6] = '\0';
    return out;
}

/* Three reports each of something; some without a day, in two languages and from four outlets. */
static void write_articles(int from, int count)
{
    static const char *const towns[] = {"Balungan", "Ashby", "Cirandu", "Dunmore", "Empayang", "Fallham", "Gadung"};
    static const char *const people[] = {"Citra Wa", "Hugo Falcão-", "Rita Mos", "Joko Le"};
    FILE *f = fopen(input, "w");
    for (int i = from; i < from + count; i++) {
        int n = i / 3;
        const char *town = towns[n % 7], *first = people[n % 4];
        char person[64];
        snprintf(person, sizeof person, "%s%s", first, word(n, 11));
        fprintf(f, "{\"id\":\"n%d\",\"publisher\":\"Outlet %d\",\"headline\":\"The %s %s of %s opens\",", i, i % 4,
                word(n, 0), word(n, 1), town);
        if (i % 11)
            fprintf(f, "\"datePublished\":\"20%02d-0%d-1%d\",", 10 + n % 14, 1 + n % 9, i % 3);
        fprintf(f, "\"inLanguage\":\"%s\",\"articleBody\":\"The %s %s in %s drew %d visitors to its %s, %s said.\\n",
                i % 5 ? "en" : "id", word(n, 0), word(n, 1), town, 100 + n * 37, word(n, 2), person);
        fprintf(f, "No %s had a %s since the %s; now %s waits for the %s.\\n", word(n, 3), word(n, 4), word(n, 5), town,
                word(n, 6));
        fprintf(f, "“We keep %s and %s open while the %s %s lasts for %s,” said %s.\"}\n", word(n, 0), word(n, 7),
                word(n, 8), word(n, 9), word(n, 10), person);
    }
    fclose(f);
}

static void add(runut *r, int from, int count)
{
    runut_error error;
    const char *paths[] = {input};
    write_articles(from, count);
    if (runut_add(r, paths, 1, NULL, NULL, &error) != RUNUT_OK)
        fail_msg("%s", error.message);
}

static runut *open_with(int count)
{
    runut *r;
    runut_error error;
    if (runut_open(db, 0, &r, &error) != RUNUT_OK)
        fail_msg("%s", error.message);
    add(r, 0, count);
    return r;
}

static const char *text_of(struct json_object *item, const char *key)
{
    const char *text = json_object_get_string(json_object_object_get(item, key));
    return text ? text : "";
}

static struct json_object *page_of(runut *r, runut_listing what, const runut_filter *filter)
{
    struct json_object *page;
    runut_error error;
    if (runut_page(r, what, filter, &page, &error) != RUNUT_OK)
        fail_msg("%s", error.message);
    return page;
}

/* The items of all pages behind filter->after, in one list. `between` may add something after the first page. */
static struct json_object *walk(runut *r, runut_listing what, runut_filter filter, void (*between)(runut *r))
{
    struct json_object *all = json_object_new_array();
    char *after = NULL;
    for (int pages = 0; pages < 200; pages++) {
        struct json_object *page = page_of(r, what, &filter), *items = json_object_object_get(page, "items");
        size_t size = json_object_array_length(items);
        assert_true(size <= (filter.limit ? filter.limit : 20));
        for (size_t i = 0; i < size; i++)
            json_object_array_add(all, json_object_get(json_object_array_get_idx(items, i)));
        const char *next = text_of(page, "next");
        assert_int_equal(strspn(next, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."),
                         strlen(next));
        free(after);
        after = *next ? strdup(next) : NULL;
        filter.after = after;
        json_object_put(page);
        if (between && pages == 0)
            between(r);
        if (!after)
            return all;
    }
    fail_msg("the listing has no end");
    return NULL;
}

static const char *const name_keys[] = {"story", "event", "article", "article", "article"};

static const char *name_at(struct json_object *all, runut_listing what, size_t i)
{
    return text_of(json_object_array_get_idx(all, i), name_keys[what]);
}

static int times_listed(struct json_object *all, runut_listing what, const char *name)
{
    int times = 0;
    for (size_t i = 0; i < json_object_array_length(all); i++)
        times += strcmp(name_at(all, what, i), name) == 0;
    return times;
}

static const struct {
    runut_listing what;
    const char *order, *words;
} every[] = {
    {RUNUT_LIST_STORIES, NULL, NULL},     {RUNUT_LIST_STORIES, "origins", NULL}, {RUNUT_LIST_EVENTS, NULL, NULL},
    {RUNUT_LIST_EVENTS, "old", NULL},     {RUNUT_LIST_ARTICLES, NULL, NULL},     {RUNUT_LIST_ARTICLES, "new", NULL},
    {RUNUT_LIST_FOUND, NULL, "visitors"}, {RUNUT_LIST_FOUND, "new", "visitors"}, {RUNUT_LIST_QUOTES, NULL, NULL}};
enum { EVERY = sizeof every / sizeof *every };

static void small_pages_are_one_large_page(void **state)
{
    (void)state;
    runut *r = open_with(ARTICLES);
    for (size_t i = 0; i < EVERY; i++) {
        runut_filter small = {.limit = 4, .order = every[i].order, .words = every[i].words}, large = small;
        large.limit = RUNUT_PAGE_MOST;
        struct json_object *many = walk(r, every[i].what, small, NULL), *one = page_of(r, every[i].what, &large);
        assert_string_equal(json_object_to_json_string(many),
                            json_object_to_json_string(json_object_object_get(one, "items")));
        if (json_object_array_length(many) <= small.limit)
            fail_msg("listing %zu has %zu items", i, json_object_array_length(many));
        assert_string_equal(text_of(one, "next"), "");
        json_object_put(many);
        json_object_put(one);
    }
    runut_close(r);
}

static void orders_are_what_they_say(void **state)
{
    (void)state;
    runut *r = open_with(ARTICLES);
    runut_filter f = {.limit = 7};
    struct json_object *all = walk(r, RUNUT_LIST_STORIES, f, NULL);
    for (size_t i = 1; i < json_object_array_length(all); i++)
        assert_true(strcmp(text_of(json_object_array_get_idx(all, i - 1), "lastDate"),
                           text_of(json_object_array_get_idx(all, i), "lastDate")) >= 0);
    json_object_put(all);
    f.order = "old";
    all = walk(r, RUNUT_LIST_EVENTS, f, NULL);
    for (size_t i = 1; i < json_object_array_length(all); i++) {
        const char *day = text_of(json_object_array_get_idx(all, i), "date");
        assert_true(!*day || strncmp(text_of(json_object_array_get_idx(all, i - 1), "date"), day, 4) <= 0);
    }
    json_object_put(all);
    f.order = NULL;
    all = walk(r, RUNUT_LIST_ARTICLES, f, NULL);
    assert_int_equal(json_object_array_length(all), ARTICLES);
    assert_string_equal(name_at(all, RUNUT_LIST_ARTICLES, 0), "a1");
    json_object_put(all);
    f.order = "new";
    all = walk(r, RUNUT_LIST_ARTICLES, f, NULL);
    assert_string_equal(name_at(all, RUNUT_LIST_ARTICLES, ARTICLES - 1), "a1");
    json_object_put(all);
    runut_close(r);
}

typedef struct sum {
    struct json_object *list;
    const char *key;
} sum;

static int keep(void *context, struct json_object *item)
{
    sum *self = context;
    const char *name = text_of(item, self->key);
    for (size_t i = 0; i < json_object_array_length(self->list); i++)
        if (strcmp(json_object_get_string(json_object_array_get_idx(self->list, i)), name) == 0)
            return 0;
    return json_object_array_add(self->list, json_object_new_string(name));
}

/* What runut_export lets through with the same filter, by `key`. */
static struct json_object *exported(runut *r, runut_filter filter, const char *key)
{
    sum s = {json_object_new_array(), key};
    filter.limit = 0;
    filter.order = filter.after = NULL;
    assert_int_equal(runut_export(r, &filter, keep, &s, NULL), RUNUT_OK);
    return s.list;
}

static void filters_let_through_what_export_does(void **state)
{
    (void)state;
    static const runut_filter filters[] = {{.publisher = "outlet 2"},
                                           {.language = "id"},
                                           {.since = "2014", .until = "2019-06"},
                                           {.person = "falcao"},
                                           {.person = "Falcão", .publisher = "Outlet 1"},
                                           {.place = "Balu"},
                                           {.words = "visitors"},
                                           {.words = "visitors", .language = "en", .since = "2012"},
                                           {.story = "s2"},
                                           {.event = "e3"},
                                           {.publisher = "nobody"},
                                           {.person = "Rita", .words = "since"}};
    runut *r = open_with(ARTICLES);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        for (size_t k = 0; k < EVERY; k++) {
            runut_filter f = filters[i];
            f.limit = 3;
            f.order = every[k].order;
            if (every[k].what == RUNUT_LIST_QUOTES || (every[k].what == RUNUT_LIST_FOUND && !f.words))
                continue;
            struct json_object *all = walk(r, every[k].what, f, NULL), *want = exported(r, f, name_keys[every[k].what]);
            assert_int_equal(json_object_array_length(all), json_object_array_length(want));
            for (size_t n = 0; n < json_object_array_length(want); n++)
                assert_int_equal(
                    times_listed(all, every[k].what, json_object_get_string(json_object_array_get_idx(want, n))), 1);
            json_object_put(all);
            json_object_put(want);
        }
    runut_close(r);
}

static void add_more(runut *r)
{
    add(r, ARTICLES, MORE);
}

/* Whoever pages through while reports come in sees everything once that was there at the start. */
static void adding_in_between_hides_nothing(void **state)
{
    (void)state;
    static const struct {
        runut_listing what;
        const char *order, *words;
        bool sees_new;
    } kinds[] = {{RUNUT_LIST_ARTICLES, "arrival", NULL, true},
                 {RUNUT_LIST_ARTICLES, "new", NULL, false},
                 {RUNUT_LIST_FOUND, "best", "visitors", false}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        unlink(db);
        runut *r = open_with(ARTICLES);
        runut_filter f = {.limit = 7, .order = kinds[k].order, .words = kinds[k].words};
        struct json_object *all = walk(r, kinds[k].what, f, add_more);
        for (int i = 1; i <= ARTICLES; i++) {
            char name[16];
            snprintf(name, sizeof name, "a%d", i);
            assert_int_equal(times_listed(all, kinds[k].what, name), 1);
        }
        assert_int_equal(json_object_array_length(all), ARTICLES + (kinds[k].sees_new ? MORE : 0));
        json_object_put(all);
        runut_close(r);
    }
}

static int code_of(runut *r, runut_listing what, runut_filter filter)
{
    struct json_object *page;
    runut_error error = {0};
    int code = runut_page(r, what, &filter, &page, &error);
    assert_true(code == RUNUT_OK || (!page && *error.message));
    json_object_put(page);
    return code;
}

static void cursors_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    runut *r = open_with(ARTICLES);
    runut_filter f = {.limit = 2};
    char huge[100000], longer[256];
    memset(huge, '9', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    for (size_t i = 0; i < EVERY; i++) {
        f.order = every[i].order;
        f.words = every[i].words;
        f.after = NULL;
        struct json_object *page = page_of(r, every[i].what, &f);
        char *next = strdup(text_of(page, "next"));
        json_object_put(page);
        f.after = next;
        assert_int_equal(code_of(r, every[i].what, f), RUNUT_OK);
        for (size_t k = 0; k < EVERY; k++) /* of another listing or order */
            if (k != i) {
                runut_filter other = {.order = every[k].order, .words = every[k].words, .after = next};
                assert_int_equal(code_of(r, every[k].what, other), RUNUT_ERR_USE);
            }
        runut_filter narrowed = f;
        narrowed.publisher = "Outlet 1";
        assert_int_equal(code_of(r, every[i].what, narrowed), RUNUT_ERR_USE);
        for (size_t cut = 0; cut < strlen(next); cut++) { /* broken off: refused, or another place */
            snprintf(longer, sizeof longer, "%.*s", (int)cut, next);
            f.after = longer;
            int code = code_of(r, every[i].what, f);
            assert_true(code == RUNUT_ERR_USE || code == RUNUT_OK);
        }
        const char *const ends[] = {".", "x", ".1", "99999999999999999999", ".-", "%00", " "};
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            snprintf(longer, sizeof longer, "%s%s", next, ends[k]);
            f.after = longer;
            assert_int_equal(code_of(r, every[i].what, f), RUNUT_ERR_USE);
        }
        snprintf(longer, sizeof longer, "%.10s.-999999999999999999.-999999999999999999.999999999999999999.-1", next);
        f.after = longer;
        int code = code_of(r, every[i].what, f);
        assert_true(code == RUNUT_ERR_USE || code == RUNUT_OK);
        f.after = huge;
        assert_int_equal(code_of(r, every[i].what, f), RUNUT_ERR_USE);
        free(next);
    }
    runut_close(r);
}

static void wrong_use_is_told(void **state)
{
    (void)state;
    runut *r = open_with(3);
    struct json_object *answer;
    assert_int_equal(code_of(r, RUNUT_LIST_STORIES, (runut_filter){.order = "best"}), RUNUT_ERR_USE);
    assert_int_equal(code_of(r, RUNUT_LIST_QUOTES, (runut_filter){.order = "new"}), RUNUT_ERR_USE);
    assert_int_equal(code_of(r, RUNUT_LIST_FOUND, (runut_filter){.words = " "}), RUNUT_ERR_USE);
    assert_int_equal(code_of(r, RUNUT_LIST_FOUND, (runut_filter){.words = "\"\""}), RUNUT_ERR_USE);
    assert_int_equal(code_of(r, RUNUT_LIST_STORIES, (runut_filter){.since = "soon"}), RUNUT_ERR_USE);
    assert_int_equal(code_of(r, RUNUT_LIST_STORIES, (runut_filter){.event = "s1"}), RUNUT_ERR_USE);
    assert_int_equal(code_of(r, (runut_listing)77, (runut_filter){0}), RUNUT_ERR_USE);
    assert_int_equal(runut_values(r, "colour", "b", 0, &answer, NULL), RUNUT_ERR_USE);
    assert_int_equal(runut_values(r, NULL, NULL, 0, &answer, NULL), RUNUT_ERR_USE);
    assert_int_equal(runut_lines_of(r, "a99", &answer, NULL), RUNUT_ERR_NOT_FOUND);
    assert_null(answer);
    runut_close(r);
}

static void quotes_are_those_of_the_whole_listing(void **state)
{
    (void)state;
    runut *r = open_with(ARTICLES);
    runut_filter f = {.limit = 3};
    struct json_object *all = walk(r, RUNUT_LIST_QUOTES, f, NULL);
    sum s = {json_object_new_array(), "text"};
    f.limit = 0;
    assert_int_equal(runut_quotes(r, &f, keep, &s, NULL), RUNUT_OK);
    assert_int_equal(json_object_array_length(all), json_object_array_length(s.list));
    for (size_t i = 0; i < json_object_array_length(all); i++)
        assert_string_equal(text_of(json_object_array_get_idx(all, i), "text"),
                            json_object_get_string(json_object_array_get_idx(s.list, i)));
    json_object_put(all);
    json_object_put(s.list);
    runut_close(r);
}

static int count_one(void *context, struct json_object *item)
{
    ++*(int *)context;
    return !item;
}

/* A store that is not read as a whole. */
static void quotes_of_a_larger_store_come_once(void **state)
{
    (void)state;
    runut *r = open_with(540);
    static const runut_filter filters[] = {{.limit = 9},
                                           {.limit = 9, .publisher = "Outlet 3"},
                                           {.limit = 4, .by = "Citra"},
                                           {.limit = 5, .about = "visitors"}};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        runut_filter f = filters[i];
        struct json_object *all = walk(r, RUNUT_LIST_QUOTES, f, NULL);
        int count = 0;
        f.limit = 0;
        assert_int_equal(runut_quotes(r, &f, count_one, &count, NULL), RUNUT_OK);
        assert_int_equal(json_object_array_length(all), count);
        json_object_put(all);
    }
    runut_close(r);
}

static int keep_item(void *context, struct json_object *item)
{
    return json_object_array_add(((sum *)context)->list, json_object_get(item));
}

/* Reports of five happenings that quote one speech, two of them in a row, and one that quotes a part of it. */
static void add_speech(runut *r, int from)
{
    static const char *const about[] = {"ferry at Ashby", "school of Dunmore", "harvest in Cirandu", "bridge to Gadung",
                                        "library of Fallham"};
    runut_error error;
    const char *paths[] = {input};
    FILE *f = fopen(input, "w");
    for (int i = 0; i < 5; i++)
        fprintf(f,
                "{\"id\":\"s%d\",\"publisher\":\"Outlet %d\",\"headline\":\"Day of the %s\",\"datePublished\":"
                "\"2016-0%d-05\",\"inLanguage\":\"en\",\"articleBody\":\"The %s %s %s waits for %d %s.\\n"
                "“%sthe lighthouse belongs to everyone who ever came home by its light%s,” said Citra Wagola.\"}\n",
                from + i, i, about[i], 1 + (from + i) % 9, about[i], word(900 + from + i, 1), word(900 + from + i, 2),
                7 * i + 20, word(900 + from + i, 3), i < 4 ? "For us " : "", i < 3 ? " after a storm" : "");
    fclose(f);
    if (runut_add(r, paths, 1, NULL, NULL, &error) != RUNUT_OK)
        fail_msg("%s", error.message);
}

static void check_same(runut *r, runut_filter f)
{
    struct json_object *pages = walk(r, RUNUT_LIST_QUOTES, f, NULL);
    sum s = {json_object_new_array(), NULL};
    f.limit = 0;
    assert_int_equal(runut_quotes(r, &f, keep_item, &s, NULL), RUNUT_OK);
    assert_int_equal(json_object_array_length(pages), json_object_array_length(s.list));
    for (size_t i = 0; i < json_object_array_length(pages); i++)
        assert_string_equal(json_object_to_json_string(json_object_array_get_idx(pages, i)),
                            json_object_to_json_string(json_object_array_get_idx(s.list, i)));
    json_object_put(pages);
    json_object_put(s.list);
}

/* Other prints are found in other events too, and pages show what the whole listing does. */
static void quotes_are_joined_across_events(void **state)
{
    (void)state;
    runut *r = open_with(540);
    add_speech(r, 0);
    static const runut_filter filters[] = {{.limit = 50},
                                           {.limit = 1, .by = "WAGOLA Citra"},
                                           {.limit = 2, .by = "Citra"},
                                           {.limit = 7, .about = "lighthouse"},
                                           {.limit = 7, .about = "lighthouses storms", .by = "Wagola"},
                                           {.limit = 3, .by = "Rita", .language = "en"},
                                           {.limit = 3, .by = "Nobody"}};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        check_same(r, filters[i]);
    struct json_object *page = page_of(r, RUNUT_LIST_QUOTES, &(runut_filter){.by = "wagola"});
    struct json_object *items = json_object_object_get(page, "items");
    assert_int_equal(json_object_array_length(items), 1);
    struct json_object *copies = json_object_object_get(json_object_array_get_idx(items, 0), "copies");
    assert_int_equal(json_object_array_length(copies), 4);
    json_object_put(page);
    runut_close(r);
}

static void speak_again(runut *r)
{
    add_speech(r, 20);
}

/* What is added while pages are turned makes nothing come twice. */
static void quotes_come_once_while_articles_are_added(void **state)
{
    (void)state;
    runut *r = open_with(540);
    add_speech(r, 0);
    struct json_object *all = walk(r, RUNUT_LIST_QUOTES, (runut_filter){.limit = 20}, speak_again);
    for (size_t i = 1; i < json_object_array_length(all); i++)
        assert_true(strcmp(text_of(json_object_array_get_idx(all, i - 1), "date"),
                           text_of(json_object_array_get_idx(all, i), "date")) <= 0 ||
                    !*text_of(json_object_array_get_idx(all, i), "date"));
    for (size_t i = 0; i < json_object_array_length(all); i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(json_object_to_json_string(json_object_array_get_idx(all, i)),
                                    json_object_to_json_string(json_object_array_get_idx(all, k)));
    json_object_put(all);
    check_same(r, (runut_filter){.limit = 4, .by = "Wagola"});
    runut_close(r);
}

static void values_begin_as_asked(void **state)
{
    (void)state;
    runut *r = open_with(ARTICLES);
    struct json_object *answer;
    assert_int_equal(runut_values(r, "person", "FALC", 5, &answer, NULL), RUNUT_OK);
    struct json_object *items = json_object_object_get(answer, "items");
    assert_int_equal(json_object_array_length(items), 5);
    for (size_t i = 0; i < 5; i++)
        assert_non_null(strstr(text_of(json_object_array_get_idx(items, i), "value"), "Hugo Falcão"));
    json_object_put(answer);
    assert_int_equal(runut_values(r, "person", "alc", 5, &answer, NULL), RUNUT_OK);
    assert_int_equal(json_object_array_length(json_object_object_get(answer, "items")), 0);
    json_object_put(answer);
    assert_int_equal(runut_values(r, "publisher", NULL, 2, &answer, NULL), RUNUT_OK);
    items = json_object_object_get(answer, "items");
    assert_int_equal(json_object_array_length(items), 2);
    assert_int_equal(json_object_get_int(json_object_object_get(json_object_array_get_idx(items, 0), "articles")), 15);
    json_object_put(answer);
    assert_int_equal(runut_values(r, "language", "e", 0, &answer, NULL), RUNUT_OK);
    assert_int_equal(json_object_array_length(json_object_object_get(answer, "items")), 1);
    json_object_put(answer);
    runut_close(r);
}

static void a_story_has_what_its_listing_says(void **state)
{
    (void)state;
    static const char *const keys[] = {"headline",  "firstDate",     "lastDate", "articles", "publishers", "origins",
                                       "languages", "disagreements", "newest",   "volume",   "newestAdded"};
    runut *r = open_with(ARTICLES);
    runut_filter f = {.limit = 3};
    struct json_object *page = page_of(r, RUNUT_LIST_STORIES, &f), *story;
    struct json_object *item = json_object_array_get_idx(json_object_object_get(page, "items"), 1);
    assert_int_equal(runut_story(r, text_of(item, "story"), &story, NULL), RUNUT_OK);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_string_equal(text_of(story, keys[i]), text_of(item, keys[i]));
    assert_int_equal(strlen(text_of(item, "newestAdded")), strlen("2026-01-02T03:04:05Z"));
    assert_int_equal(json_object_array_length(json_object_object_get(story, "events")),
                     json_object_get_int(json_object_object_get(item, "events")));
    json_object_put(story);
    json_object_put(page);
    runut_close(r);
}

static void lines_tell_where_they_stood(void **state)
{
    (void)state;
    runut *r = open_with(1);
    runut_error error;
    char path[160];
    snprintf(path, sizeof path, "%s/page.html", folder);
    FILE *f = fopen(path, "w");
    fputs("<html><body><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul><article><h1>Ferry to Gadung "
          "sails "
          "again</h1>",
          f);
    for (int i = 0; i < 6; i++)
        fprintf(f,
                "<p>The ferry to Gadung has sailed again since Monday, the harbour master said, and carried %d people "
                "on its first day over the strait.</p>%s",
                100 + i, i == 2 ? "<p><a href=/more>Read also: The ferry that never came</a></p>" : "");
    fputs("</article><footer>Copyright Gadung Post. All rights reserved.</footer></body></html>", f);
    fclose(f);
    const char *paths[] = {path};
    assert_int_equal(runut_add(r, paths, 1, NULL, NULL, &error), RUNUT_OK);
    struct json_object *answer, *article;
    assert_int_equal(runut_lines_of(r, "a2", &answer, NULL), RUNUT_OK);
    assert_int_equal(runut_article_of(r, "a2", &article, NULL), RUNUT_OK);
    const char *body = text_of(article, "articleBody");
    struct json_object *lines = json_object_object_get(answer, "lines");
    bool found = false;
    for (size_t i = 0; i < json_object_array_length(lines); i++) {
        struct json_object *line = json_object_array_get_idx(lines, i);
        size_t at = (size_t)json_object_get_int64(json_object_object_get(line, "at"));
        assert_true(at <= strlen(body));
        assert_true(*text_of(line, "role"));
        if (strstr(text_of(line, "text"), "Read also")) {
            found = true;
            assert_true(at > 0 && body[at - 1] == '\n' && strstr(body + at, "103 people") > body + at);
        }
    }
    assert_true(found);
    json_object_put(answer);
    json_object_put(article);
    assert_int_equal(runut_lines_of(r, "a1", &answer, NULL), RUNUT_OK); /* clean text has none */
    assert_int_equal(json_object_array_length(json_object_object_get(answer, "lines")), 0);
    json_object_put(answer);
    runut_close(r);
}

static void the_generation_grows_with_what_is_added(void **state)
{
    (void)state;
    int64_t before, after, again;
    runut *r = open_with(5), *reader;
    assert_int_equal(runut_open(db, RUNUT_READ_ONLY, &reader, NULL), RUNUT_OK);
    assert_int_equal(runut_generation(reader, &before, NULL), RUNUT_OK);
    add(r, 5, 2);
    assert_int_equal(runut_generation(reader, &after, NULL), RUNUT_OK);
    add(r, 5, 2); /* known */
    assert_int_equal(runut_generation(reader, &again, NULL), RUNUT_OK);
    assert_true(after > before);
    assert_int_equal(again, after);
    runut_close(reader);
    runut_close(r);
}

static int doze(void *context, struct json_object *item)
{
    (void)item;
    usleep(3000);
    return ++*(int *)context > 5000;
}

static void what_takes_too_long_ends(void **state)
{
    (void)state;
    runut *r = open_with(ARTICLES);
    int seen = 0;
    runut_error error;
    for (int from = ARTICLES; from < 1200; from += 400)
        add(r, from, 400);
    runut_time_limit(r, 2);
    assert_int_equal(runut_export(r, NULL, doze, &seen, &error), RUNUT_ERR_TIME);
    assert_non_null(strstr(error.message, "2 ms"));
    assert_true(seen < 1200);
    runut_time_limit(r, 0);
    assert_int_equal(code_of(r, RUNUT_LIST_STORIES, (runut_filter){0}), RUNUT_OK);
    runut_time_limit(r, 60000);
    assert_int_equal(code_of(r, RUNUT_LIST_STORIES, (runut_filter){0}), RUNUT_OK);
    add(r, 1300, 3); /* adding has no limit */
    runut_close(r);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
    const struct CMUnitTest tests[] = {
        TEST(small_pages_are_one_large_page),
        TEST(orders_are_what_they_say),
        TEST(filters_let_through_what_export_does),
        TEST(adding_in_between_hides_nothing),
        TEST(cursors_that_do_not_fit_are_refused),
        TEST(wrong_use_is_told),
        TEST(quotes_are_those_of_the_whole_listing),
        TEST(quotes_of_a_larger_store_come_once),
        TEST(quotes_are_joined_across_events),
        TEST(quotes_come_once_while_articles_are_added),
        TEST(values_begin_as_asked),
        TEST(a_story_has_what_its_listing_says),
        TEST(lines_tell_where_they_stood),
        TEST(the_generation_grows_with_what_is_added),
        TEST(what_takes_too_long_ends),
    };
    return cmocka_run_group_tests_name("listings", tests, NULL, NULL);
}
