/* Inside of the statements module. The body becomes a row of elements, in which a quotation, a name, a verb of saying
 * are one element each; statements_frame.c lays it out, statements_speaker.c finds who speaks, statements_direct.c
 * decides on quotations, statements_indirect.c on what is said without marks. */
#ifndef RUNUT_ANNOTATE_STATEMENTS_H
#define RUNUT_ANNOTATE_STATEMENTS_H

#include "annotate/quotes.h"
#include "annotate/stage.h"
#include "base/slice.h"

/* What a word can be; data/cues.tsv explains the classes. */
enum runut_word_class {
    RUNUT_IS_SAY = 1u << 0,
    RUNUT_IS_SAY_LEFT = 1u << 1,
    RUNUT_IS_SAY_RIGHT = 1u << 2,
    RUNUT_IS_SAY_SELF = 1u << 3,
    RUNUT_IS_VIEW = 1u << 4,
    RUNUT_IS_ACCORDING = 1u << 5,
    RUNUT_IS_ACCORDING_SELF = 1u << 6,
    RUNUT_IS_CALL_IT = 1u << 7,
    RUNUT_IS_PASSIVE = 1u << 8,
    RUNUT_IS_NAMING = 1u << 9,
    RUNUT_IS_PRONOUN = 1u << 10,
    RUNUT_IS_THEY = 1u << 11,
    RUNUT_IS_RELATIVE = 1u << 12,
    RUNUT_IS_THAT = 1u << 13,
    RUNUT_IS_PREPOSITION = 1u << 14,
    RUNUT_IS_ADJUNCT = 1u << 15,
    RUNUT_IS_ADVERB = 1u << 16,
    RUNUT_IS_INDEFINITE = 1u << 17,
    RUNUT_IS_DEFINITE = 1u << 18,
    RUNUT_IS_DEMONSTRATIVE = 1u << 19,
    RUNUT_IS_ROLE = 1u << 20,
    RUNUT_IS_PERSON = 1u << 21,
    RUNUT_IS_NEEDS_THAT = 1u << 22,
    RUNUT_IS_DOCUMENT = 1u << 23,
    RUNUT_IS_KIN = 1u << 24,
    RUNUT_IS_DENIES = 1u << 25,
    RUNUT_IS_ASKS = 1u << 26,
    RUNUT_IS_TIME = 1u << 27,
    RUNUT_IS_RANK = 1u << 28,
    RUNUT_IS_THUS = 1u << 29,
    RUNUT_IS_SUBJECT = 1u << 30,
    RUNUT_IS_AND = 1u << 31,
};
#define RUNUT_SAYS (RUNUT_IS_SAY | RUNUT_IS_SAY_LEFT | RUNUT_IS_SAY_RIGHT | RUNUT_IS_SAY_SELF)
#define RUNUT_ACCORDS (RUNUT_IS_ACCORDING | RUNUT_IS_ACCORDING_SELF)

/* ---- statements_words.c ---- */

/* The bits of a language's tables; 0 = none. */
uint32_t runut_cues_languages(const runut_cues *self, runut_slice language);

/* How a language's reporters write. */
enum runut_habit {
    RUNUT_WANTS_THAT = 1u << 0,    /* a clause that is reported begins with "that" or a comma */
    RUNUT_DROPS_SUBJECT = 1u << 1, /* the verb's ending is pronoun enough */
    RUNUT_VERB_LAST = 1u << 2,     /* the verb of saying ends its sentence */
    RUNUT_DIALOGUE_DASH = 1u << 3, /* a paragraph that begins with a dash is spoken */
    RUNUT_VERB_SECOND = 1u << 4,   /* "Laut X stehen …": no comma after what comes first */
    RUNUT_NO_ARTICLES = 1u << 5,   /* a bare "minister" may be the one spoken of before */
    RUNUT_HEAD_LAST = 1u << 6,     /* "belediye başkanı": the noun that counts ends its description */
    RUNUT_VERB_FIRST = 1u << 8,    /* "قال الخطيب إن …" */
    RUNUT_IMPERSONAL = 1u << 9, /* "В пресс-службе пояснили": the place behind the preposition speaks */
    RUNUT_NO_COMMAS = 1u << 10,   /* nothing but a blank parts words said from their speaker */
    RUNUT_MARKS_SUBJECT = 1u << 7 /* a particle behind it, "は", "은", "ने", shows the subject */
};
unsigned runut_cues_habits(runut_slice language);

/* Classes of the longest entry that begins with token `at`; *count gets its number of tokens (1 where there is none).
 */
uint32_t runut_cues_match(const runut_cues *self, uint32_t languages, runut_slice body, const runut_tokens *tokens,
                          size_t at, size_t *count);

/* ---- statements_dash.c ---- */

struct runut_reading;

/* Adds what dashes mark as spoken to the quotations. */
void runut_dash_find(struct runut_reading *self);

/* ---- statements_frame.c ---- */

typedef enum runut_element_kind { RUNUT_AT_WORD, RUNUT_AT_MARK, RUNUT_AT_NAME, RUNUT_AT_QUOTE } runut_element_kind;

typedef struct runut_element {
    runut_span span;
    uint32_t index;    /* of its token, mention or quote */
    uint32_t classes;  /* words */
    uint32_t sentence; /* of the frame */
    uint8_t kind;
    char mark; /* marks: , . ? ! : ; ( ) - or 0 */
    bool upper;
} runut_element;

/* A sentence of the frame: quotations do not cut it. */
typedef struct runut_frame_sentence {
    uint32_t first, end; /* elements */
    uint32_t paragraph;
} runut_frame_sentence;

/* Who speaks. */
typedef struct runut_speaker {
    bool found;
    int32_t name; /* index into names, -1: only described */
    runut_slice text;
    runut_span span;
    runut_span cue;
    uint32_t until; /* of a description that means somebody named before: the element behind it; 0 = unknown */
    const char *why;
} runut_speaker;

typedef enum runut_verdict { RUNUT_UNDECIDED, RUNUT_STATEMENT, RUNUT_REFUSED } runut_verdict;

typedef struct runut_attribution {
    runut_verdict verdict;
    runut_speaker speaker;
    const char *why; /* of a refusal */
    uint32_t element;
} runut_attribution;

typedef struct runut_reading {
    runut_arena *arena;
    const runut_cues *cues;
    runut_annotation *annotation;
    runut_slice body;
    uint32_t languages;
    unsigned habits;
    runut_quotes quotes;
    runut_attribution *attributions; /* one per quote */
    RUNUT_VECTOR(runut_element) elements;
    RUNUT_VECTOR(runut_frame_sentence) sentences;
    runut_speaker *focus;                  /* per sentence: whom "he" of the next one means */
    bool *own_focus;                       /* per sentence: not carried over from the one before */
    bool *reports;                         /* per sentence: somebody says something in it, quoted or not */
    RUNUT_VECTOR(runut_speaker) described; /* speakers without a name, in order */
    RUNUT_VECTOR(uint32_t) people;         /* elements: mentions of persons outside of quotations, in order */
} runut_reading;

void runut_frame_build(runut_reading *self);

static inline const runut_element *runut_frame_at(const runut_reading *self, size_t i)
{
    return &self->elements.at[i];
}

/* The mention's name; NULL where the element is none. */
const runut_name *runut_frame_name(const runut_reading *self, const runut_element *element);
bool runut_frame_is(const runut_reading *self, const runut_element *element, runut_name_kind kind);
bool runut_frame_marks(const runut_element *element, char mark);

/* Is the element a verb of saying that is used as one here ("kata" is also a noun)? */
bool runut_frame_says(const runut_reading *self, size_t i);

static inline bool runut_frame_has(const runut_element *element, uint32_t classes)
{
    return element->kind == RUNUT_AT_WORD && (element->classes & classes);
}

static inline bool runut_frame_named(const runut_reading *self, size_t i)
{
    return runut_frame_at(self, i)->kind == RUNUT_AT_NAME;
}

static inline bool runut_frame_person(const runut_reading *self, size_t i)
{
    return runut_frame_is(self, runut_frame_at(self, i), RUNUT_PERSON);
}

static inline bool runut_frame_number(const runut_reading *self, size_t i)
{
    const runut_element *e = runut_frame_at(self, i);
    return e->kind == RUNUT_AT_WORD && self->annotation->tokens.at[e->index].kind == RUNUT_TOKEN_NUMBER;
}

static inline runut_slice runut_frame_text(const runut_reading *self, runut_span span)
{
    return runut_slice_part(self->body, span.start, span.end);
}

/* ---- statements_speaker.c, statements_left.c, statements_right.c, statements_marked.c ---- */

#define RUNUT_NOBODY ((runut_speaker){.name = -1})

/* The speaker that the name at `i` means. */
runut_speaker runut_speaker_named(const runut_reading *self, size_t i, const char *why);

/* "Lumintang’s lawyer": the name at `i` is not the one who speaks. */
bool runut_speaker_possesses(const runut_reading *self, size_t i);
bool runut_speaker_after_preposition(const runut_reading *self, size_t i, size_t begin);

/* The first person of [begin, end) who can be a subject; `end` where there is none. */
size_t runut_speaker_first(const runut_reading *self, size_t begin, size_t end);

/* The subject before the cue at `cue`, not before element `begin`; after it, not at or beyond `end`. */
runut_speaker runut_speaker_left(runut_reading *self, size_t begin, size_t cue);
runut_speaker runut_speaker_right(runut_reading *self, size_t cue, size_t end);

/* The subject that a particle marks in [begin, end): "港湾局の高瀬局長は", "정씨는", "निवासी ने". */
runut_speaker runut_speaker_marked(runut_reading *self, size_t begin, size_t end);

/* As above, the side chosen by the cue's class. */
runut_speaker runut_speaker_of_cue(runut_reading *self, size_t begin, size_t cue, size_t end);

/* Whom a pronoun at element `at` means. */
runut_speaker runut_speaker_pronoun(runut_reading *self, size_t at);

/* Decides the focus of a sentence once its quotations are attributed. */
void runut_speaker_focus(runut_reading *self, size_t sentence, const runut_speaker *spoke);

/* May this one speak a short quotation of a judging verb: a person, an organization, a described person? */
bool runut_speaker_is_somebody(const runut_reading *self, const runut_speaker *speaker);

/* ---- statements_described.c ---- */

/* The speaker that [begin, end) describes; `known`: somebody already spoken of ("itu", "the"). */
runut_speaker runut_described(runut_reading *self, size_t begin, size_t end, bool known);

/* [begin, end), or `text` where it is not empty, as it stands. */
runut_speaker runut_described_as(runut_reading *self, size_t begin, size_t end, runut_slice text, const char *why);

/* The noun that a description is about: "dosen", "minister"; `end` where no word list knows one. */
size_t runut_described_head(const runut_reading *self, size_t begin, size_t end);
bool runut_described_head_first(const runut_reading *self);

/* Only capitalized words, and few: a name that nobody told us. */
bool runut_described_capitalized(const runut_reading *self, size_t begin, size_t end);

/* The known person of whose name `text` is the first or the last word; -1 = none. */
int32_t runut_described_name(const runut_reading *self, runut_slice text);

/* ---- statements_inner.c ---- */

/* Whose words they are, where the reporter says it inside of the marks: «…, — сказал Ступин, — …». `element`: the
 * quotation's. */
bool runut_inner_speaker(runut_reading *self, size_t quote, size_t element, runut_speaker *speaker);

/* ---- statements_direct.c, statements_indirect.c ---- */

void runut_direct_decide(runut_reading *self, size_t sentence);
void runut_direct_settle(runut_reading *self); /* what only the next quotation can tell */
void runut_indirect_find(runut_reading *self, size_t sentence);

/* statements_words.c: the first token that begins at byte `offset` or behind it. */
size_t runut_statements_token_at(const runut_tokens *tokens, size_t offset);

#endif
