#!/usr/bin/env python3
"""`runut export --whole` and `runut import`: what comes back is the same store, and of nothing else comes one.

RUNUT_MUTATIONS sets how many files are changed at random (default 60).
"""
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import zlib

from tap import ROOT, RUNUT, Skip, equal, full_disk_is_no_success, holds, main, runut

SAMPLES = ROOT / "samples" / "captures"


def export(db):
    result = subprocess.run([RUNUT, "--db", str(db), "export", "--whole"], capture_output=True, check=False)
    equal((result.returncode, result.stderr), (0, b""))
    return result.stdout


def small(folder):
    """A store of a few articles, and what is exported of it."""
    db = folder / "small.db"
    files = sorted(str(SAMPLES / name) for name in os.listdir(SAMPLES))[:6]
    equal(runut("--db", db, "add", "--quiet", *files).status, 0)
    return db, export(db)


def grown(folder):
    """The samples, added one by one in a bad order: articles came to other events."""
    db = folder / "grown.db"
    names = sorted(os.listdir(SAMPLES))
    random.Random(3).shuffle(names)
    for start in range(0, len(names), 3):
        equal(runut("--db", db, "add", "--quiet", *(SAMPLES / name for name in names[start:start + 3])).status, 0)
    return db


def sealed(lines):
    """Lines with the last one made to fit, as somebody would who means harm."""
    body = b"\n".join(lines) + b"\n"
    return body + json.dumps({"lines": len(lines), "checksum": f"{zlib.crc32(body):08x}"}, separators=(",", ":")).encode() + b"\n"


def refused(folder, data, *words):
    """No store is made of these bytes; what is said."""
    result = runut("--db", folder / "new.db", "import", "-", stdin=data)
    equal((result.status, result.out), (3, ""))
    assert result.err.startswith("runut: "), result
    equal([name for name in os.listdir(folder) if name.startswith("new.db")], [])
    for word in words:
        holds(result.err, word)
    return result.err


def answers(db):
    """What the store says to every command."""
    def ask(*words):
        result = runut("--db", db, *words)
        equal(result.status, 0)
        return result.out
    out = [ask("export"), ask("stories", "--json"), ask("quotes", "--json"), ask("quotes", "--by", "Rahmat"), ask("search", "--json", "warga"),
           ask("quotes", "--about", "jembatan"), ask("search", "jembatan")]
    stories = [json.loads(line) for line in out[1].splitlines()]
    for story in stories[:4]:
        out.append(ask("story", story["story"], "--json"))
    for event in sorted(set(re.findall(r'"event":"(e\d+)"', out[0]))):
        out.append(ask("event", event, "--json"))
    for number in (1, 2, 5):
        out.append(ask("article", f"a{number}", "--json"))
    out.append(ask("why", "a1", "a2", "--json"))
    names = [name["name"] for line in out[0].splitlines() for name in json.loads(line)["people"]]
    out.append(ask("between", names[0], names[1], "--json"))
    return out


def what_comes_back_is_the_same_store(folder):
    db, new = grown(folder), folder / "new.db"
    data = export(db)
    assert b'\n{"move":1,' in data, "articles came to other events"
    (folder / "all.jsonl").write_bytes(data)
    result = runut("--db", new, "import", folder / "all.jsonl")
    equal((result.status, result.err), (0, ""))
    holds(result.out, "in the new store, which is whole")
    equal(export(new), data)
    equal(answers(new), answers(db))
    equal(runut("--db", new, "check").status, 0)
    more = json.dumps({"id": "x", "headline": "Jembatan Sungai Balui dibuka", "articleBody": "Warga Balui membuka jembatan itu kemarin. " * 4}).encode()
    for path in (db, new):  # and goes on as that one does
        equal(runut("--db", path, "add", "--quiet", "-", stdin=more).status, 0)
    strip = re.compile(rb'\{"arrival":.*\n|\{"lines":.*\n')
    equal(strip.sub(b"", export(new)), strip.sub(b"", export(db)))


def packed_and_from_a_pipe(folder):
    db, data = small(folder)
    ways = {"gzip": gzip.compress(data)}
    if shutil.which("zstd"):
        ways["zstd"] = subprocess.run(["zstd", "-qc"], input=data, capture_output=True, check=True).stdout
    for name, packed in ways.items():
        equal(runut("--db", folder / name, "import", "-", stdin=packed).status, 0)
        equal(export(folder / name), data)
    equal(export(db), data)


def lines_say_what_they_are(folder):
    _, data = small(folder)
    lines = [json.loads(line) for line in data.splitlines()]
    equal(list(lines[0]), ["runut", "format", "articles", "events"])
    equal((lines[0]["format"], lines[0]["articles"]), (1, 6))
    articles = [line for line in lines if "articleBody" in line]
    equal([a["article"] for a in articles], [1, 2, 3, 4, 5, 6])
    assert all(isinstance(a["record"], dict) and a["record"]["headline"] == a["headline"] for a in articles)
    equal(lines[-1], {"lines": len(lines) - 1, "checksum": f"{zlib.crc32(data[:data.rindex(b'{')]):08x}"})


def a_store_that_is_there_stays(folder):
    db, data = small(folder)
    before = db.read_bytes()
    result = runut("--db", db, "import", "-", stdin=data)
    equal((result.status, result.out), (2, ""))
    holds(result.err, "is there already")
    equal(db.read_bytes(), before)
    result = runut("--db", db, "export", "--whole", "--since", "2024")
    equal(result.status, 2)
    result = runut("--db", folder / "n.db", "import", folder / "nowhere.jsonl")
    equal((result.status, os.path.exists(folder / "n.db")), (3, False))


def cut_off_anywhere_it_is_told(folder):
    _, data = small(folder)
    r = random.Random(5)
    for size in [0, 1, data.index(b"\n"), data.index(b"\n") + 1, len(data) - 2] + [r.randrange(len(data)) for _ in range(12)]:
        refused(folder, data[:size])
    lines = data.splitlines()
    refused(folder, b"\n".join(lines[:-1]) + b"\n", f"record {len(lines)}", "cut off")
    refused(folder, b"\n".join(lines[:5] + lines[6:]) + b"\n", "lines are missing")
    refused(folder, data.replace(b'"headline":"', b'"headline":"X', 1), "the checksum does not fit")
    refused(folder, data + b"{}\n", f"record {len(lines) + 1}")
    refused(folder, gzip.compress(data)[:-200])


def what_is_none_is_said_so(folder):
    db, data = small(folder)
    refused(folder, b"", "is empty")
    refused(folder, b"This is a letter.\n", "record 1")
    refused(folder, runut("--db", db, "export").out.encode(), "record 1")
    refused(folder, data.replace(b'"format":1', b'"format":2'), "written by a newer runut")
    refused(folder, data.replace(b'"format":1', b'"format":0'), "never was")
    refused(folder, data[data.index(b"\n") + 1:], "no store that runut export --whole wrote")


def changed(line, key, value):
    return json.dumps({**json.loads(line), key: value}, ensure_ascii=False, separators=(",", ":")).encode()


def hostile_lines_are_refused_with_their_place(folder):
    """The sums fit; what stands in the lines does not."""
    _, data = small(folder)
    lines = data.splitlines()[:-1]
    at = {key: next(i for i, line in enumerate(lines) if line.startswith(b'{"%s":' % key.encode()))
          for key in ("article", "event", "arrival", "counter")}
    article, event = at["article"], at["event"]
    record, relation = (json.loads(lines[article])[key] for key in ("record", "relation"))
    deep = b'{"article":' + b"[" * 100000 + b"]" * 100000 + b"}"
    cases = [
        (article, "article", 0, "'article'"), (article, "article", 1 << 40, "'article'"), (article, "article", "1", "'article'"),
        (article, "article", 1.5, "'article'"), (article + 1, "article", 1, "not above"), (article, "article", 900000000, ""),
        (article, "id", None, "no id"), (article + 1, "id", json.loads(lines[article])["id"], "of this id came before"),
        (article + 1, "hash", json.loads(lines[article])["hash"], "of this hash came before"), (article, "hash", "zz", "hexadecimal"),
        (article, "event", 999, ""), (article, "dateInferred", "2024-02-31", "'dateInferred'"), (article, "dateInferred", 5, "'dateInferred'"),
        (article, "articleBody", None, "no text"), (article, "articleBody", {}, "'articleBody'"),
        (article, "record", [], "record"), (article, "record", "x", "'record'"), (article, "record", None, "record"),
        (article, "record", {**record, "quotes": {}}, "record"), (article, "record", {**record, "quotes": [None]}, "record"),
        (article, "record", {**record, "people": [{"name": 5}]}, "record"), (article, "record", {**record, "author": 1}, "record"),
        (article, "record", {**record, "places": [{"name": "x", "mentions": {"a": 1}}]}, "record"),
        (article, "relation", {**relation, "disagreements": [{}]}, "relation"), (article, "relation", {**relation, "reuse": {"of": "a"}}, "relation"),
        (article, "relation", {**relation, "disagreements": [{"about": "x", "with": None}]}, "relation"),
        (article, "relation", {**relation, "reuse": {"of": 4000}}, ""), (article, "relation", {**relation, "reuse": {"of": -1}}, "relation"),
        (article, "digest", "AAAA", "digest"), (article, "digest", "!!!!", "Base64"), (article, "digest", "A", "Base64"), (article, "digest", None, "digest"),
        (article, "lines", {"a": 1}, "lines"), (article, "lines", 5, "'lines'"), (article, "surprise", 1, "does not know: 'surprise'"),
        (event, "event", 2000000000, "too large"), (event, "story", 2000000000, "too large"), (event, "title", 77, ""),
        (event, "origins", {}, ""), (event, "origins", None, ""), (event, "articles", 9, ""), (event, "year", 10000, "year"), (event, "month", 13, "month"),
        (event, "day", "0000-00-00", "'day'"), (at["arrival"], "arrival", 100, ""), (at["counter"], "counter", "other", "no such counter"),
        (at["counter"], "value", -1, "'value'"), (0, "articles", 7, "as many"), (0, "format", None, "'format'"),
    ]
    for place, key, value, words in cases:
        said = refused(folder, sealed(lines[:place] + [changed(lines[place], key, value)] + lines[place + 1:]), words)
        if words and place:
            holds(said, f"record {place + 1}" if words != "as many" else "record")
    for line, words in ((deep, ""), (b'{"article":1,"article":2}', "twice"), (b"{}", "no line"), (b"[]", "no line"), (b'{"id":1}', "no line"),
                        (lines[article].replace(b'"named":', b'"n\\u0061med":'), "'n\\u0061med'"), (lines[article][:-1] + b',"x":"\xff"}', "UTF-8"),
                        (b'{"arrival":1}', "'at' is missing"), (b'{"version":1,"replaces":0}', "'replaces'"), (b'{"version":1,"replaces":2}\n{"version":2,"replaces":1}', ""), (b'{"move":1,"article":99,"from":1,"to":1,"newest":1}', "")):
        refused(folder, sealed(lines[:article] + [line] + lines[article + 1:]), words)


def changed_anywhere_it_never_crashes(folder):
    """Bytes of lines changed at random, and the sums made to fit: a whole store that answers, or none."""
    _, data = small(folder)
    lines, made = data.splitlines()[:-1], 0
    rounds = int(os.environ.get("RUNUT_MUTATIONS", "60"))
    for seed in range(rounds):
        r = random.Random(seed)
        bad = list(lines)
        for _ in range(r.choice([1, 1, 2, 5])):
            at = r.randrange(len(bad))
            line = bytearray(bad[at])
            for _ in range(r.choice([1, 1, 3])):
                place = r.randrange(len(line))
                line[place:place + r.choice([0, 1, 1, 4])] = r.choice([b"", b"0", b"9", b'"', b"{", b"]", b"null", b"\\", b"-", b"A", bytes([r.randrange(256)])])
            bad[at] = bytes(line).replace(b"\n", b" ")
        db = folder / "new.db"
        result = runut("--db", db, "import", "--quiet", "-", stdin=sealed(bad))
        assert result.status in (0, 3), (seed, result)
        if result.status == 0:
            made += 1
            equal(runut("--db", db, "check").status, 0)
            for words in (["export"], ["stories", "--json"], ["quotes", "--json"], ["event", "e1"]):
                assert runut("--db", db, *words).status in (0, 2), (seed, words)
            assert runut("--db", db, "add", "--quiet", SAMPLES).status == 0, seed
        else:
            assert result.err.startswith("runut: "), (seed, result)
        for path in folder.glob("new.db*"):
            path.unlink()
    print(f"# {rounds} files with changed bytes: of {made} a whole store came, the others were refused")


def what_stands_beyond_its_text_is_no_harm(folder):
    """Records and relations that are of the right shape and name places, articles and words that are not there."""
    _, data = small(folder)
    lines = data.splitlines()[:-1]
    far = {"start": 4000000000, "end": 4000000001, "text": "x"}
    for i, line in enumerate(lines):
        if line.startswith(b'{"article":'):
            one = json.loads(line)
            one["articleBody"] = "Isi."
            one["lines"] = [5, None, {}, {"at": -1, "text": []}, "x", {"at": 1 << 60, "text": "y", "role": 7}]
            one["relation"] = {**one["relation"], "novel": [{}, far], "why": None, "disagreements": [
                {"about": "x", "with": [], **far}, {"about": "", "with": [4000], "number": 1e308}]}
            one["record"]["quotes"] = [{**far, "speaker": "Rahmat"}, {"text": None}, {}]
            one["record"]["people"] = [{"name": "Rahmat", "key": "rahmat", "mentions": [far, {}]}, {}, {"name": "B", "key": "b", "role": far}]
            lines[i] = json.dumps(one, separators=(",", ":")).encode()
    db = folder / "new.db"
    result = runut("--db", db, "import", "-", stdin=sealed(lines))
    equal((result.status, result.err), (0, ""))
    for words in (["export"], ["stories", "--json"], ["quotes"], ["quotes", "--by", "rahmat"], ["search", "isi"], ["event", "e1"], ["event", "e1", "--json"],
                  ["article", "a1"], ["article", "a1", "--json"], ["compare", "a1", "a2"], ["between", "Rahmat", "B"], ["why", "a1", "a2"], ["story", "s1"]):
        assert runut("--db", db, *words).status in (0, 1, 2), words
    equal(runut("--db", db, "add", "--quiet", SAMPLES).status, 0)
    equal(runut("--db", db, "check").status, 0)


def versions_come_along_and_may_not_go_round_in_circles(folder):
    text = "Bupati membuka jembatan gantung di atas sungai pada hari Senin. " * 6
    for day, end in ((1, "Warga senang."), (2, "Warga senang dan menari."), (3, "Warga senang, menari dan bernyanyi.")):
        line = {"headline": "Jembatan dibuka", "articleBody": text + end, "url": "https://kabar.example/jembatan", "datePublished": f"2024-05-0{day}"}
        equal(runut("--db", folder / "v.db", "add", "--quiet", "-", stdin=json.dumps(line).encode()).status, 0)
    data = export(folder / "v.db")
    assert b'\n{"version":2,"replaces":1}\n{"version":3,"replaces":2}\n' in data, data[-600:]
    equal(runut("--db", folder / "w.db", "import", "-", stdin=data).status, 0)
    equal(export(folder / "w.db"), data)
    for words in (["export"], ["article", "a2", "--json"], ["event", "e1", "--json"]):
        equal(runut("--db", folder / "w.db", *words).out, runut("--db", folder / "v.db", *words).out)
    lines = data.replace(b'{"version":2,', b'{"version":1,"replaces":3}\n{"version":2,').splitlines()[:-1]
    refused(folder, sealed(lines), "a version of itself")


def a_damaged_store_is_not_exported(folder):
    import sqlite3
    db, _ = small(folder)
    c = sqlite3.connect(db)
    c.execute("UPDATE article SET record = '{' WHERE number = 3")
    c.commit()
    c.close()
    result = runut("--db", db, "export", "--whole")
    equal(result.status, 3)
    holds(result.err, "a3 is damaged")


def a_full_disk_is_no_success(folder):
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    db, _ = small(folder)
    full_disk_is_no_success("--db", db, "export", "--whole")


main([what_comes_back_is_the_same_store, packed_and_from_a_pipe, lines_say_what_they_are, a_store_that_is_there_stays,
      cut_off_anywhere_it_is_told, what_is_none_is_said_so, hostile_lines_are_refused_with_their_place,
      changed_anywhere_it_never_crashes, what_stands_beyond_its_text_is_no_harm,
      versions_come_along_and_may_not_go_round_in_circles, a_damaged_store_is_not_exported, a_full_disk_is_no_success])
