"""The document that every answer of `runut serve` must follow (src/serve/openapi.json), and servers that are held to it."""
import email.utils
import functools
import http.client
import json
import re
import socket
import urllib.parse

from jsonschema import Draft202012Validator

import serving
from tap import ROOT, equal, holds

API = "/api/v1"
DOCUMENT = json.loads((ROOT / "src/serve/openapi.json").read_text(encoding="utf-8"))

# On every answer, whatever it is.
GUARDS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-resource-policy": "same-origin",
          "cross-origin-opener-policy": "same-origin"}


def strictly(text):
    """JSON as the standard has it: UTF-8, no key twice, no NaN."""
    def once(pairs):
        assert len({k for k, _ in pairs}) == len(pairs), f"a key stands twice in {pairs!r}"
        return dict(pairs)

    def refuse(word):
        raise AssertionError(f"{word} is no JSON")
    return json.loads(text.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)


def whole(text):
    """Is that an answer, as a whole?"""
    head, there, body = text.partition(b"\r\n\r\n")
    size = re.search(rb"(?i)\ncontent-length: *(\d+)", head)
    return bool(there) and (head[9:12] in (b"204", b"304") or bool(size) and len(body) >= int(size[1]))


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, {}, body
        for name, value in fields:
            self.fields[name.lower()] = value
        self.kind = self.fields.get("content-type", "").partition(";")[0].strip()

    def json(self):
        return strictly(self.body)

    def __repr__(self):
        return f"{self.status} {self.fields} {self.body[:600]!r}"


class Server(serving.Server):
    """A server whose answers are checked against the document."""

    def ask(self, method, target, body=None, fields=(), timeout=120):
        """One request on a connection of its own; `fields` are pairs, or a dict."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in dict(fields).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            got = connection.getresponse()
            return Answer(got.status, got.getheaders(), got.read())
        finally:
            connection.close()

    def get(self, path, fields=(), **parameters):
        """An answer of the API, checked against the document."""
        query = urllib.parse.urlencode(parameters)
        answer = self.ask("GET", API + path + ("?" + query if query else ""), fields=fields)
        check("GET", path, answer)
        return answer

    def raw(self, text, timeout=60):
        """Sends bytes as they are; what comes back up to the end of the first answer, or of the connection."""
        out = b""
        with socket.create_connection((self.host, self.port), timeout=timeout) as s:
            try:
                s.sendall(text)
            except OSError:
                pass  # it has answered already, and closed
            try:
                while not whole(out) and (part := s.recv(65536)):
                    out += part
            except ConnectionResetError:
                pass
        return out

    def memory(self):
        """Kilobytes that the process holds now."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


def multipart(*files):
    """(body, Content-Type) of files, each (name, bytes)."""
    edge = "edge-of-the-parts-7d4a6b"
    body = b"".join(b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n'
                    % (edge.encode(), name.encode(), text) for name, text in files)
    return body + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


# ---- the document ----

def resolved(part):
    """The part, or what it refers to."""
    while "$ref" in part:
        target = DOCUMENT
        for word in part["$ref"].removeprefix("#/").split("/"):
            target = target[word]
        part = target
    return part


def operations():
    """(method, path, what the path says, operation)."""
    for path, item in DOCUMENT["paths"].items():
        for method in ("get", "post", "delete", "put", "patch"):
            if method in item:
                yield method.upper(), path, item, item[method]


def parameters_of(path, operation):
    both = DOCUMENT["paths"][path].get("parameters", []) + operation.get("parameters", [])
    return [resolved(p) for p in both]


@functools.cache
def template_of(path):
    """The path of the document that has this one; a word of the document before a name."""
    fitting = [t for t in DOCUMENT["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", t), path)]
    return min(fitting, key=lambda t: t.count("{")) if fitting else None


@functools.cache
def validator(schema):
    return Draft202012Validator({**json.loads(schema), "components": DOCUMENT["components"]})


def follows(schema, value):
    """Fails where `value` is not what the schema says."""
    errors = sorted(validator(json.dumps(schema)).iter_errors(value), key=lambda e: len(e.path))
    said = [f"at {'/'.join(map(str, e.absolute_path)) or 'the top'}: {e.message[:400]}" for e in errors[:5]]
    assert not said, "not as documented:\n" + "\n".join(said)


def follows_named(name, value):
    follows({"$ref": "#/components/schemas/" + name}, value)


def check_problem(answer):
    equal(answer.kind, "application/problem+json")
    problem = answer.json()
    follows_named("Problem", problem)
    equal(problem["status"], answer.status)
    assert problem["title"] and problem["detail"], problem


def check_guards(answer):
    for name, value in GUARDS.items():
        equal((name, answer.fields.get(name)), (name, value))
    holds(answer.fields.get("content-security-policy", ""), "default-src 'none'")
    if "date" in answer.fields:
        email.utils.parsedate_to_datetime(answer.fields["date"])


def check_body(content, answer):
    media = content.get(answer.kind)
    assert media, f"{answer.kind!r} is not among {list(content)}"
    if answer.kind.endswith("json") and not answer.kind.endswith("ndjson"):
        follows(media["schema"], answer.json())
    elif "ndjson" in answer.kind:
        for line in answer.body.splitlines():
            follows(media["x-itemSchema"], strictly(line))
    else:
        answer.body.decode("utf-8")


def check(method, path, answer):
    """Is the answer to `path` (behind API, as asked) one that the document tells of?"""
    if answer.status in (414, 431) and not answer.kind:
        return  # heads far too long are refused by the HTTP library itself, in its own words
    check_guards(answer)
    template = template_of(path.partition("?")[0])
    operation = DOCUMENT["paths"].get(template, {}).get("get" if method == "HEAD" else method.lower())
    if not operation:
        assert answer.status == (405 if template else 404) or answer.status in (400, 403, 414, 417, 431), answer
        if method != "HEAD":
            check_problem(answer)
        return
    said = operation["responses"].get(str(answer.status))
    assert said, f"{method} {path}: {answer.status} is not documented: {answer.body[:300]!r}"
    said = resolved(said)
    for name, field in said.get("headers", {}).items():
        assert not field.get("required") or name.lower() in answer.fields, f"{method} {path}: no {name}"
    if "content" not in said or method == "HEAD":
        equal(answer.body, b"")
        return
    check_body(said["content"], answer)
    if answer.status >= 400:
        check_problem(answer)
    return None
