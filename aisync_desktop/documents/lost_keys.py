"""Lost keys: what a rewritten file does not say any more although what it belongs to is still there.

Whether a key was dropped or taken out on purpose cannot be told from the key. A person who takes one out leaves the
rest as it is; a program that knows nothing of it writes everything anew, and that shows in lines that say the same and
are laid out otherwise. One such line may be the neighbour that a person touched, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from aisync_desktop.kernel.values import KeyPath, Value

_MOST = 50  # whoever dropped more did not rewrite the file but begin anew
_RELAID = 2


def keys_gone(before: Value, after: Value) -> tuple[KeyPath, ...]:
    """Return the keys that are gone from maps which are still there; nothing where there are too many."""
    found = tuple(islice(_gone(before, after, ()), _MOST + 1))
    return found if len(found) <= _MOST else ()


def _gone(before: Value, after: Value, path: KeyPath) -> Iterator[KeyPath]:
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return
    for key, value in before.items():
        if key in after:
            yield from _gone(value, after[key], (*path, key))
        else:
            yield (*path, key)


def with_keys(before: Value, after: Value, keys: Collection[KeyPath]) -> Value:
    """Return what is said now, with some of the keys that are gone as they were, in their old order."""
    if not keys or not (isinstance(before, dict) and isinstance(after, dict)):
        return after
    here = {path[0] for path in keys if len(path) == 1}
    inner = {key: [path[1:] for path in keys if path[0] == key and len(path) > 1] for key in after}
    kept = {key: with_keys(before.get(key), value, inner[key]) for key, value in after.items()}
    return kept | {key: value for key, value in before.items() if key in here}


def is_relaid(before: bytes, expected: bytes, after: bytes) -> bool:
    """Whether lines that the new values would have left alone (`expected`) are not there as they were."""
    old, meant, new = (Counter(_lines(data)) for data in (before, expected, after))
    return ((old & meant) - new).total() >= _RELAID


def _lines(data: bytes) -> Iterable[bytes]:
    """Return the lines that say something; the comma before the next one is part of that one."""
    return (line.rstrip().removesuffix(b",") for line in data.splitlines() if line.strip())
