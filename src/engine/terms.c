/* Index terms for full text search: each word's folded form, with its stem at the same place. A search does not say its
 * language, so its words are stemmed in each of the languages below and match whichever fits. */
#define _GNU_SOURCE /* memrchr */
#include "engine/internal.h"

enum { MOST_PIECE = 1 << 20 };

static const char *const query_languages[] = {"id", "en", "es", "fr", "de", "pt", "nl", "ru"};

/* There is one: see runut_index_terms. */
static runut_annotator *tokenizer_of(const runut *self)
{
    return self->annotator ? self->annotator : self->tokenizer;
}

static int emit_stem(runut_slice before, const runut_token *token, runut_store_emit emit, void *to)
{
    if (token->stem.size == 0 || runut_slice_equal(token->stem, token->folded) ||
        runut_slice_equal(token->stem, before))
        return 0;
    return emit(to, token->stem, token->span.start, token->span.end, true);
}

/* Where the piece that begins at `start` ends: after a line's end, else a blank, else between two code points. */
static size_t piece_end(runut_slice text, size_t start)
{
    if (text.size - start <= MOST_PIECE)
        return text.size;
    const char *middle = text.at + start + MOST_PIECE / 2, *found = memrchr(middle, '\n', MOST_PIECE / 2);
    found = found ? found : memrchr(middle, ' ', MOST_PIECE / 2);
    if (found)
        return (size_t)(found - text.at) + 1;
    size_t end = start + MOST_PIECE;
    while (end > start + 1 && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    return end;
}

static int emit_piece(runut *self, runut_slice text, size_t start, runut_slice language, runut_store_emit emit,
                      void *to)
{
    runut_tokens tokens = {0};
    runut_annotator_tokenize(tokenizer_of(self), self->words, text, language, &tokens);
    int code = 0;
    for (size_t i = 0; i < tokens.size && code == 0; i++) {
        runut_token *t = &tokens.at[i];
        if (t->kind == RUNUT_TOKEN_MARK)
            continue;
        t->span.start += (uint32_t)start;
        t->span.end += (uint32_t)start;
        code = emit(to, t->folded, t->span.start, t->span.end, false);
        if (code == 0)
            code = emit_stem(t->folded, t, emit, to);
    }
    return code;
}

/* Piece by piece, so that a long text needs no more memory than a piece of it. */
static int emit_text(runut *self, runut_slice text, runut_slice language, runut_store_emit emit, void *to)
{
    int code = 0;
    for (size_t start = 0, end; start < text.size && code == 0; start = end) {
        end = piece_end(text, start);
        runut_arena_reset(self->words);
        code = emit_piece(self, runut_slice_part(text, start, end), start, language, emit, to);
    }
    return code;
}

static int emit_query(runut *self, runut_slice text, runut_store_emit emit, void *to)
{
    enum { LANGUAGES = sizeof query_languages / sizeof *query_languages };
    runut_tokens in[LANGUAGES] = {0};
    for (int k = 0; k < LANGUAGES; k++)
        runut_annotator_tokenize(tokenizer_of(self), self->words, text, runut_slice_of(query_languages[k]), &in[k]);
    int code = 0;
    for (size_t i = 0; i < in[0].size && code == 0; i++) {
        const runut_token *t = &in[0].at[i];
        if (t->kind == RUNUT_TOKEN_MARK)
            continue;
        code = emit(to, t->folded, t->span.start, t->span.end, false);
        for (int k = 0; k < LANGUAGES && code == 0; k++)
            if (in[k].size == in[0].size)
                code = emit_stem(k && in[k - 1].size == in[0].size ? in[k - 1].at[i].stem : t->folded, &in[k].at[i],
                                 emit, to);
    }
    return code;
}

int runut_index_terms(void *context, runut_slice text, runut_slice language, bool query, runut_store_emit emit,
                      void *to)
{
    enum { SQLITE_NOMEM_CODE = 7 };
    runut *self = context;
    runut_arena_reset(self->words);
    if (!tokenizer_of(self) && runut_annotator_of_tokens(&self->tokenizer, NULL) != RUNUT_OK)
        return SQLITE_NOMEM_CODE;
    if (RUNUT_ARENA_TRY(self->words) != 0)
        return SQLITE_NOMEM_CODE;
    return query ? emit_query(self, text, emit, to) : emit_text(self, text, language, emit, to);
}
