/* Development only: cleans pages with other weights than those built in, so that the whole path, rules and all, can be
 * judged on pages that the weights have not seen.
 *
 *     eval_pages [--time] < LIST        LIST: lines of TREES TAB PATH (plain or gzip; .txt: a plain-text capture; TREES
 * from pack_trees.py); empty: the weights built in
 *
 * Prints JSON Lines as `runut clean` does, and with --time the bytes a second on standard error. The linker puts
 * `__wrap_runut_data` in front of the library's own (--wrap). */
#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/data.h"
#include "base/slice.h"
#include "clean/clean.h"

enum { MOST_MODELS = 16 };
typedef struct weights {
    char path[4096];
    runut_slice bytes;
} weights;

static weights loaded[MOST_MODELS];
static const weights *chosen;

runut_slice __real_runut_data(const char *name);
runut_slice __wrap_runut_data(const char *name);

runut_slice __wrap_runut_data(const char *name)
{
    bool other = chosen && runut_slice_ends(runut_slice_of(name), RUNUT_LITERAL(".trees"));
    return other ? chosen->bytes : __real_runut_data(name);
}

static runut_slice slurp(runut_arena *arena, const char *path)
{
    static char block[1 << 16];
    runut_buffer out = runut_buffer_new(arena, 64u << 20);
    gzFile f = gzopen(path, "rb");
    for (int n; f && (n = gzread(f, block, sizeof block)) > 0;)
        runut_buffer_add(&out, (runut_slice){block, (size_t)n});
    if (f)
        gzclose(f);
    return runut_buffer_slice(&out);
}

static const weights *open_weights(runut_arena *arena, const char *path)
{
    size_t i = 0;
    if (!*path)
        return NULL;
    while (i < MOST_MODELS - 1 && *loaded[i].path && strcmp(loaded[i].path, path) != 0)
        i++;
    if (!*loaded[i].path) {
        snprintf(loaded[i].path, sizeof loaded[i].path, "%s", path);
        loaded[i].bytes = slurp(arena, path);
    }
    return &loaded[i];
}

static json_object *text_of(runut_slice s)
{
    return json_object_new_string_len(s.at, (int)s.size);
}

static void print_article(const char *path, const runut_article *a, bool lines)
{
    json_object *out = json_object_new_object(), *authors = json_object_new_array();
    char file[1024];
    const char *name = strrchr(path, '/');
    snprintf(file, sizeof file, "articles/%s", name ? name + 1 : path);
    json_object_object_add(out, "file", json_object_new_string(file));
    json_object_object_add(out, "headline", text_of(a->headline));
    json_object_object_add(out, "publisher", text_of(a->publisher));
    for (size_t i = 0; i < a->authors.size; i++)
        json_object_array_add(authors, text_of(a->authors.at[i]));
    json_object_object_add(out, "author", authors);
    json_object_object_add(out, "datePublished", text_of(a->date_published));
    json_object_object_add(out, "dateFrom", json_object_new_string(a->date_from ? a->date_from : ""));
    json_object_object_add(out, "articleBody", text_of(a->body));
    json_object *all = json_object_new_array();
    for (size_t i = 0; lines && i < a->lines.size; i++) {
        json_object *one = json_object_new_array();
        json_object_array_add(one, json_object_new_double(a->lines.at[i].score));
        json_object_array_add(one, json_object_new_int(a->lines.at[i].role));
        json_object_array_add(one, json_object_new_string(a->lines.at[i].why));
        json_object_array_add(one, text_of(a->lines.at[i].text));
        json_object_array_add(all, one);
    }
    if (lines)
        json_object_object_add(out, "lines", all);
    else
        json_object_put(all);
    puts(json_object_to_json_string_ext(out, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(out);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    bool timed = argc > 1 && strcmp(argv[1], "--time") == 0, lines = argc > 1 && strcmp(argv[1], "--lines") == 0;
    char line[4096];
    runut_arena *forever = runut_arena_new((size_t)1 << 28), *arena = runut_arena_new((size_t)1 << 30);
    volatile double bytes = 0, seconds = 0;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        char *path = strchr(line, '\t');
        if (!path)
            continue;
        *path++ = '\0';
        if (RUNUT_ARENA_TRY(forever) == 0)
            chosen = open_weights(forever, line);
        if (RUNUT_ARENA_TRY(arena) == 0) {
            bool flat = runut_slice_ends(runut_slice_of(path), RUNUT_LITERAL(".txt"));
            runut_capture capture = {.kind = flat ? RUNUT_CAPTURE_TEXT : RUNUT_CAPTURE_HTML,
                                     .bytes = slurp(arena, path)};
            runut_article article;
            runut_error error;
            double start = now();
            if (runut_clean(arena, &capture, &article, &error) == 0) {
                seconds = seconds + now() - start;
                bytes = bytes + (double)capture.bytes.size;
                if (!timed)
                    print_article(path, &article, lines);
            }
        }
        runut_arena_reset(arena);
    }
    if (timed)
        fprintf(stderr, "%.1f MB in %.2f s: %.1f MB/s\n", bytes / 1e6, seconds, bytes / 1e6 / seconds);
    runut_arena_free(arena);
    runut_arena_free(forever);
    return 0;
}
