from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.project import ROOT

_SCRIPT = """
import aisync_desktop.ui
from PySide6.QtCore import QObject, Signal

class Source(QObject):
    said = Signal()

source = Source()
for _ in range(100_000):
    {call}
"""


@pytest.mark.parametrize("call", ["source.said.emit()", "source.setObjectName('x')", "source.isWidgetType()"])
def test_qt_can_be_called_any_number_of_times(call: str) -> None:
    script = _SCRIPT.format(call=call)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
