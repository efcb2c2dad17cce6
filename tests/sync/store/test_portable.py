"""A backup that is taken back on another machine, with nothing but its file and the passphrase."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.errors import KeyringSilentError, ShortPassphraseError, WrongPassphraseError
from aisync_desktop.secrets.keys import KeyRing, Place
from aisync_desktop.secrets.references import fingerprint
from aisync_desktop.secrets.safe import OpenSafe, Safe, Where
from aisync_desktop.secrets.vault import RestingVault
from aisync_desktop.sync.store.backups import BackupKeyError, make_backup, restore
from aisync_desktop.sync.store.portable import luggage_of
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.store import Store
from tests.helpers.memory_vault import MemoryVault
from tests.sync.store.conftest import TickingClock

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
WORDS = "correct horse battery"


@pytest.fixture
def reference(store: Store, vault: MemoryVault, clock: TickingClock) -> str:
    """The reference of a secret that only the keyring has, in a store with one version."""
    store.keep_version("/h/a", b"old bytes", "seen", "user")
    reference = fingerprint(CANARY, store.fingerprint_key())
    Safe(store, vault, clock).keep(reference, CANARY)
    return reference


@pytest.fixture
def backup(
    store: Store,
    ring: KeyRing,
    vault: MemoryVault,
    clock: TickingClock,
    reference: str,
    program: ProgramStore,
    tmp_path: Path,
) -> Path:
    del reference
    luggage = luggage_of(store, OpenSafe(store, RestingVault(vault, clock)), ring, WORDS)
    make_backup(store.path, tmp_path / "backup", program, luggage)
    return tmp_path / "backup"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "aisync.sqlite3"


@pytest.mark.parametrize("with_keyring", [True, False])
def test_history_and_secrets_come_along(
    backup: Path, elsewhere: Path, clock: TickingClock, reference: str, *, with_keyring: bool
) -> None:
    vault = MemoryVault()
    vault.refusal = "" if with_keyring else "none"
    ring = KeyRing(elsewhere.parent, vault)
    elsewhere.parent.mkdir()
    assert restore(backup, elsewhere, ring, clock.now(), lambda: WORDS) is None
    again = KeyRing(elsewhere.parent, vault)
    with closing(Reader(elsewhere, again)) as reader:
        (version,) = reader.versions("/h/a")
        assert reader.blob(version.hash) == b"old bytes"
        assert OpenSafe(reader, RestingVault(vault, clock)).get(reference) == CANARY
        ref = reader.key_ref()
        assert ref is not None
        assert ref.place is (Place.KEYRING if with_keyring else Place.FILE)
        assert [kept.where for kept in reader.kept_secrets()] == [Where.DATABASE]
    restored = elsewhere.read_bytes()
    assert b'"sealed":' not in restored  # the wrapped key stays in the backup alone
    assert restore(backup, elsewhere, again, clock.now(), _never_asked) is not None


def _never_asked() -> str:
    raise AssertionError


def test_neither_key_nor_secret_is_in_it_in_clear(backup: Path, vault: MemoryVault) -> None:
    held = backup.read_bytes()
    assert CANARY.encode() not in held
    assert all(value.encode() not in held for value in vault.values.values())


def test_another_passphrase_is_told_and_changes_nothing(backup: Path, elsewhere: Path, clock: TickingClock) -> None:
    elsewhere.parent.mkdir()
    with pytest.raises(WrongPassphraseError):
        restore(backup, elsewhere, KeyRing(elsewhere.parent, MemoryVault()), clock.now(), lambda: "wrong horse battery")
    assert list(elsewhere.parent.iterdir()) == []


def test_a_wrapped_key_that_makes_no_sense_is_none(backup: Path, elsewhere: Path, clock: TickingClock) -> None:
    with closing(sqlite3.connect(backup)) as db, db:
        db.execute("UPDATE fact SET value = replace(value, '\"cost\":131072', '\"cost\":1073741824')")
    with pytest.raises(BackupKeyError):
        restore(backup, elsewhere, KeyRing(elsewhere.parent, MemoryVault()), clock.now(), _never_asked)


def test_a_short_passphrase_is_refused_before_anything_is_written(
    store: Store, ring: KeyRing, vault: MemoryVault, clock: TickingClock, reference: str
) -> None:
    del reference
    with pytest.raises(ShortPassphraseError):
        luggage_of(store, OpenSafe(store, RestingVault(vault, clock)), ring, "short")


def test_a_keyring_that_does_not_answer_is_told_before_anything_is_written(
    store: Store, ring: KeyRing, vault: MemoryVault, clock: TickingClock, reference: str
) -> None:
    del reference
    vault.refusal = "locked"
    with pytest.raises(KeyringSilentError):
        luggage_of(store, OpenSafe(store, RestingVault(vault, clock)), ring, WORDS)


def test_a_keyring_that_does_not_answer_here_is_told_where_no_key_came_along(
    store: Store,
    ring: KeyRing,
    vault: MemoryVault,
    clock: TickingClock,
    reference: str,
    program: ProgramStore,
    tmp_path: Path,
) -> None:
    del reference, ring
    make_backup(store.path, tmp_path / "plain", program)
    vault.refusal = "locked"
    again = KeyRing(tmp_path / "state", vault)
    with pytest.raises(KeyringSilentError):
        restore(tmp_path / "plain", tmp_path / "elsewhere" / "db", again, clock.now(), _never_asked)


def test_without_a_key_nothing_is_needed(store: Store, ring: KeyRing, vault: MemoryVault, clock: TickingClock) -> None:
    assert luggage_of(store, OpenSafe(store, RestingVault(vault, clock)), ring, WORDS) is None
