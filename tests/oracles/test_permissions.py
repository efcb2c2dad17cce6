"""What a client does with commands and files under rules, and what our evaluation says that it does.

The model asks for hundreds of calls in one answer; what the client allows it really runs, in the sandbox, so that there
is nothing among them that would harm: the programs that the rules are about do not exist.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.base import Dialect
from aisync_desktop.clients.dialects.registry import dialect_of
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Request, Surrounding, Tool
from tests.clients.dialects.test_lists import BACKTICKS, DENIED, DENIED_WHOLE, EXPANDED, INTRICATE, PLAIN
from tests.helpers.dialect_laws import endpoint
from tests.helpers.permission_tables import LETTERS, config
from tests.oracles import model
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import PORT, Sandbox
from tests.permission_corpus import COMMANDS

SESSIONS = 6
CALLS = 120
_MODEL_PORT = PORT + 1
_HARMFUL = re.compile(  # or not to be sent at all
    r"/etc/|\brm\b|watch|ssh|docker|npx|curl|wget|npm|strace|python|doas|sudo|\.\./out|git push"
    r"|LD_PRELOAD|\ud800|[\0\r\x0b]"
)
_WAITS = re.compile(r"(?:^|[;&(])\s*xargs")  # for an input that never ends
_PATTERNS = (
    *(
        "foo",
        "foo a",
        "foo:*",
        "foo a:*",
        "foo *",
        "foo * b",
        "* a",
        "foo*",
        "foo a *",
        "bar",
        "bar:*",
        "bar x",
        "* b *",
    ),
    *(
        "git status",
        "ls:*",
        "timeout:*",
        "xargs:*",
        "bash:*",
        "foo * *",
        "*foo*",
        "fo* a",
        "cd:*",
        "echo *",
        "X=1 foo:*",
    ),
)
# Each rule for files has names of its own, by its number, so that all of them can be tried at once.
_FILES = (
    ".env{n}",
    "pkg/.env{n}",
    "src{n}/a.ts{n}",
    "pkg/src{n}/b.ts{n}",
    "src{n}/deep/c.ts{n}",
    "a b{n}/c",
    "xsrc{n}/d",
)
_PATHS = (
    *(
        ".env{n}",
        "./.env{n}",
        "**/.env{n}",
        "/.env{n}",
        "src{n}",
        "src{n}/**",
        "/src{n}/**",
        "src{n}/*",
        "**/src{n}/**",
    ),
    *(
        "*.ts{n}",
        "**/*.ts{n}",
        "/**/*.ts{n}",
        "pkg/src{n}",
        "pkg/src{n}/**",
        "//**/.env{n}",
        "~/code/src{n}/**",
        "sr?{n}/*",
    ),
    *("~/code/.env{n}", "a b{n}/**", "./src{n}/**", "/*/src{n}/**", "src{n}/a.ts{n}", "src{n}/", "/src{n}"),
)


@dataclass(frozen=True)
class Asked:
    """How one client is asked for calls, and what its answers mean."""

    dialect: DialectName
    settings: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    names: Mapping[Tool, str]
    denied: str
    asked: str
    more: Mapping[str, object]
    for_commands: Mapping[str, object]  # what a call of the shell has to say besides
    unlocked: tuple[str, ...] = ()  # rules without which the client refuses whole tools when nobody is there to ask

    def engine(self, *, project: bool) -> Dialect:
        """Return our evaluation of a file of the client's."""
        folder = "./" if project else "~/"
        where = {"scope": "project" if project else "user", "paths": [folder + self.settings]}
        return dialect_of(endpoint(self.dialect, Format.JSON, root=["permissions"], **where))

    def letter(self, said: str) -> str:
        """Return what an answer means."""
        if re.search(self.denied, said):
            return "D"
        return "p" if re.search(self.asked, said) else "?" if not said or "ValidationError" in said else "A"

    def call(self, request: Request) -> tuple[str, Mapping[str, object]]:
        """Return the call of a request."""
        name = self.names[request.tool]
        if request.tool is Tool.SHELL:
            return name, {"command": request.argument, **self.for_commands}
        return name, {"file_path": request.argument} | ({"content": "x"} if request.tool is Tool.EDIT else {})


CLIENTS = {
    "claude-code": Asked(
        DialectName.LISTS,
        ".claude/settings.json",
        (
            "claude",
            "-p",
            "go",
            "--output-format",
            "json",
            "--permission-mode",
            "default",
            "--permission-prompts",
            "none",
        ),
        {"ANTHROPIC_API_KEY": "dummy", "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{_MODEL_PORT}"},
        {Tool.SHELL: "Bash", Tool.READ: "Read", Tool.EDIT: "Write"},
        "has been denied|denied by your permission settings",
        "no approval surface",
        {},
        {},
    ),
    "qwen-code": Asked(
        DialectName.PREFIX_LISTS,
        ".qwen/settings.json",
        ("qwen", "-p", "go", "--auth-type", "openai"),
        {
            "OPENAI_BASE_URL": f"http://127.0.0.1:{_MODEL_PORT}/v1",
            "OPENAI_API_KEY": "dummy",
            "OPENAI_MODEL": "probe",
        },
        {Tool.SHELL: "run_shell_command", Tool.READ: "read_file", Tool.EDIT: "write_file"},
        "denied by permission|Matching deny",
        "requires permission|requires user",
        {"$version": 4, "tools": {"approvalMode": "default"}},
        {"is_background": False},
        ("run_shell_command(zzz)", "edit(zzz)", "write_file(zzz)"),
    ),
}
both = only(*CLIENTS)


def answers(box: Sandbox, asked: Asked, file: Path, lists: Mapping[str, Sequence[str]], requests: list[Request]) -> str:
    """Return what the client does with each request, as letters."""
    permissions = {**lists, "allow": [*asked.unlocked, *lists.get("allow", ())]}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**asked.more, "permissions": permissions}), encoding="utf-8")
    (box.folder / ".git").mkdir(exist_ok=True)  # what is trusted is a repository, whatever lies in the folders above
    trusted = {"projects": {str(box.folder): {"hasTrustDialogAccepted": True}}}
    (box.home / ".claude.json").write_text(json.dumps(trusted), encoding="utf-8")
    script, results = box.home / "script.json", box.home / "results.json"
    script.write_text(json.dumps([asked.call(one) for one in requests]), encoding="utf-8")
    results.unlink(missing_ok=True)
    words = (sys.executable, str(model.__file__), str(_MODEL_PORT), str(script), str(results), *asked.command)
    ran = box.run(*words, environment=asked.environment, patience=150)
    assert results.exists(), ran.said
    return "".join(map(asked.letter, json.loads(results.read_text(encoding="utf-8"))))


def commands(chance: random.Random) -> list[str]:
    """Return commands that harm nobody, some of them joined."""
    harmless = [line for line in COMMANDS if line.strip() and len(line) < 300 and not _HARMFUL.search(line)]
    joined = [
        f"{chance.choice(harmless)} {chance.choice(['&&', ';', '|'])} {chance.choice(harmless)}" for _ in harmless
    ]
    return [line for line in chance.sample(harmless + joined, CALLS * 2) if _is_sound(line)][:CALLS]


def _is_sound(line: str) -> bool:
    """Return whether a shell would run a line to its end: what is no shell each client takes apart in its own way."""
    return (
        not _WAITS.search(line)
        and subprocess.run(["bash", "-n", "-c", line], capture_output=True, check=False).stderr == b""
    )


def lists_of(chance: random.Random, tool: str, patterns: Sequence[str]) -> dict[str, list[str]]:
    """Return lists of some rules."""
    lists = {
        name: [f"{tool}({one})" for one in chance.sample(patterns, chance.randint(0, 2))]
        for name in ("allow", "ask", "deny")
    }
    return lists | {"allow": [tool]} if chance.random() < 1 / 2 else lists


@both
@pytest.mark.timeout(600)
@pytest.mark.parametrize("session", range(SESSIONS))
def test_commands_are_decided_as_our_evaluation_says(box: Sandbox, client: RealClient, session: int) -> None:
    chance, asked = random.Random(session), CLIENTS[client.id]
    lists = lists_of(chance, "Bash", _PATTERNS)
    requests = [Request(Tool.SHELL, line) for line in commands(chance)]
    compare(box, asked, lists, requests, project=False)


@only("claude-code")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("pattern", DENIED)
def test_what_backticks_hide_is_what_our_evaluation_says(box: Sandbox, client: RealClient, pattern: str) -> None:
    requests = [Request(Tool.SHELL, line) for line in (*BACKTICKS, *EXPANDED)]
    compare(box, CLIENTS[client.id], {"allow": ["Bash"], "deny": [f"Bash({pattern})"]}, requests, project=False)


@only("claude-code")
@pytest.mark.timeout(600)
def test_lines_are_compared_as_a_whole_where_our_evaluation_says_so(box: Sandbox, client: RealClient) -> None:
    requests = [Request(Tool.SHELL, line) for line in (*INTRICATE, *PLAIN)]
    compare(box, CLIENTS[client.id], {"allow": ["Bash"], "deny": [f"Bash({DENIED_WHOLE})"]}, requests, project=False)


@both
@pytest.mark.timeout(600)
@pytest.mark.parametrize("project", [False, True], ids=["user", "project"])
@pytest.mark.parametrize("tool", [Tool.READ, Tool.EDIT])
def test_files_are_decided_as_our_evaluation_says(
    box: Sandbox, client: RealClient, tool: Tool, *, project: bool
) -> None:
    asked, word = CLIENTS[client.id], tool.value.capitalize()
    files = [f"{box.folder}/{name.format(n=number)}" for number in range(len(_PATHS)) for name in _FILES]
    for file in map(Path, files if tool is Tool.READ else ()):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    rules = [f"{word}({pattern.format(n=number)})" for number, pattern in enumerate(_PATHS)]
    lists = {"allow" if tool is Tool.EDIT else "deny": rules}
    compare(box, asked, lists, [Request(tool, file) for file in files], project=project)


def compare(
    box: Sandbox, asked: Asked, lists: Mapping[str, Sequence[str]], requests: list[Request], *, project: bool
) -> None:
    """Fail with the requests about which the client is of another mind."""
    file = (box.folder if project else box.home) / asked.settings
    engine = asked.engine(project=project)
    lines = engine.lines(config({**lists, "allow": [*asked.unlocked, *lists.get("allow", ())]}))
    where = Surrounding(str(box.folder), str(box.home))
    ours = [LETTERS[engine.verdict(lines, request, where).action] for request in requests]
    theirs = answers(box, asked, file, lists, requests)
    wrong = {
        one.argument: f"{real}, not {said}"
        for one, said, real in zip(requests, ours, theirs, strict=True)
        if said != real
    }
    assert not wrong, (lists, wrong)
