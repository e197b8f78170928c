/* A plain-text capture is what somebody got by copy and paste or from a crude extractor: the site's name, menus,
 * headline, standfirst, by-line, date, share bar, caption, the text with pointers and advertisements in it, then tags,
 * related headlines, comments, a copyright line.
 *
 *     SuaraTanjung.com                                BEFORE
 *     Home › Daerah                                   BEFORE
 *     Hari Kedua Pencarian Kapal: 17 Tewas            HEAD
 *     Bagikan: Facebook X                             MID
 *     Petugas di pelabuhan. FOTO: ST/AF               MID
 *     MAJENE – Jumlah korban meninggal …              BODY
 *     Baca juga: Gunung Meletus                       INSERT
 *     Direktur meminta maaf …                         BODY
 *     Penulis: A. Fadlan                              AFTER
 *     Tags: kapal, laut                               AFTER
 *
 * A line alone seldom says what it is: a related headline and a sub-heading look the same. So each line is measured by
 * its form (plain_lines.c: length, ending, capitals, separators), by its words against those of the running text
 * (plain_words.c) and by cues where its language has them (plain_cues.c); from these each state gets a score
 * (plain_score.c), and the path of states with the best sum wins (plain_path.c). Form and path carry a language without
 * any cue list. Every step is linear in the text. */
#include "clean/plain.h"

#include <math.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/cues.h"
#include "clean/stage.h"

enum { NAMING = RUNUT_CUE_WRITER | RUNUT_CUE_BY | RUNUT_CUE_EDITOR };

/* "Sumber: Antara", "– Bernama": whom the news is from, on a line of its own. */
static bool is_credit(const runut_plain_line *line)
{
    if ((line->first & RUNUT_CUE_CREDIT) && (line->label || line->first_size > 8) && line->words >= 2 &&
        line->words <= 16)
        return true;
    bool dash = runut_slice_starts(line->text, RUNUT_LITERAL("-")) ||
                runut_slice_starts(line->text, RUNUT_LITERAL("–")) ||
                runut_slice_starts(line->text, RUNUT_LITERAL("—"));
    return dash && line->words >= 1 && line->words <= 3 && line->lower == 0 && line->digits == 0;
}

static runut_line_role role_in_head(const runut_plain_line *line, runut_slice publisher)
{
    if (line->caption || ((line->first & RUNUT_CUE_PHOTO) && line->first_size > 8 && !line->stop))
        return RUNUT_LINE_CAPTION;
    bool labelled = line->is_byline && !line->byline.plain_name && (line->byline.label & NAMING);
    if (line->is_byline && line->byline.only_label && line->words <= 3)
        return RUNUT_LINE_BYLINE;
    if (line->author || (labelled && !(line->stop && line->words > 14)))
        return RUNUT_LINE_BYLINE;
    if (line->date.size)
        return RUNUT_LINE_DATE;
    if (publisher.size && line->words <= 8 && runut_slice_starts(line->text, publisher))
        return RUNUT_LINE_PUBLISHER;
    if (line->words >= 4 && line->textness > -3 && line->separators < 2 && line->gaps == 0)
        return RUNUT_LINE_STANDFIRST;
    return line->words >= 2 && line->lower && line->textness > -3 && line->gaps == 0 && line->separators == 0 &&
                   !line->first
               ? RUNUT_LINE_STANDFIRST
               : RUNUT_LINE_BOILERPLATE;
}

static runut_line_role role_of(const runut_plain *self, const runut_plain_line *line, runut_slice publisher)
{
    if (line->dated && !line->author)
        return RUNUT_LINE_DATE;
    if (line->author && line->state != RUNUT_PLAIN_BODY)
        return RUNUT_LINE_BYLINE;
    switch (line->state) {
    case RUNUT_PLAIN_HEAD:
        return RUNUT_LINE_HEADLINE;
    case RUNUT_PLAIN_BODY:
        return RUNUT_LINE_BODY;
    case RUNUT_PLAIN_MID:
        return role_in_head(line, publisher);
    case RUNUT_PLAIN_BEFORE:
        if (line->caption)
            return RUNUT_LINE_CAPTION;
        return publisher.size && line->words <= 14 && runut_slice_find_nocase(line->text, publisher, 0) != SIZE_MAX
                   ? RUNUT_LINE_PUBLISHER
                   : RUNUT_LINE_BOILERPLATE;
    default:
        break;
    }
    if (is_credit(line))
        return RUNUT_LINE_CREDIT;
    if (line->caption)
        return RUNUT_LINE_CAPTION;
    bool named = line->is_byline && !line->byline.plain_name && (line->byline.label & NAMING);
    bool initials = line->words <= 4 && runut_byline_initials(self->arena, line->text, &(runut_slices){0}, NULL);
    return named || initials ? RUNUT_LINE_BYLINE : RUNUT_LINE_BOILERPLATE;
}

static const char *why_of(const runut_plain_line *line, runut_line_role role)
{
    switch (role) {
    case RUNUT_LINE_HEADLINE:
        return "looks most like the headline";
    case RUNUT_LINE_STANDFIRST:
        return "between headline and text";
    case RUNUT_LINE_PUBLISHER:
        return "name of the outlet";
    case RUNUT_LINE_CREDIT:
        return "names a source";
    case RUNUT_LINE_BODY:
        return line->dateline > 0 ? "dateline" : line->why;
    default:
        return line->why;
    }
}

static void push_lines(runut_plain *self, runut_article *article)
{
    for (size_t i = 0; i < self->size; i++) {
        const runut_plain_line *line = &self->lines[i];
        runut_line_role role = role_of(self, line, article->publisher);
        runut_line *out = RUNUT_APPEND(self->arena, article->lines);
        *out = (runut_line){.text = line->text,
                            .role = role,
                            .why = why_of(line, role),
                            .score = 1.0f / (1.0f + expf(-line->textness))};
        if (role == RUNUT_LINE_STANDFIRST && !article->standfirst.size)
            article->standfirst = line->text;
    }
}

static void join_body(runut_arena *arena, runut_article *article)
{
    size_t size = 0;
    for (size_t i = 0; i < article->lines.size; i++)
        if (article->lines.at[i].role == RUNUT_LINE_BODY)
            size += article->lines.at[i].text.size + 1;
    char *at = runut_arena_alloc(arena, size + 1), *end = at;
    for (size_t i = 0; i < article->lines.size; i++) {
        runut_slice text = article->lines.at[i].text;
        if (article->lines.at[i].role != RUNUT_LINE_BODY)
            continue;
        if (end > at)
            *end++ = '\n';
        memcpy(end, text.at, text.size);
        end += text.size;
    }
    article->body = (runut_slice){at, (size_t)(end - at)};
}

/* A report, a list of links, or neither. Short ones must say who or when. */
static runut_article_kind kind_of(const runut_plain *self, const runut_article *article)
{
    size_t words = 0, entries = 0;
    bool dateline = false;
    for (size_t i = 0; i < self->size; i++) {
        const runut_plain_line *line = &self->lines[i];
        bool body = line->state == RUNUT_PLAIN_BODY;
        words += body ? line->words : 0;
        dateline |= body && line->dateline > 1;
        entries += !body && line->words >= 4 && line->words <= 30 && !line->label;
    }
    bool told = dateline || article->date_published.size || article->authors.size;
    if (words >= 60 || (words >= 12 && told))
        return RUNUT_KIND_ARTICLE;
    return entries >= 12 ? RUNUT_KIND_LISTING : words >= 12 ? RUNUT_KIND_ARTICLE : RUNUT_KIND_OTHER;
}

void runut_plain_measure(runut_plain *self, runut_slice text)
{
    runut_plain_cut(self, text);
    runut_plain_count(self);
    runut_plain_read(self);
    runut_plain_score(self);
    runut_plain_path(self);
}

void runut_clean_plain(runut_arena *arena, runut_slice text, runut_article *article)
{
    runut_plain self = {.arena = arena, .language = article->language.at ? article->language : (runut_slice){"", 0}};
    runut_plain_measure(&self, text);
    runut_plain_judge(&self);
    runut_plain_path(&self);
    runut_plain_fields(&self, article);
    push_lines(&self, article);
    join_body(arena, article);
    article->kind = kind_of(&self, article);
}
