from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.model.status import Status
from tests.helpers.program import until
from tests.helpers.trayhost import NOTIFICATIONS, WATCHER, Process, TrayItem, private_bus, tray_host
from tests.helpers.xembed_host import xembed_host
from tests.ui.samples import ADDED, CODEX, DECISION, IN_STEP, LAST, PAUSED, PROBLEM, WAITING
from tests.ui.trayapp import main

pytestmark = pytest.mark.tray

StartApp = Callable[..., Process]


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """Return the address of a D-Bus that only this test uses."""
    if not os.environ.get("DISPLAY") or not shutil.which("dbus-daemon"):
        pytest.skip("needs an X display and dbus-daemon")
    with private_bus(tmp_path) as address:
        yield address


@pytest.fixture
def wayland(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return what leads a program to a Wayland compositor of its own, which has no tray: only D-Bus can have one."""
    if not shutil.which("weston"):
        pytest.skip("needs weston")
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(folder)}
    command = ["weston", "--backend=headless-backend.so", "--socket=wl-test", "--idle-time=0"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as compositor:
        until((folder / "wl-test").exists)
        yield {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wl-test", "QT_QPA_PLATFORM": "wayland"}
        compositor.terminate()


@pytest.fixture
def start_app(bus: str) -> Iterator[StartApp]:
    """Return what starts the interface as a process on that bus."""
    started: list[Process] = []
    without_platform = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environ = {**without_platform, "QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": bus, "LANG": "C.UTF-8"}

    def start(*arguments: str, **where: str) -> Process:
        started.append(Process(main, arguments, {**environ, **where}))
        return started[-1]

    yield start
    for app in started:
        assert app.stop() == 0


def _show(app: Process, status: Status) -> None:
    app.tell(status=status.model_dump(mode="json"))
    app.expect(event="status")


@contextmanager
def _item(bus: str, host: Process) -> Iterator[TrayItem]:
    item = TrayItem(bus, host.expect(event="item")["owner"])
    try:
        yield item
    finally:
        item.close()


def _labels(item: TrayItem) -> list[str]:
    return [entry.label.replace("_", "") for entry in item.menu().walk() if entry.label]


def test_without_a_host_there_is_no_icon_and_closing_the_window_quits(start_app: StartApp) -> None:
    app = start_app()
    assert not app.expect(event="ready")["live"]
    app.tell(close_window=True)
    app.expect(event="window_quit")
    assert not app.expect(event="closed")["visible"]


def test_under_wayland_the_tray_is_the_one_on_the_bus(bus: str, wayland: dict[str, str], start_app: StartApp) -> None:
    app = start_app(**wayland)
    assert not app.expect(event="ready")["live"]
    with tray_host(bus) as host, _item(bus, host) as item:
        app.expect(event="appeared")
        _show(app, IN_STEP)
        assert item.tooltip() == "AISync: Everything is in step"
        item.click("Sync now")
        app.expect(event="sync_requested")


def test_with_a_host_closing_the_window_leaves_the_icon(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        assert app.expect(event="ready")["live"]
        host.expect(event="item")
        app.tell(close_window=True)
        assert not app.expect(event="closed")["visible"]
        assert not [line for line in app.seen() if line["event"] == "window_quit"]


def test_a_host_that_comes_late_gets_the_icon_at_once(bus: str, start_app: StartApp) -> None:
    app = start_app("--never-look")
    assert not app.expect(event="ready")["live"]
    _show(app, IN_STEP)
    with tray_host(bus) as host, _item(bus, host) as item:
        app.expect(event="appeared")
        assert item.tooltip() == "AISync: Everything is in step"
        app.tell(live=True)
        assert app.expect(event="live")["live"]


def test_a_host_that_is_restarted_gets_the_icon_again_and_only_once(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        host.expect(event="item")
    app.tell(live=True)
    assert not app.expect(event="live")["live"]
    with tray_host(bus) as host, _item(bus, host) as item:
        _show(app, PAUSED)
        assert item.tooltip() == "AISync: Paused"
        assert not [line for line in host.seen() if line["event"] == "item"]


def test_an_old_panel_takes_the_icon_in_and_its_click_opens_the_window(start_app: StartApp) -> None:
    with xembed_host() as panel:
        app = start_app()
        assert app.expect(event="ready")["live"]
        panel.expect(event="docked")
        app.tell(level="none")
        app.expect(event="level")
        _show(app, WAITING)
        panel.tell(click=True)
        assert app.expect(event="route_requested")["arguments"] == ["decisions"]
        panel.tell(pixels=True)
        assert panel.expect(event="pixels")["colours"] > 1


def test_an_old_panel_that_comes_late_or_again_gets_the_icon(start_app: StartApp) -> None:
    app = start_app()
    assert not app.expect(event="ready")["live"]
    with xembed_host() as panel:
        app.tell(look=True)
        app.expect(event="appeared")
        panel.expect(event="docked")
    with xembed_host() as panel:
        panel.expect(event="docked")
        app.tell(live=True)
        assert app.expect(event="live")["live"]


def test_the_panel_gets_the_icon_in_every_size_and_another_one_per_state(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        with _item(bus, host) as item:
            _show(app, IN_STEP)
            in_step = item.pixmaps()
            assert {16, 22, 24, 32, 48, 64} <= in_step.keys()
            _show(app, WAITING)
            assert all(item.pixmaps()[size] != in_step[size] for size in in_step)


def test_the_menu_tells_the_status_and_offers_everything(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        with _item(bus, host) as item:
            _show(app, WAITING.model_copy(update={"last": ADDED}))
            menu = item.menu()
            assert not menu.find("1 file cannot be read").enabled
            assert _labels(item) == [
                "1 file cannot be read",
                "1 question is waiting for you",
                "“github” holds a secret: copy it to other clients?",
                "Open AISync",
                "Sync now",
                "Pause",
                "Pause for 30 minutes",
                "Pause for 2 hours",
                "Pause until tomorrow",
                "Pause until resumed",
                "Undo: github added in Codex CLI",
                "Settings",
                "Quit AISync",
            ]


def test_the_menu_speaks_korean_as_soon_as_it_is_told(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        with _item(bus, host) as item:
            _show(app, WAITING)
            app.tell(language="ko")
            app.expect(event="language")
            assert _labels(item)[:4] == [
                "파일 1개를 읽을 수 없습니다",
                "질문 1개가 기다리고 있습니다",
                "“github”에 비밀 값이 있습니다. 다른 클라이언트에 복사하시겠습니까?",
                "AISync 열기",
            ]
            assert item.tooltip() == "AISync: 파일 1개를 읽을 수 없습니다"


def test_a_click_in_the_menu_asks_for_what_it_says(bus: str, start_app: StartApp) -> None:
    clicks: list[tuple[str, str, list[object]]] = [
        ("Open AISync", "route_requested", [""]),
        ("“github” holds a secret: copy it to other clients?", "route_requested", [f"decisions/{DECISION.id}"]),
        ("Settings", "route_requested", ["settings"]),
        ("Sync now", "sync_requested", []),
        ("Undo: github added in Codex CLI", "undo_requested", [7]),
        ("Pause for 30 minutes", "pause_requested", [30]),
        ("Pause for 2 hours", "pause_requested", [120]),
        ("Quit AISync", "quit_requested", []),
    ]
    with tray_host(bus) as host:
        app = start_app()
        with _item(bus, host) as item:
            _show(app, WAITING.model_copy(update={"last": ADDED}))
            for label, signal, arguments in clicks:
                item.click(label)
                assert app.expect(event=signal)["arguments"] == arguments, label


def test_entries_keep_their_place_and_number_when_the_state_changes(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        with _item(bus, host) as item:
            _show(app, WAITING)
            before = item.menu().find("Open AISync").id
            _show(app, PAUSED)
            assert item.menu().find("Open AISync").id == before
            item.click("Go on")
            app.expect(event="resume_requested")


def test_a_click_on_the_icon_opens_the_window_on_the_questions_where_one_waits(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        with _item(bus, host) as item:
            _show(app, IN_STEP)
            item.activate()
            assert app.expect(event="route_requested")["arguments"] == [""]
            _show(app, WAITING)
            item.activate()
            assert app.expect(event="route_requested")["arguments"] == ["decisions"]


def test_a_question_is_notified_and_its_notification_leads_to_its_card(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        _show(app, WAITING.model_copy(update={"problems": ()}))
        note = host.expect(event="notify")
        assert (note["title"], note["actions"][:2]) == ("1 question waits for you", ["default", "Open AISync"])
        assert note["hints"] == {"desktop-entry": "io.github.aisync.AISyncDesktop", "urgency": 1}
        host.tell(signal="ActionInvoked", signature="us", body=[note["id"], "default"])
        assert app.expect(event="notification_route")["arguments"] == [f"decisions/{DECISION.id}"]


def test_a_notified_change_is_undone_by_its_name(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        _show(app, IN_STEP)
        _show(app, IN_STEP.model_copy(update={"last": ADDED}))
        note = host.expect(event="notify")
        assert (note["title"], note["actions"][2:4]) == (
            "github added in Codex CLI",
            ["undo", "Undo: github added in Codex CLI"],
        )
        host.tell(signal="ActionInvoked", signature="us", body=[note["id"], "undo"])
        assert app.expect(event="notification_undo")["arguments"] == [7]


def test_a_notification_can_be_snoozed_and_the_menu_ends_the_snooze(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        with _item(bus, host) as item:
            _show(app, WAITING)
            note = host.expect(event="notify")
            host.tell(signal="ActionInvoked", signature="us", body=[note["id"], "snooze"])
            assert app.expect(event="snoozed")["arguments"] == [True]
            item.click("Show notifications again")
            app.expect(event="wake_requested")


def test_several_syncs_of_one_client_share_one_notification(bus: str, start_app: StartApp) -> None:
    later = LAST.model_copy(update={"writes": 4, "at": LAST.at.replace(minute=31)})
    with tray_host(bus) as host:
        app = start_app()
        _show(app, IN_STEP)
        _show(app, IN_STEP.model_copy(update={"last": LAST}))
        first = host.expect(event="notify")
        assert first["title"] == "3 files brought in step"
        _show(app, IN_STEP.model_copy(update={"last": later}))
        second = host.expect(event="notify")
        assert (second["id"], second["title"]) == (first["id"], "7 files brought in step")
        host.tell(signal="NotificationClosed", signature="uu", body=[first["id"], 2])
        host.expect(event="obeyed")
        # Another note comes and goes: the one that comes after it has been told that the first was closed.
        _show(app, WAITING.model_copy(update={"last": later, "problems": ()}))
        host.expect(event="notify")
        _show(app, IN_STEP.model_copy(update={"last": later}))
        host.expect(event="withdraw")
        last = later.model_copy(update={"writes": 1, "at": LAST.at.replace(minute=32)})
        _show(app, IN_STEP.model_copy(update={"last": last}))
        third = host.expect(event="notify")
        assert third["id"] != first["id"]
        assert third["title"] == "1 file brought in step"


def test_a_notification_goes_away_with_its_cause(bus: str, start_app: StartApp) -> None:
    with tray_host(bus) as host:
        app = start_app()
        _show(app, WAITING.model_copy(update={"problems": ()}))
        note = host.expect(event="notify")
        _show(app, IN_STEP)
        assert host.expect(event="withdraw")["id"] == note["id"]


def test_what_looks_like_markup_reaches_the_server_as_text(bus: str, start_app: StartApp) -> None:
    decision = DECISION.model_copy(update={"summary": text("decision.secret", item="<b>&")})
    with tray_host(bus) as host:
        app = start_app()
        _show(app, WAITING.model_copy(update={"decisions": (decision,), "problems": ()}))
        assert "“&lt;b&gt;&amp;”" in host.expect(event="notify")["body"]


def test_a_notification_server_that_is_restarted_is_found_again(bus: str, start_app: StartApp) -> None:
    with ExitStack() as hosts:
        hosts.enter_context(tray_host(bus, WATCHER))
        app = start_app()
        with tray_host(bus, NOTIFICATIONS) as server:
            _show(app, WAITING.model_copy(update={"problems": ()}))
            server.expect(event="notify")
        _show(app, IN_STEP)
        with tray_host(bus, NOTIFICATIONS) as server:
            _show(app, WAITING.model_copy(update={"decisions": (), "problems": (PROBLEM,), "clients": (CODEX,)}))
            assert server.expect(event="notify")["title"] == "The file cannot be read"
