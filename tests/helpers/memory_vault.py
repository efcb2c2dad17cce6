"""A vault that lives as long as one test."""

from __future__ import annotations

from aisync_desktop.secrets.errors import VaultUnusableError


class MemoryVault:
    """Keeps values in a dict; `refusal` makes every call fail with that reason."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.refusal = ""

    def get(self, name: str) -> str | None:
        """Return a value."""
        self._check()
        return self.values.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep a value."""
        self._check()
        self.values[name] = value

    def remove(self, name: str) -> None:
        """Forget a value."""
        self._check()
        self.values.pop(name, None)

    def _check(self) -> None:
        if self.refusal:
            raise VaultUnusableError(self.refusal)
