"""Archives and packed files."""
import ctypes
import gzip
import io
import struct
import tarfile
import zipfile
import zlib

from cases import case, good, mark

ZEROS = "unpacks to more than 256 times its size"


def zeros(size):
    return b"\0" * size


def packed(pieces, level=9):
    """gzip of pieces, one after the other, without all of them in memory."""
    out = zlib.compressobj(level, zlib.DEFLATED, 31)
    return b"".join(out.compress(piece) for piece in pieces) + out.flush()


def zip_of(*members, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as z:
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), data, how)
    return out.getvalue()


def tar_of(*members, form=tarfile.PAX_FORMAT):
    """Members are (name, bytes) or TarInfo without bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as t:
        for one in members:
            info, data = (tarfile.TarInfo(one[0]), one[1]) if isinstance(one, tuple) else (one, b"")
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zstd(data):
    lib = ctypes.CDLL("libzstd.so.1")
    lib.ZSTD_compressBound.restype = lib.ZSTD_compress.restype = ctypes.c_size_t
    lib.ZSTD_compressBound.argtypes = [ctypes.c_size_t]
    lib.ZSTD_compress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
    room = ctypes.create_string_buffer(lib.ZSTD_compressBound(len(data)))
    size = lib.ZSTD_compress(room, len(room), data, len(data), 3)
    return room.raw[:size]


def brotli(data):
    lib = ctypes.CDLL("libbrotlienc.so.1")
    room, size = ctypes.create_string_buffer(len(data) + 1024), ctypes.c_size_t(len(data) + 1024)
    assert lib.BrotliEncoderCompress(9, 22, 0, ctypes.c_size_t(len(data)), data, ctypes.byref(size), room)
    return room.raw[:size.value]


def warc(*records):
    """Response records of (address, head lines, body)."""
    out = b""
    for url, head, data in records:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + head + b"\r\n" + data
        out += (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"
    return out


def page(word):
    head, _, text = good(word).partition("\n\n")
    return f"<!DOCTYPE html><html><head><title>{head}</title></head><body><article><h1>{head}</h1><p>{text}</p></article></body></html>".encode()


# ---- gzip, zstd, brotli ----

@case("bombs/zeros.gz", "gzip of 1 GB of zeros")
def _(p):
    return packed(zeros(1 << 20) for _ in range(p.size(1024, 200)))


@case("bombs/nested.gz", "gzip in gzip, six deep, around 100 MB of one letter")
def _(p):
    data = packed(b"a" * (1 << 20) for _ in range(p.size(1024, 100)))
    for _ in range(5):
        data = gzip.compress(data, mtime=0)
    return data


@case("bombs/deep.gz", "gzip in gzip, 200 deep, around a good report")
def _(p):
    data = good(mark("deep.gz")).encode()
    for _ in range(200):
        data = gzip.compress(data, mtime=0)
    return data


@case("bombs/lines.jsonl.gz", "gzip of a line of JSON of 300 MB between two good ones")
def _(p):
    def line(n):
        return (b'{"headline":"Kabar","articleBody":"%s"}\n' % good(mark("lines.jsonl.gz", n)).encode().replace(b"\n", b" "))
    return packed([line(0), b'{"articleBody":"'] + [b"kata " * 200_000] * p.size(300, 80) + [b'"}\n', line(1)])


@case("bombs/members.gz", "100,000 empty gzip members, then a good report")
def _(p):
    return gzip.compress(b"", mtime=0) * p.size(1_000_000, 100_000) + gzip.compress(good(mark("members.gz")).encode(), mtime=0)


@case("bombs/name.gz", "gzip header with a file name of 10 MB")
def _(p):
    return b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * 10_000_000 + b"\0" + gzip.compress(good(mark("name.gz")).encode(), mtime=0)[10:]


@case("bombs/crc.gz", "gzip with a wrong checksum")
def _(p):
    data = gzip.compress(good(mark("crc.gz")).encode() * 3, mtime=0)
    return data[:-8] + b"\1\2\3\4" + data[-4:]


@case("bombs/window.zst", "zstd that asks for a window of 2 GB")
def _(p):
    text = good(mark("window.zst")).encode()
    return b"\x28\xb5\x2f\xfd\x00\xa8" + struct.pack("<I", len(text) << 3 | 1)[:3] + text


@case("bombs/size.zst", "zstd that claims to hold 2^62 bytes")
def _(p):
    text = good(mark("size.zst")).encode()
    return b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", 1 << 62) + struct.pack("<I", len(text) << 3 | 1)[:3] + text


@case("bombs/zeros.zst", "zstd of 100 MB of zeros")
def _(p):
    return zstd(zeros(100 << 20))


@case("bombs/skippable.zst", "100,000 zstd frames that hold nothing, then a good report")
def _(p):
    return struct.pack("<II", 0x184D2A50, 0) * 100_000 + zstd(good(mark("skippable.zst")).encode())


@case("bombs/brotli.warc", "WARC: a page of 100 MB in 100 bytes of brotli, between two good ones")
def _(p):
    bomb = brotli(b"<p>" + b"a" * (100 << 20))
    return warc(("http://a.example/1", b"", page(mark("brotli.warc", 0))), ("http://a.example/2", b"Content-Encoding: br\r\n", bomb),
                ("http://a.example/3", b"", page(mark("brotli.warc", 1))))


@case("bombs/codings.warc", "WARC: a page in 200 layers of gzip, between two good ones")
def _(p):
    data = page(mark("codings.warc", 7))
    for _ in range(200):
        data = gzip.compress(data, mtime=0)
    return warc(("http://a.example/1", b"", page(mark("codings.warc", 0))),
                ("http://a.example/2", b"Content-Encoding: " + b", ".join([b"gzip"] * 200) + b"\r\n", data),
                ("http://a.example/3", b"", page(mark("codings.warc", 1))))


@case("bombs/chunks.warc", "WARC: chunks of 2^64 - 1 bytes, of none, of size 'zz', between two good ones")
def _(p):
    chunked = b"Transfer-Encoding: chunked\r\n"
    return warc(("http://a.example/1", b"", page(mark("chunks.warc", 0))), ("http://a.example/2", chunked, b"ffffffffffffffff\r\n<p>a"),
                ("http://a.example/3", chunked, b"0\r\n\r\n"), ("http://a.example/4", chunked, b"zz\r\n<p>a\r\n"),
                ("http://a.example/5", b"", page(mark("chunks.warc", 1))))


@case("bombs/zeros.warc.gz", "WARC in gzip: a page of 1 GB of zeros in a member, between two good ones")
def _(p):
    head = (b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/2\r\nContent-Type: text/html\r\n"
            b"Content-Length: 1073741824\r\n\r\n")
    return (gzip.compress(warc(("http://a.example/1", b"", page(mark("zeros.warc.gz", 0)))), mtime=0) +
            packed([head] + [zeros(1 << 20)] * p.size(1024, 200)) +
            gzip.compress(warc(("http://a.example/3", b"", page(mark("zeros.warc.gz", 1)))), mtime=0))


# ---- zip ----

@case("bombs/zeros.zip", "zip: a member of 100 MB of zeros between two good ones")
def _(p):
    return zip_of(("a.txt", good(mark("zeros.zip", 0))), ("b.txt", zeros(100 << 20)), ("c.txt", good(mark("zeros.zip", 1))))


@case("bombs/flat.zip", "zip whose members overlap: 250 of them quote one another's headers and share 1 MB (after Fifield)")
def _(p):
    """Each member's data is a stored block that holds the header of the next, and then the data of that."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data, text = kernel.compress(b"a" * (1 << 20)) + kernel.flush(), b"a" * (1 << 20)
    headers = []
    for i in reversed(range(250)):
        name = b"%03d" % i
        header = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, zlib.crc32(text), len(data), len(text), len(name), 0) + name
        headers.append((header, len(data), len(text), zlib.crc32(text), name))
        text = header + text
        data = b"\0" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF) + header + data
    out = data[5:]  # begins with the first header
    offset, directory = 0, b""
    for header, size, length, crc, name in reversed(headers):
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, size, length, len(name), 0, 0, 0, 0, 0, offset) + name
        offset += len(header) + 5
    return out + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 250, 250, len(directory), len(out), 0)


@case("bombs/nested.zip", "zip in zip, 50 deep, as a zip that holds itself is without end")
def _(p):
    data = zip_of(("a.txt", good(mark("nested.zip"))))
    for i in range(50):
        data = zip_of(("r.zip", data), how=zipfile.ZIP_STORED)
    return data


@case("bombs/wide.zip", "42.zip's shape: 16 zips of 16 zips of 4 MB of zeros each")
def _(p):
    data = zip_of(("0.dll", zeros(4 << 20)))
    for _ in range(2):
        data = zip_of(*((f"{i:02}", data) for i in range(16)))
    return data


@case("bombs/members.zip", "zip with 20,000 members without a byte, then a good one")
def _(p):
    return zip_of(*((f"{i}/", b"") for i in range(20_000)), ("z.txt", good(mark("members.zip"))))


@case("bombs/sizes.zip", "zip whose headers claim 2^32 - 2 bytes")
def _(p):
    data = zip_of(("a.txt", good(mark("sizes.zip"))), how=zipfile.ZIP_STORED)
    return data[:18] + struct.pack("<II", 0xFFFFFFFE, 0xFFFFFFFE) + data[26:]


@case("bombs/names.zip", "zip with names that leave the folder, hold line ends and terminal codes, or 60,000 bytes")
def _(p):
    names = ["../../../../tmp/runut-escaped.txt", "/etc/runut-escaped.txt", "a\nb\x1b[2J\u202etxt.exe", "n" * 60_000]
    return zip_of(*((name, good(mark("names.zip", i))) for i, name in enumerate(names)))


@case("bombs/locked.zip", "zip with an encrypted member, then a good one")
def _(p):
    data = bytearray(zip_of(("a.txt", good(mark("locked.zip", 7))), ("b.txt", good(mark("locked.zip", 0))), how=zipfile.ZIP_STORED))
    data[6] |= 1
    return bytes(data)


# ---- tar ----

@case("bombs/paths.tar", "tar with names that leave the folder, and the same name twice")
def _(p):
    return tar_of(*((name, good(mark("paths.tar", i)).encode())
                    for i, name in enumerate(["/etc/runut-escaped", "../../../../../tmp/runut-escaped", "../../../../../tmp/runut-escaped"])))


@case("bombs/links.tar", "tar with links to /etc/passwd, devices and a FIFO, then a good report")
def _(p):
    def special(name, kind, target=""):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        return info
    return tar_of(special("a", tarfile.SYMTYPE, "/etc/passwd"), special("b", tarfile.LNKTYPE, "/etc/passwd"), special("c", tarfile.CHRTYPE),
                  special("d", tarfile.BLKTYPE), special("e", tarfile.FIFOTYPE), special("f", tarfile.LNKTYPE, "f"),
                  ("g.txt", good(mark("links.tar")).encode()))


def octal(header):
    """A tar header with its checksum made right."""
    header = header[:148] + b" " * 8 + header[156:]
    return header[:148] + b"%06o\0 " % sum(header) + header[156:]


def tar_header(name, size, kind):
    info = tarfile.TarInfo(name)
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT)[:512])
    header[124:136], header[156:157] = size, kind
    return octal(bytes(header))


@case("bombs/longname.tar", "tar with a GNU name of 1 GB, which is not there")
def _(p):
    return tar_header("././@LongLink", b"%011o\0" % (1 << 30), b"L") + b"n" * 100_000


@case("bombs/pax.tar", "tar with a pax header of 64 MB of one key, then a good report")
def _(p):
    text = b"comment=" + b"x" * (p.size(64, 4) << 20) + b"\n"
    text = b"%d %s" % (len(text) + len(str(len(text))) + 1, text)
    text += bytes(-len(text) % 512)
    return tar_header("pax", b"%011o\0" % len(text), b"x") + text + tar_of(("a.txt", good(mark("pax.tar")).encode()))


@case("bombs/paxes.tar", "tar with pax records whose lengths lie")
def _(p):
    text = b"999999999999 path=a\n0 path=b\n-5 path=c\n6 path=\n".ljust(512, b"\n")
    return tar_header("pax", b"%011o\0" % 512, b"x") + text + tar_of(("a.txt", good(mark("paxes.tar")).encode()))


@case("bombs/size.tar", "tar whose member claims 2^63 bytes")
def _(p):
    return tar_header("a.txt", b"\x80" + bytes(3) + struct.pack(">Q", 1 << 63), b"0") + good(mark("size.tar")).encode().ljust(1024, b"\0")


@case("bombs/sparse.tar", "tar with a sparse file of 2^60 bytes, then a good report")
def _(p):
    header = bytearray(tar_header("a.txt", b"%011o\0" % 0, b"S"))
    header[386:398], header[398:410] = b"00000000000\0", b"00000000000\0"
    header[483:495] = b"\x80" + bytes(3) + struct.pack(">Q", 1 << 60)
    return octal(bytes(header)) + tar_of(("b.txt", good(mark("sparse.tar")).encode()))


@case("bombs/deep.tar", "tar in tar, 30 deep")
def _(p):
    data = good(mark("deep.tar")).encode()
    for _ in range(30):
        data = tar_of(("a", data))
    return data
