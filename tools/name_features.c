/* Prints what tools/train_names.py trains on: JSON Lines of articles in, for every token near a capital a line
 * "article TAB token TAB start TAB end TAB bucket bucket …" out, spans in bytes. Not part of the program; built by
 * hand:
 *
 *     ninja -C build librunut.a
 *     cc -std=gnu17 -Isrc -Iinclude $(pkg-config --cflags json-c) tools/name_features.c build/librunut.a \
 *         $(pkg-config --libs json-c libutf8proc icu-uc icu-i18n hunspell libxxhash) \
 *         -lstemmer -lcld2 -lm -lstdc++ -lpthread -o name_features */
#include <json.h>
#include <stdio.h>
#include <stdlib.h>

#include "annotate/names_parts.h"
#include "base/slice.h"

static void print_article(const names_lexicon *lexicon, runut_arena *arena, runut_annotation *annotation,
                          const char *id)
{
    names_text text = {.lexicon = lexicon,
                       .arena = arena,
                       .annotation = annotation,
                       .tokens = annotation->tokens.at,
                       .count = (uint32_t)annotation->tokens.size,
                       .language = runut_names_language(lexicon, annotation->language)};
    if (text.count == 0)
        return;
    runut_names_words(&text);
    runut_names_first_cut(&text);
    const names_view *views = runut_names_view(&text);
    names_features features;
    for (uint32_t i = 0; i < text.count; i++) {
        if (!runut_names_in_view(&text, i))
            continue;
        runut_names_features(&text, views, i, &features);
        printf("%s\t%u\t%u\t%u\t", id, i, text.tokens[i].span.start, text.tokens[i].span.end);
        for (uint32_t k = 0; k < features.size; k++)
            printf("%s%u", k ? " " : "", features.buckets[k]);
        putchar('\n');
    }
}

int main(void)
{
    runut_texts *texts = runut_texts_new();
    names_lexicon *lexicon = runut_names_lexicon_new();
    runut_arena *arena = runut_arena_new((size_t)1 << 30);
    char *line = NULL;
    size_t room = 0;
    while (texts && lexicon && arena && getline(&line, &room, stdin) > 0) {
        struct json_object *record = json_tokener_parse(line), *id, *body;
        runut_arena_reset(arena);
        if (RUNUT_ARENA_TRY(arena) == 0 && json_object_object_get_ex(record, "id", &id) &&
            json_object_object_get_ex(record, "articleBody", &body)) {
            runut_article article = {.body = runut_slice_of(json_object_get_string(body)),
                                     .language = RUNUT_LITERAL("id")};
            runut_annotation annotation = {.article = &article, .body = article.body};
            runut_texts_annotate(texts, arena, &annotation);
            annotation.language = article.language;
            print_article(lexicon, arena, &annotation, json_object_get_string(id));
        }
        json_object_put(record);
    }
    free(line);
    runut_arena_free(arena);
    runut_names_lexicon_free(lexicon);
    runut_texts_free(texts);
}
