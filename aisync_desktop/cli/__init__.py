"""The command line `aisync`: Typer commands over an engine of their own, or over the API when the app runs.

Belongs here: arguments, exit codes, text and JSON for a terminal.
Does not: Qt (imported only by `run`), logic that another face would need as well.
"""
