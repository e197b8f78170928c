/* Filling a runut_error. `error` may be NULL everywhere: then only the code is returned. */
#ifndef RUNUT_BASE_ERROR_H
#define RUNUT_BASE_ERROR_H

#include "runut/error.h"
#include "runut/slice.h"

/* Sets code and message (printf style), clears the place, returns `code`. */
int runut_error_set(runut_error *error, runut_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds where it happened; `file` is copied, cut at the struct's size. */
void runut_error_place(runut_error *error, runut_slice file, uint64_t record, uint64_t byte);

#endif
