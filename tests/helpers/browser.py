"""A real browser, driven by the W3C's WebDriver protocol: Debian's Chromium and its driver, where they are there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.request
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.patience import PATIENCE
from tests.helpers.program import until

_SWITCHES = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1120,720"
)


class Browser:
    """One window of it."""

    def __init__(self, driver: str, folder: Path, *switches: str, language: str = "en") -> None:
        self._driver = driver
        options = {
            "args": [*_SWITCHES.split(), *switches, f"--user-data-dir={folder}", f"--lang={language}"],
            "prefs": {"intl.accept_languages": language},
        }
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        made = self._ask("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/{made['sessionId']}"

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        request = urllib.request.Request(  # noqa: S310 - the driver's own address
            f"{self._driver}/session{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - as above
            return json.load(answer)["value"]

    def _of_session(self, method: str, path: str, body: object = None) -> Any:
        return self._ask(method, f"{self._session}{path}", body)

    def go(self, address: str) -> None:
        """Open an address."""
        self._of_session("POST", "/url", {"url": address})

    @property
    def address(self) -> str:
        """Where it is."""
        return str(self._of_session("GET", "/url"))

    def run(self, script: str, *given: object) -> Any:
        """Return what a script in the page returns."""
        return self._of_session("POST", "/execute/sync", {"script": script, "args": list(given)})

    def text(self, of: str) -> str:
        """Return the text of the first element that a selector finds, as it is seen."""
        return str(self.run("return (document.querySelector(arguments[0]) || {innerText: ''}).innerText", of))

    def click(self, of: str) -> None:
        """Click the first element that a selector finds, as a mouse does."""
        found = self._of_session("POST", "/element", {"using": "css selector", "value": of})
        (element,) = found.values()
        self._of_session("POST", f"/element/{element}/click", {})

    def complaints(self) -> list[str]:
        """Return what the console says that is wrong, of policies and of scripts."""
        return [str(entry["message"]) for entry in self._of_session("POST", "/se/log", {"type": "browser"})]

    def picture(self, path: Path) -> None:
        """Take one of what is seen."""
        path.write_bytes(b64decode(self._of_session("GET", "/screenshot")))

    def close(self) -> None:
        """Close it."""
        self._of_session("DELETE", "")


@contextmanager
def webdriver(folder: Path) -> Iterator[str]:
    """Run the driver; yield its address."""
    program = shutil.which("chromedriver")
    if program is None or shutil.which("chromium") is None:
        pytest.skip("needs chromium and chromium-driver")
    log = folder / "driver.log"
    environ = {**os.environ, "HOME": str(folder)}
    with log.open("wb") as out:
        process = subprocess.Popen([program, "--port=0"], stdout=out, stderr=subprocess.STDOUT, env=environ)
    try:
        until(lambda: "started successfully on port" in log.read_text())
        port = log.read_text().split("started successfully on port")[1].split(".")[0].strip()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)
