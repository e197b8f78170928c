#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/slice.h"
#include "store/store.h"

static char path[64];

static int fresh(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/runut-store-XXXXXX");
    int fd = mkstemp(path);
    close(fd);
    return fd < 0;
}

static int gone(void **state)
{
    (void)state;
    char command[256];
    snprintf(command, sizeof command, "rm -f '%s' '%s-wal' '%s-shm'", path, path, path);
    return system(command);
}

/* Words between blanks; "X" also gives "stem-X" at the same place where the language is "st". */
static int terms(void *context, runut_slice text, runut_slice language, bool query, runut_store_emit emit, void *to)
{
    (void)context;
    (void)query;
    size_t start = 0;
    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && text.at[i] != ' ')
            continue;
        if (i > start) {
            char stem[64];
            int size = snprintf(stem, sizeof stem, "stem-%.*s", (int)(i - start), text.at + start);
            emit(to, runut_slice_part(text, start, i), (uint32_t)start, (uint32_t)i, false);
            if (runut_slice_is(language, "st"))
                emit(to, (runut_slice){stem, (size_t)size}, (uint32_t)start, (uint32_t)i, true);
        }
        start = i + 1;
    }
    return 0;
}

static runut_store *open_store(bool read_only)
{
    runut_store *store;
    runut_error error;
    runut_store_options options = {.read_only = read_only, .terms = terms};
    int code = runut_store_open(path, &options, &store, &error);
    if (code != RUNUT_OK)
        fail_msg("%s", error.message);
    return store;
}

static uint32_t put(runut_store *store, const char *hash, const char *id, const char *body, const char *language)
{
    runut_error error;
    runut_row row = {.hash = {hash, 16},
                     .id = runut_slice_of(id),
                     .file = RUNUT_LITERAL("f.txt"),
                     .url = {"", 0},
                     .language = runut_slice_of(language),
                     .headline = RUNUT_LITERAL("Judul"),
                     .publisher = RUNUT_LITERAL("Koran"),
                     .day = runut_day_of(2024, 5, 6),
                     .body = runut_slice_of(body),
                     .record = RUNUT_LITERAL("{}"),
                     .digest = RUNUT_LITERAL("d")};
    runut_row_name name = {RUNUT_PLACE, RUNUT_LITERAL("ID"), RUNUT_LITERAL("Indonesia")};
    int code = runut_store_insert(store, &row, &name, 1, &error);
    if (code != RUNUT_OK)
        fail_msg("%s", error.message);
    return row.number;
}

static int count_row(void *context, const runut_row *row)
{
    assert_true(row->number > 0);
    ++*(int *)context;
    return 0;
}

static int found(runut_store *store, const char *words)
{
    int count = 0;
    runut_error error;
    runut_store_filter filter = {.words = runut_slice_of(words), .since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY};
    int code = runut_store_articles(store, &filter, count_row, &count, &error);
    return code == RUNUT_OK ? count : code;
}

static void what_was_committed_is_there_again(void **state)
{
    (void)state;
    uint32_t known = 0;
    runut_store *store = open_store(false);
    assert_int_equal(runut_store_begin(store, NULL), RUNUT_OK);
    assert_int_equal(put(store, "0123456789abcdef", "satu", "isi pertama", "id"), 1);
    assert_int_equal(runut_store_commit(store, NULL), RUNUT_OK);
    runut_store_close(store);
    store = open_store(true);
    assert_int_equal(runut_store_known(store, RUNUT_LITERAL("0123456789abcdef"), &known, NULL), RUNUT_OK);
    assert_int_equal(known, 1);
    assert_int_equal(found(store, "pertama"), 1);
    assert_int_equal(found(store, "kedua"), 0);
    runut_store_close(store);
}

static void what_was_rolled_back_is_not(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    runut_store_begin(store, NULL);
    put(store, "0123456789abcdef", "satu", "isi pertama", "id");
    runut_store_rollback(store);
    assert_int_equal(found(store, "pertama"), 0);
    runut_store_close(store);
}

static void a_taken_id_gets_a_part_of_the_hash(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    int count = 0;
    runut_store_begin(store, NULL);
    put(store, "0123456789abcdef", "sama", "satu", "id");
    put(store, "fedcba9876543210", "sama", "dua", "id");
    runut_store_commit(store, NULL);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("sama-666564636261"), count_row, &count, NULL), RUNUT_OK);
    assert_int_equal(count, 1);
    runut_store_close(store);
}

static void articles_are_named_in_several_ways(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    runut_error error;
    int count = 0;
    runut_store_begin(store, NULL);
    put(store, "0123456789abcdef", "berita-panjang-1", "satu", "id");
    put(store, "fedcba9876543210", "berita-panjang-2", "dua", "id");
    runut_store_commit(store, NULL);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("2"), count_row, &count, &error), RUNUT_OK);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("a2"), count_row, &count, &error), RUNUT_OK);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("berita-panjang-1"), count_row, &count, &error),
                     RUNUT_OK);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("berita-p"), count_row, &count, &error), RUNUT_ERR_USE);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("f.txt"), count_row, &count, &error), RUNUT_ERR_USE);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("a3"), count_row, &count, &error), RUNUT_ERR_NOT_FOUND);
    assert_int_equal(runut_store_article(store, RUNUT_LITERAL("x"), count_row, &count, &error), RUNUT_ERR_NOT_FOUND);
    assert_int_equal(count, 3);
    runut_store_close(store);
}

static void searches_find_stems_and_phrases_and_survive_operators(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    runut_store_begin(store, NULL);
    put(store, "0123456789abcdef", "a", "gempa kuat guncang kota", "st");
    runut_store_commit(store, NULL);
    assert_int_equal(found(store, "stem-gempa"), 1);
    assert_int_equal(found(store, "kota gempa"), 1);
    assert_int_equal(found(store, "\"gempa kuat\""), 1);
    assert_int_equal(found(store, "\"kuat gempa\""), 0);
    assert_int_equal(found(store, "gempa AND"), 0);
    assert_int_equal(found(store, "NEAR( * ) OR -x ^ :"), 0);
    assert_int_equal(found(store, "\"unclosed gempa"), 0);
    assert_int_equal(found(store, "\"\""), RUNUT_ERR_USE);
    runut_store_close(store);
}

static void filters_narrow(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    int count = 0;
    runut_store_begin(store, NULL);
    put(store, "0123456789abcdef", "a", "isi", "id");
    runut_store_commit(store, NULL);
    runut_store_filter f = {.since = runut_day_of(2024, 5, 6),
                            .until = runut_day_of(2024, 5, 6),
                            .publisher = RUNUT_LITERAL("KORAN"),
                            .language = RUNUT_LITERAL("id"),
                            .place = RUNUT_LITERAL("indo")};
    assert_int_equal(runut_store_articles(store, &f, count_row, &count, NULL), RUNUT_OK);
    assert_int_equal(count, 1);
    f.place = RUNUT_LITERAL("malay");
    assert_int_equal(runut_store_articles(store, &f, count_row, &count, NULL), RUNUT_OK);
    f.place = (runut_slice){"", 0};
    f.since = runut_day_of(2024, 5, 7);
    assert_int_equal(runut_store_articles(store, &f, count_row, &count, NULL), RUNUT_OK);
    assert_int_equal(count, 1);
    runut_store_close(store);
}

static void events_go_with_their_last_article(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    runut_store_counts counts;
    runut_store_begin(store, NULL);
    runut_event e = {.event = 4, .story = 2, .day = RUNUT_NO_DAY, .year = 2024, .month = 8, .title = 1, .articles = 3};
    assert_int_equal(runut_store_event_put(store, &e, RUNUT_LITERAL("[]"), NULL), RUNUT_OK);
    runut_store_count(store, &counts, NULL);
    assert_int_equal(counts.events, 1);
    e.articles = 0;
    assert_int_equal(runut_store_event_put(store, &e, RUNUT_LITERAL("[]"), NULL), RUNUT_OK);
    runut_store_count(store, &counts, NULL);
    assert_int_equal(counts.events, 0);
    runut_store_commit(store, NULL);
    runut_store_close(store);
}

static int keep_move(void *context, const runut_row_move *row)
{
    *(runut_row_move *)context = *row;
    return 0;
}

/* Who knew an event by its number learns where its reports are now. */
static void moves_are_logged(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    runut_row_move moved = {0};
    runut_error error;
    runut_row_event none;
    runut_store_begin(store, NULL);
    put(store, "0123456789abcdef", "a", "isi", "id");
    assert_int_equal(runut_store_relate(store, 1, 3, 0, RUNUT_LITERAL("{}"), NULL), RUNUT_OK);
    assert_int_equal(runut_store_relate(store, 1, 3, 0, RUNUT_LITERAL("{}"), NULL), RUNUT_OK);
    assert_int_equal(runut_store_moves(store, 1, keep_move, &moved, NULL), RUNUT_OK);
    assert_int_equal(moved.now, 0);
    put(store, "0123456789abcdeF", "b", "isi lain", "id");
    assert_int_equal(runut_store_relate(store, 1, 5, 0, RUNUT_LITERAL("{}"), NULL), RUNUT_OK);
    runut_store_commit(store, NULL);
    assert_int_equal(runut_store_moves(store, 1, keep_move, &moved, NULL), RUNUT_OK);
    assert_int_equal(moved.old, 3);
    assert_int_equal(moved.now, 5);
    assert_int_equal(moved.newest, 2);
    assert_int_equal(runut_store_event(store, 3, NULL, &none, &error), RUNUT_ERR_NOT_FOUND);
    assert_string_equal(error.message, "no event e3 any more: its reports came to e5");
    assert_int_equal(runut_store_event(store, 4, NULL, &none, &error), RUNUT_ERR_NOT_FOUND);
    assert_string_equal(error.message, "no event e4");
    runut_store_close(store);
}

/* Makes of the store what an older version would have written. */
static void take_back(const char *sql)
{
    sqlite3 *db;
    sqlite3_open(path, &db);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

#define TO_SCHEMA_5                                                                                                    \
    "DROP TABLE address; DROP TABLE version; DELETE FROM counter WHERE name = 'versions'; PRAGMA user_version = 5;"
#define TO_SCHEMA_4 TO_SCHEMA_5 "DROP TABLE checksum; PRAGMA user_version = 4;"

/* Who has no tokenizer cannot drop what was made with it. */
#define TO_SCHEMA_3                                                                                                    \
    TO_SCHEMA_4                                                                                                        \
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name GLOB 'said*' OR tbl_name GLOB 'said*';"         \
    "PRAGMA writable_schema = RESET; PRAGMA user_version = 3;"
#define TO_SCHEMA_2                                                                                                    \
    TO_SCHEMA_3                                                                                                        \
    "DROP TABLE story; DROP TABLE dispute; DROP TABLE value; DROP TABLE line; DROP TABLE arrival;"                     \
    "DROP INDEX event_place; ALTER TABLE event DROP COLUMN place; ALTER TABLE event DROP COLUMN publishers;"           \
    "ALTER TABLE event DROP COLUMN disagreements; ALTER TABLE event DROP COLUMN earliest; ALTER TABLE event DROP "     \
    "COLUMN"                                                                                                           \
    " latest; DELETE FROM counter WHERE name = 'lines';"                                                               \
    "DROP INDEX article_event; CREATE INDEX article_event ON article(event); DROP INDEX article_publisher;"            \
    "DROP INDEX article_language; PRAGMA user_version = 2;"

/* What the first version wrote is brought up to date when it is opened for writing. */
static void an_older_schema_is_brought_up_to_date(void **state)
{
    (void)state;
    runut_store_close(open_store(false));
    take_back(TO_SCHEMA_2 "DROP TRIGGER article_moves; DROP TABLE move; PRAGMA user_version = 1");
    runut_store *store = open_store(false);
    runut_row_move moved = {0};
    assert_int_equal(runut_store_moves(store, 1, keep_move, &moved, NULL), RUNUT_OK);
    runut_store_close(store);
}

static int keep_story(void *context, const runut_row_story *row)
{
    runut_row_story *out = context;
    *out = *row; /* numbers only: the slices go */
    out->headline = out->languages = out->volume = (runut_slice){"", 0};
    assert_true(row->languages.size == 0 || row->languages.at[0] == '[');
    return 0;
}

static runut_row_story story_of(runut_store *store, uint32_t number)
{
    runut_row_story row = {0};
    runut_error error;
    int code = runut_store_story(store, number, keep_story, &row, &error);
    assert_true(code == RUNUT_OK || code == RUNUT_ERR_NOT_FOUND);
    return row;
}

/* Two articles of event 1, of story 1, that differ on one fact. */
static void put_two(runut_store *store)
{
    runut_slice about[] = {RUNUT_LITERAL("dead"), RUNUT_LITERAL("dead")};
    const char *relation = "{\"disagreements\":[{\"about\":\"dead\",\"with\":[1]}]}";
    runut_event e = {
        .event = 1, .story = 1, .day = runut_day_of(2024, 5, 4), .year = 2024, .month = 5, .title = 1, .articles = 2};
    assert_int_equal(runut_store_begin(store, NULL), RUNUT_OK);
    put(store, "0123456789abcdef", "a", "isi", "id");
    put(store, "0123456789abcdeF", "b", "isi lain", "en");
    for (uint32_t i = 1; i <= 2; i++) {
        runut_slices two = {.at = about, .size = i};
        assert_int_equal(runut_store_relate(store, i, 1, 0, runut_slice_of(relation), NULL), RUNUT_OK);
        assert_int_equal(runut_store_dispute(store, i, &two, NULL), RUNUT_OK);
    }
    assert_int_equal(runut_store_event_put(store, &e, RUNUT_LITERAL("[\"Koran\",\"Kantor\"]"), NULL), RUNUT_OK);
    assert_int_equal(runut_store_put_lines(store, 2, RUNUT_LITERAL("lines"), NULL), RUNUT_OK);
    assert_int_equal(runut_store_commit(store, NULL), RUNUT_OK);
}

static void check_two(runut_store *store)
{
    runut_row_story s = story_of(store, 1);
    assert_int_equal(s.events, 1);
    assert_int_equal(s.articles, 2);
    assert_int_equal(s.publishers, 1);
    assert_int_equal(s.origins, 2);
    assert_int_equal(s.disagreements, 1);
    assert_int_equal(s.newest, 2);
    assert_int_equal(s.first, runut_day_of(2024, 5, 4));
}

static void sums_follow_what_is_written(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    put_two(store);
    check_two(store);
    runut_event e = {.event = 1, .story = 2, .day = RUNUT_NO_DAY, .title = 1, .articles = 2};
    runut_store_begin(store, NULL);
    assert_int_equal(runut_store_event_put(store, &e, RUNUT_LITERAL("[]"), NULL), RUNUT_OK);
    runut_store_rollback(store);
    check_two(store);
    runut_store_begin(store, NULL);
    assert_int_equal(runut_store_event_put(store, &e, RUNUT_LITERAL("[]"), NULL), RUNUT_OK);
    assert_int_equal(runut_store_dispute(store, 1, &(runut_slices){0}, NULL), RUNUT_OK);
    assert_int_equal(runut_store_dispute(store, 2, &(runut_slices){0}, NULL), RUNUT_OK);
    runut_store_commit(store, NULL);
    assert_int_equal(story_of(store, 1).events, 0);
    runut_row_story s = story_of(store, 2);
    assert_int_equal(s.articles, 2);
    assert_int_equal(s.disagreements, 0);
    assert_int_equal(s.last, RUNUT_NO_DAY);
    runut_store_begin(store, NULL);
    e.articles = 0;
    assert_int_equal(runut_store_event_put(store, &e, RUNUT_LITERAL("[]"), NULL), RUNUT_OK);
    runut_store_commit(store, NULL);
    assert_int_equal(story_of(store, 2).events, 0);
    runut_store_close(store);
}

static int keep_value(void *context, const runut_row_actor *row)
{
    assert_true(row->text.size > 0);
    *(uint32_t *)context += row->articles;
    return 0;
}

static void check_lines(runut_store *store, uint32_t article, bool kept, size_t size)
{
    runut_arena *arena = runut_arena_new(1 << 20);
    runut_slice lines;
    bool has = !kept;
    assert_int_equal(runut_store_lines(store, article, arena, &has, &lines, NULL), RUNUT_OK);
    assert_int_equal(has, kept);
    assert_int_equal(lines.size, size);
    runut_arena_free(arena);
}

/* What a store of the second version holds stays, and what listings need is made from it. */
static void the_second_schema_is_filled_in(void **state)
{
    (void)state;
    uint32_t articles = 0;
    int64_t at = 1;
    runut_store *store = open_store(false);
    put_two(store);
    check_lines(store, 1, true, 0);
    check_lines(store, 2, true, 5);
    assert_int_equal(runut_store_arrival(store, 2, &at, NULL), RUNUT_OK);
    assert_true(at > 1000000000);
    runut_store_close(store);
    take_back(TO_SCHEMA_2);
    runut_error error;
    runut_store_options reading = {.read_only = true, .terms = terms};
    assert_int_equal(runut_store_open(path, &reading, &store, &error), RUNUT_ERR_STORE);
    store = open_store(false);
    check_two(store);
    assert_int_equal(found(store, "lain"), 1);
    assert_int_equal(runut_store_values(store, RUNUT_PLACE, RUNUT_LITERAL("INDO"), 9, keep_value, &articles, NULL),
                     RUNUT_OK);
    assert_int_equal(articles, 2);
    assert_int_equal(
        runut_store_values(store, RUNUT_VALUE_PUBLISHER, RUNUT_LITERAL(""), 9, keep_value, &articles, NULL), RUNUT_OK);
    assert_int_equal(articles, 4);
    check_lines(store, 1, false, 0);
    assert_int_equal(runut_store_arrival(store, 2, &at, NULL), RUNUT_OK);
    assert_int_equal(at, 0);
    runut_store_begin(store, NULL);
    put(store, "0123456789abcdeX", "c", "isi baru", "id");
    runut_store_commit(store, NULL);
    check_lines(store, 3, true, 0);
    assert_int_equal(runut_store_arrival(store, 3, &at, NULL), RUNUT_OK);
    assert_true(at > 0);
    runut_store_close(store);
}

/* The checksums of all articles, one text. */
static void read_sums(char out[512])
{
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    sqlite3_open(path, &db);
    sqlite3_prepare_v2(
        db,
        "SELECT group_concat(article || ' ' || report || ' ' || lines || ' ' || names || ' ' || relation)"
        " FROM checksum ORDER BY article",
        -1, &s, NULL);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    snprintf(out, 512, "%s", sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* What is summed up as it is written is what a store of the fourth version gets. */
static void the_fourth_schema_gets_checksums(void **state)
{
    (void)state;
    char written[512], filled[512], changed[512];
    runut_store *store = open_store(false);
    put_two(store);
    runut_store_close(store);
    read_sums(written);
    take_back(TO_SCHEMA_4);
    runut_store_close(open_store(false));
    read_sums(filled);
    assert_string_equal(written, filled);
    take_back(TO_SCHEMA_4 "UPDATE article SET body = substr(body, 1, 2), record = 'i{}' WHERE number = 1");
    runut_store_close(open_store(false));
    read_sums(changed);
    assert_string_not_equal(written, changed);
    store = open_store(false);
    assert_int_equal(runut_store_relate_more(store, 2, RUNUT_LITERAL("{}"), NULL), RUNUT_OK);
    runut_store_close(store);
    read_sums(filled);
    assert_string_not_equal(filled, changed);
}

static uint32_t said_by(runut_store *store, const char *by, const char *about)
{
    runut_store_filter f = {
        .since = RUNUT_NO_DAY, .until = RUNUT_NO_DAY, .by = runut_slice_of(by), .about = runut_slice_of(about)};
    runut_listed listed[9];
    uint32_t count;
    assert_int_equal(runut_store_by_time(store, &f, NULL, 9, listed, &count, NULL), RUNUT_OK);
    return count;
}

static int keep_number(void *context, uint32_t number)
{
    *(uint32_t *)context = number;
    return 0;
}

static void check_said(runut_store *store)
{
    uint32_t number = 0;
    assert_int_equal(said_by(store, "bima", ""), 1);
    assert_int_equal(said_by(store, "santoso bima", "pelabuhan"), 1);
    assert_int_equal(said_by(store, "bim", ""), 0);
    assert_int_equal(said_by(store, "jose", ""), 1); /* another form of the name */
    assert_int_equal(said_by(store, "tiada", ""), 0);
    assert_int_equal(said_by(store, "", "pelabuhan"), 1);
    assert_int_equal(said_by(store, "", "isi"), 0); /* not quoted */
    assert_int_equal(runut_store_find_prints(store,
                                             RUNUT_LITERAL("Ia berkata: kami akan MENUTUP pelabuhan itu - benar"),
                                             keep_number, &number, NULL),
                     RUNUT_OK);
    assert_int_equal(number, 2);
    number = 0;
    assert_int_equal(runut_store_find_prints(store, RUNUT_LITERAL("kami itu akan menutup"), keep_number, &number, NULL),
                     RUNUT_OK);
    assert_int_equal(number, 0);
}

#define SPEECH "Kami akan menutup pelabuhan itu"
static const char speech_record[] =
    "{\"quotes\":[{\"text\":\"" SPEECH "\",\"speaker\":\"Bima Santoso\"},{\"text\":\"ya\",\"speaker\":null}],"
    "\"people\":[{\"name\":\"Bima Santoso\",\"key\":\"bima santoso\",\"mentions\":[{\"text\":\"José\"}]},"
    "{\"name\":\"Tiada\",\"key\":\"tiada\",\"mentions\":[{\"text\":\"Tiada\"}]}],\"places\":[]}";

/* An article with a quotation, as it is added and as an older version has left it. */
static void quotations_have_an_index(void **state)
{
    (void)state;
    runut_store *store = open_store(false);
    runut_row row = {.hash = RUNUT_LITERAL("0123456789abcdeq"),
                     .id = RUNUT_LITERAL("q"),
                     .file = RUNUT_LITERAL("q.txt"),
                     .url = RUNUT_LITERAL(""),
                     .headline = RUNUT_LITERAL("Pidato"),
                     .publisher = RUNUT_LITERAL("Koran"),
                     .digest = RUNUT_LITERAL("d"),
                     .body = RUNUT_LITERAL("isi"),
                     .language = RUNUT_LITERAL("id"),
                     .day = RUNUT_NO_DAY,
                     .record = runut_slice_of(speech_record),
                     .quotes = RUNUT_LITERAL(SPEECH "\x1fya"),
                     .speakers = RUNUT_LITERAL("Bima Santoso\x1f"
                                               "José")};
    assert_int_equal(runut_store_begin(store, NULL), RUNUT_OK);
    put(store, "0123456789abcdef", "a", "isi", "id");
    assert_int_equal(runut_store_insert(store, &row, NULL, 0, NULL), RUNUT_OK);
    assert_int_equal(runut_store_commit(store, NULL), RUNUT_OK);
    check_said(store);
    runut_store_close(store);
    take_back(TO_SCHEMA_3);
    store = open_store(false);
    check_said(store);
    runut_store_close(store);
}

static void a_question_sees_one_store_and_has_a_limit(void **state)
{
    (void)state;
    runut_store *store = open_store(false), *reader = open_store(true);
    runut_error error;
    assert_int_equal(runut_store_ask(reader, NULL), RUNUT_OK);
    assert_int_equal(found(reader, "isi"), 0);
    put_two(store);
    assert_int_equal(found(reader, "isi"), 0);
    assert_int_equal(runut_store_ask(reader, NULL), RUNUT_OK); /* within the other */
    runut_store_asked(reader);
    assert_int_equal(found(reader, "isi"), 0);
    runut_store_asked(reader);
    assert_int_equal(found(reader, "isi"), 2);
    runut_store_time_limit(reader, 1);
    assert_int_equal(runut_store_late(reader, NULL), RUNUT_OK); /* nothing is asked */
    assert_int_equal(runut_store_ask(reader, NULL), RUNUT_OK);
    usleep(4000);
    assert_int_equal(runut_store_late(reader, &error), RUNUT_ERR_TIME);
    runut_store_asked(reader);
    runut_store_close(reader);
    runut_store_close(store);
}

static void a_newer_schema_is_refused(void **state)
{
    (void)state;
    runut_store_close(open_store(false));
    sqlite3 *db;
    sqlite3_open(path, &db);
    sqlite3_exec(db, "PRAGMA user_version = 999", NULL, NULL, NULL);
    sqlite3_close(db);
    runut_store *store;
    runut_error error;
    runut_store_options options = {.terms = terms};
    assert_int_equal(runut_store_open(path, &options, &store, &error), RUNUT_ERR_STORE);
    assert_non_null(strstr(error.message, "newer"));
    assert_null(store);
}

static void something_else_is_no_store(void **state)
{
    (void)state;
    FILE *f = fopen(path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("this is not a database at all\n", f);
    fclose(f);
    runut_store *store;
    runut_error error;
    runut_store_options options = {.terms = terms};
    assert_int_equal(runut_store_open(path, &options, &store, &error), RUNUT_ERR_STORE);
    assert_non_null(strstr(error.message, "not a runut store"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
    const struct CMUnitTest tests[] = {
        TEST(what_was_committed_is_there_again),
        TEST(what_was_rolled_back_is_not),
        TEST(a_taken_id_gets_a_part_of_the_hash),
        TEST(articles_are_named_in_several_ways),
        TEST(searches_find_stems_and_phrases_and_survive_operators),
        TEST(filters_narrow),
        TEST(events_go_with_their_last_article),
        TEST(moves_are_logged),
        TEST(an_older_schema_is_brought_up_to_date),
        TEST(sums_follow_what_is_written),
        TEST(the_second_schema_is_filled_in),
        TEST(a_question_sees_one_store_and_has_a_limit),
        TEST(the_fourth_schema_gets_checksums),
        TEST(quotations_have_an_index),
        TEST(a_newer_schema_is_refused),
        TEST(something_else_is_no_store),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
