"""What this process uses of the machine, asked of the system at the moment: nothing is sampled in between."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from aisync_desktop.kernel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OwnUse:
    """Processor time since the process began, and the memory that it has now (on macOS: the most that it had)."""

    cpu_seconds: float
    memory_bytes: int


def own_use() -> OwnUse:
    """Ask the system."""
    return OwnUse(time.process_time(), _memory())


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS, as Microsoft documents it; not run in this project's own tests."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 6),
        )

    def _memory() -> int:
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        counters = _Counters()
        counters.cb = ctypes.sizeof(counters)
        ask = kernel.K32GetProcessMemoryInfo
        ask.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Counters), wintypes.DWORD)
        return int(counters.working_set) if ask(kernel.GetCurrentProcess(), counters, counters.cb) else 0

elif sys.platform == "linux":
    import os

    _STATM = Path("/proc/self/statm")

    def _memory() -> int:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")

else:
    import resource

    def _memory() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
