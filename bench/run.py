"""Run every bench, or those that are named: `make bench ARGS="latency idle"`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NO_BENCH = {"run", "common", "inotify_floor", "soak", "storm"}  # the last two run for long: by their own names


def main() -> int:
    """Run them one after another; they would disturb each other's numbers."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_BENCH)
    wanted = sys.argv[1:] or known
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    return max(subprocess.run([sys.executable, HERE / f"{name}.py"], check=False).returncode for name in wanted)


if __name__ == "__main__":
    sys.exit(main())
