/* Cases of dates, through the texts and dates modules. The input may begin with lines that state the article's fields:
 *
 *     @published 2022-08-15             as metadata or a by-line state it
 *     @printed Senin, 15 Agu 2022
 *     @language id                      as the page states it
 *     @show event|evidence|mentioned    what to print beside the day
 *     the body …
 *
 * Out comes the report's day, "unknown", or "conflict: DAY DAY …" (candidates, best first). */
#include "annotate/stage.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "support/cases.h"

static runut_texts *texts;
static runut_calendar *calendar;

typedef struct shown {
    bool event, evidence, mentioned;
} shown;

static void field(runut_article *article, shown *show, runut_slice line)
{
    size_t blank = runut_slice_find(line, RUNUT_LITERAL(" "), 0);
    runut_slice name = runut_slice_part(line, 1, blank), value = runut_slice_part(line, blank + 1, line.size);
    if (runut_slice_is(name, "published"))
        article->date_published = value;
    else if (runut_slice_is(name, "printed"))
        article->date_printed = value;
    else if (runut_slice_is(name, "language"))
        article->language = value;
    else if (runut_slice_is(name, "headline"))
        article->headline = value;
    show->event = show->event || runut_slice_is(value, "event");
    show->evidence = show->evidence || runut_slice_is(value, "evidence");
    show->mentioned = show->mentioned || runut_slice_is(value, "mentioned");
}

static void print_day(runut_buffer *out, runut_day day)
{
    char text[11] = "unknown";
    if (day != RUNUT_NO_DAY)
        runut_day_print(day, text);
    runut_buffer_text(out, text);
}

static void print_span(runut_buffer *out, runut_slice body, runut_span span)
{
    runut_buffer_add(out, runut_slice_part(body, span.start, span.end));
    runut_buffer_text(out, ": ");
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_article article = {0};
    runut_slice line;
    shown show = {0};
    while (input.size && input.at[0] == '@' && runut_slice_line(&input, &line))
        field(&article, &show, line);
    article.body = runut_slice_trim(input);
    runut_annotation annotation = {.article = &article, .body = article.body};
    runut_texts_annotate(texts, arena, &annotation);
    runut_dates_annotate(calendar, arena, &annotation);
    const runut_dates *d = &annotation.dates;
    runut_buffer out = runut_buffer_new(arena, 1 << 16);
    if (d->conflict) {
        runut_buffer_text(&out, "conflict:");
        for (size_t i = 0; i < d->candidates.size; i++)
            runut_buffer_text(&out, " "), print_day(&out, d->candidates.at[i].day);
    } else {
        print_day(&out, d->inferred);
    }
    if (show.event)
        runut_buffer_text(&out, "\nevent "), print_day(&out, d->event);
    for (size_t i = 0; show.evidence && i < d->evidence.size; i++) {
        runut_buffer_text(&out, "\n");
        runut_buffer_add(&out, d->evidence.at[i].text);
        runut_buffer_text(&out, " = ");
        runut_buffer_add(&out, d->evidence.at[i].says);
    }
    for (size_t i = 0; show.mentioned && i < d->mentioned.size; i++) {
        runut_buffer_text(&out, "\n");
        print_span(&out, article.body, d->mentioned.at[i].span);
        print_day(&out, d->mentioned.at[i].day);
    }
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    texts = runut_texts_new();
    calendar = runut_calendar_new();
    int status = texts && calendar ? runut_cases_main(argc, argv, run) : 1;
    runut_texts_free(texts);
    runut_calendar_free(calendar);
    return status;
}
