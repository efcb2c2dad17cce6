"""What leaves the database otherwise than as one answer: exports, the log as it grows, a file's bytes.

All of it is read by who asks for it, page by page, also while the app runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from aisync_desktop.observe.logging import redactor
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.history import LogsRequest
from aisync_desktop.sync.reports.history import VersionReport, version_bytes, version_report
from aisync_desktop.sync.reports.logbook import LogReport, lines_after, log_lines, newest
from aisync_desktop.sync.store.export import Export, ExportFormat, ExportKind, rows_of
from aisync_desktop.sync.store.reader import Reader


@contextmanager
def exported(world: World, kind: ExportKind, form: ExportFormat, lines: LogsRequest) -> Iterator[Export]:
    """Give an export, newest first and without secrets; of the log, it is of these lines."""
    with closing(Reader.of(world)) as reader, closing(ProgramReader.of(world)) as program:
        yield Export(rows_of(reader, program, kind, lines.query()), kind, form, redactor.value)


def tail(world: World, lines: LogsRequest, wait: Callable[[], None]) -> Iterator[LogReport]:
    """Yield the last lines, the oldest first, then new ones: a short look by key, whatever the log's length."""
    query = lines.query()
    with closing(Reader.of(world)) as reader:
        last = newest(reader)
        found = log_lines(reader, replace(query, before=last + 1), redactor.value)[::-1]
        while True:
            for line in found:
                yield line
                last = max(last, line.id)
            wait()
            found = lines_after(reader, query, last, redactor.value)


def file_version(world: World, number: int) -> tuple[VersionReport, bytes]:
    """Return a version of a file with what it held, byte for byte."""
    with closing(Reader.of(world)) as reader:
        return version_report(reader, number), version_bytes(reader, number)
