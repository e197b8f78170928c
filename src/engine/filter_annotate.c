/* What one article alone says, and the keys on which it can be joined with others, as a line of JSON. */
#include "engine/filter.h"
#include "engine/internal.h"
#include "relate/join_keys.h"

int runut_filter_annotate(runut_filter_job *job, runut_arena *arena, runut_annotator *annotator,
                          runut_digester *digester, const runut_article *article)
{
    runut_join_keys keys;
    runut_slice id = runut_filter_id(job), file = runut_filter_file(job);
    runut_annotation *annotation = runut_annotate(annotator, arena, article);
    runut_join_keys_make(arena, annotation, runut_digest_make(digester, arena, annotation), &keys);
    runut_writer out = runut_writer_new(job->arena);
    runut_writer_open(&out, '{');
    runut_writer_put(&out, "id", id);
    runut_writer_put(&out, "file", file);
    runut_writer_put(&out, "url", article->url);
    runut_record_put(&out, article, annotation);
    runut_writer_put(&out, "articleBody", article->body);
    runut_writer_put_texts(&out, "fingerprint", &keys.fingerprint);
    runut_writer_put_texts(&out, "blocks", &keys.blocks);
    runut_writer_close(&out, '}');
    return runut_filter_print(job, &out);
}
