#!/usr/bin/env python3
"""Train data/blocks.model, the judgement of a page's blocks, or data/lines.model, that of a plain-text capture's lines.

    dump_blocks WORK < LIST              (built from tools/dump_blocks.c; LIST: the set's page files)
    train_blocks.py SET WORK OUT.model   (needs numpy and lightgbm)

Captures to learn from are made of a set's pages, and then go the same way:

    dump_blocks --lines < LIST > WORK.lines; dump_blocks --lines-links < LIST > WORK.links
    flatten_pages.py SET WORK.lines WORK.links FLATSET
    ls FLATSET/articles/*.txt | dump_blocks FLATWORK
    train_blocks.py FLATSET FLATWORK OUT.model

SET is a folder with gold.jsonl (file, url, articleBody), WORK what dump_blocks wrote. Labels come from aligning the gold
body with the blocks in order. Prints the figures of a five-fold cross-validation by domain, then trains on everything.

The folds' weights stay in WORK.foldN.trees (pack_trees.py: 32 leaves a tree at most) and WORK.list names the one that
has not seen each page, so that the whole path can be scored held out: eval_pages < WORK.list > X.jsonl
(tools/eval_pages.c), then score.py SET X.jsonl.
"""
import bisect
import collections
import hashlib
import json
import os
import re
import struct
import sys
from urllib.parse import urlparse

import lightgbm as lgb
import numpy as np

import pack_trees

TREES, LEAVES, RATE, FOLDS, KEEP = 120, 24, 0.1, 5, 0.4
TOKEN = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u9fff]+")


def words(text):
    return TOKEN.findall(text.lower())


class Fenwick:
    """Prefix maxima of (weight, item)."""

    def __init__(self, n):
        self.best = [(0.0, -1)] * (n + 2)

    def put(self, i, value):
        i += 1
        while i < len(self.best):
            if value > self.best[i]:
                self.best[i] = value
            i += i & -i

    def upto(self, i):
        i += 1
        best = (0.0, -1)
        while i > 0:
            if self.best[i] > best:
                best = self.best[i]
            i -= i & -i
        return best


def label(blocks, gold):
    """Which blocks (lists of words) are in `gold` (a list of words): the heaviest chain in order, then rescued ones."""
    where = collections.defaultdict(list)
    for n in (1, 2, 3):
        for i in range(len(gold) - n + 1):
            where[tuple(gold[i:i + n])].append(i)
    candidates, coverage = [], [0.0] * len(blocks)
    for b, w in enumerate(blocks):
        if not w:
            continue
        n = min(3, len(w))
        grams = [tuple(w[i:i + n]) for i in range(len(w) - n + 1)]
        coverage[b] = sum(g in where for g in grams) / len(grams)
        if coverage[b] < 0.5:
            continue
        votes = collections.Counter()
        for k, g in enumerate(grams):
            for p in where.get(g, ())[:20]:
                votes[(p - k) // 8] += 1
        for start, count in votes.most_common(6):
            if count >= 0.4 * len(grams) or count >= 8:
                candidates.append((b, max(0, start * 8), count * n / 3 * (1 if len(w) >= 3 else 0.3)))
    chain = Fenwick(len(gold) + 8)
    back, score = [], []
    pending, last = [], -1
    for c, (b, start, weight) in enumerate(candidates):
        if b != last:
            for i in pending:
                end = min(len(gold), candidates[i][1] + max(0, len(blocks[candidates[i][0]]) - 8))
                chain.put(end, (score[i], i))
            pending, last = [], b
        before = chain.upto(start + 4)
        back.append(before[1])
        score.append(before[0] + weight)
        pending.append(c)
    labels = np.zeros(len(blocks), bool)
    if score:
        c = int(np.argmax(score))
        while c >= 0:
            labels[candidates[c][0]] = True
            c = back[c]
    seen = collections.Counter()
    for b in np.flatnonzero(labels):
        seen[" ".join(blocks[b])] += 1
    for b, w in enumerate(blocks):
        if not labels[b] and len(w) >= 6 and coverage[b] >= 0.75 and not seen[" ".join(w)]:
            labels[b] = True
            seen[" ".join(w)] += 1
    return labels


def f1(got, want):
    a, b = collections.Counter(got), collections.Counter(want)
    both = sum((a & b).values())
    p = both / sum(a.values()) if a else 0.0
    r = both / sum(b.values()) if b else 1.0
    return 2 * p * r / (p + r) if p + r else 0.0


def load(set_dir, work):
    names = [line.rstrip("\n").split("\t") for line in open(work + ".names", encoding="utf-8")]
    rows = np.fromfile(work + ".f32", np.float32).reshape(-1, len(names))
    pages, texts, paths = [], [], {}
    for i, line in enumerate(open(work + ".tsv", encoding="utf-8", newline="\n")):
        page, text = line.rstrip("\n").split("\t", 1)
        page, path = os.path.basename(page), page
        if not pages or pages[-1][0] != page:
            pages.append([page, i, i])
            paths[page] = path
        pages[-1][2] = i + 1
        texts.append(text)
    gold = {}
    for line in open(os.path.join(set_dir, "gold.jsonl"), encoding="utf-8"):
        g = json.loads(line)
        gold[os.path.basename(g["file"])] = g
    return names, rows, pages, texts, gold, paths


def body(p, texts, tokens):
    """Words of the blocks kept; exact repeats of eight words or more dropped."""
    seen, out = set(), []
    for q, text, w in zip(p, texts, tokens):
        if q < KEEP or (len(w) >= 8 and text in seen):
            continue
        seen.add(text)
        out += w
    return out


def export(model, names, path, note):
    """Header of 1 KiB (text), then little-endian: magic, features, trees, nodes; roots; nodes of 12 bytes."""
    nodes, roots = [], []

    def add(tree):
        at = len(nodes)
        nodes.append(None)
        if "leaf_value" in tree:
            nodes[at] = struct.pack("<HHHHf", 0xFFFF, 0, 0, 0, tree["leaf_value"])
            return at
        assert tree["decision_type"] == "<="
        left = add(tree["left_child"])
        right = add(tree["right_child"])
        nodes[at] = struct.pack("<HHHHf", tree["split_feature"], left, right, 0, float(np.nextafter(np.float32(tree["threshold"]), np.float32(-np.inf))) if np.float32(tree["threshold"]) > tree["threshold"] else tree["threshold"])
        return at

    for tree in model.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"]))
    head = note.encode()[:1023].ljust(1024, b"\0")
    with open(path, "wb") as f:
        f.write(head + struct.pack("<4sIII", b"RBM1", len(names), len(roots), len(nodes)))
        f.write(struct.pack("<%dI" % len(roots), *roots))
        f.write(b"".join(nodes))


def main():
    set_dir, work, out = sys.argv[1:4]
    names, rows, pages, texts, gold, paths = load(set_dir, work)
    tokens = [words(t) for t in texts]
    labels = np.zeros(len(rows), bool)
    weights = np.zeros(len(rows), np.float32)
    folds = np.zeros(len(pages), int)
    page_of = np.zeros(len(rows), int)
    for k, (page, a, b) in enumerate(pages):
        want = words(gold[page]["articleBody"])
        labels[a:b] = label(tokens[a:b], want)
        weights[a:b] = [(len(w) + 3) / max(len(want), 100) for w in tokens[a:b]]
        host = (urlparse(gold[page]["url"] or "").netloc or page).lower().removeprefix("www.")
        folds[k] = int(hashlib.sha1(".".join(host.split(".")[-2:]).encode()).hexdigest(), 16) % FOLDS
        page_of[a:b] = k
    sizes = np.array([len(w) for w in tokens], np.float32)
    flat = all(page.endswith(".txt") for page, _, _ in pages)
    class_columns = [i for i, (part, _) in enumerate(names) if part == "near class"]
    rng = np.random.default_rng(7)
    oracle = np.mean([f1(body(labels[a:b] * 1.0, texts[a:b], tokens[a:b]), words(gold[p]["articleBody"])) for p, a, b in pages])
    print("blocks %d, pages %d, features %d, body blocks %d, oracle %.4f" % (len(rows), len(pages), len(names), labels.sum(), oracle))

    def train(chosen):
        keep = np.flatnonzero(chosen & (labels | (sizes > 8) | (rng.random(len(rows)) < 0.6)))
        # class words tell much on pages whose makers chose them well; a third of the pages is shown without them too,
        # so that the judgement does not lean on them
        blank = keep[:0] if flat else keep[np.isin(page_of[keep], rng.choice(len(pages), len(pages) // 3, replace=False))]
        extra = rows[blank].copy()
        extra[:, class_columns] = 12
        data = lgb.Dataset(np.vstack([rows[keep], extra]), np.concatenate([labels[keep], labels[blank]]).astype(int),
                           weight=np.concatenate([weights[keep], 0.5 * weights[blank]]), params={"max_bin": 127, "verbose": -1})
        return lgb.train({"objective": "binary", "num_leaves": LEAVES, "learning_rate": RATE, "min_data_in_leaf": 40, "lambda_l2": 1.0,
                          "min_sum_hessian_in_leaf": 0.02,
                          "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 127, "seed": 3, "num_threads": 2, "verbose": -1}, data, TREES)

    held = np.zeros(len(rows))
    with open(work + ".list", "w") as f:
        f.writelines("%s.fold%d.trees\t%s\n" % (work, folds[k], paths[page]) for k, (page, _, _) in enumerate(pages))
    for fold in range(FOLDS):
        model = train(folds[page_of] != fold)
        export(model, names, "%s.fold%d.model" % (work, fold), "# Trained without fold %d; for eval_pages only.\n" % fold)
        pack_trees.pack_file("%s.fold%d.model" % (work, fold), "%s.fold%d.trees" % (work, fold))
        test = folds[page_of] == fold
        held[test] = model.predict(rows[test])
    scores = []
    for page, a, b in pages:
        want = words(gold[page]["articleBody"])
        scores.append(f1(body(held[a:b], texts[a:b], tokens[a:b]), want))
    print("held out: word_f1 %.4f" % np.mean(scores))
    np.save(work + ".held.npy", held)
    np.save(work + ".labels.npy", labels)
    model = train(np.ones(len(rows), bool))
    gain = sorted(zip(model.feature_importance("gain"), map(" ".join, names)), reverse=True)
    print("\n".join("%6.3f %s" % (g / sum(x for x, _ in gain), n) for g, n in gain[:25]))
    export(model, names, out,
           "# Judgement of %s: %d boosted trees of %d leaves over %d features. Made by tools/train_blocks.py with LightGBM\n"
           "# from the article pages of the WCXB benchmark%s, dev split (Murrough Foley, 2026, CC-BY-4.0); the weights hold no text of it.\n"
           "# Held out by domain: word F1 %.4f. Licence: Apache-2.0; layout: tools/train_blocks.py, export().\n"
           % ("plain-text captures' lines" if flat else "web page blocks", TREES, LEAVES, len(names),
              " made plain text (tools/flatten_pages.py)" if flat else "", np.mean(scores)))


if __name__ == "__main__":
    main()
