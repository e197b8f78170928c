#!/usr/bin/env python3
"""Nothing that was reported as stored is lost: kill -9 at random moments, a full disk, two writers at once.

RUNUT_KILLS sets how often the writer is killed (default 12), RUNUT_KILLS_INPUT a file of JSON Lines, each with an id, to add
instead of 3,000 invented reports (bench/articles.py makes large ones). Tests that are named behind the program run alone:

    python3 bench/articles.py 20000 > a.jsonl
    RUNUT_KILLS=300 RUNUT_KILLS_INPUT=a.jsonl python3 tests/program/test_durability.py build/runut 'killed at any moment'
"""
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import time

from tap import RUNUT, Skip, equal, holds, main, runut

BATCH = 512  # articles that are written and reported together
PLACES = ["Anggrek", "Bakau", "Cempaka", "Damar", "Enau", "Flamboyan", "Gaharu", "Heliks"]
WORDS = "warga sungai jembatan pasar sekolah hujan panen harga kapal nelayan kebun listrik jalan bupati camat desa".split()


def articles(count, seed=7):
    """JSON Lines of `count` invented reports."""
    r = random.Random(seed)
    lines = []
    for i in range(count):
        place, day = r.choice(PLACES), r.randrange(1, 29)
        body = "\n".join(" ".join(r.choice(WORDS) for _ in range(25)).capitalize() + f" di {place} pada {day}/5/2024." for _ in range(4))
        lines.append(json.dumps({"id": f"n{i}", "headline": f"{r.choice(WORDS).capitalize()} di {place}", "articleBody": body,
                                 "datePublished": f"2024-05-{day:02d}"}))
    return "\n".join(lines) + "\n"


def count(db):
    result = runut("--db", db, "export")
    equal(result.status, 0)
    return [json.loads(line) for line in result.out.splitlines()]


def ids(db):
    """Of all articles, asked of the file itself: an export of many takes long. Nothing is written, not even what is in the log."""
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as c:
        return {row[0] for row in c.execute("SELECT id FROM article")}


def sound(db):
    """`runut check` finds nothing."""
    result = runut("--db", db, "check")
    assert result.status == 0 and result.out.startswith("Whole: "), result


def told_ids(path):
    """Of all articles that `add --json` reported as stored or as there before; a last line that was cut does not count."""
    lines = [line for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines(True) if line.endswith("\n")]
    return {told["id"] for told in map(json.loads, lines) if told["status"] != "rejected"}


def cpu(pid):
    """Seconds of the processor that a process has had, by the clock that Linux keeps for each."""
    return time.clock_gettime((~pid << 3) | 2)


def seconds_of(*words):
    """What the program's run costs; it must succeed."""
    before = os.times()
    equal(runut(*words).status, 0)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def killed_after(seconds, more, told, *words):
    """Starts the program, kills it after so many seconds of the processor and `more` of the clock. Did that come in time? Moments
    are told by the processor's time, so that they are spread evenly however busy the machine is."""
    with open(told, "wb") as out, subprocess.Popen([RUNUT, *map(str, words)], stdout=out, stderr=subprocess.PIPE) as process:
        while process.poll() is None:
            left = seconds - cpu(process.pid)
            if left <= 0:
                break
            time.sleep(max(left / 3, 0.001))
        try:
            status = process.wait(more)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        err = process.stderr.read().decode()
    assert (status, err) in ((0, ""), (-signal.SIGKILL, "")), (status, err)
    return status != 0


def killed_at_any_moment_nothing_reported_is_lost(folder):
    kills = int(os.environ.get("RUNUT_KILLS", "12"))
    given = os.environ.get("RUNUT_KILLS_INPUT")
    source = pathlib.Path(given) if given else folder / "in.jsonl"
    if not given:
        source.write_text(articles(3000), encoding="utf-8")
    whole = seconds_of("--db", folder / "whole.db", "add", "--quiet", source)
    again = seconds_of("--db", folder / "whole.db", "add", "--quiet", source)
    all_ids = ids(folder / "whole.db")
    for path in folder.glob("whole.db*"):
        path.unlink()
    usual = again + whole * max(1 / 15, 1.5 * BATCH / len(all_ids))  # so that a store is whole after fifteen kills or fewer
    r = random.Random(1)
    db, reported, done, stores, held, told = folder / "s.db", set(), 0, 1, [], folder / "told"
    while done < kills:
        in_time = killed_after(r.uniform(0, 2 * usual), r.uniform(0, 0.02), told, "--db", db, "add", "--json", source)
        done += in_time
        reported |= told_ids(told)
        if reported:  # killed before its first commit, a store may hold nothing, not even tables
            sound(db)
            have = ids(db)
            assert reported <= have, f"lost {sorted(reported - have)[:5]}"
            held.append(len(have))
        if len(reported) == len(all_ids):
            equal(ids(db), all_ids)
            for path in folder.glob("s.db*"):
                path.unlink()
            reported = set()
            stores += 1
        if done % 10 == 0 and in_time:
            print(f"# {done} killed; {len(held)} checks found nothing, nothing was lost; {stores} stores; it holds"
                  f" {held[-1] if held else 0}", flush=True)
    equal(runut("--db", db, "add", "--quiet", source).status, 0)
    equal(ids(db), all_ids)
    sound(db)
    print(f"# {len(all_ids)} articles, killed {done} times in the middle of add, in {stores} stores; checked {len(held)} times, with"
          f" {min(held)} to {max(held)} articles there: nothing found, nothing lost, the last run completed;"
          f" an undisturbed add takes {whole:.2f} s of the processor, one of what is all there {again:.2f} s")


def two_writers_at_once_lose_nothing(folder):
    writers = []
    for k in range(2):
        (folder / f"{k}.jsonl").write_text(articles(1500, seed=k).replace('"n', f'"w{k}-'), encoding="utf-8")
        writers.append(subprocess.Popen([RUNUT, "--db", str(folder / "s.db"), "add", "--quiet", str(folder / f"{k}.jsonl")],
                                        stderr=subprocess.PIPE))
    for writer in writers:
        told = writer.communicate()[1]
        equal((writer.returncode, told), (0, b""))
    equal(len(count(folder / "s.db")), 3000)
    sound(folder / "s.db")


def a_reader_sees_a_whole_store_while_another_writes(folder):
    (folder / "in.jsonl").write_text(articles(2000), encoding="utf-8")
    equal(runut("--db", folder / "s.db", "add", "-", stdin=articles(10, seed=3).replace('"n', '"first').encode()).status, 0)
    writer = subprocess.Popen([RUNUT, "--db", str(folder / "s.db"), "add", "--quiet", str(folder / "in.jsonl")])
    seen = []
    while writer.poll() is None:
        seen.append(len(count(folder / "s.db")))
    equal(writer.returncode, 0)
    assert seen == sorted(seen) and all((n - 10) % 512 == 0 or n == 2010 for n in seen), seen


def a_full_disk_is_told_and_the_store_stays_whole(folder):
    if not shutil.which("unshare"):
        raise Skip("no unshare")
    mount = folder / "disk"
    mount.mkdir()
    (folder / "in.jsonl").write_text(articles(3000), encoding="utf-8")
    script = f"""mount -t tmpfs -o size=6m none {mount} || exit 77
        {RUNUT} --db {mount}/s.db add --json {folder}/in.jsonl > {folder}/told; status=$?
        {RUNUT} --db {mount}/s.db export > {folder}/export || exit 78
        exit $status"""
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, check=False)
    if done.returncode == 77 or b"unshare" in done.stderr:
        raise Skip("no mounts of one's own here")
    equal(done.returncode, 3)
    holds(done.stderr.decode(), "disk full")
    reported = {json.loads(line)["id"] for line in (folder / "told").read_text(encoding="utf-8").splitlines()}
    have = {json.loads(line)["id"] for line in (folder / "export").read_text(encoding="utf-8").splitlines()}
    assert reported <= have and len(have) < 3000, (len(reported), len(have))


def interrupted_it_keeps_what_it_has(folder):
    (folder / "in.jsonl").write_text(articles(20000), encoding="utf-8")
    writer = subprocess.Popen([RUNUT, "--db", str(folder / "s.db"), "add", str(folder / "in.jsonl")], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
    time.sleep(0.7)
    writer.terminate()
    out, err = writer.communicate()
    equal(writer.returncode, 1)
    holds(err.decode(), "stopped")
    equal(len(count(folder / "s.db")), int(out.split()[0]))
    sound(folder / "s.db")


main([killed_at_any_moment_nothing_reported_is_lost, two_writers_at_once_lose_nothing,
      a_reader_sees_a_whole_store_while_another_writes, a_full_disk_is_told_and_the_store_stays_whole,
      interrupted_it_keeps_what_it_has])
