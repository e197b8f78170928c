#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int runut_error_set(runut_error *error, runut_code code, const char *format, ...)
{
    if (!error)
        return code;
    va_list args;
    va_start(args, format);
    vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    error->code = code;
    error->record = 0;
    error->byte = 0;
    error->file[0] = '\0';
    return code;
}

void runut_error_place(runut_error *error, runut_slice file, uint64_t record, uint64_t byte)
{
    if (!error)
        return;
    size_t size = file.size < sizeof error->file ? file.size : sizeof error->file - 1;
    if (size)
        memcpy(error->file, file.at, size);
    error->file[size] = '\0';
    error->record = record;
    error->byte = byte;
}
