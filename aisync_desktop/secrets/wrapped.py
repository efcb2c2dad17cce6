"""A data key that travels: wrapped by a passphrase, so that a backup can be read on another machine.

scrypt makes a key of the passphrase, slowly and in much memory, so that it cannot be guessed in bulk; AES-256-GCM under
it holds the data key, bound to that key's id. What is read here may come from anybody: its cost is limited.
"""

from __future__ import annotations

import base64
import os
from dataclasses import asdict

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.errors import ShortPassphraseError, WrongPassphraseError

SHORTEST = 8
_COST, _BLOCK, _LANES = 1 << 17, 8, 1  # 128 MB and some tenths of a second
_LEAST_COST, _MOST_COST, _MOST_BLOCK, _MOST_LANES = 1 << 14, 1 << 20, 8, 4
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32


@dataclass(frozen=True)
class WrappedKey:
    """The wrapped key with what is needed to open it, but for the passphrase."""

    cost: int
    block: int
    lanes: int
    salt: str
    sealed: str

    def stored(self) -> Value:
        """Return the JSON-able form that a backup holds."""
        return asdict(self)


def wrap(name: str, master: bytes, passphrase: str) -> WrappedKey:
    """Wrap the key of an id; a passphrase that would be guessed at once is refused."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(passphrase) < SHORTEST:
        raise ShortPassphraseError(SHORTEST)
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    key = _stretched(passphrase, salt, _COST, _BLOCK, _LANES)
    sealed = nonce + AESGCM(key).encrypt(nonce, master, name.encode())
    return WrappedKey(cost=_COST, block=_BLOCK, lanes=_LANES, salt=_shown(salt), sealed=_shown(sealed))


def unwrap(name: str, wrapped: WrappedKey, passphrase: str) -> bytes:
    """Return the key of an id, or say that the passphrase is another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        salt, sealed = base64.b64decode(wrapped.salt), base64.b64decode(wrapped.sealed)
        key = _stretched(passphrase, salt, wrapped.cost, wrapped.block, wrapped.lanes)
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise WrongPassphraseError from error


def parse_wrapped(stored: object) -> WrappedKey | None:
    """Read what a backup holds; None where it makes no sense or costs too much."""
    match stored:
        case {
            "cost": int() as cost,
            "block": int() as block,
            "lanes": int() as lanes,
            "salt": str() as salt,
            "sealed": str() as sealed,
        } if _LEAST_COST <= cost <= _MOST_COST and 1 <= block <= _MOST_BLOCK and 1 <= lanes <= _MOST_LANES:
            return WrappedKey(cost, block, lanes, salt, sealed)
        case _:
            return None


def _stretched(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=_KEY_BYTES, n=cost, r=block, p=lanes).derive(passphrase.encode())


def _shown(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
