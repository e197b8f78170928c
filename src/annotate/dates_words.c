/* The words of data/date_words.tsv, and what each token may mean. Everything is loaded once into the calendar's own
 * arena and read only afterwards. */
#include "annotate/dates.h"
#include "base/calendar_names.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { FORM_WORDS = 4, FORM_BYTES = 96, CALENDAR_BYTES = 16 << 20, LANGUAGE_MOST = 63 };

#define ANY_LANGUAGE (1ull << LANGUAGE_MOST)

static const struct {
    const char *name;
    uint64_t class;
} class_names[] = {
    {"num", DATE_NUM},
    {"teens", DATE_TEENS},
    {"times", DATE_TIMES},
    {"ord", DATE_ORD},
    {"suffix", DATE_SUFFIX},
    {"unit", DATE_UNIT},
    {"one", DATE_ONE},
    {"step", DATE_STEP},
    {"ago", DATE_AGO},
    {"yang", DATE_YANG},
    {"day", DATE_DAY},
    {"after", DATE_AFTER},
    {"before", DATE_BEFORE},
    {"earlier", DATE_EARLIER},
    {"full", DATE_FULL},
    {"and", DATE_AND},
    {"marking", DATE_MARKING},
    {"anniversary", DATE_ANNIVERSARY},
    {"season", DATE_SEASON},
    {"yearly", DATE_YEARLY},
    {"since", DATE_SINCE},
    {"first", DATE_FIRST},
    {"firstin", DATE_FIRSTIN},
    {"lasttime", DATE_LASTTIME},
    {"age", DATE_AGE},
    {"made", DATE_MADE},
    {"future", DATE_FUTURE},
    {"prep", DATE_PREP},
    {"of", DATE_OF},
    {"hour", DATE_HOUR},
    {"old", DATE_OLD},
    {"former", DATE_FORMER},
    {"office", DATE_OFFICE},
    {"national", DATE_NATIONAL},
    {"thecountry", DATE_THECOUNTRY},
    {"yearmark", DATE_YEARMARK},
    {"monthmark", DATE_MONTHMARK},
    {"daymark", DATE_DAYMARK},
    {"until", DATE_UNTIL},
    {"clause", DATE_CLAUSE},
    {"caption", DATE_CAPTION},
    {"archive", DATE_ARCHIVE},
    {"update", DATE_UPDATE},
    {"toll", DATE_TOLL},
    {"era", DATE_ERA},
    {"weekday", DATE_WEEKDAY},
};

static uint64_t class_of(runut_slice name)
{
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        if (runut_slice_is(name, class_names[i].name))
            return class_names[i].class;
    return 0;
}

/* ---- loading ---- */

static uint64_t language_bit(runut_calendar *self, runut_slice name)
{
    if (runut_slice_is(name, "*"))
        return ANY_LANGUAGE;
    for (size_t i = 0; i < self->languages.size; i++)
        if (runut_slice_equal(self->languages.at[i], name))
            return 1ull << i;
    if (self->languages.size == LANGUAGE_MOST)
        return 0;
    RUNUT_PUSH(self->arena, self->languages, name);
    return 1ull << (self->languages.size - 1);
}

static int value_of(runut_slice text)
{
    bool negative = text.size && text.at[0] == '-';
    uint32_t value = 0;
    runut_slice_number(runut_slice_part(text, negative, text.size), &value);
    return negative ? -(int)value : (int)value;
}

/* Spaces in a form may stand for a hyphen's blanks too: 'tiap-tiap tahun' is two tokens. */
static uint8_t form_length(runut_slice form)
{
    uint8_t words = 1;
    for (size_t i = 0; i < form.size; i++)
        words = (uint8_t)(words + (form.at[i] == ' '));
    return words;
}

/* The first words of a form, so that a look for the first alone tells of most words that nothing begins with them. */
static void put_beginnings(runut_calendar *self, runut_slice form)
{
    for (size_t i = 1; i < form.size; i++) /* scripts without spaces: after any letter */
        if (form.at[i] == ' ' || ((unsigned char)form.at[i] >= 0xE0 && (unsigned char)form.at[i - 1] >= 0x80))
            runut_map_put(self->words, runut_slice_part(form, 0, i), NULL);
}

static void load_words(runut_calendar *self)
{
    runut_slice rest = runut_data("date_words.tsv");
    for (runut_slice fields[4]; runut_data_row(&rest, fields, 4);) {
        uint64_t languages = 0;
        for (runut_slice one; runut_slice_field(&fields[2], ',', &one);)
            languages |= language_bit(self, one);
        bool part = runut_slice_is(fields[0], "part");
        for (runut_slice form; runut_slice_field(&fields[3], '|', &form);) {
            form = runut_utf8_fold(self->arena, form);
            if (part) {
                *RUNUT_APPEND(self->arena, self->parts) = (__typeof__(*self->parts.at)){languages, form};
                continue;
            }
            put_beginnings(self, form);
            uint32_t *first = runut_map_put(self->words, form, NULL);
            uint32_t next = *first;
            *first = (uint32_t)self->entries.size + 1;
            *RUNUT_APPEND(self->arena, self->entries) = (__typeof__(*self->entries.at)){
                next, languages, class_of(fields[0]), (int16_t)value_of(fields[1]), form_length(form)};
        }
    }
}

static runut_slices words_of(runut_calendar *self, runut_slice form)
{
    runut_slices words = {0};
    for (runut_slice word; runut_slice_field(&form, ' ', &word);)
        RUNUT_PUSH(self->arena, words, word);
    return words;
}

static void load_known_days(runut_calendar *self)
{
    runut_slice rest = runut_data("known_days.tsv");
    for (runut_slice fields[5]; runut_data_row(&rest, fields, 5);) {
        runut_known_day day = {
            .kind = fields[0].size ? fields[0].at[0] : 'd', .year = value_of(fields[2]), .says = fields[3]};
        day.month = value_of(runut_slice_part(fields[1], 0, 2));
        day.day = value_of(runut_slice_part(fields[1], 3, 5));
        for (runut_slice form; runut_slice_field(&fields[4], '|', &form);) {
            runut_slices words = words_of(self, runut_utf8_fold(self->arena, form));
            uint32_t *first = runut_map_put(self->known, words.at[0], NULL);
            uint32_t next = *first;
            *first = (uint32_t)self->forms.size + 1;
            *RUNUT_APPEND(self->arena, self->forms) =
                (__typeof__(*self->forms.at)){next, (uint32_t)self->days.size, words};
        }
        RUNUT_PUSH(self->arena, self->days, day);
    }
}

/* The kind of office from how evidence names it, as in data/date_words.tsv. */
static uint8_t office_of(runut_slice says)
{
    static const struct {
        const char *words;
        uint8_t kind;
    } kinds[] = {{"president", 1},
                 {"prime minister", 2},
                 {"premier", 2},
                 {"chancellor", 2},
                 {"king", 4},
                 {"emir", 4},
                 {"sultan", 4},
                 {"queen", 4},
                 {"pope", 5},
                 {"leader", 6},
                 {"secretary general", 6},
                 {"secretary-general", 6},
                 {"chief", 6}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (runut_slice_starts(says, runut_slice_of(kinds[i].words)))
            return (uint8_t)(1u << kinds[i].kind);
    return 1u << 3;
}

static void load_terms(runut_calendar *self)
{
    runut_slice rest = runut_data("office_terms.tsv");
    for (runut_slice fields[4]; runut_data_row(&rest, fields, 4);) {
        runut_term term = {.from = runut_day_parse(fields[0]),
                           .to = runut_day_parse(fields[1]),
                           .says = fields[3],
                           .office = office_of(fields[3])};
        for (runut_slice form; runut_slice_field(&fields[2], '|', &form);) {
            runut_slice name, need = {"", 0};
            runut_slice_field(&form, '#', &name);
            runut_slice_field(&form, '#', &need);
            runut_slices words = words_of(self, runut_utf8_fold(self->arena, name));
            if (!term.name.size)
                term.name = name;
            uint32_t *first = runut_map_put(self->terms, words.at[0], NULL);
            uint32_t next = *first;
            *first = (uint32_t)self->names.size + 1;
            *RUNUT_APPEND(self->arena, self->names) =
                (__typeof__(*self->names.at)){next, (uint32_t)self->offices.size, words, need};
        }
        RUNUT_PUSH(self->arena, self->offices, term);
    }
}

runut_calendar *runut_calendar_new(void)
{
    runut_arena *arena = runut_arena_new(CALENDAR_BYTES);
    if (!arena)
        return NULL;
    if (RUNUT_ARENA_TRY(arena) != 0) {
        runut_arena_free(arena);
        return NULL;
    }
    runut_calendar *self = runut_arena_alloc(arena, sizeof *self);
    self->arena = arena;
    self->words = runut_map_new(arena);
    self->known = runut_map_new(arena);
    self->terms = runut_map_new(arena);
    self->names_of_days = runut_map_new(arena);
    runut_calendar_names_put(self->names_of_days);
    load_words(self);
    load_known_days(self);
    load_terms(self);
    return self;
}

void runut_calendar_free(runut_calendar *self)
{
    if (self)
        runut_arena_free(self->arena);
}

/* ---- tagging ---- */

/* Indonesian and Malay are taken for each other often enough to be read with the words of both, a word of the
 * article's own language first. Without a known language the three that runut knows best are tried. */
static uint64_t languages_of(const runut_calendar *self, runut_slice language)
{
    static const char *const unknown[] = {"en", "id", "ms"};
    uint64_t bits = ANY_LANGUAGE;
    runut_slice tag = language;
    for (size_t i = 0; i < language.size; i++)
        if (!runut_is_alpha((unsigned char)language.at[i])) {
            tag.size = i;
            break;
        }
    for (size_t i = 0; i < self->languages.size; i++) {
        if (runut_slice_equal(self->languages.at[i], tag))
            bits |= 1ull << i;
        for (size_t k = 0; k < 3 && (tag.size == 0 || runut_slice_is(tag, "und")); k++)
            if (runut_slice_is(self->languages.at[i], unknown[k]))
                bits |= 1ull << i;
    }
    return bits;
}

static void apply(runut_tag *tag, uint64_t class, int value, uint8_t length)
{
    tag->classes |= class;
    if (class & (DATE_NUM | DATE_ORD | DATE_TEENS | DATE_TIMES | DATE_ERA))
        tag->number = (int16_t)value;
    if (class & (DATE_UNIT | DATE_ONE))
        tag->unit = (int8_t)value;
    if (class & DATE_STEP)
        tag->step = (int8_t)value;
    if (class & DATE_OFFICE)
        tag->offices |= (uint8_t)(1u << (value & 7));
    if (class & DATE_DAY)
        tag->day = (int8_t)value;
    if ((class & DATE_WEEKDAY) && length >= tag->day_length) { /* 11…17: of last week */
        tag->weekday = (int8_t)(value % 10);
        tag->week = value > 10 ? -1 : 0;
        tag->day_length = length;
    }
    if (length > tag->length)
        tag->length = length;
}

/* False where no form begins so. */
static bool tag_words(const runut_calendar *self, uint64_t languages, runut_slice form, uint64_t hash, uint8_t length,
                      runut_tag *tag)
{
    const uint32_t *found = runut_map_get_hashed(self->words, form, hash);
    for (uint32_t i = found ? *found : 0; i; i = self->entries.at[i - 1].next)
        if (self->entries.at[i - 1].languages & languages)
            apply(tag, self->entries.at[i - 1].class, self->entries.at[i - 1].value, length);
    return found != NULL;
}

/* Forms of one to three words that begin at `at`. */
static void tag_forms(runut_scan *scan, uint64_t languages, uint32_t at)
{
    char form[FORM_BYTES];
    size_t size = 0;
    runut_tag *tag = &scan->tags[at];
    if (scan->tokens[at].folded.size >= FORM_BYTES ||
        !tag_words(scan->calendar, languages, scan->tokens[at].folded, scan->tokens[at].hash, 1, tag))
        return;
    for (uint32_t i = at; i < scan->count && i < at + FORM_WORDS; i++) {
        runut_slice word = scan->tokens[i].folded;
        if (scan->tokens[i].kind != RUNUT_TOKEN_WORD || size + word.size + 1 > FORM_BYTES)
            break;
        bool bound =
            i > at && (unsigned char)word.at[0] >= 0xE0 && scan->tokens[i - 1].span.end == scan->tokens[i].span.start;
        if (size && !bound)
            form[size++] = ' ';
        memcpy(form + size, word.at, word.size);
        size += word.size;
        runut_slice all = {form, size};
        if (i > at && !tag_words(scan->calendar, languages, all, runut_slice_hash(all), (uint8_t)(i - at + 1), tag))
            break;
    }
}

/* A form of the table stays. */
static void name_weekday(runut_tag *tag, int weekday)
{
    if (weekday && !(tag->classes & DATE_WEEKDAY)) {
        tag->weekday = (int8_t)weekday;
        tag->day_length = 1;
    }
}

/* 'Dienstagabend', 'zondagochtend', 'måndagskväll': the name of a day with a part of the day glued to it. */
static void tag_compound(runut_scan *scan, uint64_t languages, uint32_t at)
{
    const runut_calendar *self = scan->calendar;
    runut_slice word = scan->tokens[at].folded, language = scan->annotation->language;
    for (size_t i = 0; i < self->parts.size; i++) {
        runut_slice part = self->parts.at[i].form;
        if (!(self->parts.at[i].languages & languages) || !runut_slice_ends(word, part))
            continue;
        int weekday = runut_weekday_in(runut_slice_part(word, 0, word.size - part.size), language);
        if (weekday) {
            name_weekday(&scan->tags[at], weekday);
            return;
        }
    }
}

/* What a name of a day means in the article's language: common words are such in some language ("so", "on"), and
 * finding out that they are none in this one takes long. */
typedef struct day_name {
    const uint32_t *of; /* in names_of_days */
    int8_t month, weekday;
} day_name;

enum { DAY_NAMES = 64 };

static const day_name *day_named(const runut_scan *scan, day_name kept[DAY_NAMES], const uint32_t *names, uint32_t at)
{
    runut_slice word = scan->tokens[at].folded, language = scan->annotation->language;
    day_name *day = &kept[scan->tokens[at].hash % DAY_NAMES];
    if (day->of != names) {
        day->of = names;
        day->month = *names & RUNUT_NAMES_MONTH ? (int8_t)runut_month_in(word, language) : 0;
        day->weekday = *names & RUNUT_NAMES_WEEKDAY ? (int8_t)runut_weekday_in(word, language) : 0;
    }
    return day;
}

/* Abbreviations are names only beside a number, so the reader asks; here every name is noted. */
static void tag_names(runut_scan *scan, day_name kept[DAY_NAMES], uint64_t languages, uint32_t at)
{
    enum { SHORTEST_COMPOUND = 8 };
    runut_slice word = scan->tokens[at].folded;
    if (word.size < 2 || word.size > 40)
        return;
    const uint32_t *names = runut_map_get_hashed(scan->calendar->names_of_days, word, scan->tokens[at].hash);
    if (!names) {
        if (word.size >= SHORTEST_COMPOUND)
            tag_compound(scan, languages, at);
        return;
    }
    const day_name *day = day_named(scan, kept, names, at);
    if (*names & RUNUT_NAMES_MONTH)
        scan->tags[at].month = day->month;
    if (*names & RUNUT_NAMES_WEEKDAY)
        name_weekday(&scan->tags[at], day->weekday);
}

/* The year that `digits` says in another era: Buddhist in Thai, '令和6年', '民國113年'; -1 for '1445 H', whose months
 * are the moon's and which stands beside the day that everybody uses. */
static int year_of_era(const runut_scan *scan, uint32_t at, int digits)
{
    enum { BUDDHIST = 543, FIRST = 2440, LAST = 2650, HIJRI_FIRST = 1300, HIJRI_LAST = 1500 };
    if (digits >= FIRST && digits <= LAST && runut_slice_starts(scan->annotation->language, RUNUT_LITERAL("th")))
        return digits - BUDDHIST;
    if (at > 0 && digits >= 1 && digits < 200 && runut_dates_is(scan, at - 1, DATE_ERA))
        return scan->tags[at - 1].number + digits;
    if (digits < HIJRI_FIRST || digits > HIJRI_LAST || at + 1 >= scan->count)
        return digits;
    static const char *const marks[] = {"h", "hijriah", "hijriyah", "hijrah", "ah", "hijri", "هـ", "هجرية", "hicri"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (runut_slice_is(scan->tokens[at + 1].folded, marks[i]))
            return -1;
    return digits;
}

void runut_dates_tag(runut_scan *scan)
{
    uint64_t languages = languages_of(scan->calendar, scan->annotation->language);
    day_name kept[DAY_NAMES] = {0};
    scan->tags = runut_arena_alloc(scan->arena, (scan->count + 1) * sizeof *scan->tags);
    for (uint32_t i = 0; i < scan->count; i++) {
        const runut_token *token = &scan->tokens[i];
        uint32_t digits;
        scan->tags[i].digits = -1;
        if (token->kind == RUNUT_TOKEN_WORD) {
            tag_forms(scan, languages, i);
            tag_names(scan, kept, languages, i);
        } else if (token->kind == RUNUT_TOKEN_NUMBER && token->folded.size <= 4 &&
                   runut_slice_number(token->folded, &digits)) {
            scan->tags[i].digits = (int16_t)year_of_era(scan, i, (int)digits);
        }
    }
}

/* ---- numbers ---- */

/* 'seventy-five' is one token: its halves are looked up. */
static bool split_number(const runut_scan *scan, uint32_t at, int *value, bool *ordinal)
{
    runut_slice word = scan->tokens[at].folded, first, second = {"", 0};
    if (scan->tokens[at].kind != RUNUT_TOKEN_WORD || !memchr(word.at, '-', word.size))
        return false;
    runut_slice rest = word;
    runut_slice_field(&rest, '-', &first);
    second = rest;
    uint64_t languages = languages_of(scan->calendar, scan->annotation->language);
    runut_tag tens = {0}, ones = {0};
    tag_words(scan->calendar, languages, first, runut_slice_hash(first), 1, &tens);
    tag_words(scan->calendar, languages, second, runut_slice_hash(second), 1, &ones);
    if (!(tens.classes & DATE_NUM) || tens.number < 20 || !(ones.classes & (DATE_NUM | DATE_ORD)) || ones.number > 9)
        return false;
    *value = tens.number + ones.number;
    *ordinal = (ones.classes & DATE_ORD) != 0;
    return true;
}

static bool touches(const runut_scan *scan, uint32_t at)
{
    return at > 0 && at < scan->count && scan->tokens[at - 1].span.end == scan->tokens[at].span.start;
}

/* '78', '78th', 'ke-78', 'ke 78'. */
static uint32_t digits_number(const runut_scan *scan, uint32_t at, int *value, bool *ordinal)
{
    uint32_t i = at;
    bool ke = i < scan->count && runut_slice_is(scan->tokens[i].folded, "ke");
    if (ke) {
        i++;
        if (runut_dates_mark(scan, i, "-") || runut_dates_mark(scan, i, "\xe2\x80\x93"))
            i++;
    }
    if (i >= scan->count || scan->tags[i].digits < 0)
        return 0;
    *value = scan->tags[i++].digits;
    *ordinal = ke;
    if (touches(scan, i) &&
        (runut_dates_is(scan, i, DATE_SUFFIX) || runut_dates_mark(scan, i, "º") || runut_dates_mark(scan, i, "ª"))) {
        *ordinal = true;
        i++;
    }
    return i - at;
}

/* 'XVII edición', 'la XIV edizione': capitals that make a number, two of them at least. */
int runut_dates_roman(const runut_scan *scan, uint32_t at)
{
    static const char letters[] = "ivxlc";
    static const int values[] = {1, 5, 10, 50, 100};
    const runut_token *token = &scan->tokens[at];
    int total = 0, last = 1000;
    if (token->kind != RUNUT_TOKEN_WORD || !token->all_upper || token->folded.size < 2 || token->folded.size > 8)
        return 0;
    for (size_t i = 0; i < token->folded.size; i++) {
        const char *letter = memchr(letters, token->folded.at[i], sizeof letters - 1);
        if (!letter)
            return 0;
        int value = values[letter - letters];
        total += value > last ? value - 2 * last : value;
        last = value;
    }
    return total >= 2 && total <= 150 ? total : 0;
}

uint32_t runut_dates_number(const runut_scan *scan, uint32_t at, int *value, bool *ordinal)
{
    *ordinal = false;
    uint32_t used = digits_number(scan, at, value, ordinal);
    if (used || at >= scan->count)
        return used;
    if (split_number(scan, at, value, ordinal))
        return 1;
    int total = 0, last = -1;
    uint32_t i = at;
    for (; i < scan->count && i < at + 6; i++) {
        const runut_tag *tag = &scan->tags[i];
        if (i == at ? !(tag->classes & (DATE_NUM | DATE_ORD))
                    : !(tag->classes & (DATE_NUM | DATE_ORD | DATE_TEENS | DATE_TIMES)))
            break;
        if (tag->classes & DATE_ORD)
            *ordinal = true;
        if (i > at && (tag->classes & DATE_TEENS) && last >= 0 && last < 10)
            total += tag->number, last = -1;
        else if (i > at && (tag->classes & DATE_TIMES) && last >= 0 && last < 100)
            total += last * (tag->number - 1), last = -1;
        else if ((tag->classes & (DATE_NUM | DATE_ORD)) &&
                 (i == at || (last < 0 ? tag->number < 100 : last >= 20 && tag->number < 10)))
            total += last = tag->number;
        else
            break;
    }
    *value = total;
    return i - at;
}
