/* What was fetched is added some reports at a time. A text that is there already in the same words is not: pages change
 * around their reports with every visit. What is remembered of a page is written after its article is safe, so that
 * nothing is lost where the work is cut off. */
#include <stdio.h>
#include <stdlib.h>

#include "clean/clean.h"
#include "engine/watch.h"

enum { MANY = 32, MANY_BYTES = 16 << 20 };

/* ---- what a page says ---- */

static uint64_t hash_of(runut_watch_run *self, const runut_capture *capture)
{
    runut_article article;
    runut_arena_reset(self->clean);
    if (RUNUT_ARENA_TRY(self->clean) != 0)
        return 0;
    if (runut_clean(self->clean, capture, &article, NULL) != RUNUT_OK || article.body.size == 0)
        return 0;
    uint64_t hash = runut_slice_hash(article.body) * 31 + runut_slice_hash(article.headline);
    return hash ? hash : 1;
}

static void remember(runut_watch_run *self, const runut_watch_page *page)
{
    if (self->code == RUNUT_OK)
        self->code = runut_watch_page_put(self->state, page, self->error);
}

static void copy_page(runut_arena *arena, runut_watch_page *page)
{
    runut_slice *const texts[] = {&page->url, &page->source, &page->etag, &page->modified, &page->article};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = runut_arena_copy(arena, *texts[i]);
}

void runut_watch_take(runut_watch_run *self, const runut_capture *capture, const runut_watch_page *page)
{
    uint64_t hash = hash_of(self, capture);
    if (hash && hash == page->text) {
        remember(self, page);
        return;
    }
    if (RUNUT_ARENA_TRY(self->taken_arena) != 0) {
        self->code = runut_error_set(self->error, RUNUT_ERR_MEMORY, "out of memory");
        return;
    }
    runut_watch_taken *taken = RUNUT_APPEND(self->taken_arena, self->taken);
    runut_capture_copy(self->taken_arena, capture, &taken->capture);
    taken->page = *page;
    taken->page.text = hash;
    taken->order = self->order;
    taken->number = self->taken.size;
    copy_page(self->taken_arena, &taken->page);
    self->taken_bytes += capture->bytes.size;
}

/* ---- into the store ---- */

static int hand_over(void *context, runut_on_capture on_capture, void *to)
{
    runut_watch_run *self = context;
    int code = 0;
    for (size_t i = 0; i < self->taken.size && code == 0; i++)
        code = on_capture(to, &self->taken.at[i].capture);
    return RUNUT_OK;
}

static runut_watched judge(runut_watch_run *self, const runut_added_article *a)
{
    bool version = *a->replaces != '\0';
    self->report->stored += a->what == RUNUT_ADDED_STORED;
    self->report->versions += version;
    self->report->rejected += a->what == RUNUT_ADDED_REJECTED;
    return a->what == RUNUT_ADDED_REJECTED ? RUNUT_WATCHED_REJECTED
           : version                       ? RUNUT_WATCHED_VERSION
                                           : RUNUT_WATCHED_NEW;
}

static unsigned count_changes(runut_watch_run *self, const runut_added_article *a)
{
    struct json_object *changes = NULL;
    uint32_t article, replaces;
    unsigned count = 0;
    if (*a->replaces && runut_view_name(a->article, 'a', "an article", &article, NULL) == RUNUT_OK &&
        runut_view_name(a->replaces, 'a', "an article", &replaces, NULL) == RUNUT_OK &&
        runut_version_changes(self->runut, article, replaces, &changes, NULL) == RUNUT_OK)
        count = (unsigned)json_object_array_length(changes);
    json_object_put(changes);
    return count;
}

/* Each capture is told once, in their order. */
static void on_article(void *context, const runut_added_article *a)
{
    runut_watch_run *self = context;
    runut_watch_taken *taken = &self->taken.at[self->told++];
    runut_watch_page *page = &taken->page;
    runut_watched what = a->what == RUNUT_ADDED_KNOWN ? RUNUT_WATCHED_NEW : judge(self, a);
    if (a->what == RUNUT_ADDED_STORED) {
        snprintf(taken->name, sizeof taken->name, "%s", a->article);
        page->article = runut_slice_of(taken->name);
    }
    if (a->what == RUNUT_ADDED_REJECTED)
        page->text = 0;
    remember(self, page);
    if (a->what == RUNUT_ADDED_KNOWN)
        return;
    runut_watch_tell(self, &(runut_watch_news){.what = what,
                                               .url = page->url.at,
                                               .source = page->source.at,
                                               .article = a->article,
                                               .before = a->replaces,
                                               .changes = count_changes(self, a),
                                               .headline = a->headline,
                                               .message = a->error ? a->error->message : "",
                                               .status = page->status});
}

static void clear(runut_watch_run *self)
{
    memset(&self->taken, 0, sizeof self->taken);
    self->taken_bytes = 0;
    runut_arena_reset(self->taken_arena);
}

static int in_order(const void *a, const void *b)
{
    const runut_watch_taken *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* What the work is stopped in the middle of is finished all the same: so nobody tells the adding to stop. */
void runut_watch_flush(runut_watch_run *self)
{
    const runut_add_options options = {.on_article = on_article, .context = self, .jobs = self->options->jobs};
    if (self->taken.size == 0 || self->code != RUNUT_OK)
        return;
    self->told = 0;
    if (self->taken.size > 1)
        qsort(self->taken.at, self->taken.size, sizeof *self->taken.at, in_order);
    self->code = runut_watch_begin(self->state, self->error);
    if (self->code != RUNUT_OK)
        return;
    int code = runut_add_from(self->runut, hand_over, self, &options, NULL, self->error);
    if (self->code == RUNUT_OK)
        self->code = code;
    if (self->code == RUNUT_OK)
        self->code = runut_watch_commit(self->state, self->error);
    if (self->code != RUNUT_OK)
        runut_watch_rollback(self->state);
    clear(self);
}

void runut_watch_flush_if_many(runut_watch_run *self)
{
    if (self->taken.size >= MANY || self->taken_bytes >= MANY_BYTES)
        runut_watch_flush(self);
}
