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

static runut_slice words(const runut_annotation *a, runut_span span)
{
    return runut_slice_part(a->body, span.start, span.end);
}

/* ---- dates ---- */

static struct json_object *evidence_of(const runut_dates *dates)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < dates->evidence.size; i++) {
        const runut_date_evidence *e = &dates->evidence.at[i];
        struct json_object *one = json_object_new_object();
        put_text(one, "text", e->text);
        put_text(one, "says", e->says);
        if (e->span.end > e->span.start)
            runut_json_span(one, e->span);
        json_object_array_add(out, one);
    }
    return out;
}

static struct json_object *conflict_of(const runut_dates *dates)
{
    if (!dates->conflict)
        return NULL;
    struct json_object *out = json_object_new_object(), *list = json_object_new_array();
    put_text(out, "text", dates->conflict_text);
    for (size_t i = 0; i < dates->candidates.size; i++) {
        const runut_date_candidate *c = &dates->candidates.at[i];
        struct json_object *one = json_object_new_object();
        json_object_object_add(one, "date", runut_json_day(c->day));
        json_object_object_add(one, "weight", runut_json_rounded(c->weight));
        put_text(one, "reasons", c->reasons);
        json_object_array_add(list, one);
    }
    json_object_object_add(out, "candidates", list);
    return out;
}

/* The day, else YYYY-MM or YYYY. */
static struct json_object *event_date_of(const runut_dates *dates)
{
    char text[16];
    if (dates->event != RUNUT_NO_DAY || dates->event_year <= 0)
        return runut_json_day(dates->event);
    if (dates->event_month > 0)
        snprintf(text, sizeof text, "%04d-%02d", dates->event_year % 10000, dates->event_month % 100);
    else
        snprintf(text, sizeof text, "%04d", dates->event_year % 10000);
    return json_object_new_string(text);
}

static void put_dates(struct json_object *out, const runut_dates *dates)
{
    json_object_object_add(out, "dateInferred", runut_json_day(dates->inferred));
    if (dates->inferred != RUNUT_NO_DAY)
        json_object_object_add(out, "dateConfidence", runut_json_rounded(dates->confidence));
    json_object_object_add(out, "dateEvidence", evidence_of(dates));
    json_object_object_add(out, "dateConflict", conflict_of(dates));
    json_object_object_add(out, "eventDate", event_date_of(dates));
}

/* ---- statements and sources ---- */

static struct json_object *statement_of(const runut_annotation *a, const runut_statement *s)
{
    struct json_object *out = json_object_new_object();
    put_text(out, "text", words(a, s->span));
    put_text(out, "speaker", s->speaker);
    put_text(out, "via", s->via);
    runut_json_span(out, s->span);
    if (s->cue.end > s->cue.start)
        put_text(out, "cue", words(a, s->cue));
    if (s->why && *s->why)
        put_text(out, "why", runut_slice_of(s->why));
    return out;
}

/* Words in quotation marks that are no statement, and why. */
static struct json_object *refusals_of(const runut_annotation *a)
{
    struct json_object *out = json_object_new_array();
    for (size_t i = 0; i < a->refusals.size; i++) {
        struct json_object *one = json_object_new_object();
        put_text(one, "text", words(a, a->refusals.at[i].span));
        put_text(one, "why", runut_slice_of(a->refusals.at[i].why));
        json_object_array_add(out, runut_json_span(one, a->refusals.at[i].span));
    }
    return out;
}

static void put_statements(struct json_object *out, const runut_annotation *a)
{
    struct json_object *quotes = json_object_new_array(), *reported = json_object_new_array();
    for (size_t i = 0; i < a->statements.size; i++)
        json_object_array_add(a->statements.at[i].indirect ? reported : quotes, statement_of(a, &a->statements.at[i]));
    json_object_object_add(out, "quotes", quotes);
    json_object_object_add(out, "reported", reported);
    json_object_object_add(out, "refused", refusals_of(a));
}

static void put_sources(struct json_object *out, const runut_annotation *a)
{
    struct json_object *names = json_object_new_array(), *evidence = json_object_new_array();
    for (size_t i = 0; i < a->sources.size; i++) {
        const runut_source *s = &a->sources.at[i];
        struct json_object *one = json_object_new_object();
        json_object_array_add(names, runut_json_text(s->name));
        put_text(one, "name", s->name);
        put_text(one, "text", s->text);
        if (s->span.end > s->span.start)
            runut_json_span(one, s->span);
        json_object_array_add(evidence, one);
    }
    json_object_object_add(out, "sources", names);
    json_object_object_add(out, "sourceEvidence", evidence);
}

/* ---- names ---- */

static struct json_object *name_of(const runut_annotation *a, uint32_t number)
{
    const runut_name *n = &a->names.at[number];
    struct json_object *out = json_object_new_object();
    put_text(out, "name", n->canonical);
    put_text(out, "key", n->key);
    if (n->role.size) {
        struct json_object *role = json_object_new_object();
        put_text(role, "text", n->role);
        json_object_object_add(out, "role", runut_json_span(role, n->role_span));
    }
    json_object_object_add(out, "mentions", json_object_new_array());
    return out;
}

/* One pass over the mentions, each put to its name, so that many names stay linear. */
static void put_names(struct json_object *out, const runut_annotation *a)
{
    static const char *const keys[] = {
        [RUNUT_PERSON] = "people", [RUNUT_ORGANIZATION] = "organizations", [RUNUT_PLACE] = "places"};
    struct json_object *lists[3];
    for (int k = 0; k < 3; k++) {
        lists[k] = json_object_new_array();
        json_object_object_add(out, keys[k], lists[k]);
    }
    struct json_object *all = json_object_new_array(); /* by number, borrowed by the lists */
    for (size_t i = 0; i < a->names.size; i++) {
        struct json_object *one = name_of(a, (uint32_t)i);
        json_object_array_add(lists[a->names.at[i].kind], one);
        json_object_array_add(all, json_object_get(one));
    }
    for (size_t i = 0; i < a->mentions.size; i++) {
        const runut_mention *m = &a->mentions.at[i];
        struct json_object *one = json_object_new_object();
        put_text(one, "text", words(a, m->span));
        runut_json_span(one, m->span);
        json_object_array_add(json_object_object_get(json_object_array_get_idx(all, m->name), "mentions"), one);
    }
    json_object_put(all);
}

const char *runut_kind_name(runut_article_kind kind)
{
    static const char *const kinds[] = {
        [RUNUT_KIND_ARTICLE] = "article", [RUNUT_KIND_LISTING] = "listing", [RUNUT_KIND_OTHER] = "other"};
    return kinds[kind];
}

/* schema.org's creditText: the lines outside of the body that name whom the news is from. */
static void put_credits(struct json_object *out, const runut_article *article)
{
    struct json_object *lines = NULL;
    for (size_t i = 0; i < article->lines.size; i++) {
        if (article->lines.at[i].role != RUNUT_LINE_CREDIT)
            continue;
        lines = lines ? lines : json_object_new_array();
        json_object_array_add(lines, runut_json_text(article->lines.at[i].text));
    }
    if (lines)
        json_object_object_add(out, "creditText", lines);
}

void runut_record_put_article(struct json_object *out, const runut_article *article, runut_slice language)
{
    put_text(out, "inLanguage", language);
    put_text(out, "kind", runut_slice_of(runut_kind_name(article->kind)));
    put_text(out, "headline", article->headline);
    if (article->standfirst.size)
        put_text(out, "abstract", article->standfirst);
    put_text(out, "publisher", article->publisher);
    json_object_object_add(out, "author", runut_json_texts(&article->authors));
    put_text(out, "datePublished", article->date_published);
    if (article->date_published.size && article->date_from)
        put_text(out, "datePublishedFrom", runut_slice_of(article->date_from));
    put_credits(out, article);
}

void runut_record_put(struct json_object *out, const runut_article *article, const runut_annotation *annotation)
{
    runut_record_put_article(out, article, annotation->language);
    put_dates(out, &annotation->dates);
    put_sources(out, annotation);
    put_statements(out, annotation);
    put_names(out, annotation);
}

struct json_object *runut_record_of(const runut_article *article, const runut_annotation *annotation)
{
    struct json_object *out = json_object_new_object();
    runut_record_put(out, article, annotation);
    return out;
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
