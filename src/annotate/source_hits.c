/* Cues and the carriers that they point at.
 *
 * A cue looks forward over what may stand between it and a name ("menurut laporan | kantor berita Korut, | KCNA"), a
 * verb's carrier stands before it ("KCNA | on Monday | reported"). How sure it must be that the name is a carrier's
 * depends on the cue: 'dilansir' is said of outlets only, 'menurut' of anybody. */
#include "annotate/sources.h"
#include "base/calendar_names.h"
#include "base/slice.h"

enum { AHEAD_MOST = 14, AFTER_MOST = 8, ORDER_MOST = 16 };

typedef struct search {
    uint32_t pending;   /* RUNUT_CUE_DESCRIBES passed on the way */
    bool filing, close; /* close: nothing passed but links and bridges */
    bool place, definite;
    bool quoted;       /* what follows is in quotation marks */
    bool vague;        /* "media", "laman": nouns that others have too */
    uint32_t fallback; /* index of a carrier + 1 */
} search;

static const runut_token *token_at(const runut_sourcing *self, size_t i)
{
    return &self->tokens->at[i];
}

static char mark_at(const runut_sourcing *self, size_t i, size_t end)
{
    if (i >= end || token_at(self, i)->kind != RUNUT_TOKEN_MARK)
        return 0;
    runut_slice mark = runut_slice_part(self->text, token_at(self, i)->span.start, token_at(self, i)->span.end);
    static const char *const quotes[] = {"“", "”", "„",  "«",  "»",  "‘",  "’",  "‚", "‹",
                                         "›", "'", "「", "」", "『", "』", "《", "》"};
    for (size_t k = 0; mark.size > 0 && k < sizeof quotes / sizeof *quotes; k++)
        if (runut_slice_is(mark, quotes[k]))
            return '"';
    return mark.size ? mark.at[0] : 0;
}

static runut_carrier *carrier_at(const runut_sourcing *self, size_t i)
{
    return self->carrier_at[i] ? &self->carriers.at[self->carrier_at[i] - 1] : NULL;
}

static uint32_t cue_at(const runut_sourcing *self, size_t i, size_t end, size_t *next)
{
    return runut_sourcing_cue_at(self, i, end, next);
}

/* Does a cue of this class, having passed what `way` says, mean this carrier? */
static bool accepts(const search *way, const runut_carrier *carrier, uint32_t class)
{
    bool described = carrier->described || (way->pending & (RUNUT_CUE_AGENCY | RUNUT_CUE_OUTLET));
    bool sure = class & (RUNUT_CUE_RELAY | RUNUT_CUE_CITE | RUNUT_CUE_CARRIED | RUNUT_CUE_STRICT);
    if (way->pending & RUNUT_CUE_JOURNAL)
        return !carrier->place_only;
    if (carrier->strength == RUNUT_CARRIER_KNOWN) {
        if (carrier->kind == RUNUT_CARRIER_EXCHANGE)
            return way->filing && !(class & RUNUT_CUE_TOLD);
        if (carrier->kind == RUNUT_CARRIER_JOURNAL)
            return sure;
        return sure || described || !carrier->common;
    }
    if (carrier->strength == RUNUT_CARRIER_DOMAIN)
        return true;
    if (carrier->official)
        return false;
    if (carrier->strength == RUNUT_CARRIER_LOOKS)
        return true;
    bool weak = carrier->strength == RUNUT_CARRIER_WEAK;
    if (carrier->place_only || (carrier->person && !(weak && described && !carrier->acts)))
        return false;
    if (weak)
        return sure || described;
    return false;
}

static bool is_acronym(const runut_sourcing *self, const runut_carrier *carrier)
{
    return carrier->end - carrier->first == 1 && token_at(self, carrier->first)->all_upper && carrier->name.size <= 6;
}

/* A name of which nothing is known counts after a noun for carriers, or beside a cue that is used for nothing else. */
static bool accepts_unknown(const runut_sourcing *self, const search *way, const runut_carrier *carrier, uint32_t class)
{
    if (carrier->strength > RUNUT_CARRIER_WEAK || carrier->official || carrier->country_only)
        return false;
    bool several = carrier->end - carrier->first > 1;
    bool noun = way->pending & (RUNUT_CUE_AGENCY | RUNUT_CUE_OUTLET);
    bool told = class & RUNUT_CUE_TOLD, english = runut_slice_is(self->annotation->language, "en");
    if (carrier->titled && english && !noun && !(class & RUNUT_CUE_STRICT))
        return false;                                                      /* titles are in italics there */
    if (carrier->titled && (noun || told || !(class & RUNUT_CUE_ANYBODY))) /* 'sagte dem „Deichboten“' */
        return carrier->end - carrier->first <= 5;           /* 'unter Berufung auf das „Hafenblatt“' */
    if ((class & RUNUT_CUE_STRICT) && way->close && several) /* nothing else follows such a cue but outlets */
        return !carrier->acts && !(carrier->person && (class & RUNUT_CUE_SAID));
    if (carrier->place_only) /* "portal Sungai Kita", but "media Surabaya" */
        return several && (way->pending & (RUNUT_CUE_OUTLET | RUNUT_CUE_AGENCY)) && !way->vague;
    if (way->pending & (RUNUT_CUE_AGENCY | RUNUT_CUE_JOURNAL))
        return true;
    if (is_acronym(self, carrier))
        return false;
    if (way->pending & RUNUT_CUE_OUTLET)
        return !carrier->person || !way->vague;
    if (carrier->described && (class & RUNUT_CUE_TOLD))
        return !carrier->person; /* "told the Ridgeline news site" */
    return (class & RUNUT_CUE_STRICT) && way->close && !way->definite && !carrier->person;
}

static void hit(runut_carrier *carrier, uint32_t class, size_t cue_first, size_t cue_end)
{
    if (carrier->hit)
        return;
    carrier->hit = class;
    carrier->cue_first = cue_first;
    carrier->cue_end = cue_end;
}

static bool is_vague(runut_slice noun)
{
    static const char *const nouns[] = {"media", "laman", "situs",  "website", "site",    "web",
                                        "sitio", "radio", "tv",     "saluran", "channel", "network",
                                        "blog",  "press", "medios", "médias",  "medien"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (runut_slice_is(noun, nouns[i]))
            return true;
    return false;
}

/* Passes token `i`, which begins no carrier; false where the search ends. */
static bool pass(const runut_sourcing *self, search *way, size_t i, size_t end, size_t *next)
{
    uint32_t classes = cue_at(self, i, end, next);
    const runut_token *token = token_at(self, i);
    if (classes & RUNUT_CUE_FILING)
        way->filing = true;
    if (classes & RUNUT_CUE_DESCRIBES) {
        way->pending |= classes & RUNUT_CUE_DESCRIBES;
        way->vague = is_vague(token->folded);
    }
    if (classes & (RUNUT_CUE_DESCRIBES | RUNUT_CUE_FILING)) {
        way->close = false;
        return true;
    }
    way->definite = way->definite || runut_slice_is(token->folded, "the");
    if (classes & (RUNUT_CUE_LINK | RUNUT_CUE_BRIDGE | RUNUT_CUE_BETWEEN))
        return true;
    if ((classes & RUNUT_CUE_DEMONYM) || (self->flags[i] & RUNUT_TOKEN_PLACE)) {
        way->close = false;
        way->place = true;
        return true;
    }
    char mark = mark_at(self, i, end);
    way->quoted = mark == '"';
    if (mark == '"' && i + 1 < end && carrier_at(self, i + 1))
        return true;
    if (mark == '(' || mark == '"' || mark == ',')
        return way->pending || way->place ? (way->close = false, true) : false;
    return false;
}

/* Steps over a carrier that the cue does not mean: a place ("kantor berita Korea Utara"), or any name while the noun
 * still waits for its own. */
static bool pass_name(const runut_sourcing *self, search *way, const runut_carrier *carrier, uint32_t class)
{
    size_t next;
    if (carrier->strength >= RUNUT_CARRIER_DOMAIN)
        return false;
    if (!way->fallback && accepts_unknown(self, way, carrier, class))
        way->fallback = self->carrier_at[carrier->first];
    if (carrier->place_only)
        way->place = true;
    if (carrier->end - carrier->first == 1) /* "dem Portal „Talblick“": the noun alone, with its capital */
        way->pending |= cue_at(self, carrier->first, carrier->end, &next) & (RUNUT_CUE_AGENCY | RUNUT_CUE_OUTLET);
    bool strict = way->close && way->fallback;
    way->close = false;
    return !strict && (way->pending || carrier->place_only);
}

static void answer_anaphor(runut_sourcing *self, const search *way, size_t cue_first, size_t i, size_t end)
{
    bool demonstrative =
        i < end && token_at(self, i)->kind == RUNUT_TOKEN_WORD &&
        (runut_slice_is(token_at(self, i)->folded, "itu") || runut_slice_is(token_at(self, i)->folded, "tersebut") ||
         runut_slice_is(token_at(self, i)->folded, "ini"));
    if (!(way->pending & (RUNUT_CUE_AGENCY | RUNUT_CUE_OUTLET)) || way->place || !(demonstrative || way->definite))
        return;
    bool agency = way->pending & RUNUT_CUE_AGENCY;
    size_t most = self->carriers.size > 64 ? self->carriers.size - 64 : 0;
    for (size_t c = self->carriers.size; c > most; c--) {
        const runut_carrier *before = &self->carriers.at[c - 1];
        if (!before->hit || before->anaphor || before->first >= cue_first ||
            (agency && before->kind != RUNUT_CARRIER_AGENCY && !before->described))
            continue;
        runut_carrier answer = *before;
        answer.anaphor = true;
        answer.first = answer.cue_first = cue_first;
        answer.end = answer.cue_end = i;
        RUNUT_PUSH(self->arena, self->carriers, answer);
        return;
    }
}

static bool joins_carriers(const runut_sourcing *self, size_t i, size_t end)
{
    static const char *const ands[] = {"dan", "and", "serta", "und", "et", "y", "e", "и", "en"};
    char mark = mark_at(self, i, end);
    for (size_t k = 0; k < sizeof ands / sizeof *ands; k++)
        if (runut_slice_is(token_at(self, i)->folded, ands[k]))
            return true;
    return mark == '/' || mark == ',' || mark == '&';
}

/* "Reuters dan AFP", "Antara dari kantor berita Australia, AAP", "KCNA via Yonhap": what follows a carrier that was
 * hit. */
static void chain_on(runut_sourcing *self, size_t carrier, size_t end)
{
    runut_carrier from = self->carriers.at[carrier];
    bool verb = from.hit & RUNUT_CUE_VERB; /* "KCNA reported via Yonhap" */
    size_t i = verb && from.cue_end > from.end ? from.cue_end : from.end, next = i;
    if (i >= end)
        return;
    uint32_t classes = cue_at(self, i, end, &next);
    if (!verb && joins_carriers(self, i, end)) {
        runut_carrier *other = i + 1 < end ? carrier_at(self, i + 1) : NULL;
        if (other && other->strength >= RUNUT_CARRIER_DOMAIN && !other->common && other->kind <= RUNUT_CARRIER_OUTLET)
            hit(other, RUNUT_CUE_CITE, from.cue_first, from.cue_end);
        return;
    }
    bool via = classes & RUNUT_CUE_VIA;
    bool origin = runut_slice_is(token_at(self, i)->folded, "dari") ||
                  runut_slice_is(token_at(self, i)->folded, "daripada") ||
                  runut_slice_is(token_at(self, i)->folded, "from");
    if (!via && !(origin && (from.hit & (RUNUT_CUE_RELAY | RUNUT_CUE_CITE | RUNUT_CUE_CARRIED))))
        return;
    search way = {0};
    for (size_t most = i + AHEAD_MOST; next < end && next < most;) {
        runut_carrier *other = carrier_at(self, next);
        if (other && (other->strength >= RUNUT_CARRIER_DOMAIN || way.pending) && accepts(&way, other, RUNUT_CUE_CITE)) {
            hit(other, via ? RUNUT_CUE_VIA : RUNUT_CUE_CITE, i, next);
            return;
        }
        if (other ? !pass_name(self, &way, other, RUNUT_CUE_CITE) : !pass(self, &way, next, end, &next))
            return;
        if (other)
            next = other->end;
    }
}

/* "This photo released by KCNA": the words before a cue are about a picture. */
static bool is_picture(const runut_sourcing *self, size_t first, size_t cue)
{
    for (size_t i = cue, most = cue > first + 8 ? cue - 8 : first; i > most; i--) {
        if ((self->words[i - 1] & RUNUT_CUE_PHOTO) && token_at(self, i - 1)->kind == RUNUT_TOKEN_WORD)
            return true;
    }
    return false;
}

/* The carrier that a cue points at, forwards; the cue's tokens are [first, i). */
static void look_ahead(runut_sourcing *self, uint32_t class, size_t first, size_t i, size_t end)
{
    search way = {.close = true};
    for (size_t k = first; k < i; k++) { /* "laporan kantor berita": a noun in the cue itself */
        size_t next;
        way.filing = way.filing || (cue_at(self, k, i, &next) & RUNUT_CUE_FILING);
    }
    for (size_t most = i + AHEAD_MOST; i < end && i < most;) {
        runut_carrier *carrier = carrier_at(self, i);
        size_t next = i + 1;
        if (carrier) {
            if (accepts(&way, carrier, class)) {
                if (way.pending & RUNUT_CUE_AGENCY && carrier->strength < RUNUT_CARRIER_KNOWN)
                    carrier->kind = RUNUT_CARRIER_AGENCY;
                if (way.pending & RUNUT_CUE_JOURNAL)
                    carrier->kind = RUNUT_CARRIER_JOURNAL;
                if (way.pending && carrier->strength == RUNUT_CARRIER_LOOKS && carrier->end - carrier->first > 2)
                    runut_carrier_trim(self, carrier); /* "harian Jerman | Rheintaler Bote" */
                hit(carrier, class, first, i);
                return;
            }
            if (!pass_name(self, &way, carrier, class))
                break;
            next = carrier->end;
        } else if (!pass(self, &way, i, end, &next)) {
            break;
        }
        i = next;
    }
    if (way.fallback) {
        runut_carrier *carrier = &self->carriers.at[way.fallback - 1];
        runut_carrier_trim(self, carrier);
        if (way.pending & RUNUT_CUE_AGENCY)
            carrier->kind = RUNUT_CARRIER_AGENCY;
        hit(carrier, class, first, carrier->first);
    } else {
        answer_anaphor(self, &way, first, i, end);
    }
}

/* May token `i` stand between a carrier and its verb? ("KCNA, on Monday, also | reported", "VNA (12/3) | melaporkan")
 */
static bool between(const runut_sourcing *self, size_t i, size_t end)
{
    static const char *const words[] = {
        "on",    "pada",     "hari",    "juga",  "also",       "has",   "had",   "have",       "later",      "pun",
        "lalu",  "kemudian", "earlier", "first", "sebelumnya", "yang",  "which", "who",        "turut",      "am",
        "le",    "el",       "a",       "hat",   "ha",         "telah", "dalam", "laporannya", "separately", "then",
        "tadi",  "kini",     "malam",   "pagi",  "sore",       "siang", "in",    "its",        "report",     "reports",
        "hatte", "hatten",   "qui",     "que",   "der",        "die",   "das"};
    const runut_token *token = token_at(self, i);
    if (token->kind == RUNUT_TOKEN_NUMBER)
        return true;
    char mark = mark_at(self, i, end);
    if (mark)
        return mark == ',' || mark == '(' || mark == ')' || mark == '"';
    if (self->words[i] & RUNUT_CUE_BETWEEN)
        return true;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (runut_slice_is(token->folded, words[k]))
            return true;
    runut_slice language = self->annotation->language;
    return runut_weekday_named(token->folded, language) || runut_month_named(token->folded, language);
}

/* "…, Borneo Lantern reported, citing …": behind what was reported, that is what one says of outlets. Where only
 * outlets do what the verb says ("mewartakan"), it may stand anywhere. */
static bool reports(const runut_sourcing *self, const runut_carrier *carrier, size_t verb, size_t next, size_t end)
{
    if (carrier->official || carrier->acts || carrier->country_only || carrier->end - carrier->first > 6)
        return false;
    for (size_t i = carrier->first; i < carrier->end; i++) {
        if (self->words[i] & RUNUT_CUE_OFFICIAL)
            return false; /* "Kano Police", "Tadulako University" */
    }
    if (!runut_slice_is(token_at(self, verb)->folded, "reported") &&
        !runut_slice_is(token_at(self, verb)->folded, "reports"))
        return true;
    size_t before = carrier->first, after;
    if (before > 0 && runut_slice_is(token_at(self, before - 1)->folded, "the"))
        before--;
    char left = before > 0 ? mark_at(self, before - 1, end) : 0, right = mark_at(self, next, end);
    size_t on = right == ',' ? next + 1 : next;
    bool cites = on < end && (cue_at(self, on, end, &after) & (RUNUT_CUE_CITE | RUNUT_CUE_VIA));
    if (carrier->end - carrier->first < 2 && !cites)
        return false;
    return (left == ',' || left == '"') && (next >= end || right == '.' || right == ',' || right == ';' || cites);
}

/* What in Japanese, Korean and Hindi marks who acts: "ロイター通信|は", "रॉयटर्स | ने", "연합뉴스는". */
static bool is_subject(const runut_sourcing *self, const runut_carrier *carrier, size_t i, size_t end)
{
    static const char *const words[] = {"は", "が", "ने", "も", "는", "은", "이", "가"};
    static const char *const endings[] = {"은", "는", "이", "가", "도"};
    const runut_token *last = token_at(self, carrier->end - 1);
    for (size_t k = 0; k < sizeof endings / sizeof *endings && i == carrier->end; k++)
        if (last->kind == RUNUT_TOKEN_WORD && runut_slice_ends(last->folded, runut_slice_of(endings[k])) &&
            carrier->name.size && !runut_slice_ends(carrier->name, runut_slice_of(endings[k])))
            return true;
    for (size_t k = 0; i < end && k < sizeof words / sizeof *words; k++)
        if (runut_slice_is(token_at(self, i)->folded, words[k]))
            return true;
    return runut_slice_is(self->annotation->language, "tr") && (mark_at(self, i, end) == ',' || i > carrier->end + 1);
}

/* Where the verb closes the sentence: "X は … と報じた". True if the carrier was hit. */
static bool acts_far(runut_sourcing *self, runut_carrier *carrier, size_t end)
{
    enum { FAR = 60 };
    size_t i = carrier->end, next;
    while (i < end && i < carrier->end + 3 &&
           ((cue_at(self, i, end, &next) & RUNUT_CUE_DESCRIBES) || mark_at(self, i, end) == '"'))
        i = mark_at(self, i, end) ? i + 1 : next;
    if (!is_subject(self, carrier, i, end))
        return false;
    for (size_t k = i + 1, most = i + FAR; k < end && k < most; k = next) {
        uint32_t classes = cue_at(self, k, end, &next);
        if ((classes & RUNUT_CUE_VERB) && (classes & RUNUT_CUE_BEHIND) && !(self->flags[k] & RUNUT_TOKEN_QUOTED)) {
            hit(carrier, RUNUT_CUE_VERB, carrier->end, i < end ? i + 1 : end);
            return true;
        }
    }
    return false;
}

/* "X melaporkan": only of names that are surely carriers'. */
static void look_behind(runut_sourcing *self, runut_carrier *carrier, bool noun_before, size_t end)
{
    bool agency_like = carrier->strength == RUNUT_CARRIER_KNOWN && carrier->kind <= RUNUT_CARRIER_OUTLET &&
                       (!carrier->common || carrier->described || noun_before);
    bool other =
        carrier->strength == RUNUT_CARRIER_DOMAIN ||
        (carrier->strength == RUNUT_CARRIER_LOOKS && !carrier->official && !carrier->person) ||
        ((carrier->described || noun_before) && !carrier->official && !carrier->place_only && !carrier->person);
    bool bare = carrier->end - carrier->first == 1 && carrier->strength == RUNUT_CARRIER_UNKNOWN;
    if (!agency_like && !other) {
        size_t next;
        uint32_t verb = carrier->end < end ? cue_at(self, carrier->end, end, &next) : 0;
        if ((verb & RUNUT_CUE_VERB) && (verb & RUNUT_CUE_STRICT) && reports(self, carrier, carrier->end, next, end))
            hit(carrier, RUNUT_CUE_VERB, carrier->end, next);
        return;
    }
    if (bare && token_at(self, carrier->first)->sentence_start)
        return;
    size_t from = carrier->end; /* "kuzeyhaber.com | ' | un | haberine göre" */
    if (carrier->strength == RUNUT_CARRIER_DOMAIN && mark_at(self, from, end) == '"' &&
        token_at(self, from)->span.start == token_at(self, from - 1)->span.end)
        from += from + 1 < end ? 2 : 1;
    for (size_t i = from, most = i + AFTER_MOST; i < end && i < most;) {
        size_t next;
        uint32_t classes = cue_at(self, i, end, &next);
        if (classes & (RUNUT_CUE_VERB | RUNUT_CUE_BEHIND)) {
            uint32_t cited = classes & RUNUT_CUE_BEHIND ? classes & (RUNUT_CUE_CITE | RUNUT_CUE_TOLD) : 0;
            hit(carrier, cited ? cited : RUNUT_CUE_VERB, i, next);
            return;
        }
        if (i == carrier->end && acts_far(self, carrier, end))
            return;
        const runut_carrier *also = joins_carriers(self, i, end) && i + 1 < end ? carrier_at(self, i + 1) : NULL;
        if (also && also->strength == RUNUT_CARRIER_KNOWN) {
            i = also->end; /* "AFP and Reuters reported" */
            continue;
        }
        if (!between(self, i, end) && !(i == carrier->end && (classes & RUNUT_CUE_DESCRIBES)) &&
            !(carrier->described && (classes & (RUNUT_CUE_BRIDGE | RUNUT_CUE_DESCRIBES))))
            return;
        i = next;
    }
}

/* Is there a noun for carriers before token `i`, with nothing but what describes it in between? */
static uint32_t noun_before(const runut_sourcing *self, size_t first, size_t i)
{
    for (size_t most = i > first + 7 ? i - 7 : first; i > most; i--) {
        uint32_t classes = self->words[i - 1] & RUNUT_CUE_ALL;
        if (i >= 2 && i - 1 > first) {
            size_t next;
            uint32_t longer = cue_at(self, i - 2, i, &next);
            if (next == i)
                classes |= longer;
        }
        if (token_at(self, i - 1)->upper && !token_at(self, i - 1)->sentence_start)
            classes &= ~(uint32_t)RUNUT_CUE_JOURNAL; /* "Astrophysical Journal Letters" */
        if (classes & RUNUT_CUE_DESCRIBES)
            return classes & RUNUT_CUE_DESCRIBES;
        char mark = mark_at(self, i - 1, i);
        if (!(classes & (RUNUT_CUE_BRIDGE | RUNUT_CUE_DEMONYM)) && !(self->flags[i - 1] & RUNUT_TOKEN_PLACE) &&
            mark != ',')
            return 0;
    }
    return 0;
}

/* "in the | Journal of Island Botany", "dans les | Annales de …". */
static bool is_journal(const runut_sourcing *self, const runut_carrier *carrier, size_t first)
{
    static const char *const heads[] = {"journal", "annals", "proceedings", "archives", "transactions", "jurnal",
                                        "annales", "anales", "revista",     "acta",     "bulletin"};
    static const char *const ins[] = {"in", "dalam", "di",   "en",  "dans",  "na",
                                      "no", "im",    "pada", "nel", "nella", "by"};
    bool head = false, in = false;
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        head = head || runut_slice_is(token_at(self, carrier->first)->folded, heads[k]);
    if (!head || carrier->end - carrier->first < 3)
        return false;
    for (size_t back = 1; back <= 3 && carrier->first >= first + back; back++)
        for (size_t k = 0; k < sizeof ins / sizeof *ins; k++)
            in = in || runut_slice_is(token_at(self, carrier->first - back)->folded, ins[k]);
    return in;
}

/* "wie | die Agentur X unter Berufung auf Y | meldet": the verb closes the clause. */
static bool is_relative(const runut_sourcing *self, size_t i, size_t end)
{
    enum { CLAUSE = 24 };
    if (!runut_slice_is(token_at(self, i)->folded, "wie") && !runut_slice_is(token_at(self, i)->folded, "zoals") &&
        !runut_slice_is(token_at(self, i)->folded, "som"))
        return false;
    for (size_t k = i + 1, next; k < end && k < i + CLAUSE; k = next) {
        uint32_t classes = cue_at(self, k, end, &next);
        if ((classes & RUNUT_CUE_VERB) || ((classes & RUNUT_CUE_CARRIED) && next >= end))
            return true;
        char mark = mark_at(self, k, end);
        if (mark && mark != '"' && mark != '(' && mark != ')')
            return false;
    }
    return false;
}

/* "disse | o prefeito | à agência Reuters": is there a verb of telling before the preposition `to`, outside of
 * quotation marks? */
static bool is_told(const runut_sourcing *self, size_t first, size_t to, size_t end)
{
    enum { BACK = 16 };
    for (size_t i = to, most = to > first + BACK ? to - BACK : first; i > most; i--) {
        size_t next;
        uint32_t classes = cue_at(self, i - 1, end, &next) | (self->words[i - 1] & RUNUT_CUE_TELL);
        if (!(self->flags[i - 1] & RUNUT_TOKEN_QUOTED) && (classes & RUNUT_CUE_TELL))
            return true;
        char mark = mark_at(self, i - 1, end);
        if (mark == ';' || mark == ':')
            return false;
    }
    return false;
}

/* "لرويترز": Arabic's 'to' is written with the name. */
static bool is_dative(const runut_sourcing *self, const runut_carrier *carrier)
{
    const runut_token *token = token_at(self, carrier->first);
    return carrier->agency && carrier->printed.size && carrier->printed.at > self->text.at + token->span.start &&
           runut_slice_starts(token->folded, RUNUT_LITERAL("ل"));
}

void runut_hits_find(runut_sourcing *self, size_t first, size_t end, size_t first_carrier)
{
    size_t last_carrier = self->carriers.size;
    for (size_t i = first, next; i < end; i = next) {
        if (self->flags[i] & RUNUT_TOKEN_QUOTED) {
            next = i + 1;
            continue;
        }
        uint32_t classes = cue_at(self, i, end, &next);
        if ((classes & RUNUT_CUE_FORWARD) && !(classes & RUNUT_CUE_BEHIND) &&
            !((classes & RUNUT_CUE_CARRIED) && is_picture(self, first, i)))
            look_ahead(self, classes & (RUNUT_CUE_FORWARD | RUNUT_CUE_STRICT | RUNUT_CUE_ANYBODY), i, next, end);
        else if (is_relative(self, i, end))
            look_ahead(self, RUNUT_CUE_LOOSE, i, i + 1, end);
        else if ((classes & RUNUT_CUE_TO) && is_told(self, first, i, end))
            look_ahead(self, RUNUT_CUE_TOLD, i, classes & RUNUT_CUE_DESCRIBES ? i : next, end);
    }
    for (size_t c = first_carrier; c < last_carrier; c++) {
        runut_carrier *carrier = &self->carriers.at[c];
        if ((self->flags[carrier->first] & RUNUT_TOKEN_QUOTED) && !carrier->titled)
            continue;
        bool mark = carrier->titled && carrier->first > first;
        uint32_t noun = carrier->hit ? 0 : noun_before(self, first, carrier->first - mark);
        if (!carrier->hit && is_dative(self, carrier) && is_told(self, first, carrier->first, end))
            hit(carrier, RUNUT_CUE_TOLD, carrier->first, carrier->first + 1);
        if (!carrier->hit && is_journal(self, carrier, first)) {
            carrier->kind = RUNUT_CARRIER_JOURNAL;
            hit(carrier, RUNUT_CUE_CARRIED, carrier->first - 1, carrier->first);
        }
        if (!carrier->hit && (noun & RUNUT_CUE_JOURNAL) && !carrier->place_only) {
            carrier->kind = RUNUT_CARRIER_JOURNAL;
            hit(carrier, RUNUT_CUE_CARRIED, carrier->first - 1, carrier->first);
        } else if (!carrier->hit) {
            look_behind(self, carrier, noun != 0, end);
        }
    }
    for (size_t c = first_carrier; c < last_carrier; c++)
        if (self->carriers.at[c].hit)
            chain_on(self, c, end);
}

static void move_to_front(uint32_t order[ORDER_MOST], size_t from)
{
    uint32_t moved = order[from];
    for (; from > 0; from--)
        order[from] = order[from - 1];
    order[0] = moved;
}

/* Does nothing but marks, numbers and days follow in the sentence? */
static bool is_final(const runut_sourcing *self, size_t i, size_t end)
{
    for (size_t most = i + 12; i < end; i++) {
        if (i == most)
            return false;
        if (token_at(self, i)->kind == RUNUT_TOKEN_WORD && !between(self, i, end))
            return false;
    }
    return true;
}

/* The attribution with the widest scope stands at the sentence's end, or passes on what another one said. */
static bool is_outer(const runut_sourcing *self, const runut_carrier *last, size_t end)
{
    if (last->hit & RUNUT_CUE_RELAY)
        return true;
    size_t after = last->hit & RUNUT_CUE_VERB ? last->cue_end : last->end;
    return (last->hit & (RUNUT_CUE_SAID | RUNUT_CUE_LOOSE | RUNUT_CUE_VERB)) && is_final(self, after, end);
}

size_t runut_hits_order(const runut_sourcing *self, size_t end_token, size_t first_carrier, size_t end_carrier,
                        uint32_t order[ORDER_MOST])
{
    size_t size = 0;
    for (size_t c = first_carrier; c < end_carrier && size < ORDER_MOST; c++)
        if (self->carriers.at[c].hit)
            order[size++] = (uint32_t)c;
    for (size_t i = 1; i < size; i++) {
        const runut_carrier *before = &self->carriers.at[order[i - 1]], *here = &self->carriers.at[order[i]];
        bool cited_first = i == 1 && (before->hit & RUNUT_CUE_CITE) && (here->hit & RUNUT_CUE_VERB) &&
                           here->cue_first >= here->end; /* "Mengutip KCNA, Reuters melaporkan …" */
        bool origin = here->cue_first != before->cue_first &&
                      (before->hit & (RUNUT_CUE_VERB | RUNUT_CUE_SAID | RUNUT_CUE_LOOSE | RUNUT_CUE_TOLD));
        if ((here->hit & RUNUT_CUE_VIA) && !here->anaphor) {
            uint32_t swap = order[i];
            order[i] = order[i - 1];
            order[i - 1] = swap;
        } else if (cited_first || (i + 1 == size && origin && is_outer(self, here, end_token))) {
            move_to_front(order, i);
        }
    }
    return size;
}
