"""Reading one word of a command line: quotes, escapes, expansions.

One pass from left to right, which never looks at a character more often than the nesting allows: substitutions are
read where they stand, by the grammar that the subclass adds. What this reader does not know ends the reading (Beyond).
"""

from __future__ import annotations

import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import NoReturn

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.permissions.shell.tree import Word

NESTING = 20
_PLAIN = re.compile(r"[^ \t\n\\'\"$`;&|<>()]+")
_PLAIN_IN_QUOTES = re.compile(r"[^\\\"$`]+")
_PLAIN_IN_BRACES = re.compile(r"[^\\'\"$`<>{}]+")
_JOINED_LINES = re.compile(r"(?:\\\n)*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]")
_PARAMETER = re.compile(r"\{[#!]?(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(?:\[(?:[@*]|[0-9]+)\])?")
_PARAMETER_END = re.compile(r"\}|:[-+?=]|:[0-9: -]*\}|[-+?=#%/^,]")
_ARITHMETIC = re.compile(r"[0-9+\-*/%<>=!&|^~?:, \t]*")
_ANSI = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(.)|(.))", re.DOTALL
)
_ANSI_LETTERS = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))
_LAST_ASCII = 0x7F
_SURROGATES = range(0xD800, 0xE000)
_GLOB = re.compile(r"[*?]")
_ENDS_WORD = frozenset({"", *" \t\n;&|()"})
_SPECIAL_IN_QUOTES = '$`"\\'


class Beyond(Exception):  # noqa: N818 - no error: the end of what this parser reads
    """The line holds something that is not read here."""


@dataclass
class _Building:
    """A word that is being read; in its outline what was quoted or expanded stands as an x."""

    parts: list[str] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    literal: bool = True

    def add(self, text: str, *, quoted: bool = False) -> None:
        self.parts.append(text)
        self.outline.append("x" if quoted else text)

    def add_expansion(self, source: str) -> None:
        self.add(source, quoted=True)
        self.literal = False


class WordReader(ABC):
    """A place in a line, and how the word that begins there is read."""

    def __init__(self, line: str, depth: int = 0) -> None:
        self.line = line
        self.place = 0
        self._depth = depth

    @abstractmethod
    def read_substitution(self) -> None:
        """Read the commands up to the closing parenthesis, and note them as run inside the current command."""

    @abstractmethod
    def read_quoted_script(self, text: str) -> None:
        """Note the commands of a text that was taken out of its quotes as run inside the current command."""

    def beyond(self) -> NoReturn:
        """End the reading."""
        raise Beyond

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Read something nested."""
        self._depth += 1
        if self._depth > NESTING:
            self.beyond()
        yield
        self._depth -= 1

    def peek(self, length: int = 1) -> str:
        """Return the next characters, without line continuations before them."""
        found = self.line[self.place : self.place + length]
        if found[:1] == "\\":
            self.place = self.end_of(_JOINED_LINES)
            found = self.line[self.place : self.place + length]
        return found

    def end_of(self, pattern: re.Pattern[str]) -> int:
        """Return where what comes next ends."""
        found = pattern.match(self.line, self.place)
        return found.end() if found else self.place

    def take(self, text: str) -> bool:
        """Go past a text if it comes next, even with line continuations in it."""
        before = self.place
        for character in text:
            if self.peek() != character:
                self.place = before
                return False
            self.place += 1
        return True

    def word(self) -> tuple[Word, str]:
        """Read a word; return it and its outline."""
        self.peek()
        start = self.place
        building = _Building()
        while self._part(building):
            pass
        source = self.line[start : self.place]
        outline = "".join(building.outline)
        return Word("".join(building.parts), building.literal and not _expands(outline), source), outline

    def _part(self, building: _Building) -> bool:
        """Read the next part of a word; return whether there was one."""
        if plain := self._plain(_PLAIN):
            building.add(plain)
            return True
        following = self.peek(2)
        first = following[:1]
        if first in _ENDS_WORD or (first in "<>" and following[1:] != "("):
            return False
        if first in "<>":
            self._expansion(building, 2)
        elif first == "'":
            building.add(self._single(), quoted=True)
        elif first == '"' or following == '$"':
            self.place += len(following) if first == "$" else 1
            self._double(building, '"')
        elif following == "$'":
            building.add(self._ansi(), quoted=True)
        elif first == "$":
            self._dollar(building)
        elif first == "`":
            self._backticks(building, quoted=False)
        else:
            self._escape(building, following)
        return True

    def _plain(self, pattern: re.Pattern[str]) -> str:
        self.peek()
        found = pattern.match(self.line, self.place)
        if not found:
            return ""
        self.place = found.end()
        return found[0]

    def _escape(self, building: _Building, following: str) -> None:
        if len(following) == 1:
            self.beyond()
        self.place += 2
        building.add(following[1], quoted=True)

    def _expansion(self, building: _Building, length: int) -> None:
        """Read a substitution whose opening has that length."""
        start = self.place
        self.place += length
        self.read_substitution()
        building.add_expansion(self.line[start : self.place])

    def _single(self) -> str:
        end = self.line.find("'", self.place + 1)
        if end < 0:
            self.beyond()
        text = self.line[self.place + 1 : end]
        self.place = end + 1
        return text

    def _double(self, building: _Building, end: str) -> None:
        """Read up to the closing quote, or, of a here-document, up to the end of the text."""
        building.add("", quoted=True)
        while not (end and self.peek() == end):
            if plain := self._plain(_PLAIN_IN_QUOTES):
                building.add(plain, quoted=True)
                continue
            following = self.peek(2)
            if not following:
                if end:
                    self.beyond()
                return
            if following[0] == "\\":
                self._escape_in_quotes(building, following)
            elif following[0] == "$":
                self._dollar(building)
            elif following[0] == "`":
                self._backticks(building, quoted=bool(end))
            else:  # a quote in a here-document
                building.add(following[0], quoted=True)
                self.place += 1
        self.place += 1

    def _escape_in_quotes(self, building: _Building, following: str) -> None:
        is_escape = following[1:] in set(_SPECIAL_IN_QUOTES)
        building.add(following[1] if is_escape else "\\", quoted=True)
        self.place += 2 if is_escape else 1

    def here_document(self) -> Word:
        """Read the whole text as the body of a here-document in which expansions happen."""
        building = _Building()
        self._double(building, "")
        return Word("".join(building.parts), building.literal, self.line)

    def _ansi(self) -> str:
        """Read $'...'."""
        end = self.place + 2
        while self.line[end : end + 1] != "'":
            if end >= len(self.line):
                self.beyond()
            end += 2 if self.line[end] == "\\" else 1
        text = self.line[self.place + 2 : end]
        self.place = end + 1
        return _ANSI.sub(self._ansi_character, text).split("\0")[0]  # the shell's strings end there

    def _ansi_character(self, found: re.Match[str]) -> str:
        octal, byte, short, long, control, other = found.groups()
        code = int(octal, 8) & 0xFF if octal else int(byte or short or long or "0", 16)
        limit = sys.maxunicode if short or long else _LAST_ASCII  # a byte beyond may be a part of a character
        if control or code > limit or code in _SURROGATES:
            self.beyond()
        return _ANSI_LETTERS.get(other, other if other in set("\\'\"?") else "\\" + other) if other else chr(code)

    def _dollar(self, building: _Building) -> None:
        start = self.place
        self.place += 1
        following = self.peek()
        if self.place > start + 1 and following in {"'", '"'}:
            self.beyond()  # what a line continuation between them makes of it, few know
        if following == "(":
            self.place += 1
            if self.peek() != "(":
                self.place = start
                self._expansion(building, self.line.index("(", start) + 1 - start)
                return
            self.place += 1
            self._arithmetic()
        elif following == "{":
            self._parameter()
        elif found := _NAME.match(self.line, self.place):
            self.place = found.end()
        elif following == "[":
            self.beyond()
        else:
            building.add("$", quoted=True)
            return
        building.add_expansion(self.line[start : self.place])

    def _arithmetic(self) -> None:
        """Read $((...)) of plain numbers: the value of a name may be an expression that runs commands."""
        depth = 0
        while True:
            self._plain(_ARITHMETIC)
            if self.take("("):
                depth += 1
            elif depth and self.take(")"):
                depth -= 1
            elif self.take("))"):
                return
            else:
                self.beyond()

    def _parameter(self) -> None:
        """Read ${...}; what it may be replaced by can hold substitutions, and an index may run commands."""
        head = _PARAMETER.match(self.line, self.place)
        end = _PARAMETER_END.match(self.line, head.end()) if head else None
        if not end:
            self.beyond()
        self.place = end.end()
        if end[0].endswith("}"):
            return
        ignored = _Building()
        with self.deeper():
            while not self.take("}"):
                self._part_of_replacement(ignored)

    def _part_of_replacement(self, ignored: _Building) -> None:
        self._plain(_PLAIN_IN_BRACES)
        following = self.peek(2)
        if following[:1] == "$" and following != "$'":
            self._dollar(ignored)
        elif following[:1] == "`":
            self._backticks(ignored, quoted=False)
        elif following[:1] == "\\" and len(following) > 1:
            self.place += 2
        elif following[:1] != "}":  # quotes mean different things by where the whole stands
            self.beyond()

    def _backticks(self, building: _Building, *, quoted: bool) -> None:
        start = end = self.place
        end += 1
        text: list[str] = []
        while (character := self.line[end : end + 1]) != "`":
            escaped = self.line[end + 1 : end + 2]
            if not character:
                self.beyond()
            if character == "\\" and escaped in {"`", "\\", "$", '"' if quoted else "`"}:
                character = escaped
                end += 1
            text.append(character)
            end += 1
        self.place = end + 1
        self.read_quoted_script("".join(text))
        building.add_expansion(self.line[start : self.place])


def _expands(outline: str) -> bool:
    """Return whether what is not quoted of a word has a glob, a tilde or braces that the shell expands."""
    if _GLOB.search(outline) or outline.startswith("~") or "=~" in outline or ":~" in outline:
        return True
    opened, closed = outline.find("["), outline.rfind("]")
    if 0 <= opened < closed:
        return True
    inside = outline[outline.find("{") + 1 : max(outline.rfind("}"), 0)] if "{" in outline else ""
    return "," in inside or ".." in inside
