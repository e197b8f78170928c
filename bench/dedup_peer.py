#!/usr/bin/env python3
"""One peer of bench/dedup: dedup_peer.py NAME FILE. Prints, for its best threshold: processor seconds, peak kB, precision,
recall, F1, threshold. The clock starts when the texts are in memory, and covers words, sketches, index and answers."""
import json
import re
import resource
import sys
import time

THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
PERMUTATIONS = 128


def runs(text, size=3):
    words = re.split(r"\W+", text.lower())
    return [" ".join(words[i:i + size]) for i in range(max(1, len(words) - size + 1))]


def rensa(texts, cut):
    """Sketches and index as its README does it."""
    from rensa import RMinHashDeduplicator
    tokens = [cut(text) for text in texts]
    yield None, None
    for threshold in THRESHOLDS:
        found = RMinHashDeduplicator(threshold=threshold, num_perm=PERMUTATIONS, use_lsh=True)
        yield threshold, [not new for new in found.add_pairs([(str(i), words) for i, words in enumerate(tokens)])]


def rensa_rho(texts, cut):
    """Its quickest pipeline: flags only, the first of several too."""
    from rensa import RMinHash, RMinHashLSH
    tokens = [cut(text) for text in texts]
    yield None, None
    for threshold in THRESHOLDS:
        matrix = RMinHash.digest_matrix_from_token_sets_rho(tokens, PERMUTATIONS, 42)
        yield threshold, RMinHashLSH(threshold, PERMUTATIONS, 8).query_duplicate_flags_matrix_one_shot(matrix)


def datasketch(texts, cut):
    from datasketch import MinHash, MinHashLSH
    sketches = [sketch for sketch in MinHash.generator([[run.encode() for run in cut(text)] for text in texts], num_perm=PERMUTATIONS)]
    yield None, None
    for threshold in THRESHOLDS:
        index, flags = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), []
        for i, sketch in enumerate(sketches):
            flags.append(any(sketch.jaccard(sketches[j]) >= threshold for j in index.query(sketch)))
            index.insert(i, sketch)
        yield threshold, flags


def text_dedup(texts, cut):
    """minhash.py's own functions, in the order of its main, without the data set library around them."""
    sys.argv = ["text-dedup"]
    import numpy
    from text_dedup import minhash
    from text_dedup.utils import UnionFind, optimal_param, xxh3_32hash
    prime, most = numpy.uint64((1 << 61) - 1), numpy.uint32((1 << 32) - 1)  # its default: 64 bits
    permutations = tuple(minhash.RNG.randint(low, prime, size=(PERMUTATIONS,), dtype=numpy.uint64) for low in (1, 0))
    yield "start", None
    for threshold in THRESHOLDS:
        bands, rows = optimal_param(threshold, PERMUTATIONS, false_positive_weight=0.5, false_negative_weight=0.5)
        ranges, tables, sets = [(i * rows, (i + 1) * rows) for i in range(bands)], [{} for _ in range(bands)], UnionFind()
        yield None, None
        for number, text in enumerate(texts):
            made = minhash.embed_func(text, number, num_perm=PERMUTATIONS, ngram_size=3, min_length=0, hashranges=ranges, permutations=permutations,
                                      hash_func=xxh3_32hash, dtype=numpy.uint64, max_hash=most, modulo_prime=prime)
            for table, band in zip(tables, made["__signatures__"]):
                sets.union(number, table.setdefault(band, number))
        first = {}  # its root may be any one of a set: here the first one is no duplicate
        yield threshold, [first.setdefault(sets.find(number), number) != number for number in range(len(texts))]


PEERS = {"rensa words": (rensa, str.split), "rensa rho words": (rensa_rho, str.split), "rensa runs of 3": (rensa, runs),
         "datasketch": (datasketch, runs), "text-dedup": (text_dedup, runs)}


def score(flags, truth):
    both = sum(f and t for f, t in zip(flags, truth))
    precision, recall = both / max(1, sum(map(bool, flags))), both / max(1, sum(truth))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main():
    global THRESHOLDS
    name, path = sys.argv[1:3]
    if len(sys.argv) > 3:
        THRESHOLDS = (float(sys.argv[3]),)
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    texts, truth = [r["articleBody"] for r in records], [r["copyOf"] is not None for r in records]
    peer, cut = PEERS[name]
    list(peer(texts[:3], cut))  # its tables and imports are not counted
    before, best = 0.0, None
    start = time.process_time()
    for threshold, flags in peer(texts, cut):
        spent = time.process_time() - start
        if threshold is None:
            before = spent  # what all thresholds share
        elif threshold != "start":
            got = (before + spent, *score(flags, truth), threshold)
            best = max(best or got, got, key=lambda g: g[3])
        start = time.process_time()
    print(best[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, *best[1:])


if __name__ == "__main__":
    main()
