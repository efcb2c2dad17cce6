"""Start-up: commands with a cold process, and the heavy imports that must not be among them."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import ROOT, aisync, environment, make_home, row, running, spread

RUNS = 15
HEAVY = ("PySide6", "fastapi", "keyring", "uvicorn", "structlog")
NOT_IN_EXEC = (*HEAVY, "pydantic", "peewee", "typer")
SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345"  # noqa: S105 - looks like one, which is the point


def timed(command: list[str], home: Path) -> list[float]:
    """Return the wall times of some runs of a command, the first (which fills caches) left out."""
    found: list[float] = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, env=environment(home), cwd=ROOT, capture_output=True, check=False)
        found.append(time.perf_counter() - start)
    return found[1:]


def heavy_imports(home: Path, *command: str, heavy: tuple[str, ...] = HEAVY) -> list[str]:
    """Return which heavy packages a command imports."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "aisync_desktop", *command],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
    return sorted(names & set(heavy))


def add_server_with_secret(home: Path) -> None:
    """Add a server that ends at once, and needs a secret from the safe."""
    path = home / ".claude.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["mcpServers"]["ends"] = {"command": "true", "env": {"TOKEN": SECRET}}
    path.write_text(json.dumps(whole), encoding="utf-8")


def agree_to_launch(home: Path) -> None:
    """Have AISync start that server for the other clients: without the user's word it gets no secret."""
    for asked in json.loads(aisync(home, "decisions", "--json").stdout)["decisions"]:
        aisync(home, "decide", asked["id"], "--take", "launch")


def main() -> None:
    """Print the table."""
    print("start-up (4 clients x 20 servers)")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        add_server_with_secret(home)
        aisync(home, "init", "--yes")
        agree_to_launch(home)
        floor = timed([sys.executable, "-c", "import pydantic"], home)
        for command, budget in (("plan", "<= 350 ms"), ("status", "")):
            found = timed([sys.executable, "-m", "aisync_desktop", command], home)
            ratio = statistics.median(found) / statistics.median(floor)
            row(f"aisync {command}, cold", spread(found), f"{ratio:.1f} x python + pydantic", budget)
            row("  heavy imports", ", ".join(heavy_imports(home, command)) or "none", "", "none")
        found, bare = timed([sys.executable, "-m", "aisync_desktop", "exec", "ends"], home), timed(["true"], home)
        python = statistics.median(timed([sys.executable, "-c", "pass"], home))
        added = [each - statistics.median(bare) for each in found]
        row(
            "aisync exec, before the server starts",
            spread(added),
            f"{statistics.median(added) / python:.1f} x python",
            "",
        )
        told = heavy_imports(home, "exec", "ends", heavy=NOT_IN_EXEC)
        row("  heavy imports", ", ".join(told) or "none", "", "none, but for a keyring that has the value")
        found = [_start(home, "--headless") for _ in range(5)]
        row("headless app announced", spread(found), "", "")


def _start(home: Path, *words: str) -> float:
    start = time.perf_counter()
    with running(home, *words):
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
