# Two commands on a fresh machine: `make brief` and `make test`. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: brief test check format lint types layers wheel bench lock clean
.DEFAULT_GOAL := brief

brief: $(READY)  ## Prepare the brief of a sample account with the embedded model
	@$(BIN)/groundwork brief examples/tidewater/sources/* --model local --today 2026-11-23

test: $(READY)  ## Run the whole suite
	@$(BIN)/python -m pytest

check: format lint types layers wheel  ## Every gate beside the tests

format: $(READY)
	@$(BIN)/ruff format --check .

lint: $(READY)
	@$(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports

wheel: $(READY)  ## Build the wheel and run a brief and the tests of the edges from it
	@PYTHON=$(BIN)/python sh tests/wheel.sh

bench: $(READY)  ## Measure the budgets against their peers
	@$(BIN)/python -m benchmarks

lock:  ## Pin every dependency again, with hashes and no address
	uv pip compile --universal --generate-hashes --all-extras --python-version 3.11 \
		--no-emit-index-url --no-header pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@echo "Setting up $(VENV): the packages and the embedded model, some 1.6 GB, once." >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; set PYTHON=python3.x" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation -e .
	@touch $(READY)

clean:
	rm -rf $(VENV) .groundwork dist build
