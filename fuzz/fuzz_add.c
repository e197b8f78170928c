/* The whole way of any bytes: read, clean, annotate, relate, store, export. What comes out is sound: every span lies
 * within the body, between characters, and has the words that are told of it; and adding the same once more changes
 * nothing. */
#include "support.h"

#include <json-c/json.h>

#include "runut/engine.h"

static int64_t count_articles(runut *r)
{
    struct json_object *counts = NULL, *articles = NULL;
    fuzz_check(runut_counts(r, &counts, NULL) == RUNUT_OK);
    json_object_object_get_ex(counts, "articles", &articles);
    int64_t number = json_object_get_int64(articles);
    json_object_put(counts);
    return number;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut *r;
    runut_slice bytes = {(const char *)data, size};
    r = fuzz_store_new(r, ":memory:");
    fuzz_check(fuzz_store_add(r, bytes));
    fuzz_check_export(r);
    int64_t articles = count_articles(r);
    fuzz_check(fuzz_store_add(r, bytes) && count_articles(r) == articles);
    return 0;
}
