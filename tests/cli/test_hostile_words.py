"""Whatever files, folders and people say, no command writes what a terminal would obey, or a line not its own."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from aisync_desktop.files.places import find_places
from tests.helpers.clients import Clients
from tests.helpers.program import aisync, running

FORGED = "FORGED"
HOSTILE = (
    f"a\n{FORGED} \x1b[2J\x1b]0;t\x07\r{FORGED}\x9b31m\u202ex\u2066\u200b\u2028{FORGED}\u2029\x85{FORGED}"
    "\u00a0\u00ad\u061c\ufeff\U000e0041\x7f"
)
_HEARD = re.compile(  # all of it that a terminal or an eye may take for something else
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\U000e0000-\U000e007f]"
)
DESCRIPTOR = """
id = "acme"
name = {name}
verified = "docs"
presence = ["~/.acme"]

[[endpoints]]
kind = "mcp"
scope = "user"
paths = ["~/.acme/servers.json"]
format = "json"
root = ["tools"]
references = "braced-plain"

[[endpoints.shapes]]
transport = "stdio"
requires = ["cmd"]
fields = {{ command = "cmd", args = "args" }}
"""


@pytest.fixture
def project(isolated_home: Path) -> Path:
    """Return a project; it, the clients' files, their servers, rules and descriptors are named as nobody should."""
    home = Clients.make(isolated_home).home
    servers = {HOSTILE: {"command": HOSTILE, "args": [HOSTILE], "env": {HOSTILE: HOSTILE}, HOSTILE: HOSTILE}}
    (home / ".claude.json").write_text(json.dumps({"mcpServers": servers}))
    (home / ".qwen/settings.json").write_text(json.dumps({"mcpServers": {"github": {"command": HOSTILE}}}))
    for name in (".claude/rules", ".acme", "own/config/clients", ".rovodev"):
        (home / name).mkdir(parents=True, exist_ok=True)
    lists = {"deny": [f"Bash({HOSTILE})", f"mcp__{HOSTILE}"], "allow": [HOSTILE, "Bash(npm test:*)"]}
    (home / ".claude/settings.json").write_text(json.dumps({"permissions": lists, HOSTILE: HOSTILE}))
    (home / ".claude/CLAUDE.md").write_text(f"one {HOSTILE}\n")
    (home / ".acme/servers.json").write_text(json.dumps({"tools": {"files": {"cmd": HOSTILE}}}))
    (home / ".rovodev/mcp.json").write_text('{"mcpServers": {"\\u001b[31m": ' + HOSTILE)  # what cannot be read
    own = Path(os.environ["AISYNC_HOME"]) / "config" / "clients"
    own.mkdir(parents=True, exist_ok=True)
    spelled = "".join(f"\\U{ord(each):08x}" for each in f"Acme {HOSTILE}")
    (own / "acme.toml").write_text(DESCRIPTOR.format(name=f'"{spelled}"'))
    (own / "bad\x1b[31m\u202e.toml").write_text('id = "\\u001b[2J\\n' + FORGED + '"\n')
    root = home / f"p\x1b[31m\n{FORGED}\u202e\u2028"
    root.mkdir(parents=True)
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": servers}))
    (root / "AGENTS.md").write_text(f"{HOSTILE}\n")
    return root


READING = [
    ["status"],
    ["clients"],
    ["items"],
    ["plan"],
    ["decisions"],
    ["doctor"],
    ["permissions"],
    ["allowed", "all", "shell", HOSTILE],
    ["allowed", HOSTILE, "shell", HOSTILE],
    ["history"],
    ["show", "1"],
    ["diff", "1"],
    ["logs", "--limit", "1000"],
    ["settings", "get"],
    ["settings", "get", HOSTILE],
    ["settings", "set", "language", HOSTILE],
    ["secrets", "list"],
    ["secrets", "check"],
    ["secrets", "get-ref", HOSTILE, HOSTILE],
    ["project", "list"],
    ["decide", HOSTILE, "--take", HOSTILE],
    ["off", HOSTILE],
    ["pin", HOSTILE, "codex"],
    ["rollback", "1", "--client", HOSTILE],
    ["restore", f"/nowhere/{HOSTILE}", "--yes"],
    ["backup", f"/nowhere/{HOSTILE}"],
    ["export", "audit", "-o", f"/nowhere/{HOSTILE}"],
    ["project", "add", f"/nowhere/{HOSTILE}"],
    ["logs", "--since", HOSTILE],
    ["history", "--file", f"/{HOSTILE}"],
    ["items", "--scope", HOSTILE],
    [HOSTILE],
    ["status", f"--{HOSTILE}"],
    ["init", "--prefer", HOSTILE],
]

ASKING = [  # the running app
    ["status"],
    ["decisions"],
    ["decide", HOSTILE, "--take", HOSTILE],
    ["off", HOSTILE],
    ["settings", "set", "language", HOSTILE],
    ["project", "remove", f"/nowhere/{HOSTILE}"],
    ["sync"],
]


def _told(*words: str) -> tuple[str, str]:
    done = aisync(*words)
    for said in (done.stdout, done.stderr):
        found = _HEARD.search(said)
        assert found is None, (words, said[max(0, found.start() - 80) : found.end() + 20])
        # The lines of a text that is shown as such stand apart from all others.
        lines = (line if words[0] in {"show", "diff"} else line.strip() for line in said.splitlines())
        assert not [line for line in lines if line.startswith(FORGED)], words
        assert "Traceback" not in said, said
    return done.stdout, done.stderr


def test_no_word_of_others_is_obeyed_by_a_terminal_or_begins_a_line(project: Path) -> None:
    _told("plan")
    _told("init", "--yes")
    _told("project", "add", str(project), "--yes")
    path = Path.home() / ".codex/config.toml"
    path.write_text(path.read_text() + "\n[mcp_servers." + json.dumps("b" + HOSTILE[:40]) + ']\ncommand = "x"\n')
    _told("sync")
    for words in READING:
        _told(*words)
    for words in (*READING[:4], *READING[-4:]):
        json.loads(_told(*words, "--json")[0])
    assert json.loads(_told("project", "list", "--json")[0])["projects"] == [{"path": str(project)}]
    (acme,) = (one for one in json.loads(_told("clients", "--json")[0])["clients"] if one["id"] == "acme")
    assert acme["name"].isprintable()
    with running("--headless", "--port", "0"):
        for words in ASKING:
            json.loads(_told(*words, "--json")[0])
    for command in (["exec", HOSTILE], ["exec", "x", "--project", str(project)], ["undo", "--all", "--yes"]):
        _told(*command)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_folder_whose_name_is_no_text_is_refused_in_words(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project.parent / os.fsdecode(b"r\xff\x9b")
    root.mkdir()
    _told("init", "--yes")
    monkeypatch.chdir(root)
    shown, said = _told("project", "add", ".", "--yes", "--json")
    assert json.loads(shown)["error"]["code"] == "project.refused"
    assert "\\udcff" in said


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_description_whose_name_is_no_text_stops_no_answer_of_the_running_app() -> None:
    folder = find_places(os.environ).config / "clients"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / os.fsdecode(b"u\xff.toml")).write_text("id = 3", encoding="utf-8")
    os.mkfifo(folder / os.fsdecode(b"p\xff.toml"))
    _told("init", "--yes")
    with running("--headless", "--port", "0"):
        for words in (["status"], ["doctor"], ["clients"]):
            answer = json.loads(_told(*words, "--json")[0])
            assert "error" not in answer
            assert "u\\udcff.toml" in json.dumps(answer, ensure_ascii=False).replace("\\\\", "\\")
