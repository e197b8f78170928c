#!/usr/bin/env python3
"""train_names.py TRAIN.tsv FEATURES > data/names_model.tsv

TRAIN.tsv: NERGrit as in IndoNLU (Apache-2.0/MIT), one "token TAB label" a line, and behind it the invented sentences of
tools/make_news_sentences.py. FEATURES: what tools/name_features prints for `score_names.py make TRAIN.tsv`. A linear-chain conditional random field with the labels of names_tagger.c, trained by
stochastic gradients with a rate per weight (AdaGrad: Duchi, Hazan and Singer, 2011); in each step a part of the features
is left out at random, so that none leans on another, and the weights of the later rounds are averaged. They are rounded
to sixteenths and written as one character each, 'N' = 0. "No name" is made a little dearer than it was learned, as the
sentences leave many names unlabelled. With --holdout N the first N sentences are left out.
"""
import math
import random
import re
import sys

KINDS = {"PERSON": 1, "ORGANISATION": 3, "PLACE": 5}
LABELS, UNIT, ZERO = 7, 16, ord("N")
ROUNDS, RATE, DECAY, LEFT_OUT, SEEN_LEAST, NO_NAME, FIELDS = 14, 0.3, 1e-6, 0.4, 2, 0.3, 3
BEFORE = [[b for b in range(LABELS) if label == 0 or label % 2 == 1 or b in (label, label - 1)] for label in range(LABELS)]
BEGINS = [label for label in range(LABELS) if label == 0 or label % 2 == 1]


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
    """[start, end, first label of its kind] of every name, in bytes of the text that score_names.py makes"""
    text = re.sub(r" ([,.;:!?%)\]])", r"\1", re.sub(r"([(\[]) ", r"\1", " ".join(w for w, _ in rows)))
    at, names = 0, []
    for word, label in rows:
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        kind = KINDS.get(label[2:], 0)
        first, end = len(text[:start].encode()), len(text[:at].encode())
        if kind and (label[0] == "B" or not names or names[-1][2] != kind):
            names.append([first, end, kind])
        elif kind:
            names[-1][1] = end
    return names


def load(train, features, holdout):
    """chains: lists of (buckets, label) of tokens that stand side by side"""
    gold, chains, before, last = [spans(rows) for rows in sentences(train)], [], None, None
    for line in open(features, encoding="utf-8"):
        article, token, start, end, buckets = line.rstrip("\n").split("\t")
        number, token, start, end = int(article[1:]), int(token), int(start), int(end)
        if number < holdout:
            continue
        name = next(((number, k) for k, n in enumerate(gold[number]) if start < n[1] and n[0] < end), None)
        label = gold[number][name[1]][2] + (name == last) if name else 0
        last = name or last
        if before != (number, token - 1):
            chains.append([])
        chains[-1].append(([int(b) for b in buckets.split()], label))
        before = (number, token)
    return chains


def log_sum(values):
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


class Field:
    def __init__(self):
        self.weights, self.squares = {}, {}
        self.steps = [[0.0] * LABELS for _ in range(LABELS + 1)]  # the last row: from the beginning
        self.step_squares = [[0.0] * LABELS for _ in range(LABELS + 1)]

    def forward(self, at):
        rows = [[at[0][k] + self.steps[LABELS][k] if k in BEGINS else -1e9 for k in range(LABELS)]]
        for i in range(1, len(at)):
            old = rows[-1]
            rows.append([at[i][k] + log_sum([old[b] + self.steps[b][k] for b in BEFORE[k]]) for k in range(LABELS)])
        return rows

    def backward(self, at):
        rows = [[0.0] * LABELS]
        for i in range(len(at) - 2, -1, -1):
            old = rows[-1]
            rows.append([log_sum([self.steps[b][k] + at[i + 1][k] + old[k] for k in range(LABELS) if b in BEFORE[k]])
                         for b in range(LABELS)])
        return rows[::-1]

    def push(self, weights, squares, k, slope):
        squares[k] += slope * slope
        weights[k] = (weights[k] + RATE * slope / math.sqrt(1 + squares[k])) * (1 - DECAY)

    def learn(self, chain):
        use = [[b for b in buckets if b in self.weights and random.random() >= LEFT_OUT] for buckets, _ in chain]
        at = [[sum(column) for column in zip(*(self.weights[b] for b in buckets))] or [0.0] * LABELS for buckets in use]
        ahead, behind = self.forward(at), self.backward(at)
        total, slopes = log_sum(ahead[-1]), [[0.0] * LABELS for _ in range(LABELS + 1)]
        for i, (_, label) in enumerate(chain):
            own = [(k == label) - math.exp(ahead[i][k] + behind[i][k] - total) for k in range(LABELS)]
            for k in range(LABELS):
                if i == 0:
                    slopes[LABELS][k] += own[k]
                for b in BEFORE[k] if i else ():
                    likely = math.exp(ahead[i - 1][b] + self.steps[b][k] + at[i][k] + behind[i][k] - total)
                    slopes[b][k] += (chain[i - 1][1] == b and label == k) - likely
            for k in range(LABELS):
                if abs(own[k]) > 1e-4:
                    for b in use[i]:
                        self.push(self.weights[b], self.squares[b], k, own[k])
        for b in range(LABELS + 1):
            for k in range(LABELS):
                self.push(self.steps[b], self.step_squares[b], k, slopes[b][k])


def train(chains, seed):
    """mean weights of the later rounds"""
    random.seed(seed)
    field, seen, kept = Field(), {}, ROUNDS - ROUNDS // 2
    for chain in chains:
        for buckets, _ in chain:
            for b in buckets:
                seen[b] = seen.get(b, 0) + 1
    for b in [b for b in seen if seen[b] >= SEEN_LEAST]:
        field.weights[b], field.squares[b] = [0.0] * LABELS, [0.0] * LABELS
    mean = {b: [0.0] * LABELS for b in field.weights}
    steps = [[0.0] * LABELS for _ in range(LABELS)]
    for turn in range(ROUNDS):
        random.shuffle(chains)
        for chain in chains:
            field.learn(chain)
        print("field", seed, "round", turn + 1, file=sys.stderr)
        if turn < ROUNDS - kept:
            continue
        for b, row in field.weights.items():
            for k in range(LABELS):
                mean[b][k] += row[k] * (1 - LEFT_OUT) / kept
        for b in range(LABELS):
            for k in range(LABELS):
                steps[b][k] += field.steps[b][k] / kept
    return mean, steps


def mean_of(fields):
    """of several fields, learned in another order each: what they agree in counts"""
    weights = {b: [sum(f[0][b][k] for f in fields) / len(fields) for k in range(LABELS)] for b in fields[0][0]}
    steps = [[sum(f[1][b][k] for f in fields) / len(fields) for k in range(LABELS)] for b in range(LABELS)]
    return weights, steps


def main():
    holdout = int(sys.argv[sys.argv.index("--holdout") + 1]) if "--holdout" in sys.argv else 0
    chains = load(sys.argv[1], sys.argv[2], holdout)
    mean, steps = mean_of([train(chains, seed) for seed in range(1, FIELDS + 1)])
    print("# Weights of names_tagger.c. from LABEL TAB steps to every label, 1000 = 0; bucket TAB a character a label, N = 0;")
    print("# all in sixteenths. Made by tools/train_names.py from NERGrit, the training part, as in IndoNLU")
    print("# (https://github.com/IndoNLP/indonlu, Apache-2.0; NERGrit: MIT), and the sentences of tools/make_news_sentences.py.")
    for label, row in enumerate(steps):
        print("from %d" % label, *(" ".join(str(1000 + round((w - (k == 0) * NO_NAME) * UNIT)) for k, w in enumerate(row)),), sep="\t")
    for bucket, row in sorted(mean.items()):
        cells = [max(33, min(126, round(w * UNIT) + ZERO)) for w in row]
        if any(c != ZERO for c in cells):
            print(bucket, "".join(map(chr, cells)), sep="\t")


main()
