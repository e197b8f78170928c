/* Development only: prints the candidates for the fields of pages with their features, for tools/train_fields.py.
 *
 *     dump_fields < LIST > OUT      LIST: one path (plain or gzip) a line
 *
 * A line a candidate: page TAB field TAB value TAB names of the features that are set, with their values ("BY=1"). */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "clean/metadata_author.h"
#include "clean/metadata_date.h"
#include "clean/page.h"
#include "clean/stage.h"

static runut_slice slurp(runut_arena *arena, const char *path)
{
    gzFile f = gzopen(path, "rb");
    runut_buffer out = runut_buffer_new(arena, 64u << 20);
    static char block[1 << 16];
    for (int n; f && (n = gzread(f, block, sizeof block)) > 0;)
        runut_buffer_add(&out, (runut_slice){block, (size_t)n});
    if (f)
        gzclose(f);
    return runut_buffer_slice(&out);
}

static void print_row(const char *path, const char *field, runut_slice value, const char *const *names,
                      const float *row, size_t size)
{
    printf("%s\t%s\t", path, field);
    for (size_t i = 0; i < value.size; i++)
        putchar(value.at[i] == '\n' || value.at[i] == '\t' ? ' ' : value.at[i]);
    putchar('\t');
    for (size_t i = 0; i < size; i++)
        if (row[i] < 0 || row[i] > 0)
            printf("%s=%g ", names[i], (double)row[i]);
    putchar('\n');
}

static void dump(runut_arena *arena, const char *path)
{
    bool binary;
    runut_slice html = runut_charset_decode(arena, slurp(arena, path), (runut_slice){"", 0}, true, &binary);
    const runut_page *page = runut_page_new(arena, html);
    size_t size;
    const char *const *names = runut_author_feature_names(&size);
    const runut_authors *authors = runut_authors_new(page->metadata, page->span);
    for (size_t i = 0; i < authors->size; i++)
        print_row(path, "author", authors->at[i].name, names, authors->at[i].row, size);
    names = runut_dated_feature_names(&size);
    const runut_html_tree *tree = page->tree;
    const runut_dates *dates = runut_dates_new(page->metadata, page->span, tree->language);
    for (size_t i = 0; i < dates->size; i++)
        print_row(path, "date", dates->at[i].iso, names, dates->at[i].row, size);
}

int main(void)
{
    char path[4096];
    runut_arena *arena = runut_arena_new((size_t)1 << 30);
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        if (RUNUT_ARENA_TRY(arena) == 0)
            dump(arena, path);
        else
            fprintf(stderr, "%s: too large\n", path);
        runut_arena_reset(arena);
    }
    runut_arena_free(arena);
    return 0;
}
