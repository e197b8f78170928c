#!/usr/bin/env python3
"""GET /news: what comes into the store is told as it comes, to whoever listens, once and in order."""
import http.client
import json
import threading
import time

from tap import equal, holds, main, runut
from uploading import WAIT, Server, record, report


class News:
    """A subscriber: events as they come."""

    def __init__(self, server, query="", source=None, **headers):
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=WAIT,
                                                     source_address=source and (source, 0))
        self.connection.request("GET", "/api/v1/news" + query, headers={k.replace("_", "-"): v for k, v in headers.items()})
        self.response = self.connection.getresponse()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.response.close()
        self.connection.close()

    def next(self):
        """(event, id, data) of the next event; (None, None, comment) of a comment; None at the end."""
        fields = {}
        while True:
            line = self.response.readline()
            if not line:
                return None
            line = line.decode().rstrip("\n")
            if line.startswith(":"):
                fields["comment"] = line
            elif line:
                name, _, value = line.partition(": ")
                assert name in ("event", "id", "data", "retry"), line
                fields[name] = value
            elif "comment" in fields:
                return None, None, fields["comment"]
            else:
                return fields["event"], fields.get("id"), json.loads(fields["data"])

    def articles(self, until):
        """The numbers of the articles that are told, up to that one; and the stories told on the way."""
        told, stories = [], set()
        while not told or told[-1] < until:
            kind, number, data = self.next()
            if kind == "article":
                equal(data["article"], f"a{number}")
                told.append(int(number))
            elif kind == "stories":
                stories |= set(data["stories"])
        return told, stories


def lines(first, behind):
    return "\n".join(record(n) for n in range(first, behind))


def who_comes_is_greeted_and_told_what_is_new(folder):
    with Server(folder / "s.db") as server:
        with News(server) as early:
            equal(early.response.status, 200)
            equal(early.response.headers["Content-Type"], "text/event-stream; charset=utf-8")
            equal(early.response.headers["Cache-Control"], "no-cache")
            equal(early.next(), ("hello", None, {"newest": 0, "articles": 0}))
            server.form([("a.txt", report(1))])
            kind, number, item = early.next()
            equal((kind, number, item["article"], item["headline"]), ("article", "1", "a1", "Kapal Nomor 1 Kandas di Ambon Merak"))
            kind, number, changed = early.next()
            equal((kind, number), ("stories", None))
            equal((changed["stories"], changed["events"]), ([item["story"]], [item["event"]]))
            (listed,) = server.json("/api/v1/articles")["items"]
            equal(item, listed)
            with News(server) as late:
                equal(late.next(), ("hello", None, {"newest": 1, "articles": 1}))
                server.upload(lines(2, 5), "application/x-ndjson")
                equal(late.articles(4)[0], [2, 3, 4])
            equal(early.articles(4)[0], [2, 3, 4])


def what_another_process_adds_is_told(folder):
    (folder / "other.jsonl").write_text(lines(0, 5), encoding="utf-8")
    equal(runut("--db", folder / "s.db", "add", "-q", "-", stdin=report(900).encode()).status, 0)
    with Server(folder / "s.db", "--read-only") as server:
        with News(server) as news:
            news.next()
            equal(runut("--db", folder / "s.db", "add", "-q", folder / "other.jsonl").status, 0)
            equal(news.articles(6)[0], [2, 3, 4, 5, 6])
            equal(news.next()[0], "stories")


def who_was_away_hears_what_was_missed(folder):
    with Server(folder / "s.db") as server:
        server.upload(lines(0, 120), "application/x-ndjson")
        for query, headers in (("?after=20", {}), ("", {"Last_Event_ID": "20"}), ("?after=100", {"Last_Event_ID": "20"}),
                               ("?after=20", {"Last_Event_ID": ""}), ("?after=20", {"Last_Event_ID": "x"})):
            with News(server, query, **headers) as news:
                equal(news.next(), ("hello", None, {"newest": 120, "articles": 120}))
                equal(news.articles(120)[0], list(range(21, 121)))
        for number, query in ((121, ""), (122, "?after=121"), (123, "?after=4000000000")):
            with News(server, query) as news:
                news.next()
                server.form([("a.txt", report(1000 + number))])
                equal(news.articles(number)[0], [number])
        with News(server, "?after=0") as news:
            news.next()
            equal(news.articles(123)[0], list(range(1, 124)))
        for query in ("?after=x", "?after=-1", "?after=", "?after=1&after=2", "?since=2024"):
            server.problem(400, "GET", "/api/v1/news" + query)


def two_hundred_may_listen(folder):
    with Server(folder / "s.db", "--rate", "0") as server:
        news = [News(server, source="127.0.0.2" if n < 120 else "127.0.0.3") for n in range(200)]
        for one in news:
            equal(one.next()[0], "hello")
        with News(server, source="127.0.0.4") as late:
            equal((late.response.status, late.response.headers["Content-Type"]), (503, "application/problem+json"))
            assert int(late.response.headers["Retry-After"]) > 0
        server.upload(lines(0, 3), "application/x-ndjson")
        for one in news:
            equal(one.articles(3)[0], [1, 2, 3])
        for one in news[:50]:
            one.__exit__()
        server.form([("a.txt", report(50))])
        for one in news[50:]:
            equal(one.articles(4)[0], [4])
        for _ in range(200):  # those who left make room
            with News(server, source="127.0.0.4") as late:
                if late.response.status == 200:
                    equal(late.next()[0], "hello")
                    break
            time.sleep(0.1)
        else:
            raise AssertionError("nobody has left")
        for one in news[50:]:
            one.__exit__()


def who_reads_slowly_holds_nobody_up(folder):
    long = " ".join(f"kata{n}" for n in range(300))
    with Server(folder / "s.db") as server:
        with News(server) as slow, News(server) as quick:
            slow.next()
            quick.next()
            for part in range(4):  # more than sockets and buffers hold
                body = "\n".join(record(n, abstract=f"{long} {n}") for n in range(500 * part, 500 * part + 500))
                server.upload(body, "application/x-ndjson")
            equal(quick.articles(2000)[0], list(range(1, 2001)))
            equal(server.articles(), 2000)
            equal(slow.articles(2000)[0], list(range(1, 2001)))


def silence_is_broken_now_and_then(folder):
    with Server(folder / "s.db") as server:
        with News(server) as news:
            news.next()
            start = time.monotonic()
            equal(news.next(), (None, None, ":"))
            assert 14 < time.monotonic() - start < 30, time.monotonic() - start


def a_stop_ends_all_streams(folder):
    with Server(folder / "s.db") as server:
        news = [News(server) for _ in range(5)]
        for one in news:
            one.next()
        start = time.monotonic()
        server.stop()
        assert time.monotonic() - start < 10
        for one in news:
            equal(one.next(), None)
            one.__exit__()


def a_head_gets_no_stream(folder):
    with Server(folder / "s.db") as server:
        reply = server.ask("HEAD", "/api/v1/news")
        equal((reply.status, reply.body, reply.headers["Content-Type"]), (200, b"", "text/event-stream; charset=utf-8"))
        server.problem(405, "POST", "/api/v1/news")


def listeners_come_and_go_while_all_is_busy(folder):
    failed = []
    with Server(folder / "s.db", "--rate", "0") as server:
        def listen():
            try:
                for _ in range(15):
                    with News(server, "?after=0") as news:
                        equal(news.next()[0], "hello")
                        news.articles(1)
            except Exception as why:  # told below
                failed.append(why)
        server.form([("first.txt", report(0))])
        threads = [threading.Thread(target=listen) for _ in range(8)]
        for thread in threads:
            thread.start()
        for number in range(1, 15):
            server.form([("a.txt", report(number))])
        for thread in threads:
            thread.join()
        equal(failed, [])
        holds(server.get("/api/v1/health").body.decode(), '"articles":15')


main([who_comes_is_greeted_and_told_what_is_new, what_another_process_adds_is_told, who_was_away_hears_what_was_missed,
      two_hundred_may_listen, who_reads_slowly_holds_nobody_up, silence_is_broken_now_and_then, a_stop_ends_all_streams,
      a_head_gets_no_stream, listeners_come_and_go_while_all_is_busy])
