/* A folder to its depth. Its files are read in byte order of names, those of a folder within it where its name stands.
 *
 * Symbolic links below it are not followed: what one leads to stands in the folder too, and is read there, or it lies
 * outside, and whoever made the folder shall not choose what else of this machine is read. So links make no loops, and
 * no file is read twice. Of a link whose target is not read (outside, hidden, gone) it is told. */
#ifndef RUNUT_READ_FOLDER_H
#define RUNUT_READ_FOLDER_H

#include "read/reading.h"

/* RUNUT_OK though entries were rejected; RUNUT_ERR_STOPPED, RUNUT_ERR_MEMORY; RUNUT_ERR_IO where it cannot be opened.
 */
int runut_folder_read(runut_reading *self, const char *path, runut_error *error);

/* Reads one file; `only_files`: reject what is none (a FIFO would keep us waiting). */
int runut_folder_read_file(runut_reading *self, const char *path, bool only_files, runut_error *error);

#endif
