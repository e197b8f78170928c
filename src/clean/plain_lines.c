/* The form of a line: how long, how it begins and ends, capitals, separators. Nothing here knows a language. */
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/plain.h"

enum { MOST_SCAN = 1 << 16, MOST_FOLDED = 400, MOST_CREDIT = 40 };

static bool is_solid(uint32_t code)
{
    return (code >= 0xE00 && code < 0x1000) || (code >= 0x1000 && code < 0x10A0) || (code >= 0x1780 && code < 0x1800) ||
           (code >= 0x2E80 && code < 0xA000) || (code >= 0xF900 && code < 0xFB00);
}

static bool is_separator(uint32_t code)
{
    return code == '|' || code == 0xB7 || code == 0x203A || code == 0xBB || code == '>' || code == 0x2022 ||
           code == 0xFF5C || code == 0xA6 || code == 0x25CF || code == 0x25B8 || code == 0x2192;
}

static bool is_stop(uint32_t code)
{
    return code == '.' || code == 0x3002 || code == 0x964 || code == 0x6D4 || code == 0x2026 || code == 0xFF0E ||
           code == 0x1362 || code == 0x104B || code == 0x17D4 || code == 0x589;
}

static bool is_question(uint32_t code)
{
    return code == '?' || code == '!' || code == 0xFF1F || code == 0xFF01 || code == 0x61F || code == 0x37E;
}

/* Marks that may stand behind the mark that ends a sentence. */
static bool is_closing(uint32_t code)
{
    return code == '"' || code == '\'' || code == 0x201D || code == 0x2019 || code == 0xBB || code == 0xAB ||
           code == ')' || code == ']' || code == 0x300D || code == 0x300F || code == 0x201C || code == 0xFF09 ||
           code == 0x203A || code == '*';
}

static bool is_quote(uint32_t code)
{
    return code == '"' || (code >= 0x201C && code <= 0x201F) || code == 0xAB || code == 0xBB || code == 0x300C ||
           code == 0x300E;
}

/* Without a credit behind the last full stop: "… di posko. (fa/lb)", "… negeri. - Bernama". */
static runut_slice without_credit(runut_slice text)
{
    size_t from = text.size > MOST_CREDIT ? text.size - MOST_CREDIT : 0;
    for (size_t i = text.size; i > from + 2; i--) {
        if (text.at[i - 1] != ' ' || i >= text.size)
            continue;
        size_t before = i - 1, after = i;
        uint32_t stop = runut_utf8_before(text, &before), mark = runut_utf8_next(text, &after);
        bool dash = (mark == '-' || mark == 0x2013 || mark == 0x2014) && after < text.size;
        if ((is_stop(stop) || is_question(stop) || is_closing(stop)) && (dash || mark == '(' || mark == '['))
            return runut_slice_part(text, 0, i - 1);
    }
    return text;
}

/* How the line ends, closing marks aside. */
static void measure_end(runut_plain_line *line)
{
    runut_slice text = without_credit(line->text);
    size_t end = text.size;
    for (int i = 0; i < 4 && end > 0; i++) {
        size_t before = end;
        uint32_t code = runut_utf8_before(text, &before);
        line->stop = is_stop(code) || is_question(code);
        line->question = is_question(code);
        line->colon = code == ':' || code == 0xFF1A;
        if (!is_closing(code) && code != ' ')
            return;
        end = before;
    }
}

typedef struct walk {
    uint32_t before; /* the code point before this one */
    bool ended;      /* a sentence mark, then perhaps closing marks */
    size_t solid, letters, small, capitals;
} walk;

static void count_word_start(runut_plain_line *line, walk *w, uint32_t code)
{
    line->words++;
    line->upper += runut_code_is_upper(code);
    line->lower += runut_code_is_lower(code);
    if (w->ended && !runut_code_is_lower(code))
        line->sentences++;
    w->ended = false;
}

static void count_code(runut_plain_line *line, walk *w, uint32_t code)
{
    bool letter = runut_code_is_letter(code), digit = runut_code_is_digit(code);
    if (is_solid(code)) {
        if (w->ended)
            line->sentences++;
        w->ended = false;
        w->solid++;
    } else if ((letter || digit) && !runut_code_is_letter(w->before) && !runut_code_is_digit(w->before)) {
        bool inside =
            w->before == '\'' || w->before == 0x2019 || w->before == '.' || w->before == ',' || w->before == '-';
        if (!inside || line->words == 0)
            count_word_start(line, w, code);
    }
    w->small += letter && runut_code_is_lower(code);
    w->capitals += letter && runut_code_is_upper(code);
    line->digits += digit;
    line->separators += is_separator(code) || (code == '/' && w->before == ' ');
    line->quote |= is_quote(code);
    line->address |= (code == '@' || code == '#') && !letter;
    if (is_stop(code) || is_question(code))
        w->ended = code >= 0x3000 || is_question(code) || w->ended || runut_code_is_letter(w->before) ||
                   is_closing(w->before) || runut_code_is_digit(w->before);
    else if (code != ' ' && !is_closing(code) && !is_solid(code) && !letter && !digit && !is_quote(code))
        w->ended = false;
    w->before = code;
}

/* Letters within a word, digits within a number, single blanks: what nearly all of a text is. Nothing but these counts
 * changes there; false where more is to be done. */
static bool count_plain(runut_plain_line *line, walk *w, unsigned char code)
{
    bool letter = runut_is_alpha(code), digit = runut_is_digit(code);
    bool inside =
        w->before < 0x80 && (runut_is_alpha((unsigned char)w->before) || runut_is_digit((unsigned char)w->before));
    if (code != ' ' && !(inside && (letter || digit)))
        return false;
    w->small += letter && code >= 'a';
    w->capitals += letter && code < 'a';
    line->digits += digit;
    w->before = code;
    return true;
}

static void measure_start(runut_plain_line *line)
{
    size_t i = 0;
    uint32_t code = 0;
    while (i < line->text.size) {
        code = runut_utf8_next(line->text, &i);
        if (!is_quote(code) && code != '(' && code != '[' && code != 0x2018 && code != '\'' && code != 0xBF &&
            code != 0xA1)
            break;
    }
    line->starts_upper = runut_code_is_upper(code);
    line->starts_digit = runut_code_is_digit(code);
    line->starts_mark = !runut_code_is_letter(code) && !runut_code_is_digit(code) && !is_quote(code);
}

/* "Word word: more" with a label of at most four words: a hash of the label. */
static uint32_t form_label(runut_slice folded)
{
    size_t words = 1, i = 0;
    while (i < folded.size && i < 48) {
        size_t at = i;
        uint32_t code = runut_utf8_next(folded, &i);
        if (code == ' ')
            words++;
        if (code == ':' || code == 0xFF1A) {
            bool follows = i < folded.size && (folded.at[i] == ' ' || code != ':');
            return at > 2 && words <= 4 && follows ? (uint32_t)runut_slice_hash(runut_slice_part(folded, 0, at)) | 1u
                                                   : 0;
        }
        if (!runut_code_is_letter(code) && code != ' ' && code != '\'' && code != 0x2019 && code != '-')
            return 0;
    }
    return 0;
}

static size_t count_gaps(runut_slice raw)
{
    size_t gaps = 0, run = 0;
    for (size_t i = 0; i < raw.size && i < MOST_SCAN; i++) {
        bool blank = raw.at[i] == ' ' || raw.at[i] == '\t';
        if (!blank && i + 1 < raw.size && raw.at[i] == '\xC2' && raw.at[i + 1] == '\xA0') {
            blank = true;
            i++;
        }
        run = blank ? run + 1 + (raw.at[i] == '\t') : 0;
        gaps += run == 2 || (run == 3 && raw.at[i] == '\t');
    }
    return gaps;
}

/* Without Markdown's marks: "# Headline", "**By Lena Frost**", "_A caption._". */
static runut_slice without_markup(runut_arena *arena, runut_slice text, bool *heading)
{
    size_t hashes = 0;
    while (hashes < text.size && hashes < 7 && text.at[hashes] == '#')
        hashes++;
    if (hashes > 0 && hashes < 7 && hashes + 1 < text.size && text.at[hashes] == ' ') {
        *heading = hashes == 1;
        text = runut_slice_part(text, hashes + 1, text.size);
    }
    if (runut_slice_find(text, RUNUT_LITERAL("**"), 0) != SIZE_MAX) {
        char *copy = runut_arena_alloc(arena, text.size);
        size_t size = 0;
        for (size_t i = 0; i < text.size; i++) {
            if (text.at[i] == '*' && i + 1 < text.size && text.at[i + 1] == '*')
                i++;
            else
                copy[size++] = text.at[i];
        }
        text = size ? (runut_slice){copy, size} : text;
    }
    char mark = text.size > 4 ? text.at[0] : 0;
    if ((mark == '*' || mark == '_') && text.at[text.size - 1] == mark && text.at[1] != ' ' && text.at[1] != mark)
        text = runut_slice_part(text, 1, text.size - 1);
    return text;
}

static void measure(runut_arena *arena, runut_plain_line *line)
{
    line->text = runut_utf8_collapse(arena, line->raw);
    runut_slice bare = without_markup(arena, line->text, &line->heading);
    if (bare.size != line->text.size)
        line->raw = line->text = bare;
    line->folded = runut_utf8_fold(arena, runut_slice_part(line->text, 0, MOST_FOLDED));
    walk w = {0};
    for (size_t i = 0; i < line->text.size && i < MOST_SCAN;)
        if (count_plain(line, &w, (unsigned char)line->text.at[i]))
            i++;
        else
            count_code(line, &w, runut_utf8_next(line->text, &i));
    line->words += w.solid / 2;
    line->gaps = count_gaps(line->raw);
    line->capitals = w.capitals > 1 && w.small * 8 < w.capitals;
    line->address |=
        runut_slice_find_nocase(runut_slice_part(line->text, 0, MOST_SCAN), RUNUT_LITERAL("http"), 0) != SIZE_MAX ||
        runut_slice_find_nocase(runut_slice_part(line->text, 0, MOST_SCAN), RUNUT_LITERAL("www."), 0) != SIZE_MAX;
    measure_start(line);
    measure_end(line);
    char last = line->text.at[line->text.size - 1];
    line->bracketed = line->text.at[0] == '[' && last == ']' && line->words <= 14;
    line->form_label = form_label(line->folded);
}

/* Without a byte order mark and blanks of any kind at the ends. */
static runut_slice trim(runut_slice text)
{
    while (text.size) {
        size_t i = 0;
        if (!runut_code_is_space(runut_utf8_next(text, &i)))
            break;
        text = runut_slice_part(text, i, text.size);
    }
    while (text.size) {
        size_t i = text.size;
        if (!runut_code_is_space(runut_utf8_before(text, &i)))
            break;
        text.size = i;
    }
    return text;
}

static void mark_repeated(runut_plain *self)
{
    runut_map *seen = runut_map_new(self->arena), *labels = runut_map_new(self->arena);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < self->size; i++) {
            runut_plain_line *line = &self->lines[i];
            uint32_t *count = runut_map_put(seen, line->folded, NULL);
            *count += pass == 0;
            line->repeated = *count > 1;
            if (!line->form_label)
                continue;
            count =
                runut_map_put(labels, (runut_slice){(const char *)&line->form_label, sizeof line->form_label}, NULL);
            *count += pass == 0;
            line->label_repeated = *count > 1;
        }
}

/* Bytes of the line end at `at`, 0 where there is none: also form feeds and Unicode's own. */
static size_t line_end(runut_slice text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    if (c == '\r')
        return at + 1 < text.size && text.at[at + 1] == '\n' ? 2 : 1;
    if (c >= '\n' && c <= '\f')
        return 1;
    if (c == 0xC2 && at + 1 < text.size && text.at[at + 1] == '\x85')
        return 2;
    bool separator = c == 0xE2 && at + 2 < text.size && text.at[at + 1] == '\x80' &&
                     (text.at[at + 2] == '\xA8' || text.at[at + 2] == '\xA9');
    return separator ? 3 : 0;
}

static bool next_line(runut_slice *rest, runut_slice *line)
{
    size_t i = 0, end = 0;
    if (rest->size == 0)
        return false;
    while (i < rest->size && ((signed char)rest->at[i] > '\r' || !(end = line_end(*rest, i))))
        i++;
    *line = runut_slice_part(*rest, 0, i);
    *rest = runut_slice_part(*rest, i + end, rest->size);
    return true;
}

static runut_plain_rows cut_rows(runut_arena *arena, runut_slice text)
{
    runut_plain_rows rows = {0};
    bool blank = false;
    for (runut_slice raw; next_line(&text, &raw);) {
        raw = trim(raw);
        if (raw.size)
            RUNUT_PUSH(arena, rows, ((runut_plain_row){raw, blank}));
        blank = raw.size == 0;
    }
    return rows;
}

void runut_plain_cut(runut_plain *self, runut_slice text)
{
    runut_plain_rows rows = cut_rows(self->arena, text);
    runut_plain_unwrap(self->arena, &rows);
    self->lines = runut_arena_alloc(self->arena, (rows.size + 1) * sizeof *self->lines);
    self->size = rows.size;
    for (size_t i = 0; i < rows.size; i++) {
        self->lines[i].raw = rows.at[i].raw;
        self->lines[i].blank_before = rows.at[i].blank_before;
        measure(self->arena, &self->lines[i]);
    }
    mark_repeated(self);
}
