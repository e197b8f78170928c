#!/usr/bin/env python3
"""`runut serve` from outside: what it answers, to whom, and how it ends."""
import concurrent.futures
import http.client
import json
import os
import signal
import socket
import sys
import time

from serving import Server, store
from tap import equal, full_disk_is_no_success, holds, main, runut

API = "/api/v1"


def it_says_where_it_is_and_ends_on_a_signal(folder):
    db = store(folder)
    for how in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        with Server(db) as server:
            equal(server.line, f"runut serves {db} at http://127.0.0.1:{server.port}/\n")
            equal(server.json(API + "/health")["status"], "ok")
            equal(server.stop(how), 0)


def its_answers_are_those_of_the_program(folder):
    db = store(folder)
    with Server(db) as server:
        for path, words in (("/stories/s3", ("story", "s3")), ("/events/e4", ("event", "e4")), ("/articles/a5", ("article", "a5")),
                            ("/compare?a=a5&b=a6", ("compare", "a5", "a6")),
                            ("/between?one=Mongolia&other=Vanuatu", ("between", "Mongolia", "Vanuatu"))):
            program = runut("--db", db, words[0], "--json", *words[1:])
            equal(program.status, 0)
            equal(server.json(API + path), json.loads(program.out))
        health = server.json(API + "/health")
        equal((health["status"], health["writable"], health["articles"]), ("ok", True, 30))


def the_page_is_shown_in_the_browser(folder):
    (folder / "bin").mkdir()
    opener = folder / "bin" / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" >{folder}/opened.new; mv {folder}/opened.new {folder}/opened; echo noise; exec sleep 20\n',
                      encoding="utf-8")
    opener.chmod(0o755)
    with Server(store(folder), "--open", env={"PATH": f"{folder}/bin:{os.environ['PATH']}"}) as server:
        until = time.monotonic() + 30
        while not (folder / "opened").exists() and time.monotonic() < until:
            time.sleep(0.05)
        equal((folder / "opened").read_text(), f"http://127.0.0.1:{server.port}/\n")
        equal(server.stop(), 0)
        equal(server.process.stdout.read(), b"")


def a_full_disk_is_no_success(folder):
    full_disk_is_no_success("--db", store(folder), "serve", "--listen", "127.0.0.1:0")


def listings_come_in_pages(folder):
    with Server(store(folder)) as server:
        for path, key, count in (("/stories?", "story", "stories"), ("/events?", "event", "events"), ("/articles?", "article", "articles"),
                                 ("/stories?order=origins&", "story", "stories"), ("/events?order=old&", "event", "events"),
                                 ("/articles?order=new&", "article", "articles")):
            found, after = [], ""
            while after is not None:
                page = server.json(f"{API}{path}limit=4" + (f"&after={after}" if after else ""))
                equal(sorted(page), ["items", "next"])
                found += [item[key] for item in page["items"]]
                after = page["next"]
            equal(len(found), server.json(API + "/health")[count])
            equal(len(set(found)), len(found))
        equal(len(server.json(API + "/articles")["items"]), 20)
        equal(server.json(API + "/search?words=presiden")["items"][0]["snippet"].count("\1") > 0, True)
        assert server.json(API + "/quotes?limit=3")["items"]
        for query in ("after=x", "order=x", "event=x", "story=e1"):
            server.problem(400, "GET", f"{API}/articles?{query}")


def filters_narrow_listings(folder):
    with Server(store(folder)) as server:
        everything = server.json(API + "/articles?limit=200")["items"]
        some = server.json(API + "/articles?limit=200&lang=en&since=2023")["items"]
        assert 0 < len(some) < len(everything)
        equal({item["inLanguage"] for item in some}, {"en"})
        equal(server.json(API + "/articles?limit=200&person=&since=&words=")["items"], everything)
        of_event = server.json(API + "/articles?event=e4")["items"]
        equal({item["event"] for item in of_event}, {"e4"})


def values_are_suggested_and_dropped_lines_are_shown(folder):
    with Server(store(folder)) as server:
        for of in ("publisher", "language", "person", "place", "organization"):
            items = server.json(f"{API}/values?of={of}&limit=5")["items"]
            assert 0 < len(items) <= 5 and sorted(items[0]) == ["articles", "value"], items
        begins = server.json(API + "/values?of=publisher&begins=nus")["items"]
        assert begins and all("nus" in item["value"].lower() for item in begins), begins
        for query in ("", "?of=nothing", "?of=person&limit=0", "?of=person&limit=201"):
            server.problem(400, "GET", API + "/values" + query)
        assert "lines" in server.json(API + "/articles/a1/lines")
        server.problem(404, "GET", API + "/articles/a999/lines")


def an_answer_that_the_client_has_is_not_sent_again(folder):
    db = store(folder)
    with Server(db) as server:
        for path in ("/stories", "/stories/s3", "/events/e4", "/articles/a5", "/search?words=presiden", "/values?of=person",
                     "/compare?a=a5&b=a6", "/between?one=Mongolia&other=Vanuatu"):
            tag = server.get(API + path).headers["ETag"]
            assert tag.startswith('"') and tag.endswith('"'), tag
            for listed in (tag, "W/" + tag, f'"x", W/"y",{tag}', "*"):
                again = server.get(API + path, If_None_Match=listed)
                equal((again.status, again.body, again.headers["ETag"]), (304, b"", tag))
                equal(again.headers["Cache-Control"], "no-cache")
            equal(server.get(API + path, If_None_Match='"x"').status, 200)
        tags = {server.get(API + path).headers["ETag"] for path in ("/stories", "/stories?limit=3", "/events", "/stories?limit=4")}
        equal(len(tags), 4)
        equal(server.ask("HEAD", API + "/stories", headers={"If-None-Match": "*"}).status, 304)
        assert "ETag" not in server.get(API + "/stories/s999").headers
        equal(server.get(API + "/stories/s999", If_None_Match="x").status, 404)
        equal(server.get(API + "/stories/s999", If_None_Match="*").status, 404)
        tag = server.get(API + "/stories").headers["ETag"]
        (folder / "new.txt").write_text("Kebakaran di Pasar Contoh\n\nContohville, 3 Mei 2021 - Api membakar dua belas kios di Pasar "
                                        "Contoh pada Senin malam, kata kepala pemadam Budi Contoh.\n", encoding="utf-8")
        equal(runut("--db", db, "add", "-q", folder / "new.txt").status, 0)
        changed = server.get(API + "/stories", If_None_Match=tag)
        assert changed.status == 200 and changed.headers["ETag"] != tag, changed


def an_article_is_found_by_its_id_and_its_file_too(folder):
    with Server(store(folder)) as server:
        article = server.json(API + "/articles/a5")
        equal(server.json(API + "/articles/" + article["id"]), article)
        equal(server.json(API + "/articles/" + article["file"].replace("/", "%2F")), article)


def nothing_but_the_store_is_compared(folder):
    secret = folder / "secret.txt"
    secret.write_text("Laporan rahasia. Presiden bertemu menteri di Jakarta, Senin (3/2/2020).\n" * 5, encoding="utf-8")
    with Server(store(folder)) as server:
        for name in (str(secret), "/etc/passwd", "../secret.txt", "-", "file:///etc/passwd"):
            server.problem(404, "GET", f"{API}/compare?a={name}&b=a1")
            server.problem(404, "GET", f"{API}/compare?a=a1&b={name}")


def what_is_not_there_is_a_problem(folder):
    with Server(store(folder)) as server:
        for path in ("/nothing", API, API + "/", API + "/nothing", API + "/stories/s999", API + "/stories/x",
                     API + "/stories/s-1", API + "/events/e999", API + "/articles/a999", API + "/articles/zz",
                     API + "/stories/s1/events", API + "/stories/", "/assets/none.js", "/assets/", "/assets/..%2findex.html",
                     "/index.html", "//", "/a/b/c/d/e/f/g/h"):
            server.problem(404, "GET", path)


def what_makes_no_sense_is_a_problem(folder):
    with Server(store(folder)) as server:
        for query in ("/stories?limit=0", "/stories?limit=201", "/stories?limit=-1", "/stories?limit=1e1", "/stories?limit=",
                      "/stories?limit=99999999999999999999", "/stories?nothing=1", "/stories?limit=1&limit=1",
                      "/stories?since=yesterday", "/stories?until=2020-13-40", "/search", "/search?words=", "/stories/s1?words=a",
                      "/between?one=A", "/compare?a=a1", "/stories?words=%ff", "/stories?words=%00", "/stories?words=%zz",
                      "/stories?words=%", "/quotes?reported=yes", "/stories?" + "&".join(f"x{i}=1" for i in range(100))):
            server.problem(400, "GET", API + query)


def addresses_are_asked_in_their_own_ways(folder):
    with Server(store(folder)) as server:
        for method in ("PUT", "PATCH", "TRACE", "PROPFIND", "DELETE", "get"):
            reply = server.problem(405, method, API + "/stories/s1")
            equal(reply.headers["Allow"], "GET, HEAD, OPTIONS")
        for size in (1, 100_000, 10_000_000):
            server.problem(405, "POST", API + "/stories/s1", body=b"x" * size)
        reply = server.ask("OPTIONS", API + "/stories/s1")
        equal((reply.status, reply.headers["Allow"], reply.body), (204, "GET, HEAD, OPTIONS", b""))
        assert "Access-Control-Allow-Origin" not in reply.headers


def head_is_get_without_the_body(folder):
    with Server(store(folder)) as server:
        for path in ("/", API + "/stories/s3", API + "/stories", API + "/nothing", API + "/stories?limit=x"):
            get, head = server.get(path), server.ask("HEAD", path)
            equal((head.status, head.body), (get.status, b""))
            for name in ("Content-Type", "Content-Length", "ETag", "Content-Security-Policy"):
                equal(head.headers[name], get.headers[name])


def every_reply_has_the_security_headers(folder):
    with Server(store(folder)) as server:
        for path in ("/", "/stories/s1", API + "/stories", API + "/nothing", API + "/stories?limit=x", "/assets/none"):
            headers = server.get(path).headers
            for name, value in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                                ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin")):
                equal((name, headers.get_all(name)), (name, [value]))
            equal(len(headers.get_all("Content-Security-Policy")), 1)
            holds(headers["Content-Security-Policy"], "default-src 'none'")
            holds(headers["Content-Security-Policy"], "frame-ancestors 'none'")
            assert "Server" not in headers and "Access-Control-Allow-Origin" not in headers, headers
        holds(server.get("/").headers["Content-Security-Policy"], "require-trusted-types-for 'script'")


def the_page_answers_at_the_address_of_every_view(folder):
    with Server(store(folder)) as server:
        page = server.get("/")
        equal((page.status, page.headers["Content-Type"]), (200, "text/html; charset=utf-8"))
        for path in ("/stories", "/stories/s3?ui=id", "/events/e7", "/articles/a12", "/compare?a=a1&b=a2", "/between?one=A&other=B",
                     "/search?words=x", "/quotes?by=x", "/add"):
            equal(server.get(path).body, page.body)
        tag = page.headers["ETag"]
        for listed in (tag, tag.removeprefix("W/"), '"x", ' + tag, "*"):
            again = server.get("/", If_None_Match=listed)
            equal((again.status, again.body, again.headers["ETag"]), (304, b"", tag))
        for listed in ('"x"', "x", tag.strip('W/"'), '"', ""):
            equal(server.get("/", If_None_Match=listed).status, 200)


def its_files_may_be_kept_for_ever_and_come_packed(folder):
    import gzip
    import re
    with Server(store(folder)) as server:
        names = re.findall(r'"(/assets/[^"]+)"', server.get("/").body.decode())
        for name in names:
            plain, packed = server.get(name), server.get(name, Accept_Encoding="br, gzip")
            equal((plain.status, packed.status), (200, 200))
            holds(plain.headers["Cache-Control"], "immutable")
            assert "Content-Encoding" not in plain.headers
            if packed.headers["Content-Encoding"] == "gzip":
                equal(gzip.decompress(packed.body), plain.body)
            for refused in ("gzip;q=0", "identity", "gzip; q=0.000"):
                assert "Content-Encoding" not in server.get(name, Accept_Encoding=refused).headers


def other_hosts_names_are_refused(folder):
    with Server(store(folder)) as server:
        port = server.port
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil.example:{port}",
                     f"localhost.evil.example:{port}", f"a@127.0.0.1:{port}", f"2130706433:{port}", f"0.0.0.0:{port}", ""):
            server.problem(421, "GET", API + "/health", {"Host": host})
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}"):
            equal(server.get(API + "/health", Host=host).status, 200)


def pages_of_other_sites_are_refused(folder):
    with Server(store(folder)) as server:
        own = f"http://127.0.0.1:{server.port}"
        for origin in ("http://evil.example", "null", "", own + ".evil.example", f"http://localhost:{server.port}",
                       f"ftp://127.0.0.1:{server.port}", "http://127.0.0.1"):
            server.problem(403, "GET", API + "/stories", {"Origin": origin})
            server.problem(403, "GET", "/", {"Origin": origin})
        equal(server.get(API + "/stories", Origin=own).status, 200)
        link = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        for site in ("cross-site", "same-site"):
            server.problem(403, "GET", API + "/stories", {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors"})
            server.problem(403, "GET", API + "/stories", {"Sec-Fetch-Site": site, **link})
            server.problem(403, "GET", "/stories", {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"})
            server.problem(403, "GET", "/stories", {"Sec-Fetch-Site": site, **link, "Sec-Fetch-Dest": "iframe"})
            server.problem(403, "POST", "/stories", {"Sec-Fetch-Site": site, **link})
            equal(server.ask("GET", "/stories", headers={"Sec-Fetch-Site": site, **link}).status, 200)
        for site in ("same-origin", "none"):
            equal(server.get(API + "/stories", Sec_Fetch_Site=site).status, 200)


def heads_that_leave_two_opinions_are_refused_and_the_connection_closed(folder):
    with Server(store(folder)) as server:
        line, host = b"GET " + API.encode() + b"/health HTTP/1.1\r\n", server.host_line()
        good = line + host
        second = line + host + b"X-Second: 1\r\n\r\n"
        heads = {
            "lines end in LF": (good + b"\r\n").replace(b"\r\n", b"\n"), "one line ends in LF": good + b"A: b\nB: c\r\n\r\n",
            "the last line ends in LF": good + b"A: b\r\n\n", "folded": good + b"A: b\r\n c\r\n\r\n",
            "folded by TAB": good + b"A: b\r\n\tc\r\n\r\n", "folded at the start": line + b" A: b\r\n" + host + b"\r\n",
            "NUL in a value": good + b"A: b\0c\r\n\r\n", "NUL in a name": good + b"A\0B: c\r\n\r\n",
            "NUL at the end": good + b"A: b\0\r\n\r\n", "NUL in the host": line + host[:-2] + b"\0.example\r\n\r\n",
            "NUL in the target": line.replace(b"/health", b"/health\0x") + host + b"\r\n",
            "CR in a value": good + b"A: b\rc\r\n\r\n", "CR before CR LF": good + b"A: b\r\r\n\r\n",
            "a blank before the colon": good + b"A : b\r\n\r\n", "TAB before the colon": good + b"A\t: b\r\n\r\n",
            "Host and a blank": line + host.replace(b":", b" :", 1) + b"\r\n", "no colon": good + b"A\r\n\r\n",
            "no name": good + b": b\r\n\r\n", "a name with a bracket": good + b"A(b: c\r\n\r\n",
            "two Content-Length": good + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
            "two different Content-Length": good + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + second,
            "Content-Length and Transfer-Encoding": good + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding and Content-Length": good + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding not known": good + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding identity": good + b"Transfer-Encoding: identity\r\n\r\n",
            "Transfer-Encoding of two": good + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding twice": good + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Content-Length with a sign": good + b"Content-Length: +5\r\n\r\nabcde",
            "Content-Length below nothing": good + b"Content-Length: -5\r\n\r\nabcde",
            "Content-Length as a list": good + b"Content-Length: 5, 5\r\n\r\nabcde",
            "Content-Length in hexadecimal": good + b"Content-Length: 0x5\r\n\r\nabcde",
            "Content-Length of nothing": good + b"Content-Length: \r\n\r\n",
            "a body where none belongs": good + b"Content-Length: %d\r\n\r\n" % len(second) + second,
            "two hosts": good + host + b"\r\n", "no host": line + b"\r\n", "no host in 1.0": line.replace(b"1.1", b"1.0") + b"\r\n",
            "two origins": good + b"Origin: http://" + server.name.encode() + b"\r\nOrigin: http://evil.example\r\n\r\n",
            "two Sec-Fetch-Site": good + b"Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n\r\n",
            "a blank in the target": line.replace(b"/health", b"/he alth") + host + b"\r\n",
            "two blanks": line.replace(b" /", b"  /", 1) + host + b"\r\n",
            "a target of UTF-8": "GET /é HTTP/1.1\r\n".encode() + host + b"\r\n",
        }
        for what, head in heads.items():
            got = server.raw(head + second)
            assert got is not None, f"{what}: the connection stays open"
            statuses = [int(part[:3]) for part in got.split(b"HTTP/1.1 ")[1:]]
            assert statuses and set(statuses) == {400}, f"{what}: {got!r}"
        equal(server.json(API + "/health")["status"], "ok")


def odd_targets_and_versions_are_refused(folder):
    with Server(store(folder)) as server:
        end = b" HTTP/1.1\r\n" + server.host_line() + b"Connection: close\r\n\r\n"
        for target in (b"http://" + server.name.encode() + API.encode() + b"/health", b"http://evil.example/", b"*", b"health",
                       b"/stories#x", b"evil.example:80"):
            holds(server.raw(b"GET " + target + end), b"HTTP/1.1 400 ")
        holds(server.raw(b"OPTIONS *" + end), b"HTTP/1.1 204 ")
        holds(server.raw(b"GET / HTTP/1.2\r\n" + server.host_line() + b"\r\n"), b" 505 ")
        holds(server.raw(b"GET / HTTP/2.0\r\n" + server.host_line() + b"\r\n"), b" 505 ")
        holds(server.raw(b"GET /\r\n" + server.host_line() + b"\r\n"), b" 400 ")
        holds(server.raw(b"GET / HTTP/1.0\r\n" + server.host_line() + b"\r\n"), b" 200 ")
        assert server.raw(bytes(range(256)) * 8 + b"\r\n\r\n") is not None
        for reply in (server.raw(b"POST / HTTP/1.1\r\n" + server.host_line() + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),):
            holds(reply, b"HTTP/1.1 411 ")


def a_refused_body_need_not_be_sent(folder):
    with Server(store(folder)) as server:
        got = server.raw(b"POST " + API.encode() + b"/stories/s1 HTTP/1.1\r\n" + server.host_line() +
                         b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        assert got and got.startswith(b"HTTP/1.1 405 "), got


def what_is_too_long_is_refused(folder):
    with Server(store(folder)) as server:
        server.problem(414, "GET", API + "/stories?words=" + "a" * 9000)
        server.problem(431, "GET", API + "/stories", {f"X-{i}": "y" for i in range(101)})
        server.problem(431, "GET", API + "/stories", {"X": "a" * 33000})
        line, host = b"GET " + API.encode() + b"/health HTTP/1.1\r\n", server.host_line()
        holds(server.raw(b"GET /" + b"a" * 200000), b" 414 ")
        holds(server.raw(line + host + b"X: " + b"a" * 200000), b" 431 ")
        holds(server.raw(line + host + b"X: y\r\n" * 50000), b" 431 ")


def requests_may_follow_one_another_on_a_connection(folder):
    with Server(store(folder)) as server:
        one = b"GET " + API.encode() + b"/health HTTP/1.1\r\n" + server.host_line()
        got = server.raw((one + b"\r\n") * 20 + one + b"Connection: close\r\n\r\n")
        equal(got.count(b"HTTP/1.1 200 OK"), 21)
        connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
        connection.connect()
        port = connection.sock.getsockname()[1]
        for path in ("/stories/s1", "/nothing", "/stories?limit=0", "/stories/s1"):
            server.ask("GET", API + path, connection=connection)
            equal(connection.sock.getsockname()[1], port)
        connection.close()


def too_many_requests_are_told_when_to_come_again(folder):
    with Server(store(folder), "--rate", "5") as server:
        replies = [server.get(API + "/health") for _ in range(40)]
        late = [r for r in replies if r.status == 429]
        assert len(late) >= 20 and replies[0].status == 200, [r.status for r in replies]
        equal((late[0].headers["Retry-After"], late[0].headers["Content-Type"]), ("1", "application/problem+json"))
        time.sleep(1.1)
        equal(server.get(API + "/health").status, 200)
    with Server(folder / "s.db", "--rate", "0") as server:
        equal({server.get(API + "/health").status for _ in range(100)}, {200})


def a_token_is_wanted_where_one_is_set(folder):
    token = "a-token-of-more-than-16"
    with Server(store(folder), env={"RUNUT_TOKEN": token}) as server:
        equal(server.get("/").status, 200)
        equal(server.get(API + "/health").status, 200)
        for shown in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer " + token + "x"}, {"Authorization": token},
                      {"Authorization": "Bearer " + token[:-1]}, {"Authorization": "Basic " + token}, {"Authorization": "Bearer "}):
            reply = server.problem(401, "GET", API + "/stories", shown)
            holds(reply.headers["WWW-Authenticate"], "Bearer")
        equal(server.get(API + "/stories", Authorization="Bearer " + token).status, 200)
        equal(server.get(API + "/stories", Authorization="bearer " + token).status, 200)
    (folder / "token").write_text(token + "\n", encoding="utf-8")
    with Server(folder / "s.db", "--token-file", folder / "token") as server:
        server.problem(401, "GET", API + "/stories")
        equal(server.get(API + "/stories", Authorization="Bearer " + token).status, 200)


def others_are_let_in_only_with_a_token(folder):
    db = store(folder)
    for words, said in ((("--listen", "0.0.0.0:0"), "token"), (("--listen", "[::]:0"), "token"), (("--listen", "nonsense"), "address"),
                        (("--listen", "127.0.0.1"), "address"), (("--listen", "127.0.0.1:99999"), "address"),
                        (("--listen", "::1:80"), "address"), (("--listen", ":80"), "address"), (("--rate", "x"), "--rate"),
                        (("--rate", "-1"), "--rate"), (("--jobs", "0"), "--jobs"), (("--token-file", "/nothing"), "/nothing"),
                        (("extra",), "extra")):
        result = runut("--db", db, "serve", *words)
        equal((result.status, result.out), (2, ""))
        holds(result.err, said)
    result = runut("--db", db, "serve", "--listen", "127.0.0.1:0", "--host", "desk.example")
    equal(result.status, 2)
    result = runut("--db", db, "serve", "--listen", "0.0.0.0:0", env={"RUNUT_TOKEN": "short"})
    equal(result.status, 2)
    token = "a-token-of-more-than-16"
    with Server(db, listen="0.0.0.0:0", env={"RUNUT_TOKEN": token}) as server:
        for host in (f"127.0.0.1:{server.port}", f"192.0.2.7:{server.port}", f"localhost:{server.port}"):
            equal(server.get(API + "/stories", Host=host, Authorization="Bearer " + token).status, 200)
        server.problem(421, "GET", "/", {"Host": f"evil.example:{server.port}"})
    with Server(db, "--host", "desk.example", listen="0.0.0.0:0", env={"RUNUT_TOKEN": token}) as server:
        equal(server.get("/", Host="desk.example").status, 200)
        equal(server.get("/", Host=f"desk.example:{server.port}").status, 200)


def it_listens_on_ipv6_too(folder):
    db = store(folder)
    try:
        socket.socket(socket.AF_INET6).bind(("::1", 0))
    except OSError:
        return
    with Server(db, listen="[::1]:0") as server:
        equal(server.line, f"runut serves {db} at http://[::1]:{server.port}/\n")
        equal(server.json(API + "/health")["articles"], 30)
        server.problem(421, "GET", "/", {"Host": f"127.0.0.1:{server.port}"})


def a_port_in_use_is_said(folder):
    db = store(folder)
    with Server(db) as server:
        result = runut("--db", db, "serve", "--listen", f"127.0.0.1:{server.port}")
        equal((result.status, result.out), (3, ""))
        holds(result.err, "in use")


def a_store_that_is_not_there_is_made(folder):
    with Server(folder / "new.db") as server:
        health = server.json(API + "/health")
        equal((health["articles"], health["stories"]), (0, 0))
        for listing in ("/stories", "/articles", "/quotes", "/search?words=x"):
            equal(server.json(API + listing), {"items": [], "next": None})
        server.problem(404, "GET", API + "/stories/s1")
    result = runut("--db", folder / "none.db", "serve", "--read-only", "--listen", "127.0.0.1:0")
    equal((result.status, result.out), (3, ""))
    assert not (folder / "none.db").exists()
    result = runut("--db", folder / "no" / "folder.db", "serve", "--listen", "127.0.0.1:0")
    equal((result.status, result.out), (3, ""))


def a_store_that_only_reads_says_so(folder):
    with Server(store(folder), "--read-only") as server:
        equal(server.json(API + "/health")["writable"], False)


def what_others_add_is_served(folder):
    db = store(folder)
    with Server(db) as server:
        before = server.get(API + "/health").json()
        (folder / "new.txt").write_text("Kebakaran di Pasar Contoh\n\nContohville, 3 Mei 2021 - Api membakar dua belas kios di Pasar Contoh "
                                        "pada Senin malam, kata kepala pemadam Budi Contoh.\n", encoding="utf-8")
        equal(runut("--db", db, "add", "-q", folder / "new.txt").status, 0)
        equal(server.json(API + "/health")["articles"], before["articles"] + 1)


def a_store_that_goes_away_or_is_another_one_is_told(folder):
    db = store(folder)
    with Server(db) as server:
        equal(server.json(API + "/health")["articles"], 30)
        for path in folder.glob("s.db*"):
            path.rename(folder / ("away-" + path.name))
        server.problem(500, "GET", API + "/stories/s1")
        equal(server.get("/").status, 200)
        runut("--db", folder / "s.db", "stories")
        runut("--db", folder / "s.db", "add", "-q", folder / "s.db-not-there")
        if db.exists():
            equal(server.json(API + "/health")["articles"], 0)
            for path in folder.glob("s.db*"):
                path.unlink()
        for path in folder.glob("away-*"):
            path.rename(folder / path.name.removeprefix("away-"))
        equal(server.json(API + "/health")["articles"], 30)
        db.write_bytes(b"this is no store " * 1000)
        for _ in range(5):
            assert server.get(API + "/stories/s1").status in (200, 500)
        equal(server.get("/").status, 200)


def a_client_that_goes_away_or_sends_half_does_no_harm(folder):
    with Server(store(folder)) as server:
        line = b"GET " + API.encode() + b"/stories/s3 HTTP/1.1\r\n"
        for i in range(60):
            with socket.create_connection((server.host, server.port)) as s:
                s.sendall((line + server.host_line() + b"\r\n")[:None if i % 2 else i])
        equal(server.json(API + "/health")["status"], "ok")


def many_ask_at_the_same_time(folder):
    with Server(store(folder), "--rate", "0") as server:
        paths = [API + p for p in ("/stories/s3", "/events/e4", "/articles/a5", "/stories", "/search?words=presiden", "/compare?a=a5&b=a6")]
        wanted = {path: server.get(path).body for path in paths}

        def one(i):
            connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
            for k in range(10):
                path = paths[(i + k) % len(paths)]
                reply = server.ask("GET", path, connection=connection)
                equal((reply.status, reply.body), (200, wanted[path]))
            connection.close()
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            list(pool.map(one, range(48)))


def it_finishes_what_is_in_hand_when_it_is_stopped(folder):
    with Server(store(folder), "--rate", "0") as server:
        request = b"GET " + API.encode() + b"/stories/s3 HTTP/1.1\r\n" + server.host_line() + b"\r\n"
        open_ones = [socket.create_connection((server.host, server.port), timeout=60) for _ in range(20)]
        idle = socket.create_connection((server.host, server.port), timeout=60)
        for s in open_ones:
            s.sendall(request * 5)
        time.sleep(0.05)
        start = time.monotonic()
        equal(server.stop(), 0)
        assert time.monotonic() - start < 10
        for s in open_ones:  # whatever was answered is whole
            got = b""
            try:
                while chunk := s.recv(65536):
                    got += chunk
            except ConnectionResetError:
                pass
            s.close()
            for part in got.split(b"HTTP/1.1 ")[1:]:
                head, _, body = part.partition(b"\r\n\r\n")
                size = int([line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")][0].split(b":")[1])
                equal(len(body), size)
        idle.close()


main([value for name, value in list(globals().items())
      if callable(value) and getattr(value, "__module__", "") == "__main__"])
