#!/usr/bin/env python3
"""`runut annotate` from outside: keys, order, pipes, broken input; the same whatever the number of jobs and the split."""
import itertools
import json
import os
import random

from tap import ROOT, closed_pipe_ends_it, equal, full_disk_is_no_success, holds, main, runut

SAMPLES = ROOT / "samples" / "captures"

TEXT = """Jembatan Muara Dibuka Kembali

Rina Sulastri - Kabar Muara
Senin, 6 Mei 2024 10:15 WIB

KABAR MUARA, Tanjung - Jembatan di Muara dibuka kembali pada Senin (6/5) pagi setelah tiga bulan diperbaiki.

"Kendaraan berat sudah boleh lewat", kata kepala dinas, Bima Santoso, kepada wartawan, seperti dikutip Antara.
"""

KEYS = ["id", "file", "url", "inLanguage", "kind", "headline", "publisher", "author", "datePublished", "datePublishedFrom",
        "dateInferred", "dateConfidence", "dateEvidence", "dateConflict", "eventDate", "sources", "sourceEvidence", "quotes",
        "reported", "refused", "people", "organizations", "places", "articleBody", "fingerprint", "blocks"]


def records(result):
    return [json.loads(line) for line in result.out.splitlines()]


def annotate(text, *words):
    result = runut("annotate", *words, stdin=text.encode())
    equal((result.status, result.err), (0, ""))
    return records(result)


def of_body(body, **more):
    return json.dumps({"id": "x", "articleBody": body, **more}) + "\n"


def shared(a, b, key):
    return len(set(a[key]) & set(b[key]))


def one_line_of_json_a_capture(_):
    (got,) = annotate(TEXT)
    equal(list(got), KEYS)
    equal((got["inLanguage"], got["dateInferred"], got["eventDate"]), ("id", "2024-05-06", "2024-05-06"))
    equal(got["dateConflict"], None)
    equal(got["sources"], ["Antara"])
    equal([(q["text"], q["speaker"], q["via"]) for q in got["quotes"]],
          [("Kendaraan berat sudah boleh lewat", "Bima Santoso", "Antara")])
    equal([p["name"] for p in got["people"]], ["Bima Santoso"])


def every_span_holds_its_words(_):
    count = 0
    for a in records(runut("annotate", SAMPLES)):
        body = a["articleBody"].encode()
        names = [m for key in ("people", "organizations", "places") for n in a[key] for m in n["mentions"]]
        for item in a["dateEvidence"] + a["sourceEvidence"] + a["quotes"] + a["reported"] + names:
            if "start" in item:
                equal(body[item["start"]:item["end"]].decode(), item["text"])
                count += 1
    assert count > 100, count


def it_says_what_add_stores(folder):
    runut("--db", folder / "s.db", "add", "--quiet", SAMPLES)
    stored = {a["id"]: a for a in records(runut("--db", folder / "s.db", "export"))}
    annotated = records(runut("annotate", SAMPLES))
    equal(len(annotated), len(stored))
    for a in annotated:
        for key in set(a) - {"fingerprint", "blocks", "eventDate"}:  # the day of the event as a whole is another matter
            equal((a["id"], key, a[key]), (a["id"], key, stored[a["id"]][key]))


def without_evidence(line):
    got = json.loads(line)
    del got["dateEvidence"]  # it quotes the date line, which only the capture has
    return got


def what_clean_prints_gives_the_same(folder):
    (folder / "a.html").write_text("<!doctype html><html><body><nav><a href=/>Home</a></nav></body></html>", encoding="utf-8")
    (folder / "b.txt").write_text(TEXT + "\nSumber: Reuters\n", encoding="utf-8")
    direct = runut("annotate", SAMPLES, folder)
    cleaned = runut("clean", SAMPLES, folder)
    piped = runut("annotate", stdin=cleaned.out.encode())
    equal((piped.status, piped.err), (0, ""))
    equal(list(map(without_evidence, piped.out.splitlines())), list(map(without_evidence, direct.out.splitlines())))


def its_own_lines_come_back_as_they_are(_):
    first = runut("annotate", SAMPLES).out
    second = runut("annotate", stdin=first.encode())
    equal((second.status, second.err), (0, ""))
    third = runut("annotate", stdin=second.out.encode())
    equal(third.out, second.out)
    equal(list(map(without_evidence, second.out.splitlines())), list(map(without_evidence, first.splitlines())))


def neither_jobs_nor_order_nor_split_change_a_line(folder):
    lines = runut("clean", SAMPLES).out.splitlines(keepends=True)
    path = folder / "all.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    whole = [runut("annotate", "--jobs", jobs, path).out for jobs in (1, 2, 7)]
    equal(whole[1], whole[0])
    equal(whole[2], whole[0])
    mixed = lines[:]
    random.Random(3).shuffle(mixed)
    parts = "".join(runut("annotate", stdin="".join(mixed[i:i + 7]).encode()).out for i in range(0, len(mixed), 7))
    equal(sorted(parts.splitlines()), sorted(whole[0].splitlines()))


def the_order_of_the_input_is_kept(_):
    lines = "".join(of_body(f"Isi berita nomor {i} dari kota.\n" * (1 + i * 37 % 90), id=f"n{i}") for i in range(120))
    equal([a["id"] for a in annotate(lines, "-j", "4")], [f"n{i}" for i in range(120)])


def takeovers_meet_in_the_fingerprint(_):
    words = "".join(f"Warga desa {n} menutup tanggul dengan karung pasir sejak pagi, kata camat {n}-an di posko. " for n in
                    ("Alang", "Bitung", "Cemara", "Dusun", "Embun", "Fajar", "Gading", "Hulu", "Intan", "Jati"))
    other = "".join(f"Harga {n} di pasar induk turun tipis karena panen raya dan pasokan dari pulau seberang lancar. " for n in
                    ("beras", "gula", "cabai", "telur", "jagung", "kedelai", "bawang", "ikan", "garam", "tomat"))
    a, cut, strange, empty = annotate(of_body(words) + of_body(words[len(words) // 3:]) + of_body(other) + of_body("…"))
    equal([len(x["fingerprint"]) for x in (a, cut, strange, empty)], [32, 32, 32, 0])
    equal([len(x) for x in a["fingerprint"]], [16] * 32)
    assert shared(a, cut, "fingerprint") >= 5, shared(a, cut, "fingerprint")
    equal(shared(a, strange, "fingerprint"), 0)


def reports_of_one_day_meet_in_a_block(_):
    first = of_body("Presiden Rusia Vladimir Putin bertemu Kim Jong Un di Vladivostok, Rabu (24/4/2019).", inLanguage="id")
    again = of_body("Russian President Vladimir Putin met Kim Jong Un in Vladivostok on April 25, 2019.", inLanguage="en")
    later = of_body("Russian President Vladimir Putin met Kim Jong Un in Vladivostok on September 13, 2023.", inLanguage="en")
    a, b, c = annotate(first + again + later)
    assert shared(a, b, "blocks") >= 6, (a["blocks"], b["blocks"])
    equal({key for key in set(a["blocks"]) & set(c["blocks"]) if not key.startswith("any ")}, set())
    equal(len(a["blocks"]), len(set(a["blocks"])))
    dated = [key for key in a["blocks"] if not key.startswith("any ")]
    assert dated and all("2019-04-16" < key[:10] <= "2019-04-24" for key in dated), dated
    undated = annotate(of_body("Vladimir Putin bertemu Kim Jong Un di Vladivostok."))[0]
    assert undated["blocks"] and all(key.startswith("any ") for key in undated["blocks"]), undated["blocks"]
    assert shared(a, undated, "blocks") >= 3, undated["blocks"]


def the_samples_join(folder):
    """What runut relates meets in a key, and few others do."""
    runut("--db", folder / "s.db", "add", "--quiet", SAMPLES)
    stored = {a["id"]: a for a in records(runut("--db", folder / "s.db", "export"))}
    keys = {a["id"]: a for a in records(runut("annotate", SAMPLES))}
    of_one = [(a, b) for a, b in itertools.combinations(keys, 2) if stored[a]["event"] == stored[b]["event"]]
    met = [p for p in of_one if any(shared(keys[p[0]], keys[p[1]], k) for k in ("blocks", "fingerprint"))]
    assert len(met) >= .85 * len(of_one), (len(met), len(of_one))


def broken_records_are_told_and_stop_nobody(_):
    text = of_body("isi berita", id="a") + '{"id":"b"\n{"id":"c"}\n[1]\n' + of_body("isi lain", id="d")
    for jobs in ("1", "4"):
        result = runut("annotate", "-j", jobs, "-", "/none", stdin=text.encode())
        equal(result.status, 1)
        equal([a["id"] for a in records(result)], ["a", "d"])
        told = result.err.splitlines()
        equal(len(told), 4)
        for line, part in zip(told, ["record 2", "record 3", "record 4", "/none"]):
            holds(line, part)


def any_bytes_give_lines_of_json(_):
    dice = random.Random(11)
    pieces = ["\u201c", '"', "\u2019", " kata ", " said ", "Senin (15/8)", "2019", "(Antara)", "\n", ". ", "Kim Jong Un", "é",
              "\u202e", "😀", "北京", "ประเทศ", "77 tahun", "KCNA", ")", "(", "—", "'", "Jakarta", "ayer", "gestern"]
    text = "".join(of_body("".join(dice.choice(pieces) for _ in range(dice.randrange(300)))) for _ in range(80))
    result = runut("annotate", stdin=text.encode())
    assert result.status in (0, 1), result
    assert len(records(result)) > 60


def monstrous_words_and_names_do_not_multiply(_):
    word = "Aceh" * 200_000
    (got,) = annotate(of_body(f"{word} tiba di Jakarta. Presiden {word} kata.", headline=f"{word} tiba"))
    assert all(len(key) < 250 for key in got["blocks"]), max(map(len, got["blocks"]))


def a_table_of_ones_own_adds_agencies(folder):
    text = of_body("Jembatan itu dibuka kembali, seperti dikutip dari Lintas Delta. Kabar dari LDN menyusul.")
    table = folder / "mine.tsv"
    table.write_text("# ours\nDelta News\tagency\tID\tLintas Delta|LDN\n~Reuters\toutlet\tGB\tReuter\n", encoding="utf-8")
    equal(annotate(of_body("Kapal itu tiba, lapor LDN."))[0]["sources"], [])
    equal(annotate(of_body("Kapal itu tiba, lapor LDN."), "--agencies", table)[0]["sources"], ["LDN"])
    config = folder / "config" / "runut"
    config.mkdir(parents=True)
    (config / "agencies.tsv").write_bytes(b"\xef\xbb\xbf" + table.read_bytes())
    got = runut("annotate", stdin=text.encode(), env={"XDG_CONFIG_HOME": folder / "config"})
    equal((got.status, records(got)[0]["sources"]), (0, ["Lintas Delta"]))
    for words in (["annotate"], ["--db", folder / "s.db", "add"]):
        for content, part in ((b"A\tagency\nB\tfriend\n", "mine.tsv: record 2: byte 12: the second column"),
                              (b"# ours\nA\tagency\tID\tB\xff\n", "record 2: byte 21: not UTF-8"),
                              (b"\tagency\n", "no name")):
            table.write_bytes(content)
            result = runut(*words, "--agencies", table, SAMPLES)
            equal((result.status, result.out), (2, ""))
            holds(result.err, part)
        result = runut(*words, "--agencies", folder / "none.tsv", SAMPLES)
        equal((result.status, result.out), (3, ""))
        holds(result.err, "none.tsv: No such file")


def no_word_of_it_needs_a_store(folder):
    equal(runut("annotate", SAMPLES, cwd=folder).status, 0)
    equal(os.listdir(folder), [])


def wrong_use_is_status_2(_):
    for words, part in [(["--jobs", "0"], "--jobs wants"), (["--format", "text"], "no option"), (["--db", "x"], "no option")]:
        result = runut("annotate", *words, SAMPLES)
        equal((words, result.status, result.out), (words, 2, ""))
        holds(result.err, part)


def a_closed_pipe_ends_it_at_once(folder):
    path = folder / "x.jsonl"
    path.write_text(of_body("Isi berita dari kota. " * 40) * 3000, encoding="utf-8")
    for jobs in ("1", "4"):
        closed_pipe_ends_it("annotate", "--jobs", jobs, path)


def a_full_disk_is_no_success(_):
    full_disk_is_no_success("annotate", SAMPLES)


main([one_line_of_json_a_capture, every_span_holds_its_words, it_says_what_add_stores, what_clean_prints_gives_the_same,
      its_own_lines_come_back_as_they_are, neither_jobs_nor_order_nor_split_change_a_line, the_order_of_the_input_is_kept,
      takeovers_meet_in_the_fingerprint, reports_of_one_day_meet_in_a_block, the_samples_join,
      broken_records_are_told_and_stop_nobody, any_bytes_give_lines_of_json, monstrous_words_and_names_do_not_multiply,
      a_table_of_ones_own_adds_agencies, no_word_of_it_needs_a_store, wrong_use_is_status_2,
      a_closed_pipe_ends_it_at_once, a_full_disk_is_no_success])
