/* Which quotations are the same words.
 *
 *     day 1  A: “Kami akan menutup pelabuhan itu sampai Jumat pagi”        first
 *     day 2  B: “Kami akan menutup pelabuhan itu”                          shortened
 *     day 2  C: “Kita akan menutup pelabuhan itu sampai Jumat pagi”        altered: “Kita” for “Kami”
 *
 * Sayings are taken from the earliest to the latest. Each looks up its runs of three words among those of the first
 * prints so far; of what a first print has, the least of every three neighbouring runs is kept (winnowing: Schleimer,
 * Wilkerson & Aiken 2003), so that five words in common are always found. The best few candidates are aligned word for
 * word (longest common subsequence). No saying is compared with more than CANDIDATES others and no alignment is larger
 * than MOST_CELLS, so the whole is about linear. */
#include "relate/sayings.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/utf8.h"

enum {
    SHINGLE = 3,
    WINDOW = 3,
    PLACES = 5,     /* first prints kept for one run of words: more make it a formula */
    GATHERED = 48,  /* candidates counted */
    CANDIDATES = 3, /* candidates aligned */
    MOST_CELLS = 1 << 18,
    MOST_WORDS = 4096, /* of one saying */
    LONG_AFTER = 30    /* days after which short words may well be said anew */
};

/* ---- words ---- */

typedef struct word {
    uint32_t id;
    uint32_t start, end;
} word;

typedef RUNUT_VECTOR(word) words;

typedef struct slot {
    uint64_t hash; /* 0 = free */
    uint32_t count, first[PLACES];
} slot;

typedef struct join {
    runut_arena *arena;
    const runut_saying *sayings;
    runut_saying_link *links;
    words *words; /* per saying; of copies only while in hand */
    runut_map *ids;
    slot *slots;
    size_t mask, used;
    uint16_t *cells;
} join;

static bool is_ideograph(uint32_t code)
{
    return code >= 0x2E80 && code < 0xA000;
}

static void add_word(join *self, words *out, runut_slice text, size_t start, size_t end)
{
    if (out->size >= MOST_WORDS)
        return;
    bool is_new;
    runut_slice folded = runut_utf8_fold(self->arena, runut_slice_part(text, start, end));
    uint32_t *id = runut_map_put(self->ids, folded, &is_new);
    if (is_new)
        *id = (uint32_t)runut_map_size(self->ids);
    RUNUT_PUSH(self->arena, *out, ((word){*id, (uint32_t)start, (uint32_t)end}));
}

/* Letters and digits; marks of any kind part words, so that spellings with and without a hyphen are the same. */
static words cut(join *self, runut_slice text)
{
    words out = {0};
    size_t start = SIZE_MAX;
    for (size_t at = 0; at < text.size;) {
        size_t before = at;
        uint32_t code = runut_utf8_next(text, &at);
        bool part = runut_code_is_letter(code) || runut_code_is_digit(code);
        if (start != SIZE_MAX && (!part || is_ideograph(code))) {
            add_word(self, &out, text, start, before);
            start = SIZE_MAX;
        }
        if (is_ideograph(code) && part)
            add_word(self, &out, text, before, at);
        else if (part && start == SIZE_MAX)
            start = before;
    }
    if (start != SIZE_MAX)
        add_word(self, &out, text, start, text.size);
    return out;
}

/* ---- the index of first prints ---- */

static uint64_t run_hash(const words *w, size_t at)
{
    uint64_t h = 0x9E3779B97F4A7C15u;
    for (size_t i = at; i < at + SHINGLE; i++) {
        h = (h ^ w->at[i].id) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 33;
    }
    return h ? h : 1;
}

static slot *find_slot(slot *slots, size_t mask, uint64_t hash)
{
    size_t i = (size_t)hash & mask;
    while (slots[i].hash && slots[i].hash != hash)
        i = (i + 1) & mask;
    return &slots[i];
}

static void grow(join *self)
{
    size_t old = self->mask + 1, mask = old * 2 - 1;
    slot *slots = runut_arena_alloc(self->arena, old * 2 * sizeof *slots);
    for (size_t i = 0; i < old; i++)
        if (self->slots[i].hash)
            *find_slot(slots, mask, self->slots[i].hash) = self->slots[i];
    self->slots = slots;
    self->mask = mask;
}

static void index_run(join *self, uint64_t hash, uint32_t saying)
{
    slot *s = find_slot(self->slots, self->mask, hash);
    if (!s->hash) {
        s->hash = hash;
        if (++self->used * 2 > self->mask) {
            grow(self);
            s = find_slot(self->slots, self->mask, hash);
        }
    }
    bool there = s->count && s->first[s->count - 1] == saying;
    if (s->count < PLACES && !there)
        s->first[s->count++] = saying;
}

static void index_saying(join *self, uint32_t saying)
{
    const words *w = &self->words[saying];
    size_t runs = w->size >= SHINGLE ? w->size - SHINGLE + 1 : 0, last = SIZE_MAX;
    for (size_t i = 0; i < runs && (i == 0 || i + WINDOW <= runs); i++) {
        size_t least = i;
        for (size_t k = i + 1; k < i + WINDOW && k < runs; k++)
            if (run_hash(w, k) <= run_hash(w, least))
                least = k;
        if (least != last)
            index_run(self, run_hash(w, least), saying);
        last = least;
    }
}

typedef struct candidate {
    uint32_t saying, shared;
} candidate;

static int by_shared(const void *x, const void *y)
{
    const candidate *a = x, *b = y;
    return a->shared != b->shared ? (a->shared < b->shared) - (a->shared > b->shared)
                                  : (a->saying > b->saying) - (a->saying < b->saying);
}

static size_t gather(const join *self, const words *w, candidate out[GATHERED])
{
    size_t count = 0;
    for (size_t i = 0; i + SHINGLE <= w->size; i++) {
        const slot *s = find_slot(self->slots, self->mask, run_hash(w, i));
        for (uint32_t p = 0; p < s->count; p++) {
            size_t k = 0;
            while (k < count && out[k].saying != s->first[p])
                k++;
            if (k == GATHERED)
                continue;
            if (k == count)
                out[count++] = (candidate){s->first[p], 0};
            out[k].shared++;
        }
    }
    qsort(out, count, sizeof *out, by_shared);
    return count < CANDIDATES ? count : CANDIDATES;
}

/* ---- alignment ---- */

/* What two rows of words have in common: pairs in order. */
typedef struct same_word {
    uint32_t a, b;
} same_word;

typedef RUNUT_VECTOR(same_word) pairs;

static void pair(join *self, pairs *out, size_t a, size_t b)
{
    RUNUT_PUSH(self->arena, *out, ((same_word){(uint32_t)a, (uint32_t)b}));
}

/* The longest common subsequence of a[from, a_end) and b[from, b_end). */
static void align_middle(join *self, const words *a, const words *b, size_t from, size_t a_end, size_t b_end,
                         pairs *out)
{
    size_t n = a_end - from, m = b_end - from;
    if (n == 0 || m == 0 || (n + 1) * (m + 1) > MOST_CELLS)
        return;
    if (!self->cells)
        self->cells = runut_arena_alloc(self->arena, MOST_CELLS * sizeof *self->cells);
    uint16_t *cell = self->cells; /* cell[i][j]: of what begins at i and j */
    size_t row = m + 1;
    memset(cell + n * row, 0, row * sizeof *cell);
    for (size_t i = n; i-- > 0;) {
        cell[i * row + m] = 0;
        for (size_t j = m; j-- > 0;) {
            uint16_t down = cell[(i + 1) * row + j], right = cell[i * row + j + 1];
            bool equal = a->at[from + i].id == b->at[from + j].id;
            cell[i * row + j] = equal ? (uint16_t)(cell[(i + 1) * row + j + 1] + 1) : down > right ? down : right;
        }
    }
    for (size_t i = 0, j = 0; i < n && j < m;) {
        if (a->at[from + i].id == b->at[from + j].id)
            pair(self, out, from + i++, from + j++);
        else if (cell[(i + 1) * row + j] >= cell[i * row + j + 1])
            i++;
        else
            j++;
    }
}

static pairs align(join *self, const words *a, const words *b)
{
    pairs out = {0};
    size_t begin = 0, a_end = a->size, b_end = b->size;
    while (begin < a_end && begin < b_end && a->at[begin].id == b->at[begin].id) {
        pair(self, &out, begin, begin);
        begin++;
    }
    while (a_end > begin && b_end > begin && a->at[a_end - 1].id == b->at[b_end - 1].id)
        a_end--, b_end--;
    align_middle(self, a, b, begin, a_end, b_end, &out);
    for (size_t k = 0; a_end + k < a->size; k++)
        pair(self, &out, a_end + k, b_end + k);
    return out;
}

/* Unbroken pieces of the alignment. */
static size_t pieces(const pairs *p)
{
    size_t count = p->size > 0;
    for (size_t i = 1; i < p->size; i++)
        count += p->at[i].a != p->at[i - 1].a + 1 || p->at[i].b != p->at[i - 1].b + 1;
    return count;
}

static runut_slice between(runut_slice text, const words *w, size_t begin, size_t end)
{
    return begin < end ? runut_slice_part(text, w->at[begin].start, w->at[end - 1].end) : (runut_slice){"", 0};
}

/* What stands between the pieces; what is cut off before the first or after the last is no difference of a shortened
 * or a fuller print. */
static void differences(join *self, uint32_t first, uint32_t here, const pairs *p, runut_saying_link *link)
{
    const words *a = &self->words[first], *b = &self->words[here];
    bool altered = link->change == RUNUT_SAYING_ALTERED;
    size_t from_a = 0, from_b = 0;
    for (size_t i = 0; i <= p->size; i++) {
        size_t to_a = i < p->size ? p->at[i].a : a->size, to_b = i < p->size ? p->at[i].b : b->size;
        bool inner = i > 0 && i < p->size;
        if ((to_a > from_a || to_b > from_b) && (inner || altered)) {
            runut_saying_difference d = {between(self->sayings[here].text, b, from_b, to_b),
                                         between(self->sayings[first].text, a, from_a, to_a)};
            RUNUT_PUSH(self->arena, link->differences, d);
        }
        from_a = to_a + 1;
        from_b = to_b + 1;
    }
}

/* ---- the same or not ---- */

typedef enum likeness { OTHER_SPEAKER, PERHAPS, SAME_SPEAKER } likeness;

/* Is every word of `a` one of `b`? "putin" in "vladimir putin". */
static bool words_within(runut_slice a, runut_slice b)
{
    runut_slice part;
    while (runut_slice_field(&a, ' ', &part)) {
        bool found = false;
        runut_slice rest = b, other;
        while (!found && runut_slice_field(&rest, ' ', &other))
            found = runut_slice_equal(part, other);
        if (!found)
            return false;
    }
    return true;
}

static likeness speakers(const runut_saying *a, const runut_saying *b)
{
    if (a->speaker.size == 0 || b->speaker.size == 0)
        return PERHAPS;
    if (runut_slice_equal(a->speaker, b->speaker))
        return SAME_SPEAKER;
    if (!a->named || !b->named)
        return PERHAPS;
    return words_within(a->speaker, b->speaker) || words_within(b->speaker, a->speaker) ? SAME_SPEAKER : OTHER_SPEAKER;
}

static runut_saying_change change_of(size_t shared, size_t first, size_t here)
{
    if (shared == first && shared == here)
        return RUNUT_SAYING_SAME;
    if (shared == here)
        return RUNUT_SAYING_SHORTENED;
    return shared == first ? RUNUT_SAYING_FULLER : RUNUT_SAYING_ALTERED;
}

/* Enough words in common, in pieces long enough, for these speakers and days? */
static bool is_enough(const runut_saying *a, const runut_saying *b, size_t shared, size_t least_size, size_t parts,
                      runut_saying_change change)
{
    likeness like = speakers(a, b);
    size_t least = change == RUNUT_SAYING_SAME ? 3 : change == RUNUT_SAYING_ALTERED ? 6 : 5;
    if (like == PERHAPS)
        least += 2;
    if (like == OTHER_SPEAKER)
        least = 10;
    bool apart = a->day != RUNUT_NO_DAY && b->day != RUNUT_NO_DAY && b->day - a->day > LONG_AFTER;
    if (apart && least < 8)
        least = 8;
    if (apart && change == RUNUT_SAYING_ALTERED)
        least = 20; /* a warning of last year, with this year's figure */
    size_t share = like == OTHER_SPEAKER ? 90 : 70;
    return shared >= least && shared * 100 >= least_size * share && parts <= 1 + shared / 4;
}

static bool link_to(join *self, uint32_t first, uint32_t here)
{
    const words *a = &self->words[first], *b = &self->words[here];
    pairs p = align(self, a, b);
    size_t least = a->size < b->size ? a->size : b->size;
    runut_saying_change change = change_of(p.size, a->size, b->size);
    const runut_saying *one = &self->sayings[first], *other = &self->sayings[here];
    if (one->article == other->article && change != RUNUT_SAYING_SAME)
        return false; /* a report that repeats a speaker's phrase */
    if (!is_enough(one, other, p.size, least, pieces(&p), change))
        return false;
    runut_saying_link *link = &self->links[here];
    link->first = first;
    link->change = change;
    link->other_speaker = speakers(one, other) == OTHER_SPEAKER;
    differences(self, first, here, &p, link);
    return true;
}

static void join_one(join *self, uint32_t here)
{
    candidate found[GATHERED];
    self->words[here] = cut(self, self->sayings[here].text);
    self->links[here] = (runut_saying_link){.first = here};
    size_t count = gather(self, &self->words[here], found);
    for (size_t i = 0; i < count; i++)
        if (link_to(self, found[i].saying, here))
            return;
    index_saying(self, here);
}

/* ---- order ---- */

typedef struct rank {
    const runut_saying *saying;
    uint32_t index;
} rank;

static int64_t when(const runut_saying *s)
{
    return s->day == RUNUT_NO_DAY ? INT64_MAX : (int64_t)s->day;
}

static int by_time(const void *x, const void *y)
{
    const rank *p = x, *q = y;
    const runut_saying *a = p->saying, *b = q->saying;
    if (when(a) != when(b))
        return when(a) < when(b) ? -1 : 1;
    if (a->copy != b->copy)
        return a->copy ? 1 : -1;
    if (a->article != b->article)
        return a->article < b->article ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (p->index > q->index) - (p->index < q->index);
}

runut_saying_link *runut_sayings_join(runut_arena *arena, const runut_saying *sayings, size_t count, uint32_t **order)
{
    enum { SLOTS = 1024 };
    join self = {.arena = arena, .sayings = sayings, .ids = runut_map_new(arena), .mask = SLOTS - 1};
    rank *ranks = runut_arena_alloc(arena, (count + 1) * sizeof *ranks);
    self.links = runut_arena_alloc(arena, (count + 1) * sizeof *self.links);
    self.words = runut_arena_alloc(arena, (count + 1) * sizeof *self.words);
    self.slots = runut_arena_alloc(arena, SLOTS * sizeof *self.slots);
    for (size_t i = 0; i < count; i++)
        ranks[i] = (rank){&sayings[i], (uint32_t)i};
    qsort(ranks, count, sizeof *ranks, by_time);
    for (size_t i = 0; i < count; i++)
        join_one(&self, ranks[i].index);
    if (order) {
        *order = runut_arena_alloc(arena, (count + 1) * sizeof **order);
        for (size_t i = 0; i < count; i++)
            (*order)[i] = ranks[i].index;
    }
    return self.links;
}
