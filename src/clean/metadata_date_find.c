/* Every place of a page that may state its day of publication; what is said of one day is kept together. */
#include "base/calendar_names.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/metadata_date.h"
#include "clean/stage.h"

enum {
    MOST_LINE = 160,
    MOST_MARKS = 40,
    MOST_BEFORE = 40,
    BEFORE_HEADLINE = 8,
    BESIDE_HEADLINE = 3,
    AFTER_BODY = 6,
    INTO_BODY = 2,
    FIRST_YEAR = 1990,
    LAST_YEAR = 2100
};

static const char *name_of(uint32_t source)
{
    static const char *const from[] = {
#define DATED_FROM(id, from) from,
        RUNUT_DATED_SOURCES(DATED_FROM)
#undef DATED_FROM
    };
    for (size_t i = 0; i < RUNUT_DATED_SOURCE_COUNT; i++)
        if (source >> i & 1)
            return from[i];
    return "";
}

/* The first statement of a day names it; a finer one takes its place. */
static bool keep(runut_dates *self, runut_slice iso, runut_slice printed, uint32_t source)
{
    runut_day day = runut_day_parse(iso);
    int year, month, of_month;
    if (day == RUNUT_NO_DAY)
        return false;
    runut_day_split(day, &year, &month, &of_month);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return false;
    const char *from = self->meta ? self->meta : name_of(source);
    source |= self->loose ? RUNUT_DATED_BIT(LOOSE) : 0;
    for (size_t i = 0; i < self->size; i++) {
        runut_dated *d = &self->at[i];
        if (d->day != day)
            continue;
        d->sources |= source;
        if ((iso.size > d->iso.size && d->iso.size <= 10) || !*d->from) {
            d->iso = iso;
            d->printed = printed;
            d->from = from;
        }
        return true;
    }
    if (self->size < RUNUT_DATED_MOST)
        self->at[self->size++] =
            (runut_dated){.day = day, .sources = source, .iso = iso, .printed = printed, .from = from};
    return true;
}

static bool cast(runut_dates *self, runut_slice text, uint32_t source)
{
    runut_arena *arena = self->metadata->tree->arena;
    runut_slice printed = {"", 0};
    text = runut_slice_part(runut_slice_trim(text), 0, MOST_LINE);
    if (text.size < 6)
        return false;
    runut_slice iso = runut_dated_read(arena, text, self->language, &printed);
    runut_slice other = runut_dated_swapped(arena, text, self->language);
    if (other.size)
        keep(self, other, printed, source | RUNUT_DATED_BIT(SWAPPED));
    return keep(self, iso, printed.size ? printed : text, source);
}

/* ---- out of sight ---- */

static runut_slice iso_of(const runut_dates *self, runut_slice text)
{
    return runut_dated_read(self->metadata->tree->arena, runut_slice_part(text, 0, MOST_LINE), self->language, NULL);
}

static runut_day day_of(const runut_dates *self, runut_slice text)
{
    return runut_day_parse(iso_of(self, text));
}

static void take_change(runut_dates *self, runut_slice text)
{
    self->changed_iso = iso_of(self, text);
    self->changed = runut_day_parse(self->changed_iso);
}

static bool is_change(runut_slice name)
{
    return runut_slice_holds_nocase(name, "modified_time") || runut_slice_holds_nocase(name, "updated_time") ||
           runut_slice_holds_nocase(name, "datemodified") || runut_slice_holds_nocase(name, "modified") ||
           runut_slice_holds_nocase(name, "lastmod") || runut_slice_holds_nocase(name, "last-modified");
}

/* What metadata says of publication and of change, before anything visible is asked. */
static void find_stated(runut_dates *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    self->published = day_of(self, self->metadata->json_published);
    take_change(self, self->metadata->json_modified);
    for (size_t i = 0; i < tree->metas.size; i++) {
        const runut_html_meta *m = &tree->metas.at[i];
        if (self->changed == RUNUT_NO_DAY && is_change(m->name))
            take_change(self, m->content);
        else if (self->published == RUNUT_NO_DAY && runut_dated_meta(tree->arena, m->name) == 2)
            self->published = day_of(self, m->content);
    }
}

/* "meta dc.date.issued" */
static const char *meta_name(const runut_dates *self, runut_slice name)
{
    runut_arena *arena = self->metadata->tree->arena;
    name = runut_utf8_fold(arena, runut_slice_part(name, 0, MOST_BEFORE));
    return runut_arena_printf(arena, "meta %.*s", (int)name.size, name.at).at;
}

static void ask_metas(runut_dates *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    bool any = false;
    for (size_t i = 0; i < tree->metas.size; i++) {
        int sure = runut_dated_meta(tree->arena, tree->metas.at[i].name);
        if (!sure)
            continue;
        self->meta = meta_name(self, tree->metas.at[i].name);
        any |= cast(self, tree->metas.at[i].content,
                    any         ? RUNUT_DATED_BIT(META_LATER)
                    : sure == 2 ? RUNUT_DATED_BIT(META_PUBLISHED)
                                : RUNUT_DATED_BIT(META_PLAIN));
    }
    self->meta = NULL;
}

/* "2024/02/12" or "2024/feb/12" at the start of `part`, as ISO 8601; else empty. */
static runut_slice url_day(runut_arena *arena, runut_slice part)
{
    runut_slice year = runut_slice_part(part, 0, 4), month, day;
    if (part.size < 10 || (part.at[4] != '/' && part.at[4] != '-'))
        return (runut_slice){"", 0};
    char mark = part.at[4];
    part = runut_slice_part(part, 5, part.size);
    if (!runut_slice_field(&part, mark, &month) || month.size < 2 || month.size > 9 || part.size < 2 ||
        !runut_is_digit((unsigned char)part.at[0]) || !runut_is_digit((unsigned char)part.at[1]) ||
        (part.size > 2 && runut_is_digit((unsigned char)part.at[2])))
        return (runut_slice){"", 0};
    day = runut_slice_part(part, 0, 2);
    uint32_t number = 0;
    int named = mark == '/' && !runut_is_digit((unsigned char)month.at[0])
                    ? runut_month_named(runut_utf8_fold(arena, month), RUNUT_LITERAL("en"))
                    : 0;
    if (!named && (month.size != 2 || !runut_slice_number(month, &number)))
        return (runut_slice){"", 0};
    return runut_arena_printf(arena, "%.4s-%02d-%.2s", year.at, named ? named : (int)number, day.at);
}

/* "/2024/02/12/" in the page's address. */
static void ask_url(runut_dates *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    runut_slice url = tree->canonical.size ? tree->canonical : runut_html_meta_named(tree, "og:url");
    for (size_t i = 0; i + 10 < url.size && i < 300; i++) {
        uint32_t year;
        if ((url.at[i] != '/' && url.at[i] != '-') || !runut_slice_number(runut_slice_part(url, i + 1, i + 5), &year))
            continue;
        runut_slice iso = url_day(tree->arena, runut_slice_part(url, i + 1, i + 20));
        if (runut_day_parse(iso) != RUNUT_NO_DAY) {
            keep(self, iso, runut_slice_part(url, i + 1, i + 11), RUNUT_DATED_BIT(URL));
            return;
        }
    }
}

/* ---- on the page ---- */

/* Blocks where a date line may stand: around the headline, before the body, just behind it. */
static bool is_near(const runut_dates *self, uint32_t block)
{
    uint32_t head = self->metadata->headline_block, first = self->body.first;
    if (self->loose)
        return block + BEFORE_HEADLINE * 2 >= self->top && block < first + INTO_BODY;
    if (head != UINT32_MAX && head <= first)
        return block + BEFORE_HEADLINE >= head && block < first + INTO_BODY;
    return block + BEFORE_HEADLINE * 2 >= first && block < first + INTO_BODY;
}

/* Is there a menu between a header and the headline? Then the header is the site's, however near. */
static bool menu_follows(const runut_dates *self, uint32_t block)
{
    enum { MENU_LINKS = 3, MOST_BLOCKS = 40 };
    for (int n = 0; block < self->top && n < MOST_BLOCKS; block++, n++)
        if (self->metadata->tree->blocks.at[block].links >= MENU_LINKS)
            return true;
    return false;
}

/* A header that ends before the headline is the site's, and its date the clock at the time of the capture. */
static bool is_site_header(const runut_dates *self, const runut_html_node *node)
{
    bool header = !(node->classes & RUNUT_CLASS_BIT(DATE)) &&
                  (node->tag == RUNUT_TAG_HEADER || node->classes & (RUNUT_CLASS_BIT(HEADER) | RUNUT_CLASS_BIT(NAV)));
    return header && self->metadata->headline_block != UINT32_MAX && node->end <= self->top &&
           !(self->loose && node->end + BESIDE_HEADLINE > self->top && !menu_follows(self, node->end));
}

/* Between headline and body nothing is elsewhere, whatever its classes say. */
static bool is_between(const runut_dates *self, uint32_t block)
{
    uint32_t head = self->metadata->headline_block;
    return head != UINT32_MAX && block > head && block < self->body.first;
}

static bool is_elsewhere(const runut_dates *self, uint32_t node)
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

static bool says_changed(const runut_dates *self, runut_slice text)
{
    return runut_dated_says(self->metadata->tree->arena, text, "changed");
}

/* The words just before `printed` in `line`, up to a mark that parts it from another statement. */
static runut_slice words_before(runut_slice line, runut_slice printed)
{
    size_t at = printed.size ? runut_slice_find(line, printed, 0) : SIZE_MAX;
    size_t start = at == SIZE_MAX ? 0 : at;
    while (at != SIZE_MAX && start > 0 && at - start < MOST_BEFORE && line.at[start - 1] != '|' &&
           line.at[start - 1] != '\n' && line.at[start - 1] != ')' &&
           !runut_is_digit((unsigned char)line.at[start - 1]))
        start--;
    return at == SIZE_MAX ? (runut_slice){"", 0} : runut_slice_part(line, start, at);
}

/* A line's date, told apart by the words before it; then that of what is left: "Published 3 May 2020, updated 6 June".
 */
static bool cast_line(runut_dates *self, runut_slice line, uint32_t source)
{
    enum { STATEMENTS = 2 };
    runut_arena *arena = self->metadata->tree->arena;
    bool any = false;
    for (int k = 0; k < STATEMENTS && line.size; k++) {
        runut_slice printed = {"", 0};
        runut_slice iso = runut_printed_date(arena, line, self->language, &printed);
        size_t at = iso.size ? runut_slice_find(line, printed, 0) : SIZE_MAX;
        if (at == SIZE_MAX)
            break;
        runut_slice before = words_before(line, printed);
        bool changed = says_changed(self, before.size ? before : runut_slice_part(line, 0, at));
        bool sure = !changed && before.size && runut_dated_says(arena, before, "published");
        cast(self, runut_slice_part(line, at, line.size),
             changed ? RUNUT_DATED_BIT(CHANGED) : (source | (sure ? RUNUT_DATED_BIT(LINE_LABELLED) : 0)));
        any |= !changed;
        line = runut_slice_part(line, at + printed.size, line.size);
        source = RUNUT_DATED_BIT(LINE_LATER);
    }
    return any;
}

static bool is_changed_mark(const runut_dates *self, const runut_html_mark *m, runut_slice shown)
{
    return runut_slice_holds_nocase(m->itemprop, "modified") || runut_slice_holds_nocase(m->itemprop, "updated") ||
           (m->tag == RUNUT_TAG_TIME && says_changed(self, shown)) ||
           (m->classes & RUNUT_CLASS_BIT(DATE) && says_changed(self, shown));
}

/* Does the block say that the time element in it is that of a change? "Updated: <time>" */
static bool is_changed_before(const runut_dates *self, const runut_html_mark *m, runut_slice shown)
{
    const runut_html_tree *tree = self->metadata->tree;
    if (m->block >= tree->blocks.size || shown.size == 0)
        return false;
    return says_changed(self, words_before(runut_slice_part(tree->blocks.at[m->block].text, 0, MOST_LINE), shown));
}

/* Microdata's or RDFa's name of the day of publication. */
static bool is_published(runut_slice property)
{
    static const char *const names[] = {"datepublished", "datecreated",  "published_time",
                                        "dc:date",       "dcterms:date", "dcterms:created"};
    for (size_t i = 0; property.size && i < sizeof names / sizeof *names; i++)
        if (runut_slice_holds_nocase(property, names[i]))
            return !runut_slice_holds_nocase(property, "modified");
    return false;
}

static void ask_marks(runut_dates *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    bool any = false;
    int asked = 0;
    for (size_t i = 0; i < tree->marks.size && asked < MOST_MARKS; i++) {
        const runut_html_mark *m = &tree->marks.at[i];
        bool published = is_published(m->itemprop);
        if (!published && m->tag != RUNUT_TAG_TIME)
            continue;
        bool near = is_near(self, m->block) ||
                    (self->loose && m->block >= self->body.end && m->block < self->body.end + 2 * AFTER_BODY);
        if ((!published && !near) || (!is_between(self, m->block) && is_elsewhere(self, m->node)))
            continue;
        runut_slice shown = runut_html_mark_text(tree, m), text = m->value.size ? m->value : shown;
        asked++;
        if (is_changed_mark(self, m, shown) || is_changed_before(self, m, shown))
            cast(self, text, RUNUT_DATED_BIT(CHANGED));
        else if (published)
            cast(self, text, near ? RUNUT_DATED_BIT(ITEMPROP) : RUNUT_DATED_BIT(ITEMPROP_FAR));
        else
            any |= cast(self, text, any ? RUNUT_DATED_BIT(TIME_LATER) : RUNUT_DATED_BIT(TIME_FIRST));
    }
}

static bool has_class(const runut_html_tree *tree, uint32_t node, uint32_t set)
{
    return (tree->nodes.at[node].classes | tree->nodes.at[tree->nodes.at[node].parent].classes) & set;
}

/* A label alone in the block before: "Updated", "Dipublikasikan". */
static runut_slice label_before(const runut_dates *self, uint32_t block)
{
    const runut_html_tree *tree = self->metadata->tree;
    runut_slice text = block > 0 ? tree->blocks.at[block - 1].text : (runut_slice){"", 0};
    return text.size <= MOST_BEFORE ? text : (runut_slice){"", 0};
}

static void ask_blocks(runut_dates *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    uint32_t head = self->metadata->headline_block, n = (uint32_t)tree->blocks.size;
    bool any = false;
    for (uint32_t i = 0; i < n && i < self->body.first + INTO_BODY; i++) {
        const runut_html_block *b = &tree->blocks.at[i];
        if (!is_near(self, i) || b->text.size > MOST_LINE || b->text.size < 6 || i == head ||
            (!is_between(self, i) && is_elsewhere(self, b->node)))
            continue;
        bool above = head != UINT32_MAX && i < head, class = has_class(tree, b->node, RUNUT_CLASS_BIT(DATE));
        runut_slice label = label_before(self, i);
        bool changed = label.size && says_changed(self, label) && !runut_dated_says(tree->arena, label, "published");
        uint32_t source = changed ? RUNUT_DATED_BIT(CHANGED)
                          : above ? RUNUT_DATED_BIT(LINE_ABOVE)
                          : any   ? RUNUT_DATED_BIT(LINE_LATER)
                                  : RUNUT_DATED_BIT(LINE_FIRST);
        bool found = cast_line(self, b->text, source | (class && !changed ? RUNUT_DATED_BIT(LINE_CLASS) : 0));
        any |= found && !above && !changed;
    }
    uint32_t after = self->loose ? 2 * AFTER_BODY : AFTER_BODY;
    for (uint32_t i = self->body.end; i < n && i < self->body.end + after; i++)
        if (tree->blocks.at[i].text.size <= MOST_LINE && !is_elsewhere(self, tree->blocks.at[i].node))
            cast_line(self, tree->blocks.at[i].text, RUNUT_DATED_BIT(LINE_BELOW));
}

void runut_dates_find(runut_dates *self)
{
    find_stated(self);
    ask_blocks(self);
    ask_marks(self);
    cast(self, self->metadata->json_published, RUNUT_DATED_BIT(JSON));
    ask_metas(self);
    ask_url(self);
    self->loose = self->size == 0;
    if (self->loose) {
        ask_blocks(self);
        ask_marks(self);
    }
}
