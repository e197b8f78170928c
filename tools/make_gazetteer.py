#!/usr/bin/env python3
"""make_gazetteer.py LIBGEONAMES.so > data/gazetteer.tsv

Places of the world with their names in many languages, folded, and one key per place.
Sources: territories, subdivisions and time-zone cities of CLDR (Debian unicode-cldr-core 42, Unicode licence);
cities with their population and translations from GeoNames (Debian libgeonames0 and libgeonames-common 0.3.0,
data CC-BY-4.0, https://www.geonames.org). `apt-get download libgeonames0` and `dpkg -x` it for the library.
"""
import collections
import ctypes
import gettext
import glob
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

CLDR = "/usr/share/unicode/cldr/common/"
# Languages with a press of some size; the others' forms would only make the table larger.
PRESS = set("""af am ar as az be bg bn bs ca ceb cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id ig is it
ja jv ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl no or pa pl ps pt ro ru si sk sl so sq sr sr_Latn su sv sw ta te
tg th ti tk tl tr uk ur uz vi yo yue zh zh_Hant zh_Hans zh_CN zh_TW zu""".split())
BAD = re.compile(r"[\d|\t()/;]|^.$")


def fold(name):
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    name = re.sub(r"[-‐‑–—.]+", " ", re.sub(r"[’ʻʼ`´]", "'", name))
    return " ".join(name.split())


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def forms_of(name):
    name = re.sub(r"\s*[(\[（].*?[)\]）]", "", name).strip()
    return [fold(name)] if name and name != "↑↑↑" and not BAD.search(name) and len(name.split()) <= 6 else []


def cldr(folder, tag):
    """(language, code, name) of every name in a folder of CLDR"""
    for path in sorted(glob.glob(CLDR + folder + "/*.xml")):
        language = os.path.basename(path)[:-4]
        if language not in PRESS:
            continue
        for e in ET.parse(path).getroot().iter(tag):
            if e.text and e.get("alt") != "variant":
                yield language, e.get("type"), e.text


class Table:
    def __init__(self):
        self.rows = {}                 # (kind, key) -> set of forms
        self.taken = {}                # form -> (kind, key)

    def add(self, kind, key, form):
        if form and form not in self.taken:
            self.taken[form] = (kind, key)
            self.rows.setdefault((kind, key), []).append(form)


def countries(table):
    short = re.compile(r"^\W*\w{1,3}\W*$")
    for language, code, name in sorted(cldr("main", "territory"), key=lambda x: (x[0] != "en", x[0] != "id")):
        if len(code) == 2 and code.isalpha() and code not in ("ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"):
            for form in forms_of(name):
                if not (form.isascii() and short.match(form)):
                    table.add("N", code, form)


def world_regions(table):
    for language, code, name in sorted(cldr("main", "territory"), key=lambda x: (x[0] != "en", x[0] != "id")):
        if code.isdigit() and code not in ("001",):
            for form in forms_of(name):
                table.add("W", code, form)


def subdivisions(table):
    common = ("en", "id", "ms", "de", "es", "fr", "nl", "pt", "it", "pl", "tr", "vi", "jv")
    rows = sorted(cldr("subdivisions", "subdivision"), key=lambda x: (x[0] != "en", x[0] != "id"))
    for language, code, name in rows:
        code = code.upper()
        if len(code) < 4 or (language not in common and code[:2] not in ("ID", "MY", "US", "CN", "JP", "KR", "IN", "RU", "UA")):
            continue
        if code[:2] in ("LV", "SI", "MK", "MT"):   # hundreds of parishes: too many words that are no place elsewhere
            continue
        for form in forms_of(name):
            table.add("R", code[:2] + "-" + code[2:], form)
            bare = re.sub(r"^(?:kepulauan|provinsi|daerah istimewa|wilayah persekutuan) | (?:islands?|province|state)$", "", form)
            if code[:2] in ("ID", "MY", "US", "CN", "JP", "KR") and len(bare) > 3:
                table.add("R", code[:2] + "-" + code[2:], bare)


def city_rows(library):
    lib = ctypes.CDLL(library)
    lib.geonames_get_n_cities.restype = ctypes.c_uint
    lib.geonames_get_city.restype = ctypes.c_void_p
    lib.geonames_get_city.argtypes = [ctypes.c_int]
    def getter(name, kind):
        f = getattr(lib, "geonames_city_get_" + name)
        f.restype, f.argtypes = kind, [ctypes.c_void_p]
        return f
    name, country = getter("name", ctypes.c_char_p), getter("country_code", ctypes.c_char_p)
    population = getter("population", ctypes.c_uint)
    for i in range(lib.geonames_get_n_cities()):
        c = lib.geonames_get_city(i)
        yield name(c).decode(), country(c).decode(), population(c)


def translations():
    """English name -> {id}; id -> names in all languages"""
    ids, names = collections.defaultdict(set), collections.defaultdict(list)
    major = ("id", "ms", "es", "fr", "de", "it", "pt", "nl")
    for path in sorted(glob.glob("/usr/share/locale/*/LC_MESSAGES/geonames.mo")):
        language = path.split("/")[4]
        if language not in PRESS:
            continue
        with open(path, "rb") as f:
            catalog = gettext.GNUTranslations(f)._catalog
        for key, value in catalog.items():
            if key.isdigit():
                names[key].append((value, language in major))
                if language == "en":
                    ids[value].add(key)
    return ids, names


def cities(table, library):
    ids, names = translations()
    rows = sorted(city_rows(library), key=lambda x: -x[2])
    for name, country, population in rows:
        if population < (15000 if country in ("ID", "MY", "SG", "BN", "TL") else 40000):
            continue
        kind = "C" if population >= 300000 else "c"
        for form in forms_of(re.sub(r" (?:City|Municipality|city)$", "", name)) + forms_of(name):
            key = country + " " + form
            if len(form) > 2:
                table.add(kind, key if form not in table.taken else " ".join((country, form)), form)
                table.add(kind, key, plain(form))
                break
        else:
            continue
        if population >= 100000 and len(ids.get(name, ())) == 1:
            for other, major in names[next(iter(ids[name]))]:
                for form in forms_of(other) if major or population >= 400000 else ():
                    if len(form) > 2 or not form.isascii():
                        table.add(kind, key, form)


def zone_cities(table):
    """Time-zone cities: the capitals in all languages of CLDR, and what they are called where."""
    names = collections.defaultdict(dict)
    for path in sorted(glob.glob(CLDR + "main/*.xml")):
        language = os.path.basename(path)[:-4]
        if language not in PRESS:
            continue
        for zone in ET.parse(path).getroot().iter("zone"):
            for e in zone.iter("exemplarCity"):
                names[zone.get("type")][language] = e.text or ""
    for zone, by in sorted(names.items()):
        area, _, last = zone.rpartition("/")
        if not area or area.startswith("Etc"):
            continue
        main = forms_of(by.get("en") or last.replace("_", " "))
        if not main:
            continue
        key = table.taken.get(main[0], ("C", "- " + main[0]))
        if key[0] in "NR":
            continue
        for form in main + [f for n in by.values() for f in forms_of(n)]:
            if len(form) > 2 or not form.isascii():
                table.add(key[0], key[1], form)


def main():
    table = Table()
    countries(table)
    subdivisions(table)
    cities(table, sys.argv[1])
    zone_cities(table)
    world_regions(table)
    print("# Places and their names in many languages: kind TAB key TAB form|form|…  (folded; hyphens and full stops as blanks)")
    print("# kind: N country, W part of the world, R first-level region, C city above 300,000, c smaller city")
    print("# Made by tools/make_gazetteer.py from CLDR 42 (Unicode licence, © Unicode, Inc.) and, for cities, GeoNames")
    print("# (CC-BY-4.0, https://www.geonames.org), as in Debian 12's unicode-cldr-core and libgeonames0 0.3.0.")
    for (kind, key), forms in sorted(table.rows.items(), key=lambda x: ("NWRCc".index(x[0][0]), x[0][1])):
        print("%s\t%s\t%s" % (kind, key, "|".join(forms)))


main()
