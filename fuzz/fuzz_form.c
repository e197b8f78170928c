/* A form from a stranger: the first byte says in how large pieces it comes, the first line is the Content-Type. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "serve/form.h"

static bool begin(void *context, const runut_form_part *part)
{
    char label[40];
    runut_label_make(part->file ? part->file : part->name, label, sizeof label);
    *(size_t *)context += strlen(label);
    return true;
}

static bool data(void *context, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) /* touch every byte that was handed out */
        *(size_t *)context += (unsigned char)bytes[i];
    return true;
}

static bool end(void *context)
{
    return context != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const uint8_t *line = size > 1 ? memchr(bytes + 1, '\n', size - 1) : NULL;
    char type[512] = "";
    size_t sum = 0, step = size ? 1 + bytes[0] : 1;
    const runut_form_reader reader = {.context = &sum, .begin = begin, .data = data, .end = end};
    if (!line || (size_t)(line - bytes) > sizeof type)
        return 0;
    memcpy(type, bytes + 1, (size_t)(line - bytes) - 1);
    runut_form *form = runut_form_new(type, &reader, NULL);
    int code = form ? RUNUT_OK : RUNUT_ERR_INPUT;
    for (const uint8_t *at = line + 1; code == RUNUT_OK && at < bytes + size; at += step) {
        size_t left = (size_t)(bytes + size - at);
        code = runut_form_take(form, (const char *)at, left < step ? left : step, NULL);
        if (left < step)
            break;
    }
    if (code == RUNUT_OK)
        runut_form_finish(form, NULL);
    runut_form_free(form);
    return 0;
}
