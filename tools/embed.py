#!/usr/bin/env python3
"""Write a C file that embeds the given files: embed.py OUT.c FILE…

The assembler reads the bytes (.incbin), so compiling stays quick whatever their size. A table (.tsv) gets an index of
its rows besides, made here so that no page ever pays for one: src/base/data.h says what it is for, and
src/base/data.c reads it.
"""
import os
import sys

# Tables of which somebody asks whether they hold a name, and the fields that have such names, parted by '|'.
NAMED = {"agencies.tsv": (0, 3), "person_names.tsv": (1,)}

# Tables whose records are sought at every place of a text, and of how many bytes of the first field they are indexed.
SOUGHT = {"page_dates.tsv": 3}


def hash_of(key):
    """FNV-1a (Fowler, Noll, Vo 1991) of the bytes in lower case; src/base/data.c has the same."""
    value = 2166136261
    for byte in key.lower():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value ^ value >> 15


def rows_of(table):
    """The fields of each record, and where it begins."""
    at = 0
    for line in table.split(b"\n"):
        if line and not line.startswith(b"#"):
            yield line.split(b"\t"), at
        at += len(line) + 1


def records_of(table):
    """Each first field, and the first word of each, with where the first record begins that has it."""
    keys = {}
    for fields, at in rows_of(table):
        keys.setdefault(fields[0], at)
        keys.setdefault(fields[0].split(b" ")[0], at)
    return keys


def names_of(table, wanted):
    """Each name in the `wanted` fields, with where it stands; a '~' before the first is a mark, not part of it."""
    keys = {}
    for fields, at in rows_of(table):
        for number, field in enumerate(fields):
            for name in field.split(b"|"):
                mark = number == 0 and name.startswith(b"~")
                if number in wanted:
                    keys.setdefault(name[mark:].lower(), at + mark)
                at += len(name) + 1
    return keys


def beginnings_of(table, size):
    """The first `size` bytes of each first field, and where each record begins."""
    for fields, at in rows_of(table):
        assert len(fields[0]) >= size, fields
        yield fields[0][:size], at


def index_of(keys):
    """Open addressing, linear probing, at most half full; a slot is eight bits of the hash and 24 of 1 + the offset, 0
    where it is free."""
    size = 1
    while size < 2 * len(keys):
        size *= 2
    slots = [0] * size
    for key, at in keys:
        slot = hash_of(key) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        assert at + 1 < 1 << 24
        slots[slot] = hash_of(key) >> 24 << 24 | at + 1
    return slots


def read(path):
    with open(path, "rb") as f:
        return f.read()


def assembly(lines):
    return "__asm__(" + "\n".join(f'    "{line}\\n"' for line in [".section .rodata", *lines, ".previous"]) + ");\n"


def longs(slots):
    return [".long " + ",".join(map(str, slots[k:k + 16])) for k in range(0, len(slots), 16)]


def main():
    out, files = sys.argv[1], sorted(sys.argv[2:], key=lambda path: os.path.basename(path).encode())
    rows = []
    with open(out, "w", encoding="utf-8") as f:
        f.write('#include "base/data.h"\n')
        for i, path in enumerate(files):
            name, data = os.path.basename(path), read(path)
            records = index_of(list(records_of(data).items()) if name.endswith(".tsv") else [])
            sought = list(beginnings_of(data, SOUGHT[name])) if name in SOUGHT else names_of(data, NAMED.get(name, ())).items()
            names = index_of(sought)
            f.write(assembly([".balign 64", f"runut_data_{i}:", f'.incbin \\"{os.path.abspath(path)}\\"', f"runut_data_{i}_end:",
                              ".byte 0", ".balign 4", f"runut_records_{i}:", *longs(records), f"runut_names_{i}:", *longs(names)]))
            f.write(f"extern const char runut_data_{i}[], runut_data_{i}_end[];\n"
                    f"extern const uint32_t runut_records_{i}[], runut_names_{i}[];\n")
            symbol = "runut_table_" + name.replace(".", "_")
            rows.append(symbol)
            f.write(f'const runut_table {symbol} = {{"{name}", runut_data_{i}, runut_data_{i}_end, {{runut_records_{i}, {len(records) - 1}}}, '
                    f"{{runut_names_{i}, {len(names) - 1}}}}};\n")
        f.write(f"const runut_table *const runut_tables[] = {{\n{''.join(f'    &{symbol},' + chr(10) for symbol in rows)}}};\n"
                f"const size_t runut_table_count = {len(rows)};\n")


main()
