"""The status page in a real browser: opened by `aisync open --web`, live, answered there; hostile names stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.helpers.browser import Browser, webdriver
from tests.helpers.clients import Clients
from tests.helpers.program import aisync, answer, endpoint, running, until

pytestmark = pytest.mark.deep
HOSTILE = "<img src=x onerror=alert(1)><script>document.title='taken'</script>"


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    return Clients.make(isolated_home)


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "driver"
    folder.mkdir()
    with webdriver(folder) as address:
        yield address


@contextmanager
def opened(driver: str, folder: Path, language: str = "en") -> Iterator[Browser]:
    browser = Browser(driver, folder, language=language)
    try:
        yield browser
    finally:
        browser.close()


def way_in(tmp_path: Path) -> str:
    """Return what `aisync open --web` hands to the browser."""
    told = tmp_path / "told"
    recorder = tmp_path / "recorder"
    recorder.write_text(f'#!/bin/sh\nprintf %s "$1" > {told}\n')
    recorder.chmod(0o755)
    done = aisync("open", "--web", BROWSER=f"{recorder} %s")
    assert done.returncode == 0, done.stderr
    until(told.exists)
    address = told.read_text()
    assert "ticket" not in address  # every user of the machine reads what a program is started with
    page = Path(unquote(urlsplit(address).path))
    assert page.stat().st_mode & 0o077 == 0
    return str(json.loads(re.findall(r"replace\((.*)\)", page.read_text())[0]))


def shows(browser: Browser, of: str, words: str) -> Callable[[], bool]:
    return lambda: words in browser.text(of)


def clash(clients: Clients) -> str:
    """Have two clients say the same item in two ways; return the question's id."""
    aisync("pause")
    clients.add("codex", "odd", "one")
    clients.add("qwen-code", "odd", "two")
    aisync("resume")
    until(lambda: bool(answer("decisions")["decisions"]))
    return str(answer("decisions")["decisions"][0]["id"])


def test_a_person_follows_and_answers_in_the_browser(clients: Clients, driver: str, tmp_path: Path) -> None:
    aisync("init", "--yes")
    with running("--headless", "--port", "0"), opened(driver, tmp_path / "profile") as browser:
        browser.go(endpoint()["url"])
        until(shows(browser, "#notice", "aisync open --web"))  # without a ticket it tells the way in, and no more
        address = way_in(tmp_path)
        browser.go(address)
        browser.run("location.reload()")  # as only the fragment differs; the script runs anew
        until(shows(browser, "#headline", "Everything is in step"))
        assert "ticket" not in browser.address
        assert browser.run("return sessionStorage.getItem('aisync-token')") not in address
        assert browser.run("return document.cookie") == ""
        clients.add("qwen-code", HOSTILE)
        until(shows(browser, "#changes", HOSTILE))
        question = clash(clients)
        chosen = f"[data-question='{question}'] button"
        until(lambda: bool(browser.text(chosen)))
        browser.picture(tmp_path / "question.png")
        browser.click(chosen)
        until(shows(browser, "#headline", "Everything is in step"))
        until(shows(browser, "#questions", "No question is waiting"))
        assert answer("decisions")["decisions"] == []
        assert not browser.run("return document.querySelector('main img, main script')")
        assert "in step" in browser.run("return document.title")
        assert [line for line in browser.complaints() if "401" not in line] == []


def test_it_speaks_korean_and_takes_up_again_after_the_app_was_away(
    clients: Clients, driver: str, tmp_path: Path
) -> None:
    aisync("init", "--yes")
    with opened(driver, tmp_path / "profile", "ko") as browser:
        with running("--headless", "--port", "0"):
            port = urlsplit(endpoint()["url"]).port
            browser.go(way_in(tmp_path))
            until(lambda: bool(browser.text("#headline")))
            assert not browser.text("#headline").isascii()
        until(lambda: bool(browser.text("#notice")))
        with running("--headless", "--port", str(port)):
            until(lambda: not browser.text("#notice"))
            clients.add("codex", "fresh")
            until(shows(browser, "#changes", "fresh"))
