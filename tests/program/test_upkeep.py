#!/usr/bin/env python3
"""`runut check`: what is whole is told to be, whatever is broken is told with its place, and nothing makes it crash.
`runut rebuild`: a whole store comes of it, or the old one is as it was.

RUNUT_DAMAGES sets how many stores are damaged at random (default 60), RUNUT_KILLS twice how often rebuild is killed (default 12).
"""
import json
import os
import random
import re
import shutil
import sqlite3
import stat
import subprocess
import time

from tap import RUNUT, Skip, equal, holds, main, on_terminal, runut

PLACES = ["Anggrek", "Bakau", "Cempaka", "Damar", "Enau", "Flamboyan", "Gaharu", "Heliks"]
WORDS = "warga sungai jembatan pasar sekolah hujan panen harga kapal nelayan kebun listrik jalan bupati camat desa".split()


def articles(count, seed=7, outlet=""):
    r = random.Random(seed)
    lines = []
    for i in range(count):
        place, day = r.choice(PLACES), r.randrange(1, 29)
        body = "\n".join(" ".join(r.choice(WORDS) for _ in range(25)).capitalize() + f" di {place} pada {day}/5/2024." for _ in range(4))
        body += f'\n"Kami {r.choice(WORDS)} di {r.choice(WORDS)} bersama {r.choice(WORDS)} tahun ini," kata Bupati Joko Wiratma.'
        lines.append(json.dumps({"id": f"{outlet}n{i}", "headline": f"{r.choice(WORDS).capitalize()} di {place}", "articleBody": body,
                                 "publisher": r.choice(["Kabar Satu", "Harian Dua", "Berita Tiga"]),
                                 "datePublished": f"2024-05-{day:02d}"}))
    return ("\n".join(lines) + "\n").encode()


def store(folder, count=150, name="s.db"):
    """A store in one file."""
    db = folder / name
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(count)).status, 0)
    in_one_file(db)
    return db


def in_one_file(db):
    with sqlite3.connect(db) as c:
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    c.close()
    for end in ("-wal", "-shm"):
        if os.path.exists(str(db) + end):
            os.unlink(str(db) + end)


def check(db, status):
    """What `runut check --json` finds; its last line is the sum."""
    result = runut("--db", db, "check", "--json")
    assert result.status == status, f"wanted status {status}: {result}"
    lines = [json.loads(line) for line in result.out.splitlines()]
    equal(lines[-1]["whole"], status == 0)
    assert lines[-1]["findings"] >= len([f for f in lines[:-1] if "more findings" not in f["finding"]]), lines[-1]
    return lines[:-1]


def change(db, *statements):
    """Changes a store as SQLite's own shell would, without its triggers."""
    c = sqlite3.connect(db)
    c.execute("DROP TRIGGER article_moves")
    for statement in statements:
        c.execute(statement)
    c.execute("CREATE TRIGGER article_moves AFTER UPDATE OF event ON article WHEN OLD.event <> 0 AND OLD.event <> NEW.event BEGIN"
              " INSERT INTO move(article, old, new, newest)"
              " VALUES(OLD.number, OLD.event, NEW.event, (SELECT max(number) FROM article)); END")
    c.commit()
    c.close()


def a_whole_store_is_whole(folder):
    db = store(folder)
    equal(check(db, 0), [])
    result = runut("--db", db, "check")
    assert result.status == 0 and result.out.startswith("Whole: 150 articles, ") and result.err == "", result
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(40, seed=2, outlet="x")).status, 0)
    equal(check(db, 0), [])


def the_samples_are_whole(folder):
    root = os.path.join(os.path.dirname(__file__), "..", "..", "samples", "captures")
    equal(runut("--db", folder / "s.db", "add", "--quiet", root).status, 0)
    equal(check(folder / "s.db", 0), [])


CHANGES = [  # what is done; the part and the place, and a word of what is told
    ("DELETE FROM article WHERE number = 12", "references", "a12", "is not there"),
    ("DELETE FROM name WHERE article = 12", "sums", None, "is counted"),
    ("UPDATE article SET event = 0 WHERE number = 12", "references", "a12", "of no event"),
    ("UPDATE article SET event = 9999 WHERE number = 12", "references", "a12", "of event e9999, which is not there"),
    ("UPDATE article SET reuse_of = 4711 WHERE number = 3", "references", "a3", "a4711, which is not there"),
    ("UPDATE article SET day = 99999999 WHERE number = 3", "references", "a3", "a day that is none"),
    ("UPDATE article SET record = '{\"a\":' WHERE number = 3", "articles", "a3", "(record) is no JSON"),
    ("UPDATE article SET record = '[]' WHERE number = 3", "articles", "a3", "(record) is no JSON"),
    ("UPDATE article SET relation = 'x' WHERE number = 3", "articles", "a3", "(relation) is no JSON"),
    ("UPDATE article SET digest = substr(digest, 1, 40) WHERE number = 3", "articles", "a3", "digest"),
    ("UPDATE article SET digest = x'00' WHERE number = 3", "articles", "a3", "digest"),
    ("UPDATE article SET hash = x'0102' WHERE number = 3", "articles", "a3", "2 bytes, not 16"),
    ("UPDATE article SET body = CAST(x'ff41' AS TEXT) WHERE number = 3", "articles", "a3", "its text is no UTF-8"),
    ("UPDATE article SET body = body || ' tambahan' WHERE number = 3", "index", "a3", "does not agree"),
    ("UPDATE article SET headline = 'Lain sama sekali' WHERE number = 60", "index", "a60", "does not agree"),
    ("UPDATE article SET publisher = 'Harian Lain' WHERE number = 3", "sums", "Harian Lain", "is counted 0 times"),
    ("UPDATE event SET articles = articles + 1 WHERE number = (SELECT min(number) FROM event)", "sums", None, "articles"),
    ("UPDATE event SET place = 3 WHERE number = (SELECT min(number) FROM event)", "sums", None, "place"),
    ("UPDATE event SET title = 0 WHERE number = (SELECT min(number) FROM event)", "references", None, "headline of a0"),
    ("UPDATE event SET origins = '{' WHERE number = (SELECT min(number) FROM event)", "references", None, "no JSON"),
    ("UPDATE event SET disagreements = 77 WHERE number = (SELECT min(number) FROM event)", "sums", None, "disagreements"),
    ("UPDATE event SET month = 13 WHERE number = (SELECT min(number) FROM event)", "references", None, "a day that is none"),
    ("UPDATE event SET year = -2147483648, day = NULL", "references", None, "a day that is none"),
    ("UPDATE story SET newest = newest + 1 WHERE number = (SELECT min(number) FROM story)", "sums", None, "newest"),
    ("UPDATE story SET volume = '' WHERE number = (SELECT min(number) FROM story)", "sums", None, "volume"),
    ("UPDATE story SET languages = '[]' WHERE number = (SELECT min(number) FROM story)", "sums", None, "languages"),
    ("DELETE FROM story WHERE number = (SELECT min(number) FROM story)", "references", None, "which is not there"),
    ("INSERT INTO story SELECT 9999, first, last, events, articles, publishers, origins, disagreements, title, newest, earliest,"
     " latest, languages, volume FROM story LIMIT 1", "references", "s9999", "has no event"),
    ("DELETE FROM event WHERE number = (SELECT min(number) FROM event)", "references", None, "which is not there"),
    ("UPDATE value SET articles = articles + 1 WHERE kind = 16", "sums", "Harian Dua", "is counted"),
    ("UPDATE value SET folded = 'x' WHERE kind = 17", "sums", "id", "is folded"),
    ("DELETE FROM value WHERE kind = 16", "sums", "Kabar Satu", "is counted 0 times"),
    ("INSERT INTO dispute VALUES(5, 'what nobody said')", "sums", "a5", "disagreements"),
    ("INSERT INTO dispute VALUES(5000, 'x')", "references", "a5000", "is not there"),
    ("INSERT INTO line VALUES(5000, x'00')", "references", "a5000", "is not there"),
    ("INSERT OR REPLACE INTO line VALUES(5, x'7a0000')", "articles", "a5", "lines"),
    ("INSERT OR REPLACE INTO line VALUES(5, x'7aff00000041414141')", "articles", "a5", "lines"),
    ("DELETE FROM counter WHERE name = 'generation'", "references", "generation", "not there"),
    ("INSERT INTO arrival VALUES(7000, 5)", "references", "arrival", "a7000"),
    ("DROP INDEX article_day", "schema", "article_day", "index is not there"),
    ("DROP TABLE dispute", "schema", "dispute", "table is not there"),
    ("DELETE FROM article_text_docsize WHERE id = 30", "references", "a30", "not in the full text index"),
    ("INSERT INTO article_text_docsize VALUES(3000, x'0303')", "references", "a3000", "in the full text index"),
    ("DELETE FROM article_text_data WHERE id > 10", "index", None, ""),
    ("DELETE FROM article_text_idx", "index", None, ""),
    ("DELETE FROM article_text_config", "index", None, ""),
    ("UPDATE article_text_data SET block = x'' WHERE id > 10", "index", None, ""),
    ("UPDATE article_text_data SET block = zeroblob(length(block)) WHERE id > 10", "index", None, ""),
    ("UPDATE article_text_data SET block = x'030405' WHERE id = 1", "index", "article_text", "count"),
    ("DELETE FROM article", "references", "a1", "is not there"),
    ("UPDATE article SET record = replace(record, '\"inLanguage\":\"id\"', '\"inLanguage\":\"ms\"') WHERE number = 3", "articles", "a3",
     "its checksum does not fit: the article is not as written"),
    ("UPDATE article SET url = substr(file, -1), file = substr(file, 1, length(file) - 1) WHERE number = 3", "articles", "a3", "checksum"),
    ("UPDATE article SET day = day + 1 WHERE number = 3", "articles", "a3", "checksum"),
    ("UPDATE article SET body = body || ' ' WHERE number = 3", "articles", "a3", "checksum"),
    ("UPDATE article SET relation = '{}' WHERE number = 3", "articles", "a3", "how it stands to others is not as written"),
    ("UPDATE article SET reuse_of = 1 - reuse_of WHERE number = 3", "articles", "a3", "how it stands to others is not as written"),
    ("UPDATE name SET text = text || 'x' WHERE article = 3", "articles", "a3", "its names are not as written"),
    ("DELETE FROM name WHERE article = 3 AND key = (SELECT min(key) FROM name WHERE article = 3)", "articles", "a3", "its names are not"),
    ("INSERT OR REPLACE INTO line VALUES(5, x'70020000005b5d')", "articles", "a5", "the other lines of its capture are not as written"),
    ("DELETE FROM checksum WHERE article = 5", "articles", "a5", "has no checksum"),
    ("DELETE FROM said_data WHERE id > 10", "index", None, ""),
    ("DELETE FROM said_mark_data WHERE id > 10", "index", None, ""),
    ("UPDATE said_mark_data SET block = CAST(replace(CAST(block AS TEXT), 'z', 'y') AS BLOB) WHERE id > 10", "index", None, ""),
    ("INSERT INTO checksum VALUES(5000, 1, 2, 3, 4)", "references", "a5000", "has a checksum"),
    ("DROP TABLE checksum", "schema", "checksum", "table is not there"),
]


def rounds_of(changes, most):
    """Changes put together, `most` to a store: those that damage the same thing, or hide what others do, go apart."""
    alone = [c for c in changes if re.match(r"D(ELETE FROM article$|ROP)|.*(article_text|said|FROM article WHERE|, day = NULL)", c[0])]
    together, rounds = [c for c in changes if c not in alone], []
    for change_ in together:
        where = {change_[2], "sums" if re.search(r"\b(event|story|day|publisher)\b", change_[0]) else change_[0].split(" WHERE ")[0]}
        for one, there in rounds:
            if len(one) < most and not where & there - {None}:
                one.append(change_)
                there |= where
                break
        else:
            rounds.append(([change_], where))
    return [[c] for c in alone] + [one for one, _ in rounds]


def each_change_is_found_in_its_place(folder):
    whole = store(folder, 60)
    missed = []
    for changes in rounds_of(CHANGES, 8):
        db = folder / "changed.db"
        shutil.copy(whole, db)
        change(db, *(c[0] for c in changes))
        result = runut("--db", db, "check", "--json")
        assert result.status in (0, 1), (changes, result)
        found = [json.loads(line) for line in result.out.splitlines()[:-1]]
        missed += [(c, found[:6]) for c in changes if not any(
            f["part"] == c[1] and c[2] in (None, f["place"]) and c[3] in f["finding"] for f in found)]
        for path in folder.glob("changed.db*"):
            path.unlink()
    assert not missed, "\n".join(map(str, missed))


def many_findings_are_counted_not_all_told(folder):
    db = store(folder)
    change(db, "UPDATE article SET relation = 'x'")
    found = [f for f in check(db, 1) if f["part"] == "articles"]
    equal(len(found), 101)
    equal(found[-1], {"part": "articles", "place": "", "finding": "50 more findings of this kind"})


def what_is_told_is_made_safe_for_a_terminal(folder):
    db = store(folder, 5)
    change(db, "UPDATE value SET articles = 9, text = text || char(27) || '[31m' || char(10) || 'b' WHERE kind = 16")
    result = runut("--db", db, "check")
    equal(result.status, 1)
    assert "\x1b" not in result.out and "\x1b" not in on_terminal("--db", str(db), "check").decode().replace("\x1b[K", ""), result.out


def overwrite(path, r, places, size):
    data = bytearray(path.read_bytes())
    for _ in range(places):
        at = r.randrange(100, len(data) - size)  # the head of the file: see below
        data[at:at + size] = bytes(r.randrange(256) for _ in range(size))
    path.write_bytes(data)


def bytes_overwritten_anywhere_never_crash_it(folder):
    whole = store(folder)
    before = whole.read_bytes()
    rounds, found, unseen = int(os.environ.get("RUNUT_DAMAGES", "60")), 0, 0
    for seed in range(rounds):
        r = random.Random(seed)
        db = folder / "bad.db"
        shutil.copy(whole, db)
        overwrite(db, r, r.choice([1, 1, 3, 20]), r.choice([1, 4, 64, 4096]))
        result = runut("--db", db, "check", "--json")
        assert result.status in (0, 1, 3), (seed, result)
        if result.status == 3:
            assert result.err.startswith("runut: "), (seed, result)
        else:
            last = json.loads(result.out.splitlines()[-1])
            equal(last["whole"], result.status == 0)
        found += result.status != 0
        unseen += result.status == 0
        for path in folder.glob("bad.db*"):
            path.unlink()
    equal(whole.read_bytes(), before)
    assert found > rounds / 4, (found, unseen)  # of few rounds, chance may spare more
    print(f"# {rounds} damaged stores: {found} told as damaged, {unseen} with nothing found (bytes that nothing uses, or that may be so)")


def a_damaged_head_is_told(folder):
    whole = store(folder, 20)
    for at in range(0, 100, 3):
        db = folder / "bad.db"
        data = bytearray(whole.read_bytes())
        data[at] ^= 0x5A
        db.write_bytes(data)
        result = runut("--db", db, "check")
        assert result.status in (0, 1, 3), (at, result)
        for path in folder.glob("bad.db*"):
            path.unlink()


def a_cut_file_is_told(folder):
    whole = store(folder)
    data = whole.read_bytes()
    db = folder / "cut.db"
    for size in (1, 50, 99, 100, 512, 4095, 4096, 4097, 8192, len(data) // 2, len(data) - 4096, len(data) - 1):
        db.write_bytes(data[:size])
        result = runut("--db", db, "check")
        assert result.status in (1, 3), (size, result)
        assert result.out + result.err, size


def what_is_no_store_is_said_so(folder):
    (folder / "empty.db").write_bytes(b"")
    (folder / "text.db").write_text("This is a letter, not a store. " * 400, encoding="utf-8")
    c = sqlite3.connect(folder / "other.db")
    c.execute("CREATE TABLE t(a)")
    c.commit()
    c.close()
    newer = store(folder, 3, "newer.db")
    older = folder / "older.db"
    shutil.copy(newer, older)
    for path, version in ((newer, 99), (older, 1)):
        c = sqlite3.connect(path)
        c.execute(f"PRAGMA user_version = {version}")
        c.commit()
        c.close()
    wanted = {"empty.db": "holds nothing yet", "text.db": "not a runut store", "other.db": "not a runut store",
              "newer.db": "newer runut", "older.db": "older than this", "none.db": "", ".": ""}
    for name, words in wanted.items():
        result = runut("--db", folder / name, "check")
        equal((name, result.status, result.out), (name, 3, ""))
        holds(result.err, words)
    assert not (folder / "none.db").exists()


def a_lost_log_is_told_or_harmless(folder):
    """The write-ahead log is deleted while it holds commits: what the file itself has is whole, or is told."""
    db = folder / "s.db"
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(60)).status, 0)
    keeper = sqlite3.connect(db)  # as long as it is open, nobody takes the log into the file
    keeper.execute("SELECT count(*) FROM article").fetchone()
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(60, seed=3, outlet="y")).status, 0)
    assert os.path.getsize(str(db) + "-wal") > 0
    shutil.copy(db, folder / "lost.db")
    keeper.close()
    result = runut("--db", folder / "lost.db", "check")
    assert result.status in (0, 1, 3), result
    if result.status == 0:
        holds(result.out, "Whole: 60 articles")


def it_changes_nothing_and_reads_where_it_cannot_write(folder):
    db = store(folder, 40)
    before = db.read_bytes()
    closed = folder / "closed"
    closed.mkdir()
    shutil.copy(db, closed / "s # 100%?.db")
    os.chmod(closed / "s # 100%?.db", stat.S_IRUSR)
    os.chmod(closed, stat.S_IRUSR | stat.S_IXUSR)
    equal(check(closed / "s # 100%?.db", 0), [])
    equal(os.listdir(closed), ["s # 100%?.db"] if os.geteuid() else os.listdir(closed))
    equal(check(db, 0), [])
    equal(db.read_bytes(), before)


def it_checks_one_moment_of_a_store_that_is_written(folder):
    (folder / "in.jsonl").write_bytes(articles(700))
    db = folder / "s.db"
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(10, seed=3, outlet="first")).status, 0)
    with subprocess.Popen([RUNUT, "--db", str(db), "add", "--quiet", str(folder / "in.jsonl")]) as writer:
        rounds = 0
        while writer.poll() is None:
            equal(check(db, 0), [])
            rounds += 1
    equal(writer.returncode, 0)
    assert rounds > 0
    equal(check(db, 0), [])


def a_full_disk_is_no_success(folder):
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    db = store(folder, 5)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([RUNUT, "--db", str(db), "check"], stdout=full, stderr=subprocess.PIPE, check=False)
    equal(done.returncode, 3)


# ---- runut rebuild ----


def told(db):
    """All that the store tells: articles with their relations, stories, events."""
    parts = []
    for words in (["export"], ["stories", "--json"]):
        result = runut("--db", db, *words)
        assert result.status == 0, result
        parts.append(result.out)
    return parts


def rows(db, sql):
    c = sqlite3.connect(db)
    found = c.execute(sql).fetchall()
    c.close()
    return found


def leftovers(folder):
    return sorted(name for name in os.listdir(folder) if "-rebuild" in name)


def a_whole_store_is_rebuilt_as_if_all_was_added_at_once(folder):
    (folder / "in.jsonl").write_bytes(articles(650))
    lines = (folder / "in.jsonl").read_bytes().splitlines(True)
    at_once, bit_by_bit = folder / "a.db", folder / "b.db"
    equal(runut("--db", at_once, "add", "--quiet", "-", stdin=b"".join(lines)).status, 0)
    for start in range(0, 650, 130):
        equal(runut("--db", bit_by_bit, "add", "--quiet", "-", stdin=b"".join(lines[start:start + 130])).status, 0)
    arrivals = rows(bit_by_bit, "SELECT * FROM arrival")
    kept = rows(bit_by_bit, "SELECT * FROM line")
    names = rows(bit_by_bit, "SELECT * FROM name")
    counters = dict(rows(bit_by_bit, "SELECT * FROM counter"))
    equal(len(arrivals), 5)
    os.chmod(bit_by_bit, 0o640)
    result = runut("--db", bit_by_bit, "rebuild")
    equal((result.status, result.out), (0, "650 articles in the new store, which is whole.\n"))
    equal(stat.S_IMODE(os.stat(bit_by_bit).st_mode), 0o640)
    equal(leftovers(folder), [])
    equal(check(bit_by_bit, 0), [])
    export = [[{k: v for k, v in json.loads(line).items() if k not in ("dateAdded", "newestAdded")} for line in part.splitlines()]
              for part in told(at_once) + told(bit_by_bit)]
    equal(export[0], export[2])
    equal(export[1], export[3])
    quotes = runut("--db", at_once, "quotes", "--about", "sungai", "--json").out
    assert quotes and runut("--db", bit_by_bit, "quotes", "--about", "sungai", "--json").out == quotes
    equal(rows(bit_by_bit, "SELECT * FROM arrival"), arrivals)
    equal(rows(bit_by_bit, "SELECT * FROM line"), kept)
    equal(rows(bit_by_bit, "SELECT * FROM name"), names)
    after = dict(rows(bit_by_bit, "SELECT * FROM counter"))
    assert after["generation"] > counters["generation"] and after["lines"] == counters["lines"], (counters, after)
    equal(runut("--db", bit_by_bit, "add", "--quiet", "-", stdin=articles(30, seed=5, outlet="z")).status, 0)
    equal(check(bit_by_bit, 0), [])


def to_another_file_the_old_one_stays(folder):
    db = store(folder)
    before = db.read_bytes()
    equal(runut("--db", db, "rebuild", "--quiet", "--to", folder / "new.db").status, 0)
    equal(db.read_bytes(), before)
    equal(told(db), told(folder / "new.db"))
    equal(check(folder / "new.db", 0), [])
    result = runut("--db", db, "rebuild", "--to", folder / "new.db")
    equal((result.status, result.out), (2, ""))
    holds(result.err, "is there already")
    equal(leftovers(folder), [])


def numbers(db):
    return dict(rows(db, "SELECT number, id FROM article"))


def each_change_is_mended(folder):
    whole = store(folder, 60)
    before = numbers(whole)
    unmended = []
    for changes in rounds_of(CHANGES, 12):
        db = folder / "changed.db"
        shutil.copy(whole, db)
        change(db, *(c[0] for c in changes))
        result = runut("--db", db, "rebuild")
        if result.status == 3:
            result = runut("--db", db, "rebuild", "--to", folder / "changed.db.to")
            db = folder / "changed.db.to"
        hit = {c[2] for c in changes if c[1] in ("articles", "index", "sums", "references")} - {None}
        left = 60 - sum(f"a{n}" in hit for n in before)
        if result.status not in (0, 1) or runut("--db", db, "check").status != 0:  # rebuild has checked it, but who checks rebuild?
            unmended.append((changes, result))
        elif numbers(db).items() <= before.items() and len(numbers(db)) >= min(left, 59):
            assert (result.status == 1) == ("lost: " in result.out), result
        elif changes[0][0] != "DELETE FROM article":
            unmended.append((changes, len(numbers(db))))
        for path in folder.glob("changed.db*"):
            path.unlink()
    assert not unmended, "\n".join(map(str, unmended))


def what_is_damaged_is_left_out_and_the_rest_keeps_its_number(folder):
    db = store(folder)
    before = numbers(db)
    change(db, "UPDATE article SET digest = x'00' WHERE number IN (1, 77, 150)")
    result = runut("--db", db, "rebuild")
    equal(result.status, 1)
    for name in ("a1", "a77", "a150"):
        holds(result.out, f"lost: articles: {name}: its digest cannot be read")
    holds(result.out, "147 articles in the new store; 3 things could not be taken over.")
    equal(numbers(db), {k: v for k, v in before.items() if k not in (1, 77, 150)})
    equal(check(db, 0), [])
    equal(runut("--db", db, "article", "a78").status, 0)


def bytes_overwritten_anywhere_are_mended_or_told(folder):
    whole = store(folder, 60)
    before = numbers(whole)
    rounds, made, kept = int(os.environ.get("RUNUT_DAMAGES", "60")) // 2, 0, 0
    for seed in range(rounds):
        r = random.Random(1000 + seed)
        db, new = folder / "bad.db", folder / "bad.db.to"
        shutil.copy(whole, db)
        overwrite(db, r, r.choice([1, 1, 3, 20]), r.choice([1, 4, 64, 4096]))
        data = db.read_bytes()
        result = runut("--db", db, "rebuild", "--to", new)
        assert result.status in (0, 1, 3), (seed, result)
        equal(db.read_bytes(), data)
        equal(leftovers(folder), [])
        if result.status == 3:
            assert result.err.startswith("runut: ") and not new.exists(), (seed, result)
        else:
            equal(check(new, 0), [])
            made += 1
            kept += len(numbers(new).items() & before.items())
        in_place = runut("--db", db, "rebuild")
        assert in_place.status in (0, 1, 3), (seed, in_place)
        if in_place.status == 3:
            assert db.read_bytes() == data or in_place.err, (seed, in_place)
        else:
            equal(check(db, 0), [])
        for path in folder.glob("bad.db*"):
            path.unlink()
    assert made > rounds / 2, made
    print(f"# {rounds} damaged stores: {made} made anew, with {kept} of {made * 60} articles")


def of_what_cannot_be_read_at_all_none_is_made(folder):
    db = store(folder, 20)
    data = bytearray(db.read_bytes())
    data[100:4096] = bytes(3996)  # the rest of the first page: no table has a name any more
    db.write_bytes(data)
    assert check(db, 1), "a finding"
    for words in (["--to", folder / "new.db"], []):
        result = runut("--db", db, "rebuild", *words)
        equal(result.status, 3)
        holds(result.err, str(db))
        equal(db.read_bytes(), bytes(data))
    assert not (folder / "new.db").exists() and leftovers(folder) == []


def killed_at_any_moment_the_old_store_is_as_it_was(folder):
    kills = int(os.environ.get("RUNUT_KILLS", "12")) // 2
    db = store(folder, 600)
    wanted, r, hits = told(db), random.Random(4), 0
    with subprocess.Popen([RUNUT, "--db", str(db), "rebuild", "--quiet"]) as first:
        start = time.monotonic()
        equal(first.wait(), 0)
        whole = time.monotonic() - start
    for _ in range(kills):
        with subprocess.Popen([RUNUT, "--db", str(db), "rebuild", "--quiet"]) as one:
            try:
                one.wait(r.uniform(0, whole))
            except subprocess.TimeoutExpired:
                hits += 1
            one.kill()
        equal(check(db, 0), [])
        equal(told(db), wanted)
    equal(runut("--db", db, "rebuild", "--quiet").status, 0)
    equal(leftovers(folder), [])
    equal(told(db), wanted)
    print(f"# {kills} kills, {hits} of them in the middle of rebuild, which takes {whole:.2f} s")


def stopped_it_leaves_the_old_store(folder):
    db = store(folder, 600)
    before = db.read_bytes()
    with subprocess.Popen([RUNUT, "--db", str(db), "rebuild"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as one:
        while not leftovers(folder) and one.poll() is None:
            pass
        one.terminate()
        err = one.communicate()[1]
    equal(one.returncode, 3)
    holds(err.decode(), "stopped")
    equal(leftovers(folder), [])
    equal(db.read_bytes(), before)


def nobody_else_may_have_it_open(folder):
    db = store(folder)
    other = sqlite3.connect(db)
    other.execute("SELECT count(*) FROM article").fetchone()
    result = runut("--db", db, "rebuild")
    equal((result.status, result.out), (3, ""))
    holds(result.err, "another program has it open")
    equal(leftovers(folder), [])
    equal(runut("--db", db, "rebuild", "--quiet", "--to", folder / "n.db").status, 0)  # this goes
    other.close()
    equal(runut("--db", db, "rebuild", "--quiet").status, 0)


def whoever_waits_for_it_finds_the_new_one(folder):
    """An add that begins while the store is made anew waits, and adds to the new one."""
    db = store(folder, 600)
    for round_ in range(2):
        with subprocess.Popen([RUNUT, "--db", str(db), "rebuild", "--quiet"]) as one:
            while not leftovers(folder) and one.poll() is None:
                pass
            adds = [subprocess.Popen([RUNUT, "--db", str(db), "add", "--quiet", "-"], stdin=subprocess.PIPE) for _ in range(2)]
            for k, add in enumerate(adds):
                add.stdin.write(articles(5, seed=k, outlet=f"w{round_}{k}"))
                add.stdin.close()
            equal([add.wait() for add in adds], [0, 0])
        equal(one.returncode, 0)
        equal(len(numbers(db)), 600 + 10 * (round_ + 1))
        equal(check(db, 0), [])


def a_full_disk_leaves_the_old_store(folder):
    if not shutil.which("unshare"):
        raise Skip("no unshare")
    store(folder, 600)
    mount = folder / "disk"
    mount.mkdir()
    size = os.path.getsize(folder / "s.db")
    script = f"""mount -t tmpfs -o size={size * 3 // 2 // 1024}k none {mount} || exit 77
        cp {folder}/s.db {mount}/s.db
        {RUNUT} --db {mount}/s.db rebuild; status=$?
        ls {mount} > {folder}/left; cmp {folder}/s.db {mount}/s.db || exit 78
        exit $status"""
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, check=False)
    if done.returncode == 77 or b"unshare" in done.stderr:
        raise Skip("no mounts of one's own here")
    equal((done.returncode, done.stdout), (3, b""))
    holds(done.stderr.decode(), "disk full")
    assert "-rebuild" not in (folder / "left").read_text(encoding="utf-8")


def of_no_store_none_is_made(folder):
    (folder / "empty.db").write_bytes(b"")
    (folder / "text.db").write_text("This is a letter, not a store. " * 400, encoding="utf-8")
    newer = store(folder, 3, "newer.db")
    c = sqlite3.connect(newer)
    c.execute("PRAGMA user_version = 99")
    c.commit()
    c.close()
    for name, words in {"empty.db": "holds nothing yet", "text.db": "not a runut store", "newer.db": "newer runut", "none.db": ""}.items():
        before = (folder / name).read_bytes() if name != "none.db" else b""
        result = runut("--db", folder / name, "rebuild")
        equal((name, result.status, result.out), (name, 3, ""))
        holds(result.err, words)
        equal((folder / name).read_bytes() if name != "none.db" else b"", before)
        equal(leftovers(folder), [])


main([a_whole_store_is_whole, the_samples_are_whole, each_change_is_found_in_its_place, many_findings_are_counted_not_all_told,
      what_is_told_is_made_safe_for_a_terminal, bytes_overwritten_anywhere_never_crash_it, a_damaged_head_is_told, a_cut_file_is_told,
      what_is_no_store_is_said_so, a_lost_log_is_told_or_harmless, it_changes_nothing_and_reads_where_it_cannot_write,
      it_checks_one_moment_of_a_store_that_is_written, a_full_disk_is_no_success,
      a_whole_store_is_rebuilt_as_if_all_was_added_at_once, to_another_file_the_old_one_stays, each_change_is_mended,
      what_is_damaged_is_left_out_and_the_rest_keeps_its_number, bytes_overwritten_anywhere_are_mended_or_told,
      of_what_cannot_be_read_at_all_none_is_made,
      killed_at_any_moment_the_old_store_is_as_it_was, stopped_it_leaves_the_old_store, nobody_else_may_have_it_open,
      whoever_waits_for_it_finds_the_new_one, a_full_disk_leaves_the_old_store, of_no_store_none_is_made])
