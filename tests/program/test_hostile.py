#!/usr/bin/env python3
"""Input made to be slow: four times as much may take no more than eight times as long (a quadratic step takes sixteen),
and ends with an article or with a reason. Processor time is measured, so that a busy machine does no harm."""
import functools
import json
import pathlib
import random
import resource
import tempfile

from tap import RUNUT, equal, main, runut

SANITIZED = b"__asan_init" in pathlib.Path(RUNUT).read_bytes()
SIZE, FLOOR = 30_000 if SANITIZED else 80_000, 0.05  # the sanitizers make everything slower alike


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
    "sentences, one a line": repeated("Warga mengungsi ke balai desa pada pagi hari, kata kepala desa.\n"),
    "wrapped lines": repeated("Warga mengungsi ke balai desa pada pagi hari, kata kepala\ndesa dan\n"),
    "numbered items": repeated("1. Sambal Bara\nSambal ini pedas sekali, kata mereka.\n"),
    "pointers": repeated("Baca juga: Banjir surut\nWarga mengungsi ke balai desa pada pagi hari.\n"),
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
    "large attribute": lambda size: b'<p title="' + b"x" * size + b'">a',
    "numeric references": repeated("&#x10FFFF;"),
    "long references": repeated("&CounterClockwiseContourIntegral;"),
    "rows and cells": repeated("<tr><td>a<td>b"),
    "tables of one row": repeated("<table><tr><td>a b<td>c</table>"),
    "nested lists with text": repeated("<ul><li>a"),
    "definition lists": repeated("<dl><dt>a<dd>b"),
    "block quotations": repeated("<blockquote><p>Kami tidak bisa menunggu musim hujan ketiga datang lagi</p></blockquote>"),
    "entries of a live blog": repeated("<p>10:42</p><p>Warga mengungsi ke balai desa pada pagi hari.</p>"),
    "preformatted lines": lambda size: b"<pre>" + fill("a b\n\n", size),
    "marks of footnotes": repeated("<sup><a href=#a>1</a></sup>"),
    "unknown elements in paragraphs": repeated("<p><x-a>a</x-a><x-b>"),
    "linked headings": repeated("<h2><a href=/x>Banjir surut lagi di desa</a></h2><p>Warga mengungsi ke balai desa.</p>"),
    "drop caps": repeated("<div><b>B</b></div><div>anjir surut di desa.</div>"),
    "hidden paragraphs": repeated("<p hidden>Warga mengungsi ke balai desa, kata kepala desa."),
    "scripts inside comments": repeated("<script><!--<script>"),
    "metas": repeated('<meta property="og:title" content="Banjir">'),
    "types in JSON-LD": lambda size: b'<script type="application/ld+json">[' + fill('{"@type":"NewsArticle"},', size),
    "numbers in a script": lambda size: b'<script type="application/json">[' + fill("1,", size) + b"]</script>",
    "nested values in a script": lambda size: b'<script type="application/json">' + fill('{"a":[', size) + b"</script>",
    "sentences in a script": lambda size: b"<script>window.x = [" + fill('"Warga mengungsi ke balai desa pada pagi hari.",', size) + b"]</script>",
    "paragraphs in a script": lambda size: b'<script type="application/json">{"title":"Berita","body":[' + fill(
        '{"type":"p","text":"Warga mengungsi ke balai desa pada pagi hari, kata mereka."},', size) + b"]}</script>",
    "escaped markup in a script": lambda size: b'<script type="application/json">{"body":"' + fill("\\u003cp\\u003ea ", size) + b'"}</script>',
    "JSON inside JSON": lambda size: b'<script>x=JSON.parse("' + fill('{\\"a\\":', size) + b'")</script>',
    "quotation marks in a script": lambda size: b'<script type="application/json">{"body":"' + fill('" ', size) + b'"}</script>',
    "many scripts": repeated("<script>x=[" + '{"a":"b c"},' * 40 + "]</script>"),
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


def grows_no_faster(most, once, four):
    """Four times the size takes at most `most` times as long. A busy machine gets three tries: what is quadratic fails
    them all."""
    for _ in range(3):
        a, b = once(), four()
        if b <= most * a:
            return
    raise AssertionError(f"{a:.2f} s, then {b:.2f} s for four times as much")


def check(folder, ending, make):
    start = start_up()
    grows_no_faster(8, lambda: max(seconds(folder, "once" + ending, make(SIZE)) - start, FLOOR),
                    lambda: seconds(folder, "four" + ending, make(4 * SIZE)) - start)


def test(name, ending, make):
    def run(folder):
        check(folder, ending, make)

    run.__name__ = f"{name} ({ending})"
    return run


def page(make):
    return lambda size: b"<!DOCTYPE html><title>Berita</title><body><p>Banjir di tepi sungai mulai surut.</p>" + make(size)


def record(make):
    return lambda size: json.dumps({"headline": "Judul", "articleBody": make(size).decode()}).encode() + b"\n"


def clean_seconds(folder, data):
    """Processor time of cleaning alone, which has to say something or why not."""
    (folder / "x.html").write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = runut("clean", "--jobs", 1, folder / "x.html")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert result.status in (0, 1) and bool(result.out) == (result.status == 0), (result.status, result.err[:500])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def huge(name, make, size):
    """A page of `size` takes no more than twelve times as long as one of a quarter of it (which may do with the memory
    that every job has; the whole page is begun with that too, and done again with all that one may have)."""
    def run(folder):
        grows_no_faster(12, lambda: max(clean_seconds(folder, make(size // 4)), 4 * FLOOR),
                        lambda: clean_seconds(folder, make(size)))

    run.__name__ = f"{name} ({size:,} bytes)"
    return run


HUGE = [huge("200,000 elements in one another", page(PAGES["nested blocks"]), 1_000_000),
        huge("100,000 attributes", page(PAGES["attributes"]), 1_000_000),
        huge("an attribute of 10 MB", page(PAGES["large attribute"]), 10_000_000),
        huge("references", page(PAGES["long references"]), 10_000_000),
        huge("paragraphs", page(repeated("<p>Warga mengungsi ke balai desa pada pagi hari, kata kepala desa.</p>\n")), 50_000_000)]


def cut_anywhere(folder):
    """A page that ends within a tag, an attribute, a comment, a script, a table, a reference: what stands before stays."""
    text = "Warga mengungsi ke balai desa pada pagi hari, kata kepala desa, dan bantuan datang dari kota pada sore harinya."
    head = f"<title>Banjir</title><h1>Banjir</h1><p>{text}</p><p>{text.replace('pagi', 'siang')}</p><p>{text.replace('pagi', 'malam')}</p>"
    for number, rest in enumerate(["<", "<p", "<p class", '<p class="', '<p class="a', "</", "</p", "<!", "<!-", "<!--", "<!-- a -", "<script", "<script>",
                                   "<script>var a = '", "<script><!--", '<script type="application/ld+json">{"a":"', "<style>p {", "<title>", "<textarea>",
                                   "<table><tr><td", "<table><tr>", "<ul><li>", "<blockquote", "<pre>", "<svg>", "&", "&am", "&#", "&#x1F",
                                   "<![CDATA[", "<?php", "<a href=", "<sup><a href=#"]):
        (folder / f"{number:02}.html").write_text(head + rest, encoding="utf-8")
    for line in runut("clean", folder).out.splitlines():
        body = json.loads(line)["articleBody"]
        assert body.startswith(text) and "malam" in body and len(body.splitlines()) <= 4, (line, body)


# Three paragraphs a language, and the encodings that its pages come in.
ENCODED = {
    ("windows-1252",): [
        "La digue du port a été réparée mardi, a annoncé la mairie, après trois mois de travaux coûteux et très attendus.",
        "« C’est une grande journée », a déclaré le maire, qui remerciait les pêcheurs de leur patience.",
        "Le coût est estimé à quatre millions d’euros, dont la moitié est payée par la région.",
    ],
    ("windows-1251", "koi8-r",): [
        "Причал в гавани отремонтировали во вторник, сообщила городская администрация после трёх месяцев работ.",
        "Это большой день для города, сказал мэр, поблагодарив рыбаков за терпение и помощь.",
        "Стоимость работ оценивается в четыре миллиона, половину из которых заплатит область.",
    ],
    ("windows-1256",): [
        "قال رئيس الميناء يوم الثلاثاء إن الرصيف الشرقي سيعاد بناؤه بعد أن كسرته العاصفة في مارس الماضي.",
        "وأضاف أن العمل سيبدأ في الربيع وأن القوارب ستنقل إلى الحوض الداخلي خلال هذه الفترة.",
        "وتقدر الكلفة بأربعة ملايين، تدفع المحافظة نصفها، بحسب الأوراق التي عرضت على المجلس.",
    ],
    ("windows-874",): [
        "นายกเทศมนตรีกล่าวเมื่อวันอังคารว่าท่าเรือด้านตะวันออกจะถูกสร้างขึ้นใหม่หลังจากพายุพัดพังในเดือนมีนาคม",
        "งานจะเริ่มขึ้นในฤดูใบไม้ผลิ และเรือจะถูกย้ายไปที่อ่างด้านในระหว่างการก่อสร้างทั้งหมด",
        "ค่าใช้จ่ายประมาณสี่ล้านบาท ซึ่งจังหวัดจะจ่ายครึ่งหนึ่ง ตามเอกสารที่เสนอต่อสภา",
    ],
    ("gb18030",): [
        "港务局周二表示，东码头将在三月份的风暴中受损后重建，工程将于春季开始，渔民表示欢迎。",
        "港长说：“我们不能再等第三个冬天了，渔民们已经等了很久，现在终于有了结果。”",
        "根据提交给委员会的文件，费用估计为四百万，其中一半由县政府支付，其余由市里承担。",
    ],
    ("big5",): [
        "港務局週二表示，東碼頭將在三月份的風暴中受損後重建，工程將於春季開始，漁民表示歡迎。",
        "港長說：「我們不能再等第三個冬天了，漁民們已經等了很久，現在終於有了結果。」",
        "根據提交給委員會的文件，費用估計為四百萬，其中一半由縣政府支付，其餘由市裡承擔。",
    ],
    ("shift_jis", "euc-jp", "iso-2022-jp",): [
        "港湾局は火曜日、三月の嵐で壊れた東の桟橋を再建すると発表し、工事は春に始まる予定だと述べた。",
        "港長は「三度目の冬を待つことはできなかった。漁師たちは長い間待っていた」と語った。",
        "委員会に提出された書類によると、費用は四百万円と見積もられ、半分は県が負担する。",
    ],
    ("euc-kr",): [
        "항만청은 화요일 삼월 폭풍으로 무너진 동쪽 부두를 다시 짓겠다고 밝혔으며 공사는 봄에 시작된다.",
        "항만장은 “우리는 세 번째 겨울을 기다릴 수 없었다”고 투표가 끝난 뒤 시청에서 말했다.",
        "위원회에 제출된 문서에 따르면 비용은 사백만으로 추산되며 절반은 군에서 부담한다.",
    ],
    ("utf-16-le", "utf-16-be",): [
        "Dewan pelabuhan memutuskan pada Selasa untuk membangun kembali dermaga timur yang patah diterjang badai.",
        "“Kami tidak bisa menunggu musim hujan ketiga,” kata kepala pelabuhan setelah pemungutan suara di balai kota.",
        "Biayanya ditaksir empat miliar rupiah, dan separuhnya ditanggung kabupaten, menurut berkas dewan.",
    ],
}


def every_encoding_declared_early_late_wrongly_or_not_at_all(folder):
    for encodings, paragraphs in ENCODED.items():
        for name in encodings:
            label = name.replace("utf-16-", "utf-16")
            late = f'<!--{"x" * 2000}--><meta http-equiv=content-type content="text/html; charset={label}">'
            for meta in (f"<meta charset={label}>", late, "<meta charset=utf-8>", ""):
                if name == "windows-874" and label not in meta:
                    continue  # known to be taken for Chinese
                page = f"<html><head>{meta}<title>Port</title></head><body><article><h1>Port</h1>"
                page += "".join(f"<p>{p}</p>" for p in paragraphs) + "</article></body></html>"
                (folder / "x.html").write_bytes(page.encode(name.replace("windows-874", "cp874"), "replace"))
                equal((name, meta[-40:], records(folder / "x.html")), (name, meta[-40:], ["\n".join(paragraphs)]))


def records(path):
    return [json.loads(line)["articleBody"] for line in runut("clean", path).out.splitlines()]


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
     HUGE + [cut_anywhere, every_encoding_declared_early_late_wrongly_or_not_at_all, a_million_short_lines, an_article_of_3_mb_is_kept_whole])
