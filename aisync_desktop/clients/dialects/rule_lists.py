"""Three lists of `Tool(pattern)`, deny before ask before allow: what is common to the dialects that write so.

A dialect says what a rule means in our language and how a subject is spelled; a subject that would not be read back as
it was written is refused. Reading, writing and the order of the lists are here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple
from urllib.parse import urlsplit

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted, in_order
from aisync_desktop.clients.dialects.shell_files import files_named
from aisync_desktop.clients.dialects.tidy import tidied
from aisync_desktop.clients.lens import MAIN, Documents, NoRootError, Spot
from aisync_desktop.documents.protocol import MISSING, Append, Document, Missing, Remove, SetValue
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import Value
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of

MCP = "mcp__"
DOMAIN = "domain:"
_STRICTEST_FIRST = (Action.DENY, Action.ASK, Action.ALLOW)


class Rule(NamedTuple):
    """A rule taken apart: the client's word for the tool, and the pattern in parentheses, if there is one."""

    tool: str
    pattern: str | None = None


class ModeLine(Line):
    """Not a rule: the setting under which the client asks for nothing any more."""


@lru_cache(maxsize=8192)
def rule_of(spelled: str) -> Rule | None:
    """Take a rule apart; None if its parentheses are not sound."""
    stripped = spelled.strip()
    tool, parenthesis, rest = stripped.partition("(")
    if not parenthesis:
        return Rule(tool) if tool and ")" not in tool else None
    return Rule(tool.strip(), rest[:-1]) if rest.endswith(")") else None


class RuleLists(ABC):
    """The dialect at one endpoint."""

    tools = frozenset(Tool)
    words: ClassVar[Mapping[str, Tool]]  # what the client calls our tools; the first of each is written
    mode_beats_asking: ClassVar[bool]

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._ways = {action: endpoint.lists.get(action.value, (*endpoint.root, action.value)) for action in Action}
        self._root = endpoint.root
        self._mode = endpoint.mode
        self._open_modes = endpoint.open_modes
        self.folder = endpoint.paths[-1].rpartition("/")[0]  # of the file: `./...`, or in the user's home
        own = {word: Tool(name) for name, word in endpoint.tools.items()}
        self.words_here = {**own, **self.words}

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the rules of the three lists, and the mode if it opens everything."""
        document = documents[MAIN]
        mode = document.get(self._mode) if self._mode else MISSING
        found: list[Line] = []
        if isinstance(mode, str) and mode in self._open_modes:
            way = ".".join(map(str, self._mode))
            found.append(ModeLine(Action.ALLOW, f"{way}: {mode}", text("permission.default"), Spot(MAIN, self._mode)))
        for action in Action:
            for place, spelled in enumerate(self._list(document, action)):
                if isinstance(spelled, str) and spelled.strip():
                    spot = Spot(MAIN, (*self._ways[action], place))
                    found.append(Line(action, spelled, self.meaning(spelled, action), spot))
        return tuple(found)

    def _list(self, document: Document, action: Action) -> Sequence[Value]:
        """Return one of the lists; where another thing stands the client takes the whole file for invalid."""
        for length in range(1, len(self._ways[action])):
            if not isinstance(document.get(self._ways[action][:length]), dict | Missing):
                raise NoRootError("lens.root-not-a-map")
        found = document.get(self._ways[action])
        if isinstance(found, Missing):
            return ()
        if not isinstance(found, list):
            raise NoRootError("permission.not-a-list")
        return found

    def meaning(self, spelled: str, action: Action) -> Subject | Text:
        """Return what a rule is about in our language, or why that cannot be said there."""
        rule = rule_of(spelled)
        if rule is None:
            return text("permission.unread")
        if rule.tool.startswith("mcp") or (rule.tool == "*" and rule.pattern is None):
            return self.mcp_meaning(rule, action)
        tool = self.words_here.get(rule.tool)
        if tool is None:
            return text("permission.tool")
        if rule.pattern is None:
            return self.whole_meaning(rule.tool, tool, action)
        found = self.pattern_meaning(rule.tool, tool, rule.pattern, action)
        return text("permission.pattern") if found is None else found

    def whole_meaning(self, word: str, tool: Tool, action: Action) -> Subject | Text:
        """Return what a rule without a pattern is about."""
        del word, action
        return Subject(tool)

    @abstractmethod
    def mcp_meaning(self, rule: Rule, action: Action) -> Subject | Text:
        """Return what a rule for tools of MCP servers is about."""

    @abstractmethod
    def pattern_meaning(self, word: str, tool: Tool, pattern: str, action: Action) -> Subject | Text | None:
        """Return what a rule with a pattern is about."""

    @abstractmethod
    def spelled(self, subject: Subject, action: Action) -> str | None:
        """Return the rule for a subject, if there can be one."""

    def word_of(self, tool: Tool) -> str:
        """Return the client's word for a tool."""
        return next(word for word, one in self.words_here.items() if one is tool)

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no rule can say this: it would mean something else."""
        spelled = self.spelled(subject, action)
        is_sayable = spelled is not None and self.meaning(spelled, action) == subject
        return None if is_sayable else text("loss.permission-matcher")

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        document = documents[MAIN]
        for subject, action in in_order(wanted):
            document = self._written(document, subject, action)
        return {**documents, MAIN: tidied(documents[MAIN], document, self._ways.values())}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        if action is not None and self.refusal(subject, action):
            return document
        there = [line for line in self.lines({MAIN: document}) if line.subject == subject]
        kept = next((line for line in there if line.action is action), None)
        spelled = None if kept or action is None else self.spelled(subject, action)
        if spelled is not None and action is not None:
            document = self._added(document, action, spelled)
        for line in reversed(there):
            if line is not kept:
                document = document.edit(Remove(line.spot.path))
        return document

    def _added(self, document: Document, action: Action, spelled: str) -> Document:
        way = self._ways[action]
        is_there = isinstance(document.get(way), list)
        return document.edit(Append(way, spelled) if is_there else SetValue(way, [spelled]))

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        if request.tool is Tool.SHELL:
            return self.shell_verdict(lines, request.argument, where)
        for action in _STRICTEST_FIRST:
            if action is Action.ALLOW or (self.mode_beats_asking and action is Action.ASK):
                mode = open_mode(lines)
                if mode:
                    return mode
            for line in lines:
                if line.action is action and self.matches(line, request, where):
                    return Verdict(action, line)
        return Verdict(self.by_itself(request, where))

    @abstractmethod
    def shell_verdict(self, lines: Sequence[Line], command: str, where: Surrounding) -> Verdict:
        """Return what the client does with a command line."""

    def stopped_file(self, lines: Sequence[Line], command: str, where: Surrounding, action: Action) -> Line | None:
        """Return the rule for files that stops a command line because of a file that it names."""
        rules = [*self.about(lines, action, Tool.READ), *self.about(lines, action, Tool.EDIT)]
        named = files_named(command, where) if rules else ()
        return next((line for one in named for line, _ in rules if self.matches(line, one, where)), None)

    @abstractmethod
    def matches(self, line: Line, request: Request, where: Surrounding) -> bool:
        """Return whether a rule is about a request that is no command."""

    def by_itself(self, request: Request, where: Surrounding) -> Action:
        """Return what the client does where no rule matches: it reads in its folder without asking."""
        inside = request.argument == where.root or request.argument.startswith(where.root + "/")
        return Action.ALLOW if request.tool is Tool.READ and inside else Action.ASK

    def about(self, lines: Sequence[Line], action: Action, tool: Tool) -> Iterator[tuple[Line, Rule]]:
        """Yield the rules of a list that are about a tool."""
        for line in lines:
            rule = None if isinstance(line, ModeLine) else rule_of(line.spelled)
            if rule and line.action is action and self.words_here.get(rule.tool) is tool:
                yield line, rule


def open_mode(lines: Sequence[Line]) -> Verdict | None:
    """Return the verdict of a mode that opens everything, where it is set."""
    return next((Verdict(Action.ALLOW, line) for line in lines if isinstance(line, ModeLine)), None)


def shell_subject(pattern: str, *, bare_is_prefix: bool) -> Subject | None:
    """Return what a pattern for commands is about: a prefix ends in `:*` or ` *`, other stars stand for any text."""
    pattern = pattern.strip()
    if pattern.endswith((":*", " *")) and "*" not in pattern[:-2]:
        return subject_of(Tool.SHELL, Matcher.IS, pattern[:-2])
    if "*" in pattern:
        return None if ":*" in pattern else subject_of(Tool.SHELL, Matcher.GLOB, pattern)
    return subject_of(Tool.SHELL, Matcher.IS if bare_is_prefix else Matcher.EXACT, pattern)


def shell_spelling(word: str, subject: Subject) -> str:
    """Return the rule for a subject of the shell."""
    match subject.matcher:
        case Matcher.ALL:
            return word
        case Matcher.IS:
            return f"{word}({subject.pattern}:*)"
        case _:
            return f"{word}({subject.pattern})"


def mcp_subject(rule: Rule) -> Subject | None:
    """Return what `mcp__server`, `mcp__server__tool` or `mcp__server__begin*` is about."""
    prefix, _, rest = rule.tool.partition("__")
    server, _, tool = rest.partition("__")
    if prefix != "mcp" or rule.pattern is not None or not server:
        return None
    if tool in ("", "*") and (tool or not rest.endswith("__")):
        return subject_of(Tool.MCP, Matcher.IS, server)
    is_glob = tool.endswith("*") and "*" not in tool[:-1]
    return subject_of(Tool.MCP, Matcher.GLOB if is_glob else Matcher.IS, f"{server}.{tool}")


def mcp_spelling(subject: Subject) -> str:
    """Return the rule for a server or a tool of it; for everything `mcp__*`."""
    if subject.matcher is Matcher.ALL:
        return MCP + "*"
    return MCP + "__".join(filter(None, (subject.server, subject.mcp_tool)))


def host_of(address: str) -> str:
    """Return the host of an address, or of what is only a host; nothing where there is none."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def wildcard_match(pattern: str, value: str) -> bool:
    """Return whether `*` as any text makes the pattern the value; in linear time: the first place that fits will do."""
    first, *middle = pattern.split("*")
    if not middle:
        return pattern == value
    last = middle.pop()
    place, end = len(first), len(value) - len(last)
    if not value.startswith(first) or not value.endswith(last) or end < place:
        return False
    for part in middle:
        place = value.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return True
