"""Projects: the root folders whose files are kept in step, each a scope of its own; and what cannot be one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.clients.descriptor import Descriptor
from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.loader import catalog_of
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import NotThereError, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.program.world import World

_Identity: TypeAlias = tuple[int, int]
_SYSTEMS = (  # parted by a bar; with all that is in them
    "/etc|/proc|/sys|/dev|/boot|/bin|/sbin|/lib|/lib64|/usr/bin|/usr/sbin|/usr/lib|/usr/share|/System|/Library"
    "|C:/Windows|C:/Program Files|C:/Program Files (x86)|C:/ProgramData"
)
_MEMORY = "/dev/shm"  # noqa: S108 - nothing of ours is put there; what lies in it is anybody's, as in /tmp
# Only they themselves:
_HOLDERS = f"{_MEMORY}|/home|/Users|/usr|/var|/tmp|/opt|/mnt|/media|/srv|/run|/private|/Volumes|/Applications|C:/Users"


class ProjectUnknownError(NotThereError):
    """The folder is none of the projects."""

    def __init__(self, path: str) -> None:
        super().__init__(
            text("project.unknown"), text("project.unknown.message"), text("project.unknown.next"), Path(path)
        )


class NoProjectError(WorldError):
    """The path cannot be a project: `why` is no-folder, relative, no-text, home, system, ours or client."""

    def __init__(self, path: Path, why: str, **params: str | int) -> None:
        message = text(f"project.refused.{why}", **params)
        super().__init__(text("project.refused"), message, text("project.refused.next"), path)


@dataclass(frozen=True)
class Ground:
    """What of this machine is somebody's already: the user's home folder, our own folders, and those of clients."""

    home: Path
    ours: tuple[Path, ...] = ()
    clients: Mapping[Path, str] | None = None  # whose each is

    @classmethod
    def of(
        cls, home: Path, environ: Mapping[str, str], ours: Iterable[Path], descriptors: Iterable[Descriptor]
    ) -> Ground:
        """Return it with the folders that clients keep their user's files in, wherever variables may move them."""
        here = Whereabouts(environ, home, lambda _: True)
        return cls(
            home, tuple(ours), {folder: one.name for one in descriptors for folder in _folders(one, here) if folder}
        )


def _folders(descriptor: Descriptor, here: Whereabouts) -> Iterator[Path | None]:
    yield from (folder for sign in descriptor.presence if (folder := here.resolve(sign)) and folder.is_dir())
    for endpoint in descriptor.endpoints:
        for template in endpoint.paths if endpoint.scope == "user" else ():
            above, slash, _ = template.rpartition("/")
            yield here.resolve(above) if slash else None  # a variable by itself may name a file anywhere


def project_here(path: str, world: World) -> Scope:
    """Return the scope of a project's root folder on this machine, or refuse it."""
    return project_root(path, Ground.of(world.home, world.environ, world.own_folders, catalog_of(world).descriptors))


def project_root(path: str, ground: Ground) -> Scope:
    """Return the scope of a project's root folder, in the one spelling that it is known by."""
    require_absolute(path)
    if not os.path.isdir(path):  # noqa: PTH112 - no path is too odd for it
        raise NoProjectError(Path(path), "no-folder")
    root = Path(os.path.realpath(path))
    if not _is_text(str(root)):
        raise NoProjectError(root, "no-text")
    _refuse_systems(Path(os.path.normpath(path)), root)
    line = [identity for folder in (root, *root.parents) if (identity := _identity(folder))]
    if line[0] in {_identity(folder) for folder in (ground.home, *Path(os.path.realpath(ground.home)).parents)}:
        raise NoProjectError(root, "home")
    if not {_identity(folder) for folder in ground.ours}.isdisjoint(line):
        raise NoProjectError(root, "ours")
    _refuse_clients(root, line, ground)
    return Scope(str(root))


def require_absolute(path: str) -> None:
    """Refuse a path from a folder that whoever names it knows, and we do not."""
    if not os.path.isabs(path):  # noqa: PTH117 - "" is no path object
        raise NoProjectError(Path(path), "relative")


def _is_text(path: str) -> bool:
    """Whether a path can be written down: on POSIX a folder's name may be any bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_systems(spelled: Path, root: Path) -> None:
    """Refuse what is the system's, as it is named and as what it is: /proc has links to everywhere."""
    systems, holders = _as_spelled_and_real(_SYSTEMS), {*_as_spelled_and_real(_HOLDERS), Path(root.anchor)}
    for folder in (spelled, root):
        theirs = takewhile(lambda one: one != Path(_MEMORY), (folder, *folder.parents))
        if folder in holders or not systems.isdisjoint(theirs):
            raise NoProjectError(root, "system")


def _as_spelled_and_real(folders: str) -> set[Path]:
    here = [Path(one) for one in folders.split("|") if Path(one).is_absolute()]  # those of another system are not
    return {*here, *(Path(os.path.realpath(one)) for one in here)}


def _refuse_clients(root: Path, line: list[_Identity], ground: Ground) -> None:
    """Refuse a client's own folder, what holds it, and what is in it but for a checkout, as clients keep some there."""
    homes = {_identity(folder) for folder in (ground.home, *ground.home.parents)}
    inside = line[:1] if os.path.lexists(root / ".git") else line
    for folder, name in (ground.clients or {}).items():
        identity = _identity(folder)
        if (identity in inside and identity not in homes) or line[0] in map(_identity, folder.parents):
            raise NoProjectError(root, "client", name=name)


def _identity(folder: Path) -> _Identity | None:
    """Return what a folder is known by, however it is spelled."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
