/* Does the index of quotations hold what the articles quote? As check_index.c does it: what should be there comes into
 * an article's sum, what the index holds comes off again. A store that was brought up to date from an older schema has
 * marks of some more forms of a speaker's name than one that was written by `add`: both are right. */
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/slice.h"
#include "store/check_parts.h"
#include "store/said.h"

enum { WORDS, MARKS, MORE_MARKS };

static uint64_t *sum_of(runut_store_check *self, uint32_t article, int which)
{
    return &self->said[(size_t)article * RUNUT_SAID_SUMS + (size_t)which];
}

typedef struct counting {
    uint64_t sum;
    int64_t words;
} counting;

static int count_word(void *to, runut_slice term, uint32_t start, uint32_t end, bool same_place)
{
    counting *self = to;
    (void)start, (void)end;
    if (!same_place || self->words == 0)
        self->words++;
    self->sum += runut_store_check_hash(term, 0, self->words - 1);
    return 0;
}

/* Each once, as the index has them. */
static uint64_t sum_of_marks(runut_arena *arena, runut_slice quotes, runut_slice speakers)
{
    runut_slice marks = runut_said_marks(arena, quotes, speakers), mark;
    runut_map *there = runut_map_new(arena);
    uint64_t sum = 0;
    while (runut_slice_field(&marks, ' ', &mark)) {
        bool is_new = false;
        if (mark.size)
            runut_map_put(there, mark, &is_new);
        sum += is_new ? runut_store_check_hash(mark, 0, 0) : 0;
    }
    return sum;
}

int runut_store_check_said(runut_store_check *self, const runut_row *row, runut_slice quotes, runut_slice speakers,
                           runut_slice forms)
{
    runut_store *store = self->store;
    runut_arena *arena = runut_store_scratch(store);
    counting of = {0};
    if (!self->said || row->number > self->highest || quotes.size == 0)
        return RUNUT_OK;
    if (!arena || store->terms(store->terms_context, quotes, row->language, false, count_word, &of) != 0 ||
        RUNUT_ARENA_TRY(arena) != 0)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    *sum_of(self, row->number, WORDS) += of.sum;
    *sum_of(self, row->number, MARKS) += sum_of_marks(arena, quotes, speakers);
    *sum_of(self, row->number, MORE_MARKS) += sum_of_marks(arena, quotes, forms);
    return RUNUT_OK;
}

/* What the table holds comes off. */
static int take_off(runut_store_check *self, const char *make, const char *read, int first, int last)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_exec(self->store->db, make, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return runut_store_check_failed(self, code, "said");
    while (runut_store_check_row(self, &s, read, &code)) {
        int64_t article = sqlite3_column_int64(s, 0);
        uint64_t hash = runut_store_check_hash(runut_store_column(s, 2), 0, sqlite3_column_int64(s, 1));
        if (article < 1 || article > self->highest)
            runut_store_check_tell(self, "said", "holds quotations of an article that is not there");
        for (int i = first; i <= last && article >= 1 && article <= self->highest; i++)
            *sum_of(self, (uint32_t)article, i) -= hash;
    }
    return code;
}

int runut_store_check_quotations(runut_store_check *self)
{
    uint64_t before = self->findings;
    int code = take_off(self, "CREATE VIRTUAL TABLE temp.runut_check_said USING fts5vocab('main', 'said', 'instance')",
                        "SELECT doc, offset, term FROM temp.runut_check_said", WORDS, WORDS);
    if (code == RUNUT_OK)
        code = take_off(self,
                        "CREATE VIRTUAL TABLE temp.runut_check_mark USING fts5vocab('main', 'said_mark', 'instance')",
                        "SELECT doc, 0, term FROM temp.runut_check_mark", MARKS, MORE_MARKS);
    bool readable = self->findings == before;
    for (uint32_t i = 1; i <= self->highest && code == RUNUT_OK && readable; i++) {
        char place[16];
        snprintf(place, sizeof place, "a%u", i);
        if (*sum_of(self, i, WORDS) || (*sum_of(self, i, MARKS) && *sum_of(self, i, MORE_MARKS)))
            runut_store_check_tell(self, place, "the index of quotations does not agree with what it quotes");
    }
    return code;
}
