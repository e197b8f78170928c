/* What was added last: an entry for each report (runut/export.h). */
#include "serve/atom.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xml_writer.h"
#include "runut/export.h"
#include "serve/server.h"

enum { ENTRIES = 50, SUMMARY = 400 };

static const char *text_of(struct json_object *item, const char *key)
{
    struct json_object *value = json_object_object_get(item, key);
    return json_object_get_type(value) == json_type_string ? json_object_get_string(value) : NULL;
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
static void put_entry(runut_atom *self, runut *store, struct json_object *item)
{
    char beginning[SUMMARY + 8] = "";
    struct json_object *whole = NULL;
    const char *text = text_of(item, "snippet");
    if (!text || !*text)
        text = text_of(item, "abstract");
    if ((!text || !*text) && runut_article_of(store, text_of(item, "article"), &whole, NULL) == RUNUT_OK)
        text = text_of(whole, "articleBody");
    if (text)
        print_beginning(beginning, text);
    runut_atom_entry(self, item, beginning);
    json_object_put(whole);
}

/* ---- the feed ---- */

static void put_all(runut_atom *self, runut *store, struct json_object *items)
{
    char newest[32] = "", updated[32];
    for (size_t i = 0; i < json_object_array_length(items); i++) {
        runut_atom_updated(json_object_array_get_idx(items, i), updated);
        if (strcmp(updated, newest) > 0)
            memcpy(newest, updated, sizeof newest);
    }
    runut_atom_begin(self, newest);
    for (size_t i = 0; i < json_object_array_length(items); i++)
        put_entry(self, store, json_object_array_get_idx(items, i));
    runut_atom_end(self);
}

/* An address of ours as the client calls us, which the guard has looked at: "http://127.0.0.1:8750/stories/s3". */
static char *address_of(const runut_request *request, const char *path, const char *rest)
{
    runut_xml out = {0};
    runut_xml_put(&out, "http://");
    runut_xml_put(&out, runut_request_header(request, "Host"));
    runut_xml_put(&out, path);
    runut_xml_put(&out, rest);
    runut_xml_bytes(&out, "", 1);
    if (!out.failed)
        return out.at;
    free(out.at);
    return NULL;
}

/* `feed` has kind, id and title; `page` is the path of the page that shows the same. */
static void answer(runut *store, runut_request *request, runut_atom_feed feed, const char *page, const char *query,
                   struct json_object *items)
{
    char *own = address_of(request, request->target, ""), *same = address_of(request, page, query);
    char *articles = address_of(request, "/articles/", ""), *bytes = NULL;
    size_t size = 0;
    feed.self = own;
    feed.page = same;
    feed.article_page = articles;
    runut_atom *self = own && same && articles ? runut_atom_new(&feed) : NULL;
    if (self)
        put_all(self, store, items);
    if (self && runut_atom_take(self, &bytes, &size) == RUNUT_OK)
        runut_reply_owned(&request->reply, "application/atom+xml; charset=utf-8", bytes, size);
    else
        runut_reply_problem(&request->reply, 500, "out of memory");
    runut_atom_free(self);
    free(own);
    free(same);
    free(articles);
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
    runut_atom_feed about = {.kind = "story"};
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
        about.title = text_of(first_item(story), "headline");
        about.title = about.title && *about.title ? about.title : request->name;
        about.id = text_of(first_item(first), "id"); /* numbers of stories are this store's alone */
        snprintf(page_address, sizeof page_address, "/stories/%.40s", request->name);
        answer(store, request, about, page_address, "", json_object_object_get(page, "items"));
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
    runut_atom_feed about = {.kind = "search", .id = request->target};
    if (!runut_route_filter(request, &filter))
        return;
    about.title = filter.words;
    filter.order = filter.order ? filter.order : "new";
    filter.limit = filter.limit ? filter.limit : ENTRIES;
    int code = runut_page(store, RUNUT_LIST_FOUND, &filter, &page, &error);
    if (code != RUNUT_OK) {
        runut_reply_error(&request->reply, &error);
        return;
    }
    const char *query = strchr(request->target, '?'); /* there are words, so there is a query */
    answer(store, request, about, "/search", query ? query : "", json_object_object_get(page, "items"));
    json_object_put(page);
}
