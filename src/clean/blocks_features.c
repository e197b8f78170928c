#include <math.h>

#include "base/slice.h"
#include "clean/blocks_context.h"

enum { LEVELS = 4, NEIGHBOURS = 4 };

static void put(runut_block_row *row, const char *part, const char *name, float value)
{
    if (row->size == RUNUT_BLOCKS_MOST_FEATURES)
        return;
    if (row->named) {
        row->part[row->size] = part;
        row->name[row->size] = name;
    }
    row->value[row->size++] = value;
}

static float ratio(float a, float b)
{
    return b > 0 ? a / b : 0;
}

static float link_share(const runut_html_block *b)
{
    return ratio((float)b->link_bytes, (float)b->bytes);
}

static float kind_of(const runut_html_tree *tree, const runut_html_block *b)
{
    switch (tree->nodes.at[b->node].tag) {
    case RUNUT_TAG_P:
        return 5;
    case RUNUT_TAG_LI:
        return 4;
    case RUNUT_TAG_BLOCKQUOTE:
        return 3;
    case RUNUT_TAG_TD:
        return 2;
    case RUNUT_TAG_DIV:
    case RUNUT_TAG_SECTION:
        return 1;
    case RUNUT_TAG_FIGCAPTION:
        return -1;
    case RUNUT_TAG_BUTTON:
        return -2;
    default:
        return 0;
    }
}

static void put_text(const runut_block_context *self, size_t i, runut_block_row *row)
{
    const runut_html_block *b = &self->tree->blocks.at[i];
    const runut_block_text *t = &self->texts[i];
    put(row, "text", "words", t->words);
    put(row, "text", "bytes", (float)b->bytes);
    put(row, "text", "word length", ratio((float)b->bytes, t->words));
    put(row, "text", "links", link_share(b));
    put(row, "text", "number of links", (float)b->links);
    put(row, "text", "bold", ratio((float)b->bold_bytes, (float)b->bytes));
    put(row, "text", "breaks", (float)b->breaks);
    put(row, "text", "images", (float)b->images);
    put(row, "text", "sentence ends", t->ends);
    put(row, "text", "ends a sentence", t->ends_sentence);
    put(row, "text", "ends with colon", t->ends_colon);
    put(row, "text", "starts lower", t->starts_lower);
    put(row, "text", "commas", ratio(t->commas, t->words));
    put(row, "text", "digits", ratio(t->digits, t->digits + t->letters));
    put(row, "text", "marks", ratio(t->marks, t->words));
    put(row, "text", "quotes", t->quotes);
    put(row, "text", "upper", ratio(t->upper_words, t->words));
    put(row, "text", "lower", ratio(t->lower_words, t->words));
    put(row, "text", "capitals", ratio(t->capital_words, t->words));
    put(row, "text", "short words", ratio(t->short_words, t->words));
    put(row, "text", "in title", t->in_title);
    put(row, "text", "of title", t->of_title);
    put(row, "text", "in description", t->in_description);
    put(row, "text", "repeated", t->repeated);
    put(row, "text", "heading", t->heading);
    put(row, "text", "good", t->good);
    put(row, "text", "leads", t->leads);
    put(row, "text", "kind", kind_of(self->tree, b));
    for (int cue = 1; cue < RUNUT_CUE_COUNT; cue++)
        put(row, "cue", "", t->leads == cue ? 2 : (float)((t->holds >> cue) & 1));
}

static void put_level(const runut_block_context *self, uint32_t node, const char *part, runut_block_row *row)
{
    const runut_html_node *n = &self->tree->nodes.at[node];
    runut_block_sums s = runut_sums_over(self, n->first, n->end);
    float blocks = (float)(n->end - n->first);
    const runut_block_sums *all = &self->sums[self->tree->blocks.size];
    put(row, part, "score", ratio(self->places[node].score, self->best_score));
    put(row, part, "share of good", ratio(s.good, all->good));
    put(row, part, "good", s.good);
    put(row, part, "good of words", ratio(s.good, s.words));
    put(row, part, "links", ratio(s.link_bytes, s.bytes));
    put(row, part, "blocks", blocks);
    put(row, part, "words a block", ratio(s.words, blocks));
    put(row, part, "running", ratio(s.running, blocks));
    put(row, part, "headings", s.headings);
}

static void put_levels(const runut_block_context *self, uint32_t node, runut_block_row *row)
{
    static const char *const parts[LEVELS] = {"level 1", "level 2", "level 3", "level 4"};
    const runut_html_node *nodes = self->tree->nodes.at;
    uint32_t at = nodes[node].end - nodes[node].first > 1 ? node : self->places[node].up;
    for (int i = 0; i < LEVELS; i++, at = self->places[at].up)
        put_level(self, at, parts[i], row);
    static const char *const raw[] = {"own", "parent", "grandparent", "great-grandparent"};
    const runut_block_sums *all = &self->sums[self->tree->blocks.size];
    for (int i = 0; i < 4; i++, node = nodes[node].parent) {
        runut_block_sums s = runut_sums_over(self, nodes[node].first, nodes[node].end);
        put(row, raw[i], "score", ratio(self->places[node].score, self->best_score));
        put(row, raw[i], "share of good", ratio(s.good, all->good));
        put(row, raw[i], "blocks", (float)(nodes[node].end - nodes[node].first));
    }
}

static void put_place(const runut_block_context *self, uint32_t node, runut_block_row *row)
{
    const runut_node_place *place = &self->places[node];
    put(row, "place", "depth", self->tree->nodes.at[node].depth);
    put(row, "place", "outside main", place->outside);
    put(row, "place", "below main", place->below);
    put(row, "place", "outside best", place->best_outside);
    const runut_html_node *article = &self->tree->nodes.at[place->article];
    const runut_block_sums *all = &self->sums[self->tree->blocks.size];
    put(row, "place", "article's share",
        place->article ? ratio(runut_sums_over(self, article->first, article->end).good, all->good) : -1);
    bool holds = place->article && self->hints->headline >= article->first && self->hints->headline < article->end;
    put(row, "place", "article has headline", place->article ? holds : -1);
    for (int i = 0; i < RUNUT_NEAR_COUNT; i++)
        put(row, i < RUNUT_NEAR_TAG_COUNT ? "near tag" : "near class", "", place->near[i]);
}

static void put_position(const runut_block_context *self, size_t i, runut_block_row *row)
{
    size_t n = self->tree->blocks.size;
    const runut_block_sums *all = &self->sums[n], *before = &self->sums[i];
    put(row, "position", "index", ratio((float)i, (float)n));
    put(row, "position", "words", ratio(before->words, all->words));
    put(row, "position", "good", ratio(before->good, all->good));
    put(row, "position", "good after", all->good - before->good);
    const runut_html_node *main = &self->tree->nodes.at[self->main];
    float inside = runut_sums_over(self, main->first, main->end).good;
    float done = i < main->first  ? -1
                 : i >= main->end ? 2
                                  : ratio(runut_sums_over(self, main->first, (uint32_t)i).good, inside);
    put(row, "position", "in main", done);
    float from = self->hints->headline == UINT32_MAX ? 999 : (float)i - (float)self->hints->headline;
    put(row, "position", "from headline", fmaxf(-100, fminf(from, 999)));
    put(row, "page", "good", all->good);
    put(row, "page", "blocks", (float)n);
    put(row, "page", "good of words", ratio(all->good, all->words));
    put(row, "page", "main's share", ratio(inside, all->good));
}

static void put_group(const runut_block_context *self, size_t i, runut_block_row *row)
{
    const runut_block_group *g = &self->groups[self->group_of[i]];
    const runut_block_sums *all = &self->sums[self->tree->blocks.size];
    put(row, "group", "count", g->count);
    put(row, "group", "words", ratio(g->words, g->count));
    put(row, "group", "links", ratio(g->link_share, g->count));
    put(row, "group", "running", ratio(g->running, g->count));
    put(row, "group", "share of good", ratio(g->good, all->good));
}

static void put_trail(const runut_block_context *self, size_t i, runut_block_row *row)
{
    const runut_block_trail *trail = &self->trails[i];
    const runut_block_text *heading = trail->heading ? &self->texts[trail->heading - 1] : NULL;
    put(row, "trail", "from heading", trail->heading ? (float)(i + 1 - trail->heading) : 999);
    put(row, "trail", "heading level", heading ? heading->heading : 0);
    put(row, "trail", "heading cue", heading ? heading->leads : 0);
    put(row, "trail", "heading words", heading ? heading->words : 0);
    uint32_t since = trail->heading ? trail->heading - 1 : 0;
    put(row, "trail", "good since heading", runut_sums_over(self, since, (uint32_t)i).good);
    for (int cue = 1; cue < RUNUT_CUE_COUNT; cue++) {
        uint32_t at = trail->cue[cue];
        bool counts = at && (self->hints->headline == UINT32_MAX || at > self->hints->headline);
        put(row, "since cue", "", counts ? (float)(i + 1 - at) : 999);
    }
    put(row, "trail", "good before", (float)trail->good_before);
    put(row, "trail", "good after", (float)trail->good_after);
    put(row, "trail", "short run", (float)trail->short_run);
}

static void put_window(const runut_block_context *self, size_t i, size_t width, const char *part, runut_block_row *row)
{
    size_t n = self->tree->blocks.size;
    uint32_t before = (uint32_t)(i > width ? i - width : 0), after = (uint32_t)(i + 1 + width < n ? i + 1 + width : n);
    runut_block_sums a = runut_sums_over(self, before, (uint32_t)i), b = runut_sums_over(self, (uint32_t)i + 1, after);
    put(row, part, "good before", a.good);
    put(row, part, "good after", b.good);
    put(row, part, "links before", ratio(a.link_bytes, a.bytes));
    put(row, part, "links after", ratio(b.link_bytes, b.bytes));
}

static void put_neighbours(const runut_block_context *self, size_t i, runut_block_row *row)
{
    static const char *const parts[] = {"before 4", "before 3", "before 2", "before 1", "",
                                        "after 1",  "after 2",  "after 3",  "after 4"};
    const runut_html_tree *tree = self->tree;
    for (int d = -NEIGHBOURS; d <= NEIGHBOURS; d++) {
        bool there = d && (d > 0 ? i + (size_t)d < tree->blocks.size : i >= (size_t)-d);
        size_t at = there ? i + (size_t)d : i;
        const runut_html_block *b = &tree->blocks.at[at];
        const runut_block_text *t = &self->texts[at];
        const char *part = parts[d + NEIGHBOURS];
        if (d == 0)
            continue;
        put(row, part, "words", there ? t->words : -1);
        put(row, part, "links", there ? link_share(b) : -1);
        put(row, part, "ends", there ? t->ends_sentence + 2.0F * (t->heading > 0) : -1);
        if (d < -2 || d > 2)
            continue;
        put(row, part, "kind", there ? kind_of(tree, b) : -9);
        put(row, part, "same element", there && self->group_of[at] == self->group_of[i]);
        put(row, part, "leads", there ? t->leads : 0);
        const runut_html_node *a = &tree->nodes.at[b->node], *c = &tree->nodes.at[tree->blocks.at[i].node];
        put(row, part, "same parent", there && (a->parent == c->parent || b->node == tree->blocks.at[i].node));
    }
    put_window(self, i, 5, "window 5", row);
    put_window(self, i, 15, "window 15", row);
}

/* Only a plain-text capture's lines have these. */
static void put_line(const runut_block_context *self, size_t i, runut_block_row *row)
{
    static const char *const names[] = {
#define NAME(id, name) name,
        RUNUT_LINE_VALUES(NAME)
#undef NAME
    };
    const runut_block_line *lines = self->hints->lines;
    for (size_t k = 0; lines && k < RUNUT_LINE_VALUE_COUNT; k++)
        put(row, "line", names[k], lines[i].value[k]);
}

void runut_blocks_row(const runut_block_context *self, size_t block, runut_block_row *row)
{
    uint32_t node = self->tree->blocks.at[block].node;
    row->size = 0;
    put_text(self, block, row);
    put_levels(self, node, row);
    put_place(self, node, row);
    put_position(self, block, row);
    put_group(self, block, row);
    put_trail(self, block, row);
    put_neighbours(self, block, row);
    put_line(self, block, row);
}
