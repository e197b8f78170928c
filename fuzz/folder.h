/* Files that a run of the program left behind, over which a target lays bytes. */
#ifndef RUNUT_FUZZ_FOLDER_H
#define RUNUT_FUZZ_FOLDER_H

#include "support.h"

/* A new folder in memory, deleted with all that is in it at the end. */
const char *fuzz_folder(void);
void fuzz_folder_clear(void);

/* A file of it as a whole, malloc'd, and back. */
runut_slice fuzz_folder_read(const char *name);
void fuzz_folder_write(const char *name, runut_slice bytes);

/* Lays patches over `to`: each two bytes of place (in units of 16 bytes), one of how many and where in the unit, then
 * as many bytes. */
void fuzz_lay(char *to, size_t size, runut_slice patches);

#endif
