"""What this process uses is what the system says of it."""

from __future__ import annotations

import time

from aisync_desktop.observe.own_use import own_use


def test_processor_time_only_grows_and_memory_is_some() -> None:
    before, first = time.process_time(), own_use()
    kept = bytes(1) * 30_000_000
    then = own_use()
    assert before <= first.cpu_seconds <= then.cpu_seconds <= time.process_time()
    assert len(kept) * 0.9 < then.memory_bytes - first.memory_bytes < 2 * len(kept)
    assert 5_000_000 < first.memory_bytes < 10_000_000_000
