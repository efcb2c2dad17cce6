"""Removals by force as the client finds them: each line was tried with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.base import Firm
from aisync_desktop.clients.dialects.exec_policy import Engine
from aisync_desktop.clients.dialects.forced_removal import removes_by_force
from aisync_desktop.documents.parse import empty
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.helpers.dialect_laws import endpoint
from tests.permission_corpus import WHERE

FORCED = (
    *("rm -f x", "rm -rf x", "rm -fr x", "rm -r -f x", "rm --force x", "rm x -f", "rm -vf x", "rm -iRf x"),
    *("sudo rm -rf x", "/bin/rm -rf x", "X=1 rm -rf x", "env rm -rf x", '"rm" -rf x', 'rm "-rf" x'),
    *("ls && rm -rf x", "ls > /dev/null && rm -rf x", "rm -rf x &", "! rm -rf x", "(rm -rf x)", "rm -rf x # c"),
    *("bash -c 'rm -rf x'", "bash -lc 'rm -rf x'", 'zsh -lc "rm -rf x"', "echo $(rm -rf x)", "rm -rf $HOME/x"),
    "for i in a; do rm -rf x; done",
)
OTHERS = (
    *("rm x", "rm -r x", "rm -d x", "rm -- -f", "rmdir x", "git rm -f x", "git clean -fdx", "sudo ls"),
    *("sudo -n rm -f x", "timeout 5 rm -rf x", "xargs rm -rf x", "nice rm -f x", "command rm -f x", "r\\m -rf x"),
)


@pytest.mark.parametrize("line", FORCED)
def test_a_removal_by_force_is_found_wherever_it_runs(line: str) -> None:
    assert removes_by_force(line)


@pytest.mark.parametrize("line", OTHERS)
def test_what_the_client_does_not_take_for_one_is_none(line: str) -> None:
    assert not removes_by_force(line)


def test_the_client_insists_on_asking_whatever_is_allowed_but_not_on_what_is_denied() -> None:
    engine = Engine(endpoint(DialectName.EXEC_POLICY, Format.EXEC_RULES))
    for action, verdict in ((Action.ALLOW, Action.ASK), (Action.ASK, Action.ASK), (Action.DENY, Action.DENY)):
        documents = engine.write({"": empty(Format.EXEC_RULES)}, {Subject.parse("shell: rm"): action})
        found = engine.verdict(engine.lines(documents), Request(Tool.SHELL, "rm -rf x"), WHERE)
        assert (found.action, isinstance(found, Firm)) == (verdict, action is Action.ALLOW)


@given(st.text(alphabet="rm -f/xbashlc'\"$()`;&|\\\n", max_size=200))
def test_no_line_is_too_strange(line: str) -> None:
    assert removes_by_force(line) in {True, False}
