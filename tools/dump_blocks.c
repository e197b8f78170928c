/* Development only: prints the blocks of pages with their features, for tools/train_blocks.py.
 *
 *     dump_blocks OUT < LIST        LIST: one path (plain or gzip) a line; .txt is a plain-text capture
 *     dump_blocks --lines < LIST    for tools/flatten_pages.py; --lines-links: links on lines of their own
 *
 * Writes OUT.names (part TAB name), OUT.f32 (rows of floats) and OUT.tsv (page TAB block's text, one a row). With
 * --lines prints page, kind of element (h heading, p paragraph, l list item, - other; H the page's headline), share of
 * it that is link, number of its parent, text; a single <br> as U+001F. */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "clean/blocks.h"
#include "clean/metadata.h"
#include "clean/plain.h"
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

static char kind_of(const runut_html_tree *tree, size_t i)
{
    uint32_t node = tree->blocks.at[i].node;
    for (int up = 0; up < 3 && node; up++, node = tree->nodes.at[node].parent) {
        unsigned tag = tree->nodes.at[node].tag;
        if (tag >= RUNUT_TAG_H1 && tag <= RUNUT_TAG_H6)
            return 'h';
        if (tag == RUNUT_TAG_P || tag == RUNUT_TAG_LI)
            return tag == RUNUT_TAG_P ? 'p' : 'l';
    }
    return '-';
}

/* Links as elements of their own: an unknown element ends a block. */
static void part_links(runut_slice html)
{
    char *at = (char *)(uintptr_t)html.at;
    for (size_t i = 0; i + 4 < html.size; i++)
        if (at[i] == '<' && (memcmp(at + i, "<a ", 3) == 0 || memcmp(at + i, "</a>", 4) == 0))
            at[i + 1 + (at[i + 1] == '/')] = 'x';
}

static void print_lines(runut_arena *arena, const char *path, bool links)
{
    bool binary;
    runut_slice bytes = slurp(arena, path);
    if (links)
        part_links(bytes);
    runut_slice html = runut_charset_decode(arena, bytes, (runut_slice){"", 0}, true, &binary);
    runut_html_tree *tree = runut_html_tree_new(arena, html);
    runut_metadata *metadata = runut_metadata_read(tree);
    for (size_t i = 0; i < tree->blocks.size; i++) {
        const runut_html_block *b = &tree->blocks.at[i];
        uint32_t up = tree->nodes.at[b->node].parent;
        printf("%s\t%c\t%.2f\t%u\t", path, i == metadata->headline_block ? 'H' : kind_of(tree, i),
               b->bytes ? (double)b->link_bytes / b->bytes : 0.0, (unsigned)tree->nodes.at[up].parent);
        for (size_t k = 0; k < b->text.size; k++)
            putchar(b->text.at[k] == '\n' ? 0x1F : b->text.at[k] == '\t' ? ' ' : b->text.at[k]);
        putchar('\n');
    }
}

/* As runut_clean_page and runut_clean_plain begin. */
static runut_html_tree *open_capture(runut_arena *arena, const char *path, runut_block_hints *hints)
{
    bool binary, flat = runut_slice_ends(runut_slice_of(path), RUNUT_LITERAL(".txt"));
    runut_slice text = runut_charset_decode(arena, slurp(arena, path), (runut_slice){"", 0}, !flat, &binary);
    if (flat) {
        runut_plain *plain = runut_arena_alloc(arena, sizeof *plain);
        *plain = (runut_plain){.arena = arena, .language = {"", 0}};
        runut_plain_measure(plain, text);
        return runut_plain_tree(plain, hints);
    }
    runut_html_tree *tree = runut_html_tree_new(arena, text);
    runut_metadata *metadata = runut_metadata_read(tree);
    *hints = (runut_block_hints){metadata->headline, metadata->description, metadata->headline_block, NULL};
    return tree;
}

static void dump(runut_arena *arena, const char *path, FILE *rows, FILE *texts, FILE *names)
{
    static runut_block_row row;
    runut_block_hints hints;
    runut_html_tree *tree = open_capture(arena, path, &hints);
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
    bool links = argc == 2 && strcmp(argv[1], "--lines-links") == 0;
    bool lines = links || (argc == 2 && strcmp(argv[1], "--lines") == 0);
    if (argc != 2)
        return 2;
    runut_arena *arena = runut_arena_new((size_t)1 << 30);
    while (lines && fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        if (RUNUT_ARENA_TRY(arena) == 0)
            print_lines(arena, path, links);
        runut_arena_reset(arena);
    }
    if (lines)
        return 0;
    FILE *rows = out_file(argv[1], ".f32"), *texts = out_file(argv[1], ".tsv"), *names = out_file(argv[1], ".names");
    if (!rows || !texts || !names)
        return 1;
    volatile bool first = true;
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
