"""What files hold, shown without the secrets in them: lines of a diff, of which each stays a line of its own.

What is a secret is known from the values of the documents, as it is found in items; from what was met in other files;
and by its looks. A key that goes over several lines is hidden in each of them, and so is a value that a file spells in
a way of its own (folded, or with escapes that nobody needs): where its text is not found, all its lines are hidden.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from aisync_desktop.documents.protocol import Document, SetValue
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.observe.redact import Redactor, spellings
from aisync_desktop.secrets.detect import SecretSpot, find_secrets
from aisync_desktop.secrets.shapes import MARK

_SHORTEST_PART = 8  # of a secret of several lines: shorter lines of it are in half of all texts
_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)")


class Concealer:
    """Hides secrets in the lines of files."""

    def __init__(self, literals: Iterable[str] = (), documents: Iterable[Document | None] = ()) -> None:
        self._redactor = Redactor()
        found = (secret for document in documents if document is not None for secret in secrets_of(document))
        for secret in (*literals, *found):
            parts = secret.splitlines()
            more = (part.strip() for part in parts if len(part.strip()) >= _SHORTEST_PART) if len(parts) > 1 else ()
            self._redactor.register(secret, *more)

    def of(self, text: str, document: Document | None = None) -> Concealed:
        """Return how the lines of a text are shown; of the `document` that it is, where it could be read."""
        keys = {
            line
            for key in _KEY.finditer(text)
            for line in range(text.count("\n", 0, key.start()), text.count("\n", 0, key.end()) + 1)
        }
        if document is not None:
            keys.update(_lines_of_values(text, document))
        return Concealed(self._redactor, keys)


class Concealed:
    """How the lines of one text are shown; `hidden` says whether a secret was among those that were."""

    def __init__(self, redactor: Redactor, keys: Collection[int]) -> None:
        self._redactor = redactor
        self._keys = keys
        self.hidden = False

    def __call__(self, lines: Sequence[str], start: int) -> list[str]:
        """Return some lines as they are shown."""
        told = [MARK if start + at in self._keys else line for at, line in enumerate(self._without_secrets(lines))]
        self.hidden |= told != [*lines]
        return told

    def _without_secrets(self, lines: Sequence[str]) -> list[str]:
        """Return lines without secrets: what stands in one line may be told as a secret by the one before it."""
        if not lines:
            return []
        together = self._redactor.text("\n".join(lines)).split("\n")
        return together if len(together) == len(lines) else [self._redactor.text(line) for line in lines]


def secrets_of(document: Document) -> tuple[str, ...]:
    """Return the literal secrets in the values of a document."""
    return tuple(secret for _, secret in _found_in(document))


def _found_in(document: Document) -> Iterator[tuple[SecretSpot, str]]:
    values: dict[str, Value] = {"env": document.value()}
    for spot in find_secrets(values):
        yield spot, _at(values, spot.path)[spot.start : spot.end]


def _lines_of_values(text: str, document: Document) -> Iterator[int]:
    """Yield the lines that hold a value with a secret in it which is not found there as a part of one line."""
    lines = text.split("\n")
    for spot, secret in _found_in(document):
        path = spot.path[1:]
        place = document.locate(path)
        if place is None or _is_spelled(secret, lines[place.line - 1]):
            continue
        first, last = _extent(document, path, place.line - 1, len(lines))
        within = "\n".join(lines[first:last])
        if "\n" in secret and secret in within:
            first += within.count("\n", 0, within.index(secret))
            last = first + secret.count("\n") + 1
        elif "\n" not in secret and _is_spelled(secret, within):
            continue
        yield from range(first, last)


def _extent(document: Document, path: KeyPath, first: int, count: int) -> tuple[int, int]:
    """Return the lines of a value: those that another value in its place does not leave as they are; or all behind."""
    try:
        other = document.edit(SetValue(path, MARK)).dump().split(b"\n")
    except WorldError:
        return first, count
    lines = document.dump().split(b"\n")[first:]
    alike = zip(reversed(lines), reversed(other[first:]), strict=False)
    same = next((at for at, (one, another) in enumerate(alike) if one != another), min(len(lines), len(other) - first))
    return first, max(first + 1, count - same)


def _is_spelled(secret: str, text: str) -> bool:
    return any(spelling in text for spelling in spellings(secret))


def _at(values: Mapping[str, Value], path: KeyPath) -> str:
    found: object = values
    for step in path:
        found = found[step]  # type: ignore[index]  # the path was found in these values
    return str(found)
