#!/usr/bin/env python3
"""The man pages: every command has one with prose, they are well formed, and their examples do what they say on the samples."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import threading

from misbehaving import Answer, Web
from tap import ROOT, RUNUT, Skip, equal, holds, main, runut

MADE = os.environ.get("RUNUT_MAN")  # the folder of the pages as they are installed; empty where none are made
PAGES = sorted(pathlib.Path(MADE).glob("*.[17]")) if MADE else []
COMMANDS = [json.loads(line) for line in runut("help", "--json").out.splitlines()]
# what scdoc itself writes and mandoc passes over
NOISE = re.compile(r"skipping paragraph macro: PP (empty|after S[HS])")
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar Uji</title>%s</channel></rss>"""
ITEM = """<item><title>Jembatan Sungai Arung Dibuka</title><link>/1</link><description>""" + (
    "Pemerintah kabupaten membuka jembatan baru di atas Sungai Arung pada hari Senin setelah tiga tahun pembangunan. " * 8
    ) + "</description></item>"


def prose(name):
    path = ROOT / "man" / f"{name}.scd"
    assert path.exists(), f"there is no {path.relative_to(ROOT)}: write it, and name it in man/meson.build"
    return path.read_text(encoding="utf-8")


def every_command_has_its_page(folder):
    for c in COMMANDS:
        text = prose("runut-" + c["command"])
        assert "# EXAMPLES" in text and "# SEE ALSO" in text, c["command"]
    listed = re.search(r"man_commands = \[(.*?)\]", (ROOT / "man/meson.build").read_text(encoding="utf-8"), re.S)[1]
    equal(sorted(re.findall(r"'([^']+)'", listed)), sorted(c["command"] for c in COMMANDS))


def the_tables_as_json_are_what_help_says(folder):
    for c in COMMANDS:
        told = runut(c["command"], "--help").out
        equal(told.splitlines()[0], f"Usage: runut {c['command']} [OPTION]… {c['operands']}".rstrip())
        equal(re.findall(r"--([a-z-]+)(?: (\S+))? +(.*)", re.sub(r"\n {27}", " ", told.partition("\n\n")[2].rpartition("\n\n")[2])),
              [(o["name"], o["argument"] or "", o["help"]) for o in c["options"]])


def shown(path):
    """A page as a reader sees it."""
    done = subprocess.run(["mandoc", "-T", "utf8", "-O", "width=200", str(path)], capture_output=True, check=True)
    return re.sub(".\b", "", done.stdout.decode())


def needs_pages():
    if not PAGES:
        raise Skip("the pages are not made here")
    if not shutil.which("mandoc"):
        raise Skip("no mandoc here")


def pages_hold_what_the_tables_say(folder):
    needs_pages()
    pages = {path.name: shown(path) for path in PAGES}
    for c in COMMANDS:
        page = " ".join(pages[f"runut-{c['command']}.1"].split())
        holds(page, f"runut-{c['command']} - {c['summary']}")
        for o in c["options"]:
            holds(page, f"--{o['name']}" + (f" {o['argument']}" if o["argument"] else ""))
            if "docs/" not in o["help"]:
                holds(page, " ".join(o["help"].split()))
        holds(pages["runut.1"], f"runut-{c['command']}(1)")
    for name, page in pages.items():  # what a page sends its reader to is there
        for other, section in re.findall(r"(runut(?:-\w+)?)\((\d)\)", page):
            assert f"{other}.{section}" in pages, f"{name} names {other}({section})"
        assert not re.search(r"(?<!\S)\*\w|\w\*(?!\S)|(?<!\S)_\w+_(?!\w)", page), f"{name}: marks that scdoc did not take"


def pages_are_well_formed(folder):
    needs_pages()
    said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *map(str, PAGES)], capture_output=True, check=False).stdout
    equal([line for line in said.decode().splitlines() if not NOISE.search(line)], [])
    if shutil.which("groff"):
        for path in PAGES:
            done = subprocess.run(["groff", "-Kutf8", "-t", "-man", "-Tutf8", "-ww", "-Z", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                  check=False)
            equal((path.name, done.stderr.decode()), (path.name, ""))


# ---- the examples ----

def examples(name):
    """The lines behind '$ ' of a page's examples."""
    _, _, text = prose(name).partition("# EXAMPLES")
    return [line[2:] for block in re.findall(r"^```\n(.*?)^```", text.partition("\n# ")[0], re.M | re.S)
            for line in block.splitlines() if line.startswith("$ ")]


def prepared(folder, web):
    """What the examples take for given, and their environment."""
    shutil.copytree(ROOT / "samples/captures", folder / "saved-pages")
    equal(runut("add", "-q", "saved-pages", cwd=folder).status, 0)
    exported = [json.loads(line) for line in runut("export", cwd=folder).out.splitlines()]
    (folder / "articles.jsonl").write_text("".join(json.dumps(a) + "\n" for a in exported + exported[:3]), encoding="utf-8")
    (folder / "pairs.jsonl").write_text('{"id": 1, "a": "a5", "b": "a7"}\n', encoding="utf-8")
    (folder / "addresses.txt").write_text(f"{web.url}/rss\n", encoding="utf-8")
    (folder / "token").write_text("a-token-of-more-than-16-characters\n", encoding="utf-8")
    warc = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    page = (ROOT / "samples/captures/ferry-02.html").read_text(encoding="utf-8") + "<!-- another -->"
    subprocess.run(["gzip", "-c"], input=(warc % (len(page.encode()), page)).encode(), check=True,
                   stdout=(folder / "news.warc.gz").open("wb"))
    (folder / "bin").mkdir()
    for name, text in (("runut", f"""[ "$1" = watch ] && set -- "$@" --allow-private --delay 0
[ "$1" = serve ] && set -- "$@" --listen 127.0.0.1:0
exec '{RUNUT}' "$@" """), ("xdg-open", "exit 0")):
        (folder / "bin" / name).write_text("#!/bin/bash\n" + text + "\n", encoding="utf-8")
        (folder / "bin" / name).chmod(0o755)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("RUNUT_")}
    return {**clean, "PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": str(folder)}


def run(line, folder, env):
    """Runs an example; what goes on for good is asked to end when it has said something."""
    lasting = re.match(r"runut serve|runut watch (?!--once)", line)
    process = subprocess.Popen(["bash", "-c", "set -o pipefail; " + ("exec " if lasting else "") + line], cwd=folder, env=env,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    watchdog = threading.Timer(120, process.kill)
    watchdog.start()
    first = process.stdout.readline() if lasting else b""
    if lasting:
        process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    watchdog.cancel()
    return process.returncode, (first + out).decode(), err.decode()


def each_example_does_what_it_says(folder):
    if not shutil.which("jq"):
        raise Skip("no jq here")
    names = ["runut"] + ["runut-" + c["command"] for c in COMMANDS]
    with Web({"/rss": Answer(RSS % ITEM, Content_Type="application/rss+xml")}) as web:
        env = prepared(folder, web)
        kept = folder / "kept.db"
        runut("check", cwd=folder)  # nothing of it waits beside the store
        shutil.copy(folder / "runut.db", kept)
        for name in names:
            lines = examples(name)
            assert lines, f"{name} has no example"
            for path in folder.glob("runut.db*"):
                path.unlink()
            shutil.copy(kept, folder / "runut.db")
            for line in lines:
                real = line.replace("https://kabar.example", web.url)
                status, out, err = run(real, folder, env)
                assert status == 0, f"{name}: {line}\n{status} {out}{err}"
                written = re.search(r">\s*([^ ]+)$", line)
                if written:
                    out = pathlib.Path(os.path.expanduser(written[1]).replace(os.path.expanduser("~"), str(folder)))
                    out = (folder / out).read_bytes().decode("utf-8", "replace")
                assert out.strip() or line.startswith("mkdir"), f"{name}: {line} prints nothing"
                assert "Nothing found" not in out, f"{name}: {line} finds nothing"


main([every_command_has_its_page, the_tables_as_json_are_what_help_says, pages_hold_what_the_tables_say, pages_are_well_formed,
      each_example_does_what_it_says])
