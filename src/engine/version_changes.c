/* What is different between two versions, as JSON. */
#include <string.h>

#include "engine/compare.h"
#include "relate/changes.h"

typedef struct version {
    runut_arena *arena;
    runut_slice body;
    struct json_object *record;
    runut_changed_text text;
} version;

static int take(void *context, const runut_row *row)
{
    version *self = context;
    self->record = runut_json_parse(row->record);
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return RUNUT_ERR_MEMORY;
    self->text.body = runut_arena_copy(self->arena, row->body);
    return 0;
}

/* The article's text and sentences, in the arena. */
static int read_version(runut *self, uint32_t number, version *out, runut_error *error)
{
    runut_slice bytes;
    runut_digest *digest;
    int code = runut_store_article_number(self->store, number, take, out, error);
    if (code == RUNUT_ERR_STOPPED || RUNUT_ARENA_TRY(out->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (code == RUNUT_OK)
        code = runut_store_digest(self->store, number, out->arena, &bytes, error);
    if (code == RUNUT_OK)
        code = runut_digest_decode(out->arena, bytes, true, &digest, error);
    for (size_t i = 0; code == RUNUT_OK && i < digest->sentences.size; i++)
        RUNUT_PUSH(out->arena, out->text.sentences, digest->sentences.at[i].span);
    return code;
}

/* ---- JSON ---- */

static void put_spans(struct json_object *to, runut_span here, runut_span there)
{
    runut_json_span(to, here);
    runut_json_put_number(to, "otherStart", there.start);
    runut_json_put_number(to, "otherEnd", there.end);
}

static struct json_object *change_of(const version *newer, const version *older, const runut_change *c)
{
    static const char *const kinds[] = {[RUNUT_CHANGE_ADDED] = "added",
                                        [RUNUT_CHANGE_REMOVED] = "removed",
                                        [RUNUT_CHANGE_REWORDED] = "reworded",
                                        [RUNUT_CHANGE_MOVED] = "moved"};
    struct json_object *out = json_object_new_object();
    runut_json_put(out, "kind", runut_slice_of(kinds[c->kind]));
    runut_json_put(out, "text", runut_slice_part(newer->text.body, c->here.start, c->here.end));
    runut_json_put(out, "otherText", runut_slice_part(older->text.body, c->there.start, c->there.end));
    put_spans(out, c->here, c->there);
    if (c->kind != RUNUT_CHANGE_REWORDED)
        return out;
    struct json_object *words = json_object_new_array();
    json_object_object_add(out, "words", words);
    for (size_t i = 0; i < c->words.size; i++) {
        struct json_object *one = json_object_new_object();
        put_spans(one, c->words.at[i].here, c->words.at[i].there);
        json_object_array_add(words, one);
    }
    return out;
}

/* The texts of a list, with commas; other values as they are. */
static runut_slice text_of(runut_arena *arena, struct json_object *value)
{
    runut_slice text = {"", 0};
    if (json_object_get_type(value) != json_type_array)
        return runut_slice_of(json_object_get_string(value));
    for (size_t i = 0; i < json_object_array_length(value); i++)
        text = runut_arena_printf(arena, "%.*s%s%s", (int)text.size, text.at, i ? ", " : "",
                                  json_object_get_string(json_object_array_get_idx(value, i)));
    return text;
}

/* What stands around the text. */
static void put_fields(const version *newer, const version *older, struct json_object *out)
{
    static const char *const fields[] = {"headline", "abstract", "author", "publisher", "datePublished"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        runut_slice now = text_of(newer->arena, json_object_object_get(newer->record, fields[i]));
        runut_slice before = text_of(older->arena, json_object_object_get(older->record, fields[i]));
        if (runut_slice_equal(now, before))
            continue;
        struct json_object *one = json_object_new_object();
        runut_json_put(one, "kind", runut_slice_of(fields[i]));
        runut_json_put(one, "text", now);
        runut_json_put(one, "otherText", before);
        json_object_array_add(out, one);
    }
}

static int find_changes(const version *newer, const version *older, struct json_object *out, runut_error *error)
{
    runut_change_list changes;
    if (RUNUT_ARENA_TRY(newer->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    put_fields(newer, older, out);
    runut_changes_find(newer->arena, &older->text, &newer->text, &changes);
    for (size_t i = 0; i < changes.size; i++)
        json_object_array_add(out, change_of(newer, older, &changes.at[i]));
    return RUNUT_OK;
}

int runut_version_changes(runut *self, uint32_t article, uint32_t replaces, struct json_object **changes,
                          runut_error *error)
{
    runut_arena *arena = runut_arena_new(RUNUT_ARTICLE_ARENA);
    version newer = {.arena = arena}, older = {.arena = arena};
    int code = arena ? RUNUT_OK : runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    *changes = json_object_new_array();
    if (code == RUNUT_OK)
        code = read_version(self, article, &newer, error);
    if (code == RUNUT_OK)
        code = read_version(self, replaces, &older, error);
    if (code == RUNUT_OK)
        code = find_changes(&newer, &older, *changes, error);
    json_object_put(newer.record);
    json_object_put(older.record);
    runut_arena_free(arena);
    if (code != RUNUT_OK) {
        json_object_put(*changes);
        *changes = NULL;
    }
    return code;
}

static int take_reference(void *context, const runut_row *row)
{
    *(struct json_object **)context = runut_json_text(runut_view_reference(row));
    return 0;
}

static int put_other(runut *self, struct json_object *out, const char *key, const char *article_key, uint32_t other,
                     runut_error *error)
{
    struct json_object *reference = NULL;
    int code = other ? runut_store_reference(self->store, other, take_reference, &reference, error) : RUNUT_OK;
    json_object_object_add(out, key, reference);
    runut_json_put_name(out, article_key, 'a', other);
    return code;
}

int runut_version_put(runut *self, uint32_t article, struct json_object *out, uint32_t *replaces, runut_error *error)
{
    uint32_t by;
    int code = runut_store_version_of(self->store, article, replaces, &by, error);
    if (code == RUNUT_OK)
        code = put_other(self, out, "replaces", "replacesArticle", *replaces, error);
    return code == RUNUT_OK ? put_other(self, out, "replacedBy", "replacedByArticle", by, error) : code;
}

/* Is `older` one of the versions before `newer`? */
static int is_before(runut *self, uint32_t older, uint32_t newer, bool *before, runut_error *error)
{
    enum { MOST_CHAIN = 1000 };
    uint32_t replaces, by;
    int code = RUNUT_OK;
    *before = false;
    for (int i = 0; i < MOST_CHAIN && code == RUNUT_OK && newer && !*before; i++) {
        code = runut_store_version_of(self->store, newer, &replaces, &by, error);
        newer = replaces;
        *before = newer == older;
    }
    return code;
}

int runut_version_newer(runut *self, uint32_t a, uint32_t b, char *newer, runut_error *error)
{
    bool before = false;
    *newer = 0;
    if (!a || !b || a == b)
        return RUNUT_OK;
    int code = is_before(self, a, b, &before, error);
    *newer = before ? 'b' : 0;
    if (code != RUNUT_OK || before)
        return code;
    code = is_before(self, b, a, &before, error);
    *newer = before ? 'a' : 0;
    return code;
}
