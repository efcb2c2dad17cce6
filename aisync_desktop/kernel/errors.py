"""Two kinds of error, converted at the boundary only.

AISyncError
├── WorldError      the world's fault: a text for the user with title, message, path and next step (exit 1)
│   ├── NotThereError   what was asked for by its name or number is not there
│   └── ...         one subclass per cause, in the room that meets it (files/, documents/, database/, ...)
└── BugError        ours: never shown as advice, it becomes a bug report
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.texts import encodable, visible


class AISyncError(Exception):
    """The root of everything that we raise on purpose."""


class Remedy(StrEnum):
    """What can be done at once about something in the world, as a button: about `path`, where it is about a file."""

    OPEN_FILE = "open-file"
    RESTORE_VERSION = "restore-version"  # take an earlier version of the file back
    MAKE_WRITABLE = "make-writable"  # give its owner the right to read and write it
    TRY_AGAIN = "try-again"


class WorldError(AISyncError):
    """Something outside the program is not as it must be; the user can mend it.

    Attributes: title, message, next_step (texts to translate at the edge), path (the file it is about), actions (what
    can be done at once, the likeliest first).
    """

    actions: ClassVar[tuple[Remedy, ...]] = ()

    def __init__(self, title: Text, message: Text, next_step: Text, path: Path | None = None) -> None:
        super().__init__(title.code, str(path) if path else "")
        self.title = title
        self.message = message
        self.next_step = next_step
        self.path = path

    @property
    def code(self) -> str:
        """The stable code by which programs know it: the same from the command line and over HTTP."""
        return self.title.code.removesuffix(".title")

    @property
    def where(self) -> str:
        """The path as text that status, answers and logs can hold; "" where it is about none."""
        return encodable(str(self.path)) if self.path else ""

    def __str__(self) -> str:
        """Return the English one-liner that logs show."""
        return self.one_line(str)

    def one_line(self, translate: Callable[[str], str]) -> str:
        """Return title, message, path and next step in one line, in the language of `translate`."""
        title, message, next_step = (part.render(translate) for part in (self.title, self.message, self.next_step))
        path = visible(str(self.path)) if self.path else ""
        place = f" ({path})" if path and path not in message else ""
        return f"{title}: {message}{place} {next_step}"


class NotThereError(WorldError):
    """What somebody asked for by its name or number is not there (any more)."""


class BugError(AISyncError):
    """We were wrong: an invariant of ours did not hold."""
