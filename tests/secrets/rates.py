"""How well secrets are told from what is none, measured on the corpus; the documentation says what this finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.secrets.detect import find_secrets
from tests.secrets.corpus import HARMLESS, SECRETS, Case
from tests.secrets.corpus_wild import WILD_HARMLESS, WILD_SECRETS

# What the rules did wrong on the second part when they first met it; they were mended for what can be told apart.
AT_FIRST_SIGHT = (4, 20)


@dataclass(frozen=True)
class Rates:
    """One part of the corpus: its cases, and those that are told wrongly."""

    name: str
    secrets: Sequence[Case]
    harmless: Sequence[Case]

    @property
    def missed(self) -> list[Case]:
        """The secrets that are not found, to the letter."""
        return [case for case in self.secrets if found_in(case[0]) != [case[1]]]

    @property
    def alarms(self) -> list[Case]:
        """What is harmless and taken for a secret."""
        return [case for case in self.harmless if found_in(case[0])]


PARTS = (
    Rates("written with the rules", SECRETS, HARMLESS),
    Rates("written after them", WILD_SECRETS, WILD_HARMLESS),
)


def found_in(fields: dict[str, Value]) -> list[str]:
    """Return the secret pieces."""
    return [at(fields, spot.path)[spot.start : spot.end] for spot in find_secrets(fields)]


def at(value: Value, path: KeyPath) -> str:
    """Return the string at a path."""
    for step in path:
        if not isinstance(value, (dict, list)):
            raise TypeError(step)
        value = value[step]  # type: ignore[index]  # a path is made of what its places take
    return str(value)


def place_of(case: Case) -> str:
    """Return where a case has its value: the value itself is no text for a page."""
    ((field, value),) = case[0].items()
    if isinstance(value, dict):
        return f"{field}.{next(iter(value))}"
    return f"{field} {value[0]}" if isinstance(value, list) else field
