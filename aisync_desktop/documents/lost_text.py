"""Lost text: what a file said beside its values, and does not say any more after somebody wrote it anew.

That is its comments, and how its numbers are spelled: a program that reads a file and writes it again keeps neither.
The measure is the text before, edited to say what the file says now: what went with a value that went is not lost, nor
are indentation, quotes, line endings and the order of keys. That text is also what puts the lost back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from aisync_desktop.core.errors import AISyncError
from aisync_desktop.core.values import Value
from aisync_desktop.documents.protocol import Comment, Document, SetValue

_REMARK = re.compile(rb"#[^\r\n]*|//[^\r\n]*|/\*[^\r\n]*")  # or a piece of a text
_NUMBER = re.compile(rb"[0-9][0-9a-zA-Z_.]*(?:(?<=[eE])[+-][0-9]+)?")  # or a piece of anything


@dataclass(frozen=True)
class Lost:
    """What a document lacks of an earlier one, and `whole`, which says the same and has it.

    `bare` says that no comment is left where some were lost: so a program writes, while people leave most alone.
    """

    comments: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    whole: Document | None = None
    bare: bool = True

    def __bool__(self) -> bool:
        """Whether anything is lost."""
        return bool(self.comments or self.numbers)


NOTHING = Lost()


def lost(before: Document, after: Document) -> Lost:
    """Return what a document lacks of an earlier one; nothing where it could not be put back."""
    if not _may_be(before.dump(), after.dump()) or not (
        _comments_gone(before, after) or _gone(before.numbers(), after.numbers())
    ):
        return NOTHING
    try:
        whole = before.edit(SetValue((), as_spelled(before.value(), after.value())))
    except AISyncError:  # a shape in which the editor does not work, or would have made a mistake
        return NOTHING
    comments, numbers = _comments_gone(whole, after), _gone(whole.numbers(), after.numbers())
    if not (comments or numbers):
        return NOTHING
    left = (*_stayed(whole, after), *_comments_gone(after, whole))
    bare = {comment.section for comment in comments}.isdisjoint(comment.section for comment in left)
    return Lost(tuple(one.text for one in comments), numbers, whole, bare)


def _may_be(before: bytes, after: bytes) -> bool:
    """Whether anything may be lost: a look at the bytes, as most changes lose nothing and must cost nothing."""
    if Counter(_REMARK.findall(before)) - Counter(_REMARK.findall(after)):
        return True
    old, new = Counter(_NUMBER.findall(before)), Counter(_NUMBER.findall(after))
    return not {_number(token) for token in old - new}.isdisjoint(_number(token) for token in new - old)


def _number(token: bytes) -> float:
    """Return what a token stands for, 0 where it is no number."""
    for read in (float, partial(int, base=0)):
        with suppress(ValueError, OverflowError):
            return float(read(token))
    return 0.0


def _comments_gone(before: Document, after: Document) -> tuple[Comment, ...]:
    """Return the comments that are nowhere any more; white space in them is nothing."""
    gone = Counter(_gone(map(_words, before.comments()), map(_words, after.comments())))
    found: list[Comment] = []
    for comment in reversed(before.comments()) if gone else ():
        if gone[_words(comment)] > 0:
            gone[_words(comment)] -= 1
            found.append(comment)
    return tuple(reversed(found))


def _stayed(before: Document, after: Document) -> tuple[Comment, ...]:
    """Return the comments that are still there, with the sections that they were in."""
    there = set(map(_words, after.comments()))
    return tuple(comment for comment in before.comments() if _words(comment) in there)


def _words(comment: Comment) -> str:
    return " ".join(comment.text.split())


def _gone(before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    return tuple((Counter(before) - Counter(after)).elements())


def as_spelled(old: Value, new: Value) -> Value:
    """Return the new value, with each number that is the old one in another spelling as it was."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: as_spelled(old[key], value) if key in old else value for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [as_spelled(*pair) for pair in zip(old, new, strict=True)]
    return old if _is_number(old) and _is_number(new) and _is_respelled(old, new) else new


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_respelled(old: Value, new: Value) -> bool:
    """Whether a number is another spelling of one, or what is left of it in a program that has only doubles."""
    if old == new:
        return True
    try:
        return isinstance(old, int) and new == int(Decimal(repr(float(old))))
    except OverflowError:
        return False
