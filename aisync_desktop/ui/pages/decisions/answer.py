"""An answer to a question as far as it is chosen, and the requests that are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.service.operations.previews import DecisionPreviewRequest
from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.sync.applying.questions import Question


@dataclass(frozen=True)
class Answer:
    """What is taken; "" as long as nothing is, or something is still open.

    `edit` was written by hand, `fields` says of which side single fields are, `items` are the servers that are meant,
    `alike` that all questions of this kind are.
    """

    take: str = ""
    edit: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    alike: bool = False

    def preview(self, question: Question, without: tuple[str, ...] = ()) -> DecisionPreviewRequest:
        """Return what asks for all that it would write; what stays out from the start is `without`."""
        return DecisionPreviewRequest.model_validate({**self._told(question), "without": without})

    def decision(self, question: Question, agreed: str = "") -> DecideRequest:
        """Return what gives it; `agreed` names what was shown of it, so that nothing else is written."""
        return DecideRequest.model_validate({**self._told(question), "agreed": agreed})

    def _told(self, question: Question) -> dict[str, object]:
        return {
            "decision": question.id,
            "revision": question.revision,
            "take": self.take,
            "edit": self.edit,
            "fields": dict(self.fields),
            "items": self.items,
            "alike": self.alike,
        }
