#!/usr/bin/env python3
"""Memory runs out at any place: add says so, nothing is lost, nothing is stored that is not as it should be.

A library that is preloaded (tests/support/fail_alloc.c; its path is in RUNUT_FAIL_ALLOC) lets the Nth allocation fail, once or
from there on. A first run lists the call stacks of all allocations; of each of them one allocation fails in a run of its own.
RUNUT_MEMORY=all takes every call stack (an hour or two), a number so many of them, chosen at random (default 12):

    RUNUT_MEMORY=all python3 tests/program/test_memory.py build/runut

RUNUT_MEMORY_SEED chooses others. RUNUT_MEMORY_AT=N repeats one run of `add` and says what it found.
"""
import base64
import concurrent.futures
import gzip
import io
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import zipfile

from tap import ROOT, RUNUT, Skip, equal, main, runut

LIBRARY = os.environ.get("RUNUT_FAIL_ALLOC") or str(pathlib.Path(RUNUT).parent / "tests" / "libfail_alloc.so")
WANTED = os.environ.get("RUNUT_MEMORY", "12")
SEED = int(os.environ.get("RUNUT_MEMORY_SEED", "1"))
CAPTURES = ROOT / "samples" / "captures"
HELD = ("ferry", "quake", "company", "market")  # what the store holds already
RELATIONS = ("article", "event", "story", "why", "moved", "reuse", "disagreements", "novel", "replaces", "replacedBy", "changes")
CRASHES = (  # libraries that do not look at what malloc gives; before, it is asked whether there is memory for what they do
    r"libc\.so\S* libjson-c\.so\S*:json_tokener_parse_ex PROGRAM",  # json-c 0.16's parser copies a key (src/read/json_line.c)
    r"libc\.so\S* libc\.so\S*:fts_open ",  # glibc 2.36 (src/read/read.c)
    r"libhunspell",  # Hunspell 1.7 reads its dictionary (src/annotate/stems_hunspell.cc)
)
WORKERS = int(os.environ.get("RUNUT_MEMORY_WORKERS", "1"))


def library():
    if not os.path.exists(LIBRARY):
        raise Skip("no library to preload")
    return {"LD_PRELOAD": LIBRARY}


# ---- a folder of every kind ----

def warc(pages):
    out = io.BytesIO()
    for number, page in enumerate(pages):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://warc.example/{number}\r\nWARC-Date: 2024-05-05T00:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n").encode()
        out.write(gzip.compress(head + http + b"\r\n\r\n", mtime=0))
    return out.getvalue()


def mail(text):
    return (b"From: desk@mail.example\r\nTo: you@mail.example\r\nSubject: =?utf-8?q?Warga_Anggrek_mengungsi?=\r\nMIME-Version: 1.0\r\n"
            b"Date: Sun, 5 May 2024 10:00:00 +0700\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(text) + b"\r\n")


def feed(texts):
    items = "".join(f"<item><title>Laporan {n}</title><link>https://feed.example/{n}</link><pubDate>Mon, 06 May 2024 08:00:00 GMT"
                    f"</pubDate><description><![CDATA[{text}]]></description></item>" for n, text in enumerate(texts))
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Umpan</title>{items}</channel></rss>".encode()


def mixed(folder):
    """Samples, some as they are, some in feeds, archives, mail and tables."""
    folder.mkdir()
    texts = {p.name: p.read_bytes() for p in sorted(CAPTURES.iterdir()) if not p.name.startswith(HELD)}
    for name in ("letters-01.txt", "letters-06.html", "kites-01.txt", "kites-03.html", "wire.jsonl"):
        (folder / name).write_bytes(texts[name])
    (folder / "pages.warc.gz").write_bytes(warc([texts["orchid-01.html"], (CAPTURES / "ferry-06.html").read_bytes()]))
    with zipfile.ZipFile(folder / "more.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for name in ("kites-02.txt", "letters-02.txt"):
            z.writestr(zipfile.ZipInfo(name), texts[name], zipfile.ZIP_DEFLATED)
    (folder / "letter.eml").write_bytes(mail(texts["letters-03.txt"]))
    (folder / "feed.xml").write_bytes(feed(["<p>" + texts[n].decode().replace("\n", "</p><p>") + "</p>"
                                            for n in ("letters-04.txt", "orchid-02.txt")]))
    rows = [("id", "title", "text", "date")] + [(n, n, texts[n].decode(), "2024-05-07") for n in ("letters-05.txt", "bridge-01.txt")]
    (folder / "table.csv").write_text("".join(",".join('"' + v.replace('"', '""') + '"' for v in row) + "\r\n" for row in rows))
    german = {"id": "de1", "inLanguage": "de", "headline": "Hochwasser an der Elbe", "datePublished": "2024-05-05", "articleBody":
              "Die Elbe ist in Dresden auf 6,20 Meter gestiegen. „Wir sind vorbereitet“, sagte Bürgermeisterin Anna Krüger am Sonntag.\n"
              "Nach Angaben der Feuerwehr wurden 340 Menschen in Sicherheit gebracht."}
    (folder / "one.json").write_text(json.dumps(german, ensure_ascii=False), encoding="utf-8")


def by_id(db):
    result = runut("--db", db, "export")
    equal(result.status, 0)
    return {line["id"]: line for line in map(json.loads, result.out.splitlines())}


def own(article):
    """What an article says, whatever stands beside it in the store."""
    return {key: value for key, value in article.items() if key not in RELATIONS}


class Ground:
    """A store, what is to be added to it, and what it should be afterwards."""

    def __init__(self, folder):
        self.env, self.frames = library(), {}
        self.folder, self.base, self.source = folder, folder / "base.db", folder / "in"
        mixed(self.source)
        held = sorted(p for p in CAPTURES.iterdir() if p.name.startswith(HELD))
        equal(runut("--db", self.base, "add", "--quiet", *held).status, 0)
        self.before = by_id(self.base)
        db = folder / "whole.db"
        shutil.copy(self.base, db)
        equal(self.add(db).status, 0)
        self.wanted = by_id(db)
        self.wanted_own = {key: own(article) for key, article in self.wanted.items()}

    def add(self, db, jobs=1, **env):
        return runut("--db", db, "add", "--json", "--jobs", jobs, self.source, env={**self.env, **env} if env else {})

    def stacks(self):
        """[first number, frames] of each call stack; those that differ in what happens within libraries alone are one."""
        shutil.copy(self.base, self.folder / "list.db")
        equal(self.add(self.folder / "list.db", FAIL_ALLOC_LIST=str(self.folder / "list")).status, 0)
        found = {}
        name = os.path.basename(RUNUT) + "+"
        for line in sorted((self.folder / "list").read_text().splitlines(), key=lambda line: int(line.split()[0])):
            first, _, _, *frames = line.split()
            if any(re.match(crash.replace("PROGRAM", re.escape(name)), " ".join(frames)) for crash in CRASHES):
                continue
            ours = [i for i, frame in enumerate(frames) if frame.startswith(name)]
            nearest = ours[0] if ours else len(frames)
            if found.setdefault((*frames[:2], *frames[max(nearest - 1, 2):nearest + 6]), int(first)) == int(first):
                self.frames[int(first)] = " ".join(frames[:nearest + 3])
        last = max(int(line.split()[1]) for line in (self.folder / "list").read_text().splitlines())
        return sorted(found.values()), last

    def fails(self, number, which="AT", jobs=1):
        """One run in which memory runs out; what is wrong about it, None where nothing is."""
        db = self.folder / f"s{number}{which}{jobs}.db"
        try:
            shutil.copy(self.base, db)
            try:
                return self.judge(db, self.add(db, jobs, **{f"FAIL_ALLOC_{which}": str(number)}))
            except subprocess.TimeoutExpired:
                return "it hangs"
        finally:
            for path in self.folder.glob(db.name + "*"):
                path.unlink()

    def judge(self, db, result):
        if result.status not in (0, 1, 3):
            return f"status {result.status}: {result.err[-300:]}"
        if result.status and "memory" not in result.err and "thread" not in result.err:
            return f"status {result.status}, and memory is not spoken of: {result.err[-300:]!r}"
        check = runut("--db", db, "check")
        if check.status:
            return f"not whole: {check}"
        have = by_id(db)
        try:
            told = [json.loads(line) for line in result.out.splitlines()]
        except ValueError:
            return f"half a line: {result.out[-200:]!r}"
        lost = {t["id"] for t in told if t["status"] != "rejected"} - set(have)
        if lost or not set(self.before) <= set(have):
            return f"lost {lost}"
        if result.status == 0:
            return None if have == self.wanted else "status 0, but " + difference(have, self.wanted)
        wrong = [key for key in have if own(have[key]) != self.wanted_own.get(key)]
        if wrong:
            return f"status {result.status}, but {difference({wrong[0]: own(have[wrong[0]])}, self.wanted_own)}"
        second = self.add(db)
        after = by_id(db)
        if second.status or set(after) != set(self.wanted):
            return f"a second run: {second.status} {second.err[-300:]} {difference(after, self.wanted)}"
        if set(have) == set(self.before) and after != self.wanted:
            return "a second run of a store in which nothing was: " + difference(after, self.wanted)
        return None

    def run(self, numbers, which="AT", jobs=1):
        """Of all of them; fails with what was wrong."""
        wrong = []
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as several:
            for done, (number, what) in enumerate(several.map(lambda n: (n, self.fails(n, which, jobs)), numbers), 1):
                if what:
                    wrong.append(f"{which} {number}: {what}\n    {self.frames.get(number, '')}")
                    print("# " + wrong[-1].replace("\n", "\n# "), flush=True)
                if done % 250 == 0:
                    print(f"# {done} of {len(numbers)}, {len(wrong)} wrong", flush=True)
        print(f"# {len(numbers)} runs in which memory ran out ({which}, {jobs} jobs), {len(wrong)} wrong", flush=True)
        assert not wrong, f"{len(wrong)} of {len(numbers)}"


def difference(have, wanted):
    """The first place where two exports differ."""
    if set(have) - set(wanted) or (len(have) > 1 and set(wanted) - set(have)):
        return f"missing {sorted(set(wanted) - set(have))}, more {sorted(set(have) - set(wanted))}"
    for key, article in have.items():
        for name, value in article.items():
            if value != wanted[key][name]:
                return f"{key}: {name} is {str(value)[:200]!r}, not {str(wanted[key][name])[:200]!r}"
    return "no difference"


def chosen(numbers, seed=0):
    if WANTED == "all":
        return numbers
    return sorted(random.Random(SEED + seed).sample(numbers, min(int(WANTED), len(numbers))))


def one_allocation_fails(folder):
    ground = Ground(folder)
    if "RUNUT_MEMORY_AT" in os.environ:
        ground.run([int(n) for n in os.environ["RUNUT_MEMORY_AT"].split(",")])
        return
    first, last = ground.stacks()
    print(f"# {last} allocations, {len(first)} call stacks")
    ground.run(chosen(first))


def all_fail_from_one_on(folder):
    ground = Ground(folder)
    first, _ = ground.stacks()
    ground.run(chosen(first, 1)[::1 if WANTED != "all" else 4], "FROM")


def one_fails_while_several_threads_work(folder):
    ground = Ground(folder)
    _, last = ground.stacks()
    r = random.Random(SEED)
    count = 200 if WANTED == "all" else int(WANTED) // 2
    ground.run(sorted(r.randrange(1, last) for _ in range(count)), jobs=3)
    ground.run(sorted(r.randrange(1, last) for _ in range(count)), "FROM", 3)


main([one_allocation_fails, all_fail_from_one_on, one_fails_while_several_threads_work])
