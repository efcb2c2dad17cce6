"""The real door: `protocol.Disk` over the system's files.

Reader (reading.py) reads what holds still, Replacer (replacing.py) swaps and looks, DisplacedFiles (displaced.py) waits
for late writers; all of them reach the system through one `Syscalls`, which holds what is a project's to its root
(bounded.py). Here system errors become FileProblems.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from aisync_desktop.files.bounded import BoundedCalls, LinkInTheWayError
from aisync_desktop.files.bounds import Bounds
from aisync_desktop.files.displaced import DisplacedFiles
from aisync_desktop.files.errors import FileProblem, HardLinked, IsALink, file_problems
from aisync_desktop.files.listing import files_in, find_copies
from aisync_desktop.files.protocol import (
    ABSENT,
    ClientLock,
    Copy,
    Keep,
    LateWrite,
    Outcome,
    Reading,
    Replaced,
    Replacement,
    Rights,
    content_hash,
)
from aisync_desktop.files.reading import MAX_BYTES, Reader, close_quietly, is_elsewhere_too, look, require_file
from aisync_desktop.files.replacing import Job, Replacer
from aisync_desktop.files.resolve import resolve
from aisync_desktop.files.swap import Swap
from aisync_desktop.files.syncing import Course, Syncing, run_together
from aisync_desktop.files.syscalls import READ_NO_LINK, Syscalls
from aisync_desktop.files.temps import is_our_temp, is_whole, tag
from aisync_desktop.files.watch_targets import DiskView
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.ports import Clock

_OWNERS = 0o700


class RealDisk:
    """The disk of this machine. Different paths may be worked on from different threads at once."""

    def __init__(self, clock: Clock, *, calls: Syscalls | None = None, limit: int = MAX_BYTES) -> None:
        self._made_with = clock, calls or Syscalls(), limit
        self._bounds = Bounds()
        self._calls = BoundedCalls(self._made_with[1], self._bounds)
        self._reader = Reader(self._calls, clock, limit)
        self._displaced = DisplacedFiles(self._calls, clock)
        self._replacer = Replacer(self._calls, clock, self._displaced)

    def confine(self, roots: Iterable[Path]) -> None:
        """Let no path beneath these folders lead out of them."""
        self._bounds.add(roots)

    def apart(self) -> RealDisk:
        """Return the same disk, which may be held to more roots without this one."""
        clock, calls, limit = self._made_with
        disk = RealDisk(clock, calls=calls, limit=limit)
        disk.confine(self._bounds.roots)
        return disk

    def exists(self, path: Path) -> bool:
        """Return whether there is anything at a path."""
        bound = self._bounds.around(path)
        if bound is None:
            return DiskView().exists(path)
        try:
            real = path if path == bound.root else resolve(self._calls, path.parent).path / path.name
            self._calls.lstat(real)
        except (FileProblem, LinkInTheWayError):
            return path != bound.root  # reading it will tell
        except OSError:
            return False
        return True

    def names(self, folder: Path, pattern: str) -> tuple[str, ...]:
        """Return the files in a folder that match, without those that stand beside others for a while."""
        with file_problems(folder):
            return files_in(self._calls, folder, pattern)

    def copies(self, globs: Iterable[Path], most: int) -> Iterable[Copy]:
        """Return the newest files whose names match, as far as they can be read."""
        return find_copies(self._calls, globs, most)

    def read(self, path: Path) -> Reading:
        """Read a file that holds still; absent is an answer, unreadable is an error."""
        with file_problems(path):
            return self._reader.read(path)

    def look(self, path: Path) -> Reading:
        """Read a file, but no large one again that holds what it held at the look before."""
        with file_problems(path):
            return self._reader.look(path)

    def read_settled(self, path: Path, wait: float) -> Reading:
        """Read, and give a missing or empty file up to `wait` seconds to come back."""
        with file_problems(path):
            return self._reader.read_settled(path, wait)

    def replace(
        self,
        expected: Reading,
        data: bytes,
        *,
        keep: Keep,
        lock: ClientLock | None = None,
        new_mode: int = 0o600,
        private: bool = False,
    ) -> Replaced:
        """Put `data` in place of `expected`, or nothing if somebody else wrote there."""
        return self._only(Replacement(expected, data, keep, lock, new_mode, private))

    def remove(self, expected: Reading, *, keep: Keep, lock: ClientLock | None = None) -> Replaced:
        """Take `expected` away, or nothing if somebody else wrote there."""
        return self._only(Replacement(expected, None, keep, lock))

    def replace_all(
        self, changes: Sequence[Replacement], ended: Callable[[], object] = lambda: None
    ) -> list[Replaced | WorldError]:
        """Make several changes, which wait for the disk together; a client's lock is held for one of them only."""
        return run_together([Course(self._change(one), alone=one.lock is not None) for one in changes], ended)

    def _only(self, change: Replacement) -> Replaced:
        (ended,) = run_together([Course(self._change(change))])
        if isinstance(ended, WorldError):
            raise ended
        return ended

    def _change(self, change: Replacement) -> Syncing[Replaced]:
        path, data = change.expected.path, change.data
        with file_problems(path):
            now = self._reader.again(change.expected)
            new = ABSENT if data is None else change.hash or content_hash(data)
            known = now.size, now.mtime_ns, change.private
            job = Job(path, now.real_path, change.expected.hash, data or b"", new, change.keep, change.lock, *known)
            if now.hash == job.new:
                return job.ended(Outcome.SAME)
            if now.hash != job.old:
                return job.ended(Outcome.FOREIGN)
            if data is None:
                return (yield from self._replacer.remove(job))
            if now.absent:
                return (yield from self._replacer.create(job, change.new_mode))
            return (yield from self._replacer.replace(job))

    def rights(self, path: Path) -> Rights:
        """Return what says who may write to a path: that of the file and of its folder."""
        found = []
        with suppress(OSError, FileProblem):
            real = resolve(self._calls, path).path
            for place in (real.parent, real):
                status = self._calls.stat(place)
                found.append((status.st_mode, status.st_uid, status.st_gid))
        return tuple(found)

    def make_private(self, path: Path) -> None:
        """Take everybody else's rights to a file away."""
        if not self._calls.posix:
            return
        with file_problems(path):
            fd = self._calls.open(resolve(self._calls, path).path, READ_NO_LINK)
            try:
                status = self._calls.fstat(fd)
                require_file(status, path, MAX_BYTES)
                if is_elsewhere_too(self._calls, path, status):
                    raise HardLinked(path)
                self._calls.chmod(fd, stat.S_IMODE(status.st_mode) & _OWNERS)
            finally:
                close_quietly(self._calls, fd)

    def make_writable(self, path: Path) -> None:
        """Give its owner the right to write to a file."""
        with file_problems(path):
            real = resolve(self._calls, path).path
            if real != resolve(self._calls, path.parent).path / path.name:
                raise IsALink(path, end=str(real))
            fd = self._calls.open(real, READ_NO_LINK)
            try:
                status = self._calls.fstat(fd)
                require_file(status, path, MAX_BYTES)
                if status.st_nlink > 1:
                    raise HardLinked(path)
                if self._calls.posix:
                    self._calls.chmod(fd, stat.S_IMODE(status.st_mode) | stat.S_IWUSR)
            finally:
                close_quietly(self._calls, fd)
            if not self._calls.posix:
                self._calls.take_read_only_off(real)

    def late_writes(self, *, closing: bool = False) -> tuple[LateWrite, ...]:
        """Return what was written into displaced files since the last call."""
        return self._displaced.late_writes(closing=closing)

    def late_in(self) -> float | None:
        """Return in how many seconds `late_writes` is worth a call."""
        return self._displaced.late_in()

    def recover(self, path: Path, *, keep: Keep) -> tuple[LateWrite, ...]:
        """Clear what a crash left beside `path`; the versions among it are kept and returned.

        Only for the one process that holds the instance lock, before its first write: another one's files look alike.
        """
        with file_problems(path):
            try:
                self._calls.stat(path.parent)  # most clients are not installed, and to resolve costs a call per folder
                real = resolve(self._calls, path).path
                names = self._calls.names(real.parent)
            except FileNotFoundError:
                return ()
            ours = sorted(name for name in names if name.startswith(tag(real.name)) and is_our_temp(name))
            found = (self._recover_one(path, real, real.with_name(name), keep) for name in ours)
            return tuple(LateWrite(path, data) for data in found if data)

    def _recover_one(self, path: Path, real: Path, left: Path, keep: Keep) -> bytes | None:
        """Clear one leftover; return its bytes if they are a version that is not in place."""
        if self._is_same(left, real):
            self._displaced.drop(left)
            return None
        now = self._reader.read(path)
        data = look(self._calls, left).data if is_whole(left.name) else None
        if now.absent and not self._calls.posix:  # Windows gives the new name in a second step
            Swap(self._calls).put_new(left, real)
            return None
        foreign = data is not None and data != now.data
        if data and foreign:
            keep(path, data)
        self._displaced.drop(left)
        return data if foreign else None

    def _is_same(self, left: Path, real: Path) -> bool:
        """Whether a leftover is but a second name of what is in place."""
        try:
            one, other = self._calls.lstat(left), self._calls.lstat(real)
        except FileNotFoundError:
            return False
        return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)
