"""The locks are whole, agree with each other and with pyproject.toml, and CI asks for what a person would run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers.project import ROOT

_PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)(?: ; ([^\\]+))? \\$", re.MULTILINE)


def _pins(level: str) -> dict[str, tuple[str, str]]:
    """Return version and marker of each package of a lock."""
    text = (ROOT / "requirements" / f"{level}.lock").read_text(encoding="utf-8")
    return {name: (version, marker.strip()) for name, version, marker in _PIN.findall(text)}


def _wanted(level: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = project["project"]["dependencies"] + (project["dependency-groups"]["dev"] if level == "dev" else [])
    return [Requirement(name) for name in names]


@pytest.mark.parametrize("level", ["app", "dev"])
def test_every_requirement_is_pinned_to_a_version_that_fits(level: str) -> None:
    pins = _pins(level)
    wrong = [str(need) for need in _wanted(level) if not _fits(need, pins)]
    assert not wrong, "run: make lock"


def _fits(need: Requirement, pins: dict[str, tuple[str, str]]) -> bool:
    name = canonicalize_name(need.name)
    return name in pins and need.specifier.contains(pins[name][0])


@pytest.mark.parametrize("level", ["app", "dev"])
def test_every_pin_has_hashes(level: str) -> None:
    text = (ROOT / "requirements" / f"{level}.lock").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE) if entry]
    assert len(entries) == len(_pins(level))
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)


def test_the_development_lock_holds_the_very_pins_of_the_app_lock() -> None:
    dev = _pins("dev")
    assert not {name: pin for name, pin in _pins("app").items() if dev[name][0] != pin[0]}


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_workflows_are_valid(schema: str) -> None:
    files = [str(path) for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    command = [_tool("check-jsonschema"), "--builtin-schema", schema, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert files
    assert done.returncode == 0, done.stdout


def test_the_required_job_waits_for_every_other_job() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    assert set(jobs["required"]["needs"]) == jobs.keys() - {"required"}


def test_pre_commit_configuration_is_valid() -> None:
    command = [_tool("pre-commit"), "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no execute bit")
def test_the_ci_script_can_be_executed() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
