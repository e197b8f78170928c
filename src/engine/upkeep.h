/* Shared by check.c and rebuild.c. */
#ifndef RUNUT_ENGINE_UPKEEP_H
#define RUNUT_ENGINE_UPKEEP_H

#include "engine/internal.h"
#include "store/check.h"

/* Tells what of an article cannot be read: its texts, what it says, its digest. `r` lends its arena. */
void runut_check_article(runut *r, runut_store_check *check, const char *place, const runut_row *row);

/* The same of the other lines of its capture; can they be taken? */
bool runut_check_lines(runut_store_check *check, const char *place, runut_slice lines);

#endif
