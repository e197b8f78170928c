/* What each module of the stage annotate costs: annotate_shares FILE… reads captures and prints, for each step that
 * `runut annotate` takes, microseconds an article and nanoseconds a byte of body, least of several rounds. One thread.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "annotate/annotate.h"
#include "annotate/stage.h"
#include "annotate/texts.h"
#include "base/slice.h"
#include "clean/clean.h"
#include "engine/internal.h"
#include "read/read.h"
#include "relate/join_keys.h"

enum { TEXTS, NAMES, DATES, STATEMENTS, SOURCES, DIGEST, KEYS, JSON, STEPS, ROUNDS = 5 };

static const char *const steps[STEPS] = {"texts",   "names",  "dates",     "statements",
                                         "sources", "digest", "join keys", "JSON"};

typedef struct bench {
    runut_arena *held, *arena; /* of the captures, of the article in hand */
    runut_texts *texts;
    runut_names *names;
    runut_calendar *calendar;
    runut_cues *cues;
    runut_agencies *agencies;
    runut_digester *digester;
    RUNUT_VECTOR(runut_capture) captures;
    double seconds[STEPS];
    size_t articles, bytes;
} bench;

static int on_capture(void *context, const runut_capture *capture)
{
    bench *self = context;
    if (RUNUT_ARENA_TRY(self->held) != 0)
        return RUNUT_ERR_MEMORY;
    runut_capture_copy(self->held, capture, RUNUT_APPEND(self->held, self->captures));
    return RUNUT_OK;
}

static void on_reject(void *context, const runut_error *error)
{
    (void)context;
    fprintf(stderr, "%s: %s\n", error->file, error->message);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void lap(double *sum, double *since)
{
    double time = now();
    *sum += time - *since;
    *since = time;
}

static void measure(bench *self, const runut_article *article, double sums[STEPS])
{
    runut_annotation *a = runut_arena_alloc(self->arena, sizeof *a);
    a->article = article;
    a->body = article->body;
    double since = now();
    runut_texts_annotate(self->texts, self->arena, a);
    lap(&sums[TEXTS], &since);
    runut_names_annotate(self->names, self->arena, a);
    lap(&sums[NAMES], &since);
    runut_dates_annotate(self->calendar, self->arena, a);
    lap(&sums[DATES], &since);
    runut_statements_annotate(self->cues, self->arena, a);
    lap(&sums[STATEMENTS], &since);
    runut_sources_annotate(self->agencies, self->arena, a);
    lap(&sums[SOURCES], &since);
    runut_join_keys keys;
    runut_digest *digest = runut_digest_make(self->digester, self->arena, a);
    lap(&sums[DIGEST], &since);
    runut_join_keys_make(self->arena, a, digest, &keys);
    lap(&sums[KEYS], &since);
    runut_record_of(self->arena, article, a);
    lap(&sums[JSON], &since);
}

static void play(bench *self, double sums[STEPS])
{
    self->articles = self->bytes = 0;
    for (size_t i = 0; i < self->captures.size; i++) {
        runut_article article;
        runut_error error;
        runut_arena_reset(self->arena);
        if (RUNUT_ARENA_TRY(self->arena) != 0)
            continue;
        if (runut_clean(self->arena, &self->captures.at[i], &article, &error) != RUNUT_OK || article.body.size == 0)
            continue;
        measure(self, &article, sums);
        self->articles++;
        self->bytes += article.body.size;
    }
}

static void print(const bench *self)
{
    double all = 0;
    for (int s = 0; s < STEPS; s++)
        all += self->seconds[s];
    printf("%zu articles, %.0f bytes of body each\n\n%-12s%10s%10s%8s\n", self->articles,
           (double)self->bytes / (double)self->articles, "", "us/article", "ns/byte", "share");
    for (int s = 0; s < STEPS; s++)
        printf("%-12s%10.1f%10.1f%7.0f%%\n", steps[s], self->seconds[s] / (double)self->articles * 1e6,
               self->seconds[s] / (double)self->bytes * 1e9, self->seconds[s] / all * 100);
    printf("%-12s%10.1f%10.1f\n\n%.0f articles a second\n", "all", all / (double)self->articles * 1e6,
           all / (double)self->bytes * 1e9, (double)self->articles / all);
}

/* Hunspell without the cache that `texts` has, for every word of the Indonesian and Malay articles. */
static void measure_hunspell(bench *self)
{
    runut_hunspell *hunspell = runut_hunspell_new("/usr/share/hunspell/id_ID.aff", "/usr/share/hunspell/id_ID.dic");
    double seconds = 0;
    size_t words = 0;
    for (size_t i = 0; hunspell && i < self->captures.size; i++) {
        runut_annotation a = {0};
        runut_article article = {.body = self->captures.at[i].bytes};
        a.article = &article;
        a.body = article.body;
        runut_arena_reset(self->arena);
        if (RUNUT_ARENA_TRY(self->arena) != 0)
            continue;
        runut_texts_annotate(self->texts, self->arena, &a);
        if (!runut_slice_is(a.language, "id") && !runut_slice_is(a.language, "ms"))
            continue;
        double since = now();
        for (size_t t = 0; t < a.tokens.size; t++) {
            char stem[64];
            runut_slice word = a.tokens.at[t].folded;
            if (a.tokens.at[t].kind == RUNUT_TOKEN_WORD && word.size < 48)
                words += runut_hunspell_stem(hunspell, word.at, word.size, stem, sizeof stem) < sizeof stem;
        }
        lap(&seconds, &since);
    }
    if (words)
        printf("hunspell alone, without a cache: %.2f us a word, %zu words\n", seconds / (double)words * 1e6, words);
    if (hunspell)
        runut_hunspell_free(hunspell);
}

int main(int argc, char **argv)
{
    bench self = {.held = runut_arena_new((size_t)4 << 30),
                  .arena = runut_arena_new(RUNUT_ARTICLE_ARENA),
                  .texts = runut_texts_new(),
                  .names = runut_names_new(),
                  .calendar = runut_calendar_new(),
                  .cues = runut_cues_new(),
                  .agencies = runut_agencies_new(),
                  .digester = runut_digester_new()};
    runut_error error;
    for (int i = 1; i < argc; i++)
        runut_read(argv[i], NULL, on_capture, on_reject, &self, &error);
    const char *asked = getenv("ROUNDS");
    int rounds = asked ? atoi(asked) : ROUNDS;
    for (int round = 0; round < rounds; round++) {
        double sums[STEPS] = {0};
        play(&self, sums);
        for (int s = 0; s < STEPS; s++)
            if (round == 0 || sums[s] < self.seconds[s])
                self.seconds[s] = sums[s];
    }
    if (self.articles) {
        print(&self);
        measure_hunspell(&self);
    }
    return self.articles == 0;
}
