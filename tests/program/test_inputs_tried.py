#!/usr/bin/env python3
"""Every kind of input that was tried, and what it got: docs/inputs-tried.md is this list, and this test holds both to what the program does.

usage: test_inputs_tried.py RUNUT [--write]     --write: write the page anew"""
import base64
import bz2
import collections
import csv
import gzip
import io
import json
import lzma
import os
import quopri
import random
import re
import sqlite3
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib

from tap import ROOT, RUNUT, equal, main, runut

PAGE_OF = ROOT / "docs" / "inputs-tried.md"
MARK = "Sungai Wira"
TEXT = ("Hujan deras sejak Senin malam merendam tiga desa di tepi Sungai Wira, kata Kepala Desa Sukamaju, Darto Wibowo, Selasa (2/9/2025). "
        "Warga mengungsi ke balai desa.", "\"Air naik cepat sekali sejak pukul dua dini hari,\" kata Darto. Dua perahu karet dikirim ke lokasi.",
        "Pemerintah kabupaten menyiapkan bahan makanan untuk 412 warga yang mengungsi sejak kemarin malam.")
TITLE = "Banjir Rendam Tiga Desa"
URL = "https://kabarteluk.example/1"
BODY = "\n".join(TEXT)
HTML = "".join(f"<p>{part}</p>" for part in TEXT)
PLAIN = f"{TITLE}\n\n{BODY}\n".encode()
PAGE = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{HTML}</article></body></html>"
RECORD = {"id": "1", "url": URL, "headline": TITLE, "datePublished": "2025-09-02", "articleBody": BODY}
LINE = json.dumps(RECORD).encode()
ESCAPED = HTML.replace("&", "&amp;").replace("<", "&lt;")
ITEM = f"<item><title>{TITLE}</title><link>{URL}</link><pubDate>Tue, 02 Sep 2025 09:00:00 +0700</pubDate>"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
RSS = f'<?xml version="1.0"?><rss version="2.0" xmlns:content="{CONTENT}"><channel><title>Kabar Teluk</title>{ITEM}<content:encoded><![CDATA[{HTML}]]></content:encoded></item></channel></rss>'
ATOM = (f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar Teluk</title><entry><title>{TITLE}</title><link href="{URL}"/><id>1</id>'
        f'<updated>2025-09-02T09:00:00+07:00</updated><content type="html">{ESCAPED}</content></entry></feed>')
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Kabar Teluk", "items": [{"id": "1", "title": TITLE, "content_html": HTML}]})
MAIL = (f"From: Rina Sari <rina@kabarteluk.example>\nSubject: {TITLE}\nDate: Tue, 2 Sep 2025 09:00:00 +0700\nMIME-Version: 1.0\n")
HTTP = "application/http; msgtype=response"
TRIED = []


def tried(group, *inputs):
    TRIED.extend((group, what, data if isinstance(data, bytes) else data.encode()) for what, data in inputs)


# ---- how they are made ----

def gz(data, level=9):
    return gzip.compress(data, level, mtime=0)


def record(kind, block, url=URL, form=HTTP, length=None, version="1.0", more=""):
    head = f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {form}\r\n{more}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def http(body, form="text/html; charset=utf-8", more="", status="200 OK"):
    return f"HTTP/1.1 {status}\r\nContent-Type: {form}\r\n{more}\r\n".encode() + (body if isinstance(body, bytes) else body.encode())


def chunked(data):
    return b"".join(b"%x\r\n%s\r\n" % (len(data[i:i + 100]), data[i:i + 100]) for i in range(0, len(data), 100)) + b"0\r\n\r\n"


def warc(*records):
    return b"".join(records) or record("response", http(PAGE))


def tar(members, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def make_zip(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def table(rows, delimiter=",", **how):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, **how).writerows(rows)
    return out.getvalue()


def zstd_frame(data):
    """Stored in raw blocks: no library needed."""
    blocks = b""
    for i in range(0, max(len(data), 1), 100_000):
        part = data[i:i + 100_000]
        last = i + 100_000 >= len(data)
        blocks += struct.pack("<I", len(part) << 3 | last)[:3] + part
    return b"\x28\xb5\x2f\xfd" + bytes([0x80]) + bytes([0x58]) + struct.pack("<I", len(data)) + blocks


def zip_with_name(name, flags):
    """One stored member whose name has these bytes."""
    head = struct.pack("<HHHHHIIIHH", 20, flags, 0, 0, 0, zlib.crc32(PLAIN), len(PLAIN), len(PLAIN), len(name), 0)
    return b"PK\x03\x04" + head + name + PLAIN + b"PK\x05\x06" + b"\0" * 18


def sqlite():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (x)")
    database.commit()
    return b"SQLite format 3\0" + b"\0" * 500


def har(entries):
    return json.dumps({"log": {"version": "1.2", "entries": [
        {"request": {"url": url}, "response": {"status": status, "content": content}} for url, status, content in entries]}})


# ---- the inputs ----

tried("Plain text and pages",
      ("plain text", PLAIN), ("plain text, CRLF, no line end at the end", PLAIN.replace(b"\n", b"\r\n").rstrip()),
      ("plain text, lines end with CR alone", PLAIN.replace(b"\n", b"\r")), ("plain text with a byte order mark", b"\xef\xbb\xbf" + PLAIN),
      ("plain text in UTF-16 with a mark", PLAIN.decode().encode("utf-16")), ("plain text in UTF-16BE with a mark", b"\xfe\xff" + PLAIN.decode().encode("utf-16-be")),
      ("plain text in windows-1252", (TITLE + " – “Darto”\n\n" + BODY).encode("cp1252")), ("plain text with NUL bytes in it", PLAIN.replace(b"desa", b"de\0sa", 1)),
      ("a page", PAGE), ("a page called .json", PAGE), ("a page in UTF-16 with a mark", PAGE.encode("utf-16")), ("a page in windows-1252 that says so", PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252")),
      ("a page without <html>", f"<h1>{TITLE}</h1>{HTML}"), ("a page that is cut", PAGE[:len(PAGE) * 2 // 3]), ("a page with a comment before it", "<!-- x -->\n" * 5 + PAGE),
      ("XHTML with an XML declaration", '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">' + PAGE.split("<html>")[1]),
      ("SingleFile's page", PAGE.replace("<html>", f"<html><!--\n Page saved with SingleFile \n url: {URL} \n saved date: Tue Sep 02 2025\n-->")),
      ("a page as Chrome saves it", PAGE.replace("<html>", f"<!-- saved from url=(0028){URL} -->\n<html>")),
      ("an empty file", b""), ("white space", b" \n\t\r\n" * 100), ("a byte order mark and nothing else", b"\xef\xbb\xbf"), ("one byte", b"x"), ("NUL bytes", b"\0" * 1000))
tried("Saved pages and mail",
      ("MHTML (Chrome)", b"From: <Saved by Blink>\nSnapshot-Content-Location: " + URL.encode() + b"\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html\n"
       b"Content-Transfer-Encoding: quoted-printable\nContent-Location: " + URL.encode() + b"\n\n" + quopri.encodestring(PAGE.encode()) + b"\n--b--\n"),
      ("a mail, plain text", MAIL + "Content-Type: text/plain; charset=utf-8\n\n" + BODY), ("a mail, CRLF, HTML in base64", (MAIL + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(PAGE.encode()).decode()).replace("\n", "\r\n")),
      ("a mail cut in its middle", (MAIL + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n" + BODY)[:-40]),
      ("a mailbox of two", f"From a@b Tue Sep  2 09:00:00 2025\n{MAIL}\n{BODY}\n\nFrom a@b Tue Sep  2 09:00:00 2025\n{MAIL.replace(TITLE, 'Lain')}\n{BODY}\n"),
      ("a mail with an attached PDF only", MAIL + "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n"))
tried("Records",
      ("JSON Lines", LINE + b"\n" + LINE.replace(b'"1"', b'"2"') + b"\n"), ("JSON Lines, CRLF, no line end at the end", LINE + b"\r\n" + LINE), ("JSON Lines with a byte order mark", b"\xef\xbb\xbf" + LINE),
      ("JSON Lines with blank lines", b"\n\n" + LINE + b"\n\n\n" + LINE + b"\n"), ("JSON Lines in UTF-16 with a mark (PowerShell)", (LINE + b"\r\n").decode().encode("utf-16")), ("JSON in UTF-16BE without a mark", LINE.decode().encode("utf-16-be")),
      ("JSON in UTF-32", LINE.decode().encode("utf-32")), ("JSON over several lines", json.dumps(RECORD, indent=2)), ("objects one after the other (jq .)", (json.dumps(RECORD, indent=2) + "\n") * 2), ("a JSON text sequence (RFC 7464)", "\x1e" + json.dumps(RECORD) + "\n"),
      ("an array of records", json.dumps([RECORD, RECORD], indent=1)), ("an array that ends in its middle", json.dumps([RECORD, RECORD])[:-30]), ("an array with a comma too many", json.dumps([RECORD])[:-1] + ",]"), ("an empty array", "[]"), ("an empty object", "{}"),
      ("arrays line by line", (json.dumps([RECORD]) + "\n") * 2), ("an array of strings", '["a", "b"]'), ("JSON Lines cut in their middle", LINE + b"\n" + LINE[:60]), ("a line that is no JSON between two that are", LINE + b"\nx\n" + LINE), ("Python's repr, not JSON", repr(RECORD)),
      ("NaN, as pandas and Python write it", json.dumps(RECORD | {"author": float("nan"), "score": float("inf")})), ("a date in milliseconds (pandas)", json.dumps(RECORD | {"datePublished": 1756778400000})), ("invalid UTF-8 in a record", LINE.replace(b"Darto", b"Dart\xff")),
      ("trafilatura's JSON", json.dumps({"title": TITLE, "author": "Rina Sari; Budi", "hostname": "kabarteluk.example", "date": "2025-09-02", "fingerprint": "ab", "id": None, "license": None, "comments": "", "raw_text": BODY, "text": BODY, "language": None, "image": None, "pagetype": None,
       "filedate": "2025-09-03", "source": URL, "source-hostname": "Kabar Teluk", "excerpt": None, "categories": "", "tags": ""})),
      ("news-please's JSON, nulls and all", json.dumps({"authors": [], "date_download": "2025-09-03 00:00:00", "date_modify": "None", "date_publish": "2025-09-02 10:00:00", "description": None, "filename": "x.json", "image_url": None, "language": "id", "localpath": None, "maintext": BODY,
       "source_domain": "kabarteluk.example", "text": None, "title": TITLE, "title_page": None, "title_rss": "NULL", "url": URL})),
      ("news-please, nothing found on the page", json.dumps({"authors": [], "date_publish": None, "maintext": None, "title": TITLE, "url": URL})),
      ("newspaper's JSON", json.dumps({"title": TITLE, "text": BODY, "authors": ["Rina Sari"], "publish_date": "2025-09-02 00:00:00", "canonical_link": URL, "top_image": ""})), ("Hugging Face cc_news", json.dumps({"title": TITLE, "text": BODY, "domain": "kabarteluk.example", "date": "2025-09-02 09:00:00", "description": "", "url": URL, "image_url": None})),
      ("Hugging Face's rows", json.dumps({"features": [], "rows": [{"row_idx": 0, "row": {"title": TITLE, "text": BODY}}]})), ("MongoDB's export", json.dumps({"_id": {"$oid": "65"}, "date": {"$date": "2025-09-02T00:00:00Z"}, "title": TITLE, "text": BODY})), ("Elasticsearch's answer", json.dumps({"hits": {"total": 1, "hits": [{"_id": "1", "_source": RECORD}]}})),
      ("elasticdump's lines", json.dumps({"_index": "news", "_id": "1", "_source": RECORD})), ("WordPress's REST answer", json.dumps([{"id": 5, "date": "2025-09-02T09:00:00", "link": URL, "title": {"rendered": TITLE}, "content": {"rendered": HTML}}])),
      ("NewsAPI's answer, texts cut off", json.dumps({"status": "ok", "totalResults": 1, "articles": [{"source": {"id": None, "name": "Kabar Teluk"}, "title": TITLE, "url": URL, "publishedAt": "2025-09-02T00:00:00Z", "content": TEXT[0][:100] + "… [+412 chars]"}]})),
      ("JSON-LD with @graph", json.dumps({"@context": "https://schema.org", "@graph": [RECORD | {"@type": "NewsArticle"}]})), ("records with other keys", json.dumps({"a": 1, "b": "x"})), ("JSON Lines of pages (html)", json.dumps({"url": URL, "html": PAGE})),
      ("HAR (a browser's network panel)", har([(URL, 200, {"mimeType": "text/html", "text": PAGE}), (URL + ".png", 200, {"mimeType": "image/png", "text": "iVBO", "encoding": "base64"}), (URL, 404, {"mimeType": "text/html", "text": "x"})])), ("HAR, page in base64", har([(URL, 200, {"mimeType": "text/html; charset=utf-8", "encoding": "base64", "text": base64.b64encode(PAGE.encode()).decode()})])))
tried("Feeds and lists of links",
      ("RSS 2.0 with content:encoded", RSS), ("RSS 2.0, report in description", RSS.replace("content:encoded", "description").replace(HTML, HTML * 2)), ("RSS 2.0, teasers only", f'<rss version="2.0"><channel><title>K</title>{ITEM}<description>Tiga desa.</description></item></channel></rss>'),
      ("RSS 0.91", f'<rss version="0.91"><channel><title>K</title><item><title>{TITLE}</title><link>{URL}</link><description>{ESCAPED}{ESCAPED}</description></item></channel></rss>'),
      ("RSS 1.0", f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:content="{CONTENT}"><channel rdf:about="x"><title>K</title></channel><item rdf:about="{URL}"><title>{TITLE}</title><link>{URL}</link><content:encoded><![CDATA[{HTML}]]></content:encoded></item></rdf:RDF>'),
      ("Atom 1.0", ATOM), ("Atom in UTF-16", ('<?xml version="1.0" encoding="utf-16"?>' + ATOM).encode("utf-16")), ("JSON Feed", JSON_FEED), ("JSON Feed with a byte order mark", "\ufeff" + JSON_FEED), ("RSS that breaks in its middle", RSS.replace("</item>", "</item><item><title>x</titel>")), ("RSS that is cut", RSS[:-60]),
      ("WordPress's export (WXR)", RSS.replace("<channel>", '<channel xmlns:wp="http://wordpress.org/export/1.2/"><wp:wxr_version>1.2</wp:wxr_version>').replace("</item>", "<wp:post_type>post</wp:post_type></item>")), ("an empty feed", "<rss version='2.0'><channel><title>K</title></channel></rss>"),
      ("OPML", f'<opml version="2.0"><body><outline type="rss" xmlUrl="{URL}/feed"/></body></opml>'), ("sitemap", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{URL}</loc></url></urlset>'),
      ("news sitemap", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{URL}</loc><news:news><news:title>{TITLE}</news:title></news:news></url></urlset>'),
      ("index of sitemaps, gzip", gz(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{URL}.xml</loc></sitemap></sitemapindex>'.encode())))
tried("Reports as XML",
      ("trafilatura's XML", f'<doc sitename="Kabar Teluk" title="{TITLE}" author="Rina Sari; Budi" date="2025-09-02" url="{URL}" hostname="kabarteluk.example" fingerprint="ab"><main>' + "".join(f"<p>{part}</p>" for part in TEXT) + '</main><comments><p>Bagus</p></comments></doc>'),
      ("trafilatura's XML-TEI", f'<?xml version="1.0" encoding="utf-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title type="main">{TITLE}</title><author>Rina Sari</author></titleStmt><publicationStmt><publisher>Kabar Teluk</publisher></publicationStmt><sourceDesc><biblFull>'
       f'<publicationStmt><ptr type="URL" target="{URL}"/><date>2025-09-02</date></publicationStmt></biblFull></sourceDesc></fileDesc></teiHeader><text><body><div type="entry">' + "".join(f"<p>{part}</p>" for part in TEXT) + '</div><div type="comments"><p>Bagus</p></div></body></text></TEI>'),
      ("NITF", f'<nitf><head><title>{TITLE}</title><docdata><doc-id id-string="n1"/></docdata><pubdata date.publication="20250902T000000" name="Kabar Teluk" ex-ref="{URL}"/></head><body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>By Rina Sari</byline></body.head><body.content><block>'
       + "".join(f"<p>{part}</p>" for part in TEXT) + "</block></body.content></body></nitf>"),
      ("a corpus of two of trafilatura's", "<corpus>" + f'<doc title="{TITLE}"><main><p>{BODY}</p></main></doc>' * 2 + "</corpus>"), ("other XML", '<?xml version="1.0"?><bibliography><entry>x</entry></bibliography>'), ("SVG", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'))
tried("Tables",
      ("CSV with named columns", table([["id", "title", "text", "date"], ["1", TITLE, BODY, "2025-09-02"]])), ("CSV of a spreadsheet: mark, ';', sep=;", "\ufeffsep=;\r\n" + table([["Judul", "Isi Berita", "Tanggal"], [TITLE, BODY, "2025-09-02"]], ";")), ("TSV", table([["url", "headline", "body"], [URL, TITLE, BODY]], "\t")),
      ("CSV in UTF-16 with TAB (Excel's Unicode text)", table([["title", "text"], [TITLE, BODY]], "\t").encode("utf-16")), ("CSV in windows-1252", table([["title", "text"], [TITLE + " – é", BODY]]).encode("cp1252")), ("CSV of pandas with None and nan", table([["", "title", "text", "authors", "publish_date"], ["0", TITLE, BODY, "['Rina Sari', 'Budi']", "nan"]])),
      ("CSV with a row too short", table([["title", "text"], [TITLE, BODY], ["x"]])), ("CSV with a quotation mark that nothing closes", 'title,text\nx,"never\n' + table([[TITLE, BODY.replace('"', "")]])), ("CSV of names only", "title,text\n"),
      ("a table of links without texts (Media Cloud)", table([["id", "publish_date", "title", "url", "language", "media_name", "media_url"], ["1", "2025-09-02", TITLE, URL, "id", "Kabar Teluk", "https://kabarteluk.example"]])),
      ("a table without names of columns (GDELT)", ("\t".join(["1", "20250902", "202509", "2025", "2025.66"] + ["x"] * 53) + "\n") * 5), ("CSV, gzip", gz(table([["title", "text"], [TITLE, BODY]]).encode())))
tried("Web archives",
      ("WARC 1.0", warc()), ("WARC 1.1", record("response", http(PAGE), version="1.1")), ("WARC, gzip, a member a record", gz(record("warcinfo", b"software: x\r\n", form="application/warc-fields")) + gz(warc())), ("WARC, gzip as a whole", gz(warc() * 2)), ("WARC, zstd", zstd_frame(warc()) + zstd_frame(warc())),
      ("WARC, bzip2", bz2.compress(warc())), ("WARC, xz", lzma.compress(warc())), ("resource record", record("resource", PAGE.encode(), form="text/html")), ("conversion record (WET)", record("conversion", PLAIN, form="text/plain")), ("revisit, request, metadata only", record("revisit", http(b"")) + record("request", b"GET / HTTP/1.1\r\n\r\n", form="application/http; msgtype=request") + record("metadata", b"x: y", form="application/warc-fields")),
      ("chunked and gzip", record("response", http(chunked(gz(PAGE.encode())), more="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"))), ("gzip named, undone by the crawler", record("response", http(PAGE, more="Content-Encoding: gzip\r\n"))), ("deflate", record("response", http(zlib.compress(PAGE.encode()), more="Content-Encoding: deflate\r\n"))),
      ("an unknown coding", record("response", http(b"x", more="Content-Encoding: compress\r\n"))), ("status 404, an image, robots.txt", record("response", http(PAGE, status="404 Not Found")) + record("response", http(b"\x89PNG", "image/png")) + record("response", http(b"User-agent: *", "text/plain"), url=URL + "/robots.txt")),
      ("a feed in a WARC", record("response", http(RSS, "application/rss+xml"))), ("a feed of teasers in a WARC", record("response", http(RSS.replace("content:encoded", "x"), "text/xml"))), ("a sitemap in a WARC", record("response", http("<urlset><url><loc>x</loc></url></urlset>", "application/xml"))), ("a JSON Feed in a WARC", record("response", http(JSON_FEED, "application/feed+json"))), ("a record of JSON in a WARC", record("response", http(LINE, "application/json"))),
      ("a WARC within a WARC", record("resource", warc(), form="application/warc")), ("Content-Length two too short", record("response", http(PAGE), length=len(http(PAGE)) - 2) + warc()), ("cut in its second record", (warc() + warc())[:-200]), ("rubbish between two records", warc() + b"rubbish\r\n" * 20 + warc()), ("a gzip member damaged", gz(warc())[:40] + b"\xff" * 30 + gz(warc())),
      ("an empty WARC, gzip", gz(b"")), ("WACZ", make_zip({"archive/data.warc.gz": gz(warc()), "indexes/index.cdx.gz": gz(b'example,kabarteluk)/1 20250902090000 {"url": "x"}\n'), "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages"}\n', "datapackage.json": b'{"profile": "data-package", "resources": []}'}, zipfile.ZIP_STORED)),
      ("ARC", f"filedesc://x.arc 0.0.0.0 20250902090000 text/plain 76\n1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n\n{URL} 192.0.2.1 20250902090000 text/html {len(http(PAGE))}\n".encode() + http(PAGE) + b"\n"), ("CDX", b" CDX N b a m s k r M S V g\nexample,kabarteluk)/1 20250902090000 https://x text/html 200 A - - 1 2 x.warc.gz\n"))
tried("Archives",
      ("tar", tar({"a.txt": PLAIN})), ("tar, GNU's long names", tar({"folder/" * 40 + "a.txt": PLAIN}, tarfile.GNU_FORMAT)), ("tar.gz, tar.bz2, tar.xz in a tar", tar({"a": gz(tar({"a.txt": PLAIN})), "b": bz2.compress(tar({"b.txt": PLAIN})), "c": lzma.compress(tar({"c.txt": PLAIN}))})), ("zip", make_zip({"a.txt": PLAIN})), ("zip, stored", make_zip({"a.txt": PLAIN}, zipfile.ZIP_STORED)),
      ("zip, bzip2", make_zip({"a.txt": PLAIN}, zipfile.ZIP_BZIP2)), ("zip, lzma", make_zip({"a.txt": PLAIN}, zipfile.ZIP_LZMA)), ("gzip in zip in tar", tar({"a.zip": make_zip({"b.txt.gz": gz(PLAIN)})})), ("names in cp437 and Shift JIS in zip", zip_with_name("日本.txt".encode("shift-jis"), 0)), ("a name in UTF-8 in zip", zip_with_name("berita–é.txt".encode(), 0x800)),
      ("zip, a member with another checksum", make_zip({"a.txt": PLAIN, "b.txt": PLAIN}, zipfile.ZIP_STORED).replace(b"Banjir", b"Kanjir", 1)), ("zip, encrypted", bytes(b | 1 if i == 6 else b for i, b in enumerate(make_zip({"a.txt": PLAIN})))), ("zip cut in its member", make_zip({"a.txt": PLAIN})[:200]), ("an empty zip", make_zip({})), ("tar cut in its member", tar({"a.txt": PLAIN})[:700]),
      ("tar with a FIFO, hidden and macOS's files", tar({".x.txt": PLAIN, "._a.txt": PLAIN, "a.txt": PLAIN})), ("gzip, several members", gz(PLAIN[:40]) + gz(PLAIN[40:])), ("gzip cut", gz(PLAIN)[:-12]), ("gzip, rubbish behind it", gz(PLAIN) + b"rubbish"), ("bzip2", bz2.compress(PLAIN)), ("xz", lzma.compress(PLAIN)), ("xz cut", lzma.compress(PLAIN)[:-20]),
      ("zstd", zstd_frame(PLAIN)), ("a file packed with gzip five times", gz(gz(gz(gz(gz(PLAIN)))))), ("a bomb of gzip", gz(gz(b"\0" * (90 << 20), 9))))
tried("Not read, told by name",
      ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), ("docx", make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})), ("EPUB", make_zip({"mimetype": b"application/epub+zip", "a.xhtml": PAGE.encode()}, zipfile.ZIP_STORED)), ("ODT", make_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, zipfile.ZIP_STORED)),
      ("an old Word document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), ("RTF", b"{\\rtf1\\ansi Hujan deras.}"), ("PNG", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4), ("JPEG", b"\xff\xd8\xff\xe0" + bytes(range(256))), ("MP4", b"\0\0\0\x18ftypmp42" + bytes(200)), ("MP3", b"ID3\x04" + bytes(200)), ("SQLite", sqlite()), ("Parquet", b"PAR1" + bytes(200) + b"PAR1"),
      ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(200)), ("rar", b"Rar!\x1a\x07\x01\0" + bytes(200)), ("a program", b"\x7fELF" + bytes(200)), ("a pickle", b"\x80\x04\x95" + bytes(100)), ("Safari's web archive", b"bplist00" + bytes(100)), ("other bytes", bytes(range(256)) * 20))


# ---- what came of them ----

def results(folder):
    """Of each input: reports with their text, captures without, what was told."""
    for number, (_, _, data) in enumerate(TRIED):
        (folder / f"{number:03}").write_bytes(data)
    done = subprocess.run([RUNUT, "clean", str(folder)], capture_output=True, check=False, timeout=300)
    assert done.returncode in (0, 1), done.stderr.decode()
    found, told = collections.defaultdict(list), collections.defaultdict(list)
    for line in done.stdout.splitlines():
        article = json.loads(line)
        found[int(article["file"][len(str(folder)) + 1:][:3])].append(article)
    for line in done.stderr.decode().splitlines():
        match = re.match(r"runut: " + re.escape(str(folder)) + r"/(\d\d\d)([^:]*): (?:record \d+: )?(?:byte \d+: )?(.*)", line)
        if match:
            told[int(match[1])].append(match[3])
    return found, told


def skipped(folder, numbers):
    """What was passed over in those of which nothing came."""
    done = runut("--db", folder / "s.db", "add", "--json", *[folder / f"{n:03}" for n in numbers])
    lines = [json.loads(line) for line in done.out.splitlines()]
    return {int(line["file"][len(str(folder)) + 1:][:3]): line["skipped"] for line in lines if line["status"] == "skipped"}


def outcome(articles, told, passed):
    good = [a for a in articles if a["articleBody"] and MARK in a["articleBody"]]
    parts = []
    if good:
        parts.append("1 report" if len(good) == 1 else f"{len(good)} reports")
    if len(articles) > len(good):
        parts.append(f"{len(articles) - len(good)} without a report's text")
    for message, count in collections.Counter(told).items():
        parts.append(f"told: {message}" + (f" ({count} times)" if count > 1 else ""))
    if passed:
        parts.append("passed over and counted: " + ", ".join(f"{count} {what}" for what, count in passed.items()))
    return "; ".join(parts) or "nothing, and nothing to tell"


def cell(text):
    return text.replace("|", "\\|").replace("<", "&lt;")


def page(folder):
    found, told = results(folder)
    silent = [n for n in range(len(TRIED)) if not found[n] and not told[n]]
    passed = skipped(folder, silent)
    lines = ["# Inputs that were tried", "", "What `runut clean` makes of each, whatever it is called. This page is written by `tests/program/test_inputs_tried.py --write`, which makes these",
             "inputs, and fails where what comes of one of them changes. \"Told\" is on standard error, with file, record and byte.", ""]
    group = None
    for number, (name, what, _) in enumerate(TRIED):
        if name != group:
            lines += ["", f"## {name}", "", "| input | what came of it |", "| --- | --- |"]
            group = name
        lines.append(f"| {cell(what)} | {cell(outcome(found[number], told[number], passed.get(number)))} |")
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def all_as_the_page_says(folder):
    text = page(folder)
    if "--write" in sys.argv:
        PAGE_OF.write_text(text, encoding="utf-8")
    written = PAGE_OF.read_text(encoding="utf-8").splitlines()
    for line, wanted in zip(text.splitlines(), written):
        equal(line, wanted)
    equal(len(text.splitlines()), len(written))


def from_a_pipe_the_same(folder):
    """A file and a pipe give the same: a few of each kind."""
    for number, (_, what, data) in enumerate(TRIED):
        if number % 7:
            continue
        (folder / "x").write_bytes(data)
        file, pipe = runut("clean", folder / "x"), runut("clean", "-", stdin=data)
        equal((what, pipe.status, pipe.out.replace('"file":"-', '"file":"X').count("\n")), (what, file.status, file.out.count("\n")))
        equal((what, pipe.err.replace("runut: -", "")), (what, file.err.replace(f"runut: {folder}/x", "")))


def metadata_come_along(folder):
    """Of the kinds of records with metadata of their own: headline, date, author, address."""
    found, _ = results(folder)
    wanted = {"trafilatura's XML": ("2025-09-02", ["Rina Sari", "Budi"], URL), "trafilatura's XML-TEI": ("2025-09-02", ["Rina Sari"], URL), "NITF": ("2025-09-02", ["Rina Sari"], URL), "newspaper's JSON": ("2025-09-02", ["Rina Sari"], URL),
              "trafilatura's JSON": ("2025-09-02", ["Rina Sari", "Budi"], URL), "news-please's JSON, nulls and all": ("2025-09-02", [], URL), "Hugging Face cc_news": ("2025-09-02", [], URL), "MongoDB's export": ("2025-09-02", [], None), "WordPress's REST answer": ("2025-09-02", [], URL),
              "a date in milliseconds (pandas)": ("2025-09-02", [], URL), "CSV of pandas with None and nan": (None, ["Rina Sari", "Budi"], None)}
    for number, (_, what, _) in enumerate(TRIED):
        if what in wanted:
            article = found[number][0]
            equal((what, article["headline"], (article["datePublished"] or "")[:10] or None, article["author"], article["url"]), (what, TITLE) + wanted[what])


def damage(rng, data):
    """One of the ways in which files come to harm."""
    way, at = rng.randrange(8), rng.randrange(len(data) + 1)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[at:]
    if way == 2:
        return data[:at] + rng.randbytes(rng.randrange(1, 9)) + data[at + rng.randrange(9):]
    if way == 3:
        return data[:at] + data[at + rng.randrange(1, 200):]
    if way == 4:
        return data + rng.choice(TRIED)[2][:5000]
    if way == 5:
        return data[:at] + rng.choice(TRIED)[2][:5000] + data[at:]
    if way == 6:
        return rng.choice([gz, bz2.compress, lzma.compress, lambda d: make_zip({"x": d}), lambda d: tar({"x": d}), lambda d: b"\xef\xbb\xbf" + d, lambda d: d.replace(b"\n", b"\r\n")])(data)
    return data[:at] + bytes([rng.randrange(256)]) * rng.randrange(1, 2000) + data[at:]


def damaged_they_do_no_harm(folder):
    """Each of them damaged once or twice (RUNUT_VARIANTS: so many times): the program says what it found, and what not, and ends."""
    rng = random.Random(int(os.environ.get("RUNUT_SEED", "7")))
    for variant in range(int(os.environ.get("RUNUT_VARIANTS", "1"))):
        for number, (_, _, data) in enumerate(TRIED):
            for _ in range(rng.randrange(1, 3)):
                data = damage(rng, data)
            (folder / f"{variant:04}-{number:03}").write_bytes(data)
    result = runut("clean", folder)
    assert result.status in (0, 1), result.err[-3000:]
    for line in result.out.splitlines():
        json.loads(line)


main([damaged_they_do_no_harm, all_as_the_page_says, from_a_pipe_the_same, metadata_come_along])
