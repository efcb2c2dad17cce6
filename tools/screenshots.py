"""Draw the window's pages into build/screenshots/, in few pictures that show every two of their looks together.

    python -m tools.screenshots [--beside FOLDER] [--only NAME] [--out FOLDER]

Pages and their states come from fixtures (tests/ui/scenes.py). They are drawn over languages, schemes, densities and
widths, chosen pairwise. index.html shows them one below the other; with a folder of drawings (`home-light.png`, ...)
each beside the drawing of its page.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, qInstallMessageHandler
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.theme import Appearance
from tests.ui.pages.first_run.samples import HOME
from tests.ui.scenes import SCENES, Scene
from tools.pairwise import Chosen, pairwise

ROOT = Path(__file__).parents[1]
SIZES = {"800": (800, 560), "1120": (1120, 720), "1366": (1366, 768)}
_USUAL = "1120"
_STYLE = """
body { font: 14px/1.5 sans-serif; margin: 24px; background: #e8eaee; color: #1a1e25 }
section { margin-bottom: 40px } h2 { font-size: 15px; margin: 0 0 8px } p { margin: 0 0 8px; color: #565f6d }
.row { display: flex; gap: 16px; align-items: flex-start } img { max-width: 100%; border: 1px solid #cdd2d9 }
.row > * { flex: 1; min-width: 0 }
"""


def axes() -> dict[str, tuple[str, ...]]:
    """Return what is to be seen together."""
    states = dict.fromkeys(state for scene in SCENES for state in scene.states)
    return {
        "scene": tuple(scene.name for scene in SCENES),
        "state": tuple(states),
        "language": ("en", "ko"),
        "scheme": ("light", "dark"),
        "scale": ("1", "2"),
        "width": tuple(SIZES),
    }


def pictures() -> list[Chosen]:
    """Return what is drawn: the usual look of every page first, and then what is not seen by that."""
    scenes = {scene.name: scene for scene in SCENES}
    usual = {"language": "en", "scheme": "light", "scale": "1", "width": _USUAL}
    given = [{"scene": scene.name, "state": "usual", **usual} for scene in SCENES]

    def allowed(one: Chosen) -> bool:
        scene = scenes[one["scene"]]
        return one["state"] in scene.states and (one["width"] == _USUAL or not scene.dialog)

    return pairwise(axes(), allowed, given)


def name_of(picture: Chosen) -> str:
    """Return the file's name of a picture."""
    return f"{'-'.join(picture.values())}.png"


class Studio:
    """Draws scenes in one application."""

    def __init__(self, app: QApplication, out: Path) -> None:
        self._app = app
        self._out = out
        self._languages, self._appearance = Languages(app), Appearance(app)

    def draw(self, scene: Scene, picture: Chosen) -> Path:
        """Draw one picture; return where it is."""
        self._languages.use(picture["language"])
        self._appearance.use(picture["scheme"], reduce_motion=True)
        shown = scene.states[picture["state"]]()
        if not scene.dialog:
            shown.resize(*SIZES[picture["width"]])
        shown.show()
        self._settle()
        path = self._out / name_of(picture)
        _drawn(shown, float(picture["scale"])).save(str(path))
        top = shown.parentWidget() or shown
        top.hide()
        top.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return path

    def _settle(self) -> None:
        for _ in range(10):  # layouts that follow layouts
            self._app.processEvents()


def _drawn(widget: QWidget, scale: float) -> QPixmap:
    picture = QPixmap(widget.size() * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(widget.palette().window().color())
    widget.render(picture)
    return picture


def page(drawn: list[tuple[Chosen, Path]], drawings: Path | None) -> str:
    """Return index.html."""
    sections = "\n".join(_sections(drawn, drawings))
    return f"<!doctype html><meta charset=utf-8><title>Screenshots</title><style>{_STYLE}</style>\n{sections}\n"


def _sections(drawn: list[tuple[Chosen, Path]], drawings: Path | None) -> Iterator[str]:
    scenes = {scene.name: scene for scene in SCENES}
    for picture, path in sorted(drawn, key=lambda one: name_of(one[0])):
        looks = ", ".join(f"{axis} {value}" for axis, value in picture.items() if axis not in {"scene", "state"})
        beside = _drawing(drawings, scenes[picture["scene"]].drawing, picture) if drawings else None
        images = [path.name, *([beside.resolve().as_uri()] if beside else [])]
        shown = "".join(f'<a href="{escape(one)}"><img loading=lazy src="{escape(one)}"></a>' for one in images)
        title = escape(f"{picture['scene']}, {picture['state']}")
        yield f"<section><h2>{title}</h2><p>{escape(looks)}</p><div class=row>{shown}</div></section>"


def _drawing(drawings: Path, name: str, picture: Chosen) -> Path | None:
    """Return the drawing of a page that is nearest to a picture, if there is one."""
    looks = (
        picture["scheme"],
        picture["language"],
        f"{SIZES[picture['width']][0]}x{SIZES[picture['width']][1]}",
        "light",
    )
    candidates = [drawings / f"{name}-{look}.png" for look in looks] if name else []
    return next((path for path in candidates if path.is_file()), None)


def main(words: list[str]) -> int:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", type=Path, help="a folder with drawings")
    parser.add_argument("--only", default="", help="pages whose names begin so")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    given = parser.parse_args(words)
    given.out.mkdir(parents=True, exist_ok=True)
    for old in given.out.glob("*.png"):
        old.unlink()
    os.environ["HOME"] = HOME  # paths are shown from there
    qInstallMessageHandler(lambda *_: None)  # the offscreen platform says at each window what it cannot do
    studio, scenes = Studio(QApplication([]), given.out), {scene.name: scene for scene in SCENES}
    wanted = [one for one in pictures() if one["scene"].startswith(given.only)]
    drawn = [(one, studio.draw(scenes[one["scene"]], one)) for one in wanted]
    index = given.out / "index.html"
    index.write_text(page(drawn, given.beside), encoding="utf-8")
    sys.stdout.write(f"{len(drawn)} pictures: {index}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
