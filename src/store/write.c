#include "store/said.h"
#include "store/whole.h"

#include <stdio.h>
#include <time.h>

int runut_store_generation(runut_store *self, int64_t *generation, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_GENERATION, error);
    if (!s)
        return RUNUT_ERR_STORE;
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *generation = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return code == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self, code, error);
}

int runut_store_next_generation(runut_store *self, int64_t *generation, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_NEXT_GENERATION, error);
    int code = s ? runut_store_step(self, s, error) : RUNUT_ERR_STORE;
    return code == RUNUT_OK ? runut_store_generation(self, generation, error) : code;
}

/* The number that the statement's row begins with; 0 = there is none. */
static int step_number(runut_store *self, sqlite3_stmt *s, uint32_t *number, runut_error *error)
{
    int code = sqlite3_step(s);
    *number = code == SQLITE_ROW ? (uint32_t)sqlite3_column_int64(s, 0) : 0;
    int result = code == SQLITE_ROW || code == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, code, error);
    sqlite3_reset(s);
    return result;
}

/* The same of the row for the one bound value. */
static int number_for(runut_store *self, int which, runut_slice value, bool blob, uint32_t *number, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, which, error);
    if (!s)
        return RUNUT_ERR_STORE;
    if (blob)
        sqlite3_bind_blob64(s, 1, value.at, value.size, SQLITE_STATIC);
    else
        runut_store_bind(s, 1, value);
    return step_number(self, s, number, error);
}

static int number_of(runut_store *self, int which, uint32_t of, uint32_t *number, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, which, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, of);
    return step_number(self, s, number, error);
}

int runut_store_known(runut_store *self, runut_slice hash, uint32_t *number, runut_error *error)
{
    return number_for(self, SQL_KNOWN, hash, true, number, error);
}

int runut_store_id_taken(runut_store *self, runut_slice id, uint32_t *number, runut_error *error)
{
    return number_for(self, SQL_ID_TAKEN, id, false, number, error);
}

/* Runs a statement that gives no row and wants the article alone. */
static int run_for(runut_store *self, int which, uint32_t article, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, which, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    return runut_store_step(self, s, error);
}

static void bind_row(sqlite3_stmt *s, const runut_row *row, runut_slice id)
{
    sqlite3_bind_blob64(s, 1, row->hash.at, row->hash.size, SQLITE_STATIC);
    runut_store_bind(s, 2, id);
    sqlite3_bind_int(s, 3, row->named);
    runut_store_bind(s, 4, row->file);
    runut_store_bind(s, 5, row->url);
    runut_store_bind(s, 6, row->language);
    runut_store_bind(s, 7, row->headline);
    runut_store_bind(s, 8, row->publisher);
    if (row->day == RUNUT_NO_DAY)
        sqlite3_bind_null(s, 9);
    else
        sqlite3_bind_int(s, 9, row->day);
    runut_store_bind(s, 10, row->record);
    sqlite3_bind_blob64(s, 11, row->digest.at, row->digest.size, SQLITE_STATIC);
    runut_store_bind(s, 12, row->body);
    if (row->number)
        sqlite3_bind_int64(s, 13, row->number);
    else
        sqlite3_bind_null(s, 13); /* the next one */
}

static int insert_text(runut_store *self, const runut_row *row, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_INSERT_TEXT, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, row->number);
    runut_store_bind(s, 2, row->headline);
    runut_store_bind(s, 3, row->body);
    self->text_language = row->language;
    int code = runut_store_step(self, s, error);
    self->text_language = (runut_slice){"", 0};
    return code;
}

/* One article more has this value. */
static int count_value(runut_store *self, int kind, runut_slice key, runut_slice text, runut_error *error)
{
    runut_slice folded;
    if (!runut_store_fold(self, text, &folded))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    sqlite3_stmt *s = runut_store_statement(self, SQL_VALUE, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int(s, 1, kind);
    runut_store_bind(s, 2, key);
    runut_store_bind(s, 3, text);
    runut_store_bind(s, 4, folded);
    return runut_store_step(self, s, error);
}

static int count_values(runut_store *self, const runut_row *row, runut_error *error)
{
    int code = RUNUT_OK;
    if (row->publisher.size)
        code = count_value(self, RUNUT_VALUE_PUBLISHER, (runut_slice){"", 0}, row->publisher, error);
    if (code == RUNUT_OK && row->language.size)
        code = count_value(self, RUNUT_VALUE_LANGUAGE, (runut_slice){"", 0}, row->language, error);
    return code;
}

static int insert_names(runut_store *self, const runut_row *row, const runut_row_name *names, size_t count,
                        runut_error *error)
{
    for (size_t i = 0; i < count; i++) {
        sqlite3_stmt *s = runut_store_statement(self, SQL_INSERT_NAME, error);
        if (!s)
            return RUNUT_ERR_STORE;
        runut_store_bind(s, 1, names[i].key);
        sqlite3_bind_int(s, 2, names[i].kind);
        sqlite3_bind_int64(s, 3, row->number);
        runut_store_bind(s, 4, names[i].text);
        int code = runut_store_step(self, s, error);
        if (code == RUNUT_OK && sqlite3_changes(self->db) > 0)
            code = count_value(self, names[i].kind, names[i].key, names[i].text, error);
        if (code != RUNUT_OK)
            return code;
    }
    return RUNUT_OK;
}

/* The time at which the first article of this transaction came: of it and those behind it. */
static int note_arrival(runut_store *self, uint32_t number, runut_error *error)
{
    if (self->arrived || self->keeps_arrivals)
        return RUNUT_OK;
    sqlite3_stmt *s = runut_store_statement(self, SQL_ARRIVAL_PUT, error);
    if (!s)
        return RUNUT_ERR_STORE;
    self->arrived = true;
    sqlite3_bind_int64(s, 1, number);
    sqlite3_bind_int64(s, 2, (int64_t)time(NULL));
    return runut_store_step(self, s, error);
}

void runut_store_keep_arrivals(runut_store *self)
{
    self->keeps_arrivals = true;
}

int runut_store_insert(runut_store *self, runut_row *row, const runut_row_name *names, size_t count, runut_error *error)
{
    char longer[512];
    runut_slice id = row->id;
    uint32_t taken = 0;
    int code = number_for(self, SQL_ID_TAKEN, id, false, &taken, error);
    if (code != RUNUT_OK)
        return code;
    if (taken) {
        const unsigned char *h = (const unsigned char *)row->hash.at;
        int size = snprintf(longer, sizeof longer, "%.*s-%02x%02x%02x%02x%02x%02x",
                            (int)(id.size < 400 ? id.size : 400), id.at, h[0], h[1], h[2], h[3], h[4], h[5]);
        id = (runut_slice){longer, (size_t)size};
    }
    sqlite3_stmt *s = runut_store_statement(self, SQL_INSERT, error);
    if (!s)
        return RUNUT_ERR_STORE;
    bind_row(s, row, id);
    code = runut_store_step(self, s, error);
    if (code != RUNUT_OK)
        return code;
    row->number = (uint32_t)sqlite3_last_insert_rowid(self->db);
    code = insert_text(self, row, error);
    if (code == RUNUT_OK)
        code = insert_names(self, row, names, count, error);
    if (code == RUNUT_OK)
        code = run_for(self, SQL_CHECKSUM_PUT, row->number, error);
    if (code == RUNUT_OK)
        code = runut_said_put(self, row->number, row->language, row->quotes, row->speakers, error);
    if (code == RUNUT_OK)
        code = count_values(self, row, error);
    if (code == RUNUT_OK)
        code = runut_store_address_put(self, row->number, row->url, error);
    return code == RUNUT_OK ? note_arrival(self, row->number, error) : code;
}

int runut_store_relate(runut_store *self, uint32_t article, uint32_t event, uint32_t reuse_of, runut_slice relation,
                       runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_RELATE, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, event);
    sqlite3_bind_int64(s, 3, reuse_of);
    runut_store_bind(s, 4, relation);
    int code = runut_store_step(self, s, error);
    if (code == RUNUT_OK)
        code = run_for(self, SQL_CHECKSUM_RELATION, article, error);
    return code == RUNUT_OK ? runut_store_touch_event(self, event, error) : code;
}

int runut_store_relate_more(runut_store *self, uint32_t article, runut_slice relation, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_RELATE_MORE, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    runut_store_bind(s, 2, relation);
    int code = runut_store_step(self, s, error);
    return code == RUNUT_OK ? run_for(self, SQL_CHECKSUM_RELATION, article, error) : code;
}

int runut_store_put_lines(runut_store *self, uint32_t article, runut_slice lines, runut_error *error)
{
    static const int which[] = {SQL_LINES_PUT, SQL_CHECKSUM_LINES};
    int code = RUNUT_OK;
    for (size_t i = 0; i < sizeof which / sizeof *which && code == RUNUT_OK; i++) {
        sqlite3_stmt *s = runut_store_statement(self, which[i], error);
        if (!s)
            return RUNUT_ERR_STORE;
        sqlite3_bind_int64(s, 1, article);
        sqlite3_bind_blob64(s, 2, lines.at, lines.size, SQLITE_STATIC);
        code = runut_store_step(self, s, error);
    }
    return code;
}

/* The event whose sums the article's disagreements are part of. */
static int touch_event_of(runut_store *self, uint32_t article, runut_error *error)
{
    uint32_t event;
    int code = number_of(self, SQL_EVENT_OF, article, &event, error);
    return code == RUNUT_OK ? runut_store_touch_event(self, event, error) : code;
}

int runut_store_dispute(runut_store *self, uint32_t article, const runut_slices *about, runut_error *error)
{
    sqlite3_stmt *s;
    int code = run_for(self, SQL_UNDISPUTE, article, error);
    if (code == RUNUT_OK && (about->size || sqlite3_changes(self->db)))
        code = touch_event_of(self, article, error);
    for (size_t i = 0; i < about->size && code == RUNUT_OK; i++) {
        s = runut_store_statement(self, SQL_DISPUTE, error);
        if (!s)
            return RUNUT_ERR_STORE;
        sqlite3_bind_int64(s, 1, article);
        runut_store_bind(s, 2, about->at[i]);
        code = runut_store_step(self, s, error);
    }
    return code;
}

/* The one value of the one row. */
static int value_of(runut_store *self, int which, uint32_t article, runut_arena *arena, runut_slice *value,
                    runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, which, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *value = runut_arena_copy(arena, runut_store_column(s, 0));
    sqlite3_reset(s);
    if (code == SQLITE_DONE)
        return runut_error_set(error, RUNUT_ERR_NOT_FOUND, "no article a%u", (unsigned)article);
    return code == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self, code, error);
}

int runut_store_relation(runut_store *self, uint32_t article, runut_arena *arena, runut_slice *relation,
                         runut_error *error)
{
    return value_of(self, SQL_RELATION, article, arena, relation, error);
}

int runut_store_digest(runut_store *self, uint32_t article, runut_arena *arena, runut_slice *digest, runut_error *error)
{
    return value_of(self, SQL_DIGEST, article, arena, digest, error);
}

/* The story that the event is of so far: one without it soon, perhaps. */
static int touch_story_of(runut_store *self, uint32_t event, runut_error *error)
{
    uint32_t story;
    int code = number_of(self, SQL_EVENT_STORY, event, &story, error);
    if (code == RUNUT_OK)
        code = runut_store_touch_event(self, event, error);
    return code == RUNUT_OK ? runut_store_touch_story(self, story, error) : code;
}

int runut_store_event_put(runut_store *self, const runut_event *event, runut_slice origins, runut_error *error)
{
    int code = touch_story_of(self, event->event, error);
    if (code != RUNUT_OK)
        return code;
    sqlite3_stmt *s = runut_store_statement(self, event->articles ? SQL_EVENT_PUT : SQL_EVENT_REMOVE, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, event->event);
    if (event->articles) {
        sqlite3_bind_int64(s, 2, event->story);
        if (event->day == RUNUT_NO_DAY)
            sqlite3_bind_null(s, 3);
        else
            sqlite3_bind_int(s, 3, event->day);
        sqlite3_bind_int(s, 4, event->year);
        sqlite3_bind_int(s, 5, event->month);
        sqlite3_bind_int64(s, 6, event->title);
        sqlite3_bind_int64(s, 7, event->articles);
        runut_store_bind(s, 8, origins);
    }
    return runut_store_step(self, s, error);
}
