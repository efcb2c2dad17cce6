"""Links out of a project, at every place where some client would look: also of clients that are not on this machine."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from aisync_desktop.clients.descriptor import Descriptor
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.clients.whereabouts import whereabouts
from aisync_desktop.files.errors import LeadsOut
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.world import World
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity


def ways_out(looked: Looked, world: World, told: Collection[Path]) -> Iterator[Finding]:
    """Yield the links that lead out of projects, but for the paths that were told of."""
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
