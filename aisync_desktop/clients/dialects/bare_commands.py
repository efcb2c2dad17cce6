"""Entries that are commands: `ls`, `git status`, `rm -rf`. As in the client's own program.

An allowance goes by the name of a program alone, of some by the first words after it (`git push`, `gh pr list`),
options left out: `docker ps` allows every `docker`. So it says a subject only if that is what its words come to.
Programs are seen through wrappers, paths and assignments; a line with a substitution is never allowed, one that writes
files is.

A refusal or a question is about the words in their order, with up to a hundred characters between two of them, in any
case: `git push` is about `git -C x push`, too. Of the last word a file or folder would be about what begins so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import PurePosixPath

from aisync_desktop.clients.dialects.command_texts import seen
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action, Matcher, Subject, Tool, subject_of
from aisync_desktop.permissions.shell.grammar import Command, unwrapped

_WRAPPERS = frozenset({"sudo", "env", "time", "nohup", "command", "nice", "timeout"})
_WORDS_AFTER = {"git": 1, "npm": 1, "yarn": 1, "pnpm": 1, "bun": 1, "gh": 2, "glab": 2}
_VALUED = {
    "git": {"-C", "-c", "--git-dir", "--work-tree"},
    "gh": {"-R", "--repo"},
    "glab": {"-R", "--repo"},
} | {name: {"--prefix", "--workspace", "--dir", "-C"} for name in ("npm", "yarn", "pnpm", "bun")}
_GAP = 100
_MOST = 16  # words of an entry that are looked for; those behind them would only make it narrower
_ENDS = frozenset(" \t\n;&|)`")
SUBSTITUTIONS = ("$(", "`", "<(", ">(")


def key_of(command: Command) -> str:
    """Return what an allowance goes by; nothing for what needs none."""
    name, *rest = unwrapped(command, _WRAPPERS).argv
    name = PurePosixPath(name).name
    if not name or name == "cd" or name.startswith("-") or name.isdecimal():
        return ""
    return " ".join([name, *_first_words(name, rest)])


def _first_words(name: str, rest: list[str]) -> list[str]:
    words = iter(rest)
    found: list[str] = []
    for word in words:
        if len(found) == _WORDS_AFTER.get(name, 0):
            break
        if word in _VALUED.get(name, ()):
            next(words, None)
        elif not word.startswith("-"):
            found.append(word)
    return found


def keys_of(entry: str) -> list[str]:
    """Return what an entry allows."""
    return [key for key in map(key_of, seen(entry).commands) if key]


def meaning(entry: str, action: Action) -> Subject | Text:
    """Return what an entry means."""
    if action is Action.ALLOW:
        keys = keys_of(entry)
        name, *after = keys[0].split(" ") if len(keys) == 1 else [""]
        exact = len(after) == _WORDS_AFTER.get(name, 0)
        found = subject_of(Tool.SHELL, Matcher.IS, keys[0]) if name and exact else None
    else:
        last = entry.rsplit(" ", 1)[-1]
        found = None if last.startswith(("/", "~", ".")) else subject_of(Tool.SHELL, Matcher.IS, entry)
    return found or text("permission.pattern")


def said(subject: Subject, action: Action) -> str | None:
    """Return the entry for a subject."""
    del action
    return subject.pattern or None


def stops(entry: str, line: str) -> bool:
    """Whether a refusal or a question is about a line."""
    words = entry.lower().split()[:_MOST]
    return bool(words) and any(_is_in_order(words, one.lower()) for one in _texts(line))


def _texts(line: str) -> Iterator[str]:
    for command in seen(line).commands:
        inside = unwrapped(command, _WRAPPERS)
        yield " ".join([PurePosixPath(inside.argv[0]).name, *inside.argv[1:]])
        yield command.source


def _is_in_order(words: list[str], said: str) -> bool:
    """Look for the words one after the other, the first at the beginning, the last one whole."""
    first, *rest = words
    if not said.startswith(first) or said[len(first) : len(first) + 1].isalnum():
        return False
    ends = [len(first)]
    for word in rest:
        places = (at for at in range(ends[0], min(ends[-1] + _GAP, len(said)) + 1) if said.startswith(word, at))
        ends = [at + len(word) for at in places if at - ends[bisect_right(ends, at) - 1] <= _GAP]
        if not ends:
            return False
    return any(end >= len(said) or said[end] in _ENDS for end in ends)
