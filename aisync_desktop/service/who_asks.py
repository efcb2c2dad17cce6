"""Who asks: a person, or an assistant that runs the command line.

A command counts as a person's unless an assistant is among the programs that started it. That a program of the same
user can hide this is known: what it cannot do by that is to be mistaken for nobody in the history.
"""

from __future__ import annotations

from aisync_desktop.files.processes import Program, started_by
from aisync_desktop.program.world import World


def assistant_above(world: World) -> str:
    """Return the id of the assistant that started this program, or what started it; "" for a person."""
    from aisync_desktop.clients.loader import catalog_of

    programs = {Program(one.program, one.packages): one.id for one in catalog_of(world).descriptors if one.program}
    found = started_by(programs)
    return programs[found] if found else ""
