"""One way to look: a preview sees what an engine sees that has just been started."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.reports.preview import look
from tests.helpers.clients import Clients
from tests.sync.test_lost_text import rewrite


def told(plan: Plan) -> list[object]:
    """Return all that a plan would write, ask and complain of."""
    return [
        [(target.path, target.data) for target in plan.targets],
        sorted(decision.id for decision in plan.decisions),
        sorted(str(error) for _, error in plan.problems),
        len(plan.losses),
    ]


def nothing(engine: Engine, clients: Clients) -> None:
    del engine, clients


def adopted(engine: Engine, clients: Clients) -> None:
    del clients
    engine.adopt("user")


def added(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.add("codex", "fresh")


def renamed(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.replace("qwen-code", "github", "gitlab")


def unreadable(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    clients.paths["claude-code"].write_text("{")


def loosened(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    engine.set_setting("loosening", "equal")
    clients.add("rovodev", "fresh")


def comments_dropped(engine: Engine, clients: Clients) -> None:
    """A client dropped comments, which is asked about from then on: what only one who adopted sees."""
    engine.adopt("user")
    rewrite(clients)
    engine.sync("watch")
    assert [decision.kind for decision in engine.status().decisions] == ["lost-text"]


@pytest.mark.parametrize("happen", [nothing, adopted, added, renamed, unreadable, loosened, comments_dropped])
def test_a_preview_plans_what_a_new_engine_plans(
    world: World, clients: Clients, happen: Callable[[Engine, Clients], None]
) -> None:
    first = open_engine(world)
    happen(first, clients)
    first.close()
    shown = told(look(world).plan)
    engine = open_engine(world)
    planned = told(engine.plan())
    engine.close()
    assert shown == planned
