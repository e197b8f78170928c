/* Logistic models of the fields: a weight a feature, from data/field_weights.tsv (made by tools/train_fields.py). */
#ifndef RUNUT_CLEAN_METADATA_WEIGHTS_H
#define RUNUT_CLEAN_METADATA_WEIGHTS_H

#include <stddef.h>

/* Fills `weights`, one a name; 0 where the table has none. `*bias` gets the row named "bias". */
void runut_metadata_weights(const char *field, const char *const *names, size_t size, float *weights, float *bias);

/* The chance that a candidate with these features is the field's value: 0..1. */
float runut_metadata_chance(const float *weights, float bias, const float *row, size_t size);

#endif
