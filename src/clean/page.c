/* A page as an article: tree, what it states of itself, what its blocks are, and the roles that follow. */
#include "clean/page.h"
#include "base/buffer.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/stage.h"

static const float KEEP = 0.4F; /* as tools/train_blocks.py */
static const float SURE = 0.8F, SMALL = 0.10F;
enum { GAP = 4, REPEAT_WORDS = 8, ASIDE_WORDS = 30, SHORT_WORDS = 12 };

static bool in_classes(const runut_page *self, size_t block, uint32_t set, int levels)
{
    uint32_t node = self->tree->blocks.at[block].node;
    for (int up = 0; up < levels && node; up++, node = self->tree->nodes.at[node].parent)
        if (self->tree->nodes.at[node].classes & set)
            return true;
    return false;
}

static bool in_tag(const runut_page *self, size_t block, runut_html_tag tag, int levels)
{
    uint32_t node = self->tree->blocks.at[block].node;
    for (int up = 0; up < levels && node; up++, node = self->tree->nodes.at[node].parent)
        if (self->tree->nodes.at[node].tag == tag)
            return true;
    return false;
}

static float link_share(const runut_html_block *b)
{
    return b->bytes ? (float)b->link_bytes / (float)b->bytes : 0;
}

static bool has_colon_early(runut_slice text)
{
    return memchr(text.at, ':', text.size < 40 ? text.size : 40) != NULL;
}

/* Elements that hold no report: what the judgement is not sure of there is none. */
static const char *doubtful(const runut_page *self, size_t i)
{
    static const struct {
        uint32_t classes;
        float below;
        const char *why;
    } rows[] = {
        {RUNUT_CLASS_BIT(COMMENT), 0.9F, "comments"},        {RUNUT_CLASS_BIT(RELATED), 0.9F, "related items"},
        {RUNUT_CLASS_BIT(AD), 0.9F, "advertisement"},        {RUNUT_CLASS_BIT(SUBSCRIBE), 0.9F, "subscription line"},
        {RUNUT_CLASS_BIT(CAPTION), 0.9F, "caption"},         {RUNUT_CLASS_BIT(POPUP), 0.9F, "pop-up"},
        {RUNUT_CLASS_BIT(AUTHOR), 0.9F, "about the author"}, {RUNUT_CLASS_BIT(TAGS), 0.6F, "tags"}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (self->score[i] < rows[k].below && in_classes(self, i, rows[k].classes, 2))
            return rows[k].why;
    if (self->score[i] < 0.9F && (in_tag(self, i, RUNUT_TAG_FIGURE, 2) || in_tag(self, i, RUNUT_TAG_ASIDE, 2)))
        return "figure or aside";
    if (self->score[i] < 0.9F && self->texts[i].leads == RUNUT_CUE_SUBSCRIBE && self->texts[i].words <= SHORT_WORDS)
        return "subscription line";
    return NULL;
}

/* "(abc)", "(hks/mhs)" alone: who wrote it. */
static bool is_initials(runut_slice text)
{
    bool inside = text.size >= 4 && text.size <= 20 && text.at[0] == '(' && text.at[text.size - 1] == ')';
    for (size_t i = 1; inside && i + 1 < text.size; i++)
        inside = (text.at[i] >= 'a' && text.at[i] <= 'z') || text.at[i] == '/' || text.at[i] == '-';
    return inside;
}

/* Lines that stand inside the report but are not of it, whatever the judgement says. NULL where it is none. */
static const char *intruder(const runut_page *self, size_t i)
{
    const runut_html_block *b = &self->tree->blocks.at[i];
    const runut_block_text *t = &self->texts[i];
    if (t->leads == RUNUT_CUE_READ_ALSO && t->words <= ASIDE_WORDS &&
        (has_colon_early(b->text) || link_share(b) > 0.4F))
        return "read-also link";
    if (is_initials(b->text))
        return "by-line";
    if (t->leads == RUNUT_CUE_ADVERT && t->words <= SHORT_WORDS / 2)
        return "advertisement";
    if (t->leads == RUNUT_CUE_SHARE && t->words <= SHORT_WORDS && !t->ends_sentence && link_share(b) > 0.5F)
        return "share bar";
    if (t->leads == RUNUT_CUE_CREDIT && t->words <= ASIDE_WORDS && has_colon_early(b->text) && t->words <= SHORT_WORDS)
        return "picture credit";
    return NULL;
}

static bool is_credit(const runut_page *self, size_t i)
{
    static const char *const heads[] = {"source", "sumber", "quelle", "fuente", "fonte", "bron"};
    runut_slice text = self->tree->blocks.at[i].text;
    if (self->texts[i].words > SHORT_WORDS || self->texts[i].leads != RUNUT_CUE_SOURCE || self->texts[i].words < 2)
        return false;
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        if (runut_slice_starts_nocase(text, runut_slice_of(heads[k])))
            return true;
    return false;
}

static void set(runut_line *line, runut_line_role role, const char *why)
{
    line->role = role;
    line->why = why;
}

/* The roles of what is not body: told by the element, its class, or what it says. */
static void name_other(const runut_page *self, size_t i, runut_line *line)
{
    const runut_block_text *t = &self->texts[i];
    runut_slice text = self->tree->blocks.at[i].text;
    bool ahead =
        i < self->span.first && (self->metadata->headline_block == UINT32_MAX || i > self->metadata->headline_block);
    if (in_tag(self, i, RUNUT_TAG_FIGCAPTION, 3) || in_classes(self, i, RUNUT_CLASS_BIT(CAPTION), 2))
        set(line, RUNUT_LINE_CAPTION, "caption element");
    else if (t->leads == RUNUT_CUE_CREDIT && t->words <= ASIDE_WORDS)
        set(line, RUNUT_LINE_CAPTION, "picture credit");
    else if (is_credit(self, i))
        set(line, RUNUT_LINE_CREDIT, "source line");
    else if (ahead && t->words <= SHORT_WORDS &&
             (t->leads == RUNUT_CUE_BYLINE || in_classes(self, i, RUNUT_CLASS_BIT(AUTHOR), 2)))
        set(line, RUNUT_LINE_BYLINE, "by-line");
    else if (ahead && t->words <= SHORT_WORDS &&
             (t->leads == RUNUT_CUE_DATE || in_classes(self, i, RUNUT_CLASS_BIT(DATE), 2)))
        set(line, RUNUT_LINE_DATE, "date line");
    else if (ahead && t->words >= 5 &&
             (in_classes(self, i, RUNUT_CLASS_BIT(SUMMARY), 2) ||
              runut_metadata_alike(text, self->metadata->description) > 0.8F))
        set(line, RUNUT_LINE_STANDFIRST, "summary under the headline");
    else if (self->metadata->publisher.size && runut_slice_equal_nocase(text, self->metadata->publisher))
        set(line, RUNUT_LINE_PUBLISHER, "the site's name");
    else
        set(line, RUNUT_LINE_BOILERPLATE,
            link_share(&self->tree->blocks.at[i]) > 0.5F ? "links" : "not like the report");
}

/* The first block that is surely running text; what stands before it may be the lines around a headline. */
static size_t first_running(const runut_page *self)
{
    for (size_t i = 0; i < self->tree->blocks.size; i++)
        if (self->score[i] > 0.8F && self->texts[i].good > 15 && self->texts[i].ends_sentence)
            return i;
    return 0;
}

/* A date line or a by-line between headline and report: little besides. */
static const char *head_line(const runut_page *self, size_t i)
{
    runut_slice text = self->tree->blocks.at[i].text, printed = {"", 0};
    runut_slices names = {0};
    if (self->texts[i].words > SHORT_WORDS + 4 || text.size > 200 || self->texts[i].heading)
        return NULL;
    if (runut_printed_date(self->tree->arena, text, self->tree->language, &printed).size &&
        printed.size * 4 > text.size)
        return "date line";
    return runut_byline_parse(self->tree->arena, text, true, &names) ? "by-line" : NULL;
}

/* What was kept a good way off the report, uncertain and small beside it: the odd teaser, the odd comment. */
static void drop_islands(runut_page *self)
{
    size_t n = self->tree->blocks.size, start = 0, last = 0;
    float mass = 0, sure = 0, most = 0;
    for (int pass = 0; pass < 2; pass++) { /* first how large the largest run is, then which are small beside it */
        mass = sure = 0;
        start = last = SIZE_MAX;
        for (size_t i = 0; i <= n; i++) {
            bool kept = i < n && !self->why[i];
            if (last != SIZE_MAX && (i == n || (kept && i - last > GAP))) {
                most = mass > most ? mass : most;
                for (size_t k = start; pass && mass < SMALL * most && sure < SURE && k <= last; k++)
                    self->why[k] = self->why[k] ? self->why[k] : "apart from the report";
                mass = sure = 0;
                start = last = SIZE_MAX;
            }
            if (!kept)
                continue;
            start = start == SIZE_MAX ? i : start;
            last = i;
            mass += self->score[i] * self->texts[i].words;
            sure = self->score[i] > sure ? self->score[i] : sure;
        }
    }
}

static void find_span(runut_page *self)
{
    self->span = (runut_metadata_span){UINT32_MAX, 0};
    for (size_t i = 0; i < self->tree->blocks.size; i++) {
        if (self->why[i])
            continue;
        self->span.first = self->span.first == UINT32_MAX ? (uint32_t)i : self->span.first;
        self->span.end = (uint32_t)i + 1;
    }
    if (self->span.first == UINT32_MAX)
        self->span.first = self->span.end = (uint32_t)self->tree->blocks.size;
}

static void judge(runut_page *self)
{
    size_t running = first_running(self);
    runut_map *seen = runut_map_new(self->tree->arena);
    for (size_t i = 0; i < self->tree->blocks.size; i++) {
        const runut_html_block *b = &self->tree->blocks.at[i];
        bool is_new = true;
        self->why[i] = self->score[i] < KEEP ? "" : intruder(self, i);
        if (!self->why[i])
            self->why[i] = doubtful(self, i);
        if (!self->why[i] && i < running)
            self->why[i] = head_line(self, i);
        if (self->score[i] >= KEEP && !self->why[i] && self->texts[i].words >= REPEAT_WORDS)
            runut_map_put(seen, b->text, &is_new);
        if (!is_new)
            self->why[i] = "said before";
        if (!self->why[i] && (i == self->metadata->headline_block || is_credit(self, i)))
            self->why[i] = "";
    }
    drop_islands(self);
    find_span(self);
    if (running && !self->why[running])
        self->span.first = (uint32_t)running;
}

static void write_lines(const runut_page *self, runut_article *article)
{
    runut_buffer body = runut_buffer_new(self->tree->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < self->tree->blocks.size; i++) {
        runut_line *line = RUNUT_APPEND(self->tree->arena, article->lines);
        *line = (runut_line){.text = self->tree->blocks.at[i].text, .score = self->score[i]};
        if (!self->why[i]) {
            set(line, RUNUT_LINE_BODY, "reads like the report");
            runut_buffer_text(&body, body.size ? "\n" : "");
            runut_buffer_add(&body, line->text);
        } else if (i == self->metadata->headline_block) {
            set(line, RUNUT_LINE_HEADLINE, "heading like the page's title");
        } else {
            name_other(self, i, line);
            if (*self->why[i] && line->role == RUNUT_LINE_BOILERPLATE)
                line->why = self->why[i];
            if (line->role == RUNUT_LINE_STANDFIRST && article->standfirst.size == 0)
                article->standfirst = line->text;
        }
    }
    article->body = runut_buffer_slice(&body);
}

static runut_article_kind kind_of(const runut_page *self)
{
    runut_slice type = runut_html_meta_named(self->tree, "og:type");
    float words = 0, links = 0;
    for (size_t i = 0; i < self->tree->blocks.size; i++) {
        words += self->why[i] ? 0 : self->texts[i].words;
        links += link_share(&self->tree->blocks.at[i]) > 0.5F && self->texts[i].words >= 4;
    }
    if (words >= 60 ||
        (words >= 20 && (self->metadata->json_article || runut_slice_starts_nocase(type, RUNUT_LITERAL("article")))))
        return RUNUT_KIND_ARTICLE;
    return links >= 12 ? RUNUT_KIND_LISTING : RUNUT_KIND_OTHER;
}

void runut_clean_page(runut_arena *arena, runut_slice html, runut_article *article)
{
    runut_page *self = runut_arena_alloc(arena, sizeof *self);
    self->tree = runut_html_tree_new(arena, html);
    self->metadata = runut_metadata_read(self->tree);
    runut_block_hints hints = {self->metadata->headline, self->metadata->description, self->metadata->headline_block};
    self->texts = runut_blocks_text(self->tree, &hints);
    self->score = runut_blocks_judge(self->tree, self->texts, &hints);
    self->why = runut_arena_alloc(arena, (self->tree->blocks.size + 1) * sizeof *self->why);
    judge(self);
    write_lines(self, article);
    article->kind = kind_of(self);
    article->language = self->tree->language.size ? self->tree->language : self->metadata->json_language;
    article->url = self->tree->canonical.size ? self->tree->canonical : runut_html_meta_named(self->tree, "og:url");
    article->headline = self->metadata->headline;
    article->publisher = self->metadata->publisher;
    runut_metadata_authors(self->metadata, self->span, &article->authors);
    runut_metadata_date(self->metadata, self->span, article);
}
