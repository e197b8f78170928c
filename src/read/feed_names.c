#include "read/feed_names.h"

#include "base/slice.h"

typedef struct known_space {
    const char *text; /* the beginning of its name, or a prefix */
    runut_feed_space space;
} known_space;

/* RSS 2.0 has no namespace of its own, but people have given it several. */
static const known_space spaces[] = {
    {"http://www.w3.org/2005/atom", RUNUT_SPACE_ATOM},
    {"http://purl.org/atom/", RUNUT_SPACE_ATOM},
    {"http://example.com/necho", RUNUT_SPACE_ATOM},
    {"http://purl.org/rss/1.0/modules/content", RUNUT_SPACE_CONTENT},
    {"http://purl.org/rss/1.0/modules/", RUNUT_SPACE_OTHER},
    {"http://purl.org/rss/1.0/", RUNUT_SPACE_PLAIN},
    {"http://channel.netscape.com/rdf/simple/0.9", RUNUT_SPACE_PLAIN},
    {"http://my.netscape.com/rdf/simple/0.9", RUNUT_SPACE_PLAIN},
    {"http://my.netscape.com/publish/formats/", RUNUT_SPACE_PLAIN},
    {"http://backend.userland.com/", RUNUT_SPACE_PLAIN},
    {"http://blogs.law.harvard.edu/tech/rss", RUNUT_SPACE_PLAIN},
    {"http://cyber.law.harvard.edu/", RUNUT_SPACE_PLAIN},
    {"http://cyber.harvard.edu/", RUNUT_SPACE_PLAIN},
    {"http://purl.org/net/rss1.1", RUNUT_SPACE_PLAIN},
    {"http://www.rssboard.org/", RUNUT_SPACE_PLAIN},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns", RUNUT_SPACE_PLAIN},
    {"http://www.sitemaps.org/schemas/sitemap/", RUNUT_SPACE_PLAIN},
    {"https://www.sitemaps.org/schemas/sitemap/", RUNUT_SPACE_PLAIN},
    {"http://www.google.com/schemas/sitemap/", RUNUT_SPACE_PLAIN},
    {"http://www.google.com/schemas/sitemap-news/", RUNUT_SPACE_NEWS},
    {"https://www.google.com/schemas/sitemap-news/", RUNUT_SPACE_NEWS},
    {"http://purl.org/dc/", RUNUT_SPACE_DC},
    {"https://purl.org/dc/", RUNUT_SPACE_DC},
    {"http://search.yahoo.com/mrss", RUNUT_SPACE_MEDIA},
    {"https://search.yahoo.com/mrss", RUNUT_SPACE_MEDIA},
    {"http://www.w3.org/1999/xhtml", RUNUT_SPACE_XHTML},
};

static const known_space prefixes[] = {
    {"atom", RUNUT_SPACE_ATOM},   {"atom10", RUNUT_SPACE_ATOM}, {"a10", RUNUT_SPACE_ATOM},
    {"dc", RUNUT_SPACE_DC},       {"dcterms", RUNUT_SPACE_DC},  {"content", RUNUT_SPACE_CONTENT},
    {"media", RUNUT_SPACE_MEDIA}, {"news", RUNUT_SPACE_NEWS},   {"n", RUNUT_SPACE_NEWS},
    {"xhtml", RUNUT_SPACE_XHTML}, {"rdf", RUNUT_SPACE_PLAIN},   {"rss", RUNUT_SPACE_PLAIN},
};

runut_feed_space runut_feed_space_of(runut_slice uri)
{
    uri = runut_slice_trim(uri);
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (runut_slice_starts_nocase(uri, runut_slice_of(spaces[i].text)))
            return spaces[i].space;
    return uri.size ? RUNUT_SPACE_OTHER : RUNUT_SPACE_PLAIN;
}

runut_feed_space runut_feed_space_usual(runut_slice prefix)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (runut_slice_equal_nocase(prefix, runut_slice_of(prefixes[i].text)))
            return prefixes[i].space;
    return RUNUT_SPACE_OTHER;
}

#define IN(space) RUNUT_SPACE_##space
#define AS(field) RUNUT_FIELD_##field

static const runut_feed_name names[] = {
    {"channel", IN(PLAIN), AS(CHANNEL), 0, false},
    {"item", IN(PLAIN), AS(ITEM), 0, false},
    {"url", IN(PLAIN), AS(ITEM), 0, false},
    {"sitemap", IN(PLAIN), AS(ITEM), 0, false},
    {"head", IN(PLAIN), AS(CHANNEL), 0, false},
    {"body", IN(PLAIN), AS(GROUP), 0, false},
    {"items", IN(PLAIN), AS(GROUP), 0, false},
    {"outline", IN(PLAIN), AS(OUTLINE), 0, false},
    {"title", IN(PLAIN), AS(TITLE), 1, false},
    {"link", IN(PLAIN), AS(LINK), 1, false},
    {"loc", IN(PLAIN), AS(LINK), 1, true},
    {"lastmod", IN(PLAIN), AS(UPDATED), 2, true},
    {"guid", IN(PLAIN), AS(GUID), 1, true},
    {"pubdate", IN(PLAIN), AS(PUBLISHED), 1, true},
    {"author", IN(PLAIN), AS(AUTHOR), 2, true},
    {"description", IN(PLAIN), AS(SUMMARY), 1, true},
    {"language", IN(PLAIN), AS(LANGUAGE), 1, false},
    {"source", IN(PLAIN), AS(PUBLISHER), 2, true},
    {"ttl", IN(PLAIN), AS(TTL), 1, false},
    {"entry", IN(ATOM), AS(ITEM), 0, false},
    {"title", IN(ATOM), AS(TITLE), 2, false},
    {"link", IN(ATOM), AS(LINK), 2, false},
    {"id", IN(ATOM), AS(GUID), 2, true},
    {"published", IN(ATOM), AS(PUBLISHED), 1, true},
    {"issued", IN(ATOM), AS(PUBLISHED), 2, true},
    {"created", IN(ATOM), AS(PUBLISHED), 3, true},
    {"updated", IN(ATOM), AS(UPDATED), 1, true},
    {"modified", IN(ATOM), AS(UPDATED), 2, true},
    {"author", IN(ATOM), AS(PERSON), 1, true},
    {"content", IN(ATOM), AS(CONTENT), 2, true},
    {"summary", IN(ATOM), AS(SUMMARY), 2, true},
    {"encoded", IN(CONTENT), AS(CONTENT), 1, true},
    {"body", IN(XHTML), AS(CONTENT), 3, true},
    {"div", IN(XHTML), AS(CONTENT), 4, true},
    {"title", IN(DC), AS(TITLE), 3, false},
    {"creator", IN(DC), AS(AUTHOR), 1, true},
    {"publisher", IN(DC), AS(PUBLISHER), 1, false},
    {"language", IN(DC), AS(LANGUAGE), 2, false},
    {"date", IN(DC), AS(PUBLISHED), 5, true},
    {"issued", IN(DC), AS(PUBLISHED), 4, true},
    {"created", IN(DC), AS(PUBLISHED), 6, true},
    {"modified", IN(DC), AS(UPDATED), 3, true},
    {"identifier", IN(DC), AS(GUID), 3, true},
    {"description", IN(DC), AS(SUMMARY), 3, true},
    {"group", IN(MEDIA), AS(GROUP), 0, true},
    {"content", IN(MEDIA), AS(GROUP), 0, true},
    {"title", IN(MEDIA), AS(TITLE), 5, true},
    {"description", IN(MEDIA), AS(SUMMARY), 5, true},
    {"news", IN(NEWS), AS(GROUP), 0, true},
    {"publication", IN(NEWS), AS(GROUP), 0, true},
    {"name", IN(NEWS), AS(PUBLISHER), 1, true},
    {"language", IN(NEWS), AS(LANGUAGE), 1, true},
    {"publication_date", IN(NEWS), AS(PUBLISHED), 1, true},
    {"title", IN(NEWS), AS(TITLE), 1, true},
};

const runut_feed_name *runut_feed_name_of(runut_feed_space space, runut_slice local, bool atom)
{
    if (atom && space == RUNUT_SPACE_PLAIN)
        space = RUNUT_SPACE_ATOM;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].space == space && runut_slice_equal_nocase(local, runut_slice_of(names[i].name)))
            return &names[i];
    return NULL;
}
