"""What a permission would allow of this program: an assistant that may run it unasked answers its own questions.

Meant are rules that name it, whatever it is wrapped in, and patterns that it fits. A rule that allows everything, or
everything that some launcher starts, is not about us: what that opens, whoever is asked about it sees.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from aisync_desktop.permissions.language import Matcher, Subject, Tool
from aisync_desktop.permissions.meaning import commands_run
from aisync_desktop.permissions.shell.tree import Command

_NAME = "aisync"  # of the command, and of the MCP server
_PROGRAMS = frozenset({_NAME, f"{_NAME}.exe"})
_PACKAGES = frozenset({"aisync_desktop", "aisync-desktop"})  # as what `python -m` and installers know it
_INSTALLERS = frozenset({"pipx", "uv", "uvx"})  # they run a program by the name of its package, or by its own


def allows_this_program(subject: Subject) -> bool:
    """Tell whether an allowance of a subject is one to run this program, or to use its MCP server."""
    if subject.tool is Tool.MCP:
        return subject.server.casefold() == _NAME
    if subject.tool is not Tool.SHELL:
        return False
    lines = _lines(subject.pattern) if subject.matcher is Matcher.GLOB else iter([subject.pattern])
    return any(_is_ours(command) for line in lines for command in commands_run(line))


def _is_ours(command: Command) -> bool:
    names = [posixpath.basename(word).casefold() for word in command.argv]
    started = names if names[:1] and names[0] in _INSTALLERS else names[:1]
    return not _PROGRAMS.isdisjoint(started) or any(name.partition(".")[0] in _PACKAGES for name in names)


def _lines(pattern: str) -> Iterator[str]:
    """Yield lines that a pattern fits, one of ours among them if it fits any: its first `*` may stand for our name."""
    before, _, after = pattern.partition("*")
    words, _, begun = before.rpartition(" ")
    yield before
    folder, slash, letters = begun.rpartition("/")
    if letters and _NAME.startswith(letters.casefold()):
        yield f"{words} {folder}{slash}{_NAME}"
    elif not before.strip() and after.strip("* "):
        yield _NAME
