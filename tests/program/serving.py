"""What the tests of `runut serve` share: a server on a free port that ends with its test, and what it says."""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile

from tap import ROOT, RUNUT, equal, runut

CAPTURES = ROOT / "samples" / "captures"


class Reply:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status}\n{self.headers}{self.body[:2000]!r}"


class Server:
    """`with Server(db, "--read-only") as server: server.get("/api/v1/health")`"""

    def __init__(self, db, *options, env=None, listen="127.0.0.1:0", **more):
        clean = {k: v for k, v in os.environ.items() if k not in ("RUNUT_DB", "RUNUT_TOKEN")}
        self.process = subprocess.Popen([RUNUT, "--db", str(db), "serve", "--listen", listen, *map(str, options)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**clean, **(env or {})}, **more)
        self.line = self.process.stdout.readline().decode()
        found = re.search(r" at http://(\[.*\]|[^:]*):(\d+)/$", self.line.rstrip("\n"))
        if not found:
            self.process.wait(60)
            raise AssertionError(f"it does not serve: {self.line!r} {self.process.stderr.read().decode()!r}")
        self.host, self.port = found.group(1).strip("[]"), int(found.group(2))
        self.name = f"{found.group(1)}:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.process.stdout.close()
        self.process.stderr.close()

    def stop(self, how=signal.SIGTERM):
        """The exit status; nothing may have been said on stderr."""
        self.process.send_signal(how)
        try:
            status = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        equal((status, self.process.stderr.read().decode()), (0, ""))
        return status

    def ask(self, method, path, body=None, headers=None, connection=None):
        c = connection or http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            c.request(method, path, body=body, headers=headers or {})
            response = c.getresponse()
            return Reply(response, response.read())
        finally:
            if not connection:
                c.close()

    def get(self, path, **headers):
        """GET; headers by their names with '_' for '-'."""
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def json(self, path):
        reply = self.get(path)
        assert reply.status == 200, reply
        return reply.json()

    def problem(self, status, method, path, headers=None, body=None):
        """Asks for what must be refused with this status, as a problem that names it."""
        reply = self.ask(method, path, body, headers)
        assert reply.status == status, f"wanted {status}: {reply}"
        equal(reply.headers["Content-Type"], "application/problem+json")
        problem = reply.json()
        equal((problem["type"], problem["status"], sorted(problem)), ("about:blank", status, ["detail", "status", "title", "type"]))
        return reply

    def raw(self, data, wait=10):
        """Sends bytes as they are; what comes until the server closes. None for what was still open after `wait`."""
        with socket.create_connection((self.host, self.port), timeout=wait) as s:
            s.sendall(data)
            got = b""
            try:
                while chunk := s.recv(65536):
                    got += chunk
            except socket.timeout:
                return None
            except ConnectionResetError:
                pass
            return got

    def host_line(self):
        return b"Host: " + self.name.encode() + b"\r\n"


made = []  # the store of the samples, made once


def store(folder):
    """A copy of the store that the samples make."""
    if not made:
        made.append(tempfile.TemporaryDirectory(prefix="runut-test-"))
        equal(runut("--db", os.path.join(made[0].name, "s.db"), "add", "-q", CAPTURES).status, 0)
    shutil.copytree(made[0].name, folder, dirs_exist_ok=True)
    return folder / "s.db"
