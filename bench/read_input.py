#!/usr/bin/env python3
"""Writes what bench/read reads: read_input.py FOLDER COUNT. Invented pages with what stands around a report, as web archives keep
them: of ten responses seven are pages (three of them chunked and packed with gzip), one is an image, one a redirection, one
found unchanged; each has its request. Each record is packed alone, with gzip, with zstd, with zstd and a dictionary. The reports
of them also as JSON Lines, as an array, as a feed and as a table."""
import csv
import gzip
import html
import json
import pathlib
import random
import sys

import zstandard

SYLLABLES = "ba da ga ka la ma na pa ra sa ta wa be de ke le me ne pe re se te bi di ki li mi ni pi ri si ti bu du ku lu mu nu ru su tu ang eng ing ung".split()


def words(rng, count=4000):
    return ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4))) for _ in range(count)]


def sentence(rng, known):
    text = " ".join(known[min(int(rng.paretovariate(0.6)), len(known)) - 1] for _ in range(rng.randint(6, 24)))
    return text.capitalize() + "."


def paragraphs(rng, known):
    return [" ".join(sentence(rng, known) for _ in range(rng.randint(2, 5))) for _ in range(rng.randint(6, 24))]


def page(rng, known, number):
    body = paragraphs(rng, known)
    links = "".join(f'<li class="menu-item item-{i}"><a href="/kategori/{rng.choice(known)}/{number}-{i}">{sentence(rng, known)}</a></li>\n' for i in range(80))
    script = "".join(f"window.data{i}={{id:{rng.getrandbits(48)},slot:'{rng.choice(known)}'}};" for i in range(60))
    text = "\n".join(f"<p>{p}</p>" for p in body)
    return (f"<!doctype html><html><head><title>{sentence(rng, known)}</title><script>{script}</script></head><body><nav><ul>{links}</ul></nav>"
            f"<article><h1>{sentence(rng, known)}</h1>\n{text}</article><footer>{links[:3000]}</footer></body></html>").encode(), body


def record(kind, url, block):
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash((kind, url)))}>\r\nWARC-Date: 2024-02-03T04:05:06Z\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype={'request' if kind == 'request' else 'response'}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def message(fields, body, status="200 OK"):
    return (f"HTTP/1.1 {status}\r\nDate: Sat, 03 Feb 2024 04:05:06 GMT\r\nServer: x\r\n" + fields + "\r\n").encode() + body


def response(rng, known, number):
    """The block of a response, and the report in it, if there is one."""
    kind = number % 10
    if kind == 7:
        return "response", message("Content-Type: image/jpeg\r\n", rng.randbytes(20000)), None
    if kind == 8:
        return "response", message("Location: /\r\nContent-Type: text/html\r\n", b"<p>moved", "301 Moved"), None
    if kind == 9:
        return "revisit", message("Content-Type: text/html\r\n", b""), None
    body, report = page(rng, known, number)
    if kind > 3:
        body = gzip.compress(body, 6)
        body = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 4096]), body[i:i + 4096]) for i in range(0, len(body), 4096)) + b"0\r\n\r\n"
        return "response", message("Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", body), report
    return "response", message("Content-Type: text/html; charset=utf-8\r\n", body), report


def records(count, seed=1):
    rng = random.Random(seed)
    known = words(rng)
    for number in range(count):
        url = f"https://koran.example/{number}"
        yield record("request", url, f"GET /{number} HTTP/1.1\r\nHost: koran.example\r\n\r\n".encode()), None
        kind, block, report = response(rng, known, number)
        yield record(kind, url, block), report and {"id": str(number), "url": url, "articleBody": "\n\n".join(report)}


def write_feed(path, reports):
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
                  "<title>Koran</title><link>https://koran.example/</link>\n")
        for report in reports:
            body = "".join(f"<p>{html.escape(p)}</p>\n" for p in report["articleBody"].split("\n\n"))
            out.write(f"<item><title>{body[3:40]}</title><link>{report['url']}</link><guid>{report['url']}</guid>"
                      f"<pubDate>Sat, 03 Feb 2024 04:05:06 GMT</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item>\n")
        out.write("</channel></rss>\n")


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    made = list(records(count))
    blocks = [block for block, _ in made]
    dictionary = zstandard.train_dictionary(110 * 1024, [block[:100_000] for block in blocks[:2000]])
    plain, learned = zstandard.ZstdCompressor(level=3), zstandard.ZstdCompressor(level=3, dict_data=dictionary)
    raw = zstandard.ZstdCompressor(level=19).compress(dictionary.as_bytes())
    (folder / "pages.warc").write_bytes(b"".join(blocks))
    (folder / "pages.warc.gz").write_bytes(b"".join(gzip.compress(block, 6, mtime=0) for block in blocks))
    (folder / "pages.warc.zst").write_bytes(b"".join(map(plain.compress, blocks)))
    (folder / "dictionary.warc.zst").write_bytes(b"\x5d\x2a\x4d\x18" + len(raw).to_bytes(4, "little") + raw + b"".join(map(learned.compress, blocks)))
    lines = [json.dumps(report).encode() + b"\n" for _, report in made if report]
    (folder / "pages.jsonl").write_bytes(b"".join(lines))
    (folder / "pages.json").write_bytes(b"[\n" + b",\n".join(line.rstrip() for line in lines) + b"\n]\n")
    write_feed(folder / "feed.rss", [report for _, report in made if report])
    with open(folder / "table.csv", "w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, ["id", "url", "articleBody"])
        table.writeheader()
        table.writerows(report for _, report in made if report)


main()
