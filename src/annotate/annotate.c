#include "annotate/annotate.h"

#include <stdlib.h>

#include "annotate/stage.h"

struct runut_annotator {
    bool shares; /* names, calendar and cues are another one's */
    runut_texts *texts;
    runut_names *names;
    runut_calendar *calendar;
    runut_cues *cues;
    runut_agencies *agencies;
};

static int finish(runut_annotator **out, runut_error *error)
{
    const runut_annotator *self = *out;
    if (self->texts && self->names && self->calendar && self->cues && self->agencies)
        return RUNUT_OK;
    runut_annotator_free(*out);
    *out = NULL;
    return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory while loading word lists");
}

int runut_annotator_new(runut_annotator **out, runut_error *error)
{
    runut_annotator *self = calloc(1, sizeof *self);
    *out = self;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    self->texts = runut_texts_new();
    self->names = runut_names_new();
    self->calendar = runut_calendar_new();
    self->cues = runut_cues_new();
    self->agencies = runut_agencies_new();
    return finish(out, error);
}

int runut_annotator_like(const runut_annotator *first, runut_annotator **out, runut_error *error)
{
    runut_annotator *self = malloc(sizeof *self);
    *out = self;
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    *self = *first;
    self->shares = true;
    self->texts = runut_texts_new();
    self->agencies = runut_agencies_like(first->agencies);
    return finish(out, error);
}

int runut_annotator_of_tokens(runut_annotator **out, runut_error *error)
{
    runut_annotator *self = calloc(1, sizeof *self);
    *out = self;
    if (self && (self->texts = runut_texts_new())) {
        self->shares = true; /* nothing but its texts is its own */
        return RUNUT_OK;
    }
    free(self);
    *out = NULL;
    return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
}

void runut_annotator_free(runut_annotator *self)
{
    if (!self)
        return;
    runut_texts_free(self->texts);
    runut_agencies_free(self->agencies);
    if (!self->shares) {
        runut_names_free(self->names);
        runut_calendar_free(self->calendar);
        runut_cues_free(self->cues);
    }
    free(self);
}

int runut_annotator_add_agencies(runut_annotator *self, runut_slice table, runut_error *error)
{
    return runut_agencies_add(self->agencies, table, error);
}

runut_annotation *runut_annotate(runut_annotator *self, runut_arena *arena, const runut_article *article)
{
    runut_annotation *annotation = runut_arena_alloc(arena, sizeof *annotation);
    annotation->article = article;
    annotation->body = article->body;
    runut_texts_annotate(self->texts, arena, annotation);
    runut_names_annotate(self->names, arena, annotation);
    runut_dates_annotate(self->calendar, arena, annotation);
    runut_statements_annotate(self->cues, arena, annotation);
    runut_sources_annotate(self->agencies, arena, annotation);
    return annotation;
}

void runut_annotator_tokenize(runut_annotator *self, runut_arena *arena, runut_slice text, runut_slice language,
                              runut_tokens *tokens)
{
    runut_texts_tokenize(self->texts, arena, text, language, tokens);
}
