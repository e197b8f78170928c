/* Names of persons by their form: a few capitalised words, particles between them, no digit, no word of an outlet. */
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/byline.h"
#include "clean/cues.h"

enum { MOST_NAME = 80, MOST_WORDS = 6, MOST_NAMES = 12, MOST_SOLID = 8 };

/* Small words inside names. */
bool runut_byline_is_particle(runut_slice word)
{
    static const runut_slice all[] = {
        RUNUT_LITERAL("de"),   RUNUT_LITERAL("del"),   RUNUT_LITERAL("della"), RUNUT_LITERAL("di"),
        RUNUT_LITERAL("da"),   RUNUT_LITERAL("dos"),   RUNUT_LITERAL("das"),   RUNUT_LITERAL("do"),
        RUNUT_LITERAL("du"),   RUNUT_LITERAL("des"),   RUNUT_LITERAL("la"),    RUNUT_LITERAL("le"),
        RUNUT_LITERAL("van"),  RUNUT_LITERAL("von"),   RUNUT_LITERAL("der"),   RUNUT_LITERAL("den"),
        RUNUT_LITERAL("ten"),  RUNUT_LITERAL("ter"),   RUNUT_LITERAL("zu"),    RUNUT_LITERAL("zum"),
        RUNUT_LITERAL("af"),   RUNUT_LITERAL("av"),    RUNUT_LITERAL("al"),    RUNUT_LITERAL("el"),
        RUNUT_LITERAL("bin"),  RUNUT_LITERAL("binti"), RUNUT_LITERAL("ibn"),   RUNUT_LITERAL("ben"),
        RUNUT_LITERAL("bint"), RUNUT_LITERAL("y"),     RUNUT_LITERAL("e"),     RUNUT_LITERAL("a/l"),
        RUNUT_LITERAL("a/p"),  RUNUT_LITERAL("abu"),   RUNUT_LITERAL("ul"),    RUNUT_LITERAL("ur"),
        RUNUT_LITERAL("dan"),  RUNUT_LITERAL("of"),    RUNUT_LITERAL("st")};
    for (size_t i = 0; i < sizeof all / sizeof *all - 2; i++) /* without "dan", "of" */
        if (runut_slice_equal(word, all[i]))
            return true;
    return runut_slice_starts(word, RUNUT_LITERAL("al-")) || runut_slice_starts(word, RUNUT_LITERAL("el-")) ||
           runut_slice_starts(word, RUNUT_LITERAL("d'")) || runut_slice_starts(word, RUNUT_LITERAL("d’"));
}

/* Articles: no name begins with one. */
static bool is_article(runut_slice word)
{
    static const runut_slice all[] = {
        RUNUT_LITERAL("the"), RUNUT_LITERAL("an"),  RUNUT_LITERAL("der"), RUNUT_LITERAL("die"),  RUNUT_LITERAL("das"),
        RUNUT_LITERAL("les"), RUNUT_LITERAL("los"), RUNUT_LITERAL("las"), RUNUT_LITERAL("il"),   RUNUT_LITERAL("gli"),
        RUNUT_LITERAL("het"), RUNUT_LITERAL("een"), RUNUT_LITERAL("ein"), RUNUT_LITERAL("eine"), RUNUT_LITERAL("une"),
        RUNUT_LITERAL("una"), RUNUT_LITERAL("um"),  RUNUT_LITERAL("uma")};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (runut_slice_equal(word, all[i]))
            return true;
    return false;
}

static bool is_conjunction(runut_slice word)
{
    static const runut_slice all[] = {
        RUNUT_LITERAL("and"), RUNUT_LITERAL("dan"), RUNUT_LITERAL("y"),     RUNUT_LITERAL("e"),    RUNUT_LITERAL("et"),
        RUNUT_LITERAL("und"), RUNUT_LITERAL("en"),  RUNUT_LITERAL("ve"),    RUNUT_LITERAL("và"),   RUNUT_LITERAL("и"),
        RUNUT_LITERAL("та"),  RUNUT_LITERAL("і"),   RUNUT_LITERAL("و"),     RUNUT_LITERAL("और"),   RUNUT_LITERAL("och"),
        RUNUT_LITERAL("og"),  RUNUT_LITERAL("ja"),  RUNUT_LITERAL("και"),   RUNUT_LITERAL("și"),   RUNUT_LITERAL("i"),
        RUNUT_LITERAL("at"),  RUNUT_LITERAL("&"),   RUNUT_LITERAL("serta"), RUNUT_LITERAL("with"), RUNUT_LITERAL("kaj"),
        RUNUT_LITERAL("na"),  RUNUT_LITERAL("ed")};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (runut_slice_equal(word, all[i]))
            return true;
    return false;
}

bool runut_byline_is_domain(runut_slice text)
{
    size_t dot = 0, letters = 0;
    if (text.size < 4 || text.size > 60)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '.' && i > 0 && text.at[i - 1] != '.')
            dot = i;
        else if (c != '-' && !runut_is_digit(c) && !runut_is_alpha(c))
            return false;
        letters += runut_is_alpha(c);
    }
    size_t last = text.size - dot - 1;
    return dot >= 3 && last >= 2 && last <= 6 && runut_is_alpha((unsigned char)text.at[dot + 1]) &&
           runut_is_alpha((unsigned char)text.at[text.size - 1]) && letters >= 4;
}

void runut_byline_push(runut_arena *arena, runut_slices *names, runut_slice name)
{
    for (size_t i = 0; i < names->size && i < 64; i++)
        if (runut_slice_equal(runut_utf8_fold(arena, names->at[i]), runut_utf8_fold(arena, name)))
            return;
    RUNUT_PUSH(arena, *names, name);
}

typedef struct word_form {
    bool upper, lower, digit, strange; /* first letter's case; has a digit; has a mark that no name has */
    bool capital;                      /* has an upper-case letter anywhere */
    size_t letters, solid;             /* letters in all; letters of scripts without blanks */
} word_form;

static word_form form_of(runut_slice word)
{
    word_form form = {0};
    for (size_t i = 0; i < word.size;) {
        uint32_t code = runut_utf8_next(word, &i);
        if (runut_code_is_letter(code)) {
            if (form.letters++ == 0) {
                form.upper = runut_code_is_upper(code);
                form.lower = runut_code_is_lower(code);
            }
            form.capital |= runut_code_is_upper(code);
            form.solid += code >= 0x2E80 && code < 0xD7B0;
        } else if (runut_code_is_digit(code)) {
            form.digit = true;
        } else if (code != '.' && code != '-' && code != '\'' && code != 0x2019 && code != 0x2018 && code != 0xB7 &&
                   code != '/' && code != 0x200C && code != 0x200D && code != 0x60 && code != 0x2BC && code != 0x2010) {
            form.strange = true;
        }
    }
    return form;
}

static bool next_word(runut_slice text, size_t *at, runut_slice *word)
{
    while (*at < text.size && text.at[*at] == ' ')
        ++*at;
    size_t start = *at;
    while (*at < text.size && text.at[*at] != ' ')
        ++*at;
    *word = runut_slice_part(text, start, *at);
    return *at > start;
}

/* Kinds of the cue that `word` is as a whole. */
static uint32_t kinds_of(runut_arena *arena, runut_slice word)
{
    return runut_cue_whole(runut_utf8_fold(arena, word));
}

/* The same for each half of a word with a hyphen ("Herald-Post"). */
static uint32_t kinds_of_parts(runut_arena *arena, runut_slice word)
{
    uint32_t kinds = kinds_of(arena, word);
    const char *hyphen = word.size > 6 ? memchr(word.at + 1, '-', word.size - 2) : NULL;
    if (hyphen)
        kinds |= kinds_of(arena, runut_slice_part(word, (size_t)(hyphen - word.at) + 1, word.size));
    return kinds;
}

/* How far `text` is a name: bytes, 0 where it is none. Stops before a word that no name has, if two words stand before
 * it or it begins a remark such as "in Jakarta". */
static size_t name_size(runut_arena *arena, runut_slice text)
{
    size_t at = 0, end = 0, words = 0, letters = 0, solid = 0, named = 0;
    bool caseless = false, cut = false, role = false;
    for (runut_slice word; next_word(text, &at, &word);) {
        word_form form = form_of(word);
        runut_slice folded = runut_utf8_fold(arena, word);
        bool particle = words > 0 && runut_byline_is_particle(folded);
        bool good = !form.digit && !form.strange && form.letters > 0 && (!form.lower || particle);
        good = good && (words > 0 || !is_article(folded));
        role = good && words >= (caseless ? 1 : 2) && form.letters > 1 && (kinds_of(arena, word) & RUNUT_CUE_ROLE);
        good = good && !role;
        if (!good || words == MOST_WORDS) {
            cut = true;
            break;
        }
        words++;
        letters += form.letters;
        solid += form.solid;
        caseless |= !form.upper && !form.lower;
        named += form.letters > 1;
        if (!form.lower || form.capital)
            end = at;
    }
    if (named == 0 || end == 0 || end > MOST_NAME || letters < 2 || solid > MOST_SOLID)
        return 0;
    if (cut && !role && (words < 2 || (caseless && solid == 0)))
        return 0;
    return end;
}

bool runut_byline_is_name(runut_arena *arena, runut_slice text)
{
    text = runut_slice_trim(text);
    if (text.size > MOST_NAME || name_size(arena, text) != text.size)
        return false;
    for (size_t at = 0; at < text.size;) {
        runut_slice word;
        if (!next_word(text, &at, &word))
            break;
        if (word.size > 2 && (kinds_of_parts(arena, word) & (RUNUT_CUE_NOTNAME | RUNUT_CUE_MEDIA)))
            return false;
    }
    return !runut_byline_is_domain(text);
}

/* "M.Si.", "Jr.", "S.H.", "PhD": what follows a name after a comma. */
static bool is_degree(runut_slice part)
{
    return part.size <= 7 && (memchr(part.at, '.', part.size) || runut_slice_equal_nocase(part, RUNUT_LITERAL("phd")) ||
                              runut_slice_equal_nocase(part, RUNUT_LITERAL("jr")));
}

/* Is `part` an agency or outlet of data/agencies.tsv, under any of its names? */
static bool is_carrier(runut_slice part)
{
    return part.size >= 2 && part.size <= 40 && runut_data_names(runut_data_table("agencies.tsv"), part);
}

/* Does a word of `part` belong to an outlet's name, or to a desk's (then `*desk` is set)? */
static bool is_outlet(runut_arena *arena, runut_slice part, bool *desk)
{
    bool outlet = runut_byline_is_domain(part), any_desk = false;
    size_t words = 0;
    runut_slice word;
    for (size_t at = 0; next_word(part, &at, &word); words++) {
        uint32_t kinds = word.size > 1 ? kinds_of_parts(arena, word) : 0;
        any_desk |= (kinds & RUNUT_CUE_NOTNAME) && !(kinds & RUNUT_CUE_MEDIA);
        outlet |= (kinds & RUNUT_CUE_MEDIA) != 0 || runut_byline_is_domain(word);
    }
    outlet |= is_carrier(part);
    *desk = words <= 4 && (any_desk || outlet);
    return outlet && !any_desk;
}

/* `place`: a single word is where the writer is, no name. */
static void take_part(runut_arena *arena, runut_slice part, runut_slices *names, runut_slice *outlet, bool *desk,
                      bool place)
{
    part = runut_slice_trim(part);
    while (part.size && strchr(".:;,-*", part.at[0]))
        part = runut_slice_trim(runut_slice_part(part, 1, part.size));
    while (part.size && strchr("/;:", part.at[part.size - 1]))
        part = runut_slice_trim(runut_slice_part(part, 0, part.size - 1));
    if (part.size == 0 || memchr(part.at, '@', part.size))
        return;
    runut_slice bracket = part;
    size_t open = runut_slice_find(part, RUNUT_LITERAL("("), 0);
    bracket = open == SIZE_MAX || open == 0 ? part : runut_slice_trim(runut_slice_part(part, 0, open));
    if (names->size && (is_degree(bracket) || (kinds_of(arena, bracket) & RUNUT_CUE_ROLE)))
        return;
    bool is_desk = false;
    size_t size = name_size(arena, bracket);
    runut_slice name = size ? runut_slice_part(bracket, 0, size) : bracket;
    if (is_outlet(arena, name, &is_desk) && outlet && !outlet->size)
        *outlet = name;
    *desk |= is_desk;
    if (is_desk || size == 0)
        return;
    if (place && !memchr(name.at, ' ', name.size))
        return;
    if (name.size > 3 && name.at[name.size - 1] == '.' && name.at[name.size - 3] != ' ' &&
        name.at[name.size - 3] != '.')
        name.size--; /* a full stop, not an initial's */
    runut_byline_push(arena, names, name);
}

/* Where the part that begins at `from` ends: a comma, '&', ';', a conjunction between blanks. `*next` is after it. */
static size_t part_end(runut_arena *arena, runut_slice text, size_t from, size_t *next)
{
    size_t word_start = from;
    for (size_t i = from; i < text.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(text, &i);
        if (code == ' ') {
            runut_slice word = runut_slice_part(text, word_start, start);
            if (word_start > from && word.size <= 8 && is_conjunction(runut_utf8_fold(arena, word))) {
                *next = i;
                return word_start;
            }
            word_start = i;
        } else if (code == ',' || code == ';' || code == '&' || code == 0x3001 || code == 0x060C || code == 0xFF0C ||
                   code == '|') {
            *next = i;
            return start;
        }
    }
    *next = text.size;
    return text.size;
}

static bool comma_before(runut_slice text, size_t at)
{
    return at > 0 && text.at[at - 1] == ',';
}

size_t runut_byline_names(runut_arena *arena, runut_slice text, runut_slices *names, runut_slice *outlet, bool *desk)
{
    size_t before = names->size;
    bool any_desk = false;
    text = runut_utf8_collapse(arena, runut_slice_part(text, 0, 400));
    for (size_t at = 0, next = 0; at < text.size && names->size < before + MOST_NAMES; at = next) {
        size_t end = part_end(arena, text, at, &next);
        bool place = names->size > before && end > at && comma_before(text, at) &&
                     memchr(names->at[before].at, ' ', names->at[before].size);
        take_part(arena, runut_slice_part(text, at, end), names, outlet, &any_desk, place);
    }
    if (desk)
        *desk |= any_desk;
    return names->size - before;
}

bool runut_byline_all_names(runut_arena *arena, runut_slice text)
{
    text = runut_utf8_collapse(arena, runut_slice_part(text, 0, 200));
    size_t parts = 0;
    for (size_t at = 0, next = 0; at < text.size; at = next) {
        runut_slice part = runut_slice_trim(runut_slice_part(text, at, part_end(arena, text, at, &next)));
        size_t open = runut_slice_find(part, RUNUT_LITERAL(" ("), 0);
        part = runut_slice_part(part, 0, open);
        bool later = parts > 0 && (is_degree(part) || (kinds_of(arena, part) & RUNUT_CUE_ROLE));
        size_t size = later ? part.size : name_size(arena, part);
        runut_slice rest = runut_slice_trim(runut_slice_part(part, size, part.size));
        if (part.size && (size == 0 || (rest.size && !(kinds_of(arena, rest) & RUNUT_CUE_ROLE))))
            return false;
        parts += part.size > 0;
    }
    return parts > 0;
}
