#!/usr/bin/env python3
"""Edited reports: what was found at an address before, and is an edit of it, is an older version."""
import json
import sqlite3

from tap import equal, holds, main, on_terminal, runut

FLOOD = ["Banjir bandang menerjang Desa Sukamaju di Kabupaten Cilangkap pada Senin malam dan merusak puluhan rumah warga.",
         "Kepala badan penanggulangan bencana, Rudi Hartono, mengatakan 12 orang tewas dan tiga lainnya masih hilang.",
         "Tim gabungan mengerahkan empat perahu karet untuk mencari korban di sepanjang Sungai Ciwulan.",
         "Warga yang mengungsi ditampung di balai desa dan dua sekolah dasar, kata Rudi.",
         "Hujan deras mengguyur kawasan itu sejak Minggu sore."]
LATER = [FLOOD[0], FLOOD[1].replace("12 orang", "15 orang"), FLOOD[3], FLOOD[4],
         "Presiden dijadwalkan mengunjungi lokasi pada Rabu, menurut keterangan Istana."]
LAST = LATER + ["Pencarian dihentikan pada Kamis siang."]
QUAKE = ["Gempa bumi bermagnitudo 6,1 mengguncang Kepulauan Melati pada Jumat dini hari, kata badan meteorologi.",
         "Belum ada laporan kerusakan, dan tidak ada peringatan tsunami yang dikeluarkan.",
         "Warga di Kota Teluk berlarian keluar rumah ketika guncangan terasa selama sepuluh detik."]
GOLD = ["Harga emas di Pasar Baru hari ini Rp1.200.000 per gram, naik Rp5.000 dari kemarin.",
        "Harga perak Rp15.000 per gram.", "Pedagang mengatakan permintaan stabil menjelang hari raya."]
URL = "https://kabar.example/banjir-sukamaju"


def report(id, body, url=URL, headline="Banjir bandang di Sukamaju", **more):
    return {"id": id, "url": url, "headline": headline, "publisher": "Kabar Contoh", "datePublished": "2024-03-12",
            "articleBody": "\n".join(body), **more}


def add(folder, *reports):
    """One `add` for each; what it tells of them."""
    told = []
    for one in reports:
        done = runut("add", "--json", "--quiet", "--db", folder / "x.db", "-", stdin=json.dumps(one).encode() + b"\n")
        equal(done.status, 0)
        told += [json.loads(line) for line in done.out.splitlines()]
    return told


def stored(folder):
    return [json.loads(line) for line in runut("export", "--db", folder / "x.db").out.splitlines()]


def chain(folder):
    """id → the id of what it replaces; what is said both ways agrees."""
    all = stored(folder)
    older = {a["id"]: a["replaces"] for a in all}
    for a in all:
        equal(a["replacedBy"], next((n for n, o in older.items() if o == a["id"]), None))
        equal(a["changes"] is None, a["replaces"] is None)
        equal(a["replacesArticle"], next((b["article"] for b in all if b["id"] == a["replaces"]), None))
    equal(runut("check", "--db", folder / "x.db").status, 0)
    return older


def an_edit_replaces_what_was_there(folder):
    told = add(folder, report("a", FLOOD), report("b", LATER, headline="Banjir bandang di Sukamaju: 15 tewas"), report("c", LAST))
    equal([t.get("replaces") for t in told], [None, "a1", "a2"])
    equal(chain(folder), {"a": None, "b": "a", "c": "b"})


def all_in_one_batch_are_told_apart_too(folder):
    lines = "".join(json.dumps(r) + "\n" for r in (report("a", FLOOD), report("b", LATER), report("c", LAST)))
    equal(runut("add", "--db", folder / "x.db", "-", stdin=lines.encode()).status, 0)
    equal(chain(folder), {"a": None, "b": "a", "c": "b"})


def changes_quote_both_sides(folder):
    add(folder, report("a", FLOOD), report("b", LATER, headline="Banjir bandang di Sukamaju: 15 tewas"))
    old, new = stored(folder)
    equal([c["kind"] for c in new["changes"]], ["headline", "reworded", "removed", "added"])
    head, reworded, removed, added = new["changes"]
    equal((head["text"], head["otherText"]), ("Banjir bandang di Sukamaju: 15 tewas", "Banjir bandang di Sukamaju"))
    equal((reworded["text"], reworded["otherText"]), (LATER[1], FLOOD[1]))
    equal((removed["text"], removed["otherText"], added["text"], added["otherText"]), (None, FLOOD[2], LAST[4], None))
    body, before = new["articleBody"].encode(), old["articleBody"].encode()
    for c in (reworded, removed, added):
        equal(body[c["start"]:c["end"]].decode(), c["text"] or "")
        equal(before[c["otherStart"]:c["otherEnd"]].decode(), c["otherText"] or "")
    equal([(body[w["start"]:w["end"]], before[w["otherStart"]:w["otherEnd"]]) for w in reworded["words"]], [(b"15", b"12")])
    equal(removed["start"], body.index(LATER[1].encode()) + len(LATER[1].encode()))


def a_paragraph_may_move(folder):
    add(folder, report("a", FLOOD), report("b", [FLOOD[0], FLOOD[3], FLOOD[1], FLOOD[2], FLOOD[4]]))
    (moved,) = stored(folder)[1]["changes"]
    equal((moved["kind"], moved["text"]), ("moved", FLOOD[3]))


def marks_and_white_space(folder):
    add(folder, report("a", FLOOD), report("b", [s.replace(" ", "  ") for s in FLOOD]),
        report("c", [FLOOD[0], FLOOD[1].replace("tewas", "“tewas”"), *FLOOD[2:]]))
    changes = [a["changes"] for a in stored(folder)]
    equal(changes[1], [])
    equal([c["kind"] for c in changes[2]], ["reworded"])


def one_page_has_many_addresses(folder):
    add(folder, report("a", FLOOD, "http://www.kabar.example/banjir/"),
        report("b", LATER, "https://m.kabar.example/banjir?utm_source=x#isi"),
        report("c", LAST, "https://kabar.example/banjir/amp?fbclid=1"))
    equal(chain(folder), {"a": None, "b": "a", "c": "b"})


def another_page_is_no_version(folder):
    add(folder, report("a", FLOOD, "https://kabar.example/?p=1"), report("b", LATER, "https://kabar.example/?p=2"),
        report("c", LATER, "https://pos.example/?p=1"), report("d", LAST, "https://kabar.example/"),
        report("e", LAST + ["Selesai."], "https://kabar.example/"), report("f", LATER, "file:///x"), report("g", LAST, "file:///x"))
    equal(set(chain(folder).values()), {None})


def another_report_at_the_address_is_no_version(folder):
    """A ticker whose address serves the next happening; what comes after it may be an edit of the first one again."""
    add(folder, report("a", FLOOD, headline="Langsung: kabar hari ini"), report("q", QUAKE, headline="Langsung: kabar hari ini"),
        report("b", LATER, headline="Langsung: kabar hari ini"))
    equal(chain(folder), {"a": None, "q": None, "b": "a"})


def the_prices_of_each_day_are_reports_of_their_own(folder):
    add(folder, report("a", GOLD, headline="Harga emas hari ini, 12 Maret 2024"),
        report("b", [s.replace("1.200", "1.250") for s in GOLD], headline="Harga emas hari ini, 13 Maret 2024", datePublished="2024-03-13"),
        report("c", [s.replace("1.200", "1.260") for s in GOLD], headline="Harga emas hari ini, 13 Maret 2024", datePublished="2024-03-13"))
    equal(chain(folder), {"a": None, "b": None, "c": "b"})


def a_front_page_is_no_version(folder):
    add(folder, report("a", FLOOD, kind="listing"), report("b", LATER, kind="listing"), report("c", LAST))
    equal(set(chain(folder).values()), {None})


def the_time_of_change_says_which_is_newer(folder):
    add(folder, report("c", LAST, dateModified="2024-03-14T08:00:00+07:00"),
        report("a", FLOOD, dateModified="2024-03-12T09:00:00+07:00"),
        report("b", LATER, dateModified="2024-03-14T00:30:00Z"))  # half an hour before the first one
    equal(chain(folder), {"a": None, "b": "a", "c": "b"})
    by_id = {a["id"]: a for a in stored(folder)}
    equal([c["kind"] for c in by_id["c"]["changes"]], ["added"])
    event = json.loads(runut("event", "--db", folder / "x.db", "--json", by_id["a"]["event"]).out)
    equal((len(event["reports"]), event["origins"]), (3, ["Kabar Contoh"]))


def a_crawl_says_when_it_saw_a_page(folder):
    def record(body, when):
        page = ("<!DOCTYPE html><html><head><title>Banjir bandang di Sukamaju</title></head><body><article><h1>Banjir bandang di "
                "Sukamaju</h1>" + "".join(f"<p>{p}</p>" for p in body) + "</article></body></html>").encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nWARC-Date: {when}\r\nContent-Type: application/http; "
                f"msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n").encode() + http + b"\r\n\r\n"
    (folder / "x.warc").write_bytes(record(LATER, "2024-03-15T10:00:00Z") + record(FLOOD, "2024-03-12T10:00:00Z"))
    equal(runut("add", "--db", folder / "x.db", folder / "x.warc").status, 0)
    new, old = stored(folder)
    equal((new["replacesArticle"], old["replacedByArticle"], new["dateCaptured"]), ("a2", "a1", "2024-03-15T10:00:00Z"))


def two_versions_are_one_origin(folder):
    other = report("x", LATER[:2] + ["Bantuan tiba dari kota."], "https://pos.example/1", publisher="Pos Contoh")
    add(folder, report("a", FLOOD, publisher="Kabar Contoh"), report("b", LATER + ["Menurut Antara, jalan terputus."], publisher="Kabar Baru"), other)
    event = json.loads(runut("event", "--db", folder / "x.db", "--json", "e1").out)
    equal(len(event["reports"]), 3)
    equal("Kabar Contoh" in event["origins"], False)
    equal(event["publishers"], 2)
    told = {d["kind"] for r in event["reports"] for d in r["disagreements"] if d["withArticle"] in ("a1", "a2") and r["article"] in ("a1", "a2")}
    equal(told, {"development"})
    equal(runut("check", "--db", folder / "x.db").status, 0)


def people_are_shown_what_changed(folder):
    add(folder, report("a", FLOOD), report("b", LATER))
    shown = runut("article", "--db", folder / "x.db", "a2").out
    holds(shown, "newer version of a1, 3 changes")
    holds(" ".join(shown.split()), "[-12-] {+15+} orang")
    holds(shown, "- " + FLOOD[2][:40])
    holds(shown, "+ " + LATER[4][:40])
    holds(runut("article", "--db", folder / "x.db", "a1").out, "replaced by a2")
    tree = runut("event", "--db", folder / "x.db", "e1").out
    holds(tree, "newer version of a1, 3 changes")
    holds(tree, "from 1 origin")
    holds(runut("compare", "--db", folder / "x.db", "a1", "a2").out, "B is a newer version of A")
    equal(json.loads(runut("compare", "--db", folder / "x.db", "--json", "a2", "a1").out)["newer"], "a")
    holds(on_terminal("article", "--db", folder / "x.db", "a2").decode(), "\x1b[")


def a_store_of_before_learns_its_versions(folder):
    add(folder, report("a", FLOOD), report("b", LATER))
    db = sqlite3.connect(folder / "x.db")
    db.executescript("DROP TABLE address; DROP TABLE version; DELETE FROM counter WHERE name = 'versions'; PRAGMA user_version = 5")
    db.close()
    add(folder, report("z", QUAKE, "https://kabar.example/gempa", headline="Gempa"))
    equal(chain(folder), {"a": None, "b": "a", "z": None})


def a_rebuilt_store_has_the_same(folder):
    add(folder, report("c", LAST, dateModified="2024-03-14"), report("a", FLOOD, dateModified="2024-03-12"), report("b", LATER, dateModified="2024-03-13"))
    before = chain(folder)
    equal(runut("rebuild", "--db", folder / "x.db").status, 0)
    equal(chain(folder), before)


def a_store_that_was_written_out_has_the_same(folder):
    """Also what would be judged otherwise today."""
    add(folder, report("c", LAST, dateModified="2024-03-14"), report("a", FLOOD, dateModified="2024-03-12"), report("z", LATER, url="https://x.example/z"))
    before, whole = chain(folder), runut("export", "--whole", "--db", folder / "x.db").out
    again = folder / "again"
    again.mkdir()
    equal(runut("import", "--db", again / "x.db", "-", stdin=whole.encode()).status, 0)
    equal((chain(again), runut("export", "--whole", "--db", again / "x.db").out == whole), (before, True))
    add(again, report("d", LAST + ["Selesai."], dateModified="2024-03-15"))
    equal(chain(again), {**before, "d": "c"})


def damage_is_found(folder):
    add(folder, report("a", FLOOD), report("b", LATER))
    for sql, part in (("DELETE FROM address WHERE article = 1", "is not found by its address"),
                      ("UPDATE version SET replaces = 9", "a version of a9"),
                      ("UPDATE address SET hash = 5", "an address that is not its own")):
        db = sqlite3.connect(folder / "x.db")
        db.execute(sql)
        db.commit()
        db.close()
        holds(runut("check", "--db", folder / "x.db").out, part)


main([test for test in list(globals().values())
      if callable(test) and getattr(test, "__module__", "") == "__main__"
      and test not in (add, stored, chain) and test.__code__.co_varnames[:test.__code__.co_argcount] == ("folder",)])
