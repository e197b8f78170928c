/* The tokenizer against html5lib's tokenizer tests, read in place: $RUNUT_PEER_TESTS or ../shared/peer-tests beside the
 * project. Prints passed, failed and out of scope for each file. Out of scope are lone surrogates, which UTF-8 cannot
 * hold, and initial states that the tests enter in the middle of a construct. Of a DOCTYPE only that it is one is
 * compared (its identifiers say nothing of the text); parse errors are not compared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/html_token.h"

typedef struct tally {
    int passed, failed, out_of_scope;
} tally;

static char folder[4096];

static bool find_folder(void)
{
    const char *base = getenv("RUNUT_PEER_TESTS");
    const char *below = strstr(__FILE__, "tests/unit/"); /* the compiler was run in the folder that tests run in */
    struct stat st;
    if (base)
        snprintf(folder, sizeof folder, "%s/html5lib/tokenizer", base);
    else
        snprintf(folder, sizeof folder, "%.*s../shared/peer-tests/html5lib/tokenizer",
                 below ? (int)(below - __FILE__) : 0, __FILE__);
    return stat(folder, &st) == 0;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The test's string, with "\uHHHH" undone a second time where it is doubly escaped; false for a lone surrogate. */
static bool string_of(runut_arena *arena, json_object *value, bool twice, runut_slice *out)
{
    runut_slice raw = {json_object_get_string(value), (size_t)json_object_get_string_len(value)};
    runut_buffer text = runut_buffer_new(arena, 1u << 24);
    for (size_t at = 0; at < raw.size;) {
        bool escape = twice && raw.size - at >= 6 && raw.at[at] == '\\' && raw.at[at + 1] == 'u';
        if (!escape) {
            runut_buffer_byte(&text, raw.at[at++]);
            continue;
        }
        uint32_t code = 0;
        for (size_t k = 2; k < 6; k++)
            code = code * 16 + (uint32_t)hex(raw.at[at + k]);
        if (code >= 0xD800 && code < 0xE000)
            return false;
        runut_buffer_code(&text, code);
        at += 6;
    }
    *out = runut_buffer_slice(&text);
    return runut_utf8_valid(*out);
}

static void write_string(runut_buffer *out, runut_slice text)
{
    runut_buffer_byte(out, '<');
    runut_buffer_add(out, text);
    runut_buffer_byte(out, '>');
}

typedef struct pair {
    runut_slice name, value;
} pair;

static int by_name(const void *a, const void *b)
{
    return runut_slice_order(((const pair *)a)->name, ((const pair *)b)->name);
}

static void write_pairs(runut_buffer *out, pair *pairs, size_t n)
{
    qsort(pairs, n, sizeof *pairs, by_name);
    for (size_t i = 0; i < n; i++) {
        write_string(out, pairs[i].name);
        write_string(out, pairs[i].value);
    }
}

static runut_slice lower(runut_arena *arena, runut_slice raw)
{
    runut_slice text = runut_html_decode(arena, raw, RUNUT_HTML_RAW);
    char *out = runut_arena_alloc(arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        out[i] = runut_lower((unsigned char)text.at[i]);
    return (runut_slice){out, text.size};
}

static void write_attributes(runut_arena *arena, runut_buffer *out, const runut_html_token *token)
{
    pair pairs[RUNUT_HTML_MOST_ATTRIBUTES];
    size_t n = 0;
    for (size_t i = 0; i < token->attributes; i++) {
        pair p = {lower(arena, token->attribute[i].name),
                  runut_html_decode(arena, token->attribute[i].value, RUNUT_HTML_ATTRIBUTE)};
        bool repeated = false;
        for (size_t k = 0; k < n; k++)
            repeated |= runut_slice_equal(pairs[k].name, p.name);
        if (!repeated)
            pairs[n++] = p;
    }
    write_pairs(out, pairs, n);
}

/* What the tokenizer makes of the input, as one text: a letter for each token, its parts in angle brackets. */
static runut_slice tokenize(runut_arena *arena, runut_slice input, runut_html_state state, runut_slice last)
{
    static runut_html_token token;
    runut_buffer out = runut_buffer_new(arena, 1u << 24), text = runut_buffer_new(arena, 1u << 24);
    runut_html_tokenizer t = runut_html_begin(input);
    t.state = state;
    t.last_start = last;
    bool more = true;
    while (more) {
        more = runut_html_next(&t, &token);
        if (more && token.kind == RUNUT_HTML_TEXT) {
            runut_html_decode_to(&text, token.text, token.coding);
            continue;
        }
        if (text.size) {
            runut_buffer_text(&out, "T");
            write_string(&out, runut_buffer_slice(&text));
            text.size = 0;
        }
        if (!more)
            break;
        runut_buffer_text(&out, token.kind == RUNUT_HTML_START     ? "S"
                                : token.kind == RUNUT_HTML_END     ? "E"
                                : token.kind == RUNUT_HTML_COMMENT ? "C"
                                                                   : "D");
        if (token.kind == RUNUT_HTML_COMMENT)
            write_string(&out, runut_html_decode(arena, token.text, token.coding));
        if (token.kind == RUNUT_HTML_START || token.kind == RUNUT_HTML_END)
            write_string(&out, lower(arena, token.name));
        if (token.kind == RUNUT_HTML_START) {
            write_attributes(arena, &out, &token);
            runut_buffer_text(&out, token.self_closing ? "/" : "");
        }
    }
    return runut_buffer_slice(&out);
}

static bool wanted_of(runut_arena *arena, json_object *tokens, bool twice, runut_slice *wanted)
{
    runut_buffer out = runut_buffer_new(arena, 1u << 24);
    for (size_t i = 0; i < json_object_array_length(tokens); i++) {
        json_object *token = json_object_array_get_idx(tokens, i);
        const char *kind = json_object_get_string(json_object_array_get_idx(token, 0));
        runut_slice text = {"", 0};
        if (strcmp(kind, "DOCTYPE") != 0 && !string_of(arena, json_object_array_get_idx(token, 1), twice, &text))
            return false;
        char letter[2] = {strcmp(kind, "Character") == 0 ? 'T' : kind[0], '\0'};
        runut_buffer_text(&out, strcmp(kind, "Comment") == 0 ? "C" : letter);
        if (strcmp(kind, "DOCTYPE") != 0)
            write_string(&out, text);
        if (strcmp(kind, "StartTag") != 0)
            continue;
        pair pairs[RUNUT_HTML_MOST_ATTRIBUTES];
        size_t n = 0;
        json_object_object_foreach(json_object_array_get_idx(token, 2), key, value)
        {
            json_object *name = json_object_new_string(key);
            if (!string_of(arena, name, twice, &pairs[n].name) || !string_of(arena, value, twice, &pairs[n].value))
                return false;
            json_object_put(name);
            n++;
        }
        write_pairs(&out, pairs, n);
        runut_buffer_text(&out, json_object_array_length(token) > 3 ? "/" : "");
    }
    *wanted = runut_buffer_slice(&out);
    return true;
}

static bool state_named(const char *name, runut_html_state *state)
{
    static const struct {
        const char *name;
        runut_html_state state;
    } states[] = {{"Data state", RUNUT_HTML_DATA},          {"PLAINTEXT state", RUNUT_HTML_PLAINTEXT},
                  {"RCDATA state", RUNUT_HTML_RCDATA},      {"RAWTEXT state", RUNUT_HTML_RAWTEXT},
                  {"Script data state", RUNUT_HTML_SCRIPT}, {"CDATA section state", RUNUT_HTML_CDATA}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(name, states[i].name) == 0) {
            *state = states[i].state;
            return true;
        }
    return false;
}

static void run_state(runut_arena *arena, json_object *test, const char *name, tally *sum)
{
    json_object *field;
    runut_html_state state;
    bool twice = json_object_object_get_ex(test, "doubleEscaped", &field) && json_object_get_boolean(field);
    runut_slice input, wanted, last = {"", 0};
    if (json_object_object_get_ex(test, "lastStartTag", &field))
        last = runut_slice_of(json_object_get_string(field));
    if (!state_named(name, &state) || !string_of(arena, json_object_object_get(test, "input"), twice, &input) ||
        !wanted_of(arena, json_object_object_get(test, "output"), twice, &wanted)) {
        sum->out_of_scope++;
        return;
    }
    runut_slice got = tokenize(arena, input, state, last);
    bool good = runut_slice_equal(got, wanted);
    sum->passed += good;
    sum->failed += !good;
    if (!good && sum->failed <= 10)
        printf("# failed: %s (%s)\n#   input  %.*s\n#   wanted %.*s\n#   got    %.*s\n",
               json_object_get_string(json_object_object_get(test, "description")), name, (int)input.size, input.at,
               (int)wanted.size, wanted.at, (int)got.size, got.at);
}

static tally run_file(runut_arena *arena, const char *name)
{
    char path[8192];
    tally sum = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    json_object *file = json_object_from_file(path), *tests;
    if (!file || !json_object_object_get_ex(file, "tests", &tests)) {
        json_object_put(file);
        return sum;
    }
    for (size_t i = 0; i < json_object_array_length(tests); i++) {
        json_object *test = json_object_array_get_idx(tests, i), *states;
        runut_arena_reset(arena);
        if (!json_object_object_get_ex(test, "initialStates", &states))
            run_state(arena, test, "Data state", &sum);
        else
            for (size_t k = 0; k < json_object_array_length(states); k++)
                run_state(arena, test, json_object_get_string(json_object_array_get_idx(states, k)), &sum);
    }
    json_object_put(file);
    return sum;
}

static void test_html5lib(void **state)
{
    (void)state;
    static const char *const files[] = {"contentModelFlags.test",
                                        "domjs.test",
                                        "entities.test",
                                        "escapeFlag.test",
                                        "namedEntities.test",
                                        "numericEntities.test",
                                        "pendingSpecChanges.test",
                                        "test1.test",
                                        "test2.test",
                                        "test3.test",
                                        "test4.test",
                                        "unicodeChars.test",
                                        "unicodeCharsProblematic.test"};
    tally all = {0};
    if (!find_folder()) {
        print_message("SKIPPED: html5lib's tokenizer tests are not there (set RUNUT_PEER_TESTS)\n");
        skip();
    }
    runut_arena *arena = runut_arena_new((size_t)64 << 20);
    assert_int_equal(RUNUT_ARENA_TRY(arena), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        tally t = run_file(arena, files[i]);
        printf("# %-30s passed %5d  failed %3d  out of scope %3d\n", files[i], t.passed, t.failed, t.out_of_scope);
        assert_true(t.passed > 0);
        all.passed += t.passed;
        all.failed += t.failed;
        all.out_of_scope += t.out_of_scope;
    }
    printf("# %-30s passed %5d  failed %3d  out of scope %3d\n", "all", all.passed, all.failed, all.out_of_scope);
    runut_arena_free(arena);
    assert_int_equal(all.failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_html5lib)};
    return cmocka_run_group_tests_name("html_token", tests, NULL, NULL);
}
