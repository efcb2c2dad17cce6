"""The help of `aisync`: its commands in groups, by what people do, each with the first words of its own help."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from typer.core import TyperGroup

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Begin", ("init", "run", "open")),
    ("See how things stand", ("status", "clients", "items", "plan", "doctor")),
    ("Keep in step", ("sync", "pause", "resume", "off", "on", "pin", "unpin", "project")),
    ("Answer questions", ("decisions", "decide")),
    ("Go back", ("history", "show", "diff", "undo", "redo", "rollback", "file")),
    ("Permissions and secrets", ("permissions", "allowed", "secrets")),
    ("Logs and backups", ("logs", "export", "backup", "restore")),
    ("Settings and scripts", ("settings", "token", "completion", "exec")),
)
EXIT_CODES = "Exit codes: 0 fine, 1 error, 2 wrong usage, 3 something waits for you or is out of step."
_FIRST_WORDS = re.compile(r"[^:;.]+")  # of a help: up to where it says more
_PLAIN = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "add_completion": False}
ROOT_SETTINGS: dict[str, Any] = {
    **_PLAIN,
    "epilog": EXIT_CODES,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def first_words(help_: str) -> str:
    """Return what a command does in one line, from all that its help says."""
    found = _FIRST_WORDS.match(" ".join(help_.split()))
    return found[0] if found else ""


def grouped(names: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each group with those of its commands that are there."""
    for title, members in GROUPS:
        if there := [name for name in members if name in names]:
            yield title, there


class ListedCommands(TyperGroup):
    """Commands below one word; what each does is told whole, and not cut off at the terminal's edge."""

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the sections of the help: a title, and the names in it."""
        yield "Commands", [*self.commands]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each section of the help."""
        del ctx
        widest = max(map(len, self.commands), default=0)
        for title, members in self.sections():
            with formatter.section(title):
                formatter.write_dl(
                    [(f"{name:<{widest}}", first_words(self.commands[name].help or "")) for name in members]
                )


class GroupedCommands(ListedCommands):
    """All commands, in their groups."""

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each group."""
        yield from grouped(self.commands)
