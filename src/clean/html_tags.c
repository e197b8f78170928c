#include "clean/html_tags.h"

#include "base/slice.h"

enum { LONGEST = 10 };

typedef struct tag_row {
    char name[LONGEST + 1];
    uint8_t size;
    uint8_t traits;
} tag_row;

static const tag_row rows[] = {
#define ROW(id, name, traits) {name, sizeof(name) - 1, traits},
    RUNUT_HTML_TAGS(ROW)
#undef ROW
        {"", 0, 0},
};

/* The first tag of each letter; letters that begin none have the next one's. */
static const uint8_t first_of[27] = {
    RUNUT_TAG_A,     RUNUT_TAG_B,     RUNUT_TAG_CANVAS, RUNUT_TAG_DATA, RUNUT_TAG_EM,  RUNUT_TAG_FIELDSET,
    RUNUT_TAG_H1,    RUNUT_TAG_H1,    RUNUT_TAG_I,      RUNUT_TAG_KBD,  RUNUT_TAG_KBD, RUNUT_TAG_LABEL,
    RUNUT_TAG_MAIN,  RUNUT_TAG_NAV,   RUNUT_TAG_OBJECT, RUNUT_TAG_P,    RUNUT_TAG_Q,   RUNUT_TAG_RB,
    RUNUT_TAG_S,     RUNUT_TAG_TABLE, RUNUT_TAG_U,      RUNUT_TAG_VAR,  RUNUT_TAG_WBR, RUNUT_TAG_XMP,
    RUNUT_TAG_OTHER, RUNUT_TAG_OTHER, RUNUT_TAG_OTHER};

runut_html_tag runut_html_tag_named(runut_slice name)
{
    char lower[LONGEST];
    if (name.size == 0 || name.size > LONGEST || !runut_is_alpha((unsigned char)name.at[0]))
        return RUNUT_TAG_OTHER;
    for (size_t i = 0; i < name.size; i++)
        lower[i] = runut_lower((unsigned char)name.at[i]);
    size_t letter = (size_t)(lower[0] - 'a');
    for (size_t i = first_of[letter]; i < first_of[letter + 1]; i++)
        if (rows[i].size == name.size && memcmp(rows[i].name, lower, name.size) == 0)
            return (runut_html_tag)i;
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
