"""Our `dataclass` is the standard library's, but for its price: both make the same of the same class."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from aisync_desktop.kernel import dataclass as ours

_MAKERS = [pytest.param(dataclasses.dataclass, id="standard"), pytest.param(ours.dataclass, id="ours")]


def _shapes(make: Callable[..., Any], *, slots: bool) -> tuple[Any, Any, Any, Any]:
    """Make classes of every kind that the program has."""

    @make(frozen=True, slots=slots)
    class Plain:
        """Two fields that must be given, and one that need not."""

        name: str
        size: int
        kind: str = "file"

    @make(frozen=True, slots=slots)
    class Rich:
        """What fields can be told."""

        name: str
        paths: list[str] = field(default_factory=list)
        found: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
        secret: str = field(default="", repr=False)
        noted: str = field(default="", compare=False)
        unhashed: tuple[str, ...] = field(default=(), hash=False)

    @make(frozen=True, slots=slots)
    class One:
        """A single field, that is looked at when it is made."""

        value: int

        def __post_init__(self) -> None:
            if self.value < 0:
                raise ValueError("below nothing")

    @make(frozen=True, slots=slots)
    class Empty:
        """None."""

    return Plain, Rich, One, Empty


@pytest.fixture(params=_MAKERS)
def make(request: pytest.FixtureRequest) -> Callable[..., Any]:
    made: Callable[..., Any] = request.param
    return made


@pytest.fixture(params=[False, True], ids=["dict", "slots"])
def slots(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_it_is_made_shown_compared_and_hashed(make: Callable[..., Any], *, slots: bool) -> None:
    plain, rich, one, empty = _shapes(make, slots=slots)
    made = plain("a", size=1)

    assert (made.name, made.size, made.kind) == ("a", 1, "file")
    assert made == plain("a", 1, "file") != plain("a", 2)
    assert hash(made) == hash(plain("a", 1))
    assert made != rich("a")
    assert made.__eq__(rich("a")) is NotImplemented
    assert repr(made).endswith(".Plain(name='a', size=1, kind='file')")
    assert repr(rich("a", ["b"], "hidden")).endswith(".Rich(name='a', paths=['b'], noted='', unhashed=())")
    assert one(3) == one(3) != one(4)
    assert empty() == empty()
    assert hash(empty()) == hash(empty())
    assert repr(empty()).endswith(".Empty()")


def test_a_field_is_left_out_as_it_asks_for(make: Callable[..., Any], *, slots: bool) -> None:
    _, rich, _, _ = _shapes(make, slots=slots)

    assert rich("a", noted="x") == rich("a", noted="y")
    assert rich("a", unhashed=("x",)) != rich("a")
    with pytest.raises(TypeError, match="unhashable"):
        hash(rich("a"))  # it compares a list
    assert rich("a").paths is not rich("a").paths
    assert rich("a").found is not rich("a").found
    with pytest.raises(TypeError, match="found"):
        rich("a", found={})


def test_it_does_not_change(make: Callable[..., Any], *, slots: bool) -> None:
    plain, _, one, _ = _shapes(make, slots=slots)
    made = plain("a", 1)

    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'name'"):
        made.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'name'"):
        del made.name
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):  # the latter a slip of the standard library's
        made.other = "b"
    with pytest.raises(ValueError, match="below nothing"):
        one(-1)
    assert made == plain("a", 1)


def test_arguments_are_required_as_declared(make: Callable[..., Any], *, slots: bool) -> None:
    plain, _, _, _ = _shapes(make, slots=slots)

    with pytest.raises(TypeError, match="missing 1 required positional argument: 'size'"):
        plain("a")
    assert list(inspect.signature(plain).parameters) == ["name", "size", "kind"]
    assert list(inspect.signature(plain).parameters) == ["name", "size", "kind"]  # compiled by now


def test_the_standard_librarys_tools_know_it(make: Callable[..., Any], *, slots: bool) -> None:
    plain, _, _, _ = _shapes(make, slots=slots)
    made = plain("a", 1)

    assert dataclasses.replace(made, size=2) == plain("a", 2)
    assert dataclasses.asdict(made) == {"name": "a", "size": 1, "kind": "file"}
    assert [one.name for one in dataclasses.fields(made)] == ["name", "size", "kind"]
    match made:
        case plain(name, size):
            assert (name, size) == ("a", 1)
        case _:
            pytest.fail("no match")


def test_it_is_copied(make: Callable[..., Any], *, slots: bool) -> None:
    _, rich, _, _ = _shapes(make, slots=slots)
    made = rich("a", ["b"])

    assert copy.copy(made) == made
    deep = copy.deepcopy(made)
    assert deep == made
    assert deep.paths is not made.paths


@ours.dataclass(frozen=True)
class Loose:
    """A class that pickle can find."""

    name: str


@ours.dataclass(frozen=True, slots=True)
class Tight:
    """The same, without room for more."""

    name: str


@pytest.mark.parametrize("made", [Loose("a"), Tight("a")])
def test_it_is_pickled(made: Loose | Tight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, __name__, sys.modules[type(made).__module__])

    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own


def test_a_class_is_extended(make: Callable[..., Any]) -> None:
    plain, _, _, _ = _shapes(make, slots=False)

    @make(frozen=True)
    class More(plain):  # type: ignore[misc, valid-type]  # made of a value
        """One more field."""

        more: int = 0

        def __hash__(self) -> int:
            return 7

    class Plainer(plain):  # type: ignore[misc, valid-type]  # made of a value
        """No dataclass itself: what it adds may change."""

    assert More("a", 1, more=2) != plain("a", 1)
    assert More("a", 1, more=2) == More("a", 1, "file", 2)
    assert hash(More("a", 1)) == 7
    made = Plainer("a", 1)
    made.other = 1
    assert made.other == 1
    del made.other
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"


def test_what_it_brings_itself_stays(make: Callable[..., Any]) -> None:
    @make(frozen=True)
    class Own:
        """Compares and shows itself."""

        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    own: Any = Own
    assert own("a") == own("b")
    assert repr(own("a")) == "own"
    assert hash(own("a")) == 7


def test_one_that_holds_itself_is_shown(make: Callable[..., Any]) -> None:
    @make(frozen=True)
    class Ring:
        """Holds a list."""

        held: list[Any]

    made: Any = Ring
    ring = made([])
    ring.held.append(ring)

    assert repr(ring).endswith("Ring(held=[...])")


@pytest.mark.parametrize("wish", [{}, {"frozen": True, "order": True}, {"frozen": True, "eq": False}])
def test_what_is_not_plainly_frozen_is_the_standard_librarys(wish: dict[str, bool]) -> None:
    made: type = ours.dataclass(**wish)(type("Made", (), {"__annotations__": {"name": "str"}, "__doc__": "Made."}))

    params = vars(made)["__dataclass_params__"]
    assert params.init
    assert {name: getattr(params, name) for name in wish} == wish


def test_nothing_is_compiled_before_it_is_needed() -> None:
    @ours.dataclass(frozen=True)
    class Made:
        """Never made."""

        name: str

    assert not inspect.isfunction(vars(Made)["__init__"])
    Made("a")
    assert inspect.isfunction(vars(Made)["__init__"])
