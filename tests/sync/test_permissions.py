"""Permissions in step: tightening flows, loosening is asked, what stops less is told, and nothing is ever wider."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from aisync_desktop.clients.descriptor import Confined
from aisync_desktop.clients.items import USER
from aisync_desktop.permissions.language import Action
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.undo_choice import TakesBackDenialError
from aisync_desktop.sync.reports.allowed import NoRulesError, answers
from aisync_desktop.sync.reports.audit import audit
from aisync_desktop.sync.terms.decisions import WIDER, Decision
from tests.helpers.clients import Clients


class Rules:
    """The permissions of the four clients, by hand."""

    def __init__(self, home: Path) -> None:
        self.claude = home / ".claude" / "settings.json"
        self.codex = home / ".codex" / "rules" / "default.rules"
        self.qwen = home / ".qwen" / "settings.json"
        self.rovo = home / ".rovodev" / "config.yml"

    def claude_says(self, **lists: list[str]) -> None:
        self.claude.parent.mkdir(exist_ok=True)
        self.claude.write_text(json.dumps({"permissions": lists}, indent=2), encoding="utf-8")

    def qwen_has(self, action: str) -> list[str]:
        text = self.qwen.read_text(encoding="utf-8").replace("// mine", "")
        found: list[str] = json.loads(text).get("permissions", {}).get(action, [])
        return found

    def codex_has(self) -> str:
        return self.codex.read_text(encoding="utf-8") if self.codex.exists() else ""


@pytest.fixture
def rules(clients: Clients) -> Rules:
    return Rules(clients.home)


def asked(engine: Engine) -> dict[str, Decision]:
    return {one.key.name: one for one in engine.plan().decisions if one.kind == WIDER}


def test_what_one_client_denies_all_deny_without_a_question(engine: Engine, rules: Rules) -> None:
    rules.claude_says(deny=["Bash(git push:*)"])
    engine.adopt("user")
    assert rules.codex_has() == 'prefix_rule(pattern=["git", "push"], decision="forbidden")\n'
    assert rules.qwen_has("deny") == ["Bash(git push:*)"]
    assert "command: git push" in rules.rovo.read_text(encoding="utf-8")
    assert engine.plan().in_step


def test_a_denial_that_stops_less_at_a_client_is_told_with_an_example(engine: Engine, rules: Rules) -> None:
    rules.claude_says(deny=["Bash(git push:*)"])
    engine.adopt("user")
    found = [loss for _, loss in engine.plan().losses if (loss.client, loss.field) == ("qwen-code", "action")]
    assert ["timeout 5 git push" in str(loss.reason.params["examples"]) for loss in found] == [True]


def test_what_one_client_allows_is_asked_at_the_others_and_written_nowhere_before(engine: Engine, rules: Rules) -> None:
    rules.claude_says(allow=["Bash(npm test:*)"])
    engine.adopt("user")
    assert rules.codex_has() == ""
    assert rules.qwen_has("allow") == []
    question = asked(engine)["shell: npm test"]
    assert set(question.sides) == {"codex", "qwen-code", "rovodev"}
    assert "npm test $(other)" in question.examples["qwen-code"]
    assert question.unsandboxed == {"codex"}


def test_an_allowance_that_is_copied_goes_everywhere_and_is_not_asked_again(engine: Engine, rules: Rules) -> None:
    rules.claude_says(allow=["Bash(npm test:*)"])
    engine.adopt("user")
    engine.decide(asked(engine)["shell: npm test"].id, "copy")
    assert rules.codex_has() == 'prefix_rule(pattern=["npm", "test"], decision="allow")\n'
    assert rules.qwen_has("allow") == ["Bash(npm test:*)"]
    assert asked(engine) == {}
    assert engine.plan().in_step


def test_an_allowance_that_is_left_stays_where_it_is_and_is_not_asked_again(engine: Engine, rules: Rules) -> None:
    rules.claude_says(allow=["Bash(npm test:*)"])
    engine.adopt("user")
    engine.decide(asked(engine)["shell: npm test"].id, "leave")
    engine.sync("user")
    assert rules.codex_has() == ""
    assert asked(engine) == {}


OWN = ["Bash(aisync:*)", "Bash(timeout 5 aisync decide:*)", "Bash(python -m aisync_desktop:*)", "mcp__aisync"]


@pytest.mark.parametrize("loosening", ["ask", "equal"])
@pytest.mark.parametrize("rule", OWN)
def test_what_allows_aisync_itself_stays_where_it_is_and_is_told(
    rule: str, loosening: str, engine: Engine, rules: Rules
) -> None:
    engine.set_setting("loosening", loosening)
    rules.claude_says(allow=[rule])
    engine.adopt("user")
    assert rule in rules.claude.read_text(encoding="utf-8")
    assert (asked(engine), engine.plan().targets) == ({}, ())
    assert (rules.codex_has(), rules.qwen_has("allow"), rules.rovo.exists()) == ("", [], False)
    told = {loss.client for _, loss in engine.plan().losses if loss.reason.code == "loss.permission-own"}
    assert "qwen-code" in told
    assert "claude-code" not in told


def test_what_denies_aisync_itself_goes_everywhere(engine: Engine, rules: Rules) -> None:
    rules.claude_says(deny=["Bash(aisync:*)"])
    engine.adopt("user")
    assert rules.qwen_has("deny") == ["Bash(aisync:*)"]
    assert '"aisync"' in rules.codex_has()


def test_a_denial_that_one_client_drops_stays_at_the_others_until_the_user_agrees(engine: Engine, rules: Rules) -> None:
    rules.claude_says(deny=["Bash(git push:*)", "Bash(rm -rf:*)", "Bash(dd:*)"])
    engine.adopt("user")
    rules.claude_says(deny=["Bash(rm -rf:*)", "Bash(dd:*)"])
    engine.sync("user", patient=False)
    assert "Bash(git push:*)" in rules.qwen_has("deny")
    engine.decide(asked(engine)["shell: git push"].id, "copy")
    assert "Bash(git push:*)" not in rules.qwen_has("deny")
    assert '"push"' not in rules.codex_has()


def test_an_allowance_that_one_client_drops_goes_everywhere(engine: Engine, rules: Rules) -> None:
    rules.claude_says(allow=["Bash(npm test:*)", "Bash(ls:*)", "Bash(cat:*)"])
    engine.adopt("user")
    for decision in asked(engine).values():
        engine.decide(decision.id, "copy")
    rules.claude_says(allow=["Bash(ls:*)", "Bash(cat:*)"])
    engine.sync("user", patient=False)
    assert "Bash(npm test:*)" not in rules.qwen_has("allow")
    assert '"npm"' not in rules.codex_has()
    assert asked(engine) == {}


def test_a_denial_becoming_a_question_is_a_loosening(engine: Engine, rules: Rules) -> None:
    rules.claude_says(deny=["Bash(git push:*)"])
    engine.adopt("user")
    rules.claude_says(ask=["Bash(git push:*)"])
    engine.sync("user")
    assert rules.qwen_has("deny") == ["Bash(git push:*)"]
    engine.decide(asked(engine)["shell: git push"].id, "copy")
    assert rules.qwen_has("deny") == []
    assert rules.qwen_has("ask") == ["Bash(git push:*)"]


def test_consent_to_one_loosening_is_none_to_the_next(engine: Engine, rules: Rules) -> None:
    rules.claude_says(deny=["Bash(git push:*)"])
    engine.adopt("user")
    rules.claude_says(ask=["Bash(git push:*)"])
    engine.sync("user")
    engine.decide(asked(engine)["shell: git push"].id, "copy")
    rules.claude_says(allow=["Bash(git push:*)"])
    engine.sync("user")
    assert rules.qwen_has("ask") == ["Bash(git push:*)"]
    assert set(asked(engine)) == {"shell: git push"}


def test_with_the_setting_what_means_the_same_follows_and_what_is_wider_is_asked(engine: Engine, rules: Rules) -> None:
    engine.set_setting("loosening", "equal")
    rules.claude_says(allow=["mcp__github__get_issue", "Bash(npm test:*)"])
    engine.adopt("user")
    assert rules.qwen_has("allow") == ["mcp__github__get_issue"]
    assert "shell: npm test" in asked(engine)


def test_a_rule_that_no_other_client_can_say_is_told_and_left_alone(engine: Engine, rules: Rules) -> None:
    rules.claude_says(deny=["Agent(Explore)"])
    before = rules.claude.read_bytes()
    engine.adopt("user")
    told = [loss for _, loss in engine.plan().losses if loss.reason.code == "loss.permission-opaque"]
    assert [(loss.client, loss.key.name) for loss in told] == [("claude-code", "Agent(Explore)")]
    assert rules.claude.read_bytes() == before


def test_undo_takes_back_what_was_denied_everywhere(engine: Engine, clients: Clients, rules: Rules) -> None:
    engine.adopt("user")
    before = clients.bytes()
    rules.claude_says(deny=["Bash(git push:*)"])
    engine.sync("user")
    with pytest.raises(TakesBackDenialError) as refused:
        engine.undo()
    assert "git push" in refused.value.message.english()
    assert "Codex CLI" in refused.value.message.english()
    assert rules.codex_has()
    engine.undo(loosening=True)
    assert clients.bytes() == before
    assert not rules.codex_has()


def test_the_simulator_tells_the_rule_and_the_line_that_decide(engine: Engine, rules: Rules, world: World) -> None:
    rules.claude_says(deny=["Bash(git push:*)"])
    engine.adopt("user")
    found = {one.client: one for one in answers(world, "", "bash", "npm test && git push origin main")}
    assert {one.action for one in found.values()} == {Action.DENY}
    claude = found["claude-code"]
    assert (claude.rule, claude.path, claude.line) == ("Bash(git push:*)", str(rules.claude), 4)


def test_the_simulator_says_what_a_client_does_by_itself(engine: Engine, rules: Rules, world: World) -> None:
    rules.claude_says(deny=["Bash(git push:*)"])
    engine.adopt("user")
    (answer,) = answers(world, "codex", "shell", "ls")
    assert (answer.action, answer.confined, answer.rule) == (Action.ALLOW, Confined.READ_ONLY, "")


def test_an_open_mode_is_told_and_a_denial_still_counts(engine: Engine, rules: Rules, world: World) -> None:
    rules.claude.parent.mkdir(exist_ok=True)
    rules.claude.write_text(
        '{"permissions": {"defaultMode": "bypassPermissions", "deny": ["Bash(rm:*)"]}}', encoding="utf-8"
    )
    engine.adopt("user")
    (open_,), (denied,) = (answers(world, "claude-code", "shell", command) for command in ("make", "rm x"))
    assert (open_.action, open_.mode) == (Action.ALLOW, "bypassPermissions")
    assert (denied.action, denied.rule) == (Action.DENY, "Bash(rm:*)")
    assert "bypassPermissions" not in rules.qwen.read_text(encoding="utf-8")


def test_a_client_without_rules_cannot_be_asked(engine: Engine, world: World) -> None:
    engine.adopt("user")
    with pytest.raises(NoRulesError):
        answers(world, "amp", "shell", "ls")


def test_the_audit_names_dangers_by_what_would_happen(engine: Engine, rules: Rules, world: World) -> None:
    rules.claude_says(allow=["Bash(curl:*)", "Bash(sh:*)", "Bash(make test)"])
    engine.adopt("user")
    (claude,) = [one for one in audit(world) if one.client == "claude-code"]
    dangers = {danger.code: danger.answer.rule for danger in claude.dangers}
    assert dangers.keys() >= {"download"}
    assert "anything" not in dangers
    rights = {right.rule: right.not_at for right in claude.rights}
    assert set(rights["Bash(make test)"]) >= {"codex", "qwen-code"}


def test_permissions_of_a_project_stay_in_it(engine: Engine, clients: Clients, rules: Rules) -> None:
    root = clients.home / "work"
    (root / ".claude").mkdir(parents=True)
    (root / ".claude" / "settings.json").write_text('{"permissions": {"deny": ["Bash(make:*)"]}}', encoding="utf-8")
    (root / ".qwen").mkdir()
    (root / ".qwen" / "settings.json").write_text("{}", encoding="utf-8")
    engine.adopt("user")
    engine.add_project(str(root))
    assert "Bash(make:*)" in (root / ".qwen" / "settings.json").read_text(encoding="utf-8")
    assert rules.qwen_has("deny") == []
    assert all(loss.key.kind != "permissions" for scope, loss in engine.plan().losses if scope == USER)


@pytest.mark.parametrize("loosening", ["ask", "equal"])
def test_what_a_repository_allows_is_asked_about(engine: Engine, clients: Clients, loosening: str) -> None:
    root = clients.home / "work"
    (root / ".claude").mkdir(parents=True)
    (root / ".claude" / "settings.json").write_text(
        '{"permissions": {"allow": ["mcp__github__get_issue"]}}', encoding="utf-8"
    )
    (root / ".qwen").mkdir()
    (root / ".qwen" / "settings.json").write_text("{}", encoding="utf-8")
    engine.adopt("user")
    engine.set_setting("loosening", loosening)
    engine.add_project(str(root))
    assert (root / ".qwen" / "settings.json").read_text(encoding="utf-8") == "{}"
    assert [(one.kind, one.scope) for one in engine.status().decisions] == [("wider", f"project:{root}")]


def test_a_secret_in_a_rule_is_neither_kept_nor_spread_nor_shown(
    engine: Engine, clients: Clients, rules: Rules, world: World
) -> None:
    token = "ghp_" + "aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5"  # what clients write down when a command is agreed to
    rules.claude_says(allow=[f"Bash(gh auth login --with-token={token})", f"Bash(curl -H 'X-Key: {token}':*)"])
    engine.adopt("user")
    assert not asked(engine)
    (answer,) = answers(world, "claude-code", "shell", f"gh auth login --with-token={token}")
    assert answer.action is Action.ALLOW
    told = [str(answer), str(audit(world)), str(engine.status()), repr(engine.plan().losses)]
    kept = [path.read_bytes() for path in world.places.state.rglob("*") if path.is_file()]
    assert [one for one in told if token in one] == []
    assert [one for one in kept if token.encode() in one] == []
    assert all(token.encode() not in content for content in clients.bytes().values())


def test_a_client_of_whole_tools_loses_a_whole_tool_and_tells_what_it_cannot_lose(
    engine: Engine, rules: Rules, clients: Clients
) -> None:
    crush = clients.home / ".config" / "crush" / "crush.json"
    crush.parent.mkdir(parents=True)
    crush.write_text('{\n  "models": {}\n}\n', encoding="utf-8")
    rules.claude_says(deny=["Bash", "WebFetch"])
    engine.adopt("user")
    held = json.loads(crush.read_text(encoding="utf-8"))
    assert held["options"] == {"disabled_tools": ["bash"]}
    lost = {loss.key.name: loss.reason.code for _, loss in engine.plan().losses if loss.client == "crush"}
    assert lost == {"fetch": "loss.permission-action"}


def test_a_list_in_the_place_of_the_clients_own_is_filled_only_where_it_is(
    engine: Engine, rules: Rules, clients: Clients
) -> None:
    lists = clients.home / ".cursor" / "permissions.json"
    lists.parent.mkdir()
    lists.write_text('{\n  // mine\n  "terminalAllowlist": [],\n}\n', encoding="utf-8")
    rules.claude_says(allow=["Bash(npm test:*)", "mcp__gh__list"])
    engine.adopt("user")
    assert "cursor-editor" in {end.split("/")[0] for end in asked(engine)["shell: npm test"].sides}
    lost = {loss.key.name: loss.reason.code for _, loss in engine.plan().losses if loss.client == "cursor-editor"}
    assert lost == {"mcp: gh.list": "loss.permission-elsewhere"}


@pytest.mark.skipif(sys.platform != "linux", reason="where the file is there")
@pytest.mark.parametrize(
    ("setting", "value", "mode"),
    [
        ("chat.tools.global.autoApprove", True, "chat.tools.global.autoApprove = true"),
        ("chat.tools.autoApprove", True, "chat.tools.autoApprove = true"),
        ("chat.permissions.default", "autopilot", "autopilot"),
        ("chat.tools.global.autoApprove", False, ""),
        ("chat.permissions.default", "default", ""),
    ],
)
def test_a_setting_that_opens_everything_counts_before_the_switches(
    engine: Engine, clients: Clients, world: World, setting: str, value: object, mode: str
) -> None:
    settings = clients.home / ".config" / "Code" / "User" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({setting: value, "chat.tools.terminal.autoApprove": {"rm": False}}))
    engine.adopt("user")
    (answer,) = answers(world, "vscode", "shell", "rm x")
    assert (answer.action, answer.mode) == (Action.ALLOW if mode else Action.ASK, mode)


ANCHORED = """version: 1
toolPermissions:
  bash:
    commands: &mine
      - command: dd(\\s.*)?
        permission: deny
other: *mine
"""


def test_a_file_that_takes_no_edit_holds_up_no_other(engine: Engine, rules: Rules, clients: Clients) -> None:
    rules.rovo.write_text(ANCHORED)
    engine.adopt("user")
    rules.claude_says(deny=["Bash(dd:*)", "Bash(ee:*)"])
    clients.add("codex", "fresh")
    engine.sync("watch", patient=False)
    assert "Bash(ee:*)" in rules.qwen_has("deny")
    assert "fresh" in clients.servers("claude-code")
    assert rules.rovo.read_text() == ANCHORED
    assert "shell: ee" in [loss.key.name for _, loss in engine.plan().losses if loss.client == "rovodev"]


@pytest.mark.skipif(sys.platform != "linux", reason="where the file is there")
@pytest.mark.parametrize("value", [None, [], "x", True])
@pytest.mark.parametrize("what", ["terminal", "edits", "urls"])
def test_rules_of_another_form_hold_up_nothing(
    engine: Engine, rules: Rules, clients: Clients, what: str, value: object
) -> None:
    settings = clients.home / ".config" / "Code" / "User" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({f"chat.tools.{what}.autoApprove": value}))
    rules.claude_says(ask=["Bash(ee:*)", "Edit(./x/**)", "WebFetch(domain:a.b)"])
    engine.adopt("user")
    clients.add("codex", "fresh")
    engine.sync("watch")
    assert "fresh" in clients.servers("claude-code")
