/* Cuts JSON into its records as it comes: the items of an array, or objects one after the other, over any number of
 * lines. Only one of them is held. */
#ifndef RUNUT_READ_JSON_VALUES_H
#define RUNUT_READ_JSON_VALUES_H

#include "read/input.h"

typedef struct runut_json_values {
    runut_input *input;
    size_t most;   /* bytes of one value */
    bool array;    /* within the array that holds them */
    bool was_list; /* there was such an array */
    bool after;    /* a value was handed out: what separates it from the next one comes */
    bool comma;    /* it came */
    bool ended;
} runut_json_values;

/* The next value, not checked: valid until the next call. *byte: where it begins. RUNUT_OK, with *end set where there
 * is none; RUNUT_ERR_INPUT where what stands here is none, or it is larger than `most` (call again for the next one
 * unless *end is set too): error->byte says where. */
int runut_json_values_next(runut_json_values *self, runut_slice *value, uint64_t *byte, bool *end, runut_error *error);

#endif
