"""What desktops read about the program: its entry, its store page and its icon name the same application."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import tomllib
from xml.etree import ElementTree as ET

import pytest

from aisync_desktop.files.places import resource
from aisync_desktop.ui.shell.desktop_notify import APP_ID
from tests.helpers.project import ROOT

_METAINFO = f"{APP_ID}.metainfo.xml"


def _entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment] # the documented way to keep upper case
    parser.read(resource("aisync-desktop.desktop"), encoding="utf-8")
    return parser["Desktop Entry"]


def _page() -> ET.Element:
    return ET.parse(resource(_METAINFO)).getroot()  # noqa: S314 - the file is our own


def test_entry_windows_notifications_and_store_page_agree_on_the_id() -> None:
    component = _page()
    assert _entry()["Icon"] == _entry()["StartupWMClass"] == component.findtext("id") == APP_ID
    assert component.findtext("launchable") == f"{APP_ID}.desktop"


def test_the_entry_starts_our_command() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert _entry()["Exec"].split()[0] in scripts


def test_the_store_page_tells_the_current_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = _page().find("releases/release")
    assert newest is not None
    assert newest.get("version") == version


def test_both_speak_korean() -> None:
    assert "Comment[ko]" in _entry()
    assert "ko" in {node.get("{http://www.w3.org/XML/1998/namespace}lang") for node in _page().iter()}


@pytest.mark.parametrize(
    ("command", "name"),
    [(["appstreamcli", "validate", "--no-net"], _METAINFO), (["desktop-file-validate"], "aisync-desktop.desktop")],
)
def test_the_desktops_own_checker_is_content(command: list[str], name: str) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run([*command, resource(name)], check=True, stdout=subprocess.DEVNULL)
