#include "runut/skipped.h"

static const struct {
    const char *word, *text;
} kinds[RUNUT_SKIPS] = {
    [RUNUT_SKIP_TYPE] = {"type", "of another type (images, scripts, …)"},
    [RUNUT_SKIP_STATUS] = {"status", "with an HTTP status other than 200"},
    [RUNUT_SKIP_REVISIT] = {"revisit", "found unchanged (revisit)"},
    [RUNUT_SKIP_MACHINE] = {"machine", "for machines (robots.txt, …)"},
    [RUNUT_SKIP_EMPTY] = {"empty", "empty"},
    [RUNUT_SKIP_DATA] = {"data", "of data that are no article"},
    [RUNUT_SKIP_RECORD] = {"record", "about the crawl (requests, metadata, …)"},
    [RUNUT_SKIP_MEMBER] = {"member", "hidden, links or devices"},
};

const char *runut_skip_word(runut_skip what)
{
    return kinds[what].word;
}

const char *runut_skip_text(runut_skip what)
{
    return kinds[what].text;
}

uint64_t runut_skipped_all(const runut_skipped *skipped)
{
    uint64_t all = 0;
    for (int i = 0; i < RUNUT_SKIPS; i++)
        all += skipped->of[i];
    return all;
}

void runut_skipped_add(runut_skipped *to, const runut_skipped *more)
{
    for (int i = 0; i < RUNUT_SKIPS; i++)
        to->of[i] += more->of[i];
}
