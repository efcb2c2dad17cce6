"""Runs the oracles: installs the real clients through npm where they are not there yet, and lets pytest try them.

    python -m tools.oracles                               all clients at their pinned versions
    python -m tools.oracles --clients claude-code,codex   these alone: what CI does (0.9 GB instead of 2.6)
    python -m tools.oracles --newest                      the newest versions beside the pinned ones, and what differs
    python -m tools.oracles -k listing                    anything else is pytest's

The pins are tests/oracles/package.json and its lock; `oracle_cache` tells where the installs are kept. Where no oracle
can be had (no npm, no answer from the registry, no disk, no namespaces), one line says so, and that is no failure. What
the registry answers but should not (a pin that does not exist, another content than the lock's) is one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.oracles.clients import CLIENTS, RealClient
from tests.oracles.sandbox import INSTALL, cannot
from tools import oracle_cache

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "tests" / "oracles"
BYTES_OF_CLIENT = 500_000_000  # with what the largest ones need while they are unpacked
PATIENCE = 240  # of one step of npm for two clients; more of them may take longer
PATIENCE_FOR_ALL = 900
_BROKEN = ("ETARGET", "E404", "EINTEGRITY", "EJSONPARSE")  # npm's codes for what no second try mends


class CannotError(Exception):
    """There are no oracles to be had here and now: no failure."""


class BrokenError(Exception):
    """The pins are wrong."""


@dataclass(frozen=True)
class Wanted:
    """What is to be installed: npm's two files, and the clients that they are about."""

    kind: str
    clients: tuple[RealClient, ...]
    package: Mapping[str, Any]
    lock: bytes = b""

    @property
    def name(self) -> str:
        """The name under which it is kept."""
        return oracle_cache.name_of(self.kind, self.content, self.lock, platform.machine().encode())

    @property
    def content(self) -> bytes:
        """The file that says what it needs."""
        return json.dumps(self.package, indent=2).encode()

    @property
    def versions(self) -> dict[str, str]:
        """The version of each client."""
        needed = self.package["optionalDependencies"]
        return {client.id: needed[client.package] for client in self.clients}

    def missing(self, folder: Path) -> list[str]:
        """Return the clients that are not there."""
        programs = folder / "node_modules" / ".bin"
        return [client.id for client in self.clients if not (programs / client.program).exists()]


def pinned(clients: Sequence[RealClient] = CLIENTS) -> Wanted:
    """Return what the pins say of some clients."""
    package = json.loads((PINS / "package.json").read_text(encoding="utf-8"))
    needed = package["optionalDependencies"]
    package["optionalDependencies"] = {client.package: needed[client.package] for client in clients}
    is_known = platform.machine() == "x86_64"  # the lock knows no other system's packages
    return Wanted("pinned", tuple(clients), package, (PINS / "package-lock.json").read_bytes() if is_known else b"")


def newest(clients: Sequence[RealClient]) -> Wanted:
    """Return the newest versions of some clients; what they need besides is up to them."""
    package = dict(pinned(clients).package)
    package["optionalDependencies"] = {client.package: newest_version(client.package) for client in clients}
    return Wanted("newest", tuple(clients), package)


def newest_version(package: str) -> str:
    """Ask the registry for the newest version of a package."""
    require_npm()
    return npm(["view", package, "version"], ROOT, PATIENCE).strip().splitlines()[-1]


def require_sandbox() -> None:
    """Stop where the clients cannot be shut in."""
    if reason := cannot():
        raise CannotError(reason)


def require_npm() -> None:
    """Stop where there is no npm."""
    if not shutil.which("npm"):
        raise CannotError("npm is not here")


def install(wanted: Wanted, folder: Path) -> bool:
    """Install clients; return whether all of them are there."""
    require_npm()
    free = shutil.disk_usage(folder).free
    if free < BYTES_OF_CLIENT * len(wanted.clients):
        raise CannotError(f"only {free >> 20} MB are free on the disk of {oracle_cache.root()}")
    (folder / "package.json").write_bytes(wanted.content)
    if wanted.lock:
        (folder / "package-lock.json").write_bytes(wanted.lock)
    print(f"oracles: installing {', '.join(wanted.versions)} (some minutes)", flush=True)
    patience = PATIENCE if len(wanted.clients) < len(CLIENTS) else PATIENCE_FOR_ALL
    # First the Node that the clients are to run with: under an older one npm leaves out, silently, those that need it.
    # Not `npm ci`, which wants every system's packages in the lock.
    for step in ("--omit=optional", "--include=optional"):
        npm(["install", "--no-audit", "--no-fund", step], folder, patience)
    missing = wanted.missing(folder)
    if missing:
        print(f"oracles: npm left out {', '.join(missing)}", flush=True)
    return not missing


def npm(words: Sequence[str], folder: Path, patience: int) -> str:
    """Run npm and return what it prints; what it starts ends with it."""
    path = os.pathsep.join([str(folder / "node_modules" / "node" / "bin"), os.environ["PATH"]])
    command = ["npm", *words, "--loglevel=error", "--fetch-retries=2", "--fetch-retry-maxtimeout=10000"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            raise CannotError(f"npm took longer than {patience} seconds") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        trouble = [line for line in said.splitlines() if line.startswith("npm error")] or [said.strip()]
        what = f"npm failed: {trouble[0].removeprefix('npm error ')}"
        raise BrokenError(what) if any(code in said for code in _BROKEN) else CannotError(what)
    return said


def run_tests(folder: Path, words: Iterable[str]) -> int:
    """Let pytest try the clients of an install; return its exit code."""
    command = [sys.executable, "-m", "pytest", "-m", "oracle", "-rsx", "tests/oracles", *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {INSTALL: str(folder)}, check=False).returncode


def tries(folder: Path, words: Sequence[str]) -> Iterator[int]:
    """Try an install and yield pytest's exit code; once more with what failed: a busy client can miss a moment."""
    yield (code := run_tests(folder, words))
    if code == pytest.ExitCode.TESTS_FAILED:
        print("oracles: trying once more what failed", flush=True)
        yield run_tests(folder, [*words, "--last-failed"])


def try_pinned(clients: Sequence[RealClient], words: Sequence[str]) -> int:
    """Try some clients at their pinned versions; return an exit code."""
    wanted = pinned(clients)
    if oracle_cache.is_whole(pinned().name):  # what has all of them has these, too
        wanted = pinned()
    with oracle_cache.held(wanted.name, partial(install, wanted)) as folder:
        if {client.id for client in clients} <= set(wanted.missing(folder)):
            raise CannotError("npm installed none of the clients")
        *_, code = tries(folder, [*only(clients), *words])
        return code


def only(clients: Sequence[RealClient]) -> list[str]:
    """Return what has pytest leave out the other clients: each test's name has its client's in it."""
    return ["-k", " or ".join(client.id for client in clients)] if len(clients) < len(CLIENTS) else []


def try_newest(clients: Sequence[RealClient], words: Sequence[str]) -> int:
    """Try the clients of which there is a newer version, and the pinned one; tell what differs, return an exit code."""
    before, after = pinned(clients), newest(clients)
    changed = [client for client in clients if before.versions[client.id] != after.versions[client.id]]
    for client in changed:
        print(f"oracles: {client.id} {before.versions[client.id]} -> {after.versions[client.id]}", flush=True)
    if not changed:
        print("oracles: all pins are the newest versions", flush=True)
        return 0
    found = []
    for wanted in (before, newest(changed)):
        with oracle_cache.held(wanted.name, partial(install, wanted)) as folder:
            found.append(outcomes(folder, [*only(changed), *words]))
    differing = list(differences(*found))
    print("\n".join(differing or ["oracles: every test ends as with the pinned version"]), flush=True)
    return int(bool(differing))


def outcomes(folder: Path, words: Sequence[str]) -> dict[str, str]:
    """Try an install; return how each test ended."""
    found = dict[str, str]()
    with tempfile.TemporaryDirectory() as made:
        report = Path(made) / "report.xml"
        for _ in tries(folder, [*words, f"--junit-xml={report}"]):
            if not report.exists():
                raise BrokenError("pytest did not get going")
            cases = ET.parse(report).iter("testcase")  # noqa: S314 - pytest has just written it
            found |= {f"{case.get('classname')}::{case.get('name')}": _outcome(case) for case in cases}
    return found


def _outcome(case: ET.Element) -> str:
    ends = (part.tag for part in case if part.tag in {"failure", "error", "skipped"})
    return next(ends, "passed")


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[str]:
    """Yield the tests that end otherwise."""
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, "missing"), after.get(name, "missing")
        if was != now:
            yield f"oracles: {name}: {was} -> {now}"


def chosen(names: str) -> list[RealClient]:
    """Return the clients by their names; all without any."""
    known = {client.id: client for client in CLIENTS}
    unknown = [name for name in names.split(",") if name and name not in known]
    if unknown:
        raise SystemExit(f"oracles: no client is called {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names.split(",") if name] or list(CLIENTS)


def main(words: Sequence[str]) -> int:
    """Try what is asked for; return an exit code."""
    parser = argparse.ArgumentParser(prog="oracles", description="Try the real clients.", allow_abbrev=False)
    parser.add_argument("--clients", default="", metavar="ID,ID", help="these alone")
    parser.add_argument("--newest", action="store_true", help="newest versions, and what differs with them")
    asked, others = parser.parse_known_args(words)
    clients = chosen(asked.clients)
    try:
        require_sandbox()
        oracle_cache.clean()
        return (try_newest if asked.newest else try_pinned)(clients, others)
    except CannotError as reason:
        print(f"oracles: skipped, {reason}", flush=True)
        return 0
    except BrokenError as reason:
        print(f"oracles: {reason}", flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
