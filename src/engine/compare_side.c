/* From what was given (a record, a file, an article of the store) to a digest and the body that its spans are of. */
#include "base/utf8.h"
#include "clean/clean.h"
#include "engine/compare.h"

typedef struct taking {
    runut_arena *arena;
    runut_stored *out;
    runut_error *error;
    int code;
} taking;

static int take(void *context, const runut_row *row)
{
    taking *self = context;
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    *self->out = (runut_stored){.number = row->number,
                                .event = row->event,
                                .story = row->story,
                                .id = runut_arena_copy(self->arena, row->id),
                                .file = runut_arena_copy(self->arena, row->file),
                                .body = runut_arena_copy(self->arena, row->body),
                                .relation = runut_arena_copy(self->arena, row->relation)};
    return self->code = RUNUT_OK;
}

/* The first digest is the one that was asked for; there is no need of more. */
static int take_digest(void *context, const runut_row *row)
{
    taking *self = context;
    if (row->number == self->out->number && RUNUT_ARENA_TRY(self->arena) == 0)
        self->out->digest = runut_arena_copy(self->arena, row->digest);
    return RUNUT_ERR_STOPPED;
}

int runut_stored_find(runut_store *store, runut_arena *arena, runut_slice name, runut_stored *out, runut_error *error)
{
    taking t = {arena, out, error, RUNUT_OK};
    int code = runut_store_article(store, name, take, &t, error);
    if (code != RUNUT_OK || t.code != RUNUT_OK)
        return t.code != RUNUT_OK ? t.code : code;
    code = runut_store_digests(store, out->number - 1, take_digest, &t, error);
    return code == RUNUT_ERR_STOPPED ? RUNUT_OK : code;
}

/* A body that is given as such is not cleaned: offsets must fit it, and cleaning would only change its white space. */
static int prepare_capture(const runut_worker *w, runut_side *side, runut_error *error)
{
    runut_article *article = runut_arena_alloc(w->arena, sizeof *article);
    int code = runut_clean(w->arena, &side->capture, article, error);
    if (code != RUNUT_OK)
        return code;
    if (side->given.size)
        article->body = runut_utf8_repair(w->arena, side->given);
    if (article->body.size == 0)
        return runut_error_set(error, RUNUT_ERR_INPUT, "no article text found");
    side->body = article->body;
    const runut_annotation *annotation = runut_annotate(w->annotator, w->arena, article);
    side->digest = runut_digest_make(w->digester, w->arena, annotation);
    side->words = (runut_worded){annotation->language, &annotation->headline_tokens, &annotation->tokens};
    return RUNUT_OK;
}

static const runut_tokens *tokens_of(const runut_worker *w, runut_slice text, runut_slice language)
{
    runut_tokens *out = runut_arena_alloc(w->arena, sizeof *out);
    runut_annotator_tokenize(w->annotator, w->arena, text, language, out);
    return out;
}

static int prepare_stored(const runut_worker *w, runut_side *side, runut_error *error)
{
    runut_digest *d;
    int code = runut_digest_decode(w->arena, side->stored.digest, false, &d, error);
    if (code != RUNUT_OK)
        return code;
    side->digest = d;
    side->body = side->stored.body;
    side->words =
        (runut_worded){d->language, tokens_of(w, d->headline, d->language), tokens_of(w, side->body, d->language)};
    return code;
}

int runut_side_prepare(const runut_worker *w, runut_side *side, runut_error *error)
{
    return side->stored.number ? prepare_stored(w, side, error) : prepare_capture(w, side, error);
}
