#!/usr/bin/env python3
"""runut watch and several hosts, looks at pages again, networks that may be asked, and who else watches."""
import signal
import sqlite3
import subprocess
import threading
import time

from misbehaving import Answer, Web
from tap import RUNUT, equal, holds, main, runut
from watching import OTHER, WORDS, full, page, rss, statuses, stored, teaser, watch


def at(web, path):
    return next(when for asked, _, when in web.asked if asked == path)


def boat(n):
    return Answer(page(f"Kapal {n}", f"Kapal nomor {n} berlayar ke Pulau {n}{n}. " + OTHER), etag=f'"{n}"')


def change(folder, sql):
    db = sqlite3.connect(folder / "x.db-watch")
    db.execute(sql)
    db.commit()
    db.close()


# ---- several hosts ----


def a_slow_host_holds_up_no_other(folder):
    go = threading.Event()
    with Web() as slow, Web() as quick:
        slow.pages = {"/feed": rss(full("/1", "Jembatan dibuka")), "/robots.txt": Answer("", 404, wait=go)}
        quick.pages = {"/feed": rss(*(teaser(f"/{n}", f"Judul {n}") for n in range(3))), **{f"/{n}": boat(n) for n in range(3)}}
        quick.pages["/last"] = Answer(page("Jembatan lain"))
        timer = threading.Thread(target=lambda: (wait_for(quick, "/feed"), go.set()))
        timer.start()
        done = watch(folder, slow.url + "/feed", quick.url + "/feed")
        timer.join()
        equal(statuses(done), ["stored"] * 4)
        assert at(quick, "/feed") < at(slow, "/feed")


def wait_for(web, path, seconds=15):
    end = time.monotonic() + seconds
    while not any(asked == path for asked, _, _ in web.asked) and time.monotonic() < end:
        time.sleep(0.02)


def one_thing_at_a_time_of_a_host(folder):
    webs = [Web() for _ in range(3)]
    try:
        for web in webs:
            pause = threading.Event()
            web.pages = {"/feed": rss(*(teaser(f"/{n}", f"Judul {n}") for n in range(4))),
                         **{f"/{n}": Answer(page(f"Kapal {n}", f"Kapal {web.url} {n}. " + OTHER)) for n in range(4)}}
            pause.set()
        done = watch(folder, *(web.url + "/feed" for web in webs))
        equal(statuses(done), ["stored"] * 12)
        equal([web.most_at_once for web in webs], [1, 1, 1])
        equal([web.paths() for web in webs], [["/feed", "/0", "/1", "/2", "/3"]] * 3)
    finally:
        for web in webs:
            web.__exit__()


def what_is_added_together_is_in_order(folder):
    """The first host answers last, and its report is the first one all the same."""
    go = threading.Event()
    with Web() as one, Web() as two:
        one.pages = {"/1": Answer(page("Jembatan dibuka"), wait=go)}
        two.pages = {"/2": boat(2)}
        (folder / "feed.xml").write_text(rss(teaser(one.url + "/1"), teaser(two.url + "/2")).body.decode())
        timer = threading.Thread(target=lambda: (wait_for(two, "/2"), time.sleep(0.3), go.set()))
        timer.start()
        done = watch(folder, folder / "feed.xml")
        timer.join()
        equal([(n["article"], n["headline"]) for n in done.news], [("a1", "Jembatan dibuka"), ("a2", "Kapal 2")])


# ---- looking again ----


def reports_are_looked_at_again(folder):
    with Web() as web:
        web.pages = {"/feed": rss(teaser("/1"), etag='"f"'),
                     "/1": [boat(1), boat(1), Answer(page("Kapal 1", f"Kapal nomor 1 berlayar ke Pulau 11. {OTHER}Ditemukan. "), etag='"2"'),
                            Answer("", 500), Answer("", 404)]}
        equal(statuses(watch(folder, web.url + "/feed")), ["stored"])
        equal(statuses(watch(folder, web.url + "/feed")), [])
        equal(web.paths().count("/1"), 1)
        for wanted in [], ["version"], [], ["gone"], []:
            change(folder, "UPDATE page SET again = 1 WHERE again")
            equal(statuses(watch(folder, web.url + "/feed")), wanted)
        equal(web.paths().count("/1"), 5)
        equal(web.fields_of("/1")["If-None-Match"], '"2"')
        equal(stored(folder)[1]["replacesArticle"], "a1")


def ever_more_seldom(folder):
    with Web() as web:
        web.pages = {"/feed": rss(teaser("/1"), etag='"f"'), "/1": boat(1)}
        hours = []
        for _ in range(6):
            watch(folder, web.url + "/feed")
            with sqlite3.connect(folder / "x.db-watch") as db:
                (again,) = db.execute("SELECT again FROM page").fetchone()
            hours.append(round((again - time.time()) / 3600) if again else None)
            change(folder, "UPDATE page SET again = 1 WHERE again")
        equal(hours, [1, 2, 9, 12, 48, None])
        equal(web.paths().count("/1"), 6)


def that_may_be_turned_off(folder):
    with Web() as web:
        web.pages = {"/feed": rss(teaser("/1"), full("/2", "Jembatan dibuka")), "/1": boat(1)}
        watch(folder, web.url + "/feed", "--no-rechecks")
        with sqlite3.connect(folder / "x.db-watch") as db:
            equal(db.execute("SELECT again FROM page").fetchall(), [(0,), (0,)])


# ---- networks ----


def only_the_networks_that_are_named(folder):
    with Web({"/feed": rss(full("/1", "Rahasia dalam"))}) as inner, Web(host="127.0.0.2") as outer:
        port = inner.server.server_port
        forms = ["127.0.0.1", "localhost", "localhost.", "LOCALHOST", "[::1]", "0.0.0.0", "0", "2130706433", "0x7f000001", "0x7f.1",
                 "017700000001", "127.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
                 "127.0.0.3", "127.000.000.001", "%31%32%37.0.0.1", "①②⑦.0.0.1"]
        for n, form in enumerate(forms):
            outer.pages[f"/{n}"] = Answer("", 302, Location=f"http://{form}:{port}/feed")
        outer.pages["/feed"] = rss(full("/x", "Jembatan dibuka"))
        done = watch(folder, "--allow-networks", "127.0.0.2/32", outer.url + "/feed", inner.url + "/feed",
                     *(f"{outer.url}/{n}" for n in range(len(forms))), private=False)
        by_path = {n["url"].rsplit("/", 1)[1]: n for n in done.news}
        equal((by_path["x"]["status"], by_path["feed"]["status"]), ("stored", "refused"))
        for n, form in enumerate(forms):
            equal((form, by_path[str(n)]["status"] in ("refused", "failed")), (form, True))
        equal(inner.asked, [])
        equal(len(stored(folder)), 1)


def networks_are_read_with_care(folder):
    for bad in ("", "all", "127.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "fd00::/129", "10.0.0.0/8,", "10.0.0.0/8;fd00::/8", "::1/-1"):
        done = runut("watch", "--once", "--db", folder / "x.db", "--allow-networks", bad, "http://kabar.invalid/")
        equal((bad, done.status), (bad, 2))
    with Web({"/1": boat(1)}) as web:
        for n, good in enumerate(("127.0.0.0/8", "fd00::/8, 127.0.0.1", "0.0.0.0/0", "::ffff:127.0.0.0/104")):
            equal((good, statuses(watch(folder, "--allow-networks", good, web.url + "/1", private=False))), (good, [] if n else ["stored"]))


# ---- who else watches; what is kept ----


def two_watchers_are_told(folder):
    with Web({"/feed": rss(full("/1", "Jembatan dibuka"))}) as web:
        words = [RUNUT, "watch", "--allow-private", "--db", str(folder / "x.db"), web.url + "/feed"]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as first:
            first.stdout.readline()
            done = watch(folder, web.url + "/feed")
            equal(done.status, 3)
            holds(done.err, "another `runut watch`")
            first.send_signal(signal.SIGKILL)
        equal(watch(folder, web.url + "/feed").status, 0)


def robots_are_kept_for_a_day(folder):
    with Web({"/robots.txt": Answer("User-agent: *\nDisallow: /no\n"), "/1": boat(1), "/no": boat(2), "/2": boat(3)}) as web:
        watch(folder, web.url + "/1")
        equal(statuses(watch(folder, web.url + "/no", web.url + "/2")), ["refused", "stored"])
        equal([path for path, _, _ in web.asked], ["/robots.txt", "/1", "/2"])
        change(folder, "UPDATE robots SET until = 1")
        watch(folder, web.url + "/1")
        equal([path for path, _, _ in web.asked][3:], ["/robots.txt", "/1"])


# ---- ended at any time ----


def phases(folder, end):
    """Ends a watcher as it waits for robots.txt, a feed, a page: all at the same time. The next run has all that there is."""
    started = []
    for path in "/robots.txt", "/feed", "/1":
        go, web = threading.Event(), Web()
        web.pages = {"/robots.txt": Answer("", 404), "/feed": rss(teaser("/0", "Judul 0"), teaser("/1", "Judul 1"), etag='"f"'),
                     "/0": boat(0), "/1": boat(1)}
        web.pages[path].wait = go
        part = folder / path[1:]
        part.mkdir()
        words = [RUNUT, "watch", "--json", "--allow-private", "--delay", "0", "--db", str(part / "x.db"), web.url + "/feed"]
        started.append((path, go, web, part, subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)))
    try:
        for path, _, web, _, _ in started:
            wait_for(web, path)
        for *_, process in started:
            process.send_signal(end)
        for path, go, web, part, process in started:
            out = process.communicate(timeout=20)[0].splitlines()
            equal((path, process.returncode), (path, 0 if end == signal.SIGTERM else -end))
            if end == signal.SIGTERM:
                equal((path, len(out)), (path, len(stored(part))))
            go.set()
            watch(part, web.url + "/feed")
            equal((path, sorted(a["headline"] for a in stored(part))), (path, ["Kapal 0", "Kapal 1"]))
    finally:
        for _, go, web, _, process in started:
            go.set()
            process.kill()
            process.wait()
            web.__exit__()


def sigterm_in_any_phase(folder):
    begin = time.monotonic()
    phases(folder, signal.SIGTERM)
    assert time.monotonic() - begin < 25


def sigkill_in_any_phase(folder):
    phases(folder, signal.SIGKILL)


main([test for test in list(globals().values())
      if callable(test) and getattr(test, "__module__", "") == "__main__"
      and test.__code__.co_varnames[:test.__code__.co_argcount] == ("folder",)])
