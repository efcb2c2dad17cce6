"""The one script that runs before anything is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    return tmp_path


@pytest.fixture
def prepared(venv: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    monkeypatch.setattr(setup, "prepare", done.append)
    return done


def test_a_second_run_does_nothing(prepared: list[str]) -> None:
    setup.main(["app"])
    setup.main(["app"])
    assert prepared == ["app"]


def test_what_development_needs_includes_what_the_app_needs(prepared: list[str]) -> None:
    setup.main(["dev"])
    setup.main(["app"])
    assert prepared == ["dev"]


def test_the_app_alone_is_not_enough_for_development(prepared: list[str]) -> None:
    setup.main(["app"])
    setup.main(["dev"])
    assert prepared == ["app", "dev"]


def test_deep_runs_need_development_and_a_desktop(prepared: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    setup.main(["deep"])
    setup.main(["dev"])
    assert prepared == ["deep"]
    assert setup.lock("deep") == setup.lock("dev")
    monkeypatch.setattr(setup, "is_present", lambda _: False)
    monkeypatch.setattr(sys, "platform", "linux")
    packages = {level: set(setup.missing_packages(level)) for level in setup.LEVELS}
    assert packages["app"] < packages["dev"] < packages["deep"]
    assert "xfce4-panel" in packages["deep"] - packages["dev"]


def test_another_lock_or_python_is_prepared_anew(prepared: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    setup.main(["app"])
    monkeypatch.setattr(sys, "version", "3.99.0")
    setup.main(["app"])
    assert prepared == ["app", "app"]


def test_a_vanished_python_is_prepared_anew(prepared: list[str], venv: Path) -> None:
    setup.main(["app"])
    (venv / "python").unlink()
    setup.main(["app"])
    assert prepared == ["app", "app"]


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["app", "extra"]])
def test_other_arguments_are_explained(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="usage"):
        setup.main(arguments)


@pytest.mark.skipif(sys.platform != "linux", reason="Debian's affair")
def test_without_rights_the_exact_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "APP_NEEDS", (setup.Need("libmissing.so.1", "libmissing1"),))
    monkeypatch.setattr(setup, "privilege", lambda: None)
    monkeypatch.setattr("tools.setup.shutil.which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SystemExit, match="sudo apt-get install --yes --no-install-recommends libmissing1"):
        setup.install_system_packages("app")


@pytest.mark.skipif(sys.platform != "linux", reason="Debian's affair")
def test_with_rights_the_lists_are_updated_when_the_first_try_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def fake(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        return subprocess.CompletedProcess(command, returncode=100 if len(commands) == 1 else 0)

    monkeypatch.setattr("tools.setup.subprocess.run", fake)
    setup.apt([], ["apt-get", "install", "libmissing1"])
    assert [next(word for word in command if word in {"install", "update"}) for command in commands] == [
        "install",
        "update",
        "install",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's kinds of things")
def test_libraries_programs_and_files_are_seen() -> None:
    assert setup.is_present("libc.so.6")
    assert setup.is_present("git")
    assert setup.is_present(__file__)
    assert not setup.is_present("libmissing.so.1")
    assert not setup.is_present("no-such-program")
    assert not setup.is_present("/no/such/file")


def test_a_failing_step_is_named() -> None:
    with pytest.raises(SystemExit, match="exit code 7"):
        setup.run([sys.executable, "-c", "raise SystemExit(7)"])
