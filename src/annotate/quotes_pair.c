/* Which marks belong together: the cheapest path of all readings (Viterbi, 1967).
 *
 *          open              open
 *   OUT ─────────▶ IN ─────────────▶ NESTED
 *    ▲   close     │ ▲     close       │
 *    └─────────────┘ └─────────────────┘
 *    ▲  the paragraph ends, words go on in the next or a mark was forgotten
 *    └────────────── IN, NESTED
 *
 * Every mark opens, closes or is ignored, at the cost that quotes.c gave it. To be inside when a paragraph ends costs
 * little where the next one opens anew (a quotation of several paragraphs) or where the marks are torn off their words
 * (one sentence a line), much elsewhere; so one forgotten mark spoils its own paragraph only. */
#include "annotate/quotes.h"

#include "base/slice.h"

enum state { OUT, IN_GLUED, IN_TORN, NESTED_GLUED, NESTED_TORN, STATES };
enum action { IGNORE, OPEN, CLOSE };
enum cost {
    SCALE = 4, /* of the marks' own costs */
    COST_NESTED = 4 * SCALE,
    COST_GOES_ON = SCALE,      /* a paragraph ends unclosed and the next opens anew */
    COST_UNCLOSED = 3 * SCALE, /* ends unclosed otherwise */
    COST_LINE_TORN = 1,        /* stays open over a line's end */
    COST_LINE_GLUED = 3 * SCALE,
    COST_MOST = 40 * SCALE,
    IMPOSSIBLE = 1 << 28
};

/* How a state was reached. */
typedef struct step {
    uint8_t from, action;
    bool ended; /* an open quotation ended with its paragraph before this mark */
} step;

typedef struct path {
    int cost;
    step by;
} path;

static bool is_torn(int state)
{
    return state == IN_TORN || state == NESTED_TORN;
}

static void offer(path *to, int cost, int from, enum action action, bool ended)
{
    if (cost < to->cost)
        *to = (path){cost, {(uint8_t)from, (uint8_t)action, ended}};
}

static int stay_cost(int state, unsigned breaks)
{
    if (state == OUT || breaks == 0)
        return 0;
    unsigned each = is_torn(state) ? COST_LINE_TORN : COST_LINE_GLUED;
    return breaks > COST_MOST / each ? COST_MOST : (int)(breaks * each);
}

/* All readings of `mark` when the text before it has left `from`. */
static void read_mark(path next[STATES], const runut_quote_mark *mark, int from, int origin, int cost, bool ended)
{
    int torn = !mark->glued;
    offer(&next[from], cost + SCALE * mark->ignore, origin, IGNORE, ended);
    if (from == OUT)
        offer(&next[torn ? IN_TORN : IN_GLUED], cost + SCALE * mark->open, origin, OPEN, ended);
    else if (from == IN_GLUED || from == IN_TORN) {
        offer(&next[OUT], cost + SCALE * mark->close, origin, CLOSE, ended);
        offer(&next[from + 2], cost + SCALE * mark->open + COST_NESTED, origin, OPEN, ended);
    } else {
        offer(&next[from - 2], cost + SCALE * mark->close, origin, CLOSE, ended);
    }
}

static int end_cost(const runut_quote_mark *mark, int state)
{
    if (mark->line_start && mark->open <= 2 && mark->glued && state < NESTED_GLUED)
        return COST_GOES_ON;
    return COST_UNCLOSED;
}

static void advance(const int costs[STATES], const runut_quote_mark *mark, path next[STATES])
{
    for (int s = 0; s < STATES; s++)
        next[s].cost = IMPOSSIBLE;
    for (int s = 0; s < STATES; s++) {
        if (costs[s] >= IMPOSSIBLE)
            continue;
        read_mark(next, mark, s, s, costs[s] + stay_cost(s, mark->breaks), false);
        if (s != OUT && mark->breaks > 0)
            read_mark(next, mark, OUT, s, costs[s] + end_cost(mark, s), true);
    }
}

static runut_span trim(runut_slice body, uint32_t start, uint32_t end)
{
    runut_slice part = runut_slice_trim(runut_slice_part(body, start, end));
    if (part.size == 0)
        return (runut_span){start, start};
    start = (uint32_t)(part.at - body.at);
    return (runut_span){start, start + (uint32_t)part.size};
}

static uint32_t line_end(runut_slice body, uint32_t from, uint32_t limit)
{
    const char *at = memchr(body.at + from, '\n', limit - from);
    return at ? (uint32_t)(at - body.at) : limit;
}

static void push(runut_arena *arena, runut_slice body, runut_quotes *quotes, uint32_t open, uint32_t open_end,
                 uint32_t close, uint32_t close_end)
{
    runut_quote quote = {.outer = {open, close_end}, .inner = trim(body, open_end, close), .closed = close < close_end};
    if (quote.inner.start == quote.inner.end)
        return;
    quote.lines = memchr(body.at + quote.inner.start, '\n', quote.inner.end - quote.inner.start) != NULL;
    RUNUT_PUSH(arena, *quotes, quote);
}

/* `“frank.” [and] wide”`: an editor's bracket reopens what was closed; the stray mark ends the whole. */
static bool extend(runut_slice body, runut_quotes *quotes, const runut_quote_mark *mark)
{
    enum { REACH = 120 };
    runut_quote *last = quotes->size ? &quotes->at[quotes->size - 1] : NULL;
    if (!last || !last->closed || mark->open < 6 || mark->start < last->outer.end ||
        mark->start - last->outer.end > REACH)
        return false;
    runut_slice between = runut_slice_trim(runut_slice_part(body, last->outer.end, mark->start));
    if (between.size == 0 || between.at[0] != '[' || memchr(between.at, '\n', between.size))
        return false;
    last->inner.end = mark->start;
    last->outer.end = mark->end;
    return true;
}

/* Walks the chosen steps in order and turns them into quotations. */
static void emit(runut_arena *arena, runut_slice body, const runut_quote_marks *marks, const step *steps, int last,
                 runut_quotes *quotes)
{
    int depth = 0;
    const runut_quote_mark *open = NULL;
    for (size_t i = 0; i < marks->size; i++) {
        const runut_quote_mark *mark = &marks->at[i];
        if (steps[i].ended && open) {
            uint32_t end = line_end(body, open->end, mark->start);
            push(arena, body, quotes, open->start, open->end, end, end);
            if (quotes->size && mark->line_start && steps[i].action == OPEN)
                quotes->at[quotes->size - 1].goes_on = true;
            open = NULL, depth = 0;
        }
        if (steps[i].action == OPEN && depth++ == 0)
            open = mark;
        else if (steps[i].action == CLOSE && depth > 0 && --depth == 0) {
            push(arena, body, quotes, open->start, open->end, mark->start, mark->end);
            open = NULL;
        } else if (steps[i].action == IGNORE && depth == 0) {
            extend(body, quotes, mark);
        }
    }
    if (last != OUT && open && marks->size < RUNUT_QUOTES_BLOCK) {
        uint32_t end = line_end(body, open->end, (uint32_t)body.size);
        push(arena, body, quotes, open->start, open->end, end, end);
    }
}

size_t runut_quotes_pair(runut_arena *arena, runut_slice body, const runut_quote_marks *marks, runut_quotes *quotes)
{
    if (marks->size == 0 || marks->size > RUNUT_QUOTES_BLOCK)
        return 0;
    size_t before = quotes->size;
    step steps[RUNUT_QUOTES_BLOCK][STATES], chosen[RUNUT_QUOTES_BLOCK];
    int costs[STATES] = {0, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE};
    for (size_t i = 0; i < marks->size; i++) {
        path next[STATES];
        advance(costs, &marks->at[i], next);
        for (int s = 0; s < STATES; s++) {
            costs[s] = next[s].cost;
            steps[i][s] = next[s].by;
        }
    }
    int last = OUT;
    for (int s = IN_GLUED; s < STATES; s++)
        if (costs[s] + COST_UNCLOSED < (last == OUT ? costs[OUT] : costs[last] + COST_UNCLOSED))
            last = s;
    int state = last;
    for (size_t i = marks->size; i-- > 0;) {
        chosen[i] = steps[i][state];
        state = chosen[i].from;
    }
    emit(arena, body, marks, chosen, last, quotes);
    if (marks->size < RUNUT_QUOTES_BLOCK || quotes->size == before)
        return 0;
    uint32_t settled = quotes->at[quotes->size - 1].outer.end;
    return settled > marks->at[RUNUT_QUOTES_BLOCK / 2].start ? settled : 0;
}
