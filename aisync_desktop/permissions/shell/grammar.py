"""Command lines of a POSIX shell (bash), taken apart into what runs.

`parse` never raises and is linear in the length of the line: nesting is bounded. What is more than lists, pipes,
subshells, groups, `if`, `while`, `until` and `for` (functions, `case`, `[[`, arithmetic over names, arrays, ...) is not
understood: the commands found before it are still there, for those who deny, but nobody may allow such a line.

    tree      the values: Script, Command, Word, Redirection
    words     reading one word
    grammar   the grammar around words (this module)
    wrappers  commands that run the command in their arguments
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import lru_cache
from typing import ClassVar

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.permissions.shell.tree import (
    ASSIGNMENT,
    RESERVED,
    Command,
    Redirection,
    Script,
    Word,
    every,
    quoted,
    spelled,
)
from aisync_desktop.permissions.shell.words import Beyond, WordReader
from aisync_desktop.permissions.shell.wrappers import unwrapped

__all__ = ["Command", "Redirection", "Script", "Word", "every", "parse", "quoted", "spelled", "unwrapped"]

_BLANK = re.compile(r"[ \t]+")
_JOINER = re.compile(r"&&|\|\||\|&|[|;&\n]")
_NEEDS_ANOTHER = {"&&", "||", "|&", "|"}
_REDIRECTION = re.compile(r"<<<|<<-|<<|<>|<&|<(?!\()|>>|>&|>\||>(?!\()|&>>|&>")
_COMMENT = re.compile(r"[^\n]*")
_ENDS_COMMAND = frozenset({"", *"\n;&|)"})
_ELEMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\[")  # of an array: up to the bracket nothing separates words
_RESERVED_AHEAD = re.compile(r"(?:[a-z]+|[{}!]|\[\[|\]\])(?=[ \t\n;&|<>()]|\Z)")
_NOT_COMMANDS = RESERVED - {"time", "in"}  # these two we read as commands: what follows `time` is run
_RESERVED_BEGINS = frozenset(word[0] for word in _NOT_COMMANDS)
_END = frozenset({""})
_PARENTHESIS = frozenset({")"})


@lru_cache(maxsize=1024)
def parse(line: str) -> Script:
    """Return what a command line runs."""
    grammar = _Grammar(line)
    try:
        if "\0" in line:
            grammar.beyond()
        grammar.script(grammar.found, _END)
    except Beyond:
        return _script(grammar.found, understood=False)
    return _script(grammar.found, understood=True)


@dataclass
class _Draft:
    """A command that is being read: the text of a here-document comes after everything else of its line."""

    env: list[tuple[str, str]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    redirections: list[Redirection] = field(default_factory=list)
    inner: list[list[_Draft]] = field(default_factory=list)
    then: str = ""
    source: str = ""

    def is_empty(self) -> bool:
        return not (self.env or self.words or self.redirections or self.inner)


def _script(drafts: list[_Draft], *, understood: bool) -> Script:
    return Script(tuple(_command(draft, understood=understood) for draft in drafts), understood)


def _command(draft: _Draft, *, understood: bool) -> Command:
    return Command(
        tuple(draft.env),
        tuple(draft.words),
        tuple(draft.redirections),
        tuple(_script(inner, understood=understood) for inner in draft.inner),
        draft.then,
        draft.source,
    )


@dataclass(frozen=True)
class _HereDocument:
    """A here-document whose text is still to come."""

    draft: _Draft
    index: int
    delimiter: str
    expands: bool


class _Grammar(WordReader):
    """A reader of scripts."""

    def __init__(self, line: str, depth: int = 0) -> None:
        super().__init__(line, depth)
        self.found: list[_Draft] = []
        self._current = _Draft()  # whom substitutions belong to
        self._awaited: list[_HereDocument] = []

    def script(self, drafts: list[_Draft], stops: frozenset[str]) -> str:
        """Read commands into drafts until one of the stops (reserved words, a parenthesis, the end); return it."""
        owner = self._current
        with self.deeper():
            stop = self._commands(drafts, stops)
        self._current = owner
        return stop

    def _commands(self, drafts: list[_Draft], stops: frozenset[str]) -> str:
        joiner = ""
        while True:
            self._skip_lines()
            stop = self._stop(stops)
            if stop is not None:
                break
            draft = self._current = _Draft()
            drafts.append(draft)
            self._read_command(draft)
            joiner = draft.then = self._joiner()
        if joiner in _NEEDS_ANOTHER or (self._awaited and not stop):
            self.beyond()
        return stop

    def _stop(self, stops: frozenset[str]) -> str | None:
        """Return the stop that comes next and go past it, None if a command comes."""
        following = self.peek()
        if following in {"", ")"}:
            if following not in stops or (following and self._awaited):
                self.beyond()
            self.place += len(following)
            return following
        word = self._reserved()
        if not word or word not in stops:
            return None
        self.place += len(word)
        return word

    def _reserved(self) -> str:
        """Return the reserved word that comes next; nothing if there is none."""
        if self.peek() not in _RESERVED_BEGINS:
            return ""
        found = _RESERVED_AHEAD.match(self.line, self.place)
        return found[0] if found and found[0] in _NOT_COMMANDS else ""

    def _joiner(self) -> str:
        """Read the operator after a command; none before what ends a script."""
        self._skip_blanks()
        found = _JOINER.match(self.line, self.place)
        if not found:
            if self.peek() not in {"", ")"}:
                self.beyond()
            return ""
        if found[0] != "\n":  # here-documents come after it: it is read with the empty lines
            self.place = found.end()
        return found[0]

    def _skip_blanks(self) -> None:
        while self.peek() in {" ", "\t"}:
            self.place = self.end_of(_BLANK)
        if self.peek() == "#":
            self.place = self.end_of(_COMMENT)

    def _skip_lines(self) -> None:
        self._skip_blanks()
        while self.peek() == "\n":
            self.place += 1
            self._read_here_documents()
            self._skip_blanks()

    def _read_command(self, draft: _Draft) -> None:
        while self._reserved() == "!":
            self.place += 1
            self._skip_blanks()
        start = self.place
        if self.take("("):
            if self.peek() == "(":
                self.beyond()
            self._block(draft, _PARENTHESIS)
            self._read_tail(draft)
        elif block := self._BLOCKS.get(self._reserved()):
            self.place += len(self._reserved())
            block(self, draft)
            self._read_tail(draft)
        else:
            self._read_tail(draft, words=True)
        draft.source = self.line[start : self.place].strip(" \t")
        if draft.is_empty():
            self.beyond()

    def _block(self, draft: _Draft, stops: frozenset[str]) -> str:
        """Read a script as run inside a command; return what ended it."""
        inner: list[_Draft] = []
        draft.inner.append(inner)
        stop = self.script(inner, stops)
        if not inner:
            self.beyond()
        return stop

    def _read_group(self, draft: _Draft) -> None:
        self._block(draft, frozenset({"}"}))

    def _read_if(self, draft: _Draft) -> None:
        stop = "elif"
        while stop == "elif":
            self._block(draft, frozenset({"then"}))
            stop = self._block(draft, frozenset({"elif", "else", "fi"}))
        if stop == "else":
            self._block(draft, frozenset({"fi"}))

    def _read_while(self, draft: _Draft) -> None:
        self._block(draft, frozenset({"do"}))
        self._block(draft, frozenset({"done"}))

    def _read_for(self, draft: _Draft) -> None:
        """Read `for name in words; do ...; done`; the words belong to nobody, what they run to the loop."""
        self._skip_blanks()
        name, _ = self.word()
        if not ASSIGNMENT.fullmatch(name.source + "="):
            self.beyond()
        self._skip_lines()
        if self.peek() != ";" and self._word_is("in"):
            words = _Draft(inner=draft.inner)
            self._read_tail(words, words=True)
            if words.redirections:
                self.beyond()
        self.take(";")
        self._skip_lines()
        if not self._word_is("do"):
            self.beyond()
        self._block(draft, frozenset({"done"}))

    def _word_is(self, expected: str) -> bool:
        """Read a word if it is the expected one."""
        found = _RESERVED_AHEAD.match(self.line, self.place)
        if not found or found[0] != expected:
            return False
        self.place = found.end()
        return True

    def _read_tail(self, draft: _Draft, *, words: bool = False) -> None:
        """Read redirections, and words where there may be any, up to what ends a command."""
        self._current = draft
        while True:
            self._skip_blanks()
            if self._at_redirection():
                self._read_redirection(draft, "")
                continue
            if self.peek() in _ENDS_COMMAND:
                return
            self._read_word(draft, may_be_one=words)

    def _at_redirection(self) -> bool:
        return self.peek() in {"<", ">", "&"} and bool(_REDIRECTION.match(self.line, self.place))

    def _read_word(self, draft: _Draft, *, may_be_one: bool) -> None:
        """Read a word, or the number of a descriptor and its redirection."""
        word, outline = self.word()
        if self._at_redirection() and self.peek() != "&":
            if word.source.isascii() and word.source.isdecimal():
                self._read_redirection(draft, word.source)
                return
            may_be_one = may_be_one and not word.source.startswith("{")  # a variable for the descriptor
        is_first = not draft.words
        assigned = ASSIGNMENT.match(outline) if is_first else None
        is_strange = not word.source or (is_first and _ELEMENT.match(outline))
        if not may_be_one or is_strange or (is_first and outline in _NOT_COMMANDS):
            self.beyond()
        if assigned:
            draft.env.append((assigned[1], word.text[assigned.end() :]))
        else:
            draft.words.append(word)

    def _read_redirection(self, draft: _Draft, descriptor: str) -> None:
        start, self.place = self.place, self.end_of(_REDIRECTION)
        operator = self.line[start : self.place]
        while self.peek() in {" ", "\t"}:
            self.place = self.end_of(_BLANK)
        word, _ = self.word()
        if not word.source or word.source.startswith("#"):  # a comment: there is no target
            self.beyond()
        if operator in {"<<", "<<-"}:
            self._awaited.append(self._here_document(draft, operator, word))
        draft.redirections.append(Redirection(operator, word, descriptor))

    def _here_document(self, draft: _Draft, operator: str, word: Word) -> _HereDocument:
        if operator == "<<-" or set(word.source) & set("$`\\\n"):
            self.beyond()
        return _HereDocument(draft, len(draft.redirections), word.text, word.source == word.text)

    def _read_here_documents(self) -> None:
        awaited, self._awaited = self._awaited, []
        for document in awaited:
            text = self._here_text(document)
            word = Word(text, source=text)
            if document.expands:
                self._current = document.draft
                word = self._nested(text).here_document()
            redirection = document.draft.redirections[document.index]
            document.draft.redirections[document.index] = Redirection(
                redirection.operator, word, redirection.descriptor
            )

    def _here_text(self, document: _HereDocument) -> str:
        """Read the lines up to the delimiter."""
        start, line = self.place, ""
        while True:
            before = self.place
            self.place = self.line.find("\n", before) % (len(self.line) + 1)  # the end of the line, or of all
            line = self.line[before : self.place]
            if line == document.delimiter:
                return self.line[start:before]
            joins = document.expands and line.endswith("\\")  # what follows, the delimiter perhaps
            if joins or self.place == len(self.line):
                self.beyond()
            self.place += 1

    def read_substitution(self) -> None:
        inner: list[_Draft] = []
        self._current.inner.append(inner)
        awaited, self._awaited = self._awaited, []
        self.script(inner, _PARENTHESIS)
        self._awaited = awaited

    def read_quoted_script(self, text: str) -> None:
        inner: list[_Draft] = []
        self._current.inner.append(inner)
        self._nested(text).script(inner, _END)

    def _nested(self, text: str) -> _Grammar:
        """Return a reader of a text within this one; what it finds belongs to the current command."""
        nested = _Grammar(text, self._depth + 1)
        nested._current = self._current
        return nested

    _BLOCKS: ClassVar[Mapping[str, Callable[[_Grammar, _Draft], None]]] = {
        "{": _read_group,
        "if": _read_if,
        "while": _read_while,
        "until": _read_while,
        "for": _read_for,
    }
