"""Clients of other versions than those that their descriptions were checked with: worth knowing, nothing to do."""

from __future__ import annotations

from collections.abc import Iterator

from aisync_desktop.kernel.messages import text
from aisync_desktop.program.world import World
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity
from aisync_desktop.sync.reports.inventory import Age, reports


def in_versions(looked: Looked, world: World) -> Iterator[Finding]:
    """Yield a line for each client here whose version is newer or older than what was checked."""
    for client in reports(looked, world):
        if client.present and not client.windows_side and client.age in {Age.NEWER, Age.OLDER}:
            message = text("doctor.age", seen=", ".join(client.seen_on), version=client.version)
            yield Finding(Severity.INFO, message, text("doctor.age.next"), client.id, path=client.program)
