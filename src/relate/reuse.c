/* Who took the text from whom.
 *
 * One language: how much of the one stands in the other, as spans of equal stems (align.c) and, sentence by sentence,
 * as content words held: a rewrite keeps the words and loses the runs. Words in quotation marks count for less: two
 * reporters at one press conference share them honestly. Two languages: how far the sentences run along in one chain of
 * shared names and numbers (align_parallel.c).
 *
 * An outlet's formulas make the report of the 9th meeting and that of the 11th much alike; so the numbers must agree
 * too, and the days must not lie apart. Who took from whom is told by a credit, the days, what was cut, the order of
 * arrival. */
#include "base/slice.h"
#include "relate/align.h"
#include "relate/pair.h"

/* Set by hand on the two small development sets (newsroom, seeds), where the margin is thin: the lowest rewrite there
 * has .61, the highest pair that merely shares a source .58. */
#define LIKE_LEAST .59f
#define RUNS .35f        /* weight of equal runs; the rest is that of content words held together */
#define LIKE_CREDIT .08f /* what naming the other as the source is worth */
#define REPRINT_LEAST                                                                                                  \
    .7f /* of the words of one of the two in long equal runs: reprints have .84, rewrites at most .58 */
#define ALONG_LEAST .68f /* of the sentences in one chain */
#define ALONG_CREDITED .63f
/* Two languages and no credit: reports of one press conference run along too. Then both must run along, and hardly a
 * number may differ. */
#define ALONG_BOTH .5f
#define AGREE_ABROAD .75f
#define HELD_ABROAD .4f /* of the content words, where the languages share most of theirs */
#define AGREE_LEAST .4f /* of the facts of the one with fewer */

#define SHORT_DOUBT .15f

enum { CHAIN = 5, CHAIN_CREDITED = 3 }; /* sentences that run along at least */
enum { SHORT = 100, LEAST_WORDS = 25, FEW_FACTS = 3, DAYS_APART = 10, SURE_DAYS_APART = 45 };

/* One side's view of the pair. */
typedef struct side {
    const runut_digest *digest;
    bool credits; /* names the other's publisher as its source */
    float share;  /* of its words in the other */
    float like;   /* share and held content words together */
} side;

typedef struct pair {
    side a, b;
    float agreement; /* of facts, 0..1; 1 where there are too few to tell */
    int32_t days;    /* from `b` to `a`, 0 where unknown */
    bool dated;
    runut_alignment alignment;
} pair;

/* ---- what both must share ---- */

static bool has_fact(const runut_digest *in, const runut_fact *fact)
{
    for (size_t i = 0; i < in->facts.size && i < 200; i++)
        if (in->facts.at[i].value == fact->value && in->facts.at[i].unit == fact->unit)
            return true;
    return false;
}

/* Facts that are no mere "one" or "two". */
static bool telling(const runut_fact *f)
{
    return f->unit || f->value > 3 || f->ordinal;
}

static float agreement(const runut_digest *a, const runut_digest *b)
{
    size_t in_a = 0, in_b = 0, shared = 0;
    for (size_t i = 0; i < a->facts.size && i < 200; i++)
        if (telling(&a->facts.at[i])) {
            in_a++;
            shared += has_fact(b, &a->facts.at[i]);
        }
    for (size_t i = 0; i < b->facts.size && i < 200; i++)
        in_b += telling(&b->facts.at[i]);
    size_t fewer = in_a < in_b ? in_a : in_b;
    float part = fewer ? (float)shared / (float)fewer : 1;
    if (fewer == 1 && shared == 0)
        return .5f;
    return fewer < FEW_FACTS && shared > 0 ? 1 : part > 1 ? 1 : part;
}

/* Letters and digits of a name, small, without the ending of a web address, into `out`. */
static size_t plain(runut_slice name, char *out, size_t most)
{
    static const char *const endings[] = {".com", ".co.id", ".id", ".net", ".org", ".news",
                                          ".my",  ".co",    ".de", ".fr",  ".es"};
    if (runut_slice_starts_nocase(name, RUNUT_LITERAL("www.")))
        name = runut_slice_part(name, 4, name.size);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        runut_slice ending = runut_slice_of(endings[i]);
        if (name.size > ending.size + 2 &&
            runut_slice_equal_nocase(runut_slice_part(name, name.size - ending.size, name.size), ending)) {
            name.size -= ending.size;
            break;
        }
    }
    size_t n = 0;
    for (size_t i = 0; i < name.size && n < most; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if (runut_is_alpha(c) || runut_is_digit(c) || c >= 0x80)
            out[n++] = runut_lower(c);
    }
    return n;
}

bool runut_same_outlet(runut_slice x, runut_slice y)
{
    char p[64], q[64];
    size_t n = plain(x, p, sizeof p), m = plain(y, q, sizeof q), less = n < m ? n : m;
    if (less < 3)
        return false;
    if (n == m)
        return memcmp(p, q, n) == 0;
    return less >= 6 && memcmp(p, q, less) == 0;
}

static bool credits(const runut_digest *who, const runut_digest *whom)
{
    if (!whom->publisher.size || runut_same_outlet(who->publisher, whom->publisher))
        return false;
    for (size_t i = 0; i < who->sources.size; i++)
        if (runut_same_outlet(who->sources.at[i], whom->publisher))
            return true;
    return false;
}

static runut_day day_of(const runut_digest *d)
{
    return d->date_conflict ? RUNUT_NO_DAY : d->published != RUNUT_NO_DAY ? d->published : d->event;
}

/* The happenings' days, where both are known, must be near each other. */
static bool apart(const pair *p)
{
    const runut_digest *a = p->a.digest, *b = p->b.digest;
    if (a->event != RUNUT_NO_DAY && b->event != RUNUT_NO_DAY && !a->date_conflict && !b->date_conflict) {
        int32_t days = a->event > b->event ? a->event - b->event : b->event - a->event;
        if (days > SURE_DAYS_APART || (days > DAYS_APART && p->agreement < .5f))
            return true;
    }
    int32_t days = p->days < 0 ? -p->days : p->days;
    return p->dated && (days > 6 * SURE_DAYS_APART || (days > SURE_DAYS_APART && p->agreement < .7f));
}

/* ---- how alike ---- */

/* Mean part of a sentence's content words that the other text holds together. */
static float held(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    const runut_sentence_match *match = runut_align_sentences(arena, a, b);
    double words = 0, part = 0;
    for (size_t i = 0; i < a->sentences.size; i++) {
        words += match[i].content;
        part += match[i].content * (double)match[i].part;
    }
    return words > 0 ? (float)(part / words) : 0;
}

static float part(uint32_t words, size_t of)
{
    return of ? (float)words / (float)of : 0;
}

static void compare(runut_arena *arena, pair *p)
{
    const runut_digest *a = p->a.digest, *b = p->b.digest;
    p->alignment = runut_align(arena, a, b);
    p->a.share = part(p->alignment.a_words, a->tokens.size);
    p->b.share = part(p->alignment.b_words, b->tokens.size);
    if (p->a.share < .1f && p->b.share < .1f)
        return;
    p->a.like = RUNS * (p->a.share + p->alignment.a_told) / 2 + (1 - RUNS) * held(arena, a, b);
    p->b.like = RUNS * (p->b.share + p->alignment.b_told) / 2 + (1 - RUNS) * held(arena, b, a);
}

static bool is_like(const pair *p)
{
    bool more = p->a.like > p->b.like;
    float most = more ? p->a.like : p->b.like;
    size_t words = (more ? p->a : p->b).digest->tokens.size;
    if (p->a.credits || p->b.credits)
        most += LIKE_CREDIT;
    /* Two short notes on one happening are alike by nature. */
    return most >= LIKE_LEAST + (words < SHORT ? SHORT_DOUBT * (float)(SHORT - words) / SHORT : 0);
}

/* Languages that have most of their words in common: there a translation keeps words, and reports of one happening
 * share anchors by the dozen. */
static bool share_words(runut_slice a, runut_slice b)
{
    static const char *const families[] = {"id ms", "da no nb nn", "hr sr bs sh", "cs sk"};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        bool has_a = false, has_b = false;
        runut_slice rest = runut_slice_of(families[i]);
        for (runut_slice one; runut_slice_field(&rest, ' ', &one);) {
            has_a |= runut_slice_equal(one, runut_slice_part(a, 0, one.size)) &&
                     (a.size == one.size || a.at[one.size] == '-');
            has_b |= runut_slice_equal(one, runut_slice_part(b, 0, one.size)) &&
                     (b.size == one.size || b.at[one.size] == '-');
        }
        if (has_a && has_b)
            return true;
    }
    return false;
}

static bool holds_words(runut_arena *arena, const pair *p)
{
    return held(arena, p->a.digest, p->b.digest) >= HELD_ABROAD || held(arena, p->b.digest, p->a.digest) >= HELD_ABROAD;
}

/* Two languages: `like` is how far the sentences run along. */
static bool runs_along(runut_arena *arena, pair *p)
{
    runut_parallel of_a = runut_align_parallel(arena, p->a.digest, p->b.digest);
    runut_parallel of_b = runut_align_parallel(arena, p->b.digest, p->a.digest);
    p->a.share = of_a.covered;
    p->b.share = of_b.covered;
    p->a.like = (of_a.covered + part(of_a.chained, of_a.sentences)) / 2;
    p->b.like = (of_b.covered + part(of_b.chained, of_b.sentences)) / 2;
    bool a_more = p->a.like > p->b.like;
    float most = a_more ? p->a.like : p->b.like, least = a_more ? p->b.like : p->a.like;
    if (share_words(p->a.digest->language, p->b.digest->language) && !holds_words(arena, p))
        return false;
    uint32_t chained = of_a.chained > of_b.chained ? of_a.chained : of_b.chained;
    if (p->a.credits || p->b.credits)
        return most >= ALONG_CREDITED && chained >= CHAIN_CREDITED;
    return most >= ALONG_LEAST && least >= ALONG_BOTH && chained >= CHAIN && p->agreement >= AGREE_ABROAD;
}

/* ---- who took it ---- */

/* -1: `a` took it, 1: `b` did. */
static int taker(runut_arena *arena, const pair *p, bool a_first, runut_slice *why)
{
    if (p->a.credits != p->b.credits) {
        const side *giver = p->a.credits ? &p->b : &p->a;
        *why =
            runut_arena_printf(arena, "credits %.*s", (int)giver->digest->publisher.size, giver->digest->publisher.at);
        return p->a.credits ? -1 : 1;
    }
    if (p->dated && p->days != 0) {
        int days = p->days < 0 ? -p->days : p->days;
        *why = runut_arena_printf(arena, "later by %d day%s", days, days == 1 ? "" : "s");
        return p->days > 0 ? -1 : 1;
    }
    float cut = p->a.share - p->b.share;
    if (cut > .08f || cut < -.08f) {
        const side *shorter = cut > 0 ? &p->a : &p->b;
        *why = runut_arena_printf(arena, "shorter: %d %% of it stands in the other", (int)(shorter->share * 100));
        return cut > 0 ? -1 : 1;
    }
    size_t in_a = p->a.digest->sources.size, in_b = p->b.digest->sources.size;
    if (in_a != in_b) {
        *why = RUNUT_LITERAL("has it from others, by its own word");
        return in_a > in_b ? -1 : 1;
    }
    *why = RUNUT_LITERAL("came in later");
    return a_first ? 1 : -1;
}

static runut_span bytes(const runut_digest *d, uint32_t first, uint32_t end)
{
    return (runut_span){d->tokens.at[first].span.start, d->tokens.at[end - 1].span.end};
}

static void fill(runut_arena *arena, const pair *p, bool took_a, runut_reuse *reuse)
{
    const side *taking = took_a ? &p->a : &p->b;
    reuse->share = taking->share;
    for (size_t i = 0; i < p->alignment.spans.size; i++) {
        const runut_aligned_words *s = &p->alignment.spans.at[i];
        runut_span in_a = bytes(p->a.digest, s->a, s->a_end), in_b = bytes(p->b.digest, s->b, s->b_end);
        RUNUT_PUSH(arena, reuse->spans, (took_a ? (runut_aligned){in_a, in_b} : (runut_aligned){in_b, in_a}));
    }
}

/* Whoever leaves something out or adds something has long runs all the same, on one of the two sides. */
static bool is_reprint(runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    return runut_align_runs(arena, a, b) >= REPRINT_LEAST || runut_align_runs(arena, b, a) >= REPRINT_LEAST;
}

int runut_reuse_judge(runut_arena *arena, const runut_digest *a, const runut_digest *b, bool a_first,
                      runut_reuse *reuse)
{
    pair p = {.a = {.digest = a}, .b = {.digest = b}};
    if (a->tokens.size < LEAST_WORDS || b->tokens.size < LEAST_WORDS)
        return 0;
    p.agreement = agreement(a, b);
    p.a.credits = credits(a, b);
    p.b.credits = credits(b, a);
    p.dated = day_of(a) != RUNUT_NO_DAY && day_of(b) != RUNUT_NO_DAY;
    p.days = p.dated ? day_of(a) - day_of(b) : 0;
    if (p.agreement < AGREE_LEAST || apart(&p))
        return 0;
    bool one_language = runut_same_language(a, b);
    if (one_language)
        compare(arena, &p);
    if (one_language ? !is_like(&p) : !runs_along(arena, &p))
        return 0;
    int who = taker(arena, &p, a_first, &reuse->why);
    fill(arena, &p, who < 0, reuse);
    reuse->kind = !one_language ? RUNUT_TRANSLATION : is_reprint(arena, a, b) ? RUNUT_REPRINT : RUNUT_REWRITE;
    return who;
}
