/* Shared by the files of the check. */
#ifndef RUNUT_STORE_CHECK_PARTS_H
#define RUNUT_STORE_CHECK_PARTS_H

#include "store/check.h"
#include "store/internal.h"

/* Begins a part, and ends the one before it: of what was found beyond the most, how much it was. */
void runut_store_check_part(runut_store_check *self, const char *part);

/* SQLite said `code`: a finding where the file is broken (RUNUT_OK), else what ends the check. */
int runut_store_check_failed(runut_store_check *self, int code, const char *place);

/* Runs a query; each row, or NULL in the end with *code set. To begin with *s is NULL. */
bool runut_store_check_row(runut_store_check *self, sqlite3_stmt **s, const char *sql, int *code);

void runut_store_check_progress(runut_store_check *self, uint64_t done, uint64_t of);

/* Sets `fits`; a sum that is not there is told. */
int runut_store_check_sums(runut_store_check *self, uint32_t article);
void runut_store_check_sums_end(runut_store_check *self);

/* The terms of an article's text come off those that the index holds of it. */
int runut_store_check_terms(runut_store_check *self, const runut_row *row);

/* Is it a store of this schema? Begins the transaction. */
int runut_store_check_begin(runut_store_check *self);

int runut_store_check_articles(runut_store_check *self, runut_store_judge judge, void *context);
int runut_store_check_tables(runut_store_check *self); /* references and sums */
int runut_store_check_index(runut_store_check *self);
int runut_store_check_quotations(runut_store_check *self); /* the end of the index's part */

/* Of a term at its place in an index. */
uint64_t runut_store_check_hash(runut_slice term, uint32_t column, int64_t place);

#endif
