from __future__ import annotations

import subprocess
import sys

from tests.helpers.project import ROOT

_SCRIPT = """
import sys
import aisync_desktop.ui
from PySide6.QtCore import QObject, Signal

class Source(QObject):
    said = Signal()

source = Source()
for _ in range(100_000):
    source.said.emit()
"""


def test_any_number_of_signals_can_be_emitted_from_python() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
