"""What the tests of adding and of news through `runut serve` share: uploads, and reports that are all different."""
import http.client
import json
import socket

from serving import Server as Plain
from tap import equal

WAIT = 120  # seconds, for what should take one


class Server(Plain):
    """One whose uploads lie in the folder tmp beside the store."""

    def __init__(self, db, *options, env=None, **more):
        (db.parent / "tmp").mkdir(exist_ok=True)
        super().__init__(db, *options, env={"TMPDIR": str(db.parent / "tmp"), **(env or {})}, **more)

    def upload(self, body, kind, status=200, query=""):
        """What POST /articles answers; a problem where `status` says that one is wanted."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10 * WAIT)  # ten thousand files, a slow disk
        try:
            reply = self.ask("POST", "/api/v1/articles" + query, body, {"Content-Type": kind}, connection)
        finally:
            connection.close()
        assert reply.status == status, reply
        if status >= 400:
            equal((reply.headers["Content-Type"], reply.json()["status"]), ("application/problem+json", status))
        return reply.json()

    def form(self, files, status=200, boundary="a-boundary"):
        """Uploads (name, content) pairs."""
        body, kind = form(files, boundary)
        return self.upload(body, kind, status)

    def begin(self, data):
        """A connection on which `data` was sent already."""
        s = socket.create_connection((self.host, self.port), timeout=WAIT)
        s.sendall(data)
        return s

    def head(self, size, kind):
        """Of an upload with a body of that size."""
        return (f"POST /api/v1/articles HTTP/1.1\r\nHost: {self.name}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n"
                f"Connection: close\r\n\r\n").encode()

    def articles(self):
        return self.json("/api/v1/health")["articles"]


def form(files, boundary="a-boundary"):
    """Body and type of a form that has (name, content) as files; a name None: as a field."""
    parts = []
    for name, content in files:
        content = content.encode() if isinstance(content, str) else content
        named = b"" if name is None else b'; filename="%s"' % name.encode()
        parts.append(b'--%s\r\nContent-Disposition: form-data; name="files"%s\r\n\r\n%s\r\n'
                     % (boundary.encode(), named, content))
    return b"".join(parts) + b"--%s--\r\n" % boundary.encode(), f'multipart/form-data; boundary="{boundary}"'


PLACES = ["Merak", "Ambon", "Bitung", "Dumai", "Sorong", "Ende", "Palu", "Kupang", "Tual", "Biak"]


def report(number):
    """A report that is like no other of another number."""
    place = f"{PLACES[number % 10]} {PLACES[number // 10 % 10]}"
    return (f"Kapal Nomor {number} Kandas di {place}\n\nSari Melati - Kabar Contoh\nSenin, 6 Mei 2024 10:15 WIB\n\n"
            f"KABAR CONTOH, {place} - Kapal feri nomor {number} kandas di Selat {place} pada Senin (6/5) pagi. Sebanyak "
            f"{number + 3} penumpang selamat.\n\n\"Semua penumpang dari kapal {number} sudah kami jemput,\" kata kepala "
            f"pelabuhan, Bima Santoso, kepada wartawan di dermaga.\n\nKapal itu kandas karena kabut tebal di perairan "
            f"dangkal.\n")


def page(number):
    lines = report(number).split("\n\n")
    body = "".join(f"<p>{line}</p>" for line in lines[2:])
    return (f"<!DOCTYPE html><html><head><title>{lines[0]}</title></head><body><article><h1>{lines[0]}</h1>{body}"
            f"</article></body></html>")


def record(number, **more):
    lines = report(number).split("\n\n")
    return json.dumps({"id": f"r{number}", "headline": lines[0], "articleBody": "\n".join(lines[2:]), **more})
