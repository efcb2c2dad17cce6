"""The program's own data key: made once, kept in the keyring or, where there is none, in a private file.

A key is known by an id that is computed from it, and the database remembers (id, place). A key is looked up by that id
only: one that is not there is an error, never a reason to make another, and two databases never share or overwrite
one. What is used are keys derived from it, one per purpose.

A key can be made ready before it is kept: a keyring asks the user for its password, and before the user has agreed to
anything there is nothing to keep. Until then nothing that was made with it may be written down.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
import threading
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import flush_folder, read_own
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.secrets.errors import (
    KeyFileDeniedError,
    KeyLostError,
    KeyringSilentError,
    VaultUnusableError,
    WrongPassphraseError,
)
from aisync_desktop.secrets.vault import SystemVault, Vault, keep_in
from aisync_desktop.secrets.wrapped import WrappedKey, unwrap, wrap

_SIZE = 32
_MOST_BYTES = 1_000  # of a key's file
_ID_BYTES = 8


class Place(StrEnum):
    """Where a key is kept."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class KeyRef:
    """How the database names its key."""

    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class DataKeys:
    """The derived keys."""

    ref: KeyRef
    blobs: bytes = field(repr=False)  # encrypts stored versions
    names: bytes = field(repr=False)  # names them by content
    fingerprints: bytes = field(repr=False)  # names secrets in sealed items
    values: bytes = field(repr=False)  # encrypts the values of secrets where no keyring has them


@dataclass(frozen=True, slots=True)
class ReadyKey:
    """A key that nobody keeps yet, good for naming secrets; no keyring was asked for it."""

    master: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(_SIZE))

    @property
    def fingerprints(self) -> bytes:
        """Return the key that names secrets in sealed items."""
        return _derive(self.master, "fingerprints")


class KeyRing:
    """Makes and finds data keys. Nothing is imported, asked or read before the first call; safe in any thread."""

    def __init__(self, folder: Path, vault: Vault | None = None) -> None:
        self._folder = folder
        self._vault = vault or SystemVault()
        self._known: dict[str, DataKeys] = {}
        self._in_files: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self.uses_vault = True  # for a key that is made from now on
        self.warning: Text | None = None

    def create(self) -> DataKeys:
        """Make a key: into the keyring, or into a file with `warning` set."""
        return self.keep(ReadyKey())

    def keep(self, ready: ReadyKey) -> DataKeys:
        """Keep a key that was made ready: in the keyring, or in a file with `warning` set."""
        with self._lock:
            name = _id_of(ready.master)
            return self._remember(KeyRef(name, self._keep(name, _encode(ready.master))), ready.master)

    def open(self, ref: KeyRef) -> DataKeys:
        """Find a key that was made before; KeyLostError or KeyringSilentError when it cannot be had."""
        with self._lock:
            if known := self._known.get(ref.id):
                return known
            return self._remember(ref, self._master(ref))

    def wrap(self, ref: KeyRef, passphrase: str) -> WrappedKey:
        """Wrap a key for a backup that is to be read on another machine."""
        with self._lock:
            return wrap(ref.id, self._master(ref), passphrase)

    def unwrap(self, name: str, wrapped: WrappedKey, passphrase: str) -> KeyRef:
        """Take a key over from another machine, and keep it here as our own ones are."""
        master = unwrap(name, wrapped, passphrase)
        if _id_of(master) != name:
            raise WrongPassphraseError
        with self._lock:
            shown = _encode(master)
            here = self._path(name).exists() and self._from_file(name) == shown
            return KeyRef(name, Place.FILE if here else self._keep(name, shown))

    def _master(self, ref: KeyRef) -> bytes:
        shown = self._from_vault(ref.id) if ref.place is Place.KEYRING else self._from_file(ref.id)
        master = _decode(shown)
        if _id_of(master) != ref.id:
            raise KeyLostError(ref.id, self._path(ref.id) if ref.place is Place.FILE else None)
        return master

    def keep_file(self, ref: KeyRef) -> None:
        """Write a key's file anew if it is gone: who took the database away may have taken its folder."""
        with self._lock:
            if ref.id in self._in_files and not self._path(ref.id).exists():
                self._write_file(ref.id, _encode(self._in_files[ref.id]))

    def _remember(self, ref: KeyRef, master: bytes) -> DataKeys:
        keys = _keys_of(ref, master)
        if ref.place is Place.FILE and self.warning is None:
            self.warning = text("secrets.key-file", reason="not at hand", path=str(self._path(ref.id)))
        if ref.place is Place.FILE:
            self._in_files[ref.id] = master
        self._known[ref.id] = keys
        return keys

    def _keep(self, name: str, shown: str) -> Place:
        try:
            keep_in(self._vault, _entry(name), shown, wanted=self.uses_vault)
        except VaultUnusableError as error:
            self._write_file(name, shown)
            self.warning = text("secrets.key-file", reason=str(error), path=str(self._path(name)))
            return Place.FILE
        return Place.KEYRING

    def _from_vault(self, name: str) -> str:
        try:
            return self._vault.get(_entry(name)) or ""  # the key of no id
        except VaultUnusableError as error:
            raise KeyringSilentError(str(error)) from error

    def _from_file(self, name: str) -> str:
        path = self._path(name)
        try:
            return read_own(path, _MOST_BYTES)[0].decode("ascii")
        except (FileNotFoundError, NotOurs, UnicodeDecodeError) as error:
            raise KeyLostError(name, path) from error
        except OSError as error:
            raise KeyFileDeniedError(path, error.strerror or type(error).__name__) from error

    def _write_file(self, name: str, shown: str) -> None:
        path = self._path(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(shown)
                file.flush()
                os.fsync(file.fileno())
            flush_folder(self._folder)
        except OSError as error:
            raise KeyFileDeniedError(path, error.strerror or type(error).__name__) from error

    def _path(self, name: str) -> Path:
        return key_file(self._folder, name)


def key_file(folder: Path, name: str) -> Path:
    """Return where a key is that no keyring took."""
    return folder / f"data-{name}.key"


def passing_keys() -> DataKeys:
    """Return keys that nothing remembers: enough to compare within one run, where no database is to be made."""
    return _keys_of(KeyRef("", Place.FILE), secrets.token_bytes(_SIZE))


def _keys_of(ref: KeyRef, master: bytes) -> DataKeys:
    purposes = ("blobs", "names", "fingerprints", "values")
    return DataKeys(ref, *(_derive(master, purpose) for purpose in purposes))


def _entry(name: str) -> str:
    return f"data-key:{name}"


def _encode(master: bytes) -> str:
    return base64.b64encode(master).decode("ascii")


def _decode(shown: str) -> bytes:
    try:
        return base64.b64decode(shown, validate=True)
    except ValueError:  # binascii.Error is one, and not all that it raises
        return b""  # the key of no id


def _id_of(master: bytes) -> str:
    return _derive(master, "id")[:_ID_BYTES].hex()


def _derive(master: bytes, purpose: str) -> bytes:
    """Return HKDF-SHA256 (RFC 5869) of one block, without a salt; the library for it takes longer to import."""
    extracted = hmac.digest(bytes(_SIZE), master, "sha256")
    return hmac.digest(extracted, f"aisync-desktop {purpose}".encode() + b"\1", "sha256")
