#include "support/cases.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "base/vector.h"

typedef struct test_case {
    runut_slice name;
    runut_buffer input, expected;
} test_case;

static runut_slice slurp(runut_arena *arena, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return (runut_slice){NULL, 0};
    runut_buffer out = runut_buffer_new(arena, 64u << 20);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        runut_buffer_add(&out, (runut_slice){block, n});
    fclose(f);
    return runut_buffer_slice(&out);
}

/* Line by line, trailing white space of each line and empty lines at the end removed. */
static runut_slice normal(runut_arena *arena, runut_slice text)
{
    runut_buffer out = runut_buffer_new(arena, text.size + 1);
    size_t keep = 0;
    for (runut_slice line; runut_slice_line(&text, &line);) {
        while (line.size && runut_is_space((unsigned char)line.at[line.size - 1]))
            line.size--;
        runut_buffer_add(&out, line);
        if (line.size)
            keep = out.size;
        runut_buffer_byte(&out, '\n');
    }
    out.size = keep;
    return runut_buffer_slice(&out);
}

static void print_part(const char *title, runut_slice text)
{
    printf("# %s:\n", title);
    for (runut_slice line; runut_slice_line(&text, &line);)
        printf("#   %.*s\n", (int)line.size, line.at);
}

static bool run_case(runut_arena *arena, test_case *c, int number, const char *path, runut_case_run run)
{
    runut_slice wanted = normal(arena, runut_buffer_slice(&c->expected));
    runut_slice got = normal(arena, run(arena, runut_buffer_slice(&c->input)));
    bool good = runut_slice_equal(wanted, got);
    printf("%s %d - %s: %.*s\n", good ? "ok" : "not ok", number, path, (int)c->name.size, c->name.at);
    if (!good) {
        print_part("input", runut_buffer_slice(&c->input));
        print_part("expected", wanted);
        print_part("got", got);
    }
    return good;
}

typedef RUNUT_VECTOR(test_case) test_cases;

static test_cases parse(runut_arena *arena, runut_slice text)
{
    test_cases cases = {0};
    bool in_expected = false;
    for (runut_slice line; runut_slice_line(&text, &line);) {
        if (runut_slice_starts(line, RUNUT_LITERAL("=== "))) {
            test_case *c = RUNUT_APPEND(arena, cases);
            c->name = runut_slice_part(line, 4, line.size);
            c->input = runut_buffer_new(arena, 1u << 24);
            c->expected = runut_buffer_new(arena, 1u << 24);
            in_expected = false;
        } else if (cases.size && runut_slice_is(line, "---") && !in_expected) {
            in_expected = true;
        } else if (cases.size) {
            test_case *c = &cases.at[cases.size - 1];
            runut_buffer *out = in_expected ? &c->expected : &c->input;
            if (out->size || !in_expected)
                runut_buffer_text(out, out->size ? "\n" : "");
            runut_buffer_add(out, line);
        }
    }
    return cases;
}

typedef struct tally {
    int number, failed;
} tally;

static void fail(tally *sum, const char *path, const char *why)
{
    printf("not ok %d - %s: %s\n", ++sum->number, path, why);
    sum->failed++;
}

static void run_file(runut_arena *arena, const char *path, runut_case_run run, tally *sum)
{
    if (RUNUT_ARENA_TRY(arena) != 0) {
        fail(sum, path, "out of memory");
        return;
    }
    test_cases cases = parse(arena, slurp(arena, path));
    if (cases.size == 0)
        fail(sum, path, "no cases");
    for (size_t k = 0; k < cases.size; k++)
        sum->failed += !run_case(arena, &cases.at[k], ++sum->number, path, run);
}

int runut_cases_main(int argc, char **argv, runut_case_run run)
{
    tally sum = {0};
    for (int i = 1; i < argc; i++) {
        runut_arena *arena = runut_arena_new((size_t)1 << 30);
        if (arena)
            run_file(arena, argv[i], run, &sum);
        else
            fail(&sum, argv[i], "out of memory");
        runut_arena_free(arena);
    }
    printf("1..%d\n", sum.number);
    return sum.failed || sum.number == 0;
}
