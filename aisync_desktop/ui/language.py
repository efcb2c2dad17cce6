"""The language of the interface: Qt's translators, chosen by the setting, changeable while windows are open.

`Languages.use` puts the catalogues in; Qt then tells every window (`changeEvent`, LanguageChange), and each one renders
itself again. Texts of the rooms below come through `render`, in the context that `kernel/translatable.py` names.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from aisync_desktop.files.places import resource
from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.translatable import CONTEXT

LANGUAGES = ("en", "ko")


def translate(template: str) -> str:
    """Return a core template in the language in use, or as it is."""
    return QCoreApplication.translate(CONTEXT, template)


def render(text: Text) -> str:
    """Return a core text in the language in use."""
    return text.render(translate)


def effective(setting: str, preferred: Iterable[str]) -> str:
    """Return the language that a setting means; "system" is the first preferred one that we speak."""
    if setting in LANGUAGES:
        return setting
    spoken = (tag.replace("_", "-").split("-")[0] for tag in preferred)
    return next((language for language in spoken if language in LANGUAGES), "en")


class Languages:
    """Holds the translators of one application; one of these lives as long as it."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self._system = QLocale.system()

    def use(self, setting: str) -> str:
        """Speak the language of the setting from now on; return which one that is."""
        language = effective(setting, self._system.uiLanguages())
        follows_system = self._system.name().split("_")[0] == language
        # The system's own locale keeps the user's formats of dates and numbers.
        QLocale.setDefault(self._system if follows_system else QLocale(language))
        old, self._installed = self._installed, self._load(language)
        for translator in self._installed:
            self._app.installTranslator(translator)
        for translator in old:
            self._app.removeTranslator(translator)
        return language

    def leave(self) -> None:
        """Take the translators out again."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []

    def _load(self, language: str) -> list[QTranslator]:
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        ours = str(resource(f"translations/aisync_{language}.qm"))
        return [
            translator
            for path in (f"{qt_folder}/qtbase_{language}.qm", ours)
            if (translator := QTranslator(self._app)).load(path)
        ]
