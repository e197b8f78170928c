/* What an article says, read back from its record: of it the names, the index of quotations and the disagreements are
 * made again. */
#ifndef RUNUT_ENGINE_RECORDED_H
#define RUNUT_ENGINE_RECORDED_H

#include "engine/add.h"

enum { RUNUT_MOST_NAMES = 512 };

typedef struct runut_recorded {
    runut_slice quotes, speakers; /* as runut_row has them */
    runut_slice forms;            /* `speakers`, and all else that the article calls these */
    runut_row_name *names;
    size_t name_count;
} runut_recorded;

/* All in the arena. False where the record is no JSON object, or a value that is read anywhere is of another type. */
bool runut_record_read(runut_arena *arena, runut_slice record, runut_recorded *out);

/* The names and the quotations of a row, from its record: sound, see runut_record_read. */
void runut_prepare_recorded(runut_arena *arena, runut_prepared *prepared);

/* Is it a relation, as runut_record_of_relation makes them? `about` (may be NULL): what its disagreements are about;
 * `of`: the article that its text is from, 0 = none. */
bool runut_relation_read(runut_arena *arena, runut_slice relation, runut_slices *about, int64_t *of);

#endif
