/* The index of keys and the spool: what they say must not depend on what is in memory and what on disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/keys.h"
#include "engine/spool.h"

enum { DOCUMENTS = 60000, DISTINCT = 20000 };

static uint64_t key_of(uint64_t number)
{
    number = (number + 1) * 0x9E3779B97F4A7C15u;
    return (number ^ number >> 29) * 0xBF58476D1CE4E5B9u;
}

static uint32_t pseudo(uint32_t i)
{
    return (uint32_t)(key_of(i + 1000000) >> 40);
}

static void add(runut_keys *keys, uint64_t key, uint32_t document)
{
    runut_key_hits hits;
    assert_int_equal(runut_keys_find(keys, &key, 1, &hits, NULL), RUNUT_OK);
    if (hits.count < RUNUT_KEY_SAME)
        assert_int_equal(runut_keys_add(keys, key, document, NULL, NULL), RUNUT_OK);
}

/* Document i has the key i modulo DISTINCT, turned about: three documents a key. */
static void check_all(runut_keys *keys)
{
    for (uint32_t i = 0; i < DISTINCT + 1000; i++) {
        runut_key_hits hits;
        uint64_t key = key_of(i);
        assert_int_equal(runut_keys_find(keys, &key, 1, &hits, NULL), RUNUT_OK);
        assert_int_equal(hits.count, i < DISTINCT ? 3 : 0);
        for (uint32_t k = 0; k < hits.count; k++)
            assert_int_equal(hits.documents[k], k * DISTINCT + i + 1);
    }
}

static void finds_all_in_memory_and_on_disk(void **state)
{
    (void)state;
    for (int pass = 0; pass < 2; pass++) {
        runut_keys *keys;
        assert_int_equal(runut_keys_new(NULL, pass ? (size_t)64 << 20 : 1 << 15, &keys, NULL), RUNUT_OK);
        for (uint32_t i = 0; i < DOCUMENTS; i++)
            add(keys, key_of(i % DISTINCT), i + 1);
        assert_true(pass ? runut_keys_flushes(keys) == 0 : runut_keys_flushes(keys) > 8);
        assert_true(pass || !runut_keys_run(keys, 14)); /* they were merged */
        check_all(keys);
        assert_int_equal(runut_keys_flush(keys, NULL), RUNUT_OK);
        check_all(keys);
        runut_keys_free(keys);
    }
}

static void keeps_the_first_few_of_a_key_that_all_have(void **state)
{
    (void)state;
    for (int pass = 0; pass < 2; pass++) {
        runut_keys *keys;
        runut_key_hits hits[2];
        uint64_t both[] = {key_of(7), key_of(8)};
        assert_int_equal(runut_keys_new(NULL, pass ? (size_t)64 << 20 : 1 << 15, &keys, NULL), RUNUT_OK);
        for (uint32_t i = 0; i < 50000; i++) {
            add(keys, both[0], i + 1);
            add(keys, key_of(pseudo(i)), i + 1);
        }
        assert_int_equal(runut_keys_find(keys, both, 2, hits, NULL), RUNUT_OK);
        assert_int_equal(hits[0].count, RUNUT_KEY_SAME);
        assert_int_equal(hits[1].count, 0);
        for (uint32_t k = 0; k < RUNUT_KEY_SAME; k++)
            assert_int_equal(hits[0].documents[k], k + 1);
        runut_keys_free(keys);
    }
}

static void runs_outlive_the_process(void **state)
{
    char folder[] = "/tmp/runut-keys-XXXXXX", path[64];
    runut_keys *keys, *again;
    runut_key_run_name names[128];
    size_t count = 0;
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(runut_keys_new(folder, 1 << 15, &keys, NULL), RUNUT_OK);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        add(keys, key_of(i % DISTINCT), i + 1);
    assert_int_equal(runut_keys_flush(keys, NULL), RUNUT_OK);
    for (; runut_keys_run(keys, count); count++)
        names[count] = *runut_keys_run(keys, count);
    assert_int_equal(runut_keys_new(folder, 1 << 15, &again, NULL), RUNUT_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(runut_keys_open_run(again, &names[i], NULL), RUNUT_OK);
    check_all(again);
    runut_keys_free(again);

    snprintf(path, sizeof path, "%s/run-%u", folder, names[0].number); /* cut: told, not believed */
    assert_int_equal(truncate(path, (off_t)names[0].count * 8), 0);
    assert_int_equal(runut_keys_new(folder, 1 << 15, &again, NULL), RUNUT_OK);
    assert_int_equal(runut_keys_open_run(again, &names[0], NULL), RUNUT_ERR_STORE);
    runut_keys_free(again);
    runut_keys_free(keys);
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(path, sizeof path, "%s/run-%u", folder, i);
        unlink(path);
    }
    rmdir(folder);
}

static void check_spool(runut_spool *spool, uint64_t size)
{
    char got[300];
    assert_int_equal(runut_spool_size(spool), size);
    for (uint64_t at = 0; at + sizeof got <= size; at += 97) {
        const char *direct = runut_spool_at(spool, at, sizeof got);
        assert_int_equal(runut_spool_read(spool, at, got, sizeof got, NULL), RUNUT_OK);
        assert_true(!direct || memcmp(direct, got, sizeof got) == 0);
        for (size_t i = 0; i < sizeof got; i++)
            assert_int_equal(got[i], (char)pseudo((uint32_t)(at + i)));
    }
}

static void append(runut_spool *spool, uint32_t from, uint32_t to)
{
    char bytes[400];
    for (uint32_t at = from; at < to;) {
        uint32_t size = pseudo(at) % sizeof bytes;
        size = size > to - at ? to - at : size;
        for (uint32_t i = 0; i < size; i++)
            bytes[i] = (char)pseudo(at + i);
        assert_int_equal(runut_spool_append(spool, bytes, size, NULL), RUNUT_OK);
        at += size;
    }
}

static void a_spool_reads_back_what_came(void **state)
{
    char path[] = "/tmp/runut-spool-XXXXXX";
    runut_spool *spool;
    (void)state;
    for (size_t chunks = 1; chunks < 100; chunks *= 7) { /* 1 KiB each */
        assert_int_equal(runut_spool_open(NULL, 0, 1024, chunks, &spool, NULL), RUNUT_OK);
        append(spool, 0, 20000);
        check_spool(spool, 20000);
        runut_spool_close(spool);
    }
    close(mkstemp(path));
    assert_int_equal(runut_spool_open(path, 0, 1024, 2, &spool, NULL), RUNUT_OK);
    append(spool, 0, 5000);
    assert_int_equal(runut_spool_sync(spool, NULL), RUNUT_OK);
    append(spool, 5000, 9000); /* not safe, and forgotten below */
    runut_spool_close(spool);
    assert_int_equal(runut_spool_open(path, 5000, 1024, 2, &spool, NULL), RUNUT_OK);
    check_spool(spool, 5000);
    append(spool, 5000, 12000);
    check_spool(spool, 12000);
    assert_int_equal(runut_spool_sync(spool, NULL), RUNUT_OK);
    runut_spool_close(spool);
    assert_int_equal(runut_spool_open(path, 12001, 1024, 2, &spool, NULL), RUNUT_ERR_IO);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_all_in_memory_and_on_disk),
        cmocka_unit_test(keeps_the_first_few_of_a_key_that_all_have),
        cmocka_unit_test(runs_outlive_the_process),
        cmocka_unit_test(a_spool_reads_back_what_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
