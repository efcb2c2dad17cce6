"""The dialect of lists of tools' names, one list for each action, of which the first in the descriptor counts first.

The descriptor says what the client calls our tools, and how the name of an MCP tool is made: `{server}__{tool}`. With
a colon and the one thing that a tool does, `bash:execute`, an allowance says the same. Where names can be patterns, one
of the whole command line may follow the shell's: `Bash(npm test)`. Such an allowance is safe without a `*` only, which
goes through operators; such a refusal sees nothing but lines that begin so.

Where the client has several tools for one of ours, to allow one of them is less than ours says, and to deny one stops
nothing: the descriptor tells which tools are `stops`ped, and what the client does `unasked`. Such a command line is
told by its first words, whatever those run, unless one of a few operators is in it.

Not seen: that `a_b_c` can be a tool of the server `a` or of `a_b` where underscores join names; commands that a client
never runs; programs of the user that allow what no list does.
"""

from __future__ import annotations

from collections.abc import Sequence

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted
from aisync_desktop.clients.dialects.entry_lists import EntryLine, EntryLists
from aisync_desktop.clients.lens import Documents
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.wildcards import is_plain, wild
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of

_OPERATORS = (";", "|", "&&", "$(", "`")
_WORD_ENDS = ("", " ", "-")


class Engine:
    """The dialect at one endpoint."""

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        template = endpoint.tools.get(Tool.MCP, "")
        named = {Tool(tool): name.partition(":") for tool, name in endpoint.tools.items() if tool != Tool.MCP}
        self._acts = {tool: f"{colon}{act}" for tool, (_, colon, act) in named.items()}
        self._names = {tool: name for tool, (name, _, _) in named.items()}
        self._begin, _, rest = template.partition("{server}")
        self._glue, _, self._mcp_act = rest.partition("{tool}")
        self._takes_patterns = endpoint.patterns
        self._stops = endpoint.stops
        self._unasked = endpoint.unasked
        self._lists = EntryLists(endpoint, self._meaning, self._said, self._named)
        self.tools = frozenset({*self._names, *([Tool.MCP] if self._glue else [])})

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the entries, those first that count first."""
        return self._lists.lines(documents)

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no entry says this."""
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        if not self._is_stopped(subject.tool, action):
            return text("loss.permission-action", action=action.value)
        return self._lists.refusal(subject, action)

    def hindrance(self, documents: Documents, subject: Subject, action: Action) -> Text | None:
        """Return which entry counts before one that is not there yet, and stops some of it."""
        said = self._names.get(subject.tool)
        there = self._lists.lines(documents) if action is not Action.DENY else ()
        parts = (line for line in there if not self._is_stopped(subject.tool, line.action))
        other = next((line for line in parts if line.entry == said), None)
        return text("loss.permission-order", rule=other.spelled) if other else None

    def room(self, documents: Documents, subject: Subject) -> Documents:
        """Return the documents: an empty one has room for every entry."""
        del subject
        return documents

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        return self._lists.write(documents, wanted)

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        entries = [line for line in lines if isinstance(line, EntryLine)]
        found = next((line for line in entries if self._is_about(line, request)), None)
        if found is None:
            return Verdict(Action.ALLOW if self._is_unasked(request, where) else Action.ASK)
        is_whole = self._is_stopped(request.tool, found.action)
        return Verdict(found.action, found) if is_whole else Verdict(Action.ASK)

    def _is_stopped(self, tool: Tool, action: Action) -> bool:
        """Whether a name on the list of an action is about all that a tool of ours does."""
        return action is not Action.DENY or self._stops is None or tool.value in self._stops

    def _is_unasked(self, request: Request, where: Surrounding) -> bool:
        begun = self._unasked.get(request.tool, ())
        argument = request.argument
        if request.tool is Tool.SHELL:
            argument = argument.lower()
            is_simple = not any(sign in argument for sign in _OPERATORS)
            return is_simple and any(
                argument.startswith(one) and argument[len(one) :][:1] in _WORD_ENDS for one in begun
            )
        return "./" in begun and (argument == where.root or argument.startswith(f"{where.root}/"))

    def _is_about(self, line: EntryLine, request: Request) -> bool:
        command = self._command(line.entry)
        if command is not None:
            return request.tool is Tool.SHELL and wild(command, request.argument, single="?", lines=False)
        name = self._names.get(request.tool, "")
        if request.tool is Tool.MCP:
            is_known = self._glue and self._is_stopped(Tool.MCP, line.action)
            name = self._begin + request.argument.replace(".", self._glue, 1) if is_known else ""
        entry = self._named(line.entry, line.action)
        return bool(name) and (entry == name or (self._takes_patterns and wild(entry, name, single="?")))

    def _named(self, entry: str, action: Action) -> str:
        """Return the name of an entry without what the tool does, which an allowance can tell."""
        if action is not Action.ALLOW:
            return entry
        own = (name for tool, name in self._names.items() if self._acts[tool] and entry == name + self._acts[tool])
        act = self._mcp_act if entry.startswith(self._begin) else ""
        return next(own, entry.removesuffix(act))

    def _command(self, entry: str) -> str | None:
        begun = f"{self._names.get(Tool.SHELL, '')}("
        is_command = self._takes_patterns and entry.startswith(begun) and entry.endswith(")")
        return entry[len(begun) : -1].strip() if is_command else None

    def _meaning(self, entry: str, action: Action) -> Subject | Text:
        found = self._meant(self._named(entry, action))
        if isinstance(found, Text) or self._is_stopped(found.tool, action):
            return found
        return text("permission.unread" if found.tool is Tool.MCP else "permission.part")

    def _meant(self, entry: str) -> Subject | Text:
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
        if not self._glue or not entry.startswith(self._begin):
            return None
        server, _, tool = entry.removeprefix(self._begin).partition(self._glue)
        if self._takes_patterns and tool == "*":
            return subject_of(Tool.MCP, Matcher.IS, server)
        is_pattern = self._takes_patterns and not is_plain(tool)
        return subject_of(Tool.MCP, Matcher.GLOB if is_pattern else Matcher.IS, f"{server}.{tool}")

    def _said(self, subject: Subject, action: Action) -> str | None:
        if subject.tool is Tool.MCP:
            tool = subject.mcp_tool or ("*" if self._takes_patterns else "")
            return f"{self._begin}{subject.server}{self._glue}{tool}" if tool else None
        name = self._names.get(subject.tool)
        if name is None or subject.matcher is Matcher.ALL:
            return name
        is_safe = action is not Action.ALLOW or subject.matcher is Matcher.EXACT
        return f"{name}({subject.pattern})" if self._takes_patterns and is_safe else None
