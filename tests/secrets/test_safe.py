"""The values of secrets: in the keyring, or encrypted in the database; never in clear and never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from aisync_desktop.secrets.envelope import disclosed, enclosed
from aisync_desktop.secrets.errors import KeyringSilentError, VaultUnusableError
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.secrets.references import fingerprint
from aisync_desktop.secrets.safe import OpenSafe, Safe, Use, Where, vault_name
from aisync_desktop.secrets.vault import RestingVault, SystemVault, Vault
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.store import Store
from tests.helpers.clock import HandClock
from tests.helpers.memory_vault import MemoryVault

VALUE = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
KEY = b"k" * 32
PLACE = Use("user", "mcp/s", "env.TOKEN", "codex")


class CountingVault(MemoryVault):
    """Counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def _check(self) -> None:
        self.calls += 1
        super()._check()


@pytest.fixture
def vault() -> CountingVault:
    return CountingVault()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "state", MemoryVault())


@pytest.fixture
def store(tmp_path: Path, clock: HandClock, ring: KeyRing) -> Iterator[Store]:
    store = Store.open(tmp_path / "state" / "db", clock, ring)
    yield store
    store.close()


@pytest.fixture
def safe(store: Store, vault: CountingVault, clock: HandClock) -> Safe:
    return Safe(store, vault, clock)


@pytest.fixture
def reference(store: Store) -> str:
    return fingerprint(VALUE, store.fingerprint_key())


def bytes_of(store: Store) -> bytes:
    return b"".join(path.read_bytes() for path in store.path.parent.iterdir())


@given(st.text(), st.text())
def test_an_enclosed_value_comes_back_under_its_own_reference_and_key_only(reference: str, value: str) -> None:
    data = enclosed(KEY, reference, value)
    assert disclosed(KEY, reference, data) == value
    assert disclosed(KEY, f"{reference}.", data) is None
    assert disclosed(b"o" * 32, reference, data) is None
    assert disclosed(KEY, reference, data[:-1]) is None


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 40])
def test_bytes_that_nobody_enclosed_are_no_value(data: bytes) -> None:
    assert disclosed(KEY, "secret:0", data) is None


def test_a_value_goes_to_the_keyring_and_none_to_the_database(
    safe: Safe, store: Store, vault: CountingVault, reference: str
) -> None:
    safe.keep(reference, VALUE)
    assert safe.get(reference) == VALUE
    assert vault.values == {vault_name(reference): VALUE}
    (kept,) = store.kept_secrets()
    assert (kept.reference, kept.where, kept.enclosed) == (reference, Where.KEYRING, b"")
    assert VALUE.encode() not in bytes_of(store)


def test_without_a_keyring_a_value_is_encrypted_in_the_database_and_says_so(
    safe: Safe, store: Store, vault: CountingVault, reference: str
) -> None:
    vault.refusal = "locked"
    safe.keep(reference, VALUE)
    assert safe.get(reference) == VALUE
    assert safe.known()[0].where is Where.DATABASE
    assert safe.rests == "locked"
    assert VALUE.encode() not in bytes_of(store)
    assert VALUE not in repr(safe.known())


def test_a_keyring_that_fails_is_not_asked_for_each_secret(safe: Safe, store: Store, vault: CountingVault) -> None:
    vault.refusal = "does not answer"
    key = store.fingerprint_key()
    safe.keep_all({fingerprint(f"value-{n}", key): f"value-{n}" for n in range(50)})
    assert (vault.calls, len(safe.known())) == (1, 50)


def test_when_the_keyring_is_back_values_move_into_it(
    safe: Safe, store: Store, vault: CountingVault, clock: HandClock, reference: str
) -> None:
    vault.refusal = "locked"
    safe.keep(reference, VALUE)
    since = safe.known()[0].since
    vault.refusal = ""
    safe.move_in()
    assert safe.known()[0].where is Where.DATABASE  # it rests yet
    clock.sleep(3600)
    safe.move_in()
    (kept,) = store.kept_secrets()
    assert (kept.where, kept.enclosed, kept.since) == (Where.KEYRING, b"", since)
    assert safe.get(reference) == VALUE == vault.values[vault_name(reference)]


def test_a_value_that_the_keyring_refuses_for_its_length_keeps_no_other_out(
    store: Store, clock: HandClock, reference: str
) -> None:
    class SmallVault(MemoryVault):
        def put(self, name: str, value: str) -> None:
            if len(value) > 1000:
                raise VaultUnusableError("too long")
            super().put(name, value)

    long = "ghp_" + "a1" * 1000
    safe = Safe(store, SmallVault(), clock)
    other = fingerprint(long, store.fingerprint_key())
    safe.keep_all({other: long, reference: VALUE})
    assert {kept.reference: kept.where for kept in safe.known()} == {
        reference: Where.KEYRING,
        other: Where.DATABASE,
    }
    clock.sleep(3600)
    safe.move_in()
    assert safe.get(other) == long


def test_what_is_kept_already_is_not_asked_again(safe: Safe, vault: CountingVault, reference: str) -> None:
    safe.keep(reference, VALUE)
    calls = vault.calls
    safe.keep(reference, VALUE)
    assert vault.calls == calls


def test_the_index_tells_where_a_secret_was_seen_last_and_asks_no_keyring(
    safe: Safe, store: Store, vault: CountingVault, reference: str
) -> None:
    safe.keep_all({reference: VALUE}, {reference: (PLACE,)})
    calls = vault.calls
    elsewhere = PLACE._replace(client="qwen-code")
    safe.keep_all({}, {reference: (PLACE, elsewhere)})
    assert store.kept_secrets()[0].seen == (PLACE, elsewhere)
    assert vault.calls == calls


def test_another_value_in_the_keyring_is_not_taken_for_it(safe: Safe, vault: CountingVault, reference: str) -> None:
    safe.keep(reference, VALUE)
    vault.values[vault_name(reference)] = "what somebody else put there"
    assert safe.get(reference) is None
    vault.values.clear()
    assert safe.get(reference) is None


def test_a_locked_keyring_is_another_answer_than_no_value(safe: Safe, vault: CountingVault, reference: str) -> None:
    assert safe.get(reference) is None
    safe.keep(reference, VALUE)
    vault.refusal = "locked"
    with pytest.raises(KeyringSilentError):
        safe.get(reference)
    with pytest.raises(KeyringSilentError):
        safe.remove(reference)
    vault.refusal = ""
    safe.try_again()
    assert safe.get(reference) == VALUE


@pytest.mark.parametrize("refusal", ["", "locked"])
def test_what_is_removed_is_nowhere_any_more(
    safe: Safe, store: Store, vault: CountingVault, reference: str, refusal: str
) -> None:
    vault.refusal = refusal
    safe.keep(reference, VALUE)
    safe.remove(reference)
    safe.remove(reference)
    assert (safe.known(), store.kept_secrets(), vault.values, safe.get(reference)) == ((), (), {}, None)


def test_who_only_reads_finds_values_wherever_they_are(
    safe: Safe, store: Store, vault: CountingVault, ring: KeyRing, reference: str
) -> None:
    safe.keep(reference, VALUE)
    vault.refusal = "locked"
    other = fingerprint("o1", store.fingerprint_key())
    safe.keep(other, "o1")
    reader = Reader(store.path, ring)
    found = OpenSafe(reader, vault)
    assert found.get(other) == "o1"
    vault.refusal = ""
    assert found.get(reference) == VALUE
    assert found.known() == safe.known()
    reader.close()


def test_a_vault_that_failed_rests_longer_each_time(vault: CountingVault, clock: HandClock) -> None:
    resting = RestingVault(vault, clock)
    vault.refusal = "locked"
    waits: list[float] = []
    for _ in range(8):
        with pytest.raises(VaultUnusableError):
            resting.get("a")
        waits.append(resting.due_in or 0.0)
        clock.sleep(waits[-1])
    assert waits == [30, 60, 120, 240, 480, 600, 600, 600]
    assert vault.calls == 8
    vault.refusal = ""
    assert resting.get("a") is None
    assert (resting.due_in, resting.reason) == (None, "")


# Keyrings as they go wrong: nothing is ever in clear, nothing is lost


class Locked:
    """No KeyringBackend: such a class would offer itself to every other test."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(password)

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked


class Raising(Locked):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"could not keep {password}")


class Forgetful(Locked):
    def get_password(self, service: str, username: str) -> str | None:
        return "something else"

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Hanging(Locked):
    def __init__(self, until: threading.Event) -> None:
        self._until = until

    def set_password(self, service: str, username: str, password: str) -> None:
        self._until.wait()


@pytest.mark.parametrize("kind", ["absent", "null", "locked", "raising", "forgetful", "hanging"])
def test_whatever_a_keyring_does_the_value_is_kept_encrypted_and_the_reason_holds_none_of_it(
    kind: str, store: Store, clock: HandClock, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    backends: dict[str, Callable[[], object]] = {
        "absent": fail.Keyring,
        "null": null.Keyring,
        "locked": Locked,
        "raising": Raising,
        "forgetful": Forgetful,
        "hanging": lambda: Hanging(over),
    }
    backend = backends[kind]()
    monkeypatch.setattr("keyring.core._keyring_backend", backend)
    vault: Vault = SystemVault(wait_seconds=0.05 if kind == "hanging" else 5.0)
    safe = Safe(store, vault, clock)
    safe.keep(reference, VALUE)
    assert safe.get(reference) == VALUE
    assert safe.known()[0].where is Where.DATABASE
    assert safe.rests
    assert VALUE not in safe.rests
    assert VALUE.encode() not in bytes_of(store)
    over.set()
