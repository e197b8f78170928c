/* The articles that pass a filter, as a set. */
#ifndef RUNUT_STORE_SET_H
#define RUNUT_STORE_SET_H

#include "store/select.h"

/* Makes store->set that of the filter, unless it is so already. Names that a great many articles have are left out of
 * it unless `all`: set.common; they are asked of each article (runut_select_common). */
int runut_set_find(runut_store *store, const runut_store_filter *filter, bool all, runut_error *error);

/* Are there such names? */
bool runut_set_each(const runut_set *self);

/* The next number behind `after`, the one before `before`; 0 = none. */
uint32_t runut_set_next(const runut_set *self, uint32_t after);
uint32_t runut_set_before(const runut_set *self, uint32_t before);

int runut_set_register(runut_store *store);
void runut_set_free(runut_set *self);

#endif
