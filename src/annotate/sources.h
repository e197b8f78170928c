/* Inside of the sources module: whom a report has its news from.
 *
 *     source_tables.c    agencies.tsv and source_cues.tsv, looked up
 *     source_forms.c     what is bound to a name in writing, what its spellings share
 *     source_carriers.c  a sentence's carriers: names that could be an agency's or an outlet's
 *     source_titles.c    names in quotation marks, and in scripts without capitals
 *     source_hits.c      carriers that a cue points at: "seperti dikutip Antara", "KCNA said"
 *     source_credits.c   datelines, closing credits, credit lines, by-lines of agencies
 *     source_via.c       which statements came through which carrier
 *     sources.c          the chain, nearest first */
#ifndef RUNUT_ANNOTATE_SOURCES_H
#define RUNUT_ANNOTATE_SOURCES_H

#include "annotate/annotation.h"
#include "base/map.h"

/* ---- source_tables.c ---- */

/* Classes of words, see data/source_cues.tsv. */
enum {
    RUNUT_CUE_RELAY = 1 << 0,
    RUNUT_CUE_CITE = 1 << 1,
    RUNUT_CUE_CARRIED = 1 << 2,
    RUNUT_CUE_SAID = 1 << 3,
    RUNUT_CUE_LOOSE = 1 << 4,
    RUNUT_CUE_TOLD = 1 << 5,
    RUNUT_CUE_VERB = 1 << 6,
    RUNUT_CUE_STRICT = 1 << 7,
    RUNUT_CUE_LINK = 1 << 8,
    RUNUT_CUE_VIA = 1 << 9,
    RUNUT_CUE_AGENCY = 1 << 10,
    RUNUT_CUE_OUTLET = 1 << 11,
    RUNUT_CUE_JOURNAL = 1 << 12,
    RUNUT_CUE_FILING = 1 << 13,
    RUNUT_CUE_BRIDGE = 1 << 14,
    RUNUT_CUE_OFFICIAL = 1 << 15,
    RUNUT_CUE_DEMONYM = 1 << 16,
    RUNUT_CUE_OUTLETWORD = 1 << 17,
    RUNUT_CUE_WEAKWORD = 1 << 18,
    RUNUT_CUE_LABEL = 1 << 19,
    RUNUT_CUE_PHOTO = 1 << 20,
    RUNUT_CUE_GENERIC = 1 << 21,
    RUNUT_CUE_TELL = 1 << 22,
    RUNUT_CUE_TO = 1 << 23,
    RUNUT_CUE_ANYBODY = 1 << 24,
    RUNUT_CUE_BEHIND = 1 << 25,
    RUNUT_CUE_BETWEEN = 1 << 26,
    RUNUT_CUE_STOP = 1 << 27,
    RUNUT_CUE_TAIL = 1 << 28,
    RUNUT_CUE_LONGER = 1 << 29, /* a phrase begins with this word */
    RUNUT_CUE_ALL = (1 << 30) - 1,
    RUNUT_WORD_CARRIER = 1 << 30, /* of runut_sourcing.words: a carrier's name begins so */
    RUNUT_WORD_SIMPLE = 1u << 31, /* a word in one piece: no apostrophe, no hyphen */
    RUNUT_CUE_DESCRIBES = RUNUT_CUE_AGENCY | RUNUT_CUE_OUTLET | RUNUT_CUE_JOURNAL,
    RUNUT_CUE_FORWARD = RUNUT_CUE_RELAY | RUNUT_CUE_CITE | RUNUT_CUE_CARRIED | RUNUT_CUE_SAID | RUNUT_CUE_LOOSE |
                        RUNUT_CUE_TOLD /* the carrier follows */
};

typedef enum runut_carrier_kind {
    RUNUT_CARRIER_AGENCY,
    RUNUT_CARRIER_OUTLET,
    RUNUT_CARRIER_JOURNAL,
    RUNUT_CARRIER_EXCHANGE
} runut_carrier_kind;

typedef struct runut_agency {
    runut_slice name; /* the one form used for all */
    runut_carrier_kind kind;
} runut_agency;

/* Where a name of the table was found. */
typedef struct runut_agency_match {
    const runut_agency *agency; /* NULL = none */
    size_t end;                 /* token after the name */
    bool common;                /* the form means other things too */
    size_t lead, trail;         /* bytes bound to it in writing: Arabic prefixes, Cyrillic endings, Korean particles */
} runut_agency_match;

/* The longest name of the table that begins at token `i`, before token `end`. */
struct runut_agencies;
runut_agency_match runut_agencies_match(const struct runut_agencies *self, runut_slice text, const runut_tokens *tokens,
                                        size_t i, size_t end);

/* The agency that is named so ("Kompas.com", "ANTARA"), NULL = none in the table. */
const runut_agency *runut_agencies_named(const struct runut_agencies *self, runut_slice name);

/* ---- source_forms.c ---- */

/* The slot of `key` in `map`, without an affix where it is not there as it is; *lead and *trail: bytes that were cut.
 */
const uint32_t *runut_source_bare(const runut_map *map, runut_slice key, size_t *lead, size_t *trail);

/* What two spellings of an outlet share: "SuaraTanjung.com" and "Suara Tanjung" → "suaratanjung". */
runut_slice runut_agencies_key(runut_arena *arena, runut_slice name);

/* Is it a particle that Korean binds to names? */
bool runut_agencies_is_affix(runut_slice part);

/* ---- source_tables.c ---- */

/* May it be the name of a month or a day, in any language? Quick. */
bool runut_agencies_calendar(const struct runut_agencies *self, runut_slice folded);

/* Classes of the cue words of a language. */
const runut_map *runut_agencies_cues(const struct runut_agencies *self, runut_slice language);

/* Classes of the longest cue phrase that begins at token `i`; 0 = none. `next`: the token after it. */
uint32_t runut_source_cue_at(const runut_map *cues, runut_slice text, const runut_tokens *tokens, size_t i, size_t end,
                             size_t *next);

/* As both above, of the body's tokens: most are settled by what runut_sourcing.words has of the token. */
struct runut_sourcing;
runut_agency_match runut_sourcing_match(const struct runut_sourcing *self, size_t i, size_t end);
uint32_t runut_sourcing_cue_at(const struct runut_sourcing *self, size_t i, size_t end, size_t *next);

/* Fills runut_sourcing.words. */
void runut_sourcing_look_up(struct runut_sourcing *self);

/* Tokens of a line outside of the body. */
void runut_agencies_cut(const struct runut_agencies *self, runut_arena *arena, runut_slice line, runut_tokens *tokens);

/* ---- source_carriers.c ---- */

/* How sure it is that a name is a carrier's. */
typedef enum runut_strength {
    RUNUT_CARRIER_UNKNOWN, /* any name */
    RUNUT_CARRIER_WEAK,    /* has a word that outlets' names have */
    RUNUT_CARRIER_LOOKS,   /* has a word that hardly anything else has */
    RUNUT_CARRIER_DOMAIN,  /* "floreskini.com" */
    RUNUT_CARRIER_KNOWN    /* in the table */
} runut_strength;

typedef struct runut_carrier {
    size_t first, end; /* tokens, an acronym in brackets included */
    runut_slice name;  /* the table's where it is there */
    runut_slice printed;
    const runut_agency *agency;
    runut_strength strength;
    runut_carrier_kind kind;
    bool common;
    bool described;    /* "kantor berita X", "X newspaper" */
    bool place_only;   /* nothing but names of places */
    bool country_only; /* nothing but names of countries */
    bool titled;       /* in quotation marks */
    bool person, official;
    bool acts;                 /* a person beyond doubt */
    uint32_t hit;              /* classes of the cue that points at it; 0 = none */
    size_t cue_first, cue_end; /* its tokens */
    bool anaphor;              /* "the agency": counts for statements only */
} runut_carrier;

typedef RUNUT_VECTOR(runut_carrier) runut_carriers;

enum {
    RUNUT_TOKEN_PLACE = 1,
    RUNUT_TOKEN_COUNTRY = 2,
    RUNUT_TOKEN_PERSON = 4,
    RUNUT_TOKEN_QUOTED = 8,
    RUNUT_TOKEN_BEGINS = 16,     /* a name begins here */
    RUNUT_TOKEN_ACTS_PERSON = 32 /* a person who is named again or speaks: more than a guess */
};

/* One article being read. */
typedef struct runut_sourcing {
    const struct runut_agencies *tables;
    const runut_map *cues;
    runut_arena *arena;
    runut_annotation *annotation;
    runut_slice text;
    const runut_tokens *tokens;
    uint8_t *flags;          /* RUNUT_TOKEN_…, one a token */
    uint32_t *words;         /* RUNUT_CUE_… and RUNUT_WORD_…, one a token: each is looked up once */
    uint32_t *carrier_at;    /* index of the carrier that begins at a token, + 1 */
    runut_carriers carriers; /* of the whole body, in order */
    uint32_t *nearest;       /* per sentence: index of the carrier that its words came through, + 1 */
    runut_map *self;         /* keys of the outlet itself */
    runut_slice own;         /* key of the publisher or host */
    runut_map *canonical;    /* names of the table that the article prints as they are there */
    runut_carriers credits;  /* in front of the chain */
} runut_sourcing;

/* Finds the carriers among the tokens [first, end) of one sentence. */
void runut_carriers_find(runut_sourcing *self, size_t first, size_t end);

/* Cuts countries off the front of a name: "harian | Jerman | Rheintaler Bote". */
void runut_carrier_trim(const runut_sourcing *self, runut_carrier *carrier);

/* The name to show: the table's, unless the article prints only another one ("Korean Central News Agency"). */
runut_slice runut_carrier_shown(const runut_sourcing *self, const runut_carrier *carrier);

/* Notes that the article prints `name` of the table so, if it does. */
void runut_carrier_note(const runut_sourcing *self, runut_slice printed, const runut_agency *agency);

/* Is `carrier` the outlet that prints the report? */
bool runut_carrier_is_self(const runut_sourcing *self, const runut_carrier *carrier);

/* ---- source_titles.c ---- */

/* A name in quotation marks that begins at token `i`. */
bool runut_carrier_titled(const runut_sourcing *self, size_t i, size_t end, runut_carrier *carrier);

/* A name at token `i` in a script without capitals; `noun`: a noun for carriers stands before it. */
bool runut_carrier_uncased(const runut_sourcing *self, size_t i, size_t end, bool noun, runut_carrier *carrier);

/* ---- source_hits.c ---- */

/* Marks the carriers of a sentence that a cue points at; its carriers are those from `first_carrier` on. */
void runut_hits_find(runut_sourcing *self, size_t first, size_t end, size_t first_carrier);

/* Puts a sentence's hits in order, nearest first: indices into carriers, 16 at most. Returns how many. The sentence's
 * carriers are [first_carrier, end_carrier), its tokens end at `end_token`. */
size_t runut_hits_order(const runut_sourcing *self, size_t end_token, size_t first_carrier, size_t end_carrier,
                        uint32_t order[16]);

/* ---- source_credits.c ---- */

/* Fills self->self and self->credits. */
void runut_credits_find(runut_sourcing *self);

/* ---- source_via.c ---- */

/* Sets `via` of the statements. */
void runut_via_set(runut_sourcing *self);

#endif
