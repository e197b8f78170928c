#!/usr/bin/env python3
"""Write data/calendar.tsv: names of months and weekdays in every language of CLDR.

    tools/make_calendar.py [/usr/share/unicode/cldr/common/main] > data/calendar.tsv

Source: Debian's unicode-cldr-core and tools/calendar_informal.tsv. Wide and abbreviated names, both as they stand in a
date ('format', where Slavic languages have the genitive) and alone. Names that are numerals or several words are left
out, as the program looks up one token.
"""
import collections
import glob
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

DAYS = {"mon": "d1", "tue": "d2", "wed": "d3", "thu": "d4", "fri": "d5", "sat": "d6", "sun": "d7"}


def fold(name):
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return name.strip().rstrip(".").strip()


def usable(name):
    return name and not re.search(r"[\s\d]", name) and len(name) > 1 or bool(re.fullmatch(r"\d+[^\W\d]+", name))


def names_of(path):
    root = ET.parse(path).getroot()
    for calendar in root.iter("calendar"):
        if calendar.get("type") != "gregorian":
            continue
        for kind, key in (("month", "type"), ("day", "type")):
            for width in calendar.iter(kind + "Width"):
                if width.get("type") == "narrow":
                    continue
                for item in width.findall(kind):
                    text = "".join(item.itertext())
                    if text == "↑↑↑" or item.get("draft") == "unconfirmed" and not text:
                        continue
                    value = "m" + item.get(key) if kind == "month" else DAYS[item.get(key)]
                    yield value, fold(text)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode/cldr/common/main"
    table = collections.defaultdict(set)
    for path in sorted(glob.glob(os.path.join(folder, "*.xml"))):
        language = os.path.basename(path)[:-4].split("_")[0]
        if language == "root":
            continue
        for value, name in names_of(path):
            if usable(name) and not re.fullmatch(r"m\d\d?", name):
                table[name, value].add(language)
    informal = os.path.join(os.path.dirname(os.path.abspath(__file__)), "calendar_informal.tsv")
    for line in open(informal, encoding="utf-8"):
        if not line.startswith("#") and line.strip():
            value, languages, names = line.rstrip("\n").split("\t")
            for name in names.split(","):
                table[fold(name), value].update(languages.split(","))
    print("# Names of months (m1..m12) and weekdays (d1 = Monday .. d7 = Sunday), case folded, without a final stop, and the")
    print("# languages that have them. Sorted by bytes: base/calendar_names.c searches it by bisection.")
    print("# Made by tools/make_calendar.py from CLDR 41 (Debian unicode-cldr-core 41-0.1, common/main;")
    print("# (c) 1991-2022 Unicode, Inc., Unicode License Agreement: Data Files and Software) and tools/calendar_informal.tsv (written for runut, Apache-2.0).")
    rows = sorted((name.encode(), int(value[1:]), value, ",".join(sorted(langs))) for (name, value), langs in table.items())
    for name, _, value, langs in rows:
        print(f"{name.decode()}\t{value}\t{langs}")


main()
