"""The floor of an edit: raw inotify, the new word put into every target's bytes, fsync, rename, and nothing else.

python bench/inotify_floor.py SOURCE TARGET...   (run by latency.py)
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

_MOVED_TO = 0x80
_FLAG = re.compile(rb"--flag\d*")


def put(path: Path, data: bytes) -> None:
    """Write durably, as atomically as a rename is."""
    fresh = path.with_name(path.name + ".floor")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def main() -> None:
    """Follow the source until ended."""
    source, *targets = (Path(word) for word in sys.argv[1:])
    kept = {target: target.read_bytes() for target in targets}
    libc = ctypes.CDLL(None, use_errno=True)
    events = libc.inotify_init()
    libc.inotify_add_watch(events, bytes(source.parent), _MOVED_TO)
    print("ready", flush=True)
    while os.read(events, 4096):
        found = _FLAG.search(source.read_bytes())
        for target, data in kept.items():
            put(target, _FLAG.sub(found[0] if found else b"", data, count=1))


if __name__ == "__main__":
    main()
