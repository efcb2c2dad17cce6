"""Writes what the docs say of settings and commands from the code: docs/*.md and .env.example.

python tools/gen_docs.py            write them
python tools/gen_docs.py --check    tell which are out of date
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

os.environ["COLUMNS"] = "100"  # help has one width, whatever terminal this runs in

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the corpus of secrets is a part of the tests

import typer.main
from typer.testing import CliRunner

from aisync_desktop.cli.app import app
from aisync_desktop.cli.grouped import first_words, grouped
from aisync_desktop.kernel.settings import variable
from aisync_desktop.service.settings import SECTIONS
from tests.secrets.corpus import Case
from tests.secrets.rates import AT_FIRST_SIGHT, PARTS, Rates, place_of
from tools.completion_table import command_table
from tools.operations_page import FOLDER, operations_page, schemas
from tools.permissions_page import permissions_page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_NOTE = "<!-- Written by tools/gen_docs.py (make docs); change the code, not this file. -->\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them with those that are there."""
    made = pages()
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    gone = [path for path in (DOCS / FOLDER).glob("*") if path not in made]
    if "--check" in arguments:
        for path in (*stale, *gone):
            print(f"{path.name} is out of date: run make docs")
        return 1 if stale or gone else 0
    (DOCS / FOLDER).mkdir(exist_ok=True)
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
    for path in gone:
        path.unlink()
    return 0


def pages() -> dict[Path, str]:
    """Return the text of every generated page."""
    return {
        DOCS / "SETTINGS.md": settings_page(),
        DOCS / "CLI.md": "\n".join(command_page()),
        DOCS / "SECRETS.md": "\n".join(secrets_page()),
        DOCS / "PERMISSIONS.md": permissions_page(_NOTE),
        DOCS / "OPERATIONS.md": operations_page(_NOTE),
        **{DOCS / path: text for path, text in schemas()},
        ROOT / "resources" / "commands.json": command_table(),
        ROOT / ".env.example": "\n".join(environment()),
    }


def settings_page() -> str:
    """Tell every setting with its values, default and meaning."""
    rows = "".join(_row(name, field) for name, field in _settings())
    return (
        f"# Settings\n\n{_NOTE}\n"
        "Change one with `aisync settings set NAME VALUE` or in the settings window. "
        "The environment variable wins over both, "
        "and so does its line in `.env` in the config folder ([.env.example](../.env.example)).\n\n"
        "| Setting | Values | Default | Meaning | Variable |\n|---|---|---|---|---|\n" + rows
    )


def _settings() -> Iterator[tuple[str, dict[str, Any]]]:
    for section in SECTIONS:
        yield from section.model_json_schema()["properties"].items()


def _row(name: str, field: dict[str, Any]) -> str:
    default = _spelled(field["default"])
    return f"| `{name}` | {_values(field)} | `{default}` | {field['description']} | `{variable(name)}` |\n"


def _values(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "minimum" in field and "maximum" in field:
        return f"{field['minimum']} to {field['maximum']}"
    return {"boolean": "`true`, `false`"}.get(field["type"], str(field["type"]))


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def environment() -> Iterator[str]:
    """Yield a file for a shell or a service manager: every variable that is read, with its default."""
    yield "# Variables that AISync Desktop reads; each wins over the stored setting of its name."
    yield "# Written by tools/gen_docs.py (make docs); for a shell, a service, or as .env in AISync's config folder."
    yield "# There a variable of the environment wins, nothing is expanded or run ('…' holds any value but a quote),"
    yield "# and a wrong line is an error that names it. Keep it for yourself: chmod 600 .env"
    yield "\n# Keep all of our own state under one folder; without it, the system's places."
    yield "# AISYNC_HOME=/path/to/a/folder"
    for name, field in _settings():
        yield f"\n# {field['description']} Values: {_values(field).replace('`', '')}."
        yield f"# {variable(name)}={_spelled(field['default'])}"
    yield ""


_SECRETS = """\
# Secrets

{note}
A literal secret in an item is known by its place, its shape or its randomness, and replaced by a reference
(`secret:` and 16 digits) before anything is compared, stored, shown or logged. It is written, as it is, only into
files of the user where that was agreed to, and never into a project's. Its value is kept for going back and deciding:

- in the keyring of the operating system, one entry for each, or
- where none is usable, encrypted in the database, with a note in the status; it moves as soon as a keyring answers.
  Where you go on without one (the setting `keyring`), none is asked, and nothing is noted.
  The key of that lies in the keyring or, where there was none when the database was made, in a private file beside it.

`aisync secrets list` shows what is kept where, `check` whether it can be had, `set` gives another value to all who hold
one, `remove` forgets it. Nobody shows a value. Versions of files in the history hold what the files held, encrypted.

## Handed over at the start

Where you chose `launch`, a client's entry holds no secret: it starts `aisync exec NAME`, which becomes the server with
the secrets in its environment. Any program can start that, and so can the file of any repository that you open in a
client; so what gets the secrets is what you agreed to, and nothing that the caller could choose:

- the server's entry as it was then, and its program, by its whole path. If either is another one, it is not started
  until you agree again: `aisync doctor` names the repair, which is only done where you name it.
- Command, arguments and folder may hold no variables (`${{HOME}}`), and the command no path that leads to another
  program in every folder. For such a server launching is not offered; write out the paths.
- PATH, HOME and what else says where code, settings and certificates are come from the time when you agreed. Of the
  caller's environment the server gets the session alone: language, terminal, time zone, display, bus, SSH agent,
  proxies, folders for temporary files. What else it needs, the entry's `env` says, and may refer to any variable there:
  `"KUBECONFIG": "${{KUBECONFIG}}"`.

Where a server of your own, as opposed to a project's, names no folder (`cwd`), it starts in the caller's, as it would
without AISync; give it one if its arguments name files without their whole path.

## How well they are told

Measured on a corpus of fields as people write them, by `tests/secrets/rates.py`:

| part of the corpus | secrets | missed | harmless | taken for secrets |
|---|---|---|---|---|
{rows}

At first sight, before the rules were mended, they missed {missed} of the second part and took {alarms} harmless values
for secrets: expect that on files that nobody has seen yet. What is taken for a secret wrongly is asked about before it
is copied, and not copied into a project; what is missed is treated as any other value.
"""


def secrets_page() -> Iterator[str]:
    """Yield the page about secrets, with what the rules do wrong on the corpus."""
    rows = "\n".join(map(_rates_row, PARTS))
    yield _SECRETS.format(note=_NOTE, rows=rows, missed=AT_FIRST_SIGHT[0], alarms=AT_FIRST_SIGHT[1])
    yield f"Still missed: {_places(case for part in PARTS for case in part.missed)}.\n"
    yield f"Still taken for secrets: {_places(case for part in PARTS for case in part.alarms)}.\n"


def _rates_row(part: Rates) -> str:
    missed, alarms = len(part.missed), len(part.alarms)
    return (
        f"| {part.name} | {len(part.secrets)} | {missed} ({missed / len(part.secrets):.1%}) "
        f"| {len(part.harmless)} | {alarms} ({alarms / len(part.harmless):.1%}) |"
    )


def _places(cases: Iterable[Case]) -> str:
    return ", ".join(f"`{place}`" for place in dict.fromkeys(map(place_of, cases))) or "none"


_COMMANDS = """\
# Commands

{note}
`aisync` alone shows how everything stands, and what to do next. While the app runs, commands talk to it; otherwise they
do the work themselves. `-h` or `--help` behind any of them tells its options.

{table}
## What they answer

| Exit code | Meaning |
|---|---|
| 0 | All is fine |
| 1 | An error: what was asked for was not done, or only a part of it |
| 2 | The words of the command cannot be understood; nothing was done |
| 3 | Something waits for you, or is out of step; what was asked for is done |
| 130 | Ctrl+C |
| 141 | Nobody read the answer to its end, as behind `head`; what was asked for is done |

With `--json` the answer is one JSON object: that of the operation which the command asks for
([OPERATIONS.md](OPERATIONS.md) has its schema). A command that fails answers
`{{"error": {{"code", "title", "message", "next_step", "path"}}}}`; what people read is on the standard error.
"""


def command_page() -> Iterator[str]:
    """Yield the page of all commands: a table by what people do, then each with its help."""
    root = typer.main.get_command(app)
    yield _COMMANDS.format(note=_NOTE, table="\n".join(_command_table(root)))
    for path in commands(root):
        title = " ".join(["aisync", *path])
        done = CliRunner().invoke(app, [*path, "--help"], prog_name="aisync")
        yield f"## {title}\n\n```text\n{_tidy(done.output)}\n```\n"


def _command_table(root: Any) -> Iterator[str]:
    for title, members in grouped(root.commands):
        yield f"| {title} | |\n|---|---|"
        for name in members:
            for path in commands(root.commands[name], (name,)):
                command = functools.reduce(lambda above, word: above.commands[word], path, root)
                if not hasattr(command, "commands"):
                    words = f"aisync {' '.join(path)}"
                    yield f"| [`{words}`](#{words.replace(' ', '-')}) | {first_words(command.help)} |"
        yield ""


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every command that is not hidden, each group before its members."""
    yield path
    for name, child in sorted(getattr(command, "commands", {}).items()):
        if not child.hidden:
            yield from commands(child, (*path, name))


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
