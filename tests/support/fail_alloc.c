/* Preloaded into a program (LD_PRELOAD): lets allocations fail, so that a test can see what becomes of it.
 *
 *     FAIL_ALLOC_AT=N      the Nth one fails, counted from the start of main
 *     FAIL_ALLOC_FROM=N    that one and all after it fail
 *     FAIL_ALLOC_LIST=FILE none fails; FILE gets a line for each distinct call stack: its first and its last number,
 * how often, and the frames as object+offset:function
 *
 * Counted are malloc and its relatives, with them all that is allocated by way of them (strdup, operator new, fopen),
 * mmap of files, and the making of threads. Works on what glibc's malloc does; a sanitizer has its own, so programs
 * built with one are not for this. */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS /* mmap and mmap64 are to be two names */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

enum { FRAMES = 24, OWN_FRAMES = 2, STACKS = 1 << 16 };

typedef struct stack {
    uint64_t hash;
    unsigned long first, last, count;
    int depth;
    void *frames[FRAMES];
} stack;

static atomic_ulong counted;
static unsigned long fail_at, fail_from;
static bool armed;
static const char *list;
static stack *stacks; /* by hash */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread bool inside; /* the recorder's own allocations do not count */

static void note(unsigned long number)
{
    void *frames[FRAMES + OWN_FRAMES];
    int depth = backtrace(frames, FRAMES + OWN_FRAMES) - OWN_FRAMES;
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < depth; i++)
        hash = (hash ^ (uintptr_t)frames[i + OWN_FRAMES]) * 1099511628211u;
    pthread_mutex_lock(&lock);
    size_t at = hash % STACKS;
    while (stacks[at].count && stacks[at].hash != hash)
        at = (at + 1) % STACKS;
    stack *s = &stacks[at];
    if (!s->count++) {
        s->hash = hash;
        s->first = number;
        s->depth = depth;
        memcpy(s->frames, frames + OWN_FRAMES, (size_t)depth * sizeof *frames);
    }
    s->last = number;
    pthread_mutex_unlock(&lock);
}

/* For a breakpoint: who asked in vain? */
static __attribute__((noinline)) void fail_here(void)
{
    errno = ENOMEM;
}

/* Is this one to fail? */
static __attribute__((noinline)) bool fails(void)
{
    if (!armed || inside)
        return false;
    unsigned long number = atomic_fetch_add(&counted, 1) + 1;
    if (list) {
        inside = true;
        note(number);
        inside = false;
    }
    if (number != fail_at && !(fail_from && number >= fail_from))
        return false;
    fail_here();
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *at = fails() ? NULL : __libc_memalign(alignment, size);
    if (!at)
        return ENOMEM;
    *out = at;
    return 0;
}

void *mmap(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
    static void *(*real)(void *, size_t, int, int, int, off_t);
    if (!real)
        real = (void *(*)(void *, size_t, int, int, int, off_t))dlsym(RTLD_NEXT, "mmap");
    return fails() ? MAP_FAILED : real(at, size, protection, flags, file, offset);
}

void *mmap64(void *at, size_t size, int protection, int flags, int file, off64_t offset)
{
    return mmap(at, size, protection, flags, file, offset);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context)
{
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!real)
        real =
            (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(RTLD_NEXT, "pthread_create");
    return fails() ? EAGAIN : real(thread, attributes, run, context);
}

/* ---- start and end ---- */

static void write_list(void)
{
    inside = true;
    FILE *out = fopen(list, "w");
    for (size_t i = 0; out && i < STACKS; i++) {
        const stack *s = &stacks[i];
        if (!s->count)
            continue;
        fprintf(out, "%lu %lu %lu", s->first, s->last, s->count);
        for (int f = 0; f < s->depth; f++) {
            Dl_info of;
            if (!dladdr(s->frames[f], &of))
                continue;
            const char *name = of.dli_fname ? strrchr(of.dli_fname, '/') : NULL;
            fprintf(out, " %s+%lx:%s", name ? name + 1 : "program",
                    (unsigned long)((char *)s->frames[f] - (char *)of.dli_fbase), of.dli_sname ? of.dli_sname : "");
        }
        fputc('\n', out);
    }
    if (out)
        fclose(out);
}

static unsigned long number_of(const char *name)
{
    const char *text = getenv(name);
    return text ? strtoul(text, NULL, 10) : 0;
}

static int (*program)(int, char **, char **);

static int armed_main(int argc, char **argv, char **environment)
{
    fail_at = number_of("FAIL_ALLOC_AT");
    fail_from = number_of("FAIL_ALLOC_FROM");
    list = getenv("FAIL_ALLOC_LIST");
    if (list) {
        void *frame;
        stacks = __libc_calloc(STACKS, sizeof *stacks);
        backtrace(&frame, 1); /* loads the unwinder */
        atexit(write_list);
    }
    armed = true;
    int status = program(argc, argv, environment);
    return status;
}

/* The program's constructors have run when main is called. */
int __libc_start_main(int (*start)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*loader_fini)(void), void *stack_end)
{
    typedef int starter(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void),
                        void *);
    starter *real = (starter *)dlsym(RTLD_NEXT, "__libc_start_main");
    program = start;
    return real(armed_main, argc, argv, init, fini, loader_fini, stack_end);
}
