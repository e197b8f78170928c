#!/usr/bin/env python3
"""make_person_names.py FAKER_DIR > data/person_names.tsv

Given and family names of some forty countries, from the name lists of Faker 0.9.3 (Debian python3-fake-factory,
Expat licence; `apt-get download python3-fake-factory`, `dpkg -x`, FAKER_DIR = …/faker/providers/person).
"""
import importlib.util
import os
import re
import sys
import types
import unicodedata


def fold(name):
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).replace("-", " ")


def load(path):
    """The lists of a provider, without running more of Faker than the file itself."""
    with open(path, encoding="utf-8") as f:
        source = f.read()
    source = re.sub(r"^(?:from|import) .*$", "", source, flags=re.M)
    space = {"PersonProvider": object, "OrderedDict": dict, "lorem_ipsum": None}
    try:
        exec(compile(source, path, "exec"), space)
    except Exception as e:
        print(path, e, file=sys.stderr)
        return {}
    provider = space.get("Provider")
    return {k: v for k, v in vars(provider).items() if isinstance(v, (list, tuple, set, dict))} if provider else {}


def words(value):
    for name in value:
        if isinstance(name, str) and not re.search(r"[{}\d.]", name) and 1 < len(name.strip()) < 25:
            yield from fold(name).split()


first, last = set(), set()
for place in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], place, "__init__.py")
    if os.path.exists(path):
        for key, value in load(path).items():
            if key.startswith("first_name"):
                first.update(w for w in words(value) if len(w) > 1)
            elif key.startswith("last_name"):
                last.update(w for w in words(value) if len(w) > 1)
print("# Given (F) and family (L) names, and those that are both (B): kind TAB name|name|… (folded)")
print("# Made by tools/make_person_names.py from the name lists of Faker 0.9.3 (https://github.com/joke2k/faker, Expat licence).")
for kind, names in (("B", first & last), ("F", first - last), ("L", last - first)):
    names = sorted(names)
    for i in range(0, len(names), 20):
        print(kind + "\t" + "|".join(names[i:i + 20]))
