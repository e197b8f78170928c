/* Small questions: values to choose from, the capture's other lines, how the store has grown. */
#include "engine/internal.h"

#include <string.h>

/* ---- values ---- */

static int add_value(void *context, const runut_row_actor *row)
{
    struct json_object *one = json_object_new_object();
    runut_json_put(one, "value", row->text);
    runut_json_put_number(one, "articles", row->articles);
    return json_object_array_add(context, one);
}

static int kind_of(const char *of, runut_error *error)
{
    static const struct {
        const char *name;
        int kind;
    } kinds[] = {{"publisher", RUNUT_VALUE_PUBLISHER},
                 {"language", RUNUT_VALUE_LANGUAGE},
                 {"person", RUNUT_PERSON},
                 {"place", RUNUT_PLACE},
                 {"organization", RUNUT_ORGANIZATION}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (of && strcmp(of, kinds[i].name) == 0)
            return kinds[i].kind;
    return runut_error_set(error, RUNUT_ERR_USE,
                           "values are of publisher, language, person, place or organization, not '%.40s'",
                           of ? of : "");
}

int runut_values(runut *self, const char *of, const char *begins, unsigned limit, struct json_object **answer,
                 runut_error *error)
{
    enum { USUAL = 20 };
    *answer = NULL;
    int kind = kind_of(of, error);
    int code = kind < 0 ? kind : runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    struct json_object *items = json_object_new_array();
    limit = limit == 0 ? USUAL : limit < RUNUT_PAGE_MOST ? limit : RUNUT_PAGE_MOST;
    code =
        runut_store_values(self->store, kind, runut_slice_trim(runut_slice_of(begins)), limit, add_value, items, error);
    runut_store_asked(self->store);
    if (code != RUNUT_OK) {
        json_object_put(items);
        return code;
    }
    *answer = json_object_new_object();
    json_object_object_add(*answer, "items", items);
    return RUNUT_OK;
}

/* ---- lines ---- */

static int take_number(void *context, const runut_row *row)
{
    *(uint32_t *)context = row->number;
    return 0;
}

static int read_lines(runut *self, const char *name, struct json_object *out, runut_error *error)
{
    uint32_t number = 0;
    runut_slice packed;
    bool kept;
    int code = runut_store_article(self->store, runut_slice_of(name), take_number, &number, error);
    if (code != RUNUT_OK)
        return code;
    runut_arena_reset(self->arena);
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    code = runut_store_lines(self->store, number, self->arena, &kept, &packed, error);
    if (code == RUNUT_OK)
        json_object_object_add(out, "lines", kept ? runut_lines_unpack(packed) : NULL);
    return code;
}

int runut_lines_of(runut *self, const char *name, struct json_object **answer, runut_error *error)
{
    *answer = NULL;
    int code = runut_store_ask(self->store, error);
    if (code != RUNUT_OK)
        return code;
    struct json_object *out = json_object_new_object();
    code = read_lines(self, name, out, error);
    runut_store_asked(self->store);
    if (code == RUNUT_OK)
        *answer = out;
    else
        json_object_put(out);
    return code;
}

/* ---- the store ---- */

int runut_generation(runut *self, int64_t *generation, runut_error *error)
{
    return runut_store_generation(self->store, generation, error);
}

void runut_time_limit(runut *self, unsigned milliseconds)
{
    runut_store_time_limit(self->store, milliseconds);
}
