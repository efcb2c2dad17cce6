"""The dialect of lists of tools' names, one list for each action, of which the first in the descriptor counts first.

The descriptor says what the client calls our tools, and how the name of an MCP tool is made: `{server}__{tool}`. Where
names can be patterns, one of the whole command line may follow the shell's: `Bash(npm test)`. Such an allowance is safe
without a `*` only, which goes through operators; such a refusal sees nothing but lines that begin so.
"""

from __future__ import annotations

from collections.abc import Sequence

from aisync_desktop.connectors.descriptor import PermissionsEndpoint
from aisync_desktop.connectors.dialects.base import Line, Verdict, Wanted
from aisync_desktop.connectors.dialects.entry_lists import EntryLine, EntryLists
from aisync_desktop.connectors.lens import Documents
from aisync_desktop.core.messages import Text, text
from aisync_desktop.core.permissions import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
from aisync_desktop.core.wildcards import is_plain, wild


class Engine:
    """The dialect at one endpoint."""

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        named = {Tool(tool): name for tool, name in endpoint.tools.items()}
        self._glue = named.pop(Tool.MCP, "").removeprefix("{server}").removesuffix("{tool}")
        self._takes_patterns = endpoint.patterns
        self._names = named
        self._lists = EntryLists(endpoint, self._meaning, self._said)
        self.tools = frozenset({*self._names, *([Tool.MCP] if self._glue else [])})

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the entries, those first that count first."""
        return self._lists.lines(documents)

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no entry says this."""
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        return self._lists.refusal(subject, action)

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        return self._lists.write(documents, wanted)

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        del where
        entries = [line for line in lines if isinstance(line, EntryLine)]
        found = next((line for line in entries if self._is_about(line.entry, request)), None)
        return Verdict(found.action, found) if found else Verdict(Action.ASK)

    def _is_about(self, entry: str, request: Request) -> bool:
        command = self._command(entry)
        if command is not None:
            return request.tool is Tool.SHELL and wild(command, request.argument, single="?", lines=False)
        name = self._names.get(request.tool, "")
        if request.tool is Tool.MCP:
            name = request.argument.replace(".", self._glue, 1)
        return bool(name) and (entry == name or (self._takes_patterns and wild(entry, name, single="?")))

    def _command(self, entry: str) -> str | None:
        begun = f"{self._names.get(Tool.SHELL, '')}("
        is_command = self._takes_patterns and entry.startswith(begun) and entry.endswith(")")
        return entry[len(begun) : -1].strip() if is_command else None

    def _meaning(self, entry: str, action: Action) -> Subject | Text:
        del action
        tool = next((tool for tool, name in self._names.items() if name == entry), None)
        if tool:
            return Subject(tool)
        command = self._command(entry)
        if command is not None:
            matcher = Matcher.GLOB if "*" in command else Matcher.EXACT
            found = subject_of(Tool.SHELL, matcher, command) if "?" not in command else None
            return found or text("permission.pattern")
        return self._of_mcp(entry) or text("permission.tool")

    def _of_mcp(self, entry: str) -> Subject | None:
        server, glue, tool = entry.partition(self._glue) if self._glue else (entry, "", "")
        if not glue:
            return None
        if self._takes_patterns and tool == "*":
            return subject_of(Tool.MCP, Matcher.IS, server)
        is_pattern = self._takes_patterns and not is_plain(tool)
        return subject_of(Tool.MCP, Matcher.GLOB if is_pattern else Matcher.IS, f"{server}.{tool}")

    def _said(self, subject: Subject, action: Action) -> str | None:
        if subject.tool is Tool.MCP:
            tool = subject.mcp_tool or ("*" if self._takes_patterns else "")
            return f"{subject.server}{self._glue}{tool}" if tool else None
        name = self._names.get(subject.tool)
        if name is None or subject.matcher is Matcher.ALL:
            return name
        is_safe = action is not Action.ALLOW or subject.matcher is Matcher.EXACT
        return f"{name}({subject.pattern})" if self._takes_patterns and is_safe else None
