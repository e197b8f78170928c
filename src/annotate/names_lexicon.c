/* The tables of names and of words beside names: names_table.h has their shape, tools/pack_names.c fills it. Nothing is
 * loaded at run time, and a word that begins no phrase costs one look at a slot. */
#include <stdlib.h>

#include "annotate/names_table.h"
#include "base/data.h"
#include "base/utf8.h"

struct names_lexicon {
    const names_head *head;
    const uint32_t *slots;
    const names_node *nodes;
    const names_ending *endings;
    const char *text;
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
        return NAMES_ANY;
    for (uint32_t i = 1; i < self->head->languages; i++)
        if (runut_slice_is(first, self->head->language[i]))
            return i;
    return NAMES_ANY;
}

/* False where the block is not what this program reads. */
static bool open_table(names_lexicon *self, runut_slice table)
{
    const names_head *head = (const void *)table.at;
    if (table.size < sizeof *head || memcmp(head->magic, "RNL1", 4) != 0)
        return false;
    self->head = head;
    self->slots = (const void *)(head + 1);
    self->nodes = (const void *)(self->slots + head->slots);
    self->endings = (const void *)(self->nodes + head->nodes);
    self->text = (const void *)(self->endings + head->endings);
    return table.size == (size_t)(self->text - table.at) + head->text;
}

names_lexicon *runut_names_lexicon_new(void)
{
    names_lexicon *self = calloc(1, sizeof *self);
    if (self && open_table(self, runut_data("names.lexicon")))
        return self;
    free(self);
    return NULL;
}

void runut_names_lexicon_free(names_lexicon *self)
{
    free(self);
}

/* The number of the node that `word` leads to, 0 = none. */
static uint32_t follow(const names_lexicon *self, uint32_t parent, runut_slice word, uint64_t word_hash)
{
    uint32_t slots = self->head->slots, mark, slot;
    uint64_t hash = names_edge_hash(parent, word_hash);
    mark = names_edge_mark(hash);
    for (uint32_t at = names_edge_slot(hash, slots); (slot = self->slots[at]); at = at + 1 == slots ? 0 : at + 1) {
        uint32_t number = slot & ((1u << NAMES_NODE_BITS) - 1);
        const names_node *node = &self->nodes[number - 1];
        if ((slot & ~((1u << NAMES_NODE_BITS) - 1)) == mark && node->parent == parent && node->word_size == word.size &&
            runut_bytes_equal(self->text + node->word, word.at, word.size))
            return number - 1 + NAMES_LANGUAGES_MOST;
    }
    return 0;
}

static const names_node *node_at(const names_lexicon *self, uint32_t number)
{
    return &self->nodes[number - NAMES_LANGUAGES_MOST];
}

/* The node behind all parts of a normal form, most of which have one. */
static uint32_t follow_parts(const names_lexicon *self, uint32_t number, runut_slice form)
{
    for (runut_slice part; runut_slice_field(&form, ' ', &part);) {
        number = follow(self, number, part, runut_slice_hash(part));
        if (number == 0)
            return 0;
    }
    return number;
}

/* The same from a language on, where the form's hash is known. */
static uint32_t follow_form(const names_lexicon *self, uint32_t language, runut_slice form, uint64_t hash)
{
    if (form.size == 0)
        return 0;
    return memchr(form.at, ' ', form.size) ? follow_parts(self, language, form) : follow(self, language, form, hash);
}

void runut_names_start_soon(const names_lexicon *self, uint32_t language, uint64_t hash)
{
    uint32_t slots = self->head->slots;
    if (language != NAMES_ANY)
        __builtin_prefetch(&self->slots[names_edge_slot(names_edge_hash(language, hash), slots)]);
    __builtin_prefetch(&self->slots[names_edge_slot(names_edge_hash(NAMES_ANY, hash), slots)]);
}

names_start runut_names_start(const names_lexicon *self, uint32_t language, runut_slice word, uint64_t hash)
{
    return (names_start){language == NAMES_ANY ? 0 : follow_form(self, language, word, hash),
                         follow_form(self, NAMES_ANY, word, hash)};
}

const names_entry *runut_names_find(const names_lexicon *self, uint32_t language, runut_slice phrase)
{
    names_start at = runut_names_start(self, language, phrase, runut_slice_hash(phrase));
    const names_entry *own = at.own && node_at(self, at.own)->is_entry ? &node_at(self, at.own)->entry : NULL;
    const names_entry *any = at.any && node_at(self, at.any)->is_entry ? &node_at(self, at.any)->entry : NULL;
    return own && (own->known || !any || !any->known) ? own : any;
}

uint32_t runut_names_ending(const names_lexicon *self, uint32_t language, runut_slice word)
{
    uint32_t classes = 0;
    for (uint32_t i = self->head->first_ending[language]; i < self->head->first_ending[language + 1]; i++) {
        const names_ending *end = &self->endings[i];
        if (word.size > end->word_size + 2 &&
            memcmp(word.at + word.size - end->word_size, self->text + end->word, end->word_size) == 0)
            classes |= end->classes;
    }
    return classes;
}

uint32_t runut_names_classes(const names_lexicon *self, uint32_t language, runut_slice phrase)
{
    names_start at = runut_names_start(self, language, phrase, runut_slice_hash(phrase));
    return (at.own ? node_at(self, at.own)->entry.classes : 0) | (at.any ? node_at(self, at.any)->entry.classes : 0);
}

/* The phrases from the first word's node on, appended to `matches`. */
static size_t walk(const names_lexicon *self, uint32_t number, const runut_slice *words, uint32_t start, uint32_t end,
                   names_match *matches, size_t most)
{
    size_t count = 0;
    for (uint32_t i = start; number != 0 && count < most;) {
        const names_node *node = node_at(self, number);
        i++;
        if (node->is_entry)
            matches[count++] = (names_match){i, &node->entry};
        if (!node->goes_on || i >= end || i - start >= NAMES_PHRASE_MOST || words[i].size == 0)
            break;
        number = follow_parts(self, number, words[i]);
    }
    return count;
}

size_t runut_names_match(const names_lexicon *self, names_start at, const runut_slice *words, uint32_t start,
                         uint32_t end, names_match *matches, size_t most)
{
    size_t count = walk(self, at.own, words, start, end, matches, most);
    return count + walk(self, at.any, words, start, end, matches + count, most - count);
}
