"""The dialect of rules over the words of a command: `prefix_rule(pattern=["git", ["push", "pull"]], decision=...)`.

A rule is about the commands that begin with its words, of which each can be one of several; the strictest of all rules
in all files counts, so order means nothing. A rule of several first words is a line for each of them.

What the client does, as measured: a line of plain commands, joined by `&&`, `||`, `;`, `|` or a new line, is judged
command by command, and a program with a path also by its last name where no rule names it as it is. Plain are words
without `*?[]{}~$#^` and backslashes, quoted ones too, but for the program's name. Any other line (also one with a
redirection, a substitution, `&`, `!`, an assignment, a comment) is the one command `bash -lc LINE` to it. What no rule
is about is left to the client's modes: it runs in the sandbox or is asked about. "allow" is more here than elsewhere:
such a command runs outside of the sandbox; only a removal by force is asked about all the same. Not seen: what a file
computes, and `host_executable(...)`, which can take programs with a path out of the rules for their last names.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from pathlib import PurePosixPath

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Firm, Line, Verdict, Wanted, in_order
from aisync_desktop.clients.dialects.forced_removal import removes_by_force
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.exec_rules_scan import RULE
from aisync_desktop.documents.protocol import Append, Document, Edit, Missing, Remove, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.permissions.language import (
    Action,
    Matcher,
    Request,
    Subject,
    Surrounding,
    Tool,
    strictness,
    subject_of,
)
from aisync_desktop.permissions.shell.grammar import Command, parse

_RULES = "rules"
_ACTIONS = {"allow": Action.ALLOW, "prompt": Action.ASK, "forbidden": Action.DENY}
_DECISIONS = {action: decision for decision, action in _ACTIONS.items()}
_USUAL = "allow"  # where a rule says nothing
_MOST = 64  # of the commands that one rule can be taken apart into
_BLANK = " \t\n"
_JOINER = re.compile(r"[ \t]*(&&|\|\||;|\||\n|)[ \t\n]*")
_BETWEEN = re.compile(r"(?:[ \t]|\\\n)*")
_PROGRAM = re.compile(r"[^\s\x00-\x1f\"'\\`*?\[\]{}~$#^]+")
_PLAIN = re.compile(rf"(?:{_PROGRAM.pattern}|'[^']*'|\"[^\"$`\\]*\")+")
_SHELL = ("bash", "-lc")

_Choices = tuple[tuple[str, ...], ...]  # for each place the words that can stand there


@dataclass(frozen=True)
class _Line(Line):
    choices: _Choices = ()
    is_whole_rule: bool = True

    def is_about(self, words: Sequence[str]) -> bool:
        """Whether a command begins as the rule says."""
        return len(words) >= len(self.choices) and all(
            word in choice for word, choice in zip(words, self.choices, strict=False)
        )


class Engine:
    """The dialect at one endpoint, of one file or of a folder of them."""

    tools = frozenset({Tool.SHELL})

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        del endpoint

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the rules; one that the client itself could not read is none."""
        return tuple(line for role in sorted(documents) for line in _lines_of(documents[role], role))

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why a rule cannot say this: it knows nothing but first words."""
        del action
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        return None if subject.matcher is Matcher.IS else text("loss.permission-matcher")

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        document = documents[MAIN]
        for subject, action in in_order(wanted):
            if action is None or self.refusal(subject, action) is None:
                document = self._written(document, subject, action)
        return {**documents, MAIN: document}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [line for line in _lines_of(document, MAIN) if line.subject == subject]
        kept = next((line for line in mine if line.action is action), None)
        if action and kept is None:
            kept = next((line for line in mine if line.is_whole_rule), None)
        if action and kept and kept.action is not action:
            document = document.edit(SetValue((*kept.spot.path, "decision"), _DECISIONS[action]))
        for line in reversed(mine):
            if line is not kept:
                document = document.edit(*_removal(document, line))
        return document if kept or action is None else document.edit(_addition(subject.words, action))

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request: the strictest of what it does with each command in it."""
        del where
        if request.tool not in self.tools:
            return Verdict(Action.ASK)
        rules = [line for line in lines if isinstance(line, _Line)]
        deciding = [_deciding(rules, words) for words in _commands(request.argument)]
        line = max(deciding, key=lambda one: strictness(one.action if one else None))
        if (line is None or line.action is Action.ALLOW) and removes_by_force(request.argument):
            return Firm(Action.ASK)
        return Verdict(line.action if line else Action.ASK, line)


def _lines_of(document: Document, role: str) -> list[_Line]:
    found = document.get((_RULES,))
    rules = enumerate(found) if isinstance(found, list) else ()
    return [line for at, rule in rules for line in _lines(rule, Spot(role, (_RULES, at)))]


def _lines(rule: Value, spot: Spot) -> Iterator[_Line]:
    """Yield a line for each command that a rule names; one that names too many is one line, and opaque."""
    choices, action = _choices(rule), _action(rule)
    if not choices or action is None:
        return
    if prod(len(choice) for choice in choices) > _MOST:
        yield _Line(action, _spelled(choices, action), text("permission.pattern"), spot, choices)
        return
    named = tuple(product(*choices))
    for words in named:
        subject = subject_of(Tool.SHELL, Matcher.IS, " ".join(words))
        meaning = subject if subject and subject.words == words else text("permission.pattern")
        one = tuple((word,) for word in words)
        yield _Line(action, _spelled(one, action), meaning, spot, one, is_whole_rule=len(named) == 1)


def _choices(rule: Value) -> _Choices:
    """Return the words of a rule; none where it has no pattern that the client would read."""
    pattern = rule.get("pattern") if isinstance(rule, dict) else None
    listed = [one if isinstance(one, list) else [one] for one in pattern] if isinstance(pattern, list) else []
    choices = tuple(tuple(dict.fromkeys(word for word in one if isinstance(word, str))) for one in listed)
    return choices if all(choices) else ()


def _action(rule: Value) -> Action | None:
    decision = rule.get("decision", _USUAL) if isinstance(rule, dict) else None
    return _ACTIONS.get(decision) if isinstance(decision, str) else None


def _spelled(choices: _Choices, action: Action) -> str:
    pattern = [choice[0] if len(choice) == 1 else list(choice) for choice in choices]
    return f"{RULE}(pattern={json.dumps(pattern, ensure_ascii=False)}, decision={json.dumps(_DECISIONS[action])})"


def _addition(words: Sequence[str], action: Action) -> Append:
    return Append((_RULES,), {"pattern": list(words), "decision": _DECISIONS[action]})


def _removal(document: Document, line: _Line) -> list[Edit]:
    """Return the edits after which a rule does not name a command any more, but all the others that it named."""
    at = line.spot.path
    rule = document.get(at)
    choices = () if isinstance(rule, Missing) else _choices(rule)
    several = [place for place, choice in enumerate(choices) if len(choice) > 1]
    words = tuple(choice[0] for choice in line.choices)
    if len(several) == 1:
        place = several[0]
        listed = document.get((*at, "pattern", place))
        same = [index for index, word in enumerate(listed) if word == words[place]] if isinstance(listed, list) else []
        rest = tuple(tuple(w for w in choice if w != words[i] or i != place) for i, choice in enumerate(choices))
        examples = _examples(document, at, _Line(line.action, "", line.meaning, line.spot, rest))
        return [*examples, *(Remove((*at, "pattern", place, index)) for index in reversed(same))]
    others = [one for one in product(*choices) if one != words]
    return [Remove(at), *(_addition(one, line.action) for one in others)]


def _examples(document: Document, at: KeyPath, rest: _Line) -> list[Edit]:
    """Return the edits that take out the examples which a rule does not match any more: the client would not start."""
    found = document.get((*at, "match"))
    examples = found if isinstance(found, list) else []
    gone = [index for index, example in enumerate(examples) if not rest.is_about(_words(example))]
    if gone and len(gone) == len(examples):
        return [Remove((*at, "match"))]
    return [Remove((*at, "match", index)) for index in reversed(gone)]


def _words(example: Value) -> list[str]:
    """Return the words of an example; none where we could not read it as the client does."""
    if isinstance(example, list):
        return [str(word) for word in example]
    try:
        return shlex.split(str(example))
    except ValueError:
        return []


def _commands(line: str) -> list[tuple[str, ...]]:
    """Return the commands in a line as the client tells them apart."""
    script = parse(line)
    if script.understood and _is_all(line, script.commands) and all(map(_is_plain, script.commands)):
        return [command.argv for command in script.commands]
    return [(*_SHELL, line)]


def _is_all(line: str, commands: Sequence[Command]) -> bool:
    """Whether a line is nothing but commands and what joins them: no `!`, no comment."""
    place = len(line) - len(line.lstrip(_BLANK))
    for command in commands:
        joined = _JOINER.match(line, place + len(command.source))
        if not line.startswith(command.source, place) or not joined or joined[1] != command.then:
            return False
        place = joined.end()
    return bool(commands) and place == len(line)


def _is_plain(command: Command) -> bool:
    if not command.words or command.env or command.redirections or command.inner:
        return False
    sources = [word.source.removesuffix("\\\n") for word in command.words]  # where the line goes on below
    is_known = bool(_PROGRAM.fullmatch(sources[0])) and all(map(_PLAIN.fullmatch, sources))
    return is_known and _is_nothing_but(command.source, sources)


def _is_nothing_but(written: str, words: Sequence[str]) -> bool:
    place = 0
    for word in words:
        if not written.startswith(word, place):
            return False
        blank = _BETWEEN.match(written, place + len(word))
        place = blank.end() if blank else place
    return place == len(written)


def _deciding(rules: Sequence[_Line], words: tuple[str, ...]) -> _Line | None:
    """Return the strictest rule about a command; by the last name of its program if there is none by the full one."""
    about = [rule for rule in rules if rule.is_about(words)]
    if not about and "/" in words[0]:
        short = (PurePosixPath(words[0]).name, *words[1:])
        about = [rule for rule in rules if rule.is_about(short)]
    return max(about, key=lambda rule: rule.action.strictness, default=None)
