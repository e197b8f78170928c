#!/usr/bin/env python3
"""Bad input is normal input: each gets an error that names file, record and byte, and never stops the others."""
import gzip
import json
import os
import shutil
import subprocess

from tap import RUNUT, Skip, equal, holds, main, runut

GOOD = "Banjir Rendam Tiga Desa\n\nHujan deras sejak Senin malam merendam tiga desa di tepi sungai. Warga mengungsi ke balai desa.\n"


def add(folder, *paths):
    return runut("--db", folder / "s.db", "add", *paths)


def stored(folder):
    return [json.loads(line) for line in runut("--db", folder / "s.db", "export").out.splitlines()]


def check(folder, name, data, why):
    """The bad file is rejected with `why`; the good one beside it is stored."""
    (folder / "in").mkdir()
    (folder / "in" / name).write_bytes(data)
    (folder / "in" / "z-good.txt").write_text(GOOD, encoding="utf-8")
    result = add(folder, folder / "in")
    equal(result.status, 1)
    holds(result.err, name)
    holds(result.err, why)
    equal(len(stored(folder)), 1)


def an_empty_file(folder):
    check(folder, "empty.txt", b"", "empty")


def white_space_only(folder):
    check(folder, "blank.txt", b" \n\t\r\n" * 1000, "empty")


def a_binary(folder):
    check(folder, "program", open("/bin/true", "rb").read(), "a program: not read")


def an_image(folder):
    check(folder, "a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "an image (PNG): not read")


def a_json_line_cut_in_half(folder):
    check(folder, "cut.jsonl", b'{"id":"a","articleBody":"isi beri', "broken JSON: ends in the middle")


def a_json_line_nested_deeply(folder):
    check(folder, "deep.jsonl", b'{"id":"a","articleBody":' + b"[" * 100000, "nested too deeply")


def a_record_of_100_mb_on_one_line(folder):
    line = b'{"id":"big","articleBody":"' + b"kata " * (20 << 20) + b'"}\n'
    (folder / "x.jsonl").write_bytes(line + b'{"id":"b","articleBody":"isi berita kedua"}\n')
    result = add(folder, folder / "x.jsonl")
    equal(result.status, 1)
    holds(result.err, "record 1: line longer than 64 MiB")
    equal([a["id"] for a in stored(folder)], ["b"])


def a_text_of_one_line_of_100_mb(folder):
    check(folder, "long.txt", b"kata " * (20 << 20), "larger than 64 MiB")


def a_line_of_20_mb_is_read(folder):
    (folder / "x.jsonl").write_bytes(b'{"id":"big","articleBody":"' + b"Kata kami, \\\"ya\\\". " * (1 << 20) + b'"}\n')
    equal(add(folder, folder / "x.jsonl").status, 0)
    equal(len(stored(folder)), 1)


def invalid_utf8_is_repaired(folder):
    (folder / "x.txt").write_bytes(GOOD.encode() + b"\nWarga desa \xff\xfe mengungsi \xc3( ke balai kota pada malam hari.\n")
    equal(add(folder, folder / "x.txt").status, 0)
    runut("--db", folder / "s.db", "export").out.encode("utf-8")  # strict


def a_damaged_gzip_file(folder):
    packed = gzip.compress((GOOD * 500).encode())
    check(folder, "cut.gz", packed[: len(packed) // 2], "damaged gzip")


def a_gzip_bomb(folder):
    check(folder, "bomb.gz", gzip.compress(b"a" * (200 << 20), 9), "larger than 64 MiB")


def a_folder_without_permission(folder):
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        raise Skip("root may read everything, and there is no setpriv")
    closed = folder / "in" / "closed"
    closed.mkdir(parents=True)
    (closed / "x.txt").write_text(GOOD, encoding="utf-8")
    (folder / "in" / "z.txt").write_text(GOOD, encoding="utf-8")
    closed.chmod(0)
    folder.chmod(0o777)
    (folder / "in").chmod(0o755)
    words = [RUNUT, "--db", str(folder / "s.db"), "add", str(folder / "in")]
    if os.geteuid() == 0:
        copy = folder / "runut"  # the build folder may be closed to others
        shutil.copy(RUNUT, copy)
        copy.chmod(0o755)
        words = ["setpriv", "--reuid=65534", "--clear-groups", str(copy)] + words[1:]
    done = subprocess.run(words, capture_output=True, check=False)
    equal(done.returncode, 1)
    holds(done.stderr.decode(), "closed: Permission denied")
    equal(len(stored(folder)), 1)


def a_path_that_is_not_there(folder):
    (folder / "z.txt").write_text(GOOD, encoding="utf-8")
    result = add(folder, folder / "nothing", folder / "z.txt")
    equal(result.status, 1)
    holds(result.err, "nothing: No such file or directory")
    equal(len(stored(folder)), 1)


def an_address_is_for_watch(folder):
    result = add(folder, "https://kabar.example/rss")
    equal(result.status, 1)
    holds(result.err, "https://kabar.example/rss: an address; runut watch --once fetches it")


def names_with_newlines_and_control_characters(folder):
    (folder / "in").mkdir()
    (folder / "in" / "a\nb\x1b[2J.txt").write_text(GOOD, encoding="utf-8")
    (folder / "in" / "c\nd.txt").write_bytes(b"")
    result = add(folder, folder / "in")
    equal(result.status, 1)
    equal(len(result.err.splitlines()), 1)
    equal(stored(folder)[0]["file"], str(folder / "in" / "a\nb\x1b[2J.txt"))


def what_is_passed_over_is_told_in_json_that_steers_nothing(folder):
    inner = folder / "in\u009b2J"
    inner.mkdir()
    (inner / ".hidden").write_text("x")
    result = runut("--db", folder / "s.db", "add", "--json", inner)
    holds(result.out, '"status":"skipped"')
    holds(result.out, "in\\u009b2J")
    assert "\u009b" not in result.out, result.out


def a_read_only_store(folder):
    (folder / "x.txt").write_text(GOOD, encoding="utf-8")
    add(folder, folder / "x.txt")
    equal(runut("--db", "/proc/version", "add", folder / "x.txt").status, 3)
    equal(runut("--db", folder / "none" / "s.db", "add", folder / "x.txt").status, 3)


main([an_empty_file, white_space_only, a_binary, an_image, a_json_line_cut_in_half, a_json_line_nested_deeply,
      a_record_of_100_mb_on_one_line, a_text_of_one_line_of_100_mb, a_line_of_20_mb_is_read, invalid_utf8_is_repaired,
      a_damaged_gzip_file, a_gzip_bomb, a_folder_without_permission, a_path_that_is_not_there, an_address_is_for_watch,
      names_with_newlines_and_control_characters,
      what_is_passed_over_is_told_in_json_that_steers_nothing, a_read_only_store])
