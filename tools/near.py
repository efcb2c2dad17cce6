"""Runs the tests that are near to what was changed, the nearest first, as many as fit into half a minute.

python tools/near.py [--seconds 30] [--since COMMIT] [--list] [arguments of pytest]

Changed is what differs from where this branch left the main one, and all that is not committed. A test file that was
changed comes first; then those that import a changed module, are named after it or name a changed file; then those that
import these; and so on. How long each takes is known from earlier runs (tests/helpers/durations.py).
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TESTS = "tests"
DURATIONS = ".pytest_cache/v/near/durations"
_MAIN_BRANCHES = ("origin/HEAD", "origin/main", "main")
_WORKERS = 2
_START = 7.0  # seconds until the first test runs
_SHOWN = 12  # test files that are left out, by name
_GUESS = 0.1  # seconds for a test that was never run
_SAME_NAMES = {"__init__", "__main__", "conftest"}  # files in many folders
_LONGEST_NAME = 200  # of a file or a module in a string
_NONE_COLLECTED = 5  # pytest's exit code: those that are chosen may all be for other machines


class Near(NamedTuple):
    """A test file, how many steps it is from what was changed, and how long it takes."""

    path: str
    steps: int
    seconds: float


@dataclass
class Sources:
    """The project's Python files, and what each of them uses: all as paths below the root."""

    known: dict[str, str]  # a module's dotted name -> its file
    uses: dict[str, set[str]] = field(default_factory=dict)
    strings: dict[str, set[str]] = field(default_factory=dict)
    tests: dict[str, int] = field(default_factory=dict)  # how many each file has

    def users(self) -> dict[str, set[str]]:
        """Return for each file who uses it."""
        found: dict[str, set[str]] = {}
        for user, used in self.uses.items():
            for each in used:
                found.setdefault(each, set()).add(user)
        return found


def main(arguments: list[str]) -> int:
    """Choose, tell what is left out, and run the rest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=30.0, help="how long it may take (30)")
    parser.add_argument("--since", default="", help="a commit to compare with, in place of where the branch began")
    parser.add_argument("--list", action="store_true", help="only tell what would run")
    asked, for_pytest = parser.parse_known_args(arguments)
    changed = changed_files(ROOT, asked.since or branched_off(ROOT))
    found = nearest(changed, read_sources(ROOT, changed), durations(ROOT))
    played = fitting(found, max(0.0, asked.seconds - _START) * _WORKERS)
    print("\n".join(told(changed, found, played)), flush=True)
    if asked.list or not played:
        return 0
    command = [sys.executable, "-m", "pytest", *(near.path for near in played), *for_pytest]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    return 0 if code == _NONE_COLLECTED else code


# What was changed.


def branched_off(root: Path) -> str:
    """Return the commit where this branch left the main one; the last one if there is no main branch."""
    for branch in _MAIN_BRANCHES:
        found = _git(root, "merge-base", "HEAD", branch)
        if found:
            return found[0].strip()
    return "HEAD"


def changed_files(root: Path, since: str) -> list[str]:
    """Return what differs from a commit, what is gone too, and what is new and not ignored."""
    differing = _git(root, "diff", "--name-only", "--no-renames", "-z", since, "--")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted({*differing, *new})


def _git(root: Path, *words: str) -> list[str]:
    command = ["git", *words]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return [name for name in done.stdout.split("\0") if name] if done.returncode == 0 else []


# What uses what.


def read_sources(root: Path, changed: Iterable[str] = ()) -> Sources:
    """Read every Python file; one that is gone counts as well, since others may still import it."""
    listed = _git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    paths = sorted({path for path in (*listed, *changed) if path.endswith(".py")})
    sources = Sources({_dotted(path): path for path in paths})
    for path in paths:
        if (root / path).is_file():
            _read(path, ast.parse((root / path).read_bytes()), sources)
    for path in _loaded_by_all(sources):
        sources.uses[path] = {used for used in sources.uses[path] if used.startswith(f"{TESTS}/")}
    return sources


def _loaded_by_all(sources: Sources) -> set[str]:
    """Return the conftest of all tests and its plug-ins: what they patch in the package makes no test nearer to it."""
    found, waiting = set[str](), {f"{TESTS}/conftest.py"} & sources.uses.keys()
    while waiting:
        found |= waiting
        used = {each for path in waiting for each in sources.uses[path] if each.startswith(f"{TESTS}/")}
        waiting = (used & sources.uses.keys()) - found
    return found


def _read(path: str, tree: ast.Module, sources: Sources) -> None:
    names: set[str] = set()
    strings: set[str] = set()
    tests = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < _LONGEST_NAME:
            strings.add(node.value)
        elif isinstance(node, ast.FunctionDef):
            tests += node.name.startswith("test_")
    sources.strings[path], sources.tests[path] = strings, tests
    named = {*_run(strings, sources.known), *_scripts(strings, sources.known)}
    sources.uses[path] = {*_imported(names, path, sources.known), *named, *_around(path, sources.known)} - {path}


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(names: Iterable[str], path: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield the files of imported modules; a script imports its neighbours by their bare names."""
    beside = _dotted(path).rpartition(".")[0]
    for name in names:
        for one in (name, f"{beside}.{name}"):
            module = _longest(one, known)
            if module:
                yield known[module]


def _longest(name: str, known: Mapping[str, str]) -> str:
    """Return the module in which a dotted name is."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def _run(strings: Iterable[str], known: Mapping[str, str]) -> Iterator[str]:
    """Yield the modules that are named in strings: to be run with -m, patched, or loaded as a plug-in."""
    strings = set(strings)
    tops = {name.partition(".")[0] for name in known}
    for name in strings:
        is_meant = "." in name or "-m" in strings  # else it may be the folder
        if is_meant and name.partition(".")[0] in tops and (module := _longest(name, known)):
            yield from {known[module], known.get(f"{name}.__main__", known[module])}


def _scripts(strings: Iterable[str], known: Mapping[str, str]) -> Iterator[str]:
    """Yield the scripts that are named in strings by their files."""
    named = [string for string in strings if string.endswith(".py") and PurePosixPath(string).stem not in _SAME_NAMES]
    if named:
        yield from (path for path in known.values() if any(_is_called(path, name) for name in named))


def _around(path: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield the conftests that pytest loads for a test file."""
    if path.startswith(f"{TESTS}/"):
        for folder in _folders(path):
            conftest = f"{folder}.conftest".replace("/", ".")
            if conftest in known:
                yield known[conftest]


def _folders(path: str) -> list[str]:
    """Return the folders that a file is in, the innermost first."""
    return [str(parent) for parent in PurePosixPath(path).parents][:-1]


# How near a test is.


def nearest(changed: Iterable[str], sources: Sources, seconds: Mapping[str, float]) -> list[Near]:
    """Return the test files that have to do with what was changed, the nearest first."""
    changed = list(changed)
    steps = _steps(changed, sources)
    homes = {home for path in changed for home in _mirrored(path, sources)[:1]}
    found = [
        Near(path, steps[path], seconds.get(path, tests * _GUESS))
        for path, tests in sources.tests.items()
        if path in steps and _is_test(path)
    ]
    return sorted(found, key=lambda near: (near.steps, _folders(near.path)[0] not in homes, near.seconds, near.path))


def _is_test(path: str) -> bool:
    return path.startswith(f"{TESTS}/") and PurePosixPath(path).name.startswith("test_")


def _steps(changed: Iterable[str], sources: Sources) -> dict[str, int]:
    """Return how many steps each file is from the nearest one that was changed."""
    users = sources.users()
    given = [{**_beside(path, sources), **_named_by(path, sources.strings), path: 0} for path in changed]
    found: dict[str, int] = {}
    step, waiting = 0, _least(given)
    while waiting:
        now = {path for path, at in waiting.items() if at <= step and path not in found}
        found |= dict.fromkeys(now, step)
        waiting = {path: at for path, at in waiting.items() if path not in found}
        step += 1
        for user in {user for path in now for user in users.get(path, ()) if user not in found}:
            waiting[user] = min(step, waiting.get(user, step))
    return found


def _least(given: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for steps in given:
        for path, at in steps.items():
            found[path] = min(at, found.get(path, at))
    return found


def _beside(path: str, sources: Sources) -> dict[str, int]:
    """Return the tests that mirror a file: one step for those with its name, two for those of its room."""
    stem = PurePosixPath(path).stem
    named = {test: 1 for test in sources.tests if _is_test(test) and PurePosixPath(test).stem == f"test_{stem}"}
    rooms = _mirrored(path, sources)[:1]
    return {test: 2 for test in sources.tests if _is_test(test) and _folders(test)[0] in rooms} | named


def _mirrored(path: str, sources: Sources) -> list[str]:
    """Return the folders of tests that mirror those that a file of the package is in, the innermost first."""
    if path.startswith(f"{TESTS}/"):
        return []
    with_tests = {_folders(test)[0] for test in sources.tests if _is_test(test)}
    mirrored = (f"{TESTS}/{folder.partition('/')[2]}" for folder in _folders(path) if "/" in folder)
    return [folder for folder in mirrored if folder in with_tests]


def _named_by(path: str, strings: Mapping[str, set[str]]) -> dict[str, int]:
    """Return who names a file: one step; two for those nearest to it that name a folder it is in, unless a module."""
    found = {user: 1 for user, said in strings.items() if any(_is_called(path, one) for one in said)}
    if path.endswith(".py"):
        return found
    for folder in _folders(path):
        users = [user for user, said in strings.items() if any(_is_called(folder, one) for one in said)]
        if users:
            near = max(_common(path, user) for user in users)
            return {user: 2 for user in users if _common(path, user) == near} | found
    return found


def _is_called(path: str, name: str) -> bool:
    return bool(name) and (path == name or path.endswith(f"/{name}"))


def _common(one: str, other: str) -> int:
    return len({*_folders(one)} & {*_folders(other)})


# What fits.


def durations(root: Path) -> dict[str, float]:
    """Return how many seconds each test file took when its tests were last run."""
    try:
        known: dict[str, dict[str, float]] = json.loads((root / DURATIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {path: sum(tests.values()) for path, tests in known.items()}


def fitting(found: Iterable[Near], seconds: float) -> list[Near]:
    """Return those that fit, the nearest first; that first one is run however long it takes."""
    played: list[Near] = []
    for near in found:
        if not played or near.seconds <= seconds:
            played.append(near)
            seconds -= near.seconds
    return played


def told(changed: list[str], found: list[Near], played: list[Near]) -> Iterator[str]:
    """Yield what will run and what will not, for a person."""
    if not found:
        yield f"Changed files: {len(changed)}. No test has to do with them; `make test` runs all."
        return
    left_out = [near for near in found if near not in played]
    yield f"Changed files: {len(changed)}. Test files that have to do with them: {len(found)}, of which these run:"
    yield from (f"  {near.path}" for near in played)
    if left_out:
        yield f"{len(left_out)} do not fit ({sum(near.seconds for near in left_out) / _WORKERS:.0f} s more):"
        yield from (f"  {near.path}" for near in left_out[:_SHOWN])
        if len(left_out) > _SHOWN:
            yield f"  and {len(left_out) - _SHOWN} more"
        yield '`make test-near ARGS="--seconds 120"` runs more of them, `make test` all.'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
