"""A web server on loopback that misbehaves: each path answers as a test says, and every request is noted."""
import http.server
import socket
import threading
import time


class Answer:
    """What a path gives: a status, fields and a body; or `raw`, a function that writes to the socket itself."""

    def __init__(self, body="", status=200, raw=None, etag=None, modified=None, wait=None, **fields):
        self.body = body.encode() if isinstance(body, str) else body
        self.status = status
        self.raw = raw
        self.wait = wait  # an event: not answered before it is set
        self.etag = etag
        self.modified = modified
        self.fields = {"Content-Type": "text/html; charset=utf-8", **{k.replace("_", "-"): v for k, v in fields.items()}}


class Web:
    """`pages`: path to Answer, or to a list of them: one a request, the last one for ever."""

    def __init__(self, pages=None, host="127.0.0.1"):
        self.pages = pages or {}
        self.asked = []  # (path, fields, time)
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with web.lock:
                    web.at_once += 1
                    web.most_at_once = max(web.most_at_once, web.at_once)
                try:
                    web.answer(self)
                finally:
                    with web.lock:
                        web.at_once -= 1

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a client that hangs up is what is wanted here

        self.server = Server((host, 0), Handler)
        self.url = f"http://{host}:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def paths(self):
        return [path for path, _, _ in self.asked if path != "/robots.txt"]

    def fields_of(self, path):
        """Of the last request for it."""
        return [fields for asked, fields, _ in self.asked if asked == path][-1]

    def answer(self, handler):
        self.asked.append((handler.path, dict(handler.headers.items()), time.monotonic()))
        answer = self.pages.get(handler.path)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer is None:
            answer = Answer("not here", 404)
        if answer.wait:
            answer.wait.wait(20)
        if answer.raw:
            handler.close_connection = True
            answer.raw(handler.wfile)
            return
        same = (answer.etag and handler.headers.get("If-None-Match") == answer.etag) or (
            answer.modified and handler.headers.get("If-Modified-Since") == answer.modified)
        handler.send_response(304 if same else answer.status)
        for name, value in answer.fields.items():
            handler.send_header(name, value)
        if answer.etag:
            handler.send_header("ETag", answer.etag)
        if answer.modified:
            handler.send_header("Last-Modified", answer.modified)
        if not same and "Transfer-Encoding" not in answer.fields:
            handler.send_header("Content-Length", answer.fields.get("Content-Length", str(len(answer.body))))
        handler.end_headers()
        if not same:
            handler.wfile.write(answer.body)


def closed_port():
    """A port of loopback at which nobody listens."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
