/* Cases of language, sentences and tokens. The input is a body; a first line "@stems" asks for stems. Out comes the
 * language, then a line a sentence: its paragraph's number, then its tokens between blanks, numbers in <>, capitals
 * marked ^ where it is the sentence's first word; with stems: token/stem. */
#include "annotate/stage.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "support/cases.h"

static runut_texts *texts;

static void put_token(runut_buffer *out, runut_slice body, const runut_token *token, bool stems)
{
    runut_slice text = runut_slice_part(body, token->span.start, token->span.end);
    runut_buffer_text(out, token->kind == RUNUT_TOKEN_NUMBER ? " <" : token->sentence_start ? " ^" : " ");
    runut_buffer_add(out, text);
    runut_buffer_text(out, token->kind == RUNUT_TOKEN_NUMBER ? ">" : "");
    if (!stems || token->kind != RUNUT_TOKEN_WORD)
        return;
    runut_buffer_text(out, "/");
    runut_buffer_add(out, token->stem);
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_slice rest = input, line = {"", 0};
    bool stems = runut_slice_starts(input, RUNUT_LITERAL("@stems")) && runut_slice_line(&rest, &line);
    runut_article article = {.body = rest};
    runut_annotation *a = runut_arena_alloc(arena, sizeof *a);
    a->article = &article;
    a->body = rest;
    runut_texts_annotate(texts, arena, a);
    runut_buffer out = runut_buffer_new(arena, 1 << 16);
    runut_buffer_add(&out, a->language);
    for (size_t i = 0; i < a->sentences.size; i++) {
        const runut_sentence *s = &a->sentences.at[i];
        runut_buffer_add(&out, runut_arena_printf(arena, "\n%u:", s->paragraph));
        for (size_t t = s->first_token; t < s->end_token; t++)
            put_token(&out, rest, &a->tokens.at[t], stems);
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    texts = runut_texts_new();
    if (!texts)
        return 1;
    int status = runut_cases_main(argc, argv, run);
    runut_texts_free(texts);
    return status;
}
