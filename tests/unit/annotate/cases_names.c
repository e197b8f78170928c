/* Turns an article's body into its names, one a line in order of kind and first mention:
 *
 *     person Rudi Prasojo [Kepala Badan Air] = rudi prasojo: Rudi Prasojo, Rudi
 *
 * with the role in brackets where there is one, the key behind '=', every mention behind ':'. A first line
 * "language: xx" says what language the capture states, "publisher: X" names the outlet. */
#include "annotate/stage.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "support/cases.h"

static runut_texts *texts;
static runut_names *names;

static void print_name(runut_buffer *out, const runut_annotation *annotation, size_t number)
{
    static const char *const kinds[] = {"person ", "organization ", "place "};
    const runut_name *name = &annotation->names.at[number];
    runut_buffer_text(out, kinds[name->kind]);
    runut_buffer_add(out, name->canonical);
    if (name->role.size) {
        runut_buffer_text(out, " [");
        runut_buffer_add(out, runut_slice_part(annotation->body, name->role_span.start, name->role_span.end));
        runut_buffer_byte(out, ']');
    }
    runut_buffer_text(out, " = ");
    runut_buffer_add(out, name->key);
    const char *before = ": ";
    for (size_t i = 0; i < annotation->mentions.size; i++) {
        const runut_mention *mention = &annotation->mentions.at[i];
        if (mention->name != number)
            continue;
        runut_buffer_text(out, before);
        runut_buffer_add(out, runut_slice_part(annotation->body, mention->span.start, mention->span.end));
        before = ", ";
    }
    runut_buffer_byte(out, '\n');
}

static bool header(runut_slice *body, const char *label, runut_slice *value)
{
    runut_slice rest = *body, line;
    if (!runut_slice_starts(*body, runut_slice_of(label)) || !runut_slice_line(&rest, &line))
        return false;
    *value = runut_slice_trim(runut_slice_part(line, strlen(label), line.size));
    *body = rest;
    return true;
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    runut_article article = {.body = input};
    header(&article.body, "language:", &article.language);
    header(&article.body, "publisher:", &article.publisher);
    runut_annotation annotation = {.article = &article, .body = article.body};
    runut_texts_annotate(texts, arena, &annotation);
    if (article.language.size)
        annotation.language = article.language; /* short texts are hard to tell */
    runut_names_annotate(names, arena, &annotation);
    runut_buffer out = runut_buffer_new(arena, 1 << 20);
    for (int kind = RUNUT_PERSON; kind <= RUNUT_PLACE; kind++)
        for (size_t i = 0; i < annotation.names.size; i++)
            if ((int)annotation.names.at[i].kind == kind)
                print_name(&out, &annotation, i);
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    texts = runut_texts_new();
    names = runut_names_new();
    int status = texts && names ? runut_cases_main(argc, argv, run) : 1;
    runut_names_free(names);
    runut_texts_free(texts);
    return status;
}
