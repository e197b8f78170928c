#!/usr/bin/env python3
"""Write a C file that embeds the given files: embed.py OUT.c FILE…

The assembler reads the bytes (.incbin), so compiling stays quick whatever their size.
"""
import os
import sys


def main():
    out, files = sys.argv[1], sys.argv[2:]
    with open(out, "w", encoding="utf-8") as f:
        f.write("typedef struct embedded { const char *name, *start, *end; } embedded;\n")
        for i, path in enumerate(files):
            f.write(
                f'__asm__(".section .rodata\\n.global runut_data_{i}\\n.balign 16\\nrunut_data_{i}:\\n'
                f'.incbin \\"{os.path.abspath(path)}\\"\\n.global runut_data_{i}_end\\nrunut_data_{i}_end:\\n.byte 0\\n.previous\\n");\n'
                f"extern const char runut_data_{i}[], runut_data_{i}_end[];\n"
            )
        f.write("extern const embedded runut_embedded[];\nconst embedded runut_embedded[] = {\n")
        for i, path in enumerate(files):
            f.write(f'    {{"{os.path.basename(path)}", runut_data_{i}, runut_data_{i}_end}},\n')
        f.write("    {0, 0, 0}};\n")


main()
