"""A real client's own rewriting of its file is no change to AISync."""

from __future__ import annotations

import sys

import pytest

from tests.helpers.program import answer
from tests.oracles.world import World


def _assert_in_step() -> None:
    plan = answer("plan")
    assert (plan["in_step"], plan["targets"], plan["decisions"], plan["problems"]) == (True, [], [], [])


def test_looking_at_its_servers_changes_nothing(world: World) -> None:
    world.begin()
    world.reached()
    _assert_in_step()


def test_adding_a_server_and_removing_it_changes_nothing(world: World, request: pytest.FixtureRequest) -> None:
    if world.client.expands:
        reason = f"values that {world.client.program} puts in the place of references are taken for the user's wish"
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    world.begin()
    world.own_command(world.client.add_stdio, sys.executable, str(world.box.probe), name="added")
    added = answer("plan")
    assert {change["item"] for target in added["targets"] for change in target["changes"]} == {"mcp/added"}
    if world.client.remove:
        world.own_command((*world.client.remove, "{name}"), name="added")
        _assert_in_step()
