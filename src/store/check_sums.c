/* Is an article as it was written? Its checksums (checksum.c) are made again and compared. */
#include <stdio.h>

#include "store/check_parts.h"

enum { STORED = RUNUT_SUMS };

#define OF_ARTICLE " FROM article a WHERE a.number = ?1"
static const char *const sql[] = {
    [RUNUT_SUM_REPORT] = "SELECT " RUNUT_SUM_OF_REPORT OF_ARTICLE,
    [RUNUT_SUM_LINES] = "SELECT checksum((SELECT lines FROM line WHERE article = ?1))",
    [RUNUT_SUM_NAMES] = "SELECT " RUNUT_SUM_OF_NAMES OF_ARTICLE,
    [RUNUT_SUM_RELATION] = "SELECT " RUNUT_SUM_OF_RELATION OF_ARTICLE,
    [STORED] = "SELECT report, lines, names, relation FROM checksum WHERE article = ?1",
};

static const char *const what[] = {
    [RUNUT_SUM_REPORT] = "the article is",
    [RUNUT_SUM_LINES] = "the other lines of its capture are",
    [RUNUT_SUM_NAMES] = "its names are",
    [RUNUT_SUM_RELATION] = "how it stands to others is",
};

/* The first row of the statement `which`; SQLite's code. */
static int ask(runut_store_check *self, int which, uint32_t article)
{
    int code = SQLITE_OK;
    if (!self->sums[which])
        code = sqlite3_prepare_v2(self->store->db, sql[which], -1, &self->sums[which], NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_reset(self->sums[which]);
    sqlite3_bind_int64(self->sums[which], 1, article);
    return sqlite3_step(self->sums[which]);
}

/* What cannot be read to make a sum of it is told where it is read for itself, but for the names. */
static int compare(runut_store_check *self, int which, uint32_t article, const char *place)
{
    int step = ask(self, which, article);
    self->fits[which] = step != SQLITE_ROW ||
                        sqlite3_column_int64(self->sums[which], 0) == sqlite3_column_int64(self->sums[STORED], which);
    if (step == SQLITE_ROW)
        return RUNUT_OK;
    bool ends = step == SQLITE_INTERRUPT || step == SQLITE_NOMEM;
    return ends || (which == RUNUT_SUM_NAMES && self->with_terms) ? runut_store_check_failed(self, step, place)
                                                                  : RUNUT_OK;
}

void runut_store_check_fit(runut_store_check *self, const char *place, int which, uint64_t before)
{
    if (!self->fits[which] && self->findings == before)
        runut_store_check_tell(self, place, "its checksum does not fit: %s not as written", what[which]);
}

int runut_store_check_sums(runut_store_check *self, uint32_t article)
{
    char place[40];
    int code = RUNUT_OK;
    for (int i = 0; i < RUNUT_SUMS; i++)
        self->fits[i] = true;
    snprintf(place, sizeof place, "a%u", article);
    int step = ask(self, STORED, article);
    if (step == SQLITE_DONE)
        runut_store_check_tell(self, place, "has no checksum");
    else if (step != SQLITE_ROW)
        return runut_store_check_failed(self, step, place);
    for (int i = 0; i < RUNUT_SUMS && step == SQLITE_ROW && code == RUNUT_OK; i++)
        code = compare(self, i, article, place);
    return code;
}

void runut_store_check_sums_end(runut_store_check *self)
{
    for (int i = 0; i <= STORED; i++) {
        sqlite3_finalize(self->sums[i]);
        self->sums[i] = NULL;
    }
}
