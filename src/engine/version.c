/* Edited reports: an article that was found at the address of another one, and is an edit of it (relate/version.h), is
 * a newer version. Versions hang together as a chain, each with the one before it:
 *
 *     a1 ← a7 ← a9        a9 `replaces` a7, a7 is `replacedBy` a9
 *
 * Which is newer? The one that was changed later, where both say when (dateModified); else the one that was fetched
 * later, where an archive says when (dateCaptured); else the one that came in later. So an older version that is added
 * late takes its place in the middle, or at the beginning. What an article replaces is decided as it comes in, in the
 * transaction that adds it; what was added by a runut that knew no versions is looked at with the next batch. */
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "engine/internal.h"
#include "relate/version.h"

enum { MOST_CANDIDATES = 4, MOST_CHAIN = 1000 };

/* ---- which is newer ---- */

typedef struct moment {
    bool known, to_the_second;
    int64_t day, second; /* second: since 1970, in UTC */
} moment;

static int64_t digits(runut_slice text, size_t at, size_t count)
{
    int64_t number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.size || !runut_is_digit((unsigned char)text.at[i]))
            return -1;
        number = number * 10 + (text.at[i] - '0');
    }
    return number;
}

/* "+07:00", "Z", "": seconds to take off. */
static int64_t offset_of(runut_slice zone)
{
    if (zone.size < 3 || (zone.at[0] != '+' && zone.at[0] != '-'))
        return 0;
    int64_t hours = digits(zone, 1, 2), minutes = digits(zone, zone.size > 3 && zone.at[3] == ':' ? 4 : 3, 2);
    int64_t offset = hours < 0 ? 0 : hours * 3600 + (minutes < 0 ? 0 : minutes * 60);
    return zone.at[0] == '-' ? -offset : offset;
}

/* "2022-08-15T14:35:10+07:00", "2022-08-15" */
static moment moment_of(const char *iso)
{
    runut_slice text = runut_slice_of(iso);
    runut_day day = runut_day_parse(text);
    moment out = {.known = day != RUNUT_NO_DAY, .day = day};
    int64_t hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (!out.known || hour < 0 || minute < 0)
        return out;
    size_t zone = 16;
    while (zone < text.size && !strchr("+-Z", text.at[zone]))
        zone++;
    out.to_the_second = true;
    out.second = out.day * 86400 + hour * 3600 + minute * 60 + (second < 0 ? 0 : second) -
                 offset_of(runut_slice_part(text, zone, text.size));
    return out;
}

/* > 0: `a` is later; 0 = not known. */
static int compare_moments(moment a, moment b)
{
    if (!a.known || !b.known)
        return 0;
    if (a.to_the_second && b.to_the_second)
        return (a.second > b.second) - (a.second < b.second);
    return (a.day > b.day) - (a.day < b.day);
}

/* What an article says of itself. */
typedef struct stated {
    uint32_t number;
    bool is_report; /* no listing */
    moment modified, captured;
} stated;

static int take_stated(void *context, const runut_row *row)
{
    stated *out = context;
    struct json_object *record = runut_json_parse(row->record);
    const char *kind = json_object_get_string(json_object_object_get(record, "kind"));
    out->is_report = !kind || strcmp(kind, "listing") != 0;
    out->modified = moment_of(json_object_get_string(json_object_object_get(record, "dateModified")));
    out->captured = moment_of(json_object_get_string(json_object_object_get(record, "dateCaptured")));
    json_object_put(record);
    return 0;
}

static int read_stated(runut *self, uint32_t number, stated *out, runut_error *error)
{
    *out = (stated){.number = number};
    return runut_store_article_number(self->store, number, take_stated, out, error);
}

static bool is_newer(const stated *a, const stated *b)
{
    int order = compare_moments(a->modified, b->modified);
    if (order == 0)
        order = compare_moments(a->captured, b->captured);
    return order ? order > 0 : a->number > b->number;
}

/* ---- which is an edit of which ---- */

static int digest_of(runut *self, uint32_t number, runut_digest **out, runut_error *error)
{
    runut_slice bytes;
    int code = runut_store_digest(self->store, number, self->arena, &bytes, error);
    return code == RUNUT_OK ? runut_digest_decode(self->arena, bytes, false, out, error) : code;
}

/* The newest of the candidates of which it is an edit; *of = 0: none. */
static int find_version(runut *self, const stated *article, uint32_t *of, runut_error *error)
{
    uint32_t *candidates;
    size_t count;
    runut_digest *digest = NULL;
    *of = 0;
    int code = runut_store_same_address(self->store, article->number, MOST_CANDIDATES, self->arena, &candidates, &count,
                                        error);
    if (code == RUNUT_OK && count)
        code = digest_of(self, article->number, &digest, error);
    for (size_t i = 0; i < count && code == RUNUT_OK && *of == 0; i++) {
        runut_digest *other;
        stated old;
        code = read_stated(self, candidates[i], &old, error);
        if (code != RUNUT_OK || !old.is_report)
            continue;
        code = digest_of(self, candidates[i], &other, error);
        if (code == RUNUT_OK && runut_version_judge(self->comparer, self->arena, other, digest))
            *of = candidates[i];
    }
    return code;
}

/* ---- its place in the chain ---- */

static int link_versions(runut *self, uint32_t article, uint32_t replaces, runut_error *error)
{
    int code = runut_store_version_put(self->store, article, replaces, error);
    return code == RUNUT_OK ? runut_relater_replace(self->relater, replaces, article, false, error) : code;
}

static int newest_of(runut *self, uint32_t article, uint32_t *newest, runut_error *error)
{
    int code = RUNUT_OK;
    uint32_t older, newer = article;
    for (int i = 0; i < MOST_CHAIN && newer && code == RUNUT_OK; i++) {
        *newest = newer;
        code = runut_store_version_of(self->store, *newest, &older, &newer, error);
    }
    return code;
}

/* Puts the article into the chain that `of` is part of, behind the newest version that is older. */
static int put_into_chain(runut *self, const stated *article, uint32_t of, runut_error *error)
{
    uint32_t after = 0, at = of, older = 0, newer = 0;
    int code = newest_of(self, of, &at, error);
    for (int i = 0; i < MOST_CHAIN && at && code == RUNUT_OK; i++) {
        stated other;
        code = read_stated(self, at, &other, error);
        if (code != RUNUT_OK || is_newer(article, &other))
            break;
        after = at;
        code = runut_store_version_of(self->store, at, &older, &newer, error);
        at = older;
    }
    if (code == RUNUT_OK && after)
        code = link_versions(self, after, article->number, error);
    return code == RUNUT_OK && at ? link_versions(self, article->number, at, error) : code;
}

/* ---- the whole ---- */

static int judge(runut *self, uint32_t number, runut_error *error)
{
    stated article;
    uint32_t of = 0;
    int code = read_stated(self, number, &article, error);
    if (code == RUNUT_OK && article.is_report)
        code = find_version(self, &article, &of, error);
    return code == RUNUT_OK && of ? put_into_chain(self, &article, of, error) : code;
}

/* What needs more memory than one article may have is no version. */
static int judge_guarded(runut *self, uint32_t number, runut_error *error)
{
    runut_arena_reset(self->arena);
    return RUNUT_ARENA_TRY(self->arena) == 0 ? judge(self, number, error) : RUNUT_OK;
}

int runut_versions_judge(runut *self, runut_error *error)
{
    uint32_t *found;
    size_t count;
    runut_arena_reset(self->arena);
    int code = runut_store_unjudged(self->store, self->arena, &found, &count, error);
    if (code != RUNUT_OK || count == 0)
        return code == RUNUT_OK ? runut_store_judged(self->store, error) : code;
    if (!self->comparer && !(self->comparer = runut_comparer_new()))
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    uint32_t *numbers = malloc(count * sizeof *numbers); /* the arena is wanted for each of them */
    if (!numbers)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    memcpy(numbers, found, count * sizeof *numbers);
    for (size_t i = 0; i < count && code == RUNUT_OK; i++)
        code = judge_guarded(self, numbers[i], error);
    free(numbers);
    return code == RUNUT_OK ? runut_store_judged(self->store, error) : code;
}

typedef struct loading {
    runut *runut;
    runut_error *error;
    int code;
} loading;

static int load(void *context, uint32_t article, uint32_t replaces)
{
    loading *self = context;
    self->code = runut_relater_replace(self->runut->relater, replaces, article, true, self->error);
    return self->code != RUNUT_OK;
}

int runut_versions_load(runut *self, runut_error *error)
{
    loading l = {self, error, RUNUT_OK};
    int code = runut_store_versions(self->store, load, &l, error);
    return l.code != RUNUT_OK ? l.code : code;
}
