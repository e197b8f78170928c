/* Folds and stems words as articles' words are: lines "language TAB word" in, "language TAB folded TAB stem" out; words
 * that are no single token are left out. tools/make_word_frequency.py asks it. Not part of the program; built by hand:
 *
 *     ninja -C build librunut.a
 *     cc -std=gnu17 -Isrc -Iinclude $(pkg-config --cflags json-c) tools/stem_words.c build/librunut.a \
 *         $(pkg-config --libs json-c libutf8proc icu-uc icu-i18n hunspell libxxhash) \
 *         -lstemmer -lcld2 -lm -lstdc++ -lpthread -o stem_words */
#include <stdio.h>
#include <stdlib.h>

#include "annotate/annotate.h"
#include "base/slice.h"

int main(void)
{
    runut_annotator *annotator;
    runut_error error;
    runut_arena *arena = runut_arena_new((size_t)1 << 30);
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    if (!arena || runut_annotator_new(&annotator, &error) != RUNUT_OK)
        return 3;
    while ((size = getline(&line, &room, stdin)) > 0) {
        runut_slice rest = {line, (size_t)size - (line[size - 1] == '\n')}, language, word;
        runut_tokens tokens = {0};
        runut_arena_reset(arena);
        if (!runut_slice_field(&rest, '\t', &language) || !runut_slice_field(&rest, '\t', &word) ||
            RUNUT_ARENA_TRY(arena) != 0)
            continue;
        runut_annotator_tokenize(annotator, arena, word, language, &tokens);
        if (tokens.size != 1 || tokens.at[0].kind != RUNUT_TOKEN_WORD)
            continue;
        printf("%.*s\t%.*s\t%.*s\n", (int)language.size, language.at, (int)tokens.at[0].folded.size,
               tokens.at[0].folded.at, (int)tokens.at[0].stem.size, tokens.at[0].stem.at);
    }
    free(line);
    return 0;
}
