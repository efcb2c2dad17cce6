"""What a person asks for or answers, and cannot be: a number that nothing has, an answer that does not fit."""

from __future__ import annotations

from collections.abc import Iterable

from aisync_desktop.kernel.errors import NotThereError, WorldError
from aisync_desktop.kernel.messages import text


class NoSuchSnapshotError(NotThereError):
    """There is no snapshot of that id."""

    def __init__(self, number: int) -> None:
        super().__init__(
            text("history.no-snapshot"),
            text("history.no-snapshot.message", number=number),
            text("history.no-snapshot.next"),
        )


class NoSuchDecisionError(NotThereError):
    """The decision is not open (any more)."""

    def __init__(self, decision: str) -> None:
        super().__init__(
            text("decision.unknown"),
            text("decision.unknown.message", decision=decision),
            text("decision.unknown.next"),
        )


class DecisionChangedError(WorldError):
    """What is asked is not what the user saw when they answered."""

    def __init__(self, item: str) -> None:
        super().__init__(
            text("decision.no-choice"),
            text("decision.changed.message", item=item),
            text("decision.changed.next"),
        )


class NotAskedError(WorldError):
    """The answer is about a server that this question is not about."""

    def __init__(self, server: str) -> None:
        super().__init__(
            text("decision.not-asked"), text("decision.not-asked.message", item=server), text("decision.unknown.next")
        )


class NotWritingError(WorldError):
    """Nothing may be written now: not adopted yet, or paused."""

    def __init__(self, *, paused: bool) -> None:
        why = "paused" if paused else "new"
        super().__init__(text("not-writing"), text(f"not-writing.{why}"), text(f"not-writing.{why}.next"))


class ClashLeftError(WorldError):
    """What is left of the sides without what clashes is nothing, or no sound item."""

    def __init__(self, item: str, decision: str) -> None:
        super().__init__(
            text("decision.clash-left"),
            text("decision.clash-left.message", item=item),
            text("decision.clash-left.next", decision=decision),
        )


class FieldsOpenError(WorldError):
    """Of some fields that sides changed differently, none was chosen."""

    def __init__(self, item: str, fields: Iterable[str]) -> None:
        super().__init__(
            text("decision.fields-open"),
            text("decision.fields-open.message", item=item, fields=", ".join(fields)),
            text("decision.fields-open.next"),
        )


class NoSuchFieldError(WorldError):
    """What was chosen is for a field that does not differ."""

    def __init__(self, field: str, possible: Iterable[str]) -> None:
        super().__init__(
            text("decision.no-choice"),
            text("decision.no-field.message", field=field),
            text("decision.no-field.next", fields=", ".join(possible)),
        )


class NoItemError(WorldError):
    """What the user wrote by hand is no item of this kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            text("decision.no-item"), text("decision.no-item.message", reason=reason), text("decision.no-item.next")
        )


class SecretByHandError(WorldError):
    """What the user wrote by hand holds a secret in clear: it would be copied to every client."""

    def __init__(self, field: str) -> None:
        super().__init__(
            text("decision.secret-by-hand"),
            text("decision.secret-by-hand.message", field=field),
            text("decision.secret-by-hand.next", reference="${NAME}"),
        )


class NoSuchChoiceError(WorldError):
    """The answer is none of this decision's."""

    def __init__(self, take: str, possible: Iterable[str]) -> None:
        choices = ", ".join(possible)
        next_step = text("decision.choices", choices=choices) if choices else text("decision.by-hand")
        super().__init__(text("decision.no-choice"), text("decision.no-choice.message", take=take), next_step)
