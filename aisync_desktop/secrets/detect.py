"""Finding literal secrets in the fields of an item: by the name of their place, by their shape, by their randomness.

References (`${VAR}`, `$VAR`, `op://...`) and placeholders (`<your key>`, `xxx`, `changeme`) are no secrets. A spot is
the narrowest piece that is secret: of `Bearer abc` it is `abc`, of a URL its password, of `--key=abc` the value.
Where in doubt about a random-looking value we call it a secret: then it asks before it is copied, nothing worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.secrets.names import is_public_name, is_secret_name
from aisync_desktop.secrets.shapes import REFERENCE, Mask, Span, is_placeholder, random_spans, token_spans

_LONG = 1000  # no longer string is remembered

# Fields in which users write values; in all others (names of tools, commands) only unmistakable tokens count.
_VALUE_FIELDS = ("env", "headers", "args", "url")


@dataclass(frozen=True, slots=True)
class SecretSpot:
    """A literal secret: the path to its string, the piece of it, and why (name, shape, scheme, url, random)."""

    path: KeyPath
    start: int
    end: int
    reason: str


def find_secrets(fields: Mapping[str, Value]) -> tuple[SecretSpot, ...]:
    """Return the literal secrets in an item's fields, in their order."""
    return tuple(
        SecretSpot(path, span.start, span.end, span.reason)
        for path, value, what in _strings(fields)
        for span in (_spans if len(value) > _LONG else _known_spans)(value, what)
    )


class _What(NamedTuple):
    """What the place of a string says of it: that it is a secret, that it is none; and whether to look hard."""

    named: bool = False
    public: bool = False
    hard: bool = False


def _strings(fields: Mapping[str, Value]) -> Iterator[tuple[KeyPath, str, _What]]:
    for name, value in fields.items():
        yield from _walk((name,), value, _What(hard=name in _VALUE_FIELDS))


def _walk(path: KeyPath, value: Value, what: _What) -> Iterator[tuple[KeyPath, str, _What]]:
    if isinstance(value, str):
        yield path, value, what
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk((*path, name), inner, _What(is_secret_name(name), is_public_name(name), what.hard))
    elif isinstance(value, list):
        flags = [None, *value]
        for index, inner in enumerate(value):
            flag = _flag(flags[index])
            named, public = what.named or is_secret_name(flag), what.public or is_public_name(flag)
            yield from _walk((*path, index), inner, _What(named, public, what.hard))


def _flag(value: Value) -> str:
    """Return the argument before another one, if it announces that one (`--api-key` `abc`)."""
    return value if isinstance(value, str) and re.fullmatch(r"--?[\w.-]+", value) else ""


def _spans(value: str, what: _What) -> tuple[Span, ...]:
    """Return the secret pieces of a string, none inside another; what is surer or wider comes first."""
    found = list(_by_name(value)) if what.named else []
    found += token_spans(value)
    if what.hard:
        found += _assigned(value)
        found += () if what.public else _random(value)
    kept: list[Span] = []
    taken = Mask(value)
    for span in found:
        if not taken.touches(span.start, span.end):
            taken.take(span.start, span.end)
            kept.append(span)
    return tuple(sorted(kept))


_known_spans = lru_cache(maxsize=4096)(_spans)  # a look at all files after an edit meets the same strings again


_SCHEME_WORD = re.compile(r"(?i)\s*(?:bearer|basic|token|apikey|digest|negotiate)\s+")
_VARIABLE_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_PATH = re.compile(r"(?:~|\.{1,2})?(?:[/\\][\w. @-]+)+[/\\]?|[A-Za-z]:\\.*|(?:~|\.{1,2})[/\\].*")
_PATHS = re.compile(rf"(?:{_PATH.pattern})(?:[,;:](?:(?:~|\.{{1,2}})?[/\\][\w. @/\\-]+))*")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_SWITCH = re.compile(
    r"(?i)true|false|yes|no|on|off|auto|always|never|enabled?|disabled?|basic|bearer|oauth2?|oidc|jwt|api[-_]?key"
    r"|token|cookie|session|-?\d{1,3}(?:[smhd]|ms)?|x(?:-[a-z]+)+"
)
_LABEL = re.compile(r"\s*[A-Za-z][\w-]*\s*[:=]\s*")
_SHORTEST = 2


def _by_name(value: str) -> Iterator[Span]:
    """Yield what is literal in a value whose name says that it is a secret."""
    scheme = _SCHEME_WORD.match(value)
    start = scheme.end() if scheme else 0
    for piece in _literal_pieces(value, start):
        literal = value[piece.start : piece.end]
        if not _is_harmless(literal):
            yield piece


def _literal_pieces(value: str, start: int) -> Iterator[Span]:
    """Yield the trimmed pieces between references."""
    for found in [*REFERENCE.finditer(value, start), None]:
        end = found.start() if found else len(value)
        piece = value[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = end - (len(piece) - len(piece.rstrip()))
        is_label = found is not None and _LABEL.fullmatch(piece)  # `token=` before a reference
        if right > left and not is_label:
            yield Span(left, right, "name")
        start = found.end() if found else end


def _is_harmless(literal: str) -> bool:
    if len(literal) < _SHORTEST or is_placeholder(literal):
        return True
    return any(form.fullmatch(literal) for form in (_SWITCH, _VARIABLE_NAME, _PATH, _URL))


# `NAME=value`, `--name=value`, `Name: value` (docker -e, mcp-remote --header), and `?name=value` inside of URLs.
_ASSIGNED = re.compile(r"(?:^|(?<=[?&;\s]))(?P<name>-{0,2}[A-Za-z_][\w.-]*)(?:=|:\s*(?!//))")


def _assigned(value: str) -> Iterator[Span]:
    in_url = _URL.fullmatch(value) is not None
    references = Mask.of_references(value)
    for found in _ASSIGNED.finditer(value):
        if not is_secret_name(found["name"]) or references.touches(*found.span()):
            continue
        start = found.end()
        stop = re.compile(r"[&#;\s]" if in_url or ";" in value else r"\Z").search(value, start)
        piece = value[start : stop.start() if stop else len(value)]
        yield from (Span(start + span.start, start + span.end, "name") for span in _by_name(piece))


_PINNED = re.compile(r"(?i)\bsha\d{1,3}[:=-]|[@#][0-9a-f]{40}\b")  # an image's digest, a commit


def _random(value: str) -> Iterator[Span]:
    """Yield random runs, but not in what is plainly a file's path or names content by its hash."""
    if _PATHS.fullmatch(value) or _PINNED.search(value):
        return
    references = Mask.of_references(value)
    for span in random_spans(value):
        if not references.touches(span.start, span.end):
            yield span
