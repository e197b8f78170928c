/* Inside of the text module: tokens.c cuts a text into tokens, sentences.c groups them, language.c tells the language,
 * stems.c finds stems. texts.c calls them in this order; nobody else includes this file. */
#ifndef RUNUT_ANNOTATE_TEXTS_H
#define RUNUT_ANNOTATE_TEXTS_H

#include "annotate/annotation.h"
#include "base/map.h"

/* ---- tokens.c ---- */

/* Finds words in scripts that put no spaces between them. Owned by one thread. */
typedef struct runut_breaker runut_breaker;
runut_breaker *runut_breaker_new(void); /* NULL = out of memory */
void runut_breaker_free(runut_breaker *self);

/* Cuts [start, end) of `text` into tokens: span, kind, upper, all_upper, folded; stem = folded. `folded` points into
 * `text` where the word is folded as it stands. */
void runut_tokens_cut(runut_breaker *breaker, runut_arena *arena, runut_slice text, runut_span part,
                      runut_tokens *tokens);

/* ---- sentences.c ---- */

/* Abbreviations and words that begin sentences, from data/abbreviations.tsv. */
typedef struct runut_stops runut_stops;
runut_stops *runut_stops_new(void);
void runut_stops_free(runut_stops *self);

typedef RUNUT_VECTOR(runut_sentence) runut_sentences;

/* Splits the paragraph made of the tokens from `first` to the last and appends its sentences; sets the tokens' sentence
 * and sentence_start. */
void runut_sentences_split(const runut_stops *stops, runut_arena *arena, runut_slice text, runut_tokens *tokens,
                           size_t first, uint32_t paragraph, runut_sentences *sentences);

/* ---- language.c, language.cc ---- */

/* Marker words of languages, from data/language_markers.tsv. */
typedef struct runut_markers runut_markers;
runut_markers *runut_markers_new(void);
void runut_markers_free(runut_markers *self);

/* The language of `text`, whose tokens are `tokens`: BCP 47, static; "und" where it cannot be told. `hint`: as the
 * capture states it, may be empty. `arena`: nothing is taken from it; its guard is left to when memory is out. */
runut_slice runut_language_of(const runut_markers *self, runut_arena *arena, runut_slice text,
                              const runut_tokens *tokens, runut_slice hint, float *confidence);

/* What CLD2 says: a static BCP 47 tag ("" = nothing), the share of the text in that language (0..1), whether CLD2 calls
 * it reliable. NULL when memory is out. C linkage; no exception leaves it. */
const char *runut_language_cld2(const char *text, size_t size, const char *hint, float *share, bool *reliable);

/* ---- stems.c, stems_hunspell.cc ---- */

/* Dictionaries, stemmers and a cache of bounded size. Owned by one thread. */
typedef struct runut_stems runut_stems;
runut_stems *runut_stems_new(void);
void runut_stems_free(runut_stems *self);

/* The stem of `folded` in `language`, in the arena or a part of `folded`. `word_hash`: runut_slice_hash of `folded`. */
runut_slice runut_stems_of(runut_stems *self, runut_arena *arena, runut_slice folded, uint64_t word_hash,
                           runut_slice language);

/* Is there anything to look up for this language? Leaves to the arena's guard when memory is out. */
bool runut_stems_has(runut_stems *self, runut_arena *arena, runut_slice language);

/* The Indonesian dictionary; NULL where it is not installed or does not load, errno is ENOMEM when memory is out. */
typedef struct runut_hunspell runut_hunspell;
runut_hunspell *runut_hunspell_new(const char *affixes, const char *words);
void runut_hunspell_free(runut_hunspell *self);

/* Writes the stem of `word` (ASCII, short) to `out`; its size, 0 where the dictionary has none, SIZE_MAX when memory is
 * out. */
size_t runut_hunspell_stem(runut_hunspell *self, const char *word, size_t size, char *out, size_t room);

/* Fallback where there is no dictionary: strips affixes of Indonesian and Malay. A part of `word`. */
runut_slice runut_stems_strip(runut_slice word);

#endif
