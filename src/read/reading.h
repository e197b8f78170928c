/* What the readers of all kinds share: one call of runut_read. */
#ifndef RUNUT_READ_READING_H
#define RUNUT_READ_READING_H

#include "read/input.h"
#include "read/read.h"
#include "read/scratch.h"

struct json_tokener;

enum { RUNUT_MOST_NESTED = 6 }; /* how deep archives and compressed files may stand in each other */

typedef struct runut_reading {
    size_t most; /* bytes of one record */
    runut_on_capture on_capture;
    runut_on_reject on_reject;
    runut_on_lines on_lines;
    runut_on_skipped on_skipped;
    runut_skipped skipped; /* of the file */
    void *context;
    runut_arena *arena; /* of one record: who begins one resets it. Large enough for what describes it, not for it */
    struct json_tokener *tokener;
    runut_scratch header, body; /* of one record of an archive */
    unsigned depth;             /* of archives that are open */
} runut_reading;

/* Tells that something could not be read. `error` has code and message; where it happened is put in here. */
void runut_reading_reject(runut_reading *self, runut_slice file, uint64_t record, uint64_t byte, runut_error *error);

/* Counts what is passed over without a word. */
static inline void runut_reading_skip(runut_reading *self, runut_skip what)
{
    self->skipped.of[what]++;
}

/* To the callback: RUNUT_OK or RUNUT_ERR_STOPPED, which every reader hands back at once. */
int runut_reading_deliver(runut_reading *self, const runut_capture *capture);

/* Tells the kind of what `input` holds and reads it. `file`: what captures and errors call it, '\0' behind it. */
int runut_reading_input(runut_reading *self, runut_input *input, runut_slice file);

/* The same for what stands in another input: one level deeper; rejected where that is too deep. `name`: its own, of any
 * bytes, appended to `file` as "FILE/NAME"; empty = it is called `file` alone. `record`: its number in `file`. */
int runut_reading_member(runut_reading *self, runut_input *input, runut_slice file, runut_slice name, uint64_t record);

/* Is it a hidden file, or in a hidden folder? Such are passed over in archives as in folders; macOS puts one beside
 * each file. */
bool runut_reading_is_hidden(runut_slice name);

#endif
