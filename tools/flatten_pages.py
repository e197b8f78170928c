#!/usr/bin/env python3
"""Make plain-text captures of a set's pages, as a set of its own, to train and measure the plain-text path.

    dump_blocks --lines < LIST > LINES; dump_blocks --lines-links < LIST > LINKS     (LIST: the set's page files)
    flatten_pages.py SET LINES LINKS OUT [COPIES]

Each page becomes COPIES captures (2) such as 'select all, copy', a text browser or a crude extractor would give: the
blocks as lines, nothing left of the elements. What differs between real captures is drawn for each from its name, so
that every run gives the same: blank lines (none, around paragraphs, everywhere, some lost), menus on one line, bullets,
Markdown, hard wrapping, links on lines of their own, the page's head and foot cut off.

Nearly all pages are English, and what is learned from them must hold in other languages. So a third of the captures
is put into made-up languages: each word becomes an invented one, always the same, with the casing, the signs and the
spacing of a family of scripts (Latin without cue words, nouns in capitals as in German, Cyrillic, Arabic, Devanagari
with its danda, Chinese without blanks). No cue list knows a word of them.
"""
import collections
import hashlib
import json
import os
import random
import re
import sys
import textwrap

WORD = re.compile(r"[^\W\d_]+")
LANGUAGES = ["latin", "nouns", "cyrillic", "arabic", "devanagari", "chinese"]
LETTERS = {
    "latin": ("bdgklmnprstvz", "aeiou"), "nouns": ("bdfghklmnrstwz", "aeiouäü"), "cyrillic": ("бвгдклмнпрст", "аеиоу"),
    "arabic": ("بتجدرسعفقلمن", "اوي"), "devanagari": ("कगचजतदनपबमरलस", ["ा", "ि", "े", "ो", "ी"]),
}
SIGNS = {
    "arabic": {",": "،", "?": "؟", ";": "؛"}, "devanagari": {".": "।"},
    "chinese": {".": "。", ",": "，", "?": "？", "!": "！", ":": "：", "(": "（", ")": "）", "“": "「", "”": "」"},
}


def drawn(*parts):
    return int(hashlib.sha1("\0".join(parts).encode()).hexdigest(), 16)


def invent(word, language):
    """The made-up word for a lower-case one, about as long."""
    rng = random.Random(drawn(language, word))
    if language == "chinese":
        return "".join(chr(0x4E00 + rng.randrange(600)) for _ in range(1 if len(word) < 5 else 2))
    consonants, vowels = LETTERS[language]
    size = max(1, round(len(word) / 2 + rng.uniform(-0.6, 0.6)))
    return "".join(rng.choice(consonants) + rng.choice(vowels) for _ in range(size))


def translate(text, language):
    if not language:
        return text

    def one(match):
        word = match.group()
        new = invent(word.lower(), language)
        if language in ("arabic", "devanagari", "chinese"):
            return new
        noun = language == "nouns" and drawn("noun", word.lower()) % 3 == 0
        if word.isupper() and len(word) > 1:
            return new.upper()
        return new.capitalize() if noun or word[0].isupper() else new

    text = WORD.sub(one, text)
    for old, sign in SIGNS.get(language, {}).items():
        text = re.sub(r"(?<!\d)" + re.escape(old), sign, text) if old in ".,:" else text.replace(old, sign)
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])", "", text) if language == "chinese" else text


def join_menus(blocks, rng):
    """Neighbouring short links of one list on one line."""
    mark = rng.choice(["  ", " | ", " · ", "\t", " "])
    out = []
    for kind, link, up, text in blocks:
        menu = kind in "l-" and link > 0.8 and len(text) < 40
        if menu and out and out[-1][4] and out[-1][2] == up and len(out[-1][3]) < 300:
            out[-1][3] += mark + text
        else:
            out.append([kind, link, up, text, menu])
    return [b[:4] for b in out]


def crop(blocks, want, rng):
    """Only what stands around the report, as somebody marks it with the mouse."""
    inside = [i for i, b in enumerate(blocks) if len(b[3]) > 60 and b[3][:60] in want]
    heads = [i for i, b in enumerate(blocks) if b[0] == "H"]
    if not inside:
        return blocks
    first = min([i for i in heads if i < inside[0]] or [inside[0]])
    return blocks[max(0, first - rng.choice([0, 0, 1, 2, 3, 5, 8, 15, 30])):inside[-1] + 1 + rng.choice([0, 1, 3, 6, 10, 20, 40, 80])]


def flatten(blocks, want, rng):
    if rng.random() < 0.55:
        blocks = crop(blocks, want, rng)
    if rng.random() < 0.45:
        blocks = join_menus(blocks, rng)
    style = rng.choice(["none", "none", "paragraphs", "paragraphs", "all", "lost", "wrap", "markdown"])
    bullet = rng.choice(["", "", "", "* ", "• ", "- "])
    out = []
    for kind, link, up, text in blocks:
        lines = text.split("\x1f")
        if style == "wrap":
            lines = [w for line in lines for w in wrap(line)]
        if kind == "l" and lines:
            lines[0] = ("- " if style == "markdown" else bullet) + lines[0]
        if style == "markdown" and kind in "hH":
            lines[0] = ("# " if kind == "H" else "## ") + lines[0]
        spaced = style in ("all", "wrap", "markdown") or kind in "phH" and (style == "paragraphs" or style == "lost" and rng.random() < 0.5)
        if spaced and out and out[-1]:
            out.append("")
        out += [line for line in lines if line.strip()]
        if spaced:
            out.append("")
    return "\n".join(out) + "\n"


def wrap(line, width=72):
    if " " not in line[:width * 2] and ord(line[0]) > 0x2fff:
        return [line[i:i + width // 2] for i in range(0, len(line), width // 2)]
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def read_lines(path):
    pages = collections.defaultdict(list)
    for line in open(path, encoding="utf-8", newline="\n"):
        page, kind, link, up, text = line.rstrip("\n").split("\t", 4)
        if text.strip():
            pages[os.path.basename(page)].append([kind, float(link), int(up), text])
    return pages


def main():
    set_dir, lines, links, out = sys.argv[1:5]
    copies = int(sys.argv[5]) if len(sys.argv) > 5 else 2
    pages, parted = read_lines(lines), read_lines(links)
    os.makedirs(os.path.join(out, "articles"), exist_ok=True)
    with open(os.path.join(out, "gold.jsonl"), "w", encoding="utf-8") as gold:
        for g in map(json.loads, open(os.path.join(set_dir, "gold.jsonl"), encoding="utf-8")):
            page = os.path.basename(g["file"])
            for k in range(copies):
                rng = random.Random(drawn("flat", page, str(k)))
                language = LANGUAGES[drawn("language", page, str(k)) % len(LANGUAGES)] if rng.random() < 1 / 3 else None
                blocks = [b[:3] + [translate(b[3], language)] for b in (parted if rng.random() < 0.1 else pages)[page]]
                body = "\n".join(translate(p, language) for p in g["articleBody"].split("\n"))
                text = flatten(blocks, body, rng)
                name = "articles/%s%c.txt" % (page.split(".")[0], ord("a") + k)
                with open(os.path.join(out, name), "w", encoding="utf-8") as f:
                    f.write(text)
                known = {} if language else {key: g[key] for key in ("author", "datePublished", "headline") if key in g}
                gold.write(json.dumps({"file": name, "url": g["url"], "made": language,
                                       "articleBody": body,
                                       "headline": g.get("headline") and translate(g["headline"], language),
                                       "mustHave": [translate(x, language) for x in g.get("mustHave", [])],
                                       "mustLack": [translate(x, language) for x in g.get("mustLack", [])]} | known, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
