/* The annotator: long-lived, one per thread; owns dictionaries and tables. Modules run in this order, each reading
 * what the ones before it wrote: text (language, sentences, tokens, stems) → names → dates → statements → sources. */
#ifndef RUNUT_ANNOTATE_ANNOTATE_H
#define RUNUT_ANNOTATE_ANNOTATE_H

#include "annotate/annotation.h"
#include "base/error.h"

typedef struct runut_annotator runut_annotator;

/* Loads tables and dictionaries. RUNUT_ERR_MEMORY or RUNUT_ERR_IO on failure. Free with runut_annotator_free. */
int runut_annotator_new(runut_annotator **self, runut_error *error);
void runut_annotator_free(runut_annotator *self);

/* Adds agencies and outlets, lines as in data/agencies.tsv, which win over those of the same name; not after _like.
 * Nothing of `table` is kept. RUNUT_ERR_USE with the line as error->record where one is broken, RUNUT_ERR_MEMORY. */
int runut_annotator_add_agencies(runut_annotator *self, runut_slice table, runut_error *error);

/* Another one for another thread: it shares the tables of `first`, which must outlive it, and has caches of its own. */
int runut_annotator_like(const runut_annotator *first, runut_annotator **self, runut_error *error);

/* One that can only cut text into tokens: quick to make, and small, without the tables. */
int runut_annotator_of_tokens(runut_annotator **self, runut_error *error);

/* Annotates `article`; the result lives in `arena`, as does what it points to. Runs under the caller's
 * RUNUT_ARENA_TRY. Never fails otherwise: what cannot be known is left empty. Linear in the body's size. */
runut_annotation *runut_annotate(runut_annotator *self, runut_arena *arena, const runut_article *article);

/* Tokens of any text, a query for instance; spans are into `text`, everything lives in `arena`. */
void runut_annotator_tokenize(runut_annotator *self, runut_arena *arena, runut_slice text, runut_slice language,
                              runut_tokens *tokens);

#endif
