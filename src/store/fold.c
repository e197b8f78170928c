/* fold(text): as names are compared where case and accents are set aside. */
#include "store/internal.h"

#include "base/utf8.h"

static const size_t MOST_SCRATCH = (size_t)256 << 20;

runut_arena *runut_store_scratch(runut_store *self)
{
    if (!self->scratch)
        self->scratch = runut_arena_new(MOST_SCRATCH);
    if (self->scratch)
        runut_arena_reset(self->scratch);
    return self->scratch;
}

bool runut_store_fold(runut_store *self, runut_slice text, runut_slice *folded)
{
    if (!runut_store_scratch(self) || RUNUT_ARENA_TRY(self->scratch) != 0)
        return false;
    *folded = runut_utf8_plain(self->scratch, runut_utf8_fold(self->scratch, text));
    return true;
}

static void fold(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    runut_store *self = sqlite3_user_data(context);
    const char *text = (const char *)sqlite3_value_text(values[0]);
    runut_slice folded;
    if (!text)
        return;
    if (runut_store_fold(self, (runut_slice){text, (size_t)sqlite3_value_bytes(values[0])}, &folded))
        sqlite3_result_text64(context, folded.at, folded.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    else
        sqlite3_result_error_nomem(context);
}

int runut_store_register_fold(runut_store *self)
{
    int code = runut_store_register_address(self);
    if (code != SQLITE_OK)
        return code;
    return sqlite3_create_function_v2(self->db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, self,
                                      fold, NULL, NULL, NULL);
}
