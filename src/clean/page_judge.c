/* Which blocks of a page are its body: the learned judgement, less what a rule knows better. */
#include "base/map.h"
#include "base/slice.h"
#include "clean/page.h"
#include "clean/stage.h"

static const float KEEP = 0.4F; /* as tools/train_blocks.py */
static const float SURE = 0.8F, SMALL = 0.10F;
enum { GAP = 4, REPEAT_WORDS = 8, ASIDE_WORDS = 30, SHORT_WORDS = 12 };

bool runut_page_in_classes(const runut_page *self, size_t block, uint32_t set, int levels)
{
    uint32_t node = self->tree->blocks.at[block].node;
    for (int up = 0; up < levels && node; up++, node = self->tree->nodes.at[node].parent)
        if (self->tree->nodes.at[node].classes & set)
            return true;
    return false;
}

bool runut_page_in_tag(const runut_page *self, size_t block, runut_html_tag tag, int levels)
{
    uint32_t node = self->tree->blocks.at[block].node;
    for (int up = 0; up < levels && node; up++, node = self->tree->nodes.at[node].parent)
        if (self->tree->nodes.at[node].tag == tag)
            return true;
    return false;
}

float runut_page_link_share(const runut_html_block *b)
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
        if (self->score[i] < rows[k].below && runut_page_in_classes(self, i, rows[k].classes, 2))
            return rows[k].why;
    if (self->score[i] < 0.9F &&
        (runut_page_in_tag(self, i, RUNUT_TAG_FIGURE, 2) || runut_page_in_tag(self, i, RUNUT_TAG_ASIDE, 2)))
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
        (has_colon_early(b->text) || runut_page_link_share(b) > 0.4F))
        return "read-also link";
    if (is_initials(b->text))
        return "by-line";
    if (t->leads == RUNUT_CUE_ADVERT && t->words <= SHORT_WORDS / 2)
        return "advertisement";
    if (t->leads == RUNUT_CUE_SHARE && t->words <= SHORT_WORDS && !t->ends_sentence && runut_page_link_share(b) > 0.5F)
        return "share bar";
    if (t->leads == RUNUT_CUE_CREDIT && t->words <= ASIDE_WORDS && has_colon_early(b->text) && t->words <= SHORT_WORDS)
        return "picture credit";
    return NULL;
}

bool runut_page_is_credit(const runut_page *self, size_t i)
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

void runut_page_judge(runut_page *self)
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
        if (!self->why[i] && (i == self->metadata->headline_block || runut_page_is_credit(self, i)))
            self->why[i] = "";
    }
    drop_islands(self);
    find_span(self);
    if (running && !self->why[running])
        self->span.first = (uint32_t)running;
}
