"""Messages as codes with parameters; the English templates live here, translations at the edges.

A `Text` is a value: it travels through logs, the database, JSON and Qt signals unchanged, and each edge renders it
in its own language. `QT_TRANSLATE_NOOP` is our own no-op of that name, so that lupdate finds the templates without
this floor importing Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import BaseModel, ConfigDict

CONTEXT = "messages"


def QT_TRANSLATE_NOOP(context: str, template: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark a template for extraction; contexts other than `messages` belong to the UI."""
    if context != CONTEXT:
        raise ValueError(context)
    return template


TEMPLATES: dict[str, str] = {
    "plain": QT_TRANSLATE_NOOP("messages", "{text}"),
}


class Text(BaseModel):
    """One message: a code of TEMPLATES and its parameters."""

    model_config = ConfigDict(frozen=True)
    code: str
    params: dict[str, str | int] = {}

    def __hash__(self) -> int:
        """Hash by content, so that a frozen model with texts can be compared and counted."""
        return hash((self.code, tuple(sorted(self.params.items()))))

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the text in the language of `translate`, which maps an English template to another one."""
        return fill(translate(TEMPLATES[self.code]), self.params)

    def english(self) -> str:
        """Return the text in English."""
        return fill(TEMPLATES[self.code], self.params)


def text(code: str, **params: str | int) -> Text:
    """Make a Text; an unknown code is our bug and fails at once."""
    if code not in TEMPLATES:
        raise KeyError(code)
    return Text(code=code, params=params)


def fill(template: str, params: Mapping[str, str | int]) -> str:
    """Put parameters into a template; values are inserted as they are and never interpreted."""
    return template.format_map(params)
