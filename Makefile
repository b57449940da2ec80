# Needs Python 3.11 or newer and make, nothing else. Without make: the table in README.md.
PYTHON ?= python3

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/.ready
PEERS := .venv/.peers
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup plan test fuzz lab check bench lock

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## make .venv with the locked dependencies and the command territory-kit

plan: $(READY) ## render the sample plan and say where the reports are
	$(BIN)/territory-kit render data/sample

test: $(READY) ## run all tests, two at a time
	$(BIN)/pytest --numprocesses 2 --dist worksteal

fuzz: $(READY) ## read 20,000 hostile tables, other ones each time (takes a while)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest tests/hostile/test_fuzz.py

lab: $(READY) ## open JupyterLab on a copy of the sample plan
	$(BIN)/territory-kit lab

check: $(READY) ## ruff, mypy, docstrings, import arrows, agreement of the environments
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/check_docstrings.py
	$(BIN)/pytest tests/test_architecture.py tests/test_environment.py

bench: $(PEERS) ## run every comparison, write benchmarks/RESULTS.md (55 minutes; QUICK=1: 8)
	$(BIN)/python -m tools.run_benchmarks

lock: $(READY) ## compute requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-emit-index-url --extra dask --extra dev --extra pdf --extra s3 --upgrade --quiet \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-emit-index-url --constraint requirements.lock --upgrade --quiet \
		--custom-compile-command "make lock" --output-file benchmarks/peers.lock benchmarks/peers.in

# The stamp is written last: a set-up that was cut off is done again, a complete one only when the
# lock or the settings change. uv installs ten times faster than pip; pip steps in where only it knows
# the way, such as to a company's mirror. Packages and engine are compiled once here: else each kernel, also
# where nothing may be written, spends ten seconds on it.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "territory_kit needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
		echo "Name a newer one, for example: make setup PYTHON=python3.12"; exit 1; }
	@echo "Installing the locked dependencies into .venv ..."
	@$(PYTHON) -m venv .venv
	@awk '/^[a-z]/ {is_uv = /^uv==/} is_uv' requirements.lock > .venv/uv.lock
	@$(PIP) --require-hashes -r .venv/uv.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock \
		|| { echo "uv could not, pip tries (takes two minutes) ..."; \
		$(PIP) --require-hashes -r requirements.lock; }
	@$(PIP) --no-index --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q territory_kit
	@$(BIN)/python -m territory_kit.design.warm
	@touch $(READY)

# Peers bring a large solver of their own, which only benchmarks need.
$(PEERS): $(READY) benchmarks/peers.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r benchmarks/peers.lock
	@touch $(PEERS)
