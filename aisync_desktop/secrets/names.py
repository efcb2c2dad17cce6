"""Which names (of variables, headers, flags, query parameters) say that their value is a secret.

A name is read as words; the last word that matters decides: `GITHUB_TOKEN` is one, `TOKEN_LIMIT`, `PUBLIC_KEY` and
`KEYBOARD_LAYOUT` are not.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Words that say nothing about what the value is: what stands before them decides.
_NEUTRAL = re.compile(
    r"value|values|raw|text|string|str|base64|b64|hex|header|prod|production|dev|development|staging|stage|"
    r"live|test|testing|sandbox|local|default|main|primary|secondary|backup|old|new|current|here|v"
)
_ALWAYS = re.compile(
    r"token|secret|secrets|password|passwords|passwd|pwd|passphrase|passcode|pass|pat|credential|credentials|"
    r"creds|authorization|cookie|cookies|apikey|apikeys|authtoken|accesstoken|secretkey|privatekey|accesskey|"
    r"authkey|bearer|jwt|apitoken|licensekey"
)
_ENDINGS = ("apikey", "token", "secret", "password", "passwd", "secretkey", "privatekey")  # of words run together
_NOT_BEFORE_TOKEN = re.compile(r"max|min|page|next|prev|previous|cursor|continuation|cancel|stop|eos|bos|pad")
_PUBLIC_KEY = re.compile(r"public|pub|publishable|site|host")
_NOT_BEFORE_KEY = re.compile(
    rf"{_PUBLIC_KEY.pattern}|file|primary|foreign|sort|partition|hash|cache|index|group|hot|shift|ctrl|alt|arrow|function|issue|"
    r"project|space|object|idempotency|order|lookup|feature|config|registry|row|map|json|dict|translation|"
    r"message|i18n|locale|route|storage|s3|redis|state|sort|query|search|filter|tag|label|enter|escape|up|down|"
    r"left|right|any"
)
_BEFORE_PLURAL = re.compile(r"api|access|auth|secret|private|bearer|refresh")
_CONNECTION = (("connection", "string"), ("conn", "string"), ("conn", "str"), ("connectionstring",))
_LEGACY_AUTH = (("auth",), ("x", "auth"), ("npm", "auth"), ("http", "auth"), ("basic", "auth"), ("proxy", "auth"))


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Say whether a value of this name is a secret, whatever it looks like."""
    words = [word.lower() for word in _WORD.findall(name)]
    if tuple(words[-2:]) in _CONNECTION or tuple(words[-1:]) in _CONNECTION:
        return True
    while len(words) > 1 and (words[-1].isdigit() or _NEUTRAL.fullmatch(words[-1])):
        words.pop()
    if not words:
        return False
    return _decides(words[-1], words[-2] if len(words) > 1 else "", tuple(words))


_IDENTITY = re.compile(r"id|ids|commit|sha|digest|checksum|fingerprint|revision|etag")
_NOT_BEFORE_ID = re.compile(r"secret|session|token|key")


@lru_cache(maxsize=4096)
def is_public_name(name: str) -> bool:
    """Say whether a value of this name is meant to be known, however random it looks: an id, a commit, a public key."""
    words = [word.lower() for word in _WORD.findall(name)]
    last, before = (["", "", *words])[-1], (["", "", *words])[-2]
    if last == "key":
        return _PUBLIC_KEY.fullmatch(before) is not None
    return _IDENTITY.fullmatch(last) is not None and not _NOT_BEFORE_ID.fullmatch(before)


def _decides(last: str, before: str, words: tuple[str, ...]) -> bool:
    if last == "token":
        return not _NOT_BEFORE_TOKEN.fullmatch(before)
    if last == "key":
        return not _NOT_BEFORE_KEY.fullmatch(before)
    if last in {"keys", "tokens"}:
        return _BEFORE_PLURAL.fullmatch(before) is not None
    return _ALWAYS.fullmatch(last) is not None or last.endswith(_ENDINGS) or words in _LEGACY_AUTH
