"""Tokens by which other programs ask the running app: what is kept of one, and what its holder knows.

A secret has its token's id in it, so that one row is looked at. It is 256 random bits, which nobody guesses: SHA-256
keeps it from who reads the database, and no slow hash is needed. It is shown once and kept nowhere.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
import secrets
from hashlib import sha256
from typing import Self

from aisync_desktop.kernel.access import Access, Grant
from aisync_desktop.kernel.dataclass import dataclass

_SECRET = re.compile(r"aisync_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
_NOBODYS = "0" * 64


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept: `parent` is the id of the token that it was made with, `login` says that a password was given."""

    id: str
    name: str
    digest: str
    access: frozenset[Access]
    made_by: str
    parent: str
    login: bool
    made_at: dt.datetime
    expires_at: dt.datetime | None

    @property
    def grant(self) -> Grant:
        """What it allows."""
        return Grant(self.access, self.expires_at, self.id)

    def is_over(self, now: dt.datetime) -> bool:
        """Whether its time is over, by the wall's clock."""
        return self.expires_at is not None and now >= self.expires_at


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A secret that nobody has yet, with what is kept of it."""

    id: str
    value: str
    digest: str

    @classmethod
    def make(cls, token: str = "") -> Self:
        """Make one, of a new token or of one that there is."""
        name = token or secrets.token_hex(6)
        value = f"aisync_{name}_{secrets.token_urlsafe(32)}"
        return cls(name, value, _digest(value))

    def __repr__(self) -> str:
        return f"NewSecret({self.id})"


def id_in(secret: str) -> str:
    """Return the id of the token that something may be the secret of; "" where it is none."""
    found = _SECRET.fullmatch(secret)
    return found[1] if found else ""


def is_secret_of(secret: str, token: Token | None) -> bool:
    """Whether it is this token's, in the same time whether there is one or not."""
    return hmac.compare_digest(_digest(secret), token.digest if token else _NOBODYS) and token is not None


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
