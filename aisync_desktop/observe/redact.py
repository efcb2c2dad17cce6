"""Redaction: the one step that everything passes on its way into a log.

Out go: values that were registered as secret (in every spelling that logs make of them), what looks like a token, what
stands under a secret's name, and passwords in URLs. Shapes and names are those of secrets/: there is one list.
"""

from __future__ import annotations

import base64
import json
import re
import threading
import urllib.parse
from collections.abc import Iterator, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from aisync_desktop.secrets.names import is_secret_name
from aisync_desktop.secrets.shapes import MARK, REFERENCE, hide_tokens

_SHORTEST = 4  # a shorter secret is in half of all words
_DEEPEST = 12
_LONG = 200  # no longer text is remembered

# `name=value`, `"name": "value"`, `"--name", "value"`. A value in quotes goes on to where they end, a header's to the
# end of its line.
_ASSIGNED = re.compile(
    r"""(?P<name>[A-Za-z][\w.-]{2,60})(?:["']?\s*[=:]\s*|(?P<listed>["']\s*,\s*(?=["'])))(?P<quote>["']?)"""
)
_ASSIGNED_VALUE = re.compile(r"""\$?\{[^}]*\}|[^\s"',;&}\]]+""")
_QUOTED_VALUE = {quote: re.compile(rf"(?:\\.|[^\\\r\n{quote}])+") for quote in "\"'"}
_HEADER = re.compile(r"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)([^\r\n]+)")


class Redactor:
    """Hides secrets in any value; a processor of structlog. Registering is safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def register(self, *secrets: str) -> None:
        """Hide these values from now on; those under four characters cannot be told from other text."""
        fresh = {spelling for secret in secrets if len(secret) >= _SHORTEST for spelling in spellings(secret)}
        with self._lock:
            self._known |= fresh
            longest_first = sorted(self._known, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, text: str) -> str:
        """Return a text without secrets."""
        if len(text) < _SHORTEST:
            return text
        return (_known_redacted if len(text) <= _LONG else _redacted)(text, self._pattern)

    def value(self, value: object, depth: int = 0) -> Any:
        """Return a value as plain JSON-able values without secrets."""
        if depth > _DEEPEST:
            return "..."
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.value(each, depth + 1) for each in value]
        if isinstance(value, (bytes, bytearray, memoryview)):
            return self.text(bytes(value).decode("utf-8", "backslashreplace"))
        if value is None or isinstance(value, (bool, int, float)):
            return self._number(value)
        return self.text(_shown(value))

    def _number(self, value: float | None) -> Any:
        """Return what is no text as it is, unless it is a secret that was registered: no token looks like it."""
        known = self._pattern
        return value if known is None or not known.search(str(value)) else known.sub(MARK, str(value))

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Redact a log record on its way."""
        return self._mapping(event, 0)

    def _mapping(self, values: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        redacted: dict[str, Any] = {}
        for name, value in values.items():
            shown = self.text(_shown(name))
            redacted[shown] = MARK if _is_hidden(_shown(name), value) else self.value(value, depth + 1)
        return redacted


def _redacted(text: str, secrets: re.Pattern[str] | None) -> str:
    if secrets is not None:
        text = secrets.sub(MARK, text)
    text = _HEADER.sub(rf"\1\2{MARK}", hide_tokens(text))
    return _without_assigned(text)


_known_redacted = lru_cache(maxsize=4096)(_redacted)  # the same names, levels, clients and messages come in every line


def _shown(value: object) -> str:
    """Return the text of anything; an object that cannot be shown is named by its type."""
    try:
        return value if isinstance(value, str) else str(value)
    except Exception:  # noqa: BLE001 - a log must survive any __str__
        return f"<{type(value).__name__}>"


def spellings(secret: str) -> Iterator[str]:
    """Yield how a secret may be spelled inside of other texts: escaped, quoted for URLs, in Basic authorization."""
    yield secret
    yield repr(secret)[1:-1]
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    raw = secret.encode("utf-8", "backslashreplace")
    yield raw.decode("utf-8", "backslashreplace")
    yield repr(raw)[2:-1]
    yield urllib.parse.quote(raw, safe="")
    yield urllib.parse.quote_plus(raw)
    yield base64.b64encode(raw).decode("ascii")


def _is_hidden(name: str, value: object) -> bool:
    """Say whether a value stands under a secret's name; `key` alone is what we call an item's name."""
    if not _tells(name) or value is None or isinstance(value, bool):
        return False
    return not (isinstance(value, str) and (not value or REFERENCE.fullmatch(value)))


def _without_assigned(text: str) -> str:
    pieces, position = [], 0
    for found in _ASSIGNED.finditer(text):
        if found["listed"] and not text.endswith("--", 0, found.start()):
            continue
        value = _QUOTED_VALUE.get(found["quote"], _ASSIGNED_VALUE).match(text, found.end())
        if value and found.start() >= position and _tells(found["name"]) and not REFERENCE.fullmatch(value.group()):
            pieces += [text[position : value.start()], MARK]
            position = value.end()
    return "".join([*pieces, text[position:]])


@lru_cache(maxsize=1024)
def _tells(name: str) -> bool:
    return name.lower() != "key" and is_secret_name(name)
