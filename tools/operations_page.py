"""Writes docs/OPERATIONS.md, and docs/operations/, a JSON Schema for each: what is asked, what is answered."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

from pydantic.json_schema import models_json_schema

from aisync_desktop.service.operations.listed import OPERATIONS
from aisync_desktop.service.operations.operation import Operation
from tests.service.operations.test_every_operation import ASKED  # which holds that a command answers just this

FOLDER = "operations"
_PAGE = """\
# Operations

{note}
Whatever can be asked of AISync is an operation, and answers the same whoever asks: the window, HTTP, or the command
line with `--json`, whether the app runs or not. Its schema holds what is asked and what is answered
(`properties.answer` is that of the JSON). *read* changes nothing, *write* does, and *person* is what only a person
settles: asked for by an assistant, it waits for one as a question. The routes are below `/api/v1`; a call that fails
answers problem details (RFC 9457), whose `code` is that of the command line's `{{"error": {{"code": ...}}}}`.

| Operation | Access | Route | Command | |
|---|---|---|---|---|
{rows}
"""


def operations_page(note: str) -> str:
    """Return the table of all operations."""
    return _PAGE.format(note=note, rows="\n".join(map(_row, OPERATIONS)))


def _row(operation: Operation) -> str:
    words = ASKED[operation.name][1]
    command = "" if isinstance(words, str) else f"`aisync {shlex.join(words)}`".replace("'", "")
    about = (operation.request.__doc__ or "").partition("\n")[0]
    link = f"[{operation.name}]({FOLDER}/{operation.name}.json)"
    return f"| {link} | {operation.access} | `{operation.method} {operation.path}` | {command} | {about} |"


def schemas() -> Iterator[tuple[Path, str]]:
    """Yield each operation's schema, with where it goes below docs/."""
    for operation in OPERATIONS:
        yield (
            Path(FOLDER, f"{operation.name}.json"),
            f"{json.dumps(schema_of(operation), indent=1, ensure_ascii=False)}\n",
        )


def schema_of(operation: Operation) -> dict[str, object]:
    """Return the schema of an operation: an object with what is asked and what is answered."""
    request, answer = (operation.request, "validation"), (operation.answer, "serialization")
    places, made = models_json_schema([request, answer], ref_template="#/$defs/{model}")  # type: ignore[list-item]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": operation.name,
        "type": "object",
        "properties": {"request": places[request], "answer": places[answer]},  # type: ignore[index]
        **made,
    }
