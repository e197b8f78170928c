"""A server of `runut serve` for tests, and what a client says to it."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess

from tap import RUNUT, equal

WAIT = 120  # seconds, for what should take one


class Server:
    """`with Server(folder / "s.db") as server:`: it has ended, with status 0, when the block has."""

    def __init__(self, db, *words, env=None, **more):
        self.words = [RUNUT, "--db", str(db), "serve", "--listen", "127.0.0.1:0", *map(str, words)]
        self.env = {**os.environ, "TMPDIR": str(db.parent / "tmp"), **(env or {})}
        self.more = more
        (db.parent / "tmp").mkdir(exist_ok=True)

    def __enter__(self):
        self.process = subprocess.Popen(self.words, stdout=subprocess.PIPE, env=self.env, **self.more)
        line = self.process.stdout.readline().decode()
        found = re.search(r" at http://127\.0\.0\.1:(\d+)/$", line.strip())
        assert found, line
        self.port = int(found[1])
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=WAIT)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            self.process.stdout.close()
        if kind is None and status != -signal.SIGKILL:
            equal(status, 0)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)

    def ask(self, path, method="GET", body=None, headers=None):
        """(status, fields, bytes)."""
        connection = self.connect()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def json(self, path, status=200, **more):
        got, fields, body = self.ask(path, **more)
        assert got == status, f"wanted {status}, got {got}: {body.decode(errors='replace')}"
        kind = "application/json; charset=utf-8" if status < 400 else "application/problem+json"
        equal(fields["Content-Type"], kind)
        return json.loads(body)

    def upload(self, body, kind, status=200, query=""):
        return self.json("/api/v1/articles" + query, status, method="POST", body=body, headers={"Content-Type": kind})

    def form(self, files, status=200, boundary="a-boundary"):
        """Uploads (name, content) pairs."""
        body, kind = form(files, boundary)
        return self.upload(body, kind, status)

    def raw(self, data):
        """A socket on which `data` was sent already."""
        s = socket.create_connection(("127.0.0.1", self.port), timeout=WAIT)
        s.sendall(data)
        return s

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
