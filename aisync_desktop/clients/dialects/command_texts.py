"""What clients look at that take a command line apart: the commands in it, each as it is written."""

from __future__ import annotations

from typing import NamedTuple

from aisync_desktop.permissions.shell.grammar import Command, every, parse


class Seen(NamedTuple):
    """The simple commands of a line, those within others too; not all of them if the line was not understood."""

    commands: tuple[Command, ...]
    understood: bool
    flat: bool  # none of them is within another one, or in brackets


def seen(line: str) -> Seen:
    """Take a line apart."""
    script = parse(line)
    commands = tuple(command for command in every(script) if command.words)
    flat = script.understood and len(commands) == len(tuple(every(script))) == len(script.commands)
    return Seen(commands, script.understood, flat)
