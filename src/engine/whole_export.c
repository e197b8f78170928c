/* A whole store written out: what cannot be made again, in an order and a form that are the same for the same store. */
#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include "base/utf8.h"
#include "engine/whole.h"
#include "read/json_line.h"
#include "runut/upkeep.h"
#include "store/whole.h"

typedef struct exporting {
    runut *runut;
    runut_write write;
    void *context;
    runut_error *error;
    uLong sum; /* CRC-32 of all lines so far */
    uint64_t lines;
    uint32_t article; /* in hand */
    int code;
    runut_whole table;
} exporting;

/* ---- a line ---- */

static runut_writer begin(exporting *self)
{
    runut_arena_reset(self->runut->arena);
    runut_writer out = runut_writer_new(self->runut->arena);
    runut_writer_open(&out, '{');
    return out;
}

/* JSON as it stands; a line end in it can only be white space. */
static void put_json(runut_writer *out, const char *key, runut_slice json)
{
    runut_writer_key(out, key);
    if (json.size == 0)
        json = RUNUT_LITERAL("null");
    size_t from = out->out.size;
    runut_buffer_add(&out->out, json);
    for (char *at = out->out.at + from, *end = out->out.at + out->out.size;
         at < end && (at = memchr(at, '\n', (size_t)(end - at)));)
        *at = ' ';
    out->more = true;
}

static void put_count(runut_writer *out, const char *key, int64_t number)
{
    runut_writer_key(out, key);
    runut_writer_number(out, number > 0 ? (uint64_t)number : 0);
}

static void put_bool(runut_writer *out, const char *key, bool value)
{
    put_json(out, key, value ? RUNUT_LITERAL("true") : RUNUT_LITERAL("false"));
}

static int end(exporting *self, runut_writer *out)
{
    runut_writer_close(out, '}');
    runut_buffer_byte(&out->out, '\n');
    runut_slice line = runut_buffer_slice(&out->out);
    runut_error broken;
    if (!runut_utf8_valid(line) || runut_json_check(line, &broken) != RUNUT_OK)
        return RUNUT_ERR_STORE;
    self->sum = crc32_z(self->sum, (const Bytef *)line.at, line.size);
    self->lines++;
    if (self->write(self->context, line.at, line.size) != 0)
        return runut_error_set(self->error, RUNUT_ERR_STOPPED, "stopped");
    return RUNUT_OK;
}

/* ---- the lines ---- */

static int put_header(exporting *self)
{
    runut_store_counts counts;
    int code = runut_store_count(self->runut->store, &counts, self->error);
    if (code != RUNUT_OK)
        return code;
    runut_writer out = begin(self);
    const runut_whole_key *keys = runut_whole_keys[RUNUT_LINE_HEADER];
    runut_writer_put(&out, keys[0].name, RUNUT_LITERAL(RUNUT_VERSION));
    put_count(&out, keys[1].name, RUNUT_WHOLE_FORMAT);
    put_count(&out, keys[2].name, (int64_t)counts.articles);
    put_count(&out, keys[3].name, (int64_t)counts.events);
    return end(self, &out);
}

static runut_slice hexadecimal(runut_arena *arena, runut_slice bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *out = runut_arena_take(arena, 2 * bytes.size + 1);
    for (size_t i = 0; i < bytes.size; i++) {
        out[2 * i] = digits[(unsigned char)bytes.at[i] >> 4];
        out[2 * i + 1] = digits[(unsigned char)bytes.at[i] & 15];
    }
    return (runut_slice){out, 2 * bytes.size};
}

static int put_article(exporting *self, const runut_row *row, runut_slice lines)
{
    runut_writer out = begin(self);
    runut_arena *arena = self->runut->arena;
    self->article = row->number;
    const runut_whole_key *keys = runut_whole_keys[RUNUT_LINE_ARTICLE];
    put_count(&out, keys[RUNUT_ARTICLE_NUMBER].name, row->number);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_ID].name, row->id);
    put_bool(&out, keys[RUNUT_ARTICLE_NAMED].name, row->named);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_HASH].name, hexadecimal(arena, row->hash));
    runut_writer_put(&out, keys[RUNUT_ARTICLE_FILE].name, row->file);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_URL].name, row->url);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_LANGUAGE].name, row->language);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_HEADLINE].name, row->headline);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_PUBLISHER].name, row->publisher);
    runut_writer_put_day(&out, keys[RUNUT_ARTICLE_DAY].name, row->day);
    put_count(&out, keys[RUNUT_ARTICLE_EVENT].name, row->event);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_BODY].name, row->body);
    put_json(&out, keys[RUNUT_ARTICLE_RECORD].name, row->record);
    put_json(&out, keys[RUNUT_ARTICLE_RELATION].name, row->relation);
    runut_writer_put(&out, keys[RUNUT_ARTICLE_DIGEST].name, runut_base64_encode(arena, row->digest));
    put_json(&out, keys[RUNUT_ARTICLE_LINES].name, lines.size ? runut_lines_text(arena, lines) : (runut_slice){"", 0});
    return end(self, &out);
}

static int on_article(void *context, const runut_row *row, runut_slice lines)
{
    exporting *self = context;
    runut_arena_reset(self->runut->arena);
    self->code = RUNUT_ERR_MEMORY; /* SQLite's statement lies outside: nothing may jump over it */
    if (RUNUT_ARENA_TRY(self->runut->arena) == 0)
        self->code = put_article(self, row, lines);
    return self->code;
}

static int put_row(exporting *self, const runut_whole_row *row)
{
    runut_whole_kind kind = RUNUT_LINE_EVENT + (runut_whole_kind)self->table;
    runut_writer out = begin(self);
    size_t number = 0;
    for (const runut_whole_key *key = runut_whole_keys[kind]; key->name; key++)
        if (key->type == RUNUT_VALUE_TEXT)
            runut_writer_put(&out, key->name, row->text);
        else if (key->type == RUNUT_VALUE_OBJECT)
            put_json(&out, key->name, row->text);
        else if (key->type == RUNUT_VALUE_DAY)
            runut_writer_put_day(&out, key->name,
                                 row->numbers[number] == INT64_MIN ? RUNUT_NO_DAY : (runut_day)row->numbers[number]),
                number++;
        else
            put_count(&out, key->name, row->numbers[number++]);
    return end(self, &out);
}

static int on_row(void *context, const runut_whole_row *row)
{
    exporting *self = context;
    runut_arena_reset(self->runut->arena);
    self->code = RUNUT_ERR_MEMORY;
    if (RUNUT_ARENA_TRY(self->runut->arena) == 0)
        self->code = put_row(self, row);
    return self->code;
}

static int put_end(exporting *self)
{
    char sum[17];
    const runut_whole_key *keys = runut_whole_keys[RUNUT_LINE_END];
    snprintf(sum, sizeof sum, "%08lx", self->sum);
    runut_writer out = begin(self);
    put_count(&out, keys[0].name, (int64_t)self->lines);
    runut_writer_put(&out, keys[1].name, runut_slice_of(sum));
    return end(self, &out);
}

static int put_tables(exporting *self)
{
    runut_store *store = self->runut->store;
    int code = put_header(self);
    if (code == RUNUT_OK)
        code = runut_store_whole_articles(store, on_article, self, self->error);
    for (self->table = 0; self->table < RUNUT_WHOLE_TABLES && code == RUNUT_OK; self->table++)
        code = runut_store_whole_rows(store, self->table, on_row, self, self->error);
    if (code == RUNUT_ERR_STOPPED && self->code == RUNUT_ERR_MEMORY)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    if (code == RUNUT_ERR_STOPPED && self->code == RUNUT_ERR_STORE)
        return runut_error_set(self->error, RUNUT_ERR_STORE, "a%u is damaged: `runut check` says more", self->article);
    if (code != RUNUT_OK)
        return code;
    return RUNUT_ARENA_TRY(self->runut->arena) == 0 ? put_end(self)
                                                    : runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
}

int runut_export_whole(runut *self, runut_write write, void *context, runut_error *error)
{
    runut_error own;
    exporting e = {.runut = self, .write = write, .context = context, .error = error ? error : &own};
    int code = runut_store_ask(self->store, e.error);
    if (code != RUNUT_OK)
        return code;
    runut_arena_reset(self->arena);
    if (RUNUT_ARENA_TRY(self->arena) == 0)
        code = put_tables(&e);
    else
        code = runut_error_set(e.error, RUNUT_ERR_MEMORY, "out of memory");
    runut_store_asked(self->store);
    return code;
}
