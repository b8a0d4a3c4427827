# The commands of a working copy. They need Python 3.11+ with venv, make and git, nothing else.
PYTHON ?= python3
PORT ?= 8000
RESET ?=
TODAY ?= 2022-07-05

BIN = .venv/bin
INPUTS = pyproject.toml hatch_build.py $(shell find ui chuangwen/locale -type f -not -path '*/node_modules/*' -not -name '*.mo' 2>/dev/null)

.PHONY: help setup demo demo-data test bench fmt

help:
	@echo "make demo       set up, load the demo city, serve it on http://127.0.0.1:$(PORT) (PORT=8123, RESET=1,"
	@echo "                TODAY=2022-07-05: the day on which the demo city lives)"
	@echo "make demo-data  load the demo city without serving it"
	@echo "make test       set up and run every check and test"
	@echo "make setup      leave the command at .venv/bin/chuangwen"
	@echo "make bench      measure the reader, lights and forecasts, imports, the tree of units, progress, scoring"
	@echo "make fmt        format the code"

setup: .venv/stamp-built
	@:

demo: setup
	@CHUANGWEN_TODAY=$(TODAY) exec $(BIN)/chuangwen serve --demo --port $(PORT) $(if $(RESET),--reset)

demo-data: setup
	@CHUANGWEN_TODAY=$(TODAY) $(BIN)/chuangwen demo $(if $(RESET),--reset)

test: .venv/stamp-dev setup
	@$(BIN)/python scripts/test.py

bench: .venv/stamp-dev setup
	@$(BIN)/python -m benchmarks

fmt: .venv/stamp-dev setup
	@scripts/fmt

.venv/bin/python:
	@scripts/make-venv $(PYTHON)

.venv/stamp-run: requirements.lock | .venv/bin/python
	@echo "Installing what Chuangwen runs on…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/stamp-dev: requirements-dev.lock .venv/stamp-run
	@echo "Installing what it is checked with…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/stamp-built: .venv/stamp-run $(INPUTS)
	@echo "Building the front end and the translations…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@$(BIN)/python -m compileall -q chuangwen
	@touch $@
