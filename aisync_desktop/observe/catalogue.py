"""The translations for those who have no Qt (the CLI): the same .ts files that the windows' catalogues are made of.

English needs no file; another language's is read at the first text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from aisync_desktop.files.places import resource
from aisync_desktop.kernel.translatable import CONTEXT

LANGUAGES = ("en", "ko")


def catalogue(language: str) -> Callable[[str], str]:
    """Return what maps an English template to the language's; a template without a translation stays English."""
    if language == "en" or language not in LANGUAGES:
        return str
    return lambda template: _messages(language).get(template, template)


def language(setting: str, environ: Mapping[str, str]) -> str:
    """Return the language to speak: the setting, or the one that the terminal's locale names."""
    if setting != "system":
        return setting
    named = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return named.partition("_")[0].partition(".")[0] or "en"


@cache
def _messages(language: str) -> dict[str, str]:
    from xml.etree import ElementTree as ET

    tree = ET.parse(resource(f"translations/aisync_{language}.ts"))  # noqa: S314 - the file is our own
    return {
        source: translation
        for context in tree.iter("context")
        if context.findtext("name") == CONTEXT
        for message in context.iter("message")
        if (source := message.findtext("source")) and (translation := message.findtext("translation"))
    }
