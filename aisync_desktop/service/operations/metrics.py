"""How it goes: syncs, clients and the log in figures, and what the program uses of the machine."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.observe.own_use import own_use
from aisync_desktop.service.operations.request import AppRequest
from aisync_desktop.sync.reports.metrics import SyncMetrics, sync_metrics
from aisync_desktop.sync.store.reader import Reader

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.service.facade import Facade

_MOST_HOURS = 90 * 24


class OwnFigures(BaseModel):
    """What the program that answers uses itself: the running app, or the command where none runs."""

    model_config = ConfigDict(frozen=True)
    cpu_seconds: float = Field(description="Processor time since it was started.")
    memory_bytes: int = Field(description="Memory that it has now; on macOS, the most that it has had.")


class Metrics(SyncMetrics):
    """How syncs went, and what the program uses itself."""

    own: OwnFigures


class MetricsRequest(AppRequest):
    """How syncs went in the last hours: how many succeeded, how long they took, what each client had of it."""

    hours: int = Field(24, ge=1, le=_MOST_HOURS, description="How far back; figures are kept for 90 days.")
    by: Literal["hour", "day"] = Field("hour", description="By which periods, in UTC.")

    def run(self, app: Facade) -> Metrics:
        """Count, in the app."""
        return self.alone(app.world)

    def alone(self, world: World) -> Metrics:
        """Count."""
        with closing(Reader.of(world)) as reader:
            found = sync_metrics(reader, world.clock.now(), self.hours, self.by)
        used = own_use()
        own = OwnFigures(cpu_seconds=round(used.cpu_seconds, 2), memory_bytes=used.memory_bytes)
        return Metrics(**dict(found), own=own)
