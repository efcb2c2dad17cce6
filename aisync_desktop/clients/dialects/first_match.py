"""The dialect of a list of rules, of which the first that matches counts.

    [{"tool": "Bash", "action": "reject", "matches": {"cmd": "rm *"}}, {"tool": "mcp__server__*", "action": "allow"}]

As measured: a command line is one text to the client, compounds, substitutions and all. `*` stands for any text within
a line, `/.../` is a regular expression, and a list means any of them. So we write allowances and refusals as the
expressions of `text_patterns`, and a single command that is allowed as it is. Rules for the client's helpers alone
(`context`) are not evaluated; of those about more than the command, and of expressions that we cannot judge, refusals
count and allowances do not. The client has rules of its own behind these, by which many commands run that only look;
what it says of MCP servers, files and addresses by itself is yes. A rule about all of a tool is a default, which stays,
unless it denies and nothing wider comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects import text_patterns
from aisync_desktop.clients.dialects.base import Line, Verdict
from aisync_desktop.clients.dialects.order import OrderedRules
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Append, Document, InsertBefore, Missing, Remove, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.kernel.wildcards import is_plain, may_overlap, wild
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of

_NAMES = {Tool.SHELL: "Bash", Tool.READ: "Read", Tool.FETCH: "read_web_page"}
_TOOLS = {name: tool for tool, name in _NAMES.items()}
_COMMAND = "cmd"
_EVERY = "*"
_MCP = re.compile(r"mcp__(.+?)__(.+)")
_EVERY_MCP = "mcp__*"
_ACTIONS = {"allow": Action.ALLOW, "ask": Action.ASK, "reject": Action.DENY, "delegate": Action.ASK}
_WORDS = {action: word for word, action in _ACTIONS.items() if word != "delegate"}
_KNOWN = frozenset({"tool", "action", "matches"})
_BY_ITSELF = {Tool.SHELL: Action.ASK}


@dataclass(frozen=True)
class _Rule(Line):
    tool: str = _EVERY
    command: str | None = None  # a pattern of command lines
    is_partial: bool = False  # it is about more than that
    is_apart: bool = False  # it is not about what the client itself does

    def is_about(self, request: Request) -> bool:
        """Whether it decides; what cannot be told is no allowance."""
        if self.is_apart or not wild(self.tool, _name_of(request), single="?"):
            return False
        decided = self._matches(request.argument) if self.command is not None else True
        if decided is None or (decided and self.is_partial):
            return self.action is not Action.ALLOW
        return decided

    def _matches(self, line: str) -> bool | None:
        source = _expression(self.command or "")
        if source is None:
            return wild(self.command or "", line, lines=False)
        return text_patterns.is_about(source, self.action, line)


def _name_of(request: Request) -> str:
    if request.tool is Tool.MCP:
        server, _, tool = request.argument.partition(".")
        return f"mcp__{server}__{tool}"
    return _NAMES.get(request.tool, request.tool.value)


def _expression(pattern: str) -> str | None:
    is_one = len(pattern) > len("//") and pattern.startswith("/") and pattern.endswith("/")
    return pattern[1:-1] if is_one else None


class Engine(OrderedRules):
    """The dialect at one endpoint."""

    tools = frozenset({*_NAMES, Tool.MCP})
    last_counts = False

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._root: KeyPath = endpoint.root

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the rules, one for each pattern."""
        return tuple(self._rules(documents[MAIN]))

    def _rules(self, document: Document) -> list[_Rule]:
        held = document.get(self._root)
        rules: list[_Rule] = []
        for at, entry in enumerate(held if isinstance(held, list) else ()):
            new = [_shadowed(rule, rules) for rule in _of_entry(entry, (*self._root, at))]
            rules += new
        return rules

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no rule says this."""
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        if subject.matcher is Matcher.ALL and action is not Action.DENY:
            return text("loss.permission-action", action=action.value)
        return None if _said(subject, action) else text("loss.permission-matcher")

    def covers(self, one: Line, other: Line) -> bool:
        """Whether the one matches all that the other matches."""
        return _covers(one, other)

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [rule for rule in self._rules(document) if rule.subject == subject]
        kept = next((rule for rule in mine if rule.action is action), None)
        for rule in reversed(mine):
            if rule is not kept:
                document = document.edit(Remove(self._whole(document, rule.spot.path)))
        said = _said(subject, action) if action and not kept and subject.tool in self.tools else None
        return self._added(document, said, action) if action and said else document

    def _whole(self, document: Document, path: KeyPath) -> KeyPath:
        """Return the way to all that goes with a pattern: the rule without others, the list without other rules."""
        entry = path[: len(self._root) + 1]
        if path != entry and isinstance(patterns := document.get(path[:-1]), list) and len(patterns) > 1:
            return path
        rules = document.get(self._root)
        return self._root if isinstance(rules, list) and len(rules) == 1 else entry

    def _added(self, document: Document, said: tuple[str, str | None], action: Action) -> Document:
        tool, command = said
        matches: dict[str, Value] = {} if command is None else {"matches": {_COMMAND: command}}
        value: Value = {"tool": tool, "action": _WORDS[action], **matches}
        if isinstance(held := document.get(self._root), Missing) or held is None:
            return document.edit(SetValue(self._root, [value]))
        before = _place(self._rules(document), len(self._root), tool, action)
        edit = Append(self._root, value) if before is None else InsertBefore((*self._root, before), value)
        return document.edit(edit)

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        del where
        found = next((rule for rule in lines if isinstance(rule, _Rule) and rule.is_about(request)), None)
        return Verdict(found.action, found) if found else Verdict(_BY_ITSELF.get(request.tool, Action.ALLOW))


def _of_entry(entry: Value, path: KeyPath) -> Iterator[_Rule]:
    if not isinstance(entry, dict):
        return
    tool, word, matches = entry.get("tool"), entry.get("action"), entry.get("matches", {})
    if not isinstance(tool, str) or not isinstance(word, str) or word not in _ACTIONS or not isinstance(matches, dict):
        return
    is_apart = entry.get("context", "thread") != "thread"
    is_odd = is_apart or word == "delegate" or not entry.keys() <= _KNOWN
    for command, place in _commands(matches, path):
        is_partial = bool(matches.keys() - {_COMMAND})
        spelled = f"{word} {tool}" + ("" if command is None else f" {command}")
        meaning = None if is_odd or is_partial else _meaning(tool, command, _ACTIONS[word])
        why = meaning or text("permission.pattern")
        yield _Rule(_ACTIONS[word], spelled, why, Spot(MAIN, place), tool, command, is_partial, is_apart)


def _commands(matches: dict[str, Value], path: KeyPath) -> list[tuple[str | None, KeyPath]]:
    held = matches.get(_COMMAND)
    place = (*path, "matches", _COMMAND)
    if isinstance(held, list):
        return [(one, (*place, at)) for at, one in enumerate(held) if isinstance(one, str)]
    return [(held, place)] if isinstance(held, str) else [(None, path)]


def _shadowed(rule: _Rule, before: Sequence[_Rule]) -> _Rule:
    """Return a rule as it counts behind others: one that a wider one takes over means nothing."""
    wider = [one for one in before if one.action.strictness < rule.action.strictness]
    if any(_covers(one, rule) for one in wider):
        return replace(rule, meaning=text("permission.shadowed"))
    is_rest = rule.command is None and any(_covers(rule, one) for one in wider)
    return replace(rule, meaning=text("permission.default")) if is_rest and rule.subject else rule


def _covers(one: Line, other: Line) -> bool:
    """Whether the one matches all that the other matches."""
    if not isinstance(one, _Rule) or not isinstance(other, _Rule) or one.is_apart or one.is_partial:
        return False
    if not wild(one.tool, other.tool, single="?"):
        return False
    return one.command is None or one.command == other.command


def _meaning(tool: str, command: str | None, action: Action) -> Subject | Text | None:
    if tool == _EVERY and command is None:
        return text("permission.default")
    found = _MCP.fullmatch(tool)
    if command is not None:
        return _of_command(command, action) if tool == _NAMES[Tool.SHELL] else None
    if tool == _EVERY_MCP:
        return Subject(Tool.MCP) if action is Action.DENY else text("permission.default")
    if found:
        return _of_mcp(found[1], found[2])
    if tool in _TOOLS:
        return Subject(_TOOLS[tool]) if action is Action.DENY else text("permission.default")
    return text("permission.tool")


def _of_mcp(server: str, tool: str) -> Subject | None:
    if tool == _EVERY:
        return subject_of(Tool.MCP, Matcher.IS, server)
    return subject_of(Tool.MCP, Matcher.IS if is_plain(tool) else Matcher.GLOB, f"{server}.{tool}")


def _of_command(command: str, action: Action) -> Subject | None:
    source = _expression(command)
    if source is not None:
        return text_patterns.meant(source, action)
    return subject_of(Tool.SHELL, Matcher.GLOB if "*" in command else Matcher.EXACT, command)


def _said(subject: Subject, action: Action) -> tuple[str, str | None] | None:
    """Return the tool and the pattern of the rule that says this; none if it would be read as something else."""
    tool, command = _NAMES.get(subject.tool, ""), None
    if subject.tool is Tool.MCP:
        tool = f"mcp__{subject.server}__{subject.mcp_tool or _EVERY}" if subject.server else _EVERY_MCP
    elif subject.matcher is Matcher.EXACT and action is Action.ALLOW and not subject.pattern.startswith("/"):
        command = subject.pattern
    elif subject.matcher is not Matcher.ALL:
        command = f"/{text_patterns.said(subject, action)}/"
    return (tool, command) if _meaning(tool, command, action) == subject else None


def _place(rules: Sequence[_Rule], depth: int, tool: str, action: Action) -> int | None:
    """Return the place of the rule before which a new one goes: behind what is stricter, before what it overrides."""
    place: int | None = None
    for rule in reversed(rules):
        if not may_overlap(rule.tool, tool):
            continue
        at = int(rule.spot.path[depth])
        is_rest = rule.meaning == text("permission.default")
        if rule.action.strictness < action.strictness or is_rest:
            place = at
        elif rule.action.strictness > action.strictness:
            break
    return place
