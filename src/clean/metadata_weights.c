#include "clean/metadata_weights.h"

#include <math.h>
#include <stdlib.h>

#include "base/data.h"
#include "base/slice.h"

enum { MOST_NUMBER = 31 };

static float number(runut_slice text)
{
    char copy[MOST_NUMBER + 1] = {0};
    memcpy(copy, text.at, text.size < MOST_NUMBER ? text.size : MOST_NUMBER);
    return strtof(copy, NULL);
}

void runut_metadata_weights(const char *field, const char *const *names, size_t size, float *weights, float *bias)
{
    runut_slice rest = runut_data("field_weights.tsv"), row[3];
    memset(weights, 0, size * sizeof *weights);
    *bias = 0;
    for (size_t next = 0; runut_data_row(&rest, row, 3);) {
        if (!runut_slice_is(row[0], field))
            continue;
        if (runut_slice_is(row[1], "bias"))
            *bias = number(row[2]);
        for (size_t tried = 0; tried < size; tried++, next++) { /* rows stand in the order of the names */
            if (next == size)
                next = 0;
            if (!runut_slice_is(row[1], names[next]))
                continue;
            weights[next] = number(row[2]);
            break;
        }
    }
}

float runut_metadata_chance(const float *weights, float bias, const float *row, size_t size)
{
    float sum = bias;
    for (size_t i = 0; i < size; i++)
        sum += weights[i] * row[i];
    return 1 / (1 + expf(-sum));
}
