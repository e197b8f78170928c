/* The modules of the stage, called by annotate.c in this order; each fills its part of the annotation. All run under
 * the caller's RUNUT_ARENA_TRY and are linear in the body. Tables and dictionaries are loaded once into the module's
 * own opaque context by its _new (NULL = out of memory or data missing) and are read-only afterwards. */
#ifndef RUNUT_ANNOTATE_STAGE_H
#define RUNUT_ANNOTATE_STAGE_H

#include "annotate/annotation.h"
#include "base/error.h"

/* texts.c (tokens.c, sentences.c, language.c, stems.c): language, sentences, tokens, headline_tokens. `folded` and
 * `stem` may point into the text itself. One thread at a time: it has a cache. */
typedef struct runut_texts runut_texts;
runut_texts *runut_texts_new(void);
void runut_texts_free(runut_texts *self);
void runut_texts_annotate(runut_texts *self, runut_arena *arena, runut_annotation *annotation);

/* Tokens of any text (a query, a headline), as above; spans are into `text`. For search and for headlines. */
void runut_texts_tokenize(runut_texts *self, runut_arena *arena, runut_slice text, runut_slice language,
                          runut_tokens *tokens);

/* names*.c: names, mentions. */
typedef struct runut_names runut_names;
runut_names *runut_names_new(void);
void runut_names_free(runut_names *self);
void runut_names_annotate(const runut_names *self, runut_arena *arena, runut_annotation *annotation);

/* dates*.c: dates. */
typedef struct runut_calendar runut_calendar;
runut_calendar *runut_calendar_new(void);
void runut_calendar_free(runut_calendar *self);
void runut_dates_annotate(const runut_calendar *self, runut_arena *arena, runut_annotation *annotation);

/* statements*.c: statements, refusals. */
typedef struct runut_cues runut_cues;
runut_cues *runut_cues_new(void);
void runut_cues_free(runut_cues *self);
void runut_statements_annotate(const runut_cues *self, runut_arena *arena, runut_annotation *annotation);

/* sources.c: sources; then `via` of the statements. One thread at a time. */
typedef struct runut_agencies runut_agencies;
runut_agencies *runut_agencies_new(void);
int runut_agencies_add(runut_agencies *self, runut_slice table, runut_error *error);
runut_agencies *runut_agencies_like(const runut_agencies *first); /* shares the tables of `first` */
void runut_agencies_free(runut_agencies *self);
void runut_sources_annotate(const runut_agencies *self, runut_arena *arena, runut_annotation *annotation);

#endif
