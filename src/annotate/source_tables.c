/* The tables of the sources module: names of carriers and cue words, in hash maps. */
#include <stdlib.h>

#include "annotate/sources.h"
#include "annotate/stage.h"
#include "annotate/texts.h"
#include "base/buffer.h"
#include "base/calendar_names.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    ARENA_LIMIT = 64 << 20,
    LANGUAGES = 48,
    KEY_MOST = 96,  /* bytes of a name */
    NAME_WORDS = 8, /* tokens of a name */
    CUE_WORDS = 6,
    /* of a form in the table */
    FORM_COMMON = 1u << 31,
    FORM_CAPITALS = 1u << 30, /* must be printed in capitals */
    FORM_SMALL = 1u << 29,    /* may be printed in small letters */
    FORM_AGENCY = (1u << 29) - 1
};

struct runut_agencies {
    runut_arena *arena; /* NULL = the tables are another one's */
    runut_breaker *breaker;
    RUNUT_VECTOR(runut_agency) agencies;
    runut_map *forms;  /* key of a name → index into agencies + 1, FORM_… */
    runut_map *firsts; /* folded first words of names */
    runut_map *days;   /* names of months and days */
    struct {
        runut_slice code;
        runut_map *words;
    } languages[LANGUAGES];
    size_t size;
};

/* Typographic apostrophes and hyphens as plain ones; hyphens as blanks: "Al-Jazeera". */
static size_t add_plain(char *key, size_t size, runut_slice text)
{
    for (size_t i = 0; i < text.size && size < KEY_MOST;) {
        size_t start = i;
        if ((unsigned char)text.at[i] < 0x80) {
            key[size++] = text.at[i] == '-' ? ' ' : text.at[i];
            i++;
            continue;
        }
        uint32_t code = runut_utf8_next(text, &i);
        if (code == '-' || code == 0x2010 || code == 0x2011)
            key[size++] = ' ';
        else if (code == 0x2019 || code == 0x02BC)
            key[size++] = '\'';
        else if (size + (i - start) <= KEY_MOST)
            for (; start < i; start++)
                key[size++] = text.at[start];
        else
            return KEY_MOST;
    }
    return size;
}

static runut_slice form_key(runut_arena *arena, runut_slice name)
{
    char key[KEY_MOST];
    size_t size = add_plain(key, 0, runut_utf8_fold(arena, name));
    return runut_arena_copy(arena, (runut_slice){key, size});
}

static runut_slice first_word(runut_slice key)
{
    size_t end = 0;
    while (end < key.size && key.at[end] != ' ')
        if (key.at[end++] == '\'')
            break; /* "l'|équipe" */
    return runut_slice_part(key, 0, end);
}

/* Of a word in a script without spaces: phrases are found by it, since nothing tells where their first word ends. */
static runut_slice first_letter(runut_slice key)
{
    size_t end = 0;
    uint32_t code = key.size ? runut_utf8_next(key, &end) : 0;
    bool unspaced = (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
                    (code >= 0x1780 && code <= 0x17FF) || (code >= 0x3040 && code <= 0x9FFF);
    return runut_slice_part(key, 0, unspaced ? end : 0);
}

static bool all_capitals(runut_slice name)
{
    size_t letters = 0;
    for (size_t i = 0; i < name.size;) {
        uint32_t code = runut_utf8_next(name, &i);
        if (runut_code_is_lower(code))
            return false;
        letters += runut_code_is_upper(code);
    }
    return letters >= 2 && name.size <= 8;
}

/* The first to claim a name has it, unless `wins`. */
static void add_form(runut_agencies *self, runut_slice name, uint32_t agency, bool wins)
{
    uint32_t flags = 0;
    if (name.size && name.at[0] == '~') {
        flags |= FORM_COMMON;
        name = runut_slice_part(name, 1, name.size);
    }
    if (!name.size)
        return;
    size_t at = 0;
    flags |= all_capitals(name) ? FORM_CAPITALS : 0;
    flags |= runut_code_is_lower(runut_utf8_next(name, &at)) ? FORM_SMALL : 0;
    runut_slice key = form_key(self->arena, name);
    bool is_new;
    uint32_t *slot = runut_map_put(self->forms, key, &is_new);
    if (is_new || wins)
        *slot = (agency + 1) | flags;
    else if (flags == 0 && (*slot & FORM_AGENCY) == agency + 1)
        *slot &= ~FORM_CAPITALS;
    runut_map_put(self->firsts, first_word(key), NULL);
}

static runut_carrier_kind kind_of(runut_slice name)
{
    return runut_slice_is(name, "agency")     ? RUNUT_CARRIER_AGENCY
           : runut_slice_is(name, "journal")  ? RUNUT_CARRIER_JOURNAL
           : runut_slice_is(name, "exchange") ? RUNUT_CARRIER_EXCHANGE
                                              : RUNUT_CARRIER_OUTLET;
}

/* A line: name, kind, country, other names. */
static void add_agency(runut_agencies *self, runut_slice row[4], bool wins)
{
    uint32_t agency = (uint32_t)self->agencies.size;
    runut_slice name = row[0].size && row[0].at[0] == '~' ? runut_slice_part(row[0], 1, row[0].size) : row[0];
    RUNUT_PUSH(self->arena, self->agencies, ((runut_agency){name, kind_of(row[1])}));
    add_form(self, row[0], agency, wins);
    while (runut_slice_field(&row[3], '|', &name))
        add_form(self, runut_slice_trim(name), agency, wins);
}

static void load_agencies(runut_agencies *self)
{
    runut_slice rest = runut_data("agencies.tsv"), row[4];
    while (runut_data_row(&rest, row, 4))
        add_agency(self, row, false);
}

/* The first byte of `line` that is no UTF-8, or its end. */
static const char *first_broken(runut_slice line)
{
    size_t at = 0;
    while (at < line.size) {
        size_t from = at;
        if (runut_utf8_next(line, &at) == 0xFFFD && !runut_utf8_valid(runut_slice_part(line, from, at)))
            return line.at + from;
    }
    return line.at + line.size;
}

/* What is wrong with a line of a user's table, and `*where`; NULL = nothing. */
static const char *wrong_with(runut_slice line, const runut_slice row[4], const char **where)
{
    static const char *const kinds[] = {"agency", "outlet",      "paper",   "magazine",
                                        "site",   "broadcaster", "journal", "exchange"};
    *where = line.at;
    if (!runut_utf8_valid(line)) {
        *where = first_broken(line);
        return "not UTF-8";
    }
    if (row[0].size == 0 || runut_slice_is(row[0], "~"))
        return "no name";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (runut_slice_is(row[1], kinds[i]))
            return NULL;
    const char *tab = memchr(line.at, '\t', line.size);
    *where = tab ? tab + 1 : line.at + line.size;
    return "the second column is no kind of carrier: agency, paper, magazine, broadcaster, site, journal, exchange or "
           "outlet (TAB between columns)";
}

int runut_agencies_add(runut_agencies *self, runut_slice table, runut_error *error)
{
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory, or a table too large");
    runut_slice rest = runut_arena_copy(self->arena, table), line, row[4];
    const char *begin = rest.at, *where;
    if (runut_slice_starts(rest, RUNUT_LITERAL("\xEF\xBB\xBF")))
        rest = runut_slice_part(rest, 3, rest.size);
    for (uint64_t number = 1; runut_slice_line(&rest, &line); number++) {
        runut_slice one = line;
        if (runut_slice_trim(line).size == 0 || !runut_data_row(&one, row, 4))
            continue;
        for (size_t i = 0; i < 4; i++)
            row[i] = runut_slice_trim(row[i]);
        const char *why = wrong_with(line, row, &where);
        if (why) {
            int code = runut_error_set(error, RUNUT_ERR_USE, "%s", why);
            if (error) /* the line, and the byte of the file from 1 */
                error->record = number, error->byte = (uint64_t)(where - begin) + 1;
            return code;
        }
        add_agency(self, row, true);
    }
    return RUNUT_OK;
}

static uint32_t class_named(runut_slice name)
{
    static const char *const names[] = {
        "relay",  "cite",    "carried", "said",   "loose",   "told",     "verb",    "strict",     "link",     "via",
        "agency", "outlet",  "journal", "filing", "bridge",  "official", "demonym", "outletword", "weakword", "label",
        "photo",  "generic", "tell",    "to",     "anybody", "behind",   "between", "stop",       "tail"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (runut_slice_is(name, names[i]))
            return 1u << i;
    return 0;
}

static void add_cue(runut_agencies *self, runut_map *words, runut_slice form, uint32_t class)
{
    runut_slice key = form_key(self->arena, form);
    *runut_map_put(words, key, NULL) |= class;
    runut_slice first = first_word(key);
    if (first.size < key.size)
        *runut_map_put(words, first, NULL) |= RUNUT_CUE_LONGER;
    else if ((first = first_letter(key)).size && first.size < key.size)
        *runut_map_put(words, first, NULL) |= RUNUT_CUE_LONGER; /* of several tokens, maybe */
}

static runut_map *words_of(runut_agencies *self, runut_slice code)
{
    for (size_t i = 0; i < self->size; i++)
        if (runut_slice_equal(self->languages[i].code, code))
            return self->languages[i].words;
    if (self->size == LANGUAGES)
        return NULL;
    self->languages[self->size].code = code;
    return self->languages[self->size++].words = runut_map_new(self->arena);
}

/* One line of the table, into the maps of its languages; '*' into all. */
static void load_cues(runut_agencies *self, runut_slice codes, uint32_t class, runut_slice forms)
{
    runut_slice code, form;
    bool every = runut_slice_is(codes, "*");
    for (size_t i = 0; every ? i < self->size : runut_slice_field(&codes, ',', &code); i++) {
        runut_map *words = every ? self->languages[i].words : words_of(self, code);
        runut_slice rest = forms;
        while (words && runut_slice_field(&rest, '|', &form))
            add_cue(self, words, form, class);
    }
}

static bool load(runut_agencies *self)
{
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        return false;
    self->forms = runut_map_new(self->arena);
    self->firsts = runut_map_new(self->arena);
    self->days = runut_map_new(self->arena);
    runut_calendar_names_put(self->days);
    load_agencies(self);
    runut_slice rest = runut_data("source_cues.tsv"), row[3], name;
    while (runut_data_row(&rest, row, 3)) { /* rows for all languages come last */
        uint32_t class = 0;
        while (runut_slice_field(&row[1], ',', &name))
            class |= class_named(name);
        load_cues(self, row[0], class, row[2]);
    }
    return true;
}

runut_agencies *runut_agencies_new(void)
{
    runut_agencies *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->arena = runut_arena_new(ARENA_LIMIT);
    self->breaker = runut_breaker_new();
    if (self->arena && self->breaker && load(self))
        return self;
    runut_agencies_free(self);
    return NULL;
}

runut_agencies *runut_agencies_like(const runut_agencies *first)
{
    runut_agencies *self = malloc(sizeof *self);
    if (!self)
        return NULL;
    *self = *first;
    self->arena = NULL;
    self->breaker = runut_breaker_new();
    if (self->breaker)
        return self;
    free(self);
    return NULL;
}

void runut_agencies_free(runut_agencies *self)
{
    if (!self)
        return;
    runut_breaker_free(self->breaker);
    if (self->arena)
        runut_arena_free(self->arena);
    free(self);
}

void runut_agencies_cut(const runut_agencies *self, runut_arena *arena, runut_slice line, runut_tokens *tokens)
{
    runut_tokens_cut(self->breaker, arena, line, (runut_span){0, (uint32_t)line.size}, tokens);
}

const runut_map *runut_agencies_cues(const runut_agencies *self, runut_slice language)
{
    runut_slice wanted =
        runut_slice_is(language, "jv") || runut_slice_is(language, "su") ? RUNUT_LITERAL("id") : language;
    const runut_map *english = NULL;
    size_t dash = runut_slice_find(wanted, RUNUT_LITERAL("-"), 0);
    if (dash != SIZE_MAX)
        wanted = runut_slice_part(wanted, 0, dash); /* "zh-Hant" */
    if (runut_slice_is(wanted, "nb") || runut_slice_is(wanted, "nn"))
        wanted = RUNUT_LITERAL("no");
    for (size_t i = 0; i < self->size; i++) {
        if (runut_slice_equal(self->languages[i].code, wanted))
            return self->languages[i].words;
        if (runut_slice_is(self->languages[i].code, "en"))
            english = self->languages[i].words;
    }
    return english;
}

/* Adds token `i` to a key: a blank before it where the text has a space. SIZE_MAX where it does not fit. */
static size_t add_token(char *key, size_t size, runut_slice text, const runut_tokens *tokens, size_t i)
{
    const runut_token *token = &tokens->at[i];
    if (size && token[-1].span.end < token->span.start && size < KEY_MOST)
        key[size++] = ' ';
    runut_slice word =
        token->kind == RUNUT_TOKEN_MARK ? runut_slice_part(text, token->span.start, token->span.end) : token->folded;
    if (size + word.size > KEY_MOST)
        return SIZE_MAX;
    if (!token->plain)
        return add_plain(key, size, word);
    memcpy(key + size, word.at, word.size);
    return size + word.size;
}

/* "ANKA'ya": capitals up to the apostrophe. */
static bool is_capital_stem(runut_slice word)
{
    size_t i = 0, letters = 0;
    while (i < word.size) {
        uint32_t code = runut_utf8_next(word, &i);
        if (code == '\'' || code == 0x2019)
            return letters >= 2;
        if (!runut_code_is_upper(code) && !runut_code_is_digit(code))
            return false;
        letters++;
    }
    return false;
}

/* Is the name printed as its form in the table wants it? */
static bool printed_right(runut_slice text, const runut_tokens *tokens, size_t first, size_t end, uint32_t form)
{
    const runut_token *token = &tokens->at[first];
    if (form & FORM_CAPITALS)
        return token->all_upper || is_capital_stem(runut_slice_part(text, token->span.start, token->span.end)) ||
               (end > first + 1 && token->upper) || token->kind == RUNUT_TOKEN_NUMBER;
    if (token->kind == RUNUT_TOKEN_WORD && !token->upper && !(form & FORM_SMALL)) {
        unsigned char lead = token->folded.size ? (unsigned char)token->folded.at[0] : 0;
        return lead >= 0xD8 || memchr(token->folded.at, '.', token->folded.size); /* no capitals there; a domain */
    }
    return true;
}

/* "reuters's", and the endings that Turkish puts behind an apostrophe: "reuters'ın", "bbc'ye". */
static runut_slice without_possessive(runut_slice key)
{
    enum { LEAST = 2, ENDING_MOST = 6 };
    for (size_t i = key.size; i > LEAST && key.size - i <= ENDING_MOST; i--)
        if (key.at[i - 1] == '\'')
            return runut_slice_part(key, 0, i - 1);
        else if (key.at[i - 1] == ' ')
            break;
    return key;
}

/* Does more of the word stand behind token `i`, other than what closes a phrase? */
static bool goes_on(runut_slice text, const runut_tokens *tokens, size_t i, size_t end)
{
    if (i + 1 >= end || tokens->at[i].span.end != tokens->at[i + 1].span.start)
        return false;
    return !memchr(",.;:)?!\"", text.at[tokens->at[i + 1].span.start], 8);
}

runut_agency_match runut_agencies_match(const runut_agencies *self, runut_slice text, const runut_tokens *tokens,
                                        size_t i, size_t end)
{
    runut_agency_match best = {0};
    char key[KEY_MOST];
    size_t size = i < end ? add_token(key, 0, text, tokens, i) : SIZE_MAX;
    if (size == SIZE_MAX || tokens->at[i].kind == RUNUT_TOKEN_MARK)
        return best;
    runut_slice first = without_possessive(first_word((runut_slice){key, size}));
    bool spaced = (unsigned char)key[0] < 0xE0; /* scripts without spaces have no first words */
    size_t lead, trail;
    if (spaced && !runut_source_bare(self->firsts, first, &lead, &trail) && !goes_on(text, tokens, i, end))
        return best;
    for (size_t last = i; last < end && last < i + NAME_WORDS; last++) {
        if (last > i)
            size = add_token(key, size, text, tokens, last);
        if (size == SIZE_MAX)
            break;
        runut_slice name = {key, size};
        const uint32_t *form = runut_source_bare(self->forms, name, &lead, &trail);
        if (!form)
            form = runut_map_get(self->forms, without_possessive(name));
        bool title = form && (*form & FORM_CAPITALS) && tokens->at[i].upper && name.size >= 4; /* "Ansa" */
        bool right = form && printed_right(text, tokens, i, last + 1, *form);
        if (right || title)
            best = (runut_agency_match){&self->agencies.at[(*form & FORM_AGENCY) - 1], last + 1,
                                        (*form & FORM_COMMON) != 0 || !right, lead, trail};
    }
    return best;
}

const runut_agency *runut_agencies_named(const runut_agencies *self, runut_slice name)
{
    char key[KEY_MOST];
    name = runut_slice_trim(name);
    if (name.size == 0 || name.size >= KEY_MOST || !self->forms)
        return NULL;
    size_t size = 0;
    for (size_t i = 0; i < name.size; i++) /* ASCII will do: names in other scripts have one spelling */
        key[size++] = name.at[i] == '-' ? ' ' : runut_lower((unsigned char)name.at[i]);
    const uint32_t *form = runut_map_get(self->forms, (runut_slice){key, size});
    return form ? &self->agencies.at[(*form & FORM_AGENCY) - 1] : NULL;
}

bool runut_agencies_calendar(const runut_agencies *self, runut_slice folded)
{
    return runut_map_get(self->days, folded) != NULL;
}

/* "adelantado por | La Veleta": an article with a capital is the name's. */
static bool begins_title(const runut_token *token)
{
    return token->upper && token->folded.size <= 3 && (!token->all_upper || token->folded.size == 1);
}

/* "menurut | Warta Teluk", but "menurut warta": is it written as the beginning of a name? */
static bool begins_outlet(const runut_map *cues, const runut_token *token)
{
    if (!token->upper || token->all_upper)
        return false;
    const uint32_t *found = runut_map_get_hashed(cues, token->folded, token->hash);
    return found && (*found & (RUNUT_CUE_OUTLETWORD | RUNUT_CUE_DESCRIBES));
}

/* "l'agence", "dell’agenzia", "d'agence": the noun alone. */
static runut_slice without_elision(runut_slice word)
{
    for (size_t i = 1; i < word.size && i <= 5; i++) {
        size_t mark = word.at[i] == '\''                                                             ? 1
                      : runut_slice_starts(runut_slice_part(word, i, word.size), RUNUT_LITERAL("’")) ? 3
                                                                                                     : 0;
        if (mark)
            return runut_slice_part(word, i + mark, word.size);
    }
    return word;
}

/* A word in one piece: no apostrophe, no hyphen, no letter that may be one. */
static bool is_plain(const char *key, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (key[i] == '\'' || key[i] == ' ' || (unsigned char)key[i] == 0xE2 || (unsigned char)key[i] == 0xCA)
            return false;
    return true;
}

uint32_t runut_source_cue_at(const runut_map *cues, runut_slice text, const runut_tokens *tokens, size_t i, size_t end,
                             size_t *next)
{
    char key[KEY_MOST];
    *next = i + 1;
    if (tokens->at[i].kind != RUNUT_TOKEN_WORD)
        return 0;
    size_t size = add_token(key, 0, text, tokens, i);
    if (size == SIZE_MAX)
        return 0;
    const uint32_t *found = runut_map_get(cues, (runut_slice){key, size}); /* "all'" */
    if (!found)
        found = runut_map_get(cues, without_possessive((runut_slice){key, size}));
    runut_slice letter = first_letter((runut_slice){key, size});
    const uint32_t *longer = letter.size ? runut_map_get(cues, letter) : NULL;
    if (!found && !longer && is_plain(key, size))
        return 0;
    if (!found && !longer) {
        runut_slice word = without_elision((runut_slice){key, size});
        found = word.size < size ? runut_map_get(cues, word) : NULL;
    }
    const uint32_t *first = longer ? longer : found;
    if (!first) { /* a word with a hyphen is looked up by its first part for phrases */
        first = runut_map_get(cues, first_word((runut_slice){key, size}));
        if (!first)
            return 0;
    }
    uint32_t classes = found ? *found & ~(uint32_t)RUNUT_CUE_LONGER : 0;
    if (!(*first & RUNUT_CUE_LONGER))
        return classes;
    for (size_t last = i + 1; last < end && last < i + CUE_WORDS; last++) {
        if (tokens->at[last].kind != RUNUT_TOKEN_WORD || begins_outlet(cues, &tokens->at[last]) ||
            begins_title(&tokens->at[last]))
            break;
        size = add_token(key, size, text, tokens, last);
        if (size == SIZE_MAX)
            break;
        found = runut_map_get(cues, (runut_slice){key, size});
        if (found && (*found & ~(uint32_t)RUNUT_CUE_LONGER)) {
            classes = *found & ~(uint32_t)RUNUT_CUE_LONGER;
            *next = last + 1;
        }
    }
    return classes;
}

/* ---- the body's tokens ---- */

void runut_sourcing_look_up(runut_sourcing *self)
{
    const runut_tokens *tokens = self->tokens;
    self->words = runut_arena_alloc(self->arena, (tokens->size + 1) * sizeof *self->words);
    for (size_t i = 0; i < tokens->size; i++) {
        runut_slice word = tokens->at[i].folded;
        uint64_t hash = tokens->at[i].hash;
        const uint32_t *cue = runut_map_get_hashed(self->cues, word, hash);
        self->words[i] = cue ? *cue : 0;
        size_t lead, trail;
        bool plain = word.size == 0 || (unsigned char)word.at[0] < 0xD0;
        if (plain ? runut_map_get_hashed(self->tables->firsts, word, hash) != NULL
                  : runut_source_bare(self->tables->firsts, word, &lead, &trail) != NULL)
            self->words[i] |= RUNUT_WORD_CARRIER;
        runut_slice letter = first_letter(word);
        const uint32_t *longer = letter.size ? runut_map_get(self->cues, letter) : NULL;
        if (longer)
            self->words[i] |= *longer & RUNUT_CUE_LONGER;
        if (word.size && word.size <= KEY_MOST &&
            (tokens->at[i].plain || (!memchr(word.at, '-', word.size) && is_plain(word.at, word.size))))
            self->words[i] |= RUNUT_WORD_SIMPLE;
    }
}

runut_agency_match runut_sourcing_match(const runut_sourcing *self, size_t i, size_t end)
{
    bool other = i < end && (self->words[i] & (RUNUT_WORD_SIMPLE | RUNUT_WORD_CARRIER)) == RUNUT_WORD_SIMPLE &&
                 (unsigned char)self->tokens->at[i].folded.at[0] < 0xE0;
    if (other && !goes_on(self->text, self->tokens, i, end))
        return (runut_agency_match){0};
    return runut_agencies_match(self->tables, self->text, self->tokens, i, end);
}

uint32_t runut_sourcing_cue_at(const runut_sourcing *self, size_t i, size_t end, size_t *next)
{
    uint32_t word = self->words[i];
    if (!(word & RUNUT_WORD_SIMPLE) || (word & RUNUT_CUE_LONGER))
        return runut_source_cue_at(self->cues, self->text, self->tokens, i, end, next);
    *next = i + 1;
    return self->tokens->at[i].kind == RUNUT_TOKEN_WORD ? word & (RUNUT_CUE_ALL & ~(uint32_t)RUNUT_CUE_LONGER) : 0;
}
