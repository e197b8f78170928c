/* The best path of states through the lines (Viterbi, 1967): linear in the lines, whatever they hold. */
#include <string.h>

#include "clean/plain.h"

#define NEVER (-1e9f)

typedef struct ways { /* to the states of one line */
    float score[RUNUT_PLAIN_STATES];
    unsigned char from[RUNUT_PLAIN_STATES];
} ways;

/* How well the text begins with `line`: with its dateline best, not with a short line without a full stop. */
static float opening(const runut_plain_line *line)
{
    return 1.3f * line->dateline - (line->textness < 0 ? 2.5f : 0.0f);
}

/* What a step costs; NEVER where the order of a report forbids it. */
static float step(runut_plain_state from, runut_plain_state to, const runut_plain_line *line)
{
    static const float cost[RUNUT_PLAIN_STATES][RUNUT_PLAIN_STATES] = {
        /*            BEFORE HEAD   MID    BODY   INSERT AFTER */
        /* BEFORE */ {0, 0, -2.5f, -2.0f, NEVER, NEVER},
        /* HEAD   */ {NEVER, NEVER, 0, 0, NEVER, NEVER},
        /* MID    */ {NEVER, NEVER, 0, 0, NEVER, NEVER},
        /* BODY   */ {NEVER, NEVER, NEVER, 0, -2.0f, -0.5f},
        /* INSERT */ {NEVER, NEVER, NEVER, 0, -0.3f, NEVER},
        /* AFTER  */ {NEVER, NEVER, NEVER, NEVER, NEVER, 0},
    };
    float value = cost[from][to];
    if (to == RUNUT_PLAIN_BODY && from <= RUNUT_PLAIN_MID && value > NEVER)
        value += opening(line);
    return value;
}

static float begin(runut_plain_state state, const runut_plain_line *line)
{
    static const float cost[RUNUT_PLAIN_STATES] = {0, 0, -2.5f, -1.0f, NEVER, NEVER};
    return cost[state] + (state == RUNUT_PLAIN_BODY ? opening(line) : 0);
}

static float finish(runut_plain_state state)
{
    static const float cost[RUNUT_PLAIN_STATES] = {-8, -6, -6, 0, NEVER, 0};
    return cost[state];
}

static float best_step(const float *before, int to, const runut_plain_line *line, unsigned char *from)
{
    float best = 2 * NEVER;
    for (int s = 0; s < RUNUT_PLAIN_STATES; s++) {
        float value = before[s] + step((runut_plain_state)s, (runut_plain_state)to, line);
        if (value > best) {
            best = value;
            *from = (unsigned char)s;
        }
    }
    return best;
}

/* Scores of the best ways to each state of each line, that line counted; where each comes from. */
static void go_forward(const runut_plain *self, ways *all)
{
    for (size_t i = 0; i < self->size; i++)
        for (int s = 0; s < RUNUT_PLAIN_STATES; s++) {
            const runut_plain_line *line = &self->lines[i];
            float before =
                i ? best_step(all[i - 1].score, s, line, &all[i].from[s]) : begin((runut_plain_state)s, line);
            all[i].score[s] = before + line->emission[s];
        }
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

/* How much the best path through the text beats the best one that leaves a line out of it. `after` are the scores of
 * the best ways on from each state of the line, that line not counted. */
static void weigh(runut_plain *self, const ways *all)
{
    float after[RUNUT_PLAIN_STATES], next[RUNUT_PLAIN_STATES];
    for (int s = 0; s < RUNUT_PLAIN_STATES; s++)
        after[s] = finish((runut_plain_state)s);
    for (size_t i = self->size; i-- > 0;) {
        runut_plain_line *line = &self->lines[i];
        float other = 2 * NEVER;
        for (int s = 0; s < RUNUT_PLAIN_STATES; s++)
            if (s != RUNUT_PLAIN_BODY)
                other = larger(other, all[i].score[s] + after[s]);
        line->margin = all[i].score[RUNUT_PLAIN_BODY] + after[RUNUT_PLAIN_BODY] - other;
        for (int s = 0; s < RUNUT_PLAIN_STATES; s++) {
            next[s] = 2 * NEVER;
            for (int to = 0; to < RUNUT_PLAIN_STATES; to++)
                next[s] = larger(next[s], after[to] + line->emission[to] +
                                              step((runut_plain_state)s, (runut_plain_state)to, line));
        }
        memcpy(after, next, sizeof after);
    }
}

void runut_plain_path(runut_plain *self)
{
    if (self->size == 0)
        return;
    ways *all = runut_arena_alloc(self->arena, self->size * sizeof *all);
    go_forward(self, all);
    weigh(self, all);
    const float *last = all[self->size - 1].score;
    int best = 0;
    for (int s = 0; s < RUNUT_PLAIN_STATES; s++)
        if (last[s] + finish((runut_plain_state)s) > last[best] + finish((runut_plain_state)best))
            best = s;
    for (size_t i = self->size; i-- > 0; best = all[i].from[best])
        self->lines[i].state = (runut_plain_state)best;
}
