"""What clients do under their own settings, as the simulator and the audit say it; each table was measured."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from aisync_desktop.clients.descriptor import Confined
from aisync_desktop.permissions.language import Action
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.reports.allowed import Answer, request_of, rulebooks
from aisync_desktop.sync.reports.audit import Rights, audit
from tests.helpers.clients import Clients

TEMPORARY = "/tmp"  # noqa: S108 - nothing is written there
LETTERS = {Action.ALLOW: "A", Action.ASK: "p", Action.DENY: "D"}
CONFINED = {Confined.READ_ONLY: "r", Confined.WORKSPACE: "w", Confined.OWN: "o"}
RULES = "".join(
    f'prefix_rule(pattern=["{word}"], decision="{decision}")\n'
    for word, decision in {"allowed": "allow", "prompted": "prompt", "forbidden": "forbidden"}.items()
)
SERVERS = '[mcp_servers.s]\ncommand = "x"\n[mcp_servers.s.tools]\nt = { approval_mode = "approve" }\n'
SERVERS += 'u = { approval_mode = "prompt" }\n'
REQUESTS = (
    ("shell", "unruled a"),
    ("shell", "allowed a"),
    ("shell", "prompted a"),
    ("shell", "forbidden a"),
    ("shell", "allowed a && unruled a"),
    ("shell", "rm -rf x"),
    ("read", "/etc/hostname"),
    ("edit", "inside"),
    ("edit", ".git/config"),
    ("edit", "/outside"),
    ("fetch", "https://example.com/"),
    ("mcp", "s.silent"),
    ("mcp", "s.t"),
    ("mcp", "s.u"),
)


class Desk:
    """Settings by hand, and what is answered then."""

    def __init__(self, clients: Clients, world: World) -> None:
        self.clients, self._world = clients, world
        self.root = clients.home / "work"
        self.root.mkdir()

    def codex(self, settings: str, tables: str = "", trust: str = "") -> None:
        trusted = f'[projects."{self.root}"]\ntrust_level = "{trust}"\n' if trust else ""
        self._write(self.clients.paths["codex"], f"{settings}\n{SERVERS}{tables}{trusted}")
        self._write(self.clients.home / ".codex/rules/default.rules", RULES)

    def project(self, path: str, text: str) -> Path:
        return self._write(self.root / path, text)

    def user(self, path: str, settings: object) -> Path:
        return self._write(self.clients.home / path, json.dumps(settings, indent=2))

    @staticmethod
    def _write(path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def ask(self, client: str, tool: str, argument: str) -> Answer:
        (found,) = self.answers(client, (tool, argument))
        return found

    def answers(self, client: str, *requests: tuple[str, str]) -> list[Answer]:
        (book,) = [one for one in rulebooks(self._world, str(self.root)) if one.client == client]
        return [book.answer(request_of(tool, argument, book.where)) for tool, argument in requests]

    def letters(self, client: str, *requests: tuple[str, str]) -> str:
        return "".join(map(_letter, self.answers(client, *(requests or REQUESTS))))

    def audit(self, client: str) -> Rights:
        (found,) = [one for one in audit(self._world, str(self.root)) if one.client == client]
        return found


def _letter(answer: Answer) -> str:
    return "j" if answer.judge == "model" else CONFINED.get(answer.confined, LETTERS[answer.action])


@pytest.fixture
def desk(engine: Engine, clients: Clients, world: World) -> Desk:
    del engine  # it makes the database that is looked into
    return Desk(clients, world)


def policy(approval: str, sandbox: str = "") -> str:
    return f"approval_policy = {approval}\n" + (f'sandbox_mode = "{sandbox}"\n' if sandbox else "")


def granular(*, sandbox: str, rules: str) -> str:
    return f"{{ granular = {{ sandbox_approval = {sandbox}, rules = {rules}, mcp_elicitations = true }} }}"


# By settings and the folder's trust; the columns are those of REQUESTS: shell, read, edit, fetch, mcp.
CODEX = {
    ("", ""): "rApDrp r ppp p pAp",
    ("", "trusted"): "wApDwp w wpp p pAp",
    ("", "untrusted"): "pApDpp p ppp p pAp",
    (policy('"on-failure"', "workspace-write"), ""): "wApDwp w wpp p pAp",
    (policy('"on-request"', "danger-full-access"), ""): "AApDAp A AAA A pAp",
    (policy('"never"'), ""): "rADDrD r DDD D DAD",
    (policy('"never"', "workspace-write"), ""): "wADDwD w wDD D DAD",
    (policy('"never"', "danger-full-access"), ""): "AADDAD A AAA A AAA",
    (policy('"never"'), "untrusted"): "wADDwD w wDD D DAD",
    (policy(granular(sandbox="false", rules="true"), "read-only"), ""): "rApDrp r DDD D pAp",
    ('default_permissions = ":workspace"\nsandbox_mode = "danger-full-access"', ""): "wApDwp w wpp p pAp",
    ('default_permissions = ":danger-full-access"', ""): "AApDAp A AAA A pAp",
    ('default_permissions = "mine"', ""): "oApDop p ppp p pAp",
}


@pytest.mark.parametrize(("settings", "trust"), CODEX)
def test_what_runs_is_decided_by_approval_and_sandbox_together(desk: Desk, settings: str, trust: str) -> None:
    desk.codex(settings, trust=trust)
    assert desk.letters("codex") == CODEX[settings, trust].replace(" ", "")


def test_a_rule_that_asks_is_refused_where_rules_may_not_ask(desk: Desk) -> None:
    desk.codex(policy(granular(sandbox="true", rules="false"), "read-only"))
    assert desk.letters("codex", ("shell", "prompted a"), ("shell", "unruled a"), ("edit", "inside")) == "Drp"


STOPPED = {
    "read-only": "ppppprr",
    "workspace-write": "wppppww",
}


@pytest.mark.parametrize("sandbox", STOPPED)
def test_what_the_sandbox_stops_is_asked_about_where_the_policy_says_so(desk: Desk, sandbox: str) -> None:
    lines = ("allowed 9 > here", "unruled > /outside", "touch .git/x", "mkdir /srv/a", "sed -i s/a/b/ /etc/x")
    asked = [("shell", line) for line in (*lines, "unruled 2> /dev/null", "cat /etc/hostname")]
    desk.codex(policy(granular(sandbox="true", rules="true"), sandbox))
    assert desk.letters("codex", *asked) == STOPPED[sandbox]
    assert desk.ask("codex", *asked[1]).mode == "sandbox_approval = true"
    for silent in (granular(sandbox="false", rules="true"), '"on-request"', '"on-failure"', '"never"'):
        desk.codex(policy(silent, sandbox))
        assert set(desk.letters("codex", *asked)) == {sandbox[0]}


def test_of_a_sandbox_of_ones_own_nobody_knows_what_it_stops(desk: Desk) -> None:
    desk.codex(f'{policy(granular(sandbox="true", rules="true"))}default_permissions = "mine"')
    assert desk.letters("codex", ("shell", "unruled a"), ("shell", "touch x")) == "op"


def test_folders_and_hosts_that_the_sandbox_leaves_open_are_told(desk: Desk) -> None:
    asked = (("edit", f"{TEMPORARY}/x"), ("fetch", "https://example.com/"), ("edit", "/srv/a/b"))
    desk.codex(policy('"never"', "workspace-write"))
    assert desk.letters("codex", *asked) == "wDD"
    opened = '[sandbox_workspace_write]\nnetwork_access = true\nexclude_slash_tmp = true\nwritable_roots = ["/srv/a"]\n'
    desk.codex(policy('"never"', "workspace-write"), opened)
    assert desk.letters("codex", *asked) == "Dww"


@pytest.mark.parametrize(("trust", "letters"), [("", "rp"), ("trusted", "AD"), ("untrusted", "pp")])
def test_a_projects_settings_rules_and_servers_count_in_a_folder_that_is_trusted(
    desk: Desk, trust: str, letters: str
) -> None:
    desk.codex("", trust=trust)
    own = desk.project(".codex/config.toml", policy('"never"', "danger-full-access"))
    desk.project(".codex/rules/own.rules", 'prefix_rule(pattern=["own"], decision="forbidden")\n')
    assert desk.letters("codex", ("shell", "unruled a")) == letters[0]
    assert desk.letters("codex", ("shell", "prompted a")) == letters[1]
    assert (desk.ask("codex", "shell", "own").action is Action.DENY) is (trust == "trusted")
    assert (desk.ask("codex", "shell", "unruled a").path == str(own)) is (trust == "trusted")


def test_the_mode_that_decides_is_named_with_its_file_and_line(desk: Desk) -> None:
    desk.codex(policy('"never"', "danger-full-access"))
    answer = desk.ask("codex", "shell", "unruled a")
    path = str(desk.clients.paths["codex"])
    assert (answer.mode, answer.path, answer.line, answer.rule) == ("danger-full-access", path, 2, "")
    assert desk.ask("codex", "mcp", "s.u").mode == "never, danger-full-access"
    refused = desk.ask("codex", "shell", "prompted a")
    assert (refused.action, refused.mode, refused.line) == (Action.DENY, "never", 1)


def test_what_a_sandbox_confines_is_no_danger_but_reading_and_is_not_the_same_right(desk: Desk) -> None:
    desk.codex("", trust="trusted")
    desk.user(".claude/settings.json", {"permissions": {"allow": ["Bash(make test)"]}})
    assert [(one.code, one.answer.confined) for one in desk.audit("codex").dangers] == [("keys", "workspace")]
    (right,) = desk.audit("claude-code").rights
    assert "codex" in right.not_at


def test_the_audit_names_a_mode_in_which_nothing_is_asked_and_nothing_confines(desk: Desk) -> None:
    desk.codex(policy('"never"', "danger-full-access"))
    dangers = {one.code: one.answer for one in desk.audit("codex").dangers}
    assert dangers.keys() == {"open", "servers"}
    assert (dangers["open"].mode, dangers["open"].line) == ("danger-full-access", 2)
    claude = desk.user(".claude/settings.json", {"permissions": {"defaultMode": "bypassPermissions"}})
    (danger,) = desk.audit("claude-code").dangers
    assert (danger.code, danger.answer.path, danger.answer.line) == ("open", str(claude), 3)
    desk.user(".qwen/settings.json", {"tools": {"approvalMode": "yolo"}, "$version": 4})
    assert [one.code for one in desk.audit("qwen-code").dangers] == ["open"]
    assert [one.rule for one in desk.audit("qwen-code").rights] == []


FILES = (
    ("edit", "a.txt"),
    ("edit", ".git/x"),
    ("edit", "/outside"),
    ("edit", "ok/a"),
    ("edit", "ask/a"),
    ("edit", "no/a"),
)
OTHERS = (("read", "a.txt"), ("read", "/outside"), ("fetch", "https://example.com/"))
SHELL = (("shell", "unruled a"), ("shell", "allowed a"), ("shell", "prompted a"), ("shell", "denied a"))
LISTS = {
    "allow": ["Bash(allowed:*)", "Edit(ok/**)"],
    "ask": ["Bash(prompted:*)", "Edit(ask/**)"],
    "deny": ["Bash(denied:*)", "Edit(no/**)"],
}
CLAUDE = {  # the columns: SHELL, FILES, OTHERS
    "": "jApD AjjApD AAj",
    "default": "pApD pppApD App",
    "unknown": "pApD pppApD App",
    "acceptEdits": "pApD AppApD App",
    "plan": "jApD pppppD AAj",
    "auto": "jApD AjjApD AAj",
    "dontAsk": "DADD DDDADD ADD",
    "bypassPermissions": "AApD AAAApD AAA",
}
QWEN = {
    "": "jApD AjjApD AAj",
    "default": "pApD pppApD App",
    "plan": "pppD DDDADD App",
    "auto-edit": "pApD AAAAAD AAA",
    "auto": "jApD AjjApD AAj",
    "yolo": "AAAD AAAAAD AAA",
}


@pytest.mark.parametrize("mode", CLAUDE)
def test_every_mode_with_lists_that_are_exact_is_answered_as_it_was_measured(desk: Desk, mode: str) -> None:
    desk.user(".claude/settings.json", {"permissions": LISTS | ({"defaultMode": mode} if mode else {})})
    assert desk.letters("claude-code", *SHELL, *FILES, *OTHERS) == CLAUDE[mode].replace(" ", "")


@pytest.mark.parametrize("mode", QWEN)
def test_every_mode_with_lists_of_prefixes_is_answered_as_it_was_measured(desk: Desk, mode: str) -> None:
    tools = {"tools": {"approvalMode": mode}} if mode else {}
    desk.user(".qwen/settings.json", {"$version": 4, "permissions": LISTS, **tools})
    assert desk.letters("qwen-code", *SHELL, *FILES, *OTHERS) == QWEN[mode].replace(" ", "")


EDITS = ("rm -rf d", "sed -i s/a/b/ a.txt && touch q", "echo hi > e.txt", "cat a.txt > z.txt", "mv b.txt bb.txt")
NO_EDITS = (
    *("rm", "rm -rf .", "rm -rf *", "rm /outside", "cp /outside h", "touch ../x", "touch ~/x", "touch sub/.git/x"),
    *("echo x >> .bashrc", "touch $(echo t)", "touch t; (unruled)", "X=1 touch t", "timeout 5 touch t"),
    *("/usr/bin/touch t", "touch a | tee b", "touch 'a", "touch c && unruled"),
)


def test_commands_that_only_edit_files_of_the_folder_are_edits(desk: Desk) -> None:
    desk.user(".claude/settings.json", {"permissions": {"defaultMode": "acceptEdits"}})
    assert desk.letters("claude-code", *(("shell", command) for command in EDITS)) == "A" * len(EDITS)
    assert desk.letters("claude-code", *(("shell", command) for command in NO_EDITS)) == "p" * len(NO_EDITS)


def test_the_more_personal_file_sets_the_mode_but_no_projects_file_sets_a_dangerous_one(desk: Desk) -> None:
    desk.user(".claude/settings.json", {"permissions": {"defaultMode": "bypassPermissions"}})
    desk.project(".claude/settings.json", '{"permissions": {"defaultMode": "dontAsk"}}')
    assert desk.letters("claude-code", ("shell", "unruled a")) == "D"
    desk.project(".claude/settings.local.json", '{"permissions": {"defaultMode": "acceptEdits"}}')
    assert desk.letters("claude-code", ("shell", "unruled a"), ("edit", "a.txt")) == "pA"
    desk.user(".claude/settings.json", {"permissions": {"defaultMode": "acceptEdits"}})
    for path in (".claude/settings.json", ".claude/settings.local.json"):
        desk.project(path, '{"permissions": {"defaultMode": "bypassPermissions"}}')
    assert desk.letters("claude-code", ("shell", "unruled a"), ("edit", "a.txt")) == "pp"


def test_settings_of_a_wrong_kind_say_nothing(desk: Desk) -> None:
    desk.user(".claude/settings.json", {"permissions": {"defaultMode": ["bypassPermissions"]}})
    desk.user(".qwen/settings.json", {"$version": 4, "tools": {"approvalMode": {"yolo": 1}}})
    assert desk.letters("claude-code", ("shell", "unruled a")) == "p"
    assert desk.ask("qwen-code", "shell", "unruled a").action is Action.ASK


def test_modes_are_neither_written_nor_synced(desk: Desk, engine: Engine, clients: Clients) -> None:
    desk.codex(policy('"never"', "danger-full-access"))
    desk.user(".claude/settings.json", {"permissions": {"defaultMode": "acceptEdits", "deny": ["Bash(dd:*)"]}})
    engine.adopt("user")
    assert clients.paths["codex"].read_text(encoding="utf-8").startswith(policy('"never"', "danger-full-access"))
    assert "approvalMode" not in clients.paths["qwen-code"].read_text(encoding="utf-8")
    told = [loss.key.name for _, loss in engine.plan().losses if loss.key.kind == "permissions"]
    assert [name for name in told if "Mode" in name or "policy" in name] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere these clients keep their settings in other folders")
def test_settings_that_open_everything_are_named_wherever_a_client_keeps_them(desk: Desk) -> None:
    code = desk.user(".config/Code/User/settings.json", {"chat.tools.global.autoApprove": True})
    (danger,) = desk.audit("vscode").dangers
    assert (danger.code, danger.answer.path, danger.answer.line) == ("open", str(code), 2)
    assert danger.answer.mode == "chat.tools.global.autoApprove = true"
    desk.user(".config/goose/config.yaml", {"GOOSE_MODE": "auto"})
    assert [one.code for one in desk.audit("goose").dangers] == ["open"]


def test_modes_of_other_clients_are_known(desk: Desk) -> None:
    desk.user(".gemini/settings.json", {"general": {"defaultApprovalMode": "auto_edit"}})
    assert desk.letters("gemini-cli", ("edit", "a.txt"), ("edit", "/outside"), ("shell", "make")) == "App"
    desk.user(".qoder/settings.json", {"general": {"defaultPermissionMode": "bypass_permissions"}})
    assert [one.code for one in desk.audit("qoder-cli").dangers] == ["open"]
    desk.user(".cursor/cli-config.json", {"version": 1, "approvalMode": "unrestricted"})
    assert [one.code for one in desk.audit("cursor").dangers] == ["open"]


@pytest.mark.parametrize("mode", ["YOLO", "yolo ", "auto_edit", "autoEdit"])
def test_a_mode_is_read_in_any_case(desk: Desk, mode: str) -> None:
    desk.user(".qwen/settings.json", {"$version": 4, "tools": {"approvalMode": mode}})
    assert desk.letters("qwen-code", ("edit", "/outside"), ("fetch", "https://example.com/")) == "AA"


def test_a_model_that_reviews_is_named(desk: Desk) -> None:
    desk.codex('approvals_reviewer = "auto_review"\n' + policy('"on-request"', "workspace-write"))
    assert desk.letters("codex", ("edit", "/outside"), ("shell", "prompted a")) == "jj"
