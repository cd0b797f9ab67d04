# One command each; `make help` lists them. Every target sets up what it needs, and nothing twice.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup report test lab check supply fuzz properties bench validate lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  \1\t/' | expand -t 14

setup: $(READY) ## make .venv with the locked packages

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "presslens needs Python 3.11 or newer; set PYTHON=/path/to/python"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r <(sed -n '/^uv==/,/^[a-z]/{/^uv==/p;/^ .*--hash/p}' requirements.lock)
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@$(BIN)/python -m compileall -q lib
	@touch $@

report: $(READY) ## run the notebooks on every document in seeds/ and write outputs/
	@$(BIN)/presslens report

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -n auto

lab: $(READY) ## open JupyterLab on the welcome page
	@$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/welcome.ipynb

check: $(READY) ## lint, format, types, notebooks without outputs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_repository.py

supply: $(READY) ## licences and known faults of all dependencies, what is imported, a bill of materials
	@$(BIN)/python .ci/licences.py
	@$(BIN)/deptry --no-ansi lib notebooks
	@mkdir -p dist && $(BIN)/cyclonedx-py environment --output-reproducible --output-file dist/sbom.cdx.json --pyproject pyproject.toml $(BIN)/python && echo "bill of materials: dist/sbom.cdx.json (CycloneDX)"
	@$(BIN)/python .ci/audit.py

fuzz: $(READY) ## sixty seconds of made inputs for every reader
	@$(BIN)/python tests/fuzz/run.py --seconds 60 --findings dist/fuzz-findings

properties: $(READY) ## what must hold of the measures, on 2,000 generated articles
	@$(BIN)/python tests/bench/bench_properties.py

bench: $(READY) ## measure speed and memory against named baselines
	@$(BIN)/python -m compileall -q lib
	@missed=; for script in tests/bench/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || missed="$$missed $$script"; done; \
	if [ -n "$$missed" ]; then echo "Targets were missed in$$missed"; exit 1; fi

validate: $(READY) ## measure agreement with human coders, and fill the README's table
	@$(BIN)/python -m presslens.validation

lock: $(READY) ## write requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock

clean: ## remove the environment, caches and outputs
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* htmlcov dist build
	@find outputs -mindepth 1 ! -name README.md -delete
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
