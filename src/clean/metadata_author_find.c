/* Every place of a page that may name an author; each name is kept once, with the set of places that have it. */
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/byline.h"
#include "clean/cues.h"
#include "clean/metadata_author.h"
#include "clean/stage.h"

enum {
    MOST_LINE = 200,
    MOST_LINES = 3,
    MOST_FAR = 3,
    MOST_NAMES = 12,
    BEFORE_HEADLINE = 5,
    AFTER_BODY = 12,
    UNDER_HEADLINE = 4,
    INTO_BODY = 3,
    BIO_BELOW = 40,
    SHORT_NAME = 80
};

static void keep_labelled(runut_authors *self, runut_slice name)
{
    uint32_t words;
    runut_slice key = runut_author_key(self->arena, name, &words);
    for (size_t i = 0; i < self->size; i++)
        if (runut_slice_equal(self->at[i].key, key))
            self->at[i].labelled = true;
}

static void keep(runut_authors *self, runut_slice name, uint32_t source, uint32_t block, uint32_t rank)
{
    uint32_t words;
    runut_slice key = runut_author_key(self->arena, name, &words);
    if (words == 0)
        return;
    for (size_t i = 0; i < self->size; i++) {
        runut_author *a = &self->at[i];
        if (!runut_slice_equal(a->key, key))
            continue;
        a->sources |= source;
        a->rank = rank < a->rank ? rank : a->rank;
        if (block != UINT32_MAX && (a->block == UINT32_MAX || block < a->block)) {
            a->block = block;
            a->name = name; /* as printed rather than as stated */
        }
        return;
    }
    if (self->size < RUNUT_AUTHOR_MOST)
        self->at[self->size++] =
            (runut_author){.name = name, .key = key, .sources = source, .block = block, .rank = rank, .words = words};
}

/* The names in `text`; how many. */
static size_t keep_list(runut_authors *self, runut_slice text, uint32_t source, uint32_t block)
{
    runut_slices names = {0};
    runut_author_split(self->arena, text, &names);
    for (size_t i = 0; i < names.size && i < MOST_NAMES; i++)
        keep(self, names.at[i], source, block, (uint32_t)i);
    return names.size;
}

/* ---- out of sight ---- */

static void from_json(runut_authors *self)
{
    const runut_metadata *m = self->metadata;
    for (size_t i = 0; i < m->json_authors.size && i < MOST_NAMES; i++) {
        uint32_t source =
            m->json_persons & (1u << (i < 31 ? i : 31)) ? RUNUT_AUTHOR_BIT(JSON_PERSON) : RUNUT_AUTHOR_BIT(JSON_PLAIN);
        runut_slices names = {0};
        runut_author_split(self->arena, m->json_authors.at[i], &names);
        for (size_t k = 0; k < names.size && k < MOST_NAMES; k++)
            keep(self, names.at[k], source, UINT32_MAX, (uint32_t)(i + k));
    }
    runut_slice desk = runut_author_tidy(self->arena, m->json_desk);
    if (desk.size)
        keep(self, desk, RUNUT_AUTHOR_BIT(JSON_ORG), UINT32_MAX, 0);
}

static void from_metas(runut_authors *self)
{
    static const struct {
        const char *name;
        uint32_t source;
    } names[] = {{"author", RUNUT_AUTHOR_BIT(META_AUTHOR)},
                 {"article:author", RUNUT_AUTHOR_BIT(META_ARTICLE)},
                 {"og:article:author", RUNUT_AUTHOR_BIT(META_ARTICLE)},
                 {"article:author_name", RUNUT_AUTHOR_BIT(META_ARTICLE)},
                 {"og:author", RUNUT_AUTHOR_BIT(META_ARTICLE)},
                 {"dc.creator", RUNUT_AUTHOR_BIT(META_LIBRARY)},
                 {"dcterms.creator", RUNUT_AUTHOR_BIT(META_LIBRARY)},
                 {"dc:creator", RUNUT_AUTHOR_BIT(META_LIBRARY)},
                 {"dc.contributor", RUNUT_AUTHOR_BIT(META_LIBRARY)},
                 {"citation_author", RUNUT_AUTHOR_BIT(META_LIBRARY)},
                 {"byl", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"parsely-author", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"sailthru.author", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"authors", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"article_author", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"article.author", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"content_author", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"dable:author", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"cxenseparse:author", RUNUT_AUTHOR_BIT(META_TOOL)},
                 {"twitter:data1", RUNUT_AUTHOR_BIT(TWITTER)}};
    const runut_html_tree *tree = self->metadata->tree;
    bool written = runut_slice_holds_nocase(runut_html_meta_named(tree, "twitter:label1"), "by");
    for (size_t i = 0; i < tree->metas.size; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (runut_slice_equal_nocase(tree->metas.at[i].name, runut_slice_of(names[k].name)) &&
                !runut_slice_holds_nocase(tree->metas.at[i].content, "://") &&
                (names[k].source != RUNUT_AUTHOR_BIT(TWITTER) || written))
                keep_list(self,
                          names[k].source == RUNUT_AUTHOR_BIT(META_LIBRARY)
                              ? runut_author_uninverted(self->arena, tree->metas.at[i].content)
                              : tree->metas.at[i].content,
                          names[k].source, UINT32_MAX);
}

/* ---- on the page ---- */

static bool is_near(const runut_authors *self, uint32_t block)
{
    uint32_t head = self->metadata->headline_block;
    uint32_t from = head != UINT32_MAX && head < self->body.first ? head : self->body.first;
    return (block + BEFORE_HEADLINE >= from && block <= self->body.first + INTO_BODY) ||
           (block + 1 >= self->body.end && block < self->body.end + AFTER_BODY);
}

static bool is_between(const runut_authors *self, uint32_t block)
{
    uint32_t head = self->metadata->headline_block;
    return head != UINT32_MAX && block > head && block < self->body.first;
}

static bool is_elsewhere(const runut_authors *self, uint32_t node)
{
    const runut_html_tree *tree = self->metadata->tree;
    const uint32_t set =
        RUNUT_CLASS_BIT(COMMENT) | RUNUT_CLASS_BIT(RELATED) | RUNUT_CLASS_BIT(POPULAR) | RUNUT_CLASS_BIT(CAPTION);
    for (int up = 0; up < 6 && node; up++, node = tree->nodes.at[node].parent) {
        unsigned tag = tree->nodes.at[node].tag;
        if (tag == RUNUT_TAG_NAV || tag == RUNUT_TAG_FOOTER || tag == RUNUT_TAG_FIGCAPTION ||
            (up < 4 && tree->nodes.at[node].classes & set))
            return true;
    }
    return false;
}

/* Not near, or near but of other things. */
static bool is_foreign(const runut_authors *self, uint32_t block, uint32_t node)
{
    return !is_near(self, block) || (!is_between(self, block) && is_elsewhere(self, node));
}

static uint32_t label_source(const runut_authors *self, const runut_byline *line, uint32_t block)
{
    if (block >= self->body.end)
        return RUNUT_AUTHOR_BIT(END);
    return line->label & RUNUT_CUE_WRITER ? RUNUT_AUTHOR_BIT(LABEL) : RUNUT_AUTHOR_BIT(BY);
}

/* "Ann and Bob": one name on its site. */
static bool is_couple(const runut_slices *names)
{
    return names->size == 2 && !memchr(names->at[0].at, ' ', names->at[0].size) &&
           !memchr(names->at[1].at, ' ', names->at[1].size);
}

/* The names of a line that says that it is a by-line; how many. Photographers and those who checked are none. */
static size_t keep_byline(runut_authors *self, runut_slice line, uint32_t block, uint32_t also)
{
    runut_byline read;
    size_t kept = 0;
    if (!runut_byline_read(self->arena, line, &read) || read.plain_name)
        return 0;
    if (is_couple(&read.writers)) {
        size_t at = runut_slice_find(line, read.writers.at[0], 0), end = runut_slice_find(line, read.writers.at[1], at);
        runut_slice couple =
            end == SIZE_MAX ? (runut_slice){"", 0} : runut_slice_part(line, at, end + read.writers.at[1].size);
        if (couple.size)
            return keep_list(self, couple, label_source(self, &read, block) | also, block);
    }
    for (size_t i = 0; i < read.writers.size && i < MOST_NAMES; i++) {
        runut_slice name = runut_author_tidy(self->arena, read.writers.at[i]);
        uint32_t kinds = runut_author_kinds(self->arena, name);
        if (!name.size || (kinds & (RUNUT_AUTHOR_DEGREE | RUNUT_AUTHOR_ROLE) && kept) ||
            (kept && runut_author_has_role(self->arena, name)))
            continue;
        name = runut_author_with_degrees(self->arena, line, name);
        keep(self, name, label_source(self, &read, block) | also, block, (uint32_t)i);
        if (read.label & RUNUT_CUE_WRITER)
            keep_labelled(self, name);
        kept++;
    }
    for (size_t i = 0; i < read.editors.size && i < MOST_NAMES; i++) {
        runut_slice name = runut_author_tidy(self->arena, read.editors.at[i]);
        if (name.size)
            keep(self, name, RUNUT_AUTHOR_BIT(EDITOR), block, (uint32_t)i);
    }
    return kept + read.editors.size;
}

/* Who checked or edited is no writer. */
static bool is_checker(runut_slice text)
{
    static const char *const words[] = {"reviewed", "edited by", "fact check", "fact-check", "ditinjau", "editor:"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (runut_slice_holds_nocase(text, words[i]))
            return true;
    return false;
}

/* The first line of an element that names somebody: what follows is a role, a date, a biography. */
static size_t keep_lines(runut_authors *self, runut_slice text, uint32_t source, uint32_t block)
{
    size_t kept = 0;
    int lines = 0;
    for (runut_slice line; !kept && lines < MOST_LINES && runut_slice_line(&text, &line);) {
        line = runut_slice_trim(line);
        if (line.size == 0)
            continue;
        lines++;
        kept = keep_byline(self, line, block, source);
        if (!kept && line.size <= SHORT_NAME * 2)
            kept = keep_list(self, line, source, block);
    }
    return kept;
}

static uint32_t mark_source(const runut_authors *self, const runut_html_mark *m, bool far)
{
    bool said = m->author_rel || runut_slice_holds_nocase(m->itemprop, "author") ||
                runut_slice_holds_nocase(m->itemprop, "creator");
    if (far)
        return said && !is_elsewhere(self, m->node) ? RUNUT_AUTHOR_BIT(FAR) : 0;
    bool bio = m->classes & RUNUT_CLASS_BIT(BIO);
    return said ? RUNUT_AUTHOR_BIT(REL) : (m->classes & RUNUT_CLASS_BIT(AUTHOR) && !bio ? RUNUT_AUTHOR_BIT(CLASS) : 0);
}

/* Elements that say that they hold the author. Those of a second place are its editors, reviewers or other articles'
 * authors: their rank tells. */
static void from_marks(runut_authors *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    int fars = 0;
    for (size_t i = 0; i < tree->marks.size && self->size + 4 < RUNUT_AUTHOR_MOST; i++) {
        const runut_html_mark *m = &tree->marks.at[i];
        bool far = is_foreign(self, m->block, m->node);
        if (far && fars >= MOST_FAR)
            continue;
        uint32_t source = mark_source(self, m, far);
        runut_slice text = source ? runut_html_mark_text(tree, m) : (runut_slice){"", 0};
        if (text.size == 0 || text.size > MOST_LINE * 2 || is_checker(runut_slice_part(text, 0, MOST_LINE)))
            continue;
        fars += far;
        keep_lines(self, text, source, far ? UINT32_MAX : m->block);
    }
}

/* A by-line's preposition that stands inside a line: "Published August 7, 2023 by Ann Example", "Diposting oleh Om
 * Contoh di 20.12": what follows it, up to a date or a mark. */
static runut_slice inner_byline(const runut_authors *self, runut_slice line)
{
    static const char *const stops[] = {" on ", " pada ",         " in: ",      " | ",
                                        " - ",  " \xE2\x80\xA2 ", " \xC2\xB7 ", " am "};
    line = runut_slice_part(line, 0, runut_slice_find(line, RUNUT_LITERAL("\n"), 0));
    for (size_t at = 0, end; at < line.size; at = end + 1) {
        for (end = at; end < line.size && line.at[end] != ' ';)
            end++;
        runut_slice word = runut_slice_part(line, at, end), rest = runut_slice_part(line, end + 1, line.size);
        if (at == 0 || end >= line.size || word.size > 12 || !runut_utf8_starts_upper(rest) ||
            !(runut_author_kinds(self->arena, word) & RUNUT_AUTHOR_MID))
            continue;
        size_t stop = 0;
        while (stop < rest.size && !runut_is_digit((unsigned char)rest.at[stop]))
            stop++;
        rest = runut_slice_part(rest, 0, stop);
        for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
            rest = runut_slice_part(rest, 0, runut_slice_find(rest, runut_slice_of(stops[k]), 0));
        return runut_slice_trim(rest);
    }
    return (runut_slice){"", 0};
}

/* "ByAnn Example": the blank was a margin. */
static runut_slice with_blank(const runut_authors *self, runut_slice line)
{
    bool glued = line.size > 4 && runut_slice_starts_nocase(line, RUNUT_LITERAL("by")) && line.at[2] >= 'A' &&
                 line.at[2] <= 'Z' && line.at[3] >= 'a' && line.at[3] <= 'z';
    return glued ? runut_arena_printf(self->arena, "By %.*s", (int)line.size - 2, line.at + 2) : line;
}

/* What stands before or after the date on a line: "Ann Example, Thursday 4 April 2019", "Dec. 19, 2025 · Ann Example
 * in Science". */
static void from_date_line(runut_authors *self, runut_slice line, uint32_t block)
{
    static const char *const stops[] = {" on ", " in ", " | ", " \xE2\x80\xA2 ", " \xC2\xB7 ", "\n"};
    runut_slice printed = {"", 0};
    runut_printed_date(self->arena, line, self->metadata->tree->language, &printed);
    size_t at = printed.size ? runut_slice_find(line, printed, 0) : SIZE_MAX;
    if (at == SIZE_MAX)
        return;
    runut_slice before = runut_slice_trim(runut_slice_part(line, 0, at));
    while (before.size && strchr(",|-(:", before.at[before.size - 1]))
        before = runut_slice_trim(runut_slice_part(before, 0, before.size - 1));
    runut_byline read;
    if (before.size && runut_byline_read(self->arena, before, &read) && read.plain_name)
        for (size_t i = 0; i < read.writers.size && i < MOST_NAMES; i++)
            keep_list(self, read.writers.at[i], RUNUT_AUTHOR_BIT(DATED), block);
    runut_slice after = runut_slice_part(line, at + printed.size, line.size);
    while (after.size && !runut_utf8_starts_upper(after))
        after = runut_slice_part(after, 1, after.size);
    for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
        after = runut_slice_part(after, 0, runut_slice_find(after, runut_slice_of(stops[k]), 0));
    if (runut_author_is_lone(self->arena, after))
        keep_list(self, after, RUNUT_AUTHOR_BIT(DATED), block);
}

/* A label alone on its line ("Penulis", "By"): the name is the next block. */
static bool is_only_label(const runut_authors *self, runut_slice line)
{
    runut_byline read;
    return line.size <= 30 && runut_byline_read(self->arena, line, &read) && read.only_label &&
           !(read.label & RUNUT_CUE_EDITOR);
}

/* "by ibu_lia": one word behind the preposition, and a small one. */
static bool is_handle_line(runut_slice line)
{
    runut_slice rest = runut_slice_part(line, 3, line.size);
    return runut_slice_starts_nocase(line, RUNUT_LITERAL("by ")) && rest.size >= 3 && rest.size <= 24 &&
           !memchr(rest.at, ' ', rest.size);
}

static void from_line(runut_authors *self, uint32_t i)
{
    const runut_html_tree *tree = self->metadata->tree;
    const runut_html_block *b = &tree->blocks.at[i];
    runut_slice line = with_blank(self, b->text), rest = line;
    if (i > 0 && b->text.size <= SHORT_NAME && is_only_label(self, tree->blocks.at[i - 1].text))
        keep_list(self, b->text, RUNUT_AUTHOR_BIT(LABEL), i);
    if (keep_byline(self, line, i, 0))
        return;
    if (memchr(line.at, '\n', line.size)) /* by-line<br>date */
        for (runut_slice one; runut_slice_line(&rest, &one);)
            if (keep_byline(self, runut_slice_trim(one), i, 0))
                return;
    bool sentence = i >= self->body.first && i < self->body.end && line.size && strchr(".!?", line.at[line.size - 1]);
    runut_slice inner = is_checker(line) || sentence ? (runut_slice){"", 0} : inner_byline(self, line);
    /* "Diposting oleh A di 20.12": the formula at its start is a label */
    const char *label =
        runut_cue_at(runut_utf8_fold(self->arena, line), 0, NULL) & (RUNUT_CUE_WRITER | RUNUT_CUE_PUBLISHED) ? "Author:"
                                                                                                             : "By";
    if (inner.size &&
        keep_byline(self, runut_arena_printf(self->arena, "%s %.*s", label, (int)inner.size, inner.at), i, 0))
        return;
    if (is_between(self, i) && is_handle_line(line)) {
        keep_list(self, line, RUNUT_AUTHOR_BIT(BY), i);
        return;
    }
    if (is_between(self, i))
        from_date_line(self, line, i);
}

static bool is_heading(const runut_html_tree *tree, uint32_t block)
{
    unsigned tag = tree->nodes.at[tree->blocks.at[block].node].tag;
    return tag >= RUNUT_TAG_H1 && tag <= RUNUT_TAG_H6;
}

/* "About Ann Example", and a name that heads a biography. */
static void from_bio(runut_authors *self, uint32_t i)
{
    const runut_html_tree *tree = self->metadata->tree;
    const runut_html_node *node = &tree->nodes.at[tree->blocks.at[i].node];
    runut_slice text = tree->blocks.at[i].text;
    uint32_t classes = node->classes | tree->nodes.at[node->parent].classes;
    bool about = runut_slice_starts_nocase(text, RUNUT_LITERAL("about ")) ||
                 runut_slice_starts_nocase(text, RUNUT_LITERAL("meet "));
    bool named = i > 0 && tree->blocks.at[i - 1].text.size < 40 &&
                 runut_cue_whole(runut_utf8_fold(self->arena, tree->blocks.at[i - 1].text)) & RUNUT_CUE_BIO;
    if (!about && !named && !(classes & (RUNUT_CLASS_BIT(BIO) | RUNUT_CLASS_BIT(AUTHOR))))
        return;
    runut_slice name = runut_author_tidy(self->arena, text);
    if (name.size && runut_author_is_lone(self->arena, name))
        keep(self, name, RUNUT_AUTHOR_BIT(BIO), i, 0);
}

static void from_blocks(runut_authors *self)
{
    const runut_html_tree *tree = self->metadata->tree;
    uint32_t head = self->metadata->headline_block;
    for (uint32_t i = 0; i < tree->blocks.size && self->size + 2 < RUNUT_AUTHOR_MOST; i++) {
        const runut_html_block *b = &tree->blocks.at[i];
        if (i >= self->body.end && i < self->body.end + BIO_BELOW && b->text.size <= SHORT_NAME)
            from_bio(self, i);
        if (i == head || b->text.size > MOST_LINE || is_foreign(self, i, b->node))
            continue;
        from_line(self, i);
        if (head != UINT32_MAX && i > head && i <= head + UNDER_HEADLINE && i < self->body.first + 2 &&
            !is_heading(tree, i) && b->text.size <= SHORT_NAME && runut_author_is_lone(self->arena, b->text))
            keep_list(self, b->text, RUNUT_AUTHOR_BIT(LONE), i);
    }
}

void runut_authors_find(runut_authors *self)
{
    from_json(self);
    from_metas(self);
    from_marks(self);
    from_blocks(self);
    runut_slice site = self->metadata->publisher;
    if (site.size && site.size <= SHORT_NAME && runut_author_is_lone(self->arena, site))
        keep(self, site, RUNUT_AUTHOR_BIT(SITE), UINT32_MAX, 0);
}
