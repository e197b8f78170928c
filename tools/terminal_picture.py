#!/usr/bin/env python3
"""Draw a terminal's output as SVG: terminal_picture.py COMMAND… > picture.svg

Runs `runut COMMAND… --color always` 80 columns wide ($RUNUT names the program, $RUNUT_DB the store); the picture is what it
printed. With --lines N (first) only the first N lines.
"""
import html
import os
import re
import subprocess
import sys
import unicodedata

COLORS = {"1": "font-weight='bold' fill='#e6edf3'", "2": "fill='#7d8590'", "36": "fill='#56d4dd'", "32": "fill='#56d364'",
          "34": "fill='#6cb6ff'", "33": "fill='#e3b341'"}
PLAIN = "fill='#c9d1d9'"
WIDTH, CELL, LINE = 80, 8.43, 19


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def spans(line):
    """(column, text, style) of each stretch."""
    at, style = 0, ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if code:
            style = COLORS.get(code.group(1), "")
        elif part:
            yield at, part, style
            at += columns(part)


def main():
    words = sys.argv[1:]
    most = None
    if words[:1] == ["--lines"]:
        most, words = int(words[1]), words[2:]
    done = subprocess.run([os.environ["RUNUT"], *words, "--color", "always"], capture_output=True, check=True,
                          env={**os.environ, "COLUMNS": str(WIDTH)})
    lines = ["\x1b[2m$\x1b[0m runut " + " ".join(words)] + done.stdout.decode().splitlines()[:most]
    height = (len(lines) + 1.5) * LINE
    print(f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH * CELL + 32:.0f}' height='{height:.0f}' "
          "font-family='ui-monospace,SFMono-Regular,Menlo,DejaVu Sans Mono,monospace' font-size='14'>")
    print("<rect width='100%' height='100%' rx='8' fill='#0d1117'/>")
    for number, line in enumerate(lines, 1):
        for at, text, style in spans(line):
            if text.strip():
                print(f"<text x='{16 + at * CELL:.1f}' y='{number * LINE + 8}' {style or PLAIN} "
                      f"xml:space='preserve' textLength='{columns(text) * CELL:.1f}'>{html.escape(text)}</text>")
    print("</svg>")


main()
