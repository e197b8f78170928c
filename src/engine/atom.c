/* Atom 1.0 (RFC 4287). An entry's id follows from the article's own, so it is the same whatever event or story the
 * article comes to; its times are the store's: nothing here depends on when it is asked for. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/slice.h"
#include "base/xml_writer.h"
#include "engine/export.h"

#define NEVER "1970-01-01T00:00:00Z"

struct runut_atom {
    runut_atom_feed feed;
    runut_xml out;
};

runut_atom *runut_atom_new(const runut_atom_feed *feed)
{
    runut_atom *self = calloc(1, sizeof *self);
    if (self)
        self->feed = *feed;
    return self;
}

void runut_atom_free(runut_atom *self)
{
    if (self)
        free(self->out.at);
    free(self);
}

int runut_atom_take(runut_atom *self, char **bytes, size_t *size)
{
    bool failed = self->out.failed;
    *bytes = self->out.at;
    *size = self->out.size;
    self->out = (runut_xml){0};
    if (!failed)
        return RUNUT_OK;
    free(*bytes);
    *bytes = NULL;
    *size = 0;
    return RUNUT_ERR_MEMORY;
}

const char *runut_export_text(struct json_object *item, const char *key)
{
    struct json_object *value = json_object_object_get(item, key);
    return json_object_get_type(value) == json_type_string ? json_object_get_string(value) : NULL;
}

/* A name that never changes, as a UUID (RFC 9562, version 8) made of hashes. */
static void print_id(char out[64], const char *kind, const char *name)
{
    uint64_t a = runut_slice_hash(runut_slice_of(kind)), b = runut_slice_hash(runut_slice_of(name));
    uint64_t both[3] = {a, b, 0};
    uint64_t high = runut_slice_hash((runut_slice){(const char *)both, sizeof both});
    both[2] = 1;
    uint64_t low = runut_slice_hash((runut_slice){(const char *)both, sizeof both});
    snprintf(out, 64, "urn:uuid:%08x-%04x-8%03x-%04x-%012llx", (unsigned)(high >> 32), (unsigned)(high >> 16 & 0xFFFF),
             (unsigned)(high & 0xFFF), (unsigned)(0x8000 | (low >> 48 & 0x3FFF)),
             (unsigned long long)(low & 0xFFFFFFFFFFFF));
}

/* ---- an entry ---- */

/* "2024-05-06" and less exact days as a time; false where there is none. */
static bool print_day(char out[32], const char *day)
{
    size_t size = day ? strlen(day) : 0;
    if (size != 4 && size != 7 && size != 10)
        return false;
    snprintf(out, 32, "%s%sT00:00:00Z", day, size == 4 ? "-01-01" : size == 7 ? "-01" : "");
    return true;
}

/* Of an older store, which did not keep when it was added, the report's day. */
void runut_atom_updated(struct json_object *article, char out[32])
{
    const char *added = runut_export_text(article, "added");
    if (added)
        snprintf(out, 32, "%s", added);
    else if (!print_day(out, runut_export_text(article, "dateInferred")))
        strcpy(out, NEVER);
}

static void put_author(runut_atom *self, const char *name)
{
    if (!name || !*name)
        return;
    runut_xml_put(&self->out, "<author>");
    runut_xml_element(&self->out, "name", name);
    runut_xml_put(&self->out, "</author>\n");
}

/* Its writers, else its outlet, else nobody: then the feed's author is its. */
static void put_authors(runut_atom *self, struct json_object *item)
{
    struct json_object *list = json_object_object_get(item, "author");
    size_t count = json_object_get_type(list) == json_type_array ? json_object_array_length(list) : 0;
    for (size_t i = 0; i < count && i < 8; i++)
        put_author(self, json_object_get_string(json_object_array_get_idx(list, i)));
    if (count == 0)
        put_author(self, runut_export_text(item, "publisher"));
}

static void put_link(runut_xml *out, const char *relation, const char *type, const char *address, const char *rest)
{
    runut_xml_put(out, "<link rel=\"");
    runut_xml_put(out, relation);
    runut_xml_put(out, "\" type=\"");
    runut_xml_put(out, type);
    runut_xml_put(out, "\" href=\"");
    runut_xml_text(out, address);
    runut_xml_text(out, rest);
    runut_xml_put(out, "\"/>\n");
}

bool runut_export_is_web(const char *url)
{
    if (!url || (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0))
        return false;
    for (const char *at = url; *at; at++)
        if ((unsigned char)*at <= 32 || strchr("<>\"{}|\\^`", *at) || (unsigned char)*at == 127)
            return false;
    return true;
}

static void put_links(runut_atom *self, struct json_object *item)
{
    const char *url = runut_export_text(item, "url"), *name = runut_export_text(item, "article");
    const char *ours = self->feed.article_page;
    if (ours)
        put_link(&self->out, "alternate", "text/html", ours, name ? name : "");
    if (runut_export_is_web(url))
        put_link(&self->out, ours ? "via" : "alternate", "text/html", url, "");
}

/* Is it letters, digits and hyphens, as a language's tag is? */
bool runut_export_is_tag(const char *language)
{
    return language && *language && strcmp(language, "und") != 0 && strlen(language) < 36 &&
           strspn(language, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == strlen(language);
}

static void put_text(runut_xml *out, const char *element, const char *text)
{
    runut_xml_put(out, "<");
    runut_xml_put(out, element);
    runut_xml_put(out, " type=\"text\">");
    runut_xml_text(out, text);
    runut_xml_put(out, "</");
    runut_xml_put(out, element);
    runut_xml_put(out, ">\n");
}

void runut_atom_entry(runut_atom *self, struct json_object *item, const char *summary)
{
    runut_xml *out = &self->out;
    char id[64], updated[32], published[32];
    const char *language = runut_export_text(item, "inLanguage"), *title = runut_export_text(item, "headline");
    const char *text = runut_export_text(item, "articleBody"), *publisher = runut_export_text(item, "publisher");
    print_id(id, "article", runut_export_text(item, "id"));
    runut_atom_updated(item, updated);
    runut_xml_put(out, "<entry");
    if (runut_export_is_tag(language)) {
        runut_xml_put(out, " xml:lang=\"");
        runut_xml_text(out, language);
        runut_xml_put(out, "\"");
    }
    runut_xml_put(out, ">\n");
    runut_xml_element(out, "id", id);
    runut_xml_element(out, "title", title && *title ? title : runut_export_text(item, "file"));
    runut_xml_element(out, "updated", updated);
    if (print_day(published, runut_export_text(item, "dateInferred")))
        runut_xml_element(out, "published", published);
    put_authors(self, item);
    if (publisher)
        runut_xml_element(out, "dc:publisher", publisher);
    put_links(self, item);
    if (summary && *summary)
        put_text(out, "summary", summary);
    else if (text)
        put_text(out, "content", text);
    runut_xml_put(out, "</entry>\n");
}

/* ---- the feed ---- */

void runut_atom_begin(runut_atom *self, const char *updated)
{
    char id[64];
    runut_xml *out = &self->out;
    print_id(id, self->feed.kind, self->feed.id);
    runut_xml_put(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    runut_xml_element(out, "id", id);
    runut_xml_element(out, "title", self->feed.title);
    runut_xml_element(out, "updated", updated && *updated ? updated : NEVER);
    runut_xml_put(out,
                  "<author><name>runut</name></author>\n<generator version=\"" RUNUT_VERSION "\">runut</generator>\n");
    if (self->feed.self)
        put_link(out, "self", "application/atom+xml", self->feed.self, "");
    if (self->feed.page)
        put_link(out, "alternate", "text/html", self->feed.page, "");
}

void runut_atom_end(runut_atom *self)
{
    runut_xml_put(&self->out, "</feed>\n");
}
