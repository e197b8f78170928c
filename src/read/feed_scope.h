/* Which prefix stands for which namespace, element by element. */
#ifndef RUNUT_READ_FEED_SCOPE_H
#define RUNUT_READ_FEED_SCOPE_H

#include "read/feed_names.h"

enum { RUNUT_SCOPE_BINDINGS = 64 };

typedef struct runut_feed_scope {
    struct {
        uint64_t prefix; /* its hash */
        runut_feed_space space;
        size_t depth;
    } at[RUNUT_SCOPE_BINDINGS]; /* more than that at a time are not looked at */
    size_t count;
} runut_feed_scope;

/* What the attributes of an element at `depth` declare; forgotten when it ends. */
void runut_feed_scope_open(runut_feed_scope *self, const char *const *attributes, size_t depth);
void runut_feed_scope_close(runut_feed_scope *self, size_t depth);

/* The namespace of `name`, whose prefix is cut off. */
runut_feed_space runut_feed_scope_space(const runut_feed_scope *self, runut_slice *name);

#endif
