"""The dialect of policies with priorities: of all rules that match a call of a tool, the one with the highest counts.

Of equal ones it is the first. A rule that the client does not accept takes all others of its file with it. What the
client does is known from its own engine, with which this one was compared:

- A command is matched as it is written: by its beginning, up to a blank or its end, or by an expression. Then every
  command in it, inside of substitutions too, is judged by itself; so is what `bash -c` runs. One "deny" denies all.
- An "allow" asks if there is any redirection; a line that cannot be read is not allowed.
- A rule for all commands knows exceptions of the client's own: some commands run, some ask all the same. So such an
  "allow" or "ask" means nothing elsewhere, nor is it written. Files that build a project are not edited unasked.

A new rule gets the usual number of its action; where others are about the same, one between those that it has to
override (the less strict, and what counts for everything) and those that override it. Where there is none it is not
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted, in_order
from aisync_desktop.clients.dialects.meeting import covering, meet
from aisync_desktop.clients.dialects.priority_rules import NAMES, SHELL, RuleLine, is_sound, lines_of, rule_of, texts
from aisync_desktop.clients.dialects.priority_verdict import Policy
from aisync_desktop.clients.dialects.tidy import without
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Append, Document, Missing, Remove, SetValue
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import Value
from aisync_desktop.permissions.language import Action, Request, Subject, Surrounding, Tool

_USUAL = {Action.ALLOW: 950, Action.ASK: 970, Action.DENY: 990}  # "allow": as the client writes what it is told to keep
_RANGE = range(1000)


class _Room(NamedTuple):
    """The numbers that a new rule can have: above one rule and below another."""

    above: RuleLine | None
    below: RuleLine | None

    def number(self, usual: int) -> int | None:
        """Return the one nearest to the usual number, if there is one."""
        least = self.above.priority + 1 if self.above else _RANGE.start
        most = self.below.priority - 1 if self.below else _RANGE.stop - 1
        number = min(max(usual, least), most)
        return number if number >= least and number in _RANGE else None


class Engine:
    """The dialect at one endpoint, of one file or of a folder of them."""

    tools = frozenset({Tool.SHELL, Tool.MCP, *NAMES})

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._root = endpoint.root

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the rules in the order of the files; one that another always overrides means nothing."""
        found = [line for role in sorted(documents) for line in self._lines(documents[role], role)]
        shadowed = set(_overridden(sorted(found, key=lambda line: -line.priority)))
        why = text("permission.shadowed")
        return tuple(replace(line, meaning=why) if line.spot in shadowed else line for line in found)

    def _lines(self, document: Document, role: str) -> Iterator[RuleLine]:
        rules = document.get(self._root)
        listed = rules if isinstance(rules, list) else []
        is_sound_file = all(map(is_sound, listed))
        for at, rule in enumerate(listed):
            if isinstance(rule, dict) and is_sound(rule):
                lines = lines_of(rule, Spot(role, (*self._root, at)))
                yield from lines if is_sound_file else map(_unread, lines)

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no rule says this."""
        if rule_of(subject, action, _USUAL[action]):
            return None
        is_default = subject == Subject(Tool.SHELL)
        return text("loss.permission-action", action=str(action)) if is_default else text("loss.permission-matcher")

    def hindrance(self, documents: Documents, subject: Subject, action: Action) -> Text | None:
        """Return why there is no place for a rule: the file counts for nothing, or no number has the right effect."""
        if not self._is_read(documents[MAIN]):
            return text("permission.unread")
        room = self._room(documents[MAIN], subject, action)
        other = room.above or room.below
        if other is None or room.number(_USUAL[action]) is not None:
            return None
        return text("loss.permission-order", rule=other.spelled)

    def room(self, documents: Documents, subject: Subject) -> Documents:
        """Return the documents: an empty one has room for every rule."""
        del subject
        return documents

    def _is_read(self, document: Document) -> bool:
        rules = document.get(self._root)
        return isinstance(rules, Missing) or (isinstance(rules, list) and all(map(is_sound, rules)))

    def _room(self, document: Document, subject: Subject, action: Action) -> _Room:
        others = [line for line in self._lines(document, MAIN) if line.named != subject and _may_meet(line, subject)]
        below = [line for line in others if line.action.strictness > action.strictness and not _is_default(line)]
        above = [line for line in others if line.action.strictness < action.strictness or _is_default(line)]
        return _Room(
            max(above, key=lambda line: line.priority, default=None),
            min(below, key=lambda line: line.priority, default=None),
        )

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted, as far as there is a number for them."""
        document = documents[MAIN]
        if not self._is_read(document):
            return documents
        for subject, action in in_order(wanted):
            document = self._written(document, subject, action)
        return {**documents, MAIN: document}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [line for line in self._lines(document, MAIN) if line.named == subject]
        kept = next((line for line in mine if line.action is action), None)
        number = self._room(document, subject, action).number(_USUAL[action]) if action else None
        rule = rule_of(subject, action, number) if action and number is not None else None
        if action and not kept and not rule:
            return document
        for line in reversed(mine):
            if line is not kept:
                document = _taken_out(document, line)
        return document if kept or not rule else self._added(document, rule)

    def _added(self, document: Document, rule: Value) -> Document:
        has_rules = isinstance(document.get(self._root), list)
        return document.edit(Append(self._root, rule) if has_rules else SetValue(self._root, [rule]))

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request, in its usual mode and with somebody who can be asked."""
        del where
        policy = Policy([line for line in lines if isinstance(line, RuleLine)])
        if request.tool is Tool.SHELL:
            return policy.of_line(request.argument)
        if request.tool is Tool.MCP:
            return policy.of_mcp(request.argument)
        return policy.of_tools(NAMES[request.tool], request.argument if request.tool is Tool.EDIT else "")


def _unread(line: RuleLine) -> RuleLine:
    return replace(line, meaning=text("permission.unread"), named=None, counts=False)


def _is_default(line: RuleLine) -> bool:
    return isinstance(line.meaning, Text) and line.meaning.code == "permission.default"


def _overridden(ranked: Iterable[RuleLine]) -> Iterator[Spot]:
    """Yield where rules stand that a less strict one always overrides; a stricter one does so elsewhere, too."""
    widest: dict[Subject, int] = {}
    for line in ranked:
        if line.named is None:
            continue
        strictness = line.action.strictness
        if any(widest.get(one, strictness) < strictness for one in covering(line.named)):
            yield line.spot
        widest[line.named] = min(strictness, widest.get(line.named, strictness))


def _may_meet(line: RuleLine, subject: Subject) -> bool:
    """Whether a rule may be about the same calls as a subject; of one that means nothing it is by its tool."""
    if line.named:
        return meet(line.named, subject)
    if not line.counts:
        return False
    if subject.tool is Tool.MCP:
        return any(name == "*" or name.startswith("mcp_") for name in line.names)
    own = {SHELL} if subject.tool is Tool.SHELL else NAMES[subject.tool]
    return bool(line.names & {"*", *own})


def _taken_out(document: Document, line: RuleLine) -> Document:
    """Return a document without a line; a rule that says other things besides keeps them."""
    rule, beginning = line.spot.path[:2], line.spot.path[2:]
    if beginning:
        listed = document.get((*rule, beginning[0]))
        if isinstance(listed, list) and len(texts(listed)) > 1:
            return document.edit(Remove(line.spot.path))
    return without(document, rule)
