/* zip: headers, zip64, data descriptors, damaged deflate, whatever is in the members. */
#include "read_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read_bytes(data, size);
    return 0;
}
