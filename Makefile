# Monograph: `make run` serves the site, `make test` tests it. Both need only Python 3.11 or newer.

HOST ?= 127.0.0.1
PORT ?= 8000
VAR ?= $(or $(VAR_DIR),var)
SITE ?= fixtures
export VAR_DIR := $(abspath $(VAR))
export SITE_URL ?= http://$(HOST):$(PORT)

# A version manager's python may be on PATH and yet fail: each is tried by running it.
FIND_PYTHON = for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; done; \
	test -n "$$python" || { echo "Monograph needs Python 3.11 or newer: install it, or name it with PYTHON=" >&2; exit 1; }

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),uv pip install --quiet --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check) --require-hashes -r

.DEFAULT_GOAL := help
.PHONY: help run dev test lint lock messages bench parity pictures site

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	@$(FIND_PYTHON); "$$python" -m venv .venv

.venv/runtime: requirements/runtime.txt | $(BIN)/python
	$(INSTALL) $<
	@touch $@

.venv/development: requirements/dev.txt | $(BIN)/python
	$(INSTALL) $<
	@touch $@ .venv/runtime

$(VAR_DIR)/.fixtures-imported:
	@$(MANAGE) import_markdown fixtures
	@touch "$@"

site: .venv/runtime
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) rerender
	@$(MAKE) --silent --no-print-directory $(VAR_DIR)/.fixtures-imported
	@$(MANAGE) seed_demo
	@$(MANAGE) collectstatic --no-input --verbosity 0

run: site ## serve the site, with the demo article and a demo editor
	@echo "Monograph: $(SITE_URL)/"
	@exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --blocking-threads 4 --log-level warning cms.wsgi:application

dev: site ## serve it with the debug server, which reloads changed code
	DJANGO_DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

test: .venv/development ## run every test, on SQLite and on PostgreSQL, as many at a time as there are processors
	$(PYTEST)
	TEST_DATABASE=postgresql $(PYTEST) -m "not browser and not e2e and not parity and not pure" tests

lint: .venv/development ## check format, code, templates, types, layers and migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --check templates
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run

lock: .venv/development ## lock the dependencies anew, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --custom-compile-command "make lock" \
		--python-version 3.11.5 pyproject.toml --output-file requirements/runtime.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --custom-compile-command "make lock" \
		--python-version 3.11.5 pyproject.toml --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt

messages: .venv/development ## collect the interface's texts for locale/, and compile its translations (needs GNU gettext)
	$(MANAGE) makemessages --all --ignore .venv --ignore var --no-location --no-obsolete
	$(MANAGE) compilemessages --ignore .venv --ignore var

bench: .venv/development ## measure the import beside Hugo, lists, admin and search as the site grows, pages by Lighthouse; results in bench/results/
	$(BIN)/python -m bench.imports --posts 1000 10000 --runs 3 --loop
	$(BIN)/python -m bench.imports --posts 1000 10000 --runs 3 --postgresql
	$(BIN)/python -m bench.lists
	$(BIN)/python -m bench.admin --posts 1000 100000
	$(BIN)/python -m bench.search --posts 1000 10000 100000
	$(BIN)/python -m bench.search --posts 1000 10000 100000 --postgresql
	$(BIN)/python -m bench.lighthouse

parity: .venv/development ## compare what we make of SITE= with what Hugo makes of it, page by page
	$(BIN)/python -m parity $(SITE)

pictures: .venv/development ## make the pictures in docs/images anew
	$(BIN)/python -m tests.browser.screenshots
