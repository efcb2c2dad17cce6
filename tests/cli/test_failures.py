"""What fails says so: in one line on stderr, as JSON where JSON was asked for, and by its exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TypeAlias

import pytest

from aisync_desktop import __main__
from aisync_desktop.cli.app import start
from aisync_desktop.cli.faults import ended
from aisync_desktop.cli.output import Output
from aisync_desktop.cli.plans import tell
from aisync_desktop.cli.session import Session
from tests.cli.conftest import run
from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE
from tests.helpers.program import ORDINARY, aisync, locked

Capture: TypeAlias = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _clients(isolated_home: Path) -> None:
    Clients.make(isolated_home)


def _error(*words: str, code: int = 1) -> dict[str, str]:
    done = aisync(*words, "--json")
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stderr
    found: dict[str, str] = json.loads(done.stdout)["error"]
    assert found.keys() == {"code", "title", "message", "next_step", "path"}
    return found


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["decide", "nope", "--take", "base"], "not-writing"),
        (["rollback", "7"], "not-writing"),
        (["show", "7"], "history.no-snapshot"),
        (["secrets", "get-ref", "mcp/none", "url", "--scope", "/nowhere"], "project"),
        (["project", "add", "/nowhere", "--yes"], "project"),
        (["restore", "/nowhere/file", "--yes"], "backup.missing"),
        (["doctor", "--repair", "--yes", "nope"], "doctor"),
        (["allowed", "amp", "shell", "ls"], "allowed.no-rules"),
    ],
)
def test_a_failed_answer_in_json_is_json(words: list[str], told: str) -> None:
    found = _error(*words)
    assert found["code"].startswith(told)
    assert found["message"]
    assert found["next_step"]


@pytest.mark.parametrize(
    "words",
    [
        ["status", "--nonsense"],
        ["nonsense"],
        ["decide"],
        ["logs", "--limit", "0"],
        ["settings", "set", "nonsense", "1"],
        ["init", "--prefer", "nonsense"],
        ["decide", "x", "--take", "base", "--edit", "/nowhere"],
        ["decide", "x", "--take", "base", "--field", "args=codex"],
        ["decide", "x", "--take", "merged", "--field", "args"],
        ["secrets"],
    ],
)
def test_words_that_cannot_be_understood_are_told_as_json_too(words: list[str]) -> None:
    found = _error(*words, code=2)
    assert found["code"] == "cli.usage"
    assert "--help" in found["next_step"]


@pytest.mark.skipif(os.name == "nt", reason="there every word is text")
@pytest.mark.parametrize(
    "words",
    [
        ["decide", "X", "--take", "base"],
        ["logs", "--search", "X"],
        ["logs", "--client", "X"],
        ["restore", "X", "--yes"],
        ["export", "logs", "-o", "X"],
    ],
)
def test_words_that_are_no_text_are_refused_before_anything_is_done(words: list[str]) -> None:
    aisync("init", "--yes")
    no_text = os.fsdecode(b"\xff")
    found = _error(*(no_text if word == "X" else word for word in words))
    assert found["code"] == "request.unusable"


def test_a_file_to_decide_by_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "item.json"
    path.write_bytes(b"\xff\xfe{}")
    found = _error("decide", "x", "--take", "merged", "--edit", str(path), code=2)
    assert "UTF-8" in found["message"]


def test_without_a_terminal_nothing_is_asked_and_the_error_says_how_to_answer() -> None:
    found = _error("init")
    assert found["code"] == "cli.nobody"
    assert "--yes" in found["next_step"]
    refused = aisync("undo", "--all")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "[y/N]" not in refused.stderr


def test_a_question_of_a_command_that_answers_in_json_is_on_the_other_output_alone(tmp_path: Path) -> None:
    assert aisync("init", "--yes").returncode == 0
    backup = str(tmp_path / "saved")
    assert aisync("backup", backup).returncode == 0
    refused = run("restore", backup, "--json", stdin="n\n")
    assert refused.stdout == ""
    assert "[y/N]" in refused.stderr
    assert refused.exit_code == 1


def _closed(*_: object) -> None:
    raise BrokenPipeError


def _ended_by_its_reader() -> None:
    try:
        _closed()
    except BrokenPipeError:
        sys.exit(1)


def test_a_reader_that_is_gone_is_told_by_the_exit_code_alone(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert ended(_ended_by_its_reader) == 141
    with pytest.raises(SystemExit):
        ended(lambda: sys.exit(5))
    monkeypatch.setattr("sys.stdout.write", _closed)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    assert ended(lambda: Output(as_json=False, translate=str).show(["x"])) == 141
    assert capsys.readouterr().err == ""


def test_what_nobody_agreed_to_is_told_with_its_code(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "argv", ["aisync", "init", "--json"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"n\n"), "utf-8"))
    monkeypatch.setattr(Output, "can_ask", True)
    with pytest.raises(SystemExit) as end:
        start()
    assert (end.value.code, json.loads(capsys.readouterr().out)["error"]["code"]) == (1, "cli.aborted")


def _wrapped() -> Exception:
    """Return what an import makes of it."""
    error = RuntimeError()
    error.__cause__ = KeyboardInterrupt()
    return error


def test_ctrl_c_ends_a_command_without_words(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "ask", interrupted)
    for words in (["status"], ["plan", "--json"], []):
        monkeypatch.setattr(sys, "argv", ["aisync", *words])
        with pytest.raises(SystemExit) as end:
            start()
        assert (end.value.code, capsys.readouterr().out) == (130, "")
    assert tell(["--json"]) == 130
    monkeypatch.setattr(Session, "ask", _fail_wrapped)
    assert tell(["--json"]) == 130


def _fail_wrapped(*_: object) -> None:
    raise _wrapped()


@pytest.mark.parametrize("error", [KeyboardInterrupt, _wrapped, ValueError])
def test_ctrl_c_before_anything_is_read_ends_it_as_well(
    monkeypatch: pytest.MonkeyPatch, error: Callable[[], BaseException]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise error()

    monkeypatch.setattr(sys, "argv", ["aisync", "status"])
    monkeypatch.setattr("aisync_desktop.cli.quick_status.tell", interrupted)
    monkeypatch.setattr(__main__, "gc", SimpleNamespace(set_threshold=lambda _few: None, freeze=lambda: None))
    with pytest.raises((SystemExit, ValueError)) as end:
        __main__.main()
    assert getattr(end.value, "code", None) == (None if error is ValueError else 130)


@pytest.mark.parametrize(
    ("said", "agrees", "asked"),
    [
        (b"what\nYES\n", True, 2),
        (b"n\n", False, 1),
        (b"\n", False, 1),
        (b"y", True, 1),
        (b"", False, 1),
        (b"\xff", False, 1),
    ],
)
def test_what_is_asked_is_asked_until_it_is_answered(
    said: bytes, agrees: bool, asked: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said), "utf-8"))
    monkeypatch.setattr(Output, "can_ask", True)
    assert Output(as_json=False, translate=str).agrees("Well?") is agrees
    told = capsys.readouterr().err
    assert told.count("Well? [y/N]: ") == asked
    assert told.endswith("\n") is not said.endswith(b"\n")


def test_a_backup_that_is_not_there_is_told_before_anything_is_asked() -> None:
    refused = aisync("restore", "/nowhere/file")
    assert "[y/N]" not in refused.stderr
    assert "does not exist" in refused.stderr


def test_a_fault_of_ours_is_told_with_its_report(monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import sys\nfrom aisync_desktop.cli import app, session\n"
        "def fail(*_): raise RuntimeError('a\\x1b[31m\\udcff')\n"
        "session.Session.ask = fail\nsys.argv = ['aisync', 'status', '--json']\napp.start()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["error"]
    assert (done.returncode, found["code"]) == (1, "bug")
    assert "RuntimeError" in Path(found["path"]).read_text(encoding="utf-8")
    monkeypatch.setenv("AISYNC_HOME", "/dev/null/nothing")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["error"]["code"] == "bug"
    assert "\x1b" not in done.stderr
    assert "RuntimeError: a\\x1b[31m\\udcff" in done.stderr


def _into(words: list[str], target: int | None) -> tuple[int, str]:
    """Run a command whose answer goes there, and return its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "aisync_desktop", *words],
        stdout=target,
        stderr=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stderr


WRITING = [["status"], ["clients", "--json"], ["--help"], ["--version"], ["export", "audit", "-o", "-"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", WRITING)
def test_an_answer_that_finds_no_room_is_an_error_in_our_words(words: list[str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, said = _into(words, full)
    finally:
        os.close(full)
    assert code == 1
    assert said.startswith("aisync: The answer could not be written: ")
    assert len(said.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("words", WRITING)
def test_an_answer_that_nobody_reads_ends_without_words(words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        code, said = _into(words, writer)
    finally:
        os.close(writer)
    assert (code, said) == (141, "")


def test_a_terminal_that_knows_few_letters_costs_no_command(isolated_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aisync_desktop", "status"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LANG": "ko_KR.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert "\\u" in done.stdout


@pytest.mark.parametrize("words", [["export", "audit", "-o"], ["backup"]])
def test_a_place_that_cannot_be_written_is_told_with_what_is_missing(isolated_home: Path, words: list[str]) -> None:
    aisync("init", "--yes")
    (isolated_home / "file").write_text("")
    missing = _error(*words, str(isolated_home / "a" / "b" / "c"))
    assert missing["code"] == "files.no_folder"
    assert f"there is no folder {isolated_home / 'a'}." in missing["message"]
    assert _error(*words, str(isolated_home / "file" / "c"))["code"] == "files.not_folder"


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_folder_that_lets_nobody_write_is_told(isolated_home: Path, tmp_path: Path) -> None:
    aisync("init", "--yes")
    with locked(tmp_path):
        done = subprocess.run(
            [*ORDINARY, sys.executable, "-m", "aisync_desktop", "export", "audit", "-o", str(tmp_path / "x"), "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "files.denied")
