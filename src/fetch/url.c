#include "fetch/url.h"

#include <curl/curl.h>

#include "base/buffer.h"
#include "base/slice.h"

/* Behind the host; SIZE_MAX where there is none. The scheme is letters alone: curl would take "https:/a/b://c" too, and
 * see another host in it than we do. */
static size_t path_of(runut_slice text)
{
    size_t at = runut_slice_find(text, RUNUT_LITERAL("://"), 0);
    for (size_t i = 0; i < at && at != SIZE_MAX; i++)
        if (!runut_is_alpha((unsigned char)text.at[i]))
            return SIZE_MAX;
    if (at == SIZE_MAX)
        return SIZE_MAX;
    for (at += 3; at < text.size && !strchr("/?#", text.at[at]);)
        at++;
    return at;
}

/* Feeds print addresses with blanks and letters of all scripts. */
static runut_slice escaped(runut_arena *arena, runut_slice text, size_t from)
{
    runut_buffer out = runut_buffer_new(arena, 4 * RUNUT_URL_MOST);
    runut_buffer_add(&out, runut_slice_part(text, 0, from));
    for (size_t i = from; i < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool plain = c > 32 && c < 127 && !strchr("\"<>\\^`{|}", c);
        if (plain)
            runut_buffer_byte(&out, (char)c);
        else
            runut_buffer_add(&out, runut_arena_printf(arena, "%%%02X", c));
    }
    runut_buffer_byte(&out, '\0');
    return runut_slice_part(runut_buffer_slice(&out), 0, out.size - 1);
}

typedef struct parts {
    char scheme[8], host[256], port[8], path[4 * RUNUT_URL_MOST], query[4 * RUNUT_URL_MOST];
} parts;

/* Into `room`; false where it does not fit. */
static bool get(CURLU *handle, CURLUPart what, unsigned flags, char *room, size_t size)
{
    char *text = NULL;
    bool good = true;
    room[0] = '\0';
    if (curl_url_get(handle, what, &text, flags) == CURLUE_OK && text) {
        good = strlen(text) < size;
        memcpy(room, text, good ? strlen(text) + 1 : 0);
    }
    curl_free(text);
    return good;
}

static bool get_all(CURLU *handle, const char *text, parts *out)
{
    char user[2];
    return curl_url_set(handle, CURLUPART_URL, text, CURLU_DISALLOW_USER) == CURLUE_OK &&
           get(handle, CURLUPART_USER, 0, user, sizeof user) && user[0] == '\0' &&
           get(handle, CURLUPART_SCHEME, 0, out->scheme, sizeof out->scheme) &&
           get(handle, CURLUPART_HOST, 0, out->host, sizeof out->host) && out->host[0] &&
           get(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT, out->port, sizeof out->port) &&
           get(handle, CURLUPART_PATH, 0, out->path, sizeof out->path) &&
           get(handle, CURLUPART_QUERY, 0, out->query, sizeof out->query);
}

static bool is_web(const char *scheme)
{
    return strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
}

/* curl undoes escapes in it. Letters of all scripts are fine. */
static bool is_host(const char *host)
{
    for (const char *c = host; *c; c++)
        if ((unsigned char)*c <= 32 || *c == 127 || strchr("\"#%/<>?@\\^`{|}", *c))
            return false;
    return true;
}

bool runut_url_read(runut_arena *arena, runut_slice text, runut_url *url)
{
    text = runut_slice_trim(text);
    size_t from = path_of(text);
    if (from == SIZE_MAX || text.size > RUNUT_URL_MOST)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] < 32 || text.at[i] == 127 || (i < from && text.at[i] == ' '))
            return false;
    const char *end = memchr(text.at, '#', text.size);
    runut_slice whole = escaped(arena, end ? runut_slice_part(text, 0, (size_t)(end - text.at)) : text, from);
    parts *p = runut_arena_take(arena, sizeof *p);
    CURLU *handle = curl_url();
    bool good = handle && get_all(handle, whole.at, p) && is_web(p->scheme) && is_host(p->host);
    curl_url_cleanup(handle);
    if (!good)
        return false;
    for (char *c = p->host; *c; c++)
        *c = runut_lower((unsigned char)*c);
    bool usual = strcmp(p->port, strcmp(p->scheme, "http") == 0 ? "80" : "443") == 0;
    const char *mark = p->query[0] ? "?" : "";
    url->origin = runut_arena_printf(arena, "%s://%s:%s", p->scheme, p->host, p->port);
    url->target = runut_arena_printf(arena, "%s%s%s", p->path, mark, p->query);
    url->text = runut_arena_printf(arena, "%s://%s%s%s%.*s", p->scheme, p->host, usual ? "" : ":", usual ? "" : p->port,
                                   (int)url->target.size, url->target.at);
    return true;
}
