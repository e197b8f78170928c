/* Carriers of a sentence: names that could be an agency's or an outlet's, each with how sure that is. A name of the
 * table is one wherever it stands; so is a domain; a run of capitalized words is one of unknown kind, better if a word
 * such as "Post" or "Harian" is in it. What a carrier is worth is for the cue beside it to say. */
#include "annotate/sources.h"
#include "base/calendar_names.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { RUN_MOST = 8, BEFORE_MOST = 6 };

static const runut_token *token_at(const runut_sourcing *self, size_t i)
{
    return &self->tokens->at[i];
}

static char mark_at(const runut_sourcing *self, size_t i, size_t end)
{
    if (i >= end || token_at(self, i)->kind != RUNUT_TOKEN_MARK)
        return 0;
    return self->text.at[token_at(self, i)->span.start];
}

static bool is_calendar_word(const runut_sourcing *self, const runut_token *token)
{
    runut_slice language = self->annotation->language;
    if (token->folded.size < 4 || !runut_agencies_calendar(self->tables, token->folded))
        return false; /* "Le", "Sun": short names of days are words as well */
    return runut_weekday_named(token->folded, language) || runut_month_named(token->folded, language);
}

/* "floreskini.com": a full stop inside, and more than an acronym. */
static bool is_domain(const runut_token *token)
{
    runut_slice name = token->folded;
    if (token->kind != RUNUT_TOKEN_WORD || name.size < 5 || name.at[name.size - 1] == '.')
        return false;
    const char *dot = memchr(name.at, '.', name.size);
    return dot && dot - name.at > 1;
}

static uint32_t classes_of(const runut_sourcing *self, size_t i)
{
    return self->words[i] & RUNUT_CUE_ALL;
}

/* May a name begin here? A capital at the sentence's start says nothing of a function word. */
static bool begins_name(const runut_sourcing *self, size_t i)
{
    const runut_token *token = token_at(self, i);
    if (token->kind != RUNUT_TOKEN_WORD || !token->upper || is_calendar_word(self, token))
        return false;
    if (!token->sentence_start)
        return true;
    uint32_t function = RUNUT_CUE_FORWARD | RUNUT_CUE_VERB | RUNUT_CUE_LINK | RUNUT_CUE_BRIDGE;
    return runut_slice_is(token->folded, "the") || !(classes_of(self, i) & function) ||
           (classes_of(self, i) & RUNUT_CUE_DESCRIBES);
}

static bool is_one_of(runut_slice word, const char *const *words, size_t size)
{
    for (size_t i = 0; i < size && word.size; i++) /* the first byte first: this is asked often */
        if (word.at[0] == words[i][0] && runut_slice_is(word, words[i]))
            return true;
    return false;
}

/* "of", "de", "&" between two capitalized words of a name. */
static bool joins_name(const runut_token *token)
{
    static const char *const words[] = {"of",  "de",  "del", "la",    "le",    "el",    "al",  "do",
                                        "da",  "des", "van", "für",   "du",    "and",   "di",  "dos",
                                        "das", "sur", "op",  "della", "dello", "delle", "dei", "degli"};
    return is_one_of(token->folded, words, sizeof words / sizeof *words);
}

/* "Germany's | Bild": the owner is not part of the name. */
static bool ends_possessive(const runut_token *token)
{
    return runut_slice_ends(token->folded, RUNUT_LITERAL("'s")) || runut_slice_ends(token->folded, RUNUT_LITERAL("’s"));
}

/* "WCCO TV | Managing Editor Angela Benson". */
static bool is_job(const runut_token *token)
{
    static const char *const words[] = {"managing", "executive", "editor",   "reporter",   "correspondent", "columnist",
                                        "anchor",   "director",  "analyst",  "host",       "producer",      "insider",
                                        "wartawan", "redaktur",  "pemimpin", "koresponden"};
    return is_one_of(token->folded, words, sizeof words / sizeof *words);
}

/* Languages in which only a name's first word has a capital. */
static bool has_small_nouns(const runut_sourcing *self)
{
    static const char *const languages[] = {"cs", "sk", "pl", "uk", "ru", "bg", "hr", "sr", "sl",
                                            "sv", "no", "nb", "nn", "da", "fi", "hu", "ro", "tr"};
    return is_one_of(self->annotation->language, languages, sizeof languages / sizeof *languages);
}

static size_t run_end(const runut_sourcing *self, size_t first, size_t end)
{
    size_t i = first + 1;
    for (; i < end && i < first + RUN_MOST; i++) {
        const runut_token *token = token_at(self, i);
        bool number = token->kind == RUNUT_TOKEN_NUMBER && token[-1].span.end == token->span.start;
        if (number && token->folded.size <= 4 && token[-1].kind == RUNUT_TOKEN_WORD)
            continue; /* "Kurier24" */
        if (ends_possessive(&token[-1]) || token->kind == RUNUT_TOKEN_MARK || token[-1].span.end == token->span.start ||
            is_domain(token))
            break;
        if (token->kind == RUNUT_TOKEN_NUMBER || (!token->upper && joins_name(token))) {
            if (i + 1 < end && token[1].kind == RUNUT_TOKEN_WORD && token[1].upper && joins_name(token) &&
                !is_calendar_word(self, token + 1))
                continue;
            break;
        }
        if (!token->upper && has_small_nouns(self) && (classes_of(self, i) & RUNUT_CUE_OUTLETWORD))
            continue; /* "Polabské listy" */
        if (!token->upper || is_calendar_word(self, token) || is_job(token))
            break;
        runut_agency_match match = runut_sourcing_match(self, i, end);
        if (match.agency && !match.common && match.agency->kind == RUNUT_CARRIER_AGENCY)
            break; /* "Korea Selatan Yonhap"; but "Mekong Times" goes on */
    }
    return i;
}

static runut_slice printed(const runut_sourcing *self, size_t first, size_t end)
{
    return runut_slice_part(self->text, token_at(self, first)->span.start, token_at(self, end - 1)->span.end);
}

/* "Germany's", and with the endings of Turkish "Reuters'ın", "BBC’ye"; but "Radio d'informazione", "Côte d'Ivoire". */
static runut_slice without_possessive(runut_slice name)
{
    enum { LEAST = 3, ENDING_MOST = 6 };
    for (size_t i = name.size; i > LEAST && name.size - i <= ENDING_MOST && name.at[i - 1] != ' '; i--) {
        runut_slice rest = runut_slice_part(name, i - 1, name.size);
        size_t mark = rest.at[0] == '\'' ? 1 : runut_slice_starts(rest, RUNUT_LITERAL("’")) ? 3 : 0;
        if (mark == 0)
            continue;
        bool small = rest.size > mark && (rest.at[mark] >= 'a' || (unsigned char)rest.at[mark] >= 0x80);
        return small && name.at[i - 3] != ' ' ? runut_slice_part(name, 0, i - 1) : name;
    }
    return name;
}

static bool is_country(const runut_sourcing *self, size_t i)
{
    return (self->flags[i] & RUNUT_TOKEN_COUNTRY) || (classes_of(self, i) & RUNUT_CUE_DEMONYM);
}

/* "según El Faro del Sur", "gegenüber Der Spiegel": an article with a capital within a sentence begins a title (or a
 * place: "El Salvador"). */
static bool begins_with_article(const runut_sourcing *self, const runut_carrier *carrier)
{
    static const char *const articles[] = {"el", "la", "los", "las", "le",  "les", "il",  "lo",  "i", "o",
                                           "a",  "os", "as",  "der", "die", "das", "the", "het", "de"};
    const runut_token *head = token_at(self, carrier->first);
    if (head->sentence_start || carrier->end - carrier->first < 2 || head->all_upper == (head->folded.size > 1))
        return false;
    return is_one_of(head->folded, articles, sizeof articles / sizeof *articles);
}

/* "Hafenblatt", "Elbkurier", "Streekblad": the noun for an outlet is the compound's end. */
static bool is_compound(runut_slice word)
{
    static const char *const ends[] = {"blatt",   "zeitung", "kurier",  "anzeiger",  "nachrichten", "rundschau",
                                       "bladet",  "blad",    "tidning", "tidningen", "tidende",     "posten",
                                       "courant", "spiegel", "merkur",  "bote",      "avisen",      "avisa"};
    enum { SHORTEST = 7 };
    for (size_t i = 0; i < sizeof ends / sizeof *ends && word.size >= SHORTEST; i++)
        if (word.size >= strlen(ends[i]) + 3 && runut_slice_ends(word, runut_slice_of(ends[i])))
            return true;
    return false;
}

/* "Omroep Veluwerand", "Radio Brodnica": the noun is the name's head. Not in English, where it stands behind; and not
 * of nouns that other names begin with too. */
static bool noun_heads(const runut_sourcing *self, const runut_carrier *carrier)
{
    static const char *const vague[] = {"media", "site", "press", "web", "portal", "network", "channel", "daily"};
    const runut_token *head = token_at(self, carrier->first);
    return carrier->end - carrier->first > 1 && !runut_slice_is(self->annotation->language, "en") &&
           (classes_of(self, carrier->first) & (RUNUT_CUE_AGENCY | RUNUT_CUE_OUTLET)) &&
           !is_one_of(head->folded, vague, sizeof vague / sizeof *vague);
}

/* Nouns such as "Harian" at the head of a run belong to the name, but are no name alone. */
static void judge_run(const runut_sourcing *self, runut_carrier *carrier)
{
    bool all_places = true, all_countries = true, words = false, compound = false;
    size_t places = 0;
    for (size_t i = carrier->first; i < carrier->end; i++) {
        uint32_t classes = classes_of(self, i);
        bool place =
            ((self->flags[i] & RUNUT_TOKEN_PLACE) && !(i > carrier->first && (classes & RUNUT_CUE_WEAKWORD))) ||
            (classes & RUNUT_CUE_DEMONYM);
        all_places = all_places && (place || (classes & RUNUT_CUE_DESCRIBES) || joins_name(token_at(self, i)));
        all_countries = all_countries && (is_country(self, i) || (classes & RUNUT_CUE_DESCRIBES));
        words = words || !(classes & (RUNUT_CUE_DESCRIBES | RUNUT_CUE_BRIDGE));
        if (self->flags[i] & RUNUT_TOKEN_PERSON)
            carrier->person = true;
        if (self->flags[i] & RUNUT_TOKEN_ACTS_PERSON)
            carrier->acts = true;
        places +=
            (self->flags[i] & (RUNUT_TOKEN_PLACE | RUNUT_TOKEN_BEGINS)) == (RUNUT_TOKEN_PLACE | RUNUT_TOKEN_BEGINS);
        compound = compound || is_compound(token_at(self, i)->folded);
        if (i == carrier->first && (classes & (RUNUT_CUE_AGENCY | RUNUT_CUE_OUTLET)) &&
            carrier->strength < RUNUT_CARRIER_WEAK)
            carrier->strength = RUNUT_CARRIER_WEAK; /* "Agência Maresia" */
        if (classes & RUNUT_CUE_OUTLETWORD)
            carrier->strength = RUNUT_CARRIER_LOOKS;
        else if ((classes & RUNUT_CUE_WEAKWORD) && carrier->strength < RUNUT_CARRIER_WEAK &&
                 carrier->end - carrier->first > 1)
            carrier->strength = RUNUT_CARRIER_WEAK;
    }
    if (words && noun_heads(self, carrier))
        carrier->described = true;
    size_t head = carrier->first + (runut_slice_is(token_at(self, carrier->first)->folded, "the"));
    carrier->official = head < carrier->end && (classes_of(self, head) & RUNUT_CUE_OFFICIAL);
    carrier->place_only = all_places || !words;
    if (begins_with_article(self, carrier) && (places != 1 || !all_places) && !all_countries) {
        carrier->place_only = false; /* "El Faro del Sur" is two places, and none */
        carrier->strength = RUNUT_CARRIER_LOOKS;
    }
    carrier->country_only = all_countries || !words;
    if (carrier->end - carrier->first == 1 && !carrier->titled)
        carrier->strength = RUNUT_CARRIER_UNKNOWN; /* "Post", "Berita" alone */
    if (compound && carrier->strength < RUNUT_CARRIER_LOOKS)
        carrier->strength = RUNUT_CARRIER_LOOKS;
}

static bool named_run(const runut_sourcing *self, size_t i, size_t end, runut_carrier *carrier)
{
    if (!begins_name(self, i))
        return false;
    *carrier = (runut_carrier){.first = i, .end = run_end(self, i, end), .kind = RUNUT_CARRIER_OUTLET};
    carrier->name = without_possessive(printed(self, carrier->first, carrier->end));
    judge_run(self, carrier);
    return true;
}

/* "The Sun | Herald", "ABC | Television", "Reuters | Foundation": what the table has is only the beginning of a name.
 */
static bool goes_on(const runut_sourcing *self, size_t i, size_t end)
{
    if (i >= end || token_at(self, i)->kind != RUNUT_TOKEN_WORD || !token_at(self, i)->upper ||
        mark_at(self, i - 1, end))
        return false;
    uint32_t classes = classes_of(self, i);
    bool noun = classes & (RUNUT_CUE_OUTLETWORD | RUNUT_CUE_WEAKWORD);
    return (noun && !token_at(self, i)->all_upper) || runut_slice_is(token_at(self, i)->folded, "foundation");
}

/* "Folha | do Sertão", "Kabar | Mahakam": a name of the table that is a word of many names, and here one's beginning.
 */
static bool begins_another(const runut_sourcing *self, size_t i, size_t end, runut_agency_match match)
{
    size_t next = i + 1;
    if (match.end != next || !(classes_of(self, i) & (RUNUT_CUE_OUTLETWORD | RUNUT_CUE_WEAKWORD)))
        return false;
    if (next < end && joins_name(token_at(self, next)) && !token_at(self, next)->upper)
        next++;
    else if (!(classes_of(self, i) & RUNUT_CUE_OUTLETWORD))
        return false; /* "Today | Apple announced" */
    return next < end && token_at(self, next)->kind == RUNUT_TOKEN_WORD && token_at(self, next)->upper &&
           !token_at(self, i)->all_upper && !is_calendar_word(self, token_at(self, next)) &&
           token_at(self, next - 1)->span.end < token_at(self, next)->span.start;
}

static bool known(const runut_sourcing *self, size_t i, size_t end, runut_carrier *carrier)
{
    runut_agency_match match = runut_sourcing_match(self, i, end);
    if (match.agency && begins_another(self, i, end, match) && named_run(self, i, end, carrier)) {
        carrier->strength = RUNUT_CARRIER_LOOKS;
        return true;
    }
    if (match.agency && !goes_on(self, match.end, end)) {
        *carrier = (runut_carrier){.first = i,
                                   .end = match.end,
                                   .agency = match.agency,
                                   .common = match.common,
                                   .kind = match.agency->kind,
                                   .strength = RUNUT_CARRIER_KNOWN,
                                   .name = match.agency->name,
                                   .printed = without_possessive(printed(self, i, match.end))};
        carrier->printed = runut_slice_part(carrier->printed, match.lead, carrier->printed.size - match.trail);
        runut_carrier_note(self, carrier->printed, match.agency);
        return true;
    }
    if (!is_domain(token_at(self, i)))
        return false;
    runut_slice name = printed(self, i, i + 1);
    *carrier = (runut_carrier){
        .first = i, .end = i + 1, .kind = RUNUT_CARRIER_OUTLET, .name = name, .strength = RUNUT_CARRIER_DOMAIN};
    return true;
}

/* "Kantor Berita Vietnam (VNA)", "Mekong News (MN)": the brackets belong to the name, and may be the better known one.
 */
static void take_brackets(const runut_sourcing *self, size_t end, runut_carrier *carrier)
{
    size_t i = carrier->end;
    if (mark_at(self, i, end) != '(' || i + 2 >= end)
        return;
    runut_agency_match match = runut_sourcing_match(self, i + 1, end);
    size_t close = match.agency ? match.end : i + 2;
    if (mark_at(self, close, end) != ')' || token_at(self, i + 1)->kind != RUNUT_TOKEN_WORD)
        return;
    bool known = match.agency && (carrier->strength < RUNUT_CARRIER_KNOWN || match.agency == carrier->agency);
    if (!known && !(token_at(self, i + 1)->all_upper && carrier->strength < RUNUT_CARRIER_KNOWN))
        return;
    carrier->end = close + 1;
    if (!known)
        return;
    carrier->printed = printed(self, i + 1, close);
    runut_carrier_note(self, carrier->printed, match.agency);
    carrier->agency = match.agency;
    carrier->name = match.agency->name;
    carrier->kind = match.agency->kind;
    carrier->strength = RUNUT_CARRIER_KNOWN;
    carrier->common = false;
}

/* "Yonhap news agency", "Bild newspaper". */
static bool noun_follows(const runut_sourcing *self, size_t i, size_t end)
{
    for (size_t most = i + 3; i < end && i < most;) {
        size_t next;
        uint32_t classes = runut_sourcing_cue_at(self, i, end, &next);
        if (classes & RUNUT_CUE_DESCRIBES)
            return true;
        if (!(classes & RUNUT_CUE_BRIDGE))
            return false;
        i = next;
    }
    return false;
}

/* A name in quotation marks that is not the table's as a whole. */
static bool titled(const runut_sourcing *self, size_t i, size_t end, runut_carrier *carrier)
{
    if (!runut_carrier_titled(self, i, end, carrier))
        return false;
    runut_carrier other;
    if (known(self, i, end, &other) && other.end == carrier->end) {
        *carrier = other;
        carrier->titled = true;
        return true;
    }
    judge_run(self, carrier);
    size_t next;
    for (size_t k = i; k < carrier->end; k = next)
        if ((runut_sourcing_cue_at(self, k, end, &next) & RUNUT_CUE_TAIL) && next == carrier->end)
            carrier->strength = RUNUT_CARRIER_LOOKS; /* 《东海晨报》 */
    return true;
}

static bool find_at(const runut_sourcing *self, size_t i, size_t end, bool noun, runut_carrier *carrier)
{
    if (titled(self, i, end, carrier) || known(self, i, end, carrier) || named_run(self, i, end, carrier))
        return true;
    if (!runut_carrier_uncased(self, i, end, noun, carrier))
        return false;
    for (size_t k = i; k < carrier->end; k++)
        carrier->person = carrier->person || (self->flags[k] & RUNUT_TOKEN_ACTS_PERSON);
    return true;
}

void runut_carriers_find(runut_sourcing *self, size_t first, size_t end)
{
    size_t noun = SIZE_MAX, next; /* the token behind a noun for carriers */
    for (size_t i = first; i < end;) {
        runut_carrier carrier;
        if (token_at(self, i)->kind == RUNUT_TOKEN_MARK || !find_at(self, i, end, noun == i, &carrier)) {
            uint32_t classes = runut_sourcing_cue_at(self, i, end, &next);
            bool skip = (classes & RUNUT_CUE_DESCRIBES) && next > i + 1 && !token_at(self, i)->upper;
            if (classes & RUNUT_CUE_DESCRIBES)
                noun = next;
            i = skip ? next : i + 1;
            continue;
        }
        take_brackets(self, end, &carrier);
        carrier.described = carrier.described || noun_follows(self, carrier.end + carrier.titled, end);
        RUNUT_PUSH(self->arena, self->carriers, carrier);
        self->carrier_at[i] = (uint32_t)self->carriers.size;
        i = carrier.end;
    }
}

void runut_carrier_trim(const runut_sourcing *self, runut_carrier *carrier)
{
    size_t i = carrier->first;
    while (i + 1 < carrier->end && is_country(self, i))
        i++;
    if (i == carrier->first || i >= carrier->end)
        return;
    carrier->name = without_possessive(printed(self, i, carrier->end));
}

runut_slice runut_carrier_shown(const runut_sourcing *self, const runut_carrier *carrier)
{
    if (!carrier->agency || runut_map_get(self->canonical, carrier->agency->name))
        return carrier->name;
    runut_slice name = carrier->printed;
    bool clipped = carrier->kind == RUNUT_CARRIER_AGENCY && name.size < carrier->name.size &&
                   runut_slice_starts(carrier->name, name) && carrier->name.at[name.size] >= 'a';
    if (clipped)
        return carrier->name; /* "(Ant)" */
    return runut_slice_starts_nocase(name, RUNUT_LITERAL("the ")) ? runut_slice_part(name, 4, name.size) : name;
}

void runut_carrier_note(const runut_sourcing *self, runut_slice printed, const runut_agency *agency)
{
    if (runut_slice_equal_nocase(printed, agency->name))
        runut_map_put(self->canonical, agency->name, NULL);
}

bool runut_carrier_is_self(const runut_sourcing *self, const runut_carrier *carrier)
{
    return runut_map_get(self->self, runut_agencies_key(self->arena, carrier->name)) != NULL;
}
