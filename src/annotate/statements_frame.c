/* The frame of a text: what stands outside of its quotations, each quotation being one element.
 *
 *     "Kami lari. Gelap," kata Rudi, sopir truk.  →  QUOTE kata NAME(Rudi) , sopir truk .
 *
 * Sentences of the frame are those of the reporter, not of the speaker: a full stop inside of a quotation ends none,
 * unless the quotation itself ends with it and a new sentence follows. */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

const runut_name *runut_frame_name(const runut_reading *self, const runut_element *element)
{
    if (element->kind != RUNUT_AT_NAME)
        return NULL;
    uint32_t name = self->annotation->mentions.at[element->index].name;
    return name < self->annotation->names.size ? &self->annotation->names.at[name] : NULL;
}

bool runut_frame_is(const runut_reading *self, const runut_element *element, runut_name_kind kind)
{
    const runut_name *name = runut_frame_name(self, element);
    return name && name->kind == kind;
}

bool runut_frame_marks(const runut_element *element, char mark)
{
    return element->kind == RUNUT_AT_MARK && element->mark == mark;
}

/* "after reports", "the claims": the word after is a noun, unless it ends like a participle ("before telling"). */
static bool is_noun_after(const runut_reading *self, size_t i)
{
    const runut_element *before = runut_frame_at(self, i), *e = runut_frame_at(self, i + 1);
    const uint32_t nominal = RUNUT_IS_DEFINITE | RUNUT_IS_INDEFINITE | RUNUT_IS_PREPOSITION;
    if (before->sentence != e->sentence || before->kind != RUNUT_AT_WORD || !(before->classes & nominal))
        return false;
    runut_slice word = runut_slice_part(self->body, e->span.start, e->span.end);
    return !(before->classes & RUNUT_IS_ADVERB) && !runut_slice_ends(word, RUNUT_LITERAL("ing"));
}

bool runut_frame_says(const runut_reading *self, size_t i)
{
    const runut_element *e = runut_frame_at(self, i);
    if (e->kind != RUNUT_AT_WORD || !(e->classes & RUNUT_SAYS))
        return false;
    if ((e->classes & RUNUT_IS_SAY) && i > 0 && is_noun_after(self, i - 1))
        return false;
    if (e->classes & (RUNUT_IS_SAY | RUNUT_IS_SAY_LEFT | RUNUT_IS_SAY_SELF))
        return true;
    while (i > 0 && runut_frame_at(self, i - 1)->sentence == e->sentence &&
           (runut_frame_at(self, i - 1)->classes & RUNUT_IS_ADVERB))
        i--;
    if (i == 0 || runut_frame_at(self, i - 1)->sentence != e->sentence)
        return true;
    const runut_element *before = runut_frame_at(self, i - 1);
    return before->kind == RUNUT_AT_MARK || before->kind == RUNUT_AT_QUOTE;
}

static char plain_mark(uint32_t code)
{
    switch (code) {
    case 0x3002:
    case 0x0964:
    case 0x06D4:
        return '.';
    case 0xFF0C:
    case 0x3001:
    case 0x060C:
        return ',';
    case 0xFF1A:
        return ':';
    case 0xFF01:
        return '!';
    case 0xFF1F:
    case 0x061F:
        return '?';
    case 0x2026:
        return '.';
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return '-';
    case 0xFF08:
    case '[':
        return '(';
    case 0xFF09:
    case ']':
        return ')';
    default:
        return code < 0x80 ? (char)code : '\0';
    }
}

static uint32_t last_code(runut_slice text)
{
    size_t at = text.size;
    return at ? runut_utf8_before(text, &at) : 0;
}

static runut_slice slice_of(const runut_reading *self, runut_span span)
{
    return runut_slice_part(self->body, span.start, span.end);
}

static bool newline_between(const runut_reading *self, uint32_t from, uint32_t to)
{
    return to > from && memchr(self->body.at + from, '\n', to - from) != NULL;
}

static bool is_stop(char mark)
{
    return mark == '.' || mark == '?' || mark == '!';
}

/* `"Who?" Smith asked.`: does a verb of saying follow soon, in the same breath? */
static bool says_soon(const runut_reading *self, size_t token)
{
    enum { REACH = 8 };
    const runut_tokens *tokens = &self->annotation->tokens;
    for (size_t i = token; i < tokens->size && i < token + REACH; i++) {
        if (tokens->at[i].kind == RUNUT_TOKEN_MARK)
            return false;
        size_t count;
        if (runut_cues_match(self->cues, self->languages, self->body, tokens, i, &count) &
            (RUNUT_IS_SAY | RUNUT_IS_SAY_LEFT))
            return true;
    }
    return false;
}

/* In a script without capitals: after a quotation that a comma or a colon led up to, or where no verb of saying is
 * near; a particle goes on ('「…。」と述べた'). */
static bool begins_caseless(const runut_reading *self, const runut_element *e, size_t token)
{
    size_t at = 0, count = self->elements.size;
    runut_slice text = slice_of(self, e->span);
    uint32_t code = text.size ? runut_utf8_next(text, &at) : 0;
    if (!runut_code_is_letter(code) || runut_code_is_lower(code) || runut_code_is_upper(code) ||
        runut_frame_has(e, RUNUT_IS_ADVERB | RUNUT_SAYS | RUNUT_IS_SUBJECT))
        return false;
    const runut_element *leads = count > 1 ? &self->elements.at[count - 2] : NULL;
    return (leads && (runut_frame_marks(leads, ',') || runut_frame_marks(leads, ':'))) || !says_soon(self, token);
}

static bool begins_after_quote(const runut_reading *self, const runut_element *quote, const runut_element *e,
                               size_t token)
{
    char end = plain_mark(last_code(slice_of(self, self->quotes.at[quote->index].inner)));
    bool line = newline_between(self, quote->span.end, e->span.start);
    if (end == ',' || runut_frame_marks(e, ',') || runut_frame_marks(e, '.'))
        return line && (e->upper || e->kind == RUNUT_AT_QUOTE);
    if (line)
        return true;
    if (e->kind == RUNUT_AT_QUOTE)
        return is_stop(end);
    if (!e->upper)
        return end == '.' && begins_caseless(self, e, token);
    if (end == '.')
        return true;
    return is_stop(end) && !says_soon(self, token);
}

static bool begins_sentence(const runut_reading *self, const runut_element *e, size_t token)
{
    if (self->elements.size == 0)
        return true;
    const runut_element *before = &self->elements.at[self->elements.size - 1];
    if (before->kind == RUNUT_AT_QUOTE)
        return begins_after_quote(self, before, e, token);
    bool line = newline_between(self, before->span.end, e->span.start);
    if (e->kind == RUNUT_AT_QUOTE) {
        bool stop = before->kind == RUNUT_AT_MARK && is_stop(before->mark);
        bool leads = runut_frame_marks(before, ',') || runut_frame_marks(before, ':');
        return stop || (line && !leads);
    }
    if (line)
        return true;
    const runut_tokens *tokens = &self->annotation->tokens;
    return token > 0 && token < tokens->size && tokens->at[token].sentence != tokens->at[token - 1].sentence;
}

static void push(runut_reading *self, runut_element e, size_t token)
{
    if (begins_sentence(self, &e, token)) {
        runut_frame_sentence *s = RUNUT_APPEND(self->arena, self->sentences);
        const runut_tokens *tokens = &self->annotation->tokens;
        uint32_t sentence = token < tokens->size ? tokens->at[token].sentence : 0;
        s->first = (uint32_t)self->elements.size;
        s->paragraph =
            sentence < self->annotation->sentences.size ? self->annotation->sentences.at[sentence].paragraph : 0;
    }
    e.sentence = (uint32_t)self->sentences.size - 1;
    if (runut_frame_is(self, &e, RUNUT_PERSON))
        RUNUT_PUSH(self->arena, self->people, (uint32_t)self->elements.size);
    if (e.kind == RUNUT_AT_QUOTE)
        self->attributions[e.index].element = (uint32_t)self->elements.size;
    RUNUT_PUSH(self->arena, self->elements, e);
    self->sentences.at[self->sentences.size - 1].end = (uint32_t)self->elements.size;
}

static size_t skip_to(const runut_reading *self, size_t token, uint32_t offset)
{
    const runut_tokens *tokens = &self->annotation->tokens;
    while (token < tokens->size && tokens->at[token].span.start < offset)
        token++;
    return token;
}

static size_t push_token(runut_reading *self, size_t i)
{
    const runut_tokens *tokens = &self->annotation->tokens;
    const runut_token *token = &tokens->at[i];
    runut_element e = {.span = token->span, .index = (uint32_t)i, .kind = RUNUT_AT_WORD, .upper = token->upper};
    size_t count = 1;
    if (token->kind == RUNUT_TOKEN_MARK) {
        size_t at = token->span.start;
        e.kind = RUNUT_AT_MARK;
        e.mark = plain_mark(runut_utf8_next(self->body, &at));
    } else {
        e.classes = runut_cues_match(self->cues, self->languages, self->body, tokens, i, &count);
        e.span.end = tokens->at[i + count - 1].span.end;
    }
    push(self, e, i);
    return i + count;
}

/* A forgotten closing mark: `"Kami lari, kata Rudi.` ends before the words that belong to the reporter. */
static void cut_unclosed(const runut_reading *self, runut_quote *quote, size_t token)
{
    const runut_tokens *tokens = &self->annotation->tokens;
    for (size_t i = token + 2; i < tokens->size && tokens->at[i].span.start < quote->inner.end; i++) {
        const runut_token *before = &tokens->at[i - 1];
        size_t count;
        if (before->kind != RUNUT_TOKEN_MARK || self->body.at[before->span.start] != ',' ||
            !(runut_cues_match(self->cues, self->languages, self->body, tokens, i, &count) &
              (RUNUT_IS_SAY_RIGHT | RUNUT_IS_SAY_SELF)))
            continue;
        quote->inner.end = quote->outer.end = before->span.end;
        quote->closed = true;
        quote->goes_on = false;
        return;
    }
}

static void refuse_unclosed(runut_reading *self, uint32_t quote)
{
    self->attributions[quote].verdict = RUNUT_REFUSED;
    self->attributions[quote].why = "no closing mark";
}

/* "He" that was taken for a name. */
static bool is_pronoun(const runut_reading *self, size_t token, size_t mention)
{
    size_t count;
    return self->annotation->tokens.at[token].span.end == self->annotation->mentions.at[mention].span.end &&
           (runut_cues_match(self->cues, self->languages, self->body, &self->annotation->tokens, token, &count) &
            (RUNUT_IS_PRONOUN | RUNUT_IS_THEY)) &&
           count == 1;
}

void runut_frame_build(runut_reading *self)
{
    const runut_annotation *a = self->annotation;
    size_t i = 0, q = 0, m = 0;
    while (i < a->tokens.size) {
        runut_span span = a->tokens.at[i].span;
        while (m < a->mentions.size && a->mentions.at[m].span.end <= span.start)
            m++;
        while (q < self->quotes.size && self->quotes.at[q].outer.end <= span.start)
            q++;
        runut_quote *quote = q < self->quotes.size ? &self->quotes.at[q] : NULL;
        if (quote && span.end > quote->outer.start) {
            if (!quote->closed)
                cut_unclosed(self, quote, i);
            runut_element e = {.span = quote->outer, .index = (uint32_t)q++, .kind = RUNUT_AT_QUOTE};
            if (!quote->closed && !quote->goes_on) {
                refuse_unclosed(self, e.index);
                continue; /* its words are the reporter's, as far as anybody knows */
            }
            push(self, e, i);
            i = skip_to(self, i, quote->outer.end);
        } else if (m < a->mentions.size && a->mentions.at[m].span.start <= span.start && !is_pronoun(self, i, m)) {
            runut_element e = {
                .span = a->mentions.at[m].span, .index = (uint32_t)m, .kind = RUNUT_AT_NAME, .upper = true};
            push(self, e, i);
            i = skip_to(self, i, e.span.end);
        } else {
            i = push_token(self, i);
        }
    }
}
