"""Files that a client reads, or would read, beside the one that is kept in step: an edit in them goes unnoticed.

So do links out of a project, which are not followed, and a second folder, from which a client reads a rule twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from aisync_desktop.clients.descriptor import Descriptor, McpEndpoint, Unsynced
from aisync_desktop.clients.items import USER, Scope
from aisync_desktop.clients.lens import Lens, Spot
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.clients.whereabouts import whereabouts
from aisync_desktop.files.errors import LeadsOut
from aisync_desktop.files.protocol import Disk
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.program.world import World
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity, found, located
from aisync_desktop.sync.terms.display_names import shown
from aisync_desktop.sync.terms.endpoints import EndpointState

_MOST = 20  # files that one description means


def in_other_files(state: EndpointState, world: World) -> Iterator[Finding]:
    """Yield the candidates of an endpoint that are there and were not chosen, by any of its readers."""
    here = whereabouts(world.disk, world.environ, world.home, state.scope)
    told = {_real(state.path)}
    for lens in (state.lens, *state.readers):
        for path in _passed_over(lens, here):
            if _real(path) not in told:
                told.add(_real(path))
                one = found(Severity.WARNING, lens.endpoint.others, state, path, file=state.path.name)
                yield replace(one, client=lens.client)
    yield from _moved(state, here)


def _passed_over(lens: Lens, here: Whereabouts) -> tuple[Path, ...]:
    chosen = here.find(lens.endpoint)
    candidates = here.candidates(lens.endpoint)
    if lens.endpoint.choose == "set" or chosen is None:
        return ()
    return tuple(path for path in candidates[candidates.index(chosen) + 1 :] if here.exists(path))


def _moved(state: EndpointState, here: Whereabouts) -> Iterator[Finding]:
    """Yield the setting that has the client look for entries elsewhere."""
    apart = state.lens.endpoint.moved_by if isinstance(state.lens.endpoint, McpEndpoint) else None
    file = state.files.get(apart.beside) if apart else None
    if apart is None or file is None or file.document is None:
        return
    named = file.document.get(apart.way)
    meant = here.resolve(named) if isinstance(named, str) and not named.startswith((".", "$")) else None
    if meant and _real(file.path.parent / meant) != _real(state.path):
        spot = Spot(apart.beside, apart.way)
        yield found(Severity.WARNING, "moved", state, spot, field=".".join(apart.way), file=state.path.name)


def in_unsynced(looked: Looked, world: World) -> Iterator[Finding]:
    """Yield the files that clients on this machine read and that are not kept in step."""
    absent = {descriptor.id for descriptor in looked.survey.absent}
    for scope in (USER, *(one.scope for one in looked.plan.scopes if one.scope.root)):
        here = whereabouts(world.disk, world.environ, world.home, scope)
        word = "project" if scope.root else "user"
        for descriptor in looked.catalog.descriptors:
            for unsynced in descriptor.unsynced if descriptor.id not in absent else ():
                if unsynced.scope == word:
                    yield from _of_unsynced(descriptor, unsynced, here, scope, world.disk)


def _of_unsynced(
    descriptor: Descriptor, unsynced: Unsynced, here: Whereabouts, scope: Scope, disk: Disk
) -> Iterator[Finding]:
    ahead = here.resolve(unsynced.behind) if unsynced.behind else None
    hidden = ahead is not None and here.exists(ahead)
    code = "hidden" if hidden else "replaces" if unsynced.replaces else "unsynced"
    severity = Severity.INFO if code == "unsynced" else Severity.WARNING
    file = Path(unsynced.behind if hidden else unsynced.replaces).name
    message, step = text(f"doctor.{code}", file=file), text(f"doctor.{code}.next", file=file)
    for path in [path for glob in here.meant(unsynced.paths) for path in _files(disk, glob)][:_MOST]:
        if here.filled(path):
            yield Finding(severity, message, step, descriptor.id, str(scope), str(path))


def ways_out(looked: Looked, world: World, told: Collection[Path]) -> Iterator[Finding]:
    """Yield the links out of projects where some client would look, be it here or not; not those that were told of."""
    known = set(told)
    for scope in (one.scope for one in looked.plan.scopes if one.scope.root):
        here = whereabouts(world.disk, world.environ, world.home, scope)
        for descriptor in looked.catalog.descriptors:
            for path in _places(descriptor, here, Path(scope.root)):
                problem = None if path in known else _leads_out(path, world)
                known.add(path)
                if problem:
                    yield Finding(
                        Severity.WARNING, problem.message, problem.next_step, descriptor.id, str(scope), str(path)
                    )


def _places(descriptor: Descriptor, here: Whereabouts, root: Path) -> Iterator[Path]:
    for endpoint in descriptor.endpoints:
        for file in (endpoint, *endpoint.beside.values()):
            yield from (path for path in here.candidates(file) if path.is_relative_to(root))


def _leads_out(path: Path, world: World) -> LeadsOut | None:
    try:
        world.disk.read(path)
    except LeadsOut as problem:
        return problem
    except WorldError:
        pass  # told where it matters
    return None


def read_twice(endpoints: tuple[EndpointState, ...]) -> Iterator[Finding]:
    """Yield the rules that one client reads from two folders: the one that others need, and its own."""
    folders = (state for state in endpoints if state.in_folder)
    for one, other in combinations(folders, 2):
        if (one.scope, one.kind) != (other.scope, other.kind):
            continue
        for client in sorted(one.clients & other.clients):
            yield from _of_client(client, one, other)


def _of_client(client: str, one: EndpointState, other: EndpointState) -> Iterator[Finding]:
    mine, its = (one, other) if one.client == client else (other, one)
    for key in sorted(mine.view.items.keys() & its.view.items.keys()):
        path, at = located(mine, key)
        twin = Path(located(its, key)[0])
        file = f"{twin.parent.name}/{twin.name}"
        message, step = text("doctor.twice", item=shown(key.name), file=shown(file)), text("doctor.twice.next")
        yield Finding(Severity.INFO, message, step, client, str(mine.scope), path, at)


def _files(disk: Disk, glob: Path) -> tuple[Path, ...]:
    try:
        return tuple(glob.parent / name for name in disk.names(glob.parent, glob.name))
    except WorldError:
        return ()


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path
