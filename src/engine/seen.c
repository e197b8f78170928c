/* A text is looked for by the hash of its words, then by its bands. Candidates are the first few texts that have a band
 * (RUNUT_KEY_SAME), so that what everybody has costs nobody more: of a thousand copies the first four stand for all,
 * and reports of one template meet where they differ from one another. The nearest candidate counts, the earliest of
 * equal ones; so the answer depends on the texts and their order alone.
 *
 * A duplicate is remembered too (a copy of the copy is found by it) unless its words are the same. A chain of copies
 * ends where the first and the last share less than half of what the threshold asks. */
#include "engine/seen_state.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = RUNUT_SKETCH_BANDS + 1, MOST_CANDIDATES = KEYS * RUNUT_KEY_SAME };
#define COMMIT_EVERY 16384u /* texts */

static int no_memory(runut_error *error)
{
    return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
}

int runut_seen_open(const runut_seen_options *options, runut_seen **out, runut_error *error)
{
    runut_seen *self = *out = calloc(1, sizeof *self);
    if (!self)
        return no_memory(error);
    self->options = *options;
    self->lock = -1;
    int code = runut_seen_state_open(self, error);
    if (code != RUNUT_OK) {
        runut_seen_close(self);
        *out = NULL;
    }
    return code;
}

static int read_record(runut_seen *self, uint32_t number, runut_seen_record *room, const runut_seen_record **out,
                       runut_error *error)
{
    uint64_t at = (uint64_t)(number - 1) * sizeof *room;
    *out = runut_spool_at(self->records, at, sizeof *room);
    if (*out)
        return RUNUT_OK;
    *out = room;
    return runut_spool_read(self->records, at, room, sizeof *room, error);
}

/* ---- candidates ---- */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static size_t gather(const runut_key_hits *hits, uint32_t candidates[MOST_CANDIDATES])
{
    size_t count = 0, distinct = 0;
    for (size_t i = 1; i < KEYS; i++)
        for (uint32_t k = 0; k < hits[i].count; k++)
            candidates[count++] = hits[i].documents[k];
    if (count > 1)
        qsort(candidates, count, sizeof *candidates, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || candidates[i] != candidates[distinct - 1])
            candidates[distinct++] = candidates[i];
    return distinct;
}

/* May the chain that `record` is of go on with `sketch`? */
static int goes_on(runut_seen *self, const runut_seen_record *record, uint32_t number, const runut_sketch *sketch,
                   bool *good, runut_error *error)
{
    runut_seen_record room;
    const runut_seen_record *first;
    *good = record->first == number;
    if (*good)
        return RUNUT_OK;
    int code = read_record(self, record->first, &room, &first, error);
    if (code == RUNUT_OK)
        *good = runut_sketch_similarity(sketch, &first->sketch, self->options.contained) >= self->options.threshold / 2;
    return code;
}

/* Compares with the text `number`; a better answer than the one so far takes its place. */
static int compare(runut_seen *self, uint32_t number, const runut_sketch *sketch, runut_seen_answer *answer,
                   runut_error *error)
{
    runut_seen_record room;
    const runut_seen_record *record;
    bool good = false;
    int code = read_record(self, number, &room, &record, error);
    if (code != RUNUT_OK)
        return code;
    double similarity = runut_sketch_similarity(sketch, &record->sketch, self->options.contained);
    uint32_t thousandth = (uint32_t)(similarity * 1000 + 0.5);
    if (similarity < self->options.threshold || (answer->first && thousandth <= answer->thousandth))
        return RUNUT_OK;
    code = goes_on(self, record, number, sketch, &good, error);
    if (good)
        *answer = (runut_seen_answer){record->first, thousandth};
    return code;
}

/* A text of the very same words; the key may be another one's by chance. */
static int find_same(runut_seen *self, const runut_key_hits *hits, const runut_sketch *sketch,
                     runut_seen_answer *answer, runut_error *error)
{
    int code = RUNUT_OK;
    for (uint32_t k = 0; k < hits->count && code == RUNUT_OK && !answer->first; k++) {
        runut_seen_record room;
        const runut_seen_record *record;
        code = read_record(self, hits->documents[k], &room, &record, error);
        if (code == RUNUT_OK && record->sketch.text == sketch->text)
            *answer = (runut_seen_answer){record->first, 1000};
    }
    return code;
}

/* ---- remembering ---- */

static int add_key(runut_seen *self, uint64_t key, uint32_t number, runut_error *error)
{
    uint64_t entry, flushes = runut_keys_flushes(self->keys);
    int code = runut_keys_add(self->keys, key, number, &entry, error);
    if (code == RUNUT_OK && runut_keys_flushes(self->keys) != flushes)
        code = runut_seen_state_flushed(self, error);
    if (code == RUNUT_OK && self->journal)
        code = runut_spool_append(self->journal, &entry, sizeof entry, error);
    return code;
}

static int remember(runut_seen *self, const runut_seen_text *text, const uint64_t keys[KEYS],
                    const runut_key_hits hits[KEYS], uint32_t first, runut_error *error)
{
    uint64_t number = runut_spool_size(self->records) / sizeof(runut_seen_record) + 1;
    if (number > RUNUT_KEY_MOST_DOCUMENTS)
        return runut_error_set(error, RUNUT_ERR_STORE, "more texts than can be remembered");
    runut_seen_record record = {.sketch = *text->sketch,
                                .name = runut_spool_size(self->names),
                                .name_size = (uint32_t)text->name.size,
                                .first = first ? first : (uint32_t)number};
    int code = runut_spool_append(self->names, text->name.at, text->name.size, error);
    if (code == RUNUT_OK)
        code = runut_spool_append(self->records, &record, sizeof record, error);
    for (size_t i = 0; i < KEYS && code == RUNUT_OK; i++)
        if (hits[i].count < RUNUT_KEY_SAME)
            code = add_key(self, keys[i], (uint32_t)number, error);
    return code;
}

static int look(runut_seen *self, const runut_seen_text *text, runut_seen_answer *answer, runut_error *error)
{
    uint64_t keys[KEYS];
    uint32_t candidates[MOST_CANDIDATES];
    runut_key_hits hits[KEYS];
    keys[0] = text->sketch->text;
    memcpy(keys + 1, text->bands, RUNUT_SKETCH_BANDS * sizeof *keys);
    int code = runut_keys_find(self->keys, keys, KEYS, hits, error);
    if (code == RUNUT_OK)
        code = find_same(self, &hits[0], text->sketch, answer, error);
    if (code != RUNUT_OK || answer->first)
        return code;
    size_t count = gather(hits, candidates);
    for (size_t i = 0; i < count && code == RUNUT_OK; i++)
        code = compare(self, candidates[i], text->sketch, answer, error);
    return code == RUNUT_OK ? remember(self, text, keys, hits, answer->first, error) : code;
}

/* ---- a run that was ended is taken up ---- */

/* Is this the record that came here in the run that was ended? Then the answer is the same. */
static int replay(runut_seen *self, const runut_seen_text *text, runut_seen_answer *answer, bool *known,
                  runut_error *error)
{
    runut_seen_said said;
    *known = false;
    if (self->replayed == self->to_replay)
        return RUNUT_OK;
    int code = runut_spool_read(self->said, self->replayed * sizeof said, &said, sizeof said, error);
    *known = code == RUNUT_OK && said.line == text->line;
    if (*known) {
        *answer = said.answer;
        self->replayed++;
    } else if (code == RUNUT_OK) {
        code = runut_seen_state_part(self, error);
    }
    return code;
}

int runut_seen_look(runut_seen *self, const runut_seen_text *text, runut_seen_answer *answer, runut_error *error)
{
    bool known;
    *answer = (runut_seen_answer){0};
    int code = replay(self, text, answer, &known, error);
    if (code != RUNUT_OK || known)
        return code;
    code = look(self, text, answer, error);
    if (code != RUNUT_OK || !self->said)
        return code;
    runut_seen_said said = {text->line, *answer};
    code = runut_spool_append(self->said, &said, sizeof said, error);
    if (code == RUNUT_OK && ++self->unsafe >= COMMIT_EVERY)
        code = runut_seen_state_commit(self, false, error);
    return code;
}

int runut_seen_finish(runut_seen *self, runut_error *error)
{
    return self->folder ? runut_seen_state_commit(self, true, error) : RUNUT_OK;
}

int runut_seen_name(runut_seen *self, uint32_t number, runut_slice *name, runut_error *error)
{
    runut_seen_record room;
    const runut_seen_record *record;
    int code = read_record(self, number, &room, &record, error);
    if (code != RUNUT_OK)
        return code;
    uint32_t size = record->name_size;
    if (size > runut_spool_size(self->names))
        return runut_error_set(error, RUNUT_ERR_STORE, "what is remembered is damaged");
    if (size > self->name_room) {
        char *at = realloc(self->name, size);
        if (!at)
            return no_memory(error);
        self->name = at;
        self->name_room = size;
    }
    *name = (runut_slice){self->name, size};
    return size ? runut_spool_read(self->names, record->name, self->name, size, error) : RUNUT_OK;
}
