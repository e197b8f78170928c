/* Where quotation marks stand and on which side of the words each seems to be.
 *
 * No glyph can be trusted: outlets open with ”, German closes with “, tokenizers tear marks off the words, and ' and ’
 * are mostly apostrophes. So every mark gets three costs (opening, closing, neither) from its glyph, from the spaces
 * around it and from the punctuation before it; quotes_pair.c then finds the cheapest reading of all marks together. */
#include "annotate/quotes.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { GARBAGE_RUN = 3 };

typedef enum glyph_side { SIDE_ANY, SIDE_LEFT, SIDE_RIGHT, SIDE_BRACKET_LEFT, SIDE_BRACKET_RIGHT } glyph_side;

typedef struct glyph {
    const char *text;
    runut_quote_family family;
    glyph_side side;
} glyph;

static const glyph glyphs[] = {
    {"\"", RUNUT_QUOTES_DOUBLE, SIDE_ANY},           {"''", RUNUT_QUOTES_DOUBLE, SIDE_ANY},
    {"``", RUNUT_QUOTES_DOUBLE, SIDE_LEFT},          {"“", RUNUT_QUOTES_DOUBLE, SIDE_LEFT},
    {"”", RUNUT_QUOTES_DOUBLE, SIDE_RIGHT},          {"„", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_LEFT},
    {"‟", RUNUT_QUOTES_DOUBLE, SIDE_LEFT},           {"«", RUNUT_QUOTES_DOUBLE, SIDE_LEFT},
    {"»", RUNUT_QUOTES_DOUBLE, SIDE_RIGHT},          {"＂", RUNUT_QUOTES_DOUBLE, SIDE_ANY},
    {"〝", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_LEFT},  {"〞", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_RIGHT},
    {"〟", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_RIGHT}, {"「", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_LEFT},
    {"」", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_RIGHT}, {"『", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_LEFT},
    {"』", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_RIGHT}, {"｢", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_LEFT},
    {"｣", RUNUT_QUOTES_DOUBLE, SIDE_BRACKET_RIGHT},  {"'", RUNUT_QUOTES_SINGLE, SIDE_ANY},
    {"`", RUNUT_QUOTES_SINGLE, SIDE_LEFT},           {"‘", RUNUT_QUOTES_SINGLE, SIDE_LEFT},
    {"’", RUNUT_QUOTES_SINGLE, SIDE_RIGHT},          {"‚", RUNUT_QUOTES_SINGLE, SIDE_BRACKET_LEFT},
    {"‛", RUNUT_QUOTES_SINGLE, SIDE_LEFT},           {"‹", RUNUT_QUOTES_DOUBLE, SIDE_LEFT},
    {"›", RUNUT_QUOTES_DOUBLE, SIDE_RIGHT},
};

/* First bytes of marks, and the line's end, which is counted: all others are skipped at one look. */
static const bool stops[256] = {['"'] = true,  ['\''] = true, ['`'] = true,  [0xC2] = true,
                                [0xE2] = true, [0xE3] = true, [0xEF] = true, ['\n'] = true};

static const glyph *glyph_at(runut_slice body, size_t at)
{
    if (!stops[(unsigned char)body.at[at]])
        return NULL;
    const glyph *found = NULL;
    runut_slice rest = runut_slice_part(body, at, body.size);
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
        if (glyphs[i].text[0] == rest.at[0] &&
            (rest.size < 2 || !glyphs[i].text[1] || glyphs[i].text[1] == rest.at[1]) &&
            runut_slice_starts(rest, runut_slice_of(glyphs[i].text)) &&
            (!found || strlen(glyphs[i].text) > strlen(found->text)))
            found = &glyphs[i];
    return found;
}

static bool is_word_code(uint32_t code)
{
    return runut_code_is_letter(code) || runut_code_is_digit(code);
}

static bool is_opening_bracket(uint32_t code)
{
    return code == '(' || code == '[' || code == '{' || code == 0xFF08 || code == 0x3014;
}

static bool is_single_mark(uint32_t code)
{
    return code == '\'' || (code >= 0x2018 && code <= 0x201B);
}

static bool is_double_mark(uint32_t code)
{
    return code == '"' || (code >= 0x201C && code <= 0x201F) || code == 0xAB || code == 0xBB || code == 0x2039 ||
           code == 0x203A;
}

static bool ends_clause(uint32_t code)
{
    return code == ',' || code == '.' || code == '?' || code == '!' || code == 0x2026 || code == 0x3002 ||
           code == 0xFF0C || code == 0xFF01 || code == 0xFF1F;
}

static bool is_ideograph(uint32_t code)
{
    return (code >= 0x2E80 && code < 0xFB00) || (code >= 0xFF00 && code < 0xFFF0);
}

/* The code points next to a mark, and the nearest ones beyond spaces on its line (0 = the line's end). */
typedef struct surroundings {
    uint32_t before, after, far_before, far_after;
} surroundings;

static surroundings look_around(runut_slice body, size_t start, size_t end)
{
    enum { REACH = 4 };
    surroundings s = {0};
    size_t at = start;
    for (int i = 0; i < REACH && at > 0; i++) {
        uint32_t code = runut_utf8_before(body, &at);
        if (i == 0)
            s.before = code;
        if (code == '\n' || !runut_code_is_space(code)) {
            s.far_before = code == '\n' ? 0 : code;
            break;
        }
    }
    at = end;
    for (int i = 0; i < REACH && at < body.size; i++) {
        uint32_t code = runut_utf8_next(body, &at);
        if (i == 0)
            s.after = code;
        if (code == '\n' || !runut_code_is_space(code)) {
            s.far_after = code == '\n' ? 0 : code;
            break;
        }
    }
    return s;
}

static void add_cost(uint8_t *cost, int more)
{
    *cost = (uint8_t)(*cost + more);
}

static void judge_spacing(runut_quote_mark *mark, surroundings s)
{
    bool left = s.before && !runut_code_is_space(s.before) && !is_opening_bracket(s.before) && s.before != 0x2013 &&
                s.before != 0x2014;
    bool right = s.after && (is_word_code(s.after) || is_opening_bracket(s.after) || is_single_mark(s.after) ||
                             is_double_mark(s.after) || s.after == '#' || s.after == '@' || s.after == '$' ||
                             s.after == 0x2026 || s.after == 0xA1 || s.after == 0xBF);
    mark->glued = left != right;
    if (left && !right) {
        mark->open = 6;
    } else if (right && !left) {
        mark->close = 6;
    } else if (left && is_ideograph(s.before)) {
        mark->open = mark->close = 1;
    } else if (left) { /* glued on both sides: a space was forgotten */
        mark->open = mark->close = 2;
        if (ends_clause(s.before) && s.before != ',')
            mark->open = 4;
        if (s.before == ':')
            mark->close = 5;
        if (s.before == ',' && runut_code_is_lower(s.after))
            mark->open = 4;
        if (is_word_code(s.before) && s.before != 'a' && runut_code_is_lower(s.after))
            mark->ignore = 3;
    } else { /* torn off: what stands before the space must tell */
        mark->open = mark->close = 1;
        if (s.far_before == ',' && runut_code_is_lower(s.far_after))
            mark->open = 5;
        else if ((s.far_before == '?' || s.far_before == '!') && runut_code_is_lower(s.far_after))
            mark->open = 5;
        else if (s.far_before == ':')
            mark->close = 5;
        else if (is_word_code(s.far_before) && runut_code_is_upper(s.far_after))
            mark->close = 2;
    }
}

static void judge_side(runut_quote_mark *mark, glyph_side side)
{
    mark->is_right = side == SIDE_RIGHT || side == SIDE_BRACKET_RIGHT;
    if (side == SIDE_LEFT)
        add_cost(&mark->close, 2);
    if (side == SIDE_RIGHT)
        add_cost(&mark->open, 2);
    if (side == SIDE_BRACKET_LEFT)
        mark->open = 0, mark->close = 12;
    if (side == SIDE_BRACKET_RIGHT)
        mark->close = 0, mark->open = 12;
}

/* An inch or second sign: 5'11", 27" */
static void judge_measure(runut_quote_mark *mark, surroundings s, glyph_side side)
{
    if (side == SIDE_ANY && runut_code_is_digit(s.before) && !is_word_code(s.after))
        mark->ignore = 1;
}

/* Single marks count only where they cling to a word on one side; between letters they are apostrophes. */
static bool judge_single(runut_quote_mark *mark, surroundings s, glyph_side side)
{
    bool word_before = is_word_code(s.before), word_after = is_word_code(s.after);
    if ((word_before && word_after) || (side != SIDE_BRACKET_LEFT && !mark->glued))
        return is_double_mark(s.before) || is_double_mark(s.after);
    mark->ignore = 2;
    bool s_before = s.before == 's' || s.before == 'S' || s.before == 'z' || s.before == 'x' || s.before == 'n';
    if (s_before && s.after == ' ' && (side == SIDE_RIGHT || side == SIDE_ANY)) {
        add_cost(&mark->close, 2); /* the masters' duty, goin' */
        mark->ignore = 0;
    }
    if (runut_code_is_digit(s.before) && side != SIDE_LEFT)
        mark->ignore = 0; /* 5', 30' */
    if (side == SIDE_RIGHT && mark->close >= 6)
        mark->ignore = 0; /* ’90s, ’tis */
    return true;
}

static bool same_family_next(runut_slice body, size_t at, runut_quote_family family)
{
    const glyph *g = at < body.size ? glyph_at(body, at) : NULL;
    return g && g->family == family;
}

/* Takes marks that touch for one; a longer run is an ornament. Returns where it ends, `*garbage` set for ornaments. */
static size_t run_end(runut_slice body, size_t start, const glyph *first, bool *garbage)
{
    size_t end = start + strlen(first->text);
    int count = 1;
    bool bracket = first->side == SIDE_BRACKET_LEFT || first->side == SIDE_BRACKET_RIGHT;
    while (!bracket && same_family_next(body, end, first->family)) {
        const glyph *g = glyph_at(body, end);
        if (g->side == SIDE_BRACKET_LEFT || (g->side == SIDE_LEFT && first->side == SIDE_RIGHT))
            break;
        end += strlen(g->text);
        count++;
    }
    *garbage = count >= GARBAGE_RUN;
    return end;
}

static bool judge(runut_slice body, runut_quote_mark *mark, const glyph *g)
{
    surroundings s = look_around(body, mark->start, mark->end);
    mark->ignore = 4;
    mark->line_start = s.far_before == 0;
    judge_spacing(mark, s);
    judge_side(mark, g->side);
    judge_measure(mark, s, g->side);
    return g->family == RUNUT_QUOTES_DOUBLE || judge_single(mark, s, g->side);
}

void runut_quotes_scan(runut_arena *arena, runut_slice body, runut_quote_family family, size_t *offset,
                       runut_quote_marks *marks)
{
    uint32_t breaks = 0;
    size_t at = *offset;
    marks->size = 0;
    while (marks->size < RUNUT_QUOTES_BLOCK) {
        while (at < body.size && !stops[(unsigned char)body.at[at]])
            at++;
        if (at >= body.size)
            break;
        const glyph *g = glyph_at(body, at);
        if (!g) {
            breaks += body.at[at++] == '\n';
            continue;
        }
        bool garbage;
        runut_quote_mark mark = {.start = (uint32_t)at};
        at = run_end(body, at, g, &garbage);
        mark.end = (uint32_t)at;
        bool doubled = at - mark.start > strlen(g->text);
        if (g->family != family || garbage || !judge(body, &mark, g) || (doubled && !mark.glued))
            continue;
        mark.breaks = (uint16_t)(breaks > UINT16_MAX ? UINT16_MAX : breaks);
        breaks = 0;
        RUNUT_PUSH(arena, *marks, mark);
    }
    *offset = at;
}

/* `outer` keeps what is not inside of the other list; both are in order. Of two that cross, the double one stays. */
static void merge(runut_arena *arena, const runut_quotes *doubles, const runut_quotes *singles, runut_quotes *out)
{
    size_t i = 0, k = 0;
    uint32_t covered = 0;
    while (i < doubles->size || k < singles->size) {
        const runut_quote *d = i < doubles->size ? &doubles->at[i] : NULL;
        const runut_quote *s = k < singles->size ? &singles->at[k] : NULL;
        const runut_quote *next = d;
        if (s && (!d || s->outer.start < d->outer.start)) {
            k++;
            bool crosses = d && s->outer.end > d->outer.start && s->outer.end < d->outer.end;
            next = crosses ? NULL : s;
        } else {
            i++;
        }
        if (!next || next->outer.start < covered)
            continue;
        RUNUT_PUSH(arena, *out, *next);
        covered = next->outer.end;
    }
}

void runut_quotes_find(runut_arena *arena, runut_slice body, runut_quotes *quotes)
{
    runut_quotes found[2] = {0};
    runut_quote_marks marks = {0};
    for (int family = RUNUT_QUOTES_DOUBLE; family <= RUNUT_QUOTES_SINGLE; family++)
        for (size_t offset = 0; offset < body.size;) {
            runut_quotes_scan(arena, body, (runut_quote_family)family, &offset, &marks);
            size_t settled = runut_quotes_pair(arena, body, &marks, &found[family]);
            offset = settled ? settled : offset;
        }
    merge(arena, &found[0], &found[1], quotes);
}
