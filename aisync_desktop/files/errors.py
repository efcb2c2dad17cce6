"""What can go wrong with a file, as the user can understand and mend it.

FileProblem                   one class per cause; `cause` names its three texts, files.<cause>.{title,message,next}
├── PermissionDenied, WriteProtected, OwnerLost, ReadOnlyFileSystem
├── DiskFull (QuotaExceeded), NameTooLong, TooLarge, TooManyOpenFiles
├── IsAFolder, NotAFolder, NoFolder, NotAFile, FileExists, OwnFile
├── SymlinkLoop, DanglingLink, IsALink, LeadsOut, HardLinked, SharedFile
├── Vanished
├── Busy (LockHeld)           passes by itself: try again later
├── DeviceFailure
└── NoHome, StateUnusable, NotOurs, AlreadyRunning, PlaceTaken; and told when mended: FolderOpen, LogSetAside

An OSError becomes one of them in `file_problems`, at the boundary and nowhere else.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import text


class FileProblem(WorldError):  # noqa: N818 - the word of the design: a problem of the world, not an error of ours
    """Something is wrong with a file or its folder; itself raised only for an error number that has no class."""

    cause: ClassVar[str] = "trouble"

    def __init__(self, path: Path, **params: str | int) -> None:
        given: dict[str, str | int] = {"path": str(path), **params}
        title, message, next_step = (
            text(f"files.{self.cause}.{part}", **given) for part in ("title", "message", "next")
        )
        super().__init__(title, message, next_step, path)


class PermissionDenied(FileProblem):
    """The system does not let us; which right is missing, of the file or of its folder, it does not say."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "denied"


class WriteProtected(FileProblem):
    """Nobody may write the file; that we could replace it through its folder does not mean that we should."""

    actions = (Remedy.MAKE_WRITABLE, Remedy.TRY_AGAIN)

    cause = "protected"


class OwnerLost(FileProblem):
    """The file belongs to somebody else, and a replacement could not be given to them."""

    cause = "owner"


class ReadOnlyFileSystem(FileProblem):
    """The file system is mounted read-only."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "read_only"


class DiskFull(FileProblem):
    """There is no room for the new version beside the old one."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "full"


class QuotaExceeded(DiskFull):
    """The user's share of the disk is used up."""

    cause = "quota"


class NameTooLong(FileProblem):
    """The path is longer than the system allows."""

    cause = "name"


class TooLarge(FileProblem):
    """No configuration file is that large; reading it would only cost memory."""

    cause = "large"


class TooManyOpenFiles(FileProblem):
    """This process or the whole system has no handle left."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "handles"


class IsAFolder(FileProblem):
    """A folder stands where a file is expected."""

    cause = "folder"


class NotAFolder(FileProblem):
    """A file stands where a folder is expected."""

    cause = "not_folder"


class NoFolder(FileProblem):
    """The folder in which a new file is wanted is not there: `folder` is the first on the way that is missing."""

    cause = "no_folder"


class NotAFile(FileProblem):
    """A device, pipe or socket stands where a file is expected."""

    cause = "not_file"


class FileExists(FileProblem):
    """There is a file already, and nobody said that another one may take its place."""

    cause = "exists"


class OwnFile(FileProblem):
    """The file is in the folder of our own state, where only we write."""

    cause = "own"


class SymlinkLoop(FileProblem):
    """The links lead nowhere but to each other."""

    cause = "loop"


class DanglingLink(FileProblem):
    """The link points into a folder that is not there (an unmounted disk, say)."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "dangling"


class IsALink(FileProblem):
    """The name is a link, to `end`: what is done to a file itself is not done through it."""

    cause = "link"


class LeadsOut(FileProblem):
    """A link leads out of the project that the path is in, to `end`: whoever made the project does not decide there."""

    cause = "leads_out"


class HardLinked(FileProblem):
    """The file has a second name: a replacement would part the two, and writing in place is not atomic.

    In a project it is not even read: the other name may be that of a file of the user's.
    """

    cause = "hard_linked"


class SharedFile(FileProblem):
    """The file of a project is also one of the user's own, or of another project's: `other` names it there."""

    cause = "shared"


class Vanished(FileProblem):
    """The file or its folder went away while we worked."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "vanished"


class Busy(FileProblem):
    """The file changes faster than it can be read, or something else holds it. It passes."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "busy"


class LockHeld(Busy):
    """The client holds its own lock on the file."""

    cause = "locked"


class DeviceFailure(FileProblem):
    """The disk or the network behind the file failed."""

    actions = (Remedy.TRY_AGAIN,)

    cause = "device"


class NoHome(FileProblem):
    """There is no home folder to work in."""

    cause = "no_home"


class StateUnusable(FileProblem):
    """Our own folder cannot be read and written."""

    cause = "state"


class NotOurs(FileProblem):
    """Where a file or folder of our own should be, there is something that somebody else put there."""

    cause = "not_ours"


class FolderOpen(FileProblem):
    """Others could write into a folder of our own, until now."""

    cause = "open"


class LogSetAside(FileProblem):
    """What was in the place of our log has another name now."""

    cause = "log_aside"


class AlreadyRunning(FileProblem):
    """Another AISync holds the instance lock."""

    cause = "running"


class PlaceTaken(FileProblem):
    """Another AISync took the lock of a state folder that was removed, or moved away, under this one."""

    cause = "taken"


_CLASSES: dict[int, type[FileProblem]] = {
    errno.EACCES: PermissionDenied,
    errno.EPERM: PermissionDenied,
    errno.EROFS: ReadOnlyFileSystem,
    errno.ENOSPC: DiskFull,
    errno.ENAMETOOLONG: NameTooLong,
    errno.EFBIG: TooLarge,
    errno.EMFILE: TooManyOpenFiles,
    errno.ENFILE: TooManyOpenFiles,
    errno.EISDIR: IsAFolder,
    errno.ENOTDIR: NotAFolder,
    errno.ELOOP: SymlinkLoop,
    errno.EMLINK: HardLinked,
    errno.ENOENT: Vanished,
    errno.EBUSY: Busy,
    errno.EAGAIN: Busy,
    errno.EEXIST: Busy,
    errno.EIO: DeviceFailure,
    errno.ENXIO: NotAFile,  # what opening a socket gives
    errno.ENODEV: DeviceFailure,
    errno.ETIMEDOUT: DeviceFailure,
}
for _name, _class in (("EDQUOT", QuotaExceeded), ("ETXTBSY", Busy), ("ESTALE", DeviceFailure)):
    if hasattr(errno, _name):  # Windows does not have them all
        _CLASSES[getattr(errno, _name)] = _class


def problem_of(error: OSError, path: Path) -> FileProblem:
    """Return what the user should know of a system error."""
    kind = _CLASSES.get(error.errno or 0)
    if kind is not None:
        return kind(path)
    return FileProblem(path, error=errno.errorcode.get(error.errno or 0, str(error.errno)))


@contextmanager
def file_problems(path: Path) -> Iterator[None]:
    """Turn every OSError of the block into a FileProblem about `path`."""
    try:
        yield
    except OSError as error:
        raise problem_of(error, path) from error
