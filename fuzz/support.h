/* What the targets share. */
#ifndef RUNUT_FUZZ_SUPPORT_H
#define RUNUT_FUZZ_SUPPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/slice.h"

struct json_object;
struct runut;

/* What must hold; else the target ends, and says what did not. */
#define fuzz_check(good) fuzz_check_at((good), #good, __FILE__, __LINE__)
void fuzz_check_at(bool good, const char *what, const char *file, int line);

/* The path of a nameless file that holds `bytes`; *fd is the caller's to close. */
enum { FUZZ_PATH = 64 };
void fuzz_file(runut_slice bytes, char path[FUZZ_PATH], int *fd);

/* The next part of the input, up to the byte `end`; false where nothing is left. */
bool fuzz_part(runut_slice *input, char end, runut_slice *part);

/* ---- store.c: for targets with a store ---- */

/* A new store at `path` (":memory:") that takes over what the one before (or NULL) had loaded, which is closed. */
struct runut *fuzz_store_new(struct runut *before, const char *path);

/* Adds a file of these bytes; false where the engine says that it cannot. */
bool fuzz_store_add(struct runut *r, runut_slice bytes);

/* Every report of an article must point at words of its own articleBody. */
void fuzz_check_export(struct runut *r);

/* All listings and answers, of whatever state the store is in: each says something or says why not. */
void fuzz_ask_all(struct runut *r);

/* Some reports, two of one event, as JSON Lines. */
extern const char fuzz_reports[];

#endif
