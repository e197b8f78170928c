#include "relate/group.h"

#include <stdlib.h>

#include "base/vector.h"

enum { LARGE_ENOUGH = 7, NONE = UINT32_MAX };

typedef struct arc {
    uint32_t to;
    float sum; /* of the scores of all pairs */
} arc;

typedef struct node {
    RUNUT_VECTOR(uint32_t) things;
    RUNUT_VECTOR(arc) arcs; /* may hold arcs to groups that are gone */
    float within;           /* mean score of the pairs inside */
    bool gone;
} node;

typedef struct meeting {
    float closeness, sum;
    uint32_t a, b; /* nodes, a < b */
} meeting;

typedef struct work {
    runut_arena *scratch;
    const runut_grouping *grouping;
    RUNUT_VECTOR(node) nodes;
    RUNUT_VECTOR(meeting) heap;
    uint32_t *seen; /* per node: place in the arcs being gathered, plus one */
} work;

static bool is_before(meeting x, meeting y)
{
    if (x.closeness != y.closeness)
        return x.closeness > y.closeness;
    return x.a != y.a ? x.a < y.a : x.b < y.b;
}

static void heap_push(work *w, meeting m)
{
    (void)RUNUT_APPEND(w->scratch, w->heap);
    size_t i = w->heap.size - 1;
    for (; i > 0 && is_before(m, w->heap.at[(i - 1) / 2]); i = (i - 1) / 2)
        w->heap.at[i] = w->heap.at[(i - 1) / 2];
    w->heap.at[i] = m;
}

static meeting heap_pop(work *w)
{
    meeting top = w->heap.at[0], m = w->heap.at[--w->heap.size];
    for (size_t i = 0, child; w->heap.size; i = child) {
        child = 2 * i + 1;
        if (child + 1 < w->heap.size && is_before(w->heap.at[child + 1], w->heap.at[child]))
            child++;
        if (child >= w->heap.size || is_before(m, w->heap.at[child])) {
            w->heap.at[i] = m;
            break;
        }
        w->heap.at[i] = w->heap.at[child];
    }
    return top;
}

/* Sum of the scores of all pairs; of large groups from an even sample. */
static float sum_between(const work *w, const node *a, const node *b)
{
    size_t na = a->things.size, nb = b->things.size;
    size_t sample = w->grouping->sample, pairs = 0;
    size_t step_a = (na + sample - 1) / sample, step_b = (nb + sample - 1) / sample;
    float sum = 0;
    for (size_t i = 0; i < na; i += step_a)
        for (size_t j = 0; j < nb; j += step_b, pairs++)
            sum += w->grouping->score(w->grouping->context, a->things.at[i], b->things.at[j]);
    return sum / (float)pairs * (float)na * (float)nb;
}

/* Mean score of the pairs inside; of large groups from a smaller even sample. */
static float mean_within(const work *w, const node *n)
{
    size_t sample = (w->grouping->sample + 1) / 2, step = (n->things.size + sample - 1) / sample, pairs = 0;
    float sum = 0;
    for (size_t i = 0; i < n->things.size; i += step)
        for (size_t j = i + step; j < n->things.size; j += step, pairs++)
            sum += w->grouping->score(w->grouping->context, n->things.at[i], n->things.at[j]);
    return pairs ? sum / (float)pairs : 0;
}

static float pairs_of(size_t things)
{
    return (float)things * (float)(things - 1) / 2;
}

/* Two groups that each hang together much more closely than with each other are two, the surer the larger they are; a
 * thing alone has to be closer than a group. */
static float closeness(const work *w, const node *a, const node *b, float sum)
{
    float na = (float)a->things.size, nb = (float)b->things.size, mean = sum / na / nb;
    float least = na < nb ? na : nb, within = a->within < b->within ? a->within : b->within;
    float sure = least < LARGE_ENOUGH ? (least - 1) / (LARGE_ENOUGH - 1) : 1;
    float contrast = within > mean ? w->grouping->contrast * sure * (within - mean) : 0;
    return mean - contrast - w->grouping->alone * (1 / na + 1 / nb) / 2;
}

/* Joins the two nodes by an arc and plans their meeting. */
static void connect(work *w, uint32_t a, uint32_t b, float sum)
{
    RUNUT_PUSH(w->scratch, w->nodes.at[a].arcs, ((arc){b, sum}));
    RUNUT_PUSH(w->scratch, w->nodes.at[b].arcs, ((arc){a, sum}));
    float close = closeness(w, &w->nodes.at[a], &w->nodes.at[b], sum);
    if (close >= w->grouping->threshold)
        heap_push(w, (meeting){close, sum, a < b ? a : b, a < b ? b : a});
}

typedef struct gathered {
    uint32_t to;
    float sum;
    uint32_t sides; /* 1: from a, 2: from b, 3: both */
} gathered;

typedef RUNUT_VECTOR(gathered) gathering;

static void gather(work *w, gathering *out, uint32_t from, uint32_t other, uint32_t side)
{
    node *n = &w->nodes.at[from];
    for (size_t i = 0; i < n->arcs.size; i++) {
        arc x = n->arcs.at[i];
        if (x.to == other || w->nodes.at[x.to].gone)
            continue;
        if (!w->seen[x.to]) {
            RUNUT_PUSH(w->scratch, *out, ((gathered){x.to, 0, 0}));
            w->seen[x.to] = (uint32_t)out->size;
        }
        gathered *g = &out->at[w->seen[x.to] - 1];
        g->sum += x.sum;
        g->sides |= side;
    }
}

static float within_both(const node *a, const node *b, float between)
{
    size_t na = a->things.size, nb = b->things.size;
    return (a->within * pairs_of(na) + b->within * pairs_of(nb) + between) / pairs_of(na + nb);
}

static void merge(work *w, meeting m)
{
    uint32_t a = m.a, b = m.b;
    gathering around = {0};
    gather(w, &around, a, b, 1);
    gather(w, &around, b, a, 2);
    uint32_t c = (uint32_t)w->nodes.size;
    (void)RUNUT_APPEND(w->scratch, w->nodes);
    node *na = &w->nodes.at[a], *nb = &w->nodes.at[b], *nc = &w->nodes.at[c];
    for (size_t i = 0; i < na->things.size; i++)
        RUNUT_PUSH(w->scratch, nc->things, na->things.at[i]);
    for (size_t i = 0; i < nb->things.size; i++)
        RUNUT_PUSH(w->scratch, nc->things, nb->things.at[i]);
    nc->within = within_both(na, nb, m.sum);
    na->gone = nb->gone = true;
    for (size_t i = 0; i < around.size; i++) {
        gathered *g = &around.at[i];
        w->seen[g->to] = 0;
        if (g->sides != 3)
            g->sum += sum_between(w, g->sides == 1 ? nb : na, &w->nodes.at[g->to]);
        connect(w, c, g->to, g->sum);
    }
}

/* Links between things as sums between their nodes; pairs of one node are dropped. */
static int by_nodes(const void *a, const void *b)
{
    const runut_link *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->score < y->score) - (x->score > y->score);
}

static void add_links(work *w, const uint32_t *node_of)
{
    const runut_grouping *g = w->grouping;
    runut_link *links = runut_arena_alloc(w->scratch, (g->link_count + 1) * sizeof *links);
    size_t count = 0;
    for (size_t i = 0; i < g->link_count; i++) {
        uint32_t a = node_of[g->links[i].a], b = node_of[g->links[i].b];
        if (a != b)
            links[count++] = (runut_link){a < b ? a : b, a < b ? b : a, g->links[i].score};
    }
    qsort(links, count, sizeof *links, by_nodes);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && links[next].a == links[i].a && links[next].b == links[i].b; next++)
            ;
        const node *a = &w->nodes.at[links[i].a], *b = &w->nodes.at[links[i].b];
        bool single = a->things.size == 1 && b->things.size == 1;
        connect(w, links[i].a, links[i].b, single ? links[i].score : sum_between(w, a, b));
    }
}

static uint32_t *add_nodes(work *w)
{
    const runut_grouping *g = w->grouping;
    uint32_t *node_of = runut_arena_alloc(w->scratch, (g->count + 1) * sizeof *node_of);
    for (size_t i = 0; i < g->count; i++)
        node_of[i] = NONE;
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t *first = &node_of[g->start[i]];
        if (*first == NONE) {
            *first = (uint32_t)w->nodes.size;
            (void)RUNUT_APPEND(w->scratch, w->nodes);
        }
        node_of[i] = *first;
        RUNUT_PUSH(w->scratch, w->nodes.at[*first].things, i);
    }
    for (size_t i = 0; i < w->nodes.size && g->contrast > 0; i++)
        w->nodes.at[i].within = mean_within(w, &w->nodes.at[i]);
    return node_of;
}

uint32_t *runut_group(runut_arena *scratch, const runut_grouping *grouping)
{
    work w = {.scratch = scratch, .grouping = grouping};
    uint32_t *node_of = add_nodes(&w);
    w.seen = runut_arena_alloc(scratch, (2 * grouping->count + 1) * sizeof *w.seen);
    add_links(&w, node_of);
    while (w.heap.size) {
        meeting m = heap_pop(&w);
        if (!w.nodes.at[m.a].gone && !w.nodes.at[m.b].gone)
            merge(&w, m);
    }
    uint32_t *group = runut_arena_alloc(scratch, (grouping->count + 1) * sizeof *group);
    for (size_t i = 0; i < w.nodes.size; i++) {
        const node *n = &w.nodes.at[i];
        uint32_t lowest = NONE;
        for (size_t k = 0; !n->gone && k < n->things.size; k++)
            lowest = n->things.at[k] < lowest ? n->things.at[k] : lowest;
        for (size_t k = 0; !n->gone && k < n->things.size; k++)
            group[n->things.at[k]] = lowest;
    }
    return group;
}

/* ---- numbers ---- */

typedef struct claim {
    uint32_t number, group, things;
} claim;

static int by_number(const void *a, const void *b)
{
    const claim *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

static int by_things(const void *a, const void *b)
{
    const claim *x = a, *y = b;
    if (x->things != y->things)
        return x->things > y->things ? -1 : 1;
    return by_number(a, b);
}

/* Which group has how many things of which number; most first. */
static claim *claims_of(runut_arena *scratch, size_t count, const uint32_t *group, const uint32_t *old, size_t *size)
{
    claim *claims = runut_arena_alloc(scratch, (count + 1) * sizeof *claims);
    size_t all = 0;
    for (size_t i = 0; i < count; i++)
        if (old[i])
            claims[all++] = (claim){old[i], group[i], 1};
    qsort(claims, all, sizeof *claims, by_number);
    *size = 0;
    for (size_t i = 0; i < all; i++) {
        claim *last = *size ? &claims[*size - 1] : NULL;
        if (last && last->number == claims[i].number && last->group == claims[i].group)
            last->things++;
        else
            claims[(*size)++] = claims[i];
    }
    qsort(claims, *size, sizeof *claims, by_things);
    return claims;
}

uint32_t *runut_group_number(runut_arena *scratch, size_t count, const uint32_t *group, const uint32_t *old,
                             uint32_t *next)
{
    uint32_t *number = runut_arena_alloc(scratch, (count + 1) * sizeof *number);
    bool *taken = runut_arena_alloc(scratch, (size_t)*next + 1);
    size_t size;
    claim *claims = claims_of(scratch, count, group, old, &size);
    for (size_t i = 0; i < size; i++)
        if (!number[claims[i].group] && !taken[claims[i].number]) {
            number[claims[i].group] = claims[i].number;
            taken[claims[i].number] = true;
        }
    for (size_t i = 0; i < count; i++)
        if (group[i] == i && !number[i])
            number[i] = (*next)++;
    return number;
}
