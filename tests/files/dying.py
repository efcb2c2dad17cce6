"""Run each scenario again and again in forked children that kill themselves, each at one call later than the last.

A program of its own, as only a process without threads may fork: `python dying.py FOLDER SCENARIO...`. Prints one JSON
line per child: how it ended, what was on the disk then, and what the next start made of it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.syscalls import Syscalls
from tests.files.breaking import Kept, StepClock, Watched, killing
from tests.files.scenarios import SCENARIOS, Scenario, content, litter, versions_on_disk


def _live(scenario: Scenario, folder: Path, path: Path, at: int) -> int:
    """Act in a child until call `at`; return 0 if the child got through, else the signal that ended it."""
    child = os.fork()
    if child == 0:
        disk, _ = scenario.disk(killing(at), folder)

        def keep(_path: Path, data: bytes) -> None:
            with (folder / "history").open("ab") as history:
                history.write(data + b"\n")

        scenario.act(disk, path, keep)
        disk.late_writes(closing=True)
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode()


def _deaths(scenario: Scenario, root: Path) -> Iterator[dict[str, object]]:
    at, signal = 0, 9
    while signal:
        folder = root / scenario.name / str(at)
        folder.mkdir(parents=True)
        path = scenario.prepare(folder)
        signal = _live(scenario, folder, path, at)
        left, found, kept = content(path), [_text(data) for data in versions_on_disk(folder)], Kept()
        recovered = RealDisk(StepClock(), calls=Watched()).recover(path, keep=kept)
        yield {
            "scenario": scenario.name,
            "at": at,
            "signal": signal,
            "content": _text(left),
            "versions": found,
            "recovered": [_text(write.data) for write in recovered],
            "kept": [_text(data) for data in kept.versions],
            "after": _text(content(path)),
            "litter": [one.name for one in litter(folder)],
        }
        at += 1


if __name__ == "__main__":
    with suppress(OSError):  # so that not each child loads the system's library anew
        Syscalls().exchange(Path("/no/such/file"), Path("/no/such/file"))
    for each in (scenario for scenario in SCENARIOS if scenario.name in sys.argv[2:]):
        for told in _deaths(each, Path(sys.argv[1])):
            sys.stdout.write(json.dumps(told) + "\n")
