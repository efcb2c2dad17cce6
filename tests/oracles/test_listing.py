"""What AISync writes is what the real client reads, and what is lost is what AISync said would be lost."""

from __future__ import annotations

from tests.oracles.clients import only
from tests.oracles.shapes import expanded
from tests.oracles.world import World, address, as_it_arrived, said_alike


def test_every_server_is_written_or_named_as_a_loss(world: World) -> None:
    assert world.expected.keys() | world.lost == world.everything
    assert not world.expected.keys() & world.lost


def test_the_client_reports_the_servers_that_the_plan_names_and_finds_no_fault(world: World) -> None:
    world.begin()
    report = world.report()
    assert {name: expanded(said) for name, said in report.items()} == {
        name: said_alike(report.get(name, {}), server) for name, server in world.expected.items()
    }


def test_what_arrives_at_the_servers_is_what_was_meant_and_nothing_arrives_elsewhere(world: World) -> None:
    world.begin()
    on = {name: server for name, server in world.expected.items() if server.get("enabled", True)}
    arrived = world.reached({address(server, name) for name, server in on.items()})
    wrong = {}
    for name, server in on.items():
        seen = as_it_arrived(arrived.get(address(server, name), []), server)
        meant = expanded({word: server[word] for word in ("args", "env", "headers", "cwd") if word in server})
        if "args" in meant:
            meant["args"] = meant["args"][3:]  # without the probe's own
        if not any(meant.items() <= each.items() for each in seen):
            wrong[name] = (meant, seen)
    assert not wrong
    assert not {name for name in world.everything - on.keys() if name in arrived or f"/{name}" in arrived}


@only("opencode", "amp")
def test_a_server_that_speaks_sse_alone_is_reached_by_a_client_that_finds_it_out_itself(world: World) -> None:
    assert {"sse", "sse-header"} <= world.expected.keys()
    world.begin()
    assert {"/sse", "/sse-header"} <= world.reached({"/sse", "/sse-header"}).keys()
