/* Arrays that live as long as the relater: on the C heap, under one common limit. Unlike an arena's they say when they
 * cannot grow, so that the relater can refuse an article and go on. */
#ifndef RUNUT_RELATE_HEAP_H
#define RUNUT_RELATE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

typedef struct runut_heap {
    size_t used, limit;
} runut_heap;

#define RUNUT_LIST(type)                                                                                               \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        size_t size, capacity;                                                                                         \
    }

/* `old` with room for `wanted` items, or NULL where the limit or memory is out (then `old` still stands). Grows by
 * halves. */
void *runut_heap_grow(runut_heap *self, void *old, size_t item, size_t *capacity, size_t wanted);
void runut_heap_free(runut_heap *self, void *at, size_t item, size_t capacity);

/* Room for `more` items; false where there is none. */
#define RUNUT_LIST_RESERVE(heap, list, more)                                                                           \
    ({                                                                                                                 \
        void *list_at = runut_heap_grow((heap), (list).at, sizeof *(list).at, &(list).capacity, (list).size + (more)); \
        if (list_at)                                                                                                   \
            (list).at = list_at;                                                                                       \
        list_at != NULL;                                                                                               \
    })

#define RUNUT_LIST_FREE(heap, list) runut_heap_free((heap), (list).at, sizeof *(list).at, (list).capacity)

#endif
