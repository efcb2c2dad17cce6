"""System, light or dark. Qt is asked first; where it has no platform theme to ask, our own palette does it.

`QStyleHints.setColorScheme` does nothing where no platform theme is loaded (a plain X session, an X11 window manager
without GNOME or KDE), hence the second way: Fusion with a palette, which works everywhere and tells every widget.
Widgets use palette roles only, so that both ways reach them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_Role = QPalette.ColorRole

# window, base, alternate base, text, muted text, button, accent, link, tooltip
_COLOURS = {
    "light": ("#f4f5f7", "#ffffff", "#f0f2f5", "#1c2128", "#656d78", "#fbfcfd", "#2560c4", "#1d5fd0", "#ffffff"),
    "dark": ("#1f2329", "#171a1f", "#1c2026", "#e7eaee", "#98a2af", "#2b3038", "#2f6fdb", "#7db0ff", "#2b3038"),
}


def palette(appearance: str) -> QPalette:
    """Return our own palette for "light" or "dark"."""
    window, base, alternate, text, muted, button, accent, link, tip = map(QColor, _COLOURS[appearance])
    made = QPalette(button, window)
    for role, colour in (
        (_Role.WindowText, text),
        (_Role.Text, text),
        (_Role.ButtonText, text),
        (_Role.ToolTipText, text),
        (_Role.Base, base),
        (_Role.AlternateBase, alternate),
        (_Role.ToolTipBase, tip),
        (_Role.PlaceholderText, muted),
        (_Role.Highlight, accent),
        (_Role.Accent, accent),
        (_Role.HighlightedText, QColor("#ffffff")),
        (_Role.Link, link),
    ):
        made.setColor(role, colour)
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, muted)
    return made


class Appearance:
    """Changes the colours of one application and can go back to the system's; one of these lives as long as it."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._style = app.style().objectName()
        self._own = False

    def use(self, setting: str) -> None:
        """Take on "system", "light" or "dark"."""
        self._leave_own()
        hints = self._app.styleHints()
        if setting not in _SCHEMES:
            hints.unsetColorScheme()
            return
        hints.setColorScheme(_SCHEMES[setting])
        if hints.colorScheme() is not _SCHEMES[setting]:
            self._own = True
            self._app.setStyle(QStyleFactory.create("Fusion"))
            self._app.setPalette(palette(setting))

    def _leave_own(self) -> None:
        if self._own:
            self._own = False
            self._app.setStyle(QStyleFactory.create(self._style))
            self._app.setPalette(QPalette())  # an empty palette means the platform's own
