#!/usr/bin/env bash
# The long loop: two publishers killed at random a thousand times while two readers look. Prints what was seen.
# `tests/publishing/kill.sh 1000`; and the figures of a large edition.
set -euo pipefail
cd "$(dirname "$0")/../.."
CXBOOK_KILLS="$((${1:-1000} / 2))" cargo test --test tests -- --nocapture killed_publishers bars_of_a_large
