/* WARC, and gzip and zstd around it: records, HTTP messages, chunks, content codings, finding the next record. */
#include "read_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read_bytes(data, size);
    return 0;
}
