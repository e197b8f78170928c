/* The delimiter of parts is CR LF "--" and the boundary. It holds no CR but the first, so when a match breaks off
 * nothing that was matched can begin another one: no byte is looked at twice, and what was matched in an earlier piece
 * need not be kept, since the delimiter itself says what it was.
 *
 *     PREAMBLE ─→ AFTER ─→ HEAD ─→ DATA ─→ AFTER … ─→ EPILOGUE
 *      delimiter    CR LF    blank line  delimiter  "--"
 *
 * The line end before the first delimiter, and the blank line before one that follows a head at once, may be the
 * delimiter's own: there it counts as matched already (`given`). */
#include "serve/form.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"

enum { MOST_BOUNDARY = 200, MOST_HEAD = 16384, LINE_END = 2 };

struct runut_form {
    runut_form_reader reader;
    enum { PREAMBLE, AFTER, HEAD, DATA, EPILOGUE } state;
    char delimiter[MOST_BOUNDARY + 5];
    size_t size;    /* of the delimiter */
    size_t matched; /* bytes of it that were the last ones given */
    size_t given;   /* of these, how many do not belong to the part whatever follows */
    char last[2];   /* AFTER: what came of "--" or CR LF */
    size_t lasts;
    bool blank;
    uint64_t taken;
    size_t head_size, line; /* of the part's head, and where its last line begins */
    char head[MOST_HEAD];
};

static int broken(const char *why, runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_INPUT, "the form is broken: %s", why);
}

static void restart(runut_form *self)
{
    self->matched = self->given = LINE_END;
}

runut_form *runut_form_new(const char *type, const runut_form_reader *reader, runut_error *error)
{
    runut_form *self = malloc(sizeof *self);
    if (!self) {
        runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
        return NULL;
    }
    memset(self, 0, offsetof(runut_form, head));
    self->reader = *reader;
    char *boundary = self->delimiter + 4;
    memcpy(self->delimiter, "\r\n--", 4);
    bool good = runut_field_parameter(type, "boundary", boundary, MOST_BOUNDARY + 1);
    for (const char *at = boundary; good && *at; at++)
        good = (unsigned char)*at >= ' ' && (unsigned char)*at < 127;
    if (!good || !*boundary || boundary[strlen(boundary) - 1] == ' ') {
        broken("Content-Type names no boundary that can be one", error);
        free(self);
        return NULL;
    }
    self->size = strlen(self->delimiter);
    restart(self);
    return self;
}

void runut_form_free(runut_form *self)
{
    free(self);
}

/* ---- a part's head ---- */

/* Cuts the next line of the head into name and value, in place. False at its end; *good becomes false where it is none.
 */
static bool next_field(char **rest, char **name, char **value, bool *good)
{
    char *end = strstr(*rest, "\r\n"), *colon = strchr(*rest, ':');
    if (!end || end == *rest)
        return false;
    *good = colon && colon < end && **rest != ' ' && **rest != '\t' && colon != *rest;
    if (!*good)
        return false;
    *end = *colon = '\0';
    *name = *rest;
    *value = colon + 1 + strspn(colon + 1, " \t");
    *rest = end + 2;
    return true;
}

/* No control characters, so that a field's value is one line and a C string holds it. */
static bool is_clean(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)text[i] < ' ' && !strchr("\t\r\n", text[i])) || text[i] == 127 || text[i] == '\0')
            return false;
    return true;
}

/* Is a part's content written as it is, in bytes? Nobody writes it otherwise since 2015 (RFC 7578, 4.7). */
static bool is_plain(const char *encoding)
{
    return strcasecmp(encoding, "binary") == 0 || strcasecmp(encoding, "8bit") == 0 ||
           strcasecmp(encoding, "7bit") == 0;
}

/* Reads the head, which is complete, and tells the reader. */
static int read_head(runut_form *self, runut_error *error)
{
    char name[1024] = "", file[4096];
    char *rest = self->head, *field, *value;
    bool good = is_clean(self->head, self->head_size), is_file = false;
    self->head[self->head_size] = '\0';
    while (good && next_field(&rest, &field, &value, &good)) {
        if (strcasecmp(field, "Content-Transfer-Encoding") == 0 && !is_plain(value))
            return broken("a part has a Content-Transfer-Encoding", error);
        if (strcasecmp(field, "Content-Disposition") != 0)
            continue;
        if (!runut_field_parameter(value, "name", name, sizeof name))
            name[0] = '\0';
        is_file = runut_field_file(value, file, sizeof file);
    }
    if (!good)
        return broken("a part's head is no list of fields", error);
    const runut_form_part part = {.name = name, .file = is_file ? file : NULL};
    self->head_size = self->line = 0;
    return self->reader.begin(self->reader.context, &part) ? RUNUT_OK : RUNUT_ERR_STOPPED;
}

/* ---- the states: each takes what is its own of `data`, and says in *used how much that was ---- */

static int take_after(runut_form *self, const char *data, size_t *used, runut_error *error)
{
    *used = 1;
    if ((*data == ' ' || *data == '\t') && self->lasts == 0) {
        self->blank = true;
        return RUNUT_OK;
    }
    self->last[self->lasts++] = *data;
    bool end = self->last[0] == '-' && !self->blank, line = self->last[0] == '\r';
    if (self->lasts == 1)
        return end || line ? RUNUT_OK : broken("something follows on a boundary", error);
    if (*data != (end ? '-' : '\n'))
        return broken("something follows on a boundary", error);
    self->state = end ? EPILOGUE : HEAD;
    self->lasts = 0;
    self->blank = false;
    return RUNUT_OK;
}

static int take_head(runut_form *self, const char *data, size_t size, size_t *used, runut_error *error)
{
    for (*used = 0; *used < size;) {
        if (self->head_size + 1 == MOST_HEAD)
            return broken("a part's head is too long", error);
        char c = data[(*used)++];
        self->head[self->head_size++] = c;
        if (c != '\n')
            continue;
        bool blank = self->head_size - self->line == LINE_END && self->head[self->line] == '\r';
        self->line = self->head_size;
        if (!blank)
            continue;
        self->state = DATA;
        restart(self);
        return read_head(self, error);
    }
    return RUNUT_OK;
}

/* Hands bytes to the reader; before the first part they are nobody's. */
static bool hand(runut_form *self, const char *data, size_t size)
{
    return size == 0 || self->state == PREAMBLE || self->reader.data(self->reader.context, data, size);
}

/* Goes through `data` up to the end of the next delimiter, whose first `carried` bytes came before it. */
static int take_data(runut_form *self, const char *data, size_t size, size_t *used)
{
    size_t carried = self->matched, i = 0;
    while (i < size && self->matched < self->size) {
        if (self->matched == 0) {
            const char *cr = memchr(data + i, '\r', size - i);
            i = cr ? (size_t)(cr - data) : size;
        }
        while (i < size && self->matched < self->size && data[i] == self->delimiter[self->matched]) {
            self->matched++;
            i++;
        }
        if (i == size || self->matched == self->size)
            break;
        if (carried > self->given && !hand(self, self->delimiter + self->given, carried - self->given))
            return RUNUT_ERR_STOPPED;
        carried = self->matched = self->given = 0;
    }
    *used = i;
    if (!hand(self, data, i - (self->matched - carried)))
        return RUNUT_ERR_STOPPED;
    if (self->matched < self->size)
        return RUNUT_OK;
    bool part = self->state == DATA;
    self->state = AFTER;
    return !part || self->reader.end(self->reader.context) ? RUNUT_OK : RUNUT_ERR_STOPPED;
}

int runut_form_take(runut_form *self, const char *data, size_t size, runut_error *error)
{
    int code = RUNUT_OK;
    for (size_t at = 0, used = 0; at < size && self->state != EPILOGUE && code == RUNUT_OK; at += used) {
        used = 0;
        if (self->state == AFTER)
            code = take_after(self, data + at, &used, error);
        else if (self->state == HEAD)
            code = take_head(self, data + at, size - at, &used, error);
        else
            code = take_data(self, data + at, size - at, &used);
        self->taken += used;
    }
    if (code == RUNUT_ERR_INPUT && error)
        error->byte = self->taken;
    if (code == RUNUT_ERR_STOPPED)
        runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    return code;
}

int runut_form_finish(const runut_form *self, runut_error *error)
{
    if (self->state == EPILOGUE)
        return RUNUT_OK;
    broken("it ends in the middle", error);
    if (error)
        error->byte = self->taken;
    return RUNUT_ERR_INPUT;
}
