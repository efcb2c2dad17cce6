"""What files hold, shown without the secrets in them: lines of a diff, of which each stays a line of its own.

What is a secret is known from the values of the documents, as it is found in items; from what was met in other files;
and by its looks. A key that goes over several lines is hidden in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from aisync_desktop.documents.protocol import Document
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.observe.redact import Redactor
from aisync_desktop.secrets.detect import find_secrets
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

    def of(self, text: str) -> Concealed:
        """Return how the lines of a text are shown."""
        keys = frozenset(
            line
            for key in _KEY.finditer(text)
            for line in range(text.count("\n", 0, key.start()), text.count("\n", 0, key.end()) + 1)
        )
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
    values: dict[str, Value] = {"env": document.value()}
    return tuple(_at(values, spot.path)[spot.start : spot.end] for spot in find_secrets(values))


def _at(values: Mapping[str, Value], path: KeyPath) -> str:
    found: object = values
    for step in path:
        found = found[step]  # type: ignore[index]  # the path was found in these values
    return str(found)
