"""Start-up: commands with a cold process, and the heavy imports that must not be among them."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import ROOT, Floor, aisync, environment, judged, make_home, running

RUNS = 15
HEAVY = ("PySide6", "fastapi", "keyring", "uvicorn", "structlog")
NOT_IN_EXEC = (*HEAVY, "pydantic", "peewee", "typer")
SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345"  # noqa: S105 - looks like one, which is the point


def timed(home: Path, *commands: list[str]) -> list[float]:
    """Return the median CPU time of each command in ms, by turns; the first round, which fills caches, is left out.

    A cold command waits for nothing but its own imports: on a quiet machine the clock on the wall says the same, on a
    busy one it tells of the neighbours.
    """
    found: list[list[float]] = [[] for _ in commands]
    for number in range(RUNS + 1):
        for command, took in zip(commands, found, strict=True):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, env=environment(home), cwd=ROOT, capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            if number:
                took.append(spent * 1000)
    return [statistics.median(each) for each in found]


def python(line: str) -> list[str]:
    """Return the command of a floor."""
    return [sys.executable, "-c", line]


def ours(*words: str) -> list[str]:
    """Return a command of the program."""
    return [sys.executable, "-m", "aisync_desktop", *words]


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


def cold(home: Path) -> None:
    """Print the rows of commands where no app runs."""
    took, floor = timed(home, ours("plan"), python("import pydantic"))
    judged("aisync plan, cold", took, "ms CPU", floor=Floor("import pydantic", floor, times=4))
    light("plan", heavy_imports(home, "plan"))
    took, floor, bare = timed(home, ours("exec", "ends"), python("pass"), ["true"])
    judged("aisync exec, before the server starts", took - bare, "ms CPU", floor=Floor("python -c pass", floor))
    light("exec", heavy_imports(home, "exec", "ends", heavy=NOT_IN_EXEC))
    tab = ("completion", "zsh", "--word=", "--", "unpin")
    helped, completed, floor = timed(home, ours("--help"), ours(*tab), python("pass"))
    judged("aisync --help", helped, "ms CPU", floor=Floor("python -c pass", floor))
    judged("aisync completion, at a Tab", completed, "ms CPU", floor=Floor("python -c pass", floor, times=4))
    light("completion", heavy_imports(home, *tab, heavy=NOT_IN_EXEC))


def light(command: str, found: list[str]) -> None:
    """Print the row of what a command imports."""
    judged(f"  heavy imports of {command}: {', '.join(found) or 'none'}", len(found), "modules", most=0)


def beside(home: Path) -> None:
    """Print the rows of commands that ask a running app."""
    with running(home, "--headless"):
        time.sleep(2)
        took, floor = timed(home, ours("status"), python("import json, http.client"))
        judged(
            "aisync status, the app running", took, "ms CPU", floor=Floor("import json, http.client", floor, times=2)
        )


def start(home: Path, what: str, most: float | None, *words: str, **more: str) -> None:
    """Print the row of a start: until the app announces itself, which it does after its tray icon is there.

    The least of five counts: what others do on the machine only adds to it.
    """
    found: list[float] = []
    for _ in range(5):
        begun = time.perf_counter()
        with running(home, *words, **more):
            found.append(time.perf_counter() - begun)
    judged(what, min(found), "s", most=most)


def main() -> None:
    """Print the table."""
    print("start-up (4 clients x 20 servers)")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        add_server_with_secret(home)
        aisync(home, "init", "--yes")
        agree_to_launch(home)
        cold(home)
        beside(home)
        start(home, "start, headless", None, "--headless")
        start(home, "start to tray, from source", 0.6, "--background", QT_QPA_PLATFORM="offscreen")


if __name__ == "__main__":
    main()
