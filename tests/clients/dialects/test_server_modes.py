"""Approval modes in the entries of servers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.base import Conditional
from aisync_desktop.clients.dialects.server_modes import Engine
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.helpers.dialect_laws import (
    ACTIONS,
    SUBJECTS,
    check_round_trip,
    content,
    endpoint,
    one,
    opaque,
    said,
    wanted,
)
from tests.permission_corpus import REQUESTS, WHERE

ENGINE = Engine(endpoint(DialectName.SERVER_MODES, Format.TOML, root=["mcp_servers"]))
PLAIN = '# mine\n[mcp_servers.s]\ncommand = "x" # run\n\n[other]\na = 1\n'
MODES = """\
[mcp_servers.s]
url = "https://example.com"
default_tools_approval_mode = "approve"
disabled_tools = ["gone", "ask"]

[mcp_servers.s.tools.ask]
approval_mode = "prompt"

[mcp_servers.s.tools.look]
approval_mode = "prompt"
[mcp_servers.s-2]
command = "y"
enabled_tools = ["one"]
tools = { one = { approval_mode = "approve" } }
"""
HELD = MODES.replace('look]\napproval_mode = "prompt"', 'look]\napproval_mode = "auto"')
ODD = """\
[mcp_servers]
s = 1
[mcp_servers.t]
tools = 3
disabled_tools = "x"
default_tools_approval_mode = 7
[mcp_servers.u.tools]
a = 1
"""
DOTTED = """\
[mcp_servers]
s.command = "x"
s.tools.t.approval_mode = "prompt"
"a b".tools."c d".approval_mode = "approve"
""".replace("\n", "\r\n")
FILES = ["", PLAIN, MODES, HELD, ODD, DOTTED]


def ask(file: str, tool: str) -> str:
    lines = ENGINE.lines(one(Format.TOML, file))
    verdict = ENGINE.verdict(lines, Request(Tool.MCP, tool), WHERE)
    return f"{verdict.action.value}: {verdict.line.spelled}" if verdict.line else verdict.action.value


def hindrance(file: str, subject: str, action: Action) -> str | None:
    why = ENGINE.hindrance(one(Format.TOML, file), Subject.parse(subject), action)
    return why.code if why else None


def test_modes_are_lines_of_servers_and_tools() -> None:
    assert said(ENGINE, one(Format.TOML, MODES)) == [
        ("mcp: s", "allow"),
        ("mcp: s.ask", "ask"),
        ("mcp: s.look", "ask"),
        ("mcp: s-2.one", "allow"),
    ]
    assert set(opaque(ENGINE, one(Format.TOML, MODES)).values()) == {"permission.hidden"}


def test_a_mode_that_depends_on_the_server_is_opaque_and_so_is_what_it_holds_back() -> None:
    reasons = opaque(ENGINE, one(Format.TOML, HELD))
    assert reasons["s.tools.look.approval_mode = auto"] == "permission.condition"
    assert reasons["s.default_tools_approval_mode = approve"] == "permission.condition"


@pytest.mark.parametrize(
    ("tool", "answer"),
    [
        ("s.any", "allow: s.default_tools_approval_mode = approve"),
        ("s.look", "ask: s.tools.look.approval_mode = prompt"),
        ("s.gone", "deny: s.disabled_tools = gone"),
        ("s.ask", "deny: s.disabled_tools = ask"),
        ("s-2.one", "allow: s-2.tools.one.approval_mode = approve"),
        ("s-2.two", "deny: s-2.enabled_tools = one"),
        ("t.any", "ask"),
    ],
)
def test_a_tool_counts_before_its_server_and_the_lists_before_both(tool: str, answer: str) -> None:
    assert ask(MODES, tool) == answer


def test_only_modes_that_exist_can_be_said() -> None:
    refused = {
        name: ENGINE.refusal(Subject.parse(name), Action.DENY) for name in ("mcp: s", "mcp: s.t", "mcp", "shell")
    }
    assert [why.code for why in refused.values() if why] == [
        "loss.permission-hidden",
        "loss.permission-hidden",
        "loss.permission-matcher",
        "loss.permission-tool",
    ]


def test_a_server_is_never_made_by_its_modes() -> None:
    assert isinstance(ENGINE, Conditional)
    before = one(Format.TOML, PLAIN)
    assert hindrance(PLAIN, "mcp: t", Action.ALLOW) == "loss.permission-server"
    assert content(ENGINE.write(before, wanted(**{"mcp: t": "allow", "mcp: t.x": "ask"}))) == PLAIN


@pytest.mark.parametrize(
    ("file", "subject", "action", "why"),
    [
        (PLAIN, "mcp: s", Action.ALLOW, None),
        (MODES, "mcp: s.new", Action.ASK, None),
        (MODES.replace('"approve"', '"prompt"', 1), "mcp: s.new", Action.ALLOW, "loss.permission-order"),
        (MODES, "mcp: s-2", Action.ASK, "loss.permission-order"),
        (MODES, "mcp: s-2", Action.ALLOW, None),
        (HELD, "mcp: s.look", Action.ALLOW, "permission.condition"),
        (HELD, "mcp: s", Action.ALLOW, "permission.condition"),
        (HELD, "mcp: s.new", Action.ALLOW, None),
    ],
)
def test_a_mode_that_would_open_what_another_closes_is_hindered(
    file: str, subject: str, action: Action, why: str | None
) -> None:
    assert hindrance(file, subject, action) == why


@pytest.mark.parametrize("subject", ["mcp: s", "mcp: s.t"])
def test_a_mode_can_be_tried_out_where_its_server_is_not(subject: str) -> None:
    room = ENGINE.room(one(Format.TOML, ""), Subject.parse(subject))
    assert said(ENGINE, ENGINE.write(room, wanted(**{subject: "allow"}))) == [(subject, "allow")]


def test_tables_are_made_where_they_belong_and_go_with_the_last_of_them() -> None:
    written = ENGINE.write(one(Format.TOML, PLAIN), wanted(**{"mcp: s": "ask", "mcp: s.t": "ask"}))
    assert content(written) == (
        '# mine\n[mcp_servers.s]\ncommand = "x" # run\ndefault_tools_approval_mode = "prompt"\n\n'
        '[mcp_servers.s.tools.t]\napproval_mode = "prompt"\n\n[other]\na = 1\n'
    )
    assert content(ENGINE.write(written, wanted(**{"mcp: s": None, "mcp: s.t": None}))) == PLAIN


@given(
    st.sampled_from(FILES), SUBJECTS | st.sampled_from(["mcp: s", "mcp: s.t", "mcp: s-2.x"]).map(Subject.parse), ACTIONS
)
def test_what_is_not_refused_is_said_and_can_go_again(file: str, subject: Subject, action: Action) -> None:
    documents = one(Format.TOML, file)
    if subject.tool is Tool.MCP and ENGINE.hindrance(documents, subject, action):
        written = ENGINE.write(documents, {subject: None})
        assert content(written) == file or subject in {line.subject for line in ENGINE.lines(documents)}
    else:
        check_round_trip(ENGINE, documents, subject, action)


@given(st.sampled_from(FILES), st.dictionaries(SUBJECTS, st.none() | ACTIONS, max_size=4))
def test_whatever_is_asked_of_whatever_file_there_is_an_answer(
    file: str, permissions: dict[Subject, Action | None]
) -> None:
    lines = ENGINE.lines(ENGINE.write(one(Format.TOML, file), permissions))
    for request in (request for request in REQUESTS if request.tool is Tool.MCP):
        verdict = ENGINE.verdict(lines, request, WHERE)
        assert (verdict.line in lines) if verdict.line else verdict.action is Action.ASK
