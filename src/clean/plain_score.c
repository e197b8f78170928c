/* How well each state fits each line. The numbers are nats, set by hand: 1 is a hint, 3 is good evidence, 6 is certain.
 * `textness` says running text or not; the states before, between and after take its negative. */
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/cues.h"
#include "clean/plain.h"

enum {
    POINTERS = RUNUT_CUE_READ | RUNUT_CUE_LIST | RUNUT_CUE_SHARE | RUNUT_CUE_AD | RUNUT_CUE_TAGS | RUNUT_CUE_COPYRIGHT |
               RUNUT_CUE_COMMENT | RUNUT_CUE_PROMO | RUNUT_CUE_NAV | RUNUT_CUE_TIME | RUNUT_CUE_EMBED |
               RUNUT_CUE_PREVNEXT | RUNUT_CUE_BIO | RUNUT_CUE_PUBLISHED | RUNUT_CUE_CREDIT | RUNUT_CUE_DISCLAIMER,
    LABELLED = RUNUT_CUE_READ | RUNUT_CUE_LIST | RUNUT_CUE_SHARE | RUNUT_CUE_TAGS | RUNUT_CUE_COPYRIGHT |
               RUNUT_CUE_COMMENT | RUNUT_CUE_TIME | RUNUT_CUE_PREVNEXT | RUNUT_CUE_AD | RUNUT_CUE_BIO |
               RUNUT_CUE_CREDIT | RUNUT_CUE_DISCLAIMER | RUNUT_CUE_EMBED | RUNUT_CUE_PUBLISHED | RUNUT_CUE_EDITOR |
               RUNUT_CUE_PHOTO,
    ENDING = RUNUT_CUE_TAGS | RUNUT_CUE_COPYRIGHT | RUNUT_CUE_COMMENT | RUNUT_CUE_BIO | RUNUT_CUE_DISCLAIMER |
             RUNUT_CUE_PREVNEXT,
    NAMING = RUNUT_CUE_WRITER | RUNUT_CUE_BY | RUNUT_CUE_EDITOR
};

bool runut_plain_heads_list(const runut_plain_line *line)
{
    uint32_t kinds = line->whole & (RUNUT_CUE_LIST | RUNUT_CUE_READ | RUNUT_CUE_PREVNEXT);
    if (kinds)
        return true;
    if (!(line->first & (RUNUT_CUE_LIST | RUNUT_CUE_READ)) || line->stop || line->words > 7)
        return false;
    return line->colon || (line->capitals && line->words <= 4);
}

static float by_length(const runut_plain_line *line)
{
    if (line->stop) {
        float base = line->words >= 25   ? 4.0f
                     : line->words >= 12 ? 3.0f
                     : line->words >= 6  ? 2.0f
                     : line->words >= 3  ? 1.2f
                                         : 0.3f;
        return line->question && line->words < 12 && !line->quote && line->sentences == 0 ? base * 0.7f : base;
    }
    if (line->words >= 40)
        return 2.5f;
    if (line->words >= 22)
        return 1.2f;
    return line->words >= 14 ? -0.5f : line->words >= 6 ? -2.0f : -2.2f;
}

static float by_form(const runut_plain_line *line)
{
    float t = by_length(line);
    t += line->sentences >= 1 ? 1.0f : 0.0f;
    t += line->quote && line->words >= 4 ? 0.5f : 0.0f;
    if (!line->stop) {
        t -= line->separators >= 2 ? 2.0f : 0.0f;
        t -= line->gaps >= 2 ? 2.0f : line->gaps ? 0.7f : 0.0f;
        t -= line->words >= 4 && line->upper * 10 > line->words * 7 ? 0.7f : 0.0f;
        t -= line->form_label ? (line->label_repeated ? 2.5f : 1.0f) : 0.0f;
        t -= line->starts_digit && line->words < 14 ? 0.4f : 0.0f;
    }
    t -= line->capitals ? 1.5f : 0.0f;
    t -= line->address && line->words < 25 ? 1.5f : 0.0f;
    t -= line->bracketed ? 4.0f : 0.0f;
    t -= line->starts_mark && line->words < 25 ? 1.0f : 0.0f;
    t -= line->repeated && line->words < 30 ? 2.0f : 0.0f;
    if (line->words >= 8 && line->common >= 0)
        t += line->common < 0.04f   ? (line->stop && line->starts_upper && line->words < 14 ? -1.2f : -2.5f)
             : line->common > 0.15f ? 0.5f
                                    : 0.0f;
    return t;
}

static float set(runut_plain_line *line, float value, const char *why)
{
    line->why = why;
    return value;
}

/* Cues that settle it; 0 where there are none. */
static float by_cues(runut_plain_line *line)
{
    bool brief = line->words <= 45;
    if (line->whole & POINTERS)
        return set(line, -6, "label or button");
    if (line->glued)
        return set(line, -7, "glued link");
    if (line->label && (line->first & LABELLED) && brief && !(line->first & (RUNUT_CUE_WRITER | RUNUT_CUE_BY)))
        return set(line, -6,
                   line->first & RUNUT_CUE_READ   ? "read-also link"
                   : line->first & RUNUT_CUE_TAGS ? "tags"
                                                  : "labelled line");
    if ((line->first | line->ending) & RUNUT_CUE_COPYRIGHT && brief)
        return set(line, -6, "copyright");
    if ((line->first & (RUNUT_CUE_AD | RUNUT_CUE_PREVNEXT)) && line->words <= 20 && !line->stop)
        return set(line, -5, line->first & RUNUT_CUE_AD ? "advertisement" : "previous or next article");
    if ((line->first & RUNUT_CUE_READ) && !line->stop && line->first_size > 4 && line->words <= 25)
        return set(line, -4.5f, "read-also link");
    if ((line->first & RUNUT_CUE_LIST) && !line->stop && line->words <= 8)
        return set(line, -4, "heading of a list");
    if ((line->first & (RUNUT_CUE_TAGS | RUNUT_CUE_COMMENT | RUNUT_CUE_EMBED)) && !line->stop && line->words <= 12)
        return set(line, -3.5f, "tags or comments");
    if ((line->first & RUNUT_CUE_SHARE) && !line->stop && line->words <= 12)
        return set(line, -4, "share bar");
    if ((line->any & RUNUT_CUE_TIME) && (!line->stop || line->words <= 6) && line->words <= 8)
        return set(line, -4, "reading time or views");
    return 0;
}

/* Cues that only weaken. */
static float hints(runut_plain_line *line)
{
    float t = 0;
    if (line->promos && line->words <= 45) {
        t -= (line->first & RUNUT_CUE_PROMO) ? 4.0f : 1.2f;
        t -= line->promos > 1 ? 3.5f : 0.0f;
        t -= line->words <= 14 && !line->quote ? 1.0f : 0.0f;
        line->why = t <= -2 ? "asks to follow or subscribe" : line->why;
        line->told |= t <= -2;
    }
    if ((line->any & RUNUT_CUE_BIO) && line->words <= 45)
        t -= 2.5f;
    if ((line->first & RUNUT_CUE_DISCLAIMER) && line->first_size > 5)
        t -= 3.0f;
    if (line->navs > (line->words > 4 ? 1u : 0u) && !line->stop && line->words <= 14)
        t -= 1.5f;
    bool sentence = line->stop && !line->question && line->words >= 7; /* "Line 3 runs again from Monday." */
    if ((line->first & (RUNUT_CUE_SHARE | RUNUT_CUE_COMMENT)) && line->words <= 12 && !sentence)
        t -= 2.0f;
    if ((line->any & RUNUT_CUE_READ) && !line->stop && (line->gaps || line->separators))
        t -= 1.5f;
    return t;
}

static bool is_named(const runut_plain_line *line)
{
    return line->is_byline && !line->byline.plain_name && (line->byline.label & NAMING);
}

static float textness(runut_plain_line *line)
{
    line->told = true;
    if (line->caption)
        return set(line, -4, "caption or picture credit");
    if (is_named(line) && !(line->stop && line->words > 14))
        return set(line, -5, "by-line");
    if (line->date.size)
        return set(line, -4, "date line");
    float t = by_cues(line);
    if (t < 0)
        return t;
    line->told = line->bracketed;
    line->why = line->stop ? "sentences" : "short line without a full stop";
    t = by_form(line) + hints(line);
    if (line->dateline >= 2 && t < 1)
        t = 1;
    if (line->biography)
        t = set(line, t - 5, "about the author or the outlet");
    return t < -7 ? -7 : t;
}

/* Is a word of it an address without "http": "dicetak dari kabarmuara.id/daerah/40221"? */
static bool has_path(runut_slice text)
{
    bool dot = false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == ' ')
            dot = false;
        else if (text.at[i] == '.')
            dot = i > 0 && text.at[i - 1] != ' ' && text.at[i - 1] != '.';
        else if (text.at[i] == '/' && dot && i + 1 < text.size && text.at[i + 1] != ' ' && text.at[i - 1] != '.')
            return true;
    }
    return false;
}

/* The outlet's name or its slogan: a noun for media, and hardly a word of the report. */
static bool is_slogan(const runut_plain_line *line)
{
    return (line->any & RUNUT_CUE_MEDIA) && line->words > 4 && line->words <= 8 && line->shared < 0.2f && !line->stop;
}

static bool starts_small(const runut_plain_line *line)
{
    return line->lower > 0 && !line->starts_upper && !line->starts_digit && !line->starts_mark && !line->quote &&
           runut_code_is_lower(runut_utf8_next(line->text, &(size_t){0}));
}

/* How much the line looks like a headline. */
static float headline(const runut_plain_line *line)
{
    float h = line->words > 30   ? -3.0f
              : line->words > 20 ? 1.5f
              : line->words >= 5 ? 3.0f
              : line->words == 4 ? 2.0f
              : line->words == 3 ? 1.6f
                                 : -1.0f;
    if (line->stop && !line->question)
        h -= line->words > 12 ? 5.0f : 3.5f;
    h += 2.5f * line->shared;
    h -= line->separators >= 2 ? 4.0f : line->separators ? 1.0f : 0.0f;
    h -= line->gaps >= 2 ? 3.0f : line->gaps ? 1.0f : 0.0f;
    h -= line->whole & ~(uint32_t)RUNUT_CUE_MEDIA ? 5.0f : 0.0f;
    h -= line->label && (line->first & (LABELLED | NAMING)) ? 3.0f : 0.0f;
    h -= is_named(line) ? 5.0f : 0.0f;
    h -= line->is_byline && line->byline.plain_name && line->words <= 4 ? 1.0f : 0.0f;
    h -= line->is_byline && line->byline.plain_name && line->byline.outlet.size && line->words <= 7 ? 1.5f : 0.0f;
    h -= line->date.size ? 6.0f : 0.0f;
    h -= line->caption ? 4.0f : 0.0f;
    h -= line->bracketed || line->address ? 3.0f : 0.0f;
    h -= line->glued ? 5.0f : 0.0f;
    h -= (line->any & RUNUT_CUE_MEDIA) && line->words <= 4 ? 1.5f : 0.0f;
    h -= runut_byline_is_domain(line->text) ? 6.0f : 0.0f;
    h -= line->capitals && line->words <= 3 ? 1.5f : 0.0f;
    size_t blank = runut_slice_find(line->text, RUNUT_LITERAL(" "), 0);
    h -= blank != SIZE_MAX && runut_byline_is_domain(runut_slice_part(line->text, 0, blank)) ? 4.0f : 0.0f;
    h -= line->promos ? 2.5f : 0.0f;
    h -= (line->navs > (line->words > 3 ? 1u : 0u) || (line->any & RUNUT_CUE_TIME)) && line->words <= 8 ? 1.5f : 0.0f;
    h -= line->dateline >= 3 ? 4.0f : 0.0f;
    h -= line->starts_mark ? 1.0f : 0.0f;
    h -= has_path(line->text) ? 4.0f : 0.0f;
    h -= is_slogan(line) ? 1.5f : 0.0f;
    h -= starts_small(line) ? 3.5f : 0.0f;
    h -= line->shared <= 0 && line->words >= 4 && line->words <= 8 ? 1.5f : 0.0f;
    h += line->heading || runut_plain_title_label(line->text) ? 4.0f : 0.0f;
    return h;
}

static float insert(const runut_plain_line *line, bool in_list)
{
    float t = line->textness;
    if ((line->first | line->whole) & ENDING && t <= -3)
        return -1;
    if (is_named(line) || line->date.size)
        return -2;
    if (line->label && (line->first & RUNUT_CUE_READ) && !line->colon)
        return -t + 0.8f; /* "Read also: …" stands inside the text rather than behind it */
    return t <= -3 || in_list ? -t : -t - 2.2f;
}

static void emit(runut_plain_line *line, bool in_list)
{
    float t = line->textness, h = headline(line);
    bool header = is_named(line) || line->date.size;
    bool menu = (line->whole & RUNUT_CUE_NAV) ||
                ((line->separators >= 2 || line->gaps >= 2) && !(line->any & (RUNUT_CUE_SHARE | RUNUT_CUE_TIME)));
    line->emission[RUNUT_PLAIN_BEFORE] = -t - (h > 0 ? 0.7f * h : 0) - (is_named(line) ? 0.5f : 0.0f);
    bool phrase = line->words >= 6 && line->lower * 3 >= line->words && !line->separators && !line->gaps && t > -3;
    line->emission[RUNUT_PLAIN_BEFORE] -= phrase ? 1.5f : 0.0f; /* menus are no phrases */
    line->emission[RUNUT_PLAIN_HEAD] = h;
    line->emission[RUNUT_PLAIN_MID] =
        (t > 0 ? -t * 0.5f : -t) - (h > 0 ? 0.25f * h : 0) + (header ? 1.0f : 0.0f) - (menu && !header ? 3.0f : 0.0f);
    line->emission[RUNUT_PLAIN_BODY] = t;
    line->emission[RUNUT_PLAIN_INSERT] = insert(line, in_list);
    line->emission[RUNUT_PLAIN_AFTER] = t > 2 ? -2.0f : -t;
}

/* A short line right above running text may be a sub-heading of the text. */
static bool is_subheading(const runut_plain_line *line, const runut_plain_line *next)
{
    return next && line->why && !line->stop && line->textness > -3 && line->words <= 10 && line->separators == 0 &&
           line->gaps == 0 && !line->form_label && !line->capitals && !line->promos && next->textness >= 1.5f;
}

/* Names that a later line may begin with: then it tells of the writer. Only what a labelled by-line names. */
static runut_slice known_writer(const runut_plain *self, size_t *from)
{
    for (size_t i = 0; i < self->size && i < 40; i++) {
        const runut_plain_line *line = &self->lines[i];
        if (!line->is_byline || !line->byline.writers.size)
            continue;
        const runut_plain_line *next = i + 1 < self->size ? &self->lines[i + 1] : line;
        bool sure = is_named(line) || (next->is_byline && next->byline.only_label) ||
                    (next->date.size && line->words >= 2) || (next->any & RUNUT_CUE_ROLE && next->words <= 5);
        *from = i + 1;
        if (sure && line->byline.writers.at[0].size > 5)
            return line->byline.writers.at[0];
    }
    return (runut_slice){"", 0};
}

/* "KABAR MUARA is an independent medium …" near the end: begins with the first line or the agency in the dateline. */
static void mark_outlet_notes(runut_plain *self)
{
    runut_slice names[2] = {{"", 0}, {"", 0}};
    if (self->size < 4)
        return;
    if (self->lines[0].words <= 5 && !self->lines[0].stop)
        names[0] = self->lines[0].text;
    for (size_t i = 0; i < self->size && !names[1].size; i++) {
        runut_slice head =
            runut_slice_part(self->lines[i].text, 0, self->lines[i].dateline > 0 ? self->lines[i].dateline_size : 0);
        size_t open = runut_slice_find(head, RUNUT_LITERAL("("), 0),
               close = runut_slice_find(head, RUNUT_LITERAL(")"), 0);
        if (close != SIZE_MAX && open < close)
            names[1] = runut_slice_part(head, open + 1, close);
    }
    for (size_t i = self->size > 6 ? self->size - 6 : 3; i < self->size; i++)
        for (int k = 0; k < 2; k++)
            if (names[k].size > 5 && self->lines[i].words < 60 &&
                runut_slice_starts_nocase(self->lines[i].text, names[k]))
                self->lines[i].biography = true;
}

static void mark_biographies(runut_plain *self)
{
    size_t from = 0, found = 0, last = 0;
    runut_slice writer = known_writer(self, &from);
    if (!writer.size)
        return;
    for (size_t i = from; i < self->size; i++)
        if (runut_slice_starts(self->lines[i].text, writer) && self->lines[i].words < 70) {
            found++;
            last = i;
        }
    if (found && found <= 2 && last > from + 1)
        self->lines[last].biography = true;
}

/* Do blank lines part paragraphs here? Where one stands between all lines they tell nothing. */
static bool blanks_tell(const runut_plain *self)
{
    size_t blanks = 0;
    for (size_t i = 0; i < self->size; i++)
        blanks += self->lines[i].blank_before;
    return blanks * 10 < self->size * 9;
}

void runut_plain_score(runut_plain *self)
{
    mark_biographies(self);
    mark_outlet_notes(self);
    for (size_t i = 0; i < self->size; i++)
        self->lines[i].textness = textness(&self->lines[i]);
    bool in_list = false, blanks = blanks_tell(self);
    for (size_t i = 0; i < self->size; i++) {
        runut_plain_line *line = &self->lines[i];
        const runut_plain_line *next = i + 1 < self->size ? line + 1 : NULL;
        bool heads = runut_plain_heads_list(line);
        bool asks = line->question && line->words < 14 && !line->quote && line->sentences == 0;
        if ((line->textness > 0.5f && !asks) ||
            (blanks && line->blank_before && !heads && i && !runut_plain_heads_list(line - 1)))
            in_list = false;
        if (in_list && !heads) {
            line->textness = line->textness > -1 ? -1 : line->textness - 1;
            line->why = "in a list of articles";
            line->told = true;
        } else if (is_subheading(line, next)) {
            line->textness = line->textness < -1.2f ? -1.2f : line->textness;
        }
        in_list |= heads;
        emit(line, in_list && !heads);
    }
}
