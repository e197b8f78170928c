/* The day of publication: every place that states one votes for a day; days next to each other help each other a
 * little, since a page's UTC and its readers' clock may be a day apart. What speaks of changes, a site's clock and a
 * program's default (1970-01-01) have no vote. */
#include "base/day.h"
#include "base/slice.h"
#include "clean/metadata.h"
#include "clean/stage.h"

enum {
    MOST_VOTES = 64,
    MOST_LINE = 160,
    BEFORE_HEADLINE = 8,
    BESIDE_HEADLINE = 3,
    AFTER_BODY = 6,
    INTO_BODY = 2,
    FIRST_YEAR = 1990,
    LAST_YEAR = 2100
};

typedef struct vote {
    runut_slice iso, printed;
    const char *from;
    runut_day day;
    float weight;
} vote;

typedef struct ballot {
    const runut_metadata *metadata;
    runut_slice language;
    vote votes[MOST_VOTES];
    size_t size;
    runut_day published, changed; /* as stated out of sight */
    uint32_t top;                 /* block of the headline, of the body's beginning where that is earlier */
    bool loose;                   /* nobody voted: places that are rarely the report's count too */
} ballot;

static bool contains(runut_slice text, const char *word)
{
    return runut_slice_find_nocase(text, runut_slice_of(word), 0) != SIZE_MAX;
}

static void vote_for(ballot *self, runut_slice text, const char *from, float weight)
{
    runut_slice printed = {"", 0};
    if (text.size < 6 || self->size == MOST_VOTES)
        return;
    runut_slice iso = runut_printed_date(self->metadata->tree->arena, text, self->language, &printed);
    runut_day day = runut_day_parse(iso);
    int year, month, of_month;
    if (day == RUNUT_NO_DAY)
        return;
    runut_day_split(day, &year, &month, &of_month);
    if (day == self->changed && self->published != RUNUT_NO_DAY && self->published != day)
        weight *= 0.3F; /* a visible day without a label may be that of the last change */
    if (year >= FIRST_YEAR && year <= LAST_YEAR)
        self->votes[self->size++] = (vote){iso, printed.size ? printed : text, from, day, weight};
}

/* "03/09/2026": day and month in the other order, as ISO 8601; empty where there is no other. */
static runut_slice other_order(const ballot *self, runut_slice text)
{
    int first = 0, second = 0, year = 0;
    size_t at = 0, digits[3] = {0};
    int *parts[] = {&first, &second, &year};
    for (size_t k = 0; k < 3; k++, at++) {
        for (; at < text.size && runut_is_digit((unsigned char)text.at[at]) && digits[k] < 4; at++, digits[k]++)
            *parts[k] = *parts[k] * 10 + text.at[at] - '0';
        if (k < 2 && (at >= text.size || !strchr("/.-", text.at[at])))
            return (runut_slice){"", 0};
    }
    bool open = digits[0] <= 2 && digits[1] <= 2 && digits[2] == 4 && first != second && first >= 1 && first <= 12 &&
                second >= 1 && second <= 12;
    runut_arena *arena = self->metadata->tree->arena;
    runut_slice day_first = runut_arena_printf(arena, "%04d-%02d-%02d", year, second, first), printed;
    runut_slice read = open ? runut_printed_date(arena, text, self->language, &printed) : text;
    if (!open || read.size < 10)
        return (runut_slice){"", 0};
    return runut_slice_equal(runut_slice_part(read, 0, 10), day_first)
               ? runut_arena_printf(arena, "%04d-%02d-%02d", year, first, second)
               : day_first;
}

static void cast(ballot *self, runut_slice text, const char *from, float weight)
{
    text = runut_slice_part(runut_slice_trim(text), 0, MOST_LINE);
    runut_slice other = other_order(self, text);
    vote_for(self, text, from, other.size ? 0.7F * weight : weight);
    if (other.size)
        vote_for(self, other, from, 0.5F * weight);
}

/* Names of meta elements that state the day of publication: "article:published_time", "pubdate", "dc.date.issued", … */
static float meta_weight(runut_slice name)
{
    static const char *const others[] = {"modif", "updat", "expir", "revis", "unpublish", "publisher",
                                         "start", "end",   "event", "birth", "accept",    "online"};
    static const char *const plain[] = {"date",           "dc.date",         "dcterms.date",    "dc.date.issued",
                                        "dcterms.issued", "dcterms.created", "dc.date.created", "created",
                                        "creation_date",  "article:created", "datecreated",     "published"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (contains(name, others[i]))
            return 0;
    if ((contains(name, "publi") && name.size > 9) || contains(name, "pubdate") || contains(name, "pub-date") ||
        contains(name, "pub_date") || contains(name, "issued"))
        return contains(name, "date") || contains(name, "time") || contains(name, "issued") ? 1 : 0;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (runut_slice_equal_nocase(name, runut_slice_of(plain[i])))
            return 0.7F;
    return runut_slice_ends(name, RUNUT_LITERAL(".date")) || runut_slice_ends(name, RUNUT_LITERAL(":date")) ? 0.7F : 0;
}

static void ask_metas(ballot *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    float spent = 0;
    for (size_t i = 0; i < tree->metas.size; i++) {
        float weight = meta_weight(tree->metas.at[i].name);
        size_t before = self->size;
        if (weight > 0)
            cast(self, tree->metas.at[i].content, "meta", spent > 0 ? 0.2F : weight);
        spent += self->size > before ? weight : 0;
    }
}

static runut_day day_of(const ballot *self, runut_slice text)
{
    runut_slice printed;
    return runut_day_parse(runut_printed_date(self->metadata->tree->arena, runut_slice_part(text, 0, MOST_LINE),
                                              self->language, &printed));
}

/* What metadata says of publication and of change, before anything visible is asked. */
static void find_stated(ballot *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    runut_day published = day_of(self, self->metadata->json_published);
    runut_day changed = day_of(self, self->metadata->json_modified);
    for (size_t i = 0; i < tree->metas.size; i++) {
        const runut_html_meta *m = &tree->metas.at[i];
        bool modified = contains(m->name, "modified_time") || contains(m->name, "updated_time") ||
                        contains(m->name, "datemodified") || contains(m->name, "dc.date.modified");
        if (modified && changed == RUNUT_NO_DAY)
            changed = day_of(self, m->content);
        else if (!modified && published == RUNUT_NO_DAY && meta_weight(m->name) >= 1)
            published = day_of(self, m->content);
    }
    self->published = published;
    self->changed = changed;
}

/* Blocks where a date line may stand: around the headline, before the body, just behind it. */
static bool is_near(const ballot *self, runut_metadata_span body, uint32_t block)
{
    uint32_t head = self->metadata->headline_block;
    if (self->loose)
        return block + BEFORE_HEADLINE * 2 >= self->top && block < body.first + INTO_BODY;
    if (head != UINT32_MAX && head <= body.first)
        return block + BEFORE_HEADLINE >= head && block < body.first + INTO_BODY;
    return block + BEFORE_HEADLINE * 2 >= body.first && block < body.first + INTO_BODY;
}

/* Is there a menu between a header and the headline? Then the header is the site's, however near. */
static bool menu_follows(const ballot *self, uint32_t block)
{
    enum { MENU_LINKS = 3 };
    for (; block < self->top; block++)
        if (self->metadata->tree->blocks.at[block].links >= MENU_LINKS)
            return true;
    return false;
}

/* A header that ends before the headline is the site's, and its date the clock at the time of the capture. */
static bool is_site_header(const ballot *self, const runut_html_node *node)
{
    bool header = !(node->classes & RUNUT_CLASS_BIT(DATE)) &&
                  (node->tag == RUNUT_TAG_HEADER || node->classes & (RUNUT_CLASS_BIT(HEADER) | RUNUT_CLASS_BIT(NAV)));
    return header && self->metadata->headline_block != UINT32_MAX && node->end <= self->top &&
           !(self->loose && node->end + BESIDE_HEADLINE > self->top && !menu_follows(self, node->end));
}

/* Between headline and body nothing is elsewhere, whatever its classes say. */
static bool is_between(const runut_metadata *metadata, runut_metadata_span body, uint32_t block)
{
    return metadata->headline_block != UINT32_MAX && block > metadata->headline_block && block < body.first;
}

static bool is_elsewhere(const ballot *self, uint32_t node)
{
    const runut_metadata *metadata = self->metadata;
    const runut_html_tree *tree = metadata->tree;
    const uint32_t often = RUNUT_CLASS_BIT(COMMENT) | RUNUT_CLASS_BIT(RELATED) | RUNUT_CLASS_BIT(POPULAR);
    const uint32_t set =
        self->loose ? often : often | RUNUT_CLASS_BIT(SIDEBAR) | RUNUT_CLASS_BIT(CARD) | RUNUT_CLASS_BIT(PAGER);
    for (int up = 0; up < 8 && node; up++, node = tree->nodes.at[node].parent) {
        const runut_html_node *n = &tree->nodes.at[node];
        bool holds = metadata->headline_block >= n->first && metadata->headline_block < n->end;
        if (holds)
            return false;
        if (n->tag == RUNUT_TAG_NAV || n->tag == RUNUT_TAG_FOOTER || (up < 4 && n->classes & set) ||
            is_site_header(self, n))
            return true;
    }
    return false;
}

static bool says_changed(runut_slice text)
{
    static const char *const words[] = {
        "updat",       "modif",      "diperbarui", "perubahan", "edited",   "aktualisiert", "mis \xC3\xA0 jour",
        "actualizado", "atualizado", "aggiornato", "revis",     "reviewed", "bijgewerkt"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (contains(runut_slice_part(text, 0, MOST_LINE), words[i]))
            return true;
    return false;
}

static void ask_marks(ballot *self, runut_metadata_span body)
{
    const runut_html_tree *tree = self->metadata->tree;
    float time_weight = 1;
    for (size_t i = 0; i < tree->marks.size && self->size < MOST_VOTES - 8; i++) {
        const runut_html_mark *m = &tree->marks.at[i];
        bool published = contains(m->itemprop, "datepublished") || contains(m->itemprop, "datecreated");
        bool near = is_near(self, body, m->block) ||
                    (self->loose && m->block >= body.end && m->block < body.end + 2 * AFTER_BODY);
        bool elsewhere = !is_between(self->metadata, body, m->block) && is_elsewhere(self, m->node);
        runut_slice text = m->value.size ? m->value : runut_html_mark_text(tree, m);
        if (contains(m->itemprop, "modified") ||
            (m->classes & RUNUT_CLASS_BIT(DATE) && says_changed(runut_html_mark_text(tree, m))))
            continue;
        if (published && !elsewhere)
            cast(self, text, "itemprop", near ? 1 : 0.6F);
        else if (m->tag == RUNUT_TAG_TIME && near && !elsewhere) {
            size_t before = self->size;
            cast(self, text, "time element", time_weight);
            time_weight = self->size > before ? 0.3F : time_weight;
        }
    }
}

static bool has_class(const runut_html_tree *tree, uint32_t node, uint32_t set)
{
    return (tree->nodes.at[node].classes | tree->nodes.at[tree->nodes.at[node].parent].classes) & set;
}

static void ask_blocks(ballot *self, runut_metadata_span body)
{
    const runut_html_tree *tree = self->metadata->tree;
    uint32_t head = self->metadata->headline_block;
    float first = 1.1F;
    for (uint32_t i = 0; i < tree->blocks.size && self->size < MOST_VOTES - 4; i++) {
        const runut_html_block *b = &tree->blocks.at[i];
        if (!is_near(self, body, i) || b->text.size > MOST_LINE || i == head ||
            (!is_between(self->metadata, body, i) && is_elsewhere(self, b->node)))
            continue;
        float weight = first * (head != UINT32_MAX && i < head ? 0.6F : 1) *
                       (has_class(tree, b->node, RUNUT_CLASS_BIT(DATE)) ? 1 : 0.9F);
        size_t before = self->size;
        cast(self, b->text, "by-line", says_changed(b->text) ? 0.25F * weight : weight);
        first = self->size > before && !says_changed(b->text) && i > head ? 0.4F : first;
    }
    uint32_t after = self->loose ? 2 * AFTER_BODY : AFTER_BODY;
    for (uint32_t i = body.end; i < tree->blocks.size && i < body.end + after; i++)
        if (tree->blocks.at[i].text.size <= MOST_LINE && !says_changed(tree->blocks.at[i].text) &&
            !is_elsewhere(self, tree->blocks.at[i].node))
            cast(self, tree->blocks.at[i].text, "by-line", 0.3F);
}

/* "/2024/02/12/" in the page's address. */
static void ask_url(ballot *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    runut_slice url = tree->canonical.size ? tree->canonical : runut_html_meta_named(tree, "og:url");
    for (size_t i = 0; i + 10 < url.size && i < 300; i++) {
        runut_slice part = runut_slice_part(url, i + 1, i + 11);
        char mark = url.at[i], inner = part.at[4];
        if ((mark != '/' && mark != '-') || (inner != '/' && inner != '-') || part.at[7] != inner)
            continue;
        runut_slice iso = runut_arena_printf(tree->arena, "%.4s-%.2s-%.2s", part.at, part.at + 5, part.at + 8);
        if (runut_day_parse(iso) != RUNUT_NO_DAY) {
            cast(self, iso, "URL", 0.7F);
            return;
        }
    }
}

static float support(const ballot *self, runut_day day)
{
    float sum = 0;
    for (size_t i = 0; i < self->size; i++) {
        int32_t apart = self->votes[i].day - day;
        sum += apart == 0 ? self->votes[i].weight : apart == 1 || apart == -1 ? 0.3F * self->votes[i].weight : 0;
    }
    return sum;
}

void runut_metadata_date(const runut_metadata *self, runut_metadata_span body, runut_article *article)
{
    ballot *votes = runut_arena_alloc(self->tree->arena, sizeof *votes);
    votes->metadata = self;
    votes->language = article->language;
    votes->top = self->headline_block < body.first ? self->headline_block : body.first;
    find_stated(votes);
    ask_blocks(votes, body);
    ask_marks(votes, body);
    bool same = votes->published != RUNUT_NO_DAY && votes->published == votes->changed;
    cast(votes, self->json_published, "JSON-LD", same ? 0.8F : 1); /* some programs state the last change as both */
    ask_metas(votes);
    ask_url(votes);
    votes->loose = votes->size == 0;
    if (votes->loose) {
        ask_blocks(votes, body);
        ask_marks(votes, body);
    }
    const vote *best = NULL;
    float best_support = 0;
    for (size_t i = 0; i < votes->size; i++) {
        const vote *v = &votes->votes[i];
        float sum = support(votes, v->day);
        bool finer = best && v->day == best->day && v->iso.size > best->iso.size && best->iso.size <= 10;
        if (!best || sum > best_support + 0.001F || finer) {
            best = v;
            best_support = sum;
        }
    }
    if (!best)
        return;
    article->date_published = best->iso;
    article->date_printed = best->printed;
    article->date_from = best->from;
}
