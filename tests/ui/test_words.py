from __future__ import annotations

from aisync_desktop.sync.model.status import ClientState
from tests.ui.samples import CODEX, IN_STEP


def test_each_state_of_a_client_is_called_otherwise() -> None:
    told = {state: IN_STEP.word_of(CODEX.model_copy(update={"state": state})).english() for state in ClientState}
    assert len(set(told.values())) == len(ClientState)
