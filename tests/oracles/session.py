"""A session with a client's app server in which a user says no to every question, and notes what was asked about.

    session.py ASKED COMMAND ...

It speaks JSON-RPC over stdio, begins one turn and waits for its end; ASKED becomes the list of the asked calls' ids.
Only the standard library.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any


class Session:
    """One conversation; what the server wants to know is answered while something else is waited for."""

    def __init__(self, said: IO[str], heard: IO[str]) -> None:
        self.asked: list[str] = []
        self._said, self._heard = said, heard
        self._count = 0

    def call(self, method: str, **params: Any) -> Any:
        """Call the server and return its result."""
        self._count += 1
        self._send({"id": self._count, "method": method, "params": params})
        found = self._until(lambda one: "method" not in one and one.get("id") == self._count)
        if "result" not in found:
            raise SystemExit(json.dumps(found))
        return found["result"]

    def wait_for(self, *methods: str) -> None:
        """Wait until the server tells one of these."""
        self._until(lambda one: one.get("method") in methods and "id" not in one)

    def _until(self, is_it: Any) -> Any:
        for line in self._heard:
            message = json.loads(line)
            if "method" in message and "id" in message:
                self._refuse(message)
            elif is_it(message):
                return message
        raise SystemExit("the server ended")

    def _refuse(self, message: Mapping[str, Any]) -> None:
        self.asked.append(str(message["params"].get("itemId", "")))
        no = {"action": "decline"} if "elicitation" in message["method"] else {"decision": "decline"}
        self._send({"id": message["id"], "result": no})

    def _send(self, message: Mapping[str, Any]) -> None:
        self._said.write(json.dumps(message) + "\n")
        self._said.flush()


def main() -> None:
    """Hold the session."""
    asked, *command = sys.argv[1:]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        if server.stdin is None or server.stdout is None:
            raise SystemExit("no pipes")
        session = Session(server.stdin, server.stdout)
        session.call("initialize", clientInfo={"name": "oracle", "version": "1"})
        thread = session.call("thread/start", cwd=str(Path.cwd()))["thread"]["id"]
        session.call("turn/start", threadId=thread, input=[{"type": "text", "text": "go"}])
        session.wait_for("turn/completed", "turn/failed")
        Path(asked).write_text(json.dumps(session.asked), encoding="utf-8")
        server.kill()


if __name__ == "__main__":
    main()
