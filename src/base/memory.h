/* Telling that memory ran out where a library does not say so: some swallow a failed allocation, or call it something
 * else, and give an answer that is short of something. malloc sets errno to ENOMEM, and nothing sets it back.
 *
 *     runut_memory_watch();
 *     … the library's calls, which open no files …
 *     if (runut_memory_ran_out()) …
 */
#ifndef RUNUT_BASE_MEMORY_H
#define RUNUT_BASE_MEMORY_H

#include <errno.h>
#include <stdbool.h>

static inline void runut_memory_watch(void)
{
    errno = 0;
}

/* Did an allocation of this thread fail since? Another failed call after it may hide that. */
static inline bool runut_memory_ran_out(void)
{
    return errno == ENOMEM;
}

#endif
