from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.observe.redact import Redactor
from aisync_desktop.program.store import audit as audit_trail
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.sync.store import export
from aisync_desktop.sync.store.export import COLUMNS, ExportFormat, ExportKind, encoded, rows_of
from aisync_desktop.sync.store.records import LogQuery, NewSnapshot, SyncEnd, SyncStart, SyncStatus
from aisync_desktop.sync.store.store import Store
from tests.helpers.feeds import audit

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "'"]  # noqa: RUF001 - as Excel reads them
Rows = list[dict[str, Any]]


def text_of(rows: Iterable[Mapping[str, Any]], form: ExportFormat, kind: ExportKind = ExportKind.LOGS) -> str:
    return b"".join(encoded(rows, kind, form, lambda row: row)).decode()


def parsed(text: str, form: ExportFormat, kind: ExportKind = ExportKind.LOGS) -> Rows:
    """Read an export as somebody else's program would."""
    if form is ExportFormat.JSON:
        whole: Rows = json.loads(text)[kind.value]
        return whole
    if form is ExportFormat.NDJSON:
        return [json.loads(line) for line in text.split("\n")[:-1]]
    return [_typed(row) for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


def _typed(row: dict[str, str]) -> dict[str, Any]:
    plain = {name: cell.removeprefix("'") for name, cell in row.items()}
    known: dict[str, Callable[[str], Any]] = {"id": int, "sync_id": lambda cell: int(cell) if cell else None}
    for name in ("context", "config", "changes", "detail"):
        known[name] = lambda cell: json.loads(cell) if cell else None
    return {name: known.get(name, str)(cell) for name, cell in plain.items()}


texts = st.text(max_size=20) | st.sampled_from(FORMULAS)
lines = st.fixed_dictionaries(
    {
        "id": st.integers(1, 10**9),
        "timestamp": st.datetimes().map(lambda moment: moment.isoformat()),
        "level": st.sampled_from(["info", "error"]),
        "message": texts,
        "context": st.dictionaries(texts, texts | st.integers() | st.none(), max_size=3),
        "sync_id": st.none() | st.integers(1, 99),
    }
)


@given(st.lists(lines, max_size=5), st.sampled_from(ExportFormat))
def test_what_was_exported_is_read_back_as_it_was(rows: Rows, form: ExportFormat) -> None:
    assert parsed(text_of(rows, form), form) == rows


@given(lines)
def test_no_cell_is_taken_for_a_formula(row: dict[str, Any]) -> None:
    _, cells = csv.reader(io.StringIO(text_of([row], ExportFormat.CSV), newline=""))
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]  # noqa: RUF001 - as Excel reads them


@pytest.fixture
def full(quick_store: Store, program: ProgramStore, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with more of everything than a page has."""
    monkeypatch.setattr(export, "_PAGE", 3)
    monkeypatch.setattr(audit_trail, "_PAGE", 3)
    store = quick_store
    for i in range(7):
        store.log("error" if i % 2 else "info", f"line {i}", {"client": "codex", "token": "hunter22"})
        audit(program, "decide", f"mcp/{i}", {"take": "base"})
        server: dict[str, Any] = {"transport": "stdio", "command": f"run{i}", "env": {"API_KEY": "hunter22"}}
        snapshot = NewSnapshot(f"hash{i}", {"mcp/a": server}, "codex", [{"key": "mcp/a", "before": None}])
        store.finish_sync(store.begin_sync(SyncStart("user", "sync", "codex", snapshot)), SyncEnd(SyncStatus.DONE))
    return store


@pytest.mark.parametrize("form", ExportFormat)
@pytest.mark.parametrize("kind", ExportKind)
def test_every_row_is_exported_once_newest_first_and_redacted(
    full: Store, program: ProgramStore, kind: ExportKind, form: ExportFormat
) -> None:
    text = b"".join(encoded(rows_of(full, program, kind), kind, form, Redactor().value)).decode()
    rows = parsed(text, form, kind)
    untaken = 7 if kind is ExportKind.AUDIT else 0  # syncs that the feed tells of, and the trail does not have yet
    assert [row["id"] for row in rows] == [*range(7 + untaken, 0, -1)]
    assert all(tuple(row) == COLUMNS[kind] for row in rows)
    assert "hunter22" not in text
    if kind is ExportKind.SNAPSHOTS:
        assert [row["config"]["mcp/a"]["command"] for row in rows] == [f"run{i}" for i in range(6, -1, -1)]


def test_logs_are_exported_as_filtered(full: Store, program: ProgramStore) -> None:
    found = rows_of(full, program, ExportKind.LOGS, LogQuery(levels=("error",), search="line", limit=1))
    assert [row["message"] for row in found] == ["line 5", "line 3", "line 1"]


def test_an_export_of_nothing_is_still_of_its_format(store: Store, program: ProgramStore) -> None:
    for form in ExportFormat:
        assert parsed(text_of(rows_of(store, program, ExportKind.LOGS), form), form) == []


def test_memory_does_not_grow_with_the_rows() -> None:
    row = {"id": 1, "timestamp": "", "level": "", "message": "x" * 1000, "context": {}, "sync_id": None}
    tracemalloc.start()
    for form in ExportFormat:
        size = sum(map(len, encoded((dict(row) for _ in range(5000)), ExportKind.LOGS, form, dict)))
        assert size > 5_000_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
