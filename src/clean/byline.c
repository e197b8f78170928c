/* A by-line is cut into segments where its marks are ("|", "·", " - ", wide gaps) and where a label with a colon
 * begins; each segment is then read by its label:
 *
 *     Pewarta: Tri Wahyu Nugraha     Editor: Sofia Rahmani
 *     ^writer                        ^editor
 *     rds | CNN Indonesia            By Laila Kusnadi | Published September 5, 2022
 *     ^name ^outlet                  ^by              ^date, ignored */
#include "clean/byline.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/cues.h"
#include "clean/stage.h"

enum { MOST_LINE = 300, MOST_SEGMENTS = 12, MOST_INITIALS = 6 };

enum {
    LABELS =
        RUNUT_CUE_BY | RUNUT_CUE_WRITER | RUNUT_CUE_EDITOR | RUNUT_CUE_PHOTO | RUNUT_CUE_CREDIT | RUNUT_CUE_PUBLISHED
};

typedef RUNUT_VECTOR(runut_slice) segments;

static bool is_mark(uint32_t code)
{
    return code == '|' || code == ';' || code == 0xB7 || code == 0x2022 || code == 0x2027 || code == 0xBB ||
           code == 0x203A || code == 0xFF5C || code == 0x2502 || code == 0x30FB;
}

static bool is_dash(uint32_t code)
{
    return code == '-' || code == 0x2013 || code == 0x2014 || code == '/';
}

static void push_segment(runut_arena *arena, segments *out, runut_slice line, size_t start, size_t end)
{
    runut_slice segment = runut_utf8_collapse(arena, runut_slice_part(line, start, end));
    if (segment.size && out->size < MOST_SEGMENTS)
        RUNUT_PUSH(arena, *out, segment);
}

/* Cuts at marks, at dashes between blanks and at two or more blanks. */
static segments cut_segments(runut_arena *arena, runut_slice line)
{
    segments out = {0};
    size_t start = 0, blanks = 0;
    for (size_t i = 0; i < line.size;) {
        size_t at = i;
        uint32_t code = runut_utf8_next(line, &i);
        if (runut_code_is_space(code)) {
            blanks += code == '\t' ? 2 : 1;
            continue;
        }
        bool dash = is_dash(code) && blanks && i < line.size && (line.at[i] == ' ' || line.at[i] == '-');
        if (is_mark(code) || dash) {
            push_segment(arena, &out, line, start, at);
            start = i;
        } else if (blanks >= 2) {
            push_segment(arena, &out, line, start, at);
            start = at;
        }
        blanks = 0;
    }
    push_segment(arena, &out, line, start, line.size);
    return out;
}

/* After the label: skips ':' and its like. `*strong` where there is one. */
static size_t after_label(runut_slice text, size_t end, bool *strong)
{
    *strong = false;
    while (end < text.size) {
        size_t next = end;
        uint32_t code = runut_utf8_next(text, &next);
        bool colon = code == ':' || code == 0xFF1A || code == '=' || code == '/' || code == 0xFF0F;
        if (!colon && code != ' ' && code != '.')
            break;
        *strong |= colon;
        end = next;
    }
    return end;
}

/* Where, inside `segment` from `from` on, another label with a colon begins; its size where there is none. */
static size_t next_label(runut_slice folded, size_t from)
{
    if (from >= folded.size || !memchr(folded.at + from, ':', folded.size - from))
        return folded.size;
    for (size_t i = from; i + 1 < folded.size; i++) {
        if (folded.at[i] != ' ')
            continue;
        size_t end = 0;
        bool strong = false;
        if ((runut_cue_at(folded, i + 1, &end) & LABELS) && after_label(folded, end, &strong) && strong &&
            end < folded.size &&
            (folded.at[end] == ':' || (folded.at[end] == ' ' && end + 1 < folded.size && folded.at[end + 1] == ':')))
            return i;
    }
    return folded.size;
}

/* "Laporan wartawan Suara Utara, Ferdi Tandi": the outlet stands first, the name last. */
static runut_slice skip_outlet(runut_slice label, runut_slice names, runut_slice *outlet)
{
    size_t comma = runut_slice_find(names, RUNUT_LITERAL(","), 0);
    if (!runut_slice_starts(label, RUNUT_LITERAL("laporan")) || comma == SIZE_MAX)
        return names;
    if (!outlet->size)
        *outlet = runut_slice_trim(runut_slice_part(names, 0, comma));
    return runut_slice_part(names, comma + 1, names.size);
}

/* Two to four small letters: initials. */
static bool is_initials(runut_slice text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.size;) {
        uint32_t code = runut_utf8_next(text, &i);
        if (code == '.')
            continue;
        if (!runut_code_is_lower(code))
            return false;
        letters++;
    }
    return letters >= 2 && letters <= 4;
}

/* "Kontributor: mra", "Penulis: rds/ftr". */
static size_t read_initials(runut_arena *arena, runut_slice text, runut_slices *writers)
{
    size_t found = 0;
    text = runut_slice_trim(text);
    for (runut_slice part; text.size && text.size <= 24 && runut_slice_field(&text, '/', &part);) {
        part = runut_slice_trim(part);
        if (!is_initials(part))
            return found;
        RUNUT_PUSH(arena, *writers, part);
        found++;
    }
    return found;
}

static void read_labelled(runut_arena *arena, runut_slice segment, runut_slice folded, size_t end, uint32_t kinds,
                          bool strong, runut_byline *byline)
{
    runut_slice rest = segment.size == folded.size ? runut_slice_part(segment, end, segment.size)
                                                   : runut_slice_part(folded, end, folded.size);
    bool desk = false;
    size_t found = 0;
    if (kinds & (RUNUT_CUE_WRITER | RUNUT_CUE_BY)) {
        rest = skip_outlet(folded, rest, &byline->outlet);
        found = runut_byline_names(arena, rest, &byline->writers, &byline->outlet, &desk);
        if (!found && strong && (kinds & RUNUT_CUE_WRITER))
            found = read_initials(arena, rest, &byline->writers);
    } else if (kinds & RUNUT_CUE_EDITOR) {
        found = runut_byline_names(arena, rest, &byline->editors, NULL, &desk);
    }
    if (found || strong || desk)
        byline->label |= kinds & LABELS;
}

/* "Posted on June 2, 2020 by Ada Lind": a preposition behind the date. */
static bool read_inner_by(runut_arena *arena, runut_slice segment, runut_slice folded, size_t from,
                          runut_byline *byline)
{
    for (size_t i = from; segment.size == folded.size && i + 1 < folded.size; i++) {
        size_t end = 0;
        if (folded.at[i] != ' ' || !(runut_cue_at(folded, i + 1, &end) & RUNUT_CUE_BY) ||
            !runut_utf8_starts_upper(runut_slice_part(segment, end, segment.size)))
            continue;
        if (runut_byline_names(arena, runut_slice_part(segment, end, segment.size), &byline->writers, &byline->outlet,
                               NULL)) {
            byline->label |= RUNUT_CUE_BY | RUNUT_CUE_WRITER;
            return true;
        }
    }
    return false;
}

/* The label at the segment's start and what follows it; false where there is no label. */
static bool read_segment(runut_arena *arena, runut_slice segment, runut_byline *byline)
{
    runut_slice folded = runut_utf8_fold(arena, segment);
    size_t end = 0;
    bool strong = false;
    uint32_t kinds = runut_cue_at(folded, 0, &end) & LABELS;
    if (!kinds)
        return false;
    size_t start = after_label(folded, end, &strong);
    if (start >= folded.size) {
        byline->only_label |= (kinds & (RUNUT_CUE_WRITER | RUNUT_CUE_BY | RUNUT_CUE_EDITOR)) != 0;
        byline->label |= kinds;
        return true;
    }
    if (kinds & RUNUT_CUE_PUBLISHED && read_inner_by(arena, segment, folded, start, byline))
        return true;
    if (!strong && !(kinds & (RUNUT_CUE_BY | RUNUT_CUE_WRITER | RUNUT_CUE_EDITOR)))
        return (kinds & RUNUT_CUE_PUBLISHED) != 0;
    uint32_t before = byline->label;
    read_labelled(arena, segment, folded, start, kinds, strong, byline);
    return byline->label != before || strong;
}

/* One word of five letters at least: "suarapantai". */
static bool is_word(runut_slice text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.size; letters++)
        if (!runut_code_is_letter(runut_utf8_next(text, &i)))
            return false;
    return letters >= 5;
}

/* A line without a label: its first segment may be a name; then another segment is an outlet, a role or a date. */
static bool read_unlabelled(runut_arena *arena, const segments *all, runut_byline *byline)
{
    runut_slice first = all->at[0];
    bool desk = false;
    if (all->size > 4)
        return false;
    if (is_initials(first) && all->size >= 2) {
        RUNUT_PUSH(arena, byline->writers, first);
    } else if (!runut_byline_all_names(arena, first) ||
               runut_byline_names(arena, first, &byline->writers, &byline->outlet, &desk) == 0) {
        byline->outlet = (runut_slice){"", 0};
        return false;
    }
    runut_slice ignored;
    for (size_t i = 1; i < all->size && !byline->outlet.size; i++)
        if ((runut_utf8_starts_upper(all->at[i]) || (i + 1 == all->size && is_word(all->at[i]))) &&
            runut_printed_date(arena, all->at[i], RUNUT_LITERAL(""), &ignored).size == 0)
            byline->outlet = all->at[i];
    byline->plain_name = true;
    return true;
}

/* Cuts the segments again where a label with a colon begins inside them. */
static segments cut_labels(runut_arena *arena, segments all)
{
    segments out = {0};
    for (size_t i = 0; i < all.size; i++) {
        runut_slice segment = all.at[i], folded = runut_utf8_fold(arena, segment);
        size_t start = 0;
        while (folded.size == segment.size && start < segment.size && out.size < MOST_SEGMENTS) {
            size_t end = next_label(folded, start + 1);
            push_segment(arena, &out, segment, start, end);
            start = end;
        }
        if (folded.size != segment.size)
            push_segment(arena, &out, segment, 0, segment.size);
    }
    return out;
}

bool runut_byline_read(runut_arena *arena, runut_slice line, runut_byline *byline)
{
    *byline = (runut_byline){.outlet = {"", 0}};
    line = runut_slice_trim(line);
    if (line.size == 0 || line.size > MOST_LINE)
        return false;
    segments all = cut_labels(arena, cut_segments(arena, line));
    if (all.size == 0)
        return false;
    bool first = false;
    for (size_t i = 0; i < all.size; i++) {
        bool labelled = read_segment(arena, all.at[i], byline);
        if (i == 0)
            first = labelled;
        else if (!labelled && first && !byline->outlet.size && byline->writers.size &&
                 runut_utf8_starts_upper(all.at[i])) {
            runut_slice ignored;
            if (!runut_printed_date(arena, all.at[i], RUNUT_LITERAL(""), &ignored).size)
                byline->outlet = all.at[i];
        }
    }
    if (byline->label & (RUNUT_CUE_WRITER | RUNUT_CUE_BY | RUNUT_CUE_EDITOR))
        return true;
    return !first && read_unlabelled(arena, &all, byline);
}

/* Words that stand in closing brackets like initials but name nobody. */
static bool is_nobody(runut_slice text)
{
    static const char *const all[] = {"red", "adv", "ant",  "end", "and", "the", "ed", "net",
                                      "via", "sic", "end.", "fin", "afp", "ap",  "dpa"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (runut_slice_is(text, all[i]))
            return true;
    return false;
}

bool runut_byline_initials(runut_arena *arena, runut_slice line, runut_slices *authors, size_t *start)
{
    line = runut_slice_trim(line);
    if (line.size < 4 || (line.at[line.size - 1] != ')' && line.at[line.size - 1] != ']'))
        return false;
    char opening = line.at[line.size - 1] == ')' ? '(' : '[';
    size_t open = line.size - 1;
    while (open > 0 && line.size - open < 40 && line.at[open] != opening)
        open--;
    if (line.at[open] != opening)
        return false;
    runut_slice inside = runut_slice_part(line, open + 1, line.size - 1), one;
    size_t found = 0, parts = 0;
    while (runut_slice_field(&inside, '/', &one) && parts++ < MOST_INITIALS) {
        one = runut_slice_trim(one);
        if (is_initials(one) && !is_nobody(one)) {
            runut_byline_push(arena, authors, one);
            found++;
        } else if (!runut_utf8_starts_upper(one) && !is_nobody(one)) {
            return found > 0;
        }
    }
    if (start)
        *start = open;
    return found > 0;
}

bool runut_byline_parse(runut_arena *arena, runut_slice line, bool labelled_only, runut_slices *authors)
{
    runut_byline byline;
    if (!runut_byline_read(arena, line, &byline) || (labelled_only && byline.plain_name))
        return false;
    const runut_slices *names = byline.writers.size ? &byline.writers : &byline.editors;
    for (size_t i = 0; i < names->size; i++)
        runut_byline_push(arena, authors, names->at[i]);
    return true;
}
