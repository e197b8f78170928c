#!/usr/bin/env python3
"""runut watch against a server that misbehaves: what is fetched, what is not, what is asked for again."""
import gzip
import json
import signal
import sqlite3
import ssl
import subprocess
import time

from misbehaving import Answer, Web, closed_port
from tap import RUNUT, Skip, equal, holds, main, runut
from watching import OTHER, WORDS, feed, full, page, rss, statuses, stored, teaser, watch

def at_once(where):
    """What failed may be tried again now."""
    db = sqlite3.connect(where / "x.db-watch")
    db.executescript("UPDATE page SET hold = 0; UPDATE source SET hold = 0")
    db.close()


def one_failure(folder, web, part, path="/feed", status="failed"):
    done = watch(folder, web.url + path)
    equal((done.status, statuses(done)), (1, [status]))
    holds(done.news[0]["error"], part)
    equal(stored(folder), [])
    return done


# ---- the way that it should go ----


def reports_are_taken_and_links_fetched(folder):
    with Web() as web:
        web.pages = {"/feed": rss(full(web.url + "/1", "Jembatan dibuka"), teaser("/2", "Nelayan hilang")),
                     "/2": Answer(page("Nelayan hilang di laut", OTHER))}
        done = watch(folder, web.url + "/feed")
        equal((done.status, done.err, statuses(done)), (0, "", ["stored", "stored"]))
        equal(sorted(a["url"] for a in stored(folder)), [web.url + "/1", web.url + "/2"])
        equal(web.paths(), ["/feed", "/2"])
        holds(web.fields_of("/2")["User-Agent"], "runut/")
        again = watch(folder, web.url + "/feed")
        equal((again.status, again.news, web.paths()), (0, [], ["/feed", "/2", "/feed"]))
        equal(len(stored(folder)), 2)


def what_is_new_is_shown_by_story(folder):
    with Web({"/feed": rss(full("/1", "Jembatan dibuka"), full("/2", "Nelayan hilang", OTHER))}) as web:
        done = runut("watch", "--once", "--allow-private", "--db", folder / "x.db", web.url + "/feed")
        equal(done.status, 0)
        lines = done.out.splitlines()
        equal([line.split()[0] for line in lines], ["s1", "a1", "s2", "a2", "2"])
        holds(lines[-1], "2 new articles from 1 source, 0 unchanged.")
        holds(done.out, "Nelayan hilang")


def requests_are_conditional(folder):
    pages = {"/feed": rss(full("/1", "Jembatan dibuka"), etag='"eins"', modified="Mon, 01 Sep 2025 10:00:00 GMT")}
    with Web(pages) as web:
        watch(folder, web.url + "/feed")
        done = runut("watch", "--once", "--allow-private", "--delay", 0, "--db", folder / "x.db", web.url + "/feed")
        equal(done.out, "0 new articles from 1 source, 1 unchanged.\n")
        fields = web.fields_of("/feed")
        equal((fields["If-None-Match"], fields["If-Modified-Since"]), ('"eins"', "Mon, 01 Sep 2025 10:00:00 GMT"))


def an_edited_page_is_a_version(folder):
    with Web() as web:
        web.pages = {"/1": [Answer(page("Jembatan dibuka", more="<p>12 pembaca</p>")),
                            Answer(page("Jembatan dibuka", more="<script>var n=99</script>")),
                            Answer(page("Jembatan dibuka", WORDS + "Ralat: jembatan itu dibuka pada hari Minggu. "))]}
        equal(statuses(watch(folder, web.url + "/1")), ["stored"])
        equal(statuses(watch(folder, web.url + "/1")), [])
        (news,) = watch(folder, web.url + "/1").news
        equal((news["status"], news["article"], news["before"]), ("version", "a2", "a1"))
        equal(len(stored(folder)), 2)
        equal(statuses(watch(folder, web.url + "/1")), [])


def an_edited_item_is_a_version(folder):
    with Web() as web:
        web.pages = {"/feed": [rss(full("/1", "Jembatan dibuka"), teaser("/2", "Nelayan")),
                               rss(full("/1", "Jembatan dibuka", WORDS + "Ralat: hari Minggu. "), teaser("/2", "Nelayan: tambahan"))],
                     "/2": [Answer(page("Nelayan hilang", OTHER), etag='"1"'), Answer(page("Nelayan hilang", OTHER + "Ditemukan. "))]}
        equal(statuses(watch(folder, web.url + "/feed")), ["stored", "stored"])
        equal(statuses(watch(folder, web.url + "/feed")), ["version", "version"])
        equal(web.fields_of("/2")["If-None-Match"], '"1"')


def two_feeds_may_say_different_things_of_a_page(folder):
    with Web() as web:
        web.pages = {"/a": rss(teaser("/1", "Nelayan")), "/b": rss(teaser("/1", "Dua nelayan")), "/1": Answer(page("Nelayan", OTHER))}
        for _ in range(2):
            watch(folder, web.url + "/a", web.url + "/b")
        equal(web.paths(), ["/a", "/b", "/1", "/a", "/b"])
        equal(len(stored(folder)), 1)


def lists_lead_to_feeds(folder):
    with Web() as web:
        web.pages = {
            "/opml": Answer('<opml version="2.0"><body><outline text="x"><outline type="rss" text="a" xmlUrl="/a"/>'
                            '<outline type="rss" text="b" xmlUrl="/opml"/></outline></body></opml>', etag='"o"'),
            "/a": rss(full("/1", "Jembatan dibuka"), etag='"a"'),
            "/index": Answer('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>' + web.url
                             + "/map</loc></sitemap></sitemapindex>"),
            "/map": Answer('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>' + web.url
                           + "/2</loc></url></urlset>"),
            "/2": Answer(page("Nelayan hilang", OTHER))}
        done = watch(folder, web.url + "/opml", web.url + "/index")
        equal((done.status, statuses(done)), (0, ["stored", "stored"]))
        del web.asked[:]
        watch(folder, web.url + "/opml")
        equal(web.paths(), ["/opml", "/a"])
        equal(web.fields_of("/a")["If-None-Match"], '"a"')


def files_hold_lists(folder):
    with Web({"/feed": rss(full("/1", "Jembatan dibuka")), "/2": Answer(page("Nelayan hilang", OTHER))}) as web:
        (folder / "list.txt").write_text(f"# our feeds\n\n{web.url}/feed\r\n  {web.url}/2#top\n")
        (folder / "list.opml").write_text(f'<opml><body><outline type="rss" xmlUrl="{web.url}/feed"/></body></opml>')
        (folder / "feed.xml").write_text(feed(teaser(web.url + "/2")))
        (folder / "bad.txt").write_text(f"{web.url}/feed\nftp://kabar.example/\n")
        equal(statuses(watch(folder, folder / "list.txt", folder / "list.opml")), ["stored", "stored"])
        equal(sorted(web.paths()), ["/2", "/feed"])
        equal(statuses(watch(folder, folder / "feed.xml")), [])
        done = watch(folder, folder / "bad.txt")
        equal(done.status, 1)
        holds(done.err, "bad.txt: record 2: not an address of http or https")
        equal(watch(folder, folder / "none.txt").status, 3)


# ---- what is refused ----


def private_addresses_are_refused(folder):
    with Web({"/feed": rss(full("/1", "Jembatan dibuka"))}) as web:
        port = web.server.server_port
        for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "10.0.0.1",
                     "192.168.1.1", "169.254.169.254", "[fe80::1]", "[fd00::1]"):
            done = watch(folder, f"http://{host}:{port}/feed", private=False)
            (folder / "x.db-watch").unlink()
            equal((host, done.status, statuses(done)), (host, 1, ["refused"]))
            holds(done.news[0]["error"], "not an address of the public internet")
        equal(web.asked, [])


def other_schemes_are_refused(folder):
    secret = folder / "secret.txt"
    secret.write_text(WORDS * 5)
    with Web() as web:
        web.pages = {"/feed": rss(teaser("file://" + str(secret)), teaser("gopher://127.0.0.1/1"), teaser("javascript:alert(1)"),
                                  teaser("http://me:pass@127.0.0.1/x"))}
        for n, target in enumerate((f"file://{secret}", "ftp://127.0.0.1/", "gopher://127.0.0.1/")):
            web.pages[f"/r{n}"] = Answer("", 302, Location=target)
        equal(watch(folder, web.url + "/feed").news, [])
        for n in range(3):
            done = watch(folder, f"{web.url}/r{n}")
            equal(statuses(done), ["refused"])
        equal(stored(folder), [])
        equal(watch(folder, "http://me:pass@127.0.0.1/x").news[0]["error"], "not an address of http or https")


def robots_are_obeyed(folder):
    with Web() as web:
        web.pages = {"/robots.txt": Answer("User-agent: *\nDisallow: /feed\n\nUser-agent: runut\nDisallow: /geheim\n"
                                           "Allow: /geheim/offen$\nDisallow: /*.pdf\n", Content_Type="text/plain"),
                     "/feed": rss(teaser("/geheim/1"), teaser("/geheim/offen"), teaser("/a.pdf?x")),
                     "/geheim/offen": Answer(page("Nelayan hilang", OTHER)), "/to": Answer("", 302, Location="/geheim/2")}
        done = watch(folder, web.url + "/feed", web.url + "/to")
        equal(statuses(done), ["refused", "refused", "refused", "stored"])
        equal(sorted(web.paths()), ["/feed", "/geheim/offen", "/to"])
        equal(sum(path == "/robots.txt" for path, _, _ in web.asked), 1)


def robots_that_fail_mean_not_now(folder):
    with Web({"/robots.txt": Answer("", 500), "/feed": rss(full("/1", "Jembatan dibuka"))}) as web:
        one_failure(folder, web, "robots.txt cannot be read now")
        equal(web.paths(), [])
        web.pages["/robots.txt"] = Answer("", 403)
        at_once(folder)
        equal(statuses(watch(folder, web.url + "/feed")), ["stored"])


def a_huge_robots_is_cut(folder):
    text = "User-agent: *\nDisallow: /no\n" + "# filler\n" * 100000 + "Disallow: /\n"
    with Web({"/robots.txt": Answer(text), "/feed": rss(full("/1", "Jembatan dibuka"))}) as web:
        equal(statuses(watch(folder, web.url + "/feed")), ["stored"])


# ---- servers that misbehave ----


def slow(out):
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(200):
        out.write(b"<p>x")
        out.flush()
        time.sleep(0.1)


def endless(out):
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        out.write(b"<p>kata demi kata</p>\n" * 10000)


def endless_fields(out):
    out.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        out.write(b"X-Field: y\r\n" * 1000)


def a_slow_one_is_given_up(folder):
    with Web({"/feed": Answer(raw=slow)}) as web:
        start = time.monotonic()
        one_failure(folder, web, "imed out")
        assert time.monotonic() - start < 15


def an_endless_one_is_cut_off(folder):
    with Web({"/feed": Answer(raw=endless), "/fields": Answer(raw=endless_fields)}) as web:
        one_failure(folder, web, "larger than may be", status="refused")
        one_failure(folder, web, "larger than may be", path="/fields", status="refused")


def truncated_answers_are_no_answers(folder):
    def chunked(out):
        out.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<p>abc")

    def short(out):
        out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + page("Jembatan").encode())

    def nonsense(out):
        out.write(b"\x00\x01 what?\r\n\r\n")

    with Web({"/a": Answer(raw=chunked), "/b": Answer(raw=short), "/c": Answer(raw=nonsense),
              "/d": Answer(raw=lambda out: None)}) as web:
        for path in "/a", "/b", "/c", "/d":
            one_failure(folder, web, "", path=path)


def a_bomb_is_defused(folder):
    bomb = gzip.compress(b"<p>bom bom bom</p>" * 2_000_000)
    with Web({"/feed": Answer(bomb, Content_Encoding="gzip"), "/twice": Answer(gzip.compress(bomb), Content_Encoding="gzip, gzip"),
              "/no": Answer(b"\x1f\x8b no gzip", Content_Encoding="gzip")}) as web:
        one_failure(folder, web, "larger than may be", status="refused")
        one_failure(folder, web, "larger than may be", path="/twice", status="refused")
        one_failure(folder, web, "", path="/no")


def redirects_have_an_end(folder):
    with Web() as web:
        web.pages = {"/feed": Answer("", 302, Location="/b"), "/b": Answer("", 302, Location="/feed"),
                     "/self": Answer("", 301, Location="/self"), "/none": Answer("", 302)}
        for path in "/feed", "/self", "/none":
            one_failure(folder, web, "redirected too often", path=path)
        assert len(web.paths()) < 16


def permanent_redirects_are_remembered(folder):
    with Web() as web:
        web.pages = {"/old": Answer("", 301, Location="/new"), "/new": rss(full("/1", "Jembatan dibuka")),
                     "/now": Answer("", 302, Location="/new")}
        done = watch(folder, web.url + "/old")
        equal(statuses(done), ["moved", "stored"])
        equal(done.status, 0)
        watch(folder, web.url + "/old", web.url + "/now")
        watch(folder, web.url + "/now")
        equal(web.paths(), ["/old", "/new", "/new", "/now", "/new", "/now", "/new"])


def gone_is_told(folder):
    with Web({"/feed": Answer("", 410)}) as web:
        one_failure(folder, web, "HTTP status 410", status="gone")
        equal(watch(folder, web.url + "/feed").news, [])  # never again
        equal(len(web.paths()), 1)
        one_failure(folder, web, "HTTP status 404", path="/none", status="gone")


def an_unknown_host_is_told(folder):
    done = watch(folder, "http://kabar.invalid/feed", f"http://127.0.0.1:{closed_port()}/")
    equal((done.status, statuses(done)), (1, ["failed", "failed"]))


def retry_after_is_kept(folder):
    with Web({"/feed": [Answer("", 429, Retry_After="3600"), rss(full("/1", "Jembatan"))]}) as web:
        done = one_failure(folder, web, "HTTP status 429")
        due = time.mktime(time.strptime(done.news[0]["retry"], "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
        assert 3500 < due - time.time() < 3700
        equal(watch(folder, web.url + "/feed").news, [])
        equal(web.paths(), ["/feed"])


def a_host_that_is_busy_is_left_alone(folder):
    with Web() as web:
        web.pages = {"/feed": rss(*(teaser(f"/{n}", f"Judul {n}") for n in range(5))), "/0": Answer("", 503, Retry_After="900")}
        done = watch(folder, web.url + "/feed")
        equal(statuses(done), ["failed"] * 5)
        equal(web.paths(), ["/feed", "/0"])


def failures_are_tried_again(folder):
    with Web() as web:
        web.pages = {"/feed": rss(teaser("/1"), etag='"f"'), "/1": [Answer("", 500), Answer(page("Nelayan hilang", OTHER))]}
        equal(statuses(watch(folder, web.url + "/feed")), ["failed"])
        at_once(folder)
        equal(statuses(watch(folder, web.url + "/feed")), ["stored"])
        equal(web.paths(), ["/feed", "/1", "/feed", "/1"])


def a_host_is_left_in_peace(folder):
    with Web() as web:
        web.pages = {"/feed": rss(teaser("/1"), teaser("/2")), "/1": Answer(page("Nelayan hilang", OTHER)),
                     "/2": Answer(page("Jembatan dibuka"))}
        equal(statuses(watch(folder, web.url + "/feed", "--delay", "0.4")), ["stored", "stored"])
        times = [at for _, _, at in web.asked]
        equal(len(times), 4)
        assert all(b - a > 0.35 for a, b in zip(times, times[1:])), times
        web.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 1\n")
        del web.asked[:]
        (folder / "x.db-watch").unlink()
        watch(folder, web.url + "/feed", web.url + "/1", "--limit", 1)
        times = [at for _, _, at in web.asked]
        assert all(b - a > 0.95 for a, b in zip(times, times[1:])), times


def cookies_are_not_kept(folder):
    with Web({"/feed": rss(teaser("/1"), Set_Cookie="a=1; Path=/"), "/1": Answer(page("Nelayan", OTHER), Set_Cookie="b=2")}) as web:
        watch(folder, web.url + "/feed")
        watch(folder, web.url + "/1")
        assert not any("Cookie" in fields or "Referer" in fields or "Authorization" in fields for _, fields, _ in web.asked)


def wrong_charsets_are_seen_through(folder):
    with Web() as web:
        text = page("Café à São Tomé", OTHER).replace("<meta charset=utf-8>", "")
        web.pages = {"/1": Answer(text.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1"),
                     "/2": Answer(text.replace("dua nelayan", "tiga nelayan"), Content_Type="text/html; charset=us-ascii"),
                     "/3": Answer(text.replace("dua nelayan", "empat nelayan").encode(), Content_Type='text/html; charset="no such"')}
        watch(folder, *(web.url + path for path in web.pages))
        equal([a["headline"] for a in stored(folder)], ["Café à São Tomé"] * 3)


def a_feed_that_breaks_off_gives_what_it_has(folder):
    with Web() as web:
        whole = feed(full("/1", "Jembatan dibuka"), full("/2", "Nelayan", OTHER))
        web.pages = {"/feed": Answer(whole[:whole.index("Nelayan") + 3], etag='"half"')}
        done = watch(folder, web.url + "/feed")
        equal(statuses(done), ["failed", "stored"])
        web.pages["/feed"] = Answer(whole, etag='"half"')
        equal(statuses(watch(folder, web.url + "/feed")), ["stored"])
        assert "If-None-Match" not in web.fields_of("/feed")


def what_is_no_report_is_told(folder):
    with Web() as web:
        web.pages = {"/feed": rss(teaser("/a.jpg"), teaser("/empty")), "/a.jpg": Answer(b"\xff\xd8\xff", Content_Type="image/jpeg"),
                     "/empty": Answer("")}
        done = watch(folder, web.url + "/feed")
        equal((done.status, statuses(done)), (1, ["refused", "rejected"]))
        equal(watch(folder, web.url + "/feed").news, [])


def what_captures_say_never_reaches_the_terminal(folder):
    with Web({"/feed": rss(full("/1", "Judul\x1b[31m".replace("\x1b", "&#27;"))), "/e\x1b": Answer("")}) as web:
        done = runut("watch", "--once", "--allow-private", "--delay", 0, "--db", folder / "x.db", web.url + "/feed", web.url + "/none")
        assert "\x1b" not in done.out + done.err


# ---- going on ----


def it_goes_on_until_it_is_stopped(folder):
    with Web() as web:
        web.pages = {"/feed": [rss(full("/1", "Jembatan dibuka")), rss(full("/1", "Jembatan dibuka"), full("/2", "Nelayan", OTHER))]}
        process = subprocess.Popen([RUNUT, "watch", "--json", "--allow-private", "--delay", "0", "--every", "1", "--db",
                                    str(folder / "x.db"), web.url + "/feed"], stdout=subprocess.PIPE)
        lines = [json.loads(process.stdout.readline()) for _ in range(2)]
        equal([n["headline"] for n in lines], ["Jembatan dibuka", "Nelayan"])
        process.send_signal(signal.SIGTERM)
        equal(process.wait(timeout=30), 0)
        process.stdout.close()
        equal(len(stored(folder)), 2)


def a_feed_says_how_long_it_may_wait(folder):
    with Web() as web:
        web.pages = {"/feed": Answer(feed(full("/1", "Jembatan dibuka")).replace("<channel>", "<channel><ttl>60</ttl>"), etag='"t"')}
        process = subprocess.Popen([RUNUT, "watch", "--allow-private", "--delay", "0", "--every", "1", "--db", str(folder / "x.db"),
                                    web.url + "/feed"], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(1.5)
        equal(web.paths(), ["/feed"])
        process.terminate()
        process.communicate(timeout=30)
        watch(folder, web.url + "/feed")
        equal(web.paths(), ["/feed", "/feed"])
        with sqlite3.connect(folder / "x.db-watch") as db:
            equal(db.execute("SELECT ttl FROM source").fetchall(), [(3600,)])


def certificates_are_checked(folder):
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                           "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key",
                           "-out", folder / "cert"], capture_output=True, check=False)
    if made.returncode:
        raise Skip("no openssl here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert", folder / "key")
    with Web({"/feed": rss(full("/1", "Jembatan dibuka"))}) as web:
        web.server.socket = context.wrap_socket(web.server.socket, server_side=True)
        done = watch(folder, f"https://localhost:{web.server.server_port}/feed")
        equal(statuses(done), ["failed"])
        holds(done.news[0]["error"], "certificate")
        equal(web.asked, [])


def what_is_in_hand_is_finished(folder):
    with Web() as web:
        web.pages = {"/feed": rss(*(teaser(f"/{n}", f"Judul {n}") for n in range(3))),
                     **{f"/{n}": Answer(page(f"Nelayan {n}", f"Kapal nomor {n} berlayar. " + OTHER)) for n in range(3)}}
        process = subprocess.Popen([RUNUT, "watch", "--json", "--allow-private", "--delay", "1", "--db", str(folder / "x.db"),
                                    web.url + "/feed"], stdout=subprocess.PIPE)
        while "/0" not in web.paths():
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        out = process.communicate(timeout=30)[0]
        equal(process.returncode, 0)
        equal(len(out.splitlines()), len(stored(folder)))
        assert 1 <= len(stored(folder)) < 3
        done = watch(folder, web.url + "/feed")
        equal(len(stored(folder)), 3)
        equal(len(done.news) + len(out.splitlines()), 3)


def a_killed_one_goes_on_where_it_was(folder):
    with Web() as web:
        web.pages = {"/feed": rss(*(teaser(f"/{n}", f"Judul {n}") for n in range(4)), etag='"f"'),
                     **{f"/{n}": Answer(page(f"Nelayan {n}", f"Kapal nomor {n} berlayar. " + OTHER)) for n in range(4)}}
        process = subprocess.Popen([RUNUT, "watch", "--once", "--allow-private", "--delay", "0.5", "--db", str(folder / "x.db"),
                                    web.url + "/feed"], stdout=subprocess.DEVNULL)
        while "/1" not in web.paths():
            time.sleep(0.02)
        process.kill()
        process.wait()
        watch(folder, web.url + "/feed")
        equal(sorted(a["url"] for a in stored(folder)), [f"{web.url}/{n}" for n in range(4)])


def a_broken_memory_is_told(folder):
    (folder / "x.db-watch").write_bytes(b"no database at all, but long enough to be looked at" * 40)
    done = watch(folder, "http://kabar.invalid/")
    equal(done.status, 3)
    holds(done.err, "x.db-watch")
    (folder / "x.db-watch").unlink()
    with sqlite3.connect(folder / "x.db-watch") as db:
        db.execute("PRAGMA user_version = 99")
    holds(watch(folder, "http://kabar.invalid/").err, "newer runut")


def options_are_checked(folder):
    for words, part in ((["--delay", "-1"], "--delay"), (["--timeout", "0"], "--timeout"), (["--every", "5"], "--every"),
                        (["--retry", "x"], "--retry"), (["--limit", "0"], "--limit"), (["--delay", "nan"], "--delay")):
        done = runut("watch", "--db", folder / "x.db", *words, "http://kabar.invalid/")
        equal(done.status, 2)
        holds(done.err, part)
    equal(runut("watch").status, 2)


main([test for test in list(globals().values())
      if callable(test) and getattr(test, "__module__", "") == "__main__" and test.__code__.co_varnames[:test.__code__.co_argcount] == ("folder",)])
