# make run starts the dashboard; make test checks everything. Both install what they need into .venv.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench lock demo clean

run: $(VENV)/.installed
	@$(BIN)/python -m data.first_store
	@echo "Cartera: http://localhost:$(PORT)"
	@exec $(BIN)/python -m uvicorn asgi:app --port $(PORT) --log-level warning --no-access-log --ws-per-message-deflate false

test: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/ruff check .
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

demo: $(VENV)/.installed
	$(BIN)/python -m data demo

# The lock files, after a change of requirements*.in.
lock: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt

$(VENV)/.installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .cache .pytest_cache .ruff_cache .hypothesis
