#!/usr/bin/env python3
"""Stores that another runut made: an older schema is brought up to date by whoever writes, as a whole or not at all, and told by whoever
only reads; a newer one is left alone."""
import json
import random
import shutil
import sqlite3
import subprocess

from durable import articles, ids, killed_after, seconds_of, sound
from serving import Server
from tap import RUNUT, equal, holds, main, runut

NEWEST = 6
# What each step added, taken back; tables that need our tokenizer lose their entry first, then what they keep their words in.
BACK = {
    5: "DROP TABLE address; DROP TABLE version; DELETE FROM counter WHERE name = 'versions';",
    4: "DROP TABLE checksum;",
    3: "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name IN ('said', 'said_mark'); PRAGMA writable_schema = RESET;"
       + "".join(f"DROP TABLE IF EXISTS {t}_{part};" for t in ("said", "said_mark") for part in ("data", "idx", "content", "docsize", "config")),
    2: "DROP TABLE story; DROP TABLE dispute; DROP TABLE value; DROP TABLE line; DROP TABLE arrival; DROP INDEX event_place;"
       + "".join(f"ALTER TABLE event DROP COLUMN {c};" for c in ("place", "publishers", "disagreements", "earliest", "latest"))
       + "DELETE FROM counter WHERE name = 'lines'; DROP INDEX article_event; CREATE INDEX article_event ON article(event);"
         "DROP INDEX article_publisher; DROP INDEX article_language;",
    1: "DROP TRIGGER article_moves; DROP TABLE move;",
}


def execute(db, sql):
    c = sqlite3.connect(db)
    c.executescript(sql)
    c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    c.close()


def version(db):
    c = sqlite3.connect(db)
    found = c.execute("PRAGMA user_version").fetchone()[0]
    c.close()
    return found


def store(folder, count=120):
    db = folder / "new.db"
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(count).encode()).status, 0)
    equal(version(db), NEWEST)
    return db


def older(db, to, name):
    """A copy of the store as a runut of schema `to` would have left it."""
    out = db.parent / name
    execute(db, "")
    shutil.copy(db, out)
    execute(out, "".join(BACK[v] for v in range(NEWEST - 1, to - 1, -1)) + f"PRAGMA user_version = {to};")
    return out


def own(db):
    keys = ("id", "headline", "articleBody", "event", "story", "people", "quotes", "dateInferred", "disagreements", "reuse")
    return [{key: json.loads(line)[key] for key in keys} for line in runut("--db", db, "export").out.splitlines()]


def an_older_one_is_told_to_who_reads_and_brought_up_to_date_by_who_writes(folder):
    new = store(folder)
    wanted = own(new)
    for to in range(1, NEWEST):
        db = older(new, to, f"{to}.db")
        for words in (["stories"], ["export"], ["search", "sungai"], ["check"]):
            result = runut("--db", db, *words)
            equal(result.status, 3)
            holds(result.err, f"schema {to}")
        equal(version(db), to)
        equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(3, seed=5).replace('"n', '"m').encode()).status, 0)
        equal(version(db), NEWEST)
        sound(db)
        equal([a["id"] for a in own(db)][:120], [a["id"] for a in wanted])
        equal([a["articleBody"] for a in own(db)][:120], [a["articleBody"] for a in wanted])


def rebuild_and_serve_bring_it_up_to_date_too(folder):
    new = store(folder)
    db = older(new, 1, "served.db")
    with Server(db) as server:
        equal(server.json("/api/v1/health")["articles"], 120)
    equal(version(db), NEWEST)
    sound(db)
    for to in (1, 4):
        db = older(new, to, f"rebuilt{to}.db")
        result = runut("--db", db, "rebuild")
        assert result.status in (0, 3), result
        if result.status == 3:  # it says what to do, and nothing is changed
            holds(result.err, f"schema {to}")
            equal(version(db), to)
        else:
            sound(db)


def a_newer_one_is_left_alone(folder):
    db = store(folder, 10)
    execute(db, "PRAGMA user_version = 99")
    before = db.read_bytes()
    for words in (["add", "--quiet", "-"], ["stories"], ["export"], ["check"], ["rebuild"]):
        result = runut("--db", db, *words, stdin=articles(3, seed=5).encode())
        equal(result.status, 3)
        holds(result.err, "newer runut (schema 99")
    done = subprocess.run([RUNUT, "--db", str(db), "serve", "--listen", "127.0.0.1:0"], capture_output=True, check=False, timeout=60)
    assert done.returncode == 3 and b"schema 99" in done.stderr, done
    equal(db.read_bytes(), before)


def killed_while_it_is_brought_up_to_date_it_is_as_before_or_after(folder):
    new = store(folder, 600)
    old = older(new, 1, "old.db")
    (folder / "none.jsonl").write_text(articles(600).partition("\n")[0] + "\n", encoding="utf-8")  # is there already
    shutil.copy(old, folder / "s.db")
    whole = seconds_of("--db", folder / "s.db", "add", "--quiet", folder / "none.jsonl")
    r, ends = random.Random(3), []
    for _ in range(8):
        for path in folder.glob("s.db*"):
            path.unlink()
        shutil.copy(old, folder / "s.db")
        killed_after(r.uniform(0, whole), 0.001, folder / "told", "--db", folder / "s.db", "add", "--quiet", folder / "none.jsonl")
        ends.append(version(folder / "s.db"))
        equal(len(ids(folder / "s.db")), 600)
        if ends[-1] == NEWEST:
            sound(folder / "s.db")
        equal(runut("--db", folder / "s.db", "add", "--quiet", folder / "none.jsonl").status, 0)
        equal(version(folder / "s.db"), NEWEST)
        sound(folder / "s.db")
    assert set(ends) <= {1, NEWEST}, ends
    print(f"# killed {len(ends)} times: {ends.count(1)} as before, {ends.count(NEWEST)} as after")


main([an_older_one_is_told_to_who_reads_and_brought_up_to_date_by_who_writes, rebuild_and_serve_bring_it_up_to_date_too,
      a_newer_one_is_left_alone, killed_while_it_is_brought_up_to_date_it_is_as_before_or_after])
