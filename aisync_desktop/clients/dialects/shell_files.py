"""Files that a command line names to be read or written: rules for files are applied to these, too.

Only what well-known programs and redirections do, as far as it is written out: clients do not look further either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from aisync_desktop.permissions.language import Request, Surrounding, Tool
from aisync_desktop.permissions.shell.grammar import Command, every, parse, unwrapped

_READERS = frozenset("cat head tail less more grep sort sed wc cut nl diff stat cp mv awk".split())
_WRITERS = frozenset("tee touch mkdir rm rmdir mv".split())
_THROUGH = frozenset({"timeout", "time", "nice", "nohup", "stdbuf", "command", "env", "sudo"})


def files_named(line: str, where: Surrounding) -> Iterator[Request]:
    """Yield what a command line does with files, as requests."""
    for command in every(parse(line)):
        for tool, name in _named(unwrapped(command, _THROUGH)):
            yield Request(tool, _absolute(name, where))


def files_edited(line: str, where: Surrounding, programs: Collection[str]) -> tuple[str, ...]:
    """Return the files that a line names, if all its commands are these programs; nothing where it does more."""
    script = parse(line)
    if not script.understood or not all(_is_simple(one, programs) for one in script.commands):
        return ()
    words = (word.text for one in script.commands for word in one.words[1:] if not word.text.startswith("-"))
    targets = (one.target.text for command in script.commands for one in command.redirections)
    return tuple(_absolute(file, where) for file in (*words, *targets))


def _is_simple(command: Command, programs: Collection[str]) -> bool:
    """Whether a command is one of some programs, with nothing but files that are written out."""
    targets = [one.target for one in command.redirections]
    known = all(_is_known(word.source) for word in (*command.words, *targets))
    return bool(command.words) and command.words[0].text in programs and known and not (command.env or command.inner)


def _named(command: Command) -> Iterator[tuple[Tool, str]]:
    for one in command.redirections:
        if one.target.literal and (one.reads or one.writes):
            yield Tool.EDIT if one.writes else Tool.READ, one.target.text
    if not command.words:
        return
    name, *arguments = command.words
    files = [word.text for word in arguments if _is_known(word.source) and not word.text.startswith("-")]
    changes = name.text in _WRITERS or (name.text == "sed" and any(word.text.startswith("-i") for word in arguments))
    if name.text in _READERS:
        yield from ((Tool.READ, file) for file in files)
    if changes or name.text == "cp":
        yield from ((Tool.EDIT, file) for file in (files if changes else files[-1:]))


def _is_known(source: str) -> bool:
    return not set(source) & set("$`*?{[<>")


def _absolute(name: str, where: Surrounding) -> str:
    if name.startswith("~/"):
        return where.home + name[1:]
    return name if name.startswith("/") else f"{where.root}/{name}"
