"""The dialect of maps from a tool to an action, or to actions by pattern: the last one that matches counts.

    "permission": {"edit": "ask", "bash": {"*": "ask", "git *": "allow", "git push *": "deny"}, "server_tool": "deny"}

As measured: every command of a line is judged by its text as it is written, with its assignments and redirections, also
within substitutions; `*` stands for any text and a last ` *` for nothing too, `?` for one character. `cd`, assignments,
`export`, `[` are not judged at all. A file is known by its path from the project's root; one outside is a question of
its own (`external_directory`). What no rule is about runs, but for files named like `.env`.

A catch-all is what happens otherwise: a default, which stays, unless it denies and nothing wider follows. Tools of MCP
servers are named `server_tool`: the name of the server ends at the first underscore, as far as we can tell. An allowed
host is reached by https only, a denied one is denied wherever it stands in the address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from posixpath import relpath

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects import file_texts
from aisync_desktop.clients.dialects.base import Line, Verdict
from aisync_desktop.clients.dialects.command_texts import seen
from aisync_desktop.clients.dialects.order import OrderedRules
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Document, InsertBefore, Remove, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.kernel.wildcards import is_plain, may_overlap, wild
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of

_KEYS = {Tool.SHELL: "bash", Tool.READ: "read", Tool.EDIT: "edit", Tool.FETCH: "webfetch"}
_TOOLS = {key: tool for tool, key in _KEYS.items()}
_OUTSIDE = "external_directory"
_OWN = frozenset(
    {_OUTSIDE, "doom_loop", "plan_enter", "plan_exit", "apply_patch", "list_mcp_resources"}
    | {"list_mcp_resource_templates", "read_mcp_resource"}
)
_ALL = "*"
_NOT_JUDGED = frozenset(
    {"cd", "chdir", "popd", "pushd", "push-location", "set-location"}
    | {"export", "declare", "typeset", "readonly", "local", "unset", "unsetenv", "[", "[["}
)
_MCP_KEY = re.compile(r"([A-Za-z0-9-]+)_([A-Za-z0-9_*-]+)")
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")
_SECRETS = re.compile(r".*\.env(?:\..*)?", re.DOTALL)  # what is asked about by itself
_NO_SECRETS = ".env.example"


@dataclass(frozen=True)
class _Rule(Line):
    key: str = _ALL
    pattern: str = _ALL

    def is_about(self, permission: str, said: str) -> bool:
        """Whether the client would take it into account."""
        return _matches(self.key, permission) and _matches(self.pattern, said)


def _matches(pattern: str, said: str) -> bool:
    return any(wild(form, said, single="?") for form in _forms(pattern))


def _forms(pattern: str) -> tuple[str, ...]:
    """Return what a pattern is about: a last ` *` stands for nothing, too."""
    short = pattern.removesuffix(" *")
    return (pattern, short) if short != pattern else (pattern,)


class Engine(OrderedRules):
    """The dialect at one endpoint."""

    tools = frozenset(Tool)
    last_counts = True

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._root = endpoint.root

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the rules in the order in which the client goes through them."""
        return tuple(self._judged(documents[MAIN]))

    def _judged(self, document: Document) -> list[_Rule]:
        rules = self._rules(document)
        return [_judged(rule, rules[at + 1 :]) for at, rule in enumerate(rules)]

    def _rules(self, document: Document) -> list[_Rule]:
        held = document.get(self._root)
        if isinstance(held, str):
            return _rule(_ALL, _ALL, held, self._root)
        tools = _in_order(held) if isinstance(held, dict) else ()
        return [rule for key, value in tools for rule in self._of_key(key, value)]

    def _of_key(self, key: str, value: Value) -> list[_Rule]:
        path = (*self._root, key)
        if not isinstance(value, dict):
            return _rule(key, _ALL, value, path)
        return [rule for name, action in _in_order(value) for rule in _rule(key, name, action, (*path, name))]

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no rule says this."""
        if subject.matcher is Matcher.ALL and action is not Action.DENY:
            return text("loss.permission-action", action=action.value)
        return None if _said(subject, action) else text("loss.permission-matcher")

    def covers(self, one: Line, other: Line) -> bool:
        """Whether the one matches all that the other matches."""
        return _covers(one, other)

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [line for line in self.lines({MAIN: document}) if line.subject == subject]
        kept = next((line for line in reversed(mine) if line.action is action), None)
        for line in reversed(mine):
            if line is not kept:
                document = document.edit(Remove(_emptied(document, line.spot.path)))
        said = _said(subject, action) if action and not kept else None
        return self._added(document, *said, action) if action and said else document

    def _added(self, document: Document, key: str, pattern: str, action: Action) -> Document:
        if isinstance(held := document.get(self._root), str):
            document = document.edit(SetValue(self._root, {_ALL: held}))
        path = (*self._root, key)
        there = document.get(path)
        if not isinstance(there, str | dict):
            value: Value = action.value if pattern == _ALL else {pattern: action.value}
            rules = [(rule.key, rule) for rule in self._judged(document)]
            return _put(document, self._root, key, value, _place(rules, key, action))
        if isinstance(there, str):
            if pattern == _ALL:
                return document.edit(SetValue(path, action.value))
            document = document.edit(SetValue(path, {_ALL: there}))
        elif pattern in there:
            document = document.edit(Remove((*path, pattern)))
        own = [(rule.pattern, rule) for rule in self._judged(document) if rule.key == key]
        return _put(document, path, pattern, action.value, _place(own, pattern, action))

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        rules = [line for line in lines if isinstance(line, _Rule)]
        match request.tool:
            case Tool.SHELL:
                return _of_command_line(rules, request.argument)
            case Tool.READ | Tool.EDIT:
                return _of_file(rules, request, where)
            case Tool.FETCH:
                address = request.argument if "://" in request.argument else f"https://{request.argument}/"
                return _decided(rules, _KEYS[Tool.FETCH], address)
            case Tool.MCP:
                return _decided(rules, request.argument.replace(".", "_"), _ALL)


def _in_order(members: dict[str, Value]) -> list[tuple[str, Value]]:
    """Return the members as the client's own maps hold them: those first whose keys are whole numbers."""
    numbers = sorted((key for key in members if _WHOLE_NUMBER.fullmatch(key)), key=int)
    return [(key, members[key]) for key in (*numbers, *(key for key in members if key not in numbers))]


def _rule(key: str, pattern: str, action: Value, path: KeyPath) -> list[_Rule]:
    if not isinstance(action, str) or action not in set(Action):
        return []
    spelled = f"{key}: {pattern}" if pattern != _ALL else key
    said = Action(action)
    return [_Rule(said, f"{spelled} = {said}", _meaning(key, pattern, said), Spot(MAIN, path), key, pattern)]


def _covers(one: Line, other: Line) -> bool:
    """Whether the one matches all that the other matches."""
    return isinstance(one, _Rule) and isinstance(other, _Rule) and one.is_about(other.key, other.pattern)


def _judged(rule: _Rule, later: Sequence[_Rule]) -> _Rule:
    """Return a rule with what it means among those after it."""
    if any(one.action.strictness < rule.action.strictness and _covers(one, rule) for one in later):
        return replace(rule, meaning=text("permission.shadowed"))
    wider = any(one.action.strictness < rule.action.strictness and _covers(rule, one) for one in later)
    return replace(rule, meaning=text("permission.default")) if rule.pattern == _ALL and wider else rule


def _meaning(key: str, pattern: str, action: Action) -> Subject | Text:
    if key == _ALL:
        return text("permission.default")
    tool = _TOOLS.get(key)
    if tool is None:
        found = _MCP_KEY.fullmatch(key) if key not in _OWN else None
        if found is None:
            return text("permission.tool")
        return (_mcp(found[1], found[2]) if pattern == _ALL else None) or text("permission.pattern")
    if pattern == _ALL:
        return Subject(tool) if action is Action.DENY else text("permission.default")
    return _of_pattern(tool, pattern, action) or text("permission.pattern")


def _mcp(server: str, tool: str) -> Subject | None:
    if tool == _ALL:
        return subject_of(Tool.MCP, Matcher.IS, server)
    return subject_of(Tool.MCP, Matcher.IS if is_plain(tool) else Matcher.GLOB, f"{server}.{tool}")


def _of_pattern(tool: Tool, pattern: str, action: Action) -> Subject | None:
    if "?" in pattern:
        return None
    if tool is Tool.SHELL:
        return _of_command(pattern)
    return _of_address(pattern, action) if tool is Tool.FETCH else file_texts.meant(tool, pattern, action)


def _of_command(pattern: str) -> Subject | None:
    begun = pattern.removesuffix(" *")
    if is_plain(begun):
        return subject_of(Tool.SHELL, Matcher.EXACT if begun == pattern else Matcher.IS, begun)
    return subject_of(Tool.SHELL, Matcher.GLOB, pattern)


def _of_address(pattern: str, action: Action) -> Subject | None:
    host = pattern.removeprefix("https://").removesuffix("/*") if action is Action.ALLOW else pattern[1:-1]
    if action is not Action.ALLOW and host.startswith("."):
        host = f"*{host}"
    found = subject_of(Tool.FETCH, Matcher.IS, host)
    return found if found and _address(found, action) == pattern else None


def _address(subject: Subject, action: Action) -> str | None:
    host = subject.pattern
    if action is Action.ALLOW:
        return None if host.startswith("*") else f"https://{host}/*"
    return f"*{host.removeprefix('*')}*"


def _said(subject: Subject, action: Action) -> tuple[str, str] | None:
    """Return the key and the pattern of the rule that says this; none if it would be read as something else."""
    key, pattern = _KEYS.get(subject.tool, ""), _ALL
    if subject.tool is Tool.MCP:
        key = f"{subject.server}_{subject.mcp_tool or _ALL}"
    elif subject.matcher is not Matcher.ALL:
        pattern = _spelled(subject, action) or ""
    return (key, pattern) if pattern and _meaning(key, pattern, action) == subject else None


def _spelled(subject: Subject, action: Action) -> str | None:
    if subject.tool is Tool.SHELL:
        return f"{subject.pattern} *" if subject.matcher is Matcher.IS else subject.pattern
    return _address(subject, action) if subject.tool is Tool.FETCH else file_texts.said(subject, action)


def _place(rules: Sequence[tuple[str, _Rule]], pattern: str, action: Action) -> str | None:
    """Return the name before which a new one goes: behind what it overrides, before what overrides it."""
    least, most = 0, len(rules)
    for at, (name, rule) in enumerate(rules):
        is_default = name == _ALL and rule.subject is None
        if not any(may_overlap(one, other) for one in _forms(name) for other in _forms(pattern)):
            continue
        if is_default or rule.action.strictness <= action.strictness:
            least = at + 1
        else:
            most = min(most, at)
    place = max(least, most) if action is not Action.ALLOW or most == len(rules) else most
    return rules[place][0] if place < len(rules) else None


def _put(document: Document, parent: KeyPath, key: str, value: Value, before: str | None) -> Document:
    if before is None:
        return document.edit(SetValue((*parent, key), value))
    return document.edit(InsertBefore((*parent, before), value, key))


def _emptied(document: Document, path: KeyPath) -> KeyPath:
    """Return the way to what holds nothing but this (`tidy` says why it goes); the next rule finds its own place."""
    while len(path) > 1:
        holder = document.get(path[:-1])
        if not isinstance(holder, dict) or len(holder) > 1:
            break
        path = path[:-1]
    return path


def _decided(rules: Sequence[_Rule], permission: str, said: str, otherwise: Action = Action.ALLOW) -> Verdict:
    found = next((rule for rule in reversed(rules) if rule.is_about(permission, said)), None)
    return Verdict(found.action, found) if found else Verdict(otherwise)


def _strictest(verdicts: Sequence[Verdict]) -> Verdict:
    return max(verdicts, key=lambda one: one.action.strictness)


def _of_command_line(rules: Sequence[_Rule], line: str) -> Verdict:
    """Judge each command; where we cannot tell all of them, nothing is known to be allowed, or denied.

    That a line runs is the client's own doing as soon as one of its commands runs without a rule.
    """
    commands, understood, _ = seen(line)
    if not understood:
        return Verdict(Action.ASK)
    judged = [command for command in commands if command.argv[0] not in _NOT_JUDGED]
    verdicts = [_decided(rules, _KEYS[Tool.SHELL], command.source) for command in judged]
    unruled = [one for one in verdicts if one.line is None]
    return _strictest([*unruled, *verdicts] or [Verdict(Action.ALLOW)])


def _of_file(rules: Sequence[_Rule], request: Request, where: Surrounding) -> Verdict:
    path = relpath(request.argument or "/", where.root or "/")
    asked = request.tool is Tool.READ and _SECRETS.fullmatch(path) and not path.endswith(_NO_SECRETS)
    verdict = _decided(rules, _KEYS[request.tool], path, Action.ASK if asked else Action.ALLOW)
    if not path.startswith(".."):
        return verdict
    folder = f"{PurePosixPath(request.argument).parent}/*"
    return _strictest([verdict, _decided(rules, _OUTSIDE, folder, Action.ASK)])
