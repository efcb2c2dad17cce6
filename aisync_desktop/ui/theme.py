"""How everything looks: colours, fonts and measures, from resources/theme/tokens.json.

One `Theme` is in use at a time (`theme()`); it is a scheme ("light" or "dark") and a text size. Widgets hold no colour
and no font of it: they ask when they paint, and put on their fonts anew when Qt tells them of a change of style
(`restyled`). `Appearance` puts a theme into use: style, palette, font and style sheet of the application, from which Qt
tells every widget by itself.

The style is always ours: `QStyleHints.setColorScheme` does nothing where no platform theme is loaded (a plain X
session), so that the system is asked only for its scheme, and never dresses our windows.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from aisync_desktop.files.places import resource
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.ui.style import AISyncStyle, style_sheet

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_LEAST, _MOST = 80, 200  # per cent of the text's size
_SMALLEST = 11  # pixels; what is drawn smaller than that at its usual size (marks) is a sign, not a text
_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup
_ROLES = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "card",
    _Role.AlternateBase: "card",  # no zebra
    _Role.Text: "text",
    _Role.Button: "card",
    _Role.ButtonText: "text",
    _Role.BrightText: "text-on-accent",
    _Role.ToolTipBase: "raised",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "text-3",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "text-on-accent",
    _Role.Accent: "accent",
    _Role.Link: "accent-text",
    _Role.LinkVisited: "accent-text",
    _Role.Light: "card",
    _Role.Midlight: "hover",
    _Role.Mid: "hairline-strong",
    _Role.Dark: "hairline-strong",
    _Role.Shadow: "outline",
}


@cache
def tokens() -> dict[str, Any]:
    """Return all values of the design, read once."""
    loaded: dict[str, Any] = json.loads(resource("theme/tokens.json").read_text("utf-8"))
    return loaded


@cache
def _colours(scheme: str) -> dict[str, QColor]:
    named = tokens()["color"][scheme]
    return {name: QColor(value) for name, value in named.items() if isinstance(value, str)}


@cache
def _families(kind: str) -> tuple[str, ...]:
    """Return the fonts to look for a letter in, best first; the system's own, and by name those that know Korean."""
    if kind == "mono":
        return tuple(tokens()["font"]["mono"])
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    listed = (*system, *tokens()["font"]["ui"], *tokens()["font"]["ui-ko"])
    return tuple(dict.fromkeys(family for family in listed if family != "system-ui"))


@cache
def _font(kind: str, weight: int, scale: float) -> QFont:
    measures = tokens()["type"][kind]
    font = QFont()
    font.setFamilies(_families(kind))
    font.setPixelSize(max(round(measures["size"] * scale), min(measures["size"], _SMALLEST)))
    font.setWeight(QFont.Weight(weight or measures["weight"]))
    if kind == "mono":
        font.setStyleHint(QFont.StyleHint.Monospace)
        for ligatures in ("calt", "liga"):
            font.setFeature(QFont.Tag(ligatures), 0)
    else:
        font.setFeature(QFont.Tag(tokens()["font"]["features"]), 1)
    return font


@dataclass(frozen=True)
class Theme:
    """A scheme and a text size, and all that follows from them."""

    scheme: str = "light"
    scale: float = 1.0

    def colour(self, name: str) -> QColor:
        """Return a colour by its name in the tokens."""
        return QColor(_colours(self.scheme)[name])

    def px(self, size: float) -> int:
        """Return a measure of what holds text, in logical pixels."""
        return round(size * self.scale)

    def font(self, kind: str, weight: int | None = None) -> QFont:
        """Return a font by its kind ("title", "body", "small", ...), if wanted in another weight."""
        return QFont(_font(kind, weight or 0, self.scale))

    def line(self, kind: str) -> int:
        """Return the height of one line of a kind of text."""
        return self.px(tokens()["type"][kind]["line"])

    def scrim(self) -> QColor:
        """Return what lies over the window behind a popup; with the shadow, the only colour one looks through."""
        colour = self.colour("scrim")
        colour.setAlphaF(tokens()["color"][self.scheme]["scrim-alpha"])
        return colour

    def palette(self) -> QPalette:
        """Return the colours for what Qt's own style draws."""
        made = QPalette()
        for role, name in _ROLES.items():
            made.setColor(role, self.colour(name))
        for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
            made.setColor(_Group.Disabled, role, self.colour("text-disabled"))
        return made


class _InUse:
    theme = Theme()
    still = False


def theme() -> Theme:
    """Return the theme in use."""
    return _InUse.theme


def still() -> bool:
    """Return whether nothing should move (the setting `reduce_motion`)."""
    return _InUse.still


def duration(motion: str) -> int:
    """Return how long a movement of the tokens takes in milliseconds, 0 where nothing should move."""
    milliseconds: int = tokens()["motion"][motion]
    return 0 if still() else milliseconds


def restyled(event: QEvent) -> bool:
    """Return whether this change makes a widget put on its fonts and measures anew."""
    return event.type() is QEvent.Type.StyleChange


def retold(event: QEvent) -> bool:
    """Return whether this change makes a widget say its words anew."""
    return event.type() is QEvent.Type.LanguageChange


class Appearance(QObject):
    """Puts themes into use for one application; one of these lives as long as it."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._setting = "system"
        self._text_size = 100
        self._style: AISyncStyle | None = None
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def use(self, setting: str, text_size: int = 100, *, reduce_motion: bool = False) -> None:
        """Take on "system", "light" or "dark", a text size in per cent, and whether things may move."""
        self._setting, self._text_size = setting, text_size
        _InUse.still = reduce_motion
        wanted = Theme(self._scheme(setting), min(max(text_size, _LEAST), _MOST) / 100)
        if self._style is None or wanted != _InUse.theme:
            self._put_on(wanted)
            self.changed.emit()

    def _scheme(self, setting: str) -> str:
        """Return the scheme that a setting means; told to the system as well, which may draw our frames."""
        hints = self._app.styleHints()
        if setting in SCHEMES:
            hints.setColorScheme(SCHEMES[setting])
            return setting
        hints.unsetColorScheme()
        return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"

    def _put_on(self, wanted: Theme) -> None:
        _InUse.theme = wanted
        if self._style is None:
            self._style = AISyncStyle()
            self._app.setStyle(self._style)
        self._style.ring = wanted.colour("focus")
        self._app.setFont(wanted.font("body"))
        self._app.setPalette(wanted.palette())
        self._app.setStyleSheet("")  # Qt exchanges one for another for each widget once per widget that it stands in
        self._app.setStyleSheet(style_sheet(wanted.colour, wanted.px))
        for widget in self._app.allWidgets():
            if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # Qt tells those alone that were seen
                self._app.sendEvent(widget, QEvent(QEvent.Type.StyleChange))

    def _follow_system(self) -> None:
        if self._setting not in SCHEMES:
            self.use(self._setting, self._text_size, reduce_motion=still())
