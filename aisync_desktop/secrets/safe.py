"""The safe keeps what sealed references stand for: the values of secrets, each under its reference.

A value lies in the OS keyring. Where none is usable it lies in the database, encrypted, and moves to the keyring when
that comes back. The index (which reference lies where, since when, last seen in which items) holds no value and needs
no keyring. A value is believed only if its keyed fingerprint is the reference: whoever puts another one into the
keyring is found out.

`OpenSafe` reads, beside whoever writes; `Safe` is the engine's, in its thread.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import NamedTuple, Protocol

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.secrets.envelope import disclosed, enclosed
from aisync_desktop.secrets.errors import KeyringSilentError, VaultUnusableError
from aisync_desktop.secrets.met import meet
from aisync_desktop.secrets.references import fingerprint
from aisync_desktop.secrets.vault import RestingVault, Vault, keep_in


class Where(StrEnum):
    """Where a value is kept."""

    KEYRING = "keyring"
    DATABASE = "database"  # encrypted with a key of our own


class Use(NamedTuple):
    """A place that a secret was seen in: an item's field, at a client."""

    scope: str
    item: str
    field: str
    client: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the index says of a value; `enclosed` is the encrypted value itself, where no keyring has it."""

    reference: str
    where: Where
    since: dt.datetime
    seen: tuple[Use, ...] = ()
    enclosed: bytes = field(default=b"", repr=False)


class Index(Protocol):
    """Where the index lies, and the keys: what a reader of the database gives."""

    def kept_secrets(self) -> tuple[Kept, ...]:
        """Return all that is kept."""
        ...

    def fingerprint_key(self) -> bytes:
        """Return the key that references are made with."""
        ...

    def value_key(self) -> bytes:
        """Return the key that values are encrypted with."""
        ...


class WritableIndex(Index, Protocol):
    """What the store gives."""

    def put_secrets(self, kept: Iterable[Kept]) -> None:
        """Add or replace entries."""
        ...

    def forget_secret(self, reference: str) -> None:
        """Take an entry out."""
        ...


class OpenSafe:
    """Values and index, to be read."""

    def __init__(self, index: Index, vault: Vault) -> None:
        self._index = index
        self._vault = vault

    def known(self) -> tuple[Kept, ...]:
        """Return what is kept, without asking the keyring."""
        return tuple(sorted(self._entries().values(), key=lambda kept: kept.reference))

    def get(self, reference: str) -> str | None:
        """Return a value; None where there is none (any more), KeyringSilentError where it cannot be had now."""
        entry = self._entries().get(reference)
        if entry is None:
            return None
        value = self._disclosed(entry) if entry.enclosed else self._asked(reference)
        if value is None or not self._is_of(reference, value):
            return None
        meet(value)
        return value

    def _entries(self) -> Mapping[str, Kept]:
        return {kept.reference: kept for kept in self._index.kept_secrets()}

    def _disclosed(self, entry: Kept) -> str | None:
        return disclosed(self._index.value_key(), entry.reference, entry.enclosed)

    def _asked(self, reference: str) -> str | None:
        try:
            return self._vault.get(vault_name(reference))
        except VaultUnusableError as error:
            raise KeyringSilentError(str(error)) from error

    def _is_of(self, reference: str, value: str) -> bool:
        return hmac.compare_digest(fingerprint(value, self._index.fingerprint_key()), reference)


class Safe(OpenSafe):
    """The safe of who writes. A keyring that failed is left alone for a while, so that nobody waits for it again."""

    def __init__(self, index: WritableIndex, vault: Vault, clock: Clock) -> None:
        self._resting = RestingVault(vault, clock)
        super().__init__(index, self._resting)
        self._writable = index
        self._clock = clock
        self._known: dict[str, Kept] | None = None
        self.uses_vault = True  # for what is kept from now on; what is in the keyring is read from there

    def keep(self, reference: str, literal: str) -> None:
        """Keep a value; one that is kept already costs nothing."""
        self.keep_all({reference: literal})

    def keep_all(self, literals: Mapping[str, str], seen: Mapping[str, tuple[Use, ...]] | None = None) -> None:
        """Keep values, and write down where they were seen; what is known already is not asked of the keyring."""
        known, places = self._entries(), seen or {}
        fresh = sorted(literals.keys() - known.keys(), key=lambda reference: (len(literals[reference]), reference))
        put = {reference: self._kept(reference, literals[reference]) for reference in fresh}
        put = {reference: replace(entry, seen=places.get(reference, ())) for reference, entry in put.items()}
        moved = {
            reference: replace(known[reference], seen=uses)
            for reference, uses in places.items()
            if reference in known and known[reference].seen != uses
        }
        self._put({**put, **moved})

    def move_in(self) -> None:
        """Move what the database holds into the keyring, as far as that is usable by now."""
        entries = self._entries().values() if self.uses_vault else ()
        waiting = sorted((one for one in entries if one.enclosed), key=lambda one: len(one.enclosed))
        for entry in waiting:  # the long ones last: a keyring may refuse just those
            value = self._disclosed(entry)
            if value is None:
                continue
            try:
                self._resting.put(vault_name(entry.reference), value)
            except VaultUnusableError:
                return
            self._put({entry.reference: replace(entry, where=Where.KEYRING, enclosed=b"")})

    def mend(self, literals: Mapping[str, str]) -> None:
        """Put values into the keyring again that it should have and has lost, as far as they are at hand."""
        for entry in [one for one in self.known() if one.reference in literals and not one.enclosed]:
            try:
                lost = self.get(entry.reference) is None
            except KeyringSilentError:
                return
            if lost:
                again = self._kept(entry.reference, literals[entry.reference])
                self._put({entry.reference: replace(again, since=entry.since, seen=entry.seen)})

    def remove(self, reference: str) -> None:
        """Forget a value; where the keyring has it and is silent, KeyringSilentError and it stays."""
        entry = self._entries().get(reference)
        if entry is None:
            return
        if not entry.enclosed:
            try:
                self._resting.remove(vault_name(reference))
            except VaultUnusableError as error:
                raise KeyringSilentError(str(error)) from error
        self._writable.forget_secret(reference)
        self._known = None

    def try_again(self) -> None:
        """Ask the keyring again though it failed a moment ago: the user wants it now."""
        self._resting.wake()

    @property
    def rests(self) -> str:
        """Why the keyring is left alone at present; "" where it is not."""
        return self._resting.reason

    @property
    def due_in(self) -> float | None:
        """In how many seconds the keyring is worth asking again; None where it is not left alone."""
        return self._resting.due_in

    def _kept(self, reference: str, literal: str) -> Kept:
        now = self._clock.now()
        try:
            keep_in(self._resting, vault_name(reference), literal, wanted=self.uses_vault)
        except VaultUnusableError:
            return Kept(reference, Where.DATABASE, now, (), enclosed(self._index.value_key(), reference, literal))
        return Kept(reference, Where.KEYRING, now)

    def remembered(self) -> tuple[Kept, ...]:
        """Return what is kept as far as it is in memory; nothing is read."""
        return tuple((self._known or {}).values())

    def _put(self, entries: Mapping[str, Kept]) -> None:
        if entries:
            self._writable.put_secrets(entries.values())
            self._known = {**self._entries(), **entries}

    def _entries(self) -> dict[str, Kept]:
        if self._known is None:
            self._known = dict(super()._entries())
        return self._known


def vault_name(reference: str) -> str:
    """Return the name under which the keyring has a value."""
    return f"value:{reference.removeprefix('secret:')}"
