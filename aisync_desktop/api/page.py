"""`GET /`: the status page for people, one file that asks this API for all that it shows.

It holds nothing of the user's, so that it needs no token; the way in is a ticket in the address's fragment, which no
server and no log sees (`aisync open --web`). Its policy lets it load and run nothing but itself.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from aisync_desktop.api.language import chosen
from aisync_desktop.files.places import resource
from aisync_desktop.kernel.messages import template_of
from aisync_desktop.observe.catalogue import catalogue
from aisync_desktop.service.facade import Facade
from aisync_desktop.service.operations.program import SettingsRequest
from aisync_desktop.sync.model.status import ClientState

PAGE = "/"
_PLACES = {
    "sync": "page.sync",
    "questions-title": "page.questions",
    "clients-title": "page.clients",
    "changes-title": "page.changes",
    "problems-title": "page.problems",
}
_WORDS = ("closed", "lost", "none", "nothing", "window", "unchanged", "files", "items", "written")
_CHANGES = ("added", "changed", "removed")


def page_routes(facade: Facade) -> APIRouter:
    """Return the route of the page."""
    routes = APIRouter()

    @routes.get(PAGE, response_class=HTMLResponse, include_in_schema=False)
    async def page(accept_language: Annotated[str, Header()] = "") -> HTMLResponse:
        settings = (await run_in_threadpool(SettingsRequest().run, facade.world)).settings
        language = str(settings["language"])
        language = language if language != "system" else chosen(accept_language)
        return HTMLResponse(*_page(language, str(settings["appearance"])))

    return routes


@cache
def _page(language: str, scheme: str) -> tuple[str, int, dict[str, str]]:
    """Return the page, and its headers; there are six of them."""
    style = _tokens() + _read("page.css")
    script = _read("page.js")
    words = json.dumps(_words(language), ensure_ascii=True).replace("<", "\\u003c")
    parts = {"language": language, "scheme": scheme, "style": style, "words": words, "script": script}
    shown = _read("page.html")
    for name, part in parts.items():
        shown = shown.replace(f"{{{name}}}", part, 1)
    return shown, 200, _headers(style, script)


def _headers(style: str, script: str) -> dict[str, str]:
    policy = {
        "default-src": "'none'",
        "script-src": _named(script),
        "style-src": _named(style),
        "img-src": "data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Language",
        "X-Content-Type-Options": "nosniff",
    }


def _named(part: str) -> str:
    """Return how a policy names a style or a script that stands in the page."""
    return f"'sha256-{base64.b64encode(sha256(part.encode()).digest()).decode()}'"


def _words(language: str) -> dict[str, Any]:
    translate = catalogue(language)

    def say(code: str) -> str:
        return translate(template_of(code))

    return {
        "places": {place: say(code) for place, code in _PLACES.items()},
        "states": {state: say(f"status.client.{state}") for state in ClientState},
        **{name: say(f"page.{name}") for name in (*_WORDS, *_CHANGES)},
    }


def _tokens() -> str:
    """Return the colours of the design as variables: those of the scheme in use, by the setting or by the browser."""
    colours = json.loads(resource("theme/tokens.json").read_text(encoding="utf-8"))["color"]
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in colours[scheme].items()) for scheme in ("light", "dark")
    )
    return (
        f":root{{{light}}}"
        f"@media (prefers-color-scheme: dark){{:root:not([data-scheme=light]){{{dark}}}}}"
        f":root[data-scheme=dark]{{{dark}color-scheme:dark}}:root[data-scheme=light]{{color-scheme:light}}\n"
    )


def _read(name: str) -> str:
    return resource(f"web/{name}").read_text(encoding="utf-8")
