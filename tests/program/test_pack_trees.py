#!/usr/bin/env python3
"""The trees as tools/pack_trees.py lays them out say what a walk through them says."""
import random
import struct
import subprocess
import sys

from tap import ROOT, equal, holds, main

sys.path.insert(0, str(ROOT / "tools"))
import pack_trees  # noqa: E402

MODELS = [ROOT / "data" / "blocks.model", ROOT / "data" / "lines.model"]


def walk(nodes, at, row):
    while nodes[at][0] != pack_trees.LEAF:
        feature, left, right, _, threshold = nodes[at]
        at = left if row[feature] <= threshold else right
    return nodes[at][4]


def pack(folder, data):
    (folder / "in").write_bytes(data)
    return subprocess.run([sys.executable, ROOT / "tools" / "pack_trees.py", folder / "in", folder / "out"], capture_output=True, text=True,
                          check=False)


def unpack(data):
    magic, features, trees, count = struct.unpack_from("<4sIII", data)
    equal(magic, b"RBQ1")
    values = struct.unpack_from(f"<{32 * trees}f", data, 16)
    first = struct.unpack_from(f"<{features + 1}I", data, 16 + 128 * trees)
    tests = list(struct.iter_unpack("<fII", data[16 + 128 * trees + 4 * features + 4:]))
    equal(len(tests), count)
    return trees, values, first, tests


def leaves_of(trees, first, tests, row):
    """The leaf that each tree ends at, as src/clean/blocks_model.c finds it."""
    sets = [0xFFFFFFFF] * trees
    for feature, value in enumerate(row):
        for threshold, tree, keep in tests[first[feature]:first[feature + 1]]:
            if threshold >= value:
                break
            sets[tree] &= keep
    return [(s & -s).bit_length() - 1 for s in sets]


def compare(folder, data):
    equal(pack(folder, data).returncode, 0)
    trees, values, first, tests = unpack((folder / "out").read_bytes())
    features, roots, nodes = pack_trees.read(data)
    thresholds = [[t for t, _, _ in tests[first[f]:first[f + 1]]] or [0.0] for f in range(features)]
    chance = random.Random(1)
    for _ in range(50):
        row = [chance.choice(one) + chance.choice([-1e-3, 0.0, 0.0, 1e-3]) for one in thresholds]
        found = [values[32 * tree + leaf] for tree, leaf in enumerate(leaves_of(trees, first, tests, row))]
        equal(found, [walk(nodes, root, row) for root in roots])


def the_same_leaf_as_a_walk(folder):
    for model in MODELS:
        compare(folder, model.read_bytes())


def a_tree_with_too_many_leaves_is_refused(folder):
    count = 33  # leaves: a chain to the right
    nodes = []
    for i in range(count - 1):
        nodes += [(0, 2 * i + 1, 2 * i + 2, 0, float(i)), (pack_trees.LEAF, 0, 0, 0, 1.0)]
    nodes.append((pack_trees.LEAF, 0, 0, 0, 2.0))
    data = bytes(1024) + struct.pack("<4sIII", b"RBM1", 1, 1, len(nodes)) + struct.pack("<I", 0)
    result = pack(folder, data + b"".join(struct.pack("<HHHHf", *node) for node in nodes))
    equal(result.returncode, 1)
    holds(result.stderr, "33 leaves")


main([the_same_leaf_as_a_walk, a_tree_with_too_many_leaves_is_refused])
