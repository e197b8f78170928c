/* The day of publication. Every day that the page states anywhere is one candidate, with the set of places that state
 * it; a small logistic model says how likely it is that of the publication: places that agree, the place on the page,
 * words for publishing or changing beside it, its order among the page's dates. A page's UTC and its readers' clock may
 * be a day apart, so a neighbour's evidence counts too. The day of a change is never taken where another is stated, and
 * never from metadata; site clocks and a program's default (1970-01-01) are no candidates.
 *
 * Weights: data/field_weights.tsv, trained and judged held out by domain with tools/train_fields.py. */
#include "clean/metadata_date.h"

#include "base/slice.h"
#include "clean/metadata_weights.h"

#define SHAPES(X)                                                                                                      \
    X(TWO_SOURCES)                                                                                                     \
    X(THREE_SOURCES)                                                                                                   \
    X(STATED_AND_SEEN)                                                                                                 \
    X(IS_CHANGE)                                                                                                       \
    X(IS_PUBLISHED)                                                                                                    \
    X(IS_BOTH)                                                                                                         \
    X(AFTER_CHANGE)                                                                                                    \
    X(NEIGHBOUR_STATED)                                                                                                \
    X(NEIGHBOUR_SEEN)                                                                                                  \
    X(RIVAL_STATED)                                                                                                    \
    X(RIVAL_SEEN)                                                                                                      \
    X(RIVAL_BOTH)                                                                                                      \
    X(EARLIEST)                                                                                                        \
    X(LATEST)                                                                                                          \
    X(ALONE)

enum shape {
    BEFORE_SHAPES = RUNUT_DATED_SOURCE_COUNT - 1,
#define SHAPE_ENUM(id) SHAPE_##id,
    SHAPES(SHAPE_ENUM)
#undef SHAPE_ENUM
        FEATURES
};
_Static_assert((int)FEATURES <= (int)RUNUT_DATED_FEATURES, "room for every feature");

static const uint32_t STATED =
    RUNUT_DATED_BIT(JSON) | RUNUT_DATED_BIT(META_PUBLISHED) | RUNUT_DATED_BIT(META_PLAIN) | RUNUT_DATED_BIT(ITEMPROP);
static const uint32_t SEEN = RUNUT_DATED_BIT(TIME_FIRST) | RUNUT_DATED_BIT(LINE_FIRST) |
                             RUNUT_DATED_BIT(LINE_LABELLED) | RUNUT_DATED_BIT(LINE_CLASS) | RUNUT_DATED_BIT(LINE_ABOVE);

const char *const *runut_dated_feature_names(size_t *size)
{
    static const char *const names[] = {
#define SOURCE_NAME(id, from) #id,
        RUNUT_DATED_SOURCES(SOURCE_NAME)
#undef SOURCE_NAME
#define SHAPE_NAME(id) #id,
            SHAPES(SHAPE_NAME)
#undef SHAPE_NAME
    };
    *size = FEATURES;
    return names;
}

/* The other reading of the same numbers. */
static bool is_sibling(const runut_dated *a, const runut_dated *b)
{
    const uint32_t swapped = RUNUT_DATED_BIT(SWAPPED);
    return ((a->sources ^ b->sources) & swapped) && a->printed.at == b->printed.at;
}

static void set_rivals(const runut_dates *self, runut_dated *d)
{
    float *row = d->row;
    row[SHAPE_EARLIEST] = row[SHAPE_LATEST] = self->size > 1 ? 1 : 0;
    for (size_t i = 0; i < self->size; i++) {
        const runut_dated *r = &self->at[i];
        if (r == d || is_sibling(d, r))
            continue;
        bool stated = r->sources & STATED, seen = r->sources & SEEN,
             next = r->day == d->day + 1 || r->day == d->day - 1;
        if (r->day < d->day)
            row[SHAPE_EARLIEST] = 0;
        if (r->day > d->day)
            row[SHAPE_LATEST] = 0;
        if (next && stated)
            row[SHAPE_NEIGHBOUR_STATED] = 1;
        if (next && seen)
            row[SHAPE_NEIGHBOUR_SEEN] = 1;
        if (stated && !(d->sources & STATED))
            row[SHAPE_RIVAL_STATED] = 1;
        if (seen && !(d->sources & SEEN))
            row[SHAPE_RIVAL_SEEN] = 1;
        if (stated && seen && !(d->sources & STATED && d->sources & SEEN))
            row[SHAPE_RIVAL_BOTH] = 1;
    }
}

static void set_features(const runut_dates *self, runut_dated *d)
{
    uint32_t bits = d->sources & ~(RUNUT_DATED_BIT(SWAPPED) | RUNUT_DATED_BIT(LOOSE) | RUNUT_DATED_BIT(CHANGED));
    int count = __builtin_popcount(bits);
    bool change = d->day == self->changed, published = d->day == self->published;
    for (size_t k = 0; k < RUNUT_DATED_SOURCE_COUNT; k++)
        d->row[k] = (float)(d->sources >> k & 1);
    d->row[SHAPE_TWO_SOURCES] = count >= 2;
    d->row[SHAPE_THREE_SOURCES] = count >= 3;
    d->row[SHAPE_STATED_AND_SEEN] = d->sources & STATED && d->sources & SEEN;
    d->row[SHAPE_IS_CHANGE] = change && !published && self->published != RUNUT_NO_DAY;
    d->row[SHAPE_IS_PUBLISHED] = published;
    d->row[SHAPE_IS_BOTH] = published && change;
    d->row[SHAPE_AFTER_CHANGE] = self->changed != RUNUT_NO_DAY && d->day > self->changed + 1;
    d->row[SHAPE_ALONE] = self->size == 1;
    set_rivals(self, d);
}

runut_dates *runut_dates_new(const runut_metadata *metadata, runut_metadata_span body, runut_slice language)
{
    runut_dates *self = runut_arena_alloc(metadata->tree->arena, sizeof *self);
    self->metadata = metadata;
    self->body = body;
    self->language = language;
    self->top = metadata->headline_block < body.first ? metadata->headline_block : body.first;
    runut_dates_find(self);
    for (size_t i = 0; i < self->size; i++)
        set_features(self, &self->at[i]);
    return self;
}

/* Known for the day of a change by its words alone, or by metadata that state another day of publication. */
static bool is_only_change(const runut_dates *self, const runut_dated *d)
{
    const uint32_t told = RUNUT_DATED_BIT(JSON) | RUNUT_DATED_BIT(META_PUBLISHED) | RUNUT_DATED_BIT(ITEMPROP) |
                          RUNUT_DATED_BIT(LINE_LABELLED) | RUNUT_DATED_BIT(URL);
    uint32_t rest = d->sources & ~(RUNUT_DATED_BIT(CHANGED) | RUNUT_DATED_BIT(SWAPPED) | RUNUT_DATED_BIT(LOOSE));
    bool other = self->published != RUNUT_NO_DAY && self->published != d->day;
    return rest == 0 || (d->day == self->changed && other && !(d->sources & told));
}

void runut_metadata_date(const runut_metadata *self, runut_metadata_span body, runut_article *article)
{
    float weights[RUNUT_DATED_FEATURES], bias;
    size_t size;
    runut_dates *dates = runut_dates_new(self, body, article->language);
    const char *const *names = runut_dated_feature_names(&size);
    const runut_dated *best = NULL, *change = NULL;
    if (dates->changed != RUNUT_NO_DAY)
        article->date_modified = dates->changed_iso;
    runut_metadata_weights("date", names, size, weights, &bias);
    for (size_t i = 0; i < dates->size; i++) {
        runut_dated *d = &dates->at[i];
        d->chance = runut_metadata_chance(weights, bias, d->row, size);
        bool other = is_only_change(dates, d);
        if (!other && (!best || d->chance > best->chance))
            best = d;
        else if (other && d->sources & RUNUT_DATED_BIT(CHANGED) && (!change || d->chance > change->chance))
            change = d;
    }
    if (!best)
        best = change; /* the page states no other day, and says what this one is */
    if (!best)
        return;
    article->date_published = best->iso;
    article->date_printed = best->printed;
    article->date_from = best->from;
}
