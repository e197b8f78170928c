/* Who said what, over the whole store: every quotation with its speaker, and the later prints of the same words.
 *
 * Joining needs also quotations that the filter hides: words that are first printed before --since are still first. So
 * the records are read of all articles that may matter (quotes_narrow.c), or of all; the filter then decides which
 * sayings are told. */
#include "engine/quotes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"

/* ---- words asked for ---- */

static runut_slice folded(runut_gathering *self, runut_slice text)
{
    return runut_utf8_plain(self->arena, runut_utf8_fold(self->arena, text));
}

static void cut_words(runut_gathering *self, runut_slice text, runut_slices *out)
{
    runut_slice word;
    for (size_t at = 0; runut_utf8_next_word(text, &at, &word);)
        RUNUT_PUSH(self->arena, *out, word);
}

/* Are all words of --by among those of `text`? */
static bool is_by(runut_gathering *self, runut_slice text)
{
    runut_slices words = {0};
    cut_words(self, folded(self, text), &words);
    size_t found = 0;
    for (size_t i = 0; i < self->by.size; i++)
        for (size_t k = 0; k < words.size; k++)
            if (runut_slice_equal(self->by.at[i], words.at[k])) {
                found++;
                break;
            }
    return self->by.size && found == self->by.size;
}

/* Terms in one row; an empty slice stands before each new place, so that forms of one word stand together. */
static int add_query_term(void *context, runut_slice term, uint32_t start, uint32_t end, bool same_place)
{
    runut_gathering *self = context;
    (void)start, (void)end;
    if (!same_place)
        RUNUT_PUSH(self->arena, self->about, ((runut_slice){"", 0}));
    RUNUT_PUSH(self->arena, self->about, runut_arena_copy(self->arena, term));
    return 0;
}

static int add_text_term(void *context, runut_slice term, uint32_t start, uint32_t end, bool same_place)
{
    runut_gathering *self = context;
    (void)start, (void)end, (void)same_place;
    RUNUT_PUSH(self->arena, self->text_terms, runut_arena_copy(self->arena, term));
    return 0;
}

/* Does the text hold a form of every word of --about? */
static bool is_about(runut_gathering *self, runut_slice text, runut_slice language)
{
    self->text_terms.size = 0;
    if (runut_index_terms(self->runut, text, language, false, add_text_term, self) != 0)
        return false;
    bool found = true;
    for (size_t i = 0; i < self->about.size; i++) {
        if (self->about.at[i].size == 0) {
            if (!found)
                return false;
            found = false;
            continue;
        }
        for (size_t k = 0; k < self->text_terms.size && !found; k++)
            found = runut_slice_equal(self->about.at[i], self->text_terms.at[k]);
    }
    return found;
}

/* ---- gathering ---- */

static runut_slice text_at(runut_gathering *self, struct json_object *object, const char *key)
{
    struct json_object *value = json_object_object_get(object, key);
    const char *text = value ? json_object_get_string(value) : NULL;
    return text ? runut_arena_copy(self->arena, (runut_slice){text, (size_t)json_object_get_string_len(value)})
                : (runut_slice){"", 0};
}

static size_t size_of(struct json_object *list)
{
    return json_object_get_type(list) == json_type_array ? json_object_array_length(list) : 0;
}

/* Names by how they are shown, those of persons first: position in *all, from 1. Of all articles they are held at one
 * time, so that there is room for just as many as there are. */
static runut_map *names_of(runut_gathering *self, struct json_object ***all)
{
    enum { MOST = 4096 };
    static const char *const lists[] = {"people", "organizations", "places"};
    size_t room = 0, count = 0;
    for (size_t l = 0; l < 3; l++)
        room += size_of(json_object_object_get(self->record, lists[l]));
    room = room < MOST ? room : MOST;
    runut_map *names = runut_map_new_for(self->arena, room);
    *all = runut_arena_alloc(self->arena, (room + 1) * sizeof **all);
    for (size_t l = 0; l < 3; l++) {
        struct json_object *list = json_object_object_get(self->record, lists[l]);
        for (size_t i = 0; i < size_of(list) && count < room; i++) {
            bool is_new;
            struct json_object *one = json_object_array_get_idx(list, i);
            uint32_t *slot = runut_map_put(names, text_at(self, one, "name"), &is_new);
            if (!is_new)
                continue;
            (*all)[count++] = one;
            *slot = (uint32_t)count;
        }
    }
    return names;
}

/* Is it the one asked for, by its name, its key or any form that the article prints? */
static bool name_is_by(runut_gathering *self, struct json_object *name)
{
    enum { MOST = 200 };
    struct json_object *mentions = json_object_object_get(name, "mentions");
    bool found = is_by(self, text_at(self, name, "name")) || is_by(self, text_at(self, name, "key"));
    for (size_t i = 0; i < size_of(mentions) && i < MOST && !found; i++)
        found = is_by(self, text_at(self, json_object_array_get_idx(mentions, i), "text"));
    return found;
}

/* "a name's key" where the speaker is one of the article's names, else the words as printed. */
static void identify(runut_gathering *self, runut_map *names, struct json_object *const all[], runut_saying *saying,
                     runut_gathered_print *p)
{
    uint32_t *slot = p->speaker.size ? runut_map_get(names, p->speaker) : NULL;
    saying->named = slot != NULL;
    saying->speaker = p->speaker;
    if (slot && text_at(self, all[*slot - 1], "key").size)
        saying->speaker = text_at(self, all[*slot - 1], "key");
    saying->speaker = runut_utf8_fold(self->arena, saying->speaker);
    if (self->by.size == 0)
        return;
    p->by = slot ? name_is_by(self, all[*slot - 1]) : is_by(self, p->speaker);
    bool is_new = false;
    if (p->by && slot)
        runut_map_put(self->speakers, saying->speaker, &is_new);
    if (is_new)
        RUNUT_PUSH(self->arena, self->keys, text_at(self, all[*slot - 1], "key"));
}

static void gather_list(runut_gathering *self, const runut_row *row, const char *key, runut_map *names,
                        struct json_object *const all[])
{
    struct json_object *list = json_object_object_get(self->record, key);
    bool reported = strcmp(key, "reported") == 0;
    for (size_t i = 0; i < size_of(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);
        runut_gathered_print *p = RUNUT_APPEND(self->arena, self->prints);
        runut_saying *s = RUNUT_APPEND(self->arena, self->sayings);
        *s = (runut_saying){.text = text_at(self, one, "text"),
                            .day = row->day,
                            .copy = row->reuse_of != 0,
                            .article = row->number,
                            .start = (uint32_t)json_object_get_int64(json_object_object_get(one, "start"))};
        *p = (runut_gathered_print){.report = (uint32_t)self->reports.size - 1,
                                    .speaker = text_at(self, one, "speaker"),
                                    .via = text_at(self, one, "via"),
                                    .end = (uint32_t)json_object_get_int64(json_object_object_get(one, "end")),
                                    .reported = reported,
                                    .next = -1};
        identify(self, names, all, s, p);
        p->asked = row->passes && (self->about.size == 0 || is_about(self, s->text, row->language));
    }
}

static void gather(runut_gathering *self, const runut_row *row)
{
    size_t said = size_of(json_object_object_get(self->record, "quotes"));
    if (self->filter->reported)
        said += size_of(json_object_object_get(self->record, "reported"));
    if (said == 0)
        return;
    runut_gathered_report *r = RUNUT_APPEND(self->arena, self->reports);
    *r = (runut_gathered_report){.number = row->number,
                                 .event = row->event,
                                 .story = row->story,
                                 .reference = runut_arena_copy(self->arena, runut_view_reference(row)),
                                 .id = runut_arena_copy(self->arena, row->id),
                                 .publisher = runut_arena_copy(self->arena, row->publisher),
                                 .headline = runut_arena_copy(self->arena, row->headline),
                                 .language = runut_arena_copy(self->arena, row->language),
                                 .day = row->day};
    struct json_object **all;
    runut_map *names = names_of(self, &all);
    gather_list(self, row, "quotes", names, all);
    if (self->filter->reported)
        gather_list(self, row, "reported", names, all);
}

/* Where the JSON array that begins before `at` ends: behind its bracket. */
static size_t array_end(runut_slice text, size_t at)
{
    bool quoted = false;
    for (int depth = 1; at < text.size; at++) {
        char c = text.at[at];
        if (quoted && c == '\\')
            at++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == ']') && (depth += c == '[' ? 1 : -1) == 0)
            return at + 1;
    }
    return text.size;
}

/* The record from its quotes on (record.c has them behind dates and sources) without the mentions of its names, which
 * are most of it and matter to --by alone. No string holds such a key: a quotation mark inside of one is escaped. */
static struct json_object *read_record(const runut_gathering *self, runut_slice record)
{
    const runut_slice mentions = RUNUT_LITERAL(",\"mentions\":[");
    size_t at = runut_slice_find(record, RUNUT_LITERAL(",\"quotes\":["), 0), next;
    char *slim = self->by.size || at == SIZE_MAX ? NULL : malloc(record.size - at + 1), *end = slim;
    if (!slim)
        return runut_json_parse(record);
    *end++ = '{';
    for (at++; (next = runut_slice_find(record, mentions, at)) != SIZE_MAX;
         at = array_end(record, next + mentions.size)) {
        memcpy(end, record.at + at, next - at);
        end += next - at;
    }
    memcpy(end, record.at + at, record.size - at);
    end += record.size - at;
    struct json_object *out = runut_json_parse((runut_slice){slim, (size_t)(end - slim)});
    free(slim);
    return out;
}

/* A guard of its own, for nothing may jump over the store's query; the caller's is put back. */
static int on_row(void *context, const runut_row *row)
{
    runut_gathering *self = context;
    jmp_buf callers;
    memcpy(&callers, runut_arena_guard(self->arena), sizeof callers);
    self->record = read_record(self, row->record);
    if (RUNUT_ARENA_TRY(self->arena) == 0)
        gather(self, row);
    else
        self->code = RUNUT_ERR_MEMORY;
    memcpy(runut_arena_guard(self->arena), &callers, sizeof callers);
    json_object_put(self->record);
    self->record = NULL;
    return self->code;
}

int runut_quotes_gather(runut_gathering *self, const runut_store_filter *narrowed)
{
    int code = runut_store_records(self->runut->store, narrowed, on_row, self, self->error);
    return self->code != RUNUT_OK ? runut_error_set(self->error, self->code, "out of memory") : code;
}

int runut_quotes_gather_listed(runut_gathering *self, runut_slice numbers)
{
    int code = runut_store_records_listed(self->runut->store, numbers, on_row, self, self->error);
    return self->code != RUNUT_OK ? runut_error_set(self->error, self->code, "out of memory") : code;
}

/* ---- telling ---- */

static struct json_object *print_of(const runut_gathering *self, uint32_t i)
{
    const runut_gathered_print *p = &self->prints.at[i];
    const runut_gathered_report *r = &self->reports.at[p->report];
    struct json_object *out = json_object_new_object();
    runut_json_put(out, "text", self->sayings.at[i].text);
    runut_json_put(out, "speaker", p->speaker);
    runut_json_put(out, "via", p->via);
    json_object_object_add(out, "reported", json_object_new_boolean(p->reported));
    json_object_object_add(out, "date", runut_json_day(r->day));
    runut_json_put(out, "publisher", r->publisher);
    runut_json_put(out, "headline", r->headline);
    runut_json_put(out, "inLanguage", r->language);
    runut_json_put_name(out, "article", 'a', r->number);
    runut_json_put(out, "id", r->id);
    runut_json_put(out, "file", r->reference);
    runut_json_put_name(out, "event", 'e', r->event);
    runut_json_put_name(out, "story", 's', r->story);
    return runut_json_span(out, (runut_span){self->sayings.at[i].start, p->end});
}

static struct json_object *copy_of(const runut_gathering *self, uint32_t i, const runut_saying_link *link)
{
    static const char *const changes[] = {[RUNUT_SAYING_FIRST] = "first",
                                          [RUNUT_SAYING_SAME] = "same",
                                          [RUNUT_SAYING_SHORTENED] = "shortened",
                                          [RUNUT_SAYING_FULLER] = "fuller",
                                          [RUNUT_SAYING_ALTERED] = "altered"};
    struct json_object *out = print_of(self, i), *list = json_object_new_array();
    json_object_object_add(out, "change", json_object_new_string(changes[link->change]));
    json_object_object_add(out, "otherSpeaker", json_object_new_boolean(link->other_speaker));
    for (size_t k = 0; k < link->differences.size; k++) {
        struct json_object *one = json_object_new_object();
        runut_json_put(one, "here", link->differences.at[k].here);
        runut_json_put(one, "first", link->differences.at[k].first);
        json_object_array_add(list, one);
    }
    json_object_object_add(out, "differs", list);
    return out;
}

/* Strings the later prints of each first one on a chain and decides which are told. */
static void chain(runut_gathering *self)
{
    const runut_saying_link *links = self->links;
    const uint32_t *order = self->order;
    for (size_t k = 0; k < self->prints.size; k++) {
        self->prints.at[k].next = -1;
        self->prints.at[k].told = false;
    }
    for (size_t k = 0; k < self->prints.size; k++) {
        uint32_t i = order[k], first = links[i].first;
        runut_gathered_print *p = &self->prints.at[i], *head = &self->prints.at[first];
        const runut_saying *s = &self->sayings.at[i];
        if (self->by.size)
            p->asked &= p->by || (s->named && runut_map_get(self->speakers, s->speaker));
        p->last = i;
        head->told |= p->asked;
        if (first == i)
            continue;
        self->prints.at[head->last].next = (int32_t)i;
        head->last = i;
    }
}

void runut_quotes_join(runut_gathering *self)
{
    self->links = runut_sayings_join(self->arena, self->sayings.at, self->sayings.size, &self->order);
    chain(self);
}

struct json_object *runut_quotes_item(const runut_gathering *self, uint32_t i)
{
    struct json_object *item = print_of(self, i), *copies = json_object_new_array();
    for (int32_t n = self->prints.at[i].next; n >= 0; n = self->prints.at[n].next)
        json_object_array_add(copies, copy_of(self, (uint32_t)n, &self->links[n]));
    json_object_object_add(item, "copies", copies);
    return item;
}

static int tell(runut_gathering *self, runut_visit visit, void *context)
{
    const runut_saying_link *links = self->links;
    const uint32_t *order = self->order;
    uint32_t told = 0;
    for (size_t k = 0; k < self->prints.size; k++) {
        uint32_t i = order[k];
        if (links[i].first != i || !self->prints.at[i].told)
            continue;
        struct json_object *item = runut_quotes_item(self, i);
        int stop = visit(context, item);
        json_object_put(item);
        if (stop)
            return runut_error_set(self->error, RUNUT_ERR_STOPPED, "stopped");
        if (self->filter->limit && ++told == self->filter->limit)
            break;
    }
    return RUNUT_OK;
}

/* The words asked for; false where they hold no word at all. */
static bool read_asked(runut_gathering *self)
{
    const char *by = self->filter->by, *about = self->filter->about;
    self->speakers = runut_map_new(self->arena);
    if (by)
        cut_words(self, folded(self, runut_slice_of(by)), &self->by);
    if (about)
        runut_index_terms(self->runut, runut_slice_of(about), (runut_slice){"", 0}, true, add_query_term, self);
    return (!by || self->by.size) && (!about || self->about.size);
}

int runut_quotes_begin(runut_gathering *self, runut *of, const runut_filter *filter, runut_store_filter *narrowed,
                       runut_error *error)
{
    static const runut_filter none;
    *self = (runut_gathering){.runut = of, .arena = of->arena, .filter = filter ? filter : &none, .error = error};
    runut_arena_reset(self->arena);
    int code = runut_view_filter(self->filter, narrowed, error);
    if (code != RUNUT_OK)
        return code;
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    if (!read_asked(self))
        return runut_error_set(error, RUNUT_ERR_USE, "no word in '%s'",
                               self->filter->by && !self->by.size ? self->filter->by : self->filter->about);
    narrowed->words = runut_slice_of(self->filter->about); /* of the article; the saying itself is looked at later */
    return RUNUT_OK;
}

static int find(runut_gathering *self, const runut_store_filter *narrowed, runut_visit visit, void *context)
{
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
    bool done = false;
    int code = runut_quotes_narrow(self, narrowed, &done);
    if (code == RUNUT_OK && !done)
        code = runut_quotes_gather(self, narrowed);
    if (code != RUNUT_OK)
        return code;
    if (!done)
        runut_quotes_join(self);
    return tell(self, visit, context);
}

/* Is it the first ones of all that are wanted, no more than a page has? */
static bool wants_page(const runut_filter *f)
{
    return f && f->limit && f->limit <= RUNUT_PAGE_MOST && !f->reported && !f->by && !f->about && !f->since &&
           !f->until && !f->publisher && !f->language && !f->person && !f->place && !f->organization && !f->event &&
           !f->story;
}

static int tell_page(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error)
{
    struct json_object *items = json_object_new_array();
    runut_place last;
    bool more;
    int code = runut_store_ask(self->store, error);
    if (code == RUNUT_OK) {
        code = runut_quotes_page(self, filter, NULL, filter->limit, items, &last, &more, error);
        runut_store_asked(self->store);
    }
    for (size_t i = 0; code == RUNUT_OK && i < size_of(items); i++)
        if (visit(context, json_object_array_get_idx(items, i)))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    json_object_put(items);
    return code;
}

int runut_quotes(runut *self, const runut_filter *filter, runut_visit visit, void *context, runut_error *error)
{
    if (wants_page(filter))
        return tell_page(self, filter, visit, context, error);
    runut_store_filter narrowed;
    runut_gathering *g = calloc(1, sizeof *g);
    if (!g)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code = runut_quotes_begin(g, self, filter, &narrowed, error);
    if (code == RUNUT_OK)
        code = runut_store_ask(self->store, error);
    if (code == RUNUT_OK) {
        code = find(g, &narrowed, visit, context);
        runut_store_asked(self->store);
    }
    runut_arena_reset(self->arena);
    free(g);
    return code;
}
