"""Rules in an order, as the clients themselves decide by what we wrote."""

from __future__ import annotations

import json
import random

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.base import Dialect, Verdict
from aisync_desktop.clients.dialects.first_match import Engine as FirstMatch
from aisync_desktop.clients.dialects.last_match import Engine as LastMatch
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Format
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.helpers.dialect_laws import endpoint
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import Sandbox
from tests.permission_corpus import COMMANDS, WHERE

WANTED = {
    "shell: foo a": Action.DENY,
    "shell ~ foo * x": Action.ASK,
    "shell: foo": Action.ALLOW,
    "shell = git status": Action.ALLOW,
    "shell: git push": Action.ASK,
}
ACTIONS = {"allow": Action.ALLOW, "ask": Action.ASK, "reject": Action.DENY}
REFUSED = "has specified a rule which prevents you from using this specific tool call"
TRIED = 30


def some_commands(seed: int, count: int) -> list[str]:
    usable = [one for one in COMMANDS if one.strip() and "\0" not in one and one.isascii() and len(one) < 500]
    return random.Random(seed).sample(usable, count)


def verdict(engine: Dialect, document: Document, line: str) -> Verdict:
    return engine.verdict(engine.lines({MAIN: document}), Request(Tool.SHELL, line), WHERE)


def written(box: Sandbox, path: str, document: Document) -> None:
    target = box.home / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(document.dump())


@only("amp")
def test_the_first_rule_that_matches_is_the_one_that_we_say(client: RealClient, box: Sandbox) -> None:
    engine = FirstMatch(endpoint(DialectName.FIRST_MATCH, Format.JSON, root=["amp.permissions"]))
    wanted = {Subject.parse(spelled): action for spelled, action in WANTED.items()}
    document = engine.write({MAIN: empty(Format.JSON)}, wanted)[MAIN]
    written(box, client.file, document)
    for line in some_commands(7, TRIED):
        ran = box.run(client.program, "permissions", "test", "--json", "Bash", "--cmd", line)
        said = json.loads(ran.out)
        decided = ACTIONS[said["action"]] if said["source"] == "user" else None
        found = verdict(engine, document, line)
        assert (found.action if found.line else None) is decided, line


@only("opencode")
def test_the_rules_stand_in_the_order_that_we_mean(client: RealClient, box: Sandbox) -> None:
    engine = LastMatch(endpoint(DialectName.LAST_MATCH, Format.JSON, root=["permission"]))
    begun = parse(b'{"permission": {"*": "ask", "bash": {"*": "ask", "rm *": "deny"}, "edit": "ask"}}', Format.JSON)
    wanted = {Subject.parse(spelled): action for spelled, action in WANTED.items()}
    document = engine.write({MAIN: begun}, wanted)[MAIN]
    written(box, client.file, document)
    ran = box.run(client.program, "debug", "agent", "build")
    rules = [(one["permission"], one["pattern"], one["action"]) for one in json.loads(ran.out)["permission"]]
    held = document.get(("permission", "bash"))
    assert isinstance(held, dict)
    ours = [("*", "*", "ask"), *(("bash", pattern, action) for pattern, action in held.items()), ("edit", "*", "ask")]
    at = rules.index(("bash", "*", "ask")) - 1
    assert rules[at : at + len(ours)] == ours


@only("opencode")
def test_what_is_denied_is_what_we_say(client: RealClient, box: Sandbox) -> None:
    engine = LastMatch(endpoint(DialectName.LAST_MATCH, Format.JSON, root=["permission"]))
    rules = {"*": "deny", "foo *": "allow", "git *": "allow", "git push *": "deny", "bar": "allow", "echo *": "allow"}
    held = {"permission": {"bash": rules, "external_directory": "allow"}}
    document = parse(json.dumps(held).encode(), Format.JSON)
    written(box, client.file, document)
    # Nothing runs: the shell is a program that does nothing.
    nothing = {"SHELL": "/usr/bin/true"}
    for line in (
        "foo a",
        "foo a && bar",
        "foo a; git push x",
        "git log $(rm x)",
        "X=1 foo a",
        "cd / && export A=1",
        "baz",
    ):
        params = json.dumps({"command": line, "description": "tried"})
        ran = box.run(
            client.program, "debug", "agent", "build", "--tool", "bash", "--params", params, environment=nothing
        )
        assert (REFUSED in ran.said) is (verdict(engine, document, line).action is Action.DENY), (line, ran.said)
