#!/usr/bin/env python3
"""Train data/field_weights.tsv, the judgement of candidates for a page's fields.

    dump_fields < LIST > DUMP                    (built from tools/dump_fields.c; LIST: the set's page files)
    train_fields.py SET DUMP OUT.tsv [FOLD N]    (needs numpy)

SET is a folder with gold.jsonl (file, url, headline, author, datePublished). A candidate is right where its value agrees
with the gold after folding; pages without gold for a field count a little as pages without the field. Each field is a
logistic model with L2 over the features that dump_fields prints. Prints the figures of a five-fold cross-validation by
domain, then trains on everything. With FOLD N only the pages outside fold FOLD of N are trained on, so that the whole
path can be scored held out on that fold.
"""
import collections
import hashlib
import json
import os
import re
import sys
import unicodedata
from urllib.parse import urlparse

import numpy as np

FOLDS = 5
RIDGE = {"author": 1.0, "date": 1.0, "headline": 1.0}
HEAD = """# Weights of the logistic models that judge candidates for a page's fields: field TAB feature TAB weight. Made by
# tools/train_fields.py from the article pages of the WCXB benchmark, dev split (Murrough Foley, 2026, CC-BY-4.0); the weights hold no text
# of it. {}. Licence: Apache-2.0.
"""


def norm(text):
    text = unicodedata.normalize("NFKC", text or "").casefold()
    return " ".join(re.findall(r"[^\W_]+", text))


def domain(url):
    host = (urlparse(url or "").netloc or "none").lower()
    return host[4:] if host.startswith("www.") else host


def fold_of(url, folds):
    return int(hashlib.md5(domain(url).encode()).hexdigest(), 16) % folds


HONORIFIC = {"dr", "prof", "professor", "mr", "mrs", "ms", "sir"}


def name_key(text):
    w = norm(text).split()
    while len(w) > 1 and w[0] in HONORIFIC:
        w = w[1:]
    return " ".join(w)


def right_author(value, gold):
    """The gold's list may hold several names, with roles, in one string."""
    for whole in gold:
        parts = re.split(r",| and | & |;| with ", whole)
        if name_key(value) in {name_key(p) for p in parts + [whole]}:
            return True
    return False


def right_date(value, gold):
    return value[:10] == gold[:10]


def right_headline(value, gold):
    return norm(value) == norm(gold)


KEYS = {"author": ("author", right_author), "date": ("datePublished", right_date),
        "headline": ("headline", right_headline)}


def load(set_dir, dump):
    gold = {}
    for line in open(os.path.join(set_dir, "gold.jsonl"), encoding="utf-8"):
        g = json.loads(line)
        gold[os.path.basename(g["file"]).removesuffix(".gz")] = g
    pages = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in open(dump, encoding="utf-8"):
        path, field, value, row = line.rstrip("\n").split("\t")
        row = {k: float(v) for k, v in (x.split("=") for x in row.split())}
        pages[field][os.path.basename(path).removesuffix(".gz")].append((value, row))
    return gold, pages


def fit(x, y, w, ridge):
    """Newton's method; the bias (last column) is not held back."""
    beta = np.zeros(x.shape[1])
    hold = np.full(x.shape[1], ridge)
    hold[-1] = 1e-6
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        grad = x.T @ (w * (y - p)) - hold * beta
        h = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(hold)
        step = np.linalg.solve(h, grad)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    return beta


class Field:
    def __init__(self, field, gold, pages):
        self.field, self.pages, self.gold = field, pages, gold
        key, right = KEYS[field]
        names = sorted({k for rows in pages.values() for _, r in rows for k in r})
        self.names, self.page, x, y, w = names, [], [], [], []
        at = {n: i for i, n in enumerate(names)}
        for page, rows in pages.items():
            if page not in gold:
                continue
            g = gold[page].get(key)
            if field == "date" and g and any(right(v, g) and (r.get("IS_CHANGE") or r.get("CHANGED")) for v, r in rows):
                continue  # the annotator took the day of the last change
            for value, r in rows:
                v = np.zeros(len(names) + 1)
                for k, one in r.items():
                    v[at[k]] = one
                v[-1] = 1
                x.append(v)
                y.append(float(bool(g) and right(value, g)))
                w.append(1.0 if g else 0.25)
                self.page.append(page)
        self.x, self.y, self.w = np.array(x), np.array(y), np.array(w)
        self.page = np.array(self.page)
        self.url = {p: gold[p]["url"] for p in pages if p in gold}

    def train(self, mask):
        return fit(self.x[mask], self.y[mask], self.w[mask], RIDGE[self.field])

    def held_out(self):
        fold = np.array([fold_of(self.url[p], FOLDS) for p in self.page])
        p = np.zeros(len(self.y))
        for k in range(FOLDS):
            beta = self.train(fold != k)
            p[fold == k] = 1 / (1 + np.exp(-(self.x[fold == k] @ beta)))
        return p

    def figures(self, p):
        key, _ = KEYS[self.field]
        rows = collections.defaultdict(list)
        for i, page in enumerate(self.page):
            rows[page].append(i)
        asked = [q for q, g in self.gold.items() if g.get(key)]
        top = sum(bool(rows[q]) and self.y[max(rows[q], key=lambda i: p[i])] > 0 for q in asked)
        any_ = sum(any(self.y[i] for i in rows[q]) for q in asked)
        said = sum(bool(rows[q]) and max(p[i] for i in rows[q]) >= 0.5 for q in asked)
        sure = sum(bool(rows[q]) and max(p[i] for i in rows[q]) >= 0.5 and self.y[max(rows[q], key=lambda i: p[i])] > 0 for q in asked)
        silent = [q for q, g in self.gold.items() if not g.get(key)]
        lies = sum(bool(rows[q]) and max(p[i] for i in rows[q]) >= 0.5 for q in silent)
        return (f"{self.field}: {len(asked)} pages; first right {top / len(asked):.4f}, any right {any_ / len(asked):.4f}, "
                f"F1 at .5 {2 * sure / (said + len(asked)):.4f} ({sure}/{said}); named on {lies} of {len(silent)} without gold")


def main():
    set_dir, dump, out = sys.argv[1:4]
    fold, folds = (int(sys.argv[4]), int(sys.argv[5])) if len(sys.argv) > 5 else (-1, FOLDS)
    gold, pages = load(set_dir, dump)
    lines, notes = [], []
    for name in KEYS:
        if name not in pages:
            continue
        field = Field(name, gold, pages[name])
        note = field.figures(field.held_out())
        print(note)
        notes.append(note.split(",")[0] + " (held out)")
        mask = np.array([fold < 0 or fold_of(field.url[p], folds) != fold for p in field.page])
        beta = field.train(mask)
        rows = sorted(zip(field.names + ["bias"], beta))
        lines += [f"{name}\t{k}\t{b:.3f}\n" for k, b in rows]
    with open(out, "w", encoding="utf-8") as f:
        f.write(HEAD.format("; ".join(notes)))
        f.writelines(lines)


if __name__ == "__main__":
    main()
