/* The function that a text gives a person: right before the name ("Presiden Rusia Vladimir Putin"), before it with a
 * comma
 * ("Kepala Kantor SAR Makassar, Syahrir Palantei"), or behind it ("Jafar Rumakat, Camat Kobi,"). */
#include "annotate/names_parts.h"
#include "base/slice.h"

enum { ROLE_MOST = 16 /* tokens */ };

/* May token `i` stand inside of a role? Verbs may not, and no other small word that the tables do not know, but for a
 * few before a comma: "nakhoda kapal nahas itu, X". */
static bool fits(const names_text *self, uint32_t i, uint32_t *spare)
{
    const names_word *word = &self->words[i];
    if (self->tokens[i].kind == RUNUT_TOKEN_MARK)
        return runut_names_mark(self, i, "()&/-") ||
               (runut_names_mark(self, i, ".") && i > 0 && self->words[i - 1].title_end);
    if (word->capital || word->phrases & (NAMES_TITLE | NAMES_RANK | NAMES_FIELD | NAMES_HONORIFIC))
        return true;
    if (word->classes & (NAMES_SAY | NAMES_RELATIVE))
        return false;
    if (word->classes & (NAMES_ORG_LINK | NAMES_PERSON_LINK))
        return true;
    if (*spare == 0)
        return false;
    --*spare;
    return true;
}

/* The leftmost title of the phrase that ends before token `end`; `end` where there is none. */
static uint32_t first_title(const names_text *self, uint32_t least, uint32_t end, uint32_t spare)
{
    uint32_t found = end;
    for (uint32_t i = end; i > least && end - i < ROLE_MOST && fits(self, i - 1, &spare); i--) {
        const names_word *word = &self->words[i - 1];
        if (word->title_end && word->phrases & (NAMES_TITLE | NAMES_RANK))
            found = i - 1;
        else if (word->phrases & NAMES_HONORIFIC && found == end)
            continue;
        if (self->tokens[i - 1].sentence_start)
            break;
    }
    return found;
}

static runut_slice role_before(const names_text *self, uint32_t least, uint32_t first)
{
    names_title before = self->words[first].title_before;
    if (before == NAMES_NO_TITLE || first == 0)
        return (runut_slice){"", 0};
    bool far = before == NAMES_TITLE_FAR; /* behind a comma */
    uint32_t end = first - far, start = first_title(self, least, end, far ? 3 : 0);
    return start < end ? runut_names_text(self, start, end) : (runut_slice){"", 0};
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

runut_slice runut_names_role(const names_text *self, uint32_t least, uint32_t first, uint32_t end)
{
    runut_slice role = role_before(self, least, first);
    return role.size ? role : role_behind(self, end);
}
