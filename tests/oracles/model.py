"""A model that asks for everything at once: all the tool calls of a script in one answer, and notes what comes of them.

    model.py PORT SCRIPT RESULTS COMMAND ...

It serves while the command runs. SCRIPT is a JSON list of [tool, input]; RESULTS becomes a list of what the client
answered to each, and all that it asked stands beside that, as `.asked`. It speaks Anthropic's messages, OpenAI's chat
completions and its responses, where a tool can be named as `namespace/tool`. Only the standard library.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

_SAID: dict[str, Any] = {"type": "text", "text": "done"}
_MESSAGE = {
    "type": "message",
    "id": "m",
    "role": "assistant",
    "status": "completed",
    "content": [{"type": "output_text", "text": "done", "annotations": []}],
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: ClassVar[list[tuple[str, dict[str, Any]]]] = []
    results: ClassVar[Path]

    def log_message(self, *_: Any) -> None:
        """Say nothing: standard error is the client's."""

    def do_GET(self) -> None:
        self._answer({"data": []})

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}"
        with self.results.with_suffix(".asked").open("ab") as file:
            file.write(asked + b"\n")
        body = json.loads(asked)
        if self.path.split("?")[0].endswith("/messages"):
            self._messages(body)
        elif self.path.endswith("/chat/completions"):
            self._completions(body)
        elif self.path.endswith("/responses"):
            self._responses(body)
        else:
            self._answer({"input_tokens": 1})

    def _calls(self, body: Mapping[str, Any], results: Mapping[str, str]) -> list[tuple[str, str, dict[str, Any]]]:
        """Return the calls to ask for: none once there are answers, or where the client offers no tools."""
        if results:
            found = [results.get(f"call_{place}", "") for place in range(len(self.script))]
            self.results.write_text(json.dumps(found), encoding="utf-8")
        if results or not body.get("tools"):
            return []
        return [(f"call_{place}", tool, given) for place, (tool, given) in enumerate(self.script)]

    def _messages(self, body: Mapping[str, Any]) -> None:
        parts = [part for message in body["messages"] for part in _parts(message["content"])]
        results = {part["tool_use_id"]: _text(part["content"]) for part in parts if part.get("type") == "tool_result"}
        calls = self._calls(body, results)
        blocks = [{"type": "tool_use", "id": key, "name": tool, "input": given} for key, tool, given in calls] or [
            _SAID
        ]
        reason = "tool_use" if calls else "end_turn"
        usage = {"input_tokens": 1, "output_tokens": 1}
        message = {
            "id": "m",
            "type": "message",
            "role": "assistant",
            "model": "probe",
            "content": blocks,
            "usage": usage,
        }
        if body.get("stream"):
            self._stream(_events(message | {"content": []}, blocks, reason))
        else:
            self._answer(message | {"stop_reason": reason, "stop_sequence": None})

    def _completions(self, body: Mapping[str, Any]) -> None:
        results = {one["tool_call_id"]: _text(one["content"]) for one in body["messages"] if one["role"] == "tool"}
        calls = [
            {"index": place, "id": key, "type": "function", "function": {"name": tool, "arguments": json.dumps(given)}}
            for place, (key, tool, given) in enumerate(self._calls(body, results))
        ]
        said = {"role": "assistant", **({"tool_calls": calls} if calls else {"content": "done"})}
        choice = {"index": 0, "finish_reason": "tool_calls" if calls else "stop"}
        answer = {"id": "1", "created": 1, "model": "probe"}
        if body.get("stream"):
            chunk = answer | {"object": "chat.completion.chunk", "choices": [choice | {"delta": said}]}
            self._stream([(None, chunk)], end="data: [DONE]\n\n")
        else:
            self._answer(answer | {"object": "chat.completion", "choices": [choice | {"message": said}]})

    def _responses(self, body: Mapping[str, Any]) -> None:
        said = [one for one in body["input"] if one.get("type") == "function_call_output"]
        calls = self._calls(body, {one["call_id"]: _text(one["output"]) for one in said})
        items = [_function_call(*call) for call in calls] or [_MESSAGE]
        usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
        answer = {"id": "1", "object": "response", "created_at": 1, "model": "probe", "output": items, "usage": usage}
        done: list[tuple[str, dict[str, Any]]] = [
            ("response.output_item.done", {"output_index": place, "item": item}) for place, item in enumerate(items)
        ]
        done.append(("response.completed", {"response": answer | {"status": "completed"}}))
        self._stream((kind, {"type": kind} | data) for kind, data in done)

    def _stream(self, events: Iterable[tuple[str | None, dict[str, Any]]], end: str = "") -> None:
        lines = (f"event: {kind}\n" * bool(kind) + f"data: {json.dumps(data)}\n\n" for kind, data in events)
        self._answer(("".join(lines) + end).encode(), "text/event-stream")

    def _answer(self, body: bytes | dict[str, Any], kind: str = "application/json") -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _function_call(key: str, tool: str, given: Mapping[str, Any]) -> dict[str, Any]:
    namespace, _, name = tool.rpartition("/")
    call = {"type": "function_call", "id": key, "call_id": key, "name": name, "arguments": json.dumps(given)}
    return call | {"status": "completed", **({"namespace": namespace} if namespace else {})}


def _parts(content: Any) -> list[dict[str, Any]]:
    return content if isinstance(content, list) else []


def _text(content: Any) -> str:
    return content if isinstance(content, str) else " ".join(part.get("text", "") for part in _parts(content))


def _events(message: dict[str, Any], blocks: list[dict[str, Any]], reason: str) -> Iterable[tuple[str, dict[str, Any]]]:
    yield "message_start", {"type": "message_start", "message": message}
    for place, block in enumerate(blocks):
        is_call = block["type"] == "tool_use"
        nothing: dict[str, Any] = {"input": {}} if is_call else {"text": ""}
        delta = (
            {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
            if is_call
            else {"type": "text_delta", "text": block["text"]}
        )
        yield "content_block_start", {"type": "content_block_start", "index": place, "content_block": block | nothing}
        yield "content_block_delta", {"type": "content_block_delta", "index": place, "delta": delta}
        yield "content_block_stop", {"type": "content_block_stop", "index": place}
    ended = {"stop_reason": reason, "stop_sequence": None}
    yield "message_delta", {"type": "message_delta", "delta": ended, "usage": {"output_tokens": 1}}
    yield "message_stop", {"type": "message_stop"}


def main() -> int:
    """Serve while the command runs; return how it ended."""
    port, script, results, *command = sys.argv[1:]
    _Handler.script = json.loads(Path(script).read_text(encoding="utf-8"))
    _Handler.results = Path(results)
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
