/* Sentences.
 *
 * A paragraph (a line of the body) is walked token by token. A stop (. ! ? … 。 ।) and the closing marks that touch it
 * end a sentence unless what stands before or after says otherwise:
 *
 *     before   an abbreviation that stands before something ("Prof.", "No."), an initial ("J."), the number of a list
 *     after    a small letter, a comma, a colon: the sentence goes on ('"Pergi!" kata dia'); no blank at all
 *
 * Abbreviations that may stand at the end ("a.m.", "Inc.", "U.S.") end a sentence where a word follows that begins
 * sentences ("The", "Namun"); "dll." and "etc." where any capital follows. */
#include <stdlib.h>

#include "annotate/texts.h"
#include "base/calendar_names.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { STOP_BEFORE = 1, STOP_EITHER, STOP_END, STOP_STARTER, ARENA_LIMIT = 4 << 20 };

struct runut_stops {
    runut_arena *arena;
    runut_map *words; /* abbreviation without its last full stop, folded → STOP_… */
    runut_map *starters;
};

typedef struct splitter {
    const runut_stops *stops;
    runut_slice text;
    runut_tokens *tokens;
    size_t end; /* one past the paragraph's last token */
} splitter;

static bool load(runut_stops *self)
{
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return false;
    self->words = runut_map_new(self->arena);
    self->starters = runut_map_new(self->arena);
    runut_slice rest = runut_data("abbreviations.tsv"), row[2];
    while (runut_data_row(&rest, row, 2)) {
        uint32_t kind = runut_slice_is(row[0], "before")   ? STOP_BEFORE
                        : runut_slice_is(row[0], "either") ? STOP_EITHER
                        : runut_slice_is(row[0], "end")    ? STOP_END
                                                           : STOP_STARTER;
        runut_slice word;
        while (runut_slice_field(&row[1], ' ', &word))
            *runut_map_put(kind == STOP_STARTER ? self->starters : self->words, runut_utf8_fold(self->arena, word),
                           NULL) = kind;
    }
    return true;
}

runut_stops *runut_stops_new(void)
{
    runut_stops *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->arena = runut_arena_new(ARENA_LIMIT);
    if (self->arena && load(self))
        return self;
    runut_stops_free(self);
    return NULL;
}

void runut_stops_free(runut_stops *self)
{
    if (!self)
        return;
    if (self->arena)
        runut_arena_free(self->arena);
    free(self);
}

static const runut_token *token_at(const splitter *self, size_t i)
{
    return i < self->end ? &self->tokens->at[i] : NULL;
}

/* The code point of a mark; 0 for words and numbers. */
static uint32_t mark(const splitter *self, size_t i)
{
    const runut_token *token = token_at(self, i);
    if (!token || token->kind != RUNUT_TOKEN_MARK)
        return 0;
    size_t at = token->span.start;
    return runut_utf8_next(self->text, &at);
}

static bool touches(const splitter *self, size_t i)
{
    return i > 0 && i < self->end && self->tokens->at[i - 1].span.end == self->tokens->at[i].span.start;
}

/* Stops of scripts that use them for nothing else, and need no blank. */
static bool is_plain_stop(uint32_t code)
{
    return code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == 0xFF61 || code == 0x0964 || code == 0x0965 ||
           code == 0x06D4 || code == 0x0589 || code == 0x1362 || code == 0x17D4 || code == 0x17D5 || code == 0x104B;
}

static bool is_stop(uint32_t code)
{
    return code == '.' || code == '!' || code == '?' || code == 0x2026 || code == 0x061F || code == 0x203C ||
           code == 0x2047 || code == 0x2048 || code == 0x2049 || is_plain_stop(code);
}

static bool is_closer(uint32_t code)
{
    return code == ')' || code == ']' || code == '}' || code == '"' || code == '\'' || code == 0xBB || code == 0x201D ||
           code == 0x2019 || code == 0x203A || code == 0x300D || code == 0x300F || code == 0xFF09 || code == 0x3011 ||
           code == 0x300B || code == 0x201C;
}

/* Marks after which the sentence before them goes on. */
static bool goes_on(uint32_t code)
{
    return code == ',' || code == ';' || code == ':' || code == ')' || code == ']' || code == '}' || code == 0x201D ||
           code == 0xFF0C || code == 0x3001 || code == '%' || code == '/';
}

static bool is_dash(uint32_t code)
{
    return code == '-' || (code >= 0x2010 && code <= 0x2015);
}

static bool is_starter(const splitter *self, const runut_token *token)
{
    return token && token->upper && runut_map_get_hashed(self->stops->starters, token->folded, token->hash) != NULL;
}

static runut_slice text_of(const splitter *self, const runut_token *token)
{
    return runut_slice_part(self->text, token->span.start, token->span.end);
}

static size_t letters_of(const splitter *self, const runut_token *token)
{
    return runut_utf8_length(
        runut_slice_part(self->text, token->span.start,
                         token->span.start + 8 < token->span.end ? token->span.start + 8 : token->span.end));
}

/* The first word or number at or after `i`, past opening marks and dashes; NULL = none in the paragraph. */
static const runut_token *word_after(const splitter *self, size_t i)
{
    for (size_t most = i + 4; i < self->end && i < most; i++)
        if (self->tokens->at[i].kind != RUNUT_TOKEN_MARK)
            return &self->tokens->at[i];
    return NULL;
}

/* Could a sentence begin at token `next`? */
static bool can_begin(const splitter *self, size_t next)
{
    const runut_token *token = token_at(self, next);
    if (!token)
        return true;
    if (goes_on(mark(self, next)))
        return false;
    if (is_dash(mark(self, next)) && token->span.end - token->span.start == 1 && touches(self, next + 1))
        return true; /* the bullet of a list */
    const runut_token *word = word_after(self, next);
    if (!word || word->kind != RUNUT_TOKEN_WORD)
        return true;
    size_t at = word->span.start;
    return !runut_code_is_lower(runut_utf8_next(self->text, &at));
}

/* Does the full stop `stop` belong to the word before it? `next` is the first token after stop and closers. */
static bool is_abbreviated(const splitter *self, size_t first, size_t stop, size_t next)
{
    if (stop == first || !touches(self, stop))
        return false;
    const runut_token *before = &self->tokens->at[stop - 1], *after = word_after(self, next);
    if (before->kind == RUNUT_TOKEN_NUMBER) {
        bool small = before->span.end - before->span.start <= 2;
        if (small && stop - 1 == first)
            return true; /* "1. Siapkan …" */
        return small && after && after->kind == RUNUT_TOKEN_WORD &&
               runut_month_named(after->folded, (runut_slice){"", 0}) != 0; /* "5. November" */
    }
    if (before->kind != RUNUT_TOKEN_WORD)
        return false;
    const uint32_t *kind = runut_map_get_hashed(self->stops->words, before->folded, before->hash);
    if (kind && *kind == STOP_BEFORE)
        return after != NULL;
    if (kind && *kind == STOP_EITHER)
        return !is_starter(self, after);
    if (letters_of(self, before) > 1 || next != stop + 1)
        return false;
    if (stop - 1 == first)
        return true; /* "a. Siapkan …", "J. K. Rowling" */
    return before->upper && !is_starter(self, after);
}

/* The same for "U.S.", whose full stops are in the token. */
static bool acronym_goes_on(const splitter *self, size_t i)
{
    const runut_token *token = &self->tokens->at[i];
    runut_slice word = text_of(self, token);
    if (word.size < 4 || word.at[word.size - 1] != '.')
        return true;
    size_t next = i + 1;
    while (next < self->end && touches(self, next) && is_closer(mark(self, next)))
        next++;
    if (next >= self->end)
        return false;
    return touches(self, next) || !can_begin(self, next) || !is_starter(self, word_after(self, next));
}

/* "selesai.Dia pergi": captures lose blanks between paragraphs. */
static bool is_glued_stop(const splitter *self, size_t stop, size_t next)
{
    const runut_token *before = &self->tokens->at[stop - 1], *after = token_at(self, next);
    return before->kind == RUNUT_TOKEN_WORD && after && after->kind == RUNUT_TOKEN_WORD && !before->all_upper &&
           letters_of(self, before) > 2 && after->upper && !after->all_upper && letters_of(self, after) > 1;
}

/* Is there a sentence's end at token `i`? Sets `next` to the first token after it (or after the marks looked at). */
static bool ends_at(const splitter *self, size_t first, size_t i, size_t *next)
{
    *next = i + 1;
    uint32_t code = mark(self, i);
    if (code == 0)
        return !acronym_goes_on(self, i) && (*next = i + 1, true);
    if (!is_stop(code))
        return false;
    bool plain = is_plain_stop(code), full = code == '.';
    size_t stop = i, after = i + 1;
    for (; after < self->end && is_stop(mark(self, after)) && touches(self, after); after++) {
        plain = plain || is_plain_stop(mark(self, after));
        full = false; /* "...", "?!" */
    }
    for (; after < self->end && is_closer(mark(self, after)) && touches(self, after); after++)
        ;
    *next = after;
    if (after >= self->end || plain)
        return true;
    if (touches(self, after) && !(full && stop > first && is_glued_stop(self, stop, after)))
        return false;
    return can_begin(self, after) && !(full && is_abbreviated(self, first, stop, after));
}

/* The marks that close what the acronym's stop ended belong to the sentence too. */
static size_t past_closers(const splitter *self, size_t i)
{
    while (i < self->end && touches(self, i) && is_closer(mark(self, i)))
        i++;
    return i;
}

static void push(const splitter *self, runut_arena *arena, size_t first, size_t end, uint32_t paragraph,
                 runut_sentences *sentences)
{
    runut_token *tokens = self->tokens->at;
    uint32_t number = (uint32_t)sentences->size;
    RUNUT_PUSH(arena, *sentences,
               ((runut_sentence){.span = {tokens[first].span.start, tokens[end - 1].span.end},
                                 .paragraph = paragraph,
                                 .first_token = (uint32_t)first,
                                 .end_token = (uint32_t)end}));
    bool begun = false;
    for (size_t i = first; i < end; i++) {
        tokens[i].sentence = number;
        if (begun || tokens[i].kind == RUNUT_TOKEN_MARK)
            continue;
        begun = true;
        tokens[i].sentence_start = tokens[i].kind == RUNUT_TOKEN_WORD;
    }
}

void runut_sentences_split(const runut_stops *stops, runut_arena *arena, runut_slice text, runut_tokens *tokens,
                           size_t first, uint32_t paragraph, runut_sentences *sentences)
{
    splitter self = {stops, text, tokens, tokens->size};
    for (size_t i = first, next; i < self.end; i = next) {
        if (!ends_at(&self, first, i, &next))
            continue;
        next = past_closers(&self, next);
        push(&self, arena, first, next, paragraph, sentences);
        first = next;
    }
    if (first < self.end)
        push(&self, arena, first, self.end, paragraph, sentences);
}
