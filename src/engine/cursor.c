/* Cursors: a place in a listing as text, such as "sn5c0ffee1.19500.3.120.45": of what listing, in what order, a hash of
 * what it is narrowed to, then the keys of the place. */
#include "engine/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 10 };

/* Limits may change from page to page; nothing else may. */
static uint32_t hash_of(const runut_filter *filter)
{
    const char *const texts[] = {filter->words,
                                 filter->since,
                                 filter->until,
                                 filter->publisher,
                                 filter->language,
                                 filter->person,
                                 filter->place,
                                 filter->organization,
                                 filter->by,
                                 filter->about,
                                 filter->event,
                                 filter->story,
                                 filter->reported ? "reported" : NULL};
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint64_t both[2] = {hash, runut_slice_hash(runut_slice_of(texts[i]))};
        hash = runut_slice_hash((runut_slice){(const char *)both, sizeof both});
    }
    return (uint32_t)hash;
}

void runut_cursor_print(char out[RUNUT_CURSOR_SIZE], char listing, char order, const runut_filter *filter,
                        const runut_place *place, int keys)
{
    int size = snprintf(out, RUNUT_CURSOR_SIZE, "%c%c%08x", listing, order, hash_of(filter));
    for (int i = 0; i < keys; i++)
        size += snprintf(out + size, (size_t)(RUNUT_CURSOR_SIZE - size), ".%lld", (long long)place->key[i]);
}

/* ".-123" at *at, which moves behind it. */
static bool read_key(const char **at, int64_t *key)
{
    enum { MOST_DIGITS = 18 };
    const char *text = *at;
    if (*text++ != '.')
        return false;
    bool negative = *text == '-';
    text += negative;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > MOST_DIGITS)
        return false;
    *key = strtoll(text, NULL, 10) * (negative ? -1 : 1);
    *at = text + digits;
    return true;
}

int runut_cursor_read(const char *text, char listing, char order, const runut_filter *filter, runut_place *place,
                      int keys, runut_error *error)
{
    char head[HEAD + 1];
    snprintf(head, sizeof head, "%c%c%08x", listing, order, hash_of(filter));
    *place = (runut_place){{0}};
    if (strnlen(text, RUNUT_CURSOR_SIZE) == RUNUT_CURSOR_SIZE || strlen(text) <= HEAD)
        return runut_error_set(error, RUNUT_ERR_USE, "this is no cursor");
    if (memcmp(text, head, HEAD) != 0)
        return runut_error_set(error, RUNUT_ERR_USE, "'%s' is a cursor of another listing, order or filter, or none",
                               text);
    const char *at = text + HEAD;
    bool good = true;
    for (int i = 0; i < keys && good; i++)
        good = read_key(&at, &place->key[i]);
    return good && !*at ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_USE, "'%s' is a broken cursor", text);
}
