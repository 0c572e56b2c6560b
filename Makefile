# Needs make, and Python 3.11 or later with venv and pip; everything else is in requirements.lock.
# Written for the make of macOS too, which is GNU make 3.81.

PYTHON ?= python3
T ?=
# More workers than CI has cores: a test often waits for a server of its own.
WORKERS ?= 3
SPREAD := -n $(WORKERS) --dist worksteal
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
INSTALLED := .venv/.installed
UV := build/uv/bin/uv

.DEFAULT_GOAL := help
.PHONY: help install demo serve test check format verifier lock bench soak mutants clean
.PHONY: check-format check-lint check-types check-imports check-spelling check-tests

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(INSTALLED) ## Make .venv from requirements.lock (PYTHON=python3.12 chooses another Python)

demo: install ## Show the register at work: a year of filings by 200 people, then serve it
	$(BIN)/probity demo

serve: install ## Run web, projector and scheduler together on this machine
	$(BIN)/probity serve

test: install ## Run the tests, or some of them: make test T=tests/domain
	$(BIN)/python -m pytest $(or $(T),$(SPREAD))

check: check-format check-lint check-types check-imports check-spelling check-tests ## All that CI checks

check-format: install
	$(BIN)/ruff format --check .

check-lint: install
	$(BIN)/ruff check .

check-types: install
	$(BIN)/mypy

check-imports: install
	$(BIN)/lint-imports

check-spelling: install
	$(BIN)/codespell

check-tests: install
	$(BIN)/coverage erase
	PROBITY_TEST_PG=all $(BIN)/coverage run -m pytest $(SPREAD) --durations=10
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/coverage report --include='domain/*' --fail-under=100

format: install ## Put the code into the one format, and mend what ruff can mend
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

verifier: install ## Make build/probity-verify.pyz, which checks the ledger on a machine without Probity
	$(BIN)/python -m projections.ledger.verifier.pack build/probity-verify.pyz

lock: $(UV) ## Write requirements.lock again after a change of requirements in setup.cfg
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev setup.cfg -o requirements.lock

bench: install ## Measure speed beside the bare database; writes bench.json
	$(BIN)/python -m benchmarks

soak: install ## Run the slow tests at their full size
	PROBITY_SOAK=1 $(BIN)/python -m pytest -m soak -o faulthandler_timeout=0

mutants: install ## Change domain/ in small ways and see whether a test notices
	$(BIN)/mutmut run
	$(BIN)/mutmut results

clean: ## Remove .venv and all else that was made here; databases stay
	rm -rf .venv build mutants *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f bench.json .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Probity needs Python 3.11 or later, and $(PYTHON) is not: install one (Debian: apt install python3," \
	    "macOS: brew install python), or name one: make install PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Installing into .venv, once: this takes about a minute"
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(UV):
	$(PYTHON) -m venv build/uv
	build/uv/bin/pip install --quiet uv
