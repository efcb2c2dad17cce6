"""The dialect of one list for each tool of what runs unasked, in the place of a list that the client keeps for itself.

    {"terminalAllowlist": ["git status", "npm:install*"], "mcpAllowlist": ["github:*", "linear:list_issues"]}

Where a list is not in the file, the client goes by its own one, which counts no more beside one in the file. So a list
is never made, since that would hide what the user allowed there, nor taken away, since that would bring it back.

As documented: a command begins with the words of its entry; behind a colon stands a pattern of all that follows its
first word; case matters. Of a tool `server:tool` both can be patterns, and case does not matter. What is not said: of a
line with several commands we take each to be judged, and nothing to run unasked that has variables, redirections into
files or substitutions. Not seen: the mode in which all of this counts, and what runs in a sandbox or is judged by a
model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted, in_order
from aisync_desktop.clients.dialects.command_texts import seen
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Append, Document, Remove, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath
from aisync_desktop.kernel.wildcards import is_plain, wild
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
from aisync_desktop.permissions.shell.grammar import Command

_ALL = "*"


@dataclass(frozen=True)
class _Entry(Line):
    tool: Tool = Tool.SHELL
    entry: str = ""


class Engine:
    """The dialect at one endpoint."""

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._ways: dict[Tool, KeyPath] = {Tool(name): (*endpoint.root, *way) for name, way in endpoint.lists.items()}
        self.tools = frozenset(self._ways)

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the entries of the lists."""
        return tuple(self._entries(documents[MAIN]))

    def _entries(self, document: Document) -> Iterator[_Entry]:
        for tool, way in self._ways.items():
            held = document.get(way)
            for at, entry in enumerate(held if isinstance(held, list) else ()):
                if isinstance(entry, str):
                    meaning = _meaning(tool, entry) or text("permission.pattern")
                    yield _Entry(Action.ALLOW, f"{way[-1]}: {entry}", meaning, Spot(MAIN, (*way, at)), tool, entry)

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no entry says this."""
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        if action is not Action.ALLOW:
            return text("loss.permission-action", action=action.value)
        return None if _said(subject) else text("loss.permission-matcher")

    def hindrance(self, documents: Documents, subject: Subject, action: Action) -> Text | None:
        """Return why nothing is added: the list is not in the file."""
        del action
        return None if self._is_here(documents[MAIN], subject.tool) else text("loss.permission-elsewhere")

    def room(self, documents: Documents, subject: Subject) -> Documents:
        """Return documents that have the list."""
        if self._is_here(documents[MAIN], subject.tool):
            return documents
        return {**documents, MAIN: documents[MAIN].edit(SetValue(self._ways[subject.tool], []))}

    def _is_here(self, document: Document, tool: Tool) -> bool:
        return isinstance(document.get(self._ways[tool]), list)

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        document = documents[MAIN]
        for subject, action in in_order(wanted):
            if subject.tool in self.tools and self._is_here(document, subject.tool):
                document = self._written(document, subject, action)
        return {**documents, MAIN: document}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [line for line in self._entries(document) if line.subject == subject]
        said = _said(subject)
        if action is not Action.ALLOW:
            return document.edit(*(Remove(line.spot.path) for line in reversed(mine)))
        return document.edit(Append(self._ways[subject.tool], said)) if said and not mine else document

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        del where
        entries = [line for line in lines if isinstance(line, _Entry) and line.tool is request.tool]
        if request.tool is Tool.SHELL:
            return _of_command_line(entries, request.argument)
        called = request.argument.replace(".", ":", 1).lower()
        found = next((line for line in entries if ":" in line.entry and wild(line.entry.lower(), called)), None)
        return Verdict(Action.ALLOW, found) if found else Verdict(Action.ASK)


def _of_command_line(entries: Sequence[_Entry], line: str) -> Verdict:
    commands, _, flat = seen(line)
    found = [next((one for one in entries if _begins(one.entry, command)), None) for command in commands if flat]
    return Verdict(Action.ALLOW, found[0]) if found and all(found) else Verdict(Action.ASK)


def _begins(entry: str, command: Command) -> bool:
    """Whether a command is about to run as an entry says, as far as we know."""
    writes = any(one.writes and one.target.text != "/dev/null" for one in command.redirections)
    if writes or command.env:
        return False
    base, colon, rest = entry.partition(":")
    if colon:
        return base == command.argv[0] and wild(rest, " ".join(command.argv[1:]))
    words = entry.split(" ")
    return is_plain(entry) and list(command.argv[: len(words)]) == words


def _meaning(tool: Tool, entry: str) -> Subject | None:
    if "?" in entry:
        return None
    return _command(entry) if tool is Tool.SHELL else _called(entry)


def _command(entry: str) -> Subject | None:
    base, colon, rest = entry.partition(":")
    if not colon:
        return subject_of(Tool.SHELL, Matcher.IS, entry)
    if " " in base or not is_plain(base) or ":" in rest:
        return None
    if rest == _ALL:
        return subject_of(Tool.SHELL, Matcher.IS, base)
    return subject_of(Tool.SHELL, Matcher.EXACT if is_plain(rest) else Matcher.GLOB, f"{base} {rest}")


def _called(entry: str) -> Subject | None:
    server, _, tool = entry.partition(":")
    if (server, tool) == (_ALL, _ALL):
        return Subject(Tool.MCP)
    if tool == _ALL:
        return subject_of(Tool.MCP, Matcher.IS, server)
    return subject_of(Tool.MCP, Matcher.IS if is_plain(tool) else Matcher.GLOB, f"{server}.{tool}")


def _said(subject: Subject) -> str | None:
    """Return the entry for a subject; none if it would be read as something else."""
    pattern = subject.pattern
    if subject.tool is Tool.MCP:
        entry = f"{subject.server or _ALL}:{subject.mcp_tool or _ALL}"
    elif subject.matcher is Matcher.IS:
        entry = pattern
    else:
        base, _, rest = pattern.partition(" ")
        entry = f"{base}:{rest}"
    return entry if _meaning(subject.tool, entry) == subject else None
