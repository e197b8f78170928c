#!/usr/bin/env python3
"""runut watch and servers that do what no server should: each is told in one line, harms no other, and nothing of it is taken for
news. What is alike is asked for in one pass, from one server."""
import gzip
import shutil
import socket
import struct
import subprocess
import time

from misbehaving import Answer, Web
from tap import Skip, equal, main
from watching import OTHER, feed, full, page, rss, statuses, stored, teaser, watch

GOOD = page("Nelayan hilang", OTHER).encode()
LINE = b"HTTP/1.1 200 OK\r\n"
TEXT = LINE + b"Content-Type: text/html; charset=utf-8\r\n"


def raw(data):
    def write(out):
        out.write(data)
    return Answer(raw=write)


def each(folder, answers, *words):
    """path → (answer, the status that is told); nothing is stored but what is told as stored."""
    with Web({path: answer for path, (answer, _) in answers.items()}) as web:
        done = watch(folder, *words, *(web.url + path for path in answers))
        told = {}
        for n in done.news:
            told.setdefault(n["source"].removeprefix(web.url), n["status"])
        equal(told, {path: status for path, (_, status) in answers.items() if status})
        equal(len(stored(folder)), sum(status == "stored" for _, status in answers.values()))
        equal([set(fields) & {"Cookie", "Authorization", "Referer"} for _, fields, _ in web.asked if set(fields) & {"Cookie"}], [])
        return done


def answers_that_are_none(folder):
    chunk = b"%x\r\n%s\r\n" % (len(GOOD), GOOD)
    each(folder, {
        "/length-large": (raw(TEXT + b"Content-Length: %d\r\n\r\n" % (len(GOOD) + 9) + GOOD), "failed"),
        "/length-twice": (raw(TEXT + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + GOOD), "rejected"),
        "/length-negative": (raw(TEXT + b"Content-Length: -5\r\n\r\n" + GOOD), "failed"),
        "/chunk-garbage": (raw(TEXT + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + GOOD), "failed"),
        "/chunk-huge": (raw(TEXT + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + GOOD), "failed"),
        "/chunk-open": (raw(TEXT + b"Transfer-Encoding: chunked\r\n\r\n" + chunk), "failed"),
        "/http-0.9": (raw(GOOD), "failed"),
        "/http-9": (raw(b"HTTP/9.9 200 OK\r\n\r\n" + GOOD), "failed"),
        "/status-text": (raw(b"HTTP/1.1 abc OK\r\n\r\n" + GOOD), "failed"),
        "/status-only": (raw(b"HTTP/1.1"), "failed"),
        "/not-gzip": (raw(TEXT + b"Content-Encoding: gzip\r\n\r\n" + GOOD), "failed"),
        "/half-gzip": (raw(TEXT + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(GOOD * 50)[:99]), "rejected"),
        "/not-br": (raw(TEXT + b"Content-Encoding: br\r\n\r\n" + GOOD), "failed"),
        "/not-zstd": (raw(TEXT + b"Content-Encoding: zstd\r\n\r\n" + GOOD), "failed"),
        "/what-encoding": (raw(TEXT + b"Content-Encoding: rot13\r\n\r\n" + GOOD), "failed"),
        "/one-line": (raw(LINE + b"X: " + b"y" * 300000 + b"\r\n\r\n" + GOOD), "failed"),
        "/1xx": (raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 20000 + TEXT + b"\r\n" + GOOD), "refused"),
        "/206": (Answer(GOOD, 206, Content_Range="bytes 0-9/10"), "failed"),
        "/304": (Answer("", 304), "failed"),
        "/204": (Answer("", 204), "failed"),
        "/500": (Answer(GOOD, 500), "failed"),
        "/418": (Answer(GOOD, 418), "failed"),
        "/empty": (Answer(""), "rejected"),
        "/refresh": (Answer("<html><head><meta http-equiv=refresh content='0; url=/good'></head></html>"), "rejected"),
    })


def answers_that_are_fit_to_be_read(folder):
    """Odd, but clear."""
    body = [page("Kapal %d" % n, f"Kapal nomor {n} berlayar ke Pulau {n}{n}. " + OTHER).encode() for n in range(6)]
    each(folder, {
        "/length-small": (raw(TEXT + b"Content-Length: %d\r\n\r\n" % len(body[0]) + body[0] + b"\0" * 5000), "stored"),
        "/no-length": (raw(TEXT + b"\r\n" + body[1]), "stored"),
        "/103": (raw(b"HTTP/1.1 103 Early Hints\r\nLocation: /x\r\nETag: \"no\"\r\n\r\n" + TEXT + b"\r\n" + body[2]), "stored"),
        "/fields": (raw(LINE + b"ETag: \"a\x01b\"\r\nX\xff\xfe: \xff\r\nContent-Type: text/html; charset=\"\xff\"\r\n\r\n" + body[3]), "stored"),
        "/cookie": (Answer(body[4], Set_Cookie="a=b; Domain=127.0.0.1; Path=/"), "stored"),
        "/lf": (raw(b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + body[5]), "stored"),
    })


def places_that_are_none(folder):
    """Where an answer may lead to."""
    targets = ["http://me:secret@127.0.0.1:9/", "javascript:alert(1)", "file:///etc/passwd", "gopher://127.0.0.1:9/", "ftp://127.0.0.1/x",
               "data:text/html,x", "//", "http://", "http://[", "http://127.0.0.1:99999/", "http://a b/", "https:///etc/passwd",
               "dict://127.0.0.1:9/", "http:\\\\127.0.0.1", "http://127.0.0.1:9\\@x/", "http://" + "a" * 300 + "/"]
    answers = {f"/{n}": (Answer("", 302, Location=target), None) for n, target in enumerate(targets)}
    answers["/bytes"] = (raw(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\xff\xfe\x00\r\nContent-Length: 0\r\n\r\n"), None)
    answers["/long"] = (Answer("", 301, Location="/" + "x" * 5000), None)
    with Web({path: answer for path, (answer, _) in answers.items()}) as web:
        done = watch(folder, *(web.url + path for path in answers))
        equal(len({n["source"] for n in done.news}), len(answers))
        equal({n["status"] for n in done.news} <= {"refused", "failed", "gone"}, True)
        equal(stored(folder), [])


def redirects_without_end_from_host_to_host(folder):
    with Web() as one, Web() as two:
        for n in range(40):
            one.pages[f"/{n}"] = Answer("", 302, Location=f"{two.url}/{n}")
            two.pages[f"/{n}"] = Answer("", 302, Location=f"{one.url}/{n + 1}")
        done = watch(folder, one.url + "/0")
        equal(statuses(done), ["failed"])
        assert len(one.paths()) + len(two.paths()) <= 6


def bombs(folder):
    """40 MB that come as some KB."""
    answers = {}
    if shutil.which("zstd"):
        made = subprocess.run(["zstd", "-q", "-c", "-"], input=b"<p>bom</p>" * 4_000_000, capture_output=True, check=True).stdout
        answers["/zstd"] = (Answer(made, Content_Encoding="zstd"), "refused")
    bomb = gzip.compress(b"<rss><channel><item><title>x" + b"bom " * 9_000_000, 6)
    answers["/feed"] = (Answer(bomb, Content_Encoding="gzip", Content_Type="application/rss+xml"), "refused")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    answers["/laughs"] = (Answer(f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss><channel><item><title>&e9;</title>'
                                 "</item></channel></rss>", Content_Type="application/rss+xml"), None)
    each(folder, answers)


def broken_off_anywhere(folder):
    """A reset after each part of the answer."""
    whole = TEXT + b"Content-Length: %d\r\n\r\n" % len(GOOD) + GOOD

    def reset_after(size):
        def write(out):
            out.write(whole[:size])
            out.flush()
            # close() sends RST, whatever is left
            sock = out._sock if hasattr(out, "_sock") else None
            if sock:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return write
    sizes = [0, 1, 9, len(LINE) - 1, len(LINE), len(TEXT) - 2, len(TEXT) + 10, len(whole) - len(GOOD), len(whole) - len(GOOD) + 1,
             len(whole) - 1]
    each(folder, {f"/{size}": (Answer(raw=reset_after(size)), "failed") for size in sizes})


def one_byte_after_the_other(folder):
    def drip(out):
        for byte in TEXT + b"\r\n" + GOOD:
            out.write(bytes([byte]))
            out.flush()
            time.sleep(0.05)

    def silent(out):
        time.sleep(4)
    with Web({"/drip": Answer(raw=drip)}) as one, Web({"/silent": Answer(raw=silent)}) as two:
        begin = time.monotonic()
        equal(statuses(watch(folder, "--timeout", 1, one.url + "/drip", two.url + "/silent")), ["failed", "failed"])
        assert time.monotonic() - begin < 10


def times_and_marks_that_are_none(folder):
    """What the server states comes back to it, or is left out; it never breaks the next request."""
    with Web() as web:
        odd = [("Thu, 01 Jan 2099 00:00:00 GMT", '"' + "e" * 1500 + '"', "-5"), ("yesterday", "W/", "99999999999999999999"),
               ("", 'x" y', "Thu, 01 Jan 1970 00:00:00 GMT"), ("Mon, 99 Foo 9999", '"\x7f"', "0x10")]
        for n, (modified, etag, after) in enumerate(odd):
            web.pages[f"/{n}"] = Answer(page(f"Kapal {n}", f"Kapal nomor {n} berlayar ke Pulau {n}{n}. " + OTHER), etag=etag, modified=modified)
            web.pages[f"/after{n}"] = Answer("", 503, Retry_After=after)
        paths = [path for path in web.pages if "after" not in path]
        done = watch(folder, *(web.url + path for path in paths))
        equal(statuses(done), ["stored"] * 4)
        equal(watch(folder, *(web.url + path for path in paths)).news, [])
        equal("If-None-Match" in web.fields_of("/0"), False)
        equal(web.fields_of("/0")["If-Modified-Since"], "Thu, 01 Jan 2099 00:00:00 GMT")
        for n in range(4):
            (news,) = watch(folder, f"{web.url}/after{n}").news
            equal(news["status"], "failed")
            break  # the host is left alone from now on


def lists_that_lead_in_circles(folder):
    def opml(*urls):
        return Answer('<opml version="2.0"><body>' + "".join(f'<outline type="rss" xmlUrl="{u}"/>' for u in urls) + "</body></opml>")

    def sitemaps(*urls):
        return Answer('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
                      + "".join(f"<sitemap><loc>{u}</loc></sitemap>" for u in urls) + "</sitemapindex>")
    with Web() as web:
        web.pages = {"/self": opml(web.url + "/self", "/a", "javascript:alert(1)"), "/a": opml("/b", "/self"), "/b": opml("/a", "/feed"),
                     "/map": sitemaps(web.url + "/map", web.url + "/map2"), "/map2": sitemaps(web.url + "/map"),
                     "/feed": rss(teaser("/feed", "Dirinya"), teaser("/other", "Yang lain"), full("/1", "Jembatan dibuka")),
                     "/other": rss(teaser("/feed", "Kembali"))}
        done = watch(folder, web.url + "/self", web.url + "/map")
        equal(max(web.paths().count(path) for path in web.pages), 2)
        equal(len(stored(folder)), 1)
        assert all(n["status"] in ("stored", "refused", "rejected") for n in done.news), done.news


def a_feed_without_end(folder):
    items = "".join(f"<item><title>t</title><link>/{n}</link></item>" for n in range(100_000))
    with Web({"/feed": Answer(feed(items), Content_Type="application/rss+xml")}) as web:
        done = watch(folder, "--limit", 2, web.url + "/feed")
        equal(statuses(done), ["gone", "gone"])


def robots_that_are_none(folder):
    """HTML instead of rules allows all; so does what leads nowhere; what cannot be had now does not."""
    texts = {"html": (Answer(page("Selamat datang")), "stored"), "circle": (Answer("", 302, Location="/robots.txt"), "stored"),
             "binary": (Answer(bytes(range(256)) * 100), "stored"), "busy": (Answer("", 429), "failed"),
             "broken": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *"), "failed"),
             "deny": (Answer("\ufeffUSER-AGENT:*\rDISALLOW:/\r"), "refused")}
    webs = {}
    try:
        for n, (name, (answer, _)) in enumerate(texts.items()):
            webs[name] = Web({"/robots.txt": answer, "/1": Answer(page(f"Kapal {n}", f"Kapal nomor {n} berlayar. " + OTHER))})
        done = watch(folder, *(web.url + "/1" for web in webs.values()))
        told = {n["source"]: n["status"] for n in done.news}
        equal({name: told[web.url + "/1"] for name, web in webs.items()}, {name: status for name, (_, status) in texts.items()})
    finally:
        for web in webs.values():
            web.__exit__()


main([test for test in list(globals().values())
      if callable(test) and getattr(test, "__module__", "") == "__main__"
      and test.__code__.co_varnames[:test.__code__.co_argcount] == ("folder",)])
