"""A real client's own rewriting of its file is no change to AISync."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.helpers.program import aisync, answer
from tests.oracles.clients import CLIENTS, only
from tests.oracles.shapes import ENVIRONMENT
from tests.oracles.world import World

STEADY = only(*(client.id for client in CLIENTS if not client.expands))
EXPANDING = only(*(client.id for client in CLIENTS if client.expands))
_VALUE = ENVIRONMENT["ORACLE_WORD"]
_OPEN = 3  # how a command ends while something else waits for the user


def _assert_in_step() -> None:
    plan = answer("plan")
    assert (plan["in_step"], plan["targets"], plan["decisions"], plan["problems"]) == (True, [], [], [])


def test_looking_at_its_servers_changes_nothing(world: World) -> None:
    world.begin()
    world.reached()
    _assert_in_step()


@STEADY
def test_adding_a_server_and_removing_it_changes_nothing(world: World) -> None:
    world.begin()
    _add(world)
    added = answer("plan")
    assert _changed(added) == {"mcp/added"}
    if world.client.remove:
        world.own_command((*world.client.remove, "{name}"), name="added")
        _assert_in_step()


@EXPANDING
def test_values_that_it_puts_in_the_place_of_references_go_nowhere_else(world: World) -> None:
    world.begin()
    _add(world)
    assert _VALUE in world.content()
    plan = answer("plan")
    assert {decision["kind"] for decision in plan["decisions"]} == {"leak"}
    assert _changed(plan) == {"mcp/added"}
    assert _VALUE not in json.dumps(plan["targets"])
    aisync("sync")
    assert not [path for path in _files_of_others(world) if _VALUE in path.read_text(encoding="utf-8")]


@EXPANDING
def test_references_are_written_back_when_the_user_says_so(world: World) -> None:
    world.begin()
    before = world.report()
    _add(world)
    for decision in answer("plan")["decisions"]:
        assert aisync("decide", decision["id"], "--take", "base").returncode in {0, _OPEN}
    assert _VALUE not in world.content()
    _assert_in_step()
    after = world.report()
    assert after.pop("added")
    assert after == before


def _add(world: World) -> None:
    world.own_command(world.client.add_stdio, sys.executable, str(world.box.probe), name="added")


def _changed(plan: Any) -> set[str]:
    return {change["item"] for target in plan["targets"] for change in target["changes"]}


def _files_of_others(world: World) -> list[Path]:
    paths = [world.box.home / client.file for client in CLIENTS if client.id != world.client.id]
    return [path for path in paths if path.exists()]
