#!/usr/bin/env python3
"""Lay out boosted trees for quick evaluation: pack_trees.py IN.model OUT.

In: what tools/train_blocks.py writes. Out: what src/clean/blocks_model.c reads, and says the idea of. Made at each
build, so that the trained file stays plain trees. Numbers are little-endian.
"""
import struct
import sys

HEAD, LEAF, MOST_LEAVES = 1024, 0xFFFF, 32


def read(data):
    """The number of features, the trees' roots, the nodes (feature, left, right, unused, threshold or value)."""
    magic, features, trees, count = struct.unpack_from("<4sIII", data, HEAD)
    assert magic == b"RBM1", "no model"
    roots = struct.unpack_from(f"<{trees}I", data, HEAD + 16)
    nodes = list(struct.iter_unpack("<HHHHf", data[HEAD + 16 + 4 * trees:]))
    assert len(nodes) == count
    return features, roots, nodes


def flatten(nodes, root):
    """A tree's leaves from left to right, and its tests as (feature, threshold, which leaves a failure leaves)."""
    leaves, tests = [], []

    def walk(at):
        feature, left, right, _, value = nodes[at]
        first = len(leaves)
        if feature == LEAF:
            leaves.append(value)
            return
        walk(left)
        tests.append((feature, value, 0xFFFFFFFF & ~((1 << len(leaves)) - (1 << first))))
        walk(right)

    walk(root)
    assert len(leaves) <= MOST_LEAVES, f"a tree has {len(leaves)} leaves; {MOST_LEAVES} fit into the evaluator's sets"
    return leaves + [0.0] * (MOST_LEAVES - len(leaves)), tests


def pack(data):
    features, roots, nodes = read(data)
    values, tests, first = [], [[] for _ in range(features)], [0]
    for tree, root in enumerate(roots):
        leaves, found = flatten(nodes, root)
        values += leaves
        for feature, threshold, keep in found:
            tests[feature].append((threshold, tree, keep))
    for one in tests:
        first.append(first[-1] + len(one))
    return b"".join([struct.pack("<4sIII", b"RBQ1", features, len(roots), first[-1]), struct.pack(f"<{len(values)}f", *values),
                     struct.pack(f"<{len(first)}I", *first)] + [struct.pack("<fII", *test) for one in tests for test in sorted(one)])


def pack_file(source, target):
    with open(source, "rb") as f:
        packed = pack(f.read())
    with open(target, "wb") as f:
        f.write(packed)


if __name__ == "__main__":
    pack_file(sys.argv[1], sys.argv[2])
