#!/usr/bin/env python3
"""A disk that is full, broken or not to be written to: it is told, the store stays whole, what was reported as stored is there, and
the next run completes. What is reported is on the disk before it is reported.

A library that is preloaded (tests/support/fail_write.c; its path is in RUNUT_FAIL_WRITE) lets the Nth write and all after it fail.
RUNUT_WRITES sets at how many of the writes of an `add` (default 12, "all" for each of them), RUNUT_SLOW=1 also waits a minute for a
lock that is held.
"""
import errno
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess

from durable import articles, ids, sound, told_ids
from tap import RUNUT, Skip, equal, full_disk_is_no_success, holds, main, runut
from uploading import Server

LIBRARY = os.environ.get("RUNUT_FAIL_WRITE") or str(pathlib.Path(RUNUT).parent / "tests" / "libfail_write.so")
WANTED = os.environ.get("RUNUT_WRITES", "12")


def failing(**settings):
    if not os.path.exists(LIBRARY):
        raise Skip("no library to preload")
    return {"LD_PRELOAD": LIBRARY, **{f"FAIL_WRITE_{name}": str(value) for name, value in settings.items()}}


def ground(folder, held=30, more=700):
    """A store that holds something, and what is added to it: two batches."""
    (folder / "in.jsonl").write_text(articles(more).replace('"n', '"m'), encoding="utf-8")
    equal(runut("--db", folder / "base.db", "add", "--quiet", "-", stdin=articles(held, seed=3).encode()).status, 0)
    log = folder / "log"
    shutil.copy(folder / "base.db", folder / "s.db")
    equal(runut("--db", folder / "s.db", "add", "--json", folder / "in.jsonl", env=failing(LOG=log)).status, 0)
    return folder / "in.jsonl", [line for line in log.read_text().splitlines() if not line.startswith("flush")]


def new_store(folder):
    for path in folder.glob("s.db*"):
        path.unlink()
    shutil.copy(folder / "base.db", folder / "s.db")
    return folder / "s.db"


def add_fails(folder, source, word, **settings):
    """One add on a disk that fails; whether it came to an end all the same."""
    db = new_store(folder)
    before = ids(db)
    result = runut("--db", db, "add", "--json", source, env=failing(**settings))
    (folder / "told").write_text(result.out, encoding="utf-8")
    assert result.status in (0, 3), (settings, result)
    if result.status:
        assert word in result.err and str(db) in result.err, (settings, result.err)
    sound(db)
    have = ids(db)
    assert before | told_ids(folder / "told") <= have, (settings, "lost")
    equal(runut("--db", db, "add", "--quiet", source).status, 0)
    equal(len(ids(db)), 730)
    return result.status == 0


def each_write_may_be_the_one_for_which_there_is_no_room(folder):
    source, calls = ground(folder)
    numbers = list(range(1, len(calls) + 1))
    if WANTED != "all":
        numbers = sorted(random.Random(1).sample(numbers, int(WANTED)))
    lived = 0
    for number in numbers:
        lived += add_fails(folder, source, "disk full", AT=number, HALF=number % 2)
    assert lived < len(numbers) / 2, f"{lived} of {len(numbers)} did not matter"
    print(f"# {len(calls)} writes; at {len(numbers)} of them the disk was full, {lived} times that did no harm to the add")


def a_disk_that_fails_is_told_as_such(folder):
    source, calls = ground(folder)
    numbers = random.Random(2).sample(range(1, len(calls) + 1), len(calls) if WANTED == "all" else 6)
    for number in numbers:
        add_fails(folder, source, "disk I/O error", AT=number, ERROR=errno.EIO)
    syncs = [number for number, call in enumerate(calls, 1) if call.startswith("sync")]
    for number in syncs:  # each time that something is made safe
        add_fails(folder, source, "disk I/O error", ONCE=number, ERROR=errno.EIO)


def a_limit_on_the_size_of_files_is_a_full_disk(folder):
    source, _ = ground(folder)
    db = new_store(folder)

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))

    result = runut("--db", db, "add", "--json", source, preexec_fn=limit)
    equal(result.status, 3)
    holds(result.err, "disk full (File too large)")
    (folder / "told").write_text(result.out, encoding="utf-8")
    sound(db)
    assert told_ids(folder / "told") <= ids(db)
    equal(runut("--db", db, "add", "--quiet", source).status, 0)
    equal(len(ids(db)), 730)


def rebuild_on_a_full_disk_leaves_the_store(folder):
    ground(folder)
    for number in (1, 10, 40):
        db = new_store(folder)
        whole = runut("--db", db, "export").out
        result = runut("--db", db, "rebuild", env=failing(AT=number))
        equal(result.status, 3)
        holds(result.err, "disk full")
        equal(runut("--db", db, "export").out, whole)
        sound(db)


def an_upload_that_finds_no_room_is_answered_so(folder):
    equal(runut("--db", folder / "s.db", "add", "--quiet", "-", stdin=articles(10, seed=3).encode()).status, 0)
    log = folder / "log"
    with Server(folder / "s.db", env=failing(LOG=log)) as server:
        before = len(log.read_text().splitlines())
    with Server(folder / "s.db", env=failing(AT=before + 12)) as server:
        answer = server.upload(articles(600).replace('"n', '"m').encode(), "application/x-ndjson", 507)
        assert "the disk is full" in answer["detail"] or "no room" in answer["detail"], answer
        equal(server.articles(), 10)
    sound(folder / "s.db")


def what_is_reported_was_made_safe_before(folder):
    """The log is synced between its last write and the report, and the folder after a file was made in it."""
    (folder / "in.jsonl").write_text(articles(1100), encoding="utf-8")
    log, db = folder / "log", folder / "s.db"
    equal(runut("--db", db, "add", "--json", folder / "in.jsonl", env=failing(LOG=log)).status, 0)
    written, synced, reports, folder_synced = False, False, 0, False
    for line in log.read_text().splitlines():
        what, _, name = line.partition(" ")
        if what in ("write", "truncate", "allocate") and name == str(db) + "-wal":
            written, synced = True, False
        elif what == "sync" and name == str(db) + "-wal":
            synced = True
        elif what == "sync" and name == str(folder):
            folder_synced = True
        elif what == "flush":
            assert written and synced and folder_synced, f"reported before it is safe: {written} {synced} {folder_synced}"
            reports += 1
    assert reports >= 1100, reports


def a_report_that_cannot_be_written_is_no_success(folder):
    full_disk_is_no_success("--db", folder / "s.db", "add", "--json", write(folder / "a.jsonl", articles(3)))
    sound(folder / "s.db")
    for words in (["export"], ["stories", "--json"], ["check", "--json"], ["search", "--json", "sungai"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([RUNUT, "--db", str(folder / "s.db"), *words], stdout=full, stderr=subprocess.PIPE, check=False)
        equal(done.returncode, 3)
        holds(done.stderr.decode(), "standard output")


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def everyone(path, mode):
    path.chmod(mode)
    return path


def as_nobody(folder, *words):
    """Root may write whatever the mode says; so somebody else asks."""
    if os.geteuid() != 0:
        return runut(*words)
    if not shutil.which("setpriv"):
        raise Skip("no setpriv")
    for path in [pathlib.Path(RUNUT), *pathlib.Path(RUNUT).parents, *folder.parents]:
        if not path.stat().st_mode & stat.S_IXOTH:
            raise Skip(f"{path} is closed to others")
    done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", RUNUT, *map(str, words)],
                          capture_output=True, check=False)

    class Result:
        status, out, err = done.returncode, done.stdout.decode(), done.stderr.decode()
    return Result


def a_store_that_may_only_be_read(folder):
    place = folder / "place"
    place.mkdir()
    db, source = place / "s.db", write(folder / "in.jsonl", articles(5, seed=4).replace('"n', '"m'))
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(20).encode()).status, 0)
    with sqlite3.connect(db) as c:
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    c.close()
    for end in ("-wal", "-shm"):
        if os.path.exists(f"{db}{end}"):
            os.unlink(f"{db}{end}")
    everyone(folder, 0o755)
    everyone(db, 0o444)
    everyone(place, 0o555)
    before = db.read_bytes()
    result = as_nobody(folder, "--db", db, "add", source)
    equal(result.status, 3)
    assert str(db) in result.err and ("readonly" in result.err or "read-only" in result.err or "may not be written" in result.err), result.err
    result = as_nobody(folder, "--db", db, "check")
    assert result.status == 0, result.err
    for words in (["stories"], ["export"], ["search", "sungai"]):
        result = as_nobody(folder, "--db", db, *words)
        assert (result.status, result.err) == (0, "") and result.out, (words, result.err)
    equal(db.read_bytes(), before)
    everyone(place, 0o755)
    equal(sorted(p.name for p in place.iterdir()), ["s.db"])


def what_is_no_store_is_told(folder):
    source = write(folder / "in.jsonl", articles(5))
    (folder / "folder.db").mkdir()
    write(folder / "text.db", "This is not a store.\n" * 100)
    os.mkfifo(folder / "fifo.db")
    (folder / "loop.db").symlink_to(folder / "loop.db")
    for name in ("folder.db", "text.db", "fifo.db", "loop.db", "nowhere/s.db", "/dev/null", "/dev/zero"):
        for words in (["add", "--quiet", source], ["stories"], ["check"], ["rebuild"]):
            result = runut("--db", folder / name, *words)
            assert result.status == 3 and name in result.err and len(result.err.splitlines()) <= 3, (name, words, result)
    equal(sorted(p.name for p in folder.iterdir()), ["fifo.db", "folder.db", "in.jsonl", "loop.db", "text.db"])
    equal((folder / "text.db").read_text(), "This is not a store.\n" * 100)


def a_lock_that_is_held_is_told(folder):
    if not os.environ.get("RUNUT_SLOW"):
        raise Skip("waits a minute (RUNUT_SLOW=1)")
    db = folder / "s.db"
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(20).encode()).status, 0)
    holder = sqlite3.connect(db, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    result = runut("--db", db, "add", write(folder / "in.jsonl", articles(5, seed=4).replace('"n', '"m')))
    holder.execute("ROLLBACK")
    holder.close()
    equal(result.status, 3)
    holds(result.err, "another program has been writing to it for more than 60 seconds")
    sound(db)


main([each_write_may_be_the_one_for_which_there_is_no_room, a_disk_that_fails_is_told_as_such,
      a_limit_on_the_size_of_files_is_a_full_disk, rebuild_on_a_full_disk_leaves_the_store,
      an_upload_that_finds_no_room_is_answered_so, what_is_reported_was_made_safe_before,
      a_report_that_cannot_be_written_is_no_success, a_store_that_may_only_be_read, what_is_no_store_is_told,
      a_lock_that_is_held_is_told])
