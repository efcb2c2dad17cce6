"""The password by which the local API gives out tokens for a while: the keyring has what it is known by, no more.

That is the outcome of scrypt, which takes as long as one may wait for it and 32 MB. That there is one is a fact in the
database, so that no stranger's call ever has the keyring ask the user for its password where there is none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.secrets.errors import KeyringSilentError, VaultUnusableError
from aisync_desktop.secrets.vault import Vault
from aisync_desktop.service.access.errors import NoPasswordError, WrongPasswordError

SHORTEST, LONGEST = 8, 1_024  # characters
_ENTRY = "admin-password"
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
_MEMORY = 64 * 2**20  # bytes, at the most
_SALT = 16
T = TypeVar("T")


def keep_password(world: World, password: str) -> None:
    """Have the keyring keep what a password is known by."""
    salt = secrets.token_bytes(_SALT)
    kept = "$".join(["scrypt", _shown(salt), _shown(_known_by(password, salt))])
    _asked(world.vault(), lambda vault: vault.put(_ENTRY, kept))


def remove_password(world: World) -> None:
    """Have the keyring forget it."""
    _asked(world.vault(), lambda vault: vault.remove(_ENTRY))


def require_password(world: World) -> str:
    """Return a name for the password that is set; refuse where none is. The keyring is not asked."""
    with closing(ProgramReader.of(world)) as reader:
        found = reader.password()
    if not found:
        raise NoPasswordError
    return found


def check_password(world: World, given: str) -> None:
    """Refuse what is not the password; it takes its time."""
    kept = _asked(world.vault(), lambda vault: vault.get(_ENTRY))
    kind, _, rest = (kept or "").partition("$")
    salt, known_by = map(_read, rest.partition("$")[::2])
    if kind != "scrypt" or not salt or not known_by:  # somebody took it out of the keyring
        raise NoPasswordError
    if not hmac.compare_digest(_known_by(given, salt), known_by):
        raise WrongPasswordError


def _known_by(password: str, salt: bytes) -> bytes:
    told = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(told, salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=_MEMORY)


def _asked(vault: Vault, call: Callable[[Vault], T]) -> T:
    try:
        return call(vault)
    except VaultUnusableError as error:
        raise KeyringSilentError(str(error)) from error


def _shown(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read(shown: str) -> bytes:
    try:
        return base64.b64decode(shown, validate=True)
    except ValueError:
        return b""
