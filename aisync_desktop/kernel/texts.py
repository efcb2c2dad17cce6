"""Texts: their lines, which of them Markdown takes for code, and the one spelling in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BLANK_LINES = re.compile(r"(?:\ufeff|[ \t\r]*\n)+")
_LINE_END = re.compile(r"(?<!\r)\r+\n")
_BLANK = " \t\r\n"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
UNSEEN = re.compile(  # letters and marks by their kind, of which nothing is seen
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0e\uffa0"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)


def lines_of(text: str) -> list[str]:
    """Return the lines with their endings; only a line feed ends one, as for git and every client."""
    return _LINE.findall(text)


def encodable(name: str) -> str:
    """Return a name as text that can be written down anywhere: on POSIX a file's name may be bytes that are no text."""
    return name.encode("utf-8", "backslashreplace").decode()


def visible(untrusted: str, most: int = 0, *, numbered: bool = False) -> str:
    """Return a text that somebody else wrote as one line that shows what it is made of, no longer than `most`.

    Whatever is not printed, is printed as nothing, or would move or turn the rest around, is written as its number;
    all that is not ASCII if it is to be `numbered`.
    """
    if untrusted.isascii() and untrusted.isprintable():
        shown = untrusted
    else:
        hidden = _NOT_ASCII if numbered else UNSEEN
        letters = set(untrusted)  # a text may be long: each of its letters is looked at once
        numbers = {ord(each): _number(each) for each in letters if hidden.fullmatch(each) or not each.isprintable()}
        shown = untrusted.translate(numbers) if numbers else untrusted
    return shortened(shown, most) if most else shown


def width(shown: str) -> int:
    """Return how many columns of a terminal a text takes: the letters of Korean, Chinese and Japanese two each."""
    return len(shown) if shown.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in shown)


def padded(shown: str, columns: int) -> str:
    """Return a text that takes so many columns of a terminal, if it does not take more."""
    return shown + " " * (columns - width(shown))


def shortened(text: str, most: int) -> str:
    """Return a text with no more than so many characters of it: its beginning, its end, and how many are between."""
    if len(text) <= most:
        return text
    head = most * 2 // 3
    return f"{text[:head]}{left_out(len(text) - most)}{text[head - most :]}"


def left_out(count: int) -> str:
    """Return what stands for so many characters that are not shown."""
    return f" … +{count} … " if count else ""


def _number(character: str) -> str:
    number = ord(character)
    if number < 0x80:  # noqa: PLR2004 - of ASCII, the short spellings that everybody knows
        return character.encode("unicode_escape").decode()
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004 - the two lengths of Python's


def fenced(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it is in a fenced block of code, or a fence itself."""
    fence = ""
    for line in lines:
        marker = _FENCE.match(line)
        inside = bool(fence or marker)
        if fence:
            fence = "" if marker and marker[1].startswith(fence) else fence
        elif marker:
            fence = marker[1]
        yield line, inside


def plain_text(text: str) -> str:
    """Return a text in the one spelling that is compared: line feeds only, no outer blank lines, one final newline."""
    text = _LINE_END.sub("\n", text)
    inner = text[len(blank_head(text)) :].rstrip(_BLANK)
    return f"{inner}\n" if inner else ""


def blank_head(text: str) -> str:
    """Return the blank lines that a text begins with."""
    found = _BLANK_LINES.match(text)
    return found.group() if found else ""


def reframed(text: str, plain: str) -> str:
    """Return a plain text within the blank edges of another one."""
    if not plain_text(text):
        return blank_head(text) + plain
    return blank_head(text) + plain.rstrip("\n") + text[len(text.rstrip(_BLANK)) :]
