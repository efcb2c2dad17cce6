"""Commands under lists whose patterns are prefixes, as the client takes them apart (0.24.4; compared with it at work).

The line is split at operators outside quotes and nowhere else: substitutions, subshells and wrappers are not looked
into. Each piece loses its variables and quotes; expansions of variables become nothing, a word with a glob `glob`. So
an allowed prefix lets everything run that stands in a substitution, and a denied one stops only what begins a piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_OPERATORS = ("&&", "||", ";;", "|&", "|", ";", "&", "\n")
_SEPARATORS = " \t\n"
_SPECIAL = re.compile(r"[\\$`;&|(){}<>\r\n]")
_CONTROL = re.compile(r"\|\||&&|;;|\|&|<\(|<<<|>>|>&|<&|[&;()|<>]")
_CHUNK = re.compile(
    r"(?P<control>\|\||&&|;;|\|&|<\(|<<<|>>|>&|<&|[&;()|<>])"
    r"|(?:(?:\\['\"|&;()<> \t]|[^\s'\"|&;()<> \t])+|\"(?:\\\"|[^\"])*?\"|'(?:\\'|[^'])*?')+"
)
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_VARIABLE = re.compile(r"[A-Za-z0-9_]*")
_CR_IS_TARGET = re.compile(r"(?:^|[ \t])(?:<<-?|1>>|1>|>>|>|2>>|2>|&>>|&>|<)\r$")
_LONGEST = 20_000  # beyond it the client may need very long, and nothing is claimed
_HARMLESS = frozenset(
    "basename cat column cut df dirname du echo grep head ls more printf ps pwd rg sort stat tail tree uniq wc which "
    "whoami".split()
)
_HARMLESS_GIT = frozenset({"status", "diff", "log", "show"})


def pieces(line: str) -> list[str]:
    """Return the commands that a line is split into."""
    found = [] if _is_commented(line) else [piece for piece in _split(line) if piece]
    return found if len(found) > 1 else [line]


def _is_commented(line: str) -> bool:
    """Return whether a line without operators has a comment: then it is not split at what the comment holds."""
    if _SPECIAL.search(line) or line.lstrip().startswith("#"):
        return False
    quote = ""
    for place, character in enumerate(line):
        if character in "'\"":
            quote = "" if quote == character else quote or character
        elif character == "#" and not quote and line[place - 1] in " \t":
            return True
    return False


def _split(line: str) -> Iterator[str]:
    start = place = arithmetic = 0
    quote = ""
    while place < len(line):
        character = line[place]
        if character == "\\":
            place += 2
            continue
        if character in "'\"":
            quote = "" if quote == character else quote or character
        elif not quote and line.startswith(("((", "))"), place) and (character == "(" or arithmetic):
            arithmetic += 1 if character == "(" else -1
            place += 1
        elif not quote and (operator := _operator_at(line, place, arithmetic)):
            yield _trimmed(line[start:place], operator)
            start = place = place + len(operator)
            continue
        place += 1
    yield line[start:].strip(_SEPARATORS)


def _operator_at(line: str, place: int, arithmetic: int) -> str:
    operator = next((one for one in _OPERATORS if line.startswith(one, place)), "")
    return "" if operator == "&" and (arithmetic or not _is_background(line, place)) else operator


def _is_background(line: str, place: int) -> bool:
    """Return whether an ampersand is no part of a redirection."""
    if line.startswith(">", place + 1):
        return False
    before = line[:place].rstrip(_SEPARATORS)
    if before.endswith((">", "<")):
        return (len(before) - 1 - len(before[:-1].rstrip("\\"))) % 2 == 1
    return True


def _trimmed(piece: str, operator: str) -> str:
    ends_line = operator == "\n" and not _CR_IS_TARGET.search(piece[-8:])
    return (piece.removesuffix("\r") if ends_line else piece).strip(_SEPARATORS)


@lru_cache(maxsize=4096)
def normalized(piece: str) -> str:
    """Return a command without its variables and quotes."""
    trimmed = piece.strip()
    try:
        words = list(_words(trimmed))
    except _BadSubstitutionError:
        return trimmed
    start = 0
    while start < len(words) and _ASSIGNMENT.match(words[start]):
        start += 1
    return " ".join(words[start:])


class _BadSubstitutionError(Exception):
    """The client's reader of words gives up."""


def _words(text: str) -> Iterator[str]:
    """Yield the words as the client's library makes them; operators as they are, a word with a glob as its name."""
    for chunk in _CHUNK.finditer(text):
        if chunk["control"]:
            yield chunk[0]
            continue
        word = _Word(chunk[0])
        if word.is_comment:
            if word.text:
                yield word.text
            return
        yield word.text


class _Word:
    """One word, read character by character: quotes come off, variables become nothing."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._parts: list[str] = []
        self._quote = ""
        self._is_glob = False
        self._operator = ""
        self.is_comment = False
        while self._place < len(source) and not self.is_comment and not self._operator:
            self._read(source[self._place])
            self._place += 1

    @property
    def text(self) -> str:
        """What becomes of it."""
        return self._operator or ("glob" if self._is_glob and not self.is_comment else "".join(self._parts))

    def _read(self, character: str) -> None:
        self._is_glob = self._is_glob or (not self._quote and character in "*?")
        if character == self._quote:
            self._quote = ""
        elif self._quote == "'":
            self._parts.append(character)
        elif not self._quote and character in "'\"":
            self._quote = character
        elif character == "\\":
            self._escape()
        elif character == "$":
            self._variable()
        elif not self._quote and character == "#":
            self.is_comment = True
        elif not self._quote and _CONTROL.fullmatch(character):
            self._operator = self._source
        else:
            self._parts.append(character)

    def _escape(self) -> None:
        self._place += 1
        following = self._source[self._place : self._place + 1]
        if not self._quote:
            self._is_glob = self._is_glob or following in {"*", "?"}
        self._parts.append(following if not self._quote or following in {'"', "\\", "$"} else "\\" + following)

    def _variable(self) -> None:
        self._place += 1
        following = self._source[self._place : self._place + 1]
        if following == "{":
            end = self._source.find("}", self._place + 1)
            if end < self._place + 2:
                raise _BadSubstitutionError
            self._place = end
        elif following and following in "*@#?$!_-":
            self._place += 1
        else:
            found = _VARIABLE.match(self._source, self._place)
            end = found.end() if found else self._place
            if end == self._place:
                self._parts.append("$")
            self._place = end if end == len(self._source) else end - 1


def fits(pattern: str, piece: str) -> bool:
    """Return whether a pattern is about a command: a prefix, or with stars of which each after a space is optional."""
    command = normalized(piece)
    if "*" not in pattern:
        return command == pattern or command.startswith(pattern + " ")
    return _matches_stars(pattern, command)


def _matches_stars(pattern: str, command: str) -> bool:
    """Match `( .*)?` for each star after a space; all the others are `.*`."""
    reached = {0}
    for place, part in enumerate(pattern.split("*")):
        is_optional = part.endswith(" ") and place < pattern.count("*")
        literal = part[:-1] if is_optional else part
        reached = {at + len(literal) for at in reached if command.startswith(literal, at)}
        if place == pattern.count("*") or not reached:
            break
        if is_optional:
            spaces = [at for at in reached if command.startswith(" ", at)]
            reached |= set(range(min(spaces) + 1, len(command) + 1)) if spaces else set()
        else:
            reached = set(range(min(reached), len(command) + 1))
    return len(command) in reached


def is_too_long(line: str) -> bool:
    """Return whether a line is longer than what can be answered."""
    return len(line) > _LONGEST


def is_harmless(line: str) -> bool:
    """Return whether the client runs a command without any rule: it only reads."""
    if set(line) & set("$`<>(){}\\\n\r"):
        return False
    match line.split():
        case ["git", *arguments]:
            return len(arguments) == 1 and arguments[0] in _HARMLESS_GIT
        case [program, *_]:
            return program in _HARMLESS
        case _:
            return False
