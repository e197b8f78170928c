#!/usr/bin/env python3
"""`runut dedup` from outside: marks, drops, and lets the rest be; the same whatever jobs, memory and kills."""
import json
import os
import random
import shutil
import subprocess
import time

from tap import RUNUT, Skip, closed_pipe_ends_it, equal, full_disk_is_no_success, holds, main, runut

WORDS = ("warga sungai jembatan pasar sekolah hujan panen harga kapal nelayan kebun listrik jalan bupati camat desa banjir "
         "petani guru dokter polisi kantor rumah pantai gunung hutan laut udara tanah bandara kereta terminal pelabuhan").split()
FORMS = [word + ending for word in WORDS for ending in ("", "", "nya", "an", "kan")]


def text(r, words=120):
    return " ".join(r.choices(FORMS, k=words)).capitalize() + "."


def edited(r, body, rate=0.03):
    return " ".join(r.choice(WORDS) if r.random() < rate else word for word in body.split())


def line(**record):
    return json.dumps(record, ensure_ascii=False)


def stream(count, seed=1):
    """Records of which a third or so are copies, with what each is a copy of."""
    r, known, lines, copies = random.Random(seed), [], [], {}
    for i in range(count):
        if known and r.random() < 0.35:
            first, body = r.choice(known)
            copies[f"n{i}"] = first
            body = r.choice([lambda: body, lambda: edited(r, body), lambda: body + "\n" + text(r, 15), lambda: body.upper()])()
        else:
            body = text(r, r.randint(80, 300))
            known.append((f"n{i}", body))
        lines.append(line(id=f"n{i}", articleBody=body))
    return "\n".join(lines) + "\n", copies


def marks(result):
    return {a["id"]: a["duplicateOf"] for a in map(json.loads, result.out.splitlines()) if "duplicateOf" in a}


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def copies_are_marked_and_the_rest_is_as_it_was(folder):
    lines, copies = stream(2000)
    result = runut("dedup", write(folder, "in.jsonl", lines))
    equal((result.status, result.err), (0, ""))
    equal(marks(result), copies)
    for was, now in zip(lines.splitlines(), result.out.splitlines(), strict=True):
        record = json.loads(now)
        if "duplicateOf" not in record:
            equal(now, was)
            continue
        assert now.startswith(was[:-1] + ',"duplicateOf":"n'), now[-80:]
        assert 0.55 <= record["similarity"] <= 1, record["similarity"]


def drop_leaves_them_out_and_says_how_many(folder):
    lines, copies = stream(500)
    path = write(folder, "in.jsonl", lines)
    kept = "".join(one + "\n" for one in lines.splitlines() if json.loads(one)["id"] not in copies)
    result = runut("dedup", "--drop", path)
    equal((result.status, result.out), (0, kept))
    equal(result.err, f"runut: 500 records, {len(copies)} duplicates left out\n")
    equal(runut("dedup", "--drop", "--quiet", path).err, "")


def keys_stay_as_they_are(folder):
    body = text(random.Random(3))
    odd = f'{{ "x" : [1, {{"id": "no"}}],\t"text":{json.dumps(body)} , "n":1.50, "id" : 17,"text2":"\\u00e9\\/" }}'
    result = runut("dedup", "-", stdin=f"{odd}\r\n\n{odd}\n".encode())
    first, second = result.out.splitlines()
    equal(first, odd)
    equal(second, odd[:-1] + ',"duplicateOf":17,"similarity":1}')


def it_names_the_id_else_the_url_else_the_place(folder):
    r = random.Random(5)
    a, b, c = text(r), text(r), text(r)
    path = write(folder, 'a"b.jsonl', "\n".join([line(articleBody=a, url="https://x.example/1"), line(text=b), "", line(maintext=c, id="é\n"),
                                                 line(text=a), line(text=b), line(text=c), line(text=a.upper(), id=9)]) + "\n")
    got = [json.loads(one).get("duplicateOf") for one in runut("dedup", path).out.splitlines()]
    equal(got, [None, None, None, "https://x.example/1", f"{path}:2", "é\n", "https://x.example/1"])


def copies_of_copies_lead_to_the_first(folder):
    r = random.Random(7)
    bodies = [text(r, 400)]
    for _ in range(3):
        bodies.append(edited(r, bodies[-1], 0.04))
    lines = "\n".join(line(id=i, text=body) for i, body in enumerate(bodies))
    got = [json.loads(one) for one in runut("dedup", "-", stdin=lines.encode()).out.splitlines()]
    equal([a.get("duplicateOf") for a in got], [None, 0, 0, 0])
    assert got[3]["similarity"] > 0.7, got[3]["similarity"]  # to the one before, not to the first


def shortened_copies_need_contained(folder):
    body = text(random.Random(9), 600)
    lines = (line(id="a", text=body) + "\n" + line(id="b", text=" ".join(body.split()[:270]))).encode()
    equal(marks(runut("dedup", "-", stdin=lines)), {})
    equal(marks(runut("dedup", "--contained", "-", stdin=lines)), {"b": "a"})
    equal(marks(runut("dedup", "--threshold", 0.35, "-", stdin=lines)), {"b": "a"})


def forms_filled_in_anew_are_no_copies(folder):
    form = ("The weather service expects rain over {} on {} with {} mm within {} hours; the wind blows from the south at {} "
            "km/h and the river at the old bridge stands at {} cm. Boats up to {} tonnes stay in the harbour, the office said, "
            "and asks everybody to keep away from the banks until the warning is lifted.")
    one = form.format("Anggrek", "Monday", 31, 6, 44, 212, 12)
    two = form.format("Damar", "Friday", 8, 24, 19, 148, 30)
    lines = "\n".join(line(id=i, text=body) for i, body in enumerate((one, two, one.replace("asks", "begs"))))
    equal(marks(runut("dedup", "-", stdin=lines.encode())), {2: 0})


def neither_jobs_nor_memory_change_anything(folder):
    lines, _ = stream(10000, seed=11)
    path = write(folder, "in.jsonl", lines + '{"id":"broken"\n' + lines[:20000])
    wanted = runut("dedup", "--jobs", 1, path)
    equal(wanted.status, 1)
    for words in (["--jobs", 2], ["--jobs", 7], ["--memory", 1], ["--memory", 1, "--jobs", 3], ["--state", folder / "s", "--memory", 1]):
        got = runut("dedup", *words, path)
        equal((got.status, got.out == wanted.out, got.err), (1, True, wanted.err))
    assert len(list((folder / "s").glob("run-*"))) > 1, "nothing was spilled"


def broken_lines_are_told_and_the_others_go_on(folder):
    body = text(random.Random(13))
    good = line(id=1, text=body)
    path = write(folder, "in.jsonl", f'{good}\n{{"id":2,"text":"x}}\n[1]\n{{"id":3}}\n{line(id=4, text="")}\n{line(id=5, text=None)}\n{good}\n'.encode()
                 + b'{"id":6,"text":"a\x01"}')
    result = runut("dedup", path)
    equal(result.status, 1)
    equal([json.loads(one)["id"] for one in result.out.splitlines()], [1, 4, 5, 1])
    start = len(good) + 1
    told = [f"record 2: byte {start + 18}: broken JSON: ends in the middle of a string", f"record 3: byte {start + 19}: broken JSON: not a JSON object",
            "record 4: ", "record 8: "]
    for got, wanted in zip(result.err.splitlines(), told, strict=True):
        holds(got, f"{path}: {wanted}")
    holds(result.err, "neither articleBody (or text) nor html")


def other_captures_come_as_clean_prints_them(folder):
    r = random.Random(15)
    body = "\n\n".join(text(r, 60) for _ in range(3))
    page = "<!doctype html><html><head><title>Judul</title></head><body><article><h1>Judul</h1>" + \
        "".join(f"<p>{p}</p>" for p in body.split("\n\n")) + "</article></body></html>"
    where = folder / "in"
    where.mkdir()
    write(where, "a.txt", body)
    write(where, "b.html", page)
    write(where, "c.jsonl", line(id="c", html=page) + "\n")
    write(where, "d.json", json.dumps([{"id": "d", "text": body, "own": [1]}], indent=1))
    result = runut("dedup", where)
    equal((result.status, result.err), (0, ""))
    a, b, c, d = map(json.loads, result.out.splitlines())
    cleaned = runut("clean", where / "a.txt").out
    equal(result.out.splitlines()[0] + "\n", cleaned)
    equal([x["duplicateOf"] for x in (b, c, d)], [a["id"]] * 3)
    equal(list(c), ["id", "html", "duplicateOf", "similarity"])
    equal(list(d), ["id", "text", "own", "duplicateOf", "similarity"])


def what_it_prints_can_be_read_again(folder):
    lines, _ = stream(300)
    once = runut("dedup", "-", stdin=lines.encode())
    equal(runut("dedup", "-", stdin=once.out.encode()).out, once.out)
    kept = runut("dedup", "--drop", "--threshold", 1, "-", stdin=once.out.encode())
    assert '"similarity":1' not in kept.out and "duplicateOf" not in kept.out, "marks of the earlier run are gone"


def a_state_goes_on_with_more_input(folder):
    lines, copies = stream(1500, seed=17)
    parts = [lines.splitlines(True)[i:i + 500] for i in range(0, 1500, 500)]
    state, out = folder / "state", ""
    for number, part in enumerate(parts):
        result = runut("dedup", "--state", state, write(folder, f"{number}.jsonl", "".join(part)))
        equal((result.status, result.err), (0, ""))
        out += result.out
    equal(out, runut("dedup", "-", stdin=lines.encode()).out)
    again = marks(runut("dedup", "--state", state, folder / "2.jsonl"))
    equal(len(again), 500)  # all seen before
    equal({k: v for k, v in again.items() if k in copies}, {k: v for k, v in copies.items() if k in again})


def a_killed_run_is_taken_up(folder):
    lines, _ = stream(45000 if os.environ.get("RUNUT_KILLS", "12") != "4" else 20000, seed=19)
    path = write(folder, "in.jsonl", lines)
    started = time.monotonic()
    wanted = runut("dedup", path).out
    whole = time.monotonic() - started
    r, state, hits = random.Random(1), folder / "state", 0
    for _ in range(5):
        with open(folder / "out", "wb") as out:
            process = subprocess.Popen([RUNUT, "dedup", "--memory", "16", "--state", str(state), str(path)], stdout=out)
            try:
                process.wait(r.uniform(0.2, 0.9) * whole)
            except subprocess.TimeoutExpired:
                hits += 1
            process.kill()
            process.wait()
        got, complete = (folder / "out").read_bytes(), wanted.encode()
        assert complete.startswith(got), f"something else after {len(os.path.commonprefix([complete, got]))} bytes"
        if len(got) == len(complete):  # also where it was killed on its way out
            break
    assert hits, "killed too late"
    if len(got) < len(complete):
        done = runut("dedup", "--memory", 16, "--state", state, path)
        equal((done.status, done.out == wanted), (0, True))
    print(f"# {hits} kills; the whole takes {whole:.2f} s")


def another_input_after_a_kill_is_new(folder):
    lines, _ = stream(18000, seed=21)
    path = write(folder, "in.jsonl", lines)
    with subprocess.Popen([RUNUT, "dedup", "--state", str(folder / "s"), str(path)], stdout=subprocess.PIPE) as process:
        size, most = 0, len(lines) * 0.97  # behind the commit at 16384
        while size < most:
            got = process.stdout.read1()
            assert got, "it ended too early"
            size += len(got)
        process.kill()
    other = write(folder, "other.jsonl", "".join(lines.splitlines(True)[:1000]))
    got = runut("dedup", "--state", folder / "s", "--threshold", 0.8, other)
    equal(got.status, 2)
    holds(got.err, "take it up with --threshold 0.55")
    equal(len(marks(runut("dedup", "--state", folder / "s", other))), 1000)


def a_state_is_used_by_one_and_must_be_whole(folder):
    lines, _ = stream(200)
    path, state = write(folder, "in.jsonl", lines), folder / "s"
    with subprocess.Popen([RUNUT, "dedup", "--state", str(state), "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        first.stdin.write(lines.splitlines(True)[0].encode())
        first.stdin.flush()
        first.stdout.readline()
        second = runut("dedup", "--state", state, path)
        equal(second.status, 3)
        holds(second.err, "another process uses it")
        first.stdin.close()
        equal(first.wait(), 0)
    equal(runut("dedup", "--state", state, path).status, 0)
    head = (state / "head").read_bytes()
    for broken in (b"", head[:-30], head.replace(b"records", b"recordz"), bytes(70000)):
        (state / "head").write_bytes(broken)
        equal(runut("dedup", "--state", state, path).status, 3)
    (state / "head").write_bytes(head)
    with open(state / "records", "r+b") as records:
        records.truncate(100)
    equal(runut("dedup", "--state", state, path).status, 3)
    equal(runut("dedup", "--state", folder / "none" / "s", path).status, 3)
    equal(runut("dedup", "--state", path, path).status, 3)


def a_full_disk_is_told(folder):
    lines, _ = stream(6000)
    full_disk_is_no_success("dedup", write(folder, "in.jsonl", lines))
    if not shutil.which("unshare"):
        raise Skip("no unshare")
    mount = folder / "disk"
    mount.mkdir()
    script = f"""mount -t tmpfs -o size=1m none {mount} || exit 77
        TMPDIR={mount} {RUNUT} dedup --memory 1 {folder}/in.jsonl >/dev/null; test $? = 3 || exit 78
        exec {RUNUT} dedup --state {mount}/s {folder}/in.jsonl >/dev/null"""
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, check=False)
    if done.returncode == 77 or b"unshare" in done.stderr:
        raise Skip("no mounts of one's own here")
    equal(done.returncode, 3)
    equal(done.stderr.count(b"No space left on device"), 2)


def whoever_closes_the_pipe_ends_it(folder):
    closed_pipe_ends_it("dedup", write(folder, "in.jsonl", stream(100)[0]))


def records_come_out_as_they_come_in(folder):
    body = line(id=1, text=text(random.Random(23))).encode() + b"\n"
    with subprocess.Popen([RUNUT, "dedup", "--jobs", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for _ in range(3):
            process.stdin.write(body)
            process.stdin.flush()
            assert process.stdout.readline(), "nothing came"
        process.stdin.close()
        equal(process.wait(timeout=60), 0)


def wrong_use_is_told(folder):
    for words in (["--threshold", "0.2"], ["--threshold", "x"], ["--threshold", "1.1"], ["--threshold", "nan"], ["--memory", "0"],
                  ["--memory", "-1"], ["--jobs", "0"], ["--frobnicate"]):
        equal(runut("dedup", *words, "-").status, 2)
    equal(runut("dedup", folder / "none.jsonl").status, 1)
    help_text = runut("dedup", "--help").out
    for option in ("--threshold", "--contained", "--drop", "--state", "--memory", "--jobs"):
        holds(help_text, option)


main([copies_are_marked_and_the_rest_is_as_it_was, drop_leaves_them_out_and_says_how_many, keys_stay_as_they_are,
      it_names_the_id_else_the_url_else_the_place, copies_of_copies_lead_to_the_first, shortened_copies_need_contained,
      forms_filled_in_anew_are_no_copies, neither_jobs_nor_memory_change_anything, broken_lines_are_told_and_the_others_go_on,
      other_captures_come_as_clean_prints_them, what_it_prints_can_be_read_again, a_state_goes_on_with_more_input,
      a_killed_run_is_taken_up, another_input_after_a_kill_is_new, a_state_is_used_by_one_and_must_be_whole, a_full_disk_is_told,
      whoever_closes_the_pipe_ends_it, records_come_out_as_they_come_in, wrong_use_is_told])
