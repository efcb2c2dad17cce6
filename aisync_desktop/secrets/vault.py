"""A vault keeps short secrets by name: the OS keyring; tests have one in memory.

A keyring may be locked, ask the user, hang on a bus or throw anything. So it is imported when first needed, called in
a thread of its own, and waited for no longer than a few seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from aisync_desktop.kernel.ports import Clock
from aisync_desktop.secrets.errors import VaultUnusableError

SERVICE = "aisync-desktop"
WAIT_SECONDS = 5.0
PASSWORD_SECONDS = 180.0  # that a user may need to type one
_FIRST_REST, _LONGEST_REST = 30.0, 600.0
_T = TypeVar("_T")


class Vault(Protocol):
    """Each call may raise VaultUnusableError and nothing else."""

    def get(self, name: str) -> str | None:
        """Return what is kept under a name."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        ...

    def remove(self, name: str) -> None:
        """Forget a name, whether it is known or not."""
        ...


class SystemVault:
    """The keyring of the operating system."""

    def __init__(self, service: str = SERVICE, wait_seconds: float = WAIT_SECONDS) -> None:
        self._service = service
        self._wait_seconds = wait_seconds

    def patient(self) -> SystemVault:
        """Return the same keyring, which is waited for as long as its password takes."""
        return SystemVault(self._service, PASSWORD_SECONDS)

    def get(self, name: str) -> str | None:
        """Return what the keyring has."""
        return within(self._wait_seconds, lambda: _keyring().get_password(self._service, name))

    def put(self, name: str, value: str) -> None:
        """Keep a value and look that it stayed: the null backend takes everything and keeps nothing."""

        def keep() -> str | None:
            _keyring().set_password(self._service, name, value)
            return _keyring().get_password(self._service, name)

        if within(self._wait_seconds, keep) != value:
            raise VaultUnusableError("it does not keep values")

    def remove(self, name: str) -> None:
        """Delete a name that is there."""

        def forget() -> None:
            if _keyring().get_password(self._service, name) is not None:
                _keyring().delete_password(self._service, name)

        within(self._wait_seconds, forget)


class RestingVault:
    """A vault that is left alone for a while after it failed, longer each time: each call may take seconds to fail."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self._pause = 0.0
        self._until = 0.0
        self.reason = ""  # why it rests; "" where it does not

    @property
    def due_in(self) -> float | None:
        """In how many seconds it is asked again; None where it does not rest."""
        return max(0.0, self._until - self._clock.monotonic()) if self.reason else None

    def wake(self) -> None:
        """Ask it again at the next call."""
        self._until = self._clock.monotonic()

    def get(self, name: str) -> str | None:
        """Return what the vault has."""
        return self._asked(lambda: self._vault.get(name))

    def put(self, name: str, value: str) -> None:
        """Keep a value."""
        self._asked(lambda: self._vault.put(name, value))

    def remove(self, name: str) -> None:
        """Forget a name."""
        self._asked(lambda: self._vault.remove(name))

    def _asked(self, call: Callable[[], _T]) -> _T:
        if self.reason and self._clock.monotonic() < self._until:
            raise VaultUnusableError(self.reason)
        try:
            answer = call()
        except VaultUnusableError as error:
            self.reason = str(error)
            self._pause = min(max(_FIRST_REST, self._pause * 2), _LONGEST_REST)
            self._until = self._clock.monotonic() + self._pause
            raise
        self.reason, self._pause = "", 0.0
        return answer


def keep_in(vault: Vault, name: str, value: str, *, wanted: bool) -> None:
    """Keep a value in a vault; one that is not `wanted` is not asked, and counts as unusable."""
    if not wanted:
        raise VaultUnusableError("none is wanted")
    vault.put(name, value)


class _Backend(Protocol):
    def get_password(self, service: str, name: str, /) -> str | None: ...
    def set_password(self, service: str, name: str, value: str, /) -> None: ...
    def delete_password(self, service: str, name: str, /) -> None: ...


def _keyring() -> _Backend:
    import keyring
    from keyring.backends import fail

    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring):
        raise VaultUnusableError("no backend")
    return backend


def within(seconds: float, call: Callable[[], _T]) -> _T:
    """Return what a call gives, or raise VaultUnusableError when it fails or takes longer.

    The thread is a daemon: a hanging keyring must not hold up the program's end.
    """
    done: list[_T] = []
    failed: list[str] = []

    def run() -> None:
        try:
            done.append(call())
        except VaultUnusableError as error:
            failed.append(str(error))
        except Exception as error:  # noqa: BLE001 - a backend may raise anything; its text could hold a secret
            failed.append(type(error).__name__)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise VaultUnusableError(failed[0])
    if not done:
        raise VaultUnusableError("it does not answer")
    return done[0]
