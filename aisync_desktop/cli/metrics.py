"""`aisync status --metrics`: how the last day's syncs went, in figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aisync_desktop.cli.common import open_session
from aisync_desktop.cli.output import shown
from aisync_desktop.service.operations.metrics import Metrics, MetricsRequest

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.sync.reports.metrics import ClientFigures

_MEGABYTE = 1_000_000


def tell(*, as_json: bool) -> None:
    """Print them."""
    request = MetricsRequest()
    with open_session(as_json=as_json) as session:
        found = session.ask(request)
        session.show(found, _lines(found, request.hours, session))


def _lines(found: Metrics, hours: int, session: Session) -> Iterator[str]:
    yield _syncs(found, hours, session)
    if found.syncs.latency.count:
        told = found.syncs.latency.model_dump(include={"mean_ms", "p50_ms", "p95_ms", "p99_ms"})
        yield session.say("cli.metrics.latency", **{name.removesuffix("_ms"): f"{ms:.0f}" for name, ms in told.items()})
    for client in found.clients:
        yield from _client(client, session)
    lines = ", ".join(f"{level} {count}" for level, count in found.log.items())
    yield session.say("cli.metrics.log", lines=lines)
    program = session.say(f"cli.metrics.own.{'app' if session.app_runs else 'command'}")
    memory = round(found.own.memory_bytes / _MEGABYTE)
    yield session.say("cli.metrics.own", program=program, cpu=f"{found.own.cpu_seconds:.1f}", memory=memory)


def _syncs(found: Metrics, hours: int, session: Session) -> str:
    syncs = found.syncs
    if syncs.success_rate is None or syncs.failure_rate is None:
        return session.say("cli.metrics.none", hours=hours)
    done, failed = (f"{rate:.1%}".removesuffix("%") for rate in (syncs.success_rate, syncs.failure_rate))
    return session.say("cli.metrics.syncs", count=syncs.syncs, hours=hours, done=done, failed=failed)


def _client(client: ClientFigures, session: Session) -> Iterator[str]:
    counts = {"edits": client.edits, "written": client.written, "failed": client.failed, "retries": client.retries}
    yield f"  {client.name}: {session.say('cli.metrics.client', **counts)}"
    if client.last_sync:
        timed = client.last_ms is not None
        said = session.say(
            "cli.metrics.last" if timed else "cli.metrics.last.untimed", took=f"{client.last_ms or 0:.0f}"
        )
        yield f"  {shown((client.last_sync, said))}"
