/* Cases of statements. The input names the people and other names itself, so that the names module is not tested here:
 *
 *     @language id
 *     @person Rudi Prasojo, Rudi        canonical name, then the other forms
 *     @organization BMKG
 *     @place Bali
 *     the body …
 *
 * Out comes a line for each statement: speaker, colon, the words in "" (direct) or <> (indirect); then one for each
 * refusal: "no:", the words, why. */
#include <stdlib.h>

#include "annotate/stage.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "support/cases.h"

static bool at_word(runut_slice body, size_t at, size_t size)
{
    size_t before = at, after = at + size;
    bool starts = at == 0 || !runut_code_is_letter(runut_utf8_before(body, &before));
    bool ends = after >= body.size || !runut_code_is_letter(runut_utf8_next(body, &after));
    size_t first = at;
    uint32_t code = runut_utf8_next(body, &first);
    return (starts && ends) || code > 0x2E80;
}

static void mention(runut_arena *arena, runut_annotation *a, runut_slice form)
{
    for (size_t at = 0; (at = runut_slice_find(a->body, form, at)) != SIZE_MAX; at += form.size) {
        runut_mention m = {{(uint32_t)at, (uint32_t)(at + form.size)}, (uint32_t)a->names.size - 1};
        if (at_word(a->body, at, form.size))
            RUNUT_PUSH(arena, a->mentions, m);
    }
}

static int order(const void *a, const void *b)
{
    const runut_mention *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return x->span.end > y->span.end ? -1 : 1;
}

static void sort(runut_annotation *a)
{
    if (a->mentions.size == 0)
        return;
    qsort(a->mentions.at, a->mentions.size, sizeof *a->mentions.at, order);
    size_t kept = 0;
    for (size_t i = 0; i < a->mentions.size; i++)
        if (kept == 0 || a->mentions.at[i].span.start >= a->mentions.at[kept - 1].span.end)
            a->mentions.at[kept++] = a->mentions.at[i];
    a->mentions.size = kept;
}

static void add_name(runut_arena *arena, runut_annotation *a, runut_name_kind kind, runut_slice forms)
{
    runut_slice form;
    runut_name *name = RUNUT_APPEND(arena, a->names);
    name->kind = kind;
    while (runut_slice_field(&forms, ',', &form)) {
        form = runut_slice_trim(form);
        if (name->canonical.size == 0)
            name->canonical = form;
        mention(arena, a, form);
    }
}

static void read_names(runut_arena *arena, runut_annotation *a, runut_slice head)
{
    runut_slice line;
    while (runut_slice_line(&head, &line)) {
        size_t blank = runut_slice_find(line, RUNUT_LITERAL(" "), 0);
        runut_slice key = runut_slice_part(line, 0, blank), rest = runut_slice_part(line, blank, line.size);
        if (runut_slice_is(key, "@person"))
            add_name(arena, a, RUNUT_PERSON, rest);
        else if (runut_slice_is(key, "@organization"))
            add_name(arena, a, RUNUT_ORGANIZATION, rest);
        else if (runut_slice_is(key, "@place"))
            add_name(arena, a, RUNUT_PLACE, rest);
        else if (runut_slice_is(key, "@language"))
            a->language = runut_slice_trim(rest);
    }
    sort(a);
}

static size_t head_size(runut_slice input)
{
    size_t size = 0;
    runut_slice rest = input, line;
    while (runut_slice_line(&rest, &line) && line.size && line.at[0] == '@')
        size = rest.size ? (size_t)(rest.at - input.at) : input.size;
    return size;
}

static void print(runut_buffer *out, runut_slice text)
{
    for (size_t k = 0; k < text.size; k++)
        runut_buffer_text(out, text.at[k] == '\n' ? " / " : (char[]){text.at[k], '\0'});
}

static runut_slice result(runut_arena *arena, const runut_annotation *a)
{
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (size_t i = 0; i < a->statements.size; i++) {
        const runut_statement *s = &a->statements.at[i];
        print(&out, s->speaker.size ? s->speaker : RUNUT_LITERAL("?"));
        runut_buffer_text(&out, s->indirect ? ": <" : ": \"");
        print(&out, runut_slice_part(a->body, s->span.start, s->span.end));
        runut_buffer_text(&out, s->indirect ? ">\n" : "\"\n");
    }
    for (size_t i = 0; i < a->refusals.size; i++) {
        runut_buffer_text(&out, "no: ");
        print(&out, runut_slice_part(a->body, a->refusals.at[i].span.start, a->refusals.at[i].span.end));
        runut_buffer_text(&out, ": ");
        runut_buffer_text(&out, a->refusals.at[i].why);
        runut_buffer_text(&out, "\n");
    }
    return runut_buffer_slice(&out);
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    static runut_texts *texts;
    static runut_cues *cues;
    if (!texts)
        texts = runut_texts_new();
    if (!cues)
        cues = runut_cues_new();
    if (!texts || !cues)
        return RUNUT_LITERAL("no word lists");
    size_t head = head_size(input);
    runut_article article = {.body = runut_slice_trim(runut_slice_part(input, head, input.size))};
    runut_annotation a = {.article = &article, .body = article.body};
    runut_texts_annotate(texts, arena, &a);
    read_names(arena, &a, runut_slice_part(input, 0, head));
    runut_statements_annotate(cues, arena, &a);
    return result(arena, &a);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
