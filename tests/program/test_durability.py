#!/usr/bin/env python3
"""Nothing that was reported as stored is lost: kill -9 at random moments, a full disk, two writers at once.

RUNUT_KILLS sets how often the writer is killed (default 12), RUNUT_KILLS_INPUT a file of JSON Lines, each with an id, to add
instead of 3,000 invented reports (bench/articles.py makes large ones). Tests that are named behind the program run alone:

    python3 bench/articles.py 20000 > a.jsonl
    RUNUT_KILLS=300 RUNUT_KILLS_INPUT=a.jsonl python3 tests/program/test_durability.py build/runut 'killed at any moment'
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import threading
import time

from durable import BATCH, articles, count, ids, killed_after, seconds_of, sound, told_ids
from serving import Server
from tap import RUNUT, Skip, equal, holds, main, runut

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


def questions(db):
    """Each of the commands that read, as it is put again and again; what it answers must be whole."""
    def lines(*words):
        result = runut("--db", db, *words)
        assert (result.status, result.err) == (0, ""), result
        return [json.loads(line) for line in result.out.splitlines()]

    def export():
        got = lines("export")
        numbers = [int(line["article"][1:]) for line in got]
        assert numbers == list(range(1, len(got) + 1)), "an export with holes"
        assert all(line["event"] and line["story"] for line in got), "an article that is of no event"
        return len(got)

    def stories():
        return sum(story["articles"] for story in lines("stories", "--json"))

    def search():
        return len(lines("search", "--json", "sungai"))

    def event():
        result = runut("--db", db, "event", "--json", first_event)
        if result.status == 2:  # its reports came to another one meanwhile
            holds(result.err, f"no event {first_event} any more")
            return 0
        assert (result.status, result.err) == (0, ""), result
        got = json.loads(result.out)
        equal(len(got["reports"]), got["articles"])
        return got["articles"]

    first_event = lines("export")[0]["event"]
    return [export, stories, search, event]


def asks(question, writing, seen):
    """Asks until nobody writes, and once more."""
    while True:
        last = not writing.is_set()
        try:
            seen.append(question())
        except Exception as error:  # told by who started this
            seen.append(error)
            return
        if last:
            return


def last_batches(count, each):
    """How many of the two writers have written their last batch, which is a smaller one, where a store holds so many of theirs."""
    return next((ends for ends in range(3) if (count - ends * (each % BATCH)) % BATCH == 0), 0)


def two_writers_and_five_readers_at_once(folder):
    db, each = folder / "s.db", 1000 if "RUNUT_MANY" not in os.environ else int(os.environ["RUNUT_MANY"])
    equal(runut("--db", db, "add", "--quiet", "-", stdin=articles(40, seed=9).replace('"n', '"first').encode()).status, 0)
    writing, answers = threading.Event(), [[] for _ in range(5)]
    writing.set()
    with Server(db, "--read-only") as server:
        asked = [*questions(db), lambda: server.json("/api/v1/health")["articles"]]
        readers = [threading.Thread(target=asks, args=(question, writing, seen)) for question, seen in zip(asked, answers)]
        writers = []
        for k in range(2):
            (folder / f"{k}.jsonl").write_text(articles(each, seed=k).replace('"n', f'"w{k}-'), encoding="utf-8")
            writers.append(subprocess.Popen([RUNUT, "--db", str(db), "add", "--json", str(folder / f"{k}.jsonl")],
                                            stdout=open(folder / f"told{k}", "wb"), stderr=subprocess.PIPE))
        for reader in readers:
            reader.start()
        ends = [(writer.communicate()[1], writer.returncode) for writer in writers]
        writing.clear()
        for reader in readers:
            reader.join()
    equal(ends, [(b"", 0), (b"", 0)])
    for seen in answers:
        assert not any(isinstance(n, Exception) for n in seen), seen
    for seen in (answers[0], answers[1], answers[4]):  # whole batches, and never fewer than before
        assert seen == sorted(seen) and seen[-1] == 40 + 2 * each, seen
        assert all((n - 40 - ends * (each % BATCH)) % BATCH == 0 for n in seen for ends in [last_batches(n - 40, each)]), seen
    have = ids(db)
    equal(len(have), 40 + 2 * each)
    assert told_ids(folder / "told0") | told_ids(folder / "told1") <= have
    sound(db)
    print(f"# while two writers added {2 * each} articles, five readers asked {', '.join(str(len(seen)) for seen in answers)} times")


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


main([killed_at_any_moment_nothing_reported_is_lost, two_writers_and_five_readers_at_once,
      a_full_disk_is_told_and_the_store_stays_whole, interrupted_it_keeps_what_it_has])
