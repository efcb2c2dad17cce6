"""docs/ADDING_A_CLIENT.md, done as it says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from aisync_desktop.files.places import find_places
from tests.helpers.program import aisync

PAGE = Path(__file__).parents[2] / "docs" / "ADDING_A_CLIENT.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def description(isolated_home: Path) -> Path:
    (isolated_home / ".acme").mkdir()
    (isolated_home / ".acme" / "servers.json").write_text(blocks("json")[0])
    folder = find_places(os.environ).config / "clients"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text(blocks("toml")[0])
    return folder / "acme.toml"


def test_the_example_shows_what_the_page_shows(description: Path, isolated_home: Path) -> None:
    assert description.is_file()
    shown, *_ = blocks("console")
    done = aisync("clients")
    assert done.stdout.replace(str(isolated_home), "~").startswith(shown.partition("\n")[2])
    assert aisync("init", "--yes").returncode == 0


def test_a_mistake_is_told_as_the_page_tells_it(description: Path) -> None:
    description.write_text(description.read_text().replace('transport = "stdio"', 'transport = "pigeon"'))
    *_, shown = blocks("console")
    done = aisync("doctor")
    assert done.returncode == 3
    assert shown.splitlines()[1].removeprefix("  ! ") in done.stdout
    assert str(description) in done.stdout
