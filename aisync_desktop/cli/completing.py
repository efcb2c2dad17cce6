"""What can stand where the cursor is: from the table of all commands (resources/commands.json) and from known names.

Names were written by others. One that does not show what it is made of, or that would be an option, is not offered;
each other one is quoted for the shell, by the shell itself (zsh, fish) or here (bash, PowerShell): none is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from aisync_desktop.kernel.texts import visible

_LONGEST = 60  # characters of what is said of a word
_PLAIN = re.compile(r"[\w@%+,./:=-]", re.ASCII)  # what bash takes as it is
_PLAIN_IN_POWERSHELL = re.compile(r"[\w./\\:+-]+", re.ASCII)
_SPECIAL_IN_QUOTES = frozenset('$`"\\!')  # between double quotes of bash
Names: TypeAlias = Callable[[str, Sequence[str]], Iterable[tuple[str, str]]]


class Offer(NamedTuple):
    """A word that can stand there, and what it is."""

    word: str
    about: str


class Offers(NamedTuple):
    """What can stand there: `way` is `words` or, where the shell knows them best, `files` or `folders`."""

    way: str
    words: tuple[Offer, ...] = ()


def complete(table: Mapping[str, Any], words: Iterable[str], word: str, names: Names) -> Offers:
    """Return what can stand in the place of `word`, behind the others; `names` gives those of a sort."""
    at = _Place(table)
    for each in words:
        at.pass_by(each)
    if at.waits is not None:
        return _values(at.waits, word, at.arguments, names)
    if word.startswith("-") and not at.only_arguments:
        option, assigned, begun = word.partition("=")
        takes = at.command["options"].get(option, {}).get("takes") if assigned else None
        if takes is None:
            return Offers("words", _beginning(at.options(), word))
        found = _values(takes, begun, at.arguments, names)
        return Offers(found.way, tuple(Offer(f"{option}={one.word}", one.about) for one in found.words))
    if below := at.command.get("commands"):
        return Offers("words", _beginning(((name, each["about"]) for name, each in below.items()), word))
    if at.argument is not None:
        return _values(at.argument, word, at.arguments, names)
    return Offers("words", () if at.only_arguments else _beginning(at.options(), word))


class _Place:
    """Where in the words of a command one is, after having passed by those before."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.command = table
        self.arguments: list[str] = []
        self.only_arguments = False  # after “--”
        self._open: Mapping[str, Any] | None = None  # an option that waits for its value
        self._used = set[str]()

    def pass_by(self, word: str) -> None:
        """Go on behind a word."""
        if self._open is not None:
            self._open = None
        elif word == "--":
            self.only_arguments = True
        elif word.startswith("-") and not self.only_arguments:
            name, assigned, _ = word.partition("=")
            option = self.command["options"].get(name, {})
            self._used |= {name, *option.get("also", ())}
            self._open = option if "takes" in option and not assigned else None
        elif "commands" in self.command:
            self.command = self.command["commands"].get(word, {"about": "", "options": {}, "arguments": []})
        else:
            self.arguments.append(word)

    @property
    def waits(self) -> list[str] | None:
        """What the value of the option before can be; None where none waits for one."""
        return None if self._open is None else self._open["takes"]

    @property
    def argument(self) -> list[str] | None:
        """What the argument that belongs here can be; None where none does."""
        expected = self.command.get("arguments", [])
        at = len(self.arguments)
        if at >= len(expected) and expected and expected[-1]["many"]:
            at = len(expected) - 1
        return expected[at]["takes"] if at < len(expected) else None

    def options(self) -> Iterator[tuple[str, str]]:
        """Yield the options that can still be said."""
        for name, option in self.command["options"].items():
            if name not in self._used or option.get("many"):
                yield name, option["about"]


def _values(takes: Iterable[str], word: str, arguments: Sequence[str], names: Names) -> Offers:
    """Return what a value can be: words as they are, and names of a sort, which begins with a colon."""
    found = list[tuple[str, str]]()
    for each in takes:
        if each in {":file", ":folder"}:
            return Offers(f"{each[1:]}s")
        found += names(each[1:], arguments) if each.startswith(":") else [(each, "")]
    return Offers("words", _beginning(found, word))


def _beginning(found: Iterable[tuple[str, str]], word: str) -> tuple[Offer, ...]:
    return tuple(
        Offer(each, visible(about, _LONGEST))
        for each, about in dict(found).items()
        if each.startswith(word) and visible(each) == each and (word.startswith("-") or not each.startswith("-"))
    )


class Line(NamedTuple):
    """A line of bash up to the cursor, read without doing anything that it says."""

    words: tuple[str, ...]  # before the last one
    word: str
    raw: str  # the last one as it was typed
    quote: str  # that is open in it


def line_of(typed: str) -> Line:
    """Read a line as bash does: blanks between words, quotes, backslashes; expansions stay what they are."""
    words, word, begun, quote = list[str](), "", -1, ""
    at = 0
    while at < len(typed):
        letter = typed[at]
        if not quote and letter in " \t\n":
            if begun >= 0:
                words.append(word)
            word, begun = "", -1
            at += 1
            continue
        begun = at if begun < 0 else begun
        if letter == "\\" and quote != "'" and at + 1 < len(typed):
            at += 1
            word += ("\\" if quote and typed[at] not in _SPECIAL_IN_QUOTES else "") + typed[at]
        elif letter in "\"'" and quote in {"", letter}:
            quote = "" if quote else letter
        else:
            word += letter
        at += 1
    return Line(tuple(words), word, typed[begun:] if begun >= 0 else "", quote)


def in_bash(word: str, line: Line, breaks: str) -> str | None:
    """Return what is to stand in place of what bash would replace; None where that cannot be said safely.

    Bash replaces only what is behind the last letter that breaks words, such as a colon.
    """
    if line.quote == "'":
        return None if "'" in word else word
    if line.quote:
        return None if _SPECIAL_IN_QUOTES & {*word} else word
    quoted = "".join(letter if _PLAIN.fullmatch(letter) or letter.isalnum() else f"\\{letter}" for letter in word)
    head = _broken_off(line.raw, breaks)
    return quoted[len(head) :] if quoted.startswith(head) else None


def _broken_off(raw: str, breaks: str) -> str:
    """Return the beginning of a word as it was typed that bash does not replace."""
    last = max(
        (at for at, letter in enumerate(raw) if letter in breaks and letter in ":=@" and raw[at - 1 : at] != "\\"),
        default=-1,
    )
    return raw[: last + 1]


def in_powershell(word: str) -> str:
    """Return a word as PowerShell takes it for text."""
    if _PLAIN_IN_POWERSHELL.fullmatch(word):
        return word
    return "'" + re.sub("['\u2018\u2019\u201a\u201b]", lambda found: found[0] * 2, word) + "'"
