"""The pure planner against a naive model: random clients, random edits, two rounds, one of them without a laggard.

The model knows items as flat fields and compares what was edited, key by key and field by field. It has no bases, no
patches and no order of clients: what one client alone changed is what comes out, what two changed differently is asked.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, McpServer
from aisync_desktop.sync.model.merge import Merged, merge
from aisync_desktop.sync.model.sides import Side

_ALL = frozenset(McpServer.model_fields)
_LOSSY = _ALL - {"cwd", "timeout_ms"}
_KEYS = tuple(ItemKey(Kind.MCP, name) for name in ("a", "b", "c"))
# Commands and arguments tell the items of one key from those of all others: one that goes is never taken for renamed.
_POOL = {
    key: tuple(
        McpServer(command=f"{key.name}-{command}", args=(key.name, *args), env=env, cwd=cwd)
        for command in ("n", "u")
        for args in ((), ("1",), ("2",))
        for env in ({}, {"A": "1"}, {"A": "2", "B": "1"})
        for cwd in (None, "/x")
    )
    for key in _KEYS
}


@dataclass
class Client:
    """What one client can say, agreed on last, and says now."""

    name: str
    expresses: frozenset[str]
    base: dict[ItemKey, Item]
    view: dict[ItemKey, Item]

    def side(self) -> Side:
        return Side(self.name, self.base, self.view, self.expresses)

    def said(self, item: Item) -> Item:
        """Return an item as far as this client can say it."""
        server = McpServer.of(item)
        if self.expresses == _ALL or server.cwd is None:
            return server
        return McpServer(command=server.command, args=server.args, env=server.env)


def scenario(seed: int) -> tuple[str, ...]:
    """Play one scenario and return how each key ended; an invariant that does not hold is an AssertionError."""
    rng = random.Random(seed)
    unified: dict[ItemKey, Item] = {key: rng.choice(_POOL[key]) for key in _KEYS if rng.random() < 0.6}
    clients = [Client(f"c{n}", _LOSSY if n == 0 else _ALL, {}, {}) for n in range(rng.choice((2, 2, 3)))]
    for client in clients:
        client.base = {key: client.said(item) for key, item in unified.items()}
        client.view = dict(client.base)
    for client in clients:
        _edit(client, rng)
    laggard = clients[-1] if rng.random() < 0.3 else None
    taking_part = [client for client in clients if client is not laggard]
    ended = _round(unified, taking_part, reverse=seed % 4 == 0)
    if laggard:
        _round(unified, clients, reverse=True, model=False)
    return ended


def _edit(client: Client, rng: random.Random) -> None:
    for key in _KEYS:
        if rng.random() < 0.35:
            if key in client.view and rng.random() < 0.3:
                del client.view[key]
            else:
                client.view[key] = client.said(rng.choice(_POOL[key]))


def _round(
    unified: dict[ItemKey, Item], clients: list[Client], *, reverse: bool, model: bool = True
) -> tuple[str, ...]:
    """Merge, compare with the model, take everything over, and merge again: nothing may be left to do."""
    sides = [client.side() for client in clients]
    merged = merge(unified, sides)
    if reverse:
        assert merged == merge(unified, sides[::-1]), "the order of the clients matters"
    endings = tuple(_compare(key, unified, clients, merged) for key in _KEYS) if model else ()
    _check_kept(unified, clients, merged)
    for client in clients:
        _agree(client, merged)
    unified.clear()
    unified.update(merged.items)
    again = merge(unified, [client.side() for client in clients])
    assert again.items == unified, "a second round changed something"
    assert again.held == merged.held
    return endings


def _agree(client: Client, merged: Merged) -> None:
    for key in _KEYS:
        if key in merged.held:
            continue
        wanted = merged.items.get(key)
        for of in (client.view, client.base):
            of.pop(key, None)
            if wanted is not None:
                of[key] = client.said(wanted)


def _compare(key: ItemKey, unified: Items, clients: list[Client], merged: Merged) -> str:
    """Say how a key ended and compare with what anybody would expect."""
    changed = {client.name: client for client in clients if client.view.get(key) != client.base.get(key)}
    edits = [client for client in changed.values() if key in client.view]
    if not changed:
        assert merged.items.get(key) == unified.get(key)
        return "untouched"
    if not edits:
        assert key not in merged.items
        return "deleted"
    joint = _joint(key, edits)
    if joint is None:
        assert key in merged.held, "a contradiction was not asked about"
        assert merged.items.get(key) == unified.get(key), "a held item moved"
        return "asked"
    assert key not in merged.held, "asked without a reason"
    for client in edits:
        _same_where_it_speaks(client, merged.items[key], _flat(merged.items[key]) | joint)
    return "merged" if len(edits) > 1 else "followed"


def _joint(key: ItemKey, edits: list[Client]) -> dict[str, object] | None:
    """Return all fields that were edited, or None where two edits contradict each other."""
    joint: dict[str, object] = {}
    for client in edits:
        new = key not in client.base
        before, after = _flat(client.base.get(key)), _flat(client.view[key])
        spoken = {name for name in _NAMES if name != "cwd" or client.expresses == _ALL}
        moved = spoken if new else {name for name in spoken if before.get(name) != after.get(name)}
        for name in moved:
            if name in joint and joint[name] != after.get(name):
                return None
            joint[name] = after.get(name)
    return joint


_NAMES = ("command", "args", "env.A", "env.B", "cwd")


def _flat(item: Item | None) -> dict[str, object]:
    if item is None:
        return {}
    server = McpServer.of(item)
    env = {f"env.{name}": value for name, value in server.env.items()}
    return {"command": server.command, "args": server.args, "cwd": server.cwd, **env}


def _same_where_it_speaks(client: Client, item: Item, wanted: Mapping[str, object]) -> None:
    found = _flat(item)
    for name in _NAMES:
        assert found.get(name) == wanted.get(name), f"{name} of {client.name} did not come through"


def _check_kept(unified: Items, clients: list[Client], merged: Merged) -> None:
    """What nobody deleted is there; what somebody edited is there or asked about; every server can be started."""
    for key in _KEYS:
        deleted = any(key in client.base and key not in client.view for client in clients)
        edited = any(client.view.get(key) not in (None, client.base.get(key)) for client in clients)
        assert key in merged.items or key in merged.held or key not in unified or deleted, "a key went by itself"
        assert key in merged.items or key in merged.held or not edited, "an edit went"
    assert all(McpServer.of(item).command for item in merged.items.values()), "a server without a command"
