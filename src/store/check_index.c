/* Does the full text index hold what the articles say? FTS5's own check wants to write, and asks for terms without
 * saying of what language; so the two are compared here. Of every term at every place a hash is taken; those of an
 * article's text come into its sum, those that the index holds of it come off again: what is left is 0 where both are
 * the same, in whatever order they came. */
#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "store/check_parts.h"

enum { MOST_TERM = 32768 /* FTS5 cuts longer ones */, COLUMNS = 2 };

typedef struct counting {
    uint64_t sum;
    uint32_t column;
    int64_t words; /* places taken */
} counting;

uint64_t runut_store_check_hash(runut_slice term, uint32_t column, int64_t place)
{
    term.size = term.size < MOST_TERM ? term.size : MOST_TERM;
    uint64_t h = runut_slice_hash(term) ^ (((uint64_t)column << 40) + (uint64_t)place + 1) * 0x9E3779B97F4A7C15u;
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9u; /* splitmix64's mixing (Steele, Lea and Flood, 2014) */
    h = (h ^ h >> 27) * 0x94D049BB133111EBu;
    return h ^ h >> 31;
}

static int count_term(void *to, runut_slice term, uint32_t start, uint32_t end, bool same_place)
{
    counting *self = to;
    (void)start;
    (void)end;
    if (!same_place || self->words == 0)
        self->words++;
    self->sum += runut_store_check_hash(term, self->column, self->words - 1);
    return 0;
}

/* SQLite's numbers of 7 bits a byte, the highest first. */
static size_t put_number(uint64_t number, unsigned char *out)
{
    unsigned char back[10];
    size_t size = 0;
    do
        back[size++] = (unsigned char)(number & 0x7f);
    while (number >>= 7);
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)(back[size - 1 - i] | (i + 1 < size ? 0x80 : 0));
    return size;
}

int runut_store_check_terms(runut_store_check *self, const runut_row *row)
{
    runut_store *store = self->store;
    const runut_slice texts[COLUMNS] = {row->headline, row->body};
    unsigned char sizes[20];
    size_t used = 0;
    for (uint32_t k = 0; k < COLUMNS; k++) {
        counting of = {.column = k};
        if (store->terms(store->terms_context, texts[k], row->language, false, count_term, &of) != 0)
            return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
        self->terms[row->number] += of.sum;
        self->words[k] += (uint64_t)of.words;
        used += put_number((uint64_t)of.words, sizes + used);
    }
    self->terms[row->number] += runut_slice_hash((runut_slice){(const char *)sizes, used});
    return RUNUT_OK;
}

/* What the index holds of an article; one beyond all others is told among the references. */
static void take_off(runut_store_check *self, int64_t article, uint64_t hash)
{
    if (article >= 1 && article <= self->highest)
        self->terms[article] -= hash;
}

/* The reading of the index in its order: what stands there of the term in hand, and what a search for it finds. */
typedef struct reading {
    sqlite3_stmt *search;
    uint64_t term; /* hash */
    uint64_t stand, found;
    uint64_t lost; /* terms of which a search does not find all */
} reading;

static int next_term(runut_store_check *self, reading *r, runut_slice term)
{
    r->lost += r->stand != r->found;
    r->term = runut_slice_hash(term);
    r->stand = r->found = 0;
    if (!term.size)
        return RUNUT_OK;
    sqlite3_reset(r->search);
    runut_store_bind(r->search, 1, term);
    int step = sqlite3_step(r->search);
    if (step != SQLITE_ROW)
        return runut_store_check_failed(self, step, "article_text");
    r->found = (uint64_t)sqlite3_column_int64(r->search, 0);
    return RUNUT_OK;
}

static int each_term(runut_store_check *self, reading *r)
{
    static const char sql[] = "SELECT doc, col = 'body', offset, term FROM temp.runut_check_terms";
    sqlite3_stmt *s = NULL;
    uint64_t done = 0, before = self->findings;
    int code;
    while (runut_store_check_row(self, &s, sql, &code)) {
        runut_slice term = runut_store_column(s, 3);
        if ((runut_slice_hash(term) != r->term || done == 0) && self->findings == before)
            code = next_term(self, r, term);
        if (code != RUNUT_OK)
            break;
        r->stand++;
        take_off(self, sqlite3_column_int64(s, 0),
                 runut_store_check_hash(term, (uint32_t)sqlite3_column_int(s, 1), sqlite3_column_int64(s, 2)));
        if (++done % 100000 == 0)
            runut_store_check_progress(self, done, self->words[0] + self->words[1]);
    }
    sqlite3_finalize(s);
    return code == RUNUT_OK ? next_term(self, r, (runut_slice){"", 0}) : code;
}

static int read_terms(runut_store_check *self)
{
    static const char search[] = "SELECT count(*) FROM temp.runut_check_terms WHERE term = ?1";
    reading r = {0};
    uint64_t before = self->findings;
    int code = sqlite3_prepare_v2(self->store->db, search, -1, &r.search, NULL);
    code = code == SQLITE_OK ? each_term(self, &r) : runut_store_check_failed(self, code, "article_text");
    sqlite3_finalize(r.search);
    if (code == RUNUT_OK && r.lost && self->findings == before)
        runut_store_check_tell(self, "article_text", "a search does not find all that the index holds: %llu terms",
                               (unsigned long long)r.lost);
    return code;
}

static int read_sizes(runut_store_check *self)
{
    sqlite3_stmt *s = NULL;
    int code;
    while (runut_store_check_row(self, &s, "SELECT id, sz FROM article_text_docsize", &code))
        take_off(self, sqlite3_column_int64(s, 0), runut_slice_hash(runut_store_column(s, 1)));
    return code;
}

/* How many articles and words the index thinks there are: of these it makes the order of what it finds. */
static int check_averages(runut_store_check *self)
{
    unsigned char wanted[30];
    size_t size = put_number(self->counts.articles, wanted);
    sqlite3_stmt *s = NULL;
    int code;
    for (int k = 0; k < COLUMNS; k++)
        size += put_number(self->words[k], wanted + size);
    while (runut_store_check_row(self, &s, "SELECT block FROM article_text_data WHERE id = 1", &code)) {
        runut_slice have = runut_store_column(s, 0);
        bool empty = self->counts.articles == 0 && have.size == 0;
        if (!empty && (have.size != size || memcmp(have.at, wanted, size) != 0))
            runut_store_check_tell(self, "article_text", "does not count the articles and words that there are");
    }
    return code;
}

int runut_store_check_index(runut_store_check *self)
{
    static const char make[] = "CREATE VIRTUAL TABLE temp.runut_check_terms"
                               " USING fts5vocab('main', 'article_text', 'instance')";
    runut_store_check_part(self, "index");
    int code = sqlite3_exec(self->store->db, make, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return runut_store_check_failed(self, code, "article_text");
    uint64_t before = self->findings;
    code = read_terms(self);
    if (code == RUNUT_OK)
        code = read_sizes(self);
    bool readable = self->findings == before;
    for (uint32_t i = 1; i <= self->highest && code == RUNUT_OK && readable; i++)
        if (self->terms[i]) {
            char place[16];
            snprintf(place, sizeof place, "a%u", i);
            runut_store_check_tell(self, place, "the full text index does not agree with its text");
        }
    if (code == RUNUT_OK && readable)
        code = check_averages(self);
    return code == RUNUT_OK ? runut_store_check_quotations(self) : code;
}
