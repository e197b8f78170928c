/* Every weight of data/field_weights.tsv is what strtof reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/slice.h"
#include "clean/metadata_weights.h"

static void weights_are_what_the_table_says(void **state)
{
    (void)state;
    runut_slice rest = runut_data("field_weights.tsv"), row[3];
    size_t rows = 0;
    for (; runut_data_row(&rest, row, 3); rows++) {
        char field[40] = "", name[40] = "", value[40] = "";
        memcpy(field, row[0].at, row[0].size);
        memcpy(name, row[1].at, row[1].size);
        memcpy(value, row[2].at, row[2].size);
        const char *const names[] = {"none such", name, "nor this"};
        float weights[3], bias, wanted = strtof(value, NULL);
        runut_metadata_weights(field, names, 3, weights, &bias);
        assert_true(weights[0] == 0 && weights[2] == 0);
        assert_memory_equal(&weights[1], &wanted, sizeof wanted);
        if (strcmp(name, "bias") == 0)
            assert_memory_equal(&bias, &wanted, sizeof wanted);
    }
    assert_true(rows > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(weights_are_what_the_table_says)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
