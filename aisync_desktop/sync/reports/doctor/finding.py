"""One thing that was found: how much it matters, what it is, what to do about it, and where."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.clients.lens import Spot
from aisync_desktop.documents.protocol import Location
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.sync.applying.repairs import Repair
from aisync_desktop.sync.terms.endpoints import EndpointState


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One thing that was found, what to do about it, and what we can do."""

    severity: Severity
    message: Text
    next_step: Text
    client: str = ""
    scope: str = ""
    path: str = ""
    at: Location | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def code(self) -> str:
        """What programs know it by."""
        return self.message.code


def found(
    severity: Severity, code: str, state: EndpointState, where: Path | Spot | None = None, **params: str | int
) -> Finding:
    """Return a finding of ours about an endpoint: about a whole file, or about a spot in one."""
    path, at = spotted(state, where) if isinstance(where, Spot) else (str(where or state.path), None)
    message, step = text(f"doctor.{code}", **params), text(f"doctor.{code}.next", **params)
    return Finding(severity, message, step, state.client, str(state.scope), path, at)


def located(state: EndpointState, key: ItemKey) -> tuple[str, Location | None]:
    """Return the file in which an item stands, and the place in it."""
    spot = state.lens.where(state.documents, key)
    return spotted(state, spot) if spot else (str(state.path), None)


def spotted(state: EndpointState, spot: Spot) -> tuple[str, Location | None]:
    """Return the file of a spot, and the place in it."""
    file = state.files.get(spot.role)
    if file is None or file.document is None:
        return str(state.path), None
    return str(file.path), file.document.locate(spot.path) if spot.path else None
