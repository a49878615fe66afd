#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# Builds a Release build in build/bench and runs the driver there; installs nothing. Arguments go to the driver: --quick,
# --pairs N, --rows name,..., --list.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$root/build/bench

generator=()
if [[ ! -f $build/CMakeCache.txt ]] && command -v ninja >/dev/null; then
    generator=(-G Ninja)
fi
cmake -S "$root" -B "$build" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release \
    -DQTDELIVERY_BUILD_BENCHMARKS=ON -DQTDELIVERY_BUILD_TESTS=OFF -DQTDELIVERY_BUILD_EXAMPLES=OFF
cmake --build "$build" --target benchmarks --parallel "${QTDELIVERY_BUILD_JOBS:-$(nproc)}"

exec "$build/tests/bench/bench_driver" --output "$build/results.json" "$@"
