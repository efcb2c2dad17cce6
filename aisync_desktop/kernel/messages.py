"""Messages as codes with parameters: each room has its sentences in its `messages.py`, translations are at the edges.

A `Text` is a value: it travels through logs, the database, JSON and Qt signals unchanged, and each edge renders it
in its own language. Who renders it need not have met who said it: the sentence is looked up when it is needed, in the
rooms that may say it (`message_rooms.py`). So a program that says nothing loads no sentence, and this module knows
the names of rooms, not the rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import field
from importlib import import_module
from typing import Any

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.texts import encodable, visible
from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP
from aisync_desktop.message_rooms import MESSAGE_ROOMS

MESSAGES: dict[str, str] = {
    "plain": QT_TRANSLATE_NOOP("messages", "{text}"),
    "settings.refused": QT_TRANSLATE_NOOP("messages", "A setting cannot have this value"),
    "settings.refused.message": QT_TRANSLATE_NOOP("messages", "{name}: {reason}."),
    "settings.refused.next": QT_TRANSLATE_NOOP(
        "messages", "Change it with “aisync settings set {name} VALUE”, or the variable {variable}."
    ),
}
# How an answer's texts are said, where whoever asked wants another language than English.
SPOKEN: ContextVar[Callable[[str], str]] = ContextVar("spoken", default=str)
_loaded: dict[str, str] = {}  # the sentences of the rooms that were asked so far


def template_of(code: str) -> str:
    """Return the English template of a code, from whichever room says it; an unknown code is our bug: a KeyError."""
    if code not in _loaded:
        word = code.partition(".")[0]
        for room, words in MESSAGE_ROOMS.items():
            if word in words and code not in _loaded:
                _loaded.update(import_module(f"{room}.messages").MESSAGES)
    return _loaded[code]


@dataclass(frozen=True)
class Text:
    """One message: a code and its parameters. Plain Python, as who starts quickly needs messages too."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash by content, so that a frozen model with texts can be compared and counted."""
        return hash((self.code, tuple(sorted(self.params.items()))))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Have models write it as JSON with what it says, in English where nobody wants another language."""
        from aisync_desktop.kernel.text_schema import with_words  # whoever calls this has pydantic

        return with_words(handler(source), cls._as_json)

    def _as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": self.params, "text": self.render(SPOKEN.get())}

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the text in the language of `translate`, which maps an English template to another one."""
        return fill(translate(template_of(self.code)), self.params)

    def english(self) -> str:
        """Return the text in English."""
        return fill(template_of(self.code), self.params)


def text(code: str, **params: str | int) -> Text:
    """Make a Text; an unknown code fails here, where it is said, and not where it is shown."""
    template_of(code)
    written = {name: encodable(value) if isinstance(value, str) else value for name, value in params.items()}
    return Text(code=code, params=written)


def fill(template: str, params: Mapping[str, str | int]) -> str:
    """Put parameters into a template; they are never interpreted, and what is not seen of them is its number.

    They are names, paths and texts that others wrote: none can begin a line, command a terminal or turn a text around.
    A template can have a word depend on a parameter: `{count:file|files}` is the noun for one or for more of it (the
    count itself is `{count}`), and `{name:을/를}` is the name with the Korean particle that fits it.
    """
    return template.format_map({name: _Param(value) for name, value in params.items()})


class _Param:
    """A parameter as a template puts it in."""

    def __init__(self, value: str | int) -> None:
        self._value = value

    def __format__(self, words: str) -> str:
        shown = visible(self._value) if isinstance(self._value, str) else str(self._value)
        if "|" in words:
            one, more = words.split("|")
            return one if self._value == 1 else more
        if not words:
            return shown
        from aisync_desktop.kernel.korean import with_particle  # English has no use for it

        return with_particle(shown, words)
