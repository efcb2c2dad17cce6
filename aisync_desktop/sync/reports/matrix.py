"""The matrix of items and clients: which client holds which item as it is meant, otherwise, or not at all, and why.

It is made from one look, so it is true before anything was ever written as well as later.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, JsonValue, PlainSerializer

from aisync_desktop.clients.items import Item, ItemKey
from aisync_desktop.kernel.messages import Text
from aisync_desktop.sync.model.diff import difference
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.planning.planner import ScopePlan
from aisync_desktop.sync.terms.endpoints import EndpointState

Said = Annotated[Text, PlainSerializer(Text.english, return_type=str)]  # programs get the sentence, windows the code


class Holding(StrEnum):
    """How a client stands to an item."""

    AS_MEANT = "as-meant"
    DIFFERS = "differs"
    MISSING = "missing"
    LEFT_ALONE = "left-alone"  # there in a form that cannot be said as an item
    UNREADABLE = "unreadable"  # the file is; nobody knows what it holds


class LossReport(BaseModel):
    """What a client cannot say of an item; `field` is empty where the whole item is meant."""

    model_config = ConfigDict(frozen=True)
    field: str
    reason: Said


class Cell(BaseModel):
    """One item at one client, which people call by this `name`."""

    model_config = ConfigDict(frozen=True)
    client: str
    name: str
    holding: Holding
    differing: tuple[str, ...] = ()
    losses: tuple[LossReport, ...] = ()


class ItemReport(BaseModel):
    """One item as it is, or will be, agreed on; `fields` is null while nobody knows (a decision is open)."""

    model_config = ConfigDict(frozen=True)
    scope: str
    kind: str
    name: str
    fields: dict[str, JsonValue] | None
    decision: str
    clients: tuple[Cell, ...]


def matrix(looked: Looked, kind: str = "", scope: str = "") -> tuple[ItemReport, ...]:
    """Return the items by scope, kind and name; only those of one kind or scope if it is given."""
    plans = (plan for plan in looked.plan.scopes if scope in ("", str(plan.scope)))
    return tuple(report for plan in plans for report in _Rows(looked, plan).reports(kind))


class _Rows:
    """The rows of one scope."""

    def __init__(self, looked: Looked, plan: ScopePlan) -> None:
        self._plan = plan
        self._wanted = plan.after.items()
        self._states = looked.survey.of(plan.scope)
        self._names = {known.id: known.name for known in looked.catalog.descriptors}

    def reports(self, kind: str) -> Iterator[ItemReport]:
        keys = self._wanted.keys() | {decision.key for decision in self._plan.decisions}
        for state in self._states:
            keys |= state.view.items.keys() | state.view.opaque.keys()
        yield from (self._report(key) for key in sorted(keys) if kind in ("", key.kind.value))

    def _report(self, key: ItemKey) -> ItemReport:
        states = [state for state in self._states if state.kind is key.kind]
        clients = sorted({client for state in states for client in state.clients})
        wanted = self._wanted.get(key)
        return ItemReport.model_validate(
            {
                "scope": str(self._plan.scope),
                "kind": key.kind.value,
                "name": key.name,
                "fields": wanted.fields() if wanted else None,
                "decision": next((one.id for one in self._plan.decisions if one.key == key), ""),
                "clients": tuple(
                    self._cell(key, client, [state for state in states if client in state.clients])
                    for client in clients
                ),
            }
        )

    def _cell(self, key: ItemKey, client: str, states: list[EndpointState]) -> Cell:
        losses = tuple(
            LossReport(field=loss.field, reason=loss.reason)
            for loss in self._plan.losses
            if loss.client == client and loss.key == key
        )
        held = [(state.view.items[key], self._meant(key, state)) for state in states if key in state.view.items]
        if not held:
            return Cell(client=client, name=self._names[client], holding=_absence(key, states), losses=losses)
        item, meant = next((pair for pair in held if pair[0] != pair[1]), held[0])
        holding = Holding.DIFFERS if item != meant else Holding.AS_MEANT
        differing = _differing(item, meant)
        return Cell(client=client, name=self._names[client], holding=holding, differing=differing, losses=losses)

    def _meant(self, key: ItemKey, holder: EndpointState) -> Item | None:
        wanted = self._wanted.get(key)
        return holder.expressed(key, wanted) if wanted else None


def _absence(key: ItemKey, states: list[EndpointState]) -> Holding:
    if any(key in state.view.opaque for state in states):
        return Holding.LEFT_ALONE
    return Holding.UNREADABLE if any(state.problem for state in states) else Holding.MISSING


def _differing(held: Item, meant: Item | None) -> tuple[str, ...]:
    patch = difference(meant.fields(), held.fields()) if meant else {}
    return tuple(".".join(path) for path in patch)
