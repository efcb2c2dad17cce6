"""Remedies: one file is put right at once: its last good version comes back, or it may be written again."""

from __future__ import annotations

from aisync_desktop.files.protocol import Disk
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.rounds import Rounds
from aisync_desktop.sync.model.events import FileRestored, MadeWritable
from aisync_desktop.sync.planning.last_good import (
    FileMovedOnError,
    LastGood,
    NoGoodVersionError,
    last_good,
    path_in,
    states_with,
)


class Remedies:
    """Puts files right; only those that are kept in step."""

    def __init__(self, rounds: Rounds, disk: Disk) -> None:
        self._rounds = rounds
        self._disk = disk

    def last_good(self, path: str) -> LastGood:
        """Return the last version of a file that can be read, and what putting it back writes; nothing is written."""
        rounds = self._rounds
        rounds.look_again()
        return last_good(path, rounds.survey, rounds.known, rounds.terms, rounds.surveyor, rounds.store)

    def restore(self, path: str, version: int = 0, over: str = "") -> Receipt:
        """Put the last good version of a file back; that `version`, `over` what the user saw there: nothing else.

        What is there now is kept in history, and an undo brings it back. What waited for the file follows by itself.
        """
        rounds = self._rounds
        rounds.require_writing()
        found = self.last_good(path)
        if version not in {0, found.version.id}:
            raise NoGoodVersionError(found.plan.targets[0].path)
        if over not in {"", found.over}:
            raise FileMovedOnError(found.plan.targets[0].path)
        with rounds.store.feed.telling(FileRestored(target=path, version=found.version.id)):
            rounds.looking.forget()
            return rounds.run("user", "", found.whole, patient=True)

    def make_writable(self, path: str) -> Receipt:
        """Let the owner of a file write to it, and write what waited for that."""
        rounds = self._rounds
        rounds.require_writing()
        rounds.look_again()
        file = path_in(path, states_with(path, rounds.survey))
        with rounds.store.feed.telling(MadeWritable(target=path)):
            self._disk.make_writable(file)
        return rounds.sync("user")
