"""Where a real client runs: no network but loopback, processes of its own, a scratch home, a time limit.

The sandbox is a set of Linux namespaces, held by the probe as their first process. Whatever a client leaves behind,
daemons too, ends with it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PORT = 8765  # nobody else is in this network
INSTALL = "ORACLES"  # the variable that names the folder in which the clients are; tools/oracles.py sets it
PROGRAMS = Path(os.environ.get(INSTALL, "nowhere")) / "node_modules"
PATIENCE = 60  # of one run of a client
_NAMESPACES = ["--net", "--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc"]

# What keeps the clients quiet and from looking for updates, which they could not reach.
_QUIET = {
    "DISABLE_TELEMETRY": "1",
    "DISABLE_AUTOUPDATER": "1",
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "OPENCODE_DISABLE_AUTOUPDATE": "1",
    "OPENCODE_DISABLE_MODELS_FETCH": "1",
    "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
    "COPILOT_AUTO_UPDATE": "false",
    "CLINE_TELEMETRY_DISABLED": "1",
    "AMP_SKIP_UPDATE_CHECK": "1",
    "DO_NOT_TRACK": "1",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "LANG": "C.UTF-8",
}


@dataclass(frozen=True)
class Ran:
    """How a client's run ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that it printed."""
        return self.out + self.err


class Sandbox:
    """One home, one network, and the clients that run there."""

    def __init__(self, home: Path, holder: int, probe: Path) -> None:
        self.home = home
        self.probe = probe
        self.folder = home / "code"
        self.folder.mkdir(exist_ok=True)
        self._holder = holder

    def run(self, *command: str, environment: Mapping[str, str] | None = None, patience: float = PATIENCE) -> Ran:
        """Run a client's command in an empty folder; one that takes too long is ended and reported as such."""
        # Into files, not pipes: a daemon that a client leaves behind would hold these open.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [*_entering(self._holder), "env", f"--chdir={self.folder}", *command],
                env={**self._environment(), **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                err.write(f"\n(ended after {patience} seconds)".encode())
            return Ran(process.returncode, _text(out), _text(err))

    def listened_to(self, port: int, *command: str, environment: Mapping[str, str] | None = None) -> str:
        """Run a command that talks to a model, and return what it printed and all that the model was told."""
        model = self.home / "model.py"
        shutil.copyfile(Path(__file__).with_name("model.py"), model)
        (self.home / "script.json").write_text("[]", encoding="utf-8")
        words = (sys.executable, str(model), str(port), str(self.home / "script.json"), str(self.home / "results.json"))
        ran = self.run(*words, *command, environment=environment)
        asked = self.home / "results.asked"
        return ran.said + (asked.read_text(encoding="utf-8") if asked.exists() else "")

    def _environment(self) -> dict[str, str]:
        path = [PROGRAMS / "node" / "bin", PROGRAMS / ".bin", "/usr/local/bin", "/usr/bin", "/bin"]
        inherited = {name: os.environ[name] for name in os.environ if name.startswith("XDG_")}
        return inherited | _QUIET | {"HOME": str(self.home), "PATH": ":".join(map(str, path))}

    def arrived(self) -> list[dict[str, Any]]:
        """Return what the probe has written down so far."""
        record = self.probe.with_suffix(".jsonl")
        return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()] if record.exists() else []

    def forget(self) -> None:
        """Let the record begin anew."""
        self.probe.with_suffix(".jsonl").unlink(missing_ok=True)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def cannot() -> str:
    """Return why no sandbox can be had on this machine; nothing if one can."""
    if sys.platform != "linux":
        return "namespaces are Linux's"
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        return "unshare and nsenter (util-linux) are not here"
    tried = subprocess.run([*_unsharing(), "true"], capture_output=True, check=False)
    return "this user may not make namespaces (unshare)" if tried.returncode else ""


@contextmanager
def sandbox(home: Path) -> Iterator[Sandbox]:
    """Hold a sandbox until the test is over."""
    probe = home / "probe" / "probe.py"
    probe.parent.mkdir()
    shutil.copyfile(Path(__file__).with_name("probe.py"), probe)
    with subprocess.Popen(
        [*_unsharing(), sys.executable, str(probe), "http", str(PORT)], stdout=subprocess.PIPE, start_new_session=True
    ) as holder:
        try:
            if holder.stdout is None or holder.stdout.readline() != b"ready\n":
                raise RuntimeError("the probe did not start")
            yield Sandbox(home, holder.pid, probe)
        finally:
            holder.kill()


def _unsharing() -> list[str]:
    return ["unshare", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]), *_NAMESPACES, "--"]


def _entering(holder: int) -> list[str]:
    user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
    return [
        *("nsenter", "--target", str(holder), *user, "--net", "--mount", f"--pid=/proc/{holder}/ns/pid_for_children"),
        "--",
    ]
