"""The English templates of later kinds of decisions; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.core.translatable import QT_TRANSLATE_NOOP

DECISIONS: dict[str, str] = {
    "decision.rename": QT_TRANSLATE_NOOP("messages", "“{item}” was given different names: {names}."),
}
