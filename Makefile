# Everything starts here. Each target is one short script in bin/.
.DEFAULT_GOAL := help
.PHONY: help run dev test check messages lock bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## the site on http://127.0.0.1:8000 (PORT, HOST, DATA_DIR for another place)
	@bin/run

dev: ## the same for developers: debug, reload, toolbar
	@bin/dev

test: ## every test, on SQLite and PostgreSQL (ARGS="-k name" for some)
	@bin/test $(ARGS)

check: ## linters, types, import layers, templates, translations, migrations, assets
	@bin/check

messages: ## collect texts into locale/ and compile the translations
	@bin/messages

lock: ## lock pyproject.toml's dependencies again (ARGS=--upgrade for newer ones)
	@bin/setup development && .venv/bin/python bin/lock $(ARGS)

bench: ## the benchmarks, as tables (ARGS=folder with a retrieval set)
	@bin/setup development && .venv/bin/python -m benchmarks $(ARGS)
