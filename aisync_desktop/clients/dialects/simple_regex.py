r"""Regular expressions of the simple sort that people write for commands: words, `.*`, and `(\s.*)?` behind them.

Only these are understood, and matched in linear time; of any other it is not known what they match.
"""

from __future__ import annotations

import re

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.permissions.language import Action, Matcher, Subject, Tool, subject_of

_SPECIAL = frozenset(".^$*+?{}[]\\|()")
_REST = re.compile(r"\((?:\?:)?(\\s\+?| )\.\*\)\?\$?\Z")
_TOKEN = re.compile(r"(?P<gap>\.\*)|\\(?P<escaped>[^A-Za-z0-9\s]| )|(?P<plain>[^\x00-\x1f\\])")


@dataclass(frozen=True)
class SimpleRegex:
    """Texts with anything between them, and whether more may follow, which a blank begins."""

    parts: tuple[str, ...]
    rest: str = ""  # what it must begin with: a blank, or `\\s`

    def matches(self, text: str) -> bool:
        """Whether it matches the whole of a text."""
        head, *others = self.parts
        if not text.startswith(head):
            return False
        behind = text[len(head) :]
        if self.rest:
            return not behind or (self._is_blank(behind[0]) and "\n" not in behind[1:])
        if not others:
            return not behind
        return "\n" not in behind and _follow(others, behind)

    def begins(self, line: str) -> bool:
        """Whether it matches the beginning of a line."""
        head, *others = self.parts
        return line.startswith(head) and (bool(self.rest) or _follow([*others, ""], line[len(head) :]))

    def _is_blank(self, character: str) -> bool:
        return character.isspace() if self.rest == r"\s" else character == self.rest

    def subject(self) -> Subject | None:
        """Return the subject that is about the commands which it matches, if there is one."""
        if self.rest or len(self.parts) == 1:
            return subject_of(Tool.SHELL, Matcher.IS if self.rest else Matcher.EXACT, self.parts[0])
        return subject_of(Tool.SHELL, Matcher.GLOB, "*".join(self.parts))


def _follow(parts: list[str], text: str) -> bool:
    """Whether texts stand one behind the other, and the last one at the end."""
    *inner, last = parts
    place = 0
    for part in inner:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return text.endswith(last) and len(text) - len(last) >= place


def simple(pattern: str) -> SimpleRegex | None:
    """Read a regular expression; nothing if it is not of the simple sort."""
    rest = _REST.search(pattern)
    body = pattern[: rest.start()] if rest else pattern
    parts = _parts(body.removeprefix("^"), anchored=not rest)
    if parts is None or (rest and len(parts) > 1) or (rest and not parts[0]):
        return None
    return SimpleRegex(tuple(parts), (r"\s" if rest[1] != " " else " ") if rest else "")


def _parts(body: str, *, anchored: bool) -> list[str] | None:
    parts, place = [""], 0
    while found := _TOKEN.match(body, place):
        place = found.end()
        if found["gap"]:
            parts.append("")
        elif found["plain"] == "$" and anchored and place == len(body):
            break
        elif found["plain"] in _SPECIAL:
            return None
        else:
            parts[-1] += found["escaped"] or found["plain"]
    return parts if place == len(body) else None


def literal(text: str) -> str:
    """Return the regular expression that matches a text and nothing else."""
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in text)


def spelled(subject: Subject, action: Action) -> str:
    """Return the regular expression for a subject of the shell.

    An "allow" has no other blank than the space: others may belong to the name of a program, or end a command.
    """
    if subject.matcher is Matcher.GLOB:
        return ".*".join(map(literal, subject.pattern.split("*")))
    rest = "( .*)?" if action is Action.ALLOW else r"(\s.*)?"
    return literal(subject.pattern) + (rest if subject.matcher is Matcher.IS else "")


def head_of(pattern: str) -> str:
    """Return a text with which everything begins that a regular expression matches; none where it is not clear."""
    if "|" in pattern:
        return ""
    found = re.match(r"\^?((?:[^\\.^$*+?{}\[\]|()]|\\[^A-Za-z0-9\s])*)", pattern)
    head = re.sub(r"\\(.)", r"\1", found[1]) if found else ""
    return head[:-1] if found and pattern[found.end() : found.end() + 1] in ("*", "?", "{") else head
