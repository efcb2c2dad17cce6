"""What becomes of a request by a client's own settings: its modes, which are looked at and never written.

A client's settings stand in its files for permissions; the project's count before the user's. Its modes, as its
descriptor has them, say what becomes of what no rule decides, and of what a rule asks about. What a rule denies stays
denied. A file of a project that the client does not look at, since the folder is not trusted, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aisync_desktop.clients.descriptor import ANY, ROOT, Confined, Mode, PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Firm, Verdict
from aisync_desktop.clients.dialects.shell_files import files_edited, files_named
from aisync_desktop.clients.entry_shapes import key_path
from aisync_desktop.clients.lens import MAIN, Spot
from aisync_desktop.documents.protocol import Missing
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.permissions.language import Action, Request, Surrounding, Tool
from aisync_desktop.permissions.path_patterns import matches_below, normal
from aisync_desktop.sync.reports.doctor.finding import spotted
from aisync_desktop.sync.terms.endpoints import EndpointState

_MODE = "mode"  # the setting that an endpoint names as such
_FILES = frozenset({Tool.READ, Tool.EDIT})
_NOTHING = "…"  # what no descriptor names
_TRUTH = {"True": "true", "False": "false"}


class Setting(NamedTuple):
    """One setting that is in force, and where it stands."""

    value: str
    state: EndpointState
    way: KeyPath
    listed: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What people call it: its value, with its name where that says nothing."""
        return f"{self.way[-1]} = {self.value}" if self.value in _TRUTH.values() else self.value


class Named(NamedTuple):
    """The settings that a mode is due to, and where the first of them stands; nothing where it is the usual one."""

    mode: str = ""
    path: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Stance:
    """The modes of a client that are in force in some folder, the first first."""

    modes: tuple[Mode, ...]
    settings: Mapping[str, Setting]

    def becomes(self, verdict: Verdict, request: Request, where: Surrounding) -> tuple[Action, Mode | None]:
        """Return what the client does after all, and the mode that has it so."""
        if verdict.action is not Action.DENY:
            for mode in self.modes:
                action = _said(mode, verdict, request, where)
                if action is not None:
                    return self._once_stopped(action, mode, request, where) or (action, mode)
        return verdict.action, None

    def _once_stopped(
        self, action: Action, mode: Mode, request: Request, where: Surrounding
    ) -> tuple[Action, Mode] | None:
        """Return what becomes of a command that a mode's sandbox stops, if the client has anything to say of that.

        It has run by then, but could write nothing: some clients ask whether it may run again without a sandbox.
        """
        if action is not Action.ALLOW or request.tool is not Tool.SHELL or not _stops(mode, request.argument, where):
            return None
        said = ((Mode.of(other.stopped, request.tool), other) for other in self.modes)
        return next(((after, other) for after, other in said if after is not None), None)

    def named(self, mode: Mode) -> Named:
        """Return what people know a mode by."""
        due = [self.settings[name] for name in mode.when if name in self.settings]
        if not due:
            return Named()
        first = due[0]
        path, at = spotted(first.state, Spot(MAIN, first.way))
        place = (at.line, at.column) if at else (0, 0)
        return Named(", ".join(one.word for one in due), path, *place)


def stance_of(states: Sequence[EndpointState], where: Surrounding) -> tuple[tuple[EndpointState, ...], Stance]:
    """Return the files of a client that it looks at, the user's first, and its stance by them."""
    of_user = _settings([state for state in states if not state.scope.root], where)
    heard = tuple(state for state in states if _holds(_endpoint(state).needs, of_user))
    settings = _settings(heard, where)
    known: list[Mode] = []
    for mode in (*_described(heard), *_opening(heard)):
        if mode not in known:
            known.append(mode)
    in_force = [mode for mode in known if _holds(mode.when, settings)]
    return heard, Stance(tuple(_with_listed(mode, settings) for mode in in_force), settings)


def _with_listed(mode: Mode, settings: Mapping[str, Setting]) -> Mode:
    """Return a mode with the folders that a setting lists."""
    listed = settings[mode.listed].listed if mode.listed in settings else ()
    return mode.model_copy(update={"besides": (*mode.besides, *listed)}) if listed else mode


def _endpoint(state: EndpointState) -> PermissionsEndpoint:
    endpoint = state.lens.endpoint
    if not isinstance(endpoint, PermissionsEndpoint):
        raise TypeError(endpoint.kind)
    return endpoint


def _holds(when: Mapping[str, Iterable[str]], settings: Mapping[str, Setting]) -> bool:
    """Whether settings have one of these values, in any case: some clients read them so, others do not start then."""
    said = {name: settings[name].value.strip().lower() for name in when if name in settings}
    return all(said.get(name, "") in {value.lower() for value in values} for name, values in when.items())


def _described(states: Iterable[EndpointState]) -> Iterator[Mode]:
    for state in states:
        yield from _endpoint(state).modes


def _opening(states: Iterable[EndpointState]) -> Iterator[Mode]:
    """Yield what is meant by a mode that is known for nothing but asking no more."""
    for state in states:
        if values := _endpoint(state).open_modes:
            yield Mode(when={_MODE: values}, unruled={ANY: Action.ALLOW})


def _settings(states: Iterable[EndpointState], where: Surrounding) -> dict[str, Setting]:
    found = (setting for state in states for setting in _settings_in(state, where))
    return dict(found)  # of several files the last one counts


def _settings_in(state: EndpointState, where: Surrounding) -> Iterator[tuple[str, Setting]]:
    endpoint, document = _endpoint(state), state.documents.get(MAIN)
    if document is None:
        return
    ways = {name: [way for key in keys for way in ((key,), key_path(key))] for name, keys in endpoint.settings.items()}
    for name, known in (ways | ({_MODE: [endpoint.mode]} if endpoint.mode else {})).items():
        for way in (tuple(where.root if step == ROOT else step for step in one) for one in known):
            value = document.get(way)
            if not isinstance(value, Missing):
                is_heard = _text(value).strip().lower() not in map(str.lower, endpoint.deaf.get(name, ()))
                yield name, Setting(_text(value) if is_heard else _NOTHING, state, way, _listed(value))
                break


def _text(value: Value) -> str:
    """Return a setting's value as descriptors say it; what is more than one value none of them says."""
    return _NOTHING if isinstance(value, dict | list) else _TRUTH.get(str(value), str(value))


def _listed(value: Value) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str) and one) if isinstance(value, list) else ()


def is_ruled(verdict: Verdict) -> bool:
    """Whether it is a rule's, or one on which the client insists: not what it does by itself."""
    return verdict.line is not None or isinstance(verdict, Firm)


def _said(mode: Mode, verdict: Verdict, request: Request, where: Surrounding) -> Action | None:
    """Return what a mode says of a request, after what the rules say."""
    if is_ruled(verdict):
        return Mode.of(mode.asked if verdict.action is Action.ASK else mode.ruled, request.tool)
    if verdict.action is Action.ALLOW:
        return None
    kind = _kind_within(mode, request, where) if mode.within else None
    return (Mode.of(mode.within, kind) if kind else None) or Mode.of(mode.unruled, request.tool)


def _kind_within(mode: Mode, request: Request, where: Surrounding) -> Tool | None:
    """Return what a request does to files, if all of them are in the folder, and it does nothing else."""
    if request.tool is Tool.SHELL:
        kind, files = Tool.EDIT, files_edited(request.argument, where, mode.edits)
    else:
        kind, files = request.tool, (request.argument,) if request.tool in _FILES else ()
    return kind if files and all(_is_within(mode, normal(file), where) for file in files) else None


def _stops(mode: Mode, line: str, where: Surrounding) -> bool:
    """Return whether a mode's sandbox keeps a command line from what it says that it writes; one unknown to us does."""
    named = (one.argument for one in files_named(line, where) if one.tool is Tool.EDIT)
    written = [normal(file) for file in named if file != "/dev/null"]
    if mode.confined is Confined.WORKSPACE:
        return not all(_is_within(mode, file, where) for file in written)
    return bool(written) and mode.confined is not Confined.NO


def _is_within(mode: Mode, file: str, where: Surrounding) -> bool:
    folders = (where.root, *mode.besides)
    is_inside = any(file.startswith(folder.rstrip("/") + "/") for folder in folders)
    return is_inside and not any(matches_below(f"{where.root}/{pattern}", file) for pattern in mode.but)
