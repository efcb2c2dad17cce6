"""What installs the real clients and has them tried; npm is played by a script here, and pytest by a list."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.oracles.clients import CLIENTS
from tools import oracle_cache, oracles

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no oracles on this system")

ROOT = Path(__file__).parents[2]
# It notes that it was called, and puts every client's program there, or does what NPM_DOES says.
NPM = """#!/bin/sh
echo "$1" >> "$NPM_CALLS"
if [ "$1" = view ]; then echo 99.0.0; exit; fi
if [ -n "$NPM_DOES" ]; then eval "$NPM_DOES"; fi
mkdir -p node_modules/.bin
for name in PROGRAMS; do touch node_modules/.bin/$name; done
"""
CODEX = ("--clients", "codex")
# What a second process runs: no client is started, so that it needs no sandbox.
ALONE = """
import sys
from tools import oracles
oracles.cannot = lambda: ""
oracles.run_tests = lambda folder, words: 0
sys.exit(oracles.main(["--clients", "codex"]))
"""


class Bench:
    """A cache, npm, and what was tried."""

    def __init__(self, home: Path) -> None:
        self.cache = home / "cache" / "aisync-oracles"
        self.calls = home / "calls"
        self.tried: list[tuple[Path, list[str]]] = []

    def installs(self) -> int:
        """Return how often npm was to install something; once takes two steps."""
        return self.calls.read_text(encoding="utf-8").split().count("install") // 2 if self.calls.exists() else 0

    def whole(self) -> list[str]:
        return sorted(one.name for one in self.cache.glob("*-*") if one.is_dir() and one.suffix != ".part")


@pytest.fixture
def bench(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = Bench(isolated_home)
    program = isolated_home / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(NPM.replace("PROGRAMS", " ".join(one.program for one in CLIENTS)), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("NPM_CALLS", str(made.calls))
    monkeypatch.setenv("XDG_CACHE_HOME", str(isolated_home / "cache"))
    monkeypatch.setattr(oracles, "cannot", lambda: "")
    monkeypatch.setattr(oracles, "BYTES_OF_CLIENT", 0)

    def run_tests(folder: Path, words: list[str]) -> int:
        made.tried.append((folder, words))
        return 0

    monkeypatch.setattr(oracles, "run_tests", run_tests)
    return made


def alone() -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ALONE]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def pins_changed(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Let the pins be another checkout's, with this version of Codex."""
    shutil.copytree(oracles.PINS, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    package["optionalDependencies"]["@openai/codex"] = version
    (folder / "package.json").write_text(json.dumps(package), encoding="utf-8")
    monkeypatch.setattr(oracles, "PINS", folder)


def test_every_client_that_is_pinned_is_tried_and_the_other_way_round() -> None:
    needed = json.loads((oracles.PINS / "package.json").read_text(encoding="utf-8"))["optionalDependencies"]
    assert {client.package for client in CLIENTS} == needed.keys()


def test_clients_are_installed_once_and_tried_each_time(bench: Bench) -> None:
    assert [oracles.main([]), oracles.main(["-k", "listing"])] == [0, 0]
    assert (bench.installs(), len(bench.whole())) == (1, 1)
    assert [words for _, words in bench.tried] == [[], ["-k", "listing"]]
    assert {folder.name for folder, _ in bench.tried} == set(bench.whole())


def test_another_checkout_with_the_same_pins_shares_the_install_and_one_with_others_does_not(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = oracles.pinned().versions["codex"]
    oracles.main(CODEX)
    pins_changed(tmp_path / "same", monkeypatch, same)
    oracles.main(CODEX)
    assert bench.installs() == 1
    pins_changed(tmp_path / "other", monkeypatch, "1.2.3")
    oracles.main(CODEX)
    assert (bench.installs(), len(bench.whole())) == (2, 2)


def test_some_clients_are_installed_alone_but_taken_from_an_install_of_all_that_is_there(bench: Bench) -> None:
    oracles.main(CODEX)
    package = json.loads((bench.tried[0][0] / "package.json").read_text(encoding="utf-8"))
    assert package["optionalDependencies"].keys() == {"@openai/codex"}
    oracles.main([])
    oracles.main(["--clients", "claude-code,codex"])
    assert bench.installs() == 2
    assert bench.tried[2] == (bench.tried[1][0], ["-k", "claude-code or codex"])


def test_without_npm_one_line_says_that_nothing_is_tried(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.oracles.shutil.which", lambda _: None)
    assert oracles.main(CODEX) == 0
    assert (capsys.readouterr().out, bench.tried) == ("oracles: skipped, npm is not here\n", [])


def test_without_namespaces_nothing_is_installed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(oracles, "cannot", lambda: "namespaces are Linux's")
    assert oracles.main(CODEX) == 0
    assert capsys.readouterr().out == "oracles: skipped, namespaces are Linux's\n"


def test_without_room_nothing_is_installed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(oracles, "BYTES_OF_CLIENT", 1 << 60)
    assert oracles.main(CODEX) == 0
    assert capsys.readouterr().out.startswith("oracles: skipped, only ")
    assert (bench.tried, bench.installs()) == ([], 0)


@pytest.mark.parametrize(
    ("code", "end", "said"),
    [
        ("ENOTFOUND", 0, "oracles: skipped, npm failed: code ENOTFOUND"),
        ("EINTEGRITY", 1, "oracles: npm failed: code EINTEGRITY"),
        ("ETARGET", 1, "oracles: npm failed: code ETARGET"),
    ],
)
def test_a_registry_that_does_not_answer_is_no_failure_but_an_answer_that_does_not_fit_the_pins_is(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: str, end: int, said: str
) -> None:
    monkeypatch.setenv("NPM_DOES", f"echo 'npm error code {code}' >&2; echo 'npm error more' >&2; exit 1")
    assert oracles.main(CODEX) == end
    assert capsys.readouterr().out.splitlines()[-1] == said
    monkeypatch.delenv("NPM_DOES")
    assert (oracles.main(CODEX), len(bench.tried)) == (0, 1)


def test_an_npm_that_hangs_is_ended_with_what_it_started(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(oracles, "PATIENCE", 0)
    monkeypatch.setenv("NPM_DOES", "cat < /dev/zero > /dev/null")
    assert oracles.main(CODEX) == 0
    assert capsys.readouterr().out.endswith("oracles: skipped, npm took longer than 0 seconds\n")


def test_a_client_that_npm_leaves_out_is_named_and_tried_for_the_next_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NPM_DOES", "mkdir -p node_modules/.bin; touch node_modules/.bin/codex; exit")
    assert oracles.main(["--clients", "claude-code,codex"]) == 0
    assert "oracles: npm left out claude-code\n" in capsys.readouterr().out
    assert (len(bench.tried), bench.whole()) == (1, [])
    assert oracles.main(["--clients", "claude-code"]) == 0
    assert capsys.readouterr().out.endswith("oracles: skipped, npm installed none of the clients\n")
    monkeypatch.delenv("NPM_DOES")
    oracles.main(["--clients", "claude-code,codex"])
    assert (len(bench.tried), len(bench.whole())) == (2, 1)


@pytest.mark.parametrize(("codes", "end"), [([1, 1], 1), ([1, 0], 0), ([5], 5)])
def test_a_test_that_fails_twice_is_a_failure(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, codes: list[int], end: int
) -> None:
    tried: list[list[str]] = []

    def run_tests(folder: Path, words: list[str]) -> int:
        tried.append(words)
        return codes[len(tried) - 1]

    monkeypatch.setattr(oracles, "run_tests", run_tests)
    assert oracles.main(CODEX) == end
    assert tried == [["-k", "codex"], ["-k", "codex", "--last-failed"]][: len(codes)]


def test_an_install_that_was_killed_is_made_anew(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_DOES", "touch half; kill -9 $PPID; exit 1")
    with alone() as killed:
        assert killed.wait() == -9
    (part,) = bench.cache.glob("*.part")
    assert (part / "half").exists()
    monkeypatch.delenv("NPM_DOES")
    assert oracles.main(CODEX) == 0
    (folder, _), *_ = bench.tried
    assert not (folder / "half").exists()
    assert not part.exists()


def test_of_two_runs_at_once_one_installs(bench: Bench) -> None:
    with alone() as one, alone() as other:
        assert (one.wait(), other.wait()) == (0, 0)
    assert (bench.installs(), len(bench.whole())) == (1, 1)


def test_what_nobody_has_used_for_days_goes_unless_it_is_in_use(bench: Bench) -> None:
    def make(folder: Path) -> bool:
        return folder.is_dir()

    names = ("old-1", "used-1", "new-1")
    for name in names:
        with oracle_cache.held(name, make):
            pass
    with oracle_cache.held("used-1", make):
        for name in names[:2]:
            os.utime(bench.cache / name, (0, 0))
        oracle_cache.clean()
        assert bench.whole() == ["new-1", "used-1"]
    oracle_cache.clean()
    assert bench.whole() == ["new-1"]


def test_newest_versions_are_tried_beside_the_pinned_ones_and_what_differs_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ends = {"pinned": {"a": "passed", "b": "passed"}, "newest": {"a": "failure", "b": "passed"}}
    monkeypatch.setattr(oracles, "outcomes", lambda folder, words: ends[folder.name.partition("-")[0]])
    was = oracles.pinned().versions["codex"]
    assert oracles.main([*CODEX, "--newest"]) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if "->" in line]
    assert said == [f"oracles: codex {was} -> 99.0.0", "oracles: a: passed -> failure"]
    ends["newest"] = ends["pinned"]
    assert oracles.main([*CODEX, "--newest"]) == 0
    assert capsys.readouterr().out.endswith("oracles: every test ends as with the pinned version\n")
    assert oracles.pinned().versions["codex"] == was


def test_pins_that_are_the_newest_are_not_tried_twice(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pins_changed(tmp_path / "pins", monkeypatch, "99.0.0")
    assert oracles.main([*CODEX, "--newest"]) == 0
    assert (capsys.readouterr().out, bench.installs()) == ("oracles: all pins are the newest versions\n", 0)


def test_how_each_test_ended_is_read_from_pytests_report(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = iter(
        ['<case name="a"/><case name="b"><failure/></case><case name="c"><skipped/></case>', '<case name="b"/>']
    )

    def run_tests(folder: Path, words: list[str]) -> int:
        report = next(word.partition("=")[2] for word in words if word.startswith("--junit-xml"))
        cases = next(ended).replace("case name", 'testcase classname="m" name').replace("/case", "/testcase")
        Path(report).write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>", encoding="utf-8")
        return 1

    monkeypatch.setattr(oracles, "run_tests", run_tests)
    assert oracles.outcomes(bench.cache, []) == {"m::a": "passed", "m::b": "passed", "m::c": "skipped"}
    monkeypatch.setattr(oracles, "run_tests", lambda folder, words: 4)
    with pytest.raises(oracles.BrokenError):
        oracles.outcomes(bench.cache, [])


def test_a_client_that_nobody_knows_is_named() -> None:
    with pytest.raises(SystemExit, match="no client is called codec; there are claude-code, codex"):
        oracles.main(["--clients", "codec"])
