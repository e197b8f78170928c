/* Names of carriers that no capital letter tells.
 *
 *     in quotation marks   «Полярная заря», „Goniec Nadmorski“, 《东海晨报》: a short run of words that begins as a
 * name does behind a noun        صحيفة | صدى الساحل, สำนักข่าว | รอยเตอร์, अखबार | …: up to what cannot stand in a name
 *     before a noun        江湾 | 晚报, 潮見 | テレビ, 강변|신문: the noun is the name's end
 *
 * The last two are read in scripts that have no capitals only. */
#include "annotate/sources.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { TITLE_MOST = 6, NAME_MOST = 8, SPACED_MOST = 3 };

static const runut_token *token_at(const runut_sourcing *self, size_t i)
{
    return &self->tokens->at[i];
}

static uint32_t mark_at(const runut_sourcing *self, size_t i, size_t end)
{
    if (i >= end || token_at(self, i)->kind != RUNUT_TOKEN_MARK)
        return 0;
    size_t at = token_at(self, i)->span.start;
    return runut_utf8_next(self->text, &at);
}

/* Is the word of a script without capitals? Hebrew, Arabic and the scripts of South, Southeast and East Asia. */
static bool is_uncased(const runut_token *token)
{
    unsigned char lead = token->folded.size ? (unsigned char)token->folded.at[0] : 0;
    bool rare = lead == 0xE1 || lead == 0xE2; /* Georgian, Cherokee, extended Latin; Myanmar is 0xE1 too */
    return token->kind == RUNUT_TOKEN_WORD && ((lead >= 0xD7 && lead <= 0xDF) || lead >= 0xE0) && !rare;
}

static bool opens(uint32_t mark)
{
    return mark == '"' || mark == '\'' || mark == 0xAB || mark == 0x201C || mark == 0x201E || mark == 0x2018 ||
           mark == 0x201A || mark == 0x300A || mark == 0x300C || mark == 0x300E || mark == 0x2039 || mark == 0xBB ||
           mark == 0x201D; /* »Deichbote«, ”Kustbladet” */
}

static bool closes(uint32_t open, uint32_t mark)
{
    if (open == '"' || open == '\'')
        return mark == open;
    return mark == '"' || mark == 0xBB || mark == 0x201D || mark == 0x201C || mark == 0x2019 || mark == 0x2018 ||
           mark == 0x300B || mark == 0x300D || mark == 0x300F || mark == 0x203A || mark == 0xAB;
}

/* Does the mark before token `i` belong to it? A blank is between them in French only. */
static bool is_bound(const runut_sourcing *self, size_t i, uint32_t open)
{
    return open == 0xAB || open == 0x2039 || token_at(self, i - 1)->span.end == token_at(self, i)->span.start;
}

bool runut_carrier_titled(const runut_sourcing *self, size_t i, size_t end, runut_carrier *carrier)
{
    uint32_t open = i > 0 ? mark_at(self, i - 1, end) : 0;
    if (!opens(open) || !is_bound(self, i, open) || token_at(self, i - 1)->sentence != token_at(self, i)->sentence)
        return false;
    if (!token_at(self, i)->upper && !is_uncased(token_at(self, i)))
        return false;
    size_t stop = 0;
    size_t close = i;
    const char *bound = NULL; /* "동해일보'를" is one token */
    while (close < end && close < i + TITLE_MOST && token_at(self, close)->kind != RUNUT_TOKEN_MARK && !bound) {
        runut_slice word = token_at(self, close)->folded;
        if (is_uncased(token_at(self, close)))
            bound = memchr(word.at, '\'', word.size);
        stop = token_at(self, close)->span.start + (bound ? (size_t)(bound - word.at) : 0);
        close++;
    }
    if (!bound && !closes(open, mark_at(self, close, end)))
        return false;
    if (!bound)
        stop = token_at(self, close - 1)->span.end;
    *carrier = (runut_carrier){.first = i, .end = close, .kind = RUNUT_CARRIER_OUTLET, .titled = true};
    carrier->name = runut_slice_part(self->text, token_at(self, i)->span.start, stop);
    return true;
}

static bool touches(const runut_sourcing *self, size_t i)
{
    return token_at(self, i - 1)->span.end == token_at(self, i)->span.start;
}

static bool is_unspaced(const runut_token *token)
{
    size_t at = 0;
    uint32_t code = token->folded.size ? runut_utf8_next(token->folded, &at) : 0;
    return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
           (code >= 0x1780 && code <= 0x17FF) || (code >= 0x3040 && code <= 0x9FFF);
}

/* May a name go on with token `i`? What a cue or a particle is made of cannot stand in it. */
static bool goes_on(const runut_sourcing *self, size_t i, size_t end, bool first)
{
    enum { PARTS = RUNUT_CUE_OUTLETWORD | RUNUT_CUE_WEAKWORD | RUNUT_CUE_TAIL | RUNUT_CUE_LONGER };
    if (i >= end)
        return false;
    const runut_token *token = token_at(self, i);
    if (!first && is_unspaced(token) && !touches(self, i))
        return false;
    if (!first && token->kind == RUNUT_TOKEN_MARK && i + 1 < end && is_uncased(token_at(self, i + 1)))
        return mark_at(self, i, end) == 0x30FB || mark_at(self, i, end) == 0xFF1D; /* "ロッキー・クロニクル" */
    if (token->kind != RUNUT_TOKEN_WORD)
        return false;
    size_t next;
    return !(runut_sourcing_cue_at(self, i, end, &next) & RUNUT_CUE_ALL & ~(uint32_t)PARTS);
}

/* "강변신문과의", "연합통신은": the bytes of the word without its particle, or 0 where it does not end as outlets do.
 */
static size_t korean_name(runut_slice word)
{
    static const char *const ends[] = {"신문",     "일보",   "통신",   "통신사", "방송", "뉴스", "타임스", "타임즈",
                                       "데일리",   "헤럴드", "저널",   "포스트", "경제", "매일", "TV",     "투데이",
                                       "크로니클", "트리뷴", "가제트", "매거진", "주간", "채널", "라디오", "미디어"};
    enum { LEAST = 6, PARTICLE_MOST = 12 };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        runut_slice end = runut_slice_of(ends[i]);
        for (size_t most = word.size > PARTICLE_MOST ? word.size - PARTICLE_MOST : 0, at = word.size; at > most;
             runut_utf8_before(word, &at))
            if (at >= end.size + LEAST && memcmp(word.at + at - end.size, end.at, end.size) == 0 &&
                (at == word.size || runut_agencies_is_affix(runut_slice_part(word, at, word.size))))
                return at;
    }
    return 0;
}

static bool is_hangul(const runut_token *token)
{
    unsigned char lead = token->folded.size ? (unsigned char)token->folded.at[0] : 0;
    return lead >= 0xEA && lead <= 0xED;
}

/* The end of the noun that closes a name which begins at token `i`, 0 = none. */
static size_t tail_after(const runut_sourcing *self, size_t i, size_t end)
{
    size_t found = 0;
    for (size_t k = i; k < end && k < i + NAME_MOST && (k == i || touches(self, k));) {
        size_t next;
        uint32_t classes = runut_sourcing_cue_at(self, k, end, &next);
        if (!is_uncased(token_at(self, k)) || (!(classes & RUNUT_CUE_TAIL) && !goes_on(self, k, end, k == i)))
            break;
        if ((classes & RUNUT_CUE_TAIL) && k > i)
            found = next;
        k = next;
    }
    return found;
}

bool runut_carrier_uncased(const runut_sourcing *self, size_t i, size_t end, bool noun, runut_carrier *carrier)
{
    if (!is_uncased(token_at(self, i)))
        return false;
    *carrier = (runut_carrier){.first = i, .kind = RUNUT_CARRIER_OUTLET};
    size_t stop = 0;
    if (is_hangul(token_at(self, i))) {
        stop = korean_name(token_at(self, i)->folded);
        carrier->strength = stop ? RUNUT_CARRIER_LOOKS : RUNUT_CARRIER_UNKNOWN;
        carrier->end = stop ? i + 1 : 0;
        stop += token_at(self, i)->span.start;
    } else if ((carrier->end = tail_after(self, i, end)) != 0) {
        carrier->strength = RUNUT_CARRIER_LOOKS;
    }
    if (!carrier->end && noun && goes_on(self, i, end, true)) {
        size_t most = i + (is_unspaced(token_at(self, i)) ? NAME_MOST : SPACED_MOST);
        carrier->end = i + 1;
        while (carrier->end < most && goes_on(self, carrier->end, end, false))
            carrier->end++;
        carrier->described = true;
        stop = 0;
    }
    if (!carrier->end)
        return false;
    if (!stop)
        stop = token_at(self, carrier->end - 1)->span.end;
    carrier->name = runut_slice_part(self->text, token_at(self, i)->span.start, stop);
    return true;
}
