/* A form tells the same, in whatever pieces it comes: as a whole, in two, or byte by byte. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "serve/form.h"

enum { ROOM = 1 << 16 };

/* What was told: a letter for each call, and the bytes. */
typedef struct told {
    char text[ROOM];
    size_t size;
} told;

static void put(told *self, const char *data, size_t size)
{
    size = size < ROOM - self->size ? size : ROOM - self->size;
    memcpy(self->text + self->size, data, size);
    self->size += size;
}

static bool begin(void *context, const runut_form_part *part)
{
    put(context, "B", 1);
    put(context, part->name, strlen(part->name));
    put(context, part->file ? part->file : "-", part->file ? strlen(part->file) : 1);
    return true;
}

static bool take(void *context, const char *data, size_t size)
{
    put(context, data, size);
    return true;
}

static bool end(void *context)
{
    put(context, "E", 1);
    return true;
}

static int read_form(const char *data, size_t size, size_t piece, told *out)
{
    runut_form_reader reader = {out, begin, take, end};
    runut_error error;
    runut_form *form = runut_form_new("multipart/form-data; boundary=ab", &reader, &error);
    int code = RUNUT_OK;
    out->size = 0;
    for (size_t at = 0; at < size && code == RUNUT_OK; at += piece) {
        size_t length = size - at < piece ? size - at : piece;
        char *copy = malloc(length); /* exact: reading beyond is seen */
        memcpy(copy, data + at, length);
        code = runut_form_take(form, copy, length, &error);
        free(copy);
    }
    if (code == RUNUT_OK)
        code = runut_form_finish(form, &error);
    runut_form_free(form);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static told whole, pieces;
    const char *text = (const char *)data;
    size_t ways[] = {1, size / 2 + 1, 3};
    if (size > ROOM / 4)
        return 0;
    int code = read_form(text, size, size + 1, &whole);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int again = read_form(text, size, ways[i], &pieces);
        if (again != code ||
            (code == RUNUT_OK && (whole.size != pieces.size || memcmp(whole.text, pieces.text, whole.size) != 0)))
            abort();
    }
    char room[64];
    char *field = malloc(size + 1);
    memcpy(field, data, size);
    field[size] = '\0';
    runut_field_is(field, "text/html");
    runut_field_parameter(field, "name", room, sizeof room);
    runut_field_file(field, room, sizeof room);
    free(field);
    return 0;
}
