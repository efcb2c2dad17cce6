"""Every system error has a class, and every class says what happened and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from aisync_desktop.files import errors
from aisync_desktop.files.errors import FileProblem, file_problems, problem_of

_ALL = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, FileProblem)]


@pytest.mark.parametrize("kind", _ALL)
def test_every_problem_has_texts_for_the_user_and_its_path(kind: type[FileProblem]) -> None:
    problem = kind(Path("/home/u/.claude.json"), error="EXXX", pid=7, end="/etc/x", other="/home/u/y", folder="/home")

    assert all(part.english() for part in (problem.title, problem.message, problem.next_step))
    assert problem.path == Path("/home/u/.claude.json")
    assert "/home/u/.claude.json" in str(problem)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.EACCES, errors.PermissionDenied),
        (errno.EPERM, errors.PermissionDenied),
        (errno.EROFS, errors.ReadOnlyFileSystem),
        (errno.ENOSPC, errors.DiskFull),
        (errno.EDQUOT, errors.QuotaExceeded),
        (errno.ENAMETOOLONG, errors.NameTooLong),
        (errno.EISDIR, errors.IsAFolder),
        (errno.ENOTDIR, errors.NotAFolder),
        (errno.ELOOP, errors.SymlinkLoop),
        (errno.EMLINK, errors.HardLinked),
        (errno.EIO, errors.DeviceFailure),
        (errno.EBUSY, errors.Busy),
        (errno.EMFILE, errors.TooManyOpenFiles),
        (errno.ENOENT, errors.Vanished),
        (errno.EFBIG, errors.TooLarge),
    ],
)
def test_system_errors_become_problems(code: int, kind: type[FileProblem]) -> None:
    with pytest.raises(kind) as caught, file_problems(Path("/x")):
        raise OSError(code, "text of the system")

    assert type(caught.value) is kind
    assert isinstance(caught.value.__cause__, OSError)


def test_an_unknown_error_still_tells_its_name() -> None:
    assert "EDOM" in str(problem_of(OSError(errno.EDOM, "?"), Path("/x")))
    assert "None" in str(problem_of(OSError("no number"), Path("/x")))


def test_a_full_quota_is_a_kind_of_full_disk_and_a_lock_a_kind_of_busy() -> None:
    assert issubclass(errors.QuotaExceeded, errors.DiskFull)
    assert issubclass(errors.LockHeld, errors.Busy)
