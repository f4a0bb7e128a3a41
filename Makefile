# Everything here works as the first command after a checkout: it needs Python 3.11 or newer and a C library,
# and makes .venv from the lock when that is missing or older than the lock.

ARCHIVE ?= $(SAMPLE)
OUT     ?= build/export
BAG     ?= build/bag
JOBS    ?=
ID      ?=
TARGET  ?=
FORMAT  ?= turtle
PYTHON  ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))

SAMPLE := build/sample-archive
VENV   := .venv
STAMP  := $(VENV)/.installed
BIN    := $(VENV)/bin
PEERS  := build/bench/peers/.installed
LOD    := $(BIN)/lod
# The sample archive is made when it is asked for; another archive is there already.
READY   = $(STAMP) $(if $(filter $(SAMPLE),$(ARCHIVE)),$(SAMPLE)/archive.toml)
EXPORT  = $(LOD) export "$(ARCHIVE)" "$(OUT)" $(if $(JOBS),--jobs $(JOBS))

export PIP_DISABLE_PIP_VERSION_CHECK = 1
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help export turtle ntriples jsonld newsml ninjs nquads trig rdfxml check show feed deliver verify diff bag \
	test test-all readers extraction bench lint format typecheck imports check-code vocab lock clean

help: ## list the targets
	@echo 'make TARGET [ARCHIVE=folder] [OUT=folder] [JOBS=number] [ID=release]'
	@echo 'Without ARCHIVE a sample archive is made in $(SAMPLE); OUT is $(OUT).'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

# ---------------------------------------------------------------------------------------------- linked data

export: $(READY) ## export ARCHIVE to OUT in the usual formats
	@$(EXPORT)

turtle ntriples jsonld newsml ninjs nquads trig rdfxml: $(READY)
	@$(EXPORT) --format $@

turtle: ## export ARCHIVE as Turtle only
ntriples: ## export ARCHIVE as N-Triples only
jsonld: ## export ARCHIVE as JSON-LD only
newsml: ## export ARCHIVE as NewsML-G2 only
ninjs: ## export ARCHIVE as ninjs only
nquads: ## export ARCHIVE as N-Quads only
trig: ## export ARCHIVE as TriG only
rdfxml: ## export ARCHIVE as RDF/XML only

check: $(READY) ## validate ARCHIVE and write nothing
	@$(LOD) check "$(ARCHIVE)"

show: $(READY) ## print the release ID of ARCHIVE (FORMAT=turtle, jsonld, ...)
	@test -n "$(ID)" || { echo 'make show needs the ID of a release: make show ID=publisher/2017/15' >&2; exit 2; }
	@$(LOD) show "$(ARCHIVE)" "$(ID)" --format $(FORMAT)

feed: $(READY) ## bring the news feed in OUT up to date with ARCHIVE
	@$(LOD) feed "$(ARCHIVE)" "$(OUT)" $(if $(JOBS),--jobs $(JOBS))

deliver: $(STAMP) ## send the messages in OUT that TARGET has not got yet (a folder, sftp://, https://, s3://, ...)
	@test -n "$(TARGET)" || { echo 'make deliver needs the TARGET: make deliver TARGET=sftp://newsroom.example/in' >&2; exit 2; }
	@$(LOD) deliver "$(OUT)" "$(TARGET)"

verify: $(STAMP) ## read OUT back and prove it
	@$(LOD) verify "$(OUT)"

diff: $(STAMP) ## tell what changed from the dump OLD to the dump OUT (LANGUAGE=de for German)
	@test -n "$(OLD)" || { echo 'make diff needs an older dump: make diff OLD=folder OUT=folder' >&2; exit 2; }
	@$(LOD) diff "$(OLD)" "$(OUT)" $(if $(LANGUAGE),--language $(LANGUAGE))

bag: $(STAMP) ## pack OUT into the BagIt bag BAG (FOR=da-nrw for the rules of that archive)
	@$(LOD) bag "$(OUT)" "$(BAG)" $(if $(FOR),--for $(FOR))

# ---------------------------------------------------------------------------------------------- the code

test: $(STAMP) ## run the quick tests (TESTS=tests/test_term.py for some of them)
	@$(BIN)/python -m pytest -n 2 -m 'not slow' $(TESTS)

test-all: $(STAMP) ## run all tests, also the slow ones
	@$(BIN)/python -m pytest -n 2 $(TESTS)

readers: ## install the readers of RDF that slow tests compare with: rapper, serdi (Debian, as root), jsonld.js
	@tests/readers/install.sh

extraction: $(STAMP) ## measure how well `lod ingest` reads documents
	@$(BIN)/python tests/bench/extraction.py

bench: $(STAMP) $(PEERS) ## measure `lod export` beside others (RECORDS=100000 for the long run)
	@$(BIN)/python tests/bench/speed.py $(if $(RECORDS),--records $(RECORDS))

lint: $(STAMP) ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(STAMP) ## format the code, and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

typecheck: $(STAMP) ## mypy, strict
	@$(BIN)/mypy

imports: $(STAMP) ## import-linter: the floors of the house
	@$(BIN)/lint-imports --no-logo

check-code: lint typecheck imports test ## all that a change must pass

vocab: $(STAMP) ## generate context, shapes, schema and crosswalk from model, mapping and code tables
	@$(BIN)/python -m lod.generate

# ---------------------------------------------------------------------------------------------- upkeep

lock: $(STAMP) ## pin the development environment anew, with hashes, in .ci/requirements.txt
	@$(BIN)/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group dev \
		--generate-hashes --no-annotate --upgrade \
		--custom-compile-command 'make lock' --output-file .ci/requirements.txt
	@grep -c '==' .ci/requirements.txt | sed 's/$$/ packages pinned in .ci\/requirements.txt/'

clean: ## remove what was made, but for .venv
	rm -rf build dist .coverage .coverage.* htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find lod tests -type d -name __pycache__ -exec rm -rf {} +

$(SAMPLE)/archive.toml: | $(STAMP)
	@$(LOD) init $(SAMPLE)

$(STAMP): .ci/requirements.txt pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed; say which one with make PYTHON=...' >&2; exit 2; }
	@echo 'Setting up $(VENV) from the lock; this takes a minute.'
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip --quiet install --require-hashes --no-deps --requirement .ci/requirements.txt
	@$(BIN)/python -m pip --quiet install --no-deps --no-build-isolation --editable .
	@touch $@

# Who cannot be installed is reported as missing by the bench, and tried again the next time.
$(PEERS): tests/bench/peers.txt | $(STAMP)
	@mkdir -p $(@D)
	@$(BIN)/uv --quiet venv --clear $(@D)
	@$(BIN)/uv --quiet pip install --python $(@D)/bin/python --requirement $< && touch $@ \
		|| echo 'The peers cannot be installed.' >&2
