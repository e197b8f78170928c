#!/usr/bin/env python3
"""make_stopwords.py stopwords-iso.json > data/stopwords.tsv

The source is the package stopwords-iso of the npm registry (`npm pack stopwords-iso`), MIT licence.
Words of several parts, bare digits and long ones are left out; lines are in byte order, so that a
program can search them by halves.
"""
import json
import sys
import unicodedata

with open(sys.argv[1], encoding="utf-8") as f:
    lists = json.load(f)
rows = set()
for language, words in lists.items():
    for word in words:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
        if folded and not any(c.isspace() or c.isdigit() for c in folded) and len(folded.encode()) <= 32:
            rows.add((language + "\t" + folded).encode())
out = sys.stdout.buffer
out.write("# Common words of 57 languages: words that say little of what a text is about.\n"
          "# Made by tools/make_stopwords.py from stopwords-iso 1.1.0 (https://github.com/stopwords-iso), MIT licence.\n"
          "# language TAB word (NFKC, case folded), in byte order\n".encode())
for row in sorted(rows):
    out.write(row + b"\n")
