/* Development only: prints the blocks of pages with their features, for tools/train_blocks.py.
 *
 *     dump_blocks OUT < LIST        LIST: one path (plain or gzip) a line
 *
 * Writes OUT.names (part TAB name), OUT.f32 (rows of floats) and OUT.tsv (page TAB block's text, one a row). */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "clean/blocks.h"
#include "clean/metadata.h"
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

static FILE *out_file(const char *base, const char *end)
{
    char path[4096];
    snprintf(path, sizeof path, "%s%s", base, end);
    return fopen(path, "wb");
}

static void print_text(FILE *out, runut_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        fputc(text.at[i] == '\n' || text.at[i] == '\t' ? ' ' : text.at[i], out);
    fputc('\n', out);
}

static void dump(runut_arena *arena, const char *path, FILE *rows, FILE *texts, FILE *names)
{
    static runut_block_row row;
    bool binary;
    runut_slice html = runut_charset_decode(arena, slurp(arena, path), (runut_slice){"", 0}, true, &binary);
    runut_html_tree *tree = runut_html_tree_new(arena, html);
    runut_metadata *metadata = runut_metadata_read(tree);
    runut_block_hints hints = {metadata->headline, metadata->description, metadata->headline_block};
    runut_block_text *about = runut_blocks_text(tree, &hints);
    runut_block_context *context = runut_blocks_context(tree, about, &hints);
    for (size_t i = 0; i < tree->blocks.size; i++) {
        row.named = names && i == 0;
        runut_blocks_row(context, i, &row);
        fwrite(row.value, sizeof *row.value, row.size, rows);
        fprintf(texts, "%s\t", path);
        print_text(texts, tree->blocks.at[i].text);
        for (size_t k = 0; row.named && k < row.size; k++)
            fprintf(names, "%s\t%s\n", row.part[k], row.name[k]);
    }
}

int main(int argc, char **argv)
{
    char path[4096];
    if (argc != 2)
        return 2;
    FILE *rows = out_file(argv[1], ".f32"), *texts = out_file(argv[1], ".tsv"), *names = out_file(argv[1], ".names");
    if (!rows || !texts || !names)
        return 1;
    volatile bool first = true;
    runut_arena *arena = runut_arena_new((size_t)1 << 30);
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        if (RUNUT_ARENA_TRY(arena) == 0)
            dump(arena, path, rows, texts, first ? names : NULL);
        else
            fprintf(stderr, "%s: too large\n", path);
        first = false;
        runut_arena_reset(arena);
    }
    runut_arena_free(arena);
    return fclose(rows) | fclose(texts) | fclose(names);
}
