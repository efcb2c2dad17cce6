"""Disks on which a test steps in at one change: those that come together are made one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aisync_desktop.files.protocol import Replaced, Replacement
from aisync_desktop.kernel.errors import WorldError


class OneByOne:
    """Makes changes by `replace` and `remove`, which a disk of a test may have of its own."""

    replace: Any
    remove: Any

    def replace_all(
        self, changes: Sequence[Replacement], ended: Callable[[], object] = lambda: None
    ) -> list[Replaced | WorldError]:
        made = []
        for change in changes:
            made.append(self._made(change))
            ended()
        return made

    def _made(self, change: Replacement) -> Replaced | WorldError:
        how = {"keep": change.keep, "lock": change.lock}
        made: Replaced
        try:
            if change.data is None:
                made = self.remove(change.expected, **how)
            else:
                more = {"new_mode": change.new_mode, "private": change.private}
                made = self.replace(change.expected, change.data, **how, **more)
        except WorldError as error:
            return error
        return made
