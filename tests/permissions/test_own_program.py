"""Which permissions would let an assistant run this program, or use its MCP server, without asking."""

from __future__ import annotations

import pytest

from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from aisync_desktop.permissions.meaning import is_about
from aisync_desktop.permissions.own_program import allows_this_program
from tests.permission_corpus import WHERE

OURS = [
    *("shell: aisync", "shell = aisync", "shell: aisync decide", "shell = aisync decide 1 --take allow"),
    *("shell: /usr/local/bin/aisync", "shell: ./aisync", "shell: aisync.exe", "shell: AISync"),
    *("shell: timeout 5 aisync", "shell: sudo -u me aisync", "shell: env A=1 aisync", "shell: nice -n 5 aisync undo"),
    *("shell: python -m aisync_desktop", "shell: /usr/bin/python3 -m aisync_desktop decide", "shell: uvx aisync"),
    *("shell: pipx run aisync-desktop", "shell: uv tool run aisync", "shell: uvx --from aisync-desktop aisync"),
    *(
        "shell ~ aisync *",
        "shell ~ aisync decide * --take *",
        "shell ~ ais*",
        "shell ~ a*c decide*",
        "shell ~ * --help",
    ),
    *("shell ~ timeout 5 aisync *", "shell ~ sudo a*", "shell ~ /usr/bin/ai*", "shell ~ python -m aisync_desktop*"),
    *("shell ~ * --help", "mcp: aisync", "mcp: AISync", "mcp: aisync.sync_undo", "mcp ~ aisync.sync_*"),
]
OTHERS = [
    *("shell", "mcp", "read", "edit", "fetch", "read: ~/aisync/**", "fetch: aisync.example.com"),
    *("shell: git push", "shell: cat aisync", "shell: git clone aisync", "shell: aisyncd", "shell: ls ./aisync"),
    *("shell: timeout 5", "shell: python -m http.server", "shell: uvx ruff", "shell: python -m pytest"),
    *("shell ~ git *", "shell ~ git * main", "shell ~ npm run aisync*", "shell ~ *", "shell ~ * *", "shell ~ aisyncd*"),
    *("shell ~ ./scripts/*", "mcp: github", "mcp: github.aisync", "mcp ~ github.aisync*", "mcp: aisync2"),
]


@pytest.mark.parametrize("spelled", OURS)
def test_a_rule_that_names_it_or_fits_it_allows_it(spelled: str) -> None:
    assert allows_this_program(Subject.parse(spelled))


@pytest.mark.parametrize("spelled", OTHERS)
def test_a_rule_about_something_else_or_everything_is_not_about_it(spelled: str) -> None:
    assert not allows_this_program(Subject.parse(spelled))


@pytest.mark.parametrize("line", ["aisync decide 1 --take allow", "aisync", "aisync undo --all --yes"])
def test_no_rule_that_says_something_lets_it_run_and_counts_as_about_something_else(line: str) -> None:
    everything = {"shell", "shell ~ *", "shell ~ * *"}
    for spelled in {*OURS, *OTHERS} - everything:
        if is_about(Subject.parse(spelled), Action.ALLOW, Request(Tool.SHELL, line), WHERE):
            assert allows_this_program(Subject.parse(spelled)), spelled
