/* What is spoken between dashes, as Spanish, French, Polish or Turkish print dialogue:
 *
 *     —No vamos a cerrar —dijo Inés Palou—. Los niños se quedan.
 *     └─ spoken ───────┘ └─ told ────────┘  └─ spoken ─────────┘
 *     — Je ne partirai pas, a répondu Jeanne Morvan.
 *     └─ spoken ──────────┘
 *
 * A line is dialogue where it begins with a dash and a verb of saying begins one of its parts (or, where it has no
 * further dash, follows a comma); a list's bullets have none. Lines with quotation marks are left to those. */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { MOST_PARTS = 16, MOST_LINE = 4000, REACH = 4 };

typedef struct part {
    size_t start, end; /* bytes of the body, without the dashes */
} part;

static bool is_dash(runut_slice body, size_t at, size_t *end)
{
    *end = at;
    uint32_t code = runut_utf8_next(body, end);
    return code == 0x2013 || code == 0x2014 || code == 0x2015;
}

/* The dashes of [start, end) that touch a blank or a mark: between letters or digits they join words. */
static size_t cut_parts(runut_slice body, size_t start, size_t end, part parts[MOST_PARTS])
{
    size_t count = 0, from = start, past;
    for (size_t at = start; at < end && count < MOST_PARTS;) {
        if (!is_dash(body, at, &past)) {
            at = past;
            continue;
        }
        bool joins = at > start && past < end && !runut_is_space((unsigned char)body.at[at - 1]) &&
                     !runut_is_space((unsigned char)body.at[past]) && (unsigned char)body.at[past] >= '0';
        if (!joins && at > start)
            parts[count++] = (part){from, at};
        if (!joins)
            from = past;
        at = past;
    }
    if (count < MOST_PARTS)
        parts[count++] = (part){from, end};
    return count;
}

static uint32_t classes_at(const runut_reading *self, size_t token, size_t *count)
{
    return runut_cues_match(self->cues, self->languages, self->body, &self->annotation->tokens, token, count);
}

/* Does a verb of saying begin at `token`, a few light words aside? */
static bool says_at(const runut_reading *self, size_t token, size_t end)
{
    const runut_tokens *tokens = &self->annotation->tokens;
    for (int k = 0; k < REACH && token < tokens->size && tokens->at[token].span.start < end; k++) {
        size_t count;
        uint32_t classes = classes_at(self, token, &count);
        if (classes & RUNUT_SAYS)
            return true;
        if (!(classes & RUNUT_IS_ADVERB))
            return false;
        token += count;
    }
    return false;
}

static void push(runut_reading *self, runut_quotes *out, size_t outer, size_t start, size_t end)
{
    runut_slice text = runut_slice_trim(runut_slice_part(self->body, start, end));
    while (text.size && (text.at[0] == '.' || text.at[0] == ',' || text.at[0] == ' '))
        text = runut_slice_part(text, 1, text.size);
    if (text.size && text.at[text.size - 1] == ',')
        text = runut_slice_part(text, 0, text.size - 1);
    if (text.size == 0)
        return;
    uint32_t from = (uint32_t)(text.at - self->body.at), to = from + (uint32_t)text.size;
    runut_quote quote = {
        .outer = {outer == SIZE_MAX ? from : (uint32_t)outer, to}, .inner = {from, to}, .closed = true};
    RUNUT_PUSH(self->arena, *out, quote);
}

/* ', a répondu X': where the reporter's words begin; `end` where they do not. */
static size_t comma_verb(const runut_reading *self, part p)
{
    const runut_tokens *tokens = &self->annotation->tokens;
    for (size_t i = runut_statements_token_at(tokens, p.start);
         i + 1 < tokens->size && tokens->at[i].span.start < p.end; i++)
        if (self->body.at[tokens->at[i].span.start] == ',' && says_at(self, i + 1, p.end))
            return tokens->at[i].span.start;
    return p.end;
}

static void read_line(runut_reading *self, size_t start, size_t end, runut_quotes *out)
{
    part parts[MOST_PARTS];
    size_t past, count = cut_parts(self->body, start, end, parts), told = count;
    const runut_tokens *tokens = &self->annotation->tokens;
    is_dash(self->body, start, &past);
    parts[0].start = past;
    for (size_t i = 1; i < count && told == count; i += 2)
        if (says_at(self, runut_statements_token_at(tokens, parts[i].start), parts[i].end))
            told = i;
    size_t comma = comma_verb(self, parts[0]);
    if (told == count && comma < parts[0].end)
        push(self, out, start, past, comma);
    for (size_t i = 0; i < count && told < count; i += 2)
        push(self, out, i ? SIZE_MAX : start, parts[i].start, parts[i].end);
}

void runut_dash_find(runut_reading *self)
{
    runut_quotes out = {0};
    size_t q = 0;
    for (size_t start = 0, end; start < self->body.size; start = end + 1) {
        const char *line_end = memchr(self->body.at + start, '\n', self->body.size - start);
        end = line_end ? (size_t)(line_end - self->body.at) : self->body.size;
        size_t past, first = q;
        while (q < self->quotes.size && self->quotes.at[q].outer.start < end)
            RUNUT_PUSH(self->arena, out, self->quotes.at[q++]);
        bool covered = out.size && out.at[out.size - 1].outer.end > start;
        if (first == q && !covered && end > start && end - start <= MOST_LINE && is_dash(self->body, start, &past))
            read_line(self, start, end, &out);
    }
    self->quotes = out;
}
