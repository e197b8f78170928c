/* The function that a text gives a person: right before the name ("Presiden Rusia Vladimir Putin"), before it with a
 * comma
 * ("Kepala Kantor SAR Makassar, Syahrir Palantei"), or behind it ("Jafar Rumakat, Camat Kobi,"). */
#include "annotate/names_parts.h"
#include "base/slice.h"

enum { ROLE_MOST = 16 /* tokens */ };

/* Where the clause that holds token `i` begins, at most ROLE_MOST tokens before. */
static uint32_t clause_start(const names_text *self, uint32_t i)
{
    uint32_t least = i > ROLE_MOST ? i - ROLE_MOST : 0;
    while (i > least && self->tokens[i - 1].sentence == self->tokens[i].sentence &&
           !runut_names_mark(self, i - 1, ",.;:\"“”«»?!–—"))
        i--;
    return i;
}

/* The first title of [from, to); `to` where there is none. A lower-case honorific is none. */
static uint32_t first_title(const names_text *self, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (self->words[i].title_end && self->words[i].phrases & (NAMES_TITLE | NAMES_RANK))
            return i;
    return to;
}

/* Verbs between a title and a name say that they do not belong together. */
static bool is_phrase(const names_text *self, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (self->words[i].classes & NAMES_SAY && !self->tokens[i].upper)
            return false;
    return first < end;
}

static runut_slice role_before(const names_text *self, uint32_t first)
{
    names_title before = self->words[first].title_before;
    if (before == NAMES_NO_TITLE || first == 0)
        return (runut_slice){"", 0};
    uint32_t end = first;
    if (before == NAMES_TITLE_FAR)
        end--; /* the comma */
    uint32_t start = end ? first_title(self, clause_start(self, end - 1), end) : end;
    return start < end && is_phrase(self, start, end) ? runut_names_text(self, start, end) : (runut_slice){"", 0};
}

static runut_slice role_behind(const names_text *self, uint32_t end)
{
    if (runut_names_mark(self, end, "(") && end + 2 < self->count && runut_names_mark(self, end + 2, ")"))
        end += 3; /* an age */
    if (!runut_names_mark(self, end, ",") || end + 1 >= self->count || !self->words[end + 1].title_end ||
        !(self->words[end + 1].phrases & (NAMES_TITLE | NAMES_RANK)))
        return (runut_slice){"", 0};
    uint32_t start = end + 1, stop = start + self->words[start].title_end;
    while (stop < self->count && stop - start < ROLE_MOST &&
           self->tokens[stop].sentence == self->tokens[start].sentence &&
           (self->words[stop].capital || self->words[stop].classes & (NAMES_ORG_LINK | NAMES_FIELD)) &&
           self->tokens[stop].kind == RUNUT_TOKEN_WORD)
        stop++;
    return runut_names_text(self, start, stop);
}

runut_slice runut_names_role(const names_text *self, uint32_t first, uint32_t end)
{
    runut_slice role = role_before(self, first);
    return role.size ? role : role_behind(self, end);
}
