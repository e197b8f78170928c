/* The reporter's words inside of the marks, as Russian, French and Italian print them:
 *
 *     «Когда, — спросил Ступин, — мы научимся строить?»      « Si rien ne bouge, prévient-il, nous bloquerons le port.
 * » └─ told ───────────┘                                          └─ told ────┘
 *
 * Two marks, a comma or a dash each, with nothing between them but a verb of saying and its subject. */
#include "annotate/statements.h"

#include "base/slice.h"
#include "base/utf8.h"

enum { MOST_TOKENS = 600, MOST_SUBJECT = 4 };

static bool parts(const runut_reading *self, size_t token)
{
    const runut_token *t = &self->annotation->tokens.at[token];
    if (t->kind != RUNUT_TOKEN_MARK)
        return false;
    size_t at = t->span.start;
    uint32_t code = runut_utf8_next(self->body, &at);
    bool joined = code == '-' && at < self->body.size && self->body.at[at] != ' ';
    return code == ',' || (code == '-' && !joined) || (code >= 0x2013 && code <= 0x2015);
}

/* The person who is mentioned at `offset`; *end is set to where the mention ends. NULL where there is none. */
static const runut_mention *person_at(const runut_reading *self, uint32_t offset)
{
    const runut_annotation *a = self->annotation;
    size_t low = 0, high = a->mentions.size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (a->mentions.at[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    bool here = low < a->mentions.size && a->mentions.at[low].span.start == offset;
    return here && a->names.at[a->mentions.at[low].name].kind == RUNUT_PERSON ? &a->mentions.at[low] : NULL;
}

static runut_speaker described_between(const runut_reading *self, uint32_t start, uint32_t end)
{
    runut_slice text = runut_slice_trim(runut_slice_part(self->body, start, end));
    uint32_t from = (uint32_t)(text.at - self->body.at);
    return (runut_speaker){.found = true,
                           .name = -1,
                           .text = text,
                           .span = {from, from + (uint32_t)text.size},
                           .why = "described inside of the marks"};
}

/* Whose verb it is that begins at token `i`; the mark that closes the insertion must follow before `end`. */
static bool insertion(runut_reading *self, size_t i, uint32_t end, size_t element, runut_speaker *speaker)
{
    const runut_tokens *tokens = &self->annotation->tokens;
    size_t count;
    uint32_t classes = runut_cues_match(self->cues, self->languages, self->body, tokens, i, &count);
    if (!(classes & RUNUT_SAYS) || (classes & RUNUT_IS_SAY_LEFT))
        return false;
    runut_span cue = {tokens->at[i].span.start, tokens->at[i + count - 1].span.end};
    bool self_said = (classes & RUNUT_IS_SAY_SELF) != 0;
    bool role = false;
    *speaker = RUNUT_NOBODY;
    for (size_t k = i + count; k < tokens->size && k < i + count + MOST_SUBJECT && tokens->at[k].span.end <= end; k++) {
        if (parts(self, k)) {
            if (!speaker->found && role)
                *speaker = described_between(self, cue.end, tokens->at[k].span.start);
            if (!speaker->found)
                *speaker = runut_speaker_pronoun(self, element);
            speaker->cue = cue;
            return speaker->found;
        }
        const runut_mention *m = person_at(self, tokens->at[k].span.start);
        uint32_t word = runut_cues_match(self->cues, self->languages, self->body, tokens, k, &count);
        role |= (word & RUNUT_IS_ROLE) != 0;
        if (m) {
            const runut_name *name = &self->annotation->names.at[m->name];
            *speaker = (runut_speaker){.found = true,
                                       .name = (int32_t)m->name,
                                       .text = name->canonical,
                                       .span = m->span,
                                       .why = "named inside of the marks"};
            k = runut_statements_token_at(tokens, m->span.end) - 1;
        } else if (self_said || !(word & (RUNUT_IS_PRONOUN | RUNUT_IS_ROLE | RUNUT_IS_DEFINITE | RUNUT_IS_ADVERB))) {
            return false;
        }
    }
    return false;
}

bool runut_inner_speaker(runut_reading *self, size_t quote, size_t element, runut_speaker *speaker)
{
    const runut_tokens *tokens = &self->annotation->tokens;
    runut_span span = self->quotes.at[quote].inner;
    size_t first = runut_statements_token_at(tokens, span.start);
    for (size_t i = first; i + 1 < tokens->size && i < first + MOST_TOKENS && tokens->at[i + 1].span.end <= span.end;
         i++)
        if (parts(self, i)) {
            size_t verb = i + 1;
            while (verb < i + 3 && verb + 1 < tokens->size && parts(self, verb)) /* ", —" */
                verb++;
            if (insertion(self, verb, span.end, element, speaker))
                return true;
        }
    return false;
}
