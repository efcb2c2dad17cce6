"""References to environment variables: each client's dialect to the neutral one (`${X}`, `${X:-default}`) and back.

Only what means the same on both sides crosses. A string that one side would expand and the other take literally is
Inexpressible: it stays where it is and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aisync_desktop.connectors.descriptor import References
from aisync_desktop.core.values import Value

_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_BARE = re.compile(rf"\$({_NAME})")
_BRACED = re.compile(rf"\$\{{({_NAME})\}}")
_DEFAULTED = re.compile(rf"\$\{{{_NAME}:-[^}}$]*\}}")
_OPEN_DEFAULT = re.compile(rf"\$\{{{_NAME}:-")
_PREFIXED = re.compile(rf"\$\{{env:({_NAME})\}}")
_DOLLARS = (References.DOLLAR, References.DOLLAR_DEFAULT)


class InexpressibleError(Exception):
    """This value cannot be said in the other dialect with the same meaning."""


def to_neutral(value: str, dialect: References) -> str:
    """Read a client's string."""
    if "$" not in value or dialect is References.BRACED:
        return value
    if dialect in _DOLLARS:
        if "\\$" in value or _OPEN_DEFAULT.search(_without_defaults(value, dialect)):
            raise InexpressibleError
        return _BARE.sub(r"${\1}", value)
    known = {References.ENV: _PREFIXED, References.BRACED_PLAIN: _BRACED}.get(dialect)
    if dialect is References.UNKNOWN or "${" in (known.sub("", value) if known else value):
        raise InexpressibleError
    return _PREFIXED.sub(r"${\1}", value)


def from_neutral(value: str, dialect: References) -> str:
    """Write a string for a client."""
    if "$" not in value or dialect is References.BRACED:
        return value
    if dialect in _DOLLARS:
        if "\\$" in value or "$" in _BRACED.sub("", _without_defaults(value, dialect)):
            raise InexpressibleError
        return value
    plain = value if dialect is References.NONE else _BRACED.sub("", value)
    if dialect is References.UNKNOWN or "${" in plain:
        raise InexpressibleError
    return _BRACED.sub(r"${env:\1}", value) if dialect is References.ENV else value


def _without_defaults(value: str, dialect: References) -> str:
    return _DEFAULTED.sub("", value) if dialect is References.DOLLAR_DEFAULT else value


def translate(value: Value, dialect: References, how: Callable[[str, References], str]) -> Value:
    """Apply a translation to every string inside a value."""
    if isinstance(value, str):
        return how(value, dialect)
    if isinstance(value, list):
        return [translate(each, dialect, how) for each in value]
    if isinstance(value, dict):
        return {name: translate(each, dialect, how) for name, each in value.items()}
    return value
