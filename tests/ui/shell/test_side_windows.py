from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_tray_starts_without_the_windows_that_are_rarely_wanted() -> None:
    script = "import sys, aisync_desktop.ui.shell.desktop; print(*(m for m in sys.modules if m.startswith('aisync')))"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "aisync_desktop.ui.shell.desktop" in loaded
    late = ("ui.permission", "ui.checkup", "sync.reports.doctor", "sync.reports.audit", "sync.reports.allowed")
    assert not [module for module in loaded if module.removeprefix("aisync_desktop.").startswith(late)]
