"""The permission language: what an assistant may do, said once for all clients.

A permission is an action (allow, ask, deny) for a subject: a tool and a matcher. Of several that match one request the
strictest counts. A subject is spelled in one way only, since that spelling is the item's name:

    shell                    every command
    shell = npm test         these words and no other
    shell: git push          these words, and whatever stands after them
    shell ~ git * main       a pattern in which `*` stands for any text
    read: **/.env            files (`./` from the project's root, `/` and `~/` absolute, `**/` at any depth), and what
    edit: ./src/**           is below them; `*` ends at a slash, `**` does not. Without a pattern: every file
    fetch: example.com       a host; `*.example.com`: every host below it. Without: everything
    mcp: github              every tool of a server
    mcp: github.get_issue    one of them; `mcp ~ github.get_*`: by pattern. Without: every tool of every server

What the matchers of a shell mean exactly is said where they are evaluated (permissions/meaning.py).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple, Self

from aisync_desktop.kernel.dataclass import dataclass


class Action(StrEnum):
    """What happens to a request, from the widest to the strictest."""

    ALLOW = "allow"
    ASK = "ask"
    DENY = "deny"

    @property
    def strictness(self) -> int:
        """Its place in that order; what nothing is said of stands between "allow" and "ask"."""
        return {Action.ALLOW: 0, Action.ASK: 2, Action.DENY: 3}[self]


SILENT = 1  # the strictness of no permission at all


def strictness(action: Action | None) -> int:
    """Return how strict an action is, or none at all."""
    return SILENT if action is None else action.strictness


class Tool(StrEnum):
    """What an assistant does."""

    SHELL = "shell"
    READ = "read"
    EDIT = "edit"
    FETCH = "fetch"
    MCP = "mcp"


class Matcher(StrEnum):
    """How a subject says which requests it is about."""

    ALL = ""
    EXACT = " = "
    IS = ": "  # of a shell: a prefix; else a path, a domain, a server or its tool
    GLOB = " ~ "


_MATCHERS = {
    Tool.SHELL: frozenset({Matcher.ALL, Matcher.EXACT, Matcher.IS, Matcher.GLOB}),
    Tool.READ: frozenset({Matcher.ALL, Matcher.IS}),
    Tool.EDIT: frozenset({Matcher.ALL, Matcher.IS}),
    Tool.FETCH: frozenset({Matcher.ALL, Matcher.IS}),
    Tool.MCP: frozenset({Matcher.ALL, Matcher.IS, Matcher.GLOB}),
}
_WORD = r"[A-Za-z0-9_@%+=:,./-]+"  # what a shell reads as it stands: no quote, no expansion, no operator
_PATTERNS = {
    (Tool.SHELL, Matcher.EXACT): re.compile(rf"{_WORD}(?: {_WORD})*"),
    (Tool.SHELL, Matcher.IS): re.compile(rf"{_WORD}(?: {_WORD})*"),
    (Tool.SHELL, Matcher.GLOB): re.compile(
        r"(?!\s)[^\x00-\x1f`$;&|<>(){}\\\"']*\*[^\x00-\x1f`$;&|<>(){}\\\"']*(?<!\s)"
    ),
    (Tool.READ, Matcher.IS): re.compile(r"(?:/|~/|\./|\*\*/)[^\x00-\x1f\\{}\[\]!?]+"),
    (Tool.EDIT, Matcher.IS): re.compile(r"(?:/|~/|\./|\*\*/)[^\x00-\x1f\\{}\[\]!?]+"),
    (Tool.FETCH, Matcher.IS): re.compile(r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*"),
    (Tool.MCP, Matcher.IS): re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?"),
    (Tool.MCP, Matcher.GLOB): re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\*[A-Za-z0-9_*-]*"),
}


class NoSubjectError(ValueError):
    """This is no subject of the language."""


@dataclass(frozen=True, order=True)
class Subject:
    """What a permission is about; equal subjects are spelled alike."""

    tool: Tool
    matcher: Matcher = Matcher.ALL
    pattern: str = ""

    def __post_init__(self) -> None:
        """Refuse what has no meaning: a subject that exists can be evaluated."""
        wanted = _PATTERNS.get((self.tool, self.matcher))
        sound = not self.pattern if wanted is None else wanted.fullmatch(self.pattern) is not None
        if self.matcher not in _MATCHERS[self.tool] or not sound:
            raise NoSubjectError(f"{self.tool}{self.matcher}{self.pattern}")

    def __str__(self) -> str:
        """Return the one spelling."""
        return f"{self.tool}{self.matcher}{self.pattern}"

    @classmethod
    def parse(cls, spelled: str) -> Self:
        """Read what `__str__` wrote; anything else is a NoSubjectError."""
        found = re.fullmatch(r"(shell|read|edit|fetch|mcp)(?:( = |: | ~ )(.*))?", spelled, re.DOTALL)
        if found is None:
            raise NoSubjectError(spelled)
        return cls(Tool(found[1]), Matcher(found[2] or ""), found[3] or "")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of a command."""
        return tuple(self.pattern.split(" ")) if self.pattern else ()

    @property
    def server(self) -> str:
        """The MCP server; none where all are meant."""
        return self.pattern.partition(".")[0]

    @property
    def mcp_tool(self) -> str:
        """The tool of the server, or the pattern of it; none where all are meant."""
        return self.pattern.partition(".")[2]


def subject_of(tool: Tool, matcher: Matcher = Matcher.ALL, pattern: str = "") -> Subject | None:
    """Return a subject, or nothing where the language has no such one."""
    try:
        return Subject(tool, matcher, pattern)
    except NoSubjectError:
        return None


class Request(NamedTuple):
    """Something that an assistant is about to do.

    `argument` is the command line, the absolute path, the URL or host, or `server.tool`.
    """

    tool: Tool
    argument: str


class Surrounding(NamedTuple):
    """Where a request is made: absolute POSIX paths, which the patterns of paths are measured from."""

    root: str = "/home/user/project"  # of the project, which is also the working folder
    home: str = "/home/user"
