"""What the commands print: one object as JSON, or lines for people in their language."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.values import Value
from aisync_desktop.service.told import Line

# What is not printed, by its ranges: controls, blanks that are none, marks of direction, halves of pairs, tags.
_UNPRINTED = re.compile(
    "[\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class UnwrittenError(WorldError):
    """Nobody takes what a command says on its standard output: the disk is full, or the reader is gone."""

    def __init__(self, error: OSError) -> None:
        reason = os.strerror(error.errno) if error.errno else str(error)
        super().__init__(
            text("output.unwritten"), text("output.unwritten.message", reason=reason), text("output.unwritten.next")
        )


class ReaderGoneError(UnwrittenError):
    """Nobody reads on, as behind `| head`: no reason for words."""


class NobodyToAskError(WorldError):
    """A question is to be answered, and there is no terminal at which somebody could."""

    def __init__(self) -> None:
        super().__init__(text("cli.nobody"), text("cli.nobody.message"), text("cli.nobody.next"))


def has_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def prepare_streams() -> None:
    """Have a letter that the terminal does not know cost no command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def answering() -> Iterator[None]:
    """Have all that the block writes to the standard output arrive, or fail in our words and try no more."""
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        with suppress(OSError):  # what waits to be written would fail again when Python ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise (ReaderGoneError if isinstance(error, BrokenPipeError) else UnwrittenError)(error) from error


class Output:
    """Prints for a person or for a program: the one place through which all goes that a command says.

    Each line for a person stays one line that commands no terminal and turns nothing around: there are names and texts
    in it that others wrote, a repository among them. JSON says the same by its own escapes.
    """

    def __init__(self, *, as_json: bool, translate: Callable[[str], str]) -> None:
        self._json = as_json
        self._translate = translate

    def say(self, line: Text) -> str:
        """Return a text in the user's language."""
        return line.render(self._translate)

    def answer(self, data: Value, lines: Iterable[str]) -> None:
        """Print the answer of a command."""
        if self._json:
            with answering():
                print(_json(data, indent=2))
        else:
            self.show(lines)

    def show(self, lines: Iterable[str]) -> None:
        """Print lines for a person: those of an answer, or, on stderr if that is JSON, what a question is about."""
        shown = [visible(line) for line in lines]
        with answering():
            for line in shown:
                print(line, file=sys.stderr if self._json else sys.stdout)

    @staticmethod
    def raw(lines: Iterable[str]) -> None:
        """Print lines for another program, as they are."""
        with answering():
            sys.stdout.writelines(f"{line}\n" for line in lines)

    @property
    def can_ask(self) -> bool:
        """Whether somebody sits at a terminal."""
        return has_terminal()

    def agrees(self, question: str) -> bool:
        """Ask yes or no, on stderr, as the answer of the command may go elsewhere; who says nothing does not agree.

        Without a terminal nothing is asked: an answer that somebody else's program gives is none.
        """
        if not self.can_ask:
            raise NobodyToAskError
        while True:
            with answering():
                print(f"{visible(question)} [y/N]: ", end="", file=sys.stderr, flush=True)
            said = _line()
            if not said.endswith("\n"):  # nobody ended the line, so what comes next would stand in it
                print(file=sys.stderr)
            match said.strip().lower():
                case "y" | "yes":
                    return True
                case "" | "n" | "no":
                    return False

    def stream(self, data: Value, line: str) -> None:
        """Print one of many answers at once, for a command that has no end: an object per line as JSON."""
        with answering():
            print(_json(data) if self._json else visible(line))

    def tell(self, line: str) -> None:
        """Print one line for people on stderr, beside the answer."""
        self.tell_all([f"aisync: {line}"])

    @staticmethod
    def tell_all(lines: Iterable[str]) -> None:
        """Print lines for people on stderr; nothing is done about nobody hearing them."""
        with suppress(OSError):
            for line in lines:
                print(visible(line), file=sys.stderr)

    def error(self, error: WorldError) -> None:
        """Print a problem of the world: one line on stderr, and as the answer of a command that answers in JSON."""
        if isinstance(error, ReaderGoneError):
            return
        self.tell(error.one_line(self._translate))
        if not isinstance(error, UnwrittenError):
            title, message, next_step = (one.english() for one in (error.title, error.message, error.next_step))
            self.failure(error.code, title, message, next_step, error.where)

    def failure(self, code: str, title: str, message: str, next_step: str, path: str = "") -> None:
        """Print why there is no answer, where that was to be JSON."""
        if not self._json:
            return
        told = {"code": code, "title": title, "message": message, "next_step": next_step, "path": path}
        with suppress(UnwrittenError), answering():
            print(_json({"error": {**told}}, indent=2))


def _line() -> str:
    """Return a line of the standard input; "" where there is none, or none that is text."""
    try:
        return sys.stdin.readline() if sys.stdin else ""
    except UnicodeDecodeError:
        return ""


def _json(data: Value, indent: int | None = None) -> str:
    """Return JSON that is plain ASCII wherever a terminal could be moved, and always where it knows nothing else."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    told = json.dumps(data, ensure_ascii=not encoding.startswith("utf"), indent=indent)
    return _UNPRINTED.sub(lambda found: json.dumps(found[0])[1:-1], told)


def shown(line: Line) -> str:
    """Return a line of a status as it is shown here: a moment in the time of this place."""
    if isinstance(line, str):
        return line
    at, said = line
    return f"  {at.astimezone():%Y-%m-%d %H:%M:%S}  {said}"
