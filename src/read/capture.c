#include "read/capture.h"

#include "base/slice.h"

void runut_capture_copy(runut_arena *arena, const runut_capture *from, runut_capture *to)
{
    *to = *from;
    runut_slice *const parts[] = {&to->file,      &to->bytes,    &to->charset,        &to->id,      &to->url,
                                  &to->publisher, &to->headline, &to->date_published, &to->language};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] = runut_arena_copy(arena, *parts[i]);
    to->authors = (runut_slices){0};
    for (size_t i = 0; i < from->authors.size; i++)
        RUNUT_PUSH(arena, to->authors, runut_arena_copy(arena, from->authors.at[i]));
}
