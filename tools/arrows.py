"""Prints the arrows between the rooms of the house: a row imports from a column so many names' modules.

python -m tools.arrows      rooms from the ground up, so that an arrow up would stand right of the diagonal

Rooms and imports are those that tests/project/test_layers.py holds everyone to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.project.test_layers import FLOORS, arrows


def counted() -> Counter[tuple[str, str]]:
    """Return how many modules of one room are imported by modules of another; each pair of modules counts once."""
    return Counter((arrow.here, arrow.there) for arrow in set(arrows()) if arrow.here != arrow.there)


def table() -> Iterator[str]:
    """Yield the lines: a number for each room, then what each imports from."""
    rooms = [room for floor in FLOORS for room in floor]
    count = counted()
    wide = max(map(len, rooms)) + 4
    yield " " * wide + "".join(f"{number:>4}" for number in range(1, len(rooms) + 1))
    for number, room in enumerate(rooms, 1):
        cells = "".join(f"{count[room, other] or '.':>4}" for other in rooms)
        yield f"{number:>2}  {room:<{wide - 4}}{cells}".rstrip()


def main() -> None:
    """Print them."""
    for line in table():
        print(line)


if __name__ == "__main__":
    main()
