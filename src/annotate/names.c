/* Names of people, organizations and places: see names_parts.h for the way through. */
#include <stdlib.h>

#include "annotate/names_parts.h"
#include "base/slice.h"

enum {
    TOKENS_MOST = 200000, /* of one article; a book's worth, and a bound on memory */
    FRAGMENT_SENTENCES = 3
};

struct runut_names {
    names_lexicon *lexicon;
    names_tagger *tagger;
};

runut_names *runut_names_new(void)
{
    runut_names *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->lexicon = runut_names_lexicon_new();
    self->tagger = runut_names_tagger_new();
    if (self->lexicon && self->tagger)
        return self;
    runut_names_free(self);
    return NULL;
}

void runut_names_free(runut_names *self)
{
    if (!self)
        return;
    runut_names_lexicon_free(self->lexicon);
    runut_names_tagger_free(self->tagger);
    free(self);
}

/* What the tagger was trained on; for Malay it does more harm than good. */
static bool is_tagged(runut_slice language)
{
    return runut_slice_starts(language, RUNUT_LITERAL("id"));
}

/* A sentence or two without a headline hold nothing that the rules could compare: no other mention, no lower-case
 * form elsewhere. There the tagger leads, in the language that it was trained on; it has seen what the rules make of
 * the text. Not where all is in capitals, which it has not seen. */
static bool is_fragment(const names_text *text)
{
    const runut_annotation *annotation = text->annotation;
    if (!text->tagger || annotation->article->headline.size > 0 || annotation->sentences.size > FRAGMENT_SENTENCES)
        return false;
    for (uint32_t i = 0; i < text->count; i++)
        if (text->words[i].shout)
            return false;
    return true;
}

/* German and its kin write every noun with a capital. */
static bool capitalizes_nouns(runut_slice language)
{
    return runut_slice_is(language, "de") || runut_slice_is(language, "lb") ||
           runut_slice_starts(language, RUNUT_LITERAL("de-"));
}

/* Germanic languages glue a head to what stands before it. */
static bool glues_heads(runut_slice language)
{
    static const char *const codes[] = {"de", "nl", "sv", "da", "no", "nb", "nn", "af", "lb"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (runut_slice_starts(language, runut_slice_of(codes[i])))
            return true;
    return false;
}

void runut_names_annotate(const runut_names *self, runut_arena *arena, runut_annotation *annotation)
{
    names_text text = {
        .lexicon = self->lexicon,
        .tagger = is_tagged(annotation->language) ? self->tagger : NULL,
        .arena = arena,
        .annotation = annotation,
        .tokens = annotation->tokens.at,
        .count = (uint32_t)(annotation->tokens.size < TOKENS_MOST ? annotation->tokens.size : TOKENS_MOST),
        .language = runut_names_language(self->lexicon, annotation->language),
        .glues = glues_heads(annotation->language),
        .nouns = capitalizes_nouns(annotation->language),
    };
    if (text.count == 0)
        return;
    runut_names_words(&text);
    text.led = is_fragment(&text);
    runut_names_segment(&text);
    runut_names_group(&text);
}
