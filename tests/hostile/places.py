"""Names, links, devices, folders: what a file system can hold besides reports."""
import os
import socket
import stat

from cases import case, good, mark


def write(path, data):
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


def named(path, why, name):
    """A good report in a file of a strange name."""
    @case(path, why)
    def _(p):
        os.mkdir(p.path)
        write(p.path + b"/" + name, good(mark(path)))


named("names/newline", "a name with line ends", b"a\nrunut: x: stored\r\nb.txt")
named("names/escape", "a name with terminal codes, C1 and bidi controls", b"\x1b[2J\x1b]0;x\x07\xc2\x9b2J\xe2\x80\xaetxt.exe")
named("names/bytes", "a name that is no UTF-8", b"\xff\xfe\xc0\xaf\xed\xa0\x80.txt")
named("names/long", "a name of 255 bytes", b"n" * 251 + b".txt")
named("names/option", "a name like an option", b"--db=x")
named("names/dash", "a name that is a dash", b"-")
named("names/format", "a name with formats of printf", b"%s%n%99999d%p.txt")
named("names/blank", "a name of blanks", b"   ")
named("names/quotes", "a name with quotation marks, markup and a formula", b"=1+1\"'<script>`$(touch x)`;&|.txt")
named("names/two\nlines", "a folder with a line end in its name", b"a.txt")


@case("links/self", "a link to itself")
def _(p):
    os.symlink(os.path.basename(p.path), p.path)


@case("links/loop", "links that lead to each other, and up")
def _(p):
    os.makedirs(p.path + b"/a")
    os.symlink(b"y", p.path + b"/x")
    os.symlink(b"x", p.path + b"/y")
    os.symlink(b"..", p.path + b"/a/up")
    os.symlink(b".", p.path + b"/a/here")


@case("links/nothing", "a link to nothing")
def _(p):
    os.symlink(b"gone", p.path)


for place, target in {"root": "/", "home": "/root/.ssh", "passwd": "/etc/passwd", "zero": "/dev/zero", "full": "/dev/full", "tty": "/dev/tty",
                      "memory": "/proc/self/mem", "kmsg": "/proc/kmsg", "stdin": "/proc/self/fd/0", "random": "/dev/urandom"}.items():
    if target == "/root/.ssh":
        target = "/usr/share"

    @case(f"links/{place}", f"a link to {target}")
    def _(p, target=target):
        os.symlink(target, p.path)


@case("links/paths", "2^40 paths of links through 40 folders")
def _(p):
    for i in range(40):
        os.makedirs(p.path + b"/%02d" % i)
        for name in (b"a", b"b"):
            os.symlink(b"../%02d" % (i + 1), p.path + b"/%02d/" % i + name)
    os.makedirs(p.path + b"/40")
    write(p.path + b"/40/good.txt", good(mark("links/paths")))


@case("links/hidden", "a link to a hidden file")
def _(p):
    write(os.path.dirname(p.path) + b"/.hidden.txt", good(mark("links/hidden")))
    os.symlink(b".hidden.txt", p.path)


@case("special/fifo", "a FIFO that nobody writes to")
def _(p):
    os.mkfifo(p.path)


@case("special/socket", "a socket")
def _(p):
    here = os.getcwd()
    os.chdir(os.path.dirname(p.path))  # an address has 108 bytes at most
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(b"socket")
    os.chdir(here)


for place, (major, minor) in {"zero": (1, 5), "full": (1, 7), "tty": (5, 0), "random": (1, 9)}.items():
    @case(f"special/{place}", f"a device node like /dev/{place}")
    def _(p, place=place, device=(major, minor)):
        try:
            os.mknod(p.path, 0o666 | stat.S_IFCHR, os.makedev(*device))
        except PermissionError:
            os.mkfifo(p.path)  # only root makes devices; told the same way


@case("folders/deep", "folders 2,000 deep, a path longer than the system takes, with a good report on top")
def _(p):
    here = os.getcwd()
    os.mkdir(p.path)
    os.chdir(p.path)
    write(b"good.txt", good(mark("folders/deep")))
    for _ in range(2000):
        os.mkdir(b"folder")
        os.chdir(b"folder")
    os.chdir(here)


@case("folders/names", "folders with names of 255 bytes, one in the other, past the longest path")
def _(p):
    here = os.getcwd()
    os.mkdir(p.path)
    os.chdir(p.path)
    for _ in range(20):
        os.mkdir(b"n" * 255)
        os.chdir(b"n" * 255)
    os.chdir(here)


@case("folders/closed", "a folder and a file without permission, beside a good report")
def _(p):
    os.makedirs(p.path + b"/closed")
    write(p.path + b"/file.txt", good(mark("folders/closed", 7)))
    write(p.path + b"/good.txt", good(mark("folders/closed")))
    os.chmod(p.path + b"/closed", 0)
    os.chmod(p.path + b"/file.txt", 0)


@case("folders/many", "1,000,000 files of a few bytes in a folder (1,000 different ones), and a good report")
def _(p):
    os.mkdir(p.path)
    for i in range(p.size(1_000_000, 5_000)):
        write(p.path + b"/%07d.txt" % i, b"kata %d\n" % (i % 1000))
    write(p.path + b"/good.txt", good(mark("folders/many")))


def sparse(path, size, start=b""):
    write(path, start)
    os.truncate(path, size)


@case("sparse/zeros.txt", "a sparse file of 10 GB without a byte on disk")
def _(p):
    sparse(p.path, 10 << 30)


@case("sparse/text.txt", "a report and 10 GB of zeros behind it")
def _(p):
    sparse(p.path, 10 << 30, good(mark("sparse/text.txt")).encode())


@case("sparse/zeros.warc.gz", "10 GB of zeros with the beginning of a gzip file")
def _(p):
    sparse(p.path, 10 << 30, b"\x1f\x8b\x08\0\0\0\0\0\0\3")


@case("sparse/lines.jsonl", "a good record, and 10 GB of zeros as the next line")
def _(p):
    from texts import record
    sparse(p.path, p.size(10 << 30, 1 << 30), record("sparse/lines.jsonl"))
