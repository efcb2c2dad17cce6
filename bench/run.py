"""Run every bench, or those that are named: `make bench ARGS="latency idle"`; keep their rows in history.jsonl.

Each line of that file is one run: commit, machine, and each row with its floor, ratio, budget and verdict. A run
that is worth keeping is committed with the change that it measures; ratios can be compared over commits and machines.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HISTORY = HERE / "history.jsonl"
ROWS = "BENCH_ROWS"  # no variable of AISync: a command that sees one goes another way
NO_BENCH = {
    "run",
    "common",
    "large_things",
    "inotify_floor",
    "soak",
    "storm",
    "feed_storm",
}  # the last three run for long


def main() -> int:
    """Run them one after another; they would disturb each other's numbers."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_BENCH)
    wanted = sys.argv[1:] or known
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder, "rows")
        rows.touch()
        environ = {**os.environ, ROWS: str(rows)}
        code = max(
            subprocess.run([sys.executable, HERE / f"{name}.py"], env=environ, check=False).returncode
            for name in wanted
        )
        keep([json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()])
    return code


def keep(rows: list[dict[str, object]]) -> None:
    """Append a run to the history, and tell what it missed."""
    if not rows:
        return
    missed = [row for row in rows if row["verdict"] == "MISSED"]
    for row in missed:
        print(f"missed: {row['what']}: {row['value']} {row['unit']}, budget {row['budget']}")
    judged = sum(bool(row["verdict"]) for row in rows)
    print(f"{judged - len(missed)} of {judged} budgets met")
    run = {
        "commit": git("rev-parse", "HEAD"),
        "changed": bool(git("status", "--porcelain", "--untracked-files=no")),
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs",
        "rows": rows,
    }
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write(json.dumps(run, ensure_ascii=False) + "\n")


def git(*words: str) -> str:
    """Return what git says of this checkout; nothing where it is none."""
    done = subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S607 - by name
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
