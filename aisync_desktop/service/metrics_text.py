"""All figures as Prometheus reads them: what ever was counted, which rates are made from there, and our own use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from aisync_desktop import __version__
from aisync_desktop.observe.exposition import Family, Sample, Sort, exposed
from aisync_desktop.observe.own_use import own_use
from aisync_desktop.program.world import World
from aisync_desktop.sync.reports.metrics import sync_families
from aisync_desktop.sync.store.reader import Reader


def metrics_text(world: World) -> str:
    """Return the text."""
    with closing(Reader.of(world)) as reader:
        return exposed((*sync_families(reader, world.clock.now()), *_own_families()))


def _own_families() -> Iterator[Family]:
    used = own_use()
    build = Sample(1, {"version": __version__})
    yield Family("aisync_build_info", Sort.GAUGE, "Which version answers.", (build,))
    cpu = Sample(round(used.cpu_seconds, 2))
    yield Family("process_cpu_seconds_total", Sort.COUNTER, "Processor time of this process.", (cpu,))
    memory = Sample(used.memory_bytes)
    yield Family("process_resident_memory_bytes", Sort.GAUGE, "Memory that this process has.", (memory,))
