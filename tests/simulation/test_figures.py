"""Whatever strikes while rows are added up, figures are what the rows say: nothing is missed, nothing counted twice."""

from __future__ import annotations

import datetime as dt

import pytest

from aisync_desktop.observe.tallies import Tally, joined
from aisync_desktop.sync.store.lived_time import Border
from aisync_desktop.sync.store.metrics import CLIENT, EDITS, OVERTAKEN, RETRIES, SYNCS
from tests.simulation import faults
from tests.simulation.faults import Fault
from tests.simulation.world import World

ALWAYS = dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
FILES = "SELECT j.client, j.state, count(*) FROM journal j JOIN sync_event s ON s.id = j.sync_event_id GROUP BY 1, 2"
TIMED = """
SELECT count(*) FROM sync_event s WHERE status = 'done' AND took IS NOT NULL
    AND EXISTS (SELECT 1 FROM journal j WHERE j.sync_event_id = s.id AND j.state = 'done')
"""
_WORDS = {"foreign": OVERTAKEN}


def require_true(world: World) -> int:
    """Hold the figures against all rows there ever were, which stay; return how many syncs they are of."""
    found = world.engine._store.figures(*ALWAYS)
    assert joined(found.hours.values()) == found.ever
    rows = world.machine.connection
    (ended,) = rows.execute("SELECT count(*) FROM sync_event WHERE status <> 'running'").fetchone()
    syncs = found.ever.get(SYNCS, Tally())
    assert sum(syncs.counts.values()) == ended
    files = {(client, _WORDS.get(state, state)): count for client, state, count in rows.execute(FILES)}
    told = {
        (name.removeprefix(CLIENT), end): count
        for name, tally in found.ever.items()
        if name.startswith(CLIENT)
        for end, count in tally.counts.items()
        if end not in {RETRIES, EDITS}
    }
    assert told == files
    (timed,) = rows.execute(TIMED).fetchone()
    assert syncs.durations.count == timed
    return int(ended)


@pytest.mark.parametrize("seed", range(6))
def test_figures_are_what_the_rows_say_whatever_strikes(seed: int) -> None:
    world = World(seed)
    for turn in range(12):
        world.people.edit()
        world.sync()
        require_true(world)
        strike = (faults.crash, faults.failing(faults.CODES[0]))[turn % 2]
        world.fault = Fault(world.rng.randrange(9), strike)
        world.guarded(world.engine._store.roll_up)
        world.guarded(lambda: world.engine._store.prune(Border()))
        world.fault = None
        require_true(world)
    assert require_true(world) > 6
    world.close()
