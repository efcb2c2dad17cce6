"""A secret's value, encrypted for the database: AES-256-GCM under the value key, bound to its reference.

Bound so, no row can take another one's place unseen.
"""

from __future__ import annotations

import os

_NONCE_BYTES = 12


def enclosed(key: bytes, reference: str, literal: str) -> bytes:
    """Return a value as the database may hold it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, literal.encode(), reference.encode())


def disclosed(key: bytes, reference: str, data: bytes) -> str | None:
    """Return the value again; None where the bytes are not what was put, or of another key or reference."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], reference.encode()).decode()
    except (InvalidTag, ValueError):
        return None
