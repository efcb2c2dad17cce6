"""Writes the JSON Schema of a client's description, for editors and for who adds a client.

python tools/descriptor_schema.py            write resources/descriptor.schema.json
python tools/descriptor_schema.py --check    tell whether it is out of date
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from aisync_desktop.clients.descriptor import Descriptor

TARGET = Path(__file__).resolve().parent.parent / "resources" / "descriptor.schema.json"


def main(arguments: list[str]) -> int:
    """Write the schema, or compare it with the one that is there."""
    current = schema()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == current:
        return 0
    if "--check" in arguments:
        print(f"{TARGET.name} is out of date: run make docs")
        return 1
    TARGET.write_text(current, encoding="utf-8")
    return 0


def schema() -> str:
    """Return the schema of what a description may say."""
    described = Descriptor.model_json_schema(mode="validation")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | described, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
