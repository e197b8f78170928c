"""What the tests of durability share: invented reports, what a store holds, whether it is whole, and kills."""
import contextlib
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import time

from tap import RUNUT, equal, runut

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
