"""`python -m aisync_desktop` and `aisync` are the same program."""

from __future__ import annotations

import gc
import os
import sys

_MANY = 500_000  # new objects between two looks of the garbage collector: what is imported is no garbage


def main() -> None:
    """Run the command line."""
    # Plugins of whatever else is installed have no business in our models, and looking for them costs 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(_MANY)
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(130)  # as every program that Ctrl+C ends; said here in a number, as nothing is imported yet
    finally:
        gc.freeze()  # nor is it looked through once more when the process ends, and all of it goes anyway


def _run() -> None:
    if sys.argv[1:2] == ["exec"]:  # in front of every server that a client starts: it has no time for the others
        from aisync_desktop.cli.exec import parse, start

        if (asked := parse(sys.argv[2:])) is not None:
            sys.exit(start(asked))
    if sys.argv[1:2] in ([], ["status"]):  # what the running app says in words need not be made of its parts here
        from aisync_desktop.cli.quick_status import tell

        if (code := tell(sys.argv[2:], os.environ, alone=not sys.argv[1:])) is not None:
            sys.exit(code)
    if sys.argv[1:2] == ["plan"]:  # it looks at every file, and has no time for words that it does not take
        from aisync_desktop.cli.plans import tell as tell_plan

        if (code := tell_plan(sys.argv[2:])) is not None:
            sys.exit(code)
    if sys.argv[1:2] == ["run"]:  # what reads the other commands would stay in memory for days
        from aisync_desktop.cli.run import parse as parse_run
        from aisync_desktop.cli.run import start as start_app

        if (how := parse_run(sys.argv[2:])) is not None:
            sys.exit(start_app(how))
    from aisync_desktop.cli import app

    app.start()


if __name__ == "__main__":
    main()
