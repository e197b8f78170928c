/* Headline, authors and date from the lines once their states are known. */
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/cues.h"
#include "clean/plain.h"

enum {
    MOST_AUTHORS = 16,
    NAMING = RUNUT_CUE_WRITER | RUNUT_CUE_BY | RUNUT_CUE_EDITOR,
    WRITING = RUNUT_CUE_WRITER | RUNUT_CUE_BY
};

/* "TITLE: …", "Judul: …" of databases and forms: bytes up to the headline, 0 = no such label. */
size_t runut_plain_title_label(runut_slice text)
{
    static const char *const labels[] = {"title",   "headline", "hed",    "judul",   "tajuk",       "título",
                                         "titulo",  "titre",    "titel",  "titolo",  "başlık",      "заголовок",
                                         "tiêu đề", "标题",     "見出し", "titular", "überschrift", "schlagzeile",
                                         "tytuł",   "titlu",    "otsikko"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t size = strlen(labels[i]);
        if (!runut_slice_starts_nocase(text, runut_slice_of(labels[i])))
            continue;
        while (size < text.size && text.at[size] == ' ')
            size++;
        bool wide = runut_slice_starts(runut_slice_part(text, size, text.size), RUNUT_LITERAL("："));
        if (!wide && (size >= text.size || text.at[size] != ':'))
            continue;
        size += wide ? 3 : 1;
        while (size < text.size && text.at[size] == ' ')
            size++;
        return size < text.size ? size : 0;
    }
    return 0;
}

/* The headline without the outlet's name behind a bar or dash. */
static runut_slice clean_headline(runut_arena *arena, runut_slice text, runut_slice publisher)
{
    text = runut_slice_part(text, runut_plain_title_label(text), text.size);
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " · "};
    for (size_t m = 0; publisher.size && m < sizeof marks / sizeof *marks; m++) {
        runut_slice mark = runut_slice_of(marks[m]);
        size_t last = SIZE_MAX;
        for (size_t at = runut_slice_find(text, mark, 0); at != SIZE_MAX; at = runut_slice_find(text, mark, at + 1))
            last = at;
        if (last != SIZE_MAX && last > 0 &&
            runut_plain_same_outlet(arena, runut_slice_part(text, last + mark.size, text.size), publisher))
            return runut_slice_part(text, 0, last);
    }
    return text;
}

/* Does `name` stand in the text itself, away from the by-lines? Then it is a person or a place of the report. */
static bool told_of(const runut_plain *self, runut_slice name)
{
    for (size_t i = 0; i < self->size; i++) {
        const runut_plain_line *line = &self->lines[i];
        if ((line->state == RUNUT_PLAIN_BODY || line->state == RUNUT_PLAIN_HEAD) && !line->biography &&
            runut_slice_find_nocase(runut_slice_part(line->text, 0, 1 << 14), name, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static void push_all(runut_arena *arena, runut_slices *to, const runut_slices *names)
{
    for (size_t i = 0; i < names->size && to->size < MOST_AUTHORS; i++)
        runut_byline_push(arena, to, names->at[i]);
}

static size_t words_in(runut_slice text)
{
    size_t words = text.size > 0;
    for (size_t i = 0; i < text.size; i++)
        words += text.at[i] == ' ';
    return words;
}

/* Is line `i` a label of one of `kinds` and nothing else? */
static bool only_label(const runut_plain *self, size_t i, uint32_t kinds)
{
    const runut_byline *byline = i < self->size ? &self->lines[i].byline : NULL;
    return byline && self->lines[i].is_byline && byline->only_label && !byline->writers.size && (byline->label & kinds);
}

/* Right between headline and text, where nothing but the writer stands alone. */
static bool is_between(const runut_plain *self, size_t i)
{
    return i > 0 && i + 1 < self->size && self->lines[i - 1].state == RUNUT_PLAIN_HEAD &&
           self->lines[i + 1].state == RUNUT_PLAIN_BODY;
}

static bool is_shouted(runut_slice name)
{
    for (size_t i = 0; i < name.size;)
        if (runut_code_is_lower(runut_utf8_next(name, &i)))
            return false;
    return true;
}

/* A name without a label between headline and text: believed by what stands beside it. */
static bool believe_name(const runut_plain *self, size_t i)
{
    const runut_plain_line *line = &self->lines[i];
    runut_slice name = line->byline.writers.at[0];
    if (only_label(self, i + 1, WRITING) || (i > 0 && only_label(self, i - 1, WRITING)))
        return true;
    if (i > 0 && only_label(self, i - 1, RUNUT_CUE_EDITOR))
        return false;
    bool initials = name.size <= 4 && !runut_utf8_starts_upper(name);
    if (initials)
        return line->byline.outlet.size > 0;
    if (line->words > 12 || line->stop)
        return false;
    bool role = i + 1 < self->size && (self->lines[i + 1].any & RUNUT_CUE_ROLE) && self->lines[i + 1].words <= 6;
    bool alone = line->words == words_in(name);
    bool solid = (unsigned char)name.at[0] >= 0xE3;
    size_t at = line->date.size ? runut_slice_find(line->text, name, 0) : SIZE_MAX;
    bool weekday = at != SIZE_MAX && (runut_slice_find(line->printed, name, 0) != SIZE_MAX ||
                                      (at + name.size < line->text.size && line->text.at[at + name.size] == ','));
    if (weekday)
        return false;
    if (words_in(name) < 2 && !solid)
        return role;
    if (line->capitals && alone && !role && !(is_between(self, i) && words_in(name) <= 4 && !line->any))
        return false;
    if (!line->capitals && !alone && is_shouted(name)) /* "KUALA LUMPUR - updated 8:15" */
        return false;
    if (line->label || (line->first & ~(uint32_t)(RUNUT_CUE_BY | RUNUT_CUE_WRITER | RUNUT_CUE_ROLE)))
        return false;
    return !told_of(self, name) && (!solid || line->date.size || role);
}

/* Names on the line before or after a label that stands alone. */
static void beside_label(runut_plain *self, size_t i, runut_slices *writers)
{
    for (int side = 0; side < 2; side++) {
        size_t at = side ? i + 1 : i - 1;
        if ((side == 0 && i == 0) || at >= self->size)
            continue;
        runut_plain_line *line = &self->lines[at];
        if (line->state != RUNUT_PLAIN_HEAD && !line->author && line->words <= 8 && line->is_byline &&
            line->byline.writers.size) {
            push_all(self->arena, writers, &line->byline.writers);
            line->author = true;
            return;
        }
    }
}

/* Above the headline a name counts only with its outlet behind it and a date line below. */
static bool dated_beside(const runut_plain *self, size_t i)
{
    return self->lines[i].byline.outlet.size && i + 1 < self->size && self->lines[i + 1].date.size;
}

static void read_bylines(runut_plain *self, runut_slices *writers, runut_slices *editors)
{
    bool listed = false;
    for (size_t i = 0; i < self->size && !listed; i++) {
        runut_plain_line *line = &self->lines[i];
        size_t before_names = writers->size + editors->size;
        bool mid = line->state == RUNUT_PLAIN_MID,
             late = line->state == RUNUT_PLAIN_AFTER || line->state == RUNUT_PLAIN_INSERT;
        bool before = line->state == RUNUT_PLAIN_BEFORE;
        listed = line->state == RUNUT_PLAIN_AFTER && runut_plain_heads_list(line);
        if (!line->is_byline || (!mid && !late && !before))
            continue;
        if (line->byline.only_label && !before && !line->byline.writers.size) {
            beside_label(self, i, only_label(self, i, WRITING) ? writers : editors);
            continue;
        }
        bool weak = !(line->byline.label & (NAMING & ~(uint32_t)RUNUT_CUE_BY)) && !mid &&
                    (before ? line->words <= 2 : line->words > 5);
        if (!line->byline.plain_name && !weak) {
            push_all(self->arena, writers, &line->byline.writers);
            push_all(self->arena, editors, &line->byline.editors);
        } else if (line->byline.plain_name && (mid || (before && dated_beside(self, i))) && line->byline.writers.size &&
                   believe_name(self, i)) {
            push_all(self->arena, writers, &line->byline.writers);
        }
        line->author |= writers->size + editors->size > before_names;
    }
}

/* Initials in the brackets that end the text, or on a line of their own soon after. */
static void read_initials(const runut_plain *self, runut_slices *writers)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < self->size; i++)
        if (self->lines[i].state == RUNUT_PLAIN_BODY)
            last = i;
    if (last == SIZE_MAX)
        return;
    runut_byline_initials(self->arena, self->lines[last].text, writers, NULL);
    for (size_t i = last + 1; i < self->size && i < last + 8 && !runut_plain_heads_list(&self->lines[i]); i++)
        if (self->lines[i].words <= 4)
            runut_byline_initials(self->arena, self->lines[i].text, writers, NULL);
}

/* Where scripts without blanks are written the writer stands in the dateline: "（记者王小明、李红）", "홍서윤 기자 =".
 */
static void read_dateline_writers(const runut_plain *self, runut_slices *writers)
{
    size_t i = 0;
    while (i < self->size && self->lines[i].state != RUNUT_PLAIN_BODY)
        i++;
    if (i == self->size)
        return;
    runut_slice text = runut_slice_part(self->lines[i].text, 0, 160);
    size_t chinese = runut_slice_find(text, RUNUT_LITERAL("记者"), 0);
    chinese = chinese == SIZE_MAX ? runut_slice_find(text, RUNUT_LITERAL("記者"), 0) : chinese;
    size_t korean = runut_slice_find(text, RUNUT_LITERAL(" 기자"), 0),
           close = runut_slice_find(text, RUNUT_LITERAL(")"), 0);
    if (chinese != SIZE_MAX && chinese < 100) {
        size_t end = text.size;
        static const char *const ends[] = {"）", ")", "电", "報導", "报道", "】"};
        for (size_t k = 0; k < 6; k++) {
            size_t at = runut_slice_find(text, runut_slice_of(ends[k]), chinese);
            end = at < end ? at : end;
        }
        if (end < text.size)
            runut_byline_names(self->arena, runut_slice_part(text, chinese + 6, end), writers, NULL, NULL);
    } else if (korean != SIZE_MAX && close != SIZE_MAX && close < korean && korean - close < 40) {
        runut_byline_names(self->arena, runut_slice_part(text, close + 1, korean), writers, NULL, NULL);
    }
}

/* A name alone right below the text is the writer's, where nobody else is named. */
static void read_signature(runut_plain *self, runut_slices *writers)
{
    for (size_t i = 1; i < self->size; i++) {
        runut_plain_line *line = &self->lines[i];
        if (line->state != RUNUT_PLAIN_AFTER || self->lines[i - 1].state != RUNUT_PLAIN_BODY)
            continue;
        runut_slice name = line->text;
        bool alone = line->is_byline && line->byline.plain_name && line->byline.writers.size == 1 &&
                     words_in(name) >= 2 && words_in(name) <= 4;
        if (alone && !line->capitals && !line->first && !told_of(self, name)) {
            push_all(self->arena, writers, &line->byline.writers);
            line->author = true;
        }
        return;
    }
}

static void read_authors(runut_plain *self, runut_article *article)
{
    runut_slices writers = {0}, editors = {0};
    read_bylines(self, &writers, &editors);
    read_dateline_writers(self, &writers);
    if (!writers.size)
        read_signature(self, &writers);
    read_initials(self, &writers);
    article->authors_from = writers.size ? "by-line" : "editor's line";
    article->authors = writers.size ? writers : editors;
}

static bool is_menu(const runut_plain_line *line)
{
    return !line->caption && (line->separators >= 2 || line->gaps >= 2 || (line->any & RUNUT_CUE_NAV));
}

/* A date above the headline counts unless a menu stands between them: then it is the site's clock. */
static runut_plain_line *date_above(const runut_plain *self, size_t headline)
{
    for (size_t i = headline; i-- > 0 && headline - i <= 4;) {
        if (self->lines[i].date.size)
            return i > 0 || headline == 1 ? &self->lines[i] : NULL;
        if (is_menu(&self->lines[i]))
            return NULL;
    }
    return NULL;
}

static runut_plain_line *date_line(const runut_plain *self)
{
    runut_plain_line *late = NULL;
    size_t headline = 0;
    for (size_t i = 0; i < self->size; i++) {
        runut_plain_line *line = &self->lines[i];
        if (line->state == RUNUT_PLAIN_HEAD)
            headline = i;
        if (line->date.size && line->state == RUNUT_PLAIN_MID)
            return line;
        if (line->state == RUNUT_PLAIN_AFTER && runut_plain_heads_list(line))
            break;
        bool labelled = (line->first & RUNUT_CUE_PUBLISHED) || (line->is_byline && (line->byline.label & NAMING));
        if (line->date.size && labelled && line->state == RUNUT_PLAIN_AFTER && !late)
            late = line;
    }
    runut_plain_line *above = date_above(self, headline);
    return above ? above : late;
}

void runut_plain_fields(runut_plain *self, runut_article *article)
{
    article->publisher = runut_plain_publisher(self);
    for (size_t i = 0; i < self->size; i++)
        if (self->lines[i].state == RUNUT_PLAIN_HEAD)
            article->headline = clean_headline(self->arena, self->lines[i].text, article->publisher);
    article->headline_from = "headline line";
    article->publisher_from = "text";
    read_authors(self, article);
    runut_plain_line *date = date_line(self);
    if (date) {
        date->dated = true;
        article->date_published = date->date;
        article->date_printed = date->printed;
        article->date_from = date->is_byline ? "by-line" : "date line";
    }
}
