# Two commands do all the set-up on a fresh machine (Python 3.11-3.13, make; Debian or macOS):
#   make demo   environment, install, built-in cases loaded, explorer open in the browser
#   make test   everything: unit, contract on both engines, Chromium end to end, the built wheel
# PACTE_NO_BROWSER=1 make demo prints the address only.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint format bench lock clean browser help

help:
	@sed -n '1,4p' Makefile

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and was not found on the PATH: install one, or call make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The environment could not be made: on Debian, install the package python3-venv."; exit 1; }
	@touch $@

# Every dependency is installed from a lock with hashes; our own package is then linked without asking the network.
$(VENV)/.demo: $(VENV)/.python requirements/demo.lock pyproject.toml
	@echo "Installing (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/demo.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.python requirements/dev.lock pyproject.toml
	@echo "Installing everything the tests need (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	@$(BIN)/pacte demo

# A browser for the end-to-end tests: an installed one, or Debian's package when run as root there.
browser:
	@scripts/have-browser.sh

# Two processes, a file of tests at a time: each has engines of its own. One at a time: make test JOBS=0
JOBS ?= 2
test: $(VENV)/.dev browser
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --cov --cov-report=term $(PYTEST_ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What the benchmarks compare with is put beside the environment, not in it: igraph is GPL, and nothing of ours may find it.
$(VENV)/bench-peers/.installed: $(VENV)/.dev benchmarks/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/bench-peers -r benchmarks/requirements.txt
	@touch $@

bench: $(VENV)/bench-peers/.installed
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

# Renew the locks after a change of pyproject.toml (needs uv). Extras stay in the lock: where it says `coverage` and a package asks for
# `coverage[toml]`, pip takes the newest release and then refuses it for having no hash.
lock:
	uv pip compile -q --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra install pyproject.toml -o requirements/demo.lock
	uv pip compile -q --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra install --extra neo4j --extra dev pyproject.toml -o requirements/dev.lock

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis htmlcov .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
