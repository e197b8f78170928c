#!/usr/bin/env python3
"""POST /articles: what is uploaded is stored, whatever it comes in, or is refused with a reason and leaves nothing."""
import gzip
import io
import json
import os
import resource
import signal
import socket
import threading
import time
import zipfile

from uploading import Server, form, page, record, report
from tap import equal, holds, main, runut


def left_over(folder):
    """Files of uploads that are still there; given a moment, since the server removes them behind the client's back."""
    for _ in range(200):
        left = [p for p in (folder / "tmp").glob("runut-uploads-*/**/*")]
        if not left:
            break
        time.sleep(0.05)
    return left


def each_kind_of_body_is_stored(folder):
    with Server(folder / "s.db") as server:
        bodies = [("text/html; charset=utf-8", page(1)), ("text/plain", report(2)), ("application/json", record(3)),
                  ("application/x-ndjson", record(4) + "\n" + record(5) + "\n"),
                  ("application/octet-stream", gzip.compress(report(6).encode())), ("TEXT/PLAIN", report(7))]
        for number, (kind, body) in enumerate(bodies):
            answer = server.upload(body, kind, query=f"?name=capture-{number}")
            equal((answer["stored"], answer["known"], answer["rejected"]), (2 if "ndjson" in kind else 1, 0, 0))
            equal([item["file"] for item in answer["items"]], [f"capture-{number}"] * answer["stored"])
        equal(server.articles(), 7)
        item = server.upload(record(3), "application/json")["items"][0]
        equal((item["status"], item["file"], item["id"]), ("known", "upload", "r3"))
        equal(server.get("/api/v1/articles/" + item["article"]).json()["id"], "r3")
        equal(left_over(folder), [])


def an_item_has_what_add_tells(folder):
    with Server(folder / "s.db") as server:
        answer = server.form([("lines.jsonl", record(1) + "\n{broken\n" + record(2))])
        equal((answer["stored"], answer["known"], answer["rejected"]), (2, 0, 1))
        first, broken, second = answer["items"]
        equal(first, {"status": "stored", "file": "lines.jsonl", "record": 1, "id": "r1", "article": "a1",
                      "headline": "Kapal Nomor 1 Kandas di Ambon Merak"})
        equal((broken["status"], broken["file"], broken["record"]), ("rejected", "lines.jsonl", 2))
        holds(broken["error"], "broken JSON")
        assert broken["byte"] > 0
        equal((second["article"], second["record"]), ("a2", 3))


def names_are_labels_and_nothing_else(folder):
    names = ["saved/page.html", "../../../etc/passwd", "/etc/shadow", "na\u00efve \u20ac.txt", "a12", "-", "..", "C:\\x\\y.txt",
             "x" * 3000 + ".html"]
    with Server(folder / "s.db") as server:
        answer = server.form([(name, report(n)) for n, name in enumerate(names)])
        files = [item["file"] for item in answer["items"]]
        equal(files[:-1], names[:-1])
        equal((files[-1][0], files[-1][-9:], len(files[-1].encode()) < 520), ("\u2026", "xxxx.html", True))
        equal(server.json("/api/v1/articles/a2")["file"], "../../../etc/passwd")
        answer = server.upload(*form([("say %22hi%22%0A\x1b[31m.txt".replace("\x1b", "%1B"), report(20))]))
        equal(answer["items"][0]["file"], 'say "hi"\n%1B[31m.txt')
    shown = runut("--db", folder / "s.db", "article", "a10")
    equal(shown.status, 0)


def an_archive_is_told_by_its_own_name(folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/a.txt", report(1))
        archive.writestr("../b.html", page(2))
    with Server(folder / "s.db") as server:
        answer = server.form([("pages.zip", packed.getvalue())])
        equal([item["file"] for item in answer["items"]], ["pages.zip/in/a.txt", "pages.zip/../b.html"])
        answer = server.upload(packed.getvalue(), "application/zip", query="?name=x.zip")
        equal([(item["status"], item["file"]) for item in answer["items"]],
              [("known", "x.zip/in/a.txt"), ("known", "x.zip/../b.html")])


def a_form_may_be_odd(folder):
    with Server(folder / "s.db") as server:
        for number, boundary in enumerate(["----WebKitFormBoundaryx", "'()+_,-./:=?", "a b", "-", "x" * 70]):
            equal(server.form([("a.txt", report(number)), (None, "a field")], boundary=boundary)["stored"], 1)
        body, kind = form([("a.txt", report(10) + "\r\n\r\n--a-boundar\r\n-"), ("", ""), ("b.txt", "\r\n" + report(11))])
        equal(server.upload(b"preamble\r\n" + body + b"epilogue", kind)["stored"], 2)
        name = b'Content-Disposition: form-data; name="f"; filename="old"; filename*=UTF-8\'\'n%C3%A9w.txt'
        body = b"--b\r\n" + name + b"\r\nContent-Type: text/plain\r\n\r\n" + report(12).encode() + b"\r\n--b--"
        equal(server.upload(body, "multipart/form-data; boundary=b")["items"][0]["file"], "n\u00e9w.txt")


def a_body_may_come_byte_by_byte(folder):
    body, kind = form([("a.txt", report(1)), ("b.txt", report(2))])
    with Server(folder / "s.db") as server:
        with server.begin(server.head(len(body), kind)) as s:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for at in range(len(body)):
                s.sendall(body[at:at + 1])
            answer = b"".join(iter(lambda: s.recv(65536), b""))
        holds(answer.decode(), '"stored":2')


def broken_uploads_are_refused_and_leave_nothing(folder):
    body, kind = form([("a.txt", report(1)), ("b.txt", report(2))])
    with Server(folder / "s.db") as server:
        for broken in (body[:-10], body[:len(body) // 2], b"no form", body.replace(b"\r\n\r\n", b"\r\nnonsense\r\n\r\n", 1)):
            holds(server.upload(broken, kind, 400)["detail"], "the form is broken")
        server.upload(body, "multipart/form-data", 400)
        holds(server.form([(None, "a field")], 400)["detail"], "no file")
        holds(server.form([("", "")], 400)["detail"], "no file")
        server.upload(b"", "text/plain", 400)
        for kind in ("image/png", "application/x-www-form-urlencoded", "text/htmlx", ""):
            server.upload(b"x", kind, 415)
        server.upload(*form([("a.txt", "x")]), 400, "?name=x")
        server.upload(b"x", "text/plain", 400, "?nome=x")
        equal(server.articles(), 0)
        equal(left_over(folder), [])
        equal(server.upload("", "text/plain", 400)["title"], "Bad Request")
        answer = server.form([("empty.txt", ""), ("a.txt", report(1))])
        equal([item["status"] for item in answer["items"]], ["rejected", "stored"])


def who_hangs_up_leaves_nothing(folder):
    body, kind = form([("a.txt", report(1) * 300), ("b.txt", report(2))])
    with Server(folder / "s.db") as server:
        for part in (0, 10, len(body) // 2, len(body) - 1):
            server.begin(server.head(len(body), kind) + body[:part]).close()
        equal(left_over(folder), [])
        equal(server.articles(), 0)
        equal(server.upload(body, kind)["stored"], 2)


def ten_thousand_files_fit_and_no_more(folder):
    many = [(f"{n}.txt", f"{n}") for n in range(10000)]
    with Server(folder / "s.db") as server:
        answer = server.form(many[:-1] + [("last.txt", report(1))])
        equal((answer["stored"], answer["rejected"], len(answer["items"])), (1, 9999, 10000))
        equal(answer["items"][-1]["file"], "last.txt")
        holds(server.form(many + [("one.txt", "x")], 413)["detail"], "10000 files")
        equal(left_over(folder), [])
        answer = server.upload('{"a":1}\n' * 10001, "application/x-ndjson")
        equal((answer["rejected"], len(answer["items"]), answer["unlisted"]), (10001, 10000, 1))


def too_large_is_refused_before_it_comes(folder):
    with Server(folder / "s.db") as server:
        with server.begin(server.head(257 << 20, "text/plain")) as s:
            holds(s.recv(65536).decode(), "413")
        equal(left_over(folder), [])


def what_is_no_file_is_not_kept_and_takes_no_memory(folder):
    body, kind = form([(None, b"x" * (100 << 20)), ("a.txt", report(1))])
    with Server(folder / "s.db") as server:
        equal(server.upload(body, kind)["stored"], 1)
        with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
            peak = int(next(line for line in status if line.startswith("VmHWM")).split()[1])
        sanitized = os.environ.get("RUNUT_KILLS") == "4"
        assert peak < 100 << 10 or sanitized, f"{peak} KiB"


def many_upload_at_the_same_time(folder):
    answers = []
    with Server(folder / "s.db") as server:
        def one(number):
            answers.append(server.form([(f"{number}-{k}.txt", report(10 * number + k)) for k in range(3)]))
        threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        equal(sorted(len(a["items"]) for a in answers), [3] * 20)
        for answer in answers:  # each has its own items
            equal(len({item["file"].split("-")[0] for item in answer["items"]}), 1)
        equal(sum(a["stored"] for a in answers), 60)
        equal(server.articles(), 60)
        equal(left_over(folder), [])


def too_many_at_a_time_are_told_to_come_later(folder):
    body, kind = form([("a.txt", report(1))])
    with Server(folder / "s.db", "--rate", "0") as server:
        begun = [server.begin(server.head(len(body), kind) + body[:-1]) for _ in range(64)]
        for _ in range(200):
            waiting = server.get("/api/v1/metrics").body.decode()
            if "runut_uploads_waiting 64" in waiting:
                break
            time.sleep(0.05)
        holds(waiting, "runut_uploads_waiting 64")
        reply = server.problem(503, "POST", "/api/v1/articles", {"Content-Type": kind}, body)
        assert int(reply.headers["Retry-After"]) > 0
        for s in begun:
            s.sendall(body[-1:])
        for s in begun:
            holds(b"".join(iter(lambda s=s: s.recv(65536), b"")).decode(), "200 OK")
            s.close()
        equal((server.articles(), left_over(folder)), (1, []))
        equal(server.upload(body, kind)["known"], 1)


def another_process_may_add_in_between(folder):
    (folder / "other.jsonl").write_text("\n".join(record(n) for n in range(100, 120)), encoding="utf-8")
    with Server(folder / "s.db") as server:
        server.form([("a.txt", report(1))])
        done = []
        thread = threading.Thread(target=lambda: done.append(runut("--db", folder / "s.db", "add", "-q", folder / "other.jsonl")))
        thread.start()
        for number in range(10):
            equal(server.form([("a.txt", report(2 + number))])["stored"], 1)
        thread.join()
        equal(done[0].status, 0)
        equal(server.articles(), 31)
    lines = [json.loads(line) for line in runut("--db", folder / "s.db", "export").out.splitlines()]
    equal(len(lines), 31)
    assert all(line["event"] and line["story"] for line in lines)


def a_server_that_only_reads_refuses(folder):
    with Server(folder / "s.db"):
        pass
    with Server(folder / "s.db", "--read-only") as server:
        holds(server.upload(report(1), "text/plain", 403)["detail"], "only reads")
        equal(server.articles(), 0)
        equal(server.json("/api/v1/health")["writable"], False)


def a_full_disk_stores_nothing(folder):
    with Server(folder / "s.db"):
        pass
    # a limit on the size of files stands for the disk's end; Python leaves the signal ignored
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)), "restore_signals": False}
    with Server(folder / "s.db", **limit) as server:
        answer = server.upload(report(1) * 4000, "text/plain", 507)
        holds(answer["detail"], "no room")
        answer = server.form([("a.txt", report(2)), ("b.txt", report(1) * 4000)], 507)
        equal(server.articles(), 0)
        equal(left_over(folder), [])
        equal(server.form([("a.txt", report(2))])["stored"], 1)


def what_a_killed_server_left_is_cleared_away(folder):
    with Server(folder / "s.db") as server:
        with server.begin(server.head(100000, "text/plain") + b"x" * 50000):
            while not list((folder / "tmp").glob("runut-uploads-*/*/*")):
                time.sleep(0.01)
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
    (left,) = (folder / "tmp").glob("runut-uploads-*")
    (folder / "tmp" / "runut-uploads-of-mine").write_text("a file")
    (folder / "tmp" / "runut-uploads-link").symlink_to(folder)
    os.utime(left, (0, 0))
    with Server(folder / "s.db") as server:
        server.form([("a.txt", report(1))])
        assert not left.exists()
        with Server(folder / "s.db") as other:  # what a living server has is left alone
            (mine,) = [p for p in (folder / "tmp").glob("runut-uploads-*") if p.is_dir() and not p.is_symlink()]
            os.utime(mine, (0, 0))
            other.form([("b.txt", report(2))])
            assert mine.exists()
            server.form([("c.txt", report(3))])
    equal(sorted(p.name for p in (folder / "tmp").iterdir()), ["runut-uploads-link", "runut-uploads-of-mine"])
    assert folder.exists() and (folder / "s.db").exists()


def a_stop_finishes_what_is_in_hand(folder):
    replies = []
    lines = "\n".join(record(n) for n in range(3000))
    with Server(folder / "s.db") as server:
        def send():
            replies.append(server.ask("POST", "/api/v1/articles", lines, {"Content-Type": "application/x-ndjson"}))
        thread = threading.Thread(target=send)
        thread.start()
        while not list((folder / "tmp").glob("runut-uploads-*/*/*")) and thread.is_alive():
            time.sleep(0.001)
        time.sleep(0.3)
    thread.join()
    told = replies[0].json()
    stored = told["stored"] if replies[0].status == 200 else int(told["detail"].split("(")[1].split()[0])
    counted = len(runut("--db", folder / "s.db", "export").out.splitlines())
    equal(counted, stored)
    equal(list((folder / "tmp").iterdir()), [])


main([each_kind_of_body_is_stored, an_item_has_what_add_tells, names_are_labels_and_nothing_else,
      an_archive_is_told_by_its_own_name, a_form_may_be_odd, a_body_may_come_byte_by_byte, broken_uploads_are_refused_and_leave_nothing, who_hangs_up_leaves_nothing,
      ten_thousand_files_fit_and_no_more, too_large_is_refused_before_it_comes,
      what_is_no_file_is_not_kept_and_takes_no_memory, many_upload_at_the_same_time,
      too_many_at_a_time_are_told_to_come_later, another_process_may_add_in_between, a_server_that_only_reads_refuses,
      a_full_disk_stores_nothing, what_a_killed_server_left_is_cleared_away,
      a_stop_finishes_what_is_in_hand])
