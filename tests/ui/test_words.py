from __future__ import annotations

from aisync_desktop.sync.model.status import ClientState
from aisync_desktop.ui.words import state_word


def test_every_state_of_a_client_has_a_word_of_its_own() -> None:
    words = {state: state_word(state) for state in ClientState}
    assert len(set(words.values())) == len(ClientState)
    assert words[ClientState.RESTART] == "In step after a restart"
