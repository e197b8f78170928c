#!/usr/bin/env python3
"""Write data/entities.tsv: HTML's named character references, sorted by name, for a binary search in the file itself.

The names are those of the HTML standard as Python's standard library carries them (html.entities.html5)."""
import html.entities
import sys


def main():
    out = open(sys.argv[1] if len(sys.argv) > 1 else "data/entities.tsv", "w", encoding="utf-8", newline="\n")
    print("# Named character references of HTML: name (with its semicolon where it needs one) TAB text in UTF-8.", file=out)
    print("# Made by tools/make_entities.py from html.entities.html5 of Python %d.%d (PSF-2.0), which states the table of" % sys.version_info[:2], file=out)
    print("# the WHATWG HTML standard, section 13.5 (CC-BY-4.0). Sorted by bytes; line ends in the text are written \\n.", file=out)
    for name, text in sorted(html.entities.html5.items(), key=lambda x: x[0].encode()):
        text = {"\n": "\\n", "\t": "\\t"}.get(text, text)
        print(f"{name}\t{text}", file=out)


main()
