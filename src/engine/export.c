#include "engine/export.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

int runut_export_as(runut *self, runut_export_format format, const runut_filter *filter,
                    const runut_export_options *options, runut_export_put put, void *context, runut_error *error)
{
    static const runut_filter none;
    const runut_export_out out = {put, context};
    filter = filter ? filter : &none;
    switch (format) {
    case RUNUT_EXPORT_CSV:
        return runut_export_csv(self, filter, &out, error);
    case RUNUT_EXPORT_HTML:
        return runut_export_html(self, filter, options && options->indonesian, &out, error);
    case RUNUT_EXPORT_ATOM:
        return runut_export_atom(self, filter, &out, error);
    }
    return runut_error_set(error, RUNUT_ERR_USE, "no such format");
}

/* ---- Atom: page by page, newest first ---- */

typedef struct feed {
    runut *store;
    runut_atom *atom;
    const runut_export_out *out;
    bool begun;
} feed;

static int hand_on(feed *self, runut_error *error)
{
    char *bytes = NULL;
    size_t size = 0;
    if (runut_atom_take(self->atom, &bytes, &size) != RUNUT_OK)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code = size && self->out->put(self->out->context, bytes, size) ? RUNUT_ERR_STOPPED : RUNUT_OK;
    free(bytes);
    return code;
}

/* An article of a page with what a page does not have: its text. */
static int put_article(feed *self, struct json_object *item, runut_error *error)
{
    struct json_object *whole = NULL;
    char updated[32];
    runut_atom_updated(item, updated);
    if (!self->begun)
        runut_atom_begin(self->atom, updated);
    self->begun = true;
    int code = runut_article_of(self->store, runut_export_text(item, "article"), &whole, error);
    if (code != RUNUT_OK)
        return code;
    json_object_object_add(item, "articleBody", json_object_get(json_object_object_get(whole, "articleBody")));
    runut_atom_entry(self->atom, item, NULL);
    json_object_put(whole);
    return hand_on(self, error);
}

static int put_page(feed *self, struct json_object *page, runut_error *error)
{
    struct json_object *items = json_object_object_get(page, "items");
    int code = RUNUT_OK;
    for (size_t i = 0; code == RUNUT_OK && i < json_object_array_length(items); i++)
        code = put_article(self, json_object_array_get_idx(items, i), error);
    return code;
}

static int put_pages(feed *self, const runut_filter *filter, runut_error *error)
{
    runut_filter asked = *filter;
    char next[256] = "";
    uint32_t left = filter->limit ? filter->limit : UINT32_MAX;
    int code = RUNUT_OK;
    asked.order = "new";
    do {
        struct json_object *page = NULL;
        asked.limit = left < RUNUT_PAGE_MOST ? left : RUNUT_PAGE_MOST;
        asked.after = *next ? next : NULL;
        code = runut_page(self->store, RUNUT_LIST_ARTICLES, &asked, &page, error);
        if (code != RUNUT_OK)
            return code;
        const char *more = runut_export_text(page, "next");
        left -= (uint32_t)json_object_array_length(json_object_object_get(page, "items"));
        code = put_page(self, page, error);
        strncpy(next, more ? more : "", sizeof next - 1);
        json_object_put(page);
    } while (code == RUNUT_OK && *next && left);
    return code;
}

int runut_export_atom(runut *store, const runut_filter *filter, const runut_export_out *out, runut_error *error)
{
    const runut_atom_feed about = {.kind = "export", .id = "articles", .title = "runut"};
    feed self = {.store = store, .atom = runut_atom_new(&about), .out = out};
    if (!self.atom)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code = put_pages(&self, filter, error);
    if (code == RUNUT_OK && !self.begun)
        runut_atom_begin(self.atom, NULL);
    runut_atom_end(self.atom);
    if (code == RUNUT_OK)
        code = hand_on(&self, error);
    runut_atom_free(self.atom);
    return code;
}
