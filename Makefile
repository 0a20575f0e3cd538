# Everything here works as the first command in a fresh clone, with Python 3.11+ and make.
# Another Python: make install PYTHON=/path/to/python3.12

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK_TOOLS := build/lock-tools
PACKAGES := bot commands coverage storage

# The first Python on this machine that is new enough; python3 itself where it is.
PYTHON ?= $(or $(firstword $(foreach python,python3 python3.13 python3.12 python3.11 python3.14,$(if \
	$(shell $(python) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(python)))),python3)

.PHONY: help install runtime demo picture manual serve test check measure bench lock cards clean

help:
	@echo 'make demo     watch Podline work, no account needed'
	@echo 'make test     all tests'
	@echo 'make check    format, lint, types, imports, tests: what CI runs'
	@echo 'make measure  the tests, and which lines they do not reach; exits 2 below 90 %'
	@echo 'make serve    start the bot with the settings of .env'
	@echo 'make bench    benchmarks against a floor; exits 1 below a target'
	@echo 'make install  .venv/ with the locked dependencies (the others do it themselves)'
	@echo 'make runtime  the same with only what it takes to run Podline, without the tools to work on it'
	@echo 'make lock     resolve the dependencies again (UPGRADE=1: newest versions)'
	@echo 'make manual   write the tables of docs/ that are made from the code'
	@echo "make cards    Microsoft's renderer of Teams cards, for the gallery and one test (needs npm)"
	@echo 'make clean    remove what these made'

install: $(VENV)/developing
	@echo 'Done: $(BIN)/podline is ready. Next: make demo, or the steps in README.md.'

runtime: $(VENV)/running
	@echo 'Done: $(BIN)/podline is ready. Next: $(BIN)/podline doctor, and the steps in README.md.'

demo: $(VENV)/running
	@$(BIN)/podline demo --with-parent

# The pictures in README and docs are drawn by the demo, so that they show what is true. They need Chromium.
picture: $(VENV)/developing
	@$(BIN)/python -m bot.demo.picture docs/images/two-clicks.svg
	@$(BIN)/python -m tests.browser.pictures docs/images

# The tables of the manual that the code knows best: verbs, permissions, scopes.
manual: $(VENV)/running
	@$(BIN)/python -m bot.manual docs

serve: $(VENV)/running
	@$(BIN)/podline serve

# Each worker and each program that a test starts would compile everything anew where Python must not keep what it has
# compiled (PYTHONDONTWRITEBYTECODE, as in many images): here it does.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/developing
	@$(BIN)/python -m pytest

check: $(VENV)/developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) test

# slipcover replaces how modules are imported, so the package of the tests has to be there before pytest looks for it.
measure: $(VENV)/developing
	@$(BIN)/python -m slipcover --branch --source bot,commands,coverage,storage --fail-under 90 \
		-m pytest -n0 -p tests.shared -W ignore::pytest.PytestAssertRewriteWarning

bench: $(VENV)/developing
	@$(BIN)/python -m bench

# What it takes to run Podline (requirements.lock), and to work on it (requirements-dev.lock, which contains the first).
$(VENV)/running: requirements.lock pyproject.toml | $(BIN)/python
	@if test -e $(VENV)/developing; then $(MAKE) $(VENV)/developing; else $(call locked,requirements.lock); fi
	@touch $@

$(VENV)/developing: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@$(call locked,requirements-dev.lock)
	@touch $@

locked = echo 'Installing what $(1) lists into $(VENV)/, once; it can take a few minutes ...' && $(PIP) install --require-hashes -r $(1) \
	&& $(PIP) install --no-deps --no-build-isolation --editable .

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Podline needs Python 3.11 or newer, and \"$(PYTHON)\" is $$($(PYTHON) --version 2>/dev/null || echo 'not on this machine')." >&2; \
		echo 'Install one, or name it: make install PYTHON=/path/to/python3.11' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo '$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }

COMPILE = $(LOCK_TOOLS)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

lock: $(LOCK_TOOLS)/bin/uv
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

$(LOCK_TOOLS)/bin/uv:
	@$(PYTHON) -m venv $(LOCK_TOOLS)
	@$(LOCK_TOOLS)/bin/python -m pip --disable-pip-version-check --quiet install uv

# Never needed: without it the gallery draws the cards itself, and tests/browser/test_cards.py is skipped.
cards: package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund

clean:
	rm -rf $(VENV) node_modules build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +
