# Tallybook: `make demo` shows it, `make test` checks it. Both set up .venv by themselves.
# Needs: Python 3.11 or newer, make, and a package index. Nothing is installed outside this folder.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help demo serve test check unit wheel evals soak bench screenshots docs lock clean

help:
	@echo "make demo    build a small book about an invented country, and show a total with its proof"
	@echo "make serve   build the demo's book and open the workbench on it"
	@echo "make test    run every check: style, types, import contracts, tests, the built wheel"
	@echo "make evals   score the reader on the gold reports in evals/gold"
	@echo "make soak    long tests: kill and resume, thousands of documents"
	@echo "make bench   measure speed and memory"
	@echo "make screenshots  pictures of every page of the workbench, in build/screenshots"
	@echo "make docs    write the pages that follow from the code and from what commands print"
	@echo "make lock    pin newer versions of everything in requirements.lock (needs uv)"
	@echo "make clean   remove .venv and what tools leave behind"

$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv: the parser, its model and the tools (a minute or two the first time) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "error: $(PYTHON) is older than 3.11. Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)
	@$(BIN)/tallybook demo

test: check unit wheel
	@echo "All checks passed."

check: $(READY)
	@echo "== style: ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== types: mypy --strict"
	@$(BIN)/mypy
	@echo "== import contracts: the order of rooms, no cycles, one place for SQL and one for the network"
	@$(BIN)/lint-imports --no-logo

unit: $(READY)
	@echo "== tests: unit, property, contract, golden, journeys, gate"
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile -m "not soak and not wheel"

wheel: $(READY)
	@echo "== journey: the built wheel in an empty environment"
	@$(BIN)/python -m pytest -m wheel

evals: $(READY)
	@$(BIN)/python -m evals gold

soak: $(READY)
	@$(BIN)/python -m pytest -m soak

bench: $(READY)
	@$(BIN)/python -m benchmarks

screenshots: $(READY)
	@$(BIN)/python -m tests.journeys.screenshots build/screenshots

serve: $(READY)
	@$(BIN)/tallybook demo > /dev/null
	@$(BIN)/tallybook serve --book ./tallybook-demo.db

docs: $(READY)
	@$(BIN)/python docs/generate.py
	@$(BIN)/python docs/refresh.py

lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade --quiet -o requirements.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
