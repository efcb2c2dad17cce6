"""Random play for as long as you like: `python -m tests.simulation.deep_run --worlds 200000 --scenarios 2000000`.

A world is a whole engine on a simulated machine (world.py), a quarrel one in which a question is mostly open, a
scenario a merge against a naive model (planner_model.py). Belongings are what clients have beside what others can say
(belongings.py). Each is made from a seed, and the seeds are played in their order: what is told of a failure is the
first one, with the trace that leads to it, and `--seed` plays it again. What has held so far is told now and then.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.simulation.belongings import belongings
from tests.simulation.planner_model import scenario
from tests.simulation.world import run

_TELL_EVERY = 30.0  # seconds


class _Game(NamedTuple):
    """What can be played with a seed, and how many seeds are handed to a process at once."""

    name: str
    play: Callable[[int], Iterable[str]]
    batch: int


@dataclass(frozen=True)
class Played:
    """What came of some seeds: how many were played, what was counted in them, and the first failure."""

    runs: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failure: str = ""

    def __add__(self, later: Played) -> Played:
        return Played(self.runs + later.runs, self.counts + later.counts, self.failure or later.failure)


def _world(seed: int, *, quarrels: bool = False) -> Iterable[str]:
    world = run(seed, rests=3, quarrels=quarrels)
    counts = {
        "checked": world.agreement.checked,
        "followed": world.agreement.expected,
        "kept open": world.agreement.questions.kept,
    }
    steps = Counter(entry[0] for entry in world.disk.trace if entry[0] in {"swap", "replaced"})
    return (Counter(counts) + steps).elements()


def _belongings(seed: int) -> Iterable[str]:
    return Counter(steps=belongings(seed).steps).elements()


def _quarrel(seed: int) -> Iterable[str]:
    return _world(seed, quarrels=True)


_GAMES = {
    game.name: game
    for game in (
        _Game("worlds", _world, 10),
        _Game("quarrels", _quarrel, 10),
        _Game("scenarios", scenario, 2000),
        _Game("belongings", _belongings, 10),
    )
}


def play(job: tuple[str, range]) -> Played:
    """Play some seeds of a game, up to the first that fails."""
    game, counts = _GAMES[job[0]], Counter[str]()
    for done, seed in enumerate(job[1]):
        try:
            counts.update(game.play(seed))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
            told = "".join(traceback.format_exception(error))
            return Played(done, counts, f"seed {seed} of {game.name}\n{told}")
    return Played(len(job[1]), counts)


def _batches(game: str, seeds: range) -> Iterator[tuple[str, range]]:
    size = _GAMES[game].batch
    return ((game, seeds[start : start + size]) for start in range(0, len(seeds), size))


def deep_run(game: str, seeds: range, processes: int, seconds: float) -> Played:
    """Play all seeds, or as many as there is time for, in some processes; the first failure ends it."""
    began, told, sum_of = time.monotonic(), time.monotonic(), Played()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for played in pool.imap(play, _batches(game, seeds)):
            sum_of += played
            now = time.monotonic()
            if sum_of.failure or now - began > seconds:
                break
            if now - told > _TELL_EVERY:
                told = now
                _tell(game, sum_of, now - began)
    _tell(game, sum_of, time.monotonic() - began)
    return sum_of


def _tell(game: str, played: Played, seconds: float) -> None:
    counts = ", ".join(f"{count} {what}" for what, count in sorted(played.counts.items()))
    sys.stdout.write(f"{played.runs} {game} in {seconds:.0f} s, {played.runs / seconds:.1f} each second: {counts}\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> int:
    """Play what the command line asks for; 1 if something failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for game in _GAMES:
        parser.add_argument(f"--{game}", type=int, default=0, help=f"how many {game} to play")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="the longest that each sort may take")
    asked = parser.parse_args(arguments)
    for game in _GAMES:
        if count := getattr(asked, game):
            played = deep_run(game, range(asked.seed, asked.seed + count), asked.processes, 60 * asked.minutes)
            if played.failure:
                sys.stdout.write(f"FAILED: {played.failure}\n")
                return 1
            last = asked.seed + played.runs - 1
            sys.stdout.write(f"All {played.runs} {game} from seed {asked.seed} to {last} held.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
