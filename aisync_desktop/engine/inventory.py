"""What is known of every client: the evidence for its description, and what it keeps where on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from aisync_desktop.connectors.descriptor import Descriptor
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.surroundings import Looked
from aisync_desktop.files.programs import find_program, packaged_version


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

    @property
    def unchecked(self) -> bool:
        """Whether this is a version that the description was not checked with."""
        return bool(self.version) and self.version not in self.seen_on


def inventory(looked: Looked, environ: Mapping[str, str]) -> tuple[ClientReport, ...]:
    """Return every described client, those on this machine first."""
    absent = {descriptor.id for descriptor in looked.survey.absent}
    reports = (
        _report(descriptor, looked, environ, present=descriptor.id not in absent)
        for descriptor in looked.catalog.descriptors
    )
    return tuple(sorted(reports, key=lambda report: (not report.present, report.name.casefold())))


def _report(descriptor: Descriptor, looked: Looked, environ: Mapping[str, str], *, present: bool) -> ClientReport:
    program = find_program(descriptor.program, environ) if descriptor.program else None
    return ClientReport(
        id=descriptor.id,
        name=descriptor.name,
        present=present,
        verified=descriptor.verified,
        seen_on=descriptor.seen_on,
        program=str(program or ""),
        version=packaged_version(program, descriptor.packages) if program else "",
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
