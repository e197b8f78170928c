/* Digests of invented articles for the tests of pairs. An article is lines "key: value" (language, date, event,
 * publisher, source, headline), an empty line or none, then its body; a line "+++" parts two articles. Only the first
 * module of annotate runs, so that these tests stand alone. */
#ifndef RUNUT_TESTS_RELATE_INVENTED_H
#define RUNUT_TESTS_RELATE_INVENTED_H

#include "annotate/stage.h"
#include "base/slice.h"
#include "relate/digest.h"

static runut_texts *invented_texts;

static bool invented_key(runut_slice line, const char *key, runut_slice *value)
{
    runut_slice name = runut_slice_of(key);
    if (!runut_slice_starts(line, name) ||
        !runut_slice_starts(runut_slice_part(line, name.size, line.size), RUNUT_LITERAL(": ")))
        return false;
    *value = runut_slice_part(line, name.size + 2, line.size);
    return true;
}

static runut_digest *invented_digest(runut_arena *arena, runut_slice text)
{
    runut_article *article = runut_arena_alloc(arena, sizeof *article);
    runut_annotation *a = runut_arena_alloc(arena, sizeof *a);
    runut_slice value, language = {"", 0};
    a->dates.inferred = a->dates.event = RUNUT_NO_DAY;
    for (runut_slice rest = text, line; runut_slice_line(&rest, &line); text = rest) {
        if (invented_key(line, "language", &value))
            language = value;
        else if (invented_key(line, "date", &value))
            a->dates.inferred = runut_day_parse(value);
        else if (invented_key(line, "event", &value))
            a->dates.event = runut_day_parse(value);
        else if (invented_key(line, "publisher", &value))
            article->publisher = value;
        else if (invented_key(line, "headline", &value))
            article->headline = value;
        else if (invented_key(line, "source", &value))
            RUNUT_APPEND(arena, a->sources)->name = value;
        else if (line.size)
            break;
    }
    a->article = article;
    article->body = a->body = text;
    article->language = language;
    if (!invented_texts)
        invented_texts = runut_texts_new();
    runut_texts_annotate(invented_texts, arena, a);
    if (language.size)
        a->language = language;
    return runut_digest_make(NULL, arena, a);
}

/* What spans are of. */
__attribute__((unused)) static runut_slice invented_body(runut_slice text)
{
    static const char *const keys[] = {"language", "date", "event", "publisher", "headline", "source"};
    for (runut_slice rest = text, line, value; runut_slice_line(&rest, &line); text = rest) {
        bool known = line.size == 0;
        for (size_t i = 0; i < sizeof keys / sizeof *keys && !known; i++)
            known = invented_key(line, keys[i], &value);
        if (!known)
            break;
    }
    return text;
}

/* Cuts the next article off `rest`. */
__attribute__((unused)) static bool invented_next(runut_slice *rest, runut_slice *article)
{
    if (!rest->size)
        return false;
    size_t end = runut_slice_find(*rest, RUNUT_LITERAL("\n+++\n"), 0);
    *article = runut_slice_part(*rest, 0, end == SIZE_MAX ? rest->size : end);
    *rest = runut_slice_part(*rest, end == SIZE_MAX ? rest->size : end + 5, rest->size);
    return true;
}

#endif
