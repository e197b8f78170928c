/* The texts of an article: paragraphs → tokens → sentences, then the language, then stems in that language. */
#include <stdlib.h>

#include "annotate/stage.h"
#include "annotate/texts.h"
#include "base/slice.h"

struct runut_texts {
    runut_breaker *breaker;
    runut_stops *stops;
    runut_markers *markers;
    runut_stems *stems;
};

runut_texts *runut_texts_new(void)
{
    runut_texts *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->breaker = runut_breaker_new();
    self->stops = runut_stops_new();
    self->markers = runut_markers_new();
    self->stems = runut_stems_new();
    if (self->breaker && self->stops && self->markers && self->stems)
        return self;
    runut_texts_free(self);
    return NULL;
}

void runut_texts_free(runut_texts *self)
{
    if (!self)
        return;
    runut_breaker_free(self->breaker);
    runut_stops_free(self->stops);
    runut_markers_free(self->markers);
    runut_stems_free(self->stems);
    free(self);
}

static void stem_all(runut_texts *self, runut_arena *arena, runut_slice language, runut_tokens *tokens)
{
    if (!runut_stems_has(self->stems, arena, language))
        return;
    for (size_t i = 0; i < tokens->size; i++)
        if (tokens->at[i].kind == RUNUT_TOKEN_WORD)
            tokens->at[i].stem = runut_stems_of(self->stems, arena, tokens->at[i].folded, tokens->at[i].hash, language);
}

/* Tokens and sentences of `text`, line by line; in a line that is a table's row, cell by cell (a tab parts them). */
static void cut(runut_texts *self, runut_arena *arena, runut_slice text, runut_tokens *tokens,
                runut_sentences *sentences)
{
    enum { TOKEN_BYTES = 5 /* of a usual one, with the blank before it */ };
    uint32_t paragraph = 0;
    if (tokens->capacity == 0)
        RUNUT_RESERVE(arena, *tokens, text.size / TOKEN_BYTES + 8);
    for (size_t start = 0; start < text.size; paragraph++) {
        const char *newline = memchr(text.at + start, '\n', text.size - start);
        size_t end = newline ? (size_t)(newline - text.at) : text.size;
        while (start <= end) {
            const char *tab = memchr(text.at + start, '\t', end - start);
            size_t stop = tab ? (size_t)(tab - text.at) : end, first = tokens->size;
            runut_tokens_cut(self->breaker, arena, text, (runut_span){(uint32_t)start, (uint32_t)stop}, tokens);
            runut_sentences_split(self->stops, arena, text, tokens, first, paragraph, sentences);
            start = stop + 1;
        }
    }
}

void runut_texts_annotate(runut_texts *self, runut_arena *arena, runut_annotation *annotation)
{
    const runut_article *article = annotation->article;
    runut_slice body = annotation->body, headline = article->headline;
    runut_sentences sentences = {0}, headline_sentences = {0};
    cut(self, arena, body, &annotation->tokens, &sentences);
    annotation->sentences.at = sentences.at;
    annotation->sentences.size = sentences.size;
    annotation->sentences.capacity = sentences.capacity;
    cut(self, arena, headline, &annotation->headline_tokens, &headline_sentences);
    bool bare = annotation->tokens.size == 0;
    annotation->language = runut_language_of(self->markers, arena, bare ? headline : body,
                                             bare ? &annotation->headline_tokens : &annotation->tokens,
                                             article->language, &annotation->language_confidence);
    stem_all(self, arena, annotation->language, &annotation->tokens);
    stem_all(self, arena, annotation->language, &annotation->headline_tokens);
}

void runut_texts_tokenize(runut_texts *self, runut_arena *arena, runut_slice text, runut_slice language,
                          runut_tokens *tokens)
{
    runut_sentences sentences = {0};
    cut(self, arena, text, tokens, &sentences);
    stem_all(self, arena, language, tokens);
}
