/* Brackets are counted outside of strings, which is all it takes to find the end of a value that is sound. Whether it
 * is sound is for who takes it; where one is not, the next comma or bracket on its level still is found mostly. */
#include "read/json_values.h"

#include <string.h>

#include "base/error.h"
#include "base/slice.h"

enum { STEP = 64 * 1024, RECORD_MARK = 0x1E /* RFC 7464 has one before each value */ };

static int fail(runut_json_values *self, const char *why, runut_error *error)
{
    runut_error_set(error, RUNUT_ERR_INPUT, "broken JSON: %s", why);
    if (error)
        error->byte = runut_input_at(self->input);
    return RUNUT_ERR_INPUT;
}

/* The next byte that is no white space, not taken; -1 at the end. */
static int peek(runut_json_values *self)
{
    for (;;) {
        runut_slice there = runut_input_ahead(self->input, 1);
        size_t i = 0;
        while (i < there.size && (runut_is_space((unsigned char)there.at[i]) || there.at[i] == RECORD_MARK))
            i++;
        runut_input_take(self->input, i);
        if (i < there.size)
            return (unsigned char)there.at[i];
        if (there.size == 0)
            return -1;
    }
}

/* What was seen of a value. */
typedef struct looking {
    size_t depth;
    bool string, escape, done;
} looking;

/* Within a string: offset of the next mark or backslash. A window at a time, so that many of them cost no more. */
static size_t plain_end(runut_slice text, size_t at)
{
    enum { WINDOW = 64 };
    while (at < text.size) {
        size_t size = text.size - at < WINDOW ? text.size - at : WINDOW;
        const char *mark = memchr(text.at + at, '"', size);
        const char *escape = memchr(text.at + at, '\\', mark ? (size_t)(mark - text.at) - at : size);
        if (escape || mark)
            return (size_t)((escape ? escape : mark) - text.at);
        at += size;
    }
    return at;
}

/* Goes on in `text` from `at`; offset behind the value's end, or behind all. */
static size_t look_on(looking *self, runut_slice text, size_t at)
{
    for (; at < text.size; at++) {
        if (self->string && !self->escape)
            at = plain_end(text, at);
        if (at == text.size)
            break;
        char c = text.at[at];
        if (self->string) {
            self->string = self->escape || c != '"';
            self->escape = !self->escape && c == '\\';
            continue;
        }
        bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
        if (self->depth == 0 && !opens && c != '"' && (closes || c == ',' || runut_is_space((unsigned char)c))) {
            self->done = true;
            return at; /* of a number or a word: it ends before what follows */
        }
        self->string = c == '"';
        self->depth += opens;
        self->depth -= closes;
        if (closes && self->depth == 0) {
            self->done = true;
            return at + 1;
        }
    }
    return at;
}

/* Takes what is too large up to its end. */
static int pass_over(runut_json_values *self, looking *look, size_t seen, runut_error *error)
{
    int code = runut_error_set(error, RUNUT_ERR_INPUT, "record larger than %zu MiB, the limit for one record",
                               self->most >> 20);
    error->byte = runut_input_at(self->input);
    runut_input_take(self->input, seen);
    while (!look->done) {
        runut_slice there = runut_input_ahead(self->input, 1);
        if (there.size == 0)
            break;
        runut_input_take(self->input, look_on(look, there, 0));
    }
    return code;
}

static int cut_value(runut_json_values *self, runut_slice *value, runut_error *error)
{
    looking look = {0};
    size_t seen = 0;
    while (!look.done) {
        runut_slice there = runut_input_ahead(self->input, seen + 1);
        if (there.size <= seen) { /* cut off: whoever checks it tells */
            self->ended = runut_input_failure(self->input, error) != RUNUT_OK;
            self->array = false; /* its end is told already */
            break;
        }
        seen = look_on(&look, there, seen);
        if (seen > self->most)
            return pass_over(self, &look, seen, error);
    }
    if (self->ended)
        return RUNUT_ERR_INPUT;
    *value = runut_slice_part(runut_input_ahead(self->input, seen), 0, seen);
    runut_input_take(self->input, seen);
    return RUNUT_OK;
}

/* Behind a value: on to where the next one begins. False where there is none, or with `why`. */
static bool go_on(runut_json_values *self, const char **why)
{
    for (int byte; (byte = peek(self)) >= 0; runut_input_take(self->input, 1)) {
        if (self->array && byte == ']') {
            *why = self->comma ? "a comma with nothing behind it" : NULL;
            self->array = self->after = self->comma = false;
            if (*why)
                return false;
        } else if (self->array && byte == ',') {
            if (!self->after) {
                *why = "a comma with nothing before it";
                return false;
            }
            self->after = false;
            self->comma = true;
        } else if (self->array) {
            *why = self->after ? "',' or the end of a list is missing" : NULL;
            return !*why;
        } else if (byte == '[') {
            self->array = self->was_list = true;
            self->after = self->comma = false;
        } else {
            *why = byte != '{' && (self->after || self->was_list) ? "more after the value" : NULL;
            return !*why;
        }
    }
    *why = self->array ? "ends in the middle" : NULL;
    return false;
}

int runut_json_values_next(runut_json_values *self, runut_slice *value, uint64_t *byte, bool *end, runut_error *error)
{
    const char *why = NULL;
    bool more = !self->ended && go_on(self, &why);
    *byte = runut_input_at(self->input);
    *end = self->ended |= !more;
    if (!more && why && runut_input_failure(self->input, error) != RUNUT_OK)
        return RUNUT_ERR_INPUT;
    if (why)
        return fail(self, why, error);
    if (!more)
        return runut_input_failure(self->input, error);
    self->after = true;
    self->comma = false;
    int code = cut_value(self, value, error);
    *end = self->ended;
    return code;
}
