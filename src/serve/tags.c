#include "serve/tags.h"

#include <string.h>

bool runut_tag_matches(const char *list, const char *tag)
{
    size_t size = strlen(tag);
    if (!list)
        return false;
    const char *at = list + strspn(list, " \t,");
    if (*at == '*')
        return at[1 + strspn(at + 1, " \t")] == '\0';
    while (*at) {
        if (strncmp(at, "W/", 2) == 0)
            at += 2;
        if (*at != '"')
            return false; /* no list of tags */
        const char *end = strchr(at + 1, '"');
        if (!end)
            return false;
        if ((size_t)(end + 1 - at) == size && memcmp(at, tag, size) == 0)
            return true;
        at = end + 1 + strspn(end + 1, " \t,");
    }
    return false;
}
