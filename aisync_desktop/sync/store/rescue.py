"""Rescue: a database that SQLite cannot make sense of is set aside, never thrown away, and a new one begun (Store).

What can still be read of its facts (which key it was made with, whether we may write) goes into the new
one, if it is what it should be, and with that key what the safe keeps: a secret may stand in no file any more. Items
and agreements are rebuilt from the clients' files by the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from aisync_desktop.database.fields import read_moment
from aisync_desktop.database.readable_rows import readable_rows, readable_values
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.errors import KeyLostError, SecretsError
from aisync_desktop.secrets.keys import KeyRef, KeyRing, Place
from aisync_desktop.secrets.references import REFERENCE
from aisync_desktop.secrets.safe import Kept, Where
from aisync_desktop.sync.store.reads import is_root


@dataclass(frozen=True, slots=True)
class Rescued:
    """What could be read of a damaged database, and makes sense."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    secrets: tuple[Kept, ...] = ()


def salvaged(path: Path) -> Rescued:
    """Read what can be read of a database, which stays where it is."""
    facts = {name: value for name, value in readable_values(path, "fact") if _is_fact(name, value)}
    secrets = tuple(_kept_secrets(path)) if "data_key" in facts else ()
    return Rescued(facts, secrets)


def without_lost_key(rescued: Rescued, keys: KeyRing) -> Rescued:
    """Forget a key that is not there any more: nothing in the new database was made with it."""
    match rescued.facts.get("data_key"):
        case {"id": str() as name, "place": str() as place}:
            try:
                keys.open(KeyRef(name, Place(place)))
            except KeyLostError:
                return replace(rescued, facts={of: fact for of, fact in rescued.facts.items() if of != "data_key"})
            except SecretsError:  # it may be there, and is asked for again when it is needed
                return rescued
    return rescued


def _kept_secrets(path: Path) -> Iterator[Kept]:
    """Yield what the safe kept, up to the first row that cannot be read; where each was seen, the next sync knows."""
    query = "SELECT reference, place, since, enclosed FROM kept_secret"
    for reference, place, since, enclosed in readable_rows(path, query):
        with suppress(ValueError, TypeError):
            if re.fullmatch(REFERENCE, reference) and isinstance(enclosed, bytes):
                yield Kept(reference, Where(place), read_moment(since), (), enclosed)


def _is_fact(name: str, value: Value) -> bool:
    """Whether a fact is one that every start can make sense of."""
    match name, value:
        case ("adopted_at", str()):
            return _is_moment(value)
        case ("projects", list()):
            return all(map(is_root, value))
        case ("data_key", {"id": str(), "place": str() as place}):
            return place in list(Place)
        case ("reach", dict()) | ("pause", str()):
            return True  # read with care whenever it is read
        case _:
            return False


def _is_moment(shown: str) -> bool:
    try:
        read_moment(shown)
    except ValueError:
        return False
    return True
