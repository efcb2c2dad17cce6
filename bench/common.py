"""What the benches share: homes with many servers, the program as a child, its resources, and how numbers are shown.

Every number is set beside a floor that was measured in the same run on the same machine: a ratio means something on
another machine, a millisecond does not.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ROWS = "BENCH_ROWS"  # names the file that rows are kept in
CLIENT_FILES = (".claude.json", ".codex/config.toml", ".qwen/settings.json", ".rovodev/mcp.json")


def make_home(home: Path, servers: int = 20) -> None:
    """Write a home in which the four clients have the same servers, in step."""
    names = [f"server-{number:02}" for number in range(servers)]
    plain = {name: {"command": "npx", "args": ["-y", f"@scope/{name}", "--flag"]} for name in names}
    claude = {"numStartups": 3, "mcpServers": {name: {"type": "stdio"} | entry for name, entry in plain.items()}}
    rovo = {"mcpServers": {name: {"transport": "stdio"} | entry for name, entry in plain.items()}}
    tables = [f'[mcp_servers.{name}]\ncommand = "npx"\nargs = {json.dumps(e["args"])}\n' for name, e in plain.items()]
    contents = (
        json.dumps(claude, indent=2),
        'model = "o3"\n\n' + "\n".join(tables),
        json.dumps({"mcpServers": plain, "$version": 4}, indent=2),
        json.dumps(rovo, indent=2),
    )
    for name, content in zip(CLIENT_FILES, contents, strict=True):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def install(home: Path, clients: int) -> None:
    """Leave the signs of more clients: a folder, or a file in which nothing is yet; `aisync init` fills them."""
    sys.path.insert(0, str(ROOT))
    from aisync_desktop.clients.loader import load_catalog

    here = sum((home / name).exists() for name in CLIENT_FILES)
    for descriptor in load_catalog().descriptors:
        signs = [home / sign[2:] for sign in descriptor.presence if sign.startswith("~/")]
        if here >= clients or any(sign.exists() for sign in signs):
            continue
        here += 1
        if signs[-1].suffix:
            signs[-1].parent.mkdir(parents=True, exist_ok=True)
            signs[-1].write_text("{}\n", encoding="utf-8")
        else:
            signs[-1].mkdir(parents=True)


def fill(home: Path, size: int) -> None:
    """Put as many bytes of other things into Claude Code's file as it comes to hold: a history by project."""
    path = home / CLIENT_FILES[0]
    data = json.loads(path.read_text(encoding="utf-8"))
    history = [{"display": f"prompt {number} about this and that", "pastedContents": {}} for number in range(50)]
    one = len(json.dumps(history, indent=2)) + 500
    data["projects"] = {f"/home/user/code/project-{n}": {"history": history} for n in range(size // one)}
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")


def targets_of(home: Path) -> list[Path]:
    """Return the files in which the servers stand now."""
    told = json.loads(aisync(home, "status", "--json").stdout)
    paths = (Path(path) for client in told["clients"] for path in client["paths"])
    found = (path for path in dict.fromkeys(paths) if path.is_file())
    return [path for path in found if '"--flag' in path.read_text(encoding="utf-8")]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return a user's environment with that home; Python may keep its compiled modules, as it does for users."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ours = {
        "HOME": str(home),
        "AISYNC_HOME": str(home / "aisync"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    return kept | ours | more


def aisync(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "aisync_desktop", *words]
    return subprocess.run(command, env=environment(home, **more), cwd=ROOT, capture_output=True, text=True, check=False)


def start(home: Path, *words: str, **more: str) -> subprocess.Popen[bytes]:
    """Start the app."""
    command = [sys.executable, "-m", "aisync_desktop", "run", "--port", "0", *words]
    return subprocess.Popen(command, env=environment(home, **more), cwd=ROOT, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def running(home: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app until the block ends; it is up when it announces itself."""
    endpoint = home / "aisync" / "state" / "endpoint.json"
    endpoint.unlink(missing_ok=True)  # of one that was killed
    app = start(home, *words, **more)
    try:
        wait_for(endpoint, app)
        yield app
    finally:
        app.terminate()
        app.wait(10)


def wait_for(path: Path, app: subprocess.Popen[bytes]) -> None:
    """Wait until a file is there."""
    while not path.exists():
        if app.poll() is not None:
            raise SystemExit(f"the app ended with {app.returncode}")
        time.sleep(0.005)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(round(share * (len(ordered) - 1)), len(ordered) - 1)]


def spread(values: Sequence[float]) -> str:
    """Return median, p95 and p99 in milliseconds."""
    parts = (("p50", statistics.median(values)), ("p95", percentile(values, 0.95)), ("p99", percentile(values, 0.99)))
    return "  ".join(f"{name} {value * 1000:7.1f} ms" for name, value in parts)


def row(what: str, measured: str, floor: str = "", budget: str = "") -> None:
    """Print one line of a bench that nothing is demanded of."""
    print(f"  {what:<44} {measured:<30} {floor:<42} {budget}", flush=True)


@dataclass(frozen=True)
class Floor:
    """What nobody can go below, measured in the same run; `times` as much may be taken."""

    what: str
    value: float
    times: float = 0.0


def judged(what: str, value: float, unit: str, *, floor: Floor | None = None, most: float | None = None) -> None:
    """Print one row with budget, floor, ratio and verdict; `make bench` keeps it (run.py)."""
    ratio = value / floor.value if floor and floor.value else 0.0
    limits = [f"<= {floor.times:g} x floor"] if floor and floor.times else []
    limits += [] if most is None else [f"<= {_number(most)} {unit}"]
    met = (not floor or not floor.times or ratio <= floor.times) and (most is None or value <= most)
    verdict = ("met" if met else "MISSED") if limits else ""
    beside = f"{ratio:.2f} x {floor.what} ({_number(floor.value)} {unit})" if floor else ""
    row(what, f"{_number(value)} {unit}", beside, f"{', '.join(limits):<28} {verdict}")
    if kept := os.environ.get(ROWS):
        found = {"bench": Path(sys.argv[0]).stem, "what": what, "value": round(value, 4), "unit": unit}
        if floor:
            found |= {"floor": floor.what, "floor_value": round(floor.value, 4), "ratio": round(ratio, 3)}
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps(found | {"budget": ", ".join(limits), "verdict": verdict}) + "\n")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"  # noqa: PLR2004 - three digits


def judged_spread(what: str, values: Sequence[float], *, floor: Floor | None = None, most_p99: float = 0.0) -> None:
    """Print the median of some times against its floor, and the slowest one in a hundred against its budget, in ms."""
    judged(f"{what}, p50", statistics.median(values) * 1000, "ms", floor=floor)
    judged(f"{what}, p99", percentile(values, 0.99) * 1000, "ms", most=most_p99 or None)
