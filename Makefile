# make run    tries Sanad: a database of its own, invented data, http://127.0.0.1:8080
# make test   checks everything, as the CI does
# make bench  measures every page against PostgreSQL alone, then names and search, in half an hour

.DEFAULT_GOAL := help
.PHONY: help run test bench bench-names fmt prepare screens

# A shell that was open when Rust was installed does not know it yet.
export PATH := $(PATH):$(HOME)/.cargo/bin

help:
	@echo "make run      tries Sanad on http://127.0.0.1:8080 (SANAD_LISTEN changes it)"
	@echo "make test     checks everything, as the CI does"
	@echo "make bench    measures, and writes docs/performance.md and docs/performance-names.md"
	@echo "make fmt      formats the code"
	@echo "make screens  takes a picture of every page into docs/screens"
	@echo "make prepare  writes .sqlx anew, after a change of a query or a migration"

run:
	@scripts/setup run
	@test -x target/debug/sanad || echo "Building Sanad; the first time takes some minutes."
	@exec cargo run --quiet --locked -- demo

test:
	@scripts/setup test
	@scripts/test

# one after the other: both use the whole machine
bench:
	@scripts/setup bench
	@cargo bench --quiet --locked --bench pages
	@exec cargo bench --quiet --locked --bench names

bench-names:
	@scripts/setup bench
	@exec cargo bench --quiet --locked --bench names

fmt:
	@cargo fmt

prepare:
	@scripts/setup run
	@scripts/prepare

screens:
	@scripts/setup test
	@scripts/screens
