/* What people and pages ask a store: a line each for the words, a person, whom a quotation is by, what it is about, the
 * days and the rest of a filter. Any words are a question with an answer; only days and orders may be refused. */
#include <string.h>

#include <json-c/json.h>

#include "runut/engine.h"
#include "support.h"

static int on_item(void *context, struct json_object *item)
{
    *(size_t *)context += 1;
    return item == NULL;
}

/* The next line with a NUL behind it, NULL for an empty one; the caller frees it. */
static char *next(runut_slice *input)
{
    runut_slice line;
    if (!fuzz_part(input, '\n', &line) || line.size == 0)
        return NULL;
    char *text = malloc(line.size + 1);
    memcpy(text, line.at, line.size);
    text[line.size] = '\0';
    return text;
}

/* An answer, none, or (only where it may be) that it was asked wrongly. */
#define expect(code, may_be_wrong) fuzz_check(is_answer((code), (may_be_wrong)))
static bool is_answer(int code, bool may_be_wrong)
{
    return code == RUNUT_OK || code == RUNUT_ERR_NOT_FOUND || (may_be_wrong && code == RUNUT_ERR_USE);
}

/* Nothing but quotation marks and blanks is nothing to search for. */
static bool marks_alone(const char *words)
{
    return words[strspn(words, "\" \t\r\f\v")] == '\0';
}

static void ask(runut *r, const runut_filter *f, const char *name)
{
    static const char *const of[] = {"publisher", "language", "person", "place", "organization"};
    struct json_object *answer = NULL;
    size_t found = 0, quoted = 0;
    bool days = f->since || f->until;
    int code = runut_search(r, f, on_item, &found, NULL);
    expect(code, days || !f->words || marks_alone(f->words));
    expect(runut_stories(r, f, on_item, &found, NULL), days || (f->words && marks_alone(f->words)));
    expect(runut_quotes(r, f, on_item, &quoted, NULL), days || f->by || f->about); /* without a word */
    for (int what = 0; what <= RUNUT_LIST_QUOTES; what++) {
        runut_page(r, (runut_listing)what, f, &answer, NULL);
        json_object_put(answer);
    }
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        expect(runut_values(r, of[i], f->person, 0, &answer, NULL), false);
        json_object_put(answer);
    }
    if (name) {
        expect(runut_article_of(r, name, &answer, NULL), true);
        json_object_put(answer);
        expect(runut_between(r, name, "Putin", f, &answer, NULL), true);
        json_object_put(answer);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut *r;
    if (!r) {
        r = fuzz_store_new(NULL, ":memory:");
        fuzz_check(fuzz_store_add(r, runut_slice_of(fuzz_reports)));
    }
    if (size == 0 || memchr(data, '\0', size)) /* a word of a command line has none */
        return 0;
    runut_slice input = {(const char *)data + 1, size - 1};
    char *lines[8];
    for (size_t i = 0; i < 8; i++)
        lines[i] = next(&input);
    const runut_filter filter = {.words = lines[0],
                                 .person = lines[1],
                                 .by = lines[2],
                                 .about = lines[3],
                                 .since = lines[4],
                                 .until = lines[4],
                                 .place = lines[5],
                                 .publisher = lines[6],
                                 .reported = data[0] & 1,
                                 .limit = data[0] / 8};
    ask(r, &filter, lines[7]);
    for (size_t i = 0; i < 8; i++)
        free(lines[i]);
    return 0;
}
