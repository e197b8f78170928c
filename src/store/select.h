/* A SELECT in the making: its conditions follow from the filter; values are always bound. */
#ifndef RUNUT_STORE_SELECT_H
#define RUNUT_STORE_SELECT_H

#include "store/internal.h"

enum { RUNUT_SELECT_SQL = 4096, RUNUT_SELECT_BOUND = 32 };

typedef struct runut_select {
    char sql[RUNUT_SELECT_SQL];
    size_t size;
    struct {
        bool is_text;
        runut_slice text;
        int64_t number;
    } bound[RUNUT_SELECT_BOUND];
    int count;
    char *words; /* owned: FTS5's expression */
} runut_select;

void runut_select_add(runut_select *self, const char *sql);
void runut_select_text(runut_select *self, runut_slice text);
void runut_select_number(runut_select *self, int64_t number);

/* The user's words as an FTS5 expression: each word or "…" phrase quoted, so that no operator can slip in. To be freed;
 * NULL when memory is out. */
char *runut_select_words(runut_slice words);

/* Does it ask anything at all? */
bool runut_select_narrows(const runut_store_filter *filter);

/* What the filter asks of article `a` and event `e`, and how many at most (0 = all). */
void runut_select_conditions(runut_select *self, const runut_store_filter *filter);

/* Has article `a` a name of this kind that is, or has in it, `text`? For names of so many articles that listing them
 * would take longer. */
void runut_select_common(runut_select *self, int kind, runut_slice text);
void runut_select_limit(runut_select *self, uint32_t most);

int runut_select_prepare(runut_store *self, runut_select *q, sqlite3_stmt **s, runut_error *error);

/* Hands every row to `on_row`, as `read` takes it from its columns, and ends the statement; *count (may be NULL) grows
 * by the rows. */
int runut_select_rows(runut_store *store, sqlite3_stmt *s, void (*read)(sqlite3_stmt *s, runut_row *row),
                      runut_on_row on_row, void *context, uint32_t *count, runut_error *error);

#endif
