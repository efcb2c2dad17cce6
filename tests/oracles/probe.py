"""A tiny MCP server that writes down what reached it: its arguments, environment and folder, or a request's headers.

    probe.py stdio NAME [ARGUMENT ...]   a server that a client starts
    probe.py http PORT                   every path of it is a server; those that begin with /sse speak SSE alone

The record, one JSON object per line, stands beside this file, of which each test has a copy. Only the standard library:
a client may start it with an environment that has nothing.
"""

from __future__ import annotations

import fcntl
import json
import os
import queue
import signal
import socket
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_RECORD = Path(__file__).with_suffix(".jsonl")
_TOOLS = [
    {"name": name, "description": name, "inputSchema": {"type": "object", "properties": {}}}
    for name in ("ping_tool", "danger_tool")
]
_MESSAGES = "/messages"  # before the path of a stream: where what is meant for it is sent
_SIOCSIFFLAGS, _IFF_UP_RUNNING = 0x8914, 0x41


def _note(**seen: Any) -> None:
    with _RECORD.open("a", encoding="utf-8") as file:
        file.write(json.dumps(seen, ensure_ascii=False) + "\n")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _reply(message: Any) -> dict[str, Any] | None:
    """Answer as a server that has two tools and nothing else."""
    if not isinstance(message, dict) or "id" not in message:
        return None
    asked = message.get("method", "")
    version = message.get("params", {}).get("protocolVersion", "2025-03-26")
    results = {
        "initialize": {
            "protocolVersion": version,
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "probe", "version": "1"},
        },
        "tools/list": {"tools": _TOOLS},
        "ping": {},
    }
    answer = {"jsonrpc": "2.0", "id": message["id"]}
    if asked in results:
        return answer | {"result": results[asked]}
    return answer | {"error": {"code": -32601, "message": "no such method"}}


def _parsed(data: str | bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


def serve_stdio(name: str, arguments: list[str]) -> None:
    """Speak with the client that started us."""
    _note(server=name, arguments=arguments, environment=dict(os.environ), folder=str(Path.cwd()))
    for line in sys.stdin:
        reply = _reply(_parsed(line))
        if reply:
            _say(json.dumps(reply))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # some clients keep connections, whatever they are told
    streams: dict[str, queue.SimpleQueue[dict[str, Any]]] = {}  # noqa: RUF012 - the base class makes one per request

    def log_message(self, *_: Any) -> None:
        """Say nothing: standard error is for faults."""

    def do_GET(self) -> None:
        if not self.path.startswith("/sse"):
            self._note(self.path)
            self._answer(405)
            return
        messages = self.streams[self.path] = queue.SimpleQueue()
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self._event("endpoint", _MESSAGES + self.path)
        while True:
            self._event("message", json.dumps(messages.get()))

    def _event(self, kind: str, data: str) -> None:
        self.wfile.write(f"event: {kind}\ndata: {data}\n\n".encode())
        self.wfile.flush()

    def do_POST(self) -> None:
        message = _parsed(self.rfile.read(int(self.headers.get("content-length") or 0)))
        if self.path.startswith("/sse"):  # who knows only the newer way of talking has not reached this server
            self._answer(405)
            return
        server = self.path.removeprefix(_MESSAGES)
        self._note(server)
        if server.endswith("/chat/completions"):
            self._speak(streamed=bool(message and message.get("stream")))
            return
        reply, stream = _reply(message), self.streams.get(server)
        if reply and stream:
            stream.put(reply)
        body = json.dumps(reply).encode() if reply and not stream else b""
        self._answer(200 if body else 202, body)

    def _speak(self, *, streamed: bool) -> None:
        """Say one word as the model that a client talks to."""
        said = {"role": "assistant", "content": "done"}
        choice = {"index": 0, "finish_reason": "stop", "delta" if streamed else "message": said}
        kind = "chat.completion.chunk" if streamed else "chat.completion"
        word = json.dumps({"id": "1", "object": kind, "created": 1, "model": "probe", "choices": [choice]})
        body = f"data: {word}\n\ndata: [DONE]\n\n" if streamed else word
        self._answer(200, body.encode(), "text/event-stream" if streamed else "application/json")

    def _answer(self, status: int, body: bytes = b"", kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_DELETE(self) -> None:
        self._answer(200)

    def _note(self, server: str) -> None:
        _note(path=server, verb=self.command, headers={k.lower(): v for k, v in self.headers.items()})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a client connects to all its servers at once

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hangs up."""


def serve_http(port: int) -> None:
    """Serve as the first process of a network that has nothing but an interface that is down."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # orphans become our children
    with socket.socket() as sock:
        fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP_RUNNING))
    server = _Server(("127.0.0.1", port), _Handler)
    _say("ready")
    server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1] == "stdio":
        serve_stdio(sys.argv[2], sys.argv[3:])
    else:
        serve_http(int(sys.argv[2]))
