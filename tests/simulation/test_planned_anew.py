"""What is not planned anew, as nothing seems to be another, is what would come out if it were."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from aisync_desktop.clients.items import Scope
from aisync_desktop.sync.planning import planner
from aisync_desktop.sync.planning.planner import Planner, ScopePlan
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import ScopeMemory
from aisync_desktop.sync.terms.plan_terms import PlanTerms
from tests.simulation.world import run


@pytest.mark.sweep
def test_a_plan_that_is_taken_again_is_the_one_that_would_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()
    planned = Planner._of

    def checked(
        self: Planner, scope: Scope, states: tuple[EndpointState, ...], memory: ScopeMemory, terms: PlanTerms
    ) -> ScopePlan:
        known = self._made.get(scope)
        plan = planned(self, scope, states, memory, terms)
        if known is not None and plan is known.plan:
            anew = planner._plan_scope(scope, states, memory, self._read_back, terms)
            assert replace(plan, problems=()) == replace(anew, problems=())
            assert [(of.id, error.title) for of, error in plan.problems] == [
                (of.id, error.title) for of, error in anew.problems
            ]
            counts["again"] += 1
        else:
            counts["anew"] += 1
        return plan

    monkeypatch.setattr(Planner, "_of", checked)
    for seed in range(6):
        run(seed, rests=2)
    assert min(counts["again"], counts["anew"]) > 10
