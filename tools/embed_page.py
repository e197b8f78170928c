#!/usr/bin/env python3
"""Write a C file that embeds the page's files: embed_page.py OUT.c FOLDER [BUILD_PAGE WEB DEPFILE NO_PAGE]

Each file of FOLDER stands in it as it is and packed with gzip (where that is shorter), with its Content-Type and a tag of
what it holds; src/serve/page.h says how it is read. With BUILD_PAGE that program is run before, to make FOLDER, and
DEPFILE lists the files of WEB, from which it does so. Where it fails the folder NO_PAGE is embedded instead, if that is
not empty.
"""
import gzip
import hashlib
import os
import shutil
import subprocess
import sys

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".svg": "image/svg+xml", ".json": "application/json; charset=utf-8", ".txt": "text/plain; charset=utf-8",
         ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}


def files_of(folder, skipped=()):
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in skipped)
        for name in sorted(names):
            yield os.path.join(where, name)


def read(path):
    with open(path, "rb") as f:
        return f.read()


def build(program, folder, web, out, depfile, instead):
    """The folder that is to be embedded."""
    shutil.rmtree(folder, ignore_errors=True)  # what an earlier build left there
    done = subprocess.run([program, folder], check=False)
    if done.returncode != 0 and not instead:
        sys.exit("the page cannot be built")
    if done.returncode != 0:
        print("warning: the page cannot be built, so `runut serve` will have none; for another try: touch web/package.json",
              file=sys.stderr)
    inputs = [program, *files_of(web, ("node_modules",))]
    with open(depfile, "w", encoding="utf-8") as f:
        f.write(out + ": " + " ".join(path.replace(" ", "\\ ") for path in inputs) + "\n")
    return folder if done.returncode == 0 else instead


def assembly(i, plain, packed):
    """The bytes of one file as the assembler's; .incbin keeps compiling quick."""
    lines = [".section .rodata", ".balign 16", f"runut_page_{i}:", f'.incbin \\"{plain}\\"', f"runut_page_{i}_end:",
             f"runut_page_packed_{i}:", *([f'.incbin \\"{packed}\\"'] if packed else []), f"runut_page_packed_{i}_end:",
             ".byte 0", ".previous"]
    return "__asm__(" + "\n".join(f'    "{line}\\n"' for line in lines) + ");\n"


def main():
    out, folder = sys.argv[1:3]
    if len(sys.argv) > 3:
        program, web, depfile, instead = sys.argv[3:7]
        folder = build(program, folder, web, out, depfile, instead)
    rows, packs = [], out + ".packed"
    os.makedirs(packs, exist_ok=True)
    with open(out, "w", encoding="utf-8") as f:
        f.write('#include "serve/page.h"\n')
        for i, path in enumerate(files_of(folder)):
            data = read(path)
            packed = gzip.compress(data, 9, mtime=0)
            pack = os.path.abspath(os.path.join(packs, f"{i}.gz")) if len(packed) < len(data) else None
            if pack:
                with open(pack, "wb") as g:
                    g.write(packed)
            f.write(assembly(i, os.path.abspath(path), pack))
            names = [f"runut_page_{i}", f"runut_page_{i}_end", f"runut_page_packed_{i}", f"runut_page_packed_{i}_end"]
            f.write("extern const char " + ", ".join(name + "[]" for name in names) + ";\n")
            name = os.path.relpath(path, folder).replace(os.sep, "/")
            kind = TYPES.get(os.path.splitext(name)[1], "application/octet-stream")
            tag = hashlib.sha256(data).hexdigest()[:16]
            rows.append(f'    {{"{name}", "{kind}", "\\"{tag}\\"", {", ".join(names)}}},\n')
        f.write(f"const runut_page_file runut_page_files[] = {{\n{''.join(rows)}}};\n"
                f"const size_t runut_page_file_count = {len(rows)};\n")


main()
