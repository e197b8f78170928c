/* Reads all that is in the files named, as `runut add` would, and touches each byte: what reading alone costs. Prints
 * captures, their bytes, rejections, processor seconds, seconds and peak kB. */
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "base/slice.h"
#include "read/read.h"

typedef struct totals {
    uint64_t captures, bytes, rejected, sum;
} totals;

static int on_capture(void *context, const runut_capture *capture)
{
    totals *self = context;
    self->captures++;
    self->bytes += capture->bytes.size;
    self->sum += runut_slice_hash(capture->bytes);
    return 0;
}

static void on_reject(void *context, const runut_error *error)
{
    (void)error;
    ((totals *)context)->rejected++;
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Of this program; what getrusage says begins with what its parent had. */
static long peak(void)
{
    char line[256];
    long kilobytes = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmHWM: %ld", &kilobytes) == 1)
            break;
    if (f)
        fclose(f);
    return kilobytes;
}

int main(int argc, char **argv)
{
    totals t = {0};
    double start = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 1; i < argc; i++) {
        runut_error error;
        runut_read(argv[i], NULL, on_capture, on_reject, &t, &error);
    }
    used = seconds(CLOCK_PROCESS_CPUTIME_ID) - used;
    printf("%llu %llu %llu %.6f %.6f %ld\n", (unsigned long long)t.captures, (unsigned long long)t.bytes,
           (unsigned long long)t.rejected, used, seconds(CLOCK_MONOTONIC) - start, peak());
    return 0;
}
