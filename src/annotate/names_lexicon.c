/* The tables of names and of words beside names, as one trie over words: a node is a phrase's beginning, its name in
 * the hash map is the words so far. Phrases of one language only carry its number in front. */
#include <stdlib.h>

#include "annotate/names_parts.h"
#include "base/data.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    LANGUAGES_MOST = 64,
    LOAD_LIMIT = 256 << 20,
    PHRASE_BYTES = 160, /* of the longest phrase */
    ANY = 0             /* number of "every language" */
};

typedef struct ending {
    runut_slice text;
    uint32_t language, class;
} ending;

struct names_lexicon {
    runut_arena *arena;
    runut_map *nodes; /* language byte + phrase → 1 + entry, or 0 where phrases only go on */
    RUNUT_VECTOR(names_entry) entries;
    runut_slices languages; /* [0] is empty */
    RUNUT_VECTOR(ending) endings;
    bool ends[LANGUAGES_MOST]; /* has the language endings? */
};

/* Is there no byte that the normal form changes, or that begins such a mark? */
static bool is_normal(runut_slice folded)
{
    for (size_t i = 0; i < folded.size; i++) {
        unsigned char byte = (unsigned char)folded.at[i];
        if (byte == '-' || byte == '.' || byte == ' ' || byte == '`' || byte == 0xE2 || byte == 0xC2 || byte == 0xCA)
            return false;
    }
    return true;
}

runut_slice runut_names_normal(runut_arena *arena, runut_slice folded)
{
    if (is_normal(folded))
        return folded;
    runut_buffer out = runut_buffer_new(arena, folded.size + 1);
    bool changed = false, blank = false;
    for (size_t i = 0; i < folded.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(folded, &i);
        if (code == '-' || code == '.' || code == ' ' || (code >= 0x2010 && code <= 0x2015)) {
            blank = out.size > 0;
            changed |= code != ' ';
            continue;
        }
        if (blank)
            runut_buffer_byte(&out, ' ');
        blank = false;
        if (code == 0x2019 || code == 0x2018 || code == 0x02BC || code == 0x02BB || code == '`' || code == 0xB4) {
            runut_buffer_byte(&out, '\'');
            changed = true;
        } else {
            runut_buffer_add(&out, runut_slice_part(folded, start, i));
        }
    }
    return changed || blank ? runut_buffer_slice(&out) : folded;
}

uint32_t runut_names_language(const names_lexicon *self, runut_slice language)
{
    runut_slice rest = language, first;
    if (!runut_slice_field(&rest, '-', &first))
        return ANY;
    for (size_t i = 1; i < self->languages.size; i++)
        if (runut_slice_equal(self->languages.at[i], first))
            return (uint32_t)i;
    return ANY;
}

static uint32_t language_added(names_lexicon *self, runut_slice name)
{
    if (runut_slice_is(name, "*"))
        return ANY;
    uint32_t number = runut_names_language(self, name);
    if (number == ANY && self->languages.size < LANGUAGES_MOST) {
        number = (uint32_t)self->languages.size;
        RUNUT_PUSH(self->arena, self->languages, name);
    }
    return number;
}

/* The entry of `phrase` (normal form), made where it is new; NULL where the phrase is too long. */
static names_entry *entry_of(names_lexicon *self, uint32_t language, runut_slice phrase)
{
    if (phrase.size == 0 || phrase.size + 1 > PHRASE_BYTES)
        return NULL;
    char *bytes = runut_arena_alloc(self->arena, phrase.size + 1);
    bytes[0] = (char)(1 + language);
    memcpy(bytes + 1, phrase.at, phrase.size);
    for (size_t i = 1; i < phrase.size; i++) /* its beginnings */
        if (phrase.at[i] == ' ')
            runut_map_put(self->nodes, (runut_slice){bytes, i + 1}, NULL);
    uint32_t *node = runut_map_put(self->nodes, (runut_slice){bytes, phrase.size + 1}, NULL);
    if (*node == 0) {
        RUNUT_APPEND(self->arena, self->entries);
        *node = (uint32_t)self->entries.size;
    }
    return &self->entries.at[*node - 1];
}

/* As the words of a text are: without the possessive of "People's Republic". */
static runut_slice normal_of(names_lexicon *self, runut_slice form)
{
    runut_slice rest = runut_names_normal(self->arena, runut_utf8_fold(self->arena, form)), word;
    runut_buffer out = runut_buffer_new(self->arena, rest.size + 1);
    while (runut_slice_field(&rest, ' ', &word)) {
        if (word.size > 3 && runut_slice_ends(word, RUNUT_LITERAL("'s")))
            word.size -= 2;
        if (out.size > 0)
            runut_buffer_byte(&out, ' ');
        runut_buffer_add(&out, word);
    }
    return runut_buffer_slice(&out);
}

static void add_class(names_lexicon *self, uint32_t language, runut_slice form, uint32_t class)
{
    names_entry *entry = entry_of(self, language, normal_of(self, form));
    if (entry)
        entry->classes |= class;
}

static uint32_t class_named(runut_slice name)
{
    static const struct {
        const char *name;
        uint32_t class;
    } classes[] = {
        {"title", NAMES_TITLE},
        {"honorific", NAMES_HONORIFIC},
        {"rank", NAMES_RANK},
        {"field", NAMES_FIELD},
        {"orghead", NAMES_ORG_HEAD},
        {"orgtail", NAMES_ORG_TAIL},
        {"placehead", NAMES_PLACE_HEAD},
        {"placetail", NAMES_PLACE_TAIL},
        {"thinghead", NAMES_THING_HEAD},
        {"thingtail", NAMES_THING_TAIL},
        {"say", NAMES_SAY},
        {"in", NAMES_IN},
        {"personlink", NAMES_PERSON_LINK},
        {"orglink", NAMES_ORG_LINK},
        {"demonym", NAMES_DEMONYM},
        {"common", NAMES_COMMON},
        {"territory", NAMES_TERRITORY},
        {"adminhead", NAMES_ADMIN},
        {"admintail", NAMES_ADMIN},
        {"cite", NAMES_CITE},
        {"versus", NAMES_VERSUS},
        {"relative", NAMES_RELATIVE},
        {"given", NAMES_GIVEN},
        {"family", NAMES_FAMILY},
        {"currency", NAMES_CURRENCY},
        {"article", NAMES_ARTICLE},
        {"of", NAMES_OF},
        {"lowhead", NAMES_LOW_HEAD | NAMES_ORG_HEAD},
        {"lowplace", NAMES_LOW_PLACE | NAMES_PLACE_HEAD},
        {"orgadj", NAMES_ORG_ADJ},
        {"orgending", NAMES_ORG_HEAD},
        {"titleending", NAMES_TITLE},
        {"placeending", NAMES_PLACE_END},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (runut_slice_is(name, classes[i].name))
            return classes[i].class;
    return 0;
}

static void load_words(names_lexicon *self)
{
    runut_slice table = runut_data("name_words.tsv"), row[3], tag, form;
    while (runut_data_row(&table, row, 3)) {
        uint32_t class = class_named(row[0]);
        bool ends = runut_slice_ends(row[0], RUNUT_LITERAL("ending"));
        for (runut_slice tags = row[1]; runut_slice_field(&tags, ' ', &tag);) {
            uint32_t language = language_added(self, tag);
            for (runut_slice forms = row[2]; runut_slice_field(&forms, '|', &form);) {
                if (ends)
                    RUNUT_PUSH(self->arena, self->endings, ((ending){form, language, class}));
                else
                    add_class(self, language, form, class);
            }
            self->ends[language] |= ends;
        }
    }
}

static void load_stop_words(names_lexicon *self)
{
    runut_slice table = runut_data("stopwords.tsv"), row[2];
    while (runut_data_row(&table, row, 2))
        if (row[1].size > 0) {
            uint32_t language = language_added(self, row[0]);
            if (language != ANY)
                add_class(self, language, row[1], NAMES_STOP);
        }
}

/* Two capitals or more, and nothing small. */
static bool all_capitals(runut_slice form)
{
    size_t capitals = 0;
    for (size_t i = 0; i < form.size;) {
        uint32_t code = runut_utf8_next(form, &i);
        if (runut_code_is_lower(code))
            return false;
        capitals += runut_code_is_upper(code);
    }
    return capitals >= 2;
}

static void load_listed(names_lexicon *self)
{
    runut_slice table = runut_data("known_names.tsv"), row[5], tag, form;
    while (runut_data_row(&table, row, 5)) {
        names_known known = row[0].at[0] == 'P'   ? NAMES_LISTED_PLACE
                            : row[0].at[0] == 'C' ? NAMES_CITY
                            : row[0].at[0] == 'O' ? NAMES_LISTED_ORG
                                                  : NAMES_LISTED_THING;
        for (runut_slice tags = row[2]; runut_slice_field(&tags, ' ', &tag);) {
            uint32_t language = language_added(self, tag);
            for (runut_slice forms = row[4]; runut_slice_field(&forms, '|', &form);) {
                runut_slice normal = normal_of(self, form);
                names_entry *entry = entry_of(self, language, normal);
                if (!entry || entry->known)
                    continue;
                entry->known = known;
                entry->capitals = all_capitals(form);
                entry->key = runut_slice_is(row[1], "-") ? normal : row[1];
                entry->full = row[3];
            }
        }
    }
}

static void load_gazetteer(names_lexicon *self)
{
    static const char kinds[] = "NWRCc";
    static const names_known known[] = {NAMES_COUNTRY, NAMES_WORLD, NAMES_REGION, NAMES_CITY, NAMES_TOWN};
    runut_slice table = runut_data("gazetteer.tsv"), row[3], form;
    while (runut_data_row(&table, row, 3)) {
        const char *kind = row[0].size ? strchr(kinds, row[0].at[0]) : NULL;
        for (runut_slice forms = row[2]; kind && runut_slice_field(&forms, '|', &form);) {
            names_entry *entry = entry_of(self, ANY, form);
            if (entry && !entry->known) {
                entry->known = known[kind - kinds];
                entry->key = row[1];
            }
        }
    }
}

static void load_person_names(names_lexicon *self)
{
    runut_slice table = runut_data("person_names.tsv"), row[2], form;
    while (runut_data_row(&table, row, 2)) {
        uint32_t class = row[0].at[0] == 'F'   ? NAMES_GIVEN
                         : row[0].at[0] == 'L' ? NAMES_FAMILY
                                               : NAMES_GIVEN | NAMES_FAMILY;
        for (runut_slice forms = row[1]; runut_slice_field(&forms, '|', &form);) {
            names_entry *entry = entry_of(self, ANY, form);
            if (entry)
                entry->classes |= class;
        }
    }
}

names_lexicon *runut_names_lexicon_new(void)
{
    runut_arena *arena = runut_arena_new(LOAD_LIMIT);
    if (!arena)
        return NULL;
    if (RUNUT_ARENA_TRY(arena) != 0) {
        runut_arena_free(arena);
        return NULL;
    }
    names_lexicon *self = runut_arena_alloc(arena, sizeof *self);
    self->arena = arena;
    self->nodes = runut_map_new(arena);
    RUNUT_PUSH(arena, self->languages, ((runut_slice){"", 0}));
    load_words(self);
    load_stop_words(self);
    load_listed(self); /* before the gazetteer: our word goes first */
    load_gazetteer(self);
    load_person_names(self);
    return self;
}

void runut_names_lexicon_free(names_lexicon *self)
{
    if (self)
        runut_arena_free(self->arena);
}

const names_entry *runut_names_find(const names_lexicon *self, uint32_t language, runut_slice phrase)
{
    char bytes[PHRASE_BYTES];
    if (phrase.size == 0 || phrase.size + 1 > sizeof bytes)
        return NULL;
    memcpy(bytes + 1, phrase.at, phrase.size);
    const names_entry *any = NULL;
    for (int step = language == ANY; step < 2; step++) {
        bytes[0] = (char)(1 + (step == 0 ? language : ANY));
        const uint32_t *node = runut_map_get(self->nodes, (runut_slice){bytes, phrase.size + 1});
        const names_entry *entry = node && *node ? &self->entries.at[*node - 1] : NULL;
        if (entry && entry->known)
            return entry;
        any = any ? any : entry;
    }
    return any;
}

uint32_t runut_names_ending(const names_lexicon *self, uint32_t language, runut_slice word)
{
    uint32_t classes = 0;
    for (size_t i = 0; self->ends[language] && i < self->endings.size; i++) {
        const ending *end = &self->endings.at[i];
        if (end->language == language && word.size > end->text.size + 2 && runut_slice_ends(word, end->text))
            classes |= end->class;
    }
    return classes;
}

uint32_t runut_names_classes(const names_lexicon *self, uint32_t language, runut_slice phrase)
{
    char bytes[PHRASE_BYTES];
    if (phrase.size == 0 || phrase.size + 1 > sizeof bytes)
        return 0;
    memcpy(bytes + 1, phrase.at, phrase.size);
    uint32_t classes = 0;
    for (int step = language == ANY; step < 2; step++) {
        bytes[0] = (char)(1 + (step == 0 ? language : ANY));
        const uint32_t *node = runut_map_get(self->nodes, (runut_slice){bytes, phrase.size + 1});
        classes |= node && *node ? self->entries.at[*node - 1].classes : 0;
    }
    return classes;
}

/* One language's phrases from `start` on, appended to `matches`. */
static size_t walk(const names_lexicon *self, uint32_t language, const runut_slice *words, uint32_t start, uint32_t end,
                   names_match *matches, size_t most)
{
    char bytes[PHRASE_BYTES];
    size_t size = 1, count = 0;
    bytes[0] = (char)(1 + language);
    for (uint32_t i = start; i < end && i - start < NAMES_PHRASE_MOST && count < most; i++) {
        if (words[i].size == 0 || size + 1 + words[i].size > sizeof bytes)
            break;
        if (i > start)
            bytes[size++] = ' ';
        memcpy(bytes + size, words[i].at, words[i].size);
        size += words[i].size;
        const uint32_t *node = runut_map_get(self->nodes, (runut_slice){bytes, size});
        if (!node && !memchr(words[i].at, ' ', words[i].size)) /* a word of parts may end inside of a node's name */
            break;
        if (node && *node)
            matches[count++] = (names_match){i + 1, &self->entries.at[*node - 1]};
    }
    return count;
}

size_t runut_names_match(const names_lexicon *self, uint32_t language, const runut_slice *words, uint32_t start,
                         uint32_t end, names_match *matches, size_t most)
{
    size_t count = language == ANY ? 0 : walk(self, language, words, start, end, matches, most);
    return count + walk(self, ANY, words, start, end, matches + count, most - count);
}
