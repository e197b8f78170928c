/* An entry for each report. Its id follows from the report's own, so it is the same whatever event or story the report
 * comes to; its times are the store's: nothing here depends on when it is asked for. */
#include "serve/atom.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "serve/server.h"
#include "serve/xml.h"

enum { ENTRIES = 50, SUMMARY = 400 };

#define NEVER "1970-01-01T00:00:00Z"

typedef struct feed {
    runut *store;
    const runut_request *request;
    const char *kind, *id; /* what the feed's id is made of */
    const char *title;
    const char *self, *page; /* behind the host: "/stories/s3" */
    char updated[32];
    runut_xml entries;
} feed;

static const char *text_of(struct json_object *item, const char *key)
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

/* When it was added; of an older store, which did not keep that, the report's day. */
static void print_updated(char out[32], struct json_object *item)
{
    const char *added = text_of(item, "added");
    if (added)
        snprintf(out, 32, "%s", added);
    else if (!print_day(out, text_of(item, "dateInferred")))
        strcpy(out, NEVER);
}

/* The beginning of a text, cut where a word ends. */
static void print_beginning(char out[SUMMARY + 8], const char *text)
{
    size_t size = strnlen(text, SUMMARY + 1);
    if (size > SUMMARY) {
        size = SUMMARY;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
            size--;
        size_t word = size;
        while (word > SUMMARY / 2 && text[word] != ' ' && text[word] != '\n')
            word--;
        size = text[word] == ' ' || text[word] == '\n' ? word : size;
    }
    snprintf(out, SUMMARY + 8, "%.*s%s", (int)size, text, text[size] ? "\xE2\x80\xA6" : "");
}

/* What was found; else the standfirst; else how the text begins. */
static void put_summary(feed *self, struct json_object *item)
{
    char beginning[SUMMARY + 8];
    struct json_object *whole = NULL;
    const char *text = text_of(item, "snippet");
    if (!text || !*text)
        text = text_of(item, "abstract");
    if ((!text || !*text) && runut_article_of(self->store, text_of(item, "article"), &whole, NULL) == RUNUT_OK)
        text = text_of(whole, "articleBody");
    if (text && *text) {
        print_beginning(beginning, text);
        runut_xml_put(&self->entries, "<summary type=\"text\">");
        runut_xml_text(&self->entries, beginning);
        runut_xml_put(&self->entries, "</summary>\n");
    }
    json_object_put(whole);
}

static void put_author(feed *self, const char *name)
{
    if (!name || !*name)
        return;
    runut_xml_put(&self->entries, "<author>");
    runut_xml_element(&self->entries, "name", name);
    runut_xml_put(&self->entries, "</author>\n");
}

/* Its writers, else its outlet, else nobody: then the feed's author is its. */
static void put_authors(feed *self, struct json_object *item)
{
    struct json_object *list = json_object_object_get(item, "author");
    size_t count = json_object_get_type(list) == json_type_array ? json_object_array_length(list) : 0;
    for (size_t i = 0; i < count && i < 8; i++)
        put_author(self, json_object_get_string(json_object_array_get_idx(list, i)));
    if (count == 0)
        put_author(self, text_of(item, "publisher"));
}

/* `address` as a whole where `self` is NULL; else it is ours: "http://127.0.0.1:8750" goes before it, as the client
 * calls us, which the guard has looked at. */
static void put_link(const feed *self, runut_xml *out, const char *relation, const char *type, const char *address)
{
    runut_xml_put(out, "<link rel=\"");
    runut_xml_put(out, relation);
    runut_xml_put(out, "\" type=\"");
    runut_xml_put(out, type);
    runut_xml_put(out, "\" href=\"");
    if (self) {
        runut_xml_put(out, "http://");
        runut_xml_text(out, runut_request_header(self->request, "Host"));
    }
    runut_xml_text(out, address);
    runut_xml_put(out, "\"/>\n");
}

/* Is it an address that a reader may follow without harm, and that needs no escapes? */
static bool is_web(const char *url)
{
    if (!url || (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0))
        return false;
    for (const char *at = url; *at; at++)
        if ((unsigned char)*at <= 32 || strchr("<>\"{}|\\^`", *at) || (unsigned char)*at == 127)
            return false;
    return true;
}

static void put_links(feed *self, struct json_object *item)
{
    char address[64];
    const char *url = text_of(item, "url"), *name = text_of(item, "article");
    snprintf(address, sizeof address, "/articles/%s", name ? name : "");
    put_link(self, &self->entries, "alternate", "text/html", address);
    if (is_web(url))
        put_link(NULL, &self->entries, "via", "text/html", url);
}

/* Is it letters, digits and hyphens, as a language's tag is? */
static bool is_tag(const char *language)
{
    return language && *language && strcmp(language, "und") != 0 && strlen(language) < 36 &&
           strspn(language, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == strlen(language);
}

static void put_entry(feed *self, struct json_object *item)
{
    runut_xml *out = &self->entries;
    char id[64], updated[32], published[32];
    const char *language = text_of(item, "inLanguage"), *title = text_of(item, "headline");
    print_id(id, "article", text_of(item, "id"));
    print_updated(updated, item);
    if (strcmp(updated, self->updated) > 0)
        memcpy(self->updated, updated, sizeof updated);
    runut_xml_put(out, "<entry");
    if (is_tag(language)) {
        runut_xml_put(out, " xml:lang=\"");
        runut_xml_text(out, language);
        runut_xml_put(out, "\"");
    }
    runut_xml_put(out, ">\n");
    runut_xml_element(out, "id", id);
    runut_xml_element(out, "title", title && *title ? title : text_of(item, "file"));
    runut_xml_element(out, "updated", updated);
    if (print_day(published, text_of(item, "dateInferred")))
        runut_xml_element(out, "published", published);
    put_authors(self, item);
    put_links(self, item);
    put_summary(self, item);
    runut_xml_put(out, "</entry>\n");
}

/* ---- the feed ---- */

static void put_head(runut_xml *out, const feed *self)
{
    char id[64];
    print_id(id, self->kind, self->id);
    runut_xml_put(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    runut_xml_element(out, "id", id);
    runut_xml_element(out, "title", self->title);
    runut_xml_element(out, "updated", self->updated);
    runut_xml_put(out,
                  "<author><name>runut</name></author>\n<generator version=\"" RUNUT_VERSION "\">runut</generator>\n");
    put_link(self, out, "self", "application/atom+xml", self->self);
    put_link(self, out, "alternate", "text/html", self->page);
}

static void answer(feed *self, runut_request *request, struct json_object *items)
{
    runut_xml out = {0};
    strcpy(self->updated, NEVER);
    for (size_t i = 0; i < json_object_array_length(items); i++)
        put_entry(self, json_object_array_get_idx(items, i));
    put_head(&out, self);
    if (self->entries.size)
        runut_xml_bytes(&out, self->entries.at, self->entries.size);
    runut_xml_put(&out, "</feed>\n");
    bool failed = out.failed || self->entries.failed;
    free(self->entries.at);
    if (!failed) {
        runut_reply_owned(&request->reply, "application/atom+xml; charset=utf-8", out.at, out.size);
        return;
    }
    free(out.at);
    runut_reply_problem(&request->reply, 500, "out of memory");
}

static struct json_object *first_item(struct json_object *page)
{
    return json_object_array_get_idx(json_object_object_get(page, "items"), 0);
}

void runut_atom_answer_story(runut *store, runut_request *request)
{
    struct json_object *story = NULL, *first = NULL, *page = NULL;
    runut_error error;
    runut_filter filter = {.story = request->name, .limit = 1};
    feed self = {.store = store, .request = request, .kind = "story"};
    char page_address[64];
    int code = runut_page(store, RUNUT_LIST_STORIES, &filter, &story, &error);
    if (code == RUNUT_OK)
        code = runut_page(store, RUNUT_LIST_ARTICLES, &filter, &first, &error);
    filter.limit = ENTRIES;
    filter.order = "new";
    if (code == RUNUT_OK)
        code = runut_page(store, RUNUT_LIST_ARTICLES, &filter, &page, &error);
    if (code == RUNUT_ERR_USE || (code == RUNUT_OK && (!first_item(story) || !first_item(first)))) {
        runut_reply_problem(&request->reply, 404, "there is no story '%.40s'", request->name);
    } else if (code != RUNUT_OK) {
        runut_reply_error(&request->reply, &error);
    } else {
        self.title = text_of(first_item(story), "headline");
        self.title = self.title && *self.title ? self.title : request->name;
        self.id = text_of(first_item(first), "id"); /* numbers of stories are this store's alone */
        snprintf(page_address, sizeof page_address, "/stories/%.40s", request->name);
        self.page = page_address;
        self.self = request->target;
        answer(&self, request, json_object_object_get(page, "items"));
    }
    json_object_put(story);
    json_object_put(first);
    json_object_put(page);
}

void runut_atom_answer_search(runut *store, runut_request *request)
{
    struct json_object *page = NULL;
    runut_error error;
    runut_filter filter;
    feed self = {.store = store, .request = request, .kind = "search", .id = request->target, .self = request->target};
    if (!runut_route_filter(request, &filter))
        return;
    self.title = filter.words;
    filter.order = filter.order ? filter.order : "new";
    filter.limit = filter.limit ? filter.limit : ENTRIES;
    int code = runut_page(store, RUNUT_LIST_FOUND, &filter, &page, &error);
    if (code != RUNUT_OK) {
        runut_reply_error(&request->reply, &error);
        return;
    }
    runut_xml address = {0};
    runut_xml_put(&address, "/search");
    runut_xml_put(&address, strchr(request->target, '?')); /* there are words, so there is a query */
    runut_xml_bytes(&address, "", 1);
    self.page = address.failed ? "/search" : address.at;
    answer(&self, request, json_object_object_get(page, "items"));
    free(address.at);
    json_object_put(page);
}
