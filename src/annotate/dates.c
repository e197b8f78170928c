/* When was this written, and when did it happen? Reads every expression of time, then weighs days against them. */
#include "annotate/dates.h"
#include "base/slice.h"

static void read_all(runut_scan *scan)
{
    scan->annotation->dates.inferred = scan->annotation->dates.event = RUNUT_NO_DAY;
    scan->english = runut_slice_starts(scan->annotation->language, RUNUT_LITERAL("en"));
    runut_dates_tag(scan);
    runut_dates_read(scan);
    runut_dates_known(scan);
    runut_dates_link(scan);
    runut_dates_solve(scan);
}

/* The headline as a text of one sentence that states nothing else. */
static runut_annotation *headline_alone(const runut_scan *scan, const runut_annotation *whole)
{
    runut_annotation *alone = runut_arena_alloc(scan->arena, sizeof *alone);
    runut_article *article = runut_arena_alloc(scan->arena, sizeof *article);
    const runut_tokens *tokens = &whole->headline_tokens;
    article->body = whole->article->headline;
    *alone = (runut_annotation){.article = article, .body = article->body, .language = whole->language};
    for (size_t i = 0; i < tokens->size; i++) {
        runut_token *token = RUNUT_APPEND(scan->arena, alone->tokens);
        *token = tokens->at[i];
        token->sentence = 0;
    }
    RUNUT_PUSH(scan->arena, alone->sentences,
               ((runut_sentence){{0, (uint32_t)article->body.size}, 0, 0, (uint32_t)tokens->size}));
    return alone;
}

/* May the report be of `day`, by what its body says of years and days? */
static bool allows(const runut_scan *scan, runut_day day)
{
    int year, month, d;
    runut_day_split(day, &year, &month, &d);
    for (size_t i = 0; i < scan->times.size; i++) {
        const runut_time *time = &scan->times.at[i];
        if (!time->future && (time->year > year || (time->resolved != RUNUT_NO_DAY && time->resolved > day)))
            return false;
    }
    return true;
}

/* Where the body leaves the day open, a headline may tell it: 'Harga pangan hari ini, 12 Mei 2024'. */
static const runut_dates *ask_headline(const runut_scan *scan)
{
    runut_annotation *whole = scan->annotation;
    if (whole->dates.inferred != RUNUT_NO_DAY || whole->dates.conflict || whole->headline_tokens.size == 0)
        return NULL;
    runut_annotation *alone = headline_alone(scan, whole);
    runut_scan own = {.calendar = scan->calendar,
                      .arena = scan->arena,
                      .annotation = alone,
                      .text = alone->body,
                      .tokens = alone->tokens.at,
                      .count = (uint32_t)alone->tokens.size};
    read_all(&own);
    runut_day day = alone->dates.inferred;
    if (day == RUNUT_NO_DAY || alone->dates.conflict || !allows(scan, day))
        return NULL;
    whole->dates.inferred = day;
    whole->dates.confidence = alone->dates.confidence < 0.6f ? alone->dates.confidence : 0.6f;
    runut_dates_tell(&own);
    return &alone->dates;
}

void runut_dates_annotate(const runut_calendar *self, runut_arena *arena, runut_annotation *annotation)
{
    runut_scan scan = {.calendar = self,
                       .arena = arena,
                       .annotation = annotation,
                       .text = annotation->body,
                       .tokens = annotation->tokens.at,
                       .count = (uint32_t)annotation->tokens.size};
    read_all(&scan);
    const runut_dates *headline = ask_headline(&scan);
    for (size_t i = 0; headline && i < headline->evidence.size; i++)
        RUNUT_PUSH(arena, annotation->dates.evidence,
                   ((runut_date_evidence){{0, 0}, headline->evidence.at[i].text, headline->evidence.at[i].says}));
    runut_dates_tell(&scan);
}
