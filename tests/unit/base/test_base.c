#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/buffer.h"
#include "base/data.h"
#include "base/day.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "base/vector.h"

static void arena_hands_out_zeroed_memory_up_to_its_limit(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    volatile int taken = 0;
    if (RUNUT_ARENA_TRY(arena) == 0) {
        for (;;) {
            unsigned char *at = runut_arena_alloc(arena, 1000);
            assert_int_equal(at[0] | at[999], 0);
            at[0] = 1;
            taken++;
        }
    }
    assert_in_range(taken, 900, 1060);
    runut_arena_reset(arena);
    assert_int_equal(runut_arena_used(arena), 0);
    runut_arena_free(arena);
}

static void arena_refuses_sizes_that_overflow(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(SIZE_MAX);
    volatile bool refused = false;
    if (RUNUT_ARENA_TRY(arena) == 0)
        runut_arena_alloc(arena, SIZE_MAX - 3);
    else
        refused = true;
    assert_true(refused);
    runut_arena_free(arena);
}

static void arena_grows_blocks(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    char *a = runut_arena_alloc(arena, 16);
    memcpy(a, "0123456789abcdef", 16);
    a = runut_arena_grow(arena, a, 16, 64);
    assert_int_equal(a[16], 0);
    runut_arena_alloc(arena, 1);
    char *b = runut_arena_grow(arena, a, 64, 128);
    assert_memory_equal(b, "0123456789abcdef", 16);
    assert_int_equal(b[64], 0);
    runut_arena_free(arena);
}

/* Blocks of 256 KiB and more are kept apart; they grow one in the middle of the others too. */
static void arena_grows_large_blocks(void **state)
{
    (void)state;
    enum { COUNT = 5, STEPS = 6 };
    runut_arena *arena = runut_arena_new(100 << 20);
    unsigned char *at[COUNT] = {0};
    size_t size[COUNT] = {0};
    for (int round = 0; round < 2; round++) {
        for (size_t step = 0; step < STEPS * COUNT; step++) {
            size_t i = step * 3 % COUNT, more = size[i] ? size[i] * 2 : 100000 + i;
            at[i] = runut_arena_grow(arena, at[i], size[i], more);
            for (size_t k = size[i]; k < more; k++)
                assert_int_equal(at[i][k], 0);
            memset(at[i], (int)i + 1, more);
            size[i] = more;
        }
        for (size_t i = 0; i < COUNT; i++)
            for (size_t k = 0; k < size[i]; k += 997)
                assert_int_equal(at[i][k], i + 1);
        runut_arena_reset(arena);
        memset(at, 0, sizeof at);
        memset(size, 0, sizeof size);
    }
    runut_arena_free(arena);
}

static void arena_refuses_to_grow_beyond_its_limit(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    volatile bool refused = false;
    if (RUNUT_ARENA_TRY(arena) == 0) {
        char *at = runut_arena_alloc(arena, 400000);
        at = runut_arena_grow(arena, at, 400000, 800000);
        runut_arena_grow(arena, at, 800000, 1600000);
    } else {
        refused = true;
    }
    assert_true(refused);
    runut_arena_free(arena);
}

static void vector_keeps_what_was_pushed(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    RUNUT_VECTOR(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        RUNUT_PUSH(arena, numbers, i);
    assert_int_equal(numbers.size, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.at[i], i);
    runut_arena_free(arena);
}

static void buffer_stops_at_its_maximum(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    runut_buffer b = runut_buffer_new(arena, 5);
    runut_buffer_text(&b, "abc");
    assert_false(b.full);
    runut_buffer_text(&b, "def");
    assert_true(b.full);
    assert_true(runut_slice_is(runut_buffer_slice(&b), "abcde"));
    runut_arena_free(arena);
}

static void map_finds_each_of_many_keys(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(64 << 20);
    runut_map *map = runut_map_new(arena);
    for (uint32_t i = 0; i < 5000; i++) {
        bool is_new = false;
        *runut_map_put(map, runut_arena_printf(arena, "key %u", i), &is_new) = i;
        assert_true(is_new);
    }
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(*runut_map_get(map, runut_arena_printf(arena, "key %u", i)), i);
    assert_null(runut_map_get(map, RUNUT_LITERAL("key 5000")));
    assert_int_equal(runut_map_size(map), 5000);
    runut_arena_free(arena);
}

static void slice_lines_end_in_any_way(void **state)
{
    (void)state;
    runut_slice rest = RUNUT_LITERAL("a\r\nb\rc\n\nd"), line;
    const char *wanted[] = {"a", "b", "c", "", "d"};
    for (size_t i = 0; i < 5; i++) {
        assert_true(runut_slice_line(&rest, &line));
        assert_true(runut_slice_is(line, wanted[i]));
    }
    assert_false(runut_slice_line(&rest, &line));
}

static void slice_fields_keep_empty_ones(void **state)
{
    (void)state;
    runut_slice rest = RUNUT_LITERAL("a,,b"), field;
    const char *wanted[] = {"a", "", "b"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(runut_slice_field(&rest, ',', &field));
        assert_true(runut_slice_is(field, wanted[i]));
    }
    assert_false(runut_slice_field(&rest, ',', &field));
}

static void slice_trims_no_break_space(void **state)
{
    (void)state;
    assert_true(runut_slice_is(runut_slice_trim(RUNUT_LITERAL(" \xC2\xA0\t kata \xC2\xA0\n")), "kata"));
    assert_int_equal(runut_slice_trim(RUNUT_LITERAL("\xC2\xA0")).size, 0);
}

static void slice_number_takes_digits_only(void **state)
{
    (void)state;
    uint32_t n = 0;
    assert_true(runut_slice_number(RUNUT_LITERAL("4294967295"), &n));
    assert_int_equal(n, UINT32_MAX);
    assert_false(runut_slice_number(RUNUT_LITERAL("4294967296"), &n));
    assert_false(runut_slice_number(RUNUT_LITERAL(""), &n));
    assert_false(runut_slice_number(RUNUT_LITERAL("-1"), &n));
    assert_false(runut_slice_number(RUNUT_LITERAL("1 "), &n));
}

static void utf8_repairs_what_is_broken(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"biasa", "biasa"},
        {"a\xFFz", "a\xEF\xBF\xBDz"},
        {"\xC3", "\xEF\xBF\xBD"},                                 /* cut off */
        {"\xE2\x82z", "\xEF\xBF\xBDz"},                           /* cut off in the middle: one replacement */
        {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},                 /* overlong */
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* surrogate */
        {"\xEF\xBF\xBD", "\xEF\xBF\xBD"},                         /* U+FFFD itself is fine */
        {"\xF0\x9F\x8C\x8B", "\xF0\x9F\x8C\x8B"},
    };
    runut_arena *arena = runut_arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runut_slice out = runut_utf8_repair(arena, runut_slice_of(cases[i].in));
        assert_true(runut_slice_is(out, cases[i].out));
        assert_true(runut_utf8_valid(out));
    }
    runut_arena_free(arena);
}

static void utf8_walks_both_ways(void **state)
{
    (void)state;
    runut_slice text = RUNUT_LITERAL("aé中\xF0\x9F\x8C\x8B");
    uint32_t forward[4], backward[4];
    size_t n = 0, at = 0;
    while (at < text.size)
        forward[n++] = runut_utf8_next(text, &at);
    for (size_t i = 4; at > 0;)
        backward[--i] = runut_utf8_before(text, &at);
    assert_int_equal(n, 4);
    assert_memory_equal(forward, backward, sizeof forward);
    assert_int_equal(forward[3], 0x1F30B);
}

static void utf8_folds_case_and_width(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    assert_true(runut_slice_is(runut_utf8_fold(arena, RUNUT_LITERAL("GEMPA")), "gempa"));
    assert_true(runut_slice_is(runut_utf8_fold(arena, RUNUT_LITERAL("Ｆａｌｃãｏ")), "falcão"));
    assert_true(runut_slice_is(runut_utf8_fold(arena, RUNUT_LITERAL("STRAẞE")), "strasse"));
    runut_arena_free(arena);
}

/* Sorting a letter's marks takes utf8proc the square of their number: past the 30th they do not count. */
static void utf8_folds_a_flood_of_marks(void **state)
{
    (void)state;
    enum { PAIRS = 200000 };
    static char text[1 + 4 * PAIRS];
    runut_arena *arena = runut_arena_new(16 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    text[0] = 'A';
    for (size_t i = 0; i < PAIRS; i++)
        memcpy(text + 1 + 4 * i, "\xCC\x81\xCC\xB0", 4); /* above, below */
    runut_slice folded = runut_utf8_fold(arena, (runut_slice){text, sizeof text});
    assert_true(runut_slice_is(folded, runut_utf8_fold(arena, (runut_slice){text, 1 + 4 * 15}).at));
    assert_true(runut_utf8_plain(arena, (runut_slice){text, sizeof text}).size == 1);
    runut_arena_free(arena);
}

static void assert_folds_as_utf8proc(runut_arena *arena, runut_slice text)
{
    utf8proc_uint8_t *wanted = NULL;
    utf8proc_option_t how =
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.size, &wanted, how);
    runut_slice folded = runut_utf8_fold(arena, text);
    assert_int_equal(folded.size, size);
    assert_memory_equal(folded.at, wanted, folded.size);
    free(wanted);
}

/* Letters of two bytes are folded without utf8proc: each alone, and before and behind a letter and a combining mark. */
static void utf8_folds_letters_as_utf8proc_does(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(64 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    for (uint32_t code = 0x80; code < 0x800; code++) {
        char text[16] = {'A'};
        size_t size = 1 + runut_utf8_encode(code, text + 1);
        assert_folds_as_utf8proc(arena, (runut_slice){text + 1, size - 1});
        size += runut_utf8_encode(0x41E, text + size);
        assert_folds_as_utf8proc(arena, (runut_slice){text, size});
        size += runut_utf8_encode(0x301, text + size);
        assert_folds_as_utf8proc(arena, (runut_slice){text, size});
        size = runut_utf8_encode(code, text);
        size += runut_utf8_encode(0x308, text + size);
        assert_folds_as_utf8proc(arena, (runut_slice){text, size});
    }
    assert_int_equal(runut_utf8_fold(arena, RUNUT_LITERAL("A\xC3")).at[0], 'a'); /* broken: anything, but no crash */
    runut_arena_free(arena);
}

static void map_has_room_from_the_start(void **state)
{
    (void)state;
    runut_arena *arena = runut_arena_new(1 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    memset(runut_arena_take(arena, 32768), 0xAA, 32768); /* what a map takes need not be zeroed */
    runut_arena_reset(arena);
    runut_map *map = runut_map_new_for(arena, 100);
    size_t used = runut_arena_used(arena);
    for (uint32_t i = 0; i < 100; i++) {
        bool is_new;
        runut_slice key = {(const char[]){(char)('a' + i % 10), (char)('a' + i / 10)}, 2};
        uint64_t hash = runut_slice_hash(key);
        assert_null(runut_map_get_hashed(map, key, hash));
        *runut_map_put_hashed(map, runut_arena_copy(arena, key), hash, &is_new) = i;
        assert_true(is_new);
        assert_int_equal(*runut_map_get(map, key), i);
    }
    assert_true(runut_arena_used(arena) - used <= 100 * 64);
    assert_int_equal(runut_map_size(map), 100);
    runut_arena_free(arena);
}

static void day_knows_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(runut_day_of(1970, 1, 1), 0);
    assert_int_equal(runut_day_of(2022, 2, 29), RUNUT_NO_DAY);
    assert_int_equal(runut_day_of(2024, 13, 1), RUNUT_NO_DAY);
    assert_int_equal(runut_day_weekday(runut_day_of(2022, 8, 15)), 0);
    assert_int_equal(runut_day_weekday(runut_day_of(1945, 8, 17)), 4);
    for (runut_day day = runut_day_of(1899, 12, 31); day < runut_day_of(2101, 1, 1); day += 13) {
        int y, m, d;
        runut_day_split(day, &y, &m, &d);
        assert_int_equal(runut_day_of(y, m, d), day);
    }
}

static void day_parses_the_beginning_of_iso_times(void **state)
{
    (void)state;
    assert_int_equal(runut_day_parse(RUNUT_LITERAL("2022-08-15T14:35+07:00")), runut_day_of(2022, 8, 15));
    assert_int_equal(runut_day_parse(RUNUT_LITERAL("2022-08-15")), runut_day_of(2022, 8, 15));
    assert_int_equal(runut_day_parse(RUNUT_LITERAL("2022-08")), RUNUT_NO_DAY);
    assert_int_equal(runut_day_parse(RUNUT_LITERAL("2022-08-155")), RUNUT_NO_DAY);
    assert_int_equal(runut_day_parse(RUNUT_LITERAL("15-08-2022")), RUNUT_NO_DAY);
}

static void data_rows_skip_comments(void **state)
{
    (void)state;
    runut_slice rest = RUNUT_LITERAL("# what it is\n\na\tb\tc\nd\n"), fields[3];
    assert_int_equal(runut_data_row(&rest, fields, 3), 3);
    assert_true(runut_slice_is(fields[1], "b"));
    assert_int_equal(runut_data_row(&rest, fields, 3), 1);
    assert_int_equal(fields[2].size, 0);
    assert_int_equal(runut_data_row(&rest, fields, 3), 0);
    assert_int_equal(runut_data("no such file").size, 0);
    assert_true(runut_data("agencies.tsv").size > 0);
}

static void data_finds_records_by_their_first_field(void **state)
{
    (void)state;
    const runut_table *entities = runut_data_table("entities.tsv");
    runut_slice fields[2], rest = {entities->at, (size_t)(entities->end - entities->at)}, row[2];
    while (runut_data_row(&rest, row, 2)) { /* each, "AMP" and "amp" apart */
        assert_true(runut_data_find(entities, row[0], fields, 2) > 0);
        assert_true(fields[0].at == row[0].at && fields[0].size == row[0].size);
    }
    assert_int_equal(runut_data_find(entities, RUNUT_LITERAL("eacut"), fields, 2), 0);
    assert_int_equal(runut_data_find(entities, RUNUT_LITERAL("eacute;\t"), fields, 2), 0);
    assert_int_equal(runut_data_find(entities, (runut_slice){"", 0}, fields, 2), 0);
    assert_int_equal(runut_data_find(runut_data_table("no such file"), RUNUT_LITERAL("amp"), fields, 2), 0);
}

static void data_finds_the_first_phrase_of_a_word(void **state)
{
    (void)state;
    const runut_table *cues = runut_data_table("page_cues.tsv");
    runut_slice rest = {cues->at, (size_t)(cues->end - cues->at)}, row[1], before = {"", 0};
    for (; runut_data_row(&rest, row, 1);) {
        size_t size = runut_slice_find(row[0], RUNUT_LITERAL(" "), 0);
        runut_slice word = runut_slice_part(row[0], 0, size);
        runut_slice found = runut_data_phrases(cues, word);
        assert_true(runut_slice_starts(found, word) && found.at <= row[0].at);
        if (!runut_slice_equal(word, before)) /* the table is sorted */
            assert_true(found.at == row[0].at);
        before = word;
    }
    assert_int_equal(runut_data_phrases(cues, RUNUT_LITERAL("xyzzy")).size, 0);
    assert_int_equal(runut_data_phrases(cues, (runut_slice){"", 0}).size, 0);
}

/* src/clean/cues.c stops at the first that is too great. */
static void data_has_cues_in_byte_order(void **state)
{
    (void)state;
    runut_slice rest = runut_data("line_cues.tsv"), row[1], before = {"", 0};
    for (; runut_data_row(&rest, row, 1); before = row[0])
        assert_true(runut_slice_order(before, row[0]) < 0);
}

static void data_tells_names_within_fields(void **state)
{
    (void)state;
    const runut_table *agencies = runut_data_table("agencies.tsv");
    assert_true(runut_data_names(agencies, RUNUT_LITERAL("Reuters")));
    assert_true(runut_data_names(agencies, RUNUT_LITERAL("associated PRESS")));
    assert_true(runut_data_names(agencies, RUNUT_LITERAL("AP")));
    assert_false(runut_data_names(agencies, RUNUT_LITERAL("agency"))); /* a field that holds no names */
    assert_false(runut_data_names(agencies, RUNUT_LITERAL("Associated")));
    assert_false(runut_data_names(agencies, RUNUT_LITERAL("Reuters|Thomson")));
    assert_false(runut_data_names(runut_data_table("cues.tsv"), RUNUT_LITERAL("AP"))); /* has no index of names */
}

static size_t count_inside(runut_slice text, const char *kind)
{
    runut_data_search search = {.table = &runut_table_page_dates_tsv, .text = text};
    size_t found = 0;
    for (runut_slice row[2]; runut_data_inside(&search, row, 2);)
        found += runut_slice_is(row[1], kind);
    return found;
}

static void data_finds_records_inside_a_text(void **state)
{
    (void)state;
    runut_slice rest = runut_data("page_dates.tsv"), row[2];
    char text[200];
    while (runut_data_row(&rest, row, 2)) { /* each, at the start, inside and at the end */
        for (int form = 0; form < 3; form++) {
            int size = snprintf(text, sizeof text, "%s%.*s%s", form == 0 ? "" : "x ", (int)row[0].size, row[0].at,
                                form == 2 ? "" : " x");
            char kind[40];
            snprintf(kind, sizeof kind, "%.*s", (int)row[1].size, row[1].at);
            assert_true(count_inside((runut_slice){text, (size_t)size}, kind) > 0);
            assert_int_equal(count_inside((runut_slice){text, row[0].size + (form ? 1u : 0u)}, "no such kind"), 0);
        }
    }
    assert_int_equal(count_inside(RUNUT_LITERAL("edited, then edited"), "changed"), 2);
    assert_int_equal(count_inside(RUNUT_LITERAL("edite"), "changed"), 0);
    assert_int_equal(count_inside(RUNUT_LITERAL("ed"), "changed"), 0);
    assert_int_equal(count_inside((runut_slice){"", 0}, "changed"), 0);
}

static void utf8_collapses_every_kind_of_blank(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"  a  b ", "a b"},
                                           {"a b c", "a b c"},
                                           {"a\t\nb", "a b"},
                                           {"a\xC2\xA0 b", "a b"},
                                           {"\xE2\x80\x89 a\xE3\x80\x80", "a"},
                                           {"a \xE2\x80\x9C"
                                            "b\xE2\x80\x9D c",
                                            "a \xE2\x80\x9C"
                                            "b\xE2\x80\x9D c"},
                                           {"a \xEF\xBB\xBF"
                                            "b",
                                            "a b"},
                                           {"\xE1\x9A\x80x \xE1\x9A\x80", "x"},
                                           {"\xC3\xA9 \xC3\xA9  \xC3\xA9", "\xC3\xA9 \xC3\xA9 \xC3\xA9"},
                                           {"a \xC2\x85"
                                            "b",
                                            "a b"},
                                           {" ", ""},
                                           {"", ""},
                                           {"a ", "a"},
                                           {"\xF0\xE2\x80\x80"
                                            "b",
                                            "\xF0 b"},
                                           {"a\x01 b", "a\x01 b"}};
    runut_arena *arena = runut_arena_new(1 << 20);
    if (RUNUT_ARENA_TRY(arena) == 0) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            assert_true(runut_slice_is(runut_utf8_collapse(arena, runut_slice_of(cases[i][0])), cases[i][1]));
    }
    runut_arena_free(arena);
}

/* Around the eight and 32 bytes that are looked at together. */
static void ascii_and_utf8_at_every_offset(void **state)
{
    (void)state;
    char bytes[80];
    for (size_t size = 0; size <= 72; size++)
        for (size_t at = 0; at < size; at++) {
            memset(bytes, 'a', sizeof bytes);
            runut_slice text = {bytes, size};
            assert_int_equal(runut_ascii_end(text, 0), size);
            assert_true(runut_utf8_valid(text));
            bytes[at] = '\x80';
            assert_int_equal(runut_ascii_end(text, 0), at);
            assert_int_equal(runut_ascii_end(text, at + 1), size);
            assert_false(runut_utf8_valid(text));
            memcpy(bytes + at, "\xE2\x82\xAC", 3);
            assert_int_equal(runut_utf8_valid(text), at + 3 <= size);
        }
}

static void utf8_validity_follows_the_table(void **state)
{
    (void)state;
    static const char *const valid[] = {"\xC2\x80",     "\xDF\xBF",     "\xE0\xA0\x80",     "\xED\x9F\xBF",
                                        "\xEE\x80\x80", "\xEF\xBF\xBD", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
    static const char *const broken[] = {"\x80",         "\xC1\xBF",         "\xC3",
                                         "\xE0\x9F\xBF", "\xED\xA0\x80",     "\xE2\x82",
                                         "\xE2\x82(",    "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                                         "\xF0\x90\x80", "\xF5\x80\x80\x80", "\xFF"};
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
        assert_true(runut_utf8_valid(runut_slice_of(valid[i])));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_false(runut_utf8_valid(runut_slice_of(broken[i])));
}

static void nocase_search_finds_the_first(void **state)
{
    (void)state;
    assert_int_equal(runut_slice_find_nocase(RUNUT_LITERAL("an Author, AUTHOR"), RUNUT_LITERAL("auTHor"), 0), 3);
    assert_int_equal(runut_slice_find_nocase(RUNUT_LITERAL("an Author, AUTHOR"), RUNUT_LITERAL("author"), 4), 11);
    assert_int_equal(runut_slice_find_nocase(RUNUT_LITERAL("autho"), RUNUT_LITERAL("author"), 0), SIZE_MAX);
    assert_int_equal(runut_slice_find_nocase(RUNUT_LITERAL("abc"), RUNUT_LITERAL(""), 2), 2);
    assert_int_equal(runut_slice_find_nocase(RUNUT_LITERAL("abc"), RUNUT_LITERAL(""), 4), SIZE_MAX);
    char text[600]; /* around the pieces that are looked at together */
    for (size_t at = 0; at + 4 <= sizeof text; at++) {
        memset(text, '.', sizeof text);
        memcpy(text + at, at & 1 ? "HttP" : "hTtp", 4);
        assert_int_equal(runut_slice_find_nocase((runut_slice){text, sizeof text}, RUNUT_LITERAL("http"), 0), at);
        assert_int_equal(runut_slice_find_nocase((runut_slice){text, at + 3}, RUNUT_LITERAL("HTTP"), 0), SIZE_MAX);
    }
}

static void words_are_runs_of_letters_and_digits(void **state)
{
    (void)state;
    static const char *const wanted[] = {"Kata", "Émile", "2024", "王"};
    runut_slice text = RUNUT_LITERAL("-- Kata (Émile), 2024…王"), word;
    size_t at = 0;
    for (size_t i = 0; i < 4; i++) {
        assert_true(runut_utf8_next_word(text, &at, &word));
        assert_true(runut_slice_is(word, wanted[i]));
    }
    assert_false(runut_utf8_next_word(text, &at, &word));
    at = 0;
    assert_false(runut_utf8_next_word(RUNUT_LITERAL(" .,"), &at, &word));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_runs_of_letters_and_digits),
        cmocka_unit_test(arena_hands_out_zeroed_memory_up_to_its_limit),
        cmocka_unit_test(arena_refuses_sizes_that_overflow),
        cmocka_unit_test(arena_grows_blocks),
        cmocka_unit_test(arena_grows_large_blocks),
        cmocka_unit_test(arena_refuses_to_grow_beyond_its_limit),
        cmocka_unit_test(vector_keeps_what_was_pushed),
        cmocka_unit_test(buffer_stops_at_its_maximum),
        cmocka_unit_test(map_finds_each_of_many_keys),
        cmocka_unit_test(slice_lines_end_in_any_way),
        cmocka_unit_test(slice_fields_keep_empty_ones),
        cmocka_unit_test(slice_trims_no_break_space),
        cmocka_unit_test(slice_number_takes_digits_only),
        cmocka_unit_test(utf8_repairs_what_is_broken),
        cmocka_unit_test(utf8_walks_both_ways),
        cmocka_unit_test(utf8_folds_case_and_width),
        cmocka_unit_test(utf8_folds_a_flood_of_marks),
        cmocka_unit_test(utf8_folds_letters_as_utf8proc_does),
        cmocka_unit_test(map_has_room_from_the_start),
        cmocka_unit_test(day_knows_the_calendar),
        cmocka_unit_test(day_parses_the_beginning_of_iso_times),
        cmocka_unit_test(data_rows_skip_comments),
        cmocka_unit_test(data_finds_records_by_their_first_field),
        cmocka_unit_test(data_finds_the_first_phrase_of_a_word),
        cmocka_unit_test(data_has_cues_in_byte_order),
        cmocka_unit_test(data_tells_names_within_fields),
        cmocka_unit_test(data_finds_records_inside_a_text),
        cmocka_unit_test(utf8_collapses_every_kind_of_blank),
        cmocka_unit_test(ascii_and_utf8_at_every_offset),
        cmocka_unit_test(utf8_validity_follows_the_table),
        cmocka_unit_test(nocase_search_finds_the_first),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
