"""Keep the translations whole: `extract` after texts changed, translate, `build`, and `check` tells what is missing.

    python tools/translations.py extract|build|check

The .ts files are the source, the .qm files what Qt reads. Both are committed, so that a checkout speaks Korean without
a build step; `check` (and a test) proves that the .qm are made of the .ts and the .ts of the code.
"""

from __future__ import annotations

import argparse
import re
import shutil
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "ko")
_TOOLS = Path(PySide6.__file__).parent
# Korean: both forms of a particle at once, or one form right behind a parameter, whatever that ends with.
_UNSURE_PARTICLE = re.compile(
    r"[을이은과]\([를가는와]\)|\(으\)로|[를가는와]\([을이은과]\)"
    r"|(?:\{\w+\}|%\d)[^\w\s{}]?(?:을|를|이|가|은|는|와|과|으로|로)(?![가-힣])"
)
_MNEMONIC = re.compile(r"&(?=[^&\s])")


@dataclass(frozen=True)
class Message:
    """One entry of a .ts file; a plural one has several translations."""

    context: str
    source: str
    plural: bool
    finished: bool
    translations: tuple[str, ...]


def sources() -> list[Path]:
    """Return the files that hold texts, in a fixed order."""
    package = ROOT / "aisync_desktop"
    return [*sorted((package / "ui").rglob("*.py")), *sorted(package.rglob("*messages.py"))]


def extract(folder: Path) -> None:
    """Bring the .ts files of a folder up to date with the code."""
    for language in LANGUAGES:
        # English is the language of the sources: only its plurals have to be told.
        which = ["-pluralonly"] if language == "en" else []
        options = ["-silent", "-locations", "none", "-no-obsolete", "-source-language", "en", *which]
        target = ["-target-language", language, "-ts", str(folder / f"aisync_{language}.ts")]
        _run("lupdate", *options, *(str(path.relative_to(ROOT)) for path in sources()), *target)


def build(folder: Path) -> None:
    """Make the .qm files next to the committed .ts files, or in another folder."""
    for language in LANGUAGES:
        ts, qm = FOLDER / f"aisync_{language}.ts", folder / f"aisync_{language}.qm"
        _run("lrelease", "-silent", str(ts), "-qm", str(qm))


def check() -> list[str]:
    """Return everything that is wrong."""
    return [*_stale(), *(fault for language in LANGUAGES for fault in faults(language))]


def faults(language: str) -> Iterator[str]:
    """Yield the messages of one language that are not translated, or not with the same parameters."""
    for message in messages(FOLDER / f"aisync_{language}.ts"):
        place = f"{language}: {message.context}: {message.source!r}"
        if not message.finished or not all(message.translations):
            yield f"{place} is not translated"
        for translation in message.translations if message.finished else ():
            if _parameters(translation) != _parameters(message.source):
                yield f"{place} has other parameters in {translation!r}"
            if language == "ko" and _UNSURE_PARTICLE.search(translation):
                yield f"{place} has a particle that need not fit: {translation!r}"
            if language == "en" and "(s)" in translation:
                yield f"{place} has a noun that does not agree with its count: {translation!r}"
            if bool(_MNEMONIC.search(translation)) != bool(_MNEMONIC.search(message.source)):
                yield f"{place} has a mnemonic on one side only: {translation!r}"


def messages(ts: Path) -> Iterator[Message]:
    """Yield the entries of a .ts file."""
    for context in ET.parse(ts).iter("context"):  # noqa: S314 - the file is our own
        for node in context.iter("message"):
            translation = node.find("translation")
            plural = node.get("numerus") == "yes"
            if translation is None:
                texts: tuple[str, ...] = ()
            elif plural:
                texts = tuple(form.text or "" for form in translation.iter("numerusform"))
            else:
                texts = (translation.text or "",)
            finished = translation is not None and translation.get("type") is None
            yield Message(context.findtext("name", ""), node.findtext("source", ""), plural, finished, texts)


def _parameters(text: str) -> set[str]:
    fields = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    return {*fields, *re.findall(r"%n|%L?\d", text)}


def _stale() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch)
        for ts in FOLDER.glob("*.ts"):
            shutil.copy(ts, fresh)
        extract(fresh)
        build(fresh)
        for path in sorted(fresh.iterdir()):
            committed = FOLDER / path.name
            if not committed.exists() or committed.read_bytes() != path.read_bytes():
                step = "extract" if path.suffix == ".ts" else "build"
                yield f"{path.name} is not up to date: run tools/translations.py {step}"


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(_TOOLS / tool), *arguments], check=True, cwd=ROOT)


def main() -> int:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("extract", "build", "check"))
    step = parser.parse_args().step
    if step == "check":
        wrong = check()
        print("\n".join(wrong) or "All translations are whole.")
        return 1 if wrong else 0
    (extract if step == "extract" else build)(FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
