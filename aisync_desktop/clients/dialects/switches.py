r"""The dialect of maps from a pattern to yes or no, one for each tool: `{"rm": false, "/^git (log|show)\\b/": true}`.

Of commands, as documented and as in the client's source: a pattern is what a command begins with, up to the end of a
word, or a regular expression between slashes; `{"approve": yes or no, "matchCommandLine": true}` is about the whole
line and not about each command of it. Each command must be said yes to; what is said no to is asked about, and so is
what nothing is said of. Nothing is ever denied. A variable before a command is always asked about; a file that is
written is no matter. What files and addresses mean is in `edit_switches` and `url_switches`.

So an allowance is written as an expression about the whole line (`text_patterns`), and a question by its first words
where that is all there is to it. Where order counts, what is asked is written where it counts before what is allowed.
Not seen: the rules that the client brings along, by which many commands run that only look, scripts of a package, and
that it takes other settings into account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects import edit_switches, text_patterns, url_switches
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted, in_order
from aisync_desktop.clients.dialects.command_texts import seen
from aisync_desktop.clients.dialects.switch_lines import Patterns, Switch
from aisync_desktop.clients.dialects.tidy import tidied
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Document, InsertBefore, Remove, SetValue
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
from aisync_desktop.permissions.shell.grammar import Command

_EXPRESSION = re.compile(r"/(.+)/[dgimsuvy]*")
_EVERYTHING = "/.*/"
_PATH_SIGNS = frozenset("/\\")
_WORD_ENDS = re.compile(r"\b")
_PATTERNS: dict[Tool, Patterns] = {Tool.EDIT: edit_switches, Tool.FETCH: url_switches}


def _is_about(switch: Switch, command: str) -> bool:
    """Whether it is about a command, or a line; what cannot be told counts as a question only."""
    if switch.pattern == _EVERYTHING:
        return True
    found = _EXPRESSION.fullmatch(switch.pattern)
    if found is None:
        return _begins(switch.pattern, command)
    has_flags = not switch.pattern.endswith("/")
    decided = None if has_flags else text_patterns.is_about(found[1], switch.action, command)
    return switch.action is not Action.ALLOW if decided is None else decided


def _begins(pattern: str, command: str) -> bool:
    """Whether a command begins with a pattern, up to the end or the beginning of a word."""
    if set(pattern) & _PATH_SIGNS:
        pattern, command = (one.replace("\\", "/").removeprefix("./") for one in (pattern, command))
    if not pattern or not command.startswith(pattern):
        return False
    return _WORD_ENDS.match(command, len(pattern)) is not None


class Engine:
    """The dialect at one endpoint."""

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._roots: dict[Tool, KeyPath] = {Tool(name): way for name, way in endpoint.lists.items()}
        self.tools = frozenset(self._roots)

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the switches: of commands those that ask first, the others as they stand."""
        found = self._switches(documents[MAIN])
        return tuple(sorted(found, key=lambda one: -one.action.strictness if one.tool is Tool.SHELL else 0))

    def _switches(self, document: Document) -> Iterator[Switch]:
        for tool, root in self._roots.items():
            each = (_switch(tool, name, value, root) for name, value in _held(document, root).items())
            yield from _judged([one for one in each if one], _PATTERNS.get(tool))

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no switch says this."""
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        if action is Action.DENY:
            return text("loss.permission-action", action=action.value)
        return None if _said(subject, action) else text("loss.permission-matcher")

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        document = documents[MAIN]
        for subject, action in in_order(wanted):
            document = self._written(document, subject, action)
        return {**documents, MAIN: tidied(documents[MAIN], document, self._roots.values())}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [one for one in self._switches(document) if one.subject == subject]
        kept = next((one for one in mine if one.action is action), None)
        said = _said(subject, action) if action and not kept and self.refusal(subject, action) is None else None
        root = self._roots.get(subject.tool, ())
        held = _held(document, root)
        gone = [one.pattern for one in mine if one is not kept and not (said and said[0] == one.pattern)]
        if said and action:
            if said[0] in held and subject.tool is not Tool.SHELL:  # where it stands, it could count before others
                document = document.edit(Remove((*root, said[0])))
            document = _added(document, root, subject.tool, action, *said)
        return document.edit(*(Remove((*root, pattern)) for pattern in gone))

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        switches = [line for line in lines if isinstance(line, Switch) and line.tool is request.tool]
        match request.tool:
            case Tool.SHELL:
                return _of_command_line(switches, request.argument)
            case (Tool.EDIT | Tool.FETCH) as tool if tool in self.tools:
                return _PATTERNS[tool].decided(switches, request, where)
            case _:
                return Verdict(Action.ASK)


def _held(document: Document, root: KeyPath) -> dict[str, Value]:
    held = document.get(root) if root else None
    return held if isinstance(held, dict) else {}


def _switch(tool: Tool, pattern: str, value: Value, root: KeyPath) -> Switch | None:
    yes, is_of_line, is_apart = _read(tool, value)
    if yes is None:
        return None
    action = Action.ALLOW if yes else Action.ASK
    why = _meaning(tool, pattern, action, is_of_line=is_of_line) or text("permission.pattern")
    said = text("permission.condition") if is_apart else why
    spot = Spot(MAIN, (*root, pattern))
    return Switch(action, f"{pattern}: {str(yes).lower()}", said, spot, pattern, is_of_line, tool)


def _judged(switches: Sequence[Switch], patterns: Patterns | None) -> Iterator[Switch]:
    """Yield them with what they mean among the others: none asks where an allowance of everything counts before it."""
    for at, one in enumerate(switches):
        others = [] if patterns is None else switches[:at] if patterns.FIRST_COUNTS else switches[at + 1 :]
        opened = patterns and any(yes.action is Action.ALLOW and yes.pattern in patterns.EVERY for yes in others)
        is_shadowed = opened and one.action is not Action.ALLOW
        yield replace(one, meaning=text("permission.shadowed")) if is_shadowed else one


def _added(document: Document, root: KeyPath, tool: Tool, action: Action, pattern: str, value: Value) -> Document:
    """Put a switch where it counts: of files the last one does, of addresses the first."""
    held = _held(document, root)
    before = next(iter(held), None) if tool is Tool.FETCH and action is Action.ASK else None
    if tool is Tool.EDIT and action is Action.ALLOW:
        before = next((name for name, there in held.items() if there is False), None)
    if before is None:
        return document.edit(SetValue((*root, pattern), value))
    return document.edit(InsertBefore((*root, before), value, pattern))


def _of_command_line(switches: Sequence[Switch], line: str) -> Verdict:
    whole = [one for one in switches if one.is_of_line and _is_about(one, line.lstrip())]
    commands, understood, _ = seen(line)
    each = [_of_command([one for one in switches if not one.is_of_line], command) for command in commands]
    asking = [one for one in (*each, *whole) if one and one.action is Action.ASK]
    if asking:
        return Verdict(Action.ASK, asking[0])
    allowing = each if understood and each and all(each) else whole if understood else []
    return Verdict(Action.ALLOW, allowing[0]) if allowing else Verdict(Action.ASK)


def _read(tool: Tool, value: Value) -> tuple[bool | None, bool, bool]:
    """Return what a switch says; whether of the whole line; whether of sending and of using what comes back apart."""
    if isinstance(value, bool):
        return value, False, False
    if not isinstance(value, dict) or tool is Tool.EDIT:
        return None, False, False
    if tool is Tool.SHELL:
        yes = value.get("approve")
        return (yes if isinstance(yes, bool) else None), value.get("matchCommandLine") is True, False
    request, response = value.get("approveRequest"), value.get("approveResponse")
    if isinstance(request, bool) and request is response:
        return request, False, False
    is_said = isinstance(request, bool) or isinstance(response, bool)
    return (False if is_said else None), False, is_said


def _of_command(switches: Sequence[Switch], command: Command) -> Switch | None:
    if command.env:
        return None
    return next((one for one in switches if _is_about(one, command.source)), None)


def _meaning(tool: Tool, pattern: str, action: Action, *, is_of_line: bool = False) -> Subject | None:
    if tool is not Tool.SHELL:
        return _PATTERNS[tool].meaning(pattern, action)
    if pattern == _EVERYTHING:
        return Subject(Tool.SHELL)
    found = _EXPRESSION.fullmatch(pattern)
    if found is None:
        return None if is_of_line or set(pattern) & _PATH_SIGNS else subject_of(Tool.SHELL, Matcher.IS, pattern)
    return text_patterns.meant(found[1], action) if is_of_line and pattern.endswith("/") else None


def _said(subject: Subject, action: Action) -> tuple[str, Value] | None:
    """Return the pattern and the value that say this; none if it would be read as something else."""
    yes = action is Action.ALLOW
    if subject.tool is not Tool.SHELL:
        said = _PATTERNS[subject.tool].said(subject, action)
        return (said, yes) if said else None
    pattern, is_of_line = subject.pattern, False
    if subject.matcher is Matcher.ALL:
        pattern = _EVERYTHING
    elif subject.matcher is not Matcher.IS or action is Action.ALLOW or set(pattern) & _PATH_SIGNS:
        pattern, is_of_line = f"/{text_patterns.said(subject, action)}/", True
    value: Value = {"approve": yes, "matchCommandLine": True} if is_of_line else yes
    is_read_so = _meaning(Tool.SHELL, pattern, action, is_of_line=is_of_line) == subject
    return (pattern, value) if is_read_so else None
