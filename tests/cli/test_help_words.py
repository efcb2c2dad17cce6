"""What `--help` says is read by people, too: commands keep their names, and nothing else is a word of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from aisync_desktop.cli.app import app
from tests.helpers.wording import engine_word


def said(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield all that the help of a command and of those below it says, with whose it is."""
    yield name, command.help or ""
    yield from ((name, getattr(each, "help", None) or "") for each in command.params)
    for below, each in getattr(command, "commands", {}).items():
        yield from said(each, f"{name} {below}")


def test_no_word_of_the_engine_is_in_any_help() -> None:
    told = list(said(typer.main.get_command(app), "aisync"))
    assert len(told) > 100
    assert [(name, text) for name, text in told if engine_word(text)] == []
