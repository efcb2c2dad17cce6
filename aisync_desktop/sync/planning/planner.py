"""The planner: observations and memory in, the exact edits out. Pure, so the same input gives the same plan.

For each scope: merge what every endpoint says (heard.py) into the unified config, project the result back onto each
endpoint, and edit its documents. What only the user can settle becomes a Decision, and its key is held; what a client
cannot express is a Loss, and that client keeps what it has. Every target's new bytes are read back with the client's
strictness before the plan exists, so that an apply starts only with verified targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from operator import is_

from aisync_desktop.clients.items import Item, ItemKey, Items, Renamed, Scope, UnifiedConfig
from aisync_desktop.clients.lens import Loss
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.diff import Change, diff
from aisync_desktop.sync.model.merge import Clash, Merged
from aisync_desktop.sync.model.renames import Namesakes, namesakes
from aisync_desktop.sync.planning.drafting import Asked, Drafts, ReadBack, Target
from aisync_desktop.sync.planning.heard import Heard, listen
from aisync_desktop.sync.planning.loosening import Rights, is_doubtful, opaque_losses, sources_of, stricter_of
from aisync_desktop.sync.planning.project_servers import waiting
from aisync_desktop.sync.planning.secret_variables import referring
from aisync_desktop.sync.planning.targets import EndpointTarget, Secrets, alike, covered_by, homes_of, target_for
from aisync_desktop.sync.planning.unreadable_sides import asked_of, bases_once_answered, doubted_in, relevant, told
from aisync_desktop.sync.terms.decisions import CONFLICT, RENAME, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known, ScopeMemory
from aisync_desktop.sync.terms.open_questions import OpenQuestion, Said
from aisync_desktop.sync.terms.plan_terms import Choice, PlanTerms


@dataclass(frozen=True)
class ScopePlan:
    """Everything that an apply would do in one scope, and everything that it would leave, with the reasons.

    `bases` is what is agreed as soon as this is recorded, `afters` what an endpoint agrees on once all its files are
    written, `ends` what it says then, where that is more; all by the endpoint's id.
    """

    scope: Scope
    before: UnifiedConfig
    after: UnifiedConfig
    targets: tuple[Target, ...] = ()
    decisions: tuple[Decision, ...] = ()
    losses: tuple[Loss, ...] = ()
    problems: tuple[tuple[EndpointState, WorldError], ...] = ()
    bases: Mapping[str, dict[ItemKey, Item]] = field(default_factory=dict)
    afters: Mapping[str, dict[ItemKey, Item]] = field(default_factory=dict)
    ends: Mapping[str, Items] = field(default_factory=dict)
    origins: Mapping[ItemKey, tuple[str, ...]] = field(default_factory=dict)
    covered: frozenset[tuple[str, ItemKey]] = frozenset()  # (client, item) that a client reads in a shared file
    kept: Mapping[ItemKey, tuple[str, ...]] = field(default_factory=dict)  # edited here, deleted at these clients
    renamed: Renamed = frozenset()
    left_out: frozenset[str] = frozenset()  # the endpoints that take no part, as the user set it
    event: str = "sync"
    restored: int | None = None  # the snapshot that this one is again
    marked: bool = False  # what is written is to be undone by itself, though it may change no item
    said: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)  # by decision and endpoint
    keeps_questions: bool = False  # those that were open stay so: this is a way back, which asks nothing

    @property
    def in_step(self) -> bool:
        """Whether nothing is to be written and nothing asked."""
        return not self.targets and not self.decisions

    @property
    def changed(self) -> tuple[Change, ...]:
        """What changes in the unified config."""
        return diff(self.before.items(), self.after.items())

    def question(self, decision: Decision) -> OpenQuestion:
        """Return one of the decisions as it is to be remembered."""
        return OpenQuestion(decision, self.said.get(decision.subject, {}))


@dataclass(frozen=True)
class Plan:
    """The plans of all scopes."""

    scopes: tuple[ScopePlan, ...] = ()

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every file to be replaced."""
        return tuple(target for scope in self.scopes for target in scope.targets)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Everything that only the user can settle."""
        return tuple(decision for scope in self.scopes for decision in scope.decisions)

    @property
    def losses(self) -> tuple[tuple[Scope, Loss], ...]:
        """What clients cannot express."""
        return tuple((scope.scope, loss) for scope in self.scopes for loss in scope.losses)

    @property
    def problems(self) -> tuple[tuple[EndpointState, WorldError], ...]:
        """What could not be read, or would not have been written faithfully."""
        return tuple(problem for scope in self.scopes for problem in scope.problems)

    def covered(self, scope: Scope, client: str) -> int:
        """Return how many items a client reads in a shared file only."""
        covered = (one.covered for one in self.scopes if one.scope == scope)
        return sum(reader == client for pairs in covered for reader, _ in pairs)

    @property
    def items(self) -> int:
        """How many items there are."""
        return sum(len(scope.after.items()) for scope in self.scopes)

    @property
    def in_step(self) -> bool:
        """Whether nothing is to be written and nothing asked."""
        return all(scope.in_step for scope in self.scopes)


def make_plan(survey: Survey, known: Known, read_back: ReadBack, terms: PlanTerms | None = None) -> Plan:
    """Return what would bring every endpoint of every scope in step."""
    return Planner(read_back).plan(survey, known, terms or PlanTerms())


@dataclass(frozen=True)
class _Made:
    """A plan, and what it was made of."""

    states: tuple[EndpointState, ...]
    memory: ScopeMemory
    terms: PlanTerms
    plan: ScopePlan

    def is_made_of(self, states: tuple[EndpointState, ...], memory: ScopeMemory, terms: PlanTerms) -> bool:
        """Whether it would come out the same."""
        same = len(states) == len(self.states) and all(map(is_, states, self.states))
        return same and memory is self.memory and terms == self.terms


class Planner:
    """Makes plans again and again; a scope in which nothing is another than at the last time is not planned anew.

    That goes only for plans that needed nothing to be read back, as what is known of secrets is not compared.
    """

    def __init__(self, read_back: ReadBack) -> None:
        self._read_back = read_back
        self._made: dict[Scope, _Made] = {}

    def plan(self, survey: Survey, known: Known, terms: PlanTerms) -> Plan:
        """Return what would bring every endpoint of every scope in step."""
        return Plan(tuple(self._of(scope, survey.of(scope), known.of(scope), terms) for scope in known.scopes))

    def _of(self, scope: Scope, states: tuple[EndpointState, ...], memory: ScopeMemory, terms: PlanTerms) -> ScopePlan:
        made = self._made.pop(scope, None)
        if made is None or not made.is_made_of(states, memory, terms):
            asked = Asked(self._read_back)
            made = _Made(states, memory, terms, _plan_scope(scope, states, memory, asked, terms))
            if asked.anything:
                return made.plan
        self._made[scope] = made
        return made.plan


def outcome(survey: Survey, known: Known, terms: PlanTerms, choice: Choice) -> Merged:
    """Return what a choice makes of the items of its scope; nothing is planned to be written."""
    scope = choice.decision.scope
    memory = known.of(scope)
    return listen(scope, survey.of(scope), memory, replace(terms, choices=(choice,))).merged(scope, memory)


def _plan_scope(
    scope: Scope, states: tuple[EndpointState, ...], memory: ScopeMemory, read_back: ReadBack, terms: PlanTerms
) -> ScopePlan:
    heard = listen(scope, states, memory, terms)
    terms, usable, silent = heard.terms, heard.usable, heard.unheard.silent
    servers = waiting(scope, heard.merged(scope, memory), usable, memory.unified, terms, heard.renamed)
    merged = _mended(servers.merged, scope, terms)
    equal = terms.follows_equal and not scope.root  # in a project, a repository may have said what loosens
    follows = equal and not is_doubtful(usable, silent, scope, terms.coverage)
    sources, stricter = sources_of(usable, merged.items), stricter_of(merged.items)
    rights = Rights(terms.consents, follows, equal, sources, tuple(usable), stricter)
    secrets = Secrets(terms.consents, read_back.missing, rights, terms.mending.launching)
    names = namesakes(heard.renamed | memory.renamed)
    wanted = _wanted(usable, merged, secrets, silent, names)
    drafts = Drafts(read_back)
    for state in usable:
        target = wanted[state.id]
        drafts.add(state, target.raw, target.revealed, target.renamed)
    targets = drafts.finish()
    wanted = {
        state.id: wanted[state.id].as_it_came(state, drafts.held_back(state), drafts.carried(state)) for state in usable
    }
    asked = (*servers.asked, *(one for target in wanted.values() for one in target.asked))
    decisions = _decisions(scope, heard, merged, asked, memory)
    return ScopePlan(
        scope=scope,
        before=UnifiedConfig.of(scope, memory.unified),
        after=UnifiedConfig.of(scope, merged.items),
        targets=targets,
        decisions=decisions,
        losses=(
            *(loss for target in wanted.values() for loss in target.losses),
            *opaque_losses(usable),
            *servers.losses,
        ),
        problems=(*heard.problems, *drafts.problems),
        bases={state.id: base_after(_agreed(state, wanted[state.id]), state, memory, merged) for state in usable}
        | bases_once_answered(heard.unheard, merged, memory),
        afters={state.id: base_after(wanted[state.id].items, state, memory, merged) for state in usable},
        origins=merged.origins,
        covered=frozenset((state.client, key) for state in usable for key in wanted[state.id].covered),
        kept=merged.kept,
        renamed=heard.renamed,
        left_out=frozenset(state.id for state in states) - {state.id for state in heard.within},
        marked=bool(targets) and any(at.scope == scope for at in terms.mending.launching),
        said=_said_about(heard, memory, decisions),
    )


def _decisions(
    scope: Scope, heard: Heard, merged: Merged, consenting: Iterable[Decision], memory: ScopeMemory
) -> tuple[Decision, ...]:
    """Return all that is asked: to be settled, and to be allowed."""
    silent = heard.unheard.silent
    asked = (
        *_clash_decisions(scope, merged, [*heard.usable, *silent]),
        *asked_of(heard.unheard, merged, memory, heard.terms),
        *consenting,
        *(one for guards in heard.guarded for one in guards.decisions),
    )
    return _unique(told(asked, silent))


def _said_about(heard: Heard, memory: ScopeMemory, decisions: Iterable[Decision]) -> dict[str, dict[str, Said]]:
    """Return by decision what each endpoint that has a part in it says that is not agreed on."""
    if not (asked := [*decisions]):
        return {}
    said: list[tuple[EndpointState, Said]] = [(state, memory.said(state.id)) for state in heard.unheard.states]
    for state in heard.seen:
        changes = diff(memory.bases.get(state.id, {}), state.view.items, state.view.opaque)
        said.append((state, {change.key: change.after for change in changes}))
    doubted = {state.id: doubted_in(state, memory) for state in heard.usable}
    before = {one.decision.subject: one.said for one in memory.questions}
    found: dict[str, dict[str, Said]] = {}
    for one in asked:
        then = before.get(one.subject, {})
        mine = ((state.id, relevant(one, state, items, then, doubted)) for state, items in said)
        found[one.subject] = {endpoint: about for endpoint, about in mine if about}
    return found


def _mended(merged: Merged, scope: Scope, terms: PlanTerms) -> Merged:
    """Return the items with variables where the user wants no secrets any more."""
    keys = {key for of, key in terms.mending.referring if of == scope} & merged.items.keys() - merged.held
    items = {key: referring(key, item) if key in keys else item for key, item in merged.items.items()}
    return replace(merged, items=items) if keys else merged


def _clash_decisions(scope: Scope, merged: Merged, states: Iterable[EndpointState]) -> Iterator[Decision]:
    names = {state.label: state.shared or state.name for state in states}
    for clash in merged.clashes:
        kind = RENAME if clash.names else CONFLICT
        asked = _question(clash, names)
        yield Decision(kind, scope, clash.key, asked, clash.sides, clash.base, names=clash.names, was=clash.was)


def _question(clash: Clash, names: Mapping[str, str]) -> Text:
    """Return what is asked about a clash; `names` are those that people know the sides by."""
    who = {label: names.get(label, label) for label in sorted(clash.sides)}
    if not clash.names:
        return text("decision.conflict", item=clash.key.name, clients=", ".join(who.values()))
    given = ", ".join(f"{clash.names[label].name} ({name})" for label, name in who.items())
    return text("decision.rename", item=clash.key.name, names=given)


def _wanted(
    usable: list[EndpointState], merged: Merged, secrets: Secrets, silent: Sequence[EndpointState], names: Namesakes
) -> dict[str, EndpointTarget]:
    """Return what each endpoint should hold; what a client reads in a shared file is not written to its own as well.

    Nor while the shared one is `silent`: it could not be read this time, and will be again.
    """
    mute = {state.id for state in silent}
    wanted: dict[str, EndpointTarget] = {}
    for seen in alike([*usable, *silent]):
        speaking = [state for state in seen if state.id not in mute]
        homes = homes_of(speaking)
        for state in speaking:
            others = [other for other in seen if covered_by(state, other)]
            wanted[state.id] = target_for(state, merged, others, homes, secrets, names)
    return {state.id: wanted[state.id] for state in usable}


def _agreed(state: EndpointState, target: EndpointTarget) -> Items:
    """Return what an endpoint says already; where a launcher says it, nothing is written when its item changes."""
    raw = target.raw
    launched = {key: target.items[key] for key, item in state.spelled.items() if raw.get(key) == item}
    return {**state.view.items, **launched}


def base_after(items: Items, state: EndpointState, memory: ScopeMemory, merged: Merged) -> dict[ItemKey, Item]:
    """Return an endpoint's new base: what it holds; where a key is held or opaque the old base still counts."""
    kept = merged.held | state.view.opaque.keys()
    after = {key: item for key, item in items.items() if key not in kept}
    return after | {key: item for key, item in memory.bases.get(state.id, {}).items() if key in kept}


def _unique(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Join the decisions that are one question asked for several clients; the later one tells the rest."""
    joined: dict[str, Decision] = {}
    for decision in decisions:
        known = joined.get(decision.subject)
        sides = {**known.sides, **decision.sides} if known else decision.sides
        examples = {**known.examples, **decision.examples} if known else decision.examples
        outside = decision.unsandboxed | known.unsandboxed if known else decision.unsandboxed
        unread = (*(known.unread if known else ()), *decision.unread)
        joined[decision.subject] = replace(
            decision, sides=sides, examples=examples, unsandboxed=outside, unread=tuple(dict.fromkeys(unread))
        )
    return tuple(joined[key] for key in sorted(joined))
