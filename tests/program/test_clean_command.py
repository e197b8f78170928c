#!/usr/bin/env python3
"""`runut clean` from outside: formats, order, explanations, broken input, pipes; the same whatever the number of jobs."""
import gzip
import json
import os
import subprocess
from html.parser import HTMLParser

from tap import ROOT, RUNUT, closed_pipe_ends_it, equal, full_disk_is_no_success, holds, main, on_terminal, runut

SAMPLES = ROOT / "samples" / "captures"

TEXT = """Jembatan Muara Dibuka Kembali

Rina Sulastri - Kabar Muara
Senin, 6 Mei 2024 10:15 WIB

KABAR MUARA, Tanjung - Jembatan di Muara dibuka kembali pada Senin (6/5) pagi setelah tiga bulan diperbaiki.

"Kendaraan berat sudah boleh lewat," kata kepala dinas, Bima Santoso, kepada wartawan di lokasi.

Baca juga: Harga Beras Naik Lagi
"""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge &amp; harbour reopen | The Invented Post</title>
<link rel="canonical" href="https://post.example/a?b=1&amp;c=2"><meta property="og:site_name" content="The Invented Post">
</head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav><article><h1>Bridge &amp; harbour reopen</h1>
<p>The bridge across the river mouth was opened to traffic on Monday, three months after a ship struck one of its piers.</p>
<p>Engineers said the load limit of &lt;40 tonnes stays "in force" until the summer, when the last bearings are replaced.</p>
<p>Ferry operators, who carried 12,000 cars a week during the repairs, will go back to their winter timetable at once.</p>
</article><footer>Copyright 2024</footer></body></html>
"""


def records(result):
    return [json.loads(line) for line in result.out.splitlines()]


def write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def bodies(count):
    return "".join(json.dumps({"id": f"n{i}", "headline": f"Berita {i}",
                               "articleBody": f"Isi berita nomor {i} dari kota.\n" * (1 + i * 37 % 200)}) + "\n"
                   for i in range(count))


def one_line_of_json_a_capture(folder):
    a, b = write(folder, "a.txt", TEXT), write(folder, "b.html", PAGE)
    result = runut("clean", a, b)
    equal((result.status, result.err), (0, ""))
    text, page = records(result)
    equal(list(text), ["id", "file", "url", "inLanguage", "kind", "headline", "publisher", "author", "datePublished",
                       "datePublishedFrom", "articleBody"])
    equal(text["file"], str(a))
    equal(text["headline"], "Jembatan Muara Dibuka Kembali")
    equal((text["author"], text["datePublished"]), (["Rina Sulastri"], "2024-05-06T10:15+07:00"))
    assert "Baca juga" not in text["articleBody"], text
    equal((page["headline"], page["inLanguage"], page["kind"]), ("Bridge & harbour reopen", "en", "article"))
    equal(page["url"], "https://post.example/a?b=1&c=2")
    equal(len(page["articleBody"].splitlines()), 3)


def it_says_what_add_stores(folder):
    runut("--db", folder / "s.db", "add", "--quiet", SAMPLES)
    stored = {a["id"]: a for a in records(runut("--db", folder / "s.db", "export"))}
    cleaned = records(runut("clean", SAMPLES))
    equal(len(cleaned), len(stored))
    for a in cleaned:
        for key in ("file", "url", "kind", "headline", "publisher", "author", "datePublished", "articleBody"):
            equal((a["id"], a[key]), (a["id"], stored[a["id"]][key]))


def what_it_prints_can_be_added(folder):
    cleaned = runut("clean", SAMPLES)
    equal(runut("--db", folder / "s.db", "add", "-", stdin=cleaned.out.encode()).status, 0)
    first = {a["id"]: a["articleBody"] for a in records(cleaned)}
    again = {a["id"]: a["articleBody"] for a in records(runut("--db", folder / "s.db", "export"))}
    equal(again, first)


def the_number_of_jobs_changes_nothing(folder):
    mixed = folder / "in"
    mixed.mkdir()
    write(mixed, "a.jsonl", bodies(300) + '{"id":"broken"\n' + bodies(50))
    write(mixed, "b.html", PAGE)
    (mixed / "c.bin").write_bytes(b"\x7fELF" + bytes(range(256)) * 50)
    write(mixed, "d.txt", TEXT)
    for words in ([], ["--explain"], ["--format", "text"], ["--format", "html"], ["--explain", "--format", "jsonl"]):
        one = runut("clean", "--jobs", 1, *words, SAMPLES, mixed)
        equal(one.status, 1)
        for jobs in (2, 4, 16):
            many = runut("clean", f"--jobs={jobs}", *words, SAMPLES, mixed)
            equal((many.status, many.err), (one.status, one.err))
            assert many.out == one.out, f"{words} with {jobs} jobs differs"


def the_order_of_the_input_is_kept(folder):
    result = runut("clean", "-j8", "-", stdin=bodies(2000).encode())
    equal([r["id"] for r in records(result)], [f"n{i}" for i in range(2000)])


def text_has_a_form_feed_between_articles(folder):
    a, b = write(folder, "a.txt", TEXT), write(folder, "b.html", PAGE)
    first, second = runut("clean", "--format", "text", a, b).out.split("\f\n")
    equal(first.splitlines()[:2], ["Jembatan Muara Dibuka Kembali", ""])
    equal(len(first.splitlines()), 4)
    equal(second.splitlines()[0], "Bridge & harbour reopen")
    assert second.endswith("at once.\n"), second


class Balance(HTMLParser):
    """Every element is closed; the text of each, by name."""

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], {}

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        equal(self.open.pop(), tag)

    def handle_data(self, data):
        if self.open and data.strip():
            self.texts.setdefault(self.open[-1], []).append(data)


def html_is_escaped_and_balanced(folder):
    evil = {"id": "x", "headline": "<script>alert(1)</script> & \"more\"", "author": ["<b>A"], "inLanguage": 'en" onload="x',
            "url": "javascript:alert(1)", "articleBody": "One <img src=x onerror=y> & two.\nThree."}
    out = runut("clean", "--format", "html", write(folder, "b.html", PAGE), write(folder, "x.jsonl", json.dumps(evil))).out
    for bad in ("<script", "<img", "<b>", 'onload="', "javascript:"):
        assert bad not in out, out
    parser = Balance()
    parser.feed(out)
    equal(parser.open, [])
    equal(parser.texts["h1"], ["Bridge & harbour reopen", evil["headline"]])
    equal(len(parser.texts["p"]), 3 + 1 + 2)
    equal(parser.texts["a"], ["https://post.example/a?b=1&c=2"])


def explain_shows_every_line_to_people(folder):
    result = runut("clean", "--explain", write(folder, "a.txt", TEXT))
    equal(result.status, 0)
    for part in ("a.txt: article, ", "headline ", "Baca juga: Harga Beras Naik Lagi", "[date line: Senin, 6 Mei 2024 10:15 WIB]"):
        holds(result.out, part)
    kept = [line for line in result.out.splitlines() if line[6:7] == "+"]
    equal(len(kept), 2)
    equal(runut("clean", "--explain", "--format", "text", folder / "a.txt").out, result.out)


def explain_as_json_has_lines_and_origins(folder):
    a, b = write(folder, "a.txt", TEXT), write(folder, "b.html", PAGE)
    for record in records(runut("clean", "--explain", "--format", "jsonl", a, b)):
        assert record["lines"], record
        for line in record["lines"]:
            equal([key for key in line if key != "level"], ["text", "role", "form", "score", "why"])
            assert 0 <= line["score"] <= 1 and line["why"], line
        equal("\n".join(line["text"] for line in record["lines"] if line["role"] == "body"), record["articleBody"])
        assert record["from"]["headline"], record
    stated = runut("clean", "--explain", "--format", "jsonl", "-", stdin=bodies(1).encode())
    equal(records(stated)[0]["from"]["headline"], "record")
    equal("lines" in records(runut("clean", a))[0], False)


def escape_sequences_never_reach_the_terminal(folder):
    a = write(folder, "a.txt", TEXT.replace("Kendaraan", "\x1b[31m\x9b2J Kendaraan"))
    for out in (on_terminal("clean", "--format", "text", a).decode(), runut("clean", "--explain", a).out):
        holds(out, "31m")
        assert "\x1b" not in out and "\x9b" not in out, out


def standard_input_is_the_default(folder):
    for words in ([], ["-"]):
        got = records(runut("clean", *words, stdin=TEXT.encode()))
        equal([(r["file"], r["headline"]) for r in got], [("-", "Jembatan Muara Dibuka Kembali")])


def gzip_is_undone(folder):
    (folder / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(bodies(3).encode()))
    equal([r["headline"] for r in records(runut("clean", folder))],
          ["Bridge & harbour reopen", "Berita 0", "Berita 1", "Berita 2"])


def broken_records_are_told_and_stop_nobody(folder):
    write(folder, "a.jsonl", '{"id":"a","articleBody":"isi berita"}\n{"id":"b"\n{"id":"c"}\n{"id":"d","articleBody":"isi lain"}\n')
    (folder / "b.bin").write_bytes(b"\x7fELF" + bytes(range(256)) * 50)
    write(folder, "c.txt", "")
    (folder / "d.txt.gz").write_bytes(gzip.compress(TEXT.encode() * 100)[:200])
    write(folder, "e.txt", TEXT)
    for jobs in (1, 4):
        result = runut("clean", "-j", jobs, folder, folder / "none")
        equal(result.status, 1)
        equal([r["id"] for r in records(result)][:2], ["a", "d"])
        equal(len(records(result)), 3)
        told = result.err.splitlines()
        equal(len(told), 6)
        for line, parts in zip(told, [("a.jsonl: record 2: byte ", "broken JSON"), ("a.jsonl: record 3: ", "articleBody"),
                                      ("b.bin: ", "a program"), ("c.txt: ", "empty"), ("d.txt.gz: ", "gzip"), ("none: ", "No such")]):
            for part in parts:
                holds(line, part)


def a_page_without_a_report_is_no_error(folder):
    page = write(folder, "a.html", "<!doctype html><html><body><nav><a href=/>Home</a></nav></body></html>")
    result = runut("clean", page)
    equal(result.status, 0)
    equal([(r["kind"], r["articleBody"]) for r in records(result)], [("other", None)])
    equal(runut("clean", "--format", "text", page).out, "")
    equal(runut("clean", "--format", "html", page).out, "")


FORMS = """<html lang=en><title>Sandmouth to rebuild its pier</title><article><h1>Sandmouth to rebuild its pier</h1>
<p>The harbour board of Sandmouth voted on Tuesday to rebuild the eastern pier, which a storm in March had broken in two places.</p>
<h2>What is to be done &amp; when</h2>
<p>Work is to begin in the spring, the board said, and boats will be moved to the inner basin while it lasts, as before.</p>
<ol><li>Before the winter, the following has to be finished by the county<ul><li>stone is brought from the quarry by barge
</ul><li>After the winter the crane and its rails are set up again</ol>
<blockquote><p>For thirty years nobody has looked after this wall, and now we pay for every one of those years.</blockquote>
<table><tr><td>Breaches in the wall<td>1.9 million<tr><td>Lamp at the pier head<td>0.6 million</table>
<pre>The wall went down at two o’clock,\nthe lamp went down at three</pre>
<p>The cost is put at four million, of which the county pays half, according to the papers laid before the board.</p></article>"""


def html_keeps_the_structure_of_a_page(folder):
    a = write(folder, "a.html", FORMS)
    body = runut("clean", "--format", "html", a).out.replace("\n", "")
    for part in ("<h1>Sandmouth to rebuild its pier</h1>", "<h2>What is to be done &amp; when</h2>",
                 "by the county<ul><li>stone is brought from the quarry by barge</li></ul></li><li>After the winter",
                 "<blockquote><p>For thirty years", "</p></blockquote><table><tr><td>Breaches in the wall</td><td>1.9 million</td></tr><tr>",
                 "</table><pre>The wall went down at two o’clock,the lamp went down at three</pre>"):
        holds(body, part)
    balance = Balance()
    balance.feed(body)
    balance.close()
    equal(balance.open, [])


def structure_of_a_page_in_the_lines(folder):
    record = records(runut("clean", "--explain", "--format", "jsonl", write(folder, "a.html", FORMS)))[0]
    equal([(line["form"], line.get("level")) for line in record["lines"] if line["role"] == "body"],
          [("paragraph", None), ("heading", 2), ("paragraph", None), ("item", 1), ("item", 2), ("item", 1), ("quotation", None),
           ("row", None), ("row", None), ("preformatted", None), ("paragraph", None)])
    holds(record["articleBody"], "Breaches in the wall\t1.9 million\nLamp at the pier head\t0.6 million\n")
    again = runut("clean", "-", stdin=(json.dumps(record) + "\n").encode())
    equal(records(again)[0]["articleBody"], record["articleBody"])


def a_slow_pipe_gives_a_result_for_every_record(_):
    for pack in (lambda data: data, gzip.compress):
        for jobs in ("1", "4"):
            with subprocess.Popen([RUNUT, "clean", "--jobs", jobs, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
                for i in range(3):  # the next record is written after the result of this one was read
                    process.stdin.write(pack(json.dumps({"id": f"n{i}", "articleBody": "Isi berita."}).encode() + b"\n"))
                    process.stdin.flush()
                    equal(json.loads(process.stdout.readline())["id"], f"n{i}")
                process.stdin.close()
                equal(process.wait(timeout=60), 0)


def a_folder_is_read_to_its_depth(folder):
    (folder / "in" / "b" / "c").mkdir(parents=True)
    write(folder / "in" / "b" / "c", "a.txt", TEXT)
    write(folder / "in" / "b", "d.html", PAGE)
    write(folder / "in", "a.jsonl", bodies(2))
    result = runut("clean", folder / "in")
    equal([r["file"][len(str(folder)) + 4:] for r in records(result)], ["a.jsonl", "a.jsonl", "b/c/a.txt", "b/d.html"])


def no_word_of_it_needs_a_store(folder):
    equal(runut("clean", SAMPLES, cwd=folder).status, 0)
    equal(os.listdir(folder), [])


def wrong_use_is_status_2(folder):
    for words, part in [(["--format", "xml"], "--format is"), (["--jobs", "0"], "--jobs wants"), (["--jobs", "-3"], "--jobs wants"),
                        (["--jobs", "two"], "--jobs wants"), (["--jobs", "99999999999999999999"], "--jobs wants"),
                        (["--explain", "--format", "html"], "--format is"), (["--json"], "no option")]:
        result = runut("clean", *words, SAMPLES)
        equal((words, result.status, result.out), (words, 2, ""))
        holds(result.err, part)


def a_closed_pipe_ends_it_at_once(folder):
    lines = write(folder, "x.jsonl", bodies(3000))
    for jobs in ("1", "4"):
        closed_pipe_ends_it("clean", "--jobs", jobs, lines)


def a_full_disk_is_no_success(_):
    for jobs in ("1", "4"):
        full_disk_is_no_success("clean", "-j", jobs, SAMPLES)


main([one_line_of_json_a_capture, it_says_what_add_stores, what_it_prints_can_be_added, the_number_of_jobs_changes_nothing,
      the_order_of_the_input_is_kept, text_has_a_form_feed_between_articles, html_is_escaped_and_balanced,
      explain_shows_every_line_to_people, explain_as_json_has_lines_and_origins, escape_sequences_never_reach_the_terminal,
      standard_input_is_the_default, gzip_is_undone, broken_records_are_told_and_stop_nobody,
      a_page_without_a_report_is_no_error, html_keeps_the_structure_of_a_page,
      structure_of_a_page_in_the_lines, a_slow_pipe_gives_a_result_for_every_record, a_folder_is_read_to_its_depth, no_word_of_it_needs_a_store, wrong_use_is_status_2,
      a_closed_pipe_ends_it_at_once, a_full_disk_is_no_success])
