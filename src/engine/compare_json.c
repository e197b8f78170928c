/* A comparison as JSON. Spans are bytes inside; outside, in `spans`, `onlyInA` and `onlyInB`, they are code points, as
 * other programs that compare texts have them. */
#include "base/utf8.h"
#include "engine/compare.h"

enum { STEP = 64 };

/* Code points before every STEPth byte of a text. */
typedef struct counter {
    runut_slice text;
    uint32_t *before;
} counter;

static size_t points_in(runut_slice text)
{
    size_t points = 0;
    for (size_t i = 0; i < text.size; i++)
        points += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return points;
}

static counter counter_of(runut_arena *arena, runut_slice text)
{
    counter self = {text, runut_arena_alloc(arena, (text.size / STEP + 1) * sizeof *self.before)};
    for (size_t i = 1; i <= text.size / STEP; i++)
        self.before[i] = self.before[i - 1] + (uint32_t)points_in(runut_slice_part(text, (i - 1) * STEP, i * STEP));
    return self;
}

static int64_t points_before(const counter *self, uint32_t byte)
{
    size_t step = byte / STEP;
    return (int64_t)self->before[step] + (int64_t)points_in(runut_slice_part(self->text, step * STEP, byte));
}

typedef struct writing {
    const runut_comparison *comparison;
    const runut_side *a, *b;
    counter of_a, of_b;
    bool texts;
} writing;

static void put(struct json_object *to, const char *key, struct json_object *value)
{
    json_object_object_add(to, key, value);
}

static void put_float(struct json_object *to, const char *key, float value)
{
    put(to, key, runut_json_rounded((double)value));
}

/* Offset and length. */
static void add_points(struct json_object *list, const counter *of, runut_span span)
{
    int64_t start = points_before(of, span.start);
    json_object_array_add(list, json_object_new_int64(start));
    json_object_array_add(list, json_object_new_int64(points_before(of, span.end) - start));
}

static runut_slice words(runut_slice body, runut_span span)
{
    return runut_slice_part(body, span.start, span.end);
}

/* ---- the two ---- */

/* Why the store put it into its event: "" where it opened that. */
static void put_why(struct json_object *to, runut_slice relation)
{
    struct json_object *stored = runut_json_parse(relation);
    put(to, "why", json_object_get(json_object_object_get(stored, "why")));
    json_object_put(stored);
}

static struct json_object *side_of(const runut_side *side)
{
    const runut_digest *d = side->digest;
    const runut_stored *s = &side->stored;
    struct json_object *out = json_object_new_object();
    if (s->number) {
        runut_json_put_name(out, "article", 'a', s->number);
        runut_json_put_name(out, "event", 'e', s->event);
        runut_json_put_name(out, "story", 's', s->story);
        put_why(out, s->relation);
    }
    runut_json_put(out, "id", s->number ? s->id : side->capture.id);
    runut_json_put(out, "file", s->number ? s->file : side->capture.file);
    runut_json_put(out, "headline", d->headline);
    runut_json_put(out, "publisher", d->publisher);
    runut_json_put(out, "inLanguage", d->language);
    put(out, "dateInferred", runut_json_day(d->published));
    return out;
}

/* ---- its parts ---- */

static struct json_object *reuse_of(const runut_comparison *c)
{
    static const char *const kinds[] = {"reprint", "rewrite", "translation"};
    if (!c->taker)
        return NULL;
    struct json_object *out = json_object_new_object();
    put(out, "kind", json_object_new_string(kinds[c->reuse.kind]));
    put_float(out, "share", c->reuse.share);
    put(out, "of", json_object_new_string(c->taker < 0 ? "b" : "a"));
    runut_json_put(out, "why", c->reuse.why);
    return out;
}

static struct json_object *spans_of(const writing *w)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < w->comparison->shared.size; i++) {
        struct json_object *one = json_object_new_array();
        add_points(one, &w->of_a, w->comparison->shared.at[i].a);
        add_points(one, &w->of_b, w->comparison->shared.at[i].b);
        json_object_array_add(out, one);
    }
    return out;
}

static struct json_object *kinds_of(const writing *w)
{
    static const char *const kinds[] = {"verbatim", "reworded", "translated"};
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < w->comparison->shared.size; i++) {
        const runut_paired *s = &w->comparison->shared.at[i];
        struct json_object *one = json_object_new_object();
        put(one, "kind", json_object_new_string(kinds[s->kind]));
        runut_json_put(one, "a", words(w->a->body, s->a));
        runut_json_put(one, "b", words(w->b->body, s->b));
        json_object_array_add(out, one);
    }
    return out;
}

static struct json_object *sentences_of(const writing *w)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < w->comparison->sentences.size; i++) {
        const runut_paired *s = &w->comparison->sentences.at[i];
        struct json_object *one = json_object_new_object(), *span = json_object_new_array();
        put(one, "kind", json_object_new_string(s->kind == RUNUT_VERBATIM ? "verbatim" : "reworded"));
        runut_json_put(one, "a", words(w->a->body, s->a));
        runut_json_put(one, "b", words(w->b->body, s->b));
        add_points(span, &w->of_a, s->a);
        add_points(span, &w->of_b, s->b);
        put(one, "span", span);
        json_object_array_add(out, one);
    }
    return out;
}

static struct json_object *only_in(const writing *w, const runut_spans *spans, const counter *of, runut_slice body)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < spans->size; i++) {
        struct json_object *one = w->texts ? runut_json_text(words(body, spans->at[i])) : json_object_new_array();
        if (!w->texts)
            add_points(one, of, spans->at[i]);
        json_object_array_add(out, one);
    }
    return out;
}

static struct json_object *disagreements_of(const writing *w)
{
    const runut_disagreements *all = &w->comparison->disagreements;
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < all->size; i++) {
        const runut_disagreement *d = &all->at[i];
        struct json_object *one = json_object_new_object(), *span = json_object_new_array();
        runut_json_put(one, "about", d->about);
        put(one, "kind", json_object_new_string(d->development ? "development" : "contradiction"));
        runut_json_put(one, "value", d->value);
        runut_json_put(one, "otherValue", d->other_value);
        add_points(span, &w->of_a, d->span);
        add_points(span, &w->of_b, d->other_span);
        put(one, "span", span);
        json_object_array_add(out, one);
    }
    return out;
}

static struct json_object *words_of(const writing *w)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < w->comparison->words.size; i++)
        json_object_array_add(out, runut_json_text(words(w->a->body, w->comparison->words.at[i])));
    return out;
}

static struct json_object *why(const writing *w)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < w->comparison->reasons.size; i++) {
        const runut_reason *r = &w->comparison->reasons.at[i];
        struct json_object *one = json_object_new_object();
        put(one, "what", json_object_new_string(r->what));
        put_float(one, "weight", r->weight);
        if (strcmp(r->what, "words") == 0)
            put(one, "found", words_of(w));
        else if (r->text.size)
            runut_json_put(one, "found", r->text);
        json_object_array_add(out, one);
    }
    return out;
}

/* ---- the whole ---- */

static struct json_object *write(const writing *w)
{
    const runut_comparison *c = w->comparison;
    struct json_object *out = json_object_new_object();
    if (w->texts) {
        put(out, "a", side_of(w->a));
        put(out, "b", side_of(w->b));
    }
    put_float(out, "similarity", c->similarity);
    put(out, "sameEvent", json_object_new_boolean(c->same_event));
    put(out, "sameStory", json_object_new_boolean(c->same_story));
    put(out, "reuse", reuse_of(c));
    put(out, "spans", spans_of(w));
    if (w->texts) {
        put(out, "shared", kinds_of(w));
        put(out, "sentences", sentences_of(w));
    }
    put_float(out, "shareOfA", c->a_share);
    put_float(out, "shareOfB", c->b_share);
    put(out, "onlyInA", only_in(w, &c->only_a, &w->of_a, w->a->body));
    put(out, "onlyInB", only_in(w, &c->only_b, &w->of_b, w->b->body));
    put(out, "disagreements", disagreements_of(w));
    put_float(out, "score", c->score);
    put_float(out, "scoreNeeded", c->needed);
    put_float(out, "storyScore", c->story);
    put_float(out, "storyScoreNeeded", c->story_needed);
    put(out, "why", why(w));
    return out;
}

struct json_object *runut_comparison_json(runut_arena *arena, const runut_comparison *comparison, const runut_side *a,
                                          const runut_side *b, bool texts)
{
    writing w = {comparison, a, b, counter_of(arena, a->body), counter_of(arena, b->body), texts};
    return write(&w);
}
