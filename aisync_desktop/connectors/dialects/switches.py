r"""The dialect of maps from a pattern of commands to yes or no: `{"rm": false, "/^git (log|show)\\b/": true}`.

As documented, and as in the client's source: a pattern is what a command begins with, up to the end of a word, or a
regular expression between slashes; `{"approve": yes or no, "matchCommandLine": true}` is about the whole line and not
about each command of it. Each command must be said yes to; what is said no to is asked about, and so is what nothing is
said of. Nothing is ever denied. A variable before a command is always asked about; a file that is written is no matter.

So an allowance is written as an expression about the whole line (`text_patterns`), and a question by its first words
where that is all there is to it. Not seen: the rules that the client brings along, by which many commands run that only
look, scripts of a package, and that it takes other settings into account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aisync_desktop.connectors.descriptor import PermissionsEndpoint
from aisync_desktop.connectors.dialects import text_patterns
from aisync_desktop.connectors.dialects.base import Line, Verdict, Wanted, in_order
from aisync_desktop.connectors.dialects.command_texts import seen
from aisync_desktop.connectors.lens import MAIN, Documents, Spot
from aisync_desktop.core.messages import Text, text
from aisync_desktop.core.permissions import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
from aisync_desktop.core.shell import Command
from aisync_desktop.core.values import KeyPath, Value
from aisync_desktop.documents.protocol import Document, Remove, SetValue

_EXPRESSION = re.compile(r"/(.+)/[dgimsuvy]*")
_EVERYTHING = "/.*/"
_PATH_SIGNS = frozenset("/\\")
_WORD_ENDS = re.compile(r"\b")


@dataclass(frozen=True)
class _Switch(Line):
    pattern: str = ""
    is_of_line: bool = False

    def is_about(self, command: str) -> bool:
        """Whether it is about a command, or a line; what cannot be told counts as a question only."""
        if self.pattern == _EVERYTHING:
            return True
        found = _EXPRESSION.fullmatch(self.pattern)
        if found is None:
            return _begins(self.pattern, command)
        has_flags = not self.pattern.endswith("/")
        decided = None if has_flags else text_patterns.is_about(found[1], self.action, command)
        return self.action is not Action.ALLOW if decided is None else decided


def _begins(pattern: str, command: str) -> bool:
    """Whether a command begins with a pattern, up to the end or the beginning of a word."""
    if set(pattern) & _PATH_SIGNS:
        pattern, command = (one.replace("\\", "/").removeprefix("./") for one in (pattern, command))
    if not pattern or not command.startswith(pattern):
        return False
    return _WORD_ENDS.match(command, len(pattern)) is not None


class Engine:
    """The dialect at one endpoint."""

    tools = frozenset({Tool.SHELL})

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._root: KeyPath = endpoint.root

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the switches, those that ask first."""
        return tuple(sorted(self._switches(documents[MAIN]), key=lambda one: -one.action.strictness))

    def _switches(self, document: Document) -> Iterator[_Switch]:
        held = document.get(self._root)
        for pattern, value in held.items() if isinstance(held, dict) else ():
            yes, is_of_line = _read(value)
            if yes is not None:
                action = Action.ALLOW if yes else Action.ASK
                why = _meaning(pattern, action, is_of_line=is_of_line) or text("permission.pattern")
                spot = Spot(MAIN, (*self._root, pattern))
                yield _Switch(action, f"{pattern}: {str(yes).lower()}", why, spot, pattern, is_of_line)

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
        return {**documents, MAIN: document}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [one for one in self._switches(document) if one.subject == subject]
        kept = next((one for one in mine if one.action is action), None)
        if action and not kept and self.refusal(subject, action) is None:
            pattern, value = _said(subject, action) or ("", None)
            document = document.edit(SetValue((*self._root, pattern), value))
            mine = [one for one in mine if one.pattern != pattern]
        for one in mine:
            if one is not kept:
                held = document.get(self._root)
                is_last = isinstance(held, dict) and len(held) == 1
                document = document.edit(Remove(self._root if is_last else one.spot.path))
        return document

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        del where
        switches = [line for line in lines if isinstance(line, _Switch)]
        if request.tool is not Tool.SHELL:
            return Verdict(Action.ASK)
        whole = [one for one in switches if one.is_of_line and one.is_about(request.argument.lstrip())]
        commands, understood, _ = seen(request.argument)
        each = [_of_command([one for one in switches if not one.is_of_line], command) for command in commands]
        asking = [one for one in (*each, *whole) if one and one.action is Action.ASK]
        if asking:
            return Verdict(Action.ASK, asking[0])
        allowing = each if understood and each and all(each) else whole if understood else []
        return Verdict(Action.ALLOW, allowing[0]) if allowing else Verdict(Action.ASK)


def _read(value: Value) -> tuple[bool | None, bool]:
    """Return what a switch says, and whether of the whole line."""
    if isinstance(value, dict):
        yes = value.get("approve")
        return (yes if isinstance(yes, bool) else None), value.get("matchCommandLine") is True
    return (value if isinstance(value, bool) else None), False


def _of_command(switches: Sequence[_Switch], command: Command) -> _Switch | None:
    if command.env:
        return None
    return next((one for one in switches if one.is_about(command.source)), None)


def _meaning(pattern: str, action: Action, *, is_of_line: bool) -> Subject | None:
    if pattern == _EVERYTHING:
        return Subject(Tool.SHELL)
    found = _EXPRESSION.fullmatch(pattern)
    if found is None:
        return None if is_of_line or set(pattern) & _PATH_SIGNS else subject_of(Tool.SHELL, Matcher.IS, pattern)
    return text_patterns.meant(found[1], action) if is_of_line and pattern.endswith("/") else None


def _said(subject: Subject, action: Action) -> tuple[str, Value] | None:
    """Return the pattern and the value that say this; none if it would be read as something else."""
    pattern, is_of_line = subject.pattern, False
    if subject.matcher is Matcher.ALL:
        pattern = _EVERYTHING
    elif subject.matcher is not Matcher.IS or action is Action.ALLOW or set(pattern) & _PATH_SIGNS:
        pattern, is_of_line = f"/{text_patterns.said(subject, action)}/", True
    yes = action is Action.ALLOW
    value: Value = {"approve": yes, "matchCommandLine": True} if is_of_line else yes
    return (pattern, value) if _meaning(pattern, action, is_of_line=is_of_line) == subject else None
