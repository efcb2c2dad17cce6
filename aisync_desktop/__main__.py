"""`python -m aisync_desktop` and `aisync` are the same program."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from aisync_desktop.cli.app import app  # noqa: PLC0415 - nothing is imported before it is needed

    app(prog_name="aisync")


if __name__ == "__main__":
    main()
