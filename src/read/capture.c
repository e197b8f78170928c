#include "read/capture.h"

#include "base/slice.h"

static void copy_all(runut_arena *arena, const runut_slices *from, runut_slices *to)
{
    *to = (runut_slices){0};
    for (size_t i = 0; i < from->size; i++)
        RUNUT_PUSH(arena, *to, runut_arena_copy(arena, from->at[i]));
}

void runut_capture_copy(runut_arena *arena, const runut_capture *from, runut_capture *to)
{
    *to = *from;
    runut_slice *const parts[] = {&to->file,      &to->bytes,         &to->charset,      &to->id,
                                  &to->url,       &to->publisher,     &to->headline,     &to->date_published,
                                  &to->language,  &to->found,         &to->page_kind,    &to->standfirst,
                                  &to->date_from, &to->date_modified, &to->date_captured};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] = runut_arena_copy(arena, *parts[i]);
    copy_all(arena, &from->authors, &to->authors);
    copy_all(arena, &from->credits, &to->credits);
}
