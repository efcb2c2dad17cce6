"""What a subject of the permission language means: which requests it is about, said strictly for both directions.

An *allowance* is about a command line only if all of it is: it is understood, every command in it fits, and nothing
in it runs, reads or writes anything besides (no substitution, no variable before a command, no redirection but to
`/dev/null`). A *question or refusal* is about a line if any command that it runs is: behind wrappers (`timeout 5 x`),
under another path (`/usr/bin/x`), inside substitutions and `sh -c`.

So a client's own rule, read as a subject, never allows more by it than the client does, nor stops less. Files are
matched with all that is below them; hosts and tools by their names.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit

from aisync_desktop.kernel.wildcards import wild
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool
from aisync_desktop.permissions.path_patterns import matches_below, normal
from aisync_desktop.permissions.shell.grammar import parse
from aisync_desktop.permissions.shell.tree import Command, Script, every
from aisync_desktop.permissions.shell.wrappers import unwrapped

_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ksh"})
_DEPTH = 5  # of shells in shells; what is deeper is not looked for


def is_about(subject: Subject, action: Action, request: Request, where: Surrounding) -> bool:
    """Whether a permission is about a request."""
    if subject.tool is not request.tool:
        return False
    match subject.tool:
        case Tool.SHELL:
            return _allows(subject, request.argument) if action is Action.ALLOW else _stops(subject, request.argument)
        case Tool.READ | Tool.EDIT:
            return not subject.pattern or matches_below(_absolute(subject.pattern, where), normal(request.argument))
        case Tool.FETCH:
            return not subject.pattern or _is_host(subject.pattern, _host(request.argument))
        case Tool.MCP:
            return _is_tool(subject, request.argument)


def _allows(subject: Subject, line: str) -> bool:
    script = parse(line)
    if subject.matcher is Matcher.ALL:
        return True
    commands = script.commands
    return script.understood and bool(commands) and all(_is_plain(one) and _fits(subject, one) for one in commands)


def _is_plain(command: Command) -> bool:
    """Whether a command does nothing but run with the words that it shows."""
    outside = [one for one in command.redirections if one.writes or one.reads]
    away = all(one.target.literal and one.target.text == "/dev/null" for one in outside)
    return not command.env and not command.inner and command.literal and away


def _fits(subject: Subject, command: Command) -> bool:
    argv = command.argv
    match subject.matcher:
        case Matcher.EXACT:
            return argv == subject.words
        case Matcher.IS:
            return argv[: len(subject.words)] == subject.words
        case _:
            return wild(subject.pattern, " ".join(argv))


def _stops(subject: Subject, line: str) -> bool:
    if subject.matcher is Matcher.ALL:
        return True
    return any(_fits(subject, form) for command in commands_run(line) for form in _forms(command))


def commands_run(line: str) -> Iterator[Command]:
    """Yield every command that a line runs, also what it is wrapped in and what is handed to a shell as text."""
    return _run(parse(line))


def _run(script: Script, depth: int = _DEPTH) -> Iterator[Command]:
    """Yield every command that a script runs, also those handed to a shell as text."""
    for command in every(script):
        inside = unwrapped(command)
        yield command
        yield inside
        argv = inside.argv
        if depth and argv and posixpath.basename(argv[0]) in _SHELLS:
            for text in argv[1:]:
                yield from _run(parse(text), depth - 1)


def _forms(command: Command) -> Iterator[Command]:
    """Yield a command as it stands and by the name of its program alone."""
    bare = Command(words=command.words)
    yield bare
    if command.words and "/" in command.words[0].text:
        first = type(command.words[0])(posixpath.basename(command.words[0].text))
        yield Command(words=(first, *command.words[1:]))


def _absolute(pattern: str, where: Surrounding) -> str:
    if pattern.startswith("~/"):
        return f"{where.home}/{pattern[2:]}"
    if pattern.startswith("./"):
        return f"{where.root}/{pattern[2:]}"
    return f"/{pattern}" if pattern.startswith("**/") else pattern


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:  # no address at all
        return ""


def _is_host(pattern: str, host: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _is_tool(subject: Subject, called: str) -> bool:
    server, _, tool = called.partition(".")
    if not subject.pattern:
        return True
    return server == subject.server and (not subject.mcp_tool or wild(subject.mcp_tool, tool))
