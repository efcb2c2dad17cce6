r"""The dialect of a table: a level for every tool, and regular expressions for commands, each with a level.

`bash.commands` has entries like {command: "git push(\s.*)?", permission: ask}; an expression must match a whole
command, as the examples of the client suggest, and each command of a compound is looked at. Nothing of this dialect was
seen at work. So what is not known is neither allowed nor denied: commands with substitutions, redirections, variables
set before them or joined otherwise than by `&&`, `||`, `;` and `|`; expressions that are not of the simple sort. Which
of two entries counts that match the same command is not known either: the strictest one, as far as it stops something;
that is why no entry is added beside one of another level that is about the same commands.

The levels of tools and the defaults are in the file from the beginning, since the client writes them there: they are
no one's wish for other clients, and are only evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted, in_order
from aisync_desktop.clients.dialects.meeting import heads_meet, meet
from aisync_desktop.clients.dialects.simple_regex import SimpleRegex, head_of, simple, spelled
from aisync_desktop.clients.dialects.tidy import has_way, without
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Append, Document, Missing, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import Value
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool
from aisync_desktop.permissions.shell.grammar import Command, Script, Word, every, parse

_COMMANDS = ("bash", "commands")
_TOOLS = {
    "open_files": Tool.READ,
    "expand_code_chunks": Tool.READ,
    "expand_folder": Tool.READ,
    "grep": Tool.READ,
    "create_file": Tool.EDIT,
    "delete_file": Tool.EDIT,
    "move_file": Tool.EDIT,
    "find_and_replace_code": Tool.EDIT,
}
_JOINERS = frozenset({"", "&&", "||", ";", "|"})


class _Sort(Enum):
    """What a line is about."""

    COMMANDS = 0
    OTHER_COMMANDS = 1  # those that no entry matches
    TOOL = 2
    OTHER = 3  # everything


@dataclass(frozen=True)
class _Line(Line):
    sort: _Sort = _Sort.COMMANDS
    pattern: str = ""
    regex: SimpleRegex | None = None
    tool: Tool | None = None

    def may_match(self, command: str) -> bool:
        """Whether it matches a command, or it is not known."""
        return self.regex is None or self.regex.matches(command)


class Engine:
    """The dialect at one endpoint."""

    tools = frozenset({Tool.SHELL})

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._root = endpoint.root

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the entries for commands, and the levels and defaults as lines that mean nothing elsewhere."""
        return tuple(line for role in sorted(documents) for line in self._lines(documents[role], role))

    def _lines(self, document: Document, role: str) -> Iterator[_Line]:
        for way, sort, tool in self._levels(document):
            action = _action(document.get((*self._root, *way)))
            if action:
                spot = Spot(role, (*self._root, *way))
                yield _Line(action, ".".join(way), text("permission.default"), spot, sort, tool=tool)
        path = (*self._root, *_COMMANDS)
        entries = document.get(path)
        for at, entry in enumerate(entries if isinstance(entries, list) else ()):
            yield from _entry(entry, Spot(role, (*path, at)))

    def _levels(self, document: Document) -> Iterator[tuple[tuple[str, ...], _Sort, Tool | None]]:
        yield ("default",), _Sort.OTHER, None
        tools = document.get((*self._root, "tools"))
        for name in tools if isinstance(tools, dict) else ():
            yield ("tools", name), _Sort.TOOL, _TOOLS.get(name)
        yield ("bash", "default"), _Sort.OTHER_COMMANDS, None

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why an entry cannot say this; what would be for all commands is a default."""
        del action
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        return text("loss.permission-matcher") if subject.matcher is Matcher.ALL else None

    def hindrance(self, documents: Documents, subject: Subject, action: Action) -> Text | None:
        """Return why there is no place for an entry: beside another one it is not known which of them counts."""
        if not self._has_place(documents[MAIN]):
            return text("permission.unread")
        others = [line for line in self.lines(documents) if line.action is not action and line.subject != subject]
        other = next((line for line in others if isinstance(line, _Line) and _clashes(line, subject)), None)
        return text("loss.permission-order", rule=other.spelled) if other else None

    def room(self, documents: Documents, subject: Subject) -> Documents:
        """Return the documents: a file without entries has room for each."""
        del subject
        return documents

    def _has_place(self, document: Document) -> bool:
        path = (*self._root, *_COMMANDS)
        there = document.get(path)
        return has_way(document, path) and (there is None or isinstance(there, list | Missing))

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted, the strictest entries first."""
        document = documents[MAIN]
        if not self._has_place(document):
            return documents
        for subject, action in in_order(wanted):
            if self.refusal(subject, action or Action.ASK) is None:
                document = self._written(document, subject, action)
        return {**documents, MAIN: document}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [line for line in self._lines(document, MAIN) if line.subject == subject]
        kept = mine[0] if mine and action else None
        if kept and action and kept.action is not action:
            said = _said(subject, action).items()
            document = document.edit(*(SetValue((*kept.spot.path, key), value) for key, value in said))
        for line in reversed(mine):
            if line is not kept:
                document = without(document, line.spot.path)
        return document if kept or action is None else self._added(document, subject, action)

    def _added(self, document: Document, subject: Subject, action: Action) -> Document:
        entry = _said(subject, action)
        path = (*self._root, *_COMMANDS)
        if isinstance(document.get(path), list):
            return document.edit(Append(path, entry))
        return document.edit(SetValue(path, [entry]))

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request, as far as it is known; else it asks."""
        mine = [line for line in lines if isinstance(line, _Line)]
        if request.tool is Tool.SHELL:
            return _of_line(mine, request.argument)
        if request.tool in _TOOLS.values():
            return _of_file(mine, request, where)
        return Verdict(Action.ASK)


def _entry(entry: Value, spot: Spot) -> Iterator[_Line]:
    pattern = entry.get("command") if isinstance(entry, dict) else None
    action = _action(entry.get("permission")) if isinstance(entry, dict) else None
    if isinstance(pattern, str) and action:
        regex = simple(pattern)
        meaning = (regex.subject() if regex else None) or text("permission.pattern")
        yield _Line(action, pattern, meaning, spot, pattern=pattern, regex=regex)


def _said(subject: Subject, action: Action) -> dict[str, Value]:
    return {"command": spelled(subject, action), "permission": str(action)}


def _action(level: object) -> Action | None:
    return Action(level) if isinstance(level, str) and level in set(Action) else None


def _clashes(line: _Line, subject: Subject) -> bool:
    """Whether an entry may be about commands that a subject is about, too."""
    if line.sort is not _Sort.COMMANDS:
        return False
    if line.subject:
        return meet(line.subject, subject)
    return heads_meet(head_of(line.pattern), subject.pattern.partition("*")[0])


def _of_line(lines: Sequence[_Line], argument: str) -> Verdict:
    """Return what happens to a line of commands: the strictest of what happens to each."""
    script = parse(argument)
    entries = [line for line in lines if line.sort is _Sort.COMMANDS]
    default = _default(lines)
    if not script.understood or not script.commands:
        return _agreed([default, *map(_by, entries)])
    verdicts = [
        (_of_plain if _is_plain(command) else _of_other)(entries, default, command) for command in script.commands
    ]
    return max(verdicts, key=lambda one: one.action.strictness)


def _is_plain(command: Command) -> bool:
    is_bare = not (command.env or command.redirections or command.inner or "$(" in command.source)
    return is_bare and "`" not in command.source and bool(command.words) and command.then in _JOINERS


def _of_plain(entries: Sequence[_Line], default: Verdict, command: Command) -> Verdict:
    """Return what happens to a command: the strictest entry that matches counts, or the default."""
    about = [line for line in entries if line.may_match(command.source)]
    sure = max((line for line in about if line.regex), key=lambda line: line.action.strictness, default=None)
    unsure = [line for line in about if not line.regex]
    if sure is None:
        return _agreed([default, *map(_by, unsure)])
    return _agreed([_by(sure), *(_by(line) for line in unsure if line.action.strictness > sure.action.strictness)])


def _of_other(entries: Sequence[_Line], default: Verdict, command: Command) -> Verdict:
    """Return what happens to a command of which it is not known how it is matched: as a whole, or any part of it."""
    parts = [text for one in every(Script((command,))) for text in (one.source, " ".join(map(_written, one.words)))]
    return _agreed([default, *(_by(line) for line in entries if any(map(line.may_match, parts)))])


def _written(word: Word) -> str:
    return word.source or word.text


def _default(lines: Iterable[_Line]) -> Verdict:
    """Return what happens to a command that no entry is about."""
    defaults = {line.sort: line for line in lines}
    line = defaults.get(_Sort.OTHER_COMMANDS) or defaults.get(_Sort.OTHER)
    return _by(line) if line else Verdict(Action.ASK)


def _by(line: Line) -> Verdict:
    return Verdict(line.action, line)


def _agreed(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the first of some verdicts if they are the same; else nothing is known."""
    return verdicts[0] if len({verdict.action for verdict in verdicts}) == 1 else Verdict(Action.ASK)


def _of_file(lines: Sequence[_Line], request: Request, where: Surrounding) -> Verdict:
    """Return what happens to a file; a tool without a level has the default; outside of the project more is asked."""
    default = next((_by(line) for line in lines if line.sort is _Sort.OTHER), Verdict(Action.ASK))
    levels = [_by(line) for line in lines if line.tool is request.tool]
    missing = sum(tool is request.tool for tool in _TOOLS.values()) > len(levels)
    verdict = _agreed([*levels, *([default] if missing else [])])
    is_inside = request.argument == where.root or request.argument.startswith(where.root.rstrip("/") + "/")
    return verdict if is_inside or verdict.action is not Action.ALLOW else Verdict(Action.ASK)
