"""Lost text: what a file said beside its values, and does not say any more after somebody wrote it anew.

That is its comments, and how its numbers are spelled: a program that reads a file and writes it again keeps neither.
The measure is the text before, edited to say what the file says now: what went with a value that went is not lost, nor
are indentation, quotes, line endings and the order of keys. That text is also what puts the lost back.

Keys that others know nothing of can be lost as well (lost_keys.py), but only in a file that a program wrote anew: a key
that a person took out is not lost. Such a program leaves no comment where there were some, spells numbers its own way,
or lays out anew what it did not change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from decimal import Decimal
from functools import partial

from aisync_desktop.documents.lost_keys import is_relaid, with_keys
from aisync_desktop.documents.protocol import Comment, Document, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import AISyncError
from aisync_desktop.kernel.values import KeyPath, Value

_REMARK = re.compile(rb"#[^\r\n]*|//[^\r\n]*|/\*[^\r\n]*")  # or a piece of a text
_NUMBER = re.compile(rb"[0-9][0-9a-zA-Z_.]*(?:(?<=[eE])[+-][0-9]+)?")  # or a piece of anything


@dataclass(frozen=True)
class Lost:
    """What a document lacks of an earlier one, and `whole`, which says the same and has it.

    `bare` says that no comment is left where some were lost: so a program writes, while people leave most alone.
    `sure` says that only a program can have done it: an editor that formats a file lays it out anew, too.
    """

    comments: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    whole: Document | None = None
    bare: bool = True
    keys: tuple[KeyPath, ...] = ()
    sure: bool = True

    def __bool__(self) -> bool:
        """Whether anything is lost."""
        return bool(self.comments or self.numbers or self.keys)


NOTHING = Lost()


def lost(before: Document, after: Document, keys: Collection[KeyPath] = ()) -> Lost:
    """Return what a document lacks of an earlier one; nothing where it could not be put back.

    Of the `keys` that are gone it lacks all if the rest shows that a program wrote it, and else none.
    """
    found = _lost(before, after) if _says_less(before, after) else NOTHING
    if not keys:
        return found
    sure = bool(found.numbers or (found.comments and found.bare))
    whole = edited_back(before, after, keys)
    if whole is None or not (sure or _is_rewritten(before, after)):
        return found
    comments, numbers = _comments_gone(whole, after), _gone(whole.numbers(), after.numbers())
    return Lost(tuple(one.text for one in comments), numbers, whole, keys=tuple(keys), sure=sure)


def edited_back(before: Document, after: Document, keys: Collection[KeyPath] = ()) -> Document | None:
    """Return the earlier text, edited to say what is said now, with some of the keys that are gone; None: it cannot."""
    said, says = before.value(), after.value()
    try:
        return before.edit(SetValue((), with_keys(said, as_spelled(said, says), keys)))
    except AISyncError:  # a shape in which the editor does not work, or would have made a mistake
        return None


def _says_less(before: Document, after: Document) -> bool:
    may_be = _may_be(before.dump(), after.dump())
    return may_be and bool(_comments_gone(before, after) or _gone(before.numbers(), after.numbers()))


def _lost(before: Document, after: Document) -> Lost:
    whole = edited_back(before, after)
    if whole is None:
        return NOTHING
    comments, numbers = _comments_gone(whole, after), _gone(whole.numbers(), after.numbers())
    if not (comments or numbers):
        return NOTHING
    left = (*_stayed(whole, after), *_comments_gone(after, whole))
    bare = {comment.section for comment in comments}.isdisjoint(comment.section for comment in left)
    return Lost(tuple(one.text for one in comments), numbers, whole, bare)


def _is_rewritten(before: Document, after: Document) -> bool:
    plain = edited_back(before, after)
    return plain is not None and is_relaid(before.dump(), plain.dump(), after.dump())


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
