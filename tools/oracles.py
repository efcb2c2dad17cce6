"""Installs the real clients for `make oracles`, each at its pinned version, into `.oracles`; packages come through npm.

What was installed is stamped with the fingerprint of the pins: a second run returns at once. A client that cannot be
installed does not stop the others: its tests are skipped, and say so. Only the standard library.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "tests" / "oracles"
FOLDER = ROOT / ".oracles"
FILES = ("package.json", "package-lock.json")
NEEDED_BYTES = 4_000_000_000
PATIENCE = 900


def main() -> None:
    """Install unless what is there was made from the same pins."""
    stamp = FOLDER / "stamp"
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint():
        return
    trouble = obstacle() or install()
    if trouble:
        print(f"oracles: {trouble}; the tests of the clients that are not here will be skipped", flush=True)
    else:
        stamp.write_text(fingerprint(), encoding="ascii")


def fingerprint() -> str:
    """Return a name for the pins."""
    return hashlib.sha256(b"".join((PINS / name).read_bytes() for name in FILES)).hexdigest()


def obstacle() -> str:
    """Return why there is no use in trying; nothing where there is none."""
    if not shutil.which("npm"):
        return "npm is not here"
    free = shutil.disk_usage(ROOT).free
    return f"only {free >> 20} MB are free on this disk" if free < NEEDED_BYTES else ""


def install() -> str:
    """Install the pinned clients; return what went wrong."""
    FOLDER.mkdir(exist_ok=True)
    for name in FILES if platform.machine() == "x86_64" else FILES[:1]:  # the lock knows no other system's packages
        shutil.copyfile(PINS / name, FOLDER / name)
    print("oracles: installing the real clients (some minutes, 2.6 GB)", flush=True)
    # First the Node that the clients are to run with: under an older one npm leaves out, silently, those that need it.
    # Not `npm ci`, which wants every system's packages in the lock.
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel", "error"]
    path = os.pathsep.join([str(FOLDER / "node_modules" / "node" / "bin"), os.environ["PATH"]])
    for step in ([*command, "--omit=optional"], command):
        try:
            code = subprocess.run(
                step, cwd=FOLDER, env=os.environ | {"PATH": path}, check=False, timeout=PATIENCE
            ).returncode
        except subprocess.TimeoutExpired:
            return f"npm took longer than {PATIENCE} seconds"
        if code:
            return f"npm failed with exit code {code}"
    return ""


if __name__ == "__main__":
    main()
