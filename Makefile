# Everything starts from here: each target makes what it needs.
PYTHON ?= python3
OUT ?= build/demo
RUN := .venv/.run
DEV := .venv/.dev

.PHONY: demo test run lint clean lock translations

demo: $(RUN)
	rm -rf $(OUT)
	.venv/bin/crsv-desk demo --out $(OUT)

run: $(RUN)
	.venv/bin/crsv-desk

test: $(DEV)
	tests/run

lint: $(DEV)
	tests/lint

$(RUN): requirements.lock pyproject.toml packaging/prepare
	packaging/prepare run $(PYTHON)
	touch $@

$(DEV): requirements-dev.lock pyproject.toml packaging/prepare
	packaging/prepare dev $(PYTHON)
	touch $@ $(RUN)

# Needs uv, and the network.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		pyproject.toml packaging/build.in --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		pyproject.toml packaging/build.in --extra dev --output-file requirements-dev.lock

# The catalogues follow the source: prints what still wants a translation in the .po files; call it again after that.
translations: $(DEV)
	.venv/bin/python packaging/catalogues.py

clean:
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
