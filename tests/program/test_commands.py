#!/usr/bin/env python3
"""The program as its user meets it: help, usage errors, listings, JSON, colour, width, pipes."""
import json
import re
import shutil
import subprocess
import unicodedata

from tap import ROOT, RUNUT, equal, holds, main, on_terminal, runut

COMMANDS = ["add", "stories", "story", "event", "article", "search", "quotes", "export", "clean", "completion"]

ARTICLE = """Kapal Feri Kandas di Selat Contoh, 12 Penumpang Selamat

Sari Melati - Kabar Contoh
Senin, 6 Mei 2024 10:15 WIB

KABAR CONTOH, Jakarta - Sebuah kapal feri kandas di Selat Contoh pada Senin (6/5) pagi. Sebanyak 12 penumpang selamat.

"Semua penumpang sudah kami jemput," kata kepala pelabuhan, Bima Santoso, kepada wartawan di dermaga.

Kapal itu bertolak dari Merak pada Minggu malam dan kandas karena kabut tebal di perairan dangkal.
"""


def store(folder, text=ARTICLE):
    (folder / "a.txt").write_text(text, encoding="utf-8")
    result = runut("--db", folder / "s.db", "add", folder / "a.txt")
    equal(result.status, 0)
    return folder / "s.db"


def help_names_every_command(folder):
    result = runut("--help")
    equal(result.status, 0)
    for name in COMMANDS:
        holds(result.out, f"  {name} ")
    equal(runut("help").out, result.out)


def each_command_has_help_within_80_columns(folder):
    for name in COMMANDS:
        result = runut(name, "--help")
        equal(result.status, 0)
        holds(result.out, f"Usage: runut {name}")
        equal(runut("help", name).out, result.out)
        assert all(len(line) <= 80 for line in result.out.splitlines()), result.out


def version_is_one_line(folder):
    assert re.fullmatch(r"runut \d+\.\d+\.\d+\n", runut("--version").out)


def wrong_use_is_status_2_and_says_what(folder):
    for words, part in [(["frobnicate"], "no command 'frobnicate'"), (["add"], "PATH… missing"), (["story"], "ID missing"),
                        (["stories", "x"], "what is 'x' for"), (["stories", "--limit", "0"], "--limit wants a number"),
                        (["stories", "--limit", "x"], "--limit wants a number"), (["export", "--json"], "no option --json"),
                        (["stories", "--since"], "--since wants DATE"), (["stories", "--json=yes"], "takes no value"),
                        (["stories", "--color", "pink"], "--color is auto"), (["completion", "tcsh"], "bash, fish and zsh")]:
        result = runut("--db", folder / "s.db", *words)
        equal((words, result.status), (words, 2))
        holds(result.err, part)
    equal(runut().status, 2)


def a_bad_day_or_name_is_wrong_use(folder):
    db = store(folder)
    for words, part in [(["stories", "--since", "2024-13"], "no day"), (["stories", "--until", "soon"], "no day"),
                        (["stories", "--order", "size"], "no order 'size'"),
                        (["story", "x"], "does not name a story"), (["event", "-1"], "no option -1"),
                        (["story", "s9"], "no story s9"), (["event", "e9"], "no event e9"), (["article", "a9"], "no article")]:
        result = runut("--db", db, *words)
        equal((words, result.status), (words, 2))
        holds(result.err, part)


def a_store_that_is_not_there_is_status_3(folder):
    result = runut("--db", folder / "none.db", "stories")
    equal(result.status, 3)
    assert not (folder / "none.db").exists()


def one_article_goes_all_the_way(folder):
    db = store(folder)
    got = json.loads(runut("--db", db, "export").out)
    equal(got["headline"], "Kapal Feri Kandas di Selat Contoh, 12 Penumpang Selamat")
    equal(got["datePublished"], "2024-05-06T10:15+07:00")
    equal(got["dateInferred"], "2024-05-06")
    equal(got["inLanguage"], "id")
    equal((got["event"], got["story"]), ("e1", "s1"))
    equal([q["speaker"] for q in got["quotes"]], ["Bima Santoso"])
    body = got["articleBody"].encode()
    equal([body[q["start"]:q["end"]].decode() for q in got["quotes"]], [q["text"] for q in got["quotes"]])
    for key in ("people", "organizations", "places"):
        for name in got[key]:
            for m in name["mentions"]:
                equal(body[m["start"]:m["end"]].decode(), m["text"])


def adding_again_changes_nothing(folder):
    db = store(folder)
    before = runut("--db", db, "export").out
    result = runut("--db", db, "add", folder / "a.txt")
    equal(result.status, 0)
    holds(result.out, "0 articles added, 1 there before")
    (folder / "copy.txt").write_text(ARTICLE, encoding="utf-8")
    holds(runut("--db", db, "add", folder).out, "there before")
    equal(runut("--db", db, "export").out, before)


def standard_input_takes_captures(folder):
    db = folder / "s.db"
    equal(runut("--db", db, "add", "-", stdin=ARTICLE.encode()).status, 0)
    lines = "".join(json.dumps({"id": f"n{i}", "headline": f"Berita {i}", "articleBody": f"Isi berita nomor {i} dari kota."}) + "\n"
                    for i in range(3))
    equal(runut("--db", db, "add", "-", stdin=lines.encode()).status, 0)
    ids = [json.loads(line)["id"] for line in runut("--db", db, "export").out.splitlines()]
    equal(ids[1:], ["n0", "n1", "n2"])


def add_as_json_is_one_line_a_capture(folder):
    (folder / "x.jsonl").write_text('{"id":"a","articleBody":"isi berita pertama"}\n{"id":"b"\n', encoding="utf-8")
    result = runut("--db", folder / "s.db", "add", "--json", folder / "x.jsonl")
    equal(result.status, 1)
    got = [json.loads(line) for line in result.out.splitlines()]
    equal([(g["status"], g.get("record"), g.get("article")) for g in got], [("stored", 1, "a1"), ("rejected", 2, None)])
    holds(result.err, "x.jsonl: record 2: byte ")


def the_environment_names_the_store(folder):
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    equal(runut("add", folder / "a.txt", env={"RUNUT_DB": str(folder / "env.db")}).status, 0)
    assert (folder / "env.db").exists()
    equal(runut("add", folder / "a.txt", cwd=folder).status, 0)
    assert (folder / "runut.db").exists()


def search_finds_other_forms_of_a_word(folder):
    db = store(folder)
    for words in (["kandas"], ["penumpang", "selamat"], ["kabut tebal"], ["bertolak"], ["BERTOLAK"], ["tolak"]):
        holds(runut("--db", db, "search", *words).out, "Kapal Feri Kandas")
    for words in (["gempa"], ["tebal kabut"], ["kandas", "gempa"]):
        equal(runut("--db", db, "search", *words).out, "Nothing found.\n")
    equal(runut("--db", db, "search", "kandas", "--since", "2024-05-07").out, "Nothing found.\n")
    equal(json.loads(runut("--db", db, "search", "kandas", "--json").out)["article"], "a1")


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def no_line_is_wider_than_asked(folder):
    db = store(folder)
    for words in (["stories"], ["story", "s1"], ["event", "e1"], ["article", "a1"], ["search", "feri"]):
        for width in (50, 80, 120):
            out = runut("--db", db, *words, env={"COLUMNS": str(width)}).out
            wide = [line for line in out.splitlines() if columns(line) > width]
            equal((words, width, wide), (words, width, []))


def colour_is_for_terminals_only(folder):
    db = store(folder)
    assert "\x1b" not in runut("--db", db, "story", "s1").out
    assert "\x1b[" in runut("--db", db, "story", "s1", "--color", "always").out
    shown = on_terminal("--db", db, "stories")
    assert b"\x1b[" in shown, shown
    shown = on_terminal("--db", db, "stories", env={"NO_COLOR": "1"})
    assert b"\x1b[" not in shown, shown


def escape_sequences_never_reach_the_terminal(folder):
    line = {"id": "x\x1b]0;owned\x07", "headline": "Judul \x1b[31mmerah\x07 \u202egnp", "publisher": "Koran\x9b2J",
            "articleBody": "Isi \x1b[2Jberita yang panjang.\nKedua\x08\x08."}
    (folder / "x.jsonl").write_text(json.dumps(line) + '\n{"\x1b[2J', encoding="utf-8")
    db = folder / "s.db"
    told = runut("--db", db, "add", folder / "x.jsonl")
    equal(told.status, 1)
    for words in (["stories"], ["story", "s1"], ["event", "e1"], ["article", "a1"], ["search", "judul"]):
        out = runut("--db", db, *words).out
        bad = [c for c in out + told.err if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"]
        equal((words, bad), (words, []))


def a_closed_pipe_or_full_disk_is_no_success(folder):
    db = store(folder)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([RUNUT, "--db", str(db), "export"], stdout=full, stderr=subprocess.PIPE, check=False)
    equal(done.returncode, 3)
    holds(done.stderr.decode(), "No space left")


def completed(shell, script, line):
    """What `shell` offers behind the words of `line`."""
    if shell == "bash":
        words = line.split(" ")
        ask = f"COMP_WORDS=({' '.join(words[:-1])} '{words[-1]}'); COMP_CWORD={len(words) - 1}; _runut; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        command = ["bash", "-c", script + "\n" + ask]
    else:
        command = ["fish", "--no-config", "-c", script + f"\ncomplete -C '{line}'"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    equal(done.stderr.decode(), "")
    return [word.split("\t")[0] for word in done.stdout.decode().split("\n") if word]


def completion_works_in_each_shell(folder):
    for shell in filter(shutil.which, ("bash", "fish")):
        script = runut("completion", shell).out
        for line, wanted in {"runut sto": ["stories", "story"], "runut add --q": ["--quiet"], "runut clean --format ": ["html", "jsonl", "text"],
                             "runut stories --order ": ["new", "origins"], "runut completion f": ["fish"],
                             "runut add --agencies LICEN": ["LICENSE"], "runut add LICEN": ["LICENSE"], "runut stories LICEN": []}.items():
            equal((shell, line, sorted(completed(shell, script, line))), (shell, line, wanted))
    if shutil.which("zsh"):
        done = subprocess.run(["zsh", "-n"], input=runut("completion", "zsh").out.encode(), capture_output=True, check=False)
        equal((done.returncode, done.stderr), (0, b""))


def readme_tells_every_command(folder):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        holds(text, f"runut {name}")


def the_list_of_commands_fits_80_columns(folder):
    equal([line for line in runut("--help", cwd=folder).out.splitlines() if len(line) > 80], [])


main([the_list_of_commands_fits_80_columns, help_names_every_command, each_command_has_help_within_80_columns, version_is_one_line,
      wrong_use_is_status_2_and_says_what, a_bad_day_or_name_is_wrong_use, a_store_that_is_not_there_is_status_3,
      one_article_goes_all_the_way, adding_again_changes_nothing, standard_input_takes_captures,
      add_as_json_is_one_line_a_capture, the_environment_names_the_store, search_finds_other_forms_of_a_word,
      no_line_is_wider_than_asked, colour_is_for_terminals_only, escape_sequences_never_reach_the_terminal,
      a_closed_pipe_or_full_disk_is_no_success, completion_works_in_each_shell, readme_tells_every_command])
