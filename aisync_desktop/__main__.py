"""`python -m aisync_desktop` and `aisync` are the same program."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

# Commands that have no time for the full reader, by their word: what reads the plain ones of them by itself, and
# returns None for all others. `exec` stands in front of every server, `completion` is asked with each Tab, and what
# reads all commands would stay in the memory of `run` for days.
_QUICK = {
    "": "quick_status:tell_next",
    "completion": "completion:tell",
    "exec": "exec:tell",
    "plan": "plans:tell",
    "run": "run:tell",
    "status": "quick_status:tell_status",
}
_MANY = 500_000  # new objects between two looks of the garbage collector: what is imported is no garbage


def main() -> None:
    """Run the command line."""
    # Plugins of whatever else is installed have no business in our models, and looking for them costs 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(_MANY)
    try:
        _run()
    except BaseException as error:
        from aisync_desktop.service.told import INTERRUPTED, was_interrupted

        if isinstance(error, SystemExit) or not was_interrupted(error):
            raise
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # nor is it looked through once more when the process ends, and all of it goes anyway


def _run() -> None:
    module, _, tell = _QUICK.get(" ".join(sys.argv[1:2]), "").partition(":")
    if module:
        code = getattr(import_module(f"aisync_desktop.cli.{module}"), tell)(sys.argv[2:])
        if code is not None:
            sys.exit(code)
    from aisync_desktop.cli import app

    app.start()


if __name__ == "__main__":
    main()
