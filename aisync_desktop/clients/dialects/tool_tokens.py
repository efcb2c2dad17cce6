"""Entries like `Shell(git)`, `Shell(curl:*)`, `Read(src/**)`, `WebFetch(*.example.com)` and `Mcp(server, tool)`.

As documented: `Shell` goes by the first word of a command, after a colon by the rest of it; globs are allowed in both.
Relative paths begin in the workspace. What is not said there: of a line with several commands we take each to be
judged, nothing to be allowed that has variables, redirections into files or substitutions, and nothing to be denied
that another command runs. `Shell(git:push*)` is what is closest to the words `git push`; it stops `git pushx` as well.
"""

from __future__ import annotations

import re
from posixpath import relpath
from urllib.parse import urlsplit

from aisync_desktop.clients.dialects.path_globs import globbed
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.wildcards import is_plain, wild
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
from aisync_desktop.permissions.shell.grammar import Command

_NAMES = {Tool.SHELL: "Shell", Tool.READ: "Read", Tool.EDIT: "Write", Tool.FETCH: "WebFetch", Tool.MCP: "Mcp"}
_TOOLS = {name: tool for tool, name in _NAMES.items()}
_ENTRY = re.compile(r"([A-Za-z]+)\((.+)\)", re.DOTALL)
_MCP = re.compile(r"([^,]+), ?([^,]+)")
_EVERY = {Tool.SHELL: "*", Tool.READ: "**", Tool.EDIT: "**", Tool.FETCH: "*", Tool.MCP: "*, *"}


def meaning(entry: str, action: Action) -> Subject | Text:
    """Return what an entry means."""
    tool, pattern = _parts(entry)
    if tool is None:
        return text("permission.tool")
    if pattern == _EVERY[tool]:
        return Subject(tool)
    return _subject(tool, pattern, action) or text("permission.pattern")


def _parts(entry: str) -> tuple[Tool | None, str]:
    found = _ENTRY.fullmatch(entry)
    return (_TOOLS.get(found[1]), found[2]) if found else (None, "")


def _subject(tool: Tool, pattern: str, action: Action) -> Subject | None:
    match tool:
        case Tool.SHELL:
            return _command(pattern, action)
        case Tool.FETCH:
            return subject_of(tool, Matcher.IS, pattern)
        case Tool.MCP:
            found = _MCP.fullmatch(pattern)
            return _mcp(found[1], found[2]) if found else None
        case _:
            return _files(tool, pattern, action)


def _command(pattern: str, action: Action) -> Subject | None:
    base, colon, rest = pattern.partition(":")
    if not is_plain(base) or " " in base:
        return None
    if not colon or rest == "*":
        return subject_of(Tool.SHELL, Matcher.IS, base)
    words = f"{base} {rest}"
    if is_plain(words):
        return subject_of(Tool.SHELL, Matcher.EXACT, words)
    begun = words[:-1]
    if action is not Action.ALLOW and is_plain(begun) and not begun.endswith(" "):
        return subject_of(Tool.SHELL, Matcher.IS, begun)
    return subject_of(Tool.SHELL, Matcher.GLOB, words) if "?" not in words else None


def _mcp(server: str, tool: str) -> Subject | None:
    if tool == "*":
        return subject_of(Tool.MCP, Matcher.IS, server)
    return subject_of(Tool.MCP, Matcher.IS if is_plain(tool) else Matcher.GLOB, f"{server}.{tool}")


def _files(tool: Tool, pattern: str, action: Action) -> Subject | None:
    """Return the files of a glob; ours are those below a name, too, so only such a glob can allow."""
    if pattern.startswith(("./", "~")) or (action is Action.ALLOW and not pattern.endswith("/**")):
        return None
    return subject_of(tool, Matcher.IS, pattern if pattern.startswith(("/", "**/")) else f"./{pattern}")


def said(subject: Subject, action: Action) -> str | None:
    """Return the entry for a subject."""
    pattern = subject.pattern
    if subject.matcher is Matcher.ALL:
        pattern = _EVERY[subject.tool]
    elif subject.tool is Tool.SHELL:
        pattern = _said_of_command(subject, action)
    elif subject.tool is Tool.MCP:
        pattern = f"{subject.server}, {subject.mcp_tool or '*'}"
    elif subject.tool is not Tool.FETCH:
        pattern = pattern.removeprefix("./")
    return f"{_NAMES[subject.tool]}({pattern})"


def _said_of_command(subject: Subject, action: Action) -> str:
    base, blank, rest = subject.pattern.partition(" ")
    if subject.matcher is Matcher.IS:
        return f"{base}:{rest}*" if blank and action is not Action.ALLOW else subject.pattern
    return f"{base}:{rest}"


def is_about_command(entry: str, command: Command) -> bool:
    """Whether an entry is about one command."""
    tool, pattern = _parts(entry)
    base, colon, rest = pattern.partition(":")
    if tool is not Tool.SHELL or not wild(base, command.argv[0], single="?"):
        return False
    return not colon or wild(rest, " ".join(command.argv[1:]), single="?")


def is_about(entry: str, request: Request, where: Surrounding) -> bool:
    """Whether an entry is about a request of another tool than the shell."""
    tool, pattern = _parts(entry)
    if tool is not request.tool:
        return False
    match tool:
        case Tool.FETCH:
            return wild(pattern, _host(request.argument))
        case Tool.MCP:
            return wild(pattern.replace(", ", ","), request.argument.replace(".", ",", 1))
        case _:
            return _is_about_file(pattern, request.argument, where)


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "://" in address else f"//{address}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_about_file(pattern: str, path: str, where: Surrounding) -> bool:
    if pattern.startswith("/"):
        return globbed(pattern, path)
    inside = relpath(path or "/", where.root or "/")
    return globbed(pattern, inside if not inside.startswith("..") or not pattern.startswith("**") else path)
