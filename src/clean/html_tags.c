#include "clean/html_tags.h"

#include "base/slice.h"

typedef struct tag_row {
    const char *name;
    unsigned traits;
} tag_row;

static const tag_row rows[] = {
#define ROW(id, name, traits) {name, traits},
    RUNUT_HTML_TAGS(ROW)
#undef ROW
        {"", 0},
};

enum { LONGEST = 10 };

runut_html_tag runut_html_tag_named(runut_slice name)
{
    char lower[LONGEST];
    if (name.size == 0 || name.size > LONGEST)
        return RUNUT_TAG_OTHER;
    for (size_t i = 0; i < name.size; i++)
        lower[i] = runut_lower((unsigned char)name.at[i]);
    runut_slice key = {lower, name.size};
    size_t low = 0, high = RUNUT_TAG_OTHER;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = runut_slice_order(runut_slice_of(rows[middle].name), key);
        if (order == 0)
            return (runut_html_tag)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return RUNUT_TAG_OTHER;
}

unsigned runut_html_tag_traits(runut_html_tag tag)
{
    return rows[tag].traits;
}

const char *runut_html_tag_name(runut_html_tag tag)
{
    return rows[tag].name;
}
