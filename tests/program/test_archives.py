#!/usr/bin/env python3
"""Archives of captures: tar and zip in all their forms, from files and from pipes; what is in them is read as if it stood alone."""
import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import tarfile
import zipfile

from tap import RUNUT, equal, holds, main, runut

ONE = "Banjir Rendam Tiga Desa\n\nHujan deras sejak Senin malam merendam tiga desa di tepi sungai. Warga mengungsi ke balai desa.\n"
TWO = "Pasar Malam Dibuka Lagi\n\nPasar malam di alun-alun dibuka lagi setelah dua tahun. Pedagang menyambut baik keputusan itu.\n"
MEMBERS = {"satu.txt": ONE, "2024/dua.txt": TWO}


def clean(data, status=0):
    """Member names and headlines of what `runut clean -` makes of bytes in a pipe; standard error."""
    done = subprocess.run([RUNUT, "clean", "-"], input=data, capture_output=True, check=False, timeout=60)
    equal((done.returncode, done.stderr.decode())[: 2 if done.returncode != status else 1], (status,))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [(a["file"], a["headline"]) for a in lines], done.stderr.decode()


BOTH = [("-/satu.txt", "Banjir Rendam Tiga Desa"), ("-/2024/dua.txt", "Pasar Malam Dibuka Lagi")]


def tar(members, form=tarfile.PAX_FORMAT, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            data = text if isinstance(text, bytes) else text.encode()
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


class Pipe(io.RawIOBase):
    """What zipfile cannot seek in: sizes come behind the members."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


def make_zip(members, out=None, method=zipfile.ZIP_DEFLATED, zip64=False):
    pipe = out
    out = out if out is not None else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in members.items():
            with archive.open(name, "w", force_zip64=zip64) as member:
                member.write(text if isinstance(text, bytes) else text.encode())
    return bytes(pipe.data) if pipe is not None else out.getvalue()


def tar_in_all_its_forms(_):
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        equal(clean(tar(MEMBERS, form))[0], BOTH)
    equal(clean(tar(MEMBERS, mode="w:gz"))[0], BOTH)


def tar_with_long_names(_):
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        name = "folder/" * 40 + "berita.txt"
        equal(clean(tar({name: ONE, "b.txt": TWO}, form))[0], [("-/" + name, BOTH[0][1]), ("-/b.txt", BOTH[1][1])])
    name = "folder/" * 20 + "berita.txt"  # in two parts
    equal(clean(tar({name: ONE}, tarfile.USTAR_FORMAT))[0], [("-/" + name, BOTH[0][1])])


def only_files_of_a_tar_are_read(_):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE):
            info = tarfile.TarInfo("x")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    data = out.getvalue().rstrip(b"\0")
    data += b"\0" * (-len(data) % 512)
    equal(clean(data + tar({".hidden": ONE, "a/._b.txt": ONE, ".git/x.txt": ONE, **MEMBERS}))[0], BOTH)


def a_sparse_file_is_refused(_):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("sparse")
        info.type, info.size = tarfile.GNUTYPE_SPARSE, 512
        archive.addfile(info, io.BytesIO(b"x" * 512))
    found, err = clean(out.getvalue()[:1024] + tar(MEMBERS), 1)
    equal(found, BOTH)
    holds(err, "sparse file")


def a_broken_tar_header_is_passed_over(_):
    data = bytearray(tar({"a.txt": ONE, "b.txt": ONE, **MEMBERS}, tarfile.USTAR_FORMAT))
    data[1024 + 3] ^= 1
    found, err = clean(bytes(data), 1)
    equal(found, [("-/a.txt", BOTH[0][1])] + BOTH)
    holds(err, "broken tar header")
    equal(err.count("broken"), 1)


def a_tar_that_is_cut(_):
    data = tar(MEMBERS, tarfile.USTAR_FORMAT)
    equal(clean(data[: 512 + 512 + 512 + 512])[0], BOTH)  # its end is missing
    found, err = clean(data[: 512 + 512 + 512 + 40], 1)
    equal(found, BOTH[:1])
    holds(err, "-/2024/dua.txt: byte 40: ends in the middle")


def names_are_labels_only(folder):
    outside = folder / "outside.txt"
    names = {"../outside.txt": ONE, "/etc/x\x1b[31m\n.txt": TWO}
    for data in (tar(names), make_zip(names)):
        (folder / "in").mkdir(exist_ok=True)
        path = folder / "in" / "x"
        path.write_bytes(data)
        before = sorted(os.listdir(folder))
        equal(runut("clean", path).status, 0)
        equal(sorted(os.listdir(folder)), before)
        equal(outside.exists(), False)
        equal([name for name, _ in clean(data)[0]], ["-/../outside.txt", "-//etc/x?[31m?.txt"])


def zip_in_all_its_forms(_):
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        for zip64 in (False, True):
            equal(clean(make_zip(MEMBERS, method=method, zip64=zip64))[0], BOTH)
    equal(clean(make_zip(MEMBERS, out=Pipe()))[0], BOTH)
    equal(clean(make_zip(MEMBERS, out=Pipe(), zip64=True))[0], BOTH)


def a_zip_of_folders_and_hidden_files(_):
    equal(clean(make_zip({"a/": "", "__MACOSX/._a.txt": ONE, **MEMBERS}))[0], BOTH)


def stored_without_a_size_is_refused(_):
    found, err = clean(make_zip({"a.txt": ONE, "b.txt": TWO}, out=Pipe(), method=zipfile.ZIP_STORED), 1)
    equal(found, [])
    equal(err.count("stored without its size"), 2)


def encrypted_and_unknown_members_are_told(_):
    data = bytearray(make_zip({"secret.txt": ONE, **MEMBERS}))
    data[6] |= 1
    found, err = clean(bytes(data), 1)
    equal(found, BOTH)
    holds(err, "encrypted member of a zip archive (secret.txt)")
    found, err = clean(make_zip({"secret.txt": ONE}, method=zipfile.ZIP_LZMA), 1)
    holds(err, "not known")


def damaged_members_do_not_stop_the_others(_):
    for out in (None, Pipe()):
        data = bytearray(make_zip({"bad.txt": ONE * 50, **MEMBERS}, out=out))
        data[40:60] = b"\xff" * 20
        found, err = clean(bytes(data), 1)
        equal(found, BOTH)
        holds(err, "bad.txt")


def documents_are_told(_):
    _, err = clean(make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}), 1)
    holds(err, "an office document (docx, xlsx, pptx): not read")


def what_is_passed_over_is_told(folder):
    def record(kind, http, body, url="http://koran.example/1"):
        block = http.encode() + body if http else body
        form = "application/http; msgtype=response" if http else "text/plain"
        return f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {form}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"

    def answer(kind, body, status="200 OK", **more):
        return record("response", f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n", body, **more)
    warc = (record("warcinfo", "", b"software: x") + answer("text/plain", ONE.encode()) + answer("image/png", b"\x89PNG") + answer("image/png", b"\x89PNG") +
            answer("text/html", b"<p>moved", status="301 Moved") + answer("text/plain", b"User-agent: *", url="http://koran.example/robots.txt") +
            record("revisit", "HTTP/1.1 200 OK\r\n\r\n", b"") + answer("application/json", b'{"a": 1}') + answer("text/html", b""))
    (folder / "in").mkdir()
    (folder / "in" / "a.warc.gz").write_bytes(gzip.compress(warc))
    (folder / "in" / ".hidden").write_text(TWO, encoding="utf-8")
    (folder / "in" / "b.txt").write_text(TWO, encoding="utf-8")
    result = runut("--db", folder / "s.db", "add", folder / "in")
    equal((result.status, result.err), (0, ""))
    holds(result.out, "Passed over: 2 of another type (images, scripts, …); 1 with an HTTP status other than 200; 1 found unchanged (revisit); "
                      "1 for machines (robots.txt, …); 1 empty; 1 of data that are no article; 1 about the crawl (requests, metadata, …); 1 hidden, links or devices.\n")
    lines = [json.loads(line) for line in runut("--db", folder / "s.db", "add", "--json", folder / "in").out.splitlines()]
    equal([(line["status"], line["file"]) for line in lines], [("known", f"{folder}/in/a.warc.gz"), ("skipped", f"{folder}/in/a.warc.gz"), ("known", f"{folder}/in/b.txt"),
                                                              ("skipped", f"{folder}/in")])
    equal(lines[1]["skipped"], {"type": 2, "status": 1, "revisit": 1, "machine": 1, "empty": 1, "data": 1, "record": 1})
    holds(runut("clean", folder / "in").err, "Passed over: 2 of another type")
    equal(runut("clean", "--quiet", folder / "in").err, "")


def an_empty_zip(_):
    equal(clean(make_zip({}))[0], [])


def archives_within_archives(_):
    inner = tar({"x.jsonl.gz": gzip.compress(json.dumps({"id": "j", "headline": "Judul", "articleBody": ONE}).encode())})
    outer = make_zip({"a.tar.gz": gzip.compress(inner), "b.zip": make_zip({"satu.txt": ONE}), "dua.txt": TWO})
    equal(clean(outer)[0], [("-/a.tar.gz/x.jsonl.gz", "Judul"), ("-/b.zip/satu.txt", BOTH[0][1]), ("-/dua.txt", BOTH[1][1])])


def nesting_has_an_end(_):
    data = ONE.encode()
    for number in range(30):
        data = tar({f"{number}.tar": data, f"text{number}.txt": TWO})
    found, err = clean(data, 1)
    holds(err, "nested too deeply")
    equal(len(found), 6)
    packed = ONE.encode()
    for _ in range(30):
        packed = gzip.compress(packed)
    holds(clean(packed, 1)[1], "nested too deeply")


def bombs_do_not_stop_the_others(_):
    bomb = gzip.compress(b"a" * (200 << 20), 9)
    for data in (make_zip({"bomb.gz": bomb, **MEMBERS}), tar({"bomb.gz": bomb, **MEMBERS}), make_zip({"bomb": b"a" * (200 << 20), **MEMBERS}),
                 make_zip({"bomb": b"a" * (200 << 20), **MEMBERS}, out=Pipe())):
        found, err = clean(data, 1)
        equal(found, BOTH)
        holds(err, "unpacks to more than")


def bzip2_and_xz(_):
    for pack, name in ((bz2.compress, "bzip2"), (lzma.compress, "xz")):
        equal(clean(pack(ONE.encode()))[0], [("-", BOTH[0][1])])
        equal(clean(pack(tar(MEMBERS)))[0], BOTH)
        lines = [json.dumps({"id": str(i), "headline": f"Judul {i}", "articleBody": ONE * 200}).encode() + b"\n" for i in range(4)]
        many = [pack(line) for line in lines]
        wanted = [("-", f"Judul {i}") for i in range(4)]
        equal(clean(b"".join(many))[0], wanted)  # several streams
        if name == "xz":
            equal(clean((b"\0" * 8).join(many) + b"\0" * 4)[0], wanted)
        equal(clean(make_zip({"a.txt." + name: pack(ONE.encode()), "2024/dua.txt": TWO}))[0], [(f"-/a.txt.{name}", BOTH[0][1]), BOTH[1]])
        found, err = clean(pack(ONE.encode() * 100)[:-20], 1)
        equal(found, [])
        holds(err, f"damaged {name} data")
        found, err = clean(make_zip({"bomb": pack(b"a" * (100 << 20)), **MEMBERS}), 1)
        equal(found, BOTH)
        holds(err, "unpacks to more than")


def zip_members_packed_with_bzip2(_):
    equal(clean(make_zip(MEMBERS, method=zipfile.ZIP_BZIP2))[0], BOTH)


def a_member_of_a_zip_with_another_checksum(_):
    """Stored, so that nothing but the checksum tells."""
    data = make_zip({"bad.txt": ONE, **MEMBERS}, method=zipfile.ZIP_STORED)
    found, err = clean(data.replace(b"Hujan deras", b"Hujan durus", 1), 1)
    equal(found, BOTH)
    holds(err, "-/bad.txt: byte 121: damaged: its checksum is another one")
    pipe = bytearray(make_zip({"bad.txt": ONE, **MEMBERS}, out=Pipe()))
    at = pipe.index(b"PK\x07\x08") + 4
    pipe[at] ^= 1
    found, err = clean(bytes(pipe), 1)
    equal(found, BOTH)
    holds(err, "its checksum is another one")


main([tar_in_all_its_forms, tar_with_long_names, only_files_of_a_tar_are_read, a_sparse_file_is_refused,
      a_broken_tar_header_is_passed_over, a_tar_that_is_cut, names_are_labels_only, zip_in_all_its_forms,
      a_zip_of_folders_and_hidden_files, stored_without_a_size_is_refused, encrypted_and_unknown_members_are_told,
      damaged_members_do_not_stop_the_others, what_is_passed_over_is_told, documents_are_told, an_empty_zip, archives_within_archives,
      nesting_has_an_end, bombs_do_not_stop_the_others, bzip2_and_xz, zip_members_packed_with_bzip2, a_member_of_a_zip_with_another_checksum])
