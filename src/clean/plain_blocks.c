/* The lines of a plain-text capture as a page that has lost its elements, so that the judgement learned from pages
 * (blocks.h) judges lines too. One element holds all lines, which leaves every feature of structure at one value; what
 * the hand-set scores and the first path say of each line goes along as further features. Trained on pages and on the
 * same pages as plain text (tools/flatten_pages.py), it learns how far to trust them.
 *
 * Its log-odds then join the evidence for the text, and the path is found again: what comes before what, and what else
 * a line may be, stays the path's to say. Where words or marks of its own tell that a line is no text ("Read also: …",
 * "[Advertisement]", a caption's credit) the judgement may not overrule them: it has seen few such lines, and no
 * language but English. */
#include <math.h>

#include "base/slice.h"
#include "clean/blocks.h"
#include "clean/plain.h"

enum { FAR = 60, MOST_LINES = 50000 /* longer texts are no reports: the hand-set scores alone judge them */ };

/* What a nat of the judgement counts, how far it leans to keeping, and how many it may give: found on plain-text
 * captures of pages held out, on every second of them; from 2 to 5 LEARNED changes little. */
static const float LEARNED = 3, LEAN = 0.4F, MOST = 6;

static float clamp(float value, float most)
{
    return value > most ? most : value < -most ? -most : value;
}

static void read_line(const runut_plain *self, size_t i, runut_block_line *out)
{
    const runut_plain_line *line = &self->lines[i];
    bool more = i + 1 < self->size;
    float *v = out->value;
    v[RUNUT_LINE_TEXTNESS_VALUE] = line->textness;
    v[RUNUT_LINE_MARGIN_VALUE] = clamp(line->margin, 40);
    v[RUNUT_LINE_STATE_VALUE] = (float)line->state;
    v[RUNUT_LINE_DATELINE_VALUE] = line->dateline;
    v[RUNUT_LINE_COMMON_VALUE] = line->common;
    v[RUNUT_LINE_SHARED_VALUE] = line->shared;
    v[RUNUT_LINE_BLANK_BEFORE_VALUE] = line->blank_before;
    v[RUNUT_LINE_BLANK_AFTER_VALUE] = more && line[1].blank_before;
    v[RUNUT_LINE_WORDS_VALUE] = (float)line->words;
    v[RUNUT_LINE_STOP_VALUE] = (float)line->stop + (float)line->question - (float)line->colon;
    v[RUNUT_LINE_SENTENCES_VALUE] = (float)line->sentences;
    v[RUNUT_LINE_CAPTION_VALUE] = line->caption;
    v[RUNUT_LINE_BYLINE_VALUE] = line->is_byline ? line->byline.plain_name ? 1 : 2 : 0;
    v[RUNUT_LINE_DATE_VALUE] = line->date.size > 0;
    v[RUNUT_LINE_CUES_VALUE] = (float)__builtin_popcount(line->any | line->first | line->whole);
    v[RUNUT_LINE_GAPS_VALUE] = (float)line->gaps;
    v[RUNUT_LINE_SEPARATORS_VALUE] = (float)line->separators;
    v[RUNUT_LINE_REPEATED_VALUE] = (float)line->repeated + 2 * (float)line->label_repeated;
    v[RUNUT_LINE_LIST_VALUE] = runut_plain_heads_list(line);
    v[RUNUT_LINE_BEFORE_VALUE] = i ? line[-1].textness : -20;
    v[RUNUT_LINE_AFTER_VALUE] = more ? line[1].textness : -20;
}

/* How many lines ago the first path was in the text, how many lines on it will be. */
static void measure_way(const runut_plain *self, runut_block_line *lines)
{
    float since = FAR, left = FAR;
    for (size_t i = 0; i < self->size; i++) {
        lines[i].value[RUNUT_LINE_SINCE_VALUE] = since;
        since = self->lines[i].state == RUNUT_PLAIN_BODY ? 1 : since < FAR ? since + 1 : FAR;
    }
    for (size_t i = self->size; i-- > 0;) {
        lines[i].value[RUNUT_LINE_LEFT_VALUE] = left;
        left = self->lines[i].state == RUNUT_PLAIN_BODY ? 1 : left < FAR ? left + 1 : FAR;
    }
}

static uint32_t count_bytes(runut_slice text)
{
    size_t blanks = 0;
    for (size_t i = 0; i < text.size; i++)
        blanks += text.at[i] == ' ';
    return (uint32_t)(text.size - blanks);
}

runut_html_tree *runut_plain_tree(const runut_plain *self, runut_block_hints *hints)
{
    runut_html_tree *tree = runut_arena_alloc(self->arena, sizeof *tree);
    runut_block_line *lines = runut_arena_alloc(self->arena, (self->size + 1) * sizeof *lines);
    *tree = (runut_html_tree){.arena = self->arena};
    *hints = (runut_block_hints){{"", 0}, {"", 0}, UINT32_MAX, lines};
    runut_html_node root = {.end = (uint32_t)self->size, .tag = RUNUT_TAG_BODY};
    RUNUT_PUSH(self->arena, tree->nodes, root);
    for (size_t i = 0; i < self->size; i++) {
        const runut_plain_line *line = &self->lines[i];
        runut_html_block block = {.text = line->text, .bytes = count_bytes(line->text)};
        RUNUT_PUSH(self->arena, tree->blocks, block);
        if (line->state == RUNUT_PLAIN_HEAD) {
            hints->headline = (uint32_t)i;
            hints->title = line->text;
        }
        read_line(self, i, &lines[i]);
    }
    measure_way(self, lines);
    return tree;
}

void runut_plain_judge(runut_plain *self)
{
    if (self->size > MOST_LINES)
        return;
    runut_block_hints hints;
    const runut_html_tree *tree = runut_plain_tree(self, &hints);
    const runut_block_text *texts = runut_blocks_text(tree, &hints);
    const float *score = runut_blocks_judge(tree, texts, &hints);
    for (size_t i = 0; i < self->size; i++) {
        runut_plain_line *line = &self->lines[i];
        float p = clamp(score[i] - 0.5F, 0.4999F) + 0.5F;
        float gain = LEARNED * clamp(logf(p / (1 - p)) + LEAN, MOST);
        line->score = score[i];
        line->emission[RUNUT_PLAIN_BODY] += line->told && gain > 0 ? 0 : gain;
    }
}
