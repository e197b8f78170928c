#!/usr/bin/env python3
"""`runut quotes`: who said what, in order of time, and who printed the same words later, shortened or altered."""
import json

from tap import ROOT, equal, holds, main, runut

CAPTURES = ROOT / "samples" / "captures"

# Four invented reports of one speech.
SPEECH = [
    ("2024-05-02", "Warta Contoh", "id",
     'Kapal dilarang berlayar. "Kami akan menutup pelabuhan itu sampai Jumat pagi karena gelombang," kata Bima Santoso.'),
    ("2024-05-01", "Kabar Contoh", "id",
     'Gelombang tinggi. "Kami akan menutup pelabuhan itu sampai Jumat pagi karena gelombang," kata kepala pelabuhan, Bima '
     'Santoso. Santoso mengatakan bahwa nelayan diminta pulang sebelum malam.'),
    ("2024-05-03", "Harian Contoh", "id",
     '"Kami akan menutup pelabuhan itu," kata Bima Santoso.'),
    ("2024-05-04", "Suara Contoh", "id",
     '"Kita akan menutup pelabuhan itu sampai Sabtu pagi karena gelombang," kata Bima Santoso.'),
]


def store(folder):
    lines = [json.dumps({"id": f"n{i}", "datePublished": day, "publisher": outlet, "inLanguage": language,
                         "headline": f"Laporan {i}", "articleBody": body})
             for i, (day, outlet, language, body) in enumerate(SPEECH)]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    equal(runut("--db", folder / "s.db", "add", "-q", folder / "in.jsonl").status, 0)
    return folder / "s.db"


def ask(db, *words):
    result = runut("--db", db, "quotes", "--json", *words)
    equal((result.status, result.err), (0, ""))
    return [json.loads(line) for line in result.out.splitlines()]


def the_same_words_stand_under_the_first_print(folder):
    got = ask(store(folder))
    equal([(g["id"], g["date"], g["speaker"], g["publisher"]) for g in got],
          [("n1", "2024-05-01", "Bima Santoso", "Kabar Contoh")])
    equal([(c["id"], c["change"]) for c in got[0]["copies"]], [("n0", "same"), ("n2", "shortened"), ("n3", "altered")])
    equal(got[0]["copies"][2]["differs"], [{"here": "Kita", "first": "Kami"}, {"here": "Sabtu", "first": "Jumat"}])


def text_says_what_was_changed(folder):
    out = runut("--db", store(folder), "quotes", "--color", "never", env={"COLUMNS": "120"}).out
    holds(out, "Bima Santoso 2024-05-01 a2 Kabar Contoh\n  “Kami akan menutup pelabuhan itu sampai")
    holds(out, "2024-05-02 a1 Warta Contoh\n")
    holds(out, "shortened: “Kami akan menutup pelabuhan itu,”")
    holds(out, "altered: “Kita” for “Kami”; “Sabtu” for “Jumat”")


def by_takes_any_part_of_a_name_and_its_other_forms(folder):
    db = store(folder)
    for name in ("Santoso", "bima santoso", "SANTOSO BIMA"):
        equal(len(ask(db, "--by", name)), 1)
    equal(ask(db, "--by", "Santos"), [])
    holds(runut("--db", db, "quotes", "--by", "Budi").out, "Nothing found.")


def about_wants_all_words_in_what_was_said(folder):
    db = store(folder)
    equal(len(ask(db, "--about", "pelabuhan gelombang")), 1)
    equal(len(ask(db, "--about", "ditutup")), 1)  # another form of "menutup"
    equal(ask(db, "--about", "pelabuhan nelayan"), [])
    equal(ask(db, "--about", "dilarang"), [])  # in the article, not in the quotation


def words_first_printed_before_since_stay_first(folder):
    got = ask(store(folder), "--since", "2024-05-04")
    equal([(g["id"], [c["id"] for c in g["copies"]]) for g in got], [("n1", ["n0", "n2", "n3"])])
    equal(ask(store(folder), "--since", "2024-06"), [])


def reported_adds_indirect_speech(folder):
    got = ask(store(folder), "--reported")
    equal([(g["reported"], g["speaker"], g["text"]) for g in got if g["reported"]],
          [(True, "Bima Santoso", "nelayan diminta pulang sebelum malam")])


def the_filters_of_listings_hold_here_too(folder):
    db = store(folder)
    equal(len(ask(db, "--publisher", "Harian Contoh")), 1)
    equal(ask(db, "--publisher", "Tiada Contoh"), [])
    equal(ask(db, "--lang", "en"), [])
    equal(len(ask(db, "--person", "Santoso", "--limit", "1")), 1)


def large_store(folder):
    """The speech among forty reports of something else; its first print names nobody."""
    lines = [{"id": f"f{i}", "datePublished": f"2024-04-{i % 28 + 1:02}", "inLanguage": "id", "headline": f"Pasar {i}",
              "articleBody": f'Pasar nomor {i} ramai. "Harga cabai kios {i} turun {i + 3} persen pekan lalu," kata Sari Dewi{i}.'}
             for i in range(40)]
    lines += [{"id": f"n{i}", "datePublished": day, "inLanguage": language, "headline": f"Laporan {i}", "articleBody": body}
              for i, (day, _, language, body) in enumerate(SPEECH)]
    lines.append({"id": "first", "datePublished": "2024-04-30", "inLanguage": "id", "headline": "Pelabuhan",
                  "articleBody": 'Sebuah suara terdengar: "Kami akan menutup pelabuhan itu sampai Jumat pagi karena gelombang".'})
    (folder / "large.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    equal(runut("--db", folder / "l.db", "add", "-q", folder / "large.jsonl").status, 0)
    return folder / "l.db"


def a_few_records_tell_the_same_as_all(folder):
    """Without a filter every record is read, with one only those that the index finds."""
    db = large_store(folder)
    everything = ask(db)
    speech = [g for g in everything if g["id"] in ("first", "n2")]  # n2 is too short for a first print of nobody's
    equal([[c["id"] for c in g["copies"]] for g in speech], [["n1", "n0", "n3"], []])
    for words in (["--by", "Santoso"], ["--about", "menutup pelabuhan"], ["--since", "2024-05-03"]):
        equal((words, ask(db, *words)), (words, speech))
        equal((words, ask(db, *words, "--limit", "1")), (words, speech[:1]))
    for limit in (1, 5, 20, 1000, 4294967295):
        equal(ask(db, "--limit", str(limit)), everything[:limit])
    equal(ask(db, "--by", "Sari Dewi7"), [g for g in everything if g["speaker"] == "Sari Dewi7"])


def the_first_ones_of_a_store_that_is_not_read_whole(folder):
    """More than 500 articles; the speech is of other events than its first print."""
    lines = [{"id": f"f{i}", "datePublished": f"{2001 + i // 28}-04-{i % 28 + 1:02}", "inLanguage": "id", "headline": f"Pasar {i}",
              "articleBody": f'Pasar nomor {i} ramai. "Harga cabai kios {i} turun {i + 3} persen pekan lalu," kata Sari Dewi{i}.'}
             for i in range(520)]
    lines[5]["articleBody"] += ' "Kami akan menutup pelabuhan itu sampai Jumat pagi karena gelombang," kata Bima Santoso.'
    lines += [{"id": f"n{i}", "datePublished": day.replace("2024", "2001"), "inLanguage": language, "headline": f"Laporan {i}",
               "articleBody": body}
              for i, (day, _, language, body) in enumerate(SPEECH)]
    (folder / "many.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    db = folder / "m.db"
    equal(runut("--db", db, "add", "-q", folder / "many.jsonl").status, 0)
    everything = ask(db)
    equal([sorted(c["id"] for c in g["copies"]) for g in everything if g["speaker"] == "Bima Santoso"], [["n0", "n1", "n2", "n3"]])
    for limit in (1, 7, 50, 200):
        equal((limit, ask(db, "--limit", str(limit))), (limit, everything[:limit]))


def wrong_use_says_what(folder):
    db = store(folder)
    for words, part in [(["--by", "!!"], "no word in '!!'"), (["--about", "?"], "no word in '?'"), (["x"], "what is 'x' for"),
                        (["--since", "May"], "is no day")]:
        result = runut("--db", db, "quotes", *words)
        equal((words, result.status), (words, 2))
        holds(result.err, part)


def every_span_of_the_samples_holds_its_words(folder):
    db = folder / "s.db"
    equal(runut("--db", db, "add", "-q", CAPTURES).status, 0)
    bodies = {a["article"]: a["articleBody"].encode() for a in map(json.loads, runut("--db", db, "export").out.splitlines())}
    got = ask(db, "--reported")
    dates = [g["date"] or "9999" for g in got]
    equal(dates, sorted(dates))
    for saying in got:
        for one in [saying, *saying["copies"]]:
            equal(bodies[one["article"]][one["start"]:one["end"]].decode(), one["text"])


def the_samples_reprint_is_found(folder):
    db = folder / "s.db"
    equal(runut("--db", db, "add", "-q", CAPTURES).status, 0)
    got = ask(db, "--by", "Guntur", "--about", "jeriken")
    equal([(g["file"].rsplit("/")[-1], g["speaker"]) for g in got], [("ferry-01.txt", "Guntur Adiwijaya")])
    equal([(c["file"].rsplit("/")[-1], c["change"]) for c in got[0]["copies"]], [("ferry-02.html", "same")])


main([the_same_words_stand_under_the_first_print, text_says_what_was_changed, by_takes_any_part_of_a_name_and_its_other_forms,
      about_wants_all_words_in_what_was_said, words_first_printed_before_since_stay_first, reported_adds_indirect_speech,
      the_filters_of_listings_hold_here_too, a_few_records_tell_the_same_as_all, the_first_ones_of_a_store_that_is_not_read_whole, wrong_use_says_what, every_span_of_the_samples_holds_its_words,
      the_samples_reprint_is_found])
