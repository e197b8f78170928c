/* What a page's elements make of its blocks: which of them are one line (the cells of a table's row, a drop cap and its
 * paragraph), which form a line has, and what was kept though it only shows again what stands elsewhere (pull quotes)
 * or what another site said (embedded posts).
 *
 * Rows: where every cell of a <tr> holds one block at most, the cells are one line, parted by tabs, and are kept or
 * dropped together, by the greater part of their words. Cells with more in them are layout, and stay apart. */
#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/page.h"

enum {
    CELL_LEVELS = 5,  /* from a cell's text up to the cell */
    FORM_LEVELS = 10, /* from a text up to what gives it its form */
    MOST_OF_ITEM = 3, /* blocks in a list item; with more of them it is a container */
    PULL_LEVELS = 4,
    PULL_LEAST = 5, /* words of a pull quote */
    PULL_MOST = 60,
    MOST_PULLS = 32, /* each is looked for in the whole report */
    PLAYER_BYTES = 60,
    CLOCK_BYTES = 24,
    CLOCKS_LEAST = 3, /* of a live blog */
    CLOCK_AHEAD = 3   /* blocks from an entry's time to its text */
};

static const runut_html_node *node_of(const runut_page *self, size_t block)
{
    return &self->tree->nodes.at[self->tree->blocks.at[block].node];
}

/* ---- rows ---- */

static bool is_cell(const runut_html_node *node)
{
    return node->tag == RUNUT_TAG_TD || node->tag == RUNUT_TAG_TH;
}

/* The row in whose cell the block stands alone; 0 where it does not. */
static uint32_t row_of(const runut_page *self, size_t block)
{
    const runut_html_node *nodes = self->tree->nodes.at;
    uint32_t node = self->tree->blocks.at[block].node;
    for (int up = 0; up < CELL_LEVELS && node; up++, node = nodes[node].parent)
        if (is_cell(&nodes[node])) {
            bool alone = nodes[node].end - nodes[node].first == 1;
            return alone && nodes[nodes[node].parent].tag == RUNUT_TAG_TR ? nodes[node].parent : 0;
        }
    return 0;
}

/* How many blocks the row has that begins at `block`; 1 where none does. */
static uint32_t row_size(const runut_page *self, size_t block)
{
    uint32_t row = row_of(self, block);
    const runut_html_node *node = &self->tree->nodes.at[row];
    if (!row || node->first != block || node->end - node->first < 2)
        return 1;
    for (size_t i = block + 1; i < node->end; i++)
        if (row_of(self, i) != row)
            return 1;
    return node->end - node->first;
}

static void settle_row(runut_page *self, size_t first, size_t end)
{
    float kept = 0, all = 0;
    const char *why = "";
    for (size_t i = first; i < end; i++) {
        float words = self->texts[i].words + 1;
        all += words;
        kept += self->why[i] ? 0 : words;
        why = self->why[i] ? self->why[i] : why;
    }
    for (size_t i = first; i < end; i++)
        if (!self->why[i] || kept * 2 >= all)
            self->why[i] = kept * 2 >= all ? NULL : why;
}

static void settle_rows(runut_page *self)
{
    for (size_t i = 0; i < self->tree->blocks.size;) {
        uint32_t size = row_size(self, i);
        if (size > 1)
            settle_row(self, i, i + size);
        self->joined[i] = size > 1 && !self->why[i] ? size : 1;
        for (uint32_t k = 1; k < size; k++)
            self->joined[i + k] = 1;
        i += size;
    }
}

/* ---- drop caps ---- */

/* One capital in an element of its own, and the rest of its word in the next block. */
static bool is_drop_cap(const runut_page *self, size_t i)
{
    runut_slice text = self->tree->blocks.at[i].text;
    size_t at = 0;
    if (text.size == 0 || text.size > 4 || i + 1 >= self->tree->blocks.size || self->why[i + 1])
        return false;
    return runut_code_is_upper(runut_utf8_next(text, &at)) && at == text.size && self->texts[i + 1].starts_lower &&
           node_of(self, i)->end - node_of(self, i)->first == 1 &&
           node_of(self, i)->depth >= node_of(self, i + 1)->depth;
}

static void settle_drop_caps(runut_page *self)
{
    for (size_t i = 0; i + 1 < self->tree->blocks.size; i++)
        if (self->joined[i] == 1 && self->joined[i + 1] == 1 && is_drop_cap(self, i)) {
            self->joined[i] = 2;
            self->why[i++] = NULL;
        }
}

/* ---- what is shown again, and what others said ---- */

static void drop_embeds(runut_page *self)
{
    runut_html_node *nodes = self->tree->nodes.at;
    for (size_t i = 1; i < self->tree->nodes.size; i++) /* parents come first */
        nodes[i].embed |= nodes[nodes[i].parent].embed;
    for (size_t i = 0; i < self->tree->blocks.size; i++)
        if (!self->why[i] && node_of(self, i)->embed)
            self->why[i] = "embedded post";
}

static bool may_be_pull_quote(const runut_page *self, size_t i)
{
    float words = self->texts[i].words;
    return !self->why[i] && words >= PULL_LEAST && words <= PULL_MOST &&
           (runut_page_in_tag(self, i, RUNUT_TAG_BLOCKQUOTE, PULL_LEVELS) ||
            runut_page_in_tag(self, i, RUNUT_TAG_ASIDE, PULL_LEVELS) ||
            runut_page_in_tag(self, i, RUNUT_TAG_FIGURE, PULL_LEVELS) ||
            runut_page_in_classes(self, i, RUNUT_CLASS_BIT(QUOTE), PULL_LEVELS));
}

static bool is_word(uint32_t code)
{
    return runut_code_is_letter(code) || runut_code_is_digit(code);
}

/* Without the marks at both ends. */
static runut_slice words_of(runut_slice text)
{
    size_t start = 0, end = text.size;
    for (size_t at = 0; at < text.size; start = at)
        if (is_word(runut_utf8_next(text, &at)))
            break;
    for (size_t at = end; at > start; end = at)
        if (is_word(runut_utf8_before(text, &at)))
            break;
    return runut_slice_part(text, start, end);
}

static bool stands_elsewhere(const runut_page *self, size_t block)
{
    runut_slice words = words_of(self->tree->blocks.at[block].text);
    for (size_t i = self->span.first; i < self->span.end; i++) {
        runut_slice text = self->tree->blocks.at[i].text;
        if (i != block && !self->why[i] && text.size > words.size && runut_slice_find(text, words, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static void drop_pull_quotes(runut_page *self)
{
    int pulls = 0;
    for (size_t i = self->span.first; i < self->span.end && pulls < MOST_PULLS; i++) {
        if (!may_be_pull_quote(self, i))
            continue;
        pulls++;
        if (stands_elsewhere(self, i))
            self->why[i] = "said before";
    }
}

/* "Play Video 00:00 / 02:13": what a player shows of itself. */
static bool is_player(runut_slice text)
{
    size_t slash = runut_slice_find(text, RUNUT_LITERAL("/"), 0);
    if (text.size > PLAYER_BYTES || slash == SIZE_MAX || slash < 4)
        return false;
    runut_slice before = runut_slice_trim(runut_slice_part(text, 0, slash));
    runut_slice after = runut_slice_trim(runut_slice_part(text, slash + 1, text.size));
    return before.size >= 4 && after.size >= 4 && before.at[before.size - 3] == ':' &&
           runut_is_digit((unsigned char)before.at[before.size - 4]) && runut_is_digit((unsigned char)after.at[0]) &&
           (after.at[1] == ':' || after.at[2] == ':');
}

static void drop_players(runut_page *self)
{
    for (size_t i = 0; i < self->tree->blocks.size; i++)
        if (!self->why[i] && is_player(self->tree->blocks.at[i].text))
            self->why[i] = "player";
}

/* ---- live blogs ---- */

/* "10:42", "07.15 WIB", "3:05 pm GMT", also before a dash. */
static bool is_clock(runut_slice text)
{
    size_t at = 0, digits = 0;
    if (text.size < 4 || text.size > CLOCK_BYTES)
        return false;
    while (at < 2 && runut_is_digit((unsigned char)text.at[at]))
        at++;
    if (at == 0 || (text.at[at] != ':' && text.at[at] != '.'))
        return false;
    for (at++; at < text.size && runut_is_digit((unsigned char)text.at[at]); at++)
        digits++;
    for (; at < text.size; at++)
        if (runut_is_digit((unsigned char)text.at[at]))
            return false;
    return digits == 2;
}

/* The text of an entry follows. */
static bool leads_entry(const runut_page *self, size_t i)
{
    for (size_t k = i + 1; k <= i + CLOCK_AHEAD && k < self->tree->blocks.size; k++)
        if (!self->why[k] && !is_clock(self->tree->blocks.at[k].text))
            return true;
    return false;
}

static void keep_clocks(runut_page *self)
{
    runut_metadata_span span = self->span;
    int clocks = 0;
    if (span.first > 0 && is_clock(self->tree->blocks.at[span.first - 1].text))
        span.first--;
    else if (span.first > 1 && is_clock(self->tree->blocks.at[span.first - 2].text))
        span.first -= 2;
    for (int pass = 0; pass < 2 && (!pass || clocks >= CLOCKS_LEAST); pass++)
        for (size_t i = span.first; i < span.end; i++)
            if (is_clock(self->tree->blocks.at[i].text) && leads_entry(self, i)) {
                clocks++;
                self->why[i] = pass ? NULL : self->why[i];
            }
}

void runut_page_settle(runut_page *self)
{
    self->joined = runut_arena_alloc(self->tree->arena, (self->tree->blocks.size + 1) * sizeof *self->joined);
    drop_embeds(self);
    drop_pull_quotes(self);
    drop_players(self);
    keep_clocks(self);
    settle_rows(self);
    settle_drop_caps(self);
}

/* ---- a line ---- */

static unsigned lists_around(const runut_page *self, uint32_t node)
{
    unsigned lists = 0;
    for (int up = 0; up < FORM_LEVELS && node; up++, node = self->tree->nodes.at[node].parent) {
        uint8_t tag = self->tree->nodes.at[node].tag;
        lists += tag == RUNUT_TAG_UL || tag == RUNUT_TAG_OL || tag == RUNUT_TAG_DL;
    }
    return lists ? lists : 1;
}

static void find_form(const runut_page *self, size_t block, runut_line *line)
{
    uint32_t node = self->tree->blocks.at[block].node;
    for (int up = 0; up < FORM_LEVELS && node; up++, node = self->tree->nodes.at[node].parent) {
        const runut_html_node *n = &self->tree->nodes.at[node];
        bool item = n->tag == RUNUT_TAG_LI || n->tag == RUNUT_TAG_DT || n->tag == RUNUT_TAG_DD;
        line->form = n->tag >= RUNUT_TAG_H1 && n->tag <= RUNUT_TAG_H6         ? RUNUT_FORM_HEADING
                     : item && n->end - n->first <= MOST_OF_ITEM              ? RUNUT_FORM_ITEM
                     : n->tag == RUNUT_TAG_BLOCKQUOTE                         ? RUNUT_FORM_QUOTATION
                     : n->tag == RUNUT_TAG_PRE || n->tag == RUNUT_TAG_LISTING ? RUNUT_FORM_PREFORMATTED
                                                                              : RUNUT_FORM_PARAGRAPH;
        if (line->form == RUNUT_FORM_HEADING)
            line->level = n->tag - RUNUT_TAG_H1 + 1u;
        if (line->form == RUNUT_FORM_ITEM)
            line->level = lists_around(self, node);
        if (line->form != RUNUT_FORM_PARAGRAPH)
            return;
    }
}

size_t runut_page_form(const runut_page *self, size_t block, runut_line *line)
{
    size_t size = self->joined[block];
    runut_buffer text = runut_buffer_new(self->tree->arena, SIZE_MAX / 2);
    find_form(self, block, line);
    line->text = self->tree->blocks.at[block].text;
    line->score = self->score[block];
    if (size == 1)
        return size;
    bool row = is_cell(node_of(self, block)) || row_of(self, block);
    if (row)
        line->form = RUNUT_FORM_ROW;
    for (size_t i = block; i < block + size; i++) {
        runut_buffer_text(&text, row && i > block ? "\t" : "");
        runut_buffer_add(&text, runut_utf8_collapse(self->tree->arena, self->tree->blocks.at[i].text));
        line->score = self->score[i] > line->score ? self->score[i] : line->score;
    }
    line->text = runut_buffer_slice(&text);
    return size;
}
