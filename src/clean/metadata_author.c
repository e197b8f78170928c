/* Authors. Each name that the page or its metadata offers is one candidate, with the set of places that have it; a
 * small logistic model over what is known of the candidate (which places, whether it stands near the headline, its
 * form, what its rivals have) says how likely it is the author's. The likeliest is taken if it is likelier than not;
 * others with it where they stand in the same by-line or are stated together. 'admin' and 'Redaksi' write nothing.
 *
 *     JSON-LD  Ida Marsh ─┐
 *     meta     admin      │  (no name)
 *     by-line  Ida Marsh ─┴─ one candidate: JSON_PERSON, BY, stated and seen, near the headline …  0.99
 *     aside    Colm Petrie ─ one candidate: CLASS, rival stated, rival seen …                      0.04
 *
 * Weights: data/field_weights.tsv, trained and judged held out by domain with tools/train_fields.py. */
#include "clean/metadata_author.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/byline.h"
#include "clean/metadata_weights.h"

enum { MOST_AUTHORS = 10, MOST_TEXT = 800 };

#define SHAPES(X)                                                                                                      \
    X(STATED_AND_SEEN)                                                                                                 \
    X(STATED_ONLY)                                                                                                     \
    X(STATED_ON_PAGE)                                                                                                  \
    X(TWO_STATED)                                                                                                      \
    X(TWO_SEEN)                                                                                                        \
    X(BETWEEN)                                                                                                         \
    X(CLOSE)                                                                                                           \
    X(ABOVE)                                                                                                           \
    X(BELOW)                                                                                                           \
    X(BELOW_CLOSE)                                                                                                     \
    X(BELOW_LABELLED)                                                                                                  \
    X(RIVAL_STATED)                                                                                                    \
    X(RIVAL_SEEN)                                                                                                      \
    X(RIVAL_BOTH)                                                                                                      \
    X(BESIDE_AUTHOR)                                                                                                   \
    X(FIRST_SEEN)                                                                                                      \
    X(ONLY_SEEN)                                                                                                       \
    X(ONLY_STATED)                                                                                                     \
    X(LATER)                                                                                                           \
    X(ONE_WORD)                                                                                                        \
    X(TWO_WORDS)                                                                                                       \
    X(MANY_WORDS)                                                                                                      \
    X(NAME_FORM)                                                                                                       \
    X(GIVEN_NAME)                                                                                                      \
    X(SMALL)                                                                                                           \
    X(CAPITALS)                                                                                                        \
    X(DESK)                                                                                                            \
    X(ROLE)                                                                                                            \
    X(SITE_NAME)                                                                                                       \
    X(SITE_PERSON)                                                                                                     \
    X(IN_LONGER)                                                                                                       \
    X(HOLDS_SHORTER)                                                                                                   \
    X(HANDLE)                                                                                                          \
    X(IN_HEADLINE)                                                                                                     \
    X(ALONE)                                                                                                           \
    X(ALONE_STATED)

enum shape {
    BEFORE_SHAPES = RUNUT_AUTHOR_SOURCE_COUNT - 1,
#define SHAPE_ENUM(id) SHAPE_##id,
    SHAPES(SHAPE_ENUM)
#undef SHAPE_ENUM
        FEATURES
};
_Static_assert((int)FEATURES <= (int)RUNUT_AUTHOR_FEATURES, "room for every feature");

static const uint32_t STATED = RUNUT_AUTHOR_BIT(JSON_PERSON) | RUNUT_AUTHOR_BIT(JSON_PLAIN) |
                               RUNUT_AUTHOR_BIT(META_AUTHOR) | RUNUT_AUTHOR_BIT(META_ARTICLE) |
                               RUNUT_AUTHOR_BIT(META_LIBRARY) | RUNUT_AUTHOR_BIT(META_TOOL) | RUNUT_AUTHOR_BIT(TWITTER);
static const uint32_t SEEN = RUNUT_AUTHOR_BIT(REL) | RUNUT_AUTHOR_BIT(LABEL) | RUNUT_AUTHOR_BIT(BY) |
                             RUNUT_AUTHOR_BIT(CLASS) | RUNUT_AUTHOR_BIT(DATED);

const char *const *runut_author_feature_names(size_t *size)
{
    static const char *const names[] = {
#define SOURCE_NAME(id, from) #id,
        RUNUT_AUTHOR_SOURCES(SOURCE_NAME)
#undef SOURCE_NAME
#define SHAPE_NAME(id) #id,
            SHAPES(SHAPE_NAME)
#undef SHAPE_NAME
    };
    *size = FEATURES;
    return names;
}

static int count_bits(uint32_t set)
{
    return __builtin_popcount(set);
}

/* Does a block around the report, but not of it, show the name? Degrees that stand there go with it. */
static bool on_page(const runut_authors *self, runut_slice *name)
{
    enum { ABOVE_BODY = 24, BELOW_BODY = 40 };
    const runut_html_tree *tree = self->metadata->tree;
    uint32_t from = self->body.first > ABOVE_BODY ? self->body.first - ABOVE_BODY : 0;
    for (uint32_t i = from; i < tree->blocks.size && i < self->body.end + BELOW_BODY; i++) {
        if (i >= self->body.first + 2 && i + 2 < self->body.end)
            i = self->body.end - 2;
        runut_slice text = tree->blocks.at[i].text;
        if (text.size <= MOST_TEXT && runut_slice_find_nocase(text, *name, 0) != SIZE_MAX) {
            *name = runut_author_with_degrees(self->arena, text, *name);
            return true;
        }
    }
    return false;
}

/* Are the words of `part` a run of those of `whole`? */
static bool holds(runut_slice whole, runut_slice part)
{
    if (part.size >= whole.size)
        return false;
    size_t at = runut_slice_find(whole, part, 0);
    return at != SIZE_MAX && (at == 0 || whole.at[at - 1] == ' ') &&
           (at + part.size == whole.size || whole.at[at + part.size] == ' ');
}

static bool is_beside(const runut_author *a, const runut_author *b)
{
    return a->block != UINT32_MAX && b->block != UINT32_MAX && a->block <= b->block + 1 && b->block <= a->block + 1;
}

/* Next to somebody who is stated and seen, and named in the same way: a second author. */
static bool is_second(const runut_author *a, const runut_author *b)
{
    return !(a->sources & STATED) && a->block >= b->block && is_beside(a, b) && b->sources & STATED &&
           a->sources & b->sources & SEEN;
}

static void set_rivals(const runut_authors *self, runut_author *a)
{
    float *row = a->row;
    row[SHAPE_FIRST_SEEN] = a->sources & SEEN ? 1 : 0;
    row[SHAPE_ONLY_SEEN] = row[SHAPE_FIRST_SEEN];
    row[SHAPE_ONLY_STATED] = a->sources & STATED ? 1 : 0;
    for (size_t k = 0; k < self->size; k++) {
        const runut_author *b = &self->at[k];
        if (b == a)
            continue;
        bool stated = b->sources & STATED, seen = b->sources & SEEN;
        bool longer = holds(b->key, a->key), shorter = holds(a->key, b->key);
        row[SHAPE_IN_LONGER] = row[SHAPE_IN_LONGER] > 0 || longer;
        row[SHAPE_HOLDS_SHORTER] = row[SHAPE_HOLDS_SHORTER] > 0 || shorter;
        row[SHAPE_BESIDE_AUTHOR] = row[SHAPE_BESIDE_AUTHOR] > 0 || is_second(a, b);
        if (seen)
            row[SHAPE_ONLY_SEEN] = 0;
        if (stated)
            row[SHAPE_ONLY_STATED] = 0;
        if (seen && b->block < a->block && !(b->kinds & (RUNUT_AUTHOR_DESK | RUNUT_AUTHOR_ROLE)))
            row[SHAPE_FIRST_SEEN] = 0;
        if (b->rank > 0 || longer || shorter || b->kinds & RUNUT_AUTHOR_DESK)
            continue;
        row[SHAPE_RIVAL_STATED] = row[SHAPE_RIVAL_STATED] > 0 || (stated && !(a->sources & STATED));
        row[SHAPE_RIVAL_SEEN] = row[SHAPE_RIVAL_SEEN] > 0 || (seen && !(a->sources & SEEN));
        row[SHAPE_RIVAL_BOTH] =
            row[SHAPE_RIVAL_BOTH] > 0 || (seen && stated && !(a->sources & SEEN && a->sources & STATED));
    }
}

static void set_place(const runut_authors *self, runut_author *a)
{
    enum { CLOSE = 3 };
    uint32_t head = self->metadata->headline_block;
    bool stated = a->sources & STATED, seen = a->sources & SEEN;
    bool shown = stated && !seen && on_page(self, &a->name);
    a->row[SHAPE_STATED_AND_SEEN] = stated && seen;
    a->row[SHAPE_STATED_ON_PAGE] = shown;
    a->row[SHAPE_STATED_ONLY] = stated && !seen && !shown;
    a->row[SHAPE_TWO_STATED] = count_bits(a->sources & STATED) > 1;
    a->row[SHAPE_TWO_SEEN] = count_bits(a->sources & SEEN) > 1;
    a->row[SHAPE_LATER] = a->rank > 0;
    if (a->block == UINT32_MAX)
        return;
    bool above = a->block < self->body.first && head != UINT32_MAX && a->block < head;
    a->row[SHAPE_ABOVE] = above;
    a->row[SHAPE_BELOW] = a->block >= self->body.end;
    a->row[SHAPE_BELOW_CLOSE] = a->block >= self->body.end && a->block - self->body.end < CLOSE;
    a->row[SHAPE_BELOW_LABELLED] = a->sources & RUNUT_AUTHOR_BIT(END) && a->labelled;
    a->row[SHAPE_BETWEEN] = head != UINT32_MAX && a->block > head && a->block <= self->body.first;
    a->row[SHAPE_CLOSE] = head != UINT32_MAX && a->block > head && a->block - head <= CLOSE;
}

static bool is_capitals(runut_slice text)
{
    bool capital = false;
    for (size_t i = 0; i < text.size;) {
        uint32_t code = runut_utf8_next(text, &i);
        if (runut_code_is_lower(code))
            return false;
        capital |= runut_code_is_upper(code);
    }
    return capital;
}

/* No other candidate but the site's name? */
static bool is_alone(const runut_authors *self, const runut_author *a)
{
    for (size_t i = 0; i < self->size; i++)
        if (&self->at[i] != a && self->at[i].sources != RUNUT_AUTHOR_BIT(SITE))
            return false;
    return true;
}

static void set_form(const runut_authors *self, runut_author *a)
{
    const runut_metadata *m = self->metadata;
    bool site = runut_metadata_alike(a->name, m->publisher) > 0.7F || runut_metadata_alike(a->name, m->site) > 0.7F;
    bool form = runut_byline_is_name(self->arena, a->name);
    bool strong = a->sources & (STATED | RUNUT_AUTHOR_BIT(REL) | RUNUT_AUTHOR_BIT(LABEL) | RUNUT_AUTHOR_BIT(BY));
    bool given = (!strong || site) && form && runut_author_has_given_name(self->arena, a->name);
    a->row[SHAPE_ONE_WORD] = a->words == 1;
    a->row[SHAPE_TWO_WORDS] = a->words == 2 || a->words == 3;
    a->row[SHAPE_MANY_WORDS] = a->words > 4;
    a->row[SHAPE_NAME_FORM] = form;
    a->row[SHAPE_GIVEN_NAME] = given && !site;
    a->row[SHAPE_SMALL] = !runut_utf8_starts_upper(a->name);
    a->row[SHAPE_CAPITALS] = is_capitals(a->name);
    a->row[SHAPE_DESK] = (a->kinds & RUNUT_AUTHOR_DESK) != 0;
    a->row[SHAPE_ROLE] = a->words > 1 && runut_author_has_role(self->arena, a->name);
    a->row[SHAPE_SITE_NAME] = site && !given;
    a->row[SHAPE_SITE_PERSON] = site && given;
    a->row[SHAPE_HANDLE] = a->words == 1 && memchr(a->name.at, '.', a->name.size) != NULL;
    a->row[SHAPE_IN_HEADLINE] = runut_slice_find_nocase(m->headline, a->name, 0) != SIZE_MAX;
    a->row[SHAPE_ALONE] = is_alone(self, a);
    a->row[SHAPE_ALONE_STATED] = a->row[SHAPE_ALONE] > 0 && a->sources & STATED;
}

runut_authors *runut_authors_new(const runut_metadata *metadata, runut_metadata_span body)
{
    runut_authors *self = runut_arena_alloc(metadata->tree->arena, sizeof *self);
    self->metadata = metadata;
    self->arena = metadata->tree->arena;
    self->body = body;
    runut_authors_find(self);
    for (size_t i = 0; i < self->size; i++) {
        runut_slice rest = self->at[i].key, word;
        while (runut_slice_field(&rest, ' ', &word))
            self->at[i].kinds |= runut_author_kinds(self->arena, word);
    }
    for (size_t i = 0; i < self->size; i++) {
        for (size_t k = 0; k < RUNUT_AUTHOR_SOURCE_COUNT; k++)
            self->at[i].row[k] = (float)(self->at[i].sources >> k & 1);
        set_place(self, &self->at[i]);
        set_rivals(self, &self->at[i]);
        set_form(self, &self->at[i]);
    }
    return self;
}

static const char *source_of(const runut_author *a)
{
    static const char *const from[] = {
#define SOURCE_FROM(id, from) from,
        RUNUT_AUTHOR_SOURCES(SOURCE_FROM)
#undef SOURCE_FROM
    };
    for (size_t i = 0; i < RUNUT_AUTHOR_SOURCE_COUNT; i++)
        if (a->sources >> i & 1)
            return from[i];
    return "";
}

static void judge(runut_authors *self)
{
    float weights[RUNUT_AUTHOR_FEATURES], bias;
    size_t size;
    const char *const *names = runut_author_feature_names(&size);
    runut_metadata_weights("author", names, size, weights, &bias);
    for (size_t i = 0; i < self->size; i++)
        self->at[i].chance = runut_metadata_chance(weights, bias, self->at[i].row, size);
}

/* Is it named together with the best: in the same block, or in the same list out of sight? */
static bool is_together(const runut_author *best, const runut_author *a)
{
    uint32_t common = best->sources & a->sources;
    bool stated = best->sources & STATED && a->sources & STATED;
    bool beside = best->block != UINT32_MAX && a->block != UINT32_MAX && a->block <= best->block + 2 &&
                  best->block <= a->block + 2;
    return (stated || (common && beside)) && !holds(best->key, a->key) && !holds(a->key, best->key);
}

static void choose(runut_authors *self, runut_slices *authors, const char **from)
{
    static const float LEAST = 0.45F, LEAST_MORE = 0.3F;
    const runut_author *best = NULL;
    for (size_t i = 0; i < self->size; i++)
        if (!best || self->at[i].chance > best->chance)
            best = &self->at[i];
    if (!best || best->chance < LEAST)
        return;
    *from = source_of(best);
    for (size_t i = 0; i < self->size && authors->size < MOST_AUTHORS; i++)
        if (&self->at[i] == best || (self->at[i].chance >= LEAST_MORE && is_together(best, &self->at[i])))
            RUNUT_PUSH(self->arena, *authors, self->at[i].name);
}

/* Initials in brackets that close the report: "(abc)", "(hks/mhs)". */
static bool closing_initials(const runut_metadata *self, runut_metadata_span body, runut_slices *authors)
{
    const runut_html_tree *tree = self->tree;
    for (uint32_t i = body.end + 1 < tree->blocks.size ? body.end + 1 : body.end; i-- > 0 && i + 2 >= body.end;)
        if (authors->size < MOST_AUTHORS && runut_byline_initials(tree->arena, tree->blocks.at[i].text, authors, NULL))
            return true;
    return false;
}

const char *runut_metadata_authors(const runut_metadata *self, runut_metadata_span body, runut_slices *authors)
{
    const char *from = "";
    runut_authors *all = runut_authors_new(self, body);
    judge(all);
    choose(all, authors, &from);
    bool initials = closing_initials(self, body, authors);
    return *from ? from : initials ? "initials that close the text" : "";
}
