/* The tokens as names need them: words that are two ("Korut-Rusia", "L'Université") and words that are one together. */
#include "annotate/names_parts.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { JOINED_MOST = 6 }; /* tokens of a name without spaces */

static bool is_place(const names_text *self, runut_slice folded)
{
    const names_entry *entry = runut_names_find(self->lexicon, self->language, folded);
    return entry && !entry->capitals && entry->known >= NAMES_COUNTRY && entry->known <= NAMES_LISTED_PLACE;
}

/* The same, or a listed body. */
static bool is_listed(const names_text *self, runut_slice folded)
{
    const names_entry *entry = runut_names_find(self->lexicon, self->language, folded);
    return entry && !entry->capitals && entry->known >= NAMES_COUNTRY && entry->known <= NAMES_LISTED_ORG;
}

/* "PVV-leider", "Grünen-Chefin": whom a title is of. */
static bool is_titled(const names_text *self, runut_slice left, runut_slice right)
{
    const names_entry *entry = runut_names_find(self->lexicon, self->language, left);
    return entry && entry->known >= NAMES_COUNTRY && entry->known <= NAMES_LISTED_ORG &&
           runut_names_classes(self->lexicon, self->language, right) & NAMES_TITLE;
}

/* Where a hyphen joins two names instead of the parts of one: "Korut-Rusia", "anti-Rusia". 0 = nowhere. */
static uint32_t joint(const names_text *self, const runut_token *token)
{
    runut_slice text = runut_slice_part(self->annotation->body, token->span.start, token->span.end);
    size_t hyphen = runut_slice_find(text, RUNUT_LITERAL("-"), 1),
           in_folded = runut_slice_find(token->folded, RUNUT_LITERAL("-"), 1);
    if (hyphen == SIZE_MAX || hyphen + 2 >= text.size || in_folded == SIZE_MAX)
        return 0;
    runut_slice left = runut_slice_part(token->folded, 0, in_folded);
    runut_slice right = runut_slice_part(token->folded, in_folded + 1, token->folded.size);
    if (self->glues && token->upper && is_titled(self, left, right))
        return (uint32_t)hyphen;
    if (!runut_utf8_starts_upper(runut_slice_part(text, hyphen + 1, text.size)) || !is_place(self, right) ||
        is_place(self, runut_names_normal(self->arena, token->folded)))
        return 0;
    return !token->upper || is_place(self, left) ? (uint32_t)hyphen : 0;
}

/* "L'Université", "L'allenatore", where a sentence begins: the article apart. Its bytes, 0 = none. */
static uint32_t elision(const names_text *self, const runut_token *token)
{
    runut_slice text = runut_slice_part(self->annotation->body, token->span.start, token->span.end);
    runut_slice language = self->annotation->language;
    bool romance = runut_slice_starts(language, RUNUT_LITERAL("fr")) ||
                   runut_slice_starts(language, RUNUT_LITERAL("it")) ||
                   runut_slice_starts(language, RUNUT_LITERAL("ca"));
    if (!romance || !token->sentence_start || text.size < 5 || text.at[0] != 'L')
        return 0;
    size_t mark = text.at[1] == '\'' ? 1 : memcmp(text.at + 1, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
    return mark ? (uint32_t)(1 + mark) : 0;
}

/* `token` cut behind its elided article. */
static void split_elision(runut_arena *arena, runut_tokens *tokens, const runut_token *token, uint32_t size,
                          runut_slice text)
{
    runut_token left = *token, right = *token;
    left.span.end = right.span.start = token->span.start + size;
    left.folded = RUNUT_LITERAL("l'");
    size_t mark = token->folded.at[1] == '\'' ? 2 : 4;
    right.folded = runut_slice_part(token->folded, mark, token->folded.size);
    left.hash = runut_slice_hash(left.folded);
    right.hash = runut_slice_hash(right.folded);
    left.upper = left.all_upper = right.sentence_start = false;
    right.upper = runut_utf8_starts_upper(text);
    RUNUT_PUSH(arena, *tokens, left);
    RUNUT_PUSH(arena, *tokens, right);
}

/* `token` cut at its hyphen: left part, hyphen, right part. */
static void split(runut_arena *arena, runut_tokens *tokens, const runut_token *token, uint32_t hyphen, runut_slice text)
{
    size_t at = runut_slice_find(token->folded, RUNUT_LITERAL("-"), 1);
    runut_token left = *token, mark = *token, right = *token;
    left.span.end = mark.span.start = token->span.start + hyphen;
    right.span.start = mark.span.end = mark.span.start + 1;
    left.folded = runut_slice_part(token->folded, 0, at);
    left.all_upper = true;
    for (size_t i = 0; i < text.size && i < hyphen;)
        left.all_upper &= !runut_code_is_lower(runut_utf8_next(text, &i));
    right.folded = runut_slice_part(token->folded, at + 1, token->folded.size);
    left.hash = runut_slice_hash(left.folded);
    right.hash = runut_slice_hash(right.folded);
    mark.kind = RUNUT_TOKEN_MARK;
    mark.upper = mark.all_upper = mark.sentence_start = right.sentence_start = false;
    right.upper = runut_utf8_starts_upper(runut_slice_part(text, hyphen + 1, text.size));
    RUNUT_PUSH(arena, *tokens, left);
    RUNUT_PUSH(arena, *tokens, mark);
    RUNUT_PUSH(arena, *tokens, right);
}

/* Words without spaces between them that are one name together: how many tokens, 1 = no such name. */
static uint32_t joined(const names_text *self, uint32_t i, runut_slice *folded)
{
    uint32_t end = i;
    while (end < self->count && end - i < JOINED_MOST && self->tokens[end].kind == RUNUT_TOKEN_WORD &&
           runut_names_caseless(self->tokens[end].folded) &&
           (end == i || self->tokens[end].span.start == self->tokens[end - 1].span.end))
        end++;
    for (; end > i + 1; end--) {
        runut_slice text =
            runut_slice_part(self->annotation->body, self->tokens[i].span.start, self->tokens[end - 1].span.end);
        *folded = runut_utf8_fold(self->arena, text);
        if (is_listed(self, *folded))
            return end - i;
    }
    return 1;
}

void runut_names_split(names_text *self)
{
    runut_tokens out = {0};
    bool copied = false;
    for (uint32_t i = 0; i < self->count; i++) {
        const runut_token *token = &self->tokens[i];
        bool plain = token->plain || runut_names_plain(runut_names_text(self, i, i + 1));
        uint32_t hyphen = token->kind == RUNUT_TOKEN_WORD && !plain ? joint(self, token) : 0;
        runut_slice folded;
        uint32_t words = !plain && runut_names_caseless(token->folded) ? joined(self, i, &folded) : 1;
        uint32_t elided = !hyphen && !plain && words == 1 && token->kind == RUNUT_TOKEN_WORD ? elision(self, token) : 0;
        bool first = (hyphen || elided || words > 1) && !copied;
        for (uint32_t k = 0; first && k < i; k++)
            RUNUT_PUSH(self->arena, out, self->tokens[k]);
        copied |= first;
        if (words > 1) {
            runut_token *one = RUNUT_APPEND(self->arena, out);
            *one = *token;
            one->folded = folded;
            one->hash = runut_slice_hash(folded);
            one->span.end = self->tokens[i + words - 1].span.end;
            i += words - 1;
        } else if (elided) {
            split_elision(self->arena, &out, token, elided,
                          runut_slice_part(self->annotation->body, token->span.start + elided, token->span.end));
        } else if (hyphen) {
            split(self->arena, &out, token, hyphen, runut_names_text(self, i, i + 1));
        } else if (copied)
            RUNUT_PUSH(self->arena, out, *token);
    }
    if (copied) {
        self->tokens = out.at;
        self->count = (uint32_t)out.size;
    }
}
