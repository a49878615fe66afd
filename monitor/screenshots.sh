#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# Writes pictures of every screen of the monitor's demonstration to a directory, without a display.

set -euo pipefail

if [[ $# -lt 1 || $# -gt 2 || $1 == -* ]]; then
    echo "usage: ${0##*/} directory [program]"
    echo "  program   the built qtdelivery-monitor; default: build/release/monitor/qtdelivery-monitor"
    [[ ${1:-} == --help || ${1:-} == -h ]] && exit 0
    exit 2
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${2:-$root/build/release/monitor/qtdelivery-monitor}

settings=$(mktemp -d)
trap 'rm -rf "$settings"' EXIT
# A demonstration needs some time until each of its troubles has happened once.
QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 "$program" --demo --settings "$settings/settings.ini" --screenshot "$1" --after 32
