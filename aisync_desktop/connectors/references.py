"""References to environment variables: each client's dialect to the neutral one (`${X}`, `${X:-default}`) and back.

Only what means the same on both sides crosses. A string that one side would expand and the other take literally is
Inexpressible: it stays where it is and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aisync_desktop.connectors.descriptor import References
from aisync_desktop.core.values import Value

_BRACED = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
_WITH_DEFAULT = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*:-[^}]*\}")
_BARE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")


class InexpressibleError(Exception):
    """This value cannot be said in the other dialect with the same meaning."""


def to_neutral(value: str, dialect: References) -> str:
    """Read a client's string."""
    if "$" not in value or dialect is References.BRACED:
        return value
    if dialect is References.DOLLAR:
        if _WITH_DEFAULT.search(value) or "\\$" in value:
            raise InexpressibleError
        return _BARE.sub(r"${\1}", value)
    if dialect is References.UNKNOWN or "${" in value:
        raise InexpressibleError
    return value


def from_neutral(value: str, dialect: References) -> str:
    """Write a string for a client."""
    if "$" not in value or dialect is References.BRACED:
        return value
    plain = _BRACED.sub("", value)
    if dialect is References.DOLLAR and "$" not in plain:
        return value
    if dialect is References.NONE and "${" not in value:
        return value
    raise InexpressibleError


def translate(value: Value, dialect: References, how: Callable[[str, References], str]) -> Value:
    """Apply a translation to every string inside a value."""
    if isinstance(value, str):
        return how(value, dialect)
    if isinstance(value, list):
        return [translate(each, dialect, how) for each in value]
    if isinstance(value, dict):
        return {name: translate(each, dialect, how) for name, each in value.items()}
    return value
