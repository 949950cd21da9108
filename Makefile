# Everything here works on a fresh machine with Python 3.11+ and make, from a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What runs the bot, and what the demo, the tests and the checkers need beside it, in the same place.
INSTALLED := $(VENV)/.installed
DEVELOPS := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	pyproject.toml requirements-build.in
# Much of a test is waiting, for processes and for Discord to settle: more workers than cores are idle less.
WORKERS ?= 4
# ORDER=random shuffles the tests; make prints the seed with the command, and SEED=… shuffles them so again.
SHUFFLE := $(if $(filter random,$(ORDER)),-p randomly --randomly-seed=$(or $(SEED),$(shell date +%s)))

# Tests start bots and processes by the thousand: what Python compiles is kept, also where the machine says otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo demo-reset test mutants lint texts imports commands screenshots bench lock kills takeovers year \
	decade fuzz load \
	advisories clean

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "focalbot needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DEVELOPS): requirements-dev.lock $(INSTALLED)
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

install: $(INSTALLED) ## Put what runs the bot into .venv, the command focalbot too

demo: $(DEVELOPS) ## Run the bot on a page of your own, without a token
	@$(BIN)/python -m bot demo

demo-reset: $(DEVELOPS) ## The same, from the beginning
	@$(BIN)/python -m bot demo --reset

test: $(DEVELOPS) ## Run all tests (ORDER=random: shuffled)
	failed=0; \
	$(BIN)/python -m pytest -q $(SHUFFLE) -m "not alone" -n $(WORKERS) --dist worksteal || failed=1; \
	$(BIN)/python -m pytest -q $(SHUFFLE) -m alone || failed=1; \
	exit $$failed

mutants: $(DEVELOPS) ## Change what decides, line by line, and count the changes that no test notices (MODULES="polls audience")
	$(BIN)/python -m tests.mutation.run $(MODULES)

lint: $(DEVELOPS) ## What CI checks beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python

texts: $(INSTALLED) ## Bring the catalogues in step with the texts in the code
	$(BIN)/python -m bot.catalogues

imports: $(DEVELOPS) ## Draw who imports whom in docs/imports.md
	$(BIN)/python -m tests.house.drawing

commands: $(DEVELOPS) ## Write docs/commands.md from the commands and the access table
	$(BIN)/python -m tests.house.command_page

screenshots: $(DEVELOPS) ## Make the pictures in docs/ from the demo (NAMES="demo.png")
	$(BIN)/python -m tests.demo.screenshots $(NAMES)

kills: $(DEVELOPS) ## Kill the bot thousands of times and count the messages (N=2000 SEED=any)
	$(BIN)/python -m tests.loopback.kills --kills $(or $(N),2000) $(if $(SEED),--seed $(SEED))

takeovers: $(DEVELOPS) ## Kill machines with their disks, take over from their replicas, and count (N=100 SEED=any LITESTREAM=1)
	$(BIN)/python -m tests.loopback.takeovers --takeovers $(or $(N),100) $(if $(SEED),--seed $(SEED)) \
		$(if $(LITESTREAM),--litestream)

year: $(DEVELOPS) ## Play a network's year, with all that befalls its machine, and compare the books with what people received (WEEKS=52 SEED=any FAULTS=0.1)
	$(BIN)/python -m tests.life --weeks $(or $(WEEKS),52) $(if $(SEED),--seed $(SEED)) $(if $(FAULTS),--faults $(FAULTS))

decade: $(DEVELOPS) ## Play ten years of a network, with figures for each: half an hour of a processor (SEED=any FAULTS=0.05)
	$(BIN)/python -m tests.life --weeks 520 --faults $(or $(FAULTS),0.05) $(if $(SEED),--seed $(SEED))

fuzz: $(DEVELOPS) ## Let random people do random and hostile things, for an hour (MINUTES=600 SEED=one STEPS=2000)
	$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),60) --steps $(or $(STEPS),2000) $(if $(SEED),--seed $(SEED))

bench: $(DEVELOPS) ## Measure commands, bursts, growth, start and memory (benchmarks/README.md)
	@$(BIN)/python -m benchmarks.everything

load: $(DEVELOPS) ## Put a thousand interactions at once on the bot, a fan-out, a channel of buttons, fifty networks
	$(BIN)/python -m tests.load

advisories: $(INSTALLED) ## List the known faults of the locked dependencies that run the bot (asks PyPI for each)
	$(PIP) uv
	$(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock

lock: $(INSTALLED) ## Work out both lock files again from pyproject.toml
	$(PIP) uv
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --output-file requirements-dev.lock --extra dev --constraint requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info
