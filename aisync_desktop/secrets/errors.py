"""What can be wrong with keys and keyrings.

WorldError
└── SecretsError
    ├── KeyLostError         the place that held a key answers, but no longer has it
    ├── KeyringSilentError   the keyring is locked, does not answer in time, or fails
    ├── KeyFileDeniedError   the system refused the key file
    ├── ShortPassphraseError a passphrase that would be guessed at once
    └── WrongPassphraseError not the one that a backup's key was wrapped with
VaultUnusableError         inside this room only: a keyring that cannot keep anything for us
"""

from __future__ import annotations

from pathlib import Path

from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import text


class SecretsError(WorldError):
    """The root of what the world can do to keys."""


class KeyLostError(SecretsError):
    """Never answered by making a new key: what the old one encrypted would be gone in silence."""

    def __init__(self, key: str, path: Path | None) -> None:
        what = "secrets.key-lost.file" if path else "secrets.key-lost.keyring"
        super().__init__(text("secrets.key-lost"), text(what, key=key), text("secrets.key-lost.next"), path)


class KeyringSilentError(SecretsError):
    """The key is likely there, but not now."""

    actions = (Remedy.TRY_AGAIN,)

    def __init__(self, reason: str) -> None:
        what = text("secrets.keyring-silent.what", reason=reason)
        super().__init__(text("secrets.keyring-silent"), what, text("secrets.keyring-silent.next"))


class KeyFileDeniedError(SecretsError):
    """A folder that is read-only, full or somebody else's."""

    actions = (Remedy.TRY_AGAIN,)

    def __init__(self, path: Path, reason: str) -> None:
        what = text("secrets.key-denied.what", reason=reason)
        super().__init__(text("secrets.key-denied"), what, text("secrets.key-denied.next"), path)


class ShortPassphraseError(SecretsError):
    """Refused before anything is written."""

    def __init__(self, shortest: int) -> None:
        what = text("secrets.passphrase-short.what", shortest=shortest)
        super().__init__(text("secrets.passphrase-short"), what, text("secrets.passphrase-short.next"))


class WrongPassphraseError(SecretsError):
    """Told from nothing else that may be wrong with a wrapped key: whoever guesses learns no more."""

    def __init__(self) -> None:
        what = text("secrets.passphrase-wrong.what")
        super().__init__(text("secrets.passphrase-wrong"), what, text("secrets.passphrase-wrong.next"))


class VaultUnusableError(Exception):
    """No backend, locked, too slow, or it does not give back what it was given; the message is a reason for people."""
