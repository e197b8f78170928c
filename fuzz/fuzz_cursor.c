/* Cursors: the first byte says of what listing and order, the rest is the cursor, or, without one, the numbers of a
 * place. What is read is printed the same again; a page from any place is a page, and pages lead to an end. */
#include <stdio.h>
#include <string.h>

#include <json-c/json.h>

#include "engine/internal.h"
#include "support.h"

static const char *const orders[][2] = {
    {"new", "origins"}, {"new", "old"}, {"arrival", "new"}, {"best", "new"}, {"time", NULL}};
static const int keys[][2] = {{3, 3}, {2, 2}, {1, 1}, {3, 2}, {4, 0}};

/* Any numbers as a place, so that more than their form is tried. */
static void make(char out[RUNUT_CURSOR_SIZE], unsigned listing, unsigned order, const runut_filter *filter,
                 runut_slice bytes)
{
    static const char letters[] = "seafq";
    runut_place place = {{0}};
    int count = bytes.size ? bytes.at[0] & 7 : 0;
    for (int i = 0; i < RUNUT_PLACE_KEYS && bytes.size > 8u * (unsigned)i + 8; i++)
        memcpy(&place.key[i], bytes.at + 8 * i + 1, 8);
    for (int i = 0; i < RUNUT_PLACE_KEYS; i++)
        place.key[i] %= 1000000000000000;
    count = count < 4 ? keys[listing][order] : count - 3;
    runut_cursor_print(out, letters[listing], orders[listing][order][0], filter, &place,
                       count <= RUNUT_PLACE_KEYS ? count : 4);
}

/* All pages from a cursor on: each page's `next` is good. */
static void follow(runut *r, unsigned listing, runut_filter filter, char cursor[])
{
    enum { PAGES = 16 };
    for (int i = 0; i < PAGES; i++) {
        struct json_object *page = NULL, *next = NULL;
        runut_error error;
        filter.after = cursor;
        int code = runut_page(r, (runut_listing)listing, &filter, &page, &error);
        fuzz_check(code == RUNUT_OK || (i == 0 && code == RUNUT_ERR_USE));
        if (page)
            json_object_object_get_ex(page, "next", &next);
        if (next)
            snprintf(cursor, RUNUT_CURSOR_SIZE, "%s", json_object_get_string(next));
        json_object_put(page);
        if (!next)
            return;
    }
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut *r;
    if (!r) {
        r = fuzz_store_new(NULL, ":memory:");
        fuzz_check(fuzz_store_add(r, runut_slice_of(fuzz_reports)));
    }
    if (size == 0)
        return 0;
    unsigned listing = data[0] % 5, order = listing < 4 && (data[0] & 64);
    runut_filter filter = {
        .order = orders[listing][order], .limit = 1, .words = listing == RUNUT_LIST_FOUND ? "kapal tewas" : NULL};
    runut_slice bytes = {(const char *)data + 1, size - 1};
    char cursor[2 * RUNUT_CURSOR_SIZE] = "";
    if (data[0] & 128)
        make(cursor, listing, order, &filter, bytes);
    else
        snprintf(cursor, sizeof cursor, "%.*s", (int)bytes.size, bytes.at);
    if (*cursor)
        follow(r, listing, filter, cursor);
    return 0;
}
