"""Keeps covered what is covered: the modules of tools/fully_covered.txt may never fall below 100 %.

python tools/coverage_ratchet.py            check the last `pytest --cov`; tell which modules could join the list
python tools/coverage_ratchet.py --update   let them join
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import coverage

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "fully_covered.txt"


class Verdict(NamedTuple):
    """What the list and the measurement say of each other."""

    fallen: dict[str, list[str]]  # a listed module -> what is not covered any more
    gone: list[str]  # listed, but no such module was measured
    risen: list[str]  # fully covered, but not listed


def main(arguments: list[str]) -> int:
    """Check, or write the list anew."""
    listed = LIST.read_text(encoding="utf-8").split()
    verdict = judge(listed, measured())
    for module, missing in verdict.fallen.items():
        print(f"{module} was fully covered and no longer is: {', '.join(missing)}")
    for module in verdict.gone:
        print(f"{module} is in {LIST.name} but was not measured")
    if verdict.fallen or verdict.gone:
        return 1
    if verdict.risen and "--update" in arguments:
        LIST.write_text("\n".join(sorted([*listed, *verdict.risen])) + "\n", encoding="utf-8")
    elif verdict.risen:
        print(f"{len(verdict.risen)} more modules are fully covered: tools/coverage_ratchet.py --update lists them")
    return 0


def judge(listed: list[str], missing: dict[str, list[str]]) -> Verdict:
    """Compare the list with what each module misses."""
    return Verdict(
        fallen={module: missing[module] for module in listed if missing.get(module)},
        gone=[module for module in listed if module not in missing],
        risen=[module for module, lines in missing.items() if not lines and module not in listed],
    )


def measured() -> dict[str, list[str]]:
    """Return for each module with code the lines and branches that the last test run missed."""
    return {
        Path(name).as_posix(): [
            *(f"line {line}" for line in data["missing_lines"]),
            *(f"branch {start} to {end}" for start, end in data["missing_branches"]),
        ]
        for name, data in sorted(report()["files"].items())
        if data["summary"]["num_statements"]
    }


def report() -> dict[str, Any]:
    """Read coverage's own data file as its JSON report."""
    data = coverage.Coverage(data_file=str(ROOT / ".coverage"))
    data.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        data.json_report(outfile=str(path))
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
