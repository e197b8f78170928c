#!/usr/bin/env python3
"""Write the man pages: make_man.py SCDOC PROGRAM VERSION SOURCE OUT…

OUT is FOLDER/runut.1, FOLDER/runut-COMMAND.1 or FOLDER/runut-NAME.7. What a command and its options are comes from the
program's own tables (`PROGRAM help --json`), so it cannot lag behind them; man/runut-COMMAND.scd adds prose, sections of
scdoc(5). A page of section 7 is docs/NAME.md. Scdoc makes the page of all that.
"""
import json
import pathlib
import re
import subprocess
import sys

ORDER = ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"]

EXIT_STATUS = """*0*
	All went well.

*1*
	Some records were rejected. They are listed on standard error; the others are done.

*2*
	Wrong use, or there is no such article, event or story.

*3*
	The store, the disk or the memory failed."""

# what an option brings with it: option, section, text
BESIDES = [
    ("db", "ENVIRONMENT", "*RUNUT_DB*\n\tThe store, where *--db* is not given."),
    ("color", "ENVIRONMENT", "*NO_COLOR*\n\tWhere this is set, *--color auto* means never.\n\n*COLUMNS*\n"
     "\tThe width of lines where standard output is no terminal (default: 80)."),
    ("db", "FILES", "_./runut.db_\n\tThe store, where neither *--db* nor *RUNUT_DB* says otherwise. While it is open, _-wal_ and "
     "_-shm_ stand beside it and belong to it."),
    ("agencies", "FILES", "_~/.config/runut/agencies.tsv_\n\tAgencies and outlets of your own, read where *--agencies* is not "
     "given; under *XDG_CONFIG_HOME* where that is set."),
]


def plain(text):
    """Text in which scdoc finds nothing to act upon."""
    text = re.sub(r"([\\*_`~^])", r"\\\1", text)
    return re.sub(r"^([-.#;|\[\]:])", r"\\\1", text)


def inline(text):
    """A paragraph of Markdown, or of --help: `code` and **strong** are bold, *this* is underlined, of a link the words stay."""
    text = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1", text)
    parts = re.split(r"(`[^`]+`|\*\*[^*]+\*\*|(?<!\w)\*[^*\s][^*]*\*(?!\w))", text)
    marks = ["_" if re.fullmatch(r"\*[^*]+\*", p) else "*" for p in parts]
    out = [mark + plain(p.strip("`*")) + mark if i % 2 else plain(p) for i, (mark, p) in enumerate(zip(marks, parts))]
    for i in range(len(out) - 1):  # bold ends only before what is no part of a word
        if i % 2 and re.match(r"\w", out[i + 1]):
            out[i] = plain(parts[i].strip("`*"))
    return "".join(out)


def sections(text):
    """[(title, text)] of scdoc's prose."""
    parts = re.split(r"^# (.*)\n", text, flags=re.M)
    assert not parts[0].strip(), f"text before the first section: {parts[0]!r}"
    return [(title.strip(), body.strip("\n")) for title, body in zip(parts[1::2], parts[2::2])]


def ordered(own, prose):
    """The page's sections: what is its own, and the prose's behind it or among them."""
    found = dict(own)
    for title, text in prose:
        found[title] = f"{found[title]}\n\n{text}" if title in found else text
    rank = {title: i for i, title in enumerate(ORDER)}
    names = sorted(found, key=lambda title: rank.get(title, rank[""]))
    return "\n\n".join(f"# {title}\n\n{found[title]}" for title in names if found[title]) + "\n"


def options(command):
    items = []
    for o in command["options"]:
        words = ([f"*-{o['letter']}*"] if o["letter"] else []) + [f"*--{o['name']}*"]
        argument = f" _{plain(o['argument'])}_" if o["argument"] else ""
        items.append(f"{', '.join(words)}{argument}\n\t{inline(o['help'])}")
    return "\n\n".join(items)


def operands(text):
    """PATH… → _PATH_…; words in small letters and signs stay."""
    return re.sub(r"[A-Z][A-Z-]*", r"_\g<0>_", re.sub(r"--\w+", r"*\g<0>*", text.replace("[", "\\[")))


def besides(command, section):
    names = {o["name"] for o in command["options"]}
    return "\n\n".join(text for name, where, text in BESIDES if name in names and where == section)


def command_page(command, prose):
    name = command["command"]
    given = {title for title, _ in prose}
    summary = plain(command["summary"])
    own = [("NAME", f"runut-{name} - {summary}"),
           ("SYNOPSIS", f"*runut {name}* \\[_option_…] {operands(command['operands'])}".rstrip()),
           ("DESCRIPTION", inline(command["details"].replace("\n", " "))),
           ("OPTIONS", options(command)),
           ("EXIT STATUS", "" if "EXIT STATUS" in given or "Exit status:" in command["details"] else EXIT_STATUS),
           ("ENVIRONMENT", besides(command, "ENVIRONMENT")), ("FILES", besides(command, "FILES"))]
    if "SEE ALSO" not in given:
        own.append(("SEE ALSO", "*runut*(1)"))
    return ordered(own, prose)


def main_page(commands, prose):
    listed = "\n\n".join(f"*runut-{c['command']}*(1)\n\t{plain(c['summary'][0].upper() + c['summary'][1:])}." for c in commands)
    own = [("NAME", "runut - read many news reports and show the story behind them"),
           ("SYNOPSIS", "*runut* \\[*--db* _FILE_] _COMMAND_ \\[_option_…] \\[_operand_…]++\n*runut help* \\[_COMMAND_|*--json*]++\n"
            "*runut --version*"),
           ("COMMANDS", listed), ("EXIT STATUS", EXIT_STATUS)]
    return ordered(own, prose)


def table(rows):
    """A table's rows: what stands in the first column is the term, the rest what is said of it."""
    head, *rest = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] for row in rows if not
                   re.fullmatch(r"[\s|:-]+", row)]
    items = []
    for row in rest:
        said = [f"{plain(title)}: {inline(cell)}" if len(row) > 2 else inline(cell)
                for title, cell in zip(head[1:], row[1:]) if cell]
        items.append(f"{inline(row[0])}\n\t" + "; ".join(said).replace("\\\\|", "|"))
    return "\n\n".join(items)


def block(text):
    """A paragraph, list, table or subtitle of Markdown."""
    lines = text.splitlines()
    if text.startswith("## "):
        return "# " + inline(text[3:]).replace("*", "").upper()
    if text.startswith("### "):
        return "## " + inline(text[4:])
    if text.startswith("|"):
        return table(lines)
    if text.startswith("    "):
        return "```\n" + "\n".join(line[4:] for line in lines) + "\n```"
    if text.startswith("- "):
        items = re.split(r"^- ", text, flags=re.M)[1:]
        return "\n".join("- " + inline(" ".join(item.split())) for item in items)
    return inline(" ".join(text.split()))


def document_page(name, text):
    """A document of docs/ as a page."""
    title, _, rest = text.partition("\n")
    assert title.startswith("# "), f"{name}.md has no title"
    summary = title[2:].strip()
    out = [f"# NAME\n\nrunut-{name} - {summary[0].lower() + summary[1:]}", "# DESCRIPTION"]
    for i, part in enumerate(re.split(r"^```\w*\n(.*?)^```$", rest, flags=re.M | re.S)):
        if i % 2:
            out.append("```\n" + part + "```")
        else:
            out += [block(text) for text in re.split(r"\n{2,}", part.strip("\n")) if text.strip()]
    return "\n\n".join(out) + "\n\n# SEE ALSO\n\n*runut*(1)\n"


def page(source, commands, name, section):
    """The scdoc text of a page."""
    if section == "7":
        return document_page(name, (source / "docs" / f"{name}.md").read_text(encoding="utf-8"))
    prose = source / "man" / (f"runut-{name}.scd" if name else "runut.scd")
    written = sections(prose.read_text(encoding="utf-8")) if prose.exists() else []
    if not name:
        return main_page(commands, written)
    found = [c for c in commands if c["command"] == name]
    if not found:
        sys.exit(f"make_man: there is no command '{name}': take it out of man/meson.build")
    return command_page(found[0], written)


def main():
    scdoc, program, version, source, *outs = sys.argv[1:]
    told = subprocess.run([program, "help", "--json"], stdout=subprocess.PIPE, check=True).stdout
    commands = [json.loads(line) for line in told.splitlines()]
    documents = {pathlib.Path(out).name for out in outs}
    for out in map(pathlib.Path, outs):
        name, section = re.fullmatch(r"runut-?([\w-]*)\.([17])", out.name).groups()
        text = f'{out.stem}({section}) "runut {version}" "The runut manual"\n\n' + page(pathlib.Path(source), commands, name, section)
        text = re.sub(r"\*?(?:docs/)?(\w+)\.md\*?", lambda m: f"*runut-{m[1]}*(7)" if f"runut-{m[1]}.7" in documents else m[0], text)
        done = subprocess.run([scdoc], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            sys.exit(f"make_man: {out.name}: {done.stderr.decode()}\n" + "\n".join(
                f"{n:4} {line}" for n, line in enumerate(text.splitlines(), 1)))
        out.write_bytes(re.sub(rb"^(?=\.[^A-Za-z\\\"])", rb"\\&", done.stdout, flags=re.M))  # a number is no macro


main()
