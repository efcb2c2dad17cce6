"""What is told by example is so: where the rule stands and where it would come, by all that the files there say."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest

from aisync_desktop.clients.dialects.translation import probes
from aisync_desktop.clients.lens import Loss
from aisync_desktop.kernel.texts import visible
from aisync_desktop.permissions.language import Action, Subject
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.reports.allowed import Answer, answers
from aisync_desktop.sync.terms.decisions import WIDER
from tests.helpers.clients import Clients

_QUOTED = re.compile("\N{LEFT DOUBLE QUOTATION MARK}(.*?)\N{RIGHT DOUBLE QUOTATION MARK}")


@pytest.fixture
def crowded(clients: Clients) -> Clients:
    """Return the clients with Gemini CLI and Amp beside the four: other dialects, stricter and laxer ones."""
    for name in (".claude", ".gemini", ".config/amp"):
        (clients.home / name).mkdir(parents=True)
    (clients.home / ".gemini" / "settings.json").write_text("{}")
    (clients.home / ".config" / "amp" / "settings.json").write_text("{}")
    return clients


def _claude_says(clients: Clients, **lists: list[str]) -> None:
    path = clients.home / ".claude" / "settings.json"
    path.write_text(json.dumps({"permissions": lists}), encoding="utf-8")


def _weaker(engine: Engine) -> list[Loss]:
    losses = (loss for _, loss in engine.plan().losses)
    return [loss for loss in losses if loss.reason.code.startswith("loss.permission-weaker")]


def _examples(subject: str, told: str) -> list[str]:
    asked = {visible(one.argument): one.argument for one in probes(Subject.parse(subject))}
    return [asked[one] for one in _QUOTED.findall(told)]


def _answer(world: World, client: str, command: str) -> Answer:
    (found,) = answers(world, client, "shell", command)
    return found


def _said(answer: Answer) -> int:
    return answer.action.strictness if answer.rule else Action.ASK.strictness


@pytest.mark.parametrize("adopted", [False, True])
def test_a_rule_is_not_said_to_be_passed_where_it_alone_decides(
    engine: Engine, world: World, crowded: Clients, *, adopted: bool
) -> None:
    _claude_says(crowded, deny=["Bash(git push:*)"])
    if adopted:
        engine.adopt("user")
    for loss in _weaker(engine):
        assert loss.client != "claude-code" or adopted
        for example in _examples("shell: git push", str(loss.reason.params["examples"])):
            assert _answer(world, loss.client, example).action is not Action.DENY


@pytest.mark.alike(desk=2)
@pytest.mark.parametrize(
    ("action", "spelled", "beside"),
    list(
        product(
            ["deny", "ask"],
            ["git push", "npm test", "rm"],
            [[], ["Bash(bash:*)", "Bash(sh:*)"], ["Bash(other)", "Bash(*`*)", "Bash(timeout:*)", "Bash(nice:*)"]],
        )
    ),
)
def test_each_example_passes_the_one_and_not_the_others(
    engine: Engine, world: World, crowded: Clients, action: str, spelled: str, beside: list[str]
) -> None:
    _claude_says(crowded, **{action: [f"Bash({spelled}:*)"], "deny" if action == "ask" else "ask": beside})
    qwen = crowded.home / ".qwen" / "settings.json"
    qwen.write_text(json.dumps({"permissions": {"deny": ["Bash(*\u00a0*)", "Bash(timeout:*)"]}}), encoding="utf-8")
    engine.adopt("user")
    ids = {one.name: one.id for one in engine.status().clients}
    checked = 0
    for loss in _weaker(engine):
        if loss.key.name != f"shell: {spelled}":
            continue
        params = loss.reason.params
        for example in _examples(loss.key.name, str(params["examples"])):
            assert _said(_answer(world, loss.client, example)) < Action(action).strictness
            for other in str(params["clients"]).split(", "):
                assert _answer(world, ids[other], example).action.strictness >= Action(action).strictness
            checked += 1
    assert checked or action == "ask"  # what a client does by itself is to ask


def test_what_would_be_allowed_besides_is_not_allowed_yet_and_denied_by_nothing(
    engine: Engine, world: World, crowded: Clients
) -> None:
    _claude_says(crowded, allow=["Bash(npm test:*)"])
    qwen = crowded.home / ".qwen" / "settings.json"
    rules = {"deny": ["Bash(*\u00a0*)", "Bash(npm test $(*)"], "allow": ["Bash(npm test a)"]}
    qwen.write_text(json.dumps({"permissions": rules}), encoding="utf-8")
    engine.adopt("user")
    (asked,) = (one for one in engine.plan().decisions if one.kind == WIDER and one.key.name == "shell: npm test")
    before = {example: _answer(world, "qwen-code", example) for example in asked.examples.get("qwen-code", ())}
    assert all(answer.action is not Action.ALLOW for answer in before.values())
    engine.decide(asked.id, "copy")
    assert all(_answer(world, "qwen-code", example).action is Action.ALLOW for example in before)
    assert all(_answer(world, "claude-code", example).action is not Action.ALLOW for example in before)


def test_an_example_is_seen_as_what_it_is(engine: Engine, crowded: Clients) -> None:
    _claude_says(crowded, deny=["Bash(git push:*)"])
    engine.adopt("user")
    told = [loss.reason.english() for loss in _weaker(engine)]
    assert told
    assert any("\\u00a0" in line for line in told)
    assert all(line.isprintable() for line in told)
