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
    "connector.bad-descriptor": QT_TRANSLATE_NOOP("messages", "A client description cannot be used"),
    "connector.bad-descriptor.at": QT_TRANSLATE_NOOP("messages", "At {place}: {reason}"),
    "connector.bad-descriptor.next": QT_TRANSLATE_NOOP(
        "messages", "Mend the file or remove it; all other clients go on."
    ),
    "lens.root-not-a-map": QT_TRANSLATE_NOOP("messages", "The place of the servers holds something else."),
    "lens.entry-not-a-map": QT_TRANSLATE_NOOP("messages", "The entry is not a table of fields."),
    "lens.unknown-shape": QT_TRANSLATE_NOOP("messages", "The entry has none of the forms that this client starts."),
    "lens.reference-stays": QT_TRANSLATE_NOOP(
        "messages", "A value looks like a variable reference, but this client does not read it as the others do."
    ),
    "lens.bad-value": QT_TRANSLATE_NOOP("messages", "A field holds a value of a type that this client refuses."),
    "loss.transport": QT_TRANSLATE_NOOP("messages", "The client cannot talk to a server of this kind."),
    "loss.field": QT_TRANSLATE_NOOP("messages", "The client has no field for “{field}”."),
    "loss.essential": QT_TRANSLATE_NOOP(
        "messages", "Without “{field}”, which the client does not know, the server would do more than it may."
    ),
    "loss.name": QT_TRANSLATE_NOOP("messages", "The client does not accept this name."),
    "loss.reference": QT_TRANSLATE_NOOP("messages", "The client cannot express this reference to a variable."),
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
