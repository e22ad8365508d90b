# One command each; every recipe is a line you could type yourself. `make help` lists them.
PYTHON ?= python3
UV     := .tools/bin/uv
BIN    := .venv/bin
INTO   := --quiet --python .venv/bin/python
STORY  := examples/story-with-runs.txt --answers examples/answers.yaml --activities examples/training.csv --no-input

.PHONY: help demo test check nightly coverage accuracy alarms hunches timing importing docs reference locks format changelog clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 18

demo: .venv/ready ## answer an example story with training files behind it, in words and as pages with a chart
	$(BIN)/lumbago ask $(STORY) --onset 2026-11-05 --today 2026-11-23
	$(BIN)/lumbago ask $(STORY) --onset 2026-11-05 --today 2026-11-23 --format html --out answer.html
	$(BIN)/lumbago ask $(STORY) --onset 2026-10-11 --today 2026-10-20 --format html --out answer-calm.html
	@echo "The same answer as a page with its chart: answer.html"
	@echo "The same runner, had the pain begun on a day before which nothing stands out: answer-calm.html"

test: check docs ## every check and every test, with a small fixed sample of the slow ones
	$(BIN)/pytest -n 2

check: .venv/ready-dev ## what can be checked without running the program
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

nightly: check docs ## the same with full counts
	LUMBAGO_NIGHTLY=1 $(BIN)/pytest -n 2

coverage: .venv/ready-dev ## every branch of the core is run by a test
	$(BIN)/pytest -n 2 --cov --cov-report=term-missing --cov-fail-under=100

accuracy: .venv/ready ## how well it reads and triages labelled stories; writes the safety sheet
	$(BIN)/python benchmarks/accuracy.py

alarms: .venv/ready ## how often training that led to no pain is named, and planted changes found, on real histories
	$(BIN)/python benchmarks/false_alarms.py

hunches: .venv/ready ## learn the weights of the second reader anew, from the open stories and the examples
	$(UV) pip install $(INTO) --require-hashes -r requirements-learn.lock
	$(BIN)/python benchmarks/learn_hunches.py

timing: .venv/ready ## how quick an answer is
	$(BIN)/python benchmarks/timing.py

importing: .venv/ready-dev ## how quick an import of 3,000 activities is, against reading the bytes and the usual readers
	$(BIN)/python benchmarks/importing.py --rounds 3

docs: .venv/ready-dev ## the documentation as pages, in docs/_build
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html docs docs/_build

reference: .venv/ready-dev ## write what the program writes itself: docs/reference and the answer in README.md
	$(BIN)/python docs/generate.py

format: .venv/ready-dev ## lay out the code and mend what can be mended by rule
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

changelog: .venv/ready-dev ## show what the next entry of CHANGELOG.md will say
	$(BIN)/towncrier build --draft

locks: $(UV) ## choose the newest versions that fit, and lock them by hash
	$(UV) pip compile --quiet --upgrade --universal --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --group dev pyproject.toml -o requirements-dev.lock
	$(UV) pip compile --quiet --upgrade --universal --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --group learn -c requirements.lock pyproject.toml -o requirements-learn.lock

clean: ## remove what the commands above made
	rm -rf .tools .venv docs/_build build dist answer.html answer-calm.html .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

# The tools: uv from a small environment of its own, then .venv with exactly what the locks name.

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "This needs Python 3.11 or newer, as python3. For another one: make PYTHON=/path/to/python3.12 demo"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make environments yet. On Debian or Ubuntu type: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14"

.venv/bin/python: | $(UV)
	$(UV) venv --quiet --allow-existing --python .tools/bin/python .venv

.venv/ready: requirements.lock pyproject.toml | .venv/bin/python
	$(UV) pip install $(INTO) --require-hashes -r requirements.lock
	$(UV) pip install $(INTO) --no-deps -e .
	@touch $@

.venv/ready-dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(UV) pip sync $(INTO) --require-hashes requirements-dev.lock
	$(UV) pip install $(INTO) --no-deps -e .
	@touch .venv/ready $@
