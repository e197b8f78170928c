/* A growing array of any type, in an arena:
 *
 *     RUNUT_VECTOR(runut_slice) words = {0};
 *     RUNUT_PUSH(arena, words, word);            // amortized constant
 *     for (size_t i = 0; i < words.size; i++) … words.at[i] …
 */
#ifndef RUNUT_BASE_VECTOR_H
#define RUNUT_BASE_VECTOR_H

#include "base/arena.h"

#define RUNUT_VECTOR(type)                                                                                             \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        size_t size, capacity;                                                                                         \
    }

/* Room for `count` in an empty vector, so that it need not grow by steps. */
#define RUNUT_RESERVE(arena, vector, count)                                                                            \
    ((void)((vector).capacity = (count), (vector).at = runut_arena_alloc((arena), (count) * sizeof *(vector).at)))

/* Room for one more, zeroed; evaluates to a pointer to it. */
#define RUNUT_APPEND(arena, vector)                                                                                    \
    (((vector).size == (vector).capacity                                                                               \
          ? (void)((vector).at = runut_vector_grow((arena), (vector).at, sizeof *(vector).at, &(vector).capacity))     \
          : (void)0),                                                                                                  \
     &(vector).at[(vector).size++])

#define RUNUT_PUSH(arena, vector, value) ((void)(*RUNUT_APPEND((arena), (vector)) = (value)))

void *runut_vector_grow(runut_arena *arena, void *old, size_t item, size_t *capacity);

typedef RUNUT_VECTOR(runut_slice) runut_slices;

#endif
