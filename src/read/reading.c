#include "read/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/kinds.h"

enum { LONGEST_NAME = 4096 };

void runut_reading_reject(runut_reading *self, runut_slice file, uint64_t record, uint64_t byte, runut_error *error)
{
    runut_error_place(error, file, record, byte);
    self->on_reject(self->context, error);
}

int runut_reading_deliver(runut_reading *self, const runut_capture *capture)
{
    return self->on_capture(self->context, capture) ? RUNUT_ERR_STOPPED : RUNUT_OK;
}

int runut_reading_input(runut_reading *self, runut_input *input, runut_slice file)
{
    const runut_kind *kind = runut_kind_of(runut_input_peek(input));
    int code = kind->read(self, input, file);
    while (code == RUNUT_OK && runut_input_failure(input, NULL) == RUNUT_ERR_INPUT && runut_input_resume(input)) {
        kind = runut_kind_of(runut_input_peek(input)); /* the damage was told: what comes behind it may be sound */
        if (kind->anywhere)
            code = kind->read(self, input, file);
    }
    return code;
}

/* A name is a label only: what would spoil a terminal or a line of JSON is not kept. */
static void put_name(char *to, runut_slice name)
{
    bool sound = runut_utf8_valid(name);
    for (size_t i = 0; i < name.size; i++) {
        unsigned char byte = (unsigned char)name.at[i];
        to[i] = byte < ' ' || byte == 127 || (byte > 127 && !sound) ? '?' : name.at[i];
    }
    to[name.size] = '\0';
}

/* "FILE/NAME", '\0' behind it; NULL when memory is out. */
static char *join(runut_slice file, runut_slice name)
{
    name = runut_slice_part(name, 0, LONGEST_NAME);
    char *label = malloc(file.size + name.size + 2);
    if (!label)
        return NULL;
    memcpy(label, file.at, file.size);
    label[file.size] = '/';
    put_name(label + file.size + 1, name);
    return label;
}

bool runut_reading_is_hidden(runut_slice name)
{
    for (runut_slice part; runut_slice_field(&name, '/', &part);)
        if (part.size && part.at[0] == '.' && !runut_slice_is(part, ".") && !runut_slice_is(part, ".."))
            return true;
    return false;
}

int runut_reading_member(runut_reading *self, runut_input *input, runut_slice file, runut_slice name, uint64_t record)
{
    runut_error error;
    char *label = name.size ? join(file, name) : NULL;
    if (name.size && !label)
        return RUNUT_ERR_MEMORY;
    runut_slice whole = label ? runut_slice_of(label) : file;
    int code = RUNUT_OK;
    if (self->depth == RUNUT_MOST_NESTED) {
        runut_error_set(&error, RUNUT_ERR_INPUT, "archives nested too deeply");
        runut_reading_reject(self, whole, label ? 0 : record, 0, &error);
    } else {
        self->depth++;
        code = runut_reading_input(self, input, whole);
        self->depth--;
    }
    free(label);
    return code;
}
