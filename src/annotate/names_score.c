/* How well a run of tokens reads as a person, an organization, a place, a role or a thing.
 *
 * Evidence is added up: what the tables know of the run and of its words, which words stand at its borders, what
 * precedes and follows it, how long it is, and how clear mentions elsewhere in the article use the same words. Weights
 * are in steps of about a tenth and were set by hand; zero is the score of leaving the run alone. No feature looks at a
 * word of one language: the classes of data/name_words.tsv stand between.
 *
 * The text is decoded twice (names_segment.c) over the same runs in the same order: what the first time made of a run
 * is kept for the second. */
#include "annotate/names_run.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { READINGS_MOST = 4096 /* of one article */ };

/* Indonesian and Malay: "suaminya", "akibatnya" begin sentences and are no names. */
static bool is_malay(const names_text *self)
{
    return runut_slice_starts(self->annotation->language, RUNUT_LITERAL("id")) ||
           runut_slice_starts(self->annotation->language, RUNUT_LITERAL("ms"));
}

/* The learned opinion was learned from single sentences: in an article it counts little and mostly warns. Where it
 * speaks against clear signs it is not heard beyond TAGGED_DOUBT. */
static const float TAGGED_WEIGHT = 0.15f, TAGGED_MOST = 1.0f, TAGGED_LEAST = -4.0f, TAGGED_DOUBT = -0.3f;

/* "(37)", ", 37,": an age. */
static bool age_follows(const names_text *self, uint32_t end)
{
    if (end + 2 >= self->count || self->tokens[end + 1].kind != RUNUT_TOKEN_NUMBER)
        return false;
    runut_span number = self->tokens[end + 1].span;
    if (number.end - number.start > 2)
        return false;
    return (runut_names_mark(self, end, "(") && runut_names_mark(self, end + 2, ")")) ||
           (runut_names_mark(self, end, ",") && runut_names_mark(self, end + 2, ","));
}

static uint32_t small_classes(const names_text *self, uint32_t i)
{
    return i < self->count && !self->tokens[i].upper ? self->words[i].classes : 0;
}

static float said(const names_text *self, const names_run *r)
{
    float score = 0;
    if (small_classes(self, r->end) & NAMES_SAY)
        score += 1.4f;
    else if (runut_names_mark(self, r->end, ",") && small_classes(self, r->end + 1) & NAMES_SAY)
        score += 0.9f;
    if (r->first > 0 && small_classes(self, r->first - 1) & NAMES_SAY)
        score += 1.0f;
    uint32_t after =
        runut_names_mark(self, r->end, ",") ? small_classes(self, r->end + 1) : small_classes(self, r->end);
    if (after & NAMES_RELATIVE)
        score += runut_names_mark(self, r->end, ",") && !(self->words[r->first].weak && r->capitals == 1) ? 1.1f : 0.3f;
    if (runut_names_mark(self, r->end, ",") && r->end + 1 < self->count &&
        self->words[r->end + 1].phrases & (NAMES_TITLE | NAMES_TERRITORY))
        score += 1.1f; /* "Nurul, istri korban" */
    return score;
}

static float length_of_person(uint32_t words)
{
    static const float by[] = {-9, -0.5f, 0.6f, 0.5f, 0.1f, -0.6f, -1.5f};
    return words < 7 ? by[words] : -4.0f;
}

static float title_before(const names_text *self, const names_run *r)
{
    static const float by[] = {0, 1.1f, 1.3f, 2.2f};
    return by[self->words[r->first].title_before];
}

/* A name seldom begins behind another capitalized word, unless that one is a title. */
static float cut_off(const names_text *self, const names_run *r)
{
    float score = 0;
    const names_word *before = r->first > 0 ? &self->words[r->first - 1] : NULL;
    uint32_t plain = NAMES_STOP | NAMES_COMMON | NAMES_SAY | NAMES_IN;
    uint32_t fitting = NAMES_TITLE | NAMES_RANK | NAMES_HONORIFIC | NAMES_FIELD | NAMES_DEMONYM;
    if (!before || !is_capital_word(self, r->first - 1) || before->caseless || before->classes & fitting)
        return 0;
    if (before->weak)
        return !(before->classes & NAMES_ORG_HEAD) && (before->classes & plain || before->lower_elsewhere) ? 0 : -0.6f;
    score -= before->classes & NAMES_ORG_HEAD ? 1.5f : 1.0f;
    return score;
}

/* "in Chur": behind such a preposition a German noun in the singular wants an article, a place's name does not. What
 * ends as nouns without an article do (plurals, abstracts) says nothing. */
static bool is_bare_place(const names_text *self, const names_run *r)
{
    static const char *const endings[] = {"en",  "ern", "er", "e",   "ung", "heit", "keit", "schaft", "ion", "tät",
                                          "nis", "mus", "ik", "tur", "anz", "enz",  "tum",  "ling",   "s",   "eln"};
    const names_word *word = &self->words[r->first];
    if (r->capitals != 1 || r->end != r->first + 1 || !word->place_before || word->weak || word->lower_elsewhere ||
        word->normal.size < 4 || word->classes || self->words[r->first - 1].classes & (NAMES_ARTICLE | NAMES_OF) ||
        self->tokens[r->first].all_upper || (r->end < self->count && self->words[r->end].capital))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (runut_slice_ends(word->normal, runut_slice_of(endings[i])))
            return false;
    return true;
}

/* What tells against every name: ordinary words with a capital. */
static float ordinary(const names_text *self, const names_run *r)
{
    const names_word *word = &self->words[r->first];
    float score = 0;
    if (r->known && r->end - r->first > 1)
        return 0;
    bool suffixed = self->tokens[r->first].folded.size > 5 && runut_slice_ends(word->normal, RUNUT_LITERAL("nya")) &&
                    is_malay(self);
    uint32_t plain = NAMES_STOP | NAMES_COMMON | NAMES_SAY | NAMES_IN | NAMES_TITLE;
    if (r->known && (r->known->known == NAMES_COUNTRY || r->known->known >= NAMES_LISTED_PLACE))
        plain &= ~(uint32_t)NAMES_STOP; /* lists of stop words hold the home country, too */
    if (word->weak && !word->upper_elsewhere) {
        score -= word->classes & (NAMES_GIVEN | NAMES_FAMILY) || r->known ? 0.1f : 0.5f;
        bool next = r->first + 1 < r->end && is_capital_word(self, r->first + 1);
        bool head = r->head_end > r->first && r->end > r->head_end &&
                    r->first_classes & (NAMES_ORG_HEAD | NAMES_PLACE_HEAD) && (next || !(word->classes & NAMES_STOP));
        head |= next && r->last_classes & NAMES_ORG_TAIL && !(word->classes & (NAMES_STOP | NAMES_IN | NAMES_SAY));
        if (word->lower_elsewhere || suffixed || word->classes & plain)
            score -= head ? 0.3f : 2.5f;
    } else if (word->lower_elsewhere && r->capitals == 1) {
        score -= 0.8f;
    }
    if (word->shout)
        score -= 1.5f;
    score -= r->owners ? 3.0f : 0;
    if (self->nouns && !r->known && !(r->given + r->family))
        score -= is_bare_place(self, r)              ? 0.2f
                 : r->capitals == 1                  ? 1.6f
                 : r->first_classes & NAMES_ORG_HEAD ? 0.1f
                                                     : 0.6f;
    if (self->nouns && r->capitals > 1 && word->classes & NAMES_COMMON &&
        !(r->first_classes & (NAMES_ORG_HEAD | NAMES_PLACE_HEAD)))
        score -= 1.5f; /* "Unternehmen Brinkmann" */
    if (word->quoted && r->end < self->count && runut_names_mark(self, r->end, "\"”“»’'」』"))
        score -= 2.0f;
    return score;
}

/* "Tegal Retno Ambarwati" behind "Wali Kota": the first word is a known place and no given name. */
static bool begins_with_place(const names_text *self, const names_run *r)
{
    const names_entry *entry = runut_names_known(self, r->first, r->first + 1);
    return entry && entry->known >= NAMES_COUNTRY && entry->known <= NAMES_LISTED_PLACE &&
           !(self->words[r->first].classes & (NAMES_GIVEN | NAMES_FAMILY));
}

/* What stands before tells against a person: an article, "mayor of", "Ministry of". */
static float no_person(const names_text *self, const names_run *r)
{
    const names_word *word = &self->words[r->first];
    float score = 0;
    if (word->article_before && word->title_before != NAMES_TITLE_NEXT)
        score -= word->classes & NAMES_GIVEN ? 0.5f : 1.3f;
    if (word->office)
        score -= word->office == NAMES_OFFICE_OF ? 2.5f : 1.5f;
    score -= word->headed ? 2.5f : 0;
    if (r->first > 0 && word->title_before != NAMES_TITLE_NEXT && is_capital_word(self, r->first - 1) &&
        self->words[r->first - 1].classes & NAMES_PLACE_HEAD && !self->words[r->first - 1].title_end)
        score -= 2.5f; /* "San [Pedro de Tacla]" */
    score -=
        word->inside && !word->headed && word->title_before == NAMES_NO_TITLE ? 1.6f : 0; /* "PT Karya [Baja Abadi]" */
    if (r->first > 0 && r->known && r->known->known <= NAMES_CITY && r->capitals == 1 &&
        !self->words[r->first - 1].capital && self->words[r->first - 1].classes & NAMES_OF)
        score -= 1.5f; /* "Governor Hal Brewster of >Montana<" */
    if (r->capitals > 1 && !word->weak && word->classes & NAMES_ARTICLE &&
        !(word->classes & (NAMES_GIVEN | NAMES_FAMILY)))
        score -= 1.0f; /* "La Voz" */
    if (word->place_before && r->known && r->end == r->first + 1)
        score -= 1.0f;
    if (word->territory_before && runut_names_mark(self, r->end, ",") && r->end + 1 < self->count &&
        self->words[r->end + 1].phrases & (NAMES_TITLE | NAMES_RANK | NAMES_HONORIFIC))
        score -= 2.5f; /* "Ketua Polis Daerah >Tapah<, Superintenden Wan Musa" */
    return score;
}

/* The letters of "a/l". */
static bool beside_slash(const names_text *self, uint32_t i)
{
    return self->words[i].normal.size == 1 &&
           (runut_names_mark(self, i + 1, "/") || (i > 0 && runut_names_mark(self, i - 1, "/")));
}

/* A small word that is a preposition and an article in one, and leads on inside of no name. */
static bool is_to_the(const names_text *self, uint32_t i)
{
    uint32_t classes = self->words[i].classes;
    return i > 0 && !self->words[i].capital && classes & NAMES_ARTICLE && classes & NAMES_IN &&
           !(classes & (NAMES_OF | NAMES_ORG_LINK));
}

/* "Ibrahim >al< Masri", but not "Verdi >al< Regio", where the word is this language's "to the". */
static bool links_person(const names_text *self, uint32_t i)
{
    uint32_t classes = self->words[i].classes;
    return classes & NAMES_PERSON_LINK && !(is_to_the(self, i) && self->words[i - 1].capital);
}

static float as_person(const names_text *self, const names_run *r)
{
    if (r->numbers || r->first_classes & (NAMES_HONORIFIC | NAMES_RANK) || r->capitals == 0)
        return -9;
    uint32_t words = r->capitals - (r->initials < r->capitals ? r->initials : 0);
    bool long_names = runut_slice_starts(self->annotation->language, RUNUT_LITERAL("ms"));
    float score = -0.3f + length_of_person(words - (long_names && words > 3 ? 1 : 0));
    score += title_before(self, r) + r->said;
    score += r->aged ? 2.5f : 0;
    score += self->words[r->first].classes & NAMES_GIVEN ? 1.0f : r->given ? 0.9f : 0;
    score += (r->given + r->family > 1) ? 0.8f : r->family ? 0.5f : 0;
    score += 0.3f * (float)(r->fresh < 3 ? r->fresh : 3);
    score += r->initials && r->capitals > r->initials ? 0.4f : 0;
    for (uint32_t i = r->first; i < r->end; i++)
        if (!is_capital_word(self, i) && self->tokens[i].kind == RUNUT_TOKEN_WORD && !beside_slash(self, i))
            score += links_person(self, i) ? 0.9f : -9.0f;
    for (uint32_t i = r->first + 1; r->marks && i + 1 < r->end; i++)
        score += runut_names_mark(self, i, "/") && beside_slash(self, i - 1) ? 1.5f : 0; /* "a/l" */
    score += no_person(self, r) - 1.6f * (float)r->countries;
    score -= 1.5f * (float)r->stops + 1.2f * (float)r->fields + 2.0f * (float)r->inner_titles;
    score -= 1.2f * (float)(r->inner_heads + r->tails);
    if (r->first_classes & (NAMES_ORG_HEAD | NAMES_PLACE_HEAD | NAMES_THING_HEAD))
        score -= 1.3f;
    if (r->first_classes & NAMES_TITLE)
        score -= 3.0f;
    if (self->words[r->first].classes & (NAMES_PLACE_TAIL | NAMES_ORG_TAIL) &&
        !(self->words[r->first].classes & NAMES_GIVEN)) /* "[Korea] Utara Kim" */
        score -= 1.5f;
    score -= (r->acronyms < r->capitals ? 1.6f : 0.9f) * (float)r->acronyms;
    if (r->acronyms < r->capitals && self->tokens[r->first].all_upper && self->words[r->first].normal.size > 2)
        score -= 1.5f;
    if (r->end < self->count && is_capital_word(self, r->end) &&
        self->words[r->end].classes & (NAMES_ORG_TAIL | NAMES_PLACE_TAIL))
        score -= 1.0f;
    if (r->known)
        score -= r->known->known == NAMES_TOWN                                                    ? 0.4f
                 : r->known->known == NAMES_CITY || (r->given && r->known->known == NAMES_REGION) ? 1.0f
                                                                                                  : 2.5f;
    if (self->words[r->first].place_before)
        score -= r->smalls && !(self->words[r->first].classes & NAMES_GIVEN) && self->of ? 2.2f : 1.0f;
    if (!r->known && r->end - r->first > 1 && begins_with_place(self, r) &&
        self->words[r->first].title_before != NAMES_TITLE_FAR)
        score -= self->of && self->words[r->first].title_before == NAMES_TITLE_NEXT &&
                         !(self->words[r->first].territory_before)
                     ? 0.6f
                     : 1.6f;
    if (r->last_classes & NAMES_PERSON_LINK && runut_names_mark(self, r->end, ".") && r->end + 1 < self->count &&
        is_capital_word(self, r->end + 1) && !self->tokens[r->end + 1].sentence_start)
        score -= 1.5f; /* "Natalia Br[. Sinulingga]" */
    if (r->first > 1 && small_classes(self, r->first - 1) & NAMES_PERSON_LINK && is_capital_word(self, r->first - 2))
        score -= 1.0f; /* "[Siti Aminah] binti Yusof" */
    if (r->first > 2 && beside_slash(self, r->first - 1) && runut_names_mark(self, r->first - 2, "/"))
        score -= 3.0f; /* "[Rajpal Singh] a/l Gurdial Singh" */
    return score;
}

static float known_place(names_known known)
{
    switch (known) {
    case NAMES_COUNTRY:
    case NAMES_LISTED_PLACE:
        return 3.2f;
    case NAMES_WORLD:
    case NAMES_REGION:
        return 2.7f;
    case NAMES_CITY:
        return 2.4f;
    case NAMES_TOWN:
        return 1.3f;
    case NAMES_LISTED_ORG:
    case NAMES_LISTED_THING:
        return -3.0f;
    default:
        return 0;
    }
}

static bool known_as_place(const names_entry *entry)
{
    return entry && entry->known >= NAMES_COUNTRY && entry->known <= NAMES_LISTED_PLACE;
}

/* Is there a known place right behind a comma? Then this is likely one, too: "Sukaraja, Bengkulu". */
static bool place_follows(const names_text *self, uint32_t end)
{
    if (!runut_names_mark(self, end, ",") || end + 1 >= self->count)
        return false;
    const names_word *word = &self->words[end + 1];
    for (uint32_t k = 0; k < word->match_count; k++)
        if (known_as_place(self->matches.at[word->first_match + k].entry) && word->capital)
            return true;
    return word->phrases & NAMES_PLACE_HEAD && word->capital;
}

/* "Camat Seram Utara Timur Kobi, Jafar": behind such a title and before a comma and a name. */
static float under_territory(const names_text *self, const names_run *r)
{
    bool name = runut_names_mark(self, r->end, ",") && r->end + 1 < self->count && is_capital_word(self, r->end + 1);
    return (name ? 1.4f : 0.2f) + (begins_with_place(self, r) ? 0.8f : 0);
}

/* "la biologa Ginevra Malaspina": cities that are given names, too. */
static bool given_city(const names_text *self, const names_run *r)
{
    const names_word *word = &self->words[r->first];
    return (self->of || word->classes & NAMES_GIVEN) && r->known && r->known->known >= NAMES_CITY &&
           r->known->known <= NAMES_TOWN && r->first > 0 &&
           (word->title_before == NAMES_TITLE_NEXT || word->title_before == NAMES_TITLE_FAR) &&
           !(self->words[r->first].territory_before) && r->end < self->count && is_capital_word(self, r->end) &&
           !(self->words[r->end].classes & (NAMES_GENERAL | NAMES_STOP | NAMES_SAY));
}

static float as_place(const names_text *self, const names_run *r)
{
    if (r->capitals == 0 && !r->known)
        return -9;
    float score = -0.7f - 0.25f * (float)(r->capitals > 3 ? r->capitals - 3 : 0);
    bool head = r->first_classes & NAMES_PLACE_HEAD && r->end - r->head_end >= 1 && r->head_end > r->first;
    bool tail = r->last_classes & NAMES_PLACE_TAIL && r->end - r->first > 1;
    score += r->known ? known_place(r->known->known) + 1.3f * (float)(r->end - r->first - 1) : 0;
    if (r->known && r->known->known == NAMES_TOWN && r->end < self->count && is_capital_word(self, r->end))
        score -= 0.7f;
    score += head && !r->known ? 2.6f : 0;
    score += tail && !r->known ? 1.8f : 0;
    if (self->words[r->first].headed)
        score -= 3.0f;
    else if (self->words[r->first].place_before)
        score += self->words[r->first - 1].classes & NAMES_STOP ? 1.2f
                 : r->fresh == 1 && r->capitals == 1            ? 0.8f
                                                                : 0.6f;
    if (self->words[r->first].office == NAMES_OFFICE_OF && !r->known)
        score += r->fields ? -1.5f : 1.2f;
    if (self->words[r->end - 1].classes & NAMES_PLACE_END && !r->known && !head)
        score += self->words[r->first].place_before || self->words[r->first].article_in ? 1.6f : 0.6f;
    score += head && !self->words[r->first].capital ? 0.9f : 0;
    score -= head && self->words[r->first].inside ? 1.5f : 0; /* "[Dinas Kebudayaan] Provinsi Maluku" */
    score += tail && r->capitals == 2 && r->first_classes & NAMES_TITLE ? 1.5f : 0; /* "Queen Street" */
    score += r->smalls && !r->known && head ? 0.4f * (float)(r->capitals - 1) : 0;  /* "Villanueva del Campo" is one */
    if (r->first > 0 && r->capitals == 1 && small_classes(self, r->first - 1) & NAMES_CURRENCY)
        score -= 4.0f;
    score += place_follows(self, r->end) ? 0.7f : 0;
    score += self->words[r->first].dateline && !self->words[r->first].quoted ? 1.0f : 0;
    if (self->words[r->first].title_before == NAMES_TITLE_NEXT && !r->known && !head)
        score += self->words[r->first].territory_before ? under_territory(self, r) : -1.2f;
    if (!r->known && !head && !tail)
        score -= (self->words[r->first].place_before && self->of ? 0.2f : 0.7f) * (float)(r->given + r->family > 0) +
                 0.8f * (float)(r->acronyms > 0 && !self->words[r->first].dateline);
    score -= r->aged ? 2.5f : 0;
    score -= given_city(self, r) ? 1.6f : 0;
    if (!r->known)
        score -= 1.2f * (float)r->stops + 0.8f * (float)r->inner_titles + 2.0f * (float)r->marks +
                 1.2f * (float)r->inner_orgs;
    if (!r->known && r->links)
        score -= head || tail ? 0.8f * (float)r->links : 3.0f;
    if (!r->known && r->smalls > r->links)
        score += self->words[r->first].place_before && !r->links ? 0.9f
                 : head || tail                                  ? 0
                                                                 : -0.8f; /* "em Laranjal do Jari" */
    if (r->numbers)
        score -= 1.0f;
    bool small =
        r->known && (r->known->known == NAMES_TOWN || r->known->known == NAMES_CITY || r->known->known == NAMES_REGION);
    small |= r->known && r->known->known <= NAMES_TOWN;
    if (small && r->capitals == 1 &&
        self->words[r->first].classes & (r->known->known >= NAMES_CITY ? NAMES_GENERAL | NAMES_STOP : NAMES_GENERAL))
        score -= 3.0f;
    if (small && r->capitals == 1 && r->given && r->known->known >= NAMES_REGION) /* "Peter", "Vinh" */
        score -= r->known->known == NAMES_CITY ? 0.8f : 1.2f;
    if (!r->known && r->last_classes & NAMES_ORG_TAIL && !tail)
        score -= 1.5f;
    return score;
}

/* Is the run named as a carrier of news, or as a side of a match? The word for it stands within three tokens before. */
static float cited(const names_text *self, const names_run *r)
{
    for (uint32_t back = 1; back <= 3 && back <= r->first; back++) {
        const names_word *word = &self->words[r->first - back];
        if (self->tokens[r->first - back].kind != RUNUT_TOKEN_WORD ||
            (self->tokens[r->first - back].upper && !self->nouns))
            return 0;
        for (uint32_t k = 0; k < word->match_count; k++) {
            const names_match *match = &self->matches.at[word->first_match + k];
            if (match->end == r->first || back <= 2)
                if (match->entry->classes & NAMES_CITE)
                    return match->end == r->first ? 1.5f : 0.9f;
        }
        if (back == 1 && word->classes & NAMES_VERSUS)
            return 0.8f;
    }
    return 0;
}

/* "3-1": the run is a side of a match. */
static bool scored(const names_text *self, uint32_t end)
{
    if (end >= self->count || self->tokens[end].kind != RUNUT_TOKEN_NUMBER)
        return false;
    runut_slice number = runut_names_text(self, end, end + 1);
    size_t dash = runut_slice_find(number, RUNUT_LITERAL("-"), 1);
    return number.size <= 5 && dash != SIZE_MAX;
}

static bool is_domain(const names_text *self, uint32_t i)
{
    runut_slice text = runut_names_text(self, i, i + 1);
    size_t dot = runut_slice_find(text, RUNUT_LITERAL("."), 1);
    return self->tokens[i].kind == RUNUT_TOKEN_WORD && dot != SIZE_MAX && dot >= 3 && dot + 2 < text.size;
}

/* Do the run's last words make a known place of several words, behind "of"? */
static bool ends_listed(const names_text *self, const names_run *r)
{
    for (uint32_t i = r->first + 2; i + 1 < r->end; i++) {
        const names_entry *entry =
            self->words[i].capital && self->words[i].headed ? runut_names_known(self, i, r->end) : NULL;
        if (known_as_place(entry))
            return true;
    }
    return false;
}

/* "El Eco de Jaén": a capitalized article within a sentence, and "of" behind the next word. */
static bool is_column(const names_text *self, const names_run *r)
{
    const names_word *word = &self->words[r->first];
    return r->end - r->first >= 4 && r->capitals >= 3 && !word->weak && word->classes & NAMES_ARTICLE && !r->known &&
           is_capital_word(self, r->first + 1) && !(self->words[r->first + 1].classes & NAMES_PLACE_HEAD) &&
           self->words[r->first + 2].classes & NAMES_OF;
}

static float as_org(const names_text *self, const names_run *r)
{
    if (r->capitals == 0)
        return -9;
    bool head = r->first_classes & NAMES_ORG_HEAD && r->end > r->head_end && r->head_end > r->first;
    bool tail = r->last_classes & NAMES_ORG_TAIL && r->end - r->first > 1;
    tail |= self->glues && r->capitals > 1 && self->words[r->end - 1].classes & NAMES_ORG_HEAD &&
            !(self->words[r->first].classes & (NAMES_COMMON | NAMES_ARTICLE)); /* "Erasmus Ziekenhuis" */
    float score = -0.8f;
    if (is_column(self, r))
        score += 1.4f;
    if (r->known)
        score += r->known->known == NAMES_LISTED_ORG     ? 3.4f + 0.9f * (float)(r->end - r->first - 1)
                 : r->known->known == NAMES_LISTED_THING ? -3.0f
                                                         : -1.5f;
    score += head ? 2.6f + 0.4f * (float)(r->capitals < 6 ? r->capitals - 1 : 5) : 0;
    score += tail ? 2.9f + 0.25f * (float)(r->capitals < 6 ? r->capitals - 1 : 5) : 0;
    if (r->capitals == 1 && r->acronyms == 1 && !r->known && r->end - r->first == 1)
        score += self->words[r->first].normal.size > 2 && self->words[r->first].normal.size < 9 ? 1.0f : 0;
    if (r->end - r->first == 1 && is_domain(self, r->first))
        score += 2.6f;
    if (r->end < self->count && self->tokens[r->end].kind == RUNUT_TOKEN_NUMBER &&
        self->tokens[r->end].span.start == self->tokens[r->end - 1].span.end)
        score -= 3.0f; /* "IDP000098877" */
    score += 0.5f * r->said;
    score += r->cited + (scored(self, r->end) ? 1.2f : 0);
    if (r->numbers && head && is_capital_word(self, r->end - 1) && r->capitals > 2)
        score += 1.0f; /* "SMA Negeri 8 Barru" */
    if (r->marks >= 2 && head)
        score += 3.5f; /* "Pengadilan Negeri (PN) Mamuju" */
    if (head || tail)
        score += 0.3f * (float)r->fields;
    else
        score -= 1.2f * (float)r->stops + 0.4f * (float)r->fields + 0.9f * (float)(r->given > 0);
    if (!head && !r->known && !tail)
        score -= 2.0f * (float)(r->links + r->marks + r->numbers);
    else if (!r->known)
        score -= 0.1f * (float)r->links + 0.1f * (float)r->marks;
    score -= 1.5f * (float)r->joins;
    for (uint32_t i = r->first + 1; i < r->end && r->smalls && !r->known; i++)
        score -= is_to_the(self, i) ? 2.5f : 0; /* "[Virtus Crema] al Lugano Calcio" */
    if (r->cited >= 1.5f && r->capitals > 1 && !self->words[r->first].weak &&
        self->words[r->first].classes & NAMES_ARTICLE)
        score += 1.4f; /* "au journal Le Phare" */
    if (head && r->smalls > 1 && !self->words[r->end - 1].capital && !self->words[r->end - 2].capital &&
        self->words[r->end - 1].classes & NAMES_ORG_ADJ && !(self->words[r->end - 2].classes & NAMES_OF))
        score += 0.3f; /* "Musée d'histoire >naturelle<" */
    if (tail && r->smalls && self->words[r->first].classes & NAMES_ORG_TAIL)
        score += 0.4f; /* "Sanayi ve Teknoloji Bakanlığı" */
    if (r->smalls && !r->known && self->words[r->end - 1].classes & NAMES_COMMON && !self->words[r->end - 2].capital)
        score -= 2.0f; /* "Puskesmas Batu Putih >pada Selasa<" */
    if (head && ends_listed(self, r))
        score += 2.0f; /* "Junta de >Castilla y León<" */
    if (!tail)
        score -= 1.6f * (float)r->inner_titles;
    if (r->first_classes & NAMES_TITLE && !r->known && !(r->first_classes & NAMES_ORG_HEAD))
        score -= 2.5f;
    score -= r->aged ? 2.0f : 0;
    if (self->words[r->first].title_before == NAMES_TITLE_NEXT && !head && !r->known && !tail && !r->acronyms)
        score -= 0.8f;
    return score;
}

/* A title that begins with a capital takes its field with it: "Menteri Luar Negeri". */
static float as_role(const names_text *self, const names_run *r)
{
    if (!(r->first_classes & (NAMES_TITLE | NAMES_HONORIFIC | NAMES_RANK)) || r->numbers || r->known)
        return -9;
    uint32_t i = r->first + (self->words[r->first].title_end ? self->words[r->first].title_end : 1u);
    float score = 0.9f;
    while (i < r->end) {
        const names_word *word = &self->words[i];
        uint32_t step = 0;
        for (uint32_t k = 0; k < word->match_count; k++) {
            const names_match *match = &self->matches.at[word->first_match + k];
            if (match->entry->classes & (NAMES_FIELD | NAMES_TITLE | NAMES_RANK | NAMES_HONORIFIC) &&
                match->end <= r->end)
                step = match->end - i > step ? match->end - i : step;
        }
        if (step == 0 && (word->classes & NAMES_ORG_LINK || runut_names_mark(self, i, ".")))
            step = 1;
        if (step == 0)
            return -9;
        score += 0.6f;
        i += step;
    }
    return i == r->end ? score : -9;
}

static float as_thing(const names_text *self, const names_run *r)
{
    if (r->known && r->known->known == NAMES_LISTED_THING)
        return 2.5f;
    bool head = r->first_classes & NAMES_THING_HEAD && r->end - r->first > 1;
    bool tail = r->last_classes & NAMES_THING_TAIL && r->end - r->first > 1;
    if (!head && !tail)
        return self->voted && !r->known ? 0.0f : -9;
    float score = 0.8f + (head ? 1.4f : 0) + (tail ? 1.4f : 0);
    score += 0.25f * (float)(r->capitals < 5 ? r->capitals : 5);
    score -= 0.9f * (float)r->inner_titles + 0.4f * (float)r->links + (r->given ? 0.3f : 0);
    return score;
}

/* The learned opinion of the run under a label. */
static float tagged(const names_text *self, const names_run *r, names_label label)
{
    if (!self->tags)
        return 0;
    float score = runut_names_tagged(self->tags, r->first, r->end, label);
    bool headed = r->head_end > r->first && r->end > r->head_end && r->first_classes & NAMES_ORG_HEAD;
    score *= TAGGED_WEIGHT;
    bool clear = label == NAMES_PERSON ? self->words[r->first].title_before != NAMES_NO_TITLE || r->said > 0
                 : label == NAMES_ORG  ? headed || r->cited > 0 || is_domain(self, r->first)
                                       : r->known != NULL;
    if (score > 0 && label == NAMES_PLACE && self->words[r->first].inside)
        score *= 0.3f;                 /* "[Dinas Kesehatan] Kabupaten Barru" */
    if (score < TAGGED_DOUBT && clear) /* the rules have better reasons */
        return label == NAMES_ORG && headed ? 0 : TAGGED_DOUBT;
    return score > TAGGED_MOST ? TAGGED_MOST : score < TAGGED_LEAST ? TAGGED_LEAST : score;
}

/* What does not change when votes and the learned opinion come. */
static void read_run(const names_text *self, uint32_t first, uint32_t end, names_reading *out)
{
    names_run *r = &out->run;
    *r = runut_names_look(self, first, end);
    r->said = said(self, r);
    r->cited = cited(self, r);
    r->cut_off = cut_off(self, r);
    r->aged = age_follows(self, end);
    float less = ordinary(self, r) + r->cut_off;
    out->scores[NAMES_PERSON] = as_person(self, r) + less;
    out->scores[NAMES_ORG] = as_org(self, r) + less;
    out->scores[NAMES_PLACE] = as_place(self, r) + less;
    out->scores[NAMES_ROLE] = as_role(self, r) + r->cut_off;
}

void runut_names_score_begin(names_text *self)
{
    if (!self->readings) {
        self->readings = runut_arena_alloc(self->arena, sizeof *self->readings);
        RUNUT_RESERVE(self->arena, self->readings->all,
                      self->count / 3 < READINGS_MOST ? self->count / 3 + 8 : READINGS_MOST);
    }
    self->readings->next = 0;
}

/* The reading of [first, end): the one that was kept, a new one that is, or `here`. */
static names_reading *reading_of(const names_text *self, uint32_t first, uint32_t end, names_reading *here)
{
    struct names_readings *kept = self->readings;
    names_reading *out = here;
    if (kept->next < kept->all.size) {
        out = &kept->all.at[kept->next];
        if (out->run.first == first && out->run.end == end) {
            kept->next++;
            return out;
        }
        out = here;
    } else if (!self->voted && kept->all.size < READINGS_MOST) {
        out = RUNUT_APPEND(self->arena, kept->all);
        kept->next++;
    }
    read_run(self, first, end, out);
    return out;
}

void runut_names_score(const names_text *self, uint32_t first, uint32_t end, float scores[NAMES_LABELS])
{
    names_reading here, *reading = reading_of(self, first, end, &here);
    names_run *r = &reading->run;
    runut_names_votes(self, r);
    if (r->cut_off < 0 && r->capitals == 1) /* "Rajpal Singh a/l Gurdip >Singh<" */
        r->votes[NAMES_PERSON] *= 0.2f;
    for (int label = NAMES_PERSON; label <= NAMES_PLACE; label++)
        scores[label] = reading->scores[label] + r->votes[label] + tagged(self, r, (names_label)label);
    scores[NAMES_ROLE] = reading->scores[NAMES_ROLE];
    scores[NAMES_THING] = as_thing(self, r) + r->votes[NAMES_THING] + r->cut_off -
                          (self->words[first].inside ? 3.0f : 0); /* "[Dinas Penataan] Ruang Kota" */
}

float runut_names_follows(names_label before, names_label next, names_title title)
{
    if (next == NAMES_PERSON && title == NAMES_TITLE_RUN && (before == NAMES_ORG || before == NAMES_PLACE))
        return -0.2f; /* "Kepala Dinas Kesehatan Riau Andi Lubis" */
    static const float by[NAMES_LABELS][NAMES_LABELS] = {
        [NAMES_PERSON] = {0, -5.0f, -3.0f, -3.0f, -2.5f, -3.0f}, [NAMES_ORG] = {0, -2.5f, -3.0f, -2.5f, 0, -3.0f},
        [NAMES_PLACE] = {0, -1.5f, -2.5f, -3.0f, 0, -3.0f},      [NAMES_ROLE] = {0, 0.3f, 0.1f, 0.1f, -0.8f, 0},
        [NAMES_THING] = {0, -3.0f, -3.0f, -3.0f, 0, -3.0f},
    };
    return by[before][next];
}
