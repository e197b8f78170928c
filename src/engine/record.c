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

struct json_object *runut_json_rounded(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.3g", value);
    return json_object_new_double_s(value, text);
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

static void put_number(runut_writer *out, const char *key, uint64_t number)
{
    runut_writer_key(out, key);
    runut_writer_number(out, number);
}

static void put_reuse(runut_writer *out, const runut_reuse *reuse)
{
    static const char *const kinds[] = {
        [RUNUT_REPRINT] = "reprint", [RUNUT_REWRITE] = "rewrite", [RUNUT_TRANSLATION] = "translation"};
    runut_writer_open(out, '{');
    put_number(out, "of", reuse->of);
    runut_writer_put(out, "kind", runut_slice_of(kinds[reuse->kind]));
    runut_writer_key(out, "share");
    runut_writer_rounded(out, reuse->share);
    runut_writer_put(out, "why", reuse->why);
    runut_writer_key(out, "spans");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < reuse->spans.size; i++) {
        const runut_aligned *s = &reuse->spans.at[i];
        runut_writer_open(out, '{');
        runut_writer_put_span(out, s->here);
        put_number(out, "otherStart", s->there.start);
        put_number(out, "otherEnd", s->there.end);
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
    runut_writer_close(out, '}');
}

void runut_record_put_disagreement(runut_writer *out, const runut_disagreement *d)
{
    runut_writer_open(out, '{');
    runut_writer_put(out, "about", d->about);
    runut_writer_put(out, "kind", runut_slice_of(d->development ? "development" : "contradiction"));
    runut_writer_put(out, "value", d->value);
    runut_writer_put(out, "otherValue", d->other_value);
    runut_writer_key(out, "number");
    runut_writer_double(out, d->number);
    runut_writer_key(out, "otherNumber");
    runut_writer_double(out, d->other_number);
    runut_writer_put_span(out, d->span);
    put_number(out, "otherStart", d->other_span.start);
    put_number(out, "otherEnd", d->other_span.end);
    runut_writer_key(out, "with");
    runut_writer_open(out, '[');
    runut_writer_number(out, d->with);
    runut_writer_close(out, ']');
    runut_writer_close(out, '}');
}

void runut_record_put_novel(runut_writer *out, const runut_relation *relation)
{
    runut_writer_key(out, "novel");
    runut_writer_open(out, '[');
    for (size_t i = 0; i < relation->novel.size; i++) {
        runut_writer_open(out, '{');
        runut_writer_put_span(out, relation->novel.at[i]);
        runut_writer_close(out, '}');
    }
    runut_writer_close(out, ']');
}

runut_slice runut_record_of_relation(runut_arena *arena, const runut_relation *relation)
{
    runut_writer out = runut_writer_new(arena);
    runut_writer_open(&out, '{');
    runut_writer_put(&out, "why", relation->why);
    runut_writer_key(&out, "reuse");
    if (relation->has_reuse)
        put_reuse(&out, &relation->reuse);
    else
        runut_writer_text(&out, (runut_slice){"", 0});
    runut_writer_key(&out, "disagreements");
    runut_writer_open(&out, '[');
    for (size_t i = 0; i < relation->disagreements.size; i++)
        runut_record_put_disagreement(&out, &relation->disagreements.at[i]);
    runut_writer_close(&out, ']');
    runut_record_put_novel(&out, relation);
    runut_writer_close(&out, '}');
    return runut_buffer_slice(&out.out);
}
