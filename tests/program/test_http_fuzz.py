#!/usr/bin/env python3
"""`runut serve` under requests that nobody means: made from the document and then bent, and valid ones with broken bytes.

Whatever comes, the server lives, its answers are as documented, it never fails (5xx but the documented 503), and its memory
stays where it was. RUNUT_FUZZ_SECONDS (20) says for how long, RUNUT_FUZZ_SEED what is tried.
"""
import json
import os
import random
import re
import socket
import time
import urllib.parse

from documented import API, DOCUMENT, Server, check, multipart, operations, parameters_of, strictly
from serving import CAPTURES, store
from tap import main

SECONDS = float(os.environ.get("RUNUT_FUZZ_SECONDS", "20"))
SEED = int(os.environ.get("RUNUT_FUZZ_SEED", "1"))
ROOM = 400_000  # kilobytes that it may grow by
ASAN = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=16"}  # else it keeps what is freed

ODD = ["", " ", "0", "-1", "1e9", "4294967296", "18446744073709551616", "null", "true", "e", "s0", "a0", "s-1", "e99999999999", "a1",
       "2023-13-45", "0000-00-00", "9999-99", "10000", "2023-02-29", "%", "%00", "%ff", "\x00", "\n", "\r\nX: y", "\x7f", "\u202e", "\ufeff",
       "é", "É", "ß", "İ", "ﬁ", "中文", "\U0001f6a2", "\u0301" * 50, "x" * 3000, "\U0001f6a2" * 700, "'", '"', '"a b', "\\", "a\\", "*", "a*",
       "NEAR(a b)", "AND", "OR", "NOT x", "^a", "a:b", "{a b}: c", "a + b", "- a", "(" * 300, ")" * 3, "'; DROP TABLE article; --", "%s%n",
       "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "..%2f..", "<script>", "a" + " a" * 900, " ".join(f"w{i}" for i in range(500)),
       "kapal", "Guntur", "id", "Pesisir Kini", "Mongolia", "Vanuatu", "2023", "2023-08-17"]
FIELDS = [("If-None-Match", '"x"'), ("If-None-Match", "*"), ("If-None-Match", '"' + "x" * 999), ("Accept", "text/html"), ("Accept", "x" * 500),
          ("Accept-Encoding", "gzip;q=0, *;q=9"), ("Range", "bytes=0-1"), ("Range", "bytes=9-1,2"), ("Last-Event-ID", "x"),
          ("Content-Type", "application/json"), ("Cookie", "runut=" + "x" * 300), ("Cookie", "; =;;a"), ("Authorization", "Bearer x"),
          ("Origin", "null"), ("Origin", "http://x"), ("X-Forwarded-For", "1.2.3.4"), ("X-HTTP-Method-Override", "DELETE"), ("Expect", "x"),
          ("If-Modified-Since", "yesterday"), ("Transfer-Encoding", "identity"), ("Upgrade", "websocket"), ("TE", "trailers"), ("X-Y", "ü")]


def bend(r, text):
    """The text with something done to it."""
    what = r.randrange(7)
    at = r.randrange(len(text) + 1)
    if what == 0:
        return text[:at] + r.choice(ODD) + text[at:]
    if what == 1:
        return text[:at] + text[at + 1 + r.randrange(3):]
    if what == 2:
        return text[:at] + chr(r.choice((r.randrange(128), r.randrange(0xD800), r.randrange(0xE000, 0x110000)))) + text[at:]
    if what == 3:
        return text * r.choice((2, 50))
    if what == 4:
        return text.swapcase()
    if what == 5:
        return text[::-1]
    return text + str(r.randrange(10**r.randrange(1, 20)))


def value_of(r, p, seen):
    """Something for the parameter: mostly as documented, else bent or odd."""
    schema = p["schema"]
    good = [str(v) for v in schema.get("examples", []) + schema.get("enum", [])] + [str(schema.get(k)) for k in ("minimum", "maximum") if k in schema]
    good += seen.get(p["name"], [])
    what = r.random()
    if good and what < 0.5:
        return r.choice(good)
    if good and what < 0.75:
        return bend(r, r.choice(good))
    return r.choice(ODD)


def quoted(r, text):
    out = urllib.parse.quote(text.encode("utf-8", "surrogatepass"), safe="" if r.random() < 0.9 else "/%&=+")
    return bend(r, out).encode("ascii", "ignore").decode() if r.random() < 0.03 else out


def made(r, path, operation, seen):
    """(path, query) of a request that the document more or less tells of."""
    query = []
    for p in parameters_of(path, operation):
        if p["in"] == "path":
            path = path.replace("{" + p["name"] + "}", quoted(r, value_of(r, p, seen)) or "x")
        elif p["in"] == "query" and (p.get("required") and r.random() < 0.95 or r.random() < 0.25):
            query += [p["name"] + "=" + quoted(r, value_of(r, p, seen))] * (2 if r.random() < 0.02 else 1)
    if r.random() < 0.05:
        query.append(quoted(r, r.choice(ODD)) + "=" + quoted(r, r.choice(ODD)))
    r.shuffle(query)
    return re.sub(r"[^!-~]", "", path), re.sub(r"[^!-~]", "", ("?" + "&".join(query)) if query else "")


def remember(seen, answer):
    """Cursors and names of answers, to ask with."""
    if answer.status != 200 or not answer.kind.endswith("/json") or not answer.body:
        return
    body = answer.json()
    for key, value in (("after", body.get("next")), *((k, i.get(k)) for i in body.get("items", []) for k in ("article", "event", "story", "value"))):
        if isinstance(value, str) and value not in seen.setdefault(key, []):
            seen[key] = seen[key][-30:] + [value]


class Watch:
    """The server's health before, meanwhile and after."""

    def __init__(self, server, what):
        self.server, self.what, self.sent = server, what, 0
        for _ in range(20):
            server.ask("GET", API + "/stories")
        self.before = server.memory()

    def sent_one(self):
        self.sent += 1
        if self.sent % 200 == 0:
            self.alive()

    def alive(self):
        assert self.server.process.poll() is None, self.server.process.returncode
        answer = self.server.get("/health")
        assert answer.status in (200, 429, 503), answer

    def over(self):
        self.alive()
        grown = self.server.memory() - self.before
        print(f"# {self.what}: {self.sent} requests, grown by {grown} KB")
        assert grown < ROOM, f"grown by {grown} KB"
        assert self.sent > 50, self.sent


def served(folder):
    return Server(store(folder), "--rate", 100000, env=ASAN)


def shown(method, target, answer):
    return f"seed {SEED}: {method} {target[:1500]}\n{answer!r}"


def requests_made_from_the_document(folder):
    r, seen, kinds = random.Random(SEED), {}, {}
    all_of = [(m, p, o) for m, p, _, o in operations() if p != "/news" and m == "GET"]
    with served(folder) as s:
        watch, end = Watch(s, "from the document"), time.monotonic() + SECONDS * 0.5
        while time.monotonic() < end:
            method, path, operation = r.choice(all_of)
            path, query = made(r, path, operation, seen)
            method = r.choice(("HEAD", "POST", "DELETE", "PUT", "OPTIONS", "BREW")) if r.random() < 0.04 else method
            fields = [r.choice(FIELDS)] if r.random() < 0.15 else []
            try:
                answer = s.ask(method, API + path + query, fields=fields_of(fields))
                if method in ("GET", "HEAD"):
                    check(method, urllib.parse.urlsplit(path).path, answer)
                remember(seen, answer)
            except Exception as error:
                raise AssertionError(f"seed {SEED}: {method} {path}{query[:1500]} {fields}") from error
            assert answer.status < 500 or answer.status == 503, shown(method, path + query, answer)
            kinds[answer.status] = kinds.get(answer.status, 0) + 1
            watch.sent_one()
        watch.over()
        print(f"# statuses {dict(sorted(kinds.items()))}")
        assert kinds.get(200, 0) > watch.sent / 10 and kinds.get(400, 0) > watch.sent / 20, kinds


def fields_of(pairs):
    return {name.encode("utf-8").decode("latin-1"): value.encode("utf-8").decode("latin-1") for name, value in pairs}


# ---- bodies ----

def body_of(r):
    """(body, Content-Type): a capture or several, sound or broken."""
    captures = [p.read_bytes() for p in sorted(CAPTURES.iterdir())]
    content = DOCUMENT["paths"]["/articles"]["post"]["requestBody"]["content"]
    kind = r.choice(list(content))
    if kind == "multipart/form-data":
        files = [(r.choice(["a.txt", "b/../c.html", "", "x" * 300, "\u202e.txt", "é.txt", 'q".txt', "-"]).replace('"', "%22"), broken(r, r.choice(captures)))
                 for _ in range(r.randrange(5))]
        body, kind = multipart(*files)
        if r.random() < 0.5:
            body = broken(r, body)
        if r.random() < 0.2:
            kind = kind.replace("edge", r.choice(["", "Edge", '"edge', "é", "x" * 80]))
        return body, kind
    example = content[kind].get("example", "")
    return broken(r, r.choice([*captures, (example if isinstance(example, str) else json.dumps(example)).encode()])), kind


def broken(r, text):
    if r.random() < 0.4:
        return text
    out = bytearray(text)
    for _ in range(r.randrange(1, 6)):
        at, what = r.randrange(len(out) + 1), r.randrange(5)
        if what == 0:
            out[at:at + 1] = bytes([r.randrange(256)])
        elif what == 1:
            del out[at:at + r.randrange(200)]
        elif what == 2:
            out[at:at] = r.choice(ODD).encode()
        elif what == 3:
            out[at:at] = out[r.randrange(len(out) + 1):][:r.randrange(400)]
        else:
            del out[at:]
    return bytes(out)


def bodies_of_all_kinds(folder):
    r = random.Random(SEED + 1)
    with Server(folder / "s.db", "--rate", 100000, env=ASAN) as s:
        watch, end = Watch(s, "bodies"), time.monotonic() + SECONDS * 0.2
        while time.monotonic() < end or watch.sent < 60:
            body, kind = body_of(r)
            name = "?name=" + quoted(r, r.choice(ODD)) if r.random() < 0.2 else ""
            path = r.choice(["/articles"] * 9 + ["/session"])
            try:
                answer = s.ask("POST", API + path + name, body=body, fields=fields_of([("Content-Type", kind)]))
                check("POST", path, answer)
            except Exception as error:
                (folder / "body").write_bytes(body)
                raise AssertionError(f"seed {SEED}: POST {path}{name} {kind} {body[:1500]!r}") from error
            assert answer.status < 500 or answer.status == 503, shown("POST", path + name, answer)
            watch.sent_one()
        watch.over()


# ---- bytes ----

def sound_requests(port):
    host = f"Host: 127.0.0.1:{port}\r\n".encode()
    base = API.encode()
    body, kind = multipart(("a.txt", b"Kapal Contoh\n\nKapal contoh tiba.\n"))
    out = [b"GET %s/%s HTTP/1.1\r\n%s%s\r\n" % (base, what, host, more)
           for what in (b"stories", b"search?words=kapal&limit=2", b"articles/a5", b"compare?a=a5&b=a6", b"health")
           for more in (b"", b"Accept: */*\r\nConnection: close\r\n", b'If-None-Match: "x"\r\n')]
    out.append(b"POST %s/articles HTTP/1.1\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (base, host, kind.encode(), len(body), body))
    out.append(b"POST %s/articles HTTP/1.1\r\n%sContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nKapal\r\n4\r\n\n\nab\r\n0\r\n\r\n"
               % (base, host))
    out.append(b"POST %s/session HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"token\": \"\"}" % (base, host))
    out.append(out[0] + out[3] + out[6])  # one behind the other
    return out


def twist(r, text):
    """Bytes of a request with something broken."""
    out = bytearray(text)
    for _ in range(r.randrange(1, 4)):
        what, at = r.randrange(11), r.randrange(len(out) + 1)
        lines = bytes(out).split(b"\r\n")
        line = r.randrange(len(lines))
        if what == 0:
            out[at:at + 1] = bytes([r.randrange(256)])
        elif what == 1:
            del out[at:at + 1 + r.randrange(20)]
        elif what == 2:
            out[at:at] = bytes([r.randrange(256)]) * r.choice((1, 2, 5000))
        elif what == 3:
            out = bytearray(b"\r\n".join(lines[:line] + [lines[line]] * 2 + lines[line + 1:]))
        elif what == 4:
            out = out.replace(b"\r\n", r.choice((b"\n", b"\r", b"\r\r\n", b"\r\n ")), r.choice((1, -1)))
        elif what == 5:
            out = bytearray(re.sub(rb"Content-Length: \d+", b"Content-Length: " + r.choice((b"-1", b"0", b"9", b"99999999999999999999", b"1, 2", b"+5",
                                                                                           b"0x9", b"", b"5 5")), bytes(out)))
        elif what == 6:
            lines.insert(line, r.choice((b"Content-Length: 5", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Host: x", b"Host:",
                                         b" folded", b": nameless", b"A" * 20000, b"X: " + b"y" * 70000, b"Expect: 100-continue", b"X\x00Y: z", b"X : y")))
            out = bytearray(b"\r\n".join(lines))
        elif what == 7:
            out = bytearray(re.sub(rb"HTTP/1.1", r.choice((b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.1 ", b"http/1.1", b"", b"HTTP/9999999999.1", b"X")), bytes(out), count=1))
        elif what == 8:
            del out[at:]
        elif what == 9:
            out = bytearray(re.sub(rb" /api/v1/", r.choice((b" ", b" //", b" *", b" http://x/", b" /api/v1/../", b" /api%2fv1/", b" \t/", b" /api/v1/%00", b" ?#/", b" /api/v1/" + b"a/" * 3000)),
                                   bytes(out), count=1))
        else:
            out = bytearray(re.sub(rb"\n5\r", b"\n" + r.choice((b"-5", b"FFFFFFFFFFFFFFFFF", b"5;x=y", b"g", b"", b"5" * 999, b"5 ")) + b"\r", bytes(out)))
    return bytes(out)


def check_bytes(text, sent):
    """All that came back is answers, one behind the other (the last one may be cut); none of them is a failure."""
    said = f"seed {SEED}: sent {sent[:3000]!r}\ncame {text[:2000]!r}"
    while text:
        head, there, rest = text.partition(b"\r\n\r\n")
        m = re.match(rb"HTTP/1\.[01] (\d{3}) [^\r\n]*\r\n", head + b"\r\n")
        assert m, said
        status, size = int(m[1]), re.search(rb"(?i)\ncontent-length: (\d+)", head)
        assert status < 500 or status in (501, 503, 505), said
        size = 0 if status < 200 or status in (204, 304) or b"HEAD" in sent else int(size[1]) if size else len(rest)
        if there and status >= 400 and b"\nContent-Type" not in head:
            return  # what is hardly HTTP is refused by the HTTP library itself, in its own words
        if there and status >= 400 and len(rest) >= size > 0:
            assert b"application/problem+json" in head and strictly(rest[:size])["status"] == status, said
        text = rest[size:]


def bytes_that_are_almost_requests(folder):
    r = random.Random(SEED + 2)
    with served(folder) as s:
        sound = sound_requests(s.port)
        for text in sound:
            assert re.match(rb"HTTP/1.1 [234]", s.raw(text)), text
        watch, end = Watch(s, "bytes"), time.monotonic() + SECONDS * 0.2
        while time.monotonic() < end or watch.sent < 60:
            sent = []
            for _ in range(40):  # many at one time, since some wait for what never comes
                text, connection = twist(r, r.choice(sound)), socket.create_connection((s.host, s.port), timeout=30)
                sent.append((text, connection))
                try:
                    connection.sendall(text)
                except OSError:
                    pass  # answered before all of it was there
                watch.sent_one()
            s.get("/health")
            time.sleep(0.2)
            for text, connection in sent:
                check_bytes(what_came(connection), text)
        watch.over()


def what_came(connection):
    out = b""
    connection.setblocking(False)
    try:
        while part := connection.recv(65536):
            out += part
    except OSError:
        pass  # nothing more at this time
    connection.close()
    return out


def connections_that_break_off(folder):
    """Clients that send a part, read nothing, go away in the middle; many at one time."""
    r = random.Random(SEED + 3)
    with served(folder) as s:
        sound = sound_requests(s.port) + [b"GET %s/news HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (API.encode(), s.port),
                                          b"GET %s/export HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (API.encode(), s.port)] * 3
        watch, end, held = Watch(s, "broken off"), time.monotonic() + SECONDS * 0.1, []
        while time.monotonic() < end or watch.sent < 60:
            text = r.choice(sound)
            connection = socket.create_connection((s.host, s.port), timeout=30)
            try:
                connection.sendall(text[:r.choice((len(text), r.randrange(1, len(text) + 1)))])
                if r.random() < 0.3:
                    connection.settimeout(0.05)
                    connection.recv(r.choice((1, 100, 9999)))
            except OSError:
                pass
            held.append(connection)
            while len(held) > r.randrange(1, 60):
                held.pop(r.randrange(len(held))).close()
            watch.sent_one()
        for connection in held:
            connection.close()
        watch.over()


main([requests_made_from_the_document, bodies_of_all_kinds, bytes_that_are_almost_requests, connections_that_break_off])
