"""Policies: what settles two changes of one key that do not agree, by kind.

A policy is a chain of steps, tried one after another. `merge` joins changes field by field, `priority` takes the side
that comes first in the user's order of clients, `latest` the one whose file was written last, `ask` the user. What no
step settles is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from aisync_desktop.kernel.dataclass import dataclass


class Step(StrEnum):
    """One way to settle."""

    MERGE = "merge"
    PRIORITY = "priority"
    LATEST = "latest"
    ASK = "ask"


@dataclass(frozen=True)
class Policy:
    """The chain of one kind, and the order of clients that `priority` goes by."""

    steps: tuple[Step, ...] = (Step.MERGE, Step.ASK)
    order: tuple[str, ...] = ()

    @classmethod
    def parse(cls, chain: str, order: Iterable[str] = ()) -> Policy:
        """Read a chain as it is set ("priority,ask"); what is no chain is a ValueError that says so."""
        names = [name.strip() for name in chain.split(",")]
        known = [step.value for step in Step]
        wrong = next((name for name in names if name not in known or names.count(name) > 1), None)
        if wrong is not None:
            raise ValueError(f"“{wrong}”: name each of {', '.join(known)} at most once, separated by commas")
        return cls(tuple(Step(name) for name in names), tuple(order))

    def winner(self, step: Step, written: Mapping[str, int], readers: Mapping[str, frozenset[str]]) -> str | None:
        """Return the side that a step takes of these (by the time of their last write); None where it cannot tell.

        A side is a client, or a file that several clients read: then it has the rank of the first of its `readers`.
        """
        if step is Step.PRIORITY:
            ranked = (side for client in self.order for side in sorted(written) if client in readers[side])
            return next(ranked, None)
        if step is not Step.LATEST:
            return None
        newest = max(written.values())
        last = [client for client, at in written.items() if at == newest]
        return last[0] if len(last) == 1 else None


def ranked(order: str) -> list[str]:
    """Return an order of clients as it is set, with commas."""
    return [one for part in order.split(",") if (one := part.strip())]


def placed(order: str, client: str, place: int = 1) -> str:
    """Return an order of clients in which one has this place, counted from 1; the others keep theirs beside it."""
    others = [one for one in ranked(order) if one != client]
    others.insert(place - 1, client)
    return ",".join(others)


ASKING = Policy()
