#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# Shows the library at work: a text travels line by line from one process to another, through a proxy that cuts the
# link several times on the way. What arrives is compared with what was sent, byte by byte. On Debian it first installs
# what is missing; then it builds, and runs for about 15 seconds. The exit code is 0 only if both texts are equal.

set -euo pipefail

usage() {
    echo "usage: ${0##*/} [FILE]"
    echo "  FILE   the text to send; without it, the licence and the README of this project"
}

duration=12 # seconds that the text may take
cuts=4
cut_every=2.5 # the last cut comes before the text ends
refuse_for=0.5
packages=(ca-certificates cmake g++ libgl1-mesa-dev libsodium-dev libxxhash-dev libzstd-dev ninja-build qt6-base-dev
    qt6-base-dev-tools qtkeychain-qt6-dev)

case ${1:-} in
--help | -h) usage && exit 0 ;;
esac
if [[ $# -gt 1 ]]; then
    usage >&2
    exit 2
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [[ $# -eq 1 ]]; then
    if [[ ! -f $1 || ! -r $1 || ! -s $1 ]]; then
        echo "'$1' is not a file with something in it." >&2
        exit 2
    fi
    texts=("$(realpath "$1")")
else
    texts=("$root/LICENSE" "$root/README.md")
fi
cd "$root"
export LC_ALL=C.UTF-8

install_missing() {
    command -v apt-get >/dev/null || return 0 # not Debian: take for granted that all is there
    local missing=() as_root=() package
    for package in "${packages[@]}"; do
        if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
            missing+=("$package")
        fi
    done
    [[ ${#missing[@]} -eq 0 ]] && return
    if [[ $EUID -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            echo "Install these packages first: ${missing[*]}" >&2
            exit 2
        fi
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get -o Acquire::Retries=3 update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -o Acquire::Retries=3 install -qy --no-install-recommends "${missing[@]}"
}

# Waits until the program with the process id $2 has written its port to the file $1.
wait_for_port() {
    local tries
    for ((tries = 0; tries < 200; ++tries)); do
        [[ -s $1 ]] && return
        kill -0 "$2" 2>/dev/null || break
        sleep 0.05
    done
    echo "A program did not start to listen:" >&2
    cat "$work"/*.log >&2
    exit 1
}

install_missing
cmake --preset release
cmake --build --preset release --target qtdelivery-cli qtdelivery-test-proxy
qtdelivery=$root/build/release/examples/cli/qtdelivery
proxy=$root/build/release/tests/support/qtdelivery-test-proxy

work=$(mktemp -d)
pids=()
# shellcheck disable=SC2317 # called by the trap
clean_up() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT

bold='' dim='' red='' green='' plain=''
if [[ -t 1 ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
fi

# What follows the last newline of a text is a line too; sed ends it with a newline, as the receiver does.
# shellcheck disable=SC1003 # the backslash is for sed
sed -s '$a\' "${texts[@]}" >"$work/sent"
lines=$(wc -l <"$work/sent")
bytes=$(($(wc -c <"$work/sent") - lines))
rate=$((bytes / duration > 0 ? bytes / duration : 1))

printf '\n%sSending %d lines at %d bytes per second, through a proxy that cuts the link %d times.%s\n\n' \
    "$bold" "$lines" "$rate" "$cuts" "$plain"

# What arrives goes to a file as it is, and is shown as it comes.
mkfifo "$work/arriving" "$work/cuts" "$work/events"
tee "$work/received" <"$work/arriving" | sed -u "s/^/  ${dim}received |${plain} /" &
show_received=$!
pids+=("$show_received")
tee "$work/cuts-done" <"$work/cuts" | sed -u "s/.*/${red}  proxy    > &${plain}/" &
pids+=($!)
sed -unE -e '/closed in an orderly way/d' \
    -e "s/^.*qtdelivery\.cli: reconnect to [^ ]* in ([0-9]+) ms: .*, \"(.*)\"\)$/${red}  sender   > \2 Next attempt in \1 ms.${plain}/p" \
    -e "s/^.*qtdelivery\.cli: link up to node .*$/${green}  sender   > The link is up.${plain}/p" \
    -e "s/^.*qtdelivery\.cli: attached after message ([0-9]+)$/${green}  sender   > Goes on after message \1.${plain}/p" \
    <"$work/events" &
show_events=$!
pids+=("$show_events")

"$qtdelivery" receive --flow demo --listen tcp://127.0.0.1:0 --port-file "$work/receiver-port" --count "$lines" \
    --json >"$work/arriving" 2>"$work/receiver.log" &
receiver=$!
pids+=("$receiver")
wait_for_port "$work/receiver-port" "$receiver"
# The delay keeps some lines on the way, so that there is something for a cut to destroy.
"$proxy" --target "$(<"$work/receiver-port")" --port-file "$work/proxy-port" --cut-every "$cut_every" \
    --max-cuts "$cuts" --refuse-for "$refuse_for" --delay 0.2 >"$work/cuts" 2>"$work/proxy.log" &
proxy_pid=$!
pids+=("$proxy_pid")
wait_for_port "$work/proxy-port" "$proxy_pid"
"$qtdelivery" send --flow demo --connect "tcp://127.0.0.1:$(<"$work/proxy-port")" --limit-rate "$rate" --json \
    --verbose "$work/sent" >"$work/sender.log" 2>"$work/events" &
sender=$!
pids+=("$sender")

result=0
wait "$sender" || result=1
wait "$receiver" || result=1
wait "$show_received" "$show_events" || result=1

printf '\n%ssender%s    %s\n' "$bold" "$plain" "$(cat "$work/sender.log")"
printf '%sreceiver%s  %s\n\n' "$bold" "$plain" "$(cat "$work/receiver.log")"
if [[ $result -ne 0 ]]; then
    echo "${red}A program failed.${plain}"
elif cmp "$work/sent" "$work/received"; then
    echo "${green}${bold}All $lines lines have arrived, in order and each once, although the link was cut $(wc -l <"$work/cuts-done") times.${plain}"
else
    echo "${red}What arrived is not what was sent.${plain}"
    result=1
fi
exit "$result"
