#!/usr/bin/env python3
"""What `make install` puts where, that a stranger's program can be built against it, and that nothing stays behind."""
import json
import os
import pathlib
import re
import shutil
import subprocess

from tap import ROOT, RUNUT, Skip, equal, holds, main, runut

BUILD = pathlib.Path(RUNUT).parent
LOG = BUILD / "meson-logs/install-log.txt"
PAGES = os.environ.get("RUNUT_MAN")  # where the man pages are; empty where none are made


def meson(*words):
    done = subprocess.run(["meson", *map(str, words)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def installed(folder):
    """Installs into `folder` and gives the prefix there; the record of a real installation stays as it was."""
    kept = LOG.read_bytes() if LOG.exists() else None
    try:
        meson("install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder)
        return next(folder.rglob("bin/runut")).parents[1], LOG.read_text(encoding="utf-8")
    finally:
        if kept is None:
            LOG.unlink()
        else:
            LOG.write_bytes(kept)


def everything_is_where_it_belongs(folder):
    prefix, _ = installed(folder)
    commands = [json.loads(line)["command"] for line in runut("help", "--json").out.splitlines()]
    wanted = ["bin/runut", "share/bash-completion/completions/runut", "share/fish/vendor_completions.d/runut.fish", "share/doc/runut/README.md", "share/doc/runut/docs/watch.md",
              "share/doc/runut/samples/captures/ferry-01.txt"]
    wanted += [f"include/runut/{path.name}" for path in (ROOT / "include/runut").glob("*.h")]
    if PAGES:
        wanted += [f"share/man/man1/runut-{name}.1" for name in commands] + ["share/man/man1/runut.1", "share/man/man7/runut-output.7"]
    equal([path for path in wanted if not (prefix / path).is_file()], [])
    unit = next(folder.rglob("runut-watch.service")).read_text(encoding="utf-8")
    holds(unit, f"ExecStart=/{(prefix / 'bin/runut').relative_to(folder)} ")
    assert "@" not in unit.replace("@system-service", "").replace("@privileged", "").replace("@resources", ""), unit
    equal(subprocess.run([prefix / "bin/runut", "--version"], capture_output=True, check=False).stdout.decode(),
          runut("--version").out)


def a_program_is_built_against_it(folder):
    if not shutil.which("pkg-config"):
        raise Skip("no pkg-config here")
    prefix, _ = installed(folder)
    config = next(prefix.rglob("runut.pc"))
    words = subprocess.run(["pkg-config", f"--define-variable=prefix={prefix}", "--cflags", "--libs", "runut", "json-c"], check=True,
                           capture_output=True, env={**os.environ, "PKG_CONFIG_PATH": str(config.parent)}).stdout.decode().split()
    done = subprocess.run(["cc", "-std=gnu11", "-Wall", "-Werror", ROOT / "tests/public/use_the_library.c", "-o", folder / "stranger", *words],
                          capture_output=True, check=False)
    equal((done.returncode, done.stderr.decode()), (0, ""))
    done = subprocess.run([folder / "stranger"], capture_output=True, cwd=folder, check=False)
    assert done.returncode == 0 and b"not ok" not in done.stdout, done.stdout.decode()


def nothing_stays_behind(folder):
    prefix, log = installed(folder)
    # `make uninstall` removes what the log names
    named = {line for line in log.splitlines() if line and not line.startswith("#")}
    there = {str(path) for path in folder.rglob("*") if not path.is_dir()}
    equal(there - named, set())


def packages_named(text, field):
    """The names in a field of debian/control."""
    lines = re.search(rf"^{field}:\n((?: .*\n)+)", text, re.M)[1]
    return set(re.findall(r"^ ([a-z][a-z0-9.+-]*)", lines, re.M))


def the_package_wants_what_the_build_wants(folder):
    control = (ROOT / "debian/control").read_text(encoding="utf-8")
    listed = re.search(r'^build="(.*?)"', (ROOT / "tools/install_dependencies").read_text(encoding="utf-8"), re.M | re.S)[1].split()
    libraries = {name for name in listed if name.endswith("-dev")}
    equal(libraries - packages_named(control, "Build-Depends"), set())
    library = control.partition("Package: librunut-dev")[2]
    equal(libraries - packages_named(library, "Depends"), set())
    version = re.search(r"version: '(.*?)'", (ROOT / "meson.build").read_text(encoding="utf-8"))[1]
    holds((ROOT / "debian/changelog").read_text(encoding="utf-8").splitlines()[0], f"runut ({version}) ")


main([everything_is_where_it_belongs, a_program_is_built_against_it, nothing_stays_behind, the_package_wants_what_the_build_wants])
