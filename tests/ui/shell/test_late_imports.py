"""Modules that are imported late: beside the window's thread, in the order in which they are wanted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.shell.late_imports import LateImports
from tests.helpers.patience import PATIENCE

_ROOT = Path(__file__).parents[3]


class Gate:
    """What a module of these tests waits for while it is imported, and where it was."""

    opened = threading.Event()
    threads: list[str] = []  # noqa: RUF012 - the one gate


@pytest.fixture
def imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LateImports:
    """Have modules to import: one that tells its thread, one that waits, one that is broken."""
    (tmp_path / "late_plain.py").write_text(_TELLS, encoding="utf-8")
    (tmp_path / "late_slow.py").write_text(f"{_TELLS}Gate.opened.wait({PATIENCE})\n", encoding="utf-8")
    (tmp_path / "late_broken.py").write_text("raise ValueError\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    Gate.opened.clear()
    Gate.threads.clear()
    for name in ("late_plain", "late_slow", "late_broken"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return LateImports()


_TELLS = f"""
import threading
from {__name__} import Gate
Gate.threads.append(threading.current_thread().name)
"""


def test_what_is_not_there_is_imported_in_another_thread_and_used_in_ours(imports: LateImports, qtbot: QtBot) -> None:
    done: list[threading.Thread] = []
    imports.when_there(["late_plain"], lambda: done.append(threading.current_thread()))
    assert done == []
    qtbot.waitUntil(lambda: bool(done))
    assert done == [threading.main_thread()]
    assert Gate.threads != [threading.main_thread().name]
    imports.when_there(["late_plain"], lambda: done.append(threading.current_thread()))
    assert len(done) == 2


def test_a_module_whose_import_has_only_begun_is_not_there(imports: LateImports, qtbot: QtBot) -> None:
    done: list[str] = []
    imports.when_there(["late_slow"], lambda: done.append("first"))
    qtbot.waitUntil(lambda: "late_slow" in sys.modules)
    assert not imports.is_there("late_slow")
    imports.when_there(["late_slow", "late_plain"], lambda: done.append("second"))
    imports.when_there(["json"], lambda: done.append("of the rest"))
    assert done == ["of the rest"]
    Gate.opened.set()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["of the rest", "first", "second"]


def test_a_module_that_is_broken_is_told_of_and_keeps_nothing_else_waiting(
    imports: LateImports, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    done: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    with qtbot.waitSignal(imports.stumbled):
        imports.when_there(["late_broken"], lambda: done.append("broken"))
        imports.when_there(["late_plain"], lambda: done.append("plain"))
    qtbot.waitUntil(lambda: bool(done))
    assert (told, done) == ([ValueError], ["plain"])


def test_the_window_imports_none_of_its_pages_in_its_own_thread(tmp_path: Path) -> None:
    """It would stand still meanwhile: the cards of the decisions alone bring a hundred modules along."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.shell.opened_pages", str(tmp_path)],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []
