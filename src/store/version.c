/* Versions: which articles were found at one address, and which of them is a newer version of which. Addresses are kept
 * by the hash of their key (base/url.h), beside the articles, whose rows are long. */
#include "base/slice.h"
#include "base/url.h"
#include "store/internal.h"

/* 0 = it is no address of a page. */
static bool hash_of(runut_store *self, runut_slice url, int64_t *hash)
{
    *hash = 0;
    if (url.size == 0)
        return true;
    if (!runut_store_scratch(self) || RUNUT_ARENA_TRY(self->scratch) != 0)
        return false;
    runut_slice key = runut_url_key(self->scratch, url);
    *hash = key.size ? (int64_t)(runut_slice_hash(key) | 1) : 0;
    return true;
}

static void address(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    int64_t hash;
    runut_slice url = {text ? text : "", text ? (size_t)sqlite3_value_bytes(values[0]) : 0};
    if (hash_of(sqlite3_user_data(context), url, &hash))
        sqlite3_result_int64(context, hash);
    else
        sqlite3_result_error_nomem(context);
}

int runut_store_register_address(runut_store *self)
{
    return sqlite3_create_function_v2(self->db, "address", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                      self, address, NULL, NULL, NULL);
}

int runut_store_address_put(runut_store *self, uint32_t article, runut_slice url, runut_error *error)
{
    int64_t hash;
    if (!hash_of(self, url, &hash))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    sqlite3_stmt *s = hash ? runut_store_statement(self, SQL_ADDRESS_PUT, error) : NULL;
    if (!s)
        return hash ? RUNUT_ERR_STORE : RUNUT_OK;
    sqlite3_bind_int64(s, 1, hash);
    sqlite3_bind_int64(s, 2, article);
    return runut_store_step(self, s, error);
}

/* Copies the numbers that a statement gives into the arena. */
static int numbers_of(runut_store *self, sqlite3_stmt *s, runut_arena *arena, uint32_t **out, size_t *count,
                      runut_error *error)
{
    RUNUT_VECTOR(uint32_t) numbers = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        RUNUT_PUSH(arena, numbers, (uint32_t)sqlite3_column_int64(s, 0));
    sqlite3_reset(s);
    *out = numbers.at;
    *count = numbers.size;
    return step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
}

int runut_store_unjudged(runut_store *self, runut_arena *arena, uint32_t **out, size_t *count, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_UNJUDGED, error);
    return s ? numbers_of(self, s, arena, out, count, error) : RUNUT_ERR_STORE;
}

int runut_store_judged(runut_store *self, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_JUDGED, error);
    return s ? runut_store_step(self, s, error) : RUNUT_ERR_STORE;
}

int runut_store_same_address(runut_store *self, uint32_t article, uint32_t most, runut_arena *arena, uint32_t **out,
                             size_t *count, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_SAME_ADDRESS, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, most);
    return numbers_of(self, s, arena, out, count, error);
}

/* Whom its event counts may have changed. */
static int touch(runut_store *self, uint32_t article, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_EVENT_OF, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    uint32_t event = sqlite3_step(s) == SQLITE_ROW ? (uint32_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return event ? runut_store_touch_event(self, event, error) : RUNUT_OK;
}

int runut_store_version_put(runut_store *self, uint32_t article, uint32_t replaces, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_VERSION_PUT, error);
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, replaces);
    int code = runut_store_step(self, s, error);
    if (code == RUNUT_OK)
        code = touch(self, article, error);
    return code == RUNUT_OK ? touch(self, replaces, error) : code;
}

int runut_store_version_of(runut_store *self, uint32_t article, uint32_t *replaces, uint32_t *replaced_by,
                           runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_VERSION_OF, error);
    *replaces = *replaced_by = 0;
    if (!s)
        return RUNUT_ERR_STORE;
    sqlite3_bind_int64(s, 1, article);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        *replaces = (uint32_t)sqlite3_column_int64(s, 0);
        *replaced_by = (uint32_t)sqlite3_column_int64(s, 1);
    }
    sqlite3_reset(s);
    return step == SQLITE_ROW ? RUNUT_OK : runut_store_fail(self, step, error);
}

int runut_store_versions(runut_store *self, runut_on_version on_version, void *context, runut_error *error)
{
    sqlite3_stmt *s = runut_store_statement(self, SQL_VERSIONS, error);
    int step = SQLITE_ROW, stop = 0;
    if (!s)
        return RUNUT_ERR_STORE;
    while (!stop && (step = sqlite3_step(s)) == SQLITE_ROW)
        stop = on_version(context, (uint32_t)sqlite3_column_int64(s, 0), (uint32_t)sqlite3_column_int64(s, 1));
    sqlite3_reset(s);
    if (stop)
        return runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    return step == SQLITE_DONE ? RUNUT_OK : runut_store_fail(self, step, error);
}
