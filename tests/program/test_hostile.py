#!/usr/bin/env python3
"""Input made to be slow: four times as much may take no more than eight times as long (a quadratic step takes sixteen),
and ends with an article or with a reason. Processor time is measured, so that a busy machine does no harm."""
import functools
import json
import pathlib
import random
import resource
import tempfile

from tap import equal, main, runut

SIZE, FLOOR = 80_000, 0.05


def fill(text, size):
    data = text.encode()
    return data * (size // len(data) + 1)


def repeated(text):
    return lambda size: fill(text, size)


def numbers(size):
    return ", ".join(str(i * 7919 % 1000003) for i in range(size // 8)).encode()


def latin_1(size):
    return random.Random(1).randbytes(size).translate(None, bytes(range(32))) + b"\n"


def invented(size, capitals):
    """Words that are never the same, as names or as sentences of twelve."""
    chance = random.Random(2)
    words = ["".join(chance.choice("bdgklmnprst") + chance.choice("aiueo") for _ in range(chance.randint(2, 4)))
             for _ in range(size // 7)]
    if capitals:
        return " dan ".join(" ".join(words[i:i + 2]).title() for i in range(0, len(words), 2)).encode()
    return ". ".join(" ".join(words[i:i + 12]).capitalize() for i in range(0, len(words), 12)).encode()


TEXTS = {
    "quotation marks": repeated('"'),
    "opening quotation marks": repeated("“"),
    "quoted letters": repeated('"a" '),
    "quotations with a speaker": repeated('"Kami datang," kata Budi Santoso. '),
    "digits": repeated("7"),
    "numbers": numbers,
    "capitalized words": repeated("Kata "),
    "single letters with full stops": repeated("A. B. C. "),
    "one line without a blank": repeated("abcdefghij"),
    "short lines": repeated("a b\n"),
    "weekdays with a date": repeated("Senin (15/8) "),
    "dates": repeated("5 Mei 2020 "),
    "years ago": repeated("77 tahun lalu, "),
    "cues with a speaker": repeated("kata Budi, "),
    "brackets": repeated("("),
    "credits": repeated("dikutip "),
    "sources": repeated("Menurut AFP, "),
    "datelines": repeated("JAKARTA, KOTA.com - Budi\n"),
    "random bytes": latin_1,
    "Chinese without blanks": repeated("中国外交部发言人表示"),
    "Thai without blanks": repeated("กรุงเทพมหานคร"),
    "names never seen twice": lambda size: invented(size, True),
    "words never seen twice": lambda size: invented(size, False),
}
PAGES = {
    "nested blocks": repeated("<div>"),
    "nested styles": repeated("<b><i>"),
    "nested tables": repeated("<table><tr><td>"),
    "paragraphs never closed": repeated("<p>a"),
    "attributes": lambda size: b"<p " + b"".join(b"a%d=1 " % i for i in range(size // 9)) + b">",
    "one attribute never closed": repeated('<a b="'),
    "ampersands": repeated("&"),
    "references": repeated("&lt;"),
    "less-than signs": repeated("<"),
    "comments never closed": repeated("<!--"),
    "headlines": repeated("<h1>Judul</h1>"),
    "lists of links": repeated("<ul><li><a href=x>Berita</a>"),
    "nested JSON-LD": lambda size: b'<script type="application/ld+json">' + fill("[", size) + b"</script>",
}


def seconds(folder, name, data):
    """Processor time of adding `data`, which is stored or refused for having no text."""
    (folder / name).write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = runut("--db", folder / "s.db", "add", "--quiet", folder / name)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    (folder / "s.db").unlink()
    assert result.status == 0 or result.status == 1 and "no article text found" in result.err, result
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@functools.cache
def start_up():
    with tempfile.TemporaryDirectory(prefix="runut-test-") as folder:
        return seconds(pathlib.Path(folder), "start.txt", b"Banjir Surut\n\nBanjir di tepi sungai mulai surut pada Senin malam, kata warga.\n")


def check(folder, ending, make):
    start = start_up()
    once = max(seconds(folder, "once" + ending, make(SIZE)) - start, FLOOR)
    four = seconds(folder, "four" + ending, make(4 * SIZE)) - start
    assert four <= 8 * once, f"{once:.2f} s, then {four:.2f} s for four times as much"


def test(name, ending, make):
    def run(folder):
        check(folder, ending, make)

    run.__name__ = f"{name} ({ending})"
    return run


def page(make):
    return lambda size: b"<!DOCTYPE html><title>Berita</title><body><p>Banjir di tepi sungai mulai surut.</p>" + make(size)


def record(make):
    return lambda size: json.dumps({"headline": "Judul", "articleBody": make(size).decode()}).encode() + b"\n"


def a_million_short_lines(folder):
    assert seconds(folder, "x.txt", b"a\n" * 1_000_000) < 30


def an_article_of_3_mb_is_kept_whole(folder):
    body = invented(3_000_000, False).decode()
    (folder / "x.jsonl").write_text(json.dumps({"headline": "Judul", "articleBody": body}) + "\n", encoding="utf-8")
    equal(runut("--db", folder / "s.db", "add", folder / "x.jsonl").status, 0)
    equal(json.loads(runut("--db", folder / "s.db", "export").out)["articleBody"], body)


main([test(name, ".txt", make) for name, make in TEXTS.items()] +
     [test(name, ".html", page(make)) for name, make in PAGES.items()] +
     [test(name, ".jsonl", record(TEXTS[name])) for name in ("quotation marks", "quoted letters", "capitalized words",
                                                             "short lines", "datelines", "names never seen twice")] +
     [a_million_short_lines, an_article_of_3_mb_is_kept_whole])
