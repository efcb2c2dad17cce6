"""Where clients' files are on this machine: the descriptors' templates, seen through the door to the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.descriptor import Descriptor
from aisync_desktop.clients.items import USER, Scope
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.files.programs import find_program
from aisync_desktop.files.protocol import Disk
from aisync_desktop.kernel.errors import WorldError


def whereabouts(disk: Disk, environ: Mapping[str, str], home: Path, scope: Scope = USER) -> Whereabouts:
    """Return what resolves the templates of a scope."""

    def filled(path: Path) -> bool:
        try:
            return bool((disk.read(path).data or b"").strip())
        except WorldError:
            return True  # reading it will tell

    return within(Whereabouts(environ, home, disk.exists, filled=filled), scope)


def program_of(descriptor: Descriptor, here: Whereabouts) -> Path | None:
    """Return where a client's program is: on the PATH, or where its installer puts it."""
    if not descriptor.program:
        return None
    places = (here.resolve(template) for template in descriptor.installed)
    beside = next((place for place in places if place and here.exists(place)), None)
    return find_program(descriptor.program, here.environ) or beside


def within(here: Whereabouts, scope: Scope) -> Whereabouts:
    """Return what resolves them in another scope."""
    return replace(here, root=Path(scope.root)) if scope.root else here
