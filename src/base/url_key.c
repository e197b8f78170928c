/* One page has many addresses: by http or https, with or without "www.", as the light edition for phones, with marks of
 * who led there. Of all of them one key is made. What is left alone may be another page: the order of what a query asks
 * for does not matter, what it asks for does. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "base/url.h"
#include "base/vector.h"

enum { MOST_KEY = 4096, MOST_PARTS = 64 };

/* ---- host ---- */

static runut_slice host_of(runut_arena *arena, runut_slice authority, bool secure)
{
    static const char *const editions[] = {"www.", "m.", "amp.", "mobile.", "wap."};
    const char *user = authority.size ? memchr(authority.at, '@', authority.size) : NULL;
    runut_slice usual = secure ? RUNUT_LITERAL(":443") : RUNUT_LITERAL(":80");
    if (user)
        return (runut_slice){"", 0};
    char *lower = runut_arena_alloc(arena, authority.size + 1);
    for (size_t i = 0; i < authority.size; i++)
        lower[i] = runut_lower((unsigned char)authority.at[i]);
    runut_slice host = {lower, authority.size};
    if (runut_slice_ends(host, usual))
        host.size -= usual.size;
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++) {
        runut_slice edition = runut_slice_of(editions[i]), rest = runut_slice_part(host, edition.size, host.size);
        if (runut_slice_starts(host, edition) && rest.size && memchr(rest.at, '.', rest.size))
            host = rest; /* "m.co" is a host of its own */
    }
    return host;
}

/* ---- path ---- */

static bool cut_end(runut_slice *path, const char *end)
{
    runut_slice what = runut_slice_of(end);
    if (!runut_slice_ends(*path, what))
        return false;
    path->size -= what.size;
    return true;
}

/* Without what names the light edition or the default file of a folder, and without slashes at its end. */
static void trim_path(runut_slice *path)
{
    static const char *const ends[] = {"/index.html", "/index.htm", "/index.php", "/amp", "/amp.html", ".amp"};
    while (cut_end(path, "/"))
        ;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        cut_end(path, ends[i]);
    if (runut_slice_ends(*path, RUNUT_LITERAL(".amp.html")))
        path->size -= 9;
    else
        cut_end(path, ".html");
    while (cut_end(path, "/"))
        ;
}

/* ---- query ---- */

static bool is_mark(runut_slice name)
{
    static const char *const names[] = {
        "fbclid", "gclid",   "dclid",       "msclkid",   "yclid",       "igshid", "mc_cid",    "mc_eid",
        "ref",    "ref_src", "ref_url",     "referrer",  "cmpid",       "amp",    "_ga",       "outputtype",
        "ocid",   "smid",    "ns_mchannel", "ns_source", "ns_campaign", "share",  "at_medium", "at_campaign"};
    if (runut_slice_starts_nocase(name, RUNUT_LITERAL("utm_")))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (runut_slice_equal_nocase(name, runut_slice_of(names[i])))
            return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    const runut_slice *x = a, *y = b;
    int order = memcmp(x->at, y->at, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

/* What a query asks for, in one order. */
static void add_query(runut_buffer *out, runut_slice query)
{
    runut_slice parts[MOST_PARTS];
    size_t count = 0;
    while (query.size && count < MOST_PARTS) {
        const char *end = memchr(query.at, '&', query.size);
        runut_slice part = runut_slice_part(query, 0, end ? (size_t)(end - query.at) : query.size);
        query = runut_slice_part(query, part.size + 1, query.size);
        const char *equals = part.size ? memchr(part.at, '=', part.size) : NULL;
        if (part.size && !is_mark(runut_slice_part(part, 0, equals ? (size_t)(equals - part.at) : part.size)))
            parts[count++] = part;
    }
    if (count > 1)
        qsort(parts, count, sizeof *parts, by_text);
    for (size_t i = 0; i < count; i++) {
        runut_buffer_byte(out, i ? '&' : '?');
        runut_buffer_add(out, parts[i]);
    }
}

static runut_slice until(runut_slice text, const char *bytes)
{
    size_t end = 0;
    while (end < text.size && !strchr(bytes, text.at[end]))
        end++;
    return runut_slice_part(text, 0, end);
}

runut_slice runut_url_key(runut_arena *arena, runut_slice url)
{
    url = runut_slice_trim(url);
    bool secure = runut_slice_starts_nocase(url, RUNUT_LITERAL("https://"));
    if ((!secure && !runut_slice_starts_nocase(url, RUNUT_LITERAL("http://"))) || url.size > MOST_KEY)
        return (runut_slice){"", 0};
    url = until(runut_slice_part(url, secure ? 8 : 7, url.size), "#");
    if (url.size && memchr(url.at, '\0', url.size))
        return (runut_slice){"", 0};
    runut_slice authority = until(url, "/?");
    runut_slice host = host_of(arena, authority, secure);
    url = runut_slice_part(url, authority.size, url.size);
    runut_slice path = until(url, "?");
    runut_slice query = runut_slice_part(url, path.size + 1, url.size);
    trim_path(&path);
    runut_buffer out = runut_buffer_new(arena, 2 * MOST_KEY);
    runut_buffer_add(&out, host);
    size_t front = out.size;
    runut_buffer_add(&out, path);
    add_query(&out, query);
    return host.size && out.size > front ? runut_buffer_slice(&out) : (runut_slice){"", 0};
}
