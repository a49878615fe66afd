#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# Runs every check of the project, as stages of presets (CMakePresets.json); on Debian it first installs what is
# missing. A stage that fails does not keep the later ones from running.
#
#   release   warnings are errors; all tests, the installed package among them
#   asan      the tests again, with AddressSanitizer, LeakSanitizer and UndefinedBehaviorSanitizer
#   tsan      the tests that use several threads, with ThreadSanitizer
#   fuzz      each fuzzer for 30 seconds
#   docs      the API reference; warnings are errors
#
# The last line is "N passed, N failed"; the exit code is 0 if nothing failed. Environment: CMAKE_BUILD_PARALLEL_LEVEL
# limits how many compilers run at once.

set -euo pipefail

usage() {
    echo "usage: ${0##*/} [--quick]"
    echo "  --quick   only the first stage, release"
}

stages=(release asan tsan fuzz docs)
packages=(appstream ca-certificates cmake dbus desktop-file-utils g++ git gnome-keyring libgl1-mesa-dev
    libqt6sql6-psql libqt6sql6-sqlite libsecret-1-0 libsodium-dev libxxhash-dev libzstd-dev ninja-build openssl postgresql-15
    qt6-base-dev qt6-base-dev-tools qt6-l10n-tools qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qtkeychain-qt6-dev
    xvfb)
for argument in "$@"; do
    case $argument in
    --quick) stages=(release) ;;
    --help | -h) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
done
if [[ ${#stages[@]} -gt 1 ]]; then
    # llvm has the symbolizer, without which clang's sanitizers print bare addresses.
    packages+=(clang doxygen libclang-rt-dev lld llvm)
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 # Qt warns about anything that is not UTF-8, and a warning fails a test

install_missing() {
    if ! command -v apt-get >/dev/null; then
        echo "This is not Debian: taking for granted that what is needed is installed."
        return
    fi
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

# The sanitizers of gcc 12 and clang 14 cannot place their shadow memory when the kernel randomises addresses as widely
# as newer ones do. Where a container forbids to switch that off they run as they are.
fixed_addresses=()
if setarch "$(uname -m)" -R true 2>/dev/null; then
    fixed_addresses=(setarch "$(uname -m)" -R)
fi

build() {
    # Ninja goes on after an error, so that one run shows them all.
    cmake --preset "$1" && cmake --build --preset "$1" -- -k 0
}

# What tests take for secrets must be in nothing that any of them prints, whether it passes or not.
secrets=('tHe-sEcReT-0f-ThEsE-tEsTs' 'Xyzzy-4711' 'open sesame')

shows_no_secret() {
    local log=build/$1/Testing/Temporary/LastTest.log secret
    for secret in "${secrets[@]}"; do
        if [[ ! -f $log ]] || grep -nF "$secret" "$log"; then
            echo "A secret of the tests is in their output, $log."
            return 1
        fi
    done
}

build_and_test() {
    local result=0
    rm -f "build/$1/results.xml"
    build "$1" || return
    # Many tests mostly wait, for timers and for other processes.
    "${fixed_addresses[@]}" ctest --preset "$1" --parallel "$((2 * $(nproc)))" \
        --output-junit "$PWD/build/$1/results.xml" || result=1
    shows_no_secret "$1" && return "$result"
}

# Prints how many tests of stage $1 have the status $2, as ctest calls it: run, fail, notrun, disabled.
count() {
    grep -c "<testcase .* status=\"$2\"" "build/$1/results.xml" || true
}

passed=0
failed=0
summary=()

# run_stage name function: adds to passed, failed and summary.
run_stage() {
    local name=$1 function=$2 start=$SECONDS result=passed good=0 bad=0 tests=""
    printf '\n=== %s ===\n' "$name"
    "$function" "$name" || result=FAILED
    if [[ -f build/$name/results.xml ]]; then
        good=$(count "$name" run)
        bad=$(($(count "$name" fail) + $(count "$name" notrun)))
        tests="$good of $((good + bad)) tests"
    fi
    if [[ $result == FAILED && $bad -eq 0 ]]; then
        bad=1 # it did not get as far as its tests
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    local time=$((SECONDS - start))
    summary+=("$(printf '%-8s  %-6s  %3d:%02d  %s' "$name" "$result" $((time / 60)) $((time % 60)) "$tests")")
    if [[ $bad -gt 0 && -n $tests ]]; then
        local test
        while read -r test; do
            summary+=("          failed: $test")
        done < <(sed -nE 's/.*<testcase name="([^"]*)".* status="(fail|notrun)".*/\1/p' "build/$name/results.xml")
    fi
}

install_missing
for stage in "${stages[@]}"; do
    case $stage in
    docs) run_stage "$stage" build ;;
    *) run_stage "$stage" build_and_test ;;
    esac
done

printf '\n=== summary ===\n'
printf '%s\n' "${summary[@]}"
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
