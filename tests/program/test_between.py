#!/usr/bin/env python3
"""`runut between`: the dated, quoted timeline of what two actors have to do with each other."""
import json

from tap import ROOT, equal, holds, main, runut

CAPTURES = ROOT / "samples" / "captures"

# Invented reports: two visits a year apart, the later one copied by a second outlet, and one report that names each of the
# two in a sentence of its own.
REPORTS = [
    ("visit-2024", "2024-06-20", "Kabar Contoh", "Aldo Viremar tiba di Wellington untuk bertemu Mirna Castelvo",
     "Menteri Perikanan Norwegia Aldo Viremar bertemu Menteri Luar Negeri Selandia Baru Mirna Castelvo di Wellington pada Kamis "
     "(20/6/2024). Keduanya menandatangani perjanjian kuota ikan tuna untuk lima tahun. Menurut Viremar, perundingan "
     "berlangsung sejak Januari. Norwegia akan membuka pusat riset di Dunedin."),
    ("copy-2024", "2024-06-21", "Salinan Contoh", "Aldo Viremar tiba di Wellington untuk bertemu Mirna Castelvo",
     "Menteri Perikanan Norwegia Aldo Viremar bertemu Menteri Luar Negeri Selandia Baru Mirna Castelvo di Wellington pada Kamis "
     "(20/6/2024). Keduanya menandatangani perjanjian kuota ikan tuna untuk lima tahun. Menurut Viremar, perundingan "
     "berlangsung sejak Januari."),
    ("call-2023", "2023-02-03", "Kabar Contoh", "Castelvo menelepon Viremar soal kapal yang ditahan",
     "Menteri Luar Negeri Selandia Baru Mirna Castelvo menelepon Menteri Perikanan Norwegia Aldo Viremar pada Jumat (3/2/2023) "
     "mengenai kapal riset yang ditahan di pelabuhan Bergen. Kapal itu membawa empat belas awak."),
    ("apart", "2022-01-05", "Kabar Contoh", "Harga ikan salmon naik di dua negara",
     "Harga ikan salmon naik tajam menurut para pedagang di Oslo. Mirna Castelvo menolak berkomentar kepada wartawan. Di pasar lain "
     "harga tetap stabil sepanjang pekan. Aldo Viremar sedang berlibur ketika harga naik."),
]


def store(folder):
    lines = [json.dumps({"id": name, "datePublished": day, "publisher": outlet, "inLanguage": "id", "headline": headline,
                         "articleBody": body}) for name, day, outlet, headline, body in REPORTS]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    equal(runut("--db", folder / "s.db", "add", "-q", folder / "in.jsonl").status, 0)
    return folder / "s.db"


def ask(db, *words):
    result = runut("--db", db, "between", "--json", *words)
    equal((result.status, result.err), (0, ""))
    return json.loads(result.out)


def events_stand_in_order_of_time_with_a_sentence_that_names_both(folder):
    got = ask(store(folder), "Mirna Castelvo", "Aldo Viremar")
    equal([(e["date"], e["quoted"]["id"]) for e in got["events"]], [("2023-02-03", "call-2023"), ("2024-06-20", "visit-2024")])
    for event in got["events"]:
        holds(event["quoted"]["text"], "Castelvo")
        holds(event["quoted"]["text"], "Viremar")


def the_sentence_stands_where_its_span_says(folder):
    db = store(folder)
    quoted = ask(db, "Castelvo", "Viremar")["events"][0]["quoted"]
    body = json.loads(runut("--db", db, "article", quoted["article"], "--json").out)["articleBody"].encode()
    equal(body[quoted["start"]:quoted["end"]].decode(), quoted["text"])


def a_copy_is_no_second_origin_and_is_not_quoted(folder):
    last = ask(store(folder), "Castelvo", "Viremar")["events"][-1]
    equal((last["articles"], last["reportsOfBoth"], last["origins"], last["quoted"]["publisher"]),
          (2, 2, ["Kabar Contoh"], "Kabar Contoh"))


def the_order_of_the_two_does_not_matter(folder):
    db = store(folder)
    equal(ask(db, "Castelvo", "Viremar")["events"], ask(db, "aldo viremar", "CASTELVO")["events"])


def countries_are_found_in_any_language(folder):
    db = store(folder)
    wanted = ask(db, "Norwegia", "Selandia Baru")
    equal([e["date"] for e in wanted["events"]], ["2023-02-03", "2024-06-20"])
    equal(ask(db, "Norway", "Neuseeland")["events"], wanted["events"])
    equal(wanted["actors"][0]["names"][0]["key"], "NO")


def filters_narrow_the_reports(folder):
    db = store(folder)
    equal([e["date"] for e in ask(db, "Castelvo", "Viremar", "--since", "2024")["events"]], ["2024-06-20"])
    equal([e["date"] for e in ask(db, "Castelvo", "Viremar", "--limit", "1")["events"]], ["2024-06-20"])
    quoted = ask(db, "Castelvo", "Viremar", "--publisher", "Salinan Contoh")["events"]
    equal([e["quoted"]["id"] for e in quoted], ["copy-2024"])


def whoever_is_not_named_is_said(folder):
    db = store(folder)
    result = runut("--db", db, "between", "Castelvo", "Zebulon")
    equal((result.status, result.out), (2, ""))
    holds(result.err, "no report names 'Zebulon'")
    result = runut("--db", db, "between", "Castelvo", "Mirna Castelvo")
    equal(result.status, 2)
    holds(result.err, "the same name")
    holds(runut("--db", db, "between", "Castelvo", "Oslo").out, "No sentence names both.")


def people_read_day_sentence_and_origins(folder):
    out = runut("--db", store(folder), "between", "Castelvo", "Viremar", env={"COLUMNS": "80"}).out
    holds(out, "Castelvo: Mirna Castelvo (4)\nViremar: Aldo Viremar (4)\n")
    holds(out, "2024-06-20  Aldo Viremar tiba di Wellington untuk bertemu Mirna Castelvo\n            “Menteri Perikanan")
    holds(out, "2 reports, 1 origin: Kabar Contoh\n")
    equal([line for line in out.splitlines() if len(line) > 80], [])


def the_samples_letters_follow_one_another_over_years(folder):
    equal(runut("--db", folder / "s.db", "add", "-q", CAPTURES).status, 0)
    days = [e["date"] for e in ask(folder / "s.db", "Mongolia", "Vanuatu")["events"]]
    equal(days[0], "2022-09-14")
    equal(len(days) >= 2 and [d for d in days if d] == sorted(d for d in days if d), True)


main([events_stand_in_order_of_time_with_a_sentence_that_names_both, the_sentence_stands_where_its_span_says,
      a_copy_is_no_second_origin_and_is_not_quoted, the_order_of_the_two_does_not_matter,
      countries_are_found_in_any_language, filters_narrow_the_reports, whoever_is_not_named_is_said,
      people_read_day_sentence_and_origins, the_samples_letters_follow_one_another_over_years])
