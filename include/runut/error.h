/* Errors: functions return RUNUT_OK (0) or a negative code and fill a caller-owned runut_error.
 * The struct names the file, the record in it (from 1, 0 = the file as a whole) and the byte. */
#ifndef RUNUT_ERROR_H
#define RUNUT_ERROR_H

#include <stdint.h>

typedef enum runut_code {
    RUNUT_OK = 0,
    RUNUT_ERR_INPUT = -1,     /* the input is broken; the next record may be fine */
    RUNUT_ERR_USE = -2,       /* the caller asked for something that makes no sense */
    RUNUT_ERR_STORE = -3,     /* the store is damaged or of a newer schema */
    RUNUT_ERR_IO = -4,        /* reading or writing failed: permission, a broken disk, … */
    RUNUT_ERR_MEMORY = -5,    /* out of memory, or a record needs more than its limit */
    RUNUT_ERR_NOT_FOUND = -6, /* no such article, event or story */
    RUNUT_ERR_STOPPED = -7,   /* a callback asked to stop */
    RUNUT_ERR_TIME = -8,      /* the answer takes longer than runut_time_limit allows */
    RUNUT_ERR_FULL = -9,      /* no room on the disk, or as much as a quota or a limit on files allows */
    RUNUT_ERR_BUSY = -10      /* another program holds the store for longer than it is waited for: try again */
} runut_code;

typedef struct runut_error {
    runut_code code;
    uint64_t record;
    uint64_t byte;
    char file[1024];
    char message[512];
} runut_error;

#endif
