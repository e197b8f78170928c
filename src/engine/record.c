#include "engine/internal.h"

#include <stdio.h>

struct json_object *runut_json_text(runut_slice text)
{
    return text.size ? json_object_new_string_len(text.at, (int)text.size) : NULL;
}

struct json_object *runut_json_day(runut_day day)
{
    char text[11];
    if (day == RUNUT_NO_DAY)
        return NULL;
    runut_day_print(day, text);
    return json_object_new_string(text);
}

struct json_object *runut_json_span(struct json_object *object, runut_span span)
{
    json_object_object_add(object, "start", json_object_new_int64(span.start));
    json_object_object_add(object, "end", json_object_new_int64(span.end));
    return object;
}

static void put_text(struct json_object *to, const char *key, runut_slice text)
{
    json_object_object_add(to, key, runut_json_text(text));
}

struct json_object *runut_json_rounded(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.3g", value);
    return json_object_new_double_s(value, text);
}

struct json_object *runut_json_texts(const runut_slices *values)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < values->size; i++)
        json_object_array_add(out, runut_json_text(values->at[i]));
    return out;
}

/* ---- dates ---- */

static runut_slice words(const runut_annotation *a, runut_span span)
{
    return runut_slice_part(a->body, span.start, span.end);
}

static void put_evidence(runut_writer *out, const runut_dates *dates)
{
    runut_writer_key(out, "dateEvidence");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < dates->evidence.size; i++) {
        const runut_date_evidence *e = &dates->evidence.at[i];
        runut_writer_open(out, '{');
        runut_writer_put(out, "text", e->text);
        runut_writer_put(out, "says", e->says);
        if (e->span.end > e->span.start)
            runut_writer_put_span(out, e->span);
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
}

static void put_conflict(runut_writer *out, const runut_dates *dates)
{
    if (!dates->conflict) {
        runut_writer_put(out, "dateConflict", (runut_slice){"", 0});
        return;
    }
    runut_writer_key(out, "dateConflict");
    runut_writer_open(out, '{');
    runut_writer_put(out, "text", dates->conflict_text);
    runut_writer_key(out, "candidates");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < dates->candidates.size; i++) {
        const runut_date_candidate *c = &dates->candidates.at[i];
        runut_writer_open(out, '{');
        runut_writer_put_day(out, "date", c->day);
        runut_writer_key(out, "weight");
        runut_writer_rounded(out, c->weight);
        runut_writer_put(out, "reasons", c->reasons);
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
    runut_writer_close(out, '}');
}

/* The day, else YYYY-MM or YYYY. */
static void put_event_date(runut_writer *out, const runut_dates *dates)
{
    char text[16];
    if (dates->event != RUNUT_NO_DAY || dates->event_year <= 0) {
        runut_writer_put_day(out, "eventDate", dates->event);
        return;
    }
    if (dates->event_month > 0)
        snprintf(text, sizeof text, "%04d-%02d", dates->event_year % 10000, dates->event_month % 100);
    else
        snprintf(text, sizeof text, "%04d", dates->event_year % 10000);
    runut_writer_put(out, "eventDate", runut_slice_of(text));
}

static void put_dates(runut_writer *out, const runut_dates *dates)
{
    runut_writer_put_day(out, "dateInferred", dates->inferred);
    if (dates->inferred != RUNUT_NO_DAY) {
        runut_writer_key(out, "dateConfidence");
        runut_writer_rounded(out, dates->confidence);
    }
    put_evidence(out, dates);
    put_conflict(out, dates);
    put_event_date(out, dates);
}

/* ---- statements and sources ---- */

static void put_statement(runut_writer *out, const runut_annotation *a, const runut_statement *s)
{
    runut_writer_open(out, '{');
    runut_writer_put(out, "text", words(a, s->span));
    runut_writer_put(out, "speaker", s->speaker);
    runut_writer_put(out, "via", s->via);
    runut_writer_put_span(out, s->span);
    if (s->cue.end > s->cue.start)
        runut_writer_put(out, "cue", words(a, s->cue));
    if (s->why && *s->why)
        runut_writer_put(out, "why", runut_slice_of(s->why));
    runut_writer_close(out, '}');
}

/* Words in quotation marks that are no statement, and why. */
static void put_refusals(runut_writer *out, const runut_annotation *a)
{
    runut_writer_key(out, "refused");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < a->refusals.size; i++) {
        runut_writer_open(out, '{');
        runut_writer_put(out, "text", words(a, a->refusals.at[i].span));
        runut_writer_put(out, "why", runut_slice_of(a->refusals.at[i].why));
        runut_writer_put_span(out, a->refusals.at[i].span);
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
}

static void put_statements(runut_writer *out, const runut_annotation *a)
{
    static const char *const keys[] = {"quotes", "reported"};
    for (int indirect = 0; indirect < 2; indirect++) {
        runut_writer_key(out, keys[indirect]);
        runut_writer_open(out, '[');
        for (size_t i = 0; i < a->statements.size; i++)
            if (a->statements.at[i].indirect == indirect)
                put_statement(out, a, &a->statements.at[i]);
        runut_writer_close(out, ']');
    }
    put_refusals(out, a);
}

static void put_sources(runut_writer *out, const runut_annotation *a)
{
    runut_writer_key(out, "sources");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < a->sources.size; i++)
        runut_writer_text(out, a->sources.at[i].name);
    runut_writer_close(out, ']');
    runut_writer_key(out, "sourceEvidence");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < a->sources.size; i++) {
        const runut_source *s = &a->sources.at[i];
        runut_writer_open(out, '{');
        runut_writer_put(out, "name", s->name);
        runut_writer_put(out, "text", s->text);
        if (s->span.end > s->span.start)
            runut_writer_put_span(out, s->span);
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
}

/* ---- names ---- */

/* The mentions of each name, in order: those of name n are of[first[n]] to of[first[n + 1] - 1]. */
typedef struct mentions {
    uint32_t *first, *of;
} mentions;

/* A counting sort, so that many names stay linear. */
static mentions sort_mentions(runut_arena *arena, const runut_annotation *a)
{
    mentions out = {runut_arena_alloc(arena, (a->names.size + 2) * sizeof *out.first),
                    runut_arena_alloc(arena, (a->mentions.size + 1) * sizeof *out.of)};
    for (size_t i = 0; i < a->mentions.size; i++)
        out.first[a->mentions.at[i].name + 2]++;
    for (size_t n = 2; n < a->names.size + 2; n++)
        out.first[n] += out.first[n - 1];
    for (size_t i = 0; i < a->mentions.size; i++)
        out.of[out.first[a->mentions.at[i].name + 1]++] = (uint32_t)i;
    return out;
}

static void put_name(runut_writer *out, const runut_annotation *a, const mentions *sorted, size_t number)
{
    const runut_name *n = &a->names.at[number];
    runut_writer_open(out, '{');
    runut_writer_put(out, "name", n->canonical);
    runut_writer_put(out, "key", n->key);
    if (n->role.size) {
        runut_writer_key(out, "role");
        runut_writer_open(out, '{');
        runut_writer_put(out, "text", n->role);
        runut_writer_put_span(out, n->role_span);
        runut_writer_close(out, '}');
    }
    runut_writer_key(out, "mentions");
    runut_writer_open(out, '[');
    for (uint32_t i = sorted->first[number]; i < sorted->first[number + 1]; i++) {
        runut_span span = a->mentions.at[sorted->of[i]].span;
        runut_writer_open(out, '{');
        runut_writer_put(out, "text", words(a, span));
        runut_writer_put_span(out, span);
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
    runut_writer_close(out, '}');
}

static void put_names(runut_writer *out, const runut_annotation *a, const mentions *sorted)
{
    static const char *const keys[] = {
        [RUNUT_PERSON] = "people", [RUNUT_ORGANIZATION] = "organizations", [RUNUT_PLACE] = "places"};
    for (int kind = RUNUT_PERSON; kind <= RUNUT_PLACE; kind++) {
        runut_writer_key(out, keys[kind]);
        runut_writer_open(out, '[');
        for (size_t i = 0; i < a->names.size; i++)
            if ((int)a->names.at[i].kind == kind)
                put_name(out, a, sorted, i);
        runut_writer_close(out, ']');
    }
}

const char *runut_kind_name(runut_article_kind kind)
{
    static const char *const kinds[] = {
        [RUNUT_KIND_ARTICLE] = "article", [RUNUT_KIND_LISTING] = "listing", [RUNUT_KIND_OTHER] = "other"};
    return kinds[kind];
}

/* schema.org's creditText: the lines outside of the body that name whom the news is from. */
static void put_credits(runut_writer *out, const runut_article *article)
{
    bool begun = false;
    for (size_t i = 0; i < article->lines.size; i++) {
        if (article->lines.at[i].role != RUNUT_LINE_CREDIT)
            continue;
        if (!begun) {
            runut_writer_key(out, "creditText");
            runut_writer_open(out, '[');
        }
        begun = true;
        runut_writer_text(out, article->lines.at[i].text);
    }
    if (begun)
        runut_writer_close(out, ']');
}

void runut_record_put_article(runut_writer *out, const runut_article *article, runut_slice language)
{
    runut_writer_put(out, "inLanguage", language);
    runut_writer_put(out, "kind", runut_slice_of(runut_kind_name(article->kind)));
    runut_writer_put(out, "headline", article->headline);
    if (article->standfirst.size)
        runut_writer_put(out, "abstract", article->standfirst);
    runut_writer_put(out, "publisher", article->publisher);
    runut_writer_put_texts(out, "author", &article->authors);
    runut_writer_put(out, "datePublished", article->date_published);
    if (article->date_published.size && article->date_from)
        runut_writer_put(out, "datePublishedFrom", runut_slice_of(article->date_from));
    if (article->date_modified.size)
        runut_writer_put(out, "dateModified", article->date_modified);
    if (article->date_captured.size)
        runut_writer_put(out, "dateCaptured", article->date_captured);
    put_credits(out, article);
}

void runut_record_put(runut_writer *out, const runut_article *article, const runut_annotation *annotation)
{
    mentions sorted = sort_mentions(out->out.arena, annotation);
    runut_record_put_article(out, article, annotation->language);
    put_dates(out, &annotation->dates);
    put_sources(out, annotation);
    put_statements(out, annotation);
    put_names(out, annotation, &sorted);
}

runut_slice runut_record_of(runut_arena *arena, const runut_article *article, const runut_annotation *annotation)
{
    runut_writer out = runut_writer_new(arena);
    runut_writer_open(&out, '{');
    runut_record_put(&out, article, annotation);
    runut_writer_close(&out, '}');
    return runut_buffer_slice(&out.out);
}

/* ---- relations ---- */

static struct json_object *reuse_of(const runut_reuse *reuse)
{
    static const char *const kinds[] = {
        [RUNUT_REPRINT] = "reprint", [RUNUT_REWRITE] = "rewrite", [RUNUT_TRANSLATION] = "translation"};
    struct json_object *out = json_object_new_object(), *spans = json_object_new_array();
    json_object_object_add(out, "of", json_object_new_int64(reuse->of));
    put_text(out, "kind", runut_slice_of(kinds[reuse->kind]));
    json_object_object_add(out, "share", runut_json_rounded(reuse->share));
    put_text(out, "why", reuse->why);
    for (size_t i = 0; i < reuse->spans.size; i++) {
        const runut_aligned *s = &reuse->spans.at[i];
        struct json_object *one = runut_json_span(json_object_new_object(), s->here);
        json_object_object_add(one, "otherStart", json_object_new_int64(s->there.start));
        json_object_object_add(one, "otherEnd", json_object_new_int64(s->there.end));
        json_object_array_add(spans, one);
    }
    json_object_object_add(out, "spans", spans);
    return out;
}

static struct json_object *disagreement_of(const runut_disagreement *d)
{
    struct json_object *out = json_object_new_object();
    put_text(out, "about", d->about);
    put_text(out, "kind", runut_slice_of(d->development ? "development" : "contradiction"));
    put_text(out, "value", d->value);
    put_text(out, "otherValue", d->other_value);
    json_object_object_add(out, "number", json_object_new_double(d->number));
    json_object_object_add(out, "otherNumber", json_object_new_double(d->other_number));
    runut_json_span(out, d->span);
    json_object_object_add(out, "otherStart", json_object_new_int64(d->other_span.start));
    json_object_object_add(out, "otherEnd", json_object_new_int64(d->other_span.end));
    struct json_object *with = json_object_new_array();
    json_object_array_add(with, json_object_new_int64(d->with));
    json_object_object_add(out, "with", with);
    return out;
}

struct json_object *runut_record_of_relation(const runut_relation *relation)
{
    struct json_object *out = json_object_new_object();
    struct json_object *disagreements = json_object_new_array(), *novel = json_object_new_array();
    put_text(out, "why", relation->why);
    json_object_object_add(out, "reuse", relation->has_reuse ? reuse_of(&relation->reuse) : NULL);
    for (size_t i = 0; i < relation->disagreements.size; i++)
        json_object_array_add(disagreements, disagreement_of(&relation->disagreements.at[i]));
    json_object_object_add(out, "disagreements", disagreements);
    for (size_t i = 0; i < relation->novel.size; i++)
        json_object_array_add(novel, runut_json_span(json_object_new_object(), relation->novel.at[i]));
    json_object_object_add(out, "novel", novel);
    return out;
}
