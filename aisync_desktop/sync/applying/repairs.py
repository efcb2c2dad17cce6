"""Repairs: what the doctor can do about a secret that lies where it should not, as values.

The doctor offers them, the user picks, and the engine does them like any other change: what was there is in history,
and an undo puts it back (but never makes a file open to others again).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from aisync_desktop.clients.items import USER, ItemKey, McpServer, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import NotThereError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.secrets.seal import contains_sealed
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.planning.secret_variables import referring, variables
from aisync_desktop.sync.terms.consents import LAUNCH, Consents, secrets_to_copy
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.plan_terms import ItemAt, SecretRepairs
from aisync_desktop.sync.terms.starting_servers import NOTHING, Agreed, to_agree


class Cure(StrEnum):
    """What is done."""

    PRIVATE = "private"  # nobody else may read the file
    REFERENCE_BACK = "reference-back"  # of a leak: what a client's own writer expanded
    REFERENCE = "reference"  # a variable comes into the secret's place, everywhere in the scope
    LAUNCH = "launch"  # the entry has AISync start the server


@dataclass(frozen=True)
class Repair:
    """One repair; `unasked` is one that is done where the user asks for all of them.

    `agreed` is what the user agrees with it to start: that, and not what the item has become since it was shown.
    """

    cure: Cure
    summary: Text
    scope: Scope = USER
    endpoint: str = ""
    key: ItemKey | None = None
    path: str = ""
    decision: str = ""
    unasked: bool = True
    agreed: Agreed = NOTHING

    @property
    def id(self) -> str:
        """A short name made of what is to be done, the same as long as it is."""
        place = (self.cure, self.scope, self.endpoint, self.key, self.path, self.decision)
        parts = (*place, self.agreed.line, self.agreed.program)
        return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:8]


class NoSuchRepairError(NotThereError):
    """Nothing that can be repaired has that name (any more)."""

    def __init__(self, repair: str) -> None:
        message = text("doctor.no-repair.message", repair=repair)
        super().__init__(text("doctor.no-repair"), message, text("doctor.no-repair.next"))


def making_private(path: Path, scope: Scope) -> Repair:
    """Return the repair of a file that others may read."""
    return Repair(Cure.PRIVATE, text("doctor.repair.private", file=str(path)), scope, path=str(path))


def writing_back(item: str, scope: Scope, decision: str) -> Repair:
    """Return the repair of a leak."""
    summary = text("doctor.repair.reference-back", item=item)
    return Repair(Cure.REFERENCE_BACK, summary, scope, decision=decision)


def taking_out(state: EndpointState, key: ItemKey, shown: str, environ: Mapping[str, str]) -> tuple[Repair, ...]:
    """Return how an item's secrets can be taken out of a file, as far as its client has words for it.

    In a project that is something to be done; in the user's own file it is for the user to ask for.
    """
    item, found = state.view.items[key], list[Repair]()
    if not isinstance(item, McpServer):
        return ()
    plain = state.lens.project(key, referring(key, item)).item
    if plain is not None and not contains_sealed(plain.fields()):
        names = ", ".join(f"${{{name}}}" for name in sorted(set(variables(key, item).values())))
        summary = text("doctor.repair.reference", item=shown, names=names)
        found.append(Repair(Cure.REFERENCE, summary, state.scope, "", key, unasked=bool(state.scope.root)))
    form = state.launching.form(key, item, None, anew=True)
    if form is not None and state.lens.project(key, form).item is not None:
        summary = text("doctor.repair.launch", item=shown, file=state.path.name)
        only = bool(state.scope.root) and not found
        agreed = _to_agree(state, key, environ)
        found.append(Repair(Cure.LAUNCH, summary, state.scope, state.id, key, unasked=only, agreed=agreed))
    return tuple(found)


def relaunching(state: EndpointState, key: ItemKey, shown: str, environ: Mapping[str, str]) -> tuple[Repair, ...]:
    """Return the repair of a launcher whose program is not there any more, or that may not start its item (yet)."""
    if state.launching.form(key, state.view.items[key], None, anew=True) is None or key not in state.spelled:
        return ()
    agreed = _to_agree(state, key, environ)
    summary = text("doctor.repair.relaunch", item=shown, file=state.path.name)
    if agreed.program:
        summary = text("doctor.repair.agree", item=shown, program=agreed.program)
    return (Repair(Cure.LAUNCH, summary, state.scope, state.id, key, unasked=not agreed.program, agreed=agreed),)


def _to_agree(state: EndpointState, key: ItemKey, environ: Mapping[str, str]) -> Agreed:
    """Return what the user has yet to agree to, as far as it could be started."""
    item = state.launching.started.get(key, state.view.items[key])
    if state.launching.consents.has_agreed(state.scope, key, item):
        return NOTHING
    agreed = to_agree(str(state.scope), item.fields(), environ)
    return agreed if agreed.program else NOTHING


def chosen(offered: Iterable[Repair], ids: Collection[str]) -> tuple[Repair, ...]:
    """Return the repairs of these names; without any, those that need not be asked for one by one."""
    known = {repair.id: repair for repair in offered}
    for wanted in ids:
        if wanted not in known:
            raise NoSuchRepairError(wanted)
    return tuple(repair for repair in known.values() if repair.id in ids or (not ids and repair.unasked))


def mending(repairs: Iterable[Repair]) -> SecretRepairs:
    """Return what repairs mean to a plan."""
    keyed = [(repair, repair.key) for repair in repairs if repair.key is not None]
    return SecretRepairs(
        frozenset(ItemAt(one.scope, one.endpoint, key) for one, key in keyed if one.cure is Cure.LAUNCH),
        frozenset((one.scope, key) for one, key in keyed if one.cure is Cure.REFERENCE),
    )


def consents_after(consents: Consents, to_mend: SecretRepairs, survey: Survey) -> Consents:
    """Return the consents once launchers were asked for: what has one keeps it."""
    for at in sorted(to_mend.launching):
        for state in survey.of(at.scope):
            item = state.raw.get(at.key) if state.id == at.endpoint else None
            if item is not None:
                fields = secrets_to_copy(None, item)
                consents = consents.settled(at.key, fields, [state.label], at.scope, LAUNCH)
    return consents
