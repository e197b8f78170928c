/* Is the page a report, a listing of reports, or something else? Four kinds of evidence, strongest first:
 *
 *     what the page says it is      types of JSON-LD and OpenGraph; a listing's types win only where no article's stand
 *     its address and its title     "/tag/banjir", "/", "Page not found", "Log in"
 *     how its text is laid out      several linked headings, each with text of its own below: a blog's front page, a
 *                                   section page; one heading and one run of text: a report
 *     how much text there is        less than LEAST words need evidence that they are a report
 *
 * A live blog is an article: its entries' headings are seldom links, and its type says what it is. */
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/page.h"

enum {
    LEAST = 60,       /* words of a report that nothing else shows to be one */
    LEAST_BRIEF = 20, /* of one that says that it is one */
    LEAST_FLASH = 5,  /* of one that says so in several ways */
    SURE = 250,       /* with so many, a title or an address proves nothing */
    LINKS = 12,       /* linked lines of a listing */
    UNITS = 3,        /* entries of a listing */
    UNIT_WORDS = 12,  /* of text below a heading */
    FULL_UNITS = 5,   /* entries, where the page also says that it is a report */
    MOST_TYPES = 400,
    MOST_PATH_PARTS = 12,
    COOKIES = 3
};

typedef struct evidence {
    int articles, live, listings, others, videos; /* types of JSON-LD */
    bool og_article, og_other, og_video, published, headline;
    bool root, listing_path, missing, wall;
    float words, cookies, link_lines, link_share;
    int units;    /* linked headings with text below */
    int headings; /* that are no links, in the body */
} evidence;

/* ---- what it says ---- */

static bool one_of(runut_slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runut_slice_is(name, names[i]))
            return true;
    return false;
}

#define ONE_OF(name, list) one_of(name, list, sizeof(list) / sizeof *(list))

static void count_type(evidence *self, runut_slice type)
{
    static const char *const listings[] = {"CollectionPage", "SearchResultsPage", "ProfilePage", "Blog", "ItemList"};
    static const char *const others[] = {"Product",     "DiscussionForumPosting", "QAPage", "JobPosting", "LoginAction",
                                         "ImageGallery"};
    self->live += runut_slice_is(type, "LiveBlogPosting");
    if (ONE_OF(type, others))
        self->others++;
    else if (ONE_OF(type, listings))
        self->listings++;
    else if (runut_slice_ends(type, RUNUT_LITERAL("Article")) || runut_slice_ends(type, RUNUT_LITERAL("Posting")) ||
             runut_slice_ends(type, RUNUT_LITERAL("Report")))
        self->articles++;
    self->videos += runut_slice_is(type, "VideoObject");
}

static size_t find_quote(runut_slice text, size_t at)
{
    const char *hit = at < text.size ? memchr(text.at + at, '"', text.size - at) : NULL;
    return hit ? (size_t)(hit - text.at) : text.size;
}

/* Every "@type" of the page's JSON-LD, whatever it is the type of. */
static void count_types(evidence *self, const runut_slices *json)
{
    const runut_slice key = RUNUT_LITERAL("\"@type\"");
    int types = 0;
    for (size_t i = 0; i < json->size; i++) {
        runut_slice text = json->at[i];
        for (size_t at = runut_slice_find(text, key, 0); at != SIZE_MAX && types++ < MOST_TYPES;
             at = runut_slice_find(text, key, at)) {
            size_t start = find_quote(text, at + key.size) + 1, end = find_quote(text, start);
            count_type(self, runut_slice_part(text, start, end));
            at = end;
        }
    }
}

static void read_metas(const runut_page *page, evidence *self)
{
    runut_slice type = runut_html_meta_named(page->tree, "og:type");
    self->og_article = runut_slice_starts_nocase(type, RUNUT_LITERAL("article"));
    self->og_other = runut_slice_starts_nocase(type, RUNUT_LITERAL("product"));
    self->listings += runut_slice_starts_nocase(type, RUNUT_LITERAL("profile"));
    self->og_video = runut_slice_starts_nocase(type, RUNUT_LITERAL("video"));
    self->published =
        runut_html_meta_named(page->tree, "article:published_time").size || page->metadata->json_published.size;
    self->headline =
        page->metadata->headline_block != UINT32_MAX && page->texts[page->metadata->headline_block].words > 3;
}

/* ---- address and title ---- */

static bool table_has(const char *kind, runut_slice text, bool whole)
{
    runut_slice table = runut_data("page_kinds.tsv"), fields[2];
    while (runut_data_row(&table, fields, 2)) {
        if (!runut_slice_is(fields[1], kind))
            continue;
        if (whole ? runut_slice_equal_nocase(text, fields[0]) : runut_slice_find_nocase(text, fields[0], 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static void read_address(const runut_page *page, evidence *self)
{
    runut_slice url = page->tree->canonical.size ? page->tree->canonical : runut_html_meta_named(page->tree, "og:url"),
                part;
    size_t host = runut_slice_find(url, RUNUT_LITERAL("//"), 0);
    if (host == SIZE_MAX)
        return;
    runut_slice rest = runut_slice_part(url, host + 2, url.size < 1000 ? url.size : 1000);
    int parts = 0, words = 0;
    for (runut_slice_field(&rest, '/', &part); parts < MOST_PATH_PARTS && runut_slice_field(&rest, '/', &part);
         parts++) {
        size_t query = runut_slice_find(part, RUNUT_LITERAL("?"), 0);
        runut_slice name = runut_slice_part(part, 0, query == SIZE_MAX ? part.size : query);
        words += name.size > 0;
        bool last = !rest.at || memchr(rest.at, '/', rest.size > 0 ? rest.size - 1 : 0) == NULL;
        self->listing_path |= last && name.size && table_has("path", name, true);
        self->listing_path |=
            query != SIZE_MAX && runut_slice_starts(runut_slice_part(part, query, part.size), RUNUT_LITERAL("?s="));
    }
    self->root = words == 0;
}

static void read_title(const runut_page *page, evidence *self)
{
    runut_slice title = runut_slice_part(page->tree->title, 0, 200),
                headline = runut_slice_part(page->metadata->headline, 0, 200);
    self->missing = table_has("missing", title, false) || table_has("missing", headline, false);
    self->wall = table_has("wall", headline, true) || (headline.size < 60 && table_has("wall", headline, false)) ||
                 (title.size < 60 && table_has("wall", title, false));
}

/* ---- layout ---- */

static bool is_linked_heading(const runut_page *page, size_t i)
{
    const runut_block_text *t = &page->texts[i];
    return t->heading && t->words >= 3 && runut_page_link_share(&page->tree->blocks.at[i]) > 0.8F;
}

static float count_cookies(runut_slice text)
{
    float count = 0;
    runut_slice word = RUNUT_LITERAL("cookie");
    for (size_t at = runut_slice_find_nocase(text, word, 0); at != SIZE_MAX;
         at = runut_slice_find_nocase(text, word, at + word.size))
        count++;
    return count;
}

static void read_layout(const runut_page *page, evidence *self)
{
    float below = 0, bytes = 0, links = 0;
    bool open = false;
    for (size_t i = 0; i < page->tree->blocks.size; i++) {
        const runut_html_block *b = &page->tree->blocks.at[i];
        float words = page->why[i] ? 0 : page->texts[i].words;
        bytes += (float)b->bytes;
        links += (float)b->link_bytes;
        self->words += words;
        self->link_lines += runut_page_link_share(b) > 0.5F && page->texts[i].words >= 4;
        if (words > 0 && self->words <= SURE)
            self->cookies += count_cookies(b->text);
        if (is_linked_heading(page, i)) {
            self->units += open && below >= UNIT_WORDS;
            open = true;
            below = 0;
        } else {
            below += words;
            self->headings += words > 0 && page->texts[i].heading;
        }
    }
    self->units += open && below >= UNIT_WORDS;
    self->link_share = bytes > 0 ? links / bytes : 0;
}

/* ---- the decision ---- */

/* Articles too have linked headings with text below (the best ten of something), but a headline above them. */
static bool is_listing(const evidence *e)
{
    if (e->live || e->published)
        return false;
    if (e->articles == 1 || e->og_article)
        return e->root && e->units >= UNITS;
    bool entries = e->units >= UNITS && e->units > e->headings, lines = e->link_lines >= UNITS;
    if ((e->root && (entries || (e->link_lines >= LINKS && e->words < SURE))) ||
        (e->listing_path && (entries || lines)))
        return true;
    return (e->listings || e->articles >= FULL_UNITS || !e->headline) &&
           (entries || (e->listings && lines && e->words < SURE));
}

static bool is_other(const evidence *e)
{
    bool typed = e->others || e->og_other, article = e->articles || e->og_article || e->published;
    if (typed && !article && e->words < 2 * SURE)
        return true;
    if (e->words < SURE && !e->articles && (e->missing || e->wall))
        return true;
    return e->words < SURE && e->cookies >= COOKIES && e->cookies * 40 > e->words && !e->published;
}

static bool is_article(const evidence *e)
{
    bool several = (e->articles > 0) + e->og_article + e->published >= 2;
    if (e->words >= LEAST)
        return e->articles || !(e->og_video || e->videos) || e->words >= 2 * LEAST;
    if (e->missing || e->wall || (e->og_video && !e->articles))
        return false;
    return (e->words >= LEAST_BRIEF && (e->articles || e->live || e->og_article)) ||
           (e->words >= LEAST_FLASH && several && e->headline);
}

runut_article_kind runut_page_kind(const runut_page *self, float hidden)
{
    evidence e = {0};
    count_types(&e, &self->tree->json);
    read_metas(self, &e);
    read_layout(self, &e);
    e.words += hidden;
    read_address(self, &e);
    if (e.words < SURE)
        read_title(self, &e);
    if (is_other(&e))
        return RUNUT_KIND_OTHER;
    if (is_listing(&e))
        return RUNUT_KIND_LISTING;
    if (is_article(&e))
        return RUNUT_KIND_ARTICLE;
    return e.link_lines >= LINKS || e.units >= UNITS ||
                   ((e.root || e.listing_path || e.listings) && e.link_lines >= UNITS)
               ? RUNUT_KIND_LISTING
               : RUNUT_KIND_OTHER;
}
