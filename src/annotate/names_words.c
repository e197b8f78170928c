/* What is known of each token before names are looked for. Every step looks a bounded number of tokens back. */
#include "annotate/names_parts.h"
#include "base/calendar_names.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    MATCHES_MOST = 8,   /* phrases that begin at one token */
    CLAUSE_MOST = 14,   /* tokens from a title to the comma before its name */
    DATELINE_MOST = 16, /* tokens up to a dateline's dash */
    SHOUT_LEAST = 5     /* words of a sentence that can be one of capitals */
};

runut_slice runut_names_text(const names_text *self, uint32_t first, uint32_t end)
{
    return runut_slice_part(self->annotation->body, self->tokens[first].span.start, self->tokens[end - 1].span.end);
}

bool runut_names_is_one_of(const names_text *self, uint32_t token, const char *marks)
{
    runut_slice text = runut_names_text(self, token, token + 1);
    if (text.size == 1)
        return text.at[0] && strchr(marks, text.at[0]);
    for (const char *m = marks; *m;) {
        size_t size = 1;
        while (((unsigned char)m[size] & 0xC0) == 0x80)
            size++;
        if (text.size == size && memcmp(text.at, m, size) == 0)
            return true;
        m += size;
    }
    return false;
}

static const char OPENING[] = "\"“”„«‘'»「『";
static const char DASHES[] = "-–—―";

bool runut_names_caseless(runut_slice text)
{
    size_t at = 0;
    uint32_t code = text.size ? runut_utf8_next(text, &at) : 0;
    return code >= 0x590 && runut_code_is_letter(code) && !runut_code_is_upper(code) && !runut_code_is_lower(code);
}

/* "Indonesia's" is of Indonesia. */
static runut_slice without_possessive(const names_text *self, runut_slice normal)
{
    bool english = runut_slice_starts(self->annotation->language, RUNUT_LITERAL("en"));
    if (english && normal.size > 3 && runut_slice_ends(normal, RUNUT_LITERAL("'s")))
        normal.size -= 2;
    if (runut_slice_starts(self->annotation->language, RUNUT_LITERAL("tr"))) { /* "Ankara'ya" */
        size_t mark = runut_slice_find(normal, RUNUT_LITERAL("'"), 1);
        normal.size = mark != SIZE_MAX && mark > 1 ? mark : normal.size;
    }
    return normal;
}

/* Most words are small ASCII letters behind the first one; nothing below looks at such. */
bool runut_names_plain(runut_slice text)
{
    for (size_t i = 1; i < text.size; i++)
        if (text.at[i] < 'a' || text.at[i] > 'z')
            return false;
    return text.size > 0 && (unsigned char)text.at[0] < 0x80;
}

/* Names that begin small: hosts ("kabarlaut.com") and names with a capital inside ("detikNews"). */
static bool is_branded(runut_slice text)
{
    if (runut_names_plain(text))
        return false;
    size_t dot = runut_slice_find(text, RUNUT_LITERAL("."), 1);
    if (dot != SIZE_MAX && dot >= 3 && dot + 2 < text.size)
        return true;
    for (size_t i = 0, letters = 0; i < text.size; letters++)
        if (runut_code_is_upper(runut_utf8_next(text, &i)))
            return letters > 0;
    return false;
}

static void look_up(names_text *self, names_start start, const runut_slice *normals, uint32_t i)
{
    names_word *word = &self->words[i];
    names_match found[MATCHES_MOST];
    size_t count = runut_names_match(self->lexicon, start, normals, i, self->count, found, MATCHES_MOST);
    word->first_match = (uint32_t)self->matches.size;
    word->match_count = (uint8_t)count;
    for (size_t k = 0; k < count; k++) {
        uint32_t classes = found[k].entry->classes, length = found[k].end - i;
        RUNUT_PUSH(self->arena, self->matches, found[k]);
        word->phrases |= classes;
        if (!word->capital)
            classes &= ~(uint32_t)(NAMES_GIVEN | NAMES_FAMILY);
        if (length == 1)
            word->classes |= classes;
        if (classes & (NAMES_TITLE | NAMES_HONORIFIC | NAMES_RANK) && length > word->title_end)
            word->title_end = (uint8_t)length;
    }
    if (word->classes & NAMES_ARTICLE) /* somewhere "Le" is a name, but not where it is an article */
        word->classes &= ~(uint32_t)(NAMES_GIVEN | NAMES_FAMILY);
}

/* What a place's name may be in the nominative, where cases change the ending: pairs of an ending and what stands for
 * it, of the languages that the tables know no better. */
static const struct {
    const char *language, *from, *to;
} cases[] = {{"ru", "и", "я"},    {"ru", "и", "ь"},    {"ru", "ы", "а"},    {"ru", "у", "а"},    {"ru", "ю", "я"},
             {"ru", "е", "а"},    {"ru", "е", "я"},    {"ru", "е", ""},     {"ru", "а", ""},     {"ru", "у", ""},
             {"ru", "ом", ""},    {"ru", "ой", "а"},   {"ru", "ей", "я"},   {"ru", "ей", "ия"},  {"ru", "ью", "ь"},
             {"ru", "я", "ь"},    {"ru", "я", "й"},    {"ru", "ем", "ь"},   {"ru", "ии", "ия"},  {"ru", "ию", "ия"},
             {"ru", "ией", "ия"}, {"uk", "и", "а"},    {"uk", "ові", "ів"}, {"uk", "ова", "ів"}, {"uk", "і", "а"},
             {"uk", "і", "я"},    {"uk", "у", "а"},    {"uk", "ї", "я"},    {"uk", "ю", "я"},    {"uk", "а", ""},
             {"uk", "у", ""},     {"uk", "і", ""},     {"uk", "єва", "їв"}, {"uk", "єві", "їв"}, {"bg", "а", ""},
             {"sr", "а", ""},     {"sr", "у", ""},     {"sr", "у", "а"},    {"sr", "е", "а"},    {"sr", "и", "а"},
             {"pl", "ie", "a"},   {"pl", "y", "a"},    {"pl", "ę", "a"},    {"pl", "ą", "a"},    {"pl", "i", "a"},
             {"pl", "a", ""},     {"pl", "u", ""},     {"pl", "ie", ""},    {"pl", "owa", "ów"}, {"pl", "owie", "ów"},
             {"pl", "ii", "ia"},  {"pl", "ji", "ja"},  {"pl", "ec", "ec"},  {"pl", "em", ""},    {"pl", "om", ""},
             {"pl", "ią", "ia"},  {"pl", "dzi", "dź"}, {"pl", "ku", "k"},   {"pl", "iu", ""},    {"cs", "y", "a"},
             {"cs", "ě", "a"},    {"cs", "ze", "ha"},  {"cs", "u", "a"},    {"cs", "u", ""},     {"cs", "em", ""},
             {"cs", "ou", "a"},   {"cs", "a", ""},     {"cs", "ě", ""},     {"cs", "i", "e"},    {"sk", "y", "a"},
             {"sk", "e", "a"},    {"sk", "u", "a"},    {"sk", "u", ""},     {"sk", "ou", "a"},   {"hr", "u", ""},
             {"hr", "u", "a"},    {"hr", "e", "a"},    {"hr", "i", "a"},    {"hr", "a", ""},     {"hr", "om", "a"},
             {"hu", "ban", ""},   {"hu", "ben", ""},   {"hu", "ból", ""},   {"hu", "ből", ""},   {"hu", "ba", ""},
             {"hu", "be", ""},    {"hu", "on", ""},    {"hu", "en", ""},    {"hu", "ön", ""},    {"hu", "i", ""},
             {"hu", "ről", ""},   {"hu", "ról", ""},   {"fi", "ssa", ""},   {"fi", "ssä", ""},   {"fi", "sta", ""},
             {"fi", "stä", ""},   {"fi", "n", ""},     {"fi", "lla", ""},   {"fi", "iin", "i"},  {"fi", "in", "i"},
             {"fi", "lle", ""},   {"fi", "lta", ""},   {"ro", "ului", ""},  {"ro", "ei", "a"},   {"ro", "iei", "ia"},
             {"el", "ς", ""},     {"sv", "s", ""},     {"da", "s", ""},     {"no", "s", ""},     {"nb", "s", ""},
             {"de", "s", ""},     {"nl", "s", ""},     {"ko", "에서", ""},  {"ko", "으로", ""},  {"ko", "에", ""},
             {"ko", "은", ""},    {"ko", "는", ""},    {"ko", "이", ""},    {"ko", "가", ""},    {"ko", "을", ""},
             {"ko", "를", ""},    {"ko", "의", ""},    {"ko", "로", ""},    {"ko", "와", ""},    {"ko", "과", ""},
             {"ko", "도", ""},    {"ko", "만", ""}};

static void look_at_case(names_text *self, uint32_t i)
{
    names_word *word = &self->words[i];
    runut_slice language = self->annotation->language, normal = word->normal;
    bool korean = runut_slice_starts(language, RUNUT_LITERAL("ko"));
    if (!word->capital || (word->caseless && !korean) || word->match_count > 0 || normal.size < 5 ||
        language.size < 2 || runut_slice_starts(language, RUNUT_LITERAL("id")) ||
        runut_slice_starts(language, RUNUT_LITERAL("en")))
        return;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        runut_slice from = runut_slice_of(cases[k].from);
        if (memcmp(language.at, cases[k].language, 2) != 0 || normal.size < from.size + 4 ||
            !runut_slice_ends(normal, from))
            continue;
        runut_buffer form = runut_buffer_new(self->arena, normal.size + 8);
        runut_buffer_add(&form, runut_slice_part(normal, 0, normal.size - from.size));
        runut_buffer_text(&form, cases[k].to);
        const names_entry *entry = runut_names_find(self->lexicon, self->language, runut_buffer_slice(&form));
        if (!entry || entry->capitals || entry->known < NAMES_COUNTRY || entry->known > NAMES_LISTED_ORG)
            continue;
        word->first_match = (uint32_t)self->matches.size;
        word->match_count = 1;
        word->base = runut_buffer_slice(&form);
        word->suffixed = korean;
        RUNUT_PUSH(self->arena, self->matches, ((names_match){i + 1, entry}));
        return;
    }
}

/* German and its kin glue a body's head to what stands before it. */
static void look_at_ending(names_text *self, uint32_t i)
{
    names_word *word = &self->words[i];
    if (!self->language || !word->capital || word->caseless ||
        word->classes & (NAMES_COMMON | NAMES_STOP | NAMES_TITLE | NAMES_DEMONYM))
        return;
    uint32_t classes = runut_names_ending(self->lexicon, self->language, word->normal);
    if (classes & NAMES_TITLE) { /* "Reedereichef" */
        classes = NAMES_TITLE;
        word->title_end = 1;
    }
    word->classes |= classes;
    word->phrases |= classes;
}

/* Months and weekdays are no names, whatever else they are called: "Juli". */
static void look_at_calendar(names_text *self, uint32_t i)
{
    names_word *word = &self->words[i];
    runut_slice language = self->annotation->language;
    if (!self->tokens[i].upper ||
        (!runut_month_named(word->normal, language) && !runut_weekday_named(word->normal, language)))
        return;
    bool beside = (i > 0 && self->tokens[i - 1].kind == RUNUT_TOKEN_NUMBER) ||
                  (i + 1 < self->count && self->tokens[i + 1].kind == RUNUT_TOKEN_NUMBER);
    if (word->classes & (NAMES_GIVEN | NAMES_FAMILY) && !(word->classes & NAMES_COMMON) &&
        !beside) /* "April", "Dimas": somebody, unless a number is near */
        return;
    word->classes = (word->classes & ~(uint32_t)(NAMES_GIVEN | NAMES_FAMILY)) | NAMES_COMMON;
    word->phrases |= NAMES_COMMON;
}

/* Notes how the word is written here. */
static void note_spelling(names_text *self, uint32_t i, bool begins, uint8_t *seen)
{
    uint32_t number = self->words[i].number;
    const runut_token *token = &self->tokens[i];
    if (number && !token->upper)
        seen[number] |= 1;
    else if (number && !begins && !self->words[i].shout && !token->all_upper)
        seen[number] |= 2;
}

/* Sentences of capitals: there they say nothing. */
static void shouts(names_text *self)
{
    for (uint32_t start = 0, end; start < self->count; start = end) {
        uint32_t upper = 0, words = 0;
        for (end = start; end < self->count && self->tokens[end].sentence == self->tokens[start].sentence; end++)
            if (self->tokens[end].kind == RUNUT_TOKEN_WORD) {
                words++;
                upper += self->tokens[end].all_upper;
            }
        for (uint32_t i = start; words >= SHOUT_LEAST && upper * 10 >= words * 7 && i < end; i++)
            self->words[i].shout = true;
    }
}

/* Does a capital at `i` say little, because something begins here? */
static bool begins_here(const names_text *self, uint32_t i)
{
    return self->tokens[i].sentence_start || i == 0 || runut_names_mark(self, i - 1, "\"“„«‘「『:•") ||
           runut_names_mark(self, i - 1, "…");
}

static void spellings(names_text *self)
{
    uint8_t *seen = runut_arena_alloc(self->arena, runut_map_size(self->index) + 2);
    for (uint32_t i = 0; i < self->count; i++)
        note_spelling(self, i, begins_here(self, i), seen);
    for (uint32_t i = 0; i < self->count; i++) {
        names_word *word = &self->words[i];
        if (!word->number)
            continue;
        word->lower_elsewhere = seen[word->number] & 1;
        word->upper_elsewhere = seen[word->number] & 2;
        word->weak = word->capital && begins_here(self, i) && !word->caseless;
    }
}

/* The dash of a dateline stands early in the body, behind capitals and marks: "AMBON, KABAR.com – ", "Ambon (Kabar) –
 * ". Without a word of capitals, a host, a comma or a bracket it parts something else: "Kim Jong - woon". */
static void datelines(names_text *self)
{
    uint32_t end = self->count < DATELINE_MOST ? self->count : DATELINE_MOST;
    uint32_t small = 0;
    bool marked = false;
    for (uint32_t i = 0; i < end; i++) {
        const runut_token *token = &self->tokens[i];
        if (i > 0 && runut_names_mark(self, i, DASHES)) {
            for (uint32_t k = 0; marked && k < i; k++)
                self->words[k].dateline = true;
            return;
        }
        small += token->kind == RUNUT_TOKEN_WORD && !token->upper && !self->words[i].capital;
        if (small > 1)
            return;
        bool host = token->kind == RUNUT_TOKEN_WORD &&
                    runut_slice_find(runut_names_text(self, i, i + 1), RUNUT_LITERAL("."), 1) != SIZE_MAX;
        marked |= token->all_upper || host || runut_names_mark(self, i, ",(/|:");
    }
}

/* Goes on with a run of capitalized words? */
static bool in_run(const names_text *self, uint32_t i)
{
    const names_word *word = &self->words[i];
    if (self->tokens[i].kind == RUNUT_TOKEN_NUMBER || word->capital)
        return true;
    return word->classes & (NAMES_PERSON_LINK | NAMES_ORG_LINK) || runut_names_mark(self, i, ".()&");
}

/* Where the nearest title on the left ends, seen from every token. */
static void titles(names_text *self)
{
    uint32_t next = UINT32_MAX, in_this_run = UINT32_MAX, in_clause = UINT32_MAX, covered = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        names_word *word = &self->words[i];
        for (uint32_t k = 0; k < word->match_count; k++) { /* "Direktorat Jenderal" holds no general */
            const names_match *match = &self->matches.at[word->first_match + k];
            if (match->entry->classes & NAMES_ORG_HEAD && match->end > covered && match->end > i + 1)
                covered = match->end;
            if (match->entry->classes & NAMES_TERRITORY && match->end < self->count)
                self->words[match->end].territory_before = true;
        }
        if (i + word->title_end <= covered)
            word->title_end = 0;
        bool dot = runut_names_mark(self, i, ".") && next == i;
        if (dot) { /* "Dr. " */
            next = i + 1;
            continue;
        }
        if (self->tokens[i].sentence_start || runut_names_mark(self, i, ".;:?!\"“”«»"))
            in_clause = in_this_run = UINT32_MAX;
        if (in_this_run != UINT32_MAX && i >= in_this_run && !in_run(self, i))
            in_this_run = UINT32_MAX;
        if (next == i)
            word->title_before = NAMES_TITLE_NEXT;
        else if (in_this_run != UINT32_MAX && i > in_this_run)
            word->title_before = NAMES_TITLE_RUN;
        else if (in_clause != UINT32_MAX && i > 0 && i - in_clause < CLAUSE_MOST && runut_names_mark(self, i - 1, ","))
            word->title_before = NAMES_TITLE_FAR;
        if (word->capital && word->classes & NAMES_GIVEN && in_this_run != UINT32_MAX && i >= in_this_run)
            in_this_run = UINT32_MAX; /* the title is taken: "Tan Sri >Faizal< Azri Abu Bakar" */
        bool honorific_only = !(word->phrases & (NAMES_TITLE | NAMES_RANK));
        if (word->title_end && (!honorific_only || word->capital)) {
            uint32_t end = i + word->title_end;
            if (next == UINT32_MAX || end > next || next <= i)
                next = end;
            in_this_run = in_clause = end;
        }
    }
}

static bool is_small(const names_text *self, uint32_t i)
{
    return !self->words[i].capital || self->words[i].weak;
}

/* "of", or an article behind it: where a name that goes on with it goes on. */
static bool leads_on(const names_text *self, uint32_t i)
{
    const names_word *word = &self->words[i];
    if (word->capital || self->tokens[i].kind != RUNUT_TOKEN_WORD)
        return false;
    return word->classes & NAMES_OF ||
           (word->classes & NAMES_ARTICLE && i > 0 && self->words[i - 1].classes & NAMES_OF);
}

/* Runs that a body's head began go on over "of": "Ministerio de Salud Pública de Ecuador". */
static void heads(names_text *self)
{
    bool headed = false, behind = false;
    for (uint32_t i = 0; i < self->count; i++) {
        names_word *word = &self->words[i];
        if (self->tokens[i].sentence_start)
            headed = behind = false;
        uint32_t head = word->capital ? NAMES_ORG_HEAD : NAMES_LOW_HEAD;
        bool leads = leads_on(self, i);
        self->of |= leads;
        word->inside = headed && word->capital;
        if (word->phrases & head && !word->caseless) {
            word->headed = headed && behind;
            headed = true;
            behind = !word->capital; /* "rechtbank >Den Haag<" */
        } else if (headed && word->capital) {
            word->headed = behind;
        } else if (headed && leads) {
            behind = true;
        } else if (headed && i > 0 && leads_on(self, i - 1) && !(word->classes & NAMES_STOP) && word->normal.size) {
            continue; /* "Association des >pêcheurs< de" */
        } else if (!(headed && word->classes & (NAMES_ORG_ADJ | NAMES_ORG_LINK))) {
            headed = behind = false;
        } else {
            behind = false;
        }
    }
}

/* What an office is of stands behind its title and an "of". */
static void offices(names_text *self)
{
    uint32_t end = UINT32_MAX; /* of the last title */
    for (uint32_t i = 0; i < self->count; i++) {
        names_word *word = &self->words[i];
        if (end != UINT32_MAX && i > end && i <= end + 2 && word->capital && leads_on(self, i - 1) &&
            leads_on(self, end))
            word->office = self->words[i - 1].classes & NAMES_ARTICLE ? NAMES_OFFICE_OF_THE : NAMES_OFFICE_OF;
        if (word->title_end && word->phrases & NAMES_TITLE)
            end = i + word->title_end;
    }
}

static void neighbours(names_text *self)
{
    for (uint32_t i = 1; i < self->count; i++) {
        uint32_t before = self->words[i - 1].classes;
        self->words[i].place_before = (before & NAMES_IN) && (!self->words[i - 1].capital || self->words[i - 1].weak);
        self->words[i].article_in =
            i > 1 && before & NAMES_ARTICLE && self->words[i - 2].classes & NAMES_IN && !self->words[i - 1].capital;
        self->words[i].article_in |= (before & NAMES_ARTICLE && before & NAMES_IN && !self->words[i - 1].capital);
        self->words[i].article_before = before & NAMES_ARTICLE && is_small(self, i - 1);
        self->words[i].quoted = runut_names_mark(self, i - 1, OPENING);
    }
}

static void read_word(names_text *self, uint32_t i)
{
    names_word *word = &self->words[i];
    const runut_token *token = &self->tokens[i];
    word->normal = token->folded;
    word->capital = token->upper;
    if (token->plain)
        return;
    word->normal = without_possessive(self, runut_names_normal(self->arena, token->folded));
    word->suffixed = runut_slice_starts(self->annotation->language, RUNUT_LITERAL("tr")) &&
                     word->normal.size + 1 < token->folded.size &&
                     runut_slice_find(token->folded, word->normal, 0) == 0;
    word->caseless = runut_names_caseless(word->normal);
    word->capital = token->upper || word->caseless || is_branded(runut_names_text(self, i, i + 1));
}

/* A word of this article and what the lexicon has for it. */
typedef struct seen_word {
    uint64_t hash;
    names_start start;
    bool looked_up;
} seen_word;

typedef RUNUT_VECTOR(seen_word) seen_words;

/* The number of a word of this article. Where it is new, the lexicon is asked later: its table is large, and memory
 * slow. */
static uint32_t number_of(names_text *self, seen_words *seen, const runut_token *token, runut_slice normal)
{
    bool is_new, same = normal.at == token->folded.at && normal.size == token->folded.size;
    uint64_t hash = same ? token->hash : runut_slice_hash(normal);
    uint32_t *at = runut_map_put_hashed(self->index, normal, hash, &is_new);
    if (is_new) {
        *at = (uint32_t)seen->size + 1;
        RUNUT_APPEND(self->arena, *seen)->hash = hash;
        runut_names_start_soon(self->lexicon, self->language, hash);
    }
    return *at;
}

static names_start start_of(const names_text *self, seen_words *seen, const names_word *word)
{
    seen_word *at = &seen->at[word->number - 1];
    if (!at->looked_up)
        at->start = runut_names_start(self->lexicon, self->language, word->normal, at->hash);
    at->looked_up = true;
    return at->start;
}

void runut_names_words(names_text *self)
{
    runut_names_split(self);
    self->words = runut_arena_alloc(self->arena, (self->count + 1) * sizeof *self->words);
    runut_slice *normals = runut_arena_alloc(self->arena, (self->count + 1) * sizeof *normals);
    self->index = runut_map_new_for(self->arena, self->count / 3);
    seen_words seen = {0};
    RUNUT_RESERVE(self->arena, seen, self->count / 3 + 8);
    RUNUT_RESERVE(self->arena, self->matches, self->count / 2 + 8);
    for (uint32_t i = 0; i < self->count; i++) {
        if (self->tokens[i].kind != RUNUT_TOKEN_WORD)
            continue;
        read_word(self, i);
        normals[i] = self->words[i].normal;
        self->words[i].number = number_of(self, &seen, &self->tokens[i], normals[i]);
    }
    for (uint32_t i = 0; i < self->count; i++)
        if (normals[i].size) {
            look_up(self, start_of(self, &seen, &self->words[i]), normals, i);
            look_at_calendar(self, i);
            look_at_case(self, i);
            look_at_ending(self, i);
        }
    shouts(self);
    spellings(self);
    datelines(self);
    titles(self);
    neighbours(self);
    heads(self);
    offices(self);
}

const names_entry *runut_names_known(const names_text *self, uint32_t first, uint32_t end)
{
    const names_word *word = &self->words[first];
    const names_entry *best = NULL;
    for (uint32_t k = 0; k < word->match_count; k++) {
        const names_match *match = &self->matches.at[word->first_match + k];
        if (match->end != end || !match->entry->known)
            continue;
        if (match->entry->capitals && (!self->tokens[first].all_upper || word->shout))
            continue;
        if (!best)
            best = match->entry;
    }
    return best;
}
