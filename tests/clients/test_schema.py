"""The published schema of a client's description says what the program accepts."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "resources/descriptor.schema.json"
CLIENTS = resources.files("aisync_desktop.clients") / "descriptors"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_schema_is_up_to_date() -> None:
    done = run("tools/descriptor_schema.py", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_described_client_is_as_the_schema_says() -> None:
    done = run("-m", "check_jsonschema", "--schemafile", str(SCHEMA), *(str(file) for file in CLIENTS.iterdir()))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('format = "json"', 'format = "json"\ncolour = "red"'),
        ('like = "user"', ""),
        ('root = ["mcpServers"]', ""),
    ],
)
def test_the_schema_refuses_what_the_program_refuses(text: str, wrong: str, tmp_path: Path) -> None:
    described = (CLIENTS / "cursor.toml").read_text(encoding="utf-8")
    assert text in described
    (tmp_path / "client.toml").write_text(described.replace(text, wrong), encoding="utf-8")
    done = run("-m", "check_jsonschema", "--schemafile", str(SCHEMA), str(tmp_path / "client.toml"))
    assert done.returncode == 1, done.stdout + done.stderr
