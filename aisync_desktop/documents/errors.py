"""What can go wrong with a document. No error holds a piece of the file: it may be a secret.

MalformedDocument     the bytes are not what the client's own parser takes: line, column, what was expected there
EditRefusedError      the document is fine, but this edit cannot be done in it without risk
UnverifiedEditError   our own bug, caught: the edited bytes did not read back as they must; nothing is returned
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from aisync_desktop.documents.protocol import Location
from aisync_desktop.kernel.errors import BugError, Remedy, WorldError
from aisync_desktop.kernel.messages import text


class MalformedDocument(WorldError):  # noqa: N818 - the word of the document protocol
    """The file cannot be read.

    Attributes: location (line, column), expected: a code, the last part of a `documents.expected.*` message.
    """

    actions = (Remedy.OPEN_FILE, Remedy.RESTORE_VERSION)

    def __init__(self, location: Location, expected: str, path: Path | None = None) -> None:
        super().__init__(
            text("documents.malformed"),
            text(f"documents.expected.{expected}", line=location.line, column=location.column),
            text("documents.malformed.next"),
            path,
        )
        self.location = location
        self.expected = expected

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return self.location.line

    @property
    def column(self) -> int:
        """The column in characters, counted from 1."""
        return self.location.column

    def at(self, path: Path) -> Self:
        """Return the same error with the file that it is about."""
        return type(self)(self.location, self.expected, path)


class EditRefusedError(WorldError):
    """This format or this place cannot take the edit; `reason` is the last part of a `documents.refused.*` message."""

    actions = (Remedy.OPEN_FILE,)

    def __init__(self, reason: str, location: Location | None = None, path: Path | None = None) -> None:
        place = location or Location(1, 1)
        super().__init__(
            text("documents.refused"),
            text(f"documents.refused.{reason}", line=place.line, column=place.column),
            text("documents.refused.next"),
            path,
        )
        self.reason = reason
        self.location = location

    def at(self, path: Path) -> Self:
        """Return the same error with the file that it is about."""
        return type(self)(self.reason, self.location, path)


class UnverifiedEditError(BugError):
    """The bytes after an edit did not read back as the edit means them; they were thrown away."""
