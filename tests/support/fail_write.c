/* Preloaded into a program (LD_PRELOAD): lets what is asked of the disk fail, or notes the order in which it was asked.
 *
 *     FAIL_WRITE_AT=N     the Nth call and all after it fail, as on a disk that is full; counted from the start of main
 * are writes to files and what makes files longer, shorter or safe (ftruncate, fallocate, fsync) FAIL_WRITE_ONCE=N the
 * Nth alone FAIL_WRITE_HALF=1   the first write that fails is cut in the middle instead, as it happens where the last
 * room is used up FAIL_WRITE_ERROR=N  errno; ENOSPC where it is not given FAIL_WRITE_LOG=FILE a line for each call:
 * what, and of which file, and for each time that standard output is flushed
 *
 * Pipes, terminals and the log itself are let alone. */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS /* pwrite and pwrite64 are to be two names */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_ulong counted;
static unsigned long fail_at, fail_once;
static int fail_error = ENOSPC, log_file = -1;
static bool armed, halves;

static bool is_file(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

static void note(const char *what, int file)
{
    char link[64], name[512], line[640];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, name, sizeof name - 1);
    name[size > 0 ? size : 0] = '\0';
    int length = snprintf(line, sizeof line, "%s %s\n", what, file == 1 ? "output" : name);
    syscall(SYS_write, log_file, line, (size_t)length);
}

/* Is this call to fail? *half: it is the one that may be cut. */
static bool fails(const char *what, int file, bool *half)
{
    if (!armed || file == log_file || file == 1 || file == 2 || !is_file(file))
        return false;
    if (log_file >= 0)
        note(what, file);
    unsigned long number = atomic_fetch_add(&counted, 1) + 1;
    bool first = number == fail_at || number == fail_once;
    if (!first && !(fail_at && number > fail_at))
        return false;
    *half = first && halves;
    errno = fail_error;
    return true;
}

ssize_t write(int file, const void *bytes, size_t size)
{
    bool half = false;
    if (fails("write", file, &half) && !(half && size > 1))
        return -1;
    return syscall(SYS_write, file, bytes, half ? size / 2 : size);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    bool half = false;
    if (fails("write", file, &half) && !(half && size > 1))
        return -1;
    return syscall(SYS_pwrite64, file, bytes, half ? size / 2 : size, at);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    return pwrite64(file, bytes, size, at);
}

int ftruncate64(int file, off64_t size)
{
    bool half = false;
    return fails("truncate", file, &half) ? -1 : (int)syscall(SYS_ftruncate, file, size);
}

int ftruncate(int file, off_t size)
{
    return ftruncate64(file, size);
}

int fallocate64(int file, int mode, off64_t at, off64_t size)
{
    bool half = false;
    return fails("allocate", file, &half) ? -1 : (int)syscall(SYS_fallocate, file, mode, at, size);
}

int posix_fallocate64(int file, off64_t at, off64_t size)
{
    return fallocate64(file, 0, at, size) < 0 ? errno : 0;
}

int posix_fallocate(int file, off_t at, off_t size)
{
    return posix_fallocate64(file, at, size);
}

int fsync(int file)
{
    bool half = false;
    return fails("sync", file, &half) ? -1 : (int)syscall(SYS_fsync, file);
}

int fdatasync(int file)
{
    bool half = false;
    return fails("sync", file, &half) ? -1 : (int)syscall(SYS_fdatasync, file);
}

/* What is printed leaves within libc; that it is to leave now is all that can be seen. */
int fflush(FILE *stream)
{
    static int (*real)(FILE *);
    if (!real)
        real = (int (*)(FILE *))dlsym(RTLD_NEXT, "fflush");
    if (armed && log_file >= 0 && stream == stdout)
        note("flush", 1);
    return real(stream);
}

/* ---- start ---- */

static unsigned long number_of(const char *name)
{
    const char *text = getenv(name);
    return text ? strtoul(text, NULL, 10) : 0;
}

static int (*program)(int, char **, char **);

static int armed_main(int argc, char **argv, char **environment)
{
    const char *log = getenv("FAIL_WRITE_LOG");
    fail_at = number_of("FAIL_WRITE_AT");
    fail_once = number_of("FAIL_WRITE_ONCE");
    halves = number_of("FAIL_WRITE_HALF") != 0;
    if (number_of("FAIL_WRITE_ERROR"))
        fail_error = (int)number_of("FAIL_WRITE_ERROR");
    if (log)
        log_file = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    armed = true;
    return program(argc, argv, environment);
}

int __libc_start_main(int (*start)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*loader_fini)(void), void *stack_end)
{
    typedef int starter(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void),
                        void *);
    starter *real = (starter *)dlsym(RTLD_NEXT, "__libc_start_main");
    program = start;
    return real(armed_main, argc, argv, init, fini, loader_fini, stack_end);
}
