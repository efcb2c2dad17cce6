"""Pins every dependency with its hashes: requirements/app.lock for running, requirements/dev.lock for everything.

Pins that still fit are kept, so that a lock changes only where it must; `--upgrade` takes the newest. The locks hold
for all systems and Pythons and name no index: where packages come from is the machine's own affair.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
COMPILE = ("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
PLAIN = ("--no-emit-index-url", "--no-annotate", "--no-header")
SOURCES = ("pyproject.toml", "requirements/build.in")


def main(extra: list[str]) -> None:
    """Write both locks; the app's pins are constraints of the other, so that the two agree."""
    app, dev = "requirements/app.lock", "requirements/dev.lock"
    compile_lock(app, *extra)
    compile_lock(dev, "--group", "dev", "--constraint", app, *extra)


def compile_lock(output: str, *extra: str) -> None:
    """Write one lock."""
    command = [str(UV), *COMPILE, *PLAIN, *SOURCES, *extra, "--output-file", output]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
