# Everything here works on a fresh machine with Python 3.11+ and make, from a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# Much of a test is waiting, for processes and for Discord to settle: more workers than cores are idle less.
WORKERS ?= 4

.PHONY: install demo demo-reset test lint texts lock kills clean

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "focalbot needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(INSTALLED) ## Put everything into .venv, the command focalbot too

demo: $(INSTALLED) ## Run the bot on a page of your own, without a token
	@$(BIN)/python -m bot demo

demo-reset: $(INSTALLED) ## The same, from the beginning
	@$(BIN)/python -m bot demo --reset

test: $(INSTALLED) ## Run all tests
	$(BIN)/python -m pytest -q -m "not alone" -n $(WORKERS) --dist worksteal
	$(BIN)/python -m pytest -q -m alone

lint: $(INSTALLED) ## What CI checks beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python

texts: $(INSTALLED) ## Bring the catalogues in step with the texts in the code
	$(BIN)/python -m bot.catalogues

kills: $(INSTALLED) ## Kill the bot thousands of times and count the messages (N=2000 SEED=any)
	$(BIN)/python -m tests.loopback.kills --kills $(or $(N),2000) $(if $(SEED),--seed $(SEED))

lock: $(INSTALLED) ## Work out requirements.lock again from pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--extra dev --output-file requirements.lock pyproject.toml requirements-build.in

clean:
	rm -rf $(VENV) build dist *.egg-info
