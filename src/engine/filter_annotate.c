/* What one article alone says, and the keys on which it can be joined with others, as a line of JSON. */
#include "engine/filter.h"
#include "engine/internal.h"
#include "relate/join_keys.h"

/* Everything that lies in an arena is made before: see filter_write.c. */
static struct json_object *record_of(const runut_annotation *annotation, const runut_join_keys *keys, runut_slice id,
                                     runut_slice file)
{
    const runut_article *article = annotation->article;
    struct json_object *out = json_object_new_object();
    json_object_object_add(out, "id", runut_json_text(id));
    json_object_object_add(out, "file", runut_json_text(file));
    json_object_object_add(out, "url", runut_json_text(article->url));
    runut_record_put(out, article, annotation);
    json_object_object_add(out, "articleBody", runut_json_text(article->body));
    json_object_object_add(out, "fingerprint", runut_json_texts(&keys->fingerprint));
    json_object_object_add(out, "blocks", runut_json_texts(&keys->blocks));
    return out;
}

int runut_filter_annotate(runut_filter_job *job, runut_arena *arena, runut_annotator *annotator,
                          runut_digester *digester, const runut_article *article)
{
    runut_join_keys keys;
    runut_slice id = runut_filter_id(job), file = runut_filter_file(job);
    runut_annotation *annotation = runut_annotate(annotator, arena, article);
    runut_join_keys_make(arena, annotation, runut_digest_make(digester, arena, annotation), &keys);
    return runut_filter_print(job, record_of(annotation, &keys, id, file));
}
