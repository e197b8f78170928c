/* Listings, a page at a time: the store says what stands on the page and where (store/list.c), then each item is read
 * by its number. */
#include "engine/internal.h"

#include <string.h>

enum { PAGE = 20, QUOTE_KEYS = RUNUT_PLACE_KEYS, MOST_ORDERS = 2 };

typedef struct page {
    runut *runut;
    const runut_filter *filter;
    struct json_object *items;
    runut_error *error;
} page;

/* ---- items ---- */

static int add_story(void *context, const runut_row_story *row)
{
    page *self = context;
    return json_object_array_add(self->items, runut_view_story(self->runut, row));
}

static int put_story(page *self, uint32_t number)
{
    return runut_store_story(self->runut->store, number, add_story, self, self->error);
}

static int add_event(void *context, const runut_row_event *row)
{
    page *self = context;
    return json_object_array_add(self->items, runut_view_event(row));
}

static int put_event(page *self, uint32_t number)
{
    return runut_store_event(self->runut->store, number, add_event, self, self->error);
}

static int add_article(void *context, const runut_row *row)
{
    page *self = context;
    return json_object_array_add(self->items, runut_view_listed(self->runut, row));
}

static int put_article(page *self, uint32_t number)
{
    return runut_store_report(self->runut->store, number, add_article, self, self->error);
}

/* A copy in the arena may want more than there is: then nothing may be left half done. */
static int read_snippet(page *self, uint32_t number, runut_slice *snippet)
{
    runut *r = self->runut;
    runut_arena_reset(r->arena);
    if (RUNUT_ARENA_TRY(r->arena) != 0)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    return runut_store_snippet(r->store, number, runut_slice_of(self->filter->words), r->arena, snippet, self->error);
}

static int put_found(page *self, uint32_t number)
{
    runut_slice snippet;
    int code = put_article(self, number);
    if (code == RUNUT_OK)
        code = read_snippet(self, number, &snippet);
    if (code == RUNUT_OK)
        runut_json_put(json_object_array_get_idx(self->items, json_object_array_length(self->items) - 1), "snippet",
                       snippet);
    return code;
}

/* ---- what is listed in what order ---- */

typedef struct kind {
    const char *name;
    int (*put)(page *self, uint32_t number);
    struct {
        const char *name; /* its first letter tells it from the other */
        runut_store_order order;
    } orders[MOST_ORDERS];
} kind;

static const kind kinds[] = {
    [RUNUT_LIST_STORIES] = {"stories", put_story, {{"new", RUNUT_STORIES_NEW}, {"origins", RUNUT_STORIES_ORIGINS}}},
    [RUNUT_LIST_EVENTS] = {"events", put_event, {{"new", RUNUT_EVENTS_NEW}, {"old", RUNUT_EVENTS_OLD}}},
    [RUNUT_LIST_ARTICLES] = {"articles",
                             put_article,
                             {{"arrival", RUNUT_ARTICLES_ARRIVAL}, {"new", RUNUT_ARTICLES_NEW}}},
    [RUNUT_LIST_FOUND] = {"found", put_found, {{"best", RUNUT_FOUND_BEST}, {"new", RUNUT_FOUND_NEW}}},
    [RUNUT_LIST_QUOTES] = {"quotes", NULL, {{"time", 0}, {NULL, 0}}},
};

/* The position of the order asked for; negative where there is none of this name. */
static int find_order(const kind *of, const char *name)
{
    if (!name)
        return 0;
    for (int i = 0; i < MOST_ORDERS; i++)
        if (of->orders[i].name && strcmp(of->orders[i].name, name) == 0)
            return i;
    return -1;
}

static int no_order(const kind *of, const char *name, runut_error *error)
{
    bool two = of->orders[1].name != NULL;
    return runut_error_set(error, RUNUT_ERR_USE, "%s have no order '%.40s': %s%s%s", of->name, name, of->orders[0].name,
                           two ? " or " : "", two ? of->orders[1].name : "");
}

/* ---- the page ---- */

static int put_listed(page *self, const kind *of, runut_store_order order, const runut_place *after, uint32_t most,
                      runut_place *last, bool *more)
{
    runut_store_filter narrowed;
    runut_listed listed[RUNUT_PAGE_MOST + 1];
    uint32_t count = 0;
    int code = runut_view_filter(self->filter, &narrowed, self->error);
    if (code == RUNUT_OK)
        code = runut_store_list(self->runut->store, order, &narrowed, after, most + 1, listed, &count, self->error);
    *more = count > most;
    for (uint32_t i = 0; i < count && i < most && code == RUNUT_OK; i++) {
        code = of->put(self, listed[i].number);
        *last = listed[i].place;
    }
    return code;
}

/* "a13": behind that article, for who knows no cursor but what was last. */
static bool read_name(runut_listing what, runut_store_order order, const char *after, runut_place *place)
{
    uint32_t number;
    if (what != RUNUT_LIST_ARTICLES || order != RUNUT_ARTICLES_ARRIVAL || *after != 'a' ||
        !runut_slice_number(runut_slice_of(after + 1), &number))
        return false;
    *place = (runut_place){{number}};
    return true;
}

static int fill(page *self, runut_listing what, int order, uint32_t most, char next[RUNUT_CURSOR_SIZE])
{
    const kind *of = &kinds[what];
    bool quotes = what == RUNUT_LIST_QUOTES, more = false;
    const char *after = self->filter->after, letter = of->orders[order].name[0];
    int keys = quotes ? QUOTE_KEYS : runut_store_place_keys(of->orders[order].order);
    runut_place place, last = {{0}};
    int code = RUNUT_OK;
    if (after && !read_name(what, of->orders[order].order, after, &place))
        code = runut_cursor_read(after, of->name[0], letter, self->filter, &place, keys, self->error);
    if (code == RUNUT_OK && quotes)
        code = runut_quotes_page(self->runut, self->filter, after ? &place : NULL, most, self->items, &last, &more,
                                 self->error);
    else if (code == RUNUT_OK)
        code = put_listed(self, of, of->orders[order].order, after ? &place : NULL, most, &last, &more);
    *next = '\0';
    if (more)
        runut_cursor_print(next, of->name[0], letter, self->filter, &last, keys);
    return code;
}

static struct json_object *answer_of(struct json_object *items, const char *next)
{
    struct json_object *out = json_object_new_object();
    json_object_object_add(out, "items", items);
    runut_json_put(out, "next", runut_slice_of(next));
    return out;
}

int runut_page(runut *self, runut_listing what, const runut_filter *filter, struct json_object **answer,
               runut_error *error)
{
    static const runut_filter none;
    page p = {self, filter ? filter : &none, NULL, error};
    char next[RUNUT_CURSOR_SIZE];
    *answer = NULL;
    if ((unsigned)what > RUNUT_LIST_QUOTES)
        return runut_error_set(error, RUNUT_ERR_USE, "no such listing");
    if (what == RUNUT_LIST_FOUND && !runut_slice_trim(runut_slice_of(p.filter->words)).size)
        return runut_error_set(error, RUNUT_ERR_USE, "nothing to search for");
    int order = find_order(&kinds[what], p.filter->order);
    if (order < 0)
        return no_order(&kinds[what], p.filter->order, error);
    int code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    uint32_t limit = p.filter->limit ? p.filter->limit : PAGE;
    p.items = json_object_new_array();
    code = fill(&p, what, order, limit < RUNUT_PAGE_MOST ? limit : RUNUT_PAGE_MOST, next);
    runut_store_asked(self->store);
    if (code == RUNUT_OK)
        *answer = answer_of(p.items, next);
    else
        json_object_put(p.items);
    return code;
}
