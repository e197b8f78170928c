#include "base/data.h"

#include "base/slice.h"

/* Generated; in byte order of their names. */
extern const runut_table *const runut_tables[];
extern const size_t runut_table_count;

const runut_table *runut_data_table(const char *name)
{
    static const uint32_t free_slot = 0;
    static const runut_table none = {"", NULL, NULL, {&free_slot, 0}, {&free_slot, 0}};
    for (size_t low = 0, high = runut_table_count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = strcmp(runut_tables[middle]->name, name);
        if (order == 0)
            return runut_tables[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return &none;
}

static runut_slice bytes_of(const runut_table *table)
{
    return (runut_slice){table->at ? table->at : "", (size_t)(table->end - table->at)};
}

runut_slice runut_data(const char *name)
{
    return bytes_of(runut_data_table(name));
}

size_t runut_data_row(runut_slice *rest, runut_slice *fields, size_t most)
{
    for (runut_slice line; runut_slice_field(rest, '\n', &line);) {
        if (line.size == 0 || line.at[0] == '#')
            continue;
        size_t count = 0;
        for (runut_slice field; count < most && runut_slice_field(&line, '\t', &field);)
            fields[count++] = field;
        for (size_t i = count; i < most; i++)
            fields[i] = (runut_slice){"", 0};
        return count;
    }
    return 0;
}

/* FNV-1a in lower case, as tools/embed.py has it. */
static uint32_t hash_of(runut_slice key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.size; i++)
        hash = (hash ^ (unsigned char)runut_lower((unsigned char)key.at[i])) * 16777619u;
    return hash ^ hash >> 15;
}

enum { PLACE_BITS = 24 };

/* Goes through the places where a key may stand: `slot` begins as its hash. */
static bool next_place(const runut_table *table, runut_table_index index, uint32_t hash, uint32_t *slot,
                       runut_slice *rest)
{
    for (uint32_t place; (place = index.slots[*slot & index.mask]);) {
        *slot += 1;
        if ((place ^ hash) >> PLACE_BITS)
            continue;
        *rest = runut_slice_part(bytes_of(table), (place & ((1u << PLACE_BITS) - 1)) - 1, SIZE_MAX);
        return true;
    }
    return false;
}

static char byte_after(runut_slice rest, size_t size)
{
    return rest.size > size ? rest.at[size] : '\n';
}

size_t runut_data_find(const runut_table *table, runut_slice key, runut_slice *fields, size_t most)
{
    uint32_t hash = hash_of(key), slot = hash;
    for (runut_slice rest; next_place(table, table->records, hash, &slot, &rest);) {
        char after = byte_after(rest, key.size);
        if ((after == '\t' || after == '\n') && runut_slice_starts(rest, key))
            return runut_data_row(&rest, fields, most);
    }
    return 0;
}

runut_slice runut_data_phrases(const runut_table *table, runut_slice word)
{
    uint32_t hash = hash_of(word), slot = hash;
    for (runut_slice rest; next_place(table, table->records, hash, &slot, &rest);) {
        char after = byte_after(rest, word.size);
        if ((after == '\t' || after == '\n' || after == ' ') && runut_slice_starts(rest, word))
            return rest;
    }
    return (runut_slice){"", 0};
}

bool runut_data_names(const runut_table *table, runut_slice name)
{
    uint32_t hash = hash_of(name), slot = hash;
    for (runut_slice rest; next_place(table, table->names, hash, &slot, &rest);) {
        char after = byte_after(rest, name.size);
        if ((after == '|' || after == '\t' || after == '\n') && runut_slice_starts_nocase(rest, name))
            return true;
    }
    return false;
}

enum { BEGINNING = 3 }; /* as in tools/embed.py */

static bool stands_at(runut_slice text, size_t at, runut_slice record)
{
    const char *tab = memchr(record.at, '\t', record.size);
    size_t size = tab ? (size_t)(tab - record.at) : record.size;
    return size <= text.size - at && memcmp(text.at + at, record.at, size) == 0;
}

size_t runut_data_inside(runut_data_search *self, runut_slice *fields, size_t most)
{
    runut_slice rest;
    for (; self->at + BEGINNING <= self->text.size; self->at++, self->open = false) {
        uint32_t hash = hash_of(runut_slice_part(self->text, self->at, self->at + BEGINNING));
        if (!self->open)
            self->slot = hash;
        self->open = true;
        while (next_place(self->table, self->table->names, hash, &self->slot, &rest))
            if (stands_at(self->text, self->at, rest))
                return runut_data_row(&rest, fields, most);
    }
    return 0;
}
