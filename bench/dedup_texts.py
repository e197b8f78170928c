#!/usr/bin/env python3
"""Invented reports with known near-duplicates, as JSON Lines: dedup_texts.py COUNT OUT [--seed N] [--from FILE…]

Sentences come from a word-by-word chain over texts that are read in place (--from: JSON Lines with `articleBody`; else the
samples), so the words and their frequencies are those of news and no sentence is anybody's. Each line has `id`,
`articleBody`, `kind` (how it was made) and `copyOf` (the id of the first report with that text, or null).
"""
import argparse
import json
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTLETS = ["Kabar Muara", "The Invented Post", "Harian Teluk", "Suara Anggrek", "Nusa Daily", "Pantai Times", "Radio Cempaka"]
PEOPLE = "Rina Sulastri|Bima Santoso|Tomas Arden|Sari Melati|Joko Wiranata|Elena Marwick|Farid Nasution|Greta Lund|Hendra Kusuma".split("|")
PLACES = "Anggrek Bakau Cempaka Damar Enau Flamboyan Gaharu Heliks Irmin Jatiluhur Kelapa Lontar Muara Nangka Oleander".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class Chain:
    """Which word follows which."""

    def __init__(self, texts, r):
        self.r, self.next, self.starts = r, {}, []
        for text in texts:
            words = text.split()
            self.starts += [w for w, before in zip(words[1:], words) if before.endswith(".") and w[0].isupper()]
            for a, b in zip(words, words[1:]):
                self.next.setdefault(a, []).append(b)

    def sentence(self):
        word, out = self.r.choice(self.starts), []
        while True:
            out.append(word)
            follow = self.next.get(word)
            if len(out) > 40 or not follow or (word.endswith(".") and len(out) > 7):
                break
            word = self.r.choice(follow)
        return " ".join(out).rstrip(",;:") + ("" if out[-1].endswith(".") else ".")

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.r.randint(1, 4)))

    def word(self):
        return self.r.choice(self.next.get(self.r.choice(self.starts), self.starts))


def number(r):
    return r.choice([str(r.randint(2, 99)), f"{r.randint(1, 900)},{r.randint(0, 999):03d}", f"{r.randint(0, 99)}.{r.randint(0, 9)}"])


def report(chain, r):
    """A report of some 60 to 1,200 words, with numbers and names here and there, as paragraphs."""
    size, out, length = min(1200, max(60, r.lognormvariate(5.8, 0.6))), [], 0
    while length < size:
        words = chain.paragraph().split()
        for _ in range(max(1, len(words) // 25)):
            words.insert(r.randrange(len(words)), r.choice([number(r), r.choice(PEOPLE), f"in {r.choice(PLACES)}", f"on {r.choice(DAYS)}"]))
        out.append(" ".join(words))
        length += len(words)
    return out


# ---- copies ----

def edit(words, rate, chain, r):
    out = []
    for word in words:
        if r.random() >= rate:
            out.append(word)
        elif r.random() < 0.6:
            out.append(chain.word())
        elif r.random() < 0.5:
            out += [word, chain.word()]
    return out


def edited(paragraphs, rate, chain, r):
    return [" ".join(edit(p.split(), rate, chain, r)) for p in paragraphs]


def reprint(paragraphs, chain, r):
    """With what an outlet puts around it."""
    outlet = r.choice(OUTLETS)
    head = [f"{r.choice(PLACES).upper()}, {outlet} - {paragraphs[0]}"]
    tail = [f"Baca juga: {chain.sentence()}", f"Copyright {outlet} {r.randint(2015, 2026)}. All rights reserved. Subscribe to our newsletter."]
    middle = list(paragraphs[1:])
    if middle:
        middle.insert(r.randrange(len(middle) + 1), f"ADVERTISEMENT Read also: {chain.sentence()}")
    return head + middle + tail[: r.randint(1, 2)]


def cut_tail(paragraphs, share, chain, r):
    words, out, left = sum(len(p.split()) for p in paragraphs), [], 0
    left = int(words * (1 - share))
    for p in paragraphs:
        part = p.split()[:left]
        left -= len(part)
        if part:
            out.append(" ".join(part))
    return out


def added(paragraphs, share, chain, r):
    words, out, more = sum(len(p.split()) for p in paragraphs), list(paragraphs), 0
    while more < words * share:
        p = " ".join(chain.sentence() for _ in range(2)).split()[: int(words * share) + 5]
        more += len(p)
        out.insert(r.randrange(1, len(out) + 1), " ".join(p))
    return out


def marks(paragraphs, chain, r):
    text = " ".join(paragraphs).replace(",", " ,").replace('"', "“")
    return [text.upper() if r.random() < 0.3 else text]


COPIES = {
    "same": lambda p, c, r: list(p),
    "marks and case": marks,
    "reprint": reprint,
    "edits 1%": lambda p, c, r: edited(p, 0.01, c, r),
    "edits 3%": lambda p, c, r: edited(p, 0.03, c, r),
    "edits 6%": lambda p, c, r: edited(p, 0.06, c, r),
    "cut 15%": lambda p, c, r: cut_tail(p, 0.15, c, r),
    "cut 35%": lambda p, c, r: cut_tail(p, 0.35, c, r),
    "added 20%": lambda p, c, r: added(p, 0.2, c, r),
    "added 40%": lambda p, c, r: added(p, 0.4, c, r),
    "reprint, 2%, cut": lambda p, c, r: cut_tail(reprint(edited(p, 0.02, c, r), c, r), 0.15, c, r),
}


# ---- others that look like copies ----

def reworded(paragraphs, chain, r):
    """The same facts in other words and order: about half of the words are kept."""
    out = []
    for p in paragraphs:
        words = [w if re.search(r"\d", w) or w[:1].isupper() or r.random() < 0.45 else chain.word() for w in p.split()]
        out.append(" ".join(words))
    r.shuffle(out)
    return out


def follow_up(paragraphs, chain, r):
    """A new report that closes with two fifths of the old one as background."""
    words = sum(len(p.split()) for p in paragraphs)
    new, kept = [], cut_tail(paragraphs[::-1], 0.6, chain, r)
    while sum(len(p.split()) for p in new) < words * 0.6:
        new.append(chain.paragraph())
    return new + kept


OTHERS = {"reworded": reworded, "follow-up": follow_up}


def template(chain, r):
    """A form that is filled in again and again: 40 to 140 words, of which every eighth or so is told anew."""
    out = []
    while len(out) < r.randint(40, 140):
        out += chain.sentence().split()
    for i in range(len(out)):
        if r.random() < 0.12:
            out[i] = r.choice(["{number}", "{number}", "{place}", "{day}", "{person}"])
    return out + ["{number}", "{place}", "{number}"]


def fill_in(form, r):
    fills = {"{number}": lambda: number(r), "{place}": lambda: r.choice(PLACES), "{day}": lambda: r.choice(DAYS),
             "{person}": lambda: r.choice(PEOPLE)}
    return [" ".join(fills[w]() if w in fills else w for w in form)]


# ---- the stream ----

def make(chain, r, count, copies=0.2, others=0.06, forms=0.08):
    """About so many of each in a hundred; a copy may be of one long ago, and of a copy."""
    pool, templates = [], [template(chain, r) for _ in range(max(3, count // 400))]
    for i in range(count):
        name, x = f"n{i}", r.random()
        of = None
        if pool and x < copies:
            kind = r.choice(list(COPIES))
            of, source = r.choice(pool)
            paragraphs = COPIES[kind](source, chain, r)
        elif pool and x < copies + others:
            kind = r.choice(list(OTHERS))
            paragraphs = OTHERS[kind](r.choice(pool)[1], chain, r)
        elif x < copies + others + forms:
            kind, paragraphs = "template", fill_in(r.choice(templates), r)
        else:
            kind, paragraphs = "new", report(chain, r)
        if kind in ("new", "template"):
            if len(pool) < 5000:
                pool.append((name, paragraphs))
            else:
                pool[r.randrange(5000)] = (name, paragraphs)
        yield {"id": name, "url": f"https://{r.choice(PLACES).lower()}.example/{i}", "headline": chain.sentence()[:80],
               "articleBody": "\n".join(paragraphs), "kind": kind, "copyOf": of}


def texts_of(files):
    for path in files:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["articleBody"]


def sample_texts():
    for path in sorted((ROOT / "samples" / "captures").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="files", nargs="*", default=[])
    args = parser.parse_args()
    r = random.Random(args.seed)
    chain = Chain(texts_of(args.files) if args.files else sample_texts(), r)
    with open(args.out, "w", encoding="utf-8") as out:
        for record in make(chain, r, args.count):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
