"""What is known of every client: the evidence for its description, and what it keeps where on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, computed_field

from aisync_desktop.clients.descriptor import Descriptor
from aisync_desktop.clients.loader import DescriptorError
from aisync_desktop.clients.whereabouts import program_of, whereabouts
from aisync_desktop.files.machine import Machine, is_windows_side
from aisync_desktop.files.programs import packaged_version
from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.versions import is_before, numbers_of
from aisync_desktop.program.world import World
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.terms.endpoints import EndpointState


class EndpointReport(BaseModel):
    """One file, or folder of files, that a client reads."""

    model_config = ConfigDict(frozen=True)
    kind: str
    scope: str
    path: str
    exists: bool
    shared: bool  # other clients read it, too
    after_write: str  # what must happen until the client uses what was written
    items: int
    losses: int


class Age(StrEnum):
    """How the version of a program stands to those that its description was checked with."""

    UNKNOWN = ""
    CHECKED = "checked"
    NEWER = "newer"
    OLDER = "older"
    BETWEEN = "between"


class ClientReport(BaseModel):
    """One client."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str
    present: bool
    verified: str  # "run", "source" or "docs": what the description was checked against
    seen_on: tuple[str, ...]  # the versions that it was checked with
    program: str = ""  # where its command is; "" where it has none, or is not on the PATH
    version: str = ""  # "" where no file tells
    endpoints: tuple[EndpointReport, ...] = ()

    windows_side: bool = False  # the program is one of Windows, found inside of WSL; its files are there

    @computed_field  # type: ignore[prop-decorator] # mypy#1362: a decorator upon a property
    @property
    def age(self) -> Age:
        """How the version found stands to those that the description was checked with."""
        found = numbers_of(self.version)
        if not (found and self.seen_on):
            return Age.UNKNOWN
        if found in {numbers_of(seen) for seen in self.seen_on}:
            return Age.CHECKED
        if all(is_before(seen, self.version) for seen in self.seen_on):
            return Age.NEWER
        return Age.OLDER if all(is_before(self.version, seen) for seen in self.seen_on) else Age.BETWEEN


class Rejected(BaseModel):
    """A file that describes a client and cannot be used: which, where in it, what is wrong, and what to do."""

    model_config = ConfigDict(frozen=True)
    path: str
    line: int | None
    column: int | None
    message: Text
    next_step: Text


class Inventory(BaseModel):
    """Every described client, those on this machine first; what is described wrongly, and what machine this is."""

    model_config = ConfigDict(frozen=True)
    clients: tuple[ClientReport, ...]
    rejected: tuple[Rejected, ...] = ()
    machines: tuple[Machine, ...] = ()


def inventory(looked: Looked, world: World) -> Inventory:
    """Return what is known of clients here."""
    return Inventory(
        clients=reports(looked, world),
        rejected=tuple(_rejected(error) for error in looked.catalog.errors),
        machines=world.machines,
    )


def _rejected(error: DescriptorError) -> Rejected:
    at = error.location
    line, column = (at.line, at.column) if at else (None, None)
    return Rejected(path=error.where, line=line, column=column, message=error.message, next_step=error.next_step)


def reports(looked: Looked, world: World) -> tuple[ClientReport, ...]:
    """Return every described client, those on this machine first."""
    absent = {descriptor.id for descriptor in looked.survey.absent}
    found = (
        _report(descriptor, looked, world, present=descriptor.id not in absent)
        for descriptor in looked.catalog.descriptors
    )
    return tuple(sorted(found, key=lambda report: (not report.present, report.name.casefold())))


def _report(descriptor: Descriptor, looked: Looked, world: World, *, present: bool) -> ClientReport:
    program = program_of(descriptor, whereabouts(world.disk, world.environ, world.home))
    return ClientReport(
        id=descriptor.id,
        name=descriptor.name,
        present=present,
        verified=descriptor.verified,
        seen_on=descriptor.seen_on,
        program=str(program or ""),
        version=packaged_version(program, descriptor.packages) if program else "",
        windows_side=program is not None and is_windows_side(program, world.machines),
        endpoints=tuple(_endpoints(descriptor.id, looked)),
    )


def _endpoints(client: str, looked: Looked) -> Iterator[EndpointReport]:
    for state in looked.survey.endpoints:
        if client in state.clients:
            yield EndpointReport(
                kind=state.kind.value,
                scope=str(state.scope),
                path=str(state.path),
                exists=any(file.hash for file in state.files.values()),
                shared=bool(state.readers),
                after_write=_lens_endpoint(client, state),
                items=len(state.view.items),
                losses=sum(
                    loss.client == client and scope == state.scope and loss.key.kind is state.kind
                    for scope, loss in looked.plan.losses
                ),
            )


def _lens_endpoint(client: str, state: EndpointState) -> str:
    lens = next((one for one in (state.lens, *state.readers) if one.client == client), state.lens)
    return lens.endpoint.after_write.value
