#!/usr/bin/env python3
"""What other programs take from a server: Atom feeds, whole articles as lines, figures; and sessions for browsers."""
import datetime
import json
import re
import socket
import time
import urllib.parse
import xml.dom.minidom
import xml.parsers.expat

from serving import store
from tap import equal, holds, main, runut
from uploading import WAIT, Server, record, report

ATOM = "http://www.w3.org/2005/Atom"
TOKEN = "a-token-that-nobody-guesses"
HOSTILE = "\x01\x02<b>&amp;\x1b[31m ]]> \ufffe\uffff \u0085 \U0001f600 'x' \"y\" \t\n\r"

# ---- Atom ----


def children(parent, name):
    return [c for c in parent.childNodes if c.nodeType == c.ELEMENT_NODE and (c.namespaceURI, c.localName) == (ATOM, name)]


def text(parent, name):
    """Of the one child of that name."""
    (one,) = children(parent, name)
    return "".join(c.data for c in one.childNodes)


def check_time(value):
    """RFC 3339, as RFC 4287 wants it."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value), value
    datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")


def check_address(value):
    parts = urllib.parse.urlsplit(value)
    assert parts.scheme in ("http", "https") and parts.netloc, value
    assert re.fullmatch(r"[!#-;=?-Z_a-z~%\[\]]+", value), value


def check_entry(entry):
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text(entry, "id"))
    assert text(entry, "title")
    check_time(text(entry, "updated"))
    for published in children(entry, "published"):
        check_time(published.firstChild.data)
    for author in children(entry, "author"):
        assert text(author, "name")
    links = children(entry, "link")
    equal([link.getAttribute("rel") for link in links][0], "alternate")
    for link in links:
        check_address(link.getAttribute("href"))
    assert len(children(entry, "summary")) < 2


def feed(server, path):
    """The feed, after what the RFC asks for was looked at (4.1.1, 4.1.2)."""
    reply = server.get(path)
    assert reply.status == 200, reply
    equal(reply.headers["Content-Type"], "application/atom+xml; charset=utf-8")
    xml.parsers.expat.ParserCreate("utf-8").Parse(reply.body, True)
    root = xml.dom.minidom.parseString(reply.body).documentElement
    equal((root.namespaceURI, root.localName), (ATOM, "feed"))
    assert text(root, "id") and text(root, "title")
    check_time(text(root, "updated"))
    equal(text(children(root, "author")[0], "name"), "runut")
    links = {link.getAttribute("rel"): link.getAttribute("href") for link in children(root, "link")}
    equal(links["self"], f"http://{server.name}{path}")
    assert not links["alternate"].startswith(f"http://{server.name}/api/")
    entries = children(root, "entry")
    for entry in entries:
        check_entry(entry)
    ids = [text(entry, "id") for entry in entries]
    equal(len(set(ids)), len(ids))
    if entries:
        equal(text(root, "updated"), max(text(entry, "updated") for entry in entries))
    return root, entries


def a_story_is_a_feed(folder):
    with Server(store(folder)) as server:
        for story in server.json("/api/v1/stories")["items"]:
            root, entries = feed(server, f"/api/v1/stories/{story['story']}/atom")
            equal(text(root, "title"), story["headline"])
            equal(len(entries), story["articles"])
            last = server.json(f"/api/v1/articles?order=new&limit=1&story={story['story']}")["items"][0]
            equal(text(entries[0], "title"), last["headline"])
            equal(children(entries[0], "link")[0].getAttribute("href"), f"http://{server.name}/articles/{last['article']}")
        for name in ("s999", "x", "e1", "s0", "%00"):
            server.problem(400 if name == "%00" else 404, "GET", f"/api/v1/stories/{name}/atom")
        server.problem(400, "GET", "/api/v1/stories/s1/atom?words=x")


def a_search_is_a_feed(folder):
    with Server(store(folder)) as server:
        root, entries = feed(server, "/api/v1/search/atom?words=kapal&lang=id")
        equal(text(root, "title"), "kapal")
        found = server.json("/api/v1/search?words=kapal&lang=id&limit=200&order=new")["items"]
        equal([text(e, "title") for e in entries], [item["headline"] for item in found])
        assert entries and "\x01" not in text(entries[0], "summary")
        equal(len(feed(server, "/api/v1/search/atom?words=kapal&limit=1")[1]), 1)
        equal(feed(server, "/api/v1/search/atom?words=%22nothing+like+this%22")[1], [])
        feed(server, "/api/v1/search/atom?words=" + urllib.parse.quote("<b>&\"'\u2026", safe=""))
        for query in ("", "?words=", "?words=+", "?words=x&words=y", "?word=x", "?words=x&order=none", "?words=x&limit=0"):
            server.problem(400, "GET", "/api/v1/search/atom" + query)


def feeds_change_with_the_store_alone(folder):
    with Server(store(folder)) as server:
        path = "/api/v1/stories/s1/atom"
        first = server.get(path)
        time.sleep(1.1)
        equal(server.get(path).body, first.body)
        reply = server.get(path, If_None_Match=first.headers["ETag"])
        equal((reply.status, reply.body), (304, b""))
        ids = {text(e, "id") for e in feed(server, path)[1]}
        server.form([("a.txt", report(1))])
        assert ids <= {text(e, "id") for e in feed(server, path)[1]}
        assert server.get(path).headers["ETag"] != first.headers["ETag"]


def hostile_words_stay_words(folder):
    body = json.loads(record(1))
    body.update(headline=HOSTILE, abstract=HOSTILE * 40, publisher=HOSTILE, author=[HOSTILE], url="javascript:alert(1)")
    odd = json.loads(record(2))
    odd.update(url="http://x.example/a\"b<c>", headline="", author=[], id="")
    with Server(folder / "s.db") as server:
        equal(server.upload(json.dumps([body, odd]), "application/json")["stored"], 2)
        for story in server.json("/api/v1/stories")["items"]:
            _, entries = feed(server, f"/api/v1/stories/{story['story']}/atom")
            for entry in entries:
                equal([link.getAttribute("rel") for link in children(entry, "link")], ["alternate"])
        feed(server, "/api/v1/search/atom?words=kapal")


# ---- whole articles ----


def an_export_is_that_of_the_program(folder):
    db = store(folder)
    with Server(db) as server:
        for query, words in (("", []), ("?lang=id", ["--lang", "id"]), ("?limit=7", ["--limit", "7"]),
                             ("?since=2024&until=2024-06", ["--since", "2024", "--until", "2024-06"]),
                             ("?person=komang", ["--person", "komang"]), ("?publisher=none", ["--publisher", "none"])):
            reply = server.get("/api/v1/export" + query)
            equal((reply.status, reply.headers["Content-Type"]), (200, "application/x-ndjson"))
            equal(reply.body.decode(), runut("--db", db, "export", *words).out)
        found = {json.loads(line)["article"] for line in server.get("/api/v1/export?words=kapal").body.splitlines()}
        equal(found, {item["article"] for item in server.json("/api/v1/search?words=kapal&limit=200")["items"]})
        story = server.json("/api/v1/stories")["items"][0]
        lines = server.get(f"/api/v1/export?story={story['story']}").body.splitlines()
        equal({json.loads(line)["story"] for line in lines}, {story["story"]})
        equal(len(lines), story["articles"])
        for query in ("?since=x", "?limit=0", "?limit=x", "?nothing=1", "?story=x", "?order=new"):
            server.problem(400, "GET", "/api/v1/export" + query)
        reply = server.ask("HEAD", "/api/v1/export")
        equal((reply.status, reply.body), (200, b""))
        tag = server.get("/api/v1/export").headers["ETag"]
        equal(server.get("/api/v1/export", If_None_Match=tag).status, 304)


def a_long_export_takes_little_memory_and_waits_for_slow_readers(folder):
    long = "\n".join(f"Kata ke-{n} dari laporan panjang itu disebut juga oleh Bima Santoso." for n in range(60))
    (folder / "many.jsonl").write_text("".join(
        json.dumps({**json.loads(record(n)), "articleBody": report(n) + long}) + "\n" for n in range(800)), encoding="utf-8")
    equal(runut("--db", folder / "s.db", "add", "-q", folder / "many.jsonl").status, 0)
    wanted = runut("--db", folder / "s.db", "export").out
    assert len(wanted) > 5 << 20, len(wanted)
    with Server(folder / "s.db", "--jobs", "2") as server:
        slow = []
        for _ in range(6):  # more than there are threads
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            s.settimeout(WAIT)
            s.connect((server.host, server.port))
            s.sendall(f"GET /api/v1/export HTTP/1.0\r\nHost: {server.name}\r\n\r\n".encode())
            slow.append(s)
        for s in slow:
            holds(s.recv(100).decode(), "200 OK")
        equal(server.articles(), 800)  # and others are answered
        equal(server.form([("a.txt", report(5000))])["stored"], 1)  # and what is added is not held up
        equal(server.get("/api/v1/export").body.decode().count("\n"), 801)
        got = b"".join(iter(lambda: slow[0].recv(1 << 20), b""))
        equal(got.partition(b"\r\n\r\n")[2].count(b"\n"), 801)
        for s in slow:
            s.close()


def who_leaves_an_export_early_harms_nobody(folder):
    db = store(folder)
    with Server(db) as server:
        first = server.get("/api/v1/export").body
        equal(first.count(b"\n"), 30)
        many = [server.begin(f"GET /api/v1/export HTTP/1.1\r\nHost: {server.name}\r\n\r\n".encode()) for _ in range(10)]
        for s in many:
            s.close()  # nobody waits for it
        equal(server.get("/api/v1/export").body, first)


# ---- figures ----


def figures(server):
    """{name and labels: value}, after the format was looked at."""
    reply = server.get("/api/v1/metrics")
    equal(reply.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
    values, types, name = {}, {}, None
    label = r'[a-z_]+="(?:[^"\\\n]|\\["\\n])*"'
    for line in reply.body.decode().splitlines():
        if line.startswith("# HELP "):
            name = line.split()[2]
            assert name.startswith("runut_") and name not in types, line
        elif line.startswith("# TYPE "):
            equal(line.split()[2], name)
            types[name] = line.split()[3]
            assert types[name] in ("counter", "gauge", "histogram"), line
        else:
            found = re.fullmatch(r"([a-z_]+)(\{%s(?:,%s)*\})? ([-+0-9.e]+)" % (label, label), line)
            assert found, line
            base = re.sub("_(bucket|sum|count)$", "", found[1]) if types[name] == "histogram" else found[1]
            equal(base, name)
            assert found[1] + (found[2] or "") not in values, line
            values[found[1] + (found[2] or "")] = float(found[3])
    return values


def figures_tell_what_was_done(folder):
    with Server(folder / "s.db") as server:
        before = figures(server)
        equal(before["runut_store_articles"], 0)
        for n in range(5):
            server.get("/api/v1/stories")
        for path in ("/api/v1/stories/s7", "/api/v1/stories/s8", "/nothing", "/nothing/else"):
            server.get(path)
        server.form([("a.txt", report(1)), ("b.txt", report(1)), ("c.txt", "")])
        now = figures(server)
        requests = 'runut_http_requests_total{method="GET",route="%s",status="%s"}'
        equal(now[requests % ("/api/v1/stories", "2xx")], 5)
        equal(now[requests % ("/api/v1/stories/{name}", "4xx")], 2)
        equal(now['runut_http_requests_total{method="",route="none",status="4xx"}'], 2)
        equal([now[f'runut_captures_total{{status="{s}"}}'] for s in ("stored", "known", "rejected")], [1, 1, 1])
        equal([now[f"runut_store_{of}"] for of in ("articles", "events", "stories")], [1, 1, 1])
        equal((now["runut_uploads_waiting"], now["runut_questions_waiting"], now["runut_news_subscribers"]), (0, 0, 0))
        assert now["runut_connections"] >= 1 and now["runut_process_resident_memory_bytes"] > 1 << 20
        assert abs(now["runut_process_start_time_seconds"] - time.time()) < WAIT
        assert now["runut_http_received_bytes_total"] > 500 and now["runut_http_sent_bytes_total"] > 1000
        buckets = [v for k, v in now.items() if k.startswith('runut_http_request_duration_seconds_bucket{method="GET",route="/api/v1/stories",')]
        equal((buckets, buckets[-1]), (sorted(buckets), 5))
        equal(now['runut_http_request_duration_seconds_count{method="GET",route="/api/v1/stories"}'], 5)
        with server.begin(f"GET /api/v1/news HTTP/1.1\r\nHost: {server.name}\r\n\r\n".encode()) as s:
            s.recv(100)
            equal(figures(server)["runut_news_subscribers"], 1)
        for _ in range(100):
            if figures(server)["runut_news_subscribers"] == 0:
                break
            time.sleep(0.1)
        equal(figures(server)["runut_news_subscribers"], 0)


def figures_do_not_grow_with_what_is_asked(folder):
    with Server(store(folder), "--rate", "0") as server:
        server.get("/api/v1/stories/s1")
        server.get("/nothing")
        figures(server)
        lines = len(figures(server))
        for n in range(1, 300):
            server.get(f"/api/v1/stories/s{n}")
            server.get(f"/nothing/{n}")
            server.ask("GET", "/" + "x" * n)
        grown = len(figures(server)) - lines
        assert grown <= 2, grown  # classes of status that there were not before


# ---- sessions ----


def session(server, body, status=204, kind="application/json", **headers):
    reply = server.ask("POST", "/api/v1/session", body, {"Content-Type": kind, **headers})
    assert reply.status == status, reply
    return reply


def a_token_gives_a_cookie_that_opens(folder):
    with Server(store(folder), env={"RUNUT_TOKEN": TOKEN}) as server:
        server.problem(401, "GET", "/api/v1/stories")
        field = session(server, json.dumps({"token": TOKEN})).headers["Set-Cookie"]
        cookie, *attributes = field.split("; ")
        equal(sorted(attributes), ["HttpOnly", "Path=/", "SameSite=Strict"])
        assert TOKEN not in field and len(cookie) > 40
        equal(server.get("/api/v1/stories", Cookie=cookie).status, 200)
        equal(server.get("/api/v1/stories", Cookie=f"a=b; {cookie}; c=d").status, 200)
        equal(server.ask("POST", "/api/v1/articles", report(1), {"Content-Type": "text/plain", "Cookie": cookie}).status, 200)
        name, _, value = cookie.partition("=")
        for wrong in (f"{name}={'0' * 64}", f"x{cookie}", f"{name}={value[:-1]}", f"{name}={TOKEN}", f"{name}=", ""):
            server.problem(401, "GET", "/api/v1/stories", {"Cookie": wrong})
        other = session(server, json.dumps({"token": TOKEN})).headers["Set-Cookie"].split(";")[0]
        assert other != cookie
        ended = server.ask("DELETE", "/api/v1/session", headers={"Cookie": cookie})
        equal(ended.status, 204)
        holds(ended.headers["Set-Cookie"], "Max-Age=0")
        server.problem(401, "GET", "/api/v1/stories", {"Cookie": cookie})
        equal(server.get("/api/v1/stories", Cookie=other).status, 200)
        equal(server.ask("DELETE", "/api/v1/session").status, 204)


def no_session_without_the_token(folder):
    with Server(store(folder), env={"RUNUT_TOKEN": TOKEN}) as server:
        for body, status in (('{"token": "wrong"}', 401), ('{"token": "%s "}' % TOKEN, 401), ('{"token": ""}', 401),
                             ('{"token": null}', 400), ("{}", 400), ("[]", 400), ("", 400), ("{", 400), ("x" * 5000, 413)):
            reply = session(server, body, status)
            assert "Set-Cookie" not in reply.headers
        session(server, json.dumps({"token": TOKEN}), 415, "text/plain")
    with Server(store(folder), env={"RUNUT_TOKEN": TOKEN}) as server:
        session(server, json.dumps({"token": TOKEN}), 403, Origin="http://evil.example")
        statuses = [session_status(server) for _ in range(30)]
        equal(statuses[:8], [401] * 8)
        holds(str(statuses), "429")
        assert int(server.ask("POST", "/api/v1/session", "{}", {"Content-Type": "application/json"}).headers["Retry-After"]) > 0


def session_status(server):
    return server.ask("POST", "/api/v1/session", '{"token": "wrong"}', {"Content-Type": "application/json"}).status


def where_no_token_is_wanted_no_cookie_is_given(folder):
    with Server(store(folder)) as server:
        assert "Set-Cookie" not in session(server, '{"token": "x"}').headers


main([a_story_is_a_feed, a_search_is_a_feed, feeds_change_with_the_store_alone, hostile_words_stay_words,
      an_export_is_that_of_the_program, a_long_export_takes_little_memory_and_waits_for_slow_readers,
      who_leaves_an_export_early_harms_nobody, figures_tell_what_was_done, figures_do_not_grow_with_what_is_asked,
      a_token_gives_a_cookie_that_opens, no_session_without_the_token, where_no_token_is_wanted_no_cookie_is_given])
