#include "read/feed_scope.h"

#include "base/slice.h"

void runut_feed_scope_open(runut_feed_scope *self, const char *const *attributes, size_t depth)
{
    for (; *attributes; attributes += 2) {
        runut_slice name = runut_slice_of(attributes[0]);
        bool prefixed = runut_slice_starts(name, RUNUT_LITERAL("xmlns:"));
        if ((!prefixed && !runut_slice_is(name, "xmlns")) || self->count == RUNUT_SCOPE_BINDINGS)
            continue;
        name = runut_slice_part(name, prefixed ? 6 : name.size, name.size);
        self->at[self->count].prefix = runut_slice_hash(name);
        self->at[self->count].space = runut_feed_space_of(runut_slice_of(attributes[1]));
        self->at[self->count++].depth = depth;
    }
}

void runut_feed_scope_close(runut_feed_scope *self, size_t depth)
{
    while (self->count && self->at[self->count - 1].depth >= depth)
        self->count--;
}

runut_feed_space runut_feed_scope_space(const runut_feed_scope *self, runut_slice *name)
{
    const char *colon = name->size ? memchr(name->at, ':', name->size) : NULL;
    runut_slice prefix = runut_slice_part(*name, 0, colon ? (size_t)(colon - name->at) : 0);
    *name = runut_slice_part(*name, colon ? prefix.size + 1 : 0, name->size);
    uint64_t hash = runut_slice_hash(prefix);
    for (size_t i = self->count; i > 0; i--)
        if (self->at[i - 1].prefix == hash)
            return self->at[i - 1].space;
    return prefix.size ? runut_feed_space_usual(prefix) : RUNUT_SPACE_PLAIN;
}
