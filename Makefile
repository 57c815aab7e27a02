# Everything here needs Python 3.11 or later and make, nothing else: each target sets up .venv by itself.
# On Windows, without make: python -m venv .venv, then .venv\Scripts\pip install -e . and .venv\Scripts\forensics demo

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
NEEDS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.PHONY: help demo test bench bench-peers bench-quality site clean

help:  ## say what there is
	@echo "make demo           simulate an election, analyse it, write demo-run/report.html and report.pdf"
	@echo "make test           every check: style, types, tests"
	@echo "make site           the documentation, as build/site; links are checked and its notebook is run"
	@echo "make bench          how fast it is on this machine: whole runs, loading, counting; some minutes"
	@echo "make bench-peers    the same beside the coordination-network-toolkit, which it installs apart"
	@echo "make bench-quality  how much of planted manipulation it finds, and how much it wrongly finds"
	@echo "make clean          take away what the others made, except $(VENV)"

demo: $(READY)
	@$(BIN)/forensics demo --out demo-run

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n auto --dist worksteal

site: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,docs]'
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/site
	@echo "build/site/index.html"

bench: $(READY)
	$(BIN)/python tests/benchmarks/bench_run.py
	$(BIN)/python tests/benchmarks/bench_loaders.py --megabytes 100
	$(BIN)/python tests/benchmarks/bench_speed.py --largest 1000000

bench-peers: $(READY)
	$(BIN)/python tests/benchmarks/bench_peers.py

bench-quality: $(READY)
	$(BIN)/python tests/worlds/measure.py --seeds 1
	$(BIN)/python tests/worlds/measure_peers.py --seeds 1

clean:
	rm -rf demo-run bench build docs/reference/commands.md docs/reference/detectors.md docs/reference/error-codes.md docs/reference/formats.md docs/reference/measures.md docs/jupyter_execute dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	find cases forensics reports tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@python=; \
	for candidate in $(PYTHON); do \
	  if "$$candidate" -c '$(NEEDS)' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "No Python 3.11 or later with venv was found. Install it (Debian, Ubuntu: apt install python3 python3-venv;" >&2; \
	  echo "macOS and Windows: python.org), or name it: make PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	echo "Setting up $(VENV) (once; a few minutes on a slow line) ..."; \
	"$$python" -m venv $(VENV) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
