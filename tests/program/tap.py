"""What the program's tests share: running it, a folder that goes away, and TAP."""
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

RUNUT = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Skip(Exception):
    """Raised by a test that cannot run here; its text says why."""


class Result:
    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode("utf-8", "surrogateescape")
        self.err = done.stderr.decode("utf-8", "surrogateescape")

    def __repr__(self):
        return f"status {self.status}\n{self.out}{self.err}"


def runut(*words, stdin=b"", env=None, cwd=None, **more):
    """Run the program; its status, output and errors."""
    clean = {k: v for k, v in os.environ.items() if k not in ("RUNUT_DB", "COLUMNS", "NO_COLOR")}
    done = subprocess.run([RUNUT, *map(str, words)], input=stdin, capture_output=True, env={**clean, **(env or {})}, cwd=cwd,
                          timeout=600, check=False, **more)
    return Result(done)


def on_terminal(*words, env=None):
    """What the program writes to a terminal, as bytes."""
    if not os.path.exists("/dev/pts/ptmx"):
        raise Skip("no pseudo-terminals here")
    line = " ".join(shlex.quote(str(word)) for word in (RUNUT, *words))
    return subprocess.run(["script", "-qec", line, "/dev/null"], capture_output=True, check=False,
                          env={**os.environ, "TERM": "xterm", **(env or {})}).stdout


def equal(got, wanted):
    assert got == wanted, f"\n  wanted {wanted!r}\n  got    {got!r}"


def holds(text, part):
    assert part in text, f"\n  wanted {part!r} in\n{text}"


def closed_pipe_ends_it(*words):
    """Whoever stops reading ends it at once and quietly, though its standard input stays open: nobody may wait for it."""
    with subprocess.Popen([RUNUT, *map(str, words), "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        start = time.monotonic()
        equal(process.wait(timeout=60), 3)
        assert time.monotonic() - start < 20
        equal(process.stderr.read(), b"")


def full_disk_is_no_success(*words):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([RUNUT, *map(str, words)], stdout=full, stderr=subprocess.PIPE, check=False)
    equal(done.returncode, 3)
    holds(done.stderr.decode(), "No space left")


def main(tests):
    """Run each function of `tests` with a folder of its own; only those whose names begin so, where the command line names some
    behind the program."""
    failed = 0
    words = [word.replace(" ", "_") for word in sys.argv[2:]]
    tests = [test for test in tests if not words or test.__name__.startswith(tuple(words))]
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="runut-test-"))
        name = test.__name__.replace("_", " ")
        try:
            test(folder)
            print(f"ok {number} - {name}")
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}")
        except Exception:  # a failed test must not stop the others
            failed += 1
            print(f"not ok {number} - {name}")
            print("".join("# " + line for line in traceback.format_exc().splitlines(True)))
        finally:
            for path in folder.rglob("*"):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o700)
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(failed > 0)
