"""Finding `prefix_rule(...)` calls in a Starlark text, with the places of their arguments.

A tokenizer for strings, comments and brackets is all that is needed to know what is at the top level; only calls whose
arguments are literal texts and lists of texts, all of them named, are rules to us. Anything else is skipped over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aisync_desktop.documents.brackets import Box, Member
from aisync_desktop.documents.errors import MalformedDocument
from aisync_desktop.documents.source import Splice, location, spliced, string_end
from aisync_desktop.documents.values import MAX_DEPTH
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

RULE = "prefix_rule"
_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+|\\\r?\n)"
    r"|(?P<comment>#[^\n]*)"
    r'|(?P<string>[rb]{0,2}(?:"""|\'\'\'|"|\'))'
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<mark>[=,])"
    r"|(?P<other>[^\s\"'=,#()\[\]{}A-Za-z_][^\"'=,#()\[\]{}A-Za-z_\\]*)"
    r"|(?P<odd>.)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r?\n)|(.))", re.DOTALL)
_SHORT_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_LINE_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Rule:
    """One call: where it begins, its brackets with the arguments in them, and what they say."""

    start: int
    box: Box
    value: dict[str, Value]


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    level: int  # of brackets around it


@dataclass(frozen=True)
class Rules:
    """The rules of a text, and the text with its comments blanked out."""

    rules: tuple[Rule, ...]
    plain: str


class _NotLiteralError(Exception):
    """The call is none that we read."""


def scan(text: str) -> Rules:
    """Return the rules of a text; a text with broken strings or brackets is malformed."""
    rules: list[Rule] = []
    comments: list[Splice] = []
    call: list[_Token] = []
    for token in _tokens(text):
        if token.kind == "comment":
            comments.append(Splice(token.start, token.end, " " * len(token.text)))
        elif call or _may_begin(text, token):
            call.append(token)
            if token.kind == "close" and token.level == 0:
                rules += _rule(text, call)
            if token.level == 0 and token.kind not in {"name", "open"}:
                call = []
    return Rules(tuple(rules), spliced(text, comments))


def _may_begin(text: str, token: _Token) -> bool:
    """Whether a rule may begin with this token: with the name of one, at the top level and at the start of a line."""
    at_line_start = token.start == 0 or text[token.start - 1] == "\n"
    return token.level == 0 and at_line_start and token.kind == "name" and token.text == RULE


def _tokens(text: str) -> Iterator[_Token]:
    """Yield all tokens; each has the number of brackets around it."""
    levels: list[str] = []
    end = 0
    while found := _TOKEN.match(text, end):
        kind, start, end = found.lastgroup or "", found.start(), found.end()
        if kind == "string":
            end = _string_end(text, found)
        if kind == "close" and (not levels or levels.pop() != found.group()):
            raise MalformedDocument(location(text, start), "syntax")
        if kind != "space":
            yield _Token(kind, text[start:end], start, end, len(levels))
        if kind == "open":
            levels.append(_PAIRS[found.group()])
            if len(levels) > MAX_DEPTH:
                raise MalformedDocument(location(text, start), "less-depth")
    if levels:
        raise MalformedDocument(location(text, len(text)), "comma")


def _string_end(text: str, found: re.Match[str]) -> int:
    end = string_end(text, found.end(), found.group().lstrip("rb"))
    if end is None:
        raise MalformedDocument(location(text, found.start()), "string-end")
    return end


def _rule(text: str, call: list[_Token]) -> list[Rule]:
    """Return the rule that a call is, if it is one that we read."""
    try:
        box, value = _Call(call[1:]).arguments()
    except _NotLiteralError:
        return []
    if "pattern" not in value or not _LINE_REST.match(text, box.end):
        return []
    return [Rule(call[0].start, box, value)]


class _Call:
    """Reads one argument list."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._index = 0

    def arguments(self) -> tuple[Box, dict[str, Value]]:
        start = self._take("(").start
        members: list[Member] = []
        value: dict[str, Value] = {}
        while self._here().text != ")":
            name = self._here()
            if name.kind != "name" or name.text in value:
                raise _NotLiteralError
            self._index += 1
            self._take("=")
            place = self._here().start
            value[name.text], end = self.literal()
            members.append(Member(name.text, name.start, name.end, place, end))
            self._comma(")")
        return Box(start, self._take(")").end, tuple(members)), value

    def literal(self) -> tuple[Value, int]:
        """Return the text or list that begins here, and where it ends."""
        token = self._here()
        if token.kind == "string":
            self._index += 1
            return _unquoted(token.text), token.end
        box, values = self.elements()
        return values, box.end

    def elements(self) -> tuple[Box, list[Value]]:
        """Return the list that begins here."""
        start = self._take("[").start
        members: list[Member] = []
        values: list[Value] = []
        while self._here().text != "]":
            place = self._here().start
            value, end = self.literal()
            members.append(Member(len(values), place, place, place, end))
            values.append(value)
            self._comma("]")
        return Box(start, self._take("]").end, tuple(members)), values

    def _here(self) -> _Token:
        if self._index >= len(self._tokens):
            raise _NotLiteralError
        return self._tokens[self._index]

    def _take(self, text: str) -> _Token:
        token = self._here()
        if token.text != text:
            raise _NotLiteralError
        self._index += 1
        return token

    def _comma(self, closing: str) -> None:
        if self._here().text != closing:
            self._take(",")


def list_at(text: str, start: int, end: int) -> Box:
    """Return the list of literals between two offsets."""
    tokens = [token for token in _tokens(text[start:end]) if token.kind != "comment"]
    box = _Call(tokens).elements()[0]
    moved = (
        Member(one.key, one.start + start, one.key_end + start, one.value + start, one.end + start)
        for one in box.members
    )
    return Box(start, box.end + start, tuple(moved))


def _unquoted(written: str) -> str:
    prefix = written[: len(written) - len(written.lstrip("rb"))]
    if "b" in prefix:
        raise _NotLiteralError
    quoted = written[len(prefix) :]
    size = 3 if quoted[:3] in {'"""', "'''"} else 1
    inside = quoted[size:-size].replace("\r\n", "\n")
    return inside if "r" in prefix else _ESCAPE.sub(_unescaped, inside)


def _unescaped(found: re.Match[str]) -> str:
    octal, *codes, line_end, short = found.groups()
    code = next((int(one, 16) for one in codes if one), None)
    if octal:
        code = int(octal, 8)
    if code is not None:
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - no such character
            raise _NotLiteralError
        return chr(code)
    if line_end:
        return ""
    if short not in _SHORT_ESCAPES and short not in {"\\", '"', "'"}:
        raise _NotLiteralError
    return _SHORT_ESCAPES.get(short, short)
