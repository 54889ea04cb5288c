#!/usr/bin/env bash
# The long loops: two publishers killed at random a thousand times while two readers look, and a tenth as often one that is stopped,
# loses its lock and goes on. Prints what was seen.
# `tests/publishing/kill.sh 1000`; and the figures of a large edition. Where servers are installed as `.ci/run` does it, a network in
# between fails as often, at every request of a publish and in every way.
set -euo pipefail
cd "$(dirname "$0")/../.."
CXBOOK_STOPS="$((${1:-1000} / 10))" cargo test --test tests -- --nocapture stopped_and_continued
CXBOOK_KILLS="$((${1:-1000} / 2))" cargo test --test tests -- --nocapture killed_publishers bars_of_a_large
CXBOOK_FAULTS="${1:-1000}" cargo test --features cloud --test tests -- --nocapture network_that_fails
