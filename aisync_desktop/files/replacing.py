"""Putting bytes in place of what we know, and of nothing else: swap first, then look at what came out.

    write `.swap` beside the file, durable  ->  trade names  ->  look at what came out
      what we expected    keep it, make the names durable, drop it (held open for late writers): WRITTEN
      something else      somebody wrote meanwhile: trade back, until what comes out is what we put in; the last
                          foreign version stays in place, all that were seen are kept: FOREIGN
      any failure         trade back, raise

At every moment the name holds the old or the new version. A version whose last name is about to go is kept before.
Where something must be durable before the next step, a change waits for it together with others (syncing.py).
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aisync_desktop.files.client_lock import client_lock
from aisync_desktop.files.displaced import DisplacedFiles
from aisync_desktop.files.errors import DanglingLink, HardLinked, WriteProtected
from aisync_desktop.files.protocol import ClientLock, Keep, Outcome, Replaced
from aisync_desktop.files.reading import UNREADABLE, Look, look
from aisync_desktop.files.resolve import resolve
from aisync_desktop.files.swap import Swap
from aisync_desktop.files.syncing import Sync, Syncing
from aisync_desktop.files.syscalls import Syscalls
from aisync_desktop.files.temps import Dress, dress_of, temp_name, write_temp
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.ports import Clock

_MOST_TRADES = 64  # each takes microseconds: nobody writes that often in between
_ANY_WRITE = 0o222


@dataclass(frozen=True)
class Job:
    """One replacement: at `path`, which is really `real`, the bytes with the hash `old` give way to `data`."""

    path: Path
    real: Path
    old: str
    data: bytes
    new: str
    keep: Keep
    lock: ClientLock | None = None
    size: int = 0
    mtime_ns: int = 0
    private: bool = False

    def ended(self, outcome: Outcome, *, degraded: bool = False) -> Replaced:
        """Make the answer."""
        return Replaced(self.path, outcome, self.old, self.new, degraded)


class Replacer:
    """The three changes of a name: replace, create, remove. Each yields what must be durable before it goes on."""

    def __init__(self, calls: Syscalls, clock: Clock, displaced: DisplacedFiles) -> None:
        self._calls = calls
        self._clock = clock
        self._displaced = displaced
        self._swap = Swap(calls)

    def replace(self, job: Job) -> Syncing[Replaced]:
        """Put new bytes in place of a file."""
        try:
            self._require_replaceable(job)
            dress = dress_of(self._calls, job.real)
            dress = dress.private() if job.private else dress
        except FileNotFoundError:
            return job.ended(Outcome.FOREIGN)
        side = yield from write_temp(self._calls, job.real, job.data, dress)
        with self._ours_dropped_on_failure(job, side), client_lock(self._calls, self._clock, job.path, job.lock):
            return (yield from self._swap_in(job, side))

    def create(self, job: Job, mode: int) -> Syncing[Replaced]:
        """Put new bytes where nothing is, in folders that are made as private as can be."""
        with self._folders(job) as made:
            side = yield from write_temp(self._calls, job.real, job.data, Dress(mode))
            with self._ours_dropped_on_failure(job, side), client_lock(self._calls, self._clock, job.path, job.lock):
                return (yield from self._put_in(job, side, made))

    def remove(self, job: Job) -> Syncing[Replaced]:
        """Take a file away."""
        side = temp_name(job.real, "swap")
        with client_lock(self._calls, self._clock, job.path, job.lock):
            try:
                self._calls.rename(job.real, side)
            except FileNotFoundError:
                return job.ended(Outcome.SAME)
            return (yield from self._settle_removal(job, side))

    def _swap_in(self, job: Job, side: Path) -> Syncing[Replaced]:
        try:
            if self._changed(job):
                return self._too_late(job, side)
            degraded = self._swap.exchange(side, job.real)
        except FileNotFoundError:  # a client that saves by renaming away is at it
            return self._too_late(job, side)
        out = UNREADABLE
        try:
            out = look(self._calls, side)
            if out.hash == job.old and out.data is not None:
                job.keep(job.path, out.data)
                yield Sync(self._calls.sync_folder, job.real.parent)
        except BaseException:
            self._put_back(job, side, out)
            raise
        if out.hash != job.old:
            return (yield from self._end_foreign(job, self._put_back(job, side, out)))
        self._displaced.hold(job.path, side, out)
        return job.ended(Outcome.WRITTEN, degraded=degraded)

    def _changed(self, job: Job) -> bool:
        """Whether it is known already that the swap would come too late: a link turned, another status.

        Nothing depends on it; it spares a client the microseconds in which it could see ours instead of its own.
        """
        status = self._calls.lstat(job.real)
        seen = (status.st_size, status.st_mtime_ns) != (job.size, job.mtime_ns)
        return seen or resolve(self._calls, job.path).path != job.real

    def _too_late(self, job: Job, side: Path) -> Replaced:
        self._displaced.drop(side)
        return job.ended(Outcome.FOREIGN)

    def _put_back(self, job: Job, side: Path, out: Look) -> list[bytes]:
        """Trade back until the last foreign version is in place; return all that were seen, the last one last.

        `under` is what we believe to be in place. If something else comes out, somebody wrote there since: that is
        the newer version, and goes back in turn.
        """
        seen, under = [out], job.new
        try:
            for _ in range(_MOST_TRADES):
                came = self._trade_back(side, job.real)
                if came is None or came.hash == under:
                    self._displaced.hold(job.path, side, came or UNREADABLE)
                    break
                seen.append(came)
                under, out = out.hash, came
            else:
                self._surface(job, out)
                self._displaced.hold(job.path, side, out)
        except OSError:
            self._surface(job, out)
            raise
        return [version.data for version in seen if version.data is not None]

    def _trade_back(self, side: Path, real: Path) -> Look | None:
        """Put `side` in place and look at what came out; None when the name was free."""
        for _ in range(_MOST_TRADES):
            try:
                self._swap.exchange(side, real)
            except FileNotFoundError:
                with suppress(FileExistsError):
                    self._swap.put_new(side, real)
                    self._displaced.drop(side)
                    return None
            else:
                return self._look_or_not(side)
        raise FileExistsError(str(real))

    def _look_or_not(self, side: Path) -> Look:
        try:
            return look(self._calls, side)
        except OSError:
            return UNREADABLE

    def _put_in(self, job: Job, side: Path, made: list[Path]) -> Syncing[Replaced]:
        if resolve(self._calls, job.path).path != job.real:
            return self._too_late(job, side)
        try:
            degraded = self._swap.put_new(side, job.real)
        except FileExistsError:
            return self._too_late(job, side)
        self._displaced.drop(side)
        try:
            for folder in (job.real.parent, *(folder.parent for folder in made)):
                yield Sync(self._calls.sync_folder, folder)
        except OSError:
            self._withdraw(job)
            raise
        return job.ended(Outcome.WRITTEN, degraded=degraded)

    def _withdraw(self, job: Job) -> None:
        """Take away again what we just created, unless somebody wrote into it."""
        side = temp_name(job.real, "swap")
        self._calls.rename(job.real, side)
        out = self._look_or_not(side)
        if out.hash != job.new:
            if self._give_back(job, side):
                return
            self._surface(job, out)
        self._displaced.hold(job.path, side, out)

    def _settle_removal(self, job: Job, side: Path) -> Syncing[Replaced]:
        out = UNREADABLE
        try:
            out = look(self._calls, side)
            if out.hash == job.old and out.data is not None:
                job.keep(job.path, out.data)
                yield Sync(self._calls.sync_folder, job.real.parent)
        except BaseException:
            if not self._give_back(job, side):
                self._surface(job, out)
            raise
        if out.hash != job.old:
            given_back = self._give_back(job, side)
            ended = yield from self._end_foreign(job, [] if out.data is None else [out.data])
            if not given_back:
                self._displaced.hold(job.path, side, out)
            return ended
        self._displaced.hold(job.path, side, out)
        return job.ended(Outcome.WRITTEN)

    def _give_back(self, job: Job, side: Path) -> bool:
        """Give a file its name again; False when somebody has that name by now (theirs is newer, and stays)."""
        try:
            self._swap.put_new(side, job.real)
        except FileExistsError:
            return False
        self._displaced.drop(side)
        return True

    def _end_foreign(self, job: Job, versions: list[bytes]) -> Syncing[Replaced]:
        for data in versions:
            job.keep(job.path, data)
        yield Sync(self._calls.sync_folder, job.real.parent)
        return job.ended(Outcome.FOREIGN)

    def _surface(self, job: Job, out: Look) -> None:
        if out.data is not None:
            self._displaced.surface(job.path, out.data)

    def _require_replaceable(self, job: Job) -> None:
        status = self._calls.lstat(job.real)
        if status.st_nlink > 1:
            raise HardLinked(job.path)
        if not stat.S_IMODE(status.st_mode) & _ANY_WRITE:
            raise WriteProtected(job.path)

    @contextmanager
    def _folders(self, job: Job) -> Iterator[list[Path]]:
        """Make the folders of a new file; take them away again if the file does not come."""
        made: list[Path] = []
        try:
            self._make_folders(job, made)
            yield made
        except BaseException:
            for folder in reversed(made):
                with suppress(OSError):  # somebody uses it already
                    self._calls.rmdir(folder)
            raise

    def _make_folders(self, job: Job, made: list[Path]) -> None:
        bound = self._calls.bound(job.real)
        missing = [
            folder
            for folder in (job.real.parent, *job.real.parent.parents)
            if (bound is None or bound.root in folder.parents) and not self._exists(folder)
        ]
        if missing and resolve(self._calls, job.path).dangling:
            raise DanglingLink(job.path)
        for folder in reversed(missing):
            with suppress(FileExistsError):
                self._calls.mkdir(folder, 0o700)
                made.append(folder)

    def _exists(self, path: Path) -> bool:
        try:
            self._calls.lstat(path)
        except FileNotFoundError:
            return False
        return True

    @contextmanager
    def _ours_dropped_on_failure(self, job: Job, side: Path) -> Iterator[None]:
        """Drop `side` if it still holds our own bytes; a version of somebody else stays for `recover`."""
        try:
            yield
        except BaseException:
            if self._look_or_not(side).hash == job.new:
                self._displaced.drop(side)
            raise
