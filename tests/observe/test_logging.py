from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.observe import logging as logs
from aisync_desktop.observe.logging import FILE_NAME, configure_logging, get_logger, redactor, stop_logging

CANARY = "canary-4711-\"quoted\"-'twice'"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    redactor.register(CANARY)
    configure_logging(tmp_path / "log", "info")
    yield tmp_path / "log"
    stop_logging()
    logging.getLogger().setLevel(level)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / FILE_NAME).read_text("utf-8").splitlines()]


def test_a_line_is_an_event_with_its_context(folder: Path) -> None:
    get_logger("aisync.engine").info("synced", client="codex", key="mcp/x", writes=3, 이름="값")
    (line,) = lines(folder)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "synced",
        "level": "info",
        "logger": "aisync.engine",
        "client": "codex",
        "key": "mcp/x",
        "writes": 3,
        "이름": "값",
    }
    assert "값" in (folder / FILE_NAME).read_text("utf-8")


def test_context_cannot_pass_for_what_the_line_itself_says(folder: Path) -> None:
    get_logger("aisync").info("real", level="fake", logger="fake")
    (line,) = lines(folder)
    assert (line["event"], line["level"], line["logger"]) == ("real", "info", "aisync")


def test_the_level_is_heeded(folder: Path) -> None:
    get_logger("aisync").debug("too much")
    assert lines(folder) == []
    configure_logging(folder, "debug")
    get_logger("aisync").debug("just right")
    assert [line["event"] for line in lines(folder)] == ["just right"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_the_user_can_read_the_log(folder: Path) -> None:
    get_logger("aisync").info("x")
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_log_is_bounded_and_its_old_files_private(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_BYTES_PER_FILE", 2000)
    configure_logging(folder)
    for i in range(200):
        get_logger("aisync").info(f"line {i}", n=i)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["aisync.log", "aisync.log.1", "aisync.log.2", "aisync.log.3"]
    assert all(file.stat().st_size <= 2000 for file in files)
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert lines(folder)[-1]["n"] == 199


class Holder:
    def __repr__(self) -> str:
        return f"Holder({CANARY!r})"


def _fail() -> None:
    raise ValueError(CANARY) from KeyError(CANARY)


def test_no_secret_passes_by_any_way_into_a_line(
    folder: Path, expect_log: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    log, foreign = get_logger("aisync"), logging.getLogger("uvicorn.error")
    with pytest.raises(ValueError, match="canary") as caught:
        _fail()
    with expect_log("ERROR", "failed"):
        log.failure("failed", caught.value, detail=caught.value)
    with expect_log("ERROR", "boom"):
        foreign.error("boom %s", CANARY, exc_info=caught.value)
    log.info(CANARY, nested={"a": [CANARY, {CANARY: (CANARY,)}], b"bytes": CANARY.encode(), 7: {CANARY}})
    log.info("object", holder=Holder(), path=Path(CANARY))
    foreign.info("args %s %r", CANARY, {"x": CANARY}, extra={"more": CANARY})
    foreign.info("stack", stack_info=True)
    written = (folder / FILE_NAME).read_text("utf-8")
    assert "canary-4711" not in written + "".join(capsys.readouterr())
    assert "Traceback" in written
    assert len(lines(folder)) == 6


def test_a_record_that_cannot_be_formatted_is_lost_and_not_shown_to_the_console(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "two %s %s", (CANARY,), None)
    for handler in logging.getLogger().handlers:
        if type(handler).__module__ == logs.__name__:
            handler.handle(record)
    assert lines(folder) == []
    assert "".join(capsys.readouterr()) == ""


def test_the_standard_library_and_other_packages_come_along(folder: Path, expect_log: Any) -> None:
    with expect_log("WARNING", "port in use"):
        logging.getLogger("uvicorn").warning("%s in use", "port")
    (line,) = lines(folder)
    assert (line["event"], line["logger"], line["level"]) == ("port in use", "uvicorn", "warning")


def test_a_lone_surrogate_costs_no_line(folder: Path) -> None:
    get_logger("aisync").info("name", path="/h/\udcff")
    assert "/h/" in (folder / FILE_NAME).read_text("utf-8")


def test_configuring_twice_writes_each_line_once(folder: Path) -> None:
    configure_logging(folder)
    configure_logging(folder)
    get_logger("aisync").info("once")
    assert len(lines(folder)) == 1


def test_structlog_comes_with_the_first_line_and_without_rich(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from aisync_desktop.observe.logging import configure_logging, get_logger
configure_logging(Path({str(tmp_path)!r}))
print("structlog" in sys.modules)
get_logger("aisync").info("x")
print("structlog" in sys.modules, "rich" in sys.modules)
import rich
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "False"]
