/* Headline and publisher. A page's <title> is 'headline, separator, site' in either order; which part is which is seen
 * by looking for the headline among the page's headings, and for the rest among the names that the site gives itself.
 */
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/byline.h"
#include "clean/metadata.h"
#include "clean/stage.h"

enum { BAG_WORDS = 40, MOST_VARIANTS = 24, MOST_CANDIDATES = 400, MOST_HEADLINE = 400, SITE_WORDS = 6 };

static const float ONLY_H1 = 0.7F; /* how much more likely the page's only <h1> is the headline than another text */

typedef struct bag {
    uint64_t hash[BAG_WORDS];
    size_t size;
} bag;

static bag bag_of(runut_slice text)
{
    bag self = {.size = 0};
    uint64_t hash = 0;
    for (size_t at = 0; at < text.size && self.size < BAG_WORDS;) {
        uint32_t code = runut_utf8_next(text, &at);
        bool inside = runut_code_is_letter(code) || runut_code_is_digit(code);
        if (inside)
            hash = ((hash ? hash : 1469598103934665603u) ^ runut_code_lower(code)) * 1099511628211u;
        if (hash && (!inside || at == text.size)) {
            self.hash[self.size++] = hash;
            hash = 0;
        }
    }
    return self;
}

static float alike(const bag *a, const bag *b)
{
    bool used[BAG_WORDS] = {false};
    size_t common = 0;
    for (size_t i = 0; i < a->size; i++)
        for (size_t k = 0; k < b->size; k++)
            if (!used[k] && a->hash[i] == b->hash[k]) {
                used[k] = true;
                common++;
                break;
            }
    return a->size && b->size ? 2 * (float)common / (float)(a->size + b->size) : 0;
}

float runut_metadata_alike(runut_slice a, runut_slice b)
{
    bag x = bag_of(a), y = bag_of(b);
    return alike(&x, &y);
}

/* The names that the site has for itself, as far as they are stated. */
static bool is_site(const runut_metadata *self, runut_slice text)
{
    runut_slice names[] = {runut_html_meta_named(self->tree, "og:site_name"), self->json_publisher, self->site,
                           runut_html_meta_named(self->tree, "application-name")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].size && bag_of(names[i]).size <= SITE_WORDS && runut_metadata_alike(names[i], text) > 0.79F)
            return true; /* a longer 'name' is the page's title, put there by a careless program */
    return false;
}

/* The next separator between the parts of a title at or after `from`: where it starts and ends. */
static bool separator(runut_slice text, size_t from, size_t *start, size_t *end)
{
    static const char *const marks[] = {" | ",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        " :: ",
                                        " \xC2\xBB ",
                                        " \xC2\xAB ",
                                        " \xC2\xB7 ",
                                        " \xE2\x80\xA2 ",
                                        " > ",
                                        " / ",
                                        " ~ ",
                                        ": ",
                                        "|",
                                        " \xE2\x80\xB9 ",
                                        " \xE2\x80\xBA ",
                                        " \xE2\x8B\x86 ",
                                        " @ "};
    *start = *end = SIZE_MAX;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = runut_slice_find(text, runut_slice_of(marks[i]), from);
        if (at < *start) {
            *start = at;
            *end = at + strlen(marks[i]);
        }
    }
    return *start != SIZE_MAX;
}

typedef struct variants {
    runut_slice text[MOST_VARIANTS];
    const char *from[MOST_VARIANTS];
    bag words[MOST_VARIANTS];
    size_t size;
} variants;

static void add_variant(const runut_metadata *self, variants *out, runut_slice text, const char *from)
{
    text = runut_slice_trim(text);
    if (out->size == MOST_VARIANTS || text.size == 0 || text.size > MOST_HEADLINE * 2 || is_site(self, text))
        return;
    out->text[out->size] = text;
    out->from[out->size] = from;
    out->words[out->size] = bag_of(text);
    out->size++;
}

/* Each stated title, and what is left of it without its first or last part, where that is the longer share. */
static variants spread(const runut_metadata *self)
{
    variants out = {.size = 0};
    for (size_t i = 0; i < self->titles.size; i++) {
        runut_slice title = self->titles.at[i];
        const char *named = self->titles_from.at[i];
        add_variant(self, &out, title, named);
        size_t start, end, tried = 0;
        for (size_t from = 0; tried < 4 && separator(title, from, &start, &end); from = end, tried++) {
            runut_slice left = runut_slice_part(title, 0, start), right = runut_slice_part(title, end, title.size);
            if (left.size > right.size / 2)
                add_variant(self, &out, left, named);
            if (right.size > left.size / 2)
                add_variant(self, &out, right, named);
        }
    }
    return out;
}

static float match(const variants *titles, runut_slice text, size_t *which)
{
    bag words = bag_of(text);
    float best = 0;
    for (size_t i = 0; i < titles->size; i++) {
        float score = alike(&words, &titles->words[i]);
        if (score > best) {
            best = score;
            *which = i;
        }
    }
    return best;
}

typedef struct candidate {
    runut_slice text;
    uint32_t block;
    float likeness, score;
} candidate;

static unsigned heading_of(const runut_html_tree *tree, uint32_t node, uint32_t *classes)
{
    unsigned level = 0;
    *classes = 0;
    for (int up = 0; up < 4 && node; up++, node = tree->nodes.at[node].parent) {
        const runut_html_node *n = &tree->nodes.at[node];
        if (up < 2)
            *classes |= n->classes;
        if (n->tag >= RUNUT_TAG_H1 && n->tag <= RUNUT_TAG_H6 && !level)
            level = n->tag - RUNUT_TAG_H1 + 1u;
    }
    return level;
}

static void consider(const runut_metadata *self, const variants *titles, runut_slice text, uint32_t block, float bonus,
                     bool only, candidate *best)
{
    size_t which = 0;
    text = runut_slice_trim(text);
    if (text.size < 2 || text.size > MOST_HEADLINE)
        return;
    float likeness = match(titles, text, &which);
    float score = likeness + bonus;
    if (likeness < (only ? 0.25F : 0.5F) || score <= best->score || is_site(self, text))
        return;
    *best = (candidate){text, block, likeness, score};
}

/* Blocks in an <h1>; two texts that are the same (for two widths of a screen) count once. */
static int count_h1(const runut_html_tree *tree)
{
    int found = 0;
    runut_slice last = {"", 0};
    for (uint32_t i = 0; i < tree->blocks.size && found < 2; i++) {
        uint32_t classes;
        if (heading_of(tree, tree->blocks.at[i].node, &classes) != 1 ||
            runut_slice_equal(last, tree->blocks.at[i].text))
            continue;
        last = tree->blocks.at[i].text;
        found++;
    }
    return found;
}

/* The heading, or element that calls itself a title, that is most like what the page says its title is. */
static candidate find_heading(const runut_metadata *self, const variants *titles, candidate *lone)
{
    const runut_html_tree *tree = self->tree;
    candidate best = {.block = UINT32_MAX};
    int h1 = 0, tried = 0, singles = count_h1(tree);
    lone->block = UINT32_MAX;
    for (uint32_t i = 0; i < tree->blocks.size && tried < MOST_CANDIDATES; i++) {
        uint32_t classes;
        const runut_html_block *b = &tree->blocks.at[i];
        unsigned level = heading_of(tree, b->node, &classes);
        bool named = classes & RUNUT_CLASS_BIT(TITLE);
        if ((!level && !named) || b->text.size > MOST_HEADLINE)
            continue;
        tried++;
        bool only = level == 1 && singles == 1 && bag_of(b->text).size >= 4 && !(classes & RUNUT_CLASS_BIT(LOGO));
        consider(self, titles, b->text, i,
                 (only         ? ONLY_H1
                  : level == 1 ? 0.25F
                  : level == 2 ? 0.06F
                               : 0) +
                     (named ? 0.03F : 0),
                 only, &best);
        if (level == 1 && !(classes & RUNUT_CLASS_BIT(LOGO)) && !is_site(self, b->text) && h1++ == 0)
            *lone = (candidate){b->text, i, 0, 0};
    }
    for (size_t i = 0; i < tree->marks.size && i < MOST_CANDIDATES; i++) {
        const runut_html_mark *m = &tree->marks.at[i];
        bool said = runut_slice_find_nocase(m->itemprop, RUNUT_LITERAL("headline"), 0) != SIZE_MAX;
        if (said)
            consider(self, titles, runut_html_mark_text(tree, m), m->block, 0.2F, false, &best);
    }
    if (h1 > 1 && lone->block != UINT32_MAX && bag_of(lone->text).size < 4)
        lone->block = UINT32_MAX;
    return best;
}

/* `title` without parts that name the site: those that equal a stated name, else a short last part after '|', '-'. */
static runut_slice without_site(const runut_metadata *self, runut_slice title)
{
    size_t start, end, last_start = SIZE_MAX;
    for (size_t from = 0; separator(title, from, &start, &end); from = end) {
        runut_slice left = runut_slice_part(title, 0, start), right = runut_slice_part(title, end, title.size);
        if (is_site(self, right) || runut_byline_is_domain(runut_slice_trim(right)))
            return runut_slice_trim(left);
        if (is_site(self, left))
            return runut_slice_trim(right);
        if (title.at[start] == ' ' || title.at[start] == '|')
            last_start = start;
    }
    if (last_start == SIZE_MAX)
        return title;
    bag left = bag_of(runut_slice_part(title, 0, last_start)),
        right = bag_of(runut_slice_part(title, last_start, title.size));
    return left.size >= 3 && right.size <= 4 && right.size < left.size
               ? runut_slice_trim(runut_slice_part(title, 0, last_start))
               : title;
}

/* "Headline | Section" as a heading: what stands behind a bar is no part of it, nor the site's name behind a dash. */
static runut_slice without_section(const runut_metadata *self, runut_slice heading)
{
    size_t bar = runut_slice_find(heading, RUNUT_LITERAL(" | "), 0), start, end;
    size_t words = bag_of(runut_slice_part(heading, 0, bar)).size;
    if (bar != SIZE_MAX && words >= 3 && bag_of(runut_slice_part(heading, bar, heading.size)).size <= words)
        heading = runut_slice_trim(runut_slice_part(heading, 0, bar));
    for (size_t from = 0; separator(heading, from, &start, &end); from = end)
        if (is_site(self, runut_slice_part(heading, end, heading.size)))
            return runut_slice_trim(runut_slice_part(heading, 0, start));
    return heading;
}

static const char *heading_name(const runut_html_tree *tree, uint32_t block)
{
    static const char *const names[] = {"element of a title's class", "h1", "h2", "h3", "h4", "h5", "h6"};
    uint32_t classes;
    return names[heading_of(tree, tree->blocks.at[block].node, &classes)];
}

/* What a heading may hold besides the headline: its date, a source's domain in brackets. */
static bool is_extra(const runut_metadata *self, runut_slice text)
{
    runut_slice printed, rest = runut_slice_trim(text);
    if (rest.size == 0 || rest.size > 40)
        return false;
    size_t close = runut_slice_find(rest, RUNUT_LITERAL(")"), 0);
    bool bracket = rest.at[0] == '(' && close != SIZE_MAX && runut_byline_is_domain(runut_slice_part(rest, 1, close)) &&
                   bag_of(runut_slice_part(rest, close, rest.size)).size <= 1;
    return bracket || bag_of(rest).size == 0 ||
           (bag_of(rest).size <= 5 && runut_printed_date(self->tree->arena, rest, self->tree->language, &printed).size);
}

/* The heading without such a thing at its end or beginning, where a stated title has none either. */
static runut_slice without_extra(const runut_metadata *self, const variants *titles, runut_slice heading)
{
    for (size_t i = 0; i < titles->size; i++) {
        runut_slice title = runut_utf8_collapse(self->tree->arena, titles->text[i]);
        size_t at =
            title.size < heading.size && titles->words[i].size >= 3 ? runut_slice_find(heading, title, 0) : SIZE_MAX;
        if (at == SIZE_MAX)
            continue;
        runut_slice before = runut_slice_part(heading, 0, at);
        runut_slice after = runut_slice_part(heading, at + title.size, heading.size);
        if ((before.size == 0 || is_extra(self, before)) && (after.size == 0 || is_extra(self, after)))
            return title;
    }
    return heading;
}

void runut_metadata_headline(runut_metadata *self)
{
    variants titles = spread(self);
    candidate lone, best = find_heading(self, &titles, &lone);
    self->headline_block = UINT32_MAX;
    if (best.block == UINT32_MAX && lone.block != UINT32_MAX && (bag_of(lone.text).size >= 3 || titles.size == 0))
        best = lone;
    if (best.block != UINT32_MAX) {
        runut_slice heading = runut_utf8_collapse(self->tree->arena, without_section(self, best.text));
        self->headline = without_extra(self, &titles, heading);
        self->headline_block = best.block;
        self->headline_from = heading_name(self->tree, best.block);
        return;
    }
    if (titles.size) {
        self->headline = without_site(self, titles.text[0]);
        self->headline_from = titles.from[0];
    }
}

/* What the page's <title> has besides the headline. */
static runut_slice title_rest(const runut_metadata *self)
{
    runut_slice title = self->tree->title;
    size_t start, end;
    for (size_t from = 0; separator(title, from, &start, &end); from = end) {
        runut_slice left = runut_slice_part(title, 0, start), right = runut_slice_part(title, end, title.size);
        if (runut_metadata_alike(left, self->headline) > 0.9F)
            for (; separator(right, 0, &start, &end);)
                right = runut_slice_part(right, end, right.size);
        else if (runut_metadata_alike(right, self->headline) > 0.9F)
            right = left;
        else
            continue;
        return bag_of(right).size <= 6 ? runut_slice_trim(right) : (runut_slice){"", 0};
    }
    return (runut_slice){"", 0};
}

static runut_slice logo_text(const runut_metadata *self)
{
    for (size_t i = 0; i < self->tree->marks.size && i < MOST_CANDIDATES; i++) {
        const runut_html_mark *m = &self->tree->marks.at[i];
        if (!(m->classes & RUNUT_CLASS_BIT(LOGO)))
            continue;
        runut_slice text = m->tag == RUNUT_TAG_IMG ? m->value : runut_html_mark_text(self->tree, m);
        if (text.size > 1 && text.size < 60 && !memchr(text.at, '\n', text.size))
            return runut_slice_trim(text);
    }
    return (runut_slice){"", 0};
}

static bool is_year_or_mark(runut_slice text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    return runut_is_digit(c) || runut_is_space(c) || c == '-' || c == ',' || c == ':' || c == '(' || c == ')' ||
           c == '@' || c == '.' || c == 0xC2 || c == 0xA9 || c == 0xE2 || c == 0x80 || c == 0x93;
}

/* The owner in a line such as "© 2009-2024 Example News. All rights reserved". */
static runut_slice owner_in(runut_slice text)
{
    size_t at = runut_slice_find(text, RUNUT_LITERAL("\xC2\xA9"), 0);
    if (at == SIZE_MAX)
        at = runut_slice_find_nocase(runut_slice_part(text, 0, 200), RUNUT_LITERAL("copyright"), 0);
    if (at == SIZE_MAX)
        return (runut_slice){"", 0};
    text = runut_slice_part(text, at, text.size);
    if (runut_slice_starts(text, RUNUT_LITERAL("\xC2\xA9")))
        text = runut_slice_trim(runut_slice_part(text, 2, text.size));
    if (runut_slice_starts_nocase(text, RUNUT_LITERAL("copyright")))
        text = runut_slice_part(text, 9, text.size);
    size_t start = 0, end;
    while (start < text.size && is_year_or_mark(text, start))
        start++;
    for (end = start; end < text.size; end++) {
        char c = text.at[end], next = end + 1 < text.size ? text.at[end + 1] : ' ';
        if (c == ',' || c == '|' || c == '\n' || (c == '.' && runut_is_space((unsigned char)next)) ||
            (end > start &&
             runut_slice_starts_nocase(runut_slice_part(text, end, text.size), RUNUT_LITERAL(" all right"))))
            break;
    }
    while (end > start && (is_year_or_mark(text, end - 1) || text.at[end - 1] == '-'))
        end--;
    runut_slice owner = runut_slice_trim(runut_slice_part(text, start, end));
    return owner.size < 60 ? owner : (runut_slice){"", 0};
}

static runut_slice owner_of(const runut_metadata *self)
{
    size_t n = self->tree->blocks.size;
    for (size_t i = n; i-- > 0 && n - i <= 60;) {
        runut_slice owner = owner_in(self->tree->blocks.at[i].text);
        if (bag_of(owner).size >= 1 && bag_of(owner).size <= 6)
            return owner;
    }
    return (runut_slice){"", 0};
}

/* "CITY, EXAMPLE.COM - …": the name in the dateline of the first paragraphs, in capitals or not. */
static bool in_dateline(const runut_metadata *self, runut_slice name)
{
    for (size_t i = 0; i < self->tree->blocks.size && name.size; i++)
        if (self->tree->blocks.at[i].text.size > 80 &&
            runut_slice_find_nocase(runut_slice_part(self->tree->blocks.at[i].text, 0, 80), name, 0) != SIZE_MAX)
            return true;
    return false;
}

/* Stated names first; what is only printed counts where a second place confirms it, or nothing else is there. */
void runut_metadata_publisher(runut_metadata *self)
{
    runut_slice stated = runut_html_meta_named(self->tree, "og:site_name");
    runut_slice rest = title_rest(self), logo = logo_text(self), owner = owner_of(self);
    runut_slice order[] = {stated, self->json_publisher, rest,
                           logo,   self->site,           runut_html_meta_named(self->tree, "application-name"),
                           owner};
    static const char *const from[] = {"og:site_name",    "JSON-LD publisher",     "title element", "logo",
                                       "JSON-LD WebSite", "meta application-name", "copyright line"};
    size_t n = sizeof order / sizeof *order;
    for (size_t i = 0; i < n; i++) {
        if (order[i].size == 0 || order[i].size > 80 ||
            (self->headline.size && runut_metadata_alike(order[i], self->headline) > 0.8F))
            continue;
        bool confirmed = i < 2 || in_dateline(self, order[i]);
        for (size_t k = 0; k < n && !confirmed; k++)
            confirmed = k != i && runut_metadata_alike(order[i], order[k]) > 0.6F;
        if (confirmed || i == n - 1) {
            self->publisher = order[i];
            self->publisher_from = from[i];
            return;
        }
    }
    for (size_t i = 2; i < n && self->publisher.size == 0; i++)
        if (order[i].size <= 80) {
            self->publisher = order[i];
            self->publisher_from = from[i];
        }
}
