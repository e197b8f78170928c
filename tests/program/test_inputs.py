#!/usr/bin/env python3
"""Feeds, mail, saved pages and tables through the whole program: from standard input, whatever they are called."""
import base64
import json
import quopri

from tap import equal, holds, main, runut

TEXT = ("Hujan deras sejak Senin malam merendam tiga desa di tepi Sungai Wira, kata Kepala Desa Sukamaju, Darto Wibowo, Selasa (2/9/2025). "
        "Warga mengungsi ke balai desa.", "\"Air naik cepat sekali sejak pukul dua dini hari,\" kata Darto. Dua perahu karet dikirim ke lokasi.",
        "Pemerintah kabupaten menyiapkan bahan makanan untuk 412 warga yang mengungsi sejak kemarin malam.")
HTML = "".join(f"<p>{part}</p>" for part in TEXT)
TITLE = "Banjir Rendam Tiga Desa di Tepi Sungai Wira"
RSS = f"""<?xml version="1.0" encoding="{{charset}}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Kabar Teluk - Daerah</title><language>id</language>
<item><title>{TITLE}</title><link>https://kabarteluk.example/1</link><dc:creator>Rina Sari</dc:creator>
<pubDate>Tue, 02 Sep 2025 09:00:00 +0700</pubDate><content:encoded><![CDATA[{HTML}]]></content:encoded></item>
<item><title>Pasar dibuka</title><link>https://kabarteluk.example/2</link><description>Pasar itu dibuka lagi.</description></item>
</channel></rss>"""


def cleaned(data, *told, status=0):
    """The one article that comes of `data`, and what is told beside it."""
    result = runut("clean", "-", stdin=data)
    for text in told:
        holds(result.err, text)
    equal(result.status, status)
    lines = result.out.splitlines()
    equal(len(lines), 1)
    return json.loads(lines[0])


def is_the_report(article, date=True):
    equal(article["headline"], TITLE)
    equal(article["articleBody"], "\n".join(TEXT))
    if date:
        equal(article["datePublished"][:10], "2025-09-02")
        equal(article["author"], ["Rina Sari"])


def a_feed(_folder):
    article = cleaned(RSS.format(charset="utf-8").encode(), "record 2", "teaser only, link: https://kabarteluk.example/2", status=1)
    is_the_report(article)
    equal(article["publisher"], "Kabar Teluk")
    equal(article["url"], "https://kabarteluk.example/1")
    equal(article["kind"], "article")


def a_feed_in_utf_16(_folder):
    is_the_report(cleaned(RSS.format(charset="utf-16").encode("utf-16"), "teaser only", status=1))


def a_feed_that_breaks(_folder):
    data = RSS.format(charset="utf-8").replace("</description>", "</descripton>").encode()
    is_the_report(cleaned(data, "record 2", "broken XML: mismatched tag", "byte", status=1))


def a_json_feed(_folder):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Kabar Teluk", "items": [
        {"id": "1", "title": TITLE, "content_html": HTML, "date_published": "2025-09-02T09:00:00+07:00", "authors": [{"name": "Rina Sari"}]}]}
    is_the_report(cleaned(json.dumps(feed).encode()))
    is_the_report(cleaned(json.dumps(feed, indent=1).encode()))


def lists_of_links(_folder):
    sitemap = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://pos.example/1</loc></url></urlset>'
    result = runut("clean", "-", stdin=sitemap)
    equal((result.status, result.out), (1, ""))
    holds(result.err, "a list of links (sitemap): 1 page; runut watch fetches them")


def an_entity_bomb(_folder):
    entities = "".join(f'<!ENTITY l{i} "{"&l%d;" % (i - 1) * 10}">' for i in range(1, 30))
    data = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]>' + \
        RSS.format(charset="utf-8").split("\n", 1)[1].replace("Daerah", "&l29;&x;")
    result = runut("clean", "-", stdin=data.encode())
    is_the_report(json.loads(result.out))
    assert "lol" not in result.out and "root:" not in result.out


def mail(_folder):
    head = f"From: Rina Sari <rina@kabarteluk.example>\nSubject: Fwd: {TITLE}\nDate: Tue, 2 Sep 2025 09:00:00 +0700\nMIME-Version: 1.0\n"
    page = base64.encodebytes(f"<html><body>{HTML}</body></html>".encode()).decode()
    data = (f"{head}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nLihat di peramban.\n--b\n"
            f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{page}--b--\n")
    is_the_report(cleaned(data.encode()))


def mhtml(_folder):
    page = quopri.encodestring(f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{HTML}</body></html>".encode())
    data = (b"From: <Saved by Blink>\nSnapshot-Content-Location: https://kabarteluk.example/1\nMIME-Version: 1.0\n"
            b"Content-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
            b"Content-Location: https://kabarteluk.example/1\n\n" + page + b"\n--b--\n")
    article = cleaned(data)
    is_the_report(article, date=False)
    equal(article["url"], "https://kabarteluk.example/1")


def a_table(_folder):
    quoted = "\n".join(TEXT).replace('"', '""')
    table = f'Judul;Isi Berita;Tanggal;Penulis\r\n"{TITLE}";"{quoted}";2025-09-02;Rina Sari\r\nkurang;satu\r\n'
    is_the_report(cleaned(table.encode("utf-8-sig"), "record 2", "a row of 2 fields, where the first row has 4", status=1))


def all_of_them_are_one_event(folder):
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(RSS.format(charset="utf-8"), encoding="utf-8")
    (folder / "in" / "b.html").write_text(f'id,title,text,date\n7,{TITLE},"{" ".join(TEXT).replace(chr(34), chr(34) * 2)}",2025-09-02\n', encoding="utf-8")
    result = runut("--db", folder / "s.db", "add", folder / "in")
    equal(result.status, 1)
    holds(result.out, "2 articles added, 1 rejected. The store holds 2 articles: 1 event in 1 story")
    holds(runut("--db", folder / "s.db", "add", folder / "in").out, "0 articles added, 2 there before")


main([a_feed, a_feed_in_utf_16, a_feed_that_breaks, a_json_feed, lists_of_links, an_entity_bomb, mail, mhtml, a_table,
      all_of_them_are_one_event])
