"""Questions: an open decision with all that the user needs to settle it, as one immutable value for every interface.

A side is shown as what taking it would make of the item: what a client cannot express stays as it was agreed, so it
does not look as if the client had deleted it. Items are sealed when they come here; of a leak, which is a value in the
place of a reference, not even a value that does not look like a secret is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import PurePath
from typing import cast

from pydantic import BaseModel, ConfigDict, JsonValue, computed_field

from aisync_desktop.clients.items import Item, ItemKey, Rule, item_of
from aisync_desktop.kernel.diff3 import merge_markdown
from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.told_apart import as_json, told_apart
from aisync_desktop.kernel.values import Value
from aisync_desktop.kernel.word_diff import Spans, changed_words
from aisync_desktop.sync.applying.choice_words import choice_text
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.diff import difference, flatten, unflatten
from aisync_desktop.sync.model.status import DecisionStatus
from aisync_desktop.sync.model.taking import MERGED, clashing
from aisync_desktop.sync.planning.planner import outcome
from aisync_desktop.sync.terms.agent_proposals import AgentProposal
from aisync_desktop.sync.terms.consents import LEAVE
from aisync_desktop.sync.terms.decisions import ALLOW, CONFLICT, LEAK, RENAME, SERVERS, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.plan_terms import Choice, PlanTerms
from aisync_desktop.sync.terms.server_consents import same_lines
from aisync_desktop.sync.terms.server_lines import server_lines

HIDDEN = "\u2022" * 8  # stands for a value that is not told
_WIDTH = 100  # of a value beside others; the whole of it is in the side's fields
_WHOLE = 1_000  # where what is taken may be started, by whoever wrote it: nobody agrees to what they did not see
_REFERENCE = re.compile(r"\$\{[^}]*\}")

Outcome = Callable[[str], Item | None]  # what taking one of the choices makes of the item; None: it goes, or nothing


class QuestionSide(BaseModel):
    """What one side would have; `fields` is null where it has the item no more, `changed` measured from the base.

    `renamed` is what it calls the item, where the sides do not agree about that. `lines` are what a server of a project
    would start or connect to, fit to be shown; of new ones each is a side, and `path` the file that it came with.
    """

    model_config = ConfigDict(frozen=True)
    take: str
    name: str
    path: str = ""
    written_at: dt.datetime | None = None
    fields: dict[str, JsonValue] | None = None
    changed: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()  # what it would allow besides
    unsandboxed: bool = False  # what is allowed there runs outside the client's sandbox
    renamed: str = ""
    lines: tuple[str, ...] = ()


class Difference(BaseModel):
    """A field that is not the same everywhere: what was agreed, and what each side says, each as one plain line.

    Long values are shown where they differ, and what nobody would see is written as its number. Null: it is not there.
    It `clashes` where sides changed it in different ways; else what does not clash has it as the side `merged_from`
    says it ("merged": of a text, the lines of all). `spans` are the words of a side that are not in what was agreed.
    """

    model_config = ConfigDict(frozen=True)
    field: str
    base: str | None = None
    sides: dict[str, str | None]
    clashes: bool = False
    merged_from: str = ""
    spans: dict[str, Spans] = {}


class Question(DecisionStatus):
    """One open decision.

    `base` is what was agreed before, `merged` all that does not clash (null where nothing is left of that), `draft`
    what to begin with where the item is written by hand, `gone` the items of a mass deletion, `same` the fields that
    are alike at all sides. `revision` names what is asked, to be given back with the answer: nobody answers what they
    did not see. `asked_at` is when it came up, where that was written down.
    """

    revision: str
    choices: tuple[str, ...]
    base: dict[str, JsonValue] | None = None
    sides: tuple[QuestionSide, ...] = ()
    differences: tuple[Difference, ...] = ()
    merged: dict[str, JsonValue] | None = None
    draft: dict[str, JsonValue] | None = None
    gone: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    asked_at: dt.datetime | None = None

    @computed_field  # type: ignore[prop-decorator] # mypy#1362: a decorator upon a property
    @property
    def item_kind(self) -> str:
        """The kind of its item; "" where it is about no item."""
        kind, slash, _ = self.item.partition("/")
        return kind if slash else ""

    @computed_field  # type: ignore[prop-decorator] # mypy#1362: a decorator upon a property
    @property
    def labels(self) -> dict[str, Text]:
        """What each choice means, in words."""
        return {take: choice_text(self, take) for take in self.choices}

    @computed_field  # type: ignore[prop-decorator] # mypy#1362: a decorator upon a property
    @property
    def name(self) -> str:
        """The name of its item, without the kind."""
        return self.item.removeprefix(f"{self.item_kind}/") if self.item_kind else self.item


def question_of(decision: Decision, survey: Survey, known: Known, terms: PlanTerms) -> Question:
    """Return a decision of the plan that was made of these."""

    def taken(take: str) -> Item | None:
        merged = outcome(survey, known, terms, Choice(decision, take))
        key = decision.key_if(take)
        return None if key in merged.held else merged.items.get(key)

    clash = decision.kind == CONFLICT
    merged = taken(MERGED) if clash else None
    told = clash or decision.kind == RENAME
    sides = {label: taken(label) for label in decision.sides} if told else decision.sides
    if decision.kind == SERVERS:
        shown = [_server(decision, key, survey, known) for key in sorted(decision.servers)]
    else:
        shown = [_side(decision, label, sides[label], survey) for label in sorted(sides)]
    open_ones = known.of(decision.scope).questions
    return Question.model_validate(
        {
            **decision.line.model_dump(),
            "revision": decision.revision,
            "choices": decision.choices,
            "base": _fields(decision.base),
            "sides": shown,
            "differences": _differences(decision, shown, _fields(merged) if clash else None),
            "merged": _fields(merged),
            "draft": _fields(merged or _draft(decision.key, decision.base, sides)) if clash else None,
            "gone": decision.gone,
            "same": _same(decision, shown) if told else (),
            "asked_at": next((one.asked_at for one in open_ones if one.decision.subject == decision.subject), None),
        }
    )


def proposal_question(proposal: AgentProposal, names: Mapping[str, str]) -> Question:
    """Return what an assistant asked for, as a question: what it said is that side's lines."""
    lines = tuple(visible(line, _WHOLE) for line in proposal.said)
    side = QuestionSide(take=proposal.by, name=names.get(proposal.by, proposal.by), written_at=proposal.at, lines=lines)
    told = {"revision": proposal.id, "choices": (ALLOW, LEAVE), "sides": (side,)}
    return Question.model_validate({**dict(proposal.line(names)), **told})


def _fields(item: Item | None) -> dict[str, Value] | None:
    return item.fields() if item else None


def _differences(decision: Decision, sides: list[QuestionSide], merged: Mapping[str, Value] | None) -> list[Difference]:
    """Return the fields that a side changed, told apart; of a clash, with what does not clash."""
    base = named_fields(_fields(decision.base))
    said = {side.take: named_fields(side.fields) for side in sides}
    joint = base if merged is None else named_fields(merged)
    open_ones = clashing(base, joint, said.values()) if decision.kind == CONFLICT else frozenset[str]()
    width = _WHOLE if decision.scope.root else _WIDTH
    found = []
    for name in dict.fromkeys(name for side in sides for name in side.changed):
        values = {take: fields[name] for take, fields in said.items() if name in fields}
        before = [base[name]] if name in base else []
        told = told_apart([*values.values(), *before], width, _plainly)
        shown: dict[str, str | None] = dict.fromkeys(said)
        shown.update(zip(values, told, strict=False))
        merges = decision.kind == CONFLICT and name not in open_ones
        saying = (take for take, fields in said.items() if fields.get(name) == joint.get(name))
        agreed = told[-1] if before else ""
        spans = {take: changed_words(agreed, line)[1] for take, line in shown.items() if line and before}
        found.append(
            Difference(
                spans={take: spans for take, spans in spans.items() if spans},
                field=name,
                base=told[-1] if before else None,
                sides=shown,
                clashes=name in open_ones,
                merged_from=next(saying, MERGED) if merges else "",
            )
        )
    return found


def _plainly(value: object) -> str:
    """Return a value as one would write it, a text without quotes: it is one by itself, in a field of its own."""
    return value if isinstance(value, str) and value.strip() == value != "" and value.isprintable() else as_json(value)


def _same(decision: Decision, sides: list[QuestionSide]) -> tuple[str, ...]:
    """Return the fields that all who have the item say alike, and that are as they were."""
    said = [named_fields(side.fields) for side in sides if side.fields is not None]
    every = [*([named_fields(_fields(decision.base))] if decision.base else []), *said]
    names = dict.fromkeys(name for fields in every for name in fields)
    return tuple(name for name in names if all(fields.get(name) == every[0].get(name) for fields in every))


def named_fields(fields: Mapping[str, JsonValue] | Mapping[str, Value] | None) -> dict[str, Value]:
    """Return fields by their names, maps opened one level."""
    flat = flatten(cast("Mapping[str, Value]", fields or {}))
    return {".".join(path): value for path, value in flat.items()}


def _side(decision: Decision, label: str, item: Item | None, survey: Survey) -> QuestionSide:
    base, said = decision.base.fields() if decision.base else {}, _fields(item)
    changed = [".".join(path) for path in difference(base, said)] if said is not None else []
    state = _endpoint(decision, label, survey)
    told = {
        "take": label,
        "name": (state.shared or state.name) if state else label,
        **(_whereabouts(state, decision.key_if(label)) if state else {}),
        "fields": _concealed(base, said) if said is not None and decision.kind == LEAK else said,
        "changed": changed,
        "examples": decision.examples.get(label, ()),
        "unsandboxed": label in decision.unsandboxed,
        "renamed": decision.names[label].name if label in decision.names else "",
    }
    return QuestionSide.model_validate(told)


def _server(decision: Decision, key: ItemKey, survey: Survey, known: Known) -> QuestionSide:
    """Return a server that waits as a side: its lines, and the file that says them."""
    item, before = decision.servers[key], known.of(decision.scope).unified.get(key)
    holders = [state for state in survey.of(decision.scope) if key in state.view.items]
    source = next((state for state in holders if not same_lines(state.view.items[key], before)), None)
    told = {
        "take": key.name,
        "name": visible(key.name),
        **(_whereabouts(source, key) if source else {}),
        "fields": item.fields(),
        "lines": server_lines(item, before),
    }
    return QuestionSide.model_validate(told)


def _endpoint(decision: Decision, label: str, survey: Survey) -> EndpointState | None:
    """Return the endpoint that a side speaks for; of several under one name, the one that holds the item."""
    key = decision.key_if(label)
    mine = [state for state in survey.of(decision.scope) if state.label == label and state.kind is key.kind]
    holders = [state for state in mine if key in state.view.items or decision.endpoint == state.id]
    return next(iter([*holders, *mine]), None)


def _whereabouts(state: EndpointState, key: ItemKey) -> dict[str, object]:
    """Return the file that says it, and when that was written."""
    own = [file for role, file in state.files.items() if role and PurePath(role).stem == key.name]
    files = [file for file in own or state.files.values() if file.reading is not None]
    written = max((file.reading.mtime_ns for file in files if file.reading), default=0)
    at = dt.datetime.fromtimestamp(written // 1_000_000_000, dt.UTC) if written else None
    return {"path": str(own[0].path if own else state.path), "written_at": at}


def _draft(key: ItemKey, base: Item | None, sides: Mapping[str, Item | None]) -> Item | None:
    """Return what is nearest to all sides: of a text all that does not clash, and the first side where it does."""
    there = [item for _, item in sorted(sides.items()) if item is not None]
    rules = [item for item in there if isinstance(item, Rule)]
    if not rules:
        return base or next(iter(there), None)
    agreed = base.text if isinstance(base, Rule) else ""
    joint = reduce(lambda ours, other: merge_markdown(agreed, ours, other.text).text, rules[1:], rules[0].text)
    return item_of(key, {**(base or rules[0]).fields(), "text": joint})


def _concealed(base: Mapping[str, Value], said: Mapping[str, Value]) -> dict[str, Value]:
    """Return fields with dots for every value that stands where a reference was."""
    before, after = flatten(base), flatten(said)
    return unflatten({path: _hidden(before.get(path), value) for path, value in after.items()})


def _hidden(before: Value, after: Value) -> Value:
    if isinstance(after, list):
        old = before if isinstance(before, list) else []
        return [_hidden(one, other) for one, other in zip([*old, *[None] * len(after)], after, strict=False)]
    was_reference = isinstance(before, str) and _REFERENCE.search(before) is not None
    return HIDDEN if was_reference and before != after else after
