"""`python -m aisync_desktop` and `aisync` are the same program."""

from __future__ import annotations

import os


def main() -> None:
    """Run the command line."""
    # Plugins of whatever else is installed have no business in our models, and looking for them costs 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from aisync_desktop.cli.app import start  # noqa: PLC0415 - nothing is imported before it is needed

    start()


if __name__ == "__main__":
    main()
