"""References of secrets: what stands for a literal everywhere but in clients' files.

`secret:` and 16 hex digits of a keyed HMAC. Without the key nobody can try values against it, with it the same secret
has the same reference in every client.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping

from aisync_desktop.kernel.values import Value

REFERENCE = r"secret:[0-9a-f]{16}"
SEALED = re.compile(rf"{REFERENCE}(?![0-9a-f])")
_HEX = 16


def references(value: Value | Mapping[str, Value]) -> frozenset[str]:
    """Return the references in these values."""
    if isinstance(value, str):
        return frozenset(SEALED.findall(value))
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return frozenset().union(*map(references, inner))


def fingerprint(literal: str, key: bytes) -> str:
    """Return the reference of a secret."""
    return f"secret:{hmac.digest(key, literal.encode(), 'sha256').hex()[:_HEX]}"
