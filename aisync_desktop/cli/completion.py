"""`aisync completion SHELL`: the shell's script and, called by that with each Tab, what can stand where the cursor is.

Neither Typer nor what looks at files is imported, no folder is made and no database written: who presses Tab waits.
The script asks with `--line` (bash) or with `--word` and the words before it; the first line of the answer is the way
(words, files, folders), each other one a word and, behind a tab, what it is.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any

from aisync_desktop.cli.completing import Offers, complete, in_bash, in_powershell, line_of
from aisync_desktop.cli.faults import ended
from aisync_desktop.cli.output import Output
from aisync_desktop.files.places import DATABASE, find_places, resource
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.sync.store.known_names import KnownNames

SCRIPTS = {"bash": "aisync.bash", "zsh": "aisync.zsh", "fish": "aisync.fish", "powershell": "aisync.ps1"}


def tell(words: Sequence[str]) -> int | None:
    """Print what a shell asks for and return the exit code; None where the words are for the full reader."""
    match list(words):
        case [shell] if shell in SCRIPTS:
            return _printed(lambda: resource(f"completion/{SCRIPTS[shell]}").read_text(encoding="utf-8").splitlines())
        case ["bash", line, breaks] if line.startswith("--line=") and breaks.startswith("--breaks="):
            typed, breaks = line_of(line.partition("=")[2]), breaks.partition("=")[2]
            return _printed(
                lambda: _lines(_offers(typed.words[1:], typed.word), lambda word: in_bash(word, typed, breaks))
            )
        case [shell, word, "--", *before] if shell in SCRIPTS and word.startswith("--word="):
            begun = word.partition("=")[2]
            return _printed(lambda: _lines(_offers(before, _read(shell, begun)), _QUOTE.get(shell, str)))
        case _:
            return None


# What PowerShell is given stands in its line as it is; zsh and fish quote it themselves.
_QUOTE: dict[str, Callable[[str], str]] = {"powershell": in_powershell}


def _read(shell: str, typed: str) -> str:
    """Return what somebody means who has typed the beginning of a word."""
    return typed.lstrip("'\"") if shell == "powershell" else line_of(typed).word


def _printed(make: Callable[[], Iterable[str]]) -> int:
    return ended(lambda: Output(as_json=False, translate=str).raw(make()))


def _lines(offers: Offers, quoted: Callable[[str], str | None]) -> Iterator[str]:
    yield offers.way
    for offer in offers.words:
        word = quoted(offer.word)
        if word is not None:
            yield f"{word}\t{offer.about}" if offer.about else word


def pages_of_the_window() -> tuple[str, ...]:
    """Return the names of the pages, for who has no time for the window."""
    return tuple(_table()["names"]["page"])


def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(resource("commands.json").read_text(encoding="utf-8"))
    return table


def _offers(words: Sequence[str], word: str) -> Offers:
    table = _table()
    return complete(table, words, word, partial(_names, table["names"]))


def _names(
    of_the_program: Mapping[str, Sequence[str]], sort: str, arguments: Sequence[str]
) -> Iterable[tuple[str, str]]:
    """Return the names of a sort: those of the program, or what its database knows, where there is one."""
    if sort in of_the_program:
        return [(name, "") for name in of_the_program[sort]]
    try:
        with closing(KnownNames(find_places(os.environ).state / DATABASE)) as known:
            return list(_KNOWN[sort](known, arguments))
    except (
        sqlite3.Error,
        ValueError,
        LookupError,
        TypeError,
        WorldError,
        OSError,
    ):  # the line that is being typed is no place to tell of it
        return []


_KNOWN: dict[str, Callable[[KnownNames, Sequence[str]], Iterable[tuple[str, str]]]] = {
    "client": lambda known, _: known.clients(),
    "item": lambda known, _: known.items(),
    "server": lambda known, _: ((name[4:], at) for name, at in known.items() if name.startswith("mcp/")),
    "decision": lambda known, _: known.decisions(),
    "answer": lambda known, arguments: known.answers(arguments[0] if arguments else ""),
    "snapshot": lambda known, _: known.snapshots(),
    "secret": lambda known, _: known.secrets(),
    "project": lambda known, _: known.projects(),
}
