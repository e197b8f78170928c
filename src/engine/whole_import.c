/* A store made of what runut_export_whole wrote (whole_export.c). Line by line, one article held at a time; each line
 * comes into the sum that the last one names, so that a file that was cut off or changed is told. The store is written
 * beside the place where it shall be (new_store.h): what goes wrong leaves none. What is read may come from anybody: a
 * line is judged as `runut check` judges an article before it is written, and the whole once more in the end. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "engine/new_store.h"
#include "engine/recorded.h"
#include "engine/upkeep.h"
#include "engine/whole.h"
#include "read/input.h"
#include "runut/upkeep.h"
#include "store/whole.h"

enum { MOST_LINE = 256 << 20, BATCH = 512, EVENTS_OF_ONE = 16, EVENTS_ANYWAY = 1000 };

typedef struct importing {
    const runut_import_options *options;
    runut *new;
    runut_input *input;
    runut_arena *arena; /* of the line in hand; the engine's own is the judge's */
    runut_error *error;
    uLong sum;             /* CRC-32 of all lines so far */
    uint64_t lines, byte;  /* before the line in hand; where it begins */
    runut_whole_kind kind; /* of the line before */
    runut_whole_value header[RUNUT_WHOLE_KEYS];
    int64_t articles, events, last; /* last: number of the line before, of the same kind */
    size_t batch;                   /* rows that are not committed yet */
    char *path;
} importing;

/* ---- what is wrong with a line ---- */

static int refuse(importing *self, const char *what)
{
    return runut_error_set(self->error, RUNUT_ERR_INPUT, "%s", what);
}

static void on_finding(void *context, const char *part, const char *place, const char *what)
{
    importing *self = context;
    (void)part;
    if (self->error->code == RUNUT_OK)
        runut_error_set(self->error, RUNUT_ERR_INPUT, "%s: %s", place, what);
}

/* As the check of a store judges it. */
static int judge(importing *self, const runut_row *row, runut_slice lines)
{
    char place[16];
    runut_store_check check = {.on_finding = on_finding, .context = self, .part = "articles"};
    for (int i = 0; i < RUNUT_SUMS; i++)
        check.fits[i] = true;
    snprintf(place, sizeof place, "a%u", row->number);
    self->error->code = RUNUT_OK;
    runut_check_article(self->new, &check, place, row);
    runut_check_lines(&check, place, lines);
    return check.findings ? RUNUT_ERR_INPUT : RUNUT_OK;
}

/* ---- writing ---- */

static int next_batch(importing *self)
{
    runut_store *store = self->new->store;
    if (self->batch++ == 0)
        return runut_store_begin(store, self->error);
    if (self->batch <= BATCH)
        return RUNUT_OK;
    self->batch = 1;
    int code = runut_store_commit(store, self->error);
    return code == RUNUT_OK ? runut_store_begin(store, self->error) : code;
}

static bool read_hash(runut_slice text, char out[16])
{
    for (size_t i = 0; i < text.size && i < 32; i++) {
        const char *digits = "0123456789abcdef", *digit = text.at[i] ? strchr(digits, text.at[i]) : NULL;
        if (!digit)
            return false;
        out[i / 2] = (char)(i % 2 ? out[i / 2] | (digit - digits) : (digit - digits) << 4);
    }
    return text.size == 32;
}

static int read_article(importing *self, const runut_whole_value *v, runut_prepared *p, char hash[16])
{
    runut_row *row = &p->row;
    *p = (runut_prepared){.what = RUNUT_ADDED_STORED};
    *row = (runut_row){.number = (uint32_t)v[RUNUT_ARTICLE_NUMBER].number,
                       .hash = {hash, 16},
                       .id = v[RUNUT_ARTICLE_ID].text,
                       .named = v[RUNUT_ARTICLE_NAMED].number != 0,
                       .file = v[RUNUT_ARTICLE_FILE].text,
                       .url = v[RUNUT_ARTICLE_URL].text,
                       .language = v[RUNUT_ARTICLE_LANGUAGE].text,
                       .headline = v[RUNUT_ARTICLE_HEADLINE].text,
                       .publisher = v[RUNUT_ARTICLE_PUBLISHER].text,
                       .day = (runut_day)v[RUNUT_ARTICLE_DAY].number,
                       .event = (uint32_t)v[RUNUT_ARTICLE_EVENT].number,
                       .body = v[RUNUT_ARTICLE_BODY].text,
                       .record = v[RUNUT_ARTICLE_RECORD].text,
                       .relation = v[RUNUT_ARTICLE_RELATION].text};
    if (!read_hash(v[RUNUT_ARTICLE_HASH].text, hash))
        return refuse(self, "'hash' is not 32 hexadecimal digits");
    if (!runut_base64_decode(self->arena, v[RUNUT_ARTICLE_DIGEST].text, &row->digest))
        return refuse(self, "'digest' is no Base64");
    if (v[RUNUT_ARTICLE_LINES].text.size)
        p->lines = runut_lines_pack_text(self->arena, v[RUNUT_ARTICLE_LINES].text);
    return judge(self, row, p->lines);
}

static int must_be_new(importing *self, const runut_row *row)
{
    uint32_t known = 0;
    int code = runut_store_known(self->new->store, row->hash, &known, self->error);
    if (code == RUNUT_OK && known)
        return refuse(self, "an article of this hash came before");
    if (code == RUNUT_OK)
        code = runut_store_id_taken(self->new->store, row->id, &known, self->error);
    return code == RUNUT_OK && known ? refuse(self, "an article of this id came before") : code;
}

static int put_article(importing *self, const runut_whole_value *v)
{
    runut_store *store = self->new->store;
    runut_prepared p;
    runut_slices about = {0};
    char hash[16] = "";
    int64_t of = 0;
    int code = read_article(self, v, &p, hash);
    if (code == RUNUT_OK && !runut_relation_read(self->arena, p.row.relation, &about, &of))
        code = refuse(self, "'relation' is not as it should be");
    if (code == RUNUT_OK)
        code = must_be_new(self, &p.row);
    if (code != RUNUT_OK)
        return code;
    runut_prepare_recorded(self->arena, &p);
    runut_slice relation = p.row.relation;
    uint32_t event = p.row.event;
    code = runut_store_insert(store, &p.row, p.names, p.name_count, self->error);
    if (code == RUNUT_OK && p.lines.size)
        code = runut_store_put_lines(store, p.row.number, p.lines, self->error);
    if (code == RUNUT_OK)
        code = runut_store_relate(store, p.row.number, event, (uint32_t)of, relation, self->error);
    if (code == RUNUT_OK)
        code = runut_store_dispute(store, p.row.number, &about, self->error);
    self->articles++;
    if (self->options->on_progress)
        self->options->on_progress(self->options->context, (uint64_t)self->articles, (uint64_t)self->header[2].number);
    return code;
}

/* The relater has a place for each number up to the greatest. */
static int put_event(importing *self, const runut_whole_value *v)
{
    int64_t most = EVENTS_ANYWAY + EVENTS_OF_ONE * self->articles;
    if (v[0].number > most || v[1].number > most)
        return refuse(self, "a number of an event or a story that is too large for so few articles");
    if (v[3].number > 9999 || v[4].number > 12)
        return refuse(self, "a year or a month that is none");
    const runut_event event = {.event = (uint32_t)v[0].number,
                               .story = (uint32_t)v[1].number,
                               .day = (runut_day)v[2].number,
                               .year = (int16_t)v[3].number,
                               .month = (int8_t)v[4].number,
                               .title = (uint32_t)v[5].number,
                               .articles = (uint32_t)v[6].number};
    self->events++;
    return runut_store_event_put(self->new->store, &event, v[7].text, self->error);
}

static int put_row(importing *self, const runut_whole_line *line)
{
    runut_whole_row row = {.text = {"", 0}};
    size_t number = 0;
    const runut_whole_key *keys = runut_whole_keys[line->kind];
    for (int k = 0; keys[k].name; k++)
        if (keys[k].type == RUNUT_VALUE_TEXT)
            row.text = line->values[k].text;
        else
            row.numbers[number++] = line->values[k].number;
    return runut_store_whole_put(self->new->store, (runut_whole)(line->kind - RUNUT_LINE_EVENT), &row, self->error);
}

/* ---- lines ---- */

static int take_header(importing *self, const runut_whole_line *line)
{
    memcpy(self->header, line->values, sizeof self->header);
    self->header[0].text = (runut_slice){"", 0}; /* goes with the line */
    if (line->values[1].number > RUNUT_WHOLE_FORMAT)
        return runut_error_set(self->error, RUNUT_ERR_INPUT,
                               "written by a newer runut (%.*s, format %lld; this one knows %d)",
                               (int)(line->values[0].text.size < 40 ? line->values[0].text.size : 40),
                               line->values[0].text.at, (long long)line->values[1].number, RUNUT_WHOLE_FORMAT);
    return line->values[1].number == RUNUT_WHOLE_FORMAT ? RUNUT_OK : refuse(self, "of a format that never was");
}

static int take_end(importing *self, const runut_whole_line *line)
{
    char sum[17];
    snprintf(sum, sizeof sum, "%08lx", self->sum);
    if (line->values[0].number != (int64_t)self->lines)
        return refuse(self, "lines are missing before this one, or are too many");
    if (!runut_slice_is(line->values[1].text, sum))
        return refuse(self, "the checksum does not fit: the lines before it are not as they were written");
    if (self->articles != self->header[2].number || self->events != self->header[3].number)
        return refuse(self, "not as many articles and events as the first line says");
    return RUNUT_OK;
}

/* Kinds come in their order, and within one the numbers. */
static int in_order(importing *self, const runut_whole_line *line)
{
    int64_t number = line->values[0].number;
    if (self->kind == RUNUT_LINE_END)
        return refuse(self, "stands behind the last line");
    if ((self->lines == 0) != (line->kind == RUNUT_LINE_HEADER))
        return refuse(self, self->lines ? "a first line, in the middle" : "no store that runut export --whole wrote");
    if (line->kind < self->kind)
        return refuse(self, "not in its order");
    bool numbered = line->kind != RUNUT_LINE_COUNTER && line->kind != RUNUT_LINE_END && line->kind != RUNUT_LINE_HEADER;
    if (numbered && line->kind == self->kind && number <= self->last)
        return refuse(self, "its number is not above that of the line before");
    self->kind = line->kind;
    self->last = number;
    return RUNUT_OK;
}

static int take_parsed(importing *self, const runut_whole_line *line)
{
    int code = in_order(self, line);
    if (code == RUNUT_OK && line->kind == RUNUT_LINE_HEADER)
        return take_header(self, line);
    if (code == RUNUT_OK && line->kind == RUNUT_LINE_END)
        return take_end(self, line);
    if (code == RUNUT_OK)
        code = next_batch(self);
    if (code != RUNUT_OK)
        return code;
    if (line->kind == RUNUT_LINE_ARTICLE)
        return put_article(self, line->values);
    if (line->kind == RUNUT_LINE_VERSION)
        return runut_store_version_put(self->new->store, (uint32_t)line->values[0].number,
                                       (uint32_t)line->values[1].number, self->error);
    return line->kind == RUNUT_LINE_EVENT ? put_event(self, line->values) : put_row(self, line);
}

static int take_line(importing *self, runut_slice text)
{
    runut_whole_line line;
    runut_arena_reset(self->arena);
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "a line needs more memory than one may");
    *self->error = (runut_error){0};
    int code = runut_whole_line_read(self->arena, text, &line, self->error);
    if (code == RUNUT_OK)
        code = take_parsed(self, &line);
    self->sum = crc32_z(crc32_z(self->sum, (const Bytef *)text.at, text.size), (const Bytef *)"\n", 1);
    self->lines++;
    return code;
}

static int take_lines(importing *self)
{
    bool end = false;
    for (;;) {
        runut_slice line;
        int code = runut_input_line(self->input, MOST_LINE, &line, &self->byte, &end, self->error);
        if (code != RUNUT_OK || end)
            return code;
        if (self->options->stop && __atomic_load_n(self->options->stop, __ATOMIC_RELAXED))
            return runut_error_set(self->error, RUNUT_ERR_STOPPED, "stopped");
        code = take_line(self, line);
        if (code != RUNUT_OK)
            return code;
    }
}

/* ---- the whole ---- */

static int fill(importing *self, const char *from)
{
    int code = take_lines(self);
    bool place = code == RUNUT_ERR_INPUT;
    if (code == RUNUT_OK && self->kind != RUNUT_LINE_END) {
        code = runut_error_set(self->error, RUNUT_ERR_INPUT,
                               self->lines ? "ends before its last line: it was cut off" : "is empty");
        self->lines++;
        place = true;
    }
    if (place)
        runut_error_place(self->error, runut_slice_of(from), self->lines, self->byte + self->error->byte);
    if (code == RUNUT_OK && self->batch)
        code = runut_store_commit(self->new->store, self->error);
    return code;
}

static int make(importing *self, const char *from, const char *to)
{
    self->input = runut_input_open(from, self->error);
    self->arena = runut_arena_new(RUNUT_ARTICLE_ARENA);
    if (!self->input)
        return self->error->code;
    if (!self->arena)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    int code = runut_open(self->path, 0, &self->new, self->error);
    if (code != RUNUT_OK)
        return code;
    runut_store_keep_arrivals(self->new->store);
    code = fill(self, from);
    if (code == RUNUT_OK)
        code = runut_new_store_seal(&self->new, self->path, to, self->options->stop, self->error);
    return code == RUNUT_OK ? runut_new_store_name(self->path, to, self->error) : code;
}

int runut_import(const char *from, const char *to, const runut_import_options *options, runut_import_report *report,
                 runut_error *error)
{
    static const runut_import_options none = {0};
    runut_error own;
    struct stat of;
    importing self = {.options = options ? options : &none, .error = error ? error : &own};
    *self.error = (runut_error){0};
    if (lstat(to, &of) == 0)
        return runut_error_set(self.error, RUNUT_ERR_USE, "%s is there already: import makes a new store", to);
    self.path = malloc(strlen(to) + 64);
    if (!self.path)
        return runut_error_set(self.error, RUNUT_ERR_MEMORY, "out of memory");
    sprintf(self.path, "%s-import-%ld", to, (long)getpid());
    int code = make(&self, from, to);
    runut_close(self.new);
    runut_new_store_remove(self.path, false);
    runut_input_close(self.input);
    runut_arena_free(self.arena);
    free(self.path);
    if (report)
        *report = (runut_import_report){.articles = (uint64_t)self.articles, .events = (uint64_t)self.events};
    return code;
}
