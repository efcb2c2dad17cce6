"""What clients do under their own settings, and what the simulator says that they do.

Scripts that tell what they may do are run through rules and modes; a file that a sandbox cannot write tells whether
there was one. The model asks for all calls at once, and the user says no to every question.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.clients.descriptor import Confined
from aisync_desktop.permissions.language import Action, Request, Tool
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.reports.allowed import Answer, Rulebook, request_of, rulebooks
from tests.oracles import model, session
from tests.oracles.clients import CLIENTS as EVERYBODY
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import PORT, Sandbox
from tests.oracles.test_permissions import CLIENTS, Asked

_MODEL_PORT = PORT + 1
_STOPPED = "Read-only file system"
_WORDS = {"allowed": "allow", "prompted": "prompt", "forbidden": "forbidden"}
_RULES = "".join(f'prefix_rule(pattern=["{word}"], decision="{said}")\n' for word, said in _WORDS.items())
_PROBE = """#!/bin/sh
touch "OUTSIDE/$1" 2>/dev/null && printf OUT
touch "in-$1" 2>/dev/null && printf IN
echo RAN
"""
_CODEX = f"""
model = "probe"
model_provider = "probe"
{{settings}}
[model_providers.probe]
name = "probe"
base_url = "http://127.0.0.1:{_MODEL_PORT}/v1"
wire_api = "responses"
stream_max_retries = 0
request_max_retries = 0
[mcp_servers.s]
command = "{sys.executable}"
args = ["{{probe}}", "stdio", "s"]
[mcp_servers.s.tools.danger_tool]
approval_mode = "{{approval}}"
{{trust}}
"""


def granular(*, sandbox: bool, rules: bool) -> str:
    said = {"sandbox_approval": sandbox, "rules": rules, "mcp_elicitations": True}
    return "{ granular = { " + ", ".join(f"{name} = {str(value).lower()}" for name, value in said.items()) + " } }"


def settings(approval: str, sandbox: str = "") -> str:
    named = approval if approval.startswith("{") else f'"{approval}"'
    return f"approval_policy = {named}\n" + (f'sandbox_mode = "{sandbox}"\n' if sandbox else "")


CODEX = [
    ("", ""),
    ("", "trusted"),
    ("", "untrusted"),
    *((settings("on-request", sandbox), "") for sandbox in ("read-only", "workspace-write", "danger-full-access")),
    *((settings("never", sandbox), "") for sandbox in ("read-only", "workspace-write", "danger-full-access")),
    (settings("never"), "untrusted"),
    (settings("on-failure", "workspace-write"), "trusted"),
    (settings(granular(sandbox=False, rules=True), "workspace-write"), ""),
    (settings(granular(sandbox=True, rules=True), "read-only"), ""),
    (settings("on-request", "workspace-write") + "sandbox_workspace_write = { exclude_slash_tmp = true }\n", ""),
    ('default_permissions = ":workspace"\nsandbox_mode = "danger-full-access"', ""),
    ('approval_policy = "never"\ndefault_permissions = ":danger-full-access"', ""),
]


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that no sandbox may write in: the home of a test is in one for temporary files, where it may."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as made:
        yield Path(made)


@pytest.fixture
def world(box: Sandbox) -> Iterator[World]:
    """Our own view of the sandbox's home."""
    del box
    surroundings = World.real(os.environ)
    with closing(open_engine(surroundings)):
        yield surroundings


def book_of(world: World, client: str, root: Path) -> Rulebook:
    (found,) = [book for book in rulebooks(world, str(root)) if book.client == client]
    return found


def asked_for(name: str, given: Mapping[str, Any]) -> tuple[str, str]:
    """Return a call of one client as a request that the simulator knows."""
    if name.startswith("mcp__"):
        return "mcp", name.removeprefix("mcp__").replace("/", ".")
    command = given["cmd"]
    if "*** Add File: " in command:
        return "edit", command.partition("*** Add File: ")[2].partition("\n")[0]
    return ("read", command.removeprefix("cat ")) if command.startswith("cat ") else ("shell", command)


def codex_calls(box: Sandbox, outside: Path) -> list[tuple[str, dict[str, Any]]]:
    programs = box.home / "bin"
    for name in ("unruled", *_WORDS):
        (programs / name).parent.mkdir(exist_ok=True)
        (programs / name).write_text(_PROBE.replace("OUTSIDE", str(outside)), encoding="utf-8")
        (programs / name).chmod(0o755)
    (outside / "secret").write_text("SECRET", encoding="utf-8")
    ran = [f"{programs}/{name} {place}" for place, name in enumerate(("unruled", *_WORDS))]
    mixed = [f"{programs}/allowed 7 && {programs}/unruled 8", f"{programs}/allowed 9 > here"]
    forced = [
        "rm -f nothing",
        "sudo rm -rf nothing",
        "timeout 5 rm -f nothing",
        "bash -c 'rm -f nothing'",
        "rm nothing",
    ]
    edited = [
        "inside.txt",
        f"{outside}/new.txt",
        ".git/new",
        ".codex/new",
        ".agents/new",
        "sub/.git/new",
        str(box.home / "new.txt"),
    ]
    patches = [f"apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: {file}\n+x\n*** End Patch\nEOF" for file in edited]
    commands = [*ran, *mixed, *forced, f"cat {outside}/secret", *patches]
    shell = [("exec_command", {"cmd": command}) for command in commands]
    return [*shell, ("mcp__s/ping_tool", {}), ("mcp__s/danger_tool", {})]


def letter_of_codex(name: str, said: str, *, was_asked: bool) -> str:
    """Return what became of a call; the tools of the server here do not work, which tells that they were reached."""
    if was_asked or "user rejected MCP tool call" in said:
        return "p"
    ran = "no such method" in said if name.startswith("mcp__") else "ejected" not in said
    return "A" if ran else "D"


def letter(answer: Answer) -> str:
    return {Action.ALLOW: "A", Action.ASK: "p", Action.DENY: "D"}[answer.action]


def confinement(said: str) -> Confined:
    return Confined.NO if "OUT" in said else Confined.WORKSPACE if "IN" in said else Confined.READ_ONLY


@only("codex")
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("said", "trust"), CODEX)
def test_what_runs_and_where_is_what_the_simulator_says(
    client: RealClient, box: Sandbox, world: World, outside: Path, said: str, trust: str
) -> None:
    trusted = f'[projects."{box.folder}"]\ntrust_level = "{trust}"' if trust else ""
    written = _CODEX.format(settings=said, probe=box.probe, approval="approve" if trust else "prompt", trust=trusted)
    for path, text in {".codex/config.toml": written, ".codex/rules/default.rules": _RULES}.items():
        (box.home / path).parent.mkdir(parents=True, exist_ok=True)
        (box.home / path).write_text(text, encoding="utf-8")
    calls = codex_calls(box, outside)
    book = book_of(world, client.id, box.folder)
    answers = [book.answer(request_of(*asked_for(*call), book.where)) for call in calls]
    results = held(box, calls)
    at_once = [place for place, answer in enumerate(answers) if not is_asked_once_stopped(answer)]
    ours = {json.dumps(calls[place]): letter(answers[place]) for place in at_once}
    theirs = {json.dumps(calls[place]): results[place][0] for place in at_once}
    assert ours == theirs
    for (_, given), answer, (_, told) in zip(calls, answers, results, strict=True):
        if "RAN" in told and ">" not in given["cmd"]:
            assert answer.confined is confinement(told), (given, told)


def is_asked_once_stopped(answer: Answer) -> bool:
    """Return whether the client asks when its sandbox has stopped a command: it may not see that of many at once."""
    return answer.action is Action.ASK and "sandbox_approval" in answer.mode


@only("codex")
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("approval", "sandbox"),
    [
        (granular(sandbox=True, rules=True), "read-only"),
        (granular(sandbox=True, rules=False), "workspace-write"),
        (granular(sandbox=False, rules=True), "read-only"),
        ("on-failure", "workspace-write"),
        ("on-request", "read-only"),
    ],
)
def test_what_the_sandbox_stops_is_asked_about_where_the_simulator_says_so(
    client: RealClient, box: Sandbox, world: World, outside: Path, approval: str, sandbox: str
) -> None:
    written = _CODEX.format(settings=settings(approval, sandbox), probe=box.probe, approval="prompt", trust="")
    (box.home / client.file).parent.mkdir()
    (box.home / client.file).write_text(written, encoding="utf-8")
    book = book_of(world, client.id, box.folder)
    wrong = {}
    for line in ("echo x > here", f"touch {outside}/x", "echo x 2> /dev/null"):
        said = letter(book.answer(request_of("shell", line, book.where)))
        ((real, told),) = held(box, [("exec_command", {"cmd": line})])
        is_unseen = said == "p" and _STOPPED in told  # on a busy machine the client may miss why it failed
        if real != said and not is_unseen:
            wrong[line] = f"{real}, not {said}"
    assert wrong == {}


def held(box: Sandbox, calls: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, str]]:
    """Hold a session; return what became of each call, and what the client said of it."""
    script, results, asked = (box.home / name for name in ("script.json", "results.json", "asked.json"))
    script.write_text(json.dumps(calls), encoding="utf-8")
    speaking = (sys.executable, str(session.__file__), str(asked), "codex", "app-server")
    ran = box.run(sys.executable, str(model.__file__), str(_MODEL_PORT), str(script), str(results), *speaking)
    assert asked.exists(), ran.said
    questions = json.loads(asked.read_text(encoding="utf-8"))
    said = json.loads(results.read_text(encoding="utf-8"))
    return [
        (letter_of_codex(name, told, was_asked=f"call_{place}" in questions), told)
        for place, ((name, _), told) in enumerate(zip(calls, said, strict=True))
    ]


@only("codex")
def test_a_policy_that_the_client_gave_up_keeps_it_from_starting(client: RealClient, box: Sandbox) -> None:
    path = box.home / client.file
    path.parent.mkdir()
    path.write_text(settings("untrusted"), encoding="utf-8")
    assert "no longer supported" in box.run("codex", "exec", "--skip-git-repo-check", "hello").said


LISTS = {
    "allow": ["Bash(allowed:*)", "Edit(ok/**)"],
    "ask": ["Bash(prompted:*)", "Edit(ask/**)"],
    "deny": ["Bash(denied:*)", "Edit(no/**)"],
}
_BY_ID = {client.id: client for client in EVERYBODY}
MODES = [
    pytest.param(_BY_ID[name], mode, scope, id=f"{name} {mode or 'unset'} {scope}")
    for name, scope, modes in (
        ("claude-code", "user", ("acceptEdits", "auto", "plan", "dontAsk", "bypassPermissions")),
        ("claude-code", "project", ("acceptEdits", "auto", "bypassPermissions")),
        ("qwen-code", "user", ("", "auto", "plan", "auto-edit", "yolo")),
    )
    for mode in modes
]
# What a mode says besides: a model is to decide, and there is none; the mode refuses.
_JUDGED = re.compile(r"safety check does not run|could not determine whether")
_BLOCKED = re.compile(r"^Tool blocked by plan mode|^Plan mode blocked|don't ask mode")
_EDITS = ("touch in.txt", "mkdir d", "rm -rf d", "echo hi > e.txt", "echo x >> .bashrc", "touch .git/x")


def requests(box: Sandbox, outside: Path) -> list[Request]:
    (box.folder / ".git").mkdir()
    for file in (box.folder / "a.txt", outside / "secret"):
        file.write_text("x", encoding="utf-8")
    commands = ("ls", "unruled a", "allowed a", "prompted a", "denied a", *_EDITS, f"touch {outside}/t")
    edited = ("new.txt", ".git/new", "ok/new", "ask/new", "no/new", ".mcp.json")
    files = [*(f"{box.folder}/{name}" for name in edited), f"{outside}/new.txt"]
    read = [f"{box.folder}/a.txt", f"{outside}/secret"]
    return [
        *(Request(Tool.SHELL, one) for one in commands),
        *(Request(Tool.READ, one) for one in read),
        *(Request(Tool.EDIT, one) for one in files),
    ]


def lists_in(asked: Asked, mode: str) -> dict[str, Any]:
    """Return settings with the lists in a mode; for one of the clients rules that unlock its tools must be there."""
    more = {name: value for name, value in asked.more.items() if name.startswith("$")}
    told: dict[str, Any] = {**more, "permissions": {**LISTS, "allow": [*asked.unlocked, *LISTS["allow"]]}}
    if mode and more:
        return told | {"tools": {"approvalMode": mode}}
    return told | {"permissions": told["permissions"] | ({"defaultMode": mode} if mode else {})}


def written(path: Path, told: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("client", "mode", "scope"), MODES, indirect=["client"])
def test_what_is_asked_in_a_mode_is_what_the_simulator_says(
    client: RealClient, box: Sandbox, world: World, outside: Path, mode: str, scope: str
) -> None:
    asked = CLIENTS[client.id]
    written(box.home / asked.settings, lists_in(asked, mode if scope == "user" else ""))
    if scope == "project":
        written(box.folder / asked.settings, {"permissions": {"defaultMode": mode}})
    written(box.home / ".claude.json", {"projects": {str(box.folder): {"hasTrustDialogAccepted": True}}})
    tried = requests(box, outside)
    book = book_of(world, client.id, box.folder)
    answers = [book.answer(one) for one in tried]
    theirs = headless(box, asked, tried)
    wrong = {
        request.argument: f"{told}, not {answer.action} by {answer.judge}"
        for request, answer, told in zip(tried, answers, theirs, strict=True)
        if told not in _letters(answer)
    }
    assert wrong == {}


def _letters(answer: Answer) -> str:
    """Return what can become of it where nobody is there: a model that is to decide cannot, and may not be asked."""
    return (
        "pj"
        if answer.judge == "model"
        else "pjB"
        if answer.action is Action.ASK
        else letter(answer) + "B" * (answer.action is Action.DENY)
    )


def headless(box: Sandbox, asked: Asked, tried: list[Request]) -> list[str]:
    """Run a client in which nobody can be asked; return what became of each request."""
    words = list(asked.command)
    if "--permission-mode" in words:  # it would count before the settings
        at = words.index("--permission-mode")
        del words[at : at + 2]
    script, results = box.home / "script.json", box.home / "results.json"
    script.write_text(json.dumps([asked.call(one) for one in tried]), encoding="utf-8")
    speaking = (sys.executable, str(model.__file__), str(_MODEL_PORT), str(script), str(results), *words)
    ran = box.run(*speaking, environment={**asked.environment, "IS_SANDBOX": "1"}, patience=150)
    assert results.exists(), ran.said
    return [_letter_of(asked, said) for said in json.loads(results.read_text(encoding="utf-8"))]


def _letter_of(asked: Asked, said: str) -> str:
    if _BLOCKED.search(said):
        return "B"
    return "j" if _JUDGED.search(said) else asked.letter(said)
