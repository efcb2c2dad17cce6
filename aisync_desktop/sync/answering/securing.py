"""Securing: values of secrets that are changed or forgotten, and what the doctor offers to repair."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from aisync_desktop.files.protocol import Disk
from aisync_desktop.secrets.references import fingerprint
from aisync_desktop.sync.answering.deciding import Answer, Deciding
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.repairs import Cure, Repair, consents_after, mending
from aisync_desktop.sync.applying.rotation import Exchange, NoSuchSecretError, SecretInUseError, exchanging, uses_now
from aisync_desktop.sync.applying.rounds import Rounds
from aisync_desktop.sync.model.events import Repaired, SecretChanged, SecretRemoved
from aisync_desktop.sync.model.taking import BASE
from aisync_desktop.sync.planning.planner import Plan


class Securing:
    """Does to secrets what the user asks for."""

    def __init__(self, rounds: Rounds, deciding: Deciding, disk: Disk) -> None:
        self._rounds = rounds
        self._deciding = deciding
        self._disk = disk

    def set_secret(self, reference: str, literal: str) -> Receipt:
        """Give a secret another value wherever the old one stands in the user's own files."""
        rounds = self._rounds
        rounds.require_writing()
        rounds.look_again()
        exchange = Exchange(reference, fingerprint(literal, rounds.store.fingerprint_key()), literal)
        way = exchanging(exchange, rounds.survey, rounds.known, rounds.surveyor, rounds.store)
        with rounds.store.feed.telling(SecretChanged(target=reference, to=exchange.new)):
            rounds.collector.add(exchange.new, literal)
            return rounds.run("user", "", Plan((way,)), patient=True, trusted=frozenset())

    def remove_secret(self, reference: str, *, used: bool = False) -> None:
        """Forget a value; one that is in use only where the user says so (`used`)."""
        self._rounds.plan()
        uses = uses_now(reference, self._rounds.survey, self._rounds.known)
        if uses and not used:
            raise SecretInUseError(reference, uses)
        with self._rounds.store.feed.telling(SecretRemoved(target=reference)):
            if not self._rounds.collector.forget(reference, uses):
                raise NoSuchSecretError(reference)

    def repair(self, repairs: Iterable[Repair]) -> Receipt:
        """Do what the doctor offered; the values of secrets that are taken out of files are in the safe before."""
        rounds = self._rounds
        rounds.require_writing()
        wanted = tuple(repairs)
        for one in wanted:
            if one.cure is Cure.PRIVATE:
                with rounds.store.feed.telling(_told(one)):
                    self._disk.make_private(Path(one.path))
            elif one.cure is Cure.REFERENCE_BACK:
                with rounds.store.feed.telling(_told(one)):
                    self._deciding.decide(Answer(one.decision, BASE))
        left = [one for one in wanted if one.cure not in {Cure.PRIVATE, Cure.REFERENCE_BACK}]
        with rounds.store.feed.telling(*map(_told, left)):
            return self._mend(wanted)

    def _mend(self, wanted: tuple[Repair, ...]) -> Receipt:
        """Do what is done by a plan."""
        rounds, to_mend = self._rounds, mending(wanted)
        if not any(to_mend):
            return rounds.sync("user")
        rounds.plan()
        rounds.collector.collect(rounds.survey)
        consents = consents_after(rounds.known.consents, to_mend, rounds.survey)
        for one in wanted:
            if one.key is not None and one.agreed.program:
                consents = consents.starting(one.scope, one.key, one.agreed)
        rounds.store.set_consents(consents.payload())
        rounds.applier.remember()
        return rounds.run("user", "", rounds.plan(patient=True, mending=to_mend), patient=True)


def _told(repair: Repair) -> Repaired:
    return Repaired(target=repair.path or str(repair.key or repair.decision), cure=repair.cure.value)
