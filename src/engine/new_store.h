/* A store that is written beside the place where it shall be, and takes it when it is whole and safe on the disk. */
#ifndef RUNUT_ENGINE_NEW_STORE_H
#define RUNUT_ENGINE_NEW_STORE_H

#include <signal.h>

#include "engine/internal.h"

/* RUNUT_ERR_IO with errno's words. */
int runut_new_store_error(const char *path, runut_error *error);

/* The store and what SQLite puts beside it, but for `path` itself where `keep`. */
void runut_new_store_remove(const char *path, bool keep);

/* What `fd` holds is safe on the disk; closes it, which may be -1: then errno says why. */
int runut_new_store_sync(int fd, const char *path, runut_error *error);
int runut_new_store_sync_folder(const char *path, runut_error *error);

/* Closes the store at `path`, complete by now; RUNUT_ERR_STORE where it is not whole. */
int runut_new_store_seal(runut **self, const char *path, const char *target, const volatile sig_atomic_t *stop,
                         runut_error *error);

/* Gives it the name `target`, which nothing may have; the other name stays. */
int runut_new_store_name(const char *path, const char *target, runut_error *error);

#endif
