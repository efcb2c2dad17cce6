"""What a command line consists of, as far as a permission can ask: commands, words, redirections, what runs inside.

A Script is the flat list of the commands that a line runs, whatever joins them; what runs inside a command
(substitutions, subshells, the bodies of loops) is in its `inner` scripts. All values are immutable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from aisync_desktop.kernel.dataclass import dataclass

_WORDS = "if then elif else fi while until for do done case esac select function { } ! [[ ]] time coproc in"
RESERVED = frozenset(_WORDS.split())
ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\+?=")
_BARE = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")


@dataclass(frozen=True)
class Word:
    """One word after quote removal; not literal if the shell would put something else in its place, or in a part's."""

    text: str
    literal: bool = True
    source: str = field(default="", compare=False)  # as it was written

    @property
    def spelling(self) -> str:
        """The word as a shell reads it."""
        if not self.literal and self.source:
            return self.source
        is_bare = _BARE.fullmatch(self.text) and not ASSIGNMENT.match(self.text) and self.text not in RESERVED
        return self.text if is_bare else quoted(self.text)


@dataclass(frozen=True)
class Redirection:
    """Where a stream goes to or comes from; of a here-document the target is its text."""

    operator: str  # without the descriptor: > >> < <> >| >& <& &> &>> << <<- <<<
    target: Word
    descriptor: str = ""

    @property
    def writes(self) -> bool:
        """Whether it opens a file for writing: a copy of a descriptor does not."""
        if self.operator in {">&", "<&"}:
            return self.operator == ">&" and not _is_descriptor(self.target)
        return ">" in self.operator

    @property
    def reads(self) -> bool:
        """Whether it opens a file for reading."""
        return self.operator in {"<", "<>"}

    @property
    def spelling(self) -> str:
        """The redirection as a shell reads it, of a here-document as a here-string."""
        operator = "<<<" if self.operator.startswith("<<") else self.operator
        return f"{self.descriptor}{operator} {self.target.spelling}"


def _is_descriptor(word: Word) -> bool:
    number = word.text.removesuffix("-")
    return word.text == "-" or (word.literal and number.isascii() and number.isdecimal())


@dataclass(frozen=True)
class Command:
    """A simple command, or, without words, what holds others together: a subshell, a group, a loop, an assignment."""

    env: tuple[tuple[str, str], ...] = ()
    words: tuple[Word, ...] = ()
    redirections: tuple[Redirection, ...] = ()
    inner: tuple[Script, ...] = ()
    then: str = field(default="", compare=False)  # the operator after it: && || | |& ; & or a newline
    source: str = field(default="", compare=False)  # as it was written

    @property
    def argv(self) -> tuple[str, ...]:
        """The texts of its words."""
        return tuple(word.text for word in self.words)

    @property
    def literal(self) -> bool:
        """Whether its words are known before it runs."""
        return all(word.literal for word in self.words)


@dataclass(frozen=True)
class Script:
    """The commands of a line. If it was not understood these are not all: nothing may be allowed on their word."""

    commands: tuple[Command, ...] = ()
    understood: bool = True


def every(script: Script) -> Iterator[Command]:
    """Yield the commands of a script, each before those that run inside it."""
    for command in script.commands:
        yield command
        for inner in command.inner:
            yield from every(inner)


def spelled(command: Command) -> str:
    """Return a simple command in one canonical spelling, to which it parses again."""
    env = [f"{name}={quoted(value)}" for name, value in command.env]
    words = [word.spelling for word in command.words]
    return " ".join([*env, *words, *(redirection.spelling for redirection in command.redirections)])


def quoted(text: str) -> str:
    """Return a text in quotes that nothing is expanded in."""
    return "'" + text.replace("'", "'\\''") + "'"
