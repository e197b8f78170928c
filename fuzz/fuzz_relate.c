/* Reports, parted by record separators, as they come into a store: the first byte of each says of what day it is.
 * Related at once, at once on three threads, and one by one, they must come into the same events and stories. */
#include <string.h>

#include "annotate/annotate.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "relate/relate.h"
#include "support.h"

enum { MOST = 12 };

/* Where each article stands in the end. */
typedef struct result {
    uint32_t event[MOST + 1], story[MOST + 1], reuse_of[MOST + 1];
    uint32_t of_event[8 * MOST]; /* story of an event */
} result;

static runut_arena *arena, *answers;

static runut_slice digest_of(runut_slice bytes)
{
    static runut_annotator *annotator;
    static runut_digester *digester;
    annotator = annotator || runut_annotator_new(&annotator, NULL) == RUNUT_OK ? annotator : NULL;
    digester = digester ? digester : runut_digester_new();
    runut_article article;
    unsigned day = 1 + (unsigned char)bytes.at[0] % 28;
    runut_capture capture = {.kind = RUNUT_CAPTURE_TEXT,
                             .bytes = runut_slice_part(bytes, 1, bytes.size),
                             .date_published = runut_arena_printf(arena, "2025-09-%02u", day)};
    if ((unsigned char)bytes.at[0] > 200)
        capture.date_published = (runut_slice){"", 0};
    if (runut_clean(arena, &capture, &article, NULL) != RUNUT_OK || article.body.size == 0)
        return (runut_slice){"", 0};
    return runut_digest_encode(arena, runut_digest_make(digester, arena, runut_annotate(annotator, arena, &article)));
}

static void settle(runut_relater *relater, result *to)
{
    runut_changes changes = {0};
    runut_arena_reset(answers);
    fuzz_check(runut_relater_settle(relater, answers, &changes, NULL) == RUNUT_OK);
    for (size_t i = 0; i < changes.relations.size; i++) {
        const runut_relation *r = &changes.relations.at[i];
        fuzz_check(r->article >= 1 && r->article <= MOST && r->event);
        if (r->more)
            continue;
        to->event[r->article] = r->event;
        to->reuse_of[r->article] = r->has_reuse ? r->reuse.of : 0;
    }
    for (size_t i = 0; i < changes.events.size; i++) {
        fuzz_check(changes.events.at[i].event < 8 * MOST);
        to->of_event[changes.events.at[i].event] = changes.events.at[i].story;
    }
}

static result relate(const runut_slice *digests, uint32_t count, size_t threads, bool one_by_one)
{
    result out;
    runut_relater *relater;
    memset(&out, 0, sizeof out);
    fuzz_check(runut_relater_new(&relater, NULL) == RUNUT_OK);
    runut_relater_threads(relater, threads);
    for (uint32_t i = 0; i < count; i++) {
        fuzz_check(runut_relater_add(relater, i + 1, digests[i], NULL) == RUNUT_OK);
        if (one_by_one || i + 1 == count)
            settle(relater, &out);
    }
    for (uint32_t i = 1; i <= count; i++) {
        fuzz_check(out.event[i]);
        out.story[i] = out.of_event[out.event[i]];
    }
    runut_relater_free(relater);
    return out;
}

/* The same parts, whatever their numbers? */
static bool same_parts(const uint32_t *one, const uint32_t *other, uint32_t count)
{
    for (uint32_t i = 1; i <= count; i++)
        for (uint32_t k = 1; k < i; k++)
            if ((one[i] == one[k]) != (other[i] == other[k]))
                return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    runut_slice input = {(const char *)data, size}, part, digests[MOST];
    uint32_t count = 0;
    arena = arena ? arena : runut_arena_new((size_t)512 << 20);
    answers = answers ? answers : runut_arena_new((size_t)256 << 20);
    runut_arena_reset(arena);
    if (RUNUT_ARENA_TRY(arena) != 0)
        abort();
    while (count < MOST && fuzz_part(&input, 0x1E, &part))
        if (part.size > 1 && (digests[count] = digest_of(part)).size)
            count++;
    if (count == 0)
        return 0;
    result at_once = relate(digests, count, 1, false), on_threads = relate(digests, count, 3, false);
    fuzz_check(memcmp(&at_once, &on_threads, sizeof at_once) == 0);
    result one_by_one = relate(digests, count, 1, true);
    fuzz_check(same_parts(at_once.event, one_by_one.event, count) &&
               same_parts(at_once.story, one_by_one.story, count));
    return 0;
}
