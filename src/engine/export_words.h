/* The words of the page that is handed out, in its two languages. */
#ifndef RUNUT_ENGINE_EXPORT_WORDS_H
#define RUNUT_ENGINE_EXPORT_WORDS_H

typedef struct runut_export_words {
    const char *language, *title, *note, *text, *sources, *origins, *disagreements, *undated, *nobody, *at;
    const char *reprint, *rewrite, *translation;
} runut_export_words;

extern const runut_export_words runut_export_languages[2]; /* English, Indonesian */

/* What a kind of reuse is called, up to the report that the text was taken from. */
const char *runut_export_reuse_word(const runut_export_words *words, const char *kind);

#endif
