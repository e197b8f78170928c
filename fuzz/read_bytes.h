/* Bytes through runut_read, as from a file. */
#ifndef RUNUT_FUZZ_READ_BYTES_H
#define RUNUT_FUZZ_READ_BYTES_H

#include <stddef.h>
#include <stdint.h>

void fuzz_read_bytes(const uint8_t *data, size_t size);

#endif
