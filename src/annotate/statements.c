/* Statements: who said what, in quotation marks or without; and quotations that are none. */
#include "annotate/statements.h"

static void give_direct(runut_reading *self, size_t quote)
{
    const runut_attribution *a = &self->attributions[quote];
    runut_span span = self->quotes.at[quote].inner;
    if (a->verdict != RUNUT_STATEMENT) {
        const char *why = a->why ? a->why : "part of a name";
        RUNUT_PUSH(self->arena, self->annotation->refusals, ((runut_refusal){span, why}));
        return;
    }
    runut_statement statement = {
        .span = span,
        .speaker = a->speaker.text,
        .speaker_name = a->speaker.found ? a->speaker.name : -1,
        .speaker_span = a->speaker.span,
        .cue = a->speaker.cue,
        .why = a->speaker.why ? a->speaker.why : "unknown",
    };
    RUNUT_PUSH(self->arena, self->annotation->statements, statement);
}

static void give_all(runut_reading *self)
{
    size_t quote = 0;
    for (size_t i = 0; i < self->sentences.size; i++) {
        const runut_frame_sentence *s = &self->sentences.at[i];
        uint32_t end = runut_frame_at(self, s->end - 1)->span.end;
        while (quote < self->quotes.size && self->quotes.at[quote].outer.start < end)
            give_direct(self, quote++);
        runut_indirect_find(self, i);
    }
    while (quote < self->quotes.size)
        give_direct(self, quote++);
}

void runut_statements_annotate(const runut_cues *self, runut_arena *arena, runut_annotation *annotation)
{
    runut_reading reading = {.arena = arena,
                             .cues = self,
                             .annotation = annotation,
                             .body = annotation->body,
                             .languages = runut_cues_languages(self, annotation->language),
                             .habits = runut_cues_habits(annotation->language)};
    if (annotation->tokens.size == 0 || annotation->body.size > UINT32_MAX)
        return;
    runut_quotes_find(arena, annotation->body, &reading.quotes);
    if (reading.habits & RUNUT_DIALOGUE_DASH)
        runut_dash_find(&reading);
    reading.attributions = runut_arena_alloc(arena, (reading.quotes.size + 1) * sizeof *reading.attributions);
    for (size_t i = 0; i < reading.quotes.size; i++)
        reading.attributions[i].element = UINT32_MAX;
    runut_frame_build(&reading);
    size_t sentences = reading.sentences.size;
    reading.focus = runut_arena_alloc(arena, (sentences + 1) * sizeof *reading.focus);
    reading.own_focus = runut_arena_alloc(arena, sentences + 1);
    reading.reports = runut_arena_alloc(arena, sentences + 1);
    for (size_t i = 0; i < sentences; i++)
        runut_direct_decide(&reading, i);
    runut_direct_settle(&reading);
    give_all(&reading);
}
