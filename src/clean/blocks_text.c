#include "base/data.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/blocks.h"

enum { LOOK_WORDS = 14, MOST_CUE_WORDS = 6, MOST_CUE_BYTES = 96, MOST_TITLE_WORDS = 64 };

/* A word's lower-case hash; ASCII case only, which is all that comparing two lines of one page needs. */
typedef struct word_set {
    uint64_t hash[MOST_TITLE_WORDS + 1]; /* one more tells that there were too many */
    size_t size;
    uint64_t bits[4]; /* a bit for each hash: most words are not there, which this tells at once */
} word_set;

typedef struct reader {
    const runut_html_tree *tree;
    const runut_table *cues;
    runut_map *seen; /* texts of earlier blocks */
    word_set title, description;
} reader;

static bool is_wide(uint32_t code) /* scripts written without spaces */
{
    return (code >= 0x0E00 && code < 0x0F00) || (code >= 0x1780 && code < 0x1800) || (code >= 0x3040 && code < 0xA000);
}

static bool is_letter(uint32_t code)
{
    return code < 0x80 ? runut_is_alpha((unsigned char)code)
                       : code >= 0xC0 && !(code >= 0x2000 && code < 0x2C00) && !(code >= 0x3000 && code < 0x3040) &&
                             code < 0xFE00;
}

static bool is_end(uint32_t code)
{
    return code == '.' || code == '!' || code == '?' || code == 0x2026 || code == 0x3002 || code == 0xFF01 ||
           code == 0xFF1F || code == 0x061F || code == 0x0964 || code == 0x06D4;
}

static bool is_quote(uint32_t code)
{
    return code == '"' || code == 0xAB || code == 0xBB || (code >= 0x2018 && code <= 0x201F) || code == 0x300D ||
           code == 0x300C;
}

static bool is_mark(uint32_t code)
{
    return code == '|' || code == 0xA9 || code == 0xBB || code == 0x203A || code == 0x2022 || code == 0xB7 ||
           code == 0x2192 || code == '>' || code == 0x25BA || code == '/';
}

typedef struct word {
    uint32_t first; /* its first code point */
    uint32_t codes; /* 0 = outside a word */
    bool all_upper;
    uint64_t hash;
} word;

/* Whole numbers while they are counted. */
typedef struct tally {
    word word;
    uint32_t short_words, upper_words, lower_words, capital_words, digits, letters, commas, ends, quotes, marks;
} tally;

static void add_to(word_set *set, uint64_t hash)
{
    if (set->size == sizeof set->hash / sizeof *set->hash)
        return;
    set->hash[set->size++] = hash;
    set->bits[hash >> 62] |= (uint64_t)1 << (hash >> 56 & 63);
}

static bool has(const word_set *set, uint64_t hash)
{
    if (!(set->bits[hash >> 62] >> (hash >> 56 & 63) & 1))
        return false;
    for (size_t i = 0; i < set->size; i++)
        if (set->hash[i] == hash)
            return true;
    return false;
}

static bool is_upper(uint32_t code)
{
    return code < 0x80 ? code >= 'A' && code <= 'Z' : runut_code_is_upper(code);
}

static void end_word(runut_block_text *out, tally *t, word_set *words)
{
    word *w = &t->word;
    if (w->codes == 0)
        return;
    out->words += 1;
    t->short_words += w->codes <= 3;
    bool upper = is_upper(w->first);
    t->upper_words += upper;
    t->lower_words += !upper && is_letter(w->first);
    t->capital_words += w->all_upper && w->codes > 1 && upper;
    add_to(words, w->hash);
    w->codes = 0;
}

static const uint64_t HASH = 1469598103934665603u, HASH_PRIME = 1099511628211u;

/* A letter or digit; not of ASCII. */
static void letter(runut_block_text *out, tally *t, uint32_t code)
{
    word *w = &t->word;
    t->letters++;
    if (is_wide(code)) {
        out->words += 0.6F;
        return;
    }
    if (w->codes == 0)
        *w = (word){.first = code, .all_upper = true, .hash = HASH};
    w->codes++;
    w->all_upper &= is_upper(code);
    w->hash = (w->hash ^ code) * HASH_PRIME;
}

static bool is_plain(unsigned char byte)
{
    return runut_is_alpha(byte) || runut_is_digit(byte);
}

/* The ASCII letters and digits from `at` on; where they end. */
static size_t letters(runut_slice text, size_t at, tally *t)
{
    word w = t->word;
    uint32_t digits = 0, codes = 0;
    if (w.codes == 0)
        w = (word){.first = (unsigned char)text.at[at], .all_upper = true, .hash = HASH};
    for (; at < text.size && is_plain((unsigned char)text.at[at]); at++) {
        unsigned char byte = (unsigned char)text.at[at];
        digits += byte < 'A';
        codes++;
        w.all_upper &= byte >= 'A' && byte <= 'Z';
        w.hash = (w.hash ^ (uint32_t)runut_lower(byte)) * HASH_PRIME;
    }
    w.codes += codes;
    t->word = w;
    t->digits += digits;
    t->letters += codes - digits;
    return at;
}

static void mark(runut_slice text, size_t at, uint32_t code, uint32_t last, tally *t)
{
    t->commas += code == ',' || code == 0x3001 || code == 0xFF0C || code == 0x060C;
    t->ends +=
        is_end(code) && (at == text.size || code > 0x80 || !is_letter((unsigned char)text.at[at])) && !is_end(last);
    t->quotes += is_quote(code);
    t->marks += is_mark(code);
}

/* Counts over the text; `words` gets the hashes of its first words. The last code point that is no blank, quotation
 * mark or bracket. */
static uint32_t scan(runut_slice text, runut_block_text *out, tally *t, word_set *words)
{
    uint32_t last = ' ';
    for (size_t at = 0; at < text.size;) {
        uint32_t code = (unsigned char)text.at[at];
        if (code < 0x80 && is_plain((unsigned char)code)) {
            at = letters(text, at, t);
            last = (unsigned char)text.at[at - 1];
            continue;
        }
        if (code < 0x80)
            at++;
        else
            code = runut_utf8_next(text, &at);
        if (code == ' ') {
            end_word(out, t, words);
            continue;
        }
        if (code >= 0x80 && is_letter(code)) {
            letter(out, t, code);
        } else {
            bool inside = t->word.codes && (code == '\'' || code == 0x2019 || code == '-') && at < text.size &&
                          !runut_is_space((unsigned char)text.at[at]);
            if (!inside)
                end_word(out, t, words);
            mark(text, at, code, last, t);
        }
        if (!is_quote(code) && code != ')' && code != ']')
            last = code;
    }
    end_word(out, t, words);
    return last;
}

static void count(runut_slice text, runut_block_text *out, word_set *words)
{
    tally t = {0};
    words->size = 0;
    memset(words->bits, 0, sizeof words->bits);
    uint32_t last = scan(text, out, &t, words);
    out->short_words = (float)t.short_words;
    out->upper_words = (float)t.upper_words;
    out->lower_words = (float)t.lower_words;
    out->capital_words = (float)t.capital_words;
    out->digits = (float)t.digits;
    out->letters = (float)t.letters;
    out->commas = (float)t.commas;
    out->ends = (float)t.ends;
    out->quotes = (float)t.quotes;
    out->marks = (float)t.marks;
    out->ends_sentence = is_end(last);
    out->ends_colon = last == ':' || last == 0xFF1A;
}

/* The words of `text`'s beginning in lower case, parted by blanks, as page_cues.tsv spells them; where each ends. */
static size_t spell(runut_slice text, char *out, size_t *ends)
{
    size_t size = 0, words = 0, at = 0;
    bool inside = false;
    while (at < text.size && words < LOOK_WORDS && size + 8 < LOOK_WORDS * MOST_CUE_BYTES / 4) {
        unsigned char byte = (unsigned char)text.at[at];
        bool plain = byte < 0x80 && is_plain(byte);
        uint32_t code = byte;
        if (byte < 0x80)
            at++;
        else
            code = runut_utf8_next(text, &at);
        bool joins = inside && (code == '\'' || code == 0x2019 || code == '-') && at < text.size &&
                     ((unsigned char)text.at[at] >= 0x80 || runut_is_alpha((unsigned char)text.at[at]));
        if (plain || joins || (code >= 0x80 && is_letter(code)) || code == 0xA9) {
            if (!inside && size)
                out[size++] = ' ';
            if (plain)
                out[size++] = runut_lower(byte);
            else
                size += runut_utf8_encode(code == 0x2019 ? '\'' : runut_code_lower(code), out + size);
            inside = true;
        } else if (inside) {
            ends[words++] = size;
            inside = false;
        }
    }
    if (inside && words < LOOK_WORDS)
        ends[words++] = size;
    return words;
}

static runut_cue cue_named(runut_slice name)
{
    static const char *const names[] = {
#define NAME(id, name) name,
        RUNUT_CUES(NAME)
#undef NAME
    };
    for (int i = 1; i < RUNUT_CUE_COUNT; i++)
        if (runut_slice_is(name, names[i]))
            return (runut_cue)i;
    return RUNUT_CUE_NONE;
}

/* The longest phrase that begins at `text`, whose first word is `head`. */
static runut_cue cue_at(const reader *self, runut_slice text, runut_slice head)
{
    runut_slice rest = runut_data_phrases(self->cues, head), row, phrase, cue = {"", 0};
    size_t longest = 0;
    while (runut_slice_starts(rest, head) && runut_slice_field(&rest, '\n', &row)) {
        runut_slice_field(&row, '\t', &phrase);
        if (phrase.size > head.size && phrase.at[head.size] != ' ')
            break;
        if (phrase.size > longest && runut_slice_starts(text, phrase) &&
            (text.size == phrase.size || text.at[phrase.size] == ' ')) {
            longest = phrase.size;
            cue = row;
        }
    }
    return longest ? cue_named(cue) : RUNUT_CUE_NONE;
}

static void find_cues(const reader *self, runut_slice text, runut_block_text *out)
{
    char words[LOOK_WORDS * MOST_CUE_BYTES / 4 + 16];
    size_t ends[LOOK_WORDS];
    size_t n = spell(text, words, ends);
    for (size_t i = 0; i < n; i++) {
        size_t start = i ? ends[i - 1] + 1 : 0;
        runut_slice rest = {words + start, ends[n - 1] - start};
        runut_cue cue = cue_at(self, rest, runut_slice_part(rest, 0, ends[i] - start));
        if (i == 0)
            out->leads = (uint8_t)cue;
        if (cue)
            out->holds |= (uint16_t)(1u << cue);
    }
}

static void compare(const reader *self, const word_set *words, runut_block_text *out)
{
    if (words->size == 0 || words->size > MOST_TITLE_WORDS)
        return;
    size_t title = 0, description = 0, of_title = 0;
    for (size_t i = 0; i < words->size; i++) {
        title += has(&self->title, words->hash[i]);
        description += has(&self->description, words->hash[i]);
    }
    for (size_t i = 0; i < self->title.size; i++)
        of_title += has(words, self->title.hash[i]);
    out->in_title = (float)title / (float)words->size;
    out->in_description = (float)description / (float)words->size;
    out->of_title = self->title.size ? (float)of_title / (float)self->title.size : 0;
}

static uint8_t heading_level(const runut_html_tree *tree, uint32_t node)
{
    for (int up = 0; up < 3 && node; up++, node = tree->nodes.at[node].parent) {
        unsigned tag = tree->nodes.at[node].tag;
        if (tag >= RUNUT_TAG_H1 && tag <= RUNUT_TAG_H6)
            return (uint8_t)(tag - RUNUT_TAG_H1 + 1);
    }
    return 0;
}

static void weigh(const runut_html_block *block, runut_block_text *out)
{
    float links = block->bytes ? (float)block->link_bytes / (float)block->bytes : 0;
    float sentences = out->ends > 1 ? 1 : out->ends;
    if (out->words >= 10 && links < 0.5F)
        out->good = out->words * (1 - links) * (0.3F + 0.7F * sentences);
    if (block->bytes >= 25) {
        float size = (float)block->bytes / 100;
        out->score = (1 + out->commas + (size > 3 ? 3 : size)) * (1 - links);
    }
}

static void word_hashes(runut_slice text, word_set *set)
{
    runut_block_text unused = {0};
    count(runut_slice_part(text, 0, 8 * MOST_TITLE_WORDS), &unused, set);
    if (set->size > MOST_TITLE_WORDS)
        set->size = MOST_TITLE_WORDS;
}

runut_block_text *runut_blocks_text(const runut_html_tree *tree, const runut_block_hints *hints)
{
    reader *self = runut_arena_alloc(tree->arena, sizeof *self);
    runut_block_text *texts = runut_arena_alloc(tree->arena, (tree->blocks.size + 1) * sizeof *texts);
    word_set words;
    self->tree = tree;
    self->cues = runut_data_table("page_cues.tsv");
    self->seen = runut_map_new(tree->arena);
    word_hashes(hints->title, &self->title);
    word_hashes(hints->description, &self->description);
    for (size_t i = 0; i < tree->blocks.size; i++) {
        const runut_html_block *block = &tree->blocks.at[i];
        runut_block_text *out = &texts[i];
        count(block->text, out, &words);
        compare(self, &words, out);
        find_cues(self, block->text, out);
        out->heading = heading_level(tree, block->node);
        out->starts_lower = block->text.size && block->text.at[0] >= 'a' && block->text.at[0] <= 'z';
        bool is_new;
        runut_map_put(self->seen, block->text, &is_new);
        out->repeated = !is_new;
        weigh(block, out);
    }
    return texts;
}
