#include "clean/metadata_weights.h"

#include <math.h>
#include <stdlib.h>

#include "base/data.h"
#include "base/slice.h"

enum { MOST_NUMBER = 31, EXACT = 1 << 24 /* whole numbers below are floats */, PLACES = 10 /* so are powers up to */ };

static float number_of_any_form(runut_slice text)
{
    char copy[MOST_NUMBER + 1] = {0};
    memcpy(copy, text.at, text.size < MOST_NUMBER ? text.size : MOST_NUMBER);
    return strtof(copy, NULL);
}

/* "-0.803": digits and the power of ten below them are exact, so that one division rounds as strtof does (Clinger,
 * 1990), which takes ten times as long. */
static float number(runut_slice text)
{
    static const float powers[PLACES + 1] = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F, 1e8F, 1e9F, 1e10F};
    bool minus = text.size && text.at[0] == '-', point = false;
    uint32_t digits = 0, places = 0;
    for (size_t i = minus; i < text.size; i++) {
        char c = text.at[i];
        bool plain = runut_is_digit((unsigned char)c) ? digits < EXACT / 10 - 1 && places < PLACES : c == '.' && !point;
        if (!plain)
            return number_of_any_form(text);
        point |= c == '.';
        digits = c == '.' ? digits : digits * 10 + (uint32_t)(c - '0');
        places += point && c != '.';
    }
    float value = (float)digits / powers[places];
    return minus ? -value : value;
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
