"""Makes `.venv` fit to run or to develop AISync: system libraries, locked packages and the project.

    python3 tools/setup.py app              what the program needs (make run)
    python3 tools/setup.py dev              and what tests, checks and builds need
    python3 tools/setup.py deep             and what only deep runs need: the desktop of the sessions that are tried
    python3 tools/setup.py run [ARGS ...]   "app", then start the program: `make run` without make

Only the standard library, since it runs before anything is installed. What was done is stamped into `.venv`; while the
locks and the Python stay the same, a second run returns at once (and make, by the stamp's age, does not even start it).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
LEVELS = ("app", "dev", "deep")  # each holds everything of the one before it


class Need(NamedTuple):
    """One thing of the system: how to see that it is there, and the Debian package that brings it."""

    probe: str  # a shared library, a program, or (with a slash) a file
    package: str


# What Qt's libraries and its X11 and Wayland plug-ins link to and the wheel does not carry.
APP_NEEDS = (
    Need("libEGL.so.1", "libegl1"),
    Need("libGL.so.1", "libgl1"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libfreetype.so.6", "libfreetype6"),
    Need("libglib-2.0.so.0", "libglib2.0-0"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    Need("libX11-xcb.so.1", "libx11-xcb1"),
    Need("libwayland-client.so.0", "libwayland-client0"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-glx.so.0", "libxcb-glx0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-image.so.0", "libxcb-image0"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-randr.so.0", "libxcb-randr0"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxcb-shm.so.0", "libxcb-shm0"),
    Need("libxcb-sync.so.1", "libxcb-sync1"),
    Need("libxcb-util.so.1", "libxcb-util1"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
)
DEV_NEEDS = (
    Need("make", "make"),
    Need("git", "git"),
    Need("Xvfb", "xvfb"),
    Need("xauth", "xauth"),
    Need("dbus-daemon", "dbus-daemon"),
    Need("objdump", "binutils"),  # PyInstaller reads libraries with it
    Need("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk"),
)
# A window manager, two trays and what screen readers speak through (tests/helpers/desktop.py).
DEEP_NEEDS = (
    Need("openbox", "openbox"),
    Need("trayer", "trayer"),
    Need("xfce4-panel", "xfce4-panel"),
    Need("xfconf-query", "xfconf"),
    Need("/usr/libexec/at-spi-bus-launcher", "at-spi2-core"),
    Need("chromium", "chromium"),
    Need("chromedriver", "chromium-driver"),
)


def main(arguments: list[str]) -> None:
    """Bring `.venv` to the asked level unless its stamp says that it is there."""
    command, rest = (arguments or ["?"])[0], arguments[1:]
    if command not in {*LEVELS, "run"} or (rest and command != "run"):
        fail(f"usage: {Path(__file__).name} app|dev|deep|run [ARGS ...]")
    want = "app" if command == "run" else command
    stamp = fingerprint()
    if not is_current(want, stamp):
        prepare(want)
    for level in LEVELS[: LEVELS.index(want) + 1]:
        stamp_file(level).write_text(stamp, encoding="ascii")
    if command == "run":
        sys.exit(subprocess.call([str(PYTHON), "-m", "aisync_desktop", "run", *rest]))


def lock(level: str) -> Path:
    """Return the lock file of a level; deep runs need no other packages than development does."""
    return ROOT / "requirements" / f"{'app' if level == 'app' else 'dev'}.lock"


def stamp_file(level: str) -> Path:
    """Return the file that says what `.venv` was made from, once it is at a level."""
    return VENV / f"{level}.stamp"


def fingerprint() -> str:
    """Return a name for everything that the contents of `.venv` follow from."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (Path(__file__), ROOT / "pyproject.toml", *map(lock, LEVELS)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(level: str, stamp: str) -> bool:
    """Say whether `.venv` was made from the same things, and this far."""
    path = stamp_file(level)
    return PYTHON.exists() and path.exists() and path.read_text(encoding="ascii") == stamp


def prepare(level: str) -> None:
    """Do all steps; each is quick where its work is done already."""
    install_system_packages(level)
    make_venv()
    say(f"installing the locked packages of requirements/{lock(level).name}")
    # Bytecode is made as modules are first imported; compiling all that nobody imports takes half a minute.
    pip("--no-compile", "--require-hashes", "--no-deps", "--requirement", str(lock(level)))
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def make_venv() -> None:
    """Make `.venv`, anew if it belongs to another Python."""
    config = VENV / "pyvenv.cfg"
    version = ".".join(str(part) for part in sys.version_info[:3])
    if PYTHON.exists() and f"version = {version}\n" in config.read_text(encoding="utf-8"):
        return
    say(f"making .venv with Python {version}")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def pip(*arguments: str) -> None:
    """Install something into `.venv`."""
    run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments])


def install_system_packages(level: str) -> None:
    """Install what the system lacks: by apt where we may, else say what to do."""
    packages = missing_packages(level)
    if not packages:
        return
    if not shutil.which("apt-get"):
        say("the system lacks what these Debian packages bring; install their like: " + " ".join(packages))
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    prefix = privilege()
    if prefix is None:
        line = f"sudo apt-get update && sudo {' '.join(command)}"
        fail(f"system packages are missing; install them, then run this again:\n  {line}")
    say("installing system packages: " + " ".join(packages))
    apt(prefix, command)


def missing_packages(level: str) -> list[str]:
    """Return the Debian packages whose things are not here."""
    if not sys.platform.startswith("linux"):
        return []
    groups = (APP_NEEDS, DEV_NEEDS, DEEP_NEEDS)[: LEVELS.index(level) + 1]
    needs = [need for group in groups for need in group]
    packages = [need.package for need in needs if not is_present(need.probe)]
    if not has_module("ensurepip"):  # Debian keeps it apart from python3
        packages.append(f"python3.{sys.version_info.minor}-venv")
    return packages


def is_present(probe: str) -> bool:
    """Look for a shared library, a file or a program."""
    if ".so" not in probe:
        return Path(probe).exists() if "/" in probe else shutil.which(probe) is not None
    import ctypes

    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def has_module(name: str) -> bool:
    """Say whether this Python has a module, without importing it."""
    return Path(sysconfig.get_path("stdlib"), name).is_dir()


def privilege() -> list[str] | None:
    """Return what makes a command run as root, or None where nothing does."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def apt(prefix: list[str], command: list[str]) -> None:
    """Install; a fresh machine has no package lists yet and one that slept has stale ones, so update and try again."""
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    first = subprocess.run([*prefix, *environment, *command, "--quiet"], capture_output=True, check=False)
    if first.returncode:
        subprocess.run([*prefix, "apt-get", "update", "--quiet"], stdout=subprocess.DEVNULL, check=False)
        run([*prefix, *environment, *command, "--quiet"], stdout=subprocess.DEVNULL)


def run(command: list[str], stdout: int | None = None) -> None:
    """Run a step; its own output says what went wrong, we add which step it was."""
    code = subprocess.run(command, cwd=ROOT, stdout=stdout, check=False).returncode
    if code:
        fail(f"this step failed with exit code {code}: {' '.join(command)}")


def say(message: str) -> None:
    """Tell what is being done."""
    print(f"setup: {message}", flush=True)


def fail(message: str) -> NoReturn:
    """End with one clear message."""
    sys.exit(f"setup: {message}")


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        fail(f"needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 ...")
    main(sys.argv[1:])
