"""Variables by fields of their own: what a client refers to beside a map, instead of by text that it expands.

A list of names passes variables on as they are called; a map tells which variable holds a whole value; a field names
the one that holds the token of a header.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from aisync_desktop.clients.entry_shapes import FieldMap, key_path
from aisync_desktop.clients.nested import Member, at
from aisync_desktop.clients.references import InexpressibleError, is_name, whole_reference
from aisync_desktop.documents.protocol import Missing
from aisync_desktop.kernel.values import Value

_AUTHORIZATION, _BEARER = "Authorization", "Bearer "


def said_beside(entry: Mapping[str, Value], to: FieldMap) -> list[tuple[str, str]]:
    """Return what fields beside the map refer to, in neutral words; a name may come twice."""
    found: list[tuple[str, str]] = []
    if to.same_named:
        names = at(entry, key_path(to.same_named))
        found += [(name, f"${{{name}}}") for name in _names(names)]
    if to.by_variable:
        variables = at(entry, key_path(to.by_variable))
        found += [(name, f"${{{variable}}}") for name, variable in _variables(variables).items()]
    if to.bearer:
        token = at(entry, key_path(to.bearer))
        found += [] if isinstance(token, Missing) else [(_AUTHORIZATION, f"{_BEARER}${{{_variable(token)}}}")]
    return found


def _names(listed: Value | Missing) -> list[str]:
    if isinstance(listed, Missing):
        return []
    if not isinstance(listed, list):
        raise TypeError
    return [_variable(name_of(each)) for each in listed]


def name_of(element: Value) -> Value:
    """Return the name in an element: alone, or in a map that says that it is a variable of this machine."""
    if not isinstance(element, dict):
        return element
    return element.get("name") if element.keys() <= {"name", "source"} and element.get("source") == "local" else None


def _variables(variables: Value | Missing) -> dict[str, str]:
    if isinstance(variables, Missing):
        return {}
    if not isinstance(variables, dict):
        raise TypeError
    return {name: _variable(variable) for name, variable in variables.items()}


def _variable(value: Value) -> str:
    if not isinstance(value, str) or not is_name(value):
        raise InexpressibleError
    return value


def joined(plain: Mapping[str, Value], indirect: list[tuple[str, str]], to: FieldMap) -> dict[str, Value]:
    """Join what is said in two places; where one name is said twice, it is not known what counts."""
    if twins([*plain, *(name for name, _ in indirect)], to):
        raise InexpressibleError
    return {**plain, **dict(indirect)}


def twins(names: Collection[str], to: FieldMap) -> bool:
    """Tell whether two names are one and the same; those of headers are without regard to case."""
    folded = {name.lower() for name in names} if to.by_variable or to.bearer else set(names)
    return len(folded) < len(names)


def spot_beside(to: FieldMap, name: str, value: Value) -> tuple[tuple[str, ...], Value] | None:
    """Return the spot of a value that a field of its own says, and what it says; None for any other value."""
    said = value if isinstance(value, str) else ""
    variable = whole_reference(said)
    if to.same_named and variable == name:
        return (*key_path(to.same_named), Member(name)), name
    if to.by_variable and variable:
        return (*key_path(to.by_variable), name), variable
    token = whole_reference(said, _BEARER) if name == _AUTHORIZATION else None
    return (key_path(to.bearer), token) if to.bearer and token else None
