/* The best path of states through the lines (Viterbi, 1967): linear in the lines, whatever they hold. */
#include "clean/plain.h"

#define NEVER (-1e9f)

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

static void advance(const runut_plain_line *line, const float *before, float *now, unsigned char *from)
{
    for (int to = 0; to < RUNUT_PLAIN_STATES; to++) {
        now[to] = NEVER;
        for (int s = 0; s < RUNUT_PLAIN_STATES; s++) {
            float value = before[s] + step((runut_plain_state)s, (runut_plain_state)to, line);
            if (value > now[to]) {
                now[to] = value;
                from[to] = (unsigned char)s;
            }
        }
        now[to] += line->emission[to];
    }
}

void runut_plain_path(runut_plain *self)
{
    if (self->size == 0)
        return;
    unsigned char(*from)[RUNUT_PLAIN_STATES] = runut_arena_alloc(self->arena, self->size * sizeof *from);
    float before[RUNUT_PLAIN_STATES], now[RUNUT_PLAIN_STATES];
    for (int s = 0; s < RUNUT_PLAIN_STATES; s++)
        before[s] = begin((runut_plain_state)s, &self->lines[0]) + self->lines[0].emission[s];
    for (size_t i = 1; i < self->size; i++) {
        advance(&self->lines[i], before, now, from[i]);
        for (int s = 0; s < RUNUT_PLAIN_STATES; s++)
            before[s] = now[s];
    }
    int best = 0;
    for (int s = 0; s < RUNUT_PLAIN_STATES; s++)
        if (before[s] + finish((runut_plain_state)s) > before[best] + finish((runut_plain_state)best))
            best = s;
    for (size_t i = self->size; i-- > 0; best = from[i][best])
        self->lines[i].state = (runut_plain_state)best;
}
