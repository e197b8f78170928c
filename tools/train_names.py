#!/usr/bin/env python3
"""train_names.py TRAIN.tsv FEATURES > data/names_model.tsv

TRAIN.tsv: NERGrit as in IndoNLU (Apache-2.0/MIT), one "token TAB label" a line. FEATURES: what tools/name_features prints
for `score_names.py make TRAIN.tsv`. Logistic regression, four classes, averaged stochastic gradient descent; weights are
kept relative to the class "no name" and rounded to sixteenths. With --holdout N the last N sentences are left out.
"""
import collections
import math
import random
import re
import sys

KINDS = {"PERSON": 1, "ORGANISATION": 2, "PLACE": 3}
UNIT, BUCKETS, EPOCHS, RATE, DECAY = 16, 1 << 16, 8, 0.12, 2e-5


def sentences(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.strip():
            word, _, label = line.rpartition("\t")
            rows.append((word, label))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def spans(rows):
    """(start, end, class) in bytes of the text that score_names.py makes"""
    text = re.sub(r" ([,.;:!?%)\]])", r"\1", re.sub(r"([(\[]) ", r"\1", " ".join(w for w, _ in rows)))
    at = 0
    for word, label in rows:
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        kind = KINDS.get(label[2:], 0)
        if kind:
            yield len(text[:start].encode()), len(text[:at].encode()), kind


def load(train, features, holdout):
    gold = [list(spans(rows)) for rows in sentences(train)]
    data = []
    for line in open(features, encoding="utf-8"):
        article, start, end, buckets = line.rstrip("\n").split("\t")
        number = int(article[1:])
        if number >= len(gold) - holdout:
            continue
        start, end = int(start), int(end)
        kind = next((k for s, e, k in gold[number] if s < end and start < e), 0)
        data.append(([int(b) for b in buckets.split()], kind))
    return data


def train(data):
    random.seed(1)
    weights = [[0.0] * 3 for _ in range(BUCKETS)]
    total = [[0.0] * 3 for _ in range(BUCKETS)]
    seen = collections.Counter(b for buckets, _ in data for b in set(buckets))
    for epoch in range(EPOCHS):
        random.shuffle(data)
        rate = RATE / (1 + epoch * 0.5)
        for buckets, kind in data:
            use = [b for b in buckets if seen[b] > 1]
            score = [sum(weights[b][k] for b in use) for k in range(3)]
            top = max(0.0, *score)
            power = [math.exp(-top)] + [math.exp(s - top) for s in score]
            norm = sum(power)
            for k in range(3):
                step = rate * ((kind == k + 1) - power[k + 1] / norm)
                for b in use:
                    weights[b][k] += step - rate * DECAY * 50 * weights[b][k]
        if epoch >= EPOCHS // 2:
            for b in seen:
                for k in range(3):
                    total[b][k] += weights[b][k]
    n = EPOCHS - EPOCHS // 2
    return {b: [t / n for t in total[b]] for b in seen}


def main():
    holdout = int(sys.argv[sys.argv.index("--holdout") + 1]) if "--holdout" in sys.argv else 0
    weights = train(load(sys.argv[1], sys.argv[2], holdout))
    print("# Weights of names_tagger.c: bucket TAB person TAB organization TAB place, 128 = 0, in sixteenths")
    print("# Made by tools/train_names.py from NERGrit, the training part, as in IndoNLU (https://github.com/IndoNLP/indonlu,")
    print("# Apache-2.0; NERGrit: MIT).")
    for bucket, row in sorted(weights.items()):
        cells = [max(1, min(255, round(w * UNIT) + 128)) for w in row]
        if any(c != 128 for c in cells):
            print(bucket, *cells, sep="\t")


main()
