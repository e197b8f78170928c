#include "base/data.h"

#include "base/slice.h"

typedef struct embedded {
    const char *name, *start, *end;
} embedded;

extern const embedded runut_embedded[]; /* generated; the last one has no name */

runut_slice runut_data(const char *name)
{
    for (const embedded *e = runut_embedded; e->name; e++)
        if (strcmp(e->name, name) == 0)
            return (runut_slice){e->start, (size_t)(e->end - e->start)};
    return (runut_slice){"", 0};
}

size_t runut_data_row(runut_slice *rest, runut_slice *fields, size_t most)
{
    runut_slice line;
    while (runut_slice_line(rest, &line)) {
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

/* Where the line that holds `offset` begins. */
static size_t line_start(runut_slice table, size_t offset)
{
    while (offset > 0 && table.at[offset - 1] != '\n')
        offset--;
    return offset;
}

runut_slice runut_data_from(runut_slice table, runut_slice key)
{
    size_t low = 0, high = table.size;
    while (low < high) {
        size_t start = line_start(table, low + (high - low) / 2);
        runut_slice rest = runut_slice_part(table, start, table.size), line, field;
        runut_slice_line(&rest, &line);
        bool before = line.size == 0 || line.at[0] == '#';
        if (!before && runut_slice_field(&line, '\t', &field))
            before = runut_slice_order(field, key) < 0;
        if (before)
            low = (size_t)(rest.at - table.at);
        else
            high = start;
    }
    return runut_slice_part(table, low, table.size);
}

size_t runut_data_find(runut_slice table, runut_slice key, runut_slice *fields, size_t most)
{
    runut_slice rest = runut_data_from(table, key);
    size_t count = most ? runut_data_row(&rest, fields, most) : 0;
    return count && runut_slice_equal(fields[0], key) ? count : 0;
}
