"""What the benchmarks share: running programs, the peers' virtual environment, one row of a table."""
import os
import pathlib
import subprocess
import sys
import time
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(words, **more):
    """Seconds, processor seconds and peak kB of a program."""
    start = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{words[0]} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def best(words, times):
    """The quickest run; the peak of all."""
    runs = [run(words) for _ in range(times)]
    return tuple(map(min, list(zip(*runs))[:2])) + (max(peak for _, _, peak in runs),)


def peers_python(where, name):
    """The virtual environment of the peers that the file `name` lists, made once for each state of it."""
    python, stamp = where / "bin" / "python", where / name
    wanted = (ROOT / "bench" / name).read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        venv.create(where, with_pip=True, clear=True)
        for words in (["--upgrade", "pip"], ["-r", str(ROOT / "bench" / name)]):
            subprocess.run([python, "-m", "pip", "-q", "install", *words], check=True, timeout=900)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def head(what):
    print(f"{'':<18}{what:>9}{'s':>9}{what + '/s':>12}{'MB/s':>9}{'CPU s':>9}{'MB/CPU s':>10}{'peak MB':>9}{'ratio':>9}")


def row(name, count, size, times, peak, base=None, note=""):
    """`times`: seconds and processor seconds; `base`: the processor seconds a byte that it is set beside."""
    seconds, cpu = times
    ratio = f"{base / (cpu / size):9.4f}" if base else ""
    print(f"{name:<18}{count:>9}{seconds:>9.2f}{count / seconds:>12.1f}{size / seconds / 1e6:>9.2f}{cpu:>9.2f}{size / cpu / 1e6:>10.2f}"
          f"{peak / 1024:>9.0f}{ratio}  {note}", flush=True)
