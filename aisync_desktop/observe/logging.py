"""Structured logs: JSON lines in one private, rotating file, whoever logs, after one redaction step.

`get_logger` gives a thin front of the standard library's logger, so whoever uses it pays for nothing more. structlog
makes the lines; it is imported when the first line is made, so that commands that log nothing start without it.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from collections.abc import MutableMapping
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import open_own, set_aside
from aisync_desktop.observe.redact import Redactor
from aisync_desktop.observe.throttle import CONTEXT, Throttle

if TYPE_CHECKING:
    from structlog.stdlib import ProcessorFormatter

FILE_NAME = "aisync.log"
_BYTES_PER_FILE = 2_000_000
_OLD_FILES = 3
_TRACEBACK = "exception"

redactor = Redactor()  # of this process: whoever comes to know a secret registers it here


class Log:
    """A logger whose records are an event and its context: `log.info("synced", client="codex", writes=3)`."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, event: str, **context: object) -> None:
        """Log what only we want to know."""
        self._log(logging.DEBUG, event, context)

    def info(self, event: str, **context: object) -> None:
        """Log what happened."""
        self._log(logging.INFO, event, context)

    def warning(self, event: str, **context: object) -> None:
        """Log what went wrong and was dealt with."""
        self._log(logging.WARNING, event, context)

    def error(self, event: str, **context: object) -> None:
        """Log what failed."""
        self._log(logging.ERROR, event, context)

    def failure(self, event: str, error: BaseException, **context: object) -> None:
        """Log what failed, with the traceback of its cause."""
        self._log(logging.ERROR, event, context, error)

    def _log(self, level: int, event: str, context: dict[str, object], error: BaseException | None = None) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, event, extra={CONTEXT: context}, exc_info=error, stacklevel=3)


def get_logger(name: str) -> Log:
    """Return the logger of a module."""
    return Log(name)


def configure_logging(folder: Path, level: str = "info") -> Path | None:
    """Send all logs of this process to the file in `folder`; a second call replaces it.

    Return the name that was given to something that was no log of ours, in its place.
    """
    stop_logging()
    file = _PrivateFile(folder)
    root = logging.getLogger()
    root.addHandler(file)
    root.setLevel(level.upper())
    return file.aside


def stop_logging() -> None:
    """Take our handler off and close the file."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _PrivateFile)]:
        root.removeHandler(handler)
        handler.close()


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner can read, and that one line again and again does not flood.

    Attribute: `aside` (what was there instead of it, renamed).
    """

    def __init__(self, folder: Path) -> None:
        self.aside: Path | None = None
        self._throttle = Throttle()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = folder / FILE_NAME
        # What is no text in UTF-8 (a lone surrogate in a file's name) must not cost the line.
        super().__init__(
            name, maxBytes=_BYTES_PER_FILE, backupCount=_OLD_FILES, encoding="utf-8", errors="backslashreplace"
        )
        self.setFormatter(_Lines())

    def _open(self) -> TextIOWrapper:
        path, flags = Path(self.baseFilename), os.O_WRONLY | os.O_APPEND | os.O_CREAT
        try:
            handle = open_own(path, flags)
        except NotOurs:
            self.aside = set_aside(path)
            handle = open_own(path, flags)
        return open(handle, "a", encoding=self.encoding, errors=self.errors)  # noqa: PTH123 - by handle, and kept

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the base's name
        """Lose the line: the standard way prints the record to the console, unredacted."""

    def handle(self, record: logging.LogRecord) -> bool:
        """Tell a record, or count it."""
        self.acquire()
        try:
            told = [super(_PrivateFile, self).handle(line) for line in self._throttle.take(record)]
        finally:
            self.release()
        return any(told)

    def close(self) -> None:
        """Tell what was only counted."""
        for line in self._throttle.rest():
            super().handle(line)
        super().close()


class _Lines(logging.Formatter):
    """structlog's formatter, made when the first line is."""

    def __init__(self) -> None:
        super().__init__()
        self._inner: ProcessorFormatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        """Return the redacted line of a record."""
        if self._inner is None:
            self._inner = _formatter()
        return self._inner.format(record)


def _formatter() -> ProcessorFormatter:
    _import_structlog()
    from structlog import processors, stdlib

    return stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            stdlib.add_log_level,
            _add_logger_and_context,
            processors.TimeStamper(fmt="iso", utc=True),
            processors.format_exc_info,
        ],
        processors=[
            stdlib.ProcessorFormatter.remove_processors_meta,
            redactor,
            processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _add_logger_and_context(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    for name, value in getattr(record, CONTEXT, {}).items():
        event.setdefault(name, value)
    return event


def _import_structlog() -> None:
    """Import structlog without rich, which only its coloured console uses: 30 ms and 2 MB instead of 150 and 10."""
    kept_out = "rich" not in sys.modules
    if kept_out:
        sys.modules["rich"] = None  # type: ignore[assignment]  # how Python says "do not import"
    try:
        import structlog  # noqa: F401 - for its effect: it is in sys.modules then
    finally:
        if kept_out:
            del sys.modules["rich"]
