"""The mark of texts to translate: a no-op of Qt's name, so that lupdate finds them without this floor importing Qt."""

from __future__ import annotations

CONTEXT = "messages"


def QT_TRANSLATE_NOOP(context: str, template: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark a template for extraction; contexts other than `messages` belong to the UI."""
    if context != CONTEXT:
        raise ValueError(context)
    return template
