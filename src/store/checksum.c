/* What was written of an article, as numbers, so that a byte that changed on the disk is noticed even where what stands
 * there now makes sense. The table `checksum` has a row for each article; its columns are hashes (XXH3 of 64 bits) of
 *
 *     report    the article itself: all columns that are written once (RUNUT_SUM_OF_REPORT)
 *     lines     the capture's other lines
 *     names     its names: the sum of a hash of each, so that their order is none of its business
 *     relation  how it stands to others, written anew whenever that changes
 *
 * They stand beside the article and not in its row: relating an article writes a few bytes more and no body, an older
 * store gets them by being read, and a page that is damaged takes the article or its sum, not both. */
#include "store/internal.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static void put_number(XXH3_state_t *state, uint64_t number)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    XXH3_64bits_update(state, bytes, sizeof bytes);
}

/* With place, type and size before it, so that a byte that moves from one value to the next shows. What is NULL is
 * passed over: a column that is added later changes nothing where it is NULL. */
static void put_value(XXH3_state_t *state, int place, sqlite3_value *value)
{
    int type = sqlite3_value_type(value);
    if (type == SQLITE_NULL)
        return;
    put_number(state, (uint64_t)place << 32 | (uint64_t)type);
    if (type == SQLITE_INTEGER) {
        put_number(state, (uint64_t)sqlite3_value_int64(value));
        return;
    }
    const void *bytes = sqlite3_value_blob(value);
    size_t size = (size_t)sqlite3_value_bytes(value);
    put_number(state, size);
    if (bytes)
        XXH3_64bits_update(state, bytes, size);
}

static uint64_t sum_of(int count, sqlite3_value **values)
{
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    for (int i = 0; i < count; i++)
        put_value(&state, i, values[i]);
    return XXH3_64bits_digest(&state);
}

/* checksum(value, …) */
static void checksum(sqlite3_context *context, int count, sqlite3_value **values)
{
    sqlite3_result_int64(context, (int64_t)sum_of(count, values));
}

/* checksums(value, …), of rows in whatever order */
static void add_row(sqlite3_context *context, int count, sqlite3_value **values)
{
    uint64_t *sum = sqlite3_aggregate_context(context, sizeof *sum);
    if (sum)
        *sum += sum_of(count, values);
}

static void give_sum(sqlite3_context *context)
{
    const uint64_t *sum = sqlite3_aggregate_context(context, 0);
    sqlite3_result_int64(context, sum ? (int64_t)*sum : 0);
}

int runut_store_register_checksum(sqlite3 *db)
{
    enum { FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY };
    int code = sqlite3_create_function_v2(db, "checksum", -1, FLAGS, NULL, checksum, NULL, NULL, NULL);
    return code == SQLITE_OK
               ? sqlite3_create_function_v2(db, "checksums", -1, FLAGS, NULL, NULL, add_row, give_sum, NULL)
               : code;
}
