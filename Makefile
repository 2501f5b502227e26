# `make site` and `make test` do everything on a fresh machine (Python 3.11, node, git, apt).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test check lock clean

# Set up, check, build the demonstration, say where it is.
site: $(VENV)/site.stamp
	$(BIN)/gongkai check
	$(BIN)/gongkai build --out site
	@echo
	@echo "网站在 $(CURDIR)/site"
	@echo "看网站: $(BIN)/gongkai serve   （打开它说的网址，按 Ctrl+C 结束）"

# The whole gate: format, lint, types, tests with a real browser.
test: $(VENV)/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tests/browser.py
	$(BIN)/python -m pytest -n auto

check: $(VENV)/site.stamp
	$(BIN)/gongkai check

$(VENV)/site.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@ $(VENV)/site.stamp

# Write both lock files anew from pyproject.toml.
LOCK := --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--no-header --no-annotate --strip-extras
lock: $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile $(LOCK) --extra setup -o requirements.lock pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra setup --extra dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) site build dist
