/* Hash map from byte strings to 32-bit numbers, in an arena. Keys are borrowed: they must outlive the map. */
#ifndef RUNUT_BASE_MAP_H
#define RUNUT_BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct runut_map runut_map;

runut_map *runut_map_new(runut_arena *arena);

/* With room for `count` keys, so that it need not grow by steps. */
runut_map *runut_map_new_for(runut_arena *arena, size_t count);

/* The slot of `key`; where it is new, it is put in with value 0 and `*is_new` (may be NULL) is set. The pointer is
 * valid until the next put. */
uint32_t *runut_map_put(runut_map *self, runut_slice key, bool *is_new);

/* NULL where `key` is not there; same lifetime. */
uint32_t *runut_map_get(const runut_map *self, runut_slice key);

/* As above; `hash`: runut_slice_hash of the key, for a key that several maps are asked for. */
uint32_t *runut_map_put_hashed(runut_map *self, runut_slice key, uint64_t hash, bool *is_new);
uint32_t *runut_map_get_hashed(const runut_map *self, runut_slice key, uint64_t hash);

size_t runut_map_size(const runut_map *self);

#endif
