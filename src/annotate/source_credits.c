/* Credits: a dateline's brackets ("SEOUL, Nov 5 (Yonhap) --"), the end of the report ("– Bernama", "(Antara)",
 * "Sumber: X"), lines that the cleaner set aside, by-lines that name an agency. A credit speaks for the whole report
 * and so comes first in the chain. */
#include "annotate/sources.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { DATELINE_MOST = 18, LINE_MOST = 24, CREDITS_MOST = 16 };

typedef struct line {
    runut_sourcing *self;
    runut_slice text;
    const runut_tokens *tokens;
    size_t first, end;
    bool in_body;
} line;

static uint32_t mark_at(const line *l, size_t i)
{
    if (i >= l->end || l->tokens->at[i].kind != RUNUT_TOKEN_MARK)
        return 0;
    size_t at = l->tokens->at[i].span.start;
    return runut_utf8_next(l->text, &at);
}

static bool is_dash(uint32_t code)
{
    return code == '-' || (code >= 0x2010 && code <= 0x2015);
}

static void add_self(runut_sourcing *self, runut_slice name)
{
    runut_slice key = runut_agencies_key(self->arena, name);
    if (key.size) {
        runut_map_put(self->self, key, NULL);
        self->own = self->own.size ? self->own : key;
    }
    const runut_agency *agency = runut_agencies_named(self->tables, name);
    if (agency)
        runut_map_put(self->self, runut_agencies_key(self->arena, agency->name), NULL);
}

/* "https://www.detik.com/…" → "detik.com". */
static runut_slice host_of(runut_slice url)
{
    size_t start = runut_slice_find(url, RUNUT_LITERAL("://"), 0);
    start = start == SIZE_MAX ? 0 : start + 3;
    size_t end = start;
    while (end < url.size && url.at[end] != '/' && url.at[end] != ':' && url.at[end] != '?')
        end++;
    return runut_slice_part(url, start, end);
}

static void add_host(runut_sourcing *self, runut_slice url)
{
    runut_slice host = host_of(url);
    for (size_t labels = 0; host.size && labels < 4; labels++) { /* "news.detik.com", "detik.com", … */
        if (!memchr(host.at, '.', host.size))
            break;
        add_self(self, host);
        size_t dot = runut_slice_find(host, RUNUT_LITERAL("."), 0);
        host = runut_slice_part(host, dot + 1, host.size);
    }
}

static void credit(const line *l, size_t first, size_t end, const runut_agency *agency, runut_slice name)
{
    runut_sourcing *self = l->self;
    if (self->credits.size >= CREDITS_MOST)
        return;
    runut_slice text = runut_slice_part(l->text, l->tokens->at[first].span.start, l->tokens->at[end - 1].span.end);
    runut_carrier carrier = {.first = first,
                             .end = end,
                             .cue_first = first,
                             .cue_end = first,
                             .agency = agency,
                             .name = agency      ? agency->name
                                     : name.size ? name
                                                 : text,
                             .kind = agency ? agency->kind : RUNUT_CARRIER_OUTLET};
    carrier.described = l->in_body; /* its tokens are the body's */
    carrier.printed = text;
    if (agency)
        runut_carrier_note(self, text, agency);
    if (!runut_carrier_is_self(self, &carrier))
        RUNUT_PUSH(self->arena, self->credits, carrier);
}

static runut_agency_match match_at(const line *l, size_t i)
{
    return runut_agencies_match(l->self->tables, l->text, l->tokens, i, l->end);
}

/* A name that is in no table, after a label: a run of capitalized words or a domain. */
static size_t plain_name_end(const line *l, size_t i)
{
    while (i < l->end && l->tokens->at[i].kind == RUNUT_TOKEN_WORD && i < l->first + LINE_MOST &&
           (l->tokens->at[i].upper || memchr(l->tokens->at[i].folded.at, '.', l->tokens->at[i].folded.size)))
        i++;
    return i;
}

/* What credits are worth: a name that means other things too is taken for an agency's where nothing else would stand,
 * names of no table only behind a label. */
typedef enum trust { MENTIONED, BRACKETED, LABELLED } trust;

/* Names of the table in [i, end); with a label also others that look like names. True if any. */
static bool take_names(const line *l, size_t i, size_t end, trust how)
{
    bool any = false;
    for (size_t next; i < end; i = next) {
        next = i + 1;
        if (l->tokens->at[i].kind == RUNUT_TOKEN_MARK)
            continue;
        runut_agency_match match = match_at(l, i);
        const uint32_t *classes = runut_map_get_hashed(l->self->cues, l->tokens->at[i].folded, l->tokens->at[i].hash);
        size_t plain = plain_name_end(l, i);
        bool agency = match.agency && match.agency->kind == RUNUT_CARRIER_AGENCY;
        bool sure = !match.common || how == LABELLED || (how == BRACKETED && agency);
        if (match.agency && sure && match.agency->kind <= RUNUT_CARRIER_OUTLET) {
            credit(l, i, match.end, match.agency, (runut_slice){0});
            next = match.end;
            any = true;
        } else if (how == LABELLED && plain > i &&
                   !(classes && (*classes & (RUNUT_CUE_GENERIC | RUNUT_CUE_OFFICIAL)))) {
            credit(l, i, plain, NULL, (runut_slice){0});
            next = plain;
            any = true;
        }
    }
    return any;
}

static bool names_a_picture(const line *l)
{
    for (size_t i = l->first; i < l->end; i++) {
        const uint32_t *classes = runut_map_get_hashed(l->self->cues, l->tokens->at[i].folded, l->tokens->at[i].hash);
        if (classes && (*classes & RUNUT_CUE_PHOTO) && l->tokens->at[i].kind == RUNUT_TOKEN_WORD)
            return true;
    }
    return false;
}

/* "Sumber: X", "Source – X": the token after the label, or 0. */
static size_t after_label(const line *l)
{
    size_t i = l->first, next;
    while (i < l->end && (mark_at(l, i) == '(' || mark_at(l, i) == '*' || mark_at(l, i) == '['))
        i++;
    if (i >= l->end)
        return 0;
    uint32_t classes = runut_source_cue_at(l->self->cues, l->text, l->tokens, i, l->end, &next);
    if (!(classes & RUNUT_CUE_LABEL) || next >= l->end)
        return 0;
    return mark_at(l, next) == ':' || mark_at(l, next) == 0xFF1A ? next + 1 : 0;
}

/* "(Antara)", "(Reuters/abc)", "Reuters, AFP", "– Bernama": names and what separates them, and nothing else that
 * reads like a sentence. */
static bool only_names(const line *l, size_t first, size_t end)
{
    if (end - first > 10)
        return false;
    for (size_t i = first; i < end;) {
        runut_agency_match match = match_at(l, i);
        const runut_token *token = &l->tokens->at[i];
        uint32_t mark = mark_at(l, i);
        size_t size = token->span.end - token->span.start;
        if (match.agency)
            i = match.end;
        else if (mark == '/' || mark == ',' || mark == '&' || mark == '-' || token->kind == RUNUT_TOKEN_NUMBER)
            i++;
        else if (token->kind == RUNUT_TOKEN_WORD && size <= 5 && (i == first || mark_at(l, i - 1)))
            i++; /* initials of editors */
        else
            return false;
    }
    return true;
}

/* "… katanya. – Berita Pesisir": behind the last sentence, a name with a word of outlets' names. */
static bool is_named_outlet(const line *l, size_t first, size_t end)
{
    uint32_t before = mark_at(l, first - 2);
    bool closed = before == '.' || before == '"' || before == '!' || before == '?' || before == 0x201D || before == ')';
    if (!closed || end <= first + 1 || end - first > 4 || plain_name_end(l, first) != end)
        return false;
    for (size_t i = first; i < end; i++) {
        const uint32_t *classes = runut_map_get_hashed(l->self->cues, l->tokens->at[i].folded, l->tokens->at[i].hash);
        if (classes && (*classes & (RUNUT_CUE_OUTLETWORD | RUNUT_CUE_WEAKWORD)))
            return true;
    }
    return false;
}

/* What closes a paragraph. */
static void take_closing(const line *l)
{
    size_t end = l->end;
    while (end > l->first && (mark_at(l, end - 1) == '.' || mark_at(l, end - 1) == '*'))
        end--;
    if (end < l->first + 1)
        return;
    size_t most = end > l->first + LINE_MOST ? end - LINE_MOST : l->first;
    if (mark_at(l, end - 1) == ')' || mark_at(l, end - 1) == ']') {
        size_t open = end - 1;
        while (open > most && mark_at(l, open) != '(' && mark_at(l, open) != '[')
            open--;
        if (only_names(l, open + 1, end - 1))
            take_names(l, open + 1, end - 1, BRACKETED);
        return;
    }
    for (size_t i = end; i > most; i--) {
        bool whole = i == l->first + 1 && end - l->first <= 6 && !mark_at(l, l->first);
        size_t start = whole ? l->first : i;
        if (!whole && !is_dash(mark_at(l, i - 1)))
            continue;
        bool spaced = whole || i == end || l->tokens->at[i - 1].span.end < l->tokens->at[i].span.start;
        if (spaced && match_at(l, start).agency && only_names(l, start, end))
            take_names(l, start, end, MENTIONED);
        else if (spaced && !whole && i > l->first + 1 && is_named_outlet(l, i, end))
            credit(l, i, end, NULL, (runut_slice){0});
        return;
    }
}

static void take_line(const line *l)
{
    if (l->first == l->end)
        return;
    size_t named = after_label(l);
    if (named && l->end - l->first <= LINE_MOST) {
        if (!names_a_picture(l))
            take_names(l, named, l->end, LABELLED);
        return;
    }
    take_closing(l);
}

/* The first paragraph's beginning: brackets with an agency in them before a dash, an agency before the dash; a domain
 * before it is the outlet itself. */
static void take_dateline(const line *l, bool first)
{
    size_t dash = l->first, most = l->first + DATELINE_MOST, open = SIZE_MAX, close = SIZE_MAX;
    for (; dash < l->end && dash < most; dash++) {
        uint32_t mark = mark_at(l, dash);
        if ((mark == '(' || mark == '[') && open == SIZE_MAX)
            open = dash;
        if ((mark == ')' || mark == ']') && close == SIZE_MAX)
            close = dash;
        bool spaced = dash + 1 < l->end && l->tokens->at[dash].span.end < l->tokens->at[dash + 1].span.start;
        if ((is_dash(mark) && (spaced || is_dash(mark_at(l, dash + 1)))) || (mark == ':' && close != SIZE_MAX))
            break;
    }
    if (dash >= l->end || dash >= most)
        return;
    if (open < close && close < dash)
        take_names(l, open + 1, close, close == open + 2 ? BRACKETED : MENTIONED);
    if (!first)
        return;
    size_t end = open < dash ? open : dash;
    for (size_t i = l->first; i < end; i++) {
        runut_agency_match match = match_at(l, i);
        const runut_token *token = &l->tokens->at[i];
        runut_slice name = runut_slice_part(l->text, token->span.start, token->span.end);
        bool after_comma = i > l->first && mark_at(l, i - 1) == ',';
        if (match.agency && match.agency->kind == RUNUT_CARRIER_AGENCY && match.end == end && after_comma)
            credit(l, i, match.end, match.agency, (runut_slice){0});
        else if (token->kind == RUNUT_TOKEN_WORD && memchr(token->folded.at, '.', token->folded.size) &&
                 token->folded.size > 5)
            add_self(l->self, name);
    }
}

static bool is_any(uint32_t mark, const uint32_t *of, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (mark == of[i])
            return true;
    return false;
}

/* "МОСКВА, 3 мая. /ТАСС/.", "КИЇВ. 3 травня. УНН.", "12 мар — РИА Новости.", "ТАСС, 3 мая.": no dash behind it, or none
 * at all; the agency stands alone between marks. */
static bool stands_alone(const line *l, size_t i, size_t end)
{
    static const uint32_t before[] = {'/', '.',    ',',    '(',    '[', 0x2014, 0x2013,
                                      '-', 0x3010, 0xFF08, 0xFF1D, '=', 0x3014};
    static const uint32_t after[] = {'/', '.', ')', ']', 0x3011, 0xFF09, '=', 0x3015};
    uint32_t left = i > l->first ? mark_at(l, i - 1) : 0, right = mark_at(l, end);
    if (i == l->first)
        return right == ',' && end + 1 < l->end && l->tokens->at[end + 1].kind == RUNUT_TOKEN_NUMBER;
    bool town = mark_at(l, l->first) == 0x3010 && i <= l->first + 3; /* 【ソウル聯合ニュース】 */
    return (town || is_any(left, before, sizeof before / sizeof *before)) &&
           is_any(right, after, sizeof after / sizeof *after);
}

/* "新华社北京5月3日电", "（中央社台北3日電）": an agency, and the word for a dispatch some words on. */
static bool is_dispatch(const line *l, size_t i)
{
    enum { MOST = 12 };
    static const char *const words[] = {"电", "電", "讯", "訊", "日电", "日電", "日讯", "日訊", "发自"};
    for (size_t k = i; k < l->end && k < i + MOST; k++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (runut_slice_is(l->tokens->at[k].folded, words[w]))
                return true;
    return false;
}

/* A place's, a date's and an agency's words at the head of the report, in forms that no dash closes. */
static void take_heading(const line *l)
{
    enum { HEADING_MOST = 12 };
    for (size_t i = l->first; i < l->end && i < l->first + HEADING_MOST; i++) {
        runut_agency_match match = match_at(l, i);
        if (!match.agency || match.agency->kind != RUNUT_CARRIER_AGENCY)
            continue;
        bool opened = i <= l->first + 1;
        if (stands_alone(l, i, match.end) || (opened && is_dispatch(l, match.end)))
            credit(l, i, match.end, match.agency, (runut_slice){0});
        return;
    }
}

static void take_body(runut_sourcing *self)
{
    const runut_annotation *a = self->annotation;
    size_t sentences = a->sentences.size;
    if (!sentences)
        return;
    line l = {self, self->text, self->tokens, 0, self->tokens->size, true};
    uint32_t last = a->sentences.at[sentences - 1].paragraph;
    for (size_t start = 0, next, paragraphs = 0; start < sentences && paragraphs < 3; start = next, paragraphs++) {
        next = start; /* a standfirst may stand before the dateline */
        while (next < sentences && a->sentences.at[next].paragraph == a->sentences.at[start].paragraph)
            next++;
        l.first = a->sentences.at[start].first_token;
        l.end = a->sentences.at[next - 1].end_token;
        take_dateline(&l, start == 0);
        if (start == 0)
            take_heading(&l);
    }
    size_t end = sentences;
    for (int paragraphs = 0; end > 0 && paragraphs < 3; paragraphs++) {
        uint32_t paragraph = a->sentences.at[end - 1].paragraph;
        size_t start = end;
        while (start > 0 && a->sentences.at[start - 1].paragraph == paragraph)
            start--;
        l.first = a->sentences.at[start].first_token;
        l.end = a->sentences.at[end - 1].end_token;
        if (paragraph == last || l.end - l.first <= LINE_MOST)
            take_line(&l);
        end = start;
    }
}

/* "abi", "ant": small letters are a writer's, unless the agency itself is written so. */
static bool is_initials(runut_slice author)
{
    static const char *const agencies[] = {"afp", "ap",  "dpa", "efe", "epd", "kna", "sid", "apa", "sda", "rtr",
                                           "anp", "ntb", "upi", "ots", "ats", "pap", "ctk", "mti", "stt", "tt"};
    for (size_t i = 0; i < author.size; i++)
        if (author.at[i] < 'a' || author.at[i] > 'z')
            return false;
    for (size_t i = 0; i < sizeof agencies / sizeof *agencies; i++)
        if (runut_slice_is(author, agencies[i]))
            return false;
    return author.size <= 4;
}

static void take_outside(runut_sourcing *self)
{
    const runut_article *article = self->annotation->article;
    for (size_t i = 0; i < article->lines.size; i++) {
        if (article->lines.at[i].role != RUNUT_LINE_CREDIT || article->lines.at[i].text.size > 400)
            continue;
        runut_tokens *tokens = runut_arena_alloc(self->arena, sizeof *tokens);
        runut_agencies_cut(self->tables, self->arena, article->lines.at[i].text, tokens);
        line l = {self, article->lines.at[i].text, tokens, 0, tokens->size, false};
        if (!names_a_picture(&l) && tokens->size)
            take_names(&l, after_label(&l), l.end, after_label(&l) ? LABELLED : MENTIONED);
    }
    for (size_t i = 0; i < article->authors.size && i < CREDITS_MOST; i++) {
        const runut_agency *agency = runut_agencies_named(self->tables, article->authors.at[i]);
        if (is_initials(article->authors.at[i]))
            continue;
        if (!agency || agency->kind != RUNUT_CARRIER_AGENCY)
            continue;
        runut_tokens *tokens = runut_arena_alloc(self->arena, sizeof *tokens);
        runut_agencies_cut(self->tables, self->arena, article->authors.at[i], tokens);
        line l = {self, article->authors.at[i], tokens, 0, tokens->size, false};
        if (tokens->size)
            credit(&l, 0, tokens->size, agency, (runut_slice){0});
    }
}

void runut_credits_find(runut_sourcing *self)
{
    self->self = runut_map_new(self->arena);
    add_self(self, self->annotation->article->publisher);
    add_host(self, self->annotation->article->url);
    take_body(self);
    take_outside(self);
}
