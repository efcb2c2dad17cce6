"""What commands have in common: options that mean the same everywhere, and how their work begins."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session

_DURATION = re.compile(r"([1-9][0-9]{0,4})([mhd]?)")
_MINUTES = {"": 1, "m": 1, "h": 60, "d": 24 * 60}
LAST = 2**63 - 1  # the highest number that a row can have
Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Answer every question with yes.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000, help="How many at the most.")]
ScopeName = Annotated[
    str, typer.Option("--scope", metavar="user|PROJECT", help="Only the user's own, or those of a project's folder.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")]


def open_session(*, as_json: bool = False) -> Session:
    """Begin a command's work; everything that it needs is imported here, so that `--help` stays quick."""
    from aisync_desktop.cli.session import Session

    return Session(as_json=as_json)


def minutes_in(duration: str) -> int:
    """Return a duration as users type it, in minutes; 0 where it is none."""
    found = _DURATION.fullmatch(duration.strip())
    return int(found[1]) * _MINUTES[found[2]] if found else 0


def scope_named(word: str) -> str:
    """Return the scope that a user means, as it is stored: "user", or a project by its folder; "" stays all."""
    if word in {"", "user"} or word.startswith("project:"):
        return word
    return f"project:{os.path.realpath(word)}"


def user_path(word: str) -> Path:
    """Return a path as the user means it, whole."""
    return Path(word).expanduser().absolute()
