/* Articles as listings show them. */
#include "engine/internal.h"

#include <string.h>
#include <time.h>

struct json_object *runut_json_time(int64_t seconds)
{
    struct tm parts;
    time_t at = (time_t)seconds;
    char text[32];
    if (seconds == 0 || !gmtime_r(&at, &parts) || strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        return NULL;
    return json_object_new_string(text);
}

/* The part of a record that listings show stands before this key (record.c); no string holds it, since a quotation mark
 * inside of one is escaped. The rest, names and statements, is most of a record and need not be read. */
#define REST ",\"sourceEvidence\":["

static struct json_object *read_record(runut_slice record)
{
    size_t end = runut_slice_find(record, RUNUT_LITERAL(REST), 0);
    if (end == SIZE_MAX)
        return runut_json_parse(record);
    struct json_tokener *tokener = json_tokener_new_ex(64);
    struct json_object *out = NULL;
    if (tokener && !json_tokener_parse_ex(tokener, record.at, (int)end) &&
        json_tokener_get_error(tokener) == json_tokener_continue)
        out = json_tokener_parse_ex(tokener, "}", 1);
    if (tokener)
        json_tokener_free(tokener);
    return out ? out : json_object_new_object();
}

static void put_place(struct json_object *out, const runut_row *row)
{
    runut_json_put_name(out, "article", 'a', row->number);
    runut_json_put(out, "id", row->id);
    runut_json_put(out, "file", row->file);
    runut_json_put(out, "url", row->url);
}

static void put_reuse(runut *self, struct json_object *out, const runut_row *row)
{
    struct json_object *relation = row->reuse_of ? runut_json_parse(row->relation) : NULL;
    if (relation)
        runut_view_name_reuse(self, relation);
    json_object_object_add(out, "reuse", json_object_get(json_object_object_get(relation, "reuse")));
    json_object_put(relation);
}

static void put_versions(runut *self, struct json_object *out, const runut_row *row)
{
    uint32_t replaces;
    runut_version_put(self, row->number, out, &replaces, NULL);
}

/* Its place, what it says itself under the keys of `said`, and whom it follows. */
static struct json_object *view(runut *self, const runut_row *row, const char *const *said, size_t count)
{
    struct json_object *out = json_object_new_object(), *record = read_record(row->record);
    put_place(out, row);
    for (size_t i = 0; i < count; i++)
        runut_json_move(record, out, said[i]);
    json_object_put(record);
    put_reuse(self, out, row);
    put_versions(self, out, row);
    return out;
}

struct json_object *runut_view_report(runut *self, const runut_row *row)
{
    static const char *const said[] = {"inLanguage",   "headline",     "publisher",    "author", "datePublished",
                                       "dateInferred", "dateEvidence", "dateConflict", "sources"};
    return view(self, row, said, sizeof said / sizeof *said);
}

struct json_object *runut_view_listed(runut *self, const runut_row *row)
{
    static const char *const said[] = {"inLanguage",   "kind",         "headline",      "abstract",
                                       "publisher",    "author",       "datePublished", "dateInferred",
                                       "dateEvidence", "dateConflict", "sources"};
    int64_t at = 0;
    struct json_object *out = view(self, row, said, sizeof said / sizeof *said);
    runut_json_put_name(out, "event", 'e', row->event);
    runut_json_put_name(out, "story", 's', row->story);
    runut_store_arrival(self->store, row->number, &at, NULL);
    json_object_object_add(out, "added", runut_json_time(at));
    return out;
}
