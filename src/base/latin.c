#include "base/latin.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/utf8.h"

enum { MOST_BYTES = 64, ROOM = 512 };

struct runut_latin {
    UTransliterator *rules;
    bool asked;
};

runut_latin *runut_latin_new(void)
{
    return calloc(1, sizeof(runut_latin));
}

void runut_latin_free(runut_latin *self)
{
    if (self && self->rules)
        utrans_close(self->rules);
    free(self);
}

static UTransliterator *rules_of(runut_latin *self)
{
    static const UChar name[] = u"Any-Latin; Latin-ASCII; Lower";
    UErrorCode code = U_ZERO_ERROR;
    if (!self->asked)
        self->rules = utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    self->asked = true;
    return self->rules;
}

runut_slice runut_latin_word(runut_latin *self, runut_arena *arena, runut_slice word)
{
    UChar text[ROOM];
    char out[3 * ROOM];
    int32_t size = 0, end, bytes = 0;
    UErrorCode code = U_ZERO_ERROR;
    if (word.size > MOST_BYTES || runut_ascii_end(word, 0) == word.size || !rules_of(self))
        return word;
    u_strFromUTF8(text, MOST_BYTES, &size, word.at, (int32_t)word.size, &code);
    if (U_FAILURE(code))
        return word;
    end = size;
    utrans_transUChars(self->rules, text, &size, ROOM, 0, &end, &code);
    if (U_SUCCESS(code))
        u_strToUTF8(out, sizeof out, &bytes, text, size, &code);
    return U_SUCCESS(code) && bytes > 0 ? runut_arena_copy(arena, (runut_slice){out, (size_t)bytes}) : word;
}
