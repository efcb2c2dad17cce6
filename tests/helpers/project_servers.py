"""The user's word for what a project brought along, as tests give it that are about something else."""

from __future__ import annotations

from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.terms.decisions import ALLOW, SERVERS


def allow_servers(engine: Engine) -> None:
    """Allow every server of every project that waits to be."""
    for decision in engine.plan().decisions:
        if decision.kind == SERVERS:
            engine.decide(decision.id, ALLOW)
