#include "base/url.h"

#include "base/buffer.h"
#include "base/slice.h"

bool runut_url_is_web(runut_slice text)
{
    return runut_slice_starts_nocase(text, RUNUT_LITERAL("http://")) ||
           runut_slice_starts_nocase(text, RUNUT_LITERAL("https://"));
}

/* "https:" and so on; 0 = it begins with no scheme. */
static size_t scheme_end(runut_slice url)
{
    for (size_t i = 0; i < url.size; i++) {
        unsigned char c = (unsigned char)url.at[i];
        if (c == ':')
            return i ? i + 1 : 0;
        if (!runut_is_alpha(c) && (i == 0 || (!runut_is_digit(c) && c != '+' && c != '-' && c != '.')))
            return 0;
    }
    return 0;
}

/* Where the first of these bytes stands at or after `from`; the end where there is none. */
static size_t find_any(runut_slice text, size_t from, const char *bytes)
{
    while (from < text.size && !strchr(bytes, text.at[from]))
        from++;
    return from;
}

/* Behind "//host"; `at` itself where there is none. */
static size_t authority_end(runut_slice url, size_t at)
{
    return runut_slice_starts(runut_slice_part(url, at, url.size), RUNUT_LITERAL("//")) ? find_any(url, at + 2, "/?#")
                                                                                        : at;
}

/* Adds `path` without its "." and ".." segments; `root`: where the path begins in what is there, which no ".." leaves.
 */
static void add_path(runut_buffer *out, size_t root, runut_slice path)
{
    while (path.size) {
        size_t end = find_any(path, 0, "/");
        runut_slice segment = runut_slice_part(path, 0, end);
        bool slash = end < path.size;
        path = runut_slice_part(path, end + slash, path.size);
        if (runut_slice_is(segment, "."))
            continue;
        if (!runut_slice_is(segment, "..")) {
            runut_buffer_add(out, segment);
            runut_buffer_text(out, slash ? "/" : "");
            continue;
        }
        if (out->size > root + 1) /* the slash behind the segment that goes */
            out->size--;
        while (out->size > root + 1 && out->at[out->size - 1] != '/')
            out->size--;
    }
}

static runut_slice without(runut_slice text, const char *bytes)
{
    return runut_slice_part(text, 0, find_any(text, 0, bytes));
}

runut_slice runut_url_resolve(runut_arena *arena, runut_slice base, runut_slice reference)
{
    base = runut_slice_trim(base);
    reference = runut_slice_trim(reference);
    size_t scheme = scheme_end(base);
    if (scheme == 0 || scheme_end(reference))
        return reference;
    base = without(base, "#");
    runut_buffer out = runut_buffer_new(arena, SIZE_MAX / 2);
    size_t host = authority_end(base, scheme), path = find_any(reference, 0, "?#");
    if (runut_slice_starts(reference, RUNUT_LITERAL("//"))) {
        runut_buffer_add(&out, runut_slice_part(base, 0, scheme));
        runut_buffer_add(&out, reference);
    } else if (path == 0) { /* a query, a fragment or nothing */
        bool query = reference.size && reference.at[0] == '?';
        runut_buffer_add(&out, query ? without(base, "?") : base);
        runut_buffer_add(&out, reference);
    } else {
        runut_slice folder = without(runut_slice_part(base, host, base.size), "?");
        while (folder.size && folder.at[folder.size - 1] != '/')
            folder.size--;
        runut_buffer_add(&out, runut_slice_part(base, 0, host));
        runut_buffer_text(&out, "/");
        bool rooted = reference.at[0] == '/';
        if (!rooted)
            add_path(&out, host, runut_slice_part(folder, 1, folder.size));
        add_path(&out, host, runut_slice_part(reference, rooted, path));
        runut_buffer_add(&out, runut_slice_part(reference, path, reference.size));
    }
    return runut_buffer_slice(&out);
}
