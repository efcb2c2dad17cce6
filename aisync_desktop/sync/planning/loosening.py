"""Loosening: what an assistant may do more than before is for the user to say, at every client.

Tightening flows freely. A permission that would loosen a client is a decision (`copy` or `leave`), kept as a consent
like those for secrets; with the setting `loosening = equal`, only what means more there than where it comes from is
asked. What would be wider is told by examples; so is what a client stops less of, which is a loss: it is written all
the same, since less is more than nothing.

A rule is compared with its translation apart from everything else (dialects/translation.py). What is told of it must
hold where it stands, beside all other rules of the client: so an example is told only where that is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line
from aisync_desktop.clients.dialects.translation import Beside, Crossing, Said, crossing, probes
from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, Permission, Scope
from aisync_desktop.clients.lens import Documents, Loss
from aisync_desktop.clients.permissions import PermissionLens
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.permissions.language import Action, Request, Subject, Surrounding, Tool, strictness
from aisync_desktop.permissions.own_program import allows_this_program
from aisync_desktop.sync.model.diff import FieldPath
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.coverage import Coverage
from aisync_desktop.sync.terms.decisions import WIDER, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState

Sources = Mapping[ItemKey, tuple[EndpointState, ...]]
_SHOWN = 3  # examples in one sentence
_GONE = "none"
_NO_LOSS = frozenset({"permission.default", "permission.unread", "permission.shadowed"})


@dataclass(frozen=True)
class Rights:
    """What the user said about loosening, and where each permission stands as it is meant."""

    consents: Consents = field(default_factory=Consents)
    follows_equal: bool = False
    equal_lists: bool = False  # the same of lists of tools, which mean the same everywhere
    sources: Sources = field(default_factory=dict)
    states: tuple[EndpointState, ...] = ()  # all that is looked at: a client's files are beside each other
    stricter: Mapping[Tool, Beside] = field(default_factory=dict)  # all that is asked or denied


class Judged(NamedTuple):
    """Whether a permission is written at an endpoint, what that loses, and what is asked about it."""

    writes: bool
    losses: tuple[Loss, ...] = ()
    asked: Decision | None = None


def sources_of(states: Iterable[EndpointState], items: Items) -> Sources:
    """Return where each permission stands as it is to be everywhere."""
    found = dict[ItemKey, tuple[EndpointState, ...]]()
    for state in states:
        if state.kind is Kind.PERMISSIONS:
            for key, item in state.view.items.items():
                if items.get(key) == item:
                    found[key] = (*found.get(key, ()), state)
    return found


def stricter_of(items: Items) -> dict[Tool, Beside]:
    """Return all that is asked or denied, by tool."""
    found = dict[Tool, Beside]()
    for key, item in items.items():
        if isinstance(item, Permission) and item.action is not Action.ALLOW:
            subject = Subject.parse(key.name)
            found[subject.tool] = found.get(subject.tool, frozenset()) | {(subject, item.action)}
    return found


def judge(state: EndpointState, key: ItemKey, wanted: Item | None, rights: Rights) -> Judged:
    """Decide about one permission at one endpoint."""
    now, then = _action(state.view.items.get(key)), _action(wanted)
    if now is then is Action.ALLOW:  # nothing is written, and an allowance stops nothing
        return Judged(writes=True)
    if then is Action.ALLOW and allows_this_program(Subject.parse(key.name)):
        return Judged(writes=False, losses=(Loss(state.client, key, "", text("loss.permission-own")),))
    met = _met(state, key, then, rights)
    weaker = _weaker(state, key, wanted, met, rights)
    laxer = _laxer(state, key, now, then)
    if strictness(then) >= strictness(now) and not laxer:
        return Judged(writes=True, losses=weaker)
    fields = consent_fields(wanted)
    if rights.consents.refuse(key, fields, state.label, state.scope):
        return Judged(writes=False, losses=(Loss(state.client, key, "", text("loss.permission-wider-left")),))
    if rights.consents.allow(key, fields, state.label, state.scope) or (
        rights.follows_equal and not laxer and not _more(state, met)
    ):
        return Judged(writes=True, losses=weaker)
    wider = _really_wider(state, key, wanted, met, rights)
    shown = tuple(islice(dict.fromkeys(chain(wider, laxer)), _SHOWN))
    more = {state.label: shown} if shown else {}
    outside = frozenset({state.label} if then is Action.ALLOW and _is_unsandboxed(state) else ())
    summary, sides = summary_of(key, wanted), {state.label: wanted}
    asked = Decision(WIDER, state.scope, key, summary, sides, examples=more, unsandboxed=outside)
    return Judged(writes=False, asked=asked)


def _action(item: Item | None) -> Action | None:
    return None if item is None else Permission.of(item).action


def _met(state: EndpointState, key: ItemKey, action: Action | None, rights: Rights) -> Crossing:
    endpoint = state.lens.endpoint
    if action is None or not isinstance(endpoint, PermissionsEndpoint):
        return Crossing()
    holders = rights.sources.get(key, ())
    others = [one.lens.endpoint for one in holders if one.id != state.id]
    if holders and not others:  # it is this client's own: there is nothing to measure it by
        return Crossing()
    subject = Subject.parse(key.name)
    beside = rights.stricter.get(subject.tool, frozenset()) if action is Action.ALLOW else frozenset()
    sources = [one for one in others if isinstance(one, PermissionsEndpoint)]
    return crossing(subject, action, sources, endpoint, beside, _said_of(beside, state))


def _said_of(beside: Beside, state: EndpointState) -> Beside:
    """Return what an endpoint says of these, with all that is written there before."""
    if not beside:
        return beside
    actions = {key.name: Permission.of(item).action for key, item in state.lens.read(state.documents).items.items()}
    found = ((subject, actions.get(str(subject), Action.ALLOW)) for subject, _ in beside)
    return frozenset((subject, action) for subject, action in found if action is not Action.ALLOW)


def _laxer(state: EndpointState, key: ItemKey, now: Action | None, then: Action | None) -> tuple[str, ...]:
    """Return what the client itself would stop less than it does now, with all else that its file says."""
    if now is then or then is Action.ALLOW or not isinstance(state.lens, PermissionLens):
        return ()
    dialect, subject = state.lens.dialect, Subject.parse(key.name)
    lines = dialect.lines(state.documents)
    after = dialect.lines(dialect.write(state.documents, {subject: then}))
    found = list[str]()
    for request in probes(subject):
        before, later = (dialect.verdict(each, request, Surrounding()).action for each in (lines, after))
        if later.strictness < before.strictness and (strictness(then) > strictness(now) or later is Action.ALLOW):
            found.append(request.argument)
    return tuple(found)


def _more(state: EndpointState, met: Crossing) -> bool:
    return bool(met.wider) or _is_unsandboxed(state)


def _is_unsandboxed(state: EndpointState) -> bool:
    endpoint = state.lens.endpoint
    return isinstance(endpoint, PermissionsEndpoint) and endpoint.unsandboxed


def _weaker(state: EndpointState, key: ItemKey, wanted: Item | None, met: Crossing, rights: Rights) -> tuple[Loss, ...]:
    """Return what an endpoint will stop less than others do, as far as neither of them has another rule about it.

    The clients that are named stop every example that is told.
    """
    action = _action(wanted)
    if action is None or not met.weaker:
        return ()
    here = _rules(state.trying(key, wanted), rights)
    others = [(one.name, _rules(one, rights)) for one in _sources(state, key, rights)]
    stopped_at, examples = frozenset[str](), list[str]()
    for request in _requests(key, met.weaker):
        if strictness(_ruling(here, request) or Action.ASK) >= action.strictness:
            continue
        stops = frozenset(name for name, rules in others if strictness(_ruling(rules, request)) >= action.strictness)
        if (stops >= stopped_at and stops) or not others:
            stopped_at = stopped_at or stops
            examples.append(request.argument)
        if len(examples) > _SHOWN:
            break
    if not examples:
        return ()
    unlike = f".{action.value}" if stopped_at else f".{action.value}.meant"
    clients = ", ".join(sorted(stopped_at))
    why = text(f"loss.permission-weaker{unlike}", examples=listed(tuple(examples)), clients=clients)
    return (Loss(state.client, key, "action", why),)


def _really_wider(
    state: EndpointState, key: ItemKey, wanted: Item | None, met: Crossing, rights: Rights
) -> Iterator[str]:
    """Yield what an endpoint would allow that it does not allow now, and that not all do from which it comes."""
    before, after = _rules(state, rights), _rules(state.trying(key, wanted), rights)
    others = [_rules(one, rights) for one in _sources(state, key, rights)]
    for request in _requests(key, met.wider):
        is_new = _ruling(after, request) is Action.ALLOW and _ruling(before, request) is not Action.ALLOW
        if is_new and (not others or any(_ruling(rules, request) is not Action.ALLOW for rules in others)):
            yield request.argument


def _sources(state: EndpointState, key: ItemKey, rights: Rights) -> list[EndpointState]:
    return [one for one in rights.sources.get(key, ()) if one.id != state.id]


def _rules(state: EndpointState, rights: Rights) -> tuple[Said, ...]:
    """Return the rules in all files with permissions of a client, as one of them is or would be."""
    beside = (one for one in rights.states if one.client == state.client and one.id != state.id)
    return _rules_in((state, *beside))


class _Same:
    """Documents by which they are, not by what they say: those of a file stay the same until it changes."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._ids = tuple(sorted((role, id(document)) for role, document in documents.items()))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._ids == other._ids


def _rules_in(states: Iterable[EndpointState]) -> tuple[Said, ...]:
    """Return what files say about permissions, to be asked for."""
    return tuple(_said(one.lens, _Same(one.documents)) for one in states if isinstance(one.lens, PermissionLens))


def _ruling(rules: Iterable[Said], request: Request) -> Action | None:
    """Return the strictest that a rule in the files of one client says of a request; None: no rule does."""
    found = (said.ruling(request) for said in rules if request.tool in said.dialect.tools)
    return max((action for action in found if action is not None), key=strictness, default=None)


@lru_cache(maxsize=64)
def _said(lens: PermissionLens, same: _Same) -> Said:
    return _ruled(lens, lens.dialect.lines(same.documents))


@lru_cache(maxsize=64)
def _ruled(lens: PermissionLens, lines: tuple[Line, ...]) -> Said:
    """Return the rules to be asked; a file that changed elsewhere has the same, and what was asked of them is known."""
    return Said(lens.dialect, lines)


def _requests(key: ItemKey, arguments: Iterable[str]) -> Iterator[Request]:
    tool = Subject.parse(key.name).tool
    return (Request(tool, argument) for argument in arguments)


def listed(examples: tuple[str, ...]) -> str:
    """Return the first of some examples, in one line in which all of each is seen."""
    shown = "; ".join(
        f"\N{LEFT DOUBLE QUOTATION MARK}{visible(one)}\N{RIGHT DOUBLE QUOTATION MARK}" for one in examples[:_SHOWN]
    )
    return shown + (" …" if len(examples) > _SHOWN else "")


def consent_fields(wanted: Item | None) -> tuple[FieldPath, ...]:
    """Return what a consent to loosen is about: it does not reach to the next looser action."""
    action = _action(wanted)
    return ((action.value if action else _GONE,),)


def summary_of(key: ItemKey, wanted: Item | None) -> Text:
    """Return the question."""
    action = _action(wanted)
    return text(f"decision.wider.{action.value if action else _GONE}", item=key.name)


def is_doubtful(
    states: Iterable[EndpointState], silent: Iterable[EndpointState], scope: Scope, coverage: Coverage
) -> bool:
    """Whether somewhere more may be asked or denied than the items say: then nothing can be said to mean the same.

    What cannot be read at present (`silent`) may say anything.
    """
    apart = any(key.kind is Kind.PERMISSIONS for key in coverage.keys(scope))
    unread = any(state.kind is Kind.PERMISSIONS for state in silent)
    return apart or unread or bool(opaque_losses(states))


def opaque_losses(states: Iterable[EndpointState]) -> list[Loss]:
    """Return the rules that other clients do not get, since our language cannot say them."""
    return [
        Loss(state.client, key, "", text("loss.permission-opaque"))
        for state in states
        if state.kind is Kind.PERMISSIONS
        for key, why in state.view.opaque.items()
        if key not in state.held and why.code not in _NO_LOSS
    ]
