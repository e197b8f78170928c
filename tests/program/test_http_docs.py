#!/usr/bin/env python3
"""docs/http.md: each of its commands is run against the samples, and answers as it says there."""
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

from documented import API, DOCUMENT, Server, follows, follows_named, resolved, strictly, template_of
from serving import store
from tap import ROOT, Skip, equal, holds, main

TEXT = (ROOT / "docs/http.md").read_text(encoding="utf-8")


def commands():
    blocks = re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if not line.startswith("API=")]


def run(server, line):
    done = subprocess.run(["bash", "-c", "set -o pipefail; " + line], capture_output=True, cwd=ROOT, timeout=120, check=False,
                          env={**os.environ, "API": f"http://127.0.0.1:{server.port}{API}", "no_proxy": "*"})
    wanted = 28 if "--max-time" in line else 0  # curl's word for: time is over
    assert done.returncode == wanted, f"{line}\n{done.returncode} {done.stderr.decode()}"
    return done.stdout.decode()


def needs(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Skip(f"no {program} here")


def check(line, out):
    """What a lone curl prints is what the document says of that path."""
    path = re.search(r'"\$API(/[^"?]*)', line)[1]
    posts = " -F " in line or "--data-binary" in line
    operation = DOCUMENT["paths"][template_of(path)]["post" if posts else "get"]
    content = resolved(operation["responses"]["200"])["content"]
    kind = next(iter(content))
    if kind == "application/json":
        answer = strictly(out.encode())
        if "detail" in answer:
            follows_named("Problem", answer)
            assert line in TEXT.partition("## Errors")[2], f"{line}: {answer}"
        else:
            follows(content[kind]["schema"], answer)
            assert answer.get("items", True), f"{line}: nothing"
            assert not answer.get("rejected"), answer
    elif kind == "application/x-ndjson":
        for one in out.splitlines():
            follows(content[kind]["x-itemSchema"], strictly(one.encode()))
    elif kind == "application/atom+xml":
        assert ET.fromstring(out).findall("{http://www.w3.org/2005/Atom}entry"), line
    else:
        assert out, line


def every_command_answers_as_documented(folder):
    needs("curl", "jq", "bash")
    with Server(store(folder)) as s:
        lines = commands()
        assert len(lines) > 25, lines
        for line in lines:
            out = run(s, line)
            assert out.strip(), f"{line}: nothing"
            if "|" not in line.replace("curl -s \"$API/stories?limit=3\" | jq -r .next)", "") and " -o " not in line:
                check(line, out)


def what_commands_print_is_what_the_text_says(folder):
    needs("curl", "jq", "bash")
    with Server(store(folder)) as s:
        found = {line: run(s, line) for line in commands() if "|" in line or "news" in line or "/metrics" in line}

        def said(part):
            return next(out for line, out in found.items() if part in line)

        first = strictly(run(s, 'curl -s "$API/stories?limit=3"').encode())["items"]
        later = strictly(next(out for line, out in found.items() if "&after=$(" in line).encode())["items"]
        equal({i["story"] for i in first} & {i["story"] for i in later}, set())
        equal(said("/articles/reef-wire").splitlines()[0], "a29")
        assert len(said("order=new\" | jq").splitlines()) >= 4
        equal(len(said("/export").splitlines()), 8)
        equal(said("If-None-Match").strip(), "304")
        holds(said('/news"'), "event: hello\ndata: {")
        equal(re.findall(r"^id: ?(\d+)", said("after=28"), re.M), ["29", "30"])
        equal(strictly(said("find samples").encode())["known"], 30)
        holds(said("/metrics"), "runut_store_articles 30\n")


def the_python_walks_all_pages(folder):
    code = re.search(r"^```python\n(.*?)^```", TEXT, re.M | re.S)[1]
    with Server(store(folder)) as s:
        names = {"API": f"http://127.0.0.1:{s.port}{API}"}
        exec(compile(code, "docs/http.md", "exec"), names)  # pylint: disable=exec-used
        equal(names["languages"], {i["story"]: i["languages"] for i in s.get("/stories", limit=200).json()["items"]})
        assert len(names["languages"]) == 9


def every_path_and_status_of_the_document_is_told(folder):
    for path in DOCUMENT["paths"]:
        assert path == "/session" or re.search(re.sub(r"\{\w+\}", "[^/ ]+", path) + r"\b", TEXT), path
    for path in DOCUMENT["paths"].values():
        for operation in path.values():
            for status in operation["responses"] if isinstance(operation, dict) else ():
                assert status < "300" or status in TEXT, status


main([every_command_answers_as_documented, what_commands_print_is_what_the_text_says, the_python_walks_all_pages,
      every_path_and_status_of_the_document_is_told])
