"""Freezes the program into dist/aisync and tries it there: it must start, answer, serve and stay quiet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "aisync"
PROGRAM = FOLDER / ("aisync.exe" if os.name == "nt" else "aisync")
_PATIENCE = 30.0
_OFFSCREEN = "This plugin does not support"  # what Qt's platform without windows says of windows


def main() -> None:
    """Build and try."""
    freeze()
    with tempfile.TemporaryDirectory() as scratch:
        environment = clean_environment(Path(scratch))
        answer(["--version"], environment, code=0)
        answer(["status"], environment, code=3)  # nothing is set up in a new home
        serve(environment)
        print(f"{FOLDER.relative_to(ROOT)}: {size(FOLDER) / 1e6:.0f} MB, starts in {start_time(environment):.2f} s")


def freeze() -> None:
    """Run PyInstaller."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    subprocess.run(command, cwd=ROOT, check=True)


def clean_environment(home: Path) -> dict[str, str]:
    """Return an environment as on a machine that has neither this project nor a configuration nor a display."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home))
    return {**kept, **homes, "AISYNC_HOME": str(home / "aisync"), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def answer(arguments: list[str], environment: Mapping[str, str], code: int) -> None:
    """Run one command of the frozen program, which must end with this code and complain about nothing."""
    done = subprocess.run([PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False)
    if (done.returncode, done.stderr) != (code, "") or not done.stdout:
        sys.exit(f"build: {arguments} ended with {done.returncode}, not {code}:\n{done.stdout}{done.stderr}")


def serve(environment: Mapping[str, str]) -> None:
    """Start the frozen app, ask its API whether it is well, and end it."""
    endpoint = Path(environment["AISYNC_HOME"], "state", "endpoint.json")
    app = subprocess.Popen([PROGRAM, "run", "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(endpoint, app)
        if app.poll() is None:
            ask(json.loads(endpoint.read_text(encoding="utf-8"))["url"] + "/healthz")
    finally:
        app.terminate()
        lines = app.communicate(timeout=_PATIENCE)[1].splitlines()
    complaints = "\n".join(line for line in lines if not line.startswith(_OFFSCREEN))
    if complaints or (app.returncode and os.name == "posix"):  # Windows knows no polite way to end it
        sys.exit(f"build: the app ended with {app.returncode}:\n{complaints}")


def wait_for(path: Path, app: subprocess.Popen[str]) -> None:
    """Wait until the app has written a file, or has ended."""
    end = time.monotonic() + _PATIENCE
    while not path.exists() and app.poll() is None:
        if time.monotonic() > end:
            sys.exit(f"build: the app did not write {path.name}")
        time.sleep(0.05)


def ask(url: str) -> None:
    """Get an answer that is no error."""
    with urllib.request.urlopen(url, timeout=_PATIENCE) as response:  # noqa: S310 - our own, on loopback
        response.read()


def start_time(environment: Mapping[str, str]) -> float:
    """Return the best of five starts."""
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        answer(["--version"], environment, code=0)
        times.append(time.perf_counter() - begin)
    return min(times)


def size(folder: Path) -> int:
    """Return what a folder takes on disk."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
