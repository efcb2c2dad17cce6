"""Why somebody is refused who asks over the local API, and what can be wrong with tokens and the password.

WorldError
├── AccessError             refused before anything is looked at
│   ├── UnknownTokenError   no token, or one that is wrong, revoked or over (401)
│   ├── AccessMissingError  the token is not for this (403)
│   └── SlowDownError       too many wrong ones: not now (429)
├── TooMuchAskedError       a token gives away no more, and for no longer, than it has itself (403)
├── WrongPasswordError      (401)
├── NoPasswordError         none is set
├── TokenExistsError, TooManyTokensError
└── NoSuchTokenError
"""

from __future__ import annotations

from aisync_desktop.kernel.access import Access
from aisync_desktop.kernel.errors import NotThereError, WorldError
from aisync_desktop.kernel.messages import Text, text


def _texts(code: str, **params: str | int) -> tuple[Text, Text, Text]:
    return text(code), text(f"{code}.message", **params), text(f"{code}.next", **params)


class AccessError(WorldError):
    """The root of refusals that say nothing of what was asked for."""


class UnknownTokenError(AccessError):
    """Whoever asks has shown no token that is good."""

    def __init__(self) -> None:
        super().__init__(*_texts("access.unknown"))


class AccessMissingError(AccessError):
    """The token that was shown is not for this; `missing` is what it lacks."""

    def __init__(self, missing: Access) -> None:
        super().__init__(*_texts("access.missing", access=missing.value))
        self.missing = missing


class SlowDownError(AccessError):
    """Too many wrong tokens or passwords came from there."""

    def __init__(self, seconds: int) -> None:
        super().__init__(*_texts("access.slow", seconds=seconds))
        self.seconds = seconds


class WrongPasswordError(WorldError):
    """It is not the one that was set."""

    def __init__(self) -> None:
        super().__init__(*_texts("password.wrong"))


class NoPasswordError(WorldError):
    """There is none, so nothing is given out for one."""

    def __init__(self) -> None:
        super().__init__(*_texts("password.none"))


class TooMuchAskedError(WorldError):
    """A token was to make, or to see the secret of, one that may more or lasts longer; or to set the password."""

    def __init__(self) -> None:
        super().__init__(*_texts("token.too-much"))


class TokenExistsError(WorldError):
    """There is one of this name already."""

    def __init__(self, name: str) -> None:
        super().__init__(*_texts("token.exists", name=name))


class TooManyTokensError(WorldError):
    """Another one would be more than anybody keeps in view."""

    def __init__(self, most: int) -> None:
        super().__init__(*_texts("token.many", most=most))


class NoSuchTokenError(NotThereError):
    """There is none of this name (any more)."""

    def __init__(self, name: str) -> None:
        super().__init__(*_texts("token.none", name=name))
