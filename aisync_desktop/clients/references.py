"""References to environment variables: each client's dialect to the neutral one (`${X}`, `${X:-default}`) and back.

Only what means the same on both sides crosses. A string that one side would expand and the other take literally is
Inexpressible: it stays where it is and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aisync_desktop.clients.entry_shapes import References
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import Value

_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_BARE = re.compile(rf"\$({_NAME})")
_BRACED = re.compile(rf"\$\{{({_NAME})\}}")
_DEFAULTED = re.compile(rf"\$\{{{_NAME}:-[^}}$]*\}}")
_OPEN_DEFAULT = re.compile(rf"\$\{{{_NAME}:-")
_IN_SHELL = re.compile(rf"\$\{{{_NAME}(?::-[^}}$'\"]*)?\}}")
_ACTS_IN_SHELL = re.compile(r"[`\r\0]|\\(?:[\\$\n]|\Z)")  # what it runs, or reads as something else
_DOLLARS = (References.DOLLAR, References.DOLLAR_DEFAULT)

# Of the dialects with one form: how a reference is found and how it is written.
_FORMS = {
    References.BRACED_PLAIN: (_BRACED, r"${\1}"),
    References.ENV: (re.compile(rf"\$\{{env:({_NAME})\}}"), r"${env:\1}"),
    References.BRACES: (re.compile(rf"\{{env:({_NAME})\}}"), r"{env:\1}"),
    References.SECRETS: (re.compile(rf"\$\{{\{{\s*secrets\.({_NAME})\s*\}}\}}"), r"${{ secrets.\1 }}"),
}
# What must not be left in a string outside its references: one side or the other would expand it.
_OPENINGS = {References.UNKNOWN: ("$",), References.BRACES: ("${", "{env:", "{file:")}


class InexpressibleError(Exception):
    """This value cannot be said in the other dialect with the same meaning; `reason` is why it cannot be written."""

    def __init__(self, reason: Text | None = None) -> None:
        super().__init__()
        self.reason = reason or text("loss.reference")


def to_neutral(value: str, dialect: References) -> str:
    """Read a client's string."""
    if dialect is References.BRACED:
        return value
    if dialect is References.SHELL:
        neutral = _BARE.sub(r"${\1}", value)
        _refuse_what_is_run(value, neutral)
        return neutral
    if dialect in _DOLLARS:
        if "\\$" in value or _OPEN_DEFAULT.search(_without_defaults(value, dialect)):
            raise InexpressibleError
        return _BARE.sub(r"${\1}", value)
    form = _FORMS.get(dialect)
    _refuse_openings(form[0].sub("", value) if form else value, dialect)
    return form[0].sub(r"${\1}", value) if form else value


def from_neutral(value: str, dialect: References) -> str:
    """Write a string for a client."""
    if dialect is References.BRACED:
        return value
    if dialect is References.SHELL:
        _refuse_what_is_run(value, value)
        return value
    if dialect in _DOLLARS:
        if "\\$" in value or "$" in _BRACED.sub("", _without_defaults(value, dialect)):
            raise InexpressibleError
        return value
    form = _FORMS.get(dialect)
    _refuse_openings(_BRACED.sub("", value) if form else value, dialect)
    return _BRACED.sub(form[1], value) if form else value


def _refuse_openings(plain: str, dialect: References) -> None:
    if any(opening in plain for opening in _OPENINGS.get(dialect, ("${",))):
        raise InexpressibleError


def _refuse_what_is_run(value: str, neutral: str) -> None:
    if _ACTS_IN_SHELL.search(value) or "$(" in value:
        raise InexpressibleError(text("loss.shell"))
    if "$" in _IN_SHELL.sub("", neutral):
        raise InexpressibleError


def _without_defaults(value: str, dialect: References) -> str:
    return _DEFAULTED.sub("", value) if dialect is References.DOLLAR_DEFAULT else value


def whole_reference(value: str, prefix: str = "") -> str | None:
    """Return the variable that a neutral string, after a prefix, is nothing but a reference to."""
    found = _BRACED.fullmatch(value, len(prefix)) if value.startswith(prefix) else None
    return found[1] if found else None


def is_name(value: Value) -> bool:
    """Tell whether a value can be the name of a variable in a reference."""
    return isinstance(value, str) and re.fullmatch(_NAME, value) is not None


def translate(value: Value, how: Callable[[str], str]) -> Value:
    """Apply a translation to every string inside a value."""
    if isinstance(value, str):
        return how(value)
    if isinstance(value, list):
        return [translate(each, how) for each in value]
    if isinstance(value, dict):
        return {name: translate(each, how) for name, each in value.items()}
    return value
