/* Names in by-lines and metadata: what belongs to the name and what only stands beside it. */
#include "base/buffer.h"
#include "base/calendar_names.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/byline.h"
#include "clean/cues.h"
#include "clean/metadata_author.h"

enum { MOST_NAME = 80, MOST_WORDS = 7, MOST_TEXT = 320, MOST_PREFIX_WORDS = 4, MOST_TAILS = 8, MOST_PARTS = 24 };

uint32_t runut_author_kinds(runut_arena *arena, runut_slice word)
{
    static const char *const names[] = {"program", "desk",      "role",      "prefix", "mid",
                                        "tail",    "furniture", "honorific", "degree"};
    runut_slice fields[2], one;
    uint32_t kinds = 0;
    if (word.size == 0 || word.size > MOST_NAME ||
        !runut_data_find(runut_data_table("author_words.tsv"), runut_utf8_fold(arena, word), fields, 2))
        return 0;
    while (runut_slice_field(&fields[1], ' ', &one))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            kinds |= runut_slice_is(one, names[i]) ? 1u << i : 0;
    return kinds;
}

/* Without marks at its ends; a full stop stays, for "Jr." and initials. */
static runut_slice strip_marks(runut_slice text)
{
    text = runut_slice_trim(text);
    while (text.size && strchr(",;:-|*/\"", text.at[text.size - 1]))
        text = runut_slice_trim(runut_slice_part(text, 0, text.size - 1));
    while (text.size && strchr(",;:-|*/.&\"", text.at[0]))
        text = runut_slice_trim(runut_slice_part(text, 1, text.size));
    for (bool more = true; more && text.size > 3;) { /* dashes and bullets of three bytes */
        more = runut_slice_starts(text, RUNUT_LITERAL("\xE2\x80")) && (unsigned char)text.at[2] != 0x98;
        if (more)
            text = runut_slice_trim(runut_slice_part(text, 3, text.size));
    }
    return text;
}

/* The longest formula at the start, such as "Written by". */
static runut_slice strip_prefix(runut_arena *arena, runut_slice name)
{
    size_t end = 0, best = 0;
    for (int words = 0; words < MOST_PREFIX_WORDS && end < name.size; words++) {
        while (end < name.size && name.at[end] != ' ')
            end++;
        if (runut_author_kinds(arena, runut_slice_part(name, 0, end)) & RUNUT_AUTHOR_PREFIX)
            best = end;
        while (end < name.size && name.at[end] == ' ')
            end++;
    }
    return best < name.size ? strip_marks(runut_slice_part(name, best, name.size)) : name;
}

static size_t last_word(runut_slice text)
{
    size_t start = text.size;
    while (start > 0 && text.at[start - 1] != ' ')
        start--;
    return start;
}

/* Words that follow a name on its line: months, "Last updated", "on", "Staff Writer". */
static runut_slice strip_tail(runut_arena *arena, runut_slice name)
{
    for (int i = 0; i < MOST_TAILS; i++) {
        size_t start = last_word(name);
        uint32_t kinds = runut_author_kinds(arena, runut_slice_part(name, start, name.size));
        bool role = kinds & RUNUT_AUTHOR_ROLE && kinds & RUNUT_AUTHOR_DESK && start > 0 &&
                    last_word(runut_slice_part(name, 0, start - 1)) > 0;
        if (start == 0 || !(kinds & RUNUT_AUTHOR_TAIL || role))
            break;
        name = strip_marks(runut_slice_part(name, 0, start));
    }
    return name;
}

/* Words of the page's own furniture: "Share", "Email", "Full bio". */
static bool is_furniture(runut_arena *arena, runut_slice name)
{
    runut_slice fields[2];
    return runut_author_kinds(arena, name) & RUNUT_AUTHOR_FURNITURE ||
           runut_data_find(runut_data_table("page_cues.tsv"), runut_utf8_fold(arena, name), fields, 2) > 0;
}

/* What stands before a bracket, unless the name goes on behind it: "Ratna (Rini) Suryani"; and before a mark. */
static runut_slice before_bracket(runut_slice name)
{
    for (size_t i = 0; i < name.size; i++) {
        size_t close = name.at[i] == '(' ? runut_slice_find(name, RUNUT_LITERAL(") "), i) : SIZE_MAX;
        if (close != SIZE_MAX && runut_utf8_starts_upper(runut_slice_part(name, close + 2, name.size)))
            i = close;
        else if (name.at[i] == '|' || name.at[i] == '(' || name.at[i] == '[' || name.at[i] == '\n' ||
                 (i > 0 && runut_slice_starts(runut_slice_part(name, i, name.size), RUNUT_LITERAL(" - "))))
            return runut_slice_part(name, 0, i);
    }
    return name;
}

/* "Read the latest from Ann Example", "This post was written by Ann Example", "photo: Ann Example": the name stands
 * behind the formula, which a small letter gives away. */
static runut_slice behind_formula(runut_slice name)
{
    static const char *const words[] = {" by ", " from ", " about ", " oleh ", " von ", " par ", " por ", ": "};
    size_t best = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = runut_slice_find(name, runut_slice_of(words[i]), 0);
        size_t end = at + strlen(words[i]);
        if (at != SIZE_MAX && end > best && runut_utf8_starts_upper(runut_slice_part(name, end, name.size)))
            best = end;
    }
    return runut_slice_part(name, best, name.size);
}

/* "ByAnn Example": the blank was a margin. */
static runut_slice unglued(runut_slice name)
{
    bool glued = name.size > 4 && runut_slice_starts_nocase(name, RUNUT_LITERAL("by")) && name.at[2] >= 'A' &&
                 name.at[2] <= 'Z' && name.at[3] >= 'a' && name.at[3] <= 'z';
    return glued ? runut_slice_part(name, 2, name.size) : name;
}

/* Letters, and nothing that no name has. */
static bool is_spelt(runut_slice name)
{
    bool letter = false;
    for (size_t i = 0; i < name.size;) {
        uint32_t code = runut_utf8_next(name, &i);
        letter |= runut_code_is_letter(code);
        if (runut_code_is_digit(code) || (code < 0x80 && strchr("@/<>{}=?!$%#_+", (int)code)))
            return false;
    }
    return letter;
}

/* "page.author", "post.meta.writer": a template's variable that nobody filled. */
static bool is_variable(runut_slice word)
{
    size_t dots = 0;
    for (size_t i = 0; i + 1 < word.size; i++) {
        if (word.at[i] >= 'A' && word.at[i] <= 'Z')
            return false;
        dots += word.at[i] == '.' && word.at[i + 1] != '.';
    }
    return dots >= 2 && word.size > 8;
}

runut_slice runut_author_tidy(runut_arena *arena, runut_slice name)
{
    const runut_slice none = {"", 0};
    name = runut_utf8_collapse(arena, runut_slice_part(name, 0, MOST_TEXT));
    name = strip_prefix(arena, unglued(strip_marks(name)));
    name = strip_marks(before_bracket(behind_formula(name)));
    if (is_furniture(arena, name))
        return none;
    name = strip_tail(arena, name);
    if (name.size < 2 || name.size > MOST_NAME || !is_spelt(name) || is_furniture(arena, name) ||
        runut_weekday_in(runut_utf8_fold(arena, name), none))
        return none;
    runut_slice rest = name, word;
    size_t words = 0;
    while (runut_slice_field(&rest, ' ', &word)) {
        words += word.size > 0;
        if (runut_author_kinds(arena, word) & RUNUT_AUTHOR_PROGRAM || is_variable(word))
            return none;
    }
    return words <= MOST_WORDS && (runut_utf8_starts_upper(name) || words <= 3) ? name : none;
}

bool runut_author_has_role(runut_arena *arena, runut_slice text)
{
    runut_slice word;
    text = runut_slice_part(text, 0, MOST_TEXT);
    while (runut_slice_field(&text, ' ', &word)) {
        while (word.size && strchr(",.;:()", word.at[word.size - 1]))
            word.size--;
        if (runut_author_kinds(arena, word) & RUNUT_AUTHOR_ROLE)
            return true;
    }
    return false;
}

static bool has_blank(runut_slice text)
{
    text = runut_slice_trim(text);
    return text.size && memchr(text.at, ' ', text.size) != NULL;
}

static bool is_degree(runut_arena *arena, runut_slice part)
{
    runut_slice word;
    part = runut_slice_trim(part);
    if (part.size == 0)
        return false;
    while (runut_slice_field(&part, ' ', &word))
        if (!(runut_author_kinds(arena, word) & RUNUT_AUTHOR_DEGREE))
            return false;
    return true;
}

/* A word without a capital among those of a name tells of a role ("head of research"). */
static bool has_small_word(runut_slice text)
{
    runut_slice word;
    while (runut_slice_field(&text, ' ', &word))
        if (word.size && word.at[0] >= 'a' && word.at[0] <= 'z' && !runut_byline_is_particle(word))
            return true;
    return false;
}

/* One part between conjunctions: "A B, MD", "A B, head of research", "A B, C D". */
static void split_commas(runut_arena *arena, runut_slice text, runut_slices *names)
{
    runut_slice rest = text, one, name;
    runut_slice parts[MOST_PARTS];
    size_t size = 0, full = 0;
    while (size < MOST_PARTS && runut_slice_field(&rest, ',', &one)) {
        one = runut_slice_trim(one);
        if (size && is_degree(arena, one)) /* "A B, MD, PhD" */
            parts[size - 1].size = (size_t)(one.at - parts[size - 1].at) + one.size;
        else if (one.size) {
            parts[size++] = one;
            full += has_blank(one);
        }
    }
    if (size == 0)
        return;
    bool list = full == size && (size > 2 || !has_small_word(text));
    for (size_t i = 0; i < size && (list || i == 0); i++) {
        if (i > 0 && runut_author_has_role(arena, parts[i]))
            break; /* what follows is whom one works for */
        name = runut_author_tidy(arena, parts[i]);
        if (name.size)
            RUNUT_PUSH(arena, *names, name);
    }
}

/* "Suryani, Ratna" as libraries write it: the given name last, and no list. */
runut_slice runut_author_uninverted(runut_arena *arena, runut_slice name)
{
    size_t comma = runut_slice_find(name, RUNUT_LITERAL(","), 0);
    runut_slice family = runut_slice_trim(runut_slice_part(name, 0, comma));
    runut_slice given = comma == SIZE_MAX ? family : runut_slice_trim(runut_slice_part(name, comma + 1, name.size));
    bool inverted = comma != SIZE_MAX && family.size && given.size && !has_blank(family) && name.size <= MOST_NAME &&
                    !memchr(given.at, ',', given.size) && !is_degree(arena, given) && runut_utf8_starts_upper(given) &&
                    runut_utf8_starts_upper(family);
    return inverted ? runut_arena_printf(arena, "%.*s %.*s", (int)given.size, given.at, (int)family.size, family.at)
                    : name;
}

/* Where the next conjunction begins; `*end` is behind it. */
static size_t conjunction(runut_slice text, size_t *end)
{
    static const char *const ands[] = {" and ", " & ",  " dan ", " und ", " et ",    " y ",    " e ", ";",
                                       " en ",  " og ", " och ", " ve ",  " serta ", " with ", " i "};
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < sizeof ands / sizeof *ands; i++) {
        size_t at = runut_slice_find(text, runut_slice_of(ands[i]), 0);
        if (at < best) {
            best = at;
            *end = at + strlen(ands[i]);
        }
    }
    return best;
}

void runut_author_split(runut_arena *arena, runut_slice text, runut_slices *names)
{
    text = runut_slice_trim(runut_slice_part(text, 0, MOST_TEXT));
    for (int parts = 0; text.size && parts < MOST_PARTS; parts++) {
        size_t end = text.size, at = conjunction(text, &end);
        runut_slice left = runut_slice_part(text, 0, at), right = runut_slice_part(text, end, text.size);
        bool role = at != SIZE_MAX && (runut_author_has_role(arena, left) || runut_author_has_role(arena, right));
        bool couple = at != SIZE_MAX && text.at[at] != ';' && !has_blank(left) && !has_blank(right);
        if (at == SIZE_MAX || role || couple) { /* "Research & Development", "Ann & Bob" */
            split_commas(arena, text, names);
            return;
        }
        split_commas(arena, left, names);
        text = runut_slice_trim(right);
    }
}

runut_slice runut_author_key(runut_arena *arena, runut_slice name, uint32_t *words)
{
    runut_buffer out = runut_buffer_new(arena, MOST_NAME * 4);
    runut_slice rest = name, word;
    *words = 0;
    while (runut_slice_field(&rest, ' ', &word)) {
        while (word.size && strchr(",;", word.at[word.size - 1]))
            word.size--;
        uint32_t kinds = runut_author_kinds(arena, word);
        if (word.size == 0 || (kinds & RUNUT_AUTHOR_HONORIFIC && *words == 0 && rest.size) ||
            (kinds & RUNUT_AUTHOR_DEGREE && *words >= 2))
            continue;
        runut_buffer_text(&out, out.size ? " " : "");
        runut_buffer_add(&out, runut_utf8_fold(arena, word));
        ++*words;
    }
    return runut_buffer_slice(&out);
}

/* `name` with the degrees that follow it in `line`: "Ann Example, MD, PhD". */
runut_slice runut_author_with_degrees(runut_arena *arena, runut_slice line, runut_slice name)
{
    size_t at = runut_slice_find(line, name, 0), end = at + name.size, stop;
    if (at == SIZE_MAX)
        return name;
    while (end + 1 < line.size && line.at[end] == ',') {
        for (stop = end + 1; stop < line.size && line.at[stop] != ',' && line.at[stop] != '|' && line.at[stop] != '\n';)
            stop++;
        if (!is_degree(arena, runut_slice_part(line, end + 1, stop)))
            break;
        end = stop;
    }
    return runut_slice_trim(runut_slice_part(line, at, end));
}

/* Does a word of the line belong to the page's furniture ("Share", "Bagikan")? */
static bool has_cue_word(runut_arena *arena, runut_slice text)
{
    runut_slice fields[2], word;
    while (runut_slice_field(&text, ' ', &word))
        if (word.size &&
            runut_data_find(runut_data_table("page_cues.tsv"), runut_utf8_fold(arena, word), fields, 2) > 0)
            return true;
    return false;
}

bool runut_author_is_lone(runut_arena *arena, runut_slice text)
{
    text = runut_slice_trim(text);
    return text.size >= 5 && text.size <= 40 && has_blank(text) && !has_small_word(text) &&
           !runut_author_has_role(arena, text) && runut_byline_is_name(arena, text) && !is_furniture(arena, text) &&
           !has_cue_word(arena, text);
}

bool runut_author_has_given_name(runut_arena *arena, runut_slice name)
{
    runut_slice word;
    runut_slice_field(&name, ' ', &word);
    return word.size > 1 && runut_data_names(runut_data_table("person_names.tsv"), runut_utf8_fold(arena, word));
}
