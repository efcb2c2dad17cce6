"""The API's bearer token: a file that only the user can read, made once, and anew where somebody else may know it.

No web framework here: the command line reads the token before it asks the running app.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import Stamp, read_own, stamp_of, write_own
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text

_MOST = 4_096  # bytes of the file
_TOKEN = "api-token"  # noqa: S105 - a file's name


class TokenAnewError(WorldError):
    """The token's file was empty, or others could have written or read it."""

    def __init__(self, path: Path) -> None:
        texts = (text("api.token-anew"), text("api.token-anew.message"), text("api.token-anew.next"))
        super().__init__(*texts, path)


def bearer_token(state: Path) -> str:
    """Return the API's token; made once, and anew where somebody else may know it."""
    return token_and_doubt(state)[0]


def token_and_doubt(state: Path) -> tuple[str, TokenAnewError | None]:
    """Return the API's token, and what is to be told where it was made anew."""
    path = state / _TOKEN
    try:
        said, alone = read_own(path, _MOST)
        token = said.decode("ascii").strip()
    except FileNotFoundError:
        return _made(path), None
    except (NotOurs, UnicodeDecodeError):
        token, alone = "", False
    return (token, None) if token and alone else (_made(path), TokenAnewError(path))


class TokenFile:
    """The API's token as its file says it now: one that was replaced is the token from then on.

    One that is missing, empty, or not ours alone any more is made anew, as at a start. Called from any thread.
    Attribute: `doubt` (what is to be told of the token, if it was made anew at the start).
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._lock = Lock()
        self._token, self.doubt = token_and_doubt(state)
        self._read = self._now()

    def __call__(self) -> str:
        """Return the token; the last one as long as the file cannot be read or made."""
        with self._lock:
            if self._read is None or self._now() != self._read:
                with suppress(OSError):
                    self._token, doubt = token_and_doubt(self._state)
                    self._read = self._now()
                    if doubt is not None:
                        from aisync_desktop.observe.logging import get_logger  # which a command has no time for

                        get_logger(__name__).warning("of the API", code=doubt.title.code)
            return self._token

    def _now(self) -> Stamp:
        return stamp_of(self._state / _TOKEN)


def _made(path: Path) -> str:
    import secrets  # once in a life

    token = secrets.token_urlsafe(32)
    write_own(path, token)
    return token
