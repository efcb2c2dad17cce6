# Every target makes .venv first if it has to; `make` alone tells what there is.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
# What .venv follows from; tools/setup.py compares contents, so that a mere checkout costs nothing.
SOURCES := tools/setup.py pyproject.toml requirements/app.lock requirements/dev.lock
ifeq ($(wildcard $(BIN)/python),) # gone, or its Python is
$(shell rm -f .venv/app.stamp .venv/dev.stamp .venv/deep.stamp)
endif

# Python keeps what it compiled, whatever a shell says: each worker of the tests would compile all of them anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test test-near check lint format oracles bench build deep lock docs setup screenshots

help: ## Tell what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/%.stamp: $(SOURCES)
	@$(PYTHON) tools/setup.py $*

run: .venv/app.stamp ## Start AISync in the tray (ARGS="--headless" for none)
	@$(BIN)/python -m aisync_desktop run $(ARGS)

setup: .venv/dev.stamp ## Bring .venv up to date for development

test: setup ## Run all tests, of many cases alike a few (ARGS="tests/sync -k name" for some alone)
	@$(BIN)/pytest $(ARGS)

test-near: setup ## Run the tests near to what you changed, for half a minute (ARGS="--seconds 120"; --list)
	@$(BIN)/python tools/near.py $(ARGS)

check: lint ## Check all that must hold: style, types, tests, and that they reach as much of the code as before
	@HYPOTHESIS_PROFILE=check $(BIN)/pytest --cov --cov-report=
	@$(BIN)/python tools/coverage_ratchet.py

lint: setup ## Check style and types, changing nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: setup ## Let ruff mend what it can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

oracles: setup ## Try the real clients (2.6 GB, once) against what AISync reads and writes (ARGS="-k codex"; --newest; --clients codex)
	@$(BIN)/python -m tools.oracles $(ARGS)

deep: .venv/deep.stamp ## Run the long property and race tests and whole sessions on a desktop, play thousands of worlds
	@HYPOTHESIS_PROFILE=deep $(BIN)/pytest -m "not oracle" --timeout 1800 -o faulthandler_timeout=0 $(ARGS)

bench: setup ## Measure what the budgets are about
	@$(BIN)/python bench/run.py $(ARGS)

build: setup ## Freeze the program into dist/ and try it
	@$(BIN)/python tools/build.py $(ARGS)

docs: setup ## Write the generated parts of docs/ anew
	@$(BIN)/python tools/gen_docs.py
	@$(BIN)/python tools/descriptor_schema.py

screenshots: setup ## Draw the window's pages into build/screenshots/ (ARGS="--beside FOLDER" with drawings; --only home)
	@$(BIN)/python -m tools.screenshots $(ARGS)

lock: setup ## Pin the dependencies anew (ARGS="--upgrade" for newer ones)
	@$(BIN)/python tools/lock.py $(ARGS)
