/* A digest as bytes: varints (LEB128), differences where values rise, a word's hashes once. Every read is checked,
 * every count against the bytes that are left, so that damaged bytes give an error and never more memory than they ask
 * for.
 *
 *     'r' 'd' version
 *     texts · days · tokens (number of an earlier word, or a new one) · sentences · vectors · facts · names · quotes */
#include "relate/digest.h"

#include "base/buffer.h"
#include "base/slice.h"
#include "relate/digest_parts.h"

enum { VERSION = 2, MOST_BYTES = 64 << 20 };

/* How a token is written: a word seen before as its number plus NEW_KINDS, else what kind of new word follows. */
enum { NEW_PLAIN, NEW_STEMMED, NEW_PLAIN_COMMON, NEW_STEMMED_COMMON, NEW_KINDS };

/* ---- writing ---- */

static void put(runut_buffer *out, uint64_t value)
{
    for (; value >= 128; value >>= 7)
        runut_buffer_byte(out, (char)(value | 128));
    runut_buffer_byte(out, (char)value);
}

static void put_signed(runut_buffer *out, int64_t value)
{
    put(out, (uint64_t)value << 1 ^ (uint64_t)(value >> 63));
}

static void put_hash(runut_buffer *out, uint32_t hash)
{
    for (int shift = 0; shift < 32; shift += 8)
        runut_buffer_byte(out, (char)(hash >> shift));
}

static void put_double(runut_buffer *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_hash(out, (uint32_t)bits);
    put_hash(out, (uint32_t)(bits >> 32));
}

static void put_text(runut_buffer *out, runut_slice text)
{
    put(out, text.size);
    runut_buffer_add(out, text);
}

static void put_day(runut_buffer *out, runut_day day)
{
    put_signed(out, day == RUNUT_NO_DAY ? INT64_C(1) << 33 : day);
}

/* Spans mostly follow each other: the start as a difference to `*last`, which moves on. */
static void put_span(runut_buffer *out, runut_span span, uint32_t *last)
{
    put_signed(out, (int64_t)span.start - *last);
    put_signed(out, (int64_t)span.end - span.start);
    *last = span.start;
}

static void put_weights(runut_buffer *out, const runut_weights *weights)
{
    uint32_t last = 0;
    put(out, weights->size);
    for (size_t i = 0; i < weights->size; i++) {
        put(out, weights->at[i].term - last);
        put(out, (uint64_t)weights->at[i].weight);
        last = weights->at[i].term;
    }
}

static void put_rising(runut_buffer *out, const uint32_t *at, size_t size)
{
    put(out, size);
    for (size_t i = 0; i < size; i++)
        put(out, at[i] - (i ? at[i - 1] : 0));
}

static void put_days(runut_buffer *out, const runut_day *at, size_t size)
{
    put(out, size);
    for (size_t i = 0; i < size; i++)
        put_day(out, at[i]);
}

static void put_new_word(runut_buffer *out, const runut_digest_token *t)
{
    bool stemmed = t->stem != t->hash;
    put(out, (uint64_t)((stemmed ? NEW_STEMMED : NEW_PLAIN) + (t->common ? NEW_PLAIN_COMMON : 0)));
    put_hash(out, t->hash);
    if (stemmed)
        put_hash(out, t->stem);
}

/* Words seen so far, by open addressing; `slots` holds word numbers plus one. */
typedef struct words {
    const runut_digest_token **at;
    uint32_t *slots;
    uint32_t size, mask;
} words;

static words words_new(runut_arena *arena, size_t tokens)
{
    words self = {.mask = 63};
    while (self.mask < 2 * tokens)
        self.mask = self.mask * 2 + 1;
    self.at = runut_arena_alloc(arena, (tokens + 1) * sizeof *self.at);
    self.slots = runut_arena_alloc(arena, ((size_t)self.mask + 1) * sizeof *self.slots);
    return self;
}

static bool same_word(const runut_digest_token *a, const runut_digest_token *b)
{
    return a->hash == b->hash && a->stem == b->stem && a->common == b->common;
}

/* The number of the word, or words.size where it is new (and is taken in). */
static uint32_t words_find(words *self, const runut_digest_token *t)
{
    uint32_t i = (t->hash * 2654435761u) & self->mask;
    while (self->slots[i] && !same_word(self->at[self->slots[i] - 1], t))
        i = (i + 1) & self->mask;
    if (self->slots[i])
        return self->slots[i] - 1;
    self->at[self->size] = t;
    self->slots[i] = ++self->size;
    return self->size - 1;
}

static void put_tokens(runut_arena *arena, runut_buffer *out, const runut_digest *d)
{
    words known = words_new(arena, d->tokens.size);
    uint32_t end = 0;
    put(out, d->tokens.size);
    for (size_t i = 0; i < d->tokens.size; i++) {
        const runut_digest_token *t = &d->tokens.at[i];
        uint32_t before = known.size, number = words_find(&known, t);
        if (number == before)
            put_new_word(out, t);
        else
            put(out, (uint64_t)number + NEW_KINDS);
        put_signed(out, (int64_t)t->span.start - end);
        put_signed(out, (int64_t)t->span.end - t->span.start);
        end = t->span.end;
    }
}

static void put_sentences(runut_buffer *out, const runut_digest *d)
{
    uint32_t last = 0, token = 0;
    put(out, d->sentences.size);
    for (size_t i = 0; i < d->sentences.size; i++) {
        const runut_digest_sentence *s = &d->sentences.at[i];
        put_span(out, s->span, &last);
        put_signed(out, (int64_t)s->first_token - token);
        put_signed(out, (int64_t)s->end_token - s->first_token);
        token = s->end_token;
    }
}

static void put_facts(runut_buffer *out, const runut_digest *d)
{
    uint32_t last = 0;
    put(out, d->facts.size);
    for (size_t i = 0; i < d->facts.size; i++) {
        const runut_fact *f = &d->facts.at[i];
        put_double(out, f->value);
        put(out, f->unit);
        put(out, f->subject);
        for (size_t k = 0; k < sizeof f->context / sizeof *f->context; k++)
            put(out, f->context[k]);
        put(out, f->sentence);
        put_span(out, f->span, &last);
        put_text(out, f->text);
        put_text(out, f->about);
        put(out, (uint64_t)(f->approximate + 2 * f->ordinal + 4 * f->nature));
    }
}

static void put_names(runut_buffer *out, const runut_digest *d)
{
    put(out, d->names.size);
    for (size_t i = 0; i < d->names.size; i++) {
        const runut_digest_name *n = &d->names.at[i];
        put(out, (uint64_t)n->kind * 2 + n->in_headline);
        put_hash(out, n->key);
        put(out, n->mentions);
        put_text(out, n->text);
    }
}

static void put_mentions(runut_buffer *out, const runut_digest *d)
{
    uint32_t last = 0;
    put(out, d->mentions.size);
    for (size_t i = 0; i < d->mentions.size; i++) {
        put(out, d->mentions.at[i].name);
        put_signed(out, (int64_t)d->mentions.at[i].sentence - last);
        last = d->mentions.at[i].sentence;
    }
}

static void put_quotes(runut_buffer *out, const runut_digest *d)
{
    uint32_t last = 0;
    put(out, d->quotes.size);
    for (size_t i = 0; i < d->quotes.size; i++) {
        const runut_digest_quote *q = &d->quotes.at[i];
        put_span(out, q->span, &last);
        put(out, q->first_token);
        put(out, q->end_token);
        put(out, q->speaker);
        put_text(out, q->speaker_text);
    }
}

static void put_texts_and_days(runut_buffer *out, const runut_digest *d)
{
    put_text(out, d->language);
    put_text(out, d->headline);
    put_text(out, d->publisher);
    put(out, d->sources.size);
    for (size_t i = 0; i < d->sources.size; i++)
        put_text(out, d->sources.at[i]);
    put_day(out, d->published);
    put_day(out, d->event);
    put_signed(out, d->event_year);
    put_signed(out, d->event_month);
    put(out, (uint64_t)d->date_conflict | (uint64_t)d->certainty << 1);
    put_days(out, d->candidates.at, d->candidates.size);
    put_days(out, d->mentioned.at, d->mentioned.size);
}

runut_slice runut_digest_encode(runut_arena *arena, const runut_digest *digest)
{
    runut_buffer out = runut_buffer_new(arena, MOST_BYTES);
    runut_buffer_text(&out, "rd");
    runut_buffer_byte(&out, VERSION);
    put_texts_and_days(&out, digest);
    put_tokens(arena, &out, digest);
    put_sentences(&out, digest);
    put_weights(&out, &digest->entities);
    put_weights(&out, &digest->headline_stems);
    put_weights(&out, &digest->numbers_in_context);
    put_rising(&out, digest->numbers.at, digest->numbers.size);
    put_rising(&out, digest->lead.at, digest->lead.size);
    put_rising(&out, digest->lead_places.at, digest->lead_places.size);
    put_rising(&out, digest->editions.at, digest->editions.size);
    put_facts(&out, digest);
    put_names(&out, digest);
    put_mentions(&out, digest);
    put_quotes(&out, digest);
    return runut_buffer_slice(&out);
}

/* ---- reading ---- */

/* `bad` is set at the first thing that cannot be; from then on everything reads as 0. */
typedef struct reader {
    runut_arena *arena;
    const unsigned char *at, *end;
    bool bad;
} reader;

static uint64_t get(reader *in)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && in->at < in->end && !in->bad; shift += 7) {
        unsigned char byte = *in->at++;
        value |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return value;
    }
    in->bad = true;
    return 0;
}

static int64_t get_signed(reader *in)
{
    uint64_t value = get(in);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

/* A sum or a value that must fit. */
static uint32_t fit(reader *in, int64_t value)
{
    if (value < 0 || value > UINT32_MAX)
        in->bad = true;
    return in->bad ? 0 : (uint32_t)value;
}

static uint32_t get_number(reader *in, uint32_t most)
{
    uint64_t value = get(in);
    if (value > most)
        in->bad = true;
    return in->bad ? 0 : (uint32_t)value;
}

/* base + a signed difference, with no overflow whatever the bytes. */
static uint32_t get_after(reader *in, uint32_t base)
{
    int64_t difference = get_signed(in);
    if (difference > UINT32_MAX || difference < -(int64_t)UINT32_MAX)
        in->bad = true;
    return in->bad ? 0 : fit(in, (int64_t)base + difference);
}

/* A count of things that take `bytes` bytes each at the least. */
static size_t get_count(reader *in, size_t bytes)
{
    uint64_t count = get(in);
    if (in->bad || count > (size_t)(in->end - in->at) / bytes)
        in->bad = true;
    return in->bad ? 0 : (size_t)count;
}

static uint32_t get_hash(reader *in)
{
    if (in->bad || in->end - in->at < 4) {
        in->bad = true;
        return 0;
    }
    uint32_t hash = 0;
    for (int shift = 0; shift < 32; shift += 8)
        hash |= (uint32_t)*in->at++ << shift;
    return hash;
}

static double get_double(reader *in)
{
    uint64_t bits = get_hash(in);
    bits |= (uint64_t)get_hash(in) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    return in->bad || value != value ? 0 : value;
}

static runut_slice get_text(reader *in)
{
    size_t size = get_count(in, 1);
    runut_slice text = {(const char *)in->at, size};
    if (!in->bad)
        in->at += size;
    return in->bad ? (runut_slice){"", 0} : runut_arena_copy(in->arena, text);
}

static runut_day get_day(reader *in)
{
    int64_t day = get_signed(in);
    return day > INT32_MAX || day <= INT32_MIN ? RUNUT_NO_DAY : (runut_day)day;
}

static runut_span get_span(reader *in, uint32_t *last)
{
    runut_span span;
    span.start = get_after(in, *last);
    span.end = get_after(in, span.start);
    if (span.end < span.start)
        in->bad = true;
    *last = span.start;
    return span;
}

static void get_weights(reader *in, runut_weights *weights)
{
    size_t count = get_count(in, 2);
    weights->at = runut_arena_alloc(in->arena, count * sizeof *weights->at);
    weights->size = weights->capacity = count;
    int64_t last = 0;
    for (size_t i = 0; i < count && !in->bad; i++) {
        uint32_t step = get_number(in, UINT32_MAX);
        if (i > 0 && step == 0)
            in->bad = true;
        last = fit(in, last + step);
        weights->at[i] = (runut_weight){(uint32_t)last, (float)get_number(in, 1 << 24)};
    }
}

static uint32_t *get_rising(reader *in, size_t *size)
{
    size_t count = get_count(in, 1);
    uint32_t *at = runut_arena_alloc(in->arena, count * sizeof *at);
    int64_t last = 0;
    for (size_t i = 0; i < count && !in->bad; i++) {
        uint32_t step = get_number(in, UINT32_MAX);
        if (i > 0 && step == 0)
            in->bad = true;
        at[i] = fit(in, last + step);
        last = at[i];
    }
    *size = count;
    return at;
}

static runut_day *get_days(reader *in, size_t *size)
{
    *size = get_count(in, 1);
    runut_day *at = runut_arena_alloc(in->arena, *size * sizeof *at);
    for (size_t i = 0; i < *size; i++)
        at[i] = get_day(in);
    return at;
}

static void get_tokens(reader *in, runut_digest *d)
{
    size_t count = get_count(in, 3);
    uint32_t known = 0, end = 0;
    uint32_t *first = runut_arena_alloc(in->arena, (count + 1) * sizeof *first); /* token in which a word is new */
    d->tokens.at = runut_arena_alloc(in->arena, count * sizeof *d->tokens.at);
    d->tokens.size = d->tokens.capacity = count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        runut_digest_token *t = &d->tokens.at[i];
        uint64_t code = get(in);
        if (code < NEW_KINDS) {
            t->hash = get_hash(in);
            t->stem = code == NEW_STEMMED || code == NEW_STEMMED_COMMON ? get_hash(in) : t->hash;
            t->common = code >= NEW_PLAIN_COMMON;
            first[known++] = (uint32_t)i;
        } else if (code - NEW_KINDS < known) {
            *t = d->tokens.at[first[code - NEW_KINDS]];
        } else {
            in->bad = true;
        }
        t->span.start = get_after(in, end);
        t->span.end = get_after(in, t->span.start);
        if (t->span.start < end || t->span.end < t->span.start)
            in->bad = true;
        end = t->span.end;
    }
}

static void get_sentences(reader *in, runut_digest *d)
{
    size_t count = get_count(in, 4);
    uint32_t last = 0, token = 0;
    d->sentences.at = runut_arena_alloc(in->arena, count * sizeof *d->sentences.at);
    d->sentences.size = d->sentences.capacity = count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        runut_digest_sentence *s = &d->sentences.at[i];
        s->span = get_span(in, &last);
        s->first_token = get_after(in, token);
        s->end_token = get_after(in, s->first_token);
        if (s->end_token < s->first_token || s->end_token > d->tokens.size)
            in->bad = true;
        token = s->end_token;
    }
}

static void get_facts(reader *in, runut_digest *d)
{
    size_t count = get_count(in, 20);
    uint32_t last = 0, sentences = (uint32_t)d->sentences.size;
    d->facts.at = runut_arena_alloc(in->arena, count * sizeof *d->facts.at);
    d->facts.size = d->facts.capacity = count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        runut_fact *f = &d->facts.at[i];
        f->value = get_double(in);
        f->unit = get_number(in, UINT32_MAX);
        f->subject = get_number(in, UINT32_MAX);
        for (size_t k = 0; k < sizeof f->context / sizeof *f->context; k++)
            f->context[k] = get_number(in, UINT32_MAX);
        f->sentence = get_number(in, sentences ? sentences - 1 : 0);
        f->span = get_span(in, &last);
        f->text = get_text(in);
        f->about = get_text(in);
        uint32_t flags = get_number(in, 4 * UINT8_MAX + 3);
        f->approximate = flags & 1;
        f->ordinal = flags & 2;
        f->nature = (uint8_t)(flags >> 2);
    }
}

static void get_names(reader *in, runut_digest *d)
{
    size_t count = get_count(in, 7);
    d->names.at = runut_arena_alloc(in->arena, count * sizeof *d->names.at);
    d->names.size = d->names.capacity = count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        runut_digest_name *n = &d->names.at[i];
        uint32_t kind = get_number(in, RUNUT_PLACE * 2 + 1);
        n->kind = (runut_name_kind)(kind / 2);
        n->in_headline = kind & 1;
        n->key = get_hash(in);
        n->mentions = get_number(in, UINT32_MAX);
        n->text = get_text(in);
    }
}

static void get_mentions(reader *in, runut_digest *d)
{
    size_t count = get_count(in, 2);
    uint32_t last = 0;
    d->mentions.at = runut_arena_alloc(in->arena, count * sizeof *d->mentions.at);
    d->mentions.size = d->mentions.capacity = count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        runut_digest_mention *m = &d->mentions.at[i];
        m->name = get_number(in, UINT32_MAX);
        m->sentence = last = get_after(in, last);
        if (m->name >= d->names.size || m->sentence >= d->sentences.size)
            in->bad = true;
    }
}

static void get_quotes(reader *in, runut_digest *d)
{
    size_t count = get_count(in, 6);
    uint32_t last = 0, tokens = (uint32_t)d->tokens.size;
    d->quotes.at = runut_arena_alloc(in->arena, count * sizeof *d->quotes.at);
    d->quotes.size = d->quotes.capacity = count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        runut_digest_quote *q = &d->quotes.at[i];
        q->span = get_span(in, &last);
        q->first_token = get_number(in, tokens);
        q->end_token = get_number(in, tokens);
        if (q->end_token < q->first_token)
            in->bad = true;
        q->speaker = get_number(in, UINT32_MAX);
        q->speaker_text = get_text(in);
    }
}

static void get_texts_and_days(reader *in, runut_digest *d)
{
    d->language = get_text(in);
    d->headline = get_text(in);
    d->publisher = get_text(in);
    size_t sources = get_count(in, 1);
    for (size_t i = 0; i < sources && !in->bad; i++)
        RUNUT_PUSH(in->arena, d->sources, get_text(in));
    d->published = get_day(in);
    d->event = get_day(in);
    int64_t year = get_signed(in), month = get_signed(in);
    d->event_year = year >= 0 && year <= 9999 ? (int)year : 0;
    d->event_month = month >= 0 && month <= 12 ? (int)month : 0;
    uint32_t flags = get_number(in, 5);
    d->date_conflict = flags & 1;
    d->certainty = (runut_certainty)(flags >> 1);
    d->candidates.at = get_days(in, &d->candidates.size);
    d->mentioned.at = get_days(in, &d->mentioned.size);
    d->candidates.capacity = d->candidates.size;
    d->mentioned.capacity = d->mentioned.size;
}

static void get_vectors(reader *in, runut_digest *d)
{
    get_weights(in, &d->entities);
    get_weights(in, &d->headline_stems);
    get_weights(in, &d->numbers_in_context);
    d->numbers.at = get_rising(in, &d->numbers.size);
    d->lead.at = get_rising(in, &d->lead.size);
    d->lead_places.at = get_rising(in, &d->lead_places.size);
    d->editions.at = get_rising(in, &d->editions.size);
    d->editions.capacity = d->editions.size;
    d->lead.capacity = d->lead.size;
    d->lead_places.capacity = d->lead_places.size;
    d->numbers.capacity = d->numbers.size;
}

int runut_digest_decode(runut_arena *arena, runut_slice bytes, bool plain, runut_digest **digest, runut_error *error)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    *digest = NULL;
    if (bytes.size < 3 || at[0] != 'r' || at[1] != 'd' || at[2] != VERSION)
        return runut_error_set(error, RUNUT_ERR_STORE, "not a digest of version %d", VERSION);
    reader in = {.arena = arena, .at = at + 3, .end = at + bytes.size};
    runut_digest *d = runut_arena_alloc(arena, sizeof *d);
    get_texts_and_days(&in, d);
    get_tokens(&in, d);
    get_sentences(&in, d);
    get_vectors(&in, d);
    get_facts(&in, d);
    get_names(&in, d);
    get_mentions(&in, d);
    get_quotes(&in, d);
    if (in.bad || in.at != in.end)
        return runut_error_set(error, RUNUT_ERR_STORE, "damaged digest near byte %zu", (size_t)(in.at - at));
    if (!plain)
        runut_digest_stems(arena, d);
    *digest = d;
    return RUNUT_OK;
}
