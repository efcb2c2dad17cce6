"""`dataclass`, as the standard library's, for a sixth of what that costs when the program starts.

For each frozen class the standard library writes six methods as source and compiles them anew in every process: 0.6 ms,
and a command imports two hundred such classes, which was a quarter of its start. Here comparing, hashing, showing and
refusing to change are the same few functions for all of them, and `__init__` is compiled when the first one is made.
All else (`field`, `replace`, `fields`, matching, inheritance among them) is the standard library's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as slow_dataclass  # noqa: TID251 - for the others
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]
_T = TypeVar("_T")
_Names = tuple[str, ...]

if TYPE_CHECKING:
    from dataclasses import dataclass  # noqa: TID251 - type checkers know this one by heart
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, **more: bool) -> Any:
        """Make a class of values; what is not frozen, or has other wishes, is left to the standard library."""
        if cls is None:
            return lambda made: dataclass(made, frozen=frozen, slots=slots, **more)
        if more or not frozen:
            return slow_dataclass(cls, frozen=frozen, slots=slots, **more)
        return _frozen(slow_dataclass(cls, init=False, repr=False, eq=False, slots=slots), slots=slots)


def _frozen(cls: type[_T], *, slots: bool) -> type[_T]:
    """Give a class, whose fields are known, its methods; those that it brings itself stay."""
    known = fields(cls)  # type: ignore[arg-type]  # the standard library has put them in
    compared = tuple(one.name for one in known if one.compare)
    hashed = tuple(one.name for one in known if (one.compare if one.hash is None else one.hash))
    methods: dict[str, Any] = {
        "__init__": _Init(cls, known),
        "__repr__": _shower(tuple(one.name for one in known if one.repr)),
        "__eq__": _comparer(_values_of(compared)),
        "__hash__": _hasher(_values_of(hashed)),
        "__setattr__": _refuser(cls, frozenset(one.name for one in known), object.__setattr__, "assign to"),
        "__delattr__": _refuser(cls, frozenset(one.name for one in known), object.__delattr__, "delete"),
    }
    if slots:  # there is no `__dict__` to be copied, and what copies would be refused to set
        names = tuple(one.name for one in known)
        methods |= {"__getstate__": _taker(names), "__setstate__": _filler(names)}
    for name, method in methods.items():
        # A class that compares by itself and says nothing of a hash has got None for one from Python.
        if name not in vars(cls) or (name == "__hash__" and vars(cls)[name] is None):
            setattr(cls, name, method)
    return cls


class _Init:
    """Compiles `__init__` when it is first asked for, and takes itself out of the way."""

    def __init__(self, cls: type, known: tuple[Field[Any], ...]) -> None:
        self._cls = cls
        self._known = known

    def __get__(self, made: object, owner: type) -> Any:
        compiled = _compiled_init(self._known, calls_post_init=hasattr(self._cls, "__post_init__"))
        compiled.__qualname__ = f"{self._cls.__qualname__}.__init__"
        type.__setattr__(self._cls, "__init__", compiled)
        return compiled if made is None else compiled.__get__(made, owner)


def _compiled_init(known: tuple[Field[Any], ...], *, calls_post_init: bool) -> Any:
    """Return the function that sets each field to its argument, its default, or what its factory makes."""
    scope: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    parameters, steps = ["self"], list[str]()
    for number, one in enumerate(known):
        value = one.name
        if one.default_factory is not MISSING:
            scope[f"_make{number}"] = one.default_factory
            value = f"_make{number}() if {one.name} is _missing else {one.name}" if one.init else f"_make{number}()"
            default = "=_missing"
        else:
            scope[f"_default{number}"] = one.default
            default = "" if one.default is MISSING else f"=_default{number}"
            if not one.init:
                continue  # the class has its default
        if one.init:
            parameters.append(f"{one.name}{default}")
        steps.append(f"_set(self, {one.name!r}, {value})")
    if calls_post_init:
        steps.append("self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n  " + "\n  ".join(steps or ["pass"])
    exec(source, scope)  # noqa: S102 - made of the names of our own fields, as the standard library does it
    scope["__init__"].__annotations__ = {one.name: one.type for one in known if one.init} | {"return": None}
    return scope["__init__"]


def _values_of(names: _Names) -> Callable[[object], tuple[object, ...]]:
    """Return what gives the values of these fields as a tuple, by C wherever that gives one."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda made: tuple(getattr(made, name) for name in names)


def _comparer(values: Callable[[object], object]) -> Callable[[object, object], bool]:
    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hasher(values: Callable[[object], object]) -> Callable[[object], int]:
    return lambda made: hash(values(made))


def _shower(names: _Names) -> Callable[[object], str]:
    @recursive_repr()
    def show(self: object) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    return show


def _refuser(cls: type, names: frozenset[str], otherwise: Callable[..., None], verb: str) -> Callable[..., None]:
    def refuse(self: object, name: str, *value: object) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot {verb} field {name!r}")
        otherwise(self, name, *value)

    return refuse


def _taker(names: _Names) -> Callable[[object], tuple[object, ...]]:
    return lambda made: tuple(getattr(made, name) for name in names)


def _filler(names: _Names) -> Callable[[object, tuple[object, ...]], None]:
    def fill(self: object, state: tuple[object, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return fill
