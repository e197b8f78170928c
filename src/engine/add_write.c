/* A batch of prepared rows is written and related in one transaction, and only then reported. */
#include <string.h>

#include "base/memory.h"
#include "engine/add.h"

enum { JSON_PLAIN = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE };

static int load_digest(void *context, const runut_row *row)
{
    runut_batch *self = context;
    self->code = runut_relater_load(self->runut->relater, row->number, row->digest, row->event, row->story,
                                    row->reuse_of, self->error);
    self->runut->last_related = row->number;
    return self->code;
}

static int fetch_digest(void *context, uint32_t article, runut_arena *arena, runut_slice *digest, runut_error *error)
{
    const runut *r = context;
    return runut_store_digest(r->store, article, arena, digest, error);
}

/* Makes the relater agree with the store: loads all where this is the first batch or somebody else wrote. */
static int sync_relater(runut_batch *self)
{
    runut *r = self->runut;
    int64_t generation = 0;
    int code = runut_store_generation(r->store, &generation, self->error);
    if (code != RUNUT_OK || (r->relater && generation == r->generation))
        return code;
    runut_relater_free(r->relater);
    r->relater = NULL;
    r->last_related = 0;
    code = runut_relater_new(&r->relater, self->error);
    if (code != RUNUT_OK)
        return code;
    runut_relater_fetch_by(r->relater, fetch_digest, r);
    runut_relater_threads(r->relater, self->threads);
    code = runut_store_digests(r->store, 0, load_digest, self, self->error);
    return code == RUNUT_OK ? runut_versions_load(r, self->error) : code;
}

static int insert(runut_batch *self, runut_prepared *p)
{
    uint32_t known = 0;
    int code = runut_store_known(self->runut->store, p->hash, &known, self->error);
    if (code != RUNUT_OK)
        return code;
    if (known) { /* twice in this batch, or another writer was quicker */
        p->what = RUNUT_ADDED_KNOWN;
        p->row.number = known;
        return RUNUT_OK;
    }
    code = runut_store_insert(self->runut->store, &p->row, p->names, p->name_count, self->error);
    if (code == RUNUT_OK && p->lines.size)
        code = runut_store_put_lines(self->runut->store, p->row.number, p->lines, self->error);
    if (code == RUNUT_OK)
        code = runut_relater_add(self->runut->relater, p->row.number, p->row.digest, self->error);
    if (code == RUNUT_OK)
        self->runut->last_related = p->row.number;
    return code;
}

/* The text of a part of what the batch holds parsed. */
static runut_slice text_of(const runut_batch *self, struct json_object *value)
{
    size_t size = 0;
    runut_memory_watch();
    const char *text = json_object_to_json_string_length(value, JSON_PLAIN, &size);
    if (!text || runut_memory_ran_out())
        runut_arena_fail(self->runut->arena);
    return runut_arena_copy(self->runut->arena, (runut_slice){text, size});
}

/* Does `relation` tell anew how the article differs from the one that `with`, a list of one, names? */
static bool is_told(const runut_relation *relation, struct json_object *with)
{
    uint32_t other = (uint32_t)json_object_get_int64(json_object_array_get_idx(with, 0));
    for (size_t i = 0; i < relation->disagreements.size; i++)
        if (relation->disagreements.at[i].with == other)
            return true;
    return false;
}

static bool is_list(struct json_object *value)
{
    return json_object_get_type(value) == json_type_array;
}

/* The disagreements of `old` that still hold, then those of `more`. */
static void put_disagreements(runut_batch *self, runut_writer *out, struct json_object *old, const runut_relation *more,
                              runut_slices *about)
{
    runut_arena *arena = self->runut->arena;
    runut_writer_key(out, "disagreements");
    runut_writer_open(out, '[');
    for (size_t i = 0; is_list(old) && i < json_object_array_length(old); i++) {
        struct json_object *one = json_object_array_get_idx(old, i), *with = json_object_object_get(one, "with");
        if (is_list(with) && is_told(more, with))
            continue;
        runut_writer_json(out, text_of(self, one));
        const char *what = json_object_get_string(json_object_object_get(one, "about"));
        RUNUT_PUSH(arena, *about, runut_arena_copy(arena, runut_slice_of(what)));
    }
    for (size_t i = 0; i < more->disagreements.size; i++) {
        runut_record_put_disagreement(out, &more->disagreements.at[i]);
        RUNUT_PUSH(arena, *about, more->disagreements.at[i].about);
    }
    runut_writer_close(out, ']');
}

/* The relation that was told before, with what comes to it. */
static runut_slice merge(runut_batch *self, struct json_object *old, const runut_relation *more, runut_slices *about)
{
    runut_writer out = runut_writer_new(self->runut->arena);
    runut_writer_open(&out, '{');
    json_object_object_foreach(old, key, value)
    {
        if (strcmp(key, "disagreements") == 0) {
            put_disagreements(self, &out, value, more, about);
        } else if (strcmp(key, "novel") == 0 && more->has_novel) {
            runut_record_put_novel(&out, more);
        } else {
            runut_writer_key(&out, key);
            runut_writer_json(&out, text_of(self, value));
        }
    }
    if (!json_object_object_get_ex(old, "disagreements", NULL))
        put_disagreements(self, &out, NULL, more, about);
    if (!json_object_object_get_ex(old, "novel", NULL) && more->has_novel)
        runut_record_put_novel(&out, more);
    runut_writer_close(&out, '}');
    return runut_buffer_slice(&out.out);
}

static int write_more(runut_batch *self, const runut_relation *relation)
{
    runut_slice text;
    runut_slices about = {0};
    int code = runut_store_relation(self->runut->store, relation->article, self->runut->arena, &text, self->error);
    if (code != RUNUT_OK)
        return code;
    runut_memory_watch();
    self->parsed = runut_json_parse(text);
    if (!self->parsed || runut_memory_ran_out())
        runut_arena_fail(self->runut->arena);
    text = merge(self, self->parsed, relation, &about);
    json_object_put(self->parsed);
    self->parsed = NULL;
    code = runut_store_relate_more(self->runut->store, relation->article, text, self->error);
    return code == RUNUT_OK ? runut_store_dispute(self->runut->store, relation->article, &about, self->error) : code;
}

static int write_relation(runut_batch *self, const runut_relation *relation)
{
    if (relation->more)
        return write_more(self, relation);
    runut_slices about = {0};
    runut_slice text = runut_record_of_relation(self->runut->arena, relation);
    for (size_t i = 0; i < relation->disagreements.size; i++)
        RUNUT_PUSH(self->runut->arena, about, relation->disagreements.at[i].about);
    int code = runut_store_relate(self->runut->store, relation->article, relation->event,
                                  relation->has_reuse ? relation->reuse.of : 0, text, self->error);
    return code == RUNUT_OK ? runut_store_dispute(self->runut->store, relation->article, &about, self->error) : code;
}

static int write_event(runut_batch *self, const runut_event *event)
{
    runut_writer names = runut_writer_new(self->runut->arena);
    runut_writer_open(&names, '[');
    for (size_t i = 0; i < event->origins.size; i++)
        runut_writer_text(&names, event->origins.at[i]);
    runut_writer_close(&names, ']');
    return runut_store_event_put(self->runut->store, event, runut_buffer_slice(&names.out), self->error);
}

static int write_relations(runut_batch *self)
{
    runut_changes changes = {0};
    runut_arena *arena = self->runut->arena;
    runut_arena_reset(arena);
    int code = runut_relater_settle(self->runut->relater, arena, &changes, self->error);
    for (size_t i = 0; i < changes.relations.size && code == RUNUT_OK; i++)
        code = write_relation(self, &changes.relations.at[i]);
    for (size_t i = 0; i < changes.events.size && code == RUNUT_OK; i++)
        code = write_event(self, &changes.events.at[i]);
    if (code == RUNUT_OK)
        code = runut_store_next_generation(self->runut->store, &self->runut->generation, self->error);
    return code;
}

static int write_batch(runut_batch *self)
{
    int code = sync_relater(self);
    for (size_t i = 0; i < self->rows.size && code == RUNUT_OK; i++)
        if (self->rows.at[i].what == RUNUT_ADDED_STORED)
            code = insert(self, &self->rows.at[i]);
    if (code == RUNUT_OK)
        code = runut_versions_judge(self->runut, self->error);
    if (code == RUNUT_OK && RUNUT_ARENA_TRY(self->runut->arena) != 0)
        code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory while relating");
    return code == RUNUT_OK ? write_relations(self) : code;
}

static bool has_new(const runut_batch *self)
{
    for (size_t i = 0; i < self->rows.size; i++)
        if (self->rows.at[i].what == RUNUT_ADDED_STORED)
            return true;
    return false;
}

static int transact(runut_batch *self)
{
    runut *r = self->runut;
    int code = runut_store_begin(r->store, self->error);
    if (code != RUNUT_OK)
        return code;
    if (RUNUT_ARENA_TRY(r->arena) == 0)
        code = write_batch(self);
    else
        code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory while relating");
    if (code == RUNUT_OK)
        code = runut_store_commit(r->store, self->error);
    if (code == RUNUT_OK)
        return RUNUT_OK;
    json_object_put(self->parsed);
    self->parsed = NULL;
    runut_store_rollback(r->store);
    runut_relater_free(r->relater); /* it has articles that the store has not */
    r->relater = NULL;
    return code;
}

static const char *text(runut_arena *arena, runut_slice slice)
{
    return runut_arena_copy(arena, slice).at;
}

static void report_skipped(runut_batch *self, const runut_prepared *p)
{
    runut_skipped_file file = {p->input, text(self->arena, p->file), p->skipped};
    runut_skipped_add(&self->report->skipped, &p->skipped);
    if (self->options && self->options->on_skipped)
        self->options->on_skipped(self->options->context, &file);
}

static void report(runut_batch *self, const runut_prepared *p)
{
    if (p->is_skipped) {
        report_skipped(self, p);
        return;
    }
    self->report->stored += p->what == RUNUT_ADDED_STORED;
    self->report->known += p->what == RUNUT_ADDED_KNOWN;
    self->report->rejected += p->what == RUNUT_ADDED_REJECTED;
    if (!self->options || !self->options->on_article)
        return;
    uint32_t replaces = 0, by;
    if (p->what == RUNUT_ADDED_STORED)
        runut_store_version_of(self->runut->store, p->row.number, &replaces, &by, NULL);
    runut_added_article a = {
        .what = p->what,
        .input = p->input,
        .file = text(self->arena, p->file),
        .record = p->record,
        .id = text(self->arena, p->id),
        .article = p->row.number ? runut_arena_printf(self->arena, "a%u", p->row.number).at : "",
        .headline = text(self->arena, p->row.headline),
        .replaces = replaces ? runut_arena_printf(self->arena, "a%u", replaces).at : "",
        .error = p->what == RUNUT_ADDED_REJECTED ? &p->error : NULL,
    };
    self->options->on_article(self->options->context, &a);
}

bool runut_batch_is_full(const runut_batch *self)
{
    return self->rows.size >= RUNUT_BATCH_ARTICLES || self->bytes >= RUNUT_BATCH_BYTES;
}

int runut_batch_flush(runut_batch *self)
{
    int code = has_new(self) ? transact(self) : RUNUT_OK;
    if (code == RUNUT_OK && RUNUT_ARENA_TRY(self->arena) != 0)
        code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < self->rows.size && code == RUNUT_OK; i++)
        report(self, &self->rows.at[i]);
    memset(&self->rows, 0, sizeof self->rows);
    self->bytes = 0;
    runut_arena_reset(self->arena);
    return code;
}
