"""One edit in a large file: a ~/.claude.json of 5 MB, a config.toml of 2,000 lines and a config.yml of 2,000 lines.

The floor is what nobody can save: read the bytes, hash them, write new ones durably. Memory is what Python
holds at the peak of one edit, the old and the new bytes included, in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from common import ROOT, Floor, judged

from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Format, SetValue
from aisync_desktop.kernel.values import KeyPath, Value

SERVER: Value = {"type": "stdio", "command": "npx", "args": ["-y", "@scope/new"], "env": {"KEY": "value"}}
MEGABYTES = 5


def claude_json() -> str:
    """Return a file as Claude Code keeps it: servers, and years of projects with their history."""
    servers = {
        f"server-{n}": {"type": "stdio", "command": "npx", "args": ["-y", f"@s/{n}"], "env": {}} for n in range(20)
    }
    projects: dict[str, object] = {}
    history = [{"display": f"fix the test that fails in module {n} " * 3, "pastedContents": {}} for n in range(60)]
    size = len(json.dumps(history, indent=2))
    for number in range(int(MEGABYTES * 1_000_000 / size / 1.2)):
        projects[f"/home/dev/project-{number}"] = {
            "allowedTools": ["Bash(git:*)"],
            "history": history,
            "mcpServers": {},
            "lastCost": 1.25,
        }
    return json.dumps({"numStartups": 100, "mcpServers": servers, "projects": projects}, indent=2)


def config_toml() -> str:
    """Return 2,000 lines as Codex keeps them."""
    tables = [
        f'[mcp_servers.s{n}]  # n\ncommand = "npx"\nargs = [\n  "-y", # yes\n  "@s/{n}",\n]\n' for n in range(200)
    ]
    projects = [f'[projects."/home/dev/{n}"]\ntrust_level = "trusted"\n' for n in range(200)]
    return '# mine\nmodel = "o3"\n\n' + "\n".join([*tables, *projects])


def config_yml() -> str:
    """Return 2,000 lines as Rovo Dev keeps them."""
    commands = "".join(f"    - command: tool{n}(\\s.*)?\n      permission: allow\n" for n in range(980))
    return (
        "version: 1\ntoolPermissions:\n  default: ask # c\n  bash:\n    commands:\n"
        + commands
        + "  tools:\n    grep: allow\n"
    )


CASES: dict[str, tuple[Format, Callable[[], str], KeyPath, Value]] = {
    "~/.claude.json": (Format.JSON, claude_json, ("mcpServers", "new"), SERVER),
    "~/.claude.json, a project": (
        Format.JSON,
        claude_json,
        ("projects", "/home/dev/project-7", "mcpServers", "new"),
        SERVER,
    ),
    "config.toml": (Format.TOML, config_toml, ("mcp_servers", "new"), SERVER),
    "config.yml": (Format.YAML, config_yml, ("toolPermissions", "tools", "new"), "ask"),
}


def edit(path: Path, case: str) -> bytes:
    """Read a file, do the edit, return the new bytes."""
    kind, _, place, value = CASES[case]
    return parse(path.read_bytes(), kind).edit(SetValue(place, value)).dump()


def write(path: Path, data: bytes) -> None:
    """Write bytes durably."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def timed(action: Callable[[], object], runs: int) -> list[float]:
    """Return how long an action takes each time."""
    found: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        found.append(time.perf_counter() - start)
    return found


def floor(path: Path) -> None:
    """Do what every tool must do."""
    data = path.read_bytes()
    hashlib.sha256(data).digest()
    write(path.with_suffix(".floor"), data)


def whole(path: Path, case: str) -> None:
    """Do the floor with the edit in it."""
    hashlib.sha256(path.read_bytes()).digest()
    write(path.with_suffix(".edited"), edit(path, case))


def peak(path: Path, case: str) -> float:
    """Return the megabytes that one edit holds at its peak."""
    command = [sys.executable, str(Path(__file__)), "--memory", case, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def memory(case: str, path: Path) -> None:
    """Print how much more than the bytes an edit holds at its peak."""
    empty(CASES[case][0])
    tracemalloc.start()
    edit(path, case)
    print(tracemalloc.get_traced_memory()[1] / 1e6)


def measure(path: Path, case: str, runs: int) -> None:
    """Print one line of the table."""
    least, ours = timed(lambda: floor(path), runs), timed(lambda: whole(path, case), runs)
    lowest = Floor("read, hash, write", statistics.median(least) * 1000)
    what = f"{case}, {path.stat().st_size / 1e6:.2f} MB"
    judged(f"{what}, an edit", statistics.median(ours) * 1000, "ms", floor=lowest)
    judged(f"{what}, peak", peak(path, case), "MB")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--memory", nargs=2)
    arguments = parser.parse_args()
    if arguments.memory:
        memory(arguments.memory[0], Path(arguments.memory[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, (case, (_, text, _, _)) in enumerate(CASES.items()):
            path = Path(folder) / f"file{number}"
            path.write_text(text(), encoding="utf-8")
            measure(path, case, arguments.runs)


if __name__ == "__main__":
    main()
