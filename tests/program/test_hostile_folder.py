#!/usr/bin/env python3
"""A folder of hostile inputs (tests/hostile): none may crash, hang or exhaust the program, each gets the answer that its table
tells, the good reports between them are all stored, and nothing of them steers a terminal.

RUNUT_HOSTILE=whole makes it as large as the table says (1,000,000 files, 10 GB to read over); `test_hostile_folder.py
RUNUT --found` prints what each input got."""
import json
import os
import pathlib
import pty
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import unicodedata

from tap import ROOT, RUNUT, equal, holds, main

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests/hostile"))
from cases import CASES, EXPECTED, mark  # noqa: E402
import importlib.machinery  # noqa: E402
import importlib.util  # noqa: E402

WHOLE = os.environ.get("RUNUT_HOSTILE") == "whole"
SANITIZED = b"__asan_init" in pathlib.Path(RUNUT).read_bytes()
SECONDS = 7200 if WHOLE else 300  # of processor time
MEGABYTES = 512  # of memory; the sanitizers take more
DISK = 2 << 30 if WHOLE else 256 << 20  # the largest file that may be written
OURS = re.compile(rb"\x1b\[[0-9;]*m|\r\x1b\[K")  # what the program itself writes to steer a terminal


def load_make():
    loader = importlib.machinery.SourceFileLoader("make_hostile", str(ROOT / "tests/hostile/make"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_hostile", loader))
    loader.exec_module(module)
    return module


MAKE = load_make()


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK, DISK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Ran:
    """A run of the program within limits: what it said, and what it took."""

    def __init__(self, *words, stdin=subprocess.DEVNULL):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([RUNUT, *map(str, words)], stdin=stdin, stdout=out, stderr=err, preexec_fn=limits)
            signal.alarm(4 * SECONDS)  # of the wall: a hang ends the test
            _, status, usage = os.wait4(process.pid, 0)
            signal.alarm(0)
            process.returncode = self.status = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read(), err.read()
        self.seconds, self.megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Folder:
    """The hostile folder, made and added once."""

    def __init__(self):
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="runut-test-"))
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.setblocking(False)
        MAKE.make(self.place / "in", WHOLE, self.server.getsockname()[1])
        self.db = self.place / "s.db"
        self.added = Ran("--db", self.db, "add", self.place / "in")
        self.export = Ran("--db", self.db, "export").lines()

    def found(self):
        """{input: {message: how many}} of what `add` said; lines that speak of none are under None."""
        start = str(self.place / "in") + "/"
        named = {shown(one.path): one for one in CASES}
        out = {}
        for line in self.added.err.decode().splitlines():
            line = line.removeprefix("runut: ").replace(start, "", 1)
            path = next((p for p in named if line.startswith(p) and line[len(p):len(p) + 1] in ("/", ":")), None)
            rest = line[len(path or ""):] if path else line
            message = re.sub(r"^.*?: (record \d+: )?(byte \d+: )?", "", rest, count=1, flags=re.S) if path else line
            counts = out.setdefault(named[path].path if path else None, {})
            counts[message] = counts.get(message, 0) + 1
        return out

    def stored(self, one):
        """How many of an input's good reports are there: each mark stands in the body of one."""
        return self.stored_of()[one.path]

    def stored_of(self):
        if not hasattr(self, "counts"):
            self.counts = {one.path: 0 for one in CASES}
            start = str(self.place / "in") + "/"
            for article in self.export:
                path = article["file"].removeprefix(start)
                for one in CASES:
                    if path == one.path or path.startswith(one.path + "/"):
                        self.counts[one.path] += 1
        return self.counts


def wanted(one):
    """What the table has, but that root may read everything."""
    return (2, {}) if one.path == "folders/closed" and os.geteuid() == 0 else (one.articles, one.messages)


def shown(text):
    """As the program shows a name: control characters replaced."""
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in text)


HOSTILE = Folder()


def it_ends_within_its_bounds(_):
    equal(HOSTILE.added.status, 1)
    assert SANITIZED or HOSTILE.added.megabytes < MEGABYTES, f"{HOSTILE.added.megabytes:.0f} MB"
    print(f"# {HOSTILE.added.seconds:.1f} s of processor time, {HOSTILE.added.megabytes:.0f} MB, {len(HOSTILE.export)} articles")


def each_input_gets_the_answer_of_the_table(_):
    found = HOSTILE.found()
    equal(found.get(None, {}), {})
    equal(sorted(EXPECTED), sorted(one.path for one in CASES))
    equal({one.path: found.get(one.path, {}) for one in CASES}, {one.path: wanted(one)[1] for one in CASES})


def the_good_reports_between_them_are_all_stored(_):
    equal(HOSTILE.stored_of(), {one.path: wanted(one)[0] for one in CASES})


def marks_are_kept_with_their_articles(_):
    """What came from an input is its own text, not a neighbour's."""
    bodies = {}
    for article in HOSTILE.export:
        bodies.setdefault(article["file"], []).append((article["headline"] or "") + article["articleBody"])
    start = str(HOSTILE.place / "in") + "/"
    for one in CASES:
        mine = " ".join(text for file, texts in bodies.items() if file.removeprefix(start).startswith(one.path) for text in texts)
        if one.articles:
            assert mark(one.path.rpartition("/")[2])[:-2] in mine or mark(one.path)[:-2] in mine, one.path


def nobody_was_asked(_):
    """No entity, include, image or redirect made it open a connection."""
    try:
        HOSTILE.server.accept()
    except BlockingIOError:
        return
    raise AssertionError("somebody asked the server")


def nothing_was_written_elsewhere(_):
    for path in ("/tmp/runut-escaped", "/tmp/runut-escaped.txt", "/etc/runut-escaped", "/etc/runut-escaped.txt"):
        assert not os.path.lexists(path), path
    equal(sorted(p.name for p in HOSTILE.place.iterdir() if not p.name.startswith("s.db")), ["in"])


def nothing_of_other_files_came_in(_):
    text = json.dumps(HOSTILE.export)
    assert "root:x:0" not in text and "lollol" not in text


def the_store_is_whole(_):
    checked = Ran("--db", HOSTILE.db, "check")
    equal((checked.status, checked.err), (0, b""))


def adding_it_again_changes_nothing(_):
    again = Ran("--db", HOSTILE.db, "add", "--json", HOSTILE.place / "in" / "json", HOSTILE.place / "in" / "names")
    equal([line for line in again.lines() if line["status"] == "stored"], [])


def exports_are_strict_utf_8(_):
    Ran("--db", HOSTILE.db, "export").out.decode("utf-8")


def the_filters_get_through_it(_):
    folders = [HOSTILE.place / "in" / name for name in ("json", "xml", "warc", "mail", "tables", "text", "names", "pages", "links", "special")]
    cleaned = Ran("clean", *folders)
    equal(cleaned.status, 1)
    assert len(cleaned.lines()) > 100
    for command in ("annotate", "dedup"):
        ran = Ran(command, HOSTILE.place / "in" / "json", HOSTILE.place / "in" / "names")
        equal((command, ran.status), (command, 1))
        assert len(ran.out.splitlines()) > 50
        if command == "annotate":
            ran.out.decode("utf-8")


# ---- what reaches a terminal ----

def on_terminal(*words):
    """(status, bytes) of what a run writes to a terminal, on stdout and stderr."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm", COLUMNS="100")
        os.execv(RUNUT, [RUNUT, *map(os.fsencode, map(str, words))])
    out = b""
    try:
        while part := os.read(terminal, 65536):
            out += part
    except OSError:
        pass  # how Linux tells that the other side is closed
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), out


def harmless(words, out, terminal=True):
    """Nothing that moves a cursor, sets a title or turns the direction of text, but for the program's own colours (and the form
    feeds between the articles of `clean --format text`)."""
    text = (OURS.sub(b"", out).replace(b"\r\n", b"\n") if terminal else out).decode("utf-8")
    for at, c in enumerate(text):
        code = ord(c)
        bad = unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t\f" or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code in (0x2028, 0x2029)
        assert not bad, f"{words}: U+{code:04X} in {text[max(0, at - 60):at + 60]!r}"
    raw = {"--json", "export", "clean", "annotate", "dedup"} & set(words)
    assert raw or not re.search("[\u0300-\u036f]{40}", text), words


SPOOFING = ("json/spoof.jsonl", "names", "text/controls.txt", "text/zalgo.txt", "mail/headers.eml", "warc/address.warc", "pages/references.html",
            "json/formulas.jsonl", "json/markup.jsonl", "json/zero.jsonl", "json/surrogates.jsonl", "bombs/names.zip", "links")


def spoofing_store(folder):
    paths = [HOSTILE.place / "in" / name for name in SPOOFING]
    return folder / "s.db", paths


def no_command_lets_text_steer_a_terminal(folder):
    db, paths = spoofing_store(folder)
    status, out = on_terminal("--db", db, "add", *paths)
    equal(status, 1)
    harmless(["add"], out)
    articles = Ran("--db", db, "export").lines()
    spoofed = [a for a in articles if a["file"].endswith("spoof.jsonl")]
    names = [a["article"] for a in spoofed]
    asked = [["stories"], ["search", "Kabar"], ["quotes", "--reported"], ["export"], ["check"], ["compare", names[0], names[1]],
             ["why", names[0], names[1]], ["between", "Budi Santoso", "Indonesia"]]
    asked += [["story", spoofed[0]["story"]], *(["event", a["event"]] for a in spoofed), *(["article", a["article"]] for a in articles[:24])]
    for words in asked:
        for more in ([], ["--json"]) if words[0] != "export" else ([],):
            _, out = on_terminal(words[0], "--db", db, *more, *words[1:])
            assert out, words
            harmless([words[0], *more, *words[1:]], out)


def no_filter_lets_text_steer_a_terminal(_):
    for words in (["clean"], ["clean", "--format", "text"], ["clean", "--format", "html"], ["clean", "--explain"], ["annotate"], ["dedup"]):
        _, paths = spoofing_store(HOSTILE.place)
        _, out = on_terminal(*words, *paths)
        assert out, words
        harmless(words, out)


def what_a_pipe_gets_of_errors_is_clean_too(_):
    harmless(["add"], HOSTILE.added.err, terminal=False)
    wrong = Ran("add", "--\x1b[2J\u202e")
    equal(wrong.status, 2)
    harmless(["add"], wrong.err, terminal=False)
    wrong = Ran("\x9b2J")
    equal(wrong.status, 2)
    harmless([], wrong.err, terminal=False)


# ---- files that change while they are read ----

def a_file_that_grows_is_read_as_far_as_it_went(folder):
    """Whoever writes on as fast as it is read keeps nobody for ever."""
    path = folder / "grows.jsonl"
    line = b'{"articleBody":"' + b"kata " * 2000 + b'"}\n'
    path.write_bytes(line * 4_000)
    writer = subprocess.Popen([sys.executable, "-c", f"f = open({str(path)!r}, 'ab', 0)\nfor _ in range(20_000): f.write({line!r})"])
    try:
        ran = Ran("dedup", "--quiet", path)
    finally:
        writer.kill()
        writer.wait()
    assert ran.status in (0, 1), ran.err  # the last line that it saw may be half written
    assert 4_000 <= len(ran.out.splitlines()) <= 24_000 and len(ran.err.splitlines()) <= 1, ran.err


def a_file_that_is_cut_while_it_is_read(folder):
    path = folder / "cut.jsonl"
    line = b'{"articleBody":"' + b"kata " * 2000 + b'"}\n'
    path.write_bytes(line * 4_000)
    with subprocess.Popen([RUNUT, "dedup", "--quiet", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        os.truncate(path, 10)  # a mapped file would end it by SIGBUS
        process.stdout.read()
        assert process.wait() in (0, 1), process.returncode


def a_folder_that_changes_while_it_is_read(folder):
    """Files that vanish are told, and the rest is read."""
    for i in range(2000):
        (folder / f"{i:04}.txt").write_text(f"kata {i} dari desa\n")
    with tempfile.TemporaryFile() as errors, subprocess.Popen([RUNUT, "clean", "--jobs", "1", folder], stdout=subprocess.PIPE, stderr=errors) as process:
        process.stdout.readline()
        for i in range(1000, 2000):
            (folder / f"{i:04}.txt").unlink()
        (folder / "new").mkdir()
        out = process.stdout.read()
        assert process.wait() in (0, 1), process.returncode
        errors.seek(0)
        err = errors.read()
    assert out.count(b"\n") >= 999, out.count(b"\n")
    equal(err.count(b"No such file or directory"), err.count(b"\n"))


# ---- the list ----

def the_list_in_the_documentation_is_this_one(_):
    listed = subprocess.run([ROOT / "tests/hostile/make", "--list"], capture_output=True, check=True, text=True).stdout
    holds((ROOT / "docs/hostile.md").read_text(encoding="utf-8"), listed)


def found():
    """The table as it would have to be: what each input got."""
    got, stored = HOSTILE.found(), HOSTILE.stored_of()
    for one in CASES:
        articles, messages = wanted(one) if one.path == "folders/closed" else (stored[one.path], got.get(one.path, {}))
        path = one.path.replace("\n", "\\n")
        print(path, articles, *(f"{count} × {message}" for message, count in messages.items()), sep="\t")
    if None in got:
        print("besides", got[None], file=sys.stderr)


def remove():
    subprocess.run(["chmod", "-R", "u+rwX", HOSTILE.place / "in/folders/closed"], check=False)
    subprocess.run(["rm", "-rf", HOSTILE.place], check=True)  # deeper than Python's rmtree gets


try:
    if "--found" in sys.argv:
        found()
    else:
        main([it_ends_within_its_bounds, each_input_gets_the_answer_of_the_table, the_good_reports_between_them_are_all_stored,
              marks_are_kept_with_their_articles, nobody_was_asked, nothing_was_written_elsewhere, nothing_of_other_files_came_in, the_store_is_whole,
              adding_it_again_changes_nothing, exports_are_strict_utf_8, the_filters_get_through_it, no_command_lets_text_steer_a_terminal,
              no_filter_lets_text_steer_a_terminal, what_a_pipe_gets_of_errors_is_clean_too, a_file_that_grows_is_read_as_far_as_it_went,
              a_file_that_is_cut_while_it_is_read, a_folder_that_changes_while_it_is_read, the_list_in_the_documentation_is_this_one])
finally:
    remove()
