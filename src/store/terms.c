/* FTS5's view of our tokenizer. FTS5 asks for terms without saying what language they are in; the store therefore notes
 * the language of the article that it is about to index (text_language) and whether a query is being read. */
#include "store/internal.h"

#include <string.h>

#include "base/slice.h"

typedef struct fts_emit {
    void *context;
    int (*token)(void *, int, const char *, int, int, int);
} fts_emit;

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)arguments;
    (void)count;
    *out = context;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *self)
{
    (void)self;
}

static int emit(void *to, runut_slice term, uint32_t start, uint32_t end, bool same_place)
{
    fts_emit *self = to;
    return self->token(self->context, same_place ? FTS5_TOKEN_COLOCATED : 0, term.at, (int)term.size, (int)start,
                       (int)end);
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int size,
                    int (*token)(void *, int, const char *, int, int, int))
{
    runut_store *self = (runut_store *)tokenizer;
    fts_emit to = {context, token};
    bool query = (flags & FTS5_TOKENIZE_QUERY) != 0;
    return self->terms(self->terms_context, (runut_slice){text ? text : "", (size_t)(size < 0 ? 0 : size)},
                       self->text_language, query, emit, &to);
}

int runut_store_register_terms(runut_store *self)
{
    sqlite3_stmt *s = NULL;
    fts5_api *api = NULL;
    int code = sqlite3_prepare_v2(self->db, "SELECT fts5(?1)", -1, &s, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_bind_pointer(s, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(s);
    code = sqlite3_finalize(s);
    if (code != SQLITE_OK || !api)
        return code != SQLITE_OK ? code : SQLITE_ERROR;
    fts5_tokenizer tokenizer = {create, destroy, tokenize};
    return api->xCreateTokenizer(api, "runut", self, &tokenizer, NULL);
}
