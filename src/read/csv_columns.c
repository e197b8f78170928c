#include "read/csv_columns.h"

#include "base/buffer.h"
#include "base/slice.h"
#include "read/record.h"
#include "read/record_keys.h"

enum { LONGEST_NAME = 64 };

typedef struct column_name {
    const char *name; /* lower case, letters and digits only */
    unsigned char meaning, rank;
} column_name;

/* The names of JSON records (record.c) in their order, then what people call such columns. */
static const column_name names[] = {
    {"articlebody", RUNUT_COLUMN_BODY, 0},
    {"text", RUNUT_COLUMN_BODY, 1},
    {"maintext", RUNUT_COLUMN_BODY, 2},
    {"body", RUNUT_COLUMN_BODY, 3},
    {"content", RUNUT_COLUMN_BODY, 4},
    {"fulltext", RUNUT_COLUMN_BODY, 4},
    {"articletext", RUNUT_COLUMN_BODY, 4},
    {"bodytext", RUNUT_COLUMN_BODY, 4},
    {"article", RUNUT_COLUMN_BODY, 5},
    {"contents", RUNUT_COLUMN_BODY, 5},
    {"isi", RUNUT_COLUMN_BODY, 4},
    {"isiberita", RUNUT_COLUMN_BODY, 4},
    {"isiartikel", RUNUT_COLUMN_BODY, 4},
    {"cleanedtext", RUNUT_COLUMN_BODY, 4},
    {"teks", RUNUT_COLUMN_BODY, 4},
    {"konten", RUNUT_COLUMN_BODY, 4},
    {"kandungan", RUNUT_COLUMN_BODY, 4},
    {"texto", RUNUT_COLUMN_BODY, 4},
    {"contenido", RUNUT_COLUMN_BODY, 4},
    {"cuerpo", RUNUT_COLUMN_BODY, 4},
    {"conteudo", RUNUT_COLUMN_BODY, 4},
    {"texte", RUNUT_COLUMN_BODY, 4},
    {"contenu", RUNUT_COLUMN_BODY, 4},
    {"inhalt", RUNUT_COLUMN_BODY, 4},
    {"artikeltext", RUNUT_COLUMN_BODY, 4},
    {"tekst", RUNUT_COLUMN_BODY, 4},
    {"inhoud", RUNUT_COLUMN_BODY, 4},
    {"testo", RUNUT_COLUMN_BODY, 4},
    {"contenuto", RUNUT_COLUMN_BODY, 4},
    {"metin", RUNUT_COLUMN_BODY, 4},
    {"icerik", RUNUT_COLUMN_BODY, 4},
    {"html", RUNUT_COLUMN_PAGE, 0},
    {"rawhtml", RUNUT_COLUMN_PAGE, 1},
    {"id", RUNUT_COLUMN_ID, 0},
    {"identifier", RUNUT_COLUMN_ID, 2},
    {"articleid", RUNUT_COLUMN_ID, 3},
    {"guid", RUNUT_COLUMN_ID, 3},
    {"uuid", RUNUT_COLUMN_ID, 3},
    {"url", RUNUT_COLUMN_URL, 0},
    {"sourceurl", RUNUT_COLUMN_URL, 1},
    {"link", RUNUT_COLUMN_URL, 2},
    {"permalink", RUNUT_COLUMN_URL, 2},
    {"canonicallink", RUNUT_COLUMN_URL, 2},
    {"weburl", RUNUT_COLUMN_URL, 2},
    {"tautan", RUNUT_COLUMN_URL, 2},
    {"pautan", RUNUT_COLUMN_URL, 2},
    {"enlace", RUNUT_COLUMN_URL, 2},
    {"lien", RUNUT_COLUMN_URL, 2},
    {"publisher", RUNUT_COLUMN_PUBLISHER, 0},
    {"sitename", RUNUT_COLUMN_PUBLISHER, 1},
    {"hostname", RUNUT_COLUMN_PUBLISHER, 2},
    {"sourcedomain", RUNUT_COLUMN_PUBLISHER, 3},
    {"publication", RUNUT_COLUMN_PUBLISHER, 4},
    {"outlet", RUNUT_COLUMN_PUBLISHER, 4},
    {"medianame", RUNUT_COLUMN_PUBLISHER, 4},
    {"media", RUNUT_COLUMN_PUBLISHER, 4},
    {"newspaper", RUNUT_COLUMN_PUBLISHER, 4},
    {"source", RUNUT_COLUMN_PUBLISHER, 5},
    {"sumber", RUNUT_COLUMN_PUBLISHER, 5},
    {"fuente", RUNUT_COLUMN_PUBLISHER, 5},
    {"fonte", RUNUT_COLUMN_PUBLISHER, 5},
    {"quelle", RUNUT_COLUMN_PUBLISHER, 5},
    {"bron", RUNUT_COLUMN_PUBLISHER, 5},
    {"kaynak", RUNUT_COLUMN_PUBLISHER, 5},
    {"domain", RUNUT_COLUMN_PUBLISHER, 6},
    {"headline", RUNUT_COLUMN_HEADLINE, 0},
    {"title", RUNUT_COLUMN_HEADLINE, 1},
    {"name", RUNUT_COLUMN_HEADLINE, 2},
    {"judul", RUNUT_COLUMN_HEADLINE, 1},
    {"tajuk", RUNUT_COLUMN_HEADLINE, 1},
    {"titulo", RUNUT_COLUMN_HEADLINE, 1},
    {"titular", RUNUT_COLUMN_HEADLINE, 1},
    {"titre", RUNUT_COLUMN_HEADLINE, 1},
    {"titel", RUNUT_COLUMN_HEADLINE, 1},
    {"uberschrift", RUNUT_COLUMN_HEADLINE, 1},
    {"titolo", RUNUT_COLUMN_HEADLINE, 1},
    {"kop", RUNUT_COLUMN_HEADLINE, 2},
    {"baslik", RUNUT_COLUMN_HEADLINE, 1},
    {"datepublished", RUNUT_COLUMN_DATE, 0},
    {"date", RUNUT_COLUMN_DATE, 1},
    {"datepublish", RUNUT_COLUMN_DATE, 2},
    {"published", RUNUT_COLUMN_DATE, 3},
    {"publisheddate", RUNUT_COLUMN_DATE, 3},
    {"publishedat", RUNUT_COLUMN_DATE, 3},
    {"publishdate", RUNUT_COLUMN_DATE, 3},
    {"publicationdate", RUNUT_COLUMN_DATE, 3},
    {"pubdate", RUNUT_COLUMN_DATE, 3},
    {"tanggal", RUNUT_COLUMN_DATE, 3},
    {"tanggalterbit", RUNUT_COLUMN_DATE, 3},
    {"tarikh", RUNUT_COLUMN_DATE, 3},
    {"fecha", RUNUT_COLUMN_DATE, 3},
    {"data", RUNUT_COLUMN_DATE, 5},
    {"datum", RUNUT_COLUMN_DATE, 3},
    {"tarih", RUNUT_COLUMN_DATE, 3},
    {"timestamp", RUNUT_COLUMN_DATE, 4},
    {"inlanguage", RUNUT_COLUMN_LANGUAGE, 0},
    {"language", RUNUT_COLUMN_LANGUAGE, 1},
    {"lang", RUNUT_COLUMN_LANGUAGE, 2},
    {"bahasa", RUNUT_COLUMN_LANGUAGE, 2},
    {"idioma", RUNUT_COLUMN_LANGUAGE, 2},
    {"langue", RUNUT_COLUMN_LANGUAGE, 2},
    {"sprache", RUNUT_COLUMN_LANGUAGE, 2},
    {"author", RUNUT_COLUMN_AUTHOR, 0},
    {"authors", RUNUT_COLUMN_AUTHOR, 1},
    {"byline", RUNUT_COLUMN_AUTHOR, 2},
    {"penulis", RUNUT_COLUMN_AUTHOR, 2},
    {"wartawan", RUNUT_COLUMN_AUTHOR, 2},
    {"autor", RUNUT_COLUMN_AUTHOR, 2},
    {"auteur", RUNUT_COLUMN_AUTHOR, 2},
    {"autore", RUNUT_COLUMN_AUTHOR, 2},
    {"yazar", RUNUT_COLUMN_AUTHOR, 2},
    {"abstract", RUNUT_COLUMN_STANDFIRST, 0},
    {"credittext", RUNUT_COLUMN_CREDIT, 0},
    {"datepublishedfrom", RUNUT_COLUMN_DATE_FROM, 0},
    {"kind", RUNUT_COLUMN_KIND, 0},
    {"file", RUNUT_COLUMN_FOUND, 0},
};

/* ---- names ---- */

/* Letters and digits in lower case: "Date_Published" is datePublished. False where this is no name. */
static bool plain_name(runut_slice name, char out[LONGEST_NAME + 1])
{
    size_t size = 0;
    name = runut_slice_trim(name);
    if (name.size > LONGEST_NAME)
        return false;
    for (size_t i = 0; i < name.size; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if (c < ' ')
            return false;
        if (runut_is_alpha(c) || runut_is_digit(c))
            out[size++] = runut_lower(c);
        else if (c == 0xC3 && i + 1 < name.size) { /* accents of Latin-1 */
            static const char letters[] = "aaaaaa?ceeeeiiii?nooooo?ouuuuy??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y";
            out[size++] = letters[(unsigned char)name.at[++i] & 0x3F];
        }
    }
    out[size] = '\0';
    return true;
}

static bool read_name(runut_slice name, runut_csv_columns *out)
{
    char plain[LONGEST_NAME + 1];
    if (!plain_name(name, plain) || out->count == RUNUT_CSV_COLUMNS)
        return false;
    size_t i = out->count++;
    out->meaning[i] = RUNUT_COLUMN_OTHER;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strcmp(plain, names[k].name) == 0) {
            out->meaning[i] = names[k].meaning;
            out->rank[i] = names[k].rank;
        }
    return true;
}

/* A quoted name without its marks; names that hold marks are none. */
static runut_slice name_field(runut_slice *row, char delimiter, bool *more)
{
    runut_slice field;
    const char *end = row->size ? memchr(row->at, delimiter, row->size) : NULL;
    *more = end != NULL;
    field = runut_slice_trim(runut_slice_part(*row, 0, end ? (size_t)(end - row->at) : row->size));
    *row = end ? runut_slice_part(*row, (size_t)(end - row->at) + 1, row->size) : (runut_slice){"", 0};
    if (field.size > 1 && field.at[0] == '"' && field.at[field.size - 1] == '"')
        field = runut_slice_part(field, 1, field.size - 1);
    return field;
}

bool runut_csv_columns_read(runut_slice row, char delimiter, runut_csv_columns *out)
{
    *out = (runut_csv_columns){.delimiter = delimiter};
    size_t known = 0, text = 0;
    for (bool more = true; more;)
        if (!read_name(name_field(&row, delimiter, &more), out))
            return false;
    for (size_t i = 0; i < out->count; i++) {
        known += out->meaning[i] != RUNUT_COLUMN_OTHER;
        text += out->meaning[i] == RUNUT_COLUMN_BODY || out->meaning[i] == RUNUT_COLUMN_PAGE;
    }
    return text && known > 1;
}

bool runut_csv_columns_find(runut_slice row, runut_csv_columns *out)
{
    static const char delimiters[] = ",;\t|";
    for (size_t i = 0; delimiters[i]; i++)
        if (runut_csv_columns_read(row, delimiters[i], out))
            return true;
    return false;
}

bool runut_csv_columns_known(runut_slice row)
{
    static const char delimiters[] = ",;\t|";
    for (size_t k = 0; delimiters[k]; k++) {
        runut_csv_columns columns;
        size_t known = 0;
        runut_csv_columns_read(row, delimiters[k], &columns);
        for (size_t i = 0; i < columns.count; i++)
            known += columns.meaning[i] != RUNUT_COLUMN_OTHER;
        if (columns.count > 2 && known > 1)
            return true;
    }
    return false;
}

/* ---- fields ---- */

/* `quoted` begins behind the mark; what stands behind the closing one up to the delimiter belongs to the field too. */
static runut_slice quoted_field(runut_arena *arena, runut_slice quoted, char delimiter, size_t *used)
{
    runut_buffer out = runut_buffer_new(arena, quoted.size);
    size_t at = 0;
    for (;;) {
        const char *mark = at < quoted.size ? memchr(quoted.at + at, '"', quoted.size - at) : NULL;
        size_t end = mark ? (size_t)(mark - quoted.at) : quoted.size;
        bool twice = end + 1 < quoted.size && quoted.at[end + 1] == '"';
        if (at == 0 && !twice && (end + 1 >= quoted.size || quoted.at[end + 1] == delimiter)) {
            *used = end + 1 < quoted.size ? end + 1 : quoted.size;
            return runut_slice_part(quoted, 0, end); /* nothing to undo: mostly */
        }
        runut_buffer_add(&out, runut_slice_part(quoted, at, end + twice));
        at = end + 1 + twice;
        if (!twice)
            break;
    }
    const char *stop = at < quoted.size ? memchr(quoted.at + at, delimiter, quoted.size - at) : NULL;
    *used = stop ? (size_t)(stop - quoted.at) : quoted.size;
    runut_buffer_add(&out, runut_slice_part(quoted, at, *used));
    return runut_buffer_slice(&out);
}

runut_slice runut_csv_field(runut_arena *arena, runut_slice *row, char delimiter, bool *more)
{
    runut_slice field;
    size_t used;
    if (row->size && row->at[0] == '"') {
        field = quoted_field(arena, runut_slice_part(*row, 1, row->size), delimiter, &used);
        used++;
    } else {
        const char *end = row->size ? memchr(row->at, delimiter, row->size) : NULL;
        used = end ? (size_t)(end - row->at) : row->size;
        field = runut_slice_part(*row, 0, used);
    }
    *more = used < row->size;
    *row = runut_slice_part(*row, used + 1, row->size);
    return field;
}

/* ---- captures ---- */

static runut_slice *slice_of(runut_capture *c, unsigned meaning, runut_slice *page, runut_slice *author,
                             runut_slice *credit)
{
    runut_slice *const slices[RUNUT_COLUMNS] = {[RUNUT_COLUMN_BODY] = &c->bytes,
                                                [RUNUT_COLUMN_PAGE] = page,
                                                [RUNUT_COLUMN_ID] = &c->id,
                                                [RUNUT_COLUMN_URL] = &c->url,
                                                [RUNUT_COLUMN_PUBLISHER] = &c->publisher,
                                                [RUNUT_COLUMN_HEADLINE] = &c->headline,
                                                [RUNUT_COLUMN_DATE] = &c->date_published,
                                                [RUNUT_COLUMN_LANGUAGE] = &c->language,
                                                [RUNUT_COLUMN_AUTHOR] = author,
                                                [RUNUT_COLUMN_STANDFIRST] = &c->standfirst,
                                                [RUNUT_COLUMN_CREDIT] = credit,
                                                [RUNUT_COLUMN_DATE_FROM] = &c->date_from,
                                                [RUNUT_COLUMN_KIND] = &c->page_kind,
                                                [RUNUT_COLUMN_FOUND] = &c->found};
    return slices[meaning];
}

bool runut_csv_capture(runut_arena *arena, const runut_csv_columns *columns, const runut_slice *fields,
                       runut_capture *capture)
{
    runut_slice page = {"", 0}, author = {"", 0}, credit = {"", 0};
    unsigned ranks[RUNUT_COLUMNS] = {0}; /* one more than that of what was taken; 0 = nothing */
    for (size_t i = 0; i < columns->count; i++) {
        runut_slice *to = slice_of(capture, columns->meaning[i], &page, &author, &credit);
        unsigned *rank = &ranks[columns->meaning[i]];
        runut_slice text = runut_slice_trim(fields[i]);
        if (!to || text.size == 0 || runut_record_is_missing(text) || (*rank && *rank <= columns->rank[i] + 1u))
            continue;
        *to = text;
        *rank = columns->rank[i] + 1u;
    }
    runut_record_authors(arena, author, &capture->authors);
    capture->date_published = runut_record_date(arena, capture->date_published);
    if (credit.size)
        RUNUT_PUSH(arena, capture->credits, credit);
    capture->kind = capture->bytes.size ? RUNUT_CAPTURE_ARTICLE : RUNUT_CAPTURE_HTML;
    if (capture->bytes.size == 0)
        capture->bytes = page;
    return capture->bytes.size != 0;
}
