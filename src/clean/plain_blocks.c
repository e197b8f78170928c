/* The lines of a plain-text capture as a page that has lost its elements, so that they can be judged as the blocks of
 * a page are (blocks.h): by what is around them. One element holds all lines, which leaves every feature of structure
 * at one value; what the hand-set scores and the first path say of each line goes along as further features. The trees
 * (data/lines.model) are trained on pages made plain text, a third of them in made-up languages, so that they do not
 * lean on English (tools/flatten_pages.py).
 *
 * Their log-odds join the evidence for the text, and the path is found again: what comes before what, and what else
 * a line may be, stays the path's to say. They only add: on long pages a short report's last sentence, below an
 * advertisement, would be none. Nor do they overrule words or a form that tell that a line is no text ("Read also: …",
 * "[Advertisement]", a caption's credit, "***"). */
#include <math.h>

#include "base/slice.h"
#include "clean/blocks.h"
#include "clean/plain.h"

enum { FAR = 60, MOST_LINES = 50000 /* longer texts are no reports: the hand-set scores alone judge them */ };

/* What a nat of the judgement counts, how far it leans to keeping, the hand-set score below which a line is poor and
 * above which it is running text, the weight of a sure dateline. Found on plain-text captures of pages held out; from 3
 * to 8 LEARNED changes little. */
static const float LEARNED = 5, LEAN = 0.4F, POOR = -2.8F, RUNNING = 1, SURE = 3;

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

/* Has the line neither words nor form of a text? */
static bool is_refused(const runut_plain_line *line)
{
    return line->told || (line->textness < POOR && !line->stop);
}

/* The line that the text cannot begin before: its first where that has a dateline. `size` where nothing reads like a
 * text. */
static size_t find_beginning(const runut_plain *self)
{
    bool any = false;
    size_t first = self->size;
    for (size_t i = self->size; i-- > 0;) {
        any |= self->lines[i].textness > RUNNING;
        first = self->lines[i].state == RUNUT_PLAIN_BODY ? i : first;
    }
    return !any ? self->size : first < self->size && self->lines[first].dateline >= SURE ? first : 0;
}

void runut_plain_judge(runut_plain *self)
{
    size_t begin = find_beginning(self);
    if (begin == self->size || self->size > MOST_LINES)
        return;
    runut_block_hints hints;
    const runut_html_tree *tree = runut_plain_tree(self, &hints);
    const runut_block_text *texts = runut_blocks_text(tree, &hints);
    const float *score = runut_blocks_judge(tree, texts, &hints);
    for (size_t i = begin; i < self->size; i++) {
        runut_plain_line *line = &self->lines[i];
        float p = clamp(score[i] - 0.5F, 0.4999F) + 0.5F;
        float gain = LEARNED * (logf(p / (1 - p)) + LEAN);
        if (gain > 0 && !is_refused(line))
            line->emission[RUNUT_PLAIN_BODY] += gain;
    }
}
