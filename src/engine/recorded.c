#include "engine/recorded.h"

#include <limits.h>
#include <string.h>

#include "base/map.h"

/* ---- shapes ----
 * What must be of which type: s text, n number, i number of an article or of bytes; {key:…,} and […] of these. null
 * may stand for each but for those with a '!' and what is in lists, and keys that are not named may be anything: nobody
 * reads them. */

#define SPAN "start:i,end:i,"
static const char record_shape[] =
    "{inLanguage:s,kind:s,headline:s,abstract:s,publisher:s,author:[s],datePublished:s,datePublishedFrom:s,"
    "creditText:[s],dateInferred:s,dateConfidence:n,dateEvidence:[{text:s,says:s," SPAN "}],"
    "dateConflict:{text:s,candidates:[{date:s,weight:n,reasons:s,}],},eventDate:s,sources:[s],"
    "sourceEvidence:[{name:s,text:s," SPAN "}],"
    "quotes:[{text:s,speaker:s,via:s,cue:s,why:s," SPAN "}],"
    "reported:[{text:s,speaker:s,via:s,cue:s,why:s," SPAN "}],refused:[{text:s,why:s," SPAN "}],"
    "people:[{name:s,key:s,role:{text:s," SPAN "},mentions:[{text:s," SPAN "}],}],"
    "organizations:[{name:s,key:s,role:{text:s," SPAN "},mentions:[{text:s," SPAN "}],}],"
    "places:[{name:s,key:s,role:{text:s," SPAN "},mentions:[{text:s," SPAN "}],}],}";
static const char relation_shape[] =
    "{why:s,reuse:{of!:i,kind:s,share:n,why:s,spans:[{" SPAN "otherStart:i,otherEnd:i,}],},"
    "disagreements:[{about!:s,kind:s,value:s,otherValue:s,number:n,otherNumber:n," SPAN
    "otherStart:i,otherEnd:i,with!:[i],}],novel:[{" SPAN "}],}";

/* Behind the shape that begins here. */
static const char *behind(const char *shape)
{
    int depth = 0;
    do {
        depth += (*shape == '{' || *shape == '[') - (*shape == '}' || *shape == ']');
        shape++;
    } while (depth);
    return shape;
}

static bool fits(struct json_object *value, const char *shape);

static bool members_fit(struct json_object *object, const char *shape)
{
    char key[32];
    for (shape++; *shape != '}'; shape = behind(shape) + 1) {
        size_t size = strcspn(shape, ":");
        struct json_object *value = NULL;
        memcpy(key, shape, size);
        key[size] = '\0';
        bool wanted = key[size - 1] == '!';
        key[size - wanted] = '\0';
        shape += size + 1;
        json_object_object_get_ex(object, key, &value);
        if (!fits(value, shape) || (wanted && !value))
            return false;
    }
    return true;
}

/* As deep as the shape, whatever comes. */
static bool fits(struct json_object *value, const char *shape)
{
    enum json_type type = json_object_get_type(value);
    if (!value)
        return true;
    if (*shape == 's')
        return type == json_type_string;
    if (*shape == 'n')
        return type == json_type_int || type == json_type_double;
    if (*shape == 'i')
        return type == json_type_int && json_object_get_int64(value) >= 0 && json_object_get_int64(value) < UINT32_MAX;
    if (*shape == '{')
        return type == json_type_object && members_fit(value, shape);
    if (type != json_type_array)
        return false;
    for (size_t i = 0; i < json_object_array_length(value); i++)
        if (!json_object_array_get_idx(value, i) || !fits(json_object_array_get_idx(value, i), shape + 1))
            return false;
    return true;
}

/* The JSON of a text (json_object_put); NULL where it is none or not of this shape. */
static struct json_object *parse(runut_slice text, const char *shape)
{
    struct json_tokener *tokener = text.size < INT_MAX ? json_tokener_new_ex(64) : NULL;
    struct json_object *out = tokener ? json_tokener_parse_ex(tokener, text.at, (int)text.size) : NULL;
    bool good = out && json_object_get_type(out) == json_type_object &&
                json_tokener_get_parse_end(tokener) == text.size && fits(out, shape);
    if (tokener)
        json_tokener_free(tokener);
    if (good)
        return out;
    json_object_put(out);
    return NULL;
}

/* ---- reading ---- */

static runut_slice text_of(struct json_object *of, const char *key)
{
    struct json_object *value = json_object_object_get(of, key);
    return value ? (runut_slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)}
                 : (runut_slice){"", 0};
}

static struct json_object *item(struct json_object *of, const char *key, size_t at)
{
    struct json_object *list = json_object_object_get(of, key);
    return list && at < json_object_array_length(list) ? json_object_array_get_idx(list, at) : NULL;
}

static size_t count(struct json_object *of, const char *key)
{
    struct json_object *list = json_object_object_get(of, key);
    return list ? json_object_array_length(list) : 0;
}

/* A list with RUNUT_SAID_BETWEEN between its parts. */
typedef struct parts {
    runut_buffer out;
    runut_map *there;
} parts;

static void put_part(parts *to, runut_slice text)
{
    if (text.size && to->out.size)
        runut_buffer_byte(&to->out, RUNUT_SAID_BETWEEN);
    runut_buffer_add(&to->out, text);
}

static void put_once(parts *to, runut_slice text)
{
    bool is_new;
    runut_map_put(to->there, text, &is_new);
    if (is_new)
        put_part(to, text);
}

static const char *const kinds[] = {
    [RUNUT_PERSON] = "people", [RUNUT_ORGANIZATION] = "organizations", [RUNUT_PLACE] = "places"};

/* All that the article calls a name that is quoted: `add` notes those that do not stand in the name itself. */
static void put_forms(struct json_object *named, parts *speakers, parts *forms)
{
    runut_slice name = text_of(named, "name");
    put_once(speakers, text_of(named, "key"));
    put_once(forms, text_of(named, "key"));
    for (size_t i = 0; i < count(named, "mentions"); i++) {
        runut_slice form = text_of(item(named, "mentions", i), "text");
        put_once(forms, form);
        if (runut_slice_find(name, form, 0) == SIZE_MAX)
            put_once(speakers, form);
    }
}

static parts new_parts(runut_arena *arena)
{
    return (parts){runut_buffer_new(arena, SIZE_MAX), runut_map_new(arena)};
}

static void read_said(runut_arena *arena, struct json_object *record, runut_recorded *out)
{
    parts quotes = new_parts(arena), speakers = new_parts(arena), forms = new_parts(arena);
    runut_map *speaking = runut_map_new(arena);
    for (size_t i = 0; i < count(record, "quotes"); i++) {
        struct json_object *one = item(record, "quotes", i);
        runut_slice speaker = text_of(one, "speaker");
        put_part(&quotes, text_of(one, "text"));
        if (speaker.size) {
            runut_map_put(speaking, speaker, NULL);
            put_once(&speakers, speaker);
            put_once(&forms, speaker);
        }
    }
    for (int kind = RUNUT_PERSON; kind <= RUNUT_PLACE && runut_map_size(speaking); kind++)
        for (size_t i = 0; i < count(record, kinds[kind]); i++) {
            struct json_object *named = item(record, kinds[kind], i);
            if (runut_map_get(speaking, text_of(named, "name")))
                put_forms(named, &speakers, &forms);
        }
    out->quotes = runut_buffer_slice(&quotes.out);
    out->speakers = runut_buffer_slice(&speakers.out);
    out->forms = runut_buffer_slice(&forms.out);
}

static void read_names(runut_arena *arena, struct json_object *record, runut_recorded *out)
{
    size_t all = 0;
    for (int kind = RUNUT_PERSON; kind <= RUNUT_PLACE; kind++)
        all += count(record, kinds[kind]);
    all = all < RUNUT_MOST_NAMES ? all : RUNUT_MOST_NAMES;
    out->names = runut_arena_alloc(arena, (all + 1) * sizeof *out->names);
    for (int kind = RUNUT_PERSON; kind <= RUNUT_PLACE; kind++)
        for (size_t i = 0; i < count(record, kinds[kind]) && out->name_count < all; i++) {
            struct json_object *named = item(record, kinds[kind], i);
            out->names[out->name_count++] = (runut_row_name){kind, runut_arena_copy(arena, text_of(named, "key")),
                                                             runut_arena_copy(arena, text_of(named, "name"))};
        }
}

bool runut_record_read(runut_arena *arena, runut_slice record, runut_recorded *out)
{
    struct json_object *json = parse(record, record_shape);
    *out = (runut_recorded){0};
    if (!json)
        return false;
    read_said(arena, json, out);
    read_names(arena, json, out);
    json_object_put(json);
    return true;
}

void runut_prepare_recorded(runut_arena *arena, runut_prepared *prepared)
{
    runut_recorded said;
    runut_record_read(arena, prepared->row.record, &said);
    prepared->row.quotes = said.quotes;
    prepared->row.speakers = said.speakers;
    prepared->names = said.names;
    prepared->name_count = said.name_count;
}

bool runut_relation_read(runut_arena *arena, runut_slice relation, runut_slices *about, int64_t *of)
{
    struct json_object *json = parse(relation, relation_shape);
    *of = 0;
    if (!json)
        return false;
    struct json_object *reuse = json_object_object_get(json, "reuse");
    *of = reuse ? json_object_get_int64(json_object_object_get(reuse, "of")) : 0;
    for (size_t i = 0; about && i < count(json, "disagreements"); i++)
        RUNUT_PUSH(arena, *about, runut_arena_copy(arena, text_of(item(json, "disagreements", i), "about")));
    json_object_put(json);
    return true;
}
