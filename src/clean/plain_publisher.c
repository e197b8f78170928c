/* The outlet's name: where it stands (header, dateline, by-line, copyright line) says how likely it is; spellings of
 * one name ("KABAR MUARA", "kabarmuara.id") support each other. */
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/cues.h"
#include "clean/plain.h"

enum { MOST_CANDIDATES = 64, MOST_NAME_WORDS = 6, MOST_TOLD = 2000, MOST_HEADER = 100 };

typedef struct candidate {
    runut_slice text, key;
    float weight;
    int rank; /* which spelling is the best: higher */
} candidate;

typedef struct candidates {
    runut_arena *arena;
    candidate at[MOST_CANDIDATES];
    size_t size;
} candidates;

/* Letters and digits only, case folded, without "the", "www" and a domain's ending: what spellings share. */
static runut_slice key_of(runut_arena *arena, runut_slice text)
{
    if (runut_byline_is_domain(text)) {
        size_t dot = runut_slice_find(text, RUNUT_LITERAL("."), 4);
        text = runut_slice_part(text, runut_slice_starts_nocase(text, RUNUT_LITERAL("www.")) ? 4 : 0, dot);
    }
    runut_slice folded = runut_utf8_fold(arena, text);
    if (runut_slice_starts(folded, RUNUT_LITERAL("the ")))
        folded = runut_slice_part(folded, 4, folded.size);
    char *at = runut_arena_alloc(arena, folded.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < folded.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(folded, &i);
        if (!runut_code_is_letter(code) && !runut_code_is_digit(code))
            continue;
        memcpy(at + size, folded.at + start, i - start);
        size += i - start;
    }
    return (runut_slice){at, size};
}

bool runut_plain_same_outlet(runut_arena *arena, runut_slice line, runut_slice publisher)
{
    runut_slice a = key_of(arena, line), b = key_of(arena, publisher);
    return a.size >= 3 && runut_slice_equal(a, b);
}

static size_t count_words(runut_slice text)
{
    size_t words = 0;
    for (runut_slice word; runut_slice_field(&text, ' ', &word);)
        words += word.size > 0;
    return words;
}

static void add(candidates *all, runut_slice text, float weight, int rank)
{
    text = runut_slice_trim(text);
    while (text.size && strchr(".,:;|-", text.at[text.size - 1]))
        text = runut_slice_trim(runut_slice_part(text, 0, text.size - 1));
    while (text.size && strchr("([,:|-", text.at[0]))
        text = runut_slice_trim(runut_slice_part(text, 1, text.size));
    runut_slice key = key_of(all->arena, text);
    if (key.size < 3 || text.size > 80 || count_words(text) > MOST_NAME_WORDS || all->size == MOST_CANDIDATES)
        return;
    all->at[all->size++] = (candidate){text, key, weight, rank};
}

static bool has_media_word(const runut_plain *self, runut_slice text)
{
    runut_slice word;
    while (runut_slice_field(&text, ' ', &word)) {
        while (word.size && strchr(".,()", word.at[word.size - 1]))
            word.size--;
        if (word.size &&
            (runut_byline_is_domain(word) || (runut_cue_whole(runut_utf8_fold(self->arena, word)) & RUNUT_CUE_MEDIA)))
            return true;
    }
    return false;
}

/* The first part of a header line: up to a mark, a wide gap or a dash between blanks. `*cut`: there was one. */
static runut_slice first_part(runut_slice raw, bool *cut)
{
    size_t blanks = 0;
    for (size_t i = 0; i < raw.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(raw, &i);
        bool blank = runut_code_is_space(code);
        bool mark = code == '|' || code == 0xB7 || code == 0xBB || code == 0x203A || code == '>' || code == 0x2022 ||
                    code == '/';
        bool dash = (code == 0x2013 || code == 0x2014 || code == '-') && blanks && i < raw.size && raw.at[i] == ' ';
        if (mark || dash || (!blank && blanks >= 2)) {
            *cut = true;
            return runut_slice_trim(runut_slice_part(raw, 0, start));
        }
        blanks = blank ? blanks + 1 + (code == '\t') : 0;
    }
    *cut = false;
    return raw;
}

static size_t count_parts(runut_slice raw)
{
    size_t parts = 0;
    bool cut = true;
    while (cut && parts < 6) {
        runut_slice part = first_part(raw, &cut);
        size_t end = (size_t)(part.at - raw.at) + part.size;
        while (end < raw.size && (runut_is_space((unsigned char)raw.at[end]) || strchr("|>/-", raw.at[end]) ||
                                  (unsigned char)raw.at[end] >= 0x80))
            end++; /* the mark; a letter beyond ASCII may go with it, the count stays right */
        raw = runut_slice_part(raw, end, raw.size);
        parts += part.size > 0;
        cut = cut && raw.size > 0;
    }
    return parts;
}

/* Does the name stand on another line below the headline? */
static bool told_below(const runut_plain *self, runut_slice name)
{
    for (size_t i = 0; i < self->size && i < MOST_TOLD; i++)
        if (self->lines[i].state != RUNUT_PLAIN_BEFORE && self->lines[i].state != RUNUT_PLAIN_HEAD &&
            runut_slice_find_nocase(runut_slice_part(self->lines[i].text, 0, 1 << 13), name, 0) != SIZE_MAX)
            return true;
    return false;
}

/* A line above the headline that may be the outlet's name. */
static void from_header(const runut_plain *self, candidates *all, size_t i, size_t order)
{
    const runut_plain_line *line = &self->lines[i];
    bool cut = false;
    runut_slice part = first_part(line->raw, &cut);
    bool media = has_media_word(self, part);
    uint32_t kinds = runut_cue_whole(runut_utf8_fold(self->arena, part));
    bool menu = (line->first & RUNUT_CUE_NAV) != 0;
    if ((menu && count_parts(line->raw) != 2) || (line->stop && !runut_byline_is_domain(part)) || line->date.size ||
        line->words > 14 || line->promos)
        return;
    if (kinds & ~(uint32_t)(RUNUT_CUE_MEDIA | RUNUT_CUE_NOTNAME | RUNUT_CUE_BY | RUNUT_CUE_ROLE))
        return;
    media &= (kinds & RUNUT_CUE_MEDIA) == 0 || runut_byline_is_domain(part); /* "News" alone is a menu's */
    float weight = order == 0 ? 3.0f : order == 1 ? 1.5f : 0.8f;
    weight += media ? 2.0f : 0.0f;
    weight -= !media && line->capitals && line->words == 1 ? 0.5f : 0.0f;
    weight -= !cut || media ? 0.0f : count_parts(line->raw) > 2 ? 2.5f : 0.5f;
    weight -= !runut_utf8_starts_upper(part) && !media && line->lower ? 1.0f : 0.0f;
    bool one_word = !memchr(part.at, ' ', part.size);
    weight -= one_word && !media && !told_below(self, part) ? 0.8f : 0.0f;
    if (!menu)
        add(all, runut_utf8_collapse(self->arena, part), weight, 3 - (line->capitals ? 1 : 0));
    if (cut && count_parts(line->raw) == 2) { /* "Opinion | The Review": the other part */
        runut_slice rest = runut_slice_part(line->raw, (size_t)(part.at - line->raw.at) + part.size, line->raw.size);
        size_t at = 0, next = 0;
        while (next < rest.size && !runut_code_is_letter(runut_utf8_next(rest, &next)))
            at = next;
        rest = runut_slice_part(rest, at, rest.size);
        if (has_media_word(self, rest) && !media)
            add(all, runut_utf8_collapse(self->arena, rest), weight + 1.5f, 2);
    }
}

/* Parts of a dateline: domains, names in brackets, names with a word of the press. */
static void from_dateline(const runut_plain *self, candidates *all, const runut_plain_line *line)
{
    runut_slice head = runut_slice_part(line->text, 0, line->dateline_size);
    size_t start = 0;
    for (size_t i = 0; i <= head.size; i++) {
        bool end = i == head.size || strchr(",()=-", head.at[i]) != NULL;
        if (end && i < head.size && head.at[i] == '-' && (i == 0 || head.at[i - 1] != ' '))
            end = false; /* a hyphen inside a name */
        if (!end)
            continue;
        runut_slice part = runut_slice_trim(runut_slice_part(head, start, i));
        start = i + 1;
        if (part.size < 3)
            continue;
        bool domain = runut_byline_is_domain(part), media = has_media_word(self, part);
        float weight = domain ? 3.0f : media ? 2.2f : 0.3f;
        add(all, part, weight, domain ? 2 : 1);
        runut_slice word, rest = part; /* "KABAR.ID" inside a longer part */
        while (!domain && runut_slice_field(&rest, ' ', &word))
            if (runut_byline_is_domain(word))
                add(all, word, 3.0f, 2);
    }
}

/* "© 2021 Kabar Muara. All rights reserved.": the words between the sign (and year) and a full stop. */
static void from_copyright(candidates *all, const runut_plain_line *line)
{
    static const char *const signs[] = {"©", "(c)", "(C)", "ⓒ"};
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < 4 && at == SIZE_MAX; i++) {
        at = runut_slice_find(line->text, runut_slice_of(signs[i]), 0);
        at = at == SIZE_MAX ? at : at + strlen(signs[i]);
    }
    if (at == SIZE_MAX) {
        size_t end = line->first_size;
        if (!(line->first & RUNUT_CUE_COPYRIGHT) || line->folded.size != line->text.size)
            return;
        at = end;
    }
    while (at < line->text.size) {
        size_t next = at;
        uint32_t code = runut_utf8_next(line->text, &next);
        if (runut_code_is_letter(code))
            break;
        at = next;
    }
    runut_slice name = runut_slice_part(line->text, at, line->text.size);
    size_t stop = runut_slice_find(name, RUNUT_LITERAL(". "), 0), bar = runut_slice_find(name, RUNUT_LITERAL(" |"), 0);
    name = runut_slice_part(name, 0, stop < bar ? stop : bar);
    while (name.size &&
           (runut_is_digit((unsigned char)name.at[name.size - 1]) || strchr(" ,-", name.at[name.size - 1])))
        name.size--;
    bool company = false;
    runut_slice word, rest = name;
    while (runut_slice_field(&rest, ' ', &word))
        company |= runut_slice_equal_nocase(word, RUNUT_LITERAL("PT")) ||
                   runut_slice_equal_nocase(word, RUNUT_LITERAL("Ltd")) ||
                   runut_slice_equal_nocase(word, RUNUT_LITERAL("Bhd")) ||
                   runut_slice_equal_nocase(word, RUNUT_LITERAL("Inc")) ||
                   runut_slice_equal_nocase(word, RUNUT_LITERAL("GmbH")) ||
                   runut_slice_equal_nocase(word, RUNUT_LITERAL("LLC")) ||
                   runut_slice_equal_nocase(word, RUNUT_LITERAL("Corp")) ||
                   runut_slice_equal_nocase(word, RUNUT_LITERAL("Pty"));
    add(all, name, company ? 0.4f : 2.4f, 1);
}

/* Between headline and text: "Kabar News, Jakarta", "kabar.id / 05:12 PM …", "来源：北湖网". */
static void from_middle(const runut_plain *self, candidates *all, const runut_plain_line *line)
{
    bool cut = false;
    runut_slice part = first_part(line->raw, &cut);
    size_t comma = runut_slice_find(part, RUNUT_LITERAL(","), 0),
           source = runut_slice_find(line->text, RUNUT_LITERAL("来源："), 0);
    part = runut_slice_part(part, 0, comma);
    bool domain = runut_byline_is_domain(part);
    if (source != SIZE_MAX && line->date.size) {
        runut_slice rest = runut_slice_part(line->text, source + 9, line->text.size);
        add(all, runut_slice_part(rest, 0, runut_slice_find(rest, RUNUT_LITERAL(" "), 0)), 1.6f, 1);
    } else if (domain || (has_media_word(self, part) && line->words <= 5 && !line->author && !line->stop &&
                          !line->first && line->upper > 1)) {
        add(all, part, domain ? 3.2f : 1.6f, 2);
    }
}

static void collect(const runut_plain *self, candidates *all)
{
    size_t header = 0;
    size_t text = 0;
    for (size_t i = 0; i < self->size; i++) {
        const runut_plain_line *line = &self->lines[i];
        bool named = line->is_byline && line->byline.outlet.size && line->byline.writers.size;
        if (named && line->state == RUNUT_PLAIN_BEFORE && i + 1 < self->size && self->lines[i + 1].date.size) {
            add(all, line->byline.outlet, 2.2f, 2);
        } else if (line->state == RUNUT_PLAIN_BEFORE && header < 6 && i < MOST_HEADER) {
            size_t before = all->size;
            from_header(self, all, i, header);
            header += all->size > before;
        }
        if (line->state == RUNUT_PLAIN_MID && named)
            add(all, line->byline.outlet, has_media_word(self, line->byline.outlet) ? 2.2f : 1.6f, 2);
        if (line->state == RUNUT_PLAIN_MID || line->dated)
            from_middle(self, all, line);
        if (line->state == RUNUT_PLAIN_BODY && line->dateline > (text ? 3.5f : 0.0f) && text < 3)
            from_dateline(self, all, line);
        text += line->state == RUNUT_PLAIN_BODY && line->words > 8;
        if (line->state != RUNUT_PLAIN_BODY && ((line->first | line->any) & RUNUT_CUE_COPYRIGHT) && line->words < 45)
            from_copyright(all, line);
    }
}

/* Does one key say the other: equal, or the longer one begins or ends with the shorter? */
static bool supports(runut_slice a, runut_slice b)
{
    if (a.size < b.size) {
        runut_slice swap = a;
        a = b;
        b = swap;
    }
    return b.size >= 4 && (runut_slice_starts(a, b) || runut_slice_ends(a, b));
}

runut_slice runut_plain_publisher(const runut_plain *self)
{
    candidates *all = runut_arena_alloc(self->arena, sizeof *all);
    all->arena = self->arena;
    collect(self, all);
    float best = 0;
    size_t chosen = SIZE_MAX;
    for (size_t i = 0; i < all->size; i++) {
        float weight = all->at[i].weight;
        for (size_t k = 0; k < all->size; k++)
            if (k != i)
                weight += runut_slice_equal(all->at[i].key, all->at[k].key) ? all->at[k].weight * 0.7f
                          : supports(all->at[i].key, all->at[k].key)        ? all->at[k].weight * 0.3f
                                                                            : 0;
        bool below = told_below(self, all->at[i].text);
        weight += below ? 0.6f : 0.0f;
        weight += 0.01f * (float)all->at[i].rank;
        if (weight > best) {
            best = weight;
            chosen = i;
        }
    }
    if (chosen == SIZE_MAX || best < 1.5f)
        return (runut_slice){"", 0};
    size_t print = chosen; /* the best spelling of the same key */
    for (size_t i = 0; i < all->size; i++)
        if (runut_slice_equal(all->at[i].key, all->at[chosen].key) && all->at[i].rank > all->at[print].rank)
            print = i;
    return all->at[print].text;
}
