/* Lays the tables of names out for names_lexicon.c: pack_names OUT FILE…
 *
 * The files are gazetteer.tsv, known_names.tsv, name_words.tsv, person_names.tsv and stopwords.tsv of data/. Run at
 * each build, so that no start of the program reads them; src/annotate/names_table.h says what comes out. */
#include <stdio.h>
#include <stdlib.h>

#include "annotate/names_table.h"
#include "base/data.h"
#include "base/utf8.h"

enum { LOAD_LIMIT = 512 << 20, PHRASE_BYTES = 150 /* of the longest phrase */, TABLES = 5 };

/* What data.c asks: the files of the command line, in byte order of their names. */
static runut_table tables[TABLES] = {{.name = "gazetteer.tsv"},
                                     {.name = "known_names.tsv"},
                                     {.name = "name_words.tsv"},
                                     {.name = "person_names.tsv"},
                                     {.name = "stopwords.tsv"}};
extern const runut_table *const runut_tables[];
extern const size_t runut_table_count;
const runut_table *const runut_tables[] = {&tables[0], &tables[1], &tables[2], &tables[3], &tables[4]};
const size_t runut_table_count = TABLES;

/* What stands behind an entry; written out as offsets. */
typedef struct said {
    runut_slice key, full;
} said;

typedef struct packer {
    runut_arena *arena;
    runut_map *edges; /* parent's number, word → 1 + node */
    RUNUT_VECTOR(names_node) nodes;
    RUNUT_VECTOR(said) said; /* of each node */
    RUNUT_VECTOR(names_ending) endings[NAMES_LANGUAGES_MOST];
    runut_map *texts; /* text → 1 + where it stands */
    runut_buffer text;
    names_head head;
} packer;

static uint32_t text_of(packer *self, runut_slice text)
{
    bool is_new;
    uint32_t *at = runut_map_put(self->texts, text, &is_new);
    if (is_new) {
        *at = (uint32_t)self->text.size;
        runut_buffer_add(&self->text, text);
    }
    return *at;
}

static uint32_t language_added(packer *self, runut_slice name)
{
    if (runut_slice_is(name, "*"))
        return NAMES_ANY;
    for (uint32_t i = 1; i < self->head.languages; i++)
        if (runut_slice_is(name, self->head.language[i]))
            return i;
    if (self->head.languages == NAMES_LANGUAGES_MOST || name.size >= sizeof self->head.language[0])
        return NAMES_ANY;
    memcpy(self->head.language[self->head.languages], name.at, name.size);
    return self->head.languages++;
}

/* The number of the node that the word leads to, made where it is new. */
static uint32_t follow(packer *self, uint32_t parent, runut_slice word)
{
    char *edge = runut_arena_alloc(self->arena, sizeof parent + word.size);
    memcpy(edge, &parent, sizeof parent);
    memcpy(edge + sizeof parent, word.at, word.size);
    bool is_new;
    uint32_t *at = runut_map_put(self->edges, (runut_slice){edge, sizeof parent + word.size}, &is_new);
    if (is_new) {
        *RUNUT_APPEND(self->arena, self->nodes) =
            (names_node){.parent = parent, .word = text_of(self, word), .word_size = (uint8_t)word.size};
        RUNUT_APPEND(self->arena, self->said);
        *at = (uint32_t)self->nodes.size;
        if (parent >= NAMES_LANGUAGES_MOST)
            self->nodes.at[parent - NAMES_LANGUAGES_MOST].goes_on = true;
    }
    return *at - 1 + NAMES_LANGUAGES_MOST;
}

/* The node of `phrase` (normal form); NULL where the phrase is too long. */
static names_node *node_of(packer *self, uint32_t language, runut_slice phrase)
{
    if (phrase.size == 0 || phrase.size > PHRASE_BYTES)
        return NULL;
    uint32_t number = language;
    for (runut_slice word; runut_slice_field(&phrase, ' ', &word);)
        number = follow(self, number, word);
    names_node *node = &self->nodes.at[number - NAMES_LANGUAGES_MOST];
    node->is_entry = true;
    return node;
}

/* As the words of a text are: without the possessive of "People's Republic". */
static runut_slice normal_of(packer *self, runut_slice form)
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

static void add_class(packer *self, uint32_t language, runut_slice form, uint32_t class)
{
    names_node *node = node_of(self, language, normal_of(self, form));
    if (node)
        node->entry.classes |= class;
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

static void load_words(packer *self)
{
    runut_slice table = runut_data("name_words.tsv"), row[3], tag, form;
    while (runut_data_row(&table, row, 3)) {
        uint32_t class = class_named(row[0]);
        bool ends = runut_slice_ends(row[0], RUNUT_LITERAL("ending"));
        for (runut_slice tags = row[1]; runut_slice_field(&tags, ' ', &tag);) {
            uint32_t language = language_added(self, tag);
            for (runut_slice forms = row[2]; runut_slice_field(&forms, '|', &form);) {
                if (ends)
                    RUNUT_PUSH(self->arena, self->endings[language],
                               ((names_ending){class, text_of(self, form), (uint32_t)form.size}));
                else
                    add_class(self, language, form, class);
            }
        }
    }
}

static void load_stop_words(packer *self)
{
    runut_slice table = runut_data("stopwords.tsv"), row[2];
    while (runut_data_row(&table, row, 2))
        if (row[1].size > 0) {
            uint32_t language = language_added(self, row[0]);
            if (language != NAMES_ANY)
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

/* What the phrase is known as, unless it is known already. */
static void add_known(packer *self, uint32_t language, runut_slice phrase, names_known known, bool capitals, said what)
{
    names_node *node = node_of(self, language, phrase);
    if (!node || node->entry.known)
        return;
    node->entry.known = (uint8_t)known;
    node->entry.capitals = capitals;
    self->said.at[node - self->nodes.at] = what;
}

static void load_listed(packer *self)
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
                said what = {runut_slice_is(row[1], "-") ? normal : row[1], row[3]};
                add_known(self, language, normal, known, all_capitals(form), what);
            }
        }
    }
}

static void load_gazetteer(packer *self)
{
    static const char kinds[] = "NWRCc";
    static const names_known known[] = {NAMES_COUNTRY, NAMES_WORLD, NAMES_REGION, NAMES_CITY, NAMES_TOWN};
    runut_slice table = runut_data("gazetteer.tsv"), row[3], form;
    while (runut_data_row(&table, row, 3)) {
        const char *kind = row[0].size ? strchr(kinds, row[0].at[0]) : NULL;
        for (runut_slice forms = row[2]; kind && runut_slice_field(&forms, '|', &form);)
            add_known(self, NAMES_ANY, form, known[kind - kinds], false, (said){row[1], {0}});
    }
}

static void load_person_names(packer *self)
{
    runut_slice table = runut_data("person_names.tsv"), row[2], form;
    while (runut_data_row(&table, row, 2)) {
        uint32_t class = row[0].at[0] == 'F'   ? NAMES_GIVEN
                         : row[0].at[0] == 'L' ? NAMES_FAMILY
                                               : NAMES_GIVEN | NAMES_FAMILY;
        for (runut_slice forms = row[1]; runut_slice_field(&forms, '|', &form);) {
            names_node *node = node_of(self, NAMES_ANY, form);
            if (node)
                node->entry.classes |= class;
        }
    }
}

/* Keys and full forms stand as far behind their entry as the entry says. */
static bool place_texts(packer *self)
{
    size_t count = self->nodes.size, endings = 0;
    for (size_t i = 0; i < count; i++) {
        text_of(self, self->said.at[i].key);
        text_of(self, self->said.at[i].full);
    }
    for (uint32_t language = 0; language < NAMES_LANGUAGES_MOST; language++) {
        self->head.first_ending[language] = (uint32_t)endings;
        endings += self->endings[language].size;
    }
    self->head.first_ending[NAMES_LANGUAGES_MOST] = self->head.endings = (uint32_t)endings;
    for (size_t i = 0; i < count; i++) {
        names_entry *entry = &self->nodes.at[i].entry;
        const said *what = &self->said.at[i];
        size_t behind = (count - i) * sizeof(names_node) + endings * sizeof(names_ending);
        if (what->key.size > UINT8_MAX || what->full.size > UINT8_MAX)
            return false;
        entry->key_size = (uint8_t)what->key.size;
        entry->full_size = (uint8_t)what->full.size;
        entry->key = (uint32_t)(behind + text_of(self, what->key));
        entry->full = (uint32_t)(behind + text_of(self, what->full));
    }
    self->head.nodes = (uint32_t)count;
    self->head.text = (uint32_t)self->text.size;
    return count < 1u << NAMES_NODE_BITS;
}

/* Two slots for an edge: a look-up that fails sees little more than one of them. */
static uint32_t *make_slots(packer *self)
{
    uint32_t size = self->head.slots = (uint32_t)(self->nodes.size * 2 + 1);
    uint32_t *slots = runut_arena_alloc(self->arena, size * sizeof *slots);
    for (size_t i = 0; i < self->nodes.size; i++) {
        const names_node *node = &self->nodes.at[i];
        runut_slice word = runut_slice_part(runut_buffer_slice(&self->text), node->word, node->word + node->word_size);
        uint64_t hash = names_edge_hash(node->parent, runut_slice_hash(word));
        uint32_t at = names_edge_slot(hash, size);
        while (slots[at])
            at = at + 1 == size ? 0 : at + 1;
        slots[at] = names_edge_mark(hash) | (uint32_t)(i + 1);
    }
    return slots;
}

static bool write_all(packer *self, const char *path)
{
    if (!place_texts(self))
        return false;
    const uint32_t *slots = make_slots(self);
    FILE *out = fopen(path, "wb");
    if (!out)
        return false;
    bool good = fwrite(&self->head, sizeof self->head, 1, out) == 1 &&
                fwrite(slots, sizeof *slots, self->head.slots, out) == self->head.slots &&
                fwrite(self->nodes.at, sizeof *self->nodes.at, self->nodes.size, out) == self->nodes.size;
    for (uint32_t language = 0; language < NAMES_LANGUAGES_MOST; language++)
        for (size_t i = 0; i < self->endings[language].size; i++)
            good &= fwrite(&self->endings[language].at[i], sizeof(names_ending), 1, out) == 1;
    good &= fwrite(self->text.at, 1, self->text.size, out) == self->text.size;
    return fclose(out) == 0 && good;
}

static bool read_table(runut_arena *arena, runut_table *table, const char *path)
{
    FILE *file = fopen(path, "rb");
    runut_buffer bytes = runut_buffer_new(arena, SIZE_MAX);
    char piece[4096];
    for (size_t size; file && (size = fread(piece, 1, sizeof piece, file)) > 0;)
        runut_buffer_add(&bytes, (runut_slice){piece, size});
    bool good = file && !ferror(file);
    if (file)
        fclose(file);
    table->at = bytes.at;
    table->end = bytes.at + bytes.size;
    return good;
}

static bool pack(runut_arena *arena, const char *out, char **files)
{
    if (RUNUT_ARENA_TRY(arena) != 0)
        return false;
    for (int i = 0; i < TABLES; i++) {
        const char *slash = strrchr(files[i], '/');
        if (strcmp(slash ? slash + 1 : files[i], tables[i].name) != 0 || !read_table(arena, &tables[i], files[i]))
            return false;
    }
    packer self = {.arena = arena,
                   .edges = runut_map_new(arena),
                   .texts = runut_map_new(arena),
                   .text = runut_buffer_new(arena, SIZE_MAX),
                   .head = {.magic = {'R', 'N', 'L', '1'}, .languages = 1}};
    load_words(&self);
    load_stop_words(&self);
    load_listed(&self); /* before the gazetteer: our word goes first */
    load_gazetteer(&self);
    load_person_names(&self);
    return write_all(&self, out);
}

int main(int argc, char **argv)
{
    runut_arena *arena = runut_arena_new(LOAD_LIMIT);
    bool good = arena && argc == TABLES + 2 && pack(arena, argv[1], argv + 2);
    if (!good)
        fprintf(stderr, "pack_names: the tables could not be packed\n");
    runut_arena_free(arena);
    return !good;
}
