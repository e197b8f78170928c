#!/usr/bin/env python3
"""make_word_frequency.py STEM_WORDS > data/word_frequency.tsv

How common words are, language by language, from the package wordfreq of PyPI (`pip install wordfreq==3.1.1`); its code
is Apache-2.0, its data CC BY-SA 4.0 (https://github.com/rspeer/wordfreq, NOTICE.md names the sources). STEM_WORDS is the
program tools/stem_words.c, so that words are folded and stemmed as those of articles are. Forms of one stem are added
up. Logarithms are rounded to tenths, so that words of like frequency share a line.
"""
import collections
import math
import subprocess
import sys

import wordfreq

MOST_WORDS = 5000
LEAST = 38  # tenths of the Zipf scale: what is rarer is as good as unknown
CODES = {"nb": "no", "sh": "hr"}  # wordfreq's code -> ours, where it is another one


def frequencies():
    """(language, word) -> occurrences per word of text"""
    out = {}
    for code in sorted(wordfreq.available_languages("small")):
        words = wordfreq.get_frequency_dict(code, wordlist="small")
        for word in sorted(words, key=lambda w: (-words[w], w))[:MOST_WORDS]:
            if not any(c.isdigit() for c in word):
                out[CODES.get(code, code), word] = words[word]
    return out


def main():
    known = frequencies()
    lines = "".join(f"{language}\t{word}\n" for language, word in known)
    stemmed = subprocess.run([sys.argv[1]], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    sums = collections.Counter()
    for line in stemmed.splitlines():
        language, folded, stem = line.split("\t")
        if len(stem.encode()) <= 32 and " " not in stem:
            sums[language, stem] += known.get((language, folded), 0)
    groups = collections.defaultdict(list)
    for (language, stem), value in sums.items():
        tenths = round(10 * (math.log10(value) + 9)) if value else 0
        if tenths >= LEAST:
            groups[language, tenths].append(stem)
    out = sys.stdout
    out.write("# How common stems are in 40 and more languages, as an article's words are folded and stemmed.\n"
              "# Made by tools/make_word_frequency.py from wordfreq 3.1.1 (https://github.com/rspeer/wordfreq) by Robyn\n"
              "# Speer; data CC BY-SA 4.0 (Wikipedia, OpenSubtitles, OPUS and others, see its NOTICE.md). This table is under\n"
              "# the same licence, CC BY-SA 4.0.\n"
              "# language TAB ten times the logarithm of the occurrences in 10^9 words TAB stems with a blank between them\n")
    for (language, tenths) in sorted(groups, key=lambda k: (k[0], -k[1])):
        out.write(f"{language}\t{tenths}\t{' '.join(sorted(groups[language, tenths]))}\n")


main()
