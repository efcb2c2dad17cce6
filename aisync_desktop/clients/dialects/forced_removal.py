"""Removals by force (`rm -f`), about which a client asks whatever its rules allow: found as it finds them (0.169.0).

It looks at every command of a line, inside substitutions and shells too, and through `sudo` and `env` without options;
not through other wrappers, and not at a name that a backslash stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from aisync_desktop.permissions.shell.grammar import Word, every, parse

_SHELLS = frozenset({"sh", "bash", "zsh"})
_RUNS_TEXT = frozenset({"-c", "-lc"})
_THROUGH = frozenset({"sudo", "env"})
_DEPTH = 5  # of shells in shells; what is deeper is not looked for


def removes_by_force(line: str) -> bool:
    """Return whether something in a command line is removed by force."""
    return any(map(_is_forced, _commands(line, _DEPTH)))


def _commands(line: str, depth: int) -> Iterator[Sequence[Word]]:
    for command in every(parse(line)):
        words = command.words
        while words and words[0].text in _THROUGH:
            words = words[1:]
        yield words
        match words:
            case (program, option, script, *_) if depth and _program(program) in _SHELLS and option.text in _RUNS_TEXT:
                yield from _commands(script.text, depth - 1)


def _is_forced(words: Sequence[Word]) -> bool:
    if not words or _program(words[0]) != "rm":
        return False
    texts = [word.text for word in words[1:]]
    options = texts[: texts.index("--")] if "--" in texts else texts
    return any(one == "--force" or (one.startswith("-") and not one.startswith("--") and "f" in one) for one in options)


def _program(word: Word) -> str:
    return "" if "\\" in word.source else PurePosixPath(word.text).name
