# Pilcrow's few commands. `make run` is all that a new user needs; the rest is for those who change it.
#
# Everything is installed into .venv from requirements.lock (exact versions, with hashes), so that every machine has the
# same. Works with the make of Debian and of macOS.

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
HOST ?= 127.0.0.1
PORT ?= 5000
PACKAGES := node_modules/.package-lock.json
LOAD_SECONDS ?= 600

.DEFAULT_GOAL := help
.PHONY: help run test thorough test-cluster cluster check format lint types layers docs bench nightly lock screenshot access lighthouse clean

help:  ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*##/make \1\t/p' Makefile

run: $(READY)  ## index corpus/ and serve the page on http://127.0.0.1:5000
	@$(BIN)/pilcrow index corpus --index index || [ $$? -eq 1 ]  # 1: some files were refused, the others can be searched
	@$(BIN)/pilcrow serve --index index --host $(HOST) --port $(PORT)

test: $(READY)  ## the tests; what needs a browser or ../shared skips where that is missing
	$(BIN)/pytest -n auto -m "not nightly and not cluster and not thorough"

thorough: $(READY)  ## the tests that take minutes: every kind of page in a browser, thousands of queries on each engine
	$(BIN)/pytest -n auto -m thorough

test-cluster: $(READY)  ## the tests on a real OpenSearch cluster of three nodes (needs a JDK and Maven)
	$(BIN)/pytest -p no:xdist -m cluster

cluster: $(READY)  ## three OpenSearch nodes on this machine until Ctrl-C; CLUSTER_HEAP=6g gives them more memory
	@$(BIN)/python -m tests.cluster

check: format lint types layers docs test thorough  ## everything that must hold before a change lands

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

docs: $(READY)  ## dead links, undocumented commands and examples that do not run
	$(BIN)/pytest -q tests/docs

bench: $(READY)  ## a page beside its peers' at rising sizes, with targets, curve and threshold; PDF pages a second (BENCH_LARGE=1: a million paragraphs too)
	$(BIN)/python -m benchmarks --threshold
	$(BIN)/python -m benchmarks.reading

nightly: $(READY)  ## the long campaigns: kills, spoilt files, every property tried twenty times as often, and load (needs vegeta)
	$(BIN)/pytest -m nightly
	$(BIN)/pytest -n auto -m "not nightly and not browser and not cluster" --hypothesis-profile=nightly tests/contract tests/search tests/engine tests/indexer
	$(BIN)/python -m benchmarks.load --seconds $(LOAD_SECONDS)

access: tests/access/$(PACKAGES)  ## fetch axe-core and the HTML checker for tests/access (needs npm; the tests need Chromium and Java)

lighthouse: $(READY) tests/lighthouse/$(PACKAGES)  ## Lighthouse's scores of three pages; LIGHTHOUSE_INDEX=dir is what is served (needs npm and Chromium)
	$(BIN)/python -m tests.lighthouse $(LIGHTHOUSE_INDEX)

lock: $(READY)  ## resolve the versions anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --extra dev setup.cfg -o requirements.lock

screenshot: $(READY)  ## take README's picture anew (needs Chromium)
	$(BIN)/python -m docs.screenshot

clean:  ## delete what was built: the environment, the cluster and the index
	rm -rf $(VENV) build dist *.egg-info cluster/target index/parsed index/CURRENT index/generations index/lock

# Scripts of packages are not run: one of them would fetch a Java.
%/$(PACKAGES): %/package-lock.json
	@cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

$(READY): requirements.lock setup.cfg pyproject.toml
	@$(or $(PYTHON),false) -c '$(NEW_ENOUGH)' || \
		{ echo "Pilcrow needs Python 3.11 or newer. Install it, or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing. On Debian: apt install python3-venv" >&2; exit 1; }
	@echo "Installing the locked dependencies into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
