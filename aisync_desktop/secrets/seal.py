"""Sealing: each literal secret of an item becomes a reference that only tells whether two secrets are the same.

Sealed items are what is compared, merged, stored and shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from itertools import groupby

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.secrets.detect import SecretSpot, find_secrets
from aisync_desktop.secrets.met import meet
from aisync_desktop.secrets.references import SEALED, fingerprint, references


@dataclass(frozen=True, slots=True)
class SealedSpot:
    """A secret that was sealed: where, why, and what the reference stands for (in memory only)."""

    path: KeyPath
    reason: str
    reference: str
    literal: str = field(repr=False)


def seal(
    fields: Mapping[str, Value], fingerprint_key: Callable[[], bytes], *, ours: Collection[str] = ()
) -> tuple[dict[str, Value], tuple[SealedSpot, ...]]:
    """Return the fields without literal secrets, and what was taken out. The key is asked for only if there is one.

    No reference is taken for one of ours, but those that the caller has put there.
    """
    fields, forged = _disarmed(fields, fingerprint_key, ours)
    found = find_secrets(fields)
    sealed: dict[str, Value] = {name: _copy(value) for name, value in fields.items()}
    spots: list[SealedSpot] = [*forged]
    for path, group in groupby(found, key=lambda spot: spot.path):
        text = _at(fields, path)
        here = [_sealed_spot(spot, text, fingerprint_key()) for spot in group]
        pieces = [spot for spot in found if spot.path == path]
        _put(sealed, path, _replaced(text, pieces, here))
        spots += here
    return sealed, tuple(spots)


def _disarmed(
    fields: Mapping[str, Value], fingerprint_key: Callable[[], bytes], ours: Collection[str]
) -> tuple[Mapping[str, Value], list[SealedSpot]]:
    """Seal what only looks sealed: who writes a reference into a file must not be handed the secret that it names."""
    spots = [
        SealedSpot((), "reference", fingerprint(literal, fingerprint_key()), literal)
        for literal in sorted(references(fields).difference(ours))
    ]
    return unseal(fields, {spot.literal: spot.reference for spot in spots}), spots


def unseal(fields: Mapping[str, Value], literals: Mapping[str, str]) -> dict[str, Value]:
    """Put literals back for the references that are known; the others stay."""
    return {name: _unsealed(value, literals) for name, value in fields.items()}


def contains_sealed(fields: Value | Mapping[str, Value]) -> bool:
    """Say whether anything in these values is sealed."""
    return bool(references(fields))


def _sealed_spot(spot: SecretSpot, text: str, key: bytes) -> SealedSpot:
    literal = text[spot.start : spot.end]
    meet(literal)
    return SealedSpot(spot.path, spot.reason, fingerprint(literal, key), literal)


def _replaced(text: str, pieces: Sequence[SecretSpot], sealed: Sequence[SealedSpot]) -> str:
    for piece, spot in reversed(list(zip(pieces, sealed, strict=True))):
        text = text[: piece.start] + spot.reference + text[piece.end :]
    return text


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _at(fields: Mapping[str, Value], path: KeyPath) -> str:
    found: object = fields
    for step in path:
        found = found[step]  # type: ignore[index]  # the path was found in these fields
    return str(found)


def _put(fields: dict[str, Value], path: KeyPath, value: str) -> None:
    place: object = fields
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]  # the same
    place[path[-1]] = value  # type: ignore[index]  # the same


def _unsealed(value: Value, literals: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return SEALED.sub(lambda found: literals.get(found.group(), found.group()), value)
    if isinstance(value, dict):
        return {name: _unsealed(inner, literals) for name, inner in value.items()}
    return [_unsealed(inner, literals) for inner in value] if isinstance(value, list) else value
