# Each target makes the environment that it needs, from nothing.
PYTHON ?= python3
VENV   ?= .venv

.PHONY: report test lint types clean

report: $(VENV)/.runtime
	$(VENV)/bin/derive report

test: $(VENV)/.development
	$(VENV)/bin/python -m pytest -n auto

lint: $(VENV)/.development
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/.development
	$(VENV)/bin/mypy

clean:
	rm -rf build dist $(VENV) .mypy_cache .pytest_cache .ruff_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# A stamp is younger than pyproject.toml when the environment has what pyproject.toml asks for.
# symengine is optional, and has no wheel for some platforms: without it the report takes longer.
$(VENV)/.runtime: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[fast]' \
	|| $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.development: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/.runtime
