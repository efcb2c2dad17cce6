"""What a client would refuse no longer, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from aisync_desktop.ui.words import one_line, say

if TYPE_CHECKING:
    from aisync_desktop.sync.reports.file_edits import Loosening

translate = QCoreApplication.translate


def loosening_words(loosening: Loosening) -> str:
    """Return what a client would refuse no longer."""
    item = one_line(loosening.item.partition("/")[2] or loosening.item)
    if loosening.tools:
        opened = translate("loosening", "{client} opens tools of {item}: {tools}")
        return say(opened, client=loosening.name, item=item, tools=one_line(", ".join(loosening.tools)))
    words = {
        "deny": translate("loosening", "refused"),
        "ask": translate("loosening", "asked about"),
        "allow": translate("loosening", "allowed"),
        "": translate("loosening", "not said"),
    }
    before, after = (words.get(one, one) for one in (loosening.before, loosening.after))
    return f"{loosening.name}: {item} ({before} \N{RIGHTWARDS ARROW} {after})"
