from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from aisync_desktop.secrets import keys
from aisync_desktop.secrets.errors import KeyFileDeniedError, KeyLostError, KeyringSilentError, VaultUnusableError
from aisync_desktop.secrets.keys import KeyRef, KeyRing, Place, passing_keys
from aisync_desktop.secrets.vault import SystemVault, within
from tests.helpers.memory_vault import MemoryVault


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


def use_backend(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", backend)


def test_a_key_goes_to_the_keyring_and_is_found_again(tmp_path: Path, vault: MemoryVault) -> None:
    made = KeyRing(tmp_path, vault).create()
    assert made.ref.place is Place.KEYRING
    again = KeyRing(tmp_path, vault)
    assert again.open(made.ref) == made
    assert again.warning is None
    assert list(tmp_path.iterdir()) == []
    assert list(vault.values) == [f"data-key:{made.ref.id}"]


def test_without_a_keyring_the_key_is_in_a_private_file_and_everybody_is_told(
    tmp_path: Path, vault: MemoryVault
) -> None:
    vault.refusal = "no backend"
    ring = KeyRing(tmp_path / "state", vault)
    made = ring.create()
    (file,) = (tmp_path / "state").iterdir()
    assert made.ref.place is Place.FILE
    assert ring.warning is not None
    assert "no backend" in ring.warning.english()
    assert str(file) in ring.warning.english()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    again = KeyRing(tmp_path / "state", MemoryVault())  # the keyring works by now: the key stays where it is
    assert again.open(made.ref) == made
    assert again.warning is not None


def test_keys_for_several_purposes_differ_and_are_never_shown(tmp_path: Path, vault: MemoryVault) -> None:
    keys = KeyRing(tmp_path, vault).create()
    derived = {keys.blobs, keys.names, keys.fingerprints}
    assert len(derived) == 3
    assert {len(key) for key in derived} == {32}
    assert not any(repr(key)[2:-1] in repr(keys) for key in derived)


def test_a_key_that_the_keyring_lost_is_an_error_and_never_a_new_key(tmp_path: Path, vault: MemoryVault) -> None:
    ref = KeyRing(tmp_path, vault).create().ref
    vault.values.clear()
    with pytest.raises(KeyLostError) as caught:
        KeyRing(tmp_path, vault).open(ref)
    assert ref.id in caught.value.message.english()
    assert vault.values == {}


def test_a_keyring_that_is_locked_now_is_another_error_than_a_lost_key(tmp_path: Path, vault: MemoryVault) -> None:
    ref = KeyRing(tmp_path, vault).create().ref
    vault.refusal = "locked"
    with pytest.raises(KeyringSilentError) as caught:
        KeyRing(tmp_path, vault).open(ref)
    assert "Unlock" in caught.value.next_step.english()
    vault.refusal = ""
    assert KeyRing(tmp_path, vault).open(ref).ref == ref


@pytest.mark.parametrize("content", ["", "AAAA", "no base64!", "A" * 44, "한"])
def test_a_damaged_key_is_a_lost_key_wherever_it_is(tmp_path: Path, vault: MemoryVault, content: str) -> None:
    ref = KeyRing(tmp_path, vault).create().ref
    vault.values[f"data-key:{ref.id}"] = content
    with pytest.raises(KeyLostError):
        KeyRing(tmp_path, vault).open(ref)
    (tmp_path / f"data-{ref.id}.key").write_text(content)
    with pytest.raises(KeyLostError) as caught:
        KeyRing(tmp_path, vault).open(KeyRef(ref.id, Place.FILE))
    assert caught.value.path == tmp_path / f"data-{ref.id}.key"


def test_a_missing_key_file_is_a_lost_key(tmp_path: Path, vault: MemoryVault) -> None:
    with pytest.raises(KeyLostError):
        KeyRing(tmp_path, vault).open(KeyRef("0123", Place.FILE))


def test_a_place_that_takes_no_file_is_named_in_the_error(tmp_path: Path, vault: MemoryVault) -> None:
    vault.refusal = "no backend"
    (tmp_path / "file").touch()
    with pytest.raises(KeyFileDeniedError) as caught:
        KeyRing(tmp_path / "file", vault).create()
    assert caught.value.path is not None
    assert caught.value.path.parent == tmp_path / "file"


def test_passing_keys_are_new_each_time() -> None:
    assert passing_keys().fingerprints != passing_keys().fingerprints


def test_nothing_is_asked_before_a_key_is_needed_and_no_keyring_imported() -> None:
    script = """
import sys
from pathlib import Path
from aisync_desktop.secrets.keys import KeyRing
import aisync_desktop.sync.store.store, aisync_desktop.sync.store.reader, aisync_desktop.observe.logging
KeyRing(Path("nowhere"))
print(sorted({"keyring", "cryptography", "structlog"} & sys.modules.keys()))
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


# The keyring of the operating system


def test_the_system_keyring_keeps_gives_and_forgets(memory_keyring: dict[tuple[str, str], str]) -> None:
    vault = SystemVault()
    assert vault.get("a") is None
    vault.put("a", "1")
    assert vault.get("a") == "1"
    assert memory_keyring == {("aisync-desktop", "a"): "1"}
    vault.remove("a")
    vault.remove("a")
    assert memory_keyring == {}


def test_a_machine_without_a_keyring_is_unusable_not_an_exception_of_some_backend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_backend(monkeypatch, fail.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(VaultUnusableError, match="no backend"):
        SystemVault().get("a")


def test_a_keyring_that_takes_everything_and_keeps_nothing_is_unusable(monkeypatch: pytest.MonkeyPatch) -> None:
    use_backend(monkeypatch, null.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(VaultUnusableError, match="keep"):
        SystemVault().put("a", "1")


class LockedKeyring:
    """No KeyringBackend: such a class would offer itself to every other test."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"not telling you the value of {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(password)

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked


def test_what_a_backend_says_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    use_backend(monkeypatch, LockedKeyring())
    with pytest.raises(VaultUnusableError) as caught:
        SystemVault().put("a", "the-value")
    assert str(caught.value) == "KeyringLocked"


@pytest.fixture
def never() -> Iterator[threading.Event]:
    """An event that nobody sets while the test runs; setting it lets the threads end."""
    event = threading.Event()
    yield event
    event.set()


def test_a_keyring_that_hangs_holds_nobody_up(never: threading.Event) -> None:
    with pytest.raises(VaultUnusableError, match="does not answer"):
        within(0.05, never.wait)


def test_a_hanging_keyring_sends_the_key_to_the_file(
    tmp_path: Path, never: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    class HangingKeyring(LockedKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            never.wait()

    use_backend(monkeypatch, HangingKeyring())
    ring = KeyRing(tmp_path, SystemVault(wait_seconds=0.05))
    assert ring.create().ref.place is Place.FILE


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20))
def test_keys_are_derived_as_the_standard_says(master: bytes, purpose: str) -> None:
    told = HKDF(SHA256(), length=32, salt=None, info=f"aisync-desktop {purpose}".encode()).derive(master)
    assert keys._derive(master, purpose) == told
