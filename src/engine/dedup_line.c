#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "engine/dedup.h"
#include "engine/filter.h"
#include "read/record.h"

enum { MOST_NAME = 1024, MOST_DEPTH = 64 };

/* ---- captures that are no lines, and lines that must be parsed to know their text ---- */

typedef struct cleaning {
    runut_arena *arena; /* of the result */
    const runut_capture *capture;
    runut_slice *line;    /* wanted is a line of JSON, */
    runut_sketch *sketch; /* or a sketch of the text */
    uint64_t *bands;
    bool has_words;
    const runut_sketcher *sketcher;
    runut_error *error;
} cleaning;

static int clean_capture(const runut_worker *worker, void *context)
{
    cleaning *self = context;
    runut_article article;
    self->error->code = RUNUT_OK; /* of a first try */
    runut_arena_reset(worker->arena);
    if (RUNUT_ARENA_TRY(worker->arena) != 0 || (self->line && RUNUT_ARENA_TRY(self->arena) != 0))
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "needs more memory than one article may have");
    int code = runut_clean(worker->arena, self->capture, &article, self->error);
    if (code != RUNUT_OK)
        return code;
    if (!self->line) {
        self->has_words = runut_sketch_make(self->sketcher, article.body, self->sketch, self->bands);
        return RUNUT_OK;
    }
    const runut_clean_options options = {.format = RUNUT_CLEAN_JSON};
    runut_filter_job job = {.arena = self->arena, .capture = *self->capture};
    code = runut_filter_write(&job, &article, &options);
    *self->line = job.text;
    if (code != RUNUT_OK)
        *self->error = job.error;
    return code;
}

int runut_dedup_clean(runut_dedup_worker *worker, runut_arena *arena, const runut_capture *capture, runut_slice *line,
                      runut_error *error)
{
    cleaning work = {.arena = arena, .capture = capture, .line = line, .error = error};
    return runut_worker_run(&worker->cleaner, worker->large, clean_capture, &work);
}

/* The name that a capture gives itself, as a JSON string. */
static runut_slice quote(runut_arena *arena, runut_slice text)
{
    runut_buffer out = runut_buffer_new(arena, 8 * MOST_NAME);
    text = runut_utf8_repair(arena, text);
    runut_buffer_byte(&out, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < 0x20)
            runut_buffer_add(&out, runut_arena_printf(arena, "\\u%04x", byte));
        else if (byte == '"' || byte == '\\')
            runut_buffer_byte(&out, '\\');
        if (byte >= 0x20)
            runut_buffer_byte(&out, (char)byte);
    }
    runut_buffer_byte(&out, '"');
    return runut_buffer_slice(&out);
}

/* Nothing may be taken from `arena` while json-c's object is held: copies are made behind it. */
static int parse(runut_dedup_worker *worker, runut_dedup_record *record, char name[MOST_NAME], size_t *name_size,
                 runut_error *error)
{
    struct json_tokener *tokener = json_tokener_new_ex(MOST_DEPTH);
    runut_arena *authors = runut_arena_new((size_t)1 << 20);
    struct json_object *object =
        tokener ? json_tokener_parse_ex(tokener, record->line.at, (int)record->line.size) : NULL;
    runut_capture capture = {.record = record->number};
    int code = RUNUT_ERR_INPUT;
    if (!object || !authors || RUNUT_ARENA_TRY(authors) != 0)
        runut_error_set(error, code, "broken JSON, or more than can be held");
    else
        code = runut_record_capture(authors, object, &capture, error);
    if (code == RUNUT_OK) {
        runut_slice own = capture.id.size ? capture.id : capture.url;
        *name_size = own.size < MOST_NAME ? own.size : 0;
        memcpy(name, own.at, *name_size);
        cleaning work = {.capture = &capture,
                         .sketch = &record->sketch,
                         .bands = record->bands,
                         .sketcher = worker->sketcher,
                         .error = error};
        code = runut_worker_run(&worker->cleaner, worker->large, clean_capture, &work);
        record->has_words = work.has_words;
    }
    json_object_put(object);
    if (tokener)
        json_tokener_free(tokener);
    runut_arena_free(authors);
    return code;
}

/* ---- a line ---- */

static bool sketch_text(runut_dedup_worker *worker, runut_dedup_record *record, runut_error *error)
{
    runut_slice text = record->json.text;
    if (record->json.escaped) {
        if (text.size > worker->room) {
            free(worker->plain);
            worker->room = text.size * 2;
            worker->plain = malloc(worker->room);
        }
        if (!worker->plain) {
            worker->room = 0;
            runut_error_set(error, RUNUT_ERR_INPUT, "out of memory");
            return false;
        }
        text = (runut_slice){worker->plain, runut_json_unescape(text, worker->plain)};
    }
    record->has_words = runut_sketch_make(worker->sketcher, text, &record->sketch, record->bands);
    return true;
}

static int read_line(runut_dedup_worker *worker, runut_arena *arena, runut_dedup_record *record, runut_error *error)
{
    char name[MOST_NAME];
    size_t name_size = 0;
    int code = runut_json_line_read(record->line, &record->json, error);
    const runut_json_line *json = &record->json;
    if (code != RUNUT_OK)
        return code;
    if (!json->has_text && !json->has_page && !json->nested)
        return runut_error_set(error, RUNUT_ERR_INPUT, "neither articleBody (or text) nor html");
    if (json->nested || (json->text.size == 0 && json->has_page)) {
        code = parse(worker, record, name, &name_size, error);
        if (name_size && !json->name.size)
            record->name = quote(arena, (runut_slice){name, name_size});
        return code;
    }
    return json->text.size == 0 || sketch_text(worker, record, error) ? RUNUT_OK : RUNUT_ERR_INPUT;
}

/* What tells the record: its name, else its place. */
static void name_record(runut_arena *arena, runut_slice file, runut_dedup_record *record)
{
    if (record->json.name.size && record->json.name.size <= MOST_NAME)
        record->name = record->json.name;
    if (record->name.size == 0)
        record->name =
            quote(arena, runut_arena_printf(arena, "%.*s:%" PRIu64, (int)runut_slice_part(file, 0, MOST_NAME).size,
                                            file.at, record->number));
    record->hash = runut_slice_hash(record->line) ^ (runut_slice_hash(file) + record->number * 0x9E3779B97F4A7C15u);
}

void runut_dedup_read(runut_dedup_worker *worker, runut_arena *arena, runut_slice file, runut_dedup_record *record)
{
    runut_error error;
    if (runut_slice_starts(record->line, RUNUT_LITERAL("\xEF\xBB\xBF")))
        record->line = runut_slice_part(record->line, 3, record->line.size);
    if (read_line(worker, arena, record, &error) != RUNUT_OK) {
        runut_error *kept = runut_arena_alloc(arena, sizeof *kept);
        *kept = error;
        runut_error_place(kept, file, record->number, record->byte + error.byte);
        record->error = kept;
    } else if (record->has_words) {
        name_record(arena, file, record);
    }
}

/* ---- out ---- */

static char *put(char *to, runut_slice text)
{
    if (text.size) /* nothing may stand nowhere */
        memcpy(to, text.at, text.size);
    return to + text.size;
}

bool runut_dedup_print(const runut_dedup_record *record, const runut_seen_answer *answer, runut_slice of, char **out,
                       size_t *room, size_t *size)
{
    const runut_json_line *json = &record->json;
    size_t most = record->line.size + of.size + 64, at = 0;
    if (most > *room) {
        free(*out);
        *room = most * 2;
        *out = malloc(*room);
    }
    char *to = *out;
    if (!to) {
        *room = 0;
        return false;
    }
    for (size_t i = 0; i < json->cut_count; at = json->cuts[i++].end)
        to = put(to, runut_slice_part(record->line, at, json->cuts[i].start));
    to = put(to, runut_slice_part(record->line, at, json->close));
    if (answer->first) {
        to = put(to, json->bare ? RUNUT_LITERAL("\"duplicateOf\":") : RUNUT_LITERAL(",\"duplicateOf\":"));
        to = put(to, of);
        int digits = snprintf(to, 32, ",\"similarity\":%.3g", answer->thousandth / 1000.0);
        to += digits;
    }
    to = put(to, RUNUT_LITERAL("}\n"));
    *to = '\0';
    *size = (size_t)(to - *out);
    return true;
}
