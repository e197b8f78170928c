/* Who said what: an index of quotations, so that the articles that quote somebody, or quote words about something, are
 * found without reading those that merely mention them.
 *
 *     said        words of an article's quotations
 *     said_mark   marks of eight letters: for each word of a name, or of another form of it, that a quotation is given
 *                 to, one that begins with 'z'; and for the quotations' runs of three words, as other prints of the
 *                 same words have some in common. Of every three neighbouring runs the least is kept (winnowing:
 *                 Schleimer, Wilkerson & Aiken 2003), so five words in a row are always found, as in relate/sayings.c.
 *
 * A run that a great many articles have is a formula and says nothing. Marks are hashes: what is found has to be read
 * before it is believed. */
#include "store/said.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "store/select.h"

enum { RUN = 3, WINDOW = 3, MARK = 8, MANY = 40, MOST_LOOKED_UP = 200 };

/* ---- runs ---- */

typedef enum piece { PIECE_NONE, PIECE_LETTER, PIECE_ALONE } piece;

static piece next_piece(runut_slice text, size_t *at)
{
    unsigned char byte = (unsigned char)text.at[*at];
    if (byte < 0x80) {
        ++*at;
        return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') ? PIECE_LETTER : PIECE_NONE;
    }
    uint32_t code = runut_utf8_next(text, at);
    if (!runut_code_is_letter(code) && !runut_code_is_digit(code))
        return PIECE_NONE;
    return code >= 0x2E80 && code < 0xA000 ? PIECE_ALONE : PIECE_LETTER;
}

/* The next word from *at on: letters and digits in a row, or one ideograph. */
static bool next_word(runut_slice text, size_t *at, runut_slice *word)
{
    size_t start = SIZE_MAX;
    while (*at < text.size) {
        size_t before = *at;
        piece p = next_piece(text, at);
        if (start != SIZE_MAX && p != PIECE_LETTER) {
            *at = before;
            *word = runut_slice_part(text, start, before);
            return true;
        }
        if (p == PIECE_ALONE) {
            *word = runut_slice_part(text, before, *at);
            return true;
        }
        if (p == PIECE_LETTER && start == SIZE_MAX)
            start = before;
    }
    if (start != SIZE_MAX)
        *word = runut_slice_part(text, start, text.size);
    return start != SIZE_MAX;
}

/* Of the folded word: most are plain letters and cost next to nothing. */
static uint64_t hash_of(runut_arena *arena, runut_slice word)
{
    char low[32];
    size_t size = 0;
    while (size < word.size && size < sizeof low && (unsigned char)word.at[size] < 0x80) {
        low[size] = (char)runut_lower((unsigned char)word.at[size]);
        size++;
    }
    return runut_slice_hash(size == word.size ? (runut_slice){low, size} : runut_utf8_fold(arena, word));
}

/* Hashes of the runs of one saying; `out` has room for as many as the text has bytes. */
static size_t runs_of(runut_arena *arena, runut_slice text, uint32_t *out)
{
    uint64_t last[RUN] = {0};
    size_t words = 0, size = 0;
    runut_slice word;
    for (size_t at = 0; next_word(text, &at, &word); words++) {
        last[words % RUN] = hash_of(arena, word);
        if (words + 1 < RUN)
            continue;
        uint64_t h = 0x9E3779B97F4A7C15u;
        for (size_t i = words + 1 - RUN; i <= words; i++) {
            h = (h ^ last[i % RUN]) * 0xFF51AFD7ED558CCDu;
            h ^= h >> 33;
        }
        out[size++] = (uint32_t)h;
    }
    return size;
}

/* Leaves the least of every WINDOW neighbours, each once. */
static size_t winnow(uint32_t *runs, size_t size)
{
    size_t kept = 0, last = SIZE_MAX;
    for (size_t i = 0; i < size && (i == 0 || i + WINDOW <= size); i++) {
        size_t least = i;
        for (size_t k = i + 1; k < i + WINDOW && k < size; k++)
            if (runs[k] <= runs[least])
                least = k;
        if (least != last)
            runs[kept++] = runs[least]; /* kept <= i: what is overwritten has been looked at */
        last = least;
    }
    return kept;
}

static void print_run(uint32_t run, char out[MARK])
{
    for (int i = 0; i < MARK; i++, run >>= 4)
        out[i] = (char)('a' + (run & 15));
}

/* Of a word that is folded. */
static void print_name(runut_slice word, char out[MARK])
{
    print_run((uint32_t)runut_slice_hash(word), out);
    out[0] = 'z';
}

/* ---- writing ---- */

static int out_of_memory(runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
}

static int put_words(runut_store *self, uint32_t article, runut_slice language, runut_slice quotes, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_SAID, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    runut_store_bind(s, 2, quotes);
    self->text_language = language;
    int code = runut_store_step(self, s, error);
    self->text_language = (runut_slice){"", 0};
    return code;
}

static void put_mark(runut_buffer *out, const char mark[MARK])
{
    runut_buffer_add(out, (runut_slice){mark, MARK});
    runut_buffer_byte(out, ' ');
}

static void put_runs(runut_arena *arena, runut_buffer *out, runut_slice quotes)
{
    char mark[MARK];
    runut_slice one;
    uint32_t *runs = runut_arena_take(arena, (quotes.size + 1) * sizeof *runs);
    while (runut_slice_field(&quotes, RUNUT_SAID_BETWEEN, &one)) {
        size_t size = winnow(runs, runs_of(arena, one, runs));
        for (size_t i = 0; i < size; i++) {
            print_run(runs[i], mark);
            put_mark(out, mark);
        }
    }
}

static void put_names(runut_arena *arena, runut_buffer *out, runut_slice speakers)
{
    char mark[MARK];
    runut_slice folded = runut_utf8_plain(arena, runut_utf8_fold(arena, speakers)), word;
    for (size_t at = 0; runut_utf8_next_word(folded, &at, &word);) {
        print_name(word, mark);
        put_mark(out, mark);
    }
}

runut_slice runut_said_marks(runut_arena *arena, runut_slice quotes, runut_slice speakers)
{
    runut_buffer marks = runut_buffer_new(arena, SIZE_MAX);
    put_runs(arena, &marks, quotes);
    put_names(arena, &marks, speakers);
    return runut_buffer_slice(&marks);
}

static int put_marks(runut_store *self, uint32_t article, runut_slice quotes, runut_slice speakers, runut_error *error)
{
    runut_arena *arena = runut_store_scratch(self);
    if (!arena || RUNUT_ARENA_TRY(arena) != 0)
        return out_of_memory(error);
    runut_slice marks = runut_said_marks(arena, quotes, speakers);
    sqlite3_stmt *s = runut_store_statement(self, SQL_SAID_MARKS, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    runut_store_bind(s, 2, marks);
    return runut_store_step(self, s, error);
}

int runut_said_put(runut_store *self, uint32_t article, runut_slice language, runut_slice quotes, runut_slice speakers,
                   runut_error *error)
{
    if (quotes.size == 0)
        return RUNUT_OK;
    int code = put_words(self, article, language, quotes, error);
    return code == RUNUT_OK ? put_marks(self, article, quotes, speakers, error) : code;
}

#define QUOTED "json_each(a.record, '$.quotes') q"
#define NAMED(list)                                                                                                    \
    "SELECT json_extract(value, '$.name'), json_extract(value, '$.key'), json_extract(value, '$.mentions')"            \
    " FROM json_each(a.record, '$." list "')"

int runut_said_fill(runut_store *self, runut_error *error)
{
    static const char select[] =
        "SELECT a.number, a.language,"
        " (SELECT group_concat(json_extract(q.value, '$.text'), char(31)) FROM " QUOTED "),"
        " (WITH spoken(form) AS MATERIALIZED (SELECT DISTINCT json_extract(q.value, '$.speaker') FROM " QUOTED "),"
        " named(name, key, mentions) AS MATERIALIZED (" NAMED("people") " UNION ALL " NAMED(
            "organizations") " UNION ALL " NAMED("places") ") SELECT group_concat(form, char(31)) FROM (SELECT form "
                                                           "FROM spoken"
                                                           " UNION SELECT key FROM spoken JOIN named ON name = form "
                                                           "UNION SELECT json_extract(m.value, '$.text')"
                                                           " FROM spoken JOIN named ON name = form JOIN "
                                                           "json_each(mentions) m))"
                                                           " FROM article a WHERE json_valid(a.record) AND "
                                                           "json_array_length(a.record, '$.quotes') > 0";
    sqlite3_stmt *s;
    int step = SQLITE_DONE, code = sqlite3_prepare_v2(self->db, select, -1, &s, NULL);
    if (code != SQLITE_OK)
        return runut_store_fail(self, code, error);
    code = RUNUT_OK;
    while (code == RUNUT_OK && (step = sqlite3_step(s)) == SQLITE_ROW)
        code = runut_said_put(self, (uint32_t)sqlite3_column_int64(s, 0), runut_store_column(s, 1),
                              runut_store_column(s, 2), runut_store_column(s, 3), error);
    if (code == RUNUT_OK && step != SQLITE_DONE)
        code = runut_store_fail(self, step, error);
    sqlite3_finalize(s);
    return code;
}

/* ---- looking up ---- */

char *runut_said_by(runut_slice words)
{
    static const char and[] = " AND ";
    char *out = calloc(words.size + 1, MARK + sizeof and), *end = out;
    runut_slice word;
    for (size_t at = 0; out && runut_utf8_next_word(words, &at, &word);) {
        if (end > out) {
            memcpy(end, and, sizeof and);
            end += sizeof and-1;
        }
        print_name(word, end);
        end += MARK;
    }
    return out;
}

/* Articles with the run, where they are not too many. */
static int look_up(runut_store *self, uint32_t run, runut_on_number on_number, void *context, runut_error *error)
{
    char mark[MARK];
    uint32_t found[MANY + 1];
    int count = 0, step = SQLITE_ROW;
    sqlite3_stmt *s = runut_store_statement(self, SQL_SAID_WITH, error);
    if (!s)
        return RUNUT_ERR_STORE;
    print_run(run, mark);
    runut_store_bind(s, 1, (runut_slice){mark, MARK});
    sqlite3_bind_int(s, 2, MANY + 1);
    while (count <= MANY && (step = sqlite3_step(s)) == SQLITE_ROW)
        found[count++] = (uint32_t)sqlite3_column_int64(s, 0);
    int code = step == SQLITE_ROW || step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
    sqlite3_reset(s);
    for (int i = 0; i < count && count <= MANY && code == RUNUT_OK; i++)
        if (on_number(context, found[i]))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    return code;
}

int runut_store_find_prints(runut_store *self, runut_slice text, runut_on_number on_number, void *context,
                            runut_error *error)
{
    runut_arena *arena = runut_store_scratch(self);
    int code = RUNUT_OK;
    if (!arena || RUNUT_ARENA_TRY(arena) != 0)
        return out_of_memory(error);
    uint32_t *runs = runut_arena_take(arena, (text.size + 1) * sizeof *runs);
    size_t size = runs_of(arena, text, runs);
    for (size_t i = 0; i < size && i < MOST_LOOKED_UP && code == RUNUT_OK; i++)
        code = look_up(self, runs[i], on_number, context, error);
    return code;
}
