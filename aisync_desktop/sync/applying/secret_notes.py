"""What is worth knowing of how secrets are kept, for the status: where no keyring has our key, or some values."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from aisync_desktop.kernel.errors import Remedy
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.secrets.safe import Kept


class _KeyPlace(Protocol):
    def key_file(self) -> Path | None: ...


def notes_of(at: _KeyPlace, kept: Iterable[Kept]) -> tuple[Problem, ...]:
    """Return what is worth knowing where no keyring keeps our key, or some values."""
    notes = []
    if file := at.key_file():
        notes.append(_note("secrets.key-beside", path=str(file)))
    if count := sum(bool(one.enclosed) for one in kept):
        notes.append(_note("secrets.in-database", count=count))
    return tuple(notes)


def _note(code: str, path: str = "", **params: int) -> Problem:
    """Make a note; a keyring that is there by now is looked for again."""
    message, next_step = text(f"{code}.message", **params), text(f"{code}.next")
    return Problem(title=text(code), message=message, next_step=next_step, path=path, actions=(Remedy.TRY_AGAIN,))
