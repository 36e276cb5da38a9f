#!/usr/bin/env bash
# Measures bootstraps beside the floor: bench/bench.sh [options] name=command …
#
#   -n events     given in each warm run (20000)
#   -r rounds     of warm runs (5)
#   -c rounds     of cold starts (15)
#   -q rounds     of cold starts under a quota from the first next on: the CPU that Lambda gives with 128 MB (0)
#   -s bytes      of padding in each event (0)
#   -e event.json one event, as often as asked for, whose answer is not looked at
#   -b name       whose ratios are printed, beside the floor's; may be repeated, for a table each
#   -f            let the bootstrap and the Runtime API have all CPUs
#   -o file       keep every run, as lines of JSON
#
# A command is split at blanks and run without a shell; NAME=VALUE words before it are its variables. Every round runs each
# name once, in an order that turns from round to round, so that what the machine does meanwhile hits all alike.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=bench/quota.sh
source "$here/quota.sh"

events=20000 warm=5 cold=15 throttled=0 padding=0 runs='' with=() bases=(floor)
while getopts n:r:c:q:s:e:b:fo: option; do
    case $option in
    n) events=$OPTARG ;;
    r) warm=$OPTARG ;;
    c) cold=$OPTARG ;;
    q) throttled=$OPTARG ;;
    s) padding=$OPTARG ;;
    e) with+=(-e "$OPTARG") ;;
    b) bases+=("$OPTARG") ;;
    f) with+=(-f) ;;
    o) runs=$(realpath "$OPTARG") ;;
    *) sed -n '2,14s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
    esac
done
shift $((OPTIND - 1))

scratch=$(mktemp -d)
trap 'end_quota; rm -rf "$scratch"' EXIT
gcc -O2 -Wall -Wextra -o "$scratch/runtime_api" "$here/runtime_api.c"
gcc -O2 -Wall -Wextra -D_GNU_SOURCE -static -o "$scratch/floor" "$here/floor.c"
pairs=("floor=$scratch/floor" "$@")
: "${runs:=$scratch/runs}"
: >"$runs"

# Runs every pair once; the row begins elsewhere in each round, and every second round goes backwards.
run_round() {
    local kind=$1 round=$2 index pair line words
    shift 2
    for index in "${!pairs[@]}"; do
        ((round % 2 == 0)) || index=$((${#pairs[@]} - 1 - index))
        pair=${pairs[(index + round) % ${#pairs[@]}]}
        read -ra words <<<"${pair#*=}"
        line=$("$scratch/runtime_api" -s "$padding" "${with[@]}" "$@" -- "${words[@]}" 2>"$scratch/errors") || {
            echo "${pair%%=*}: $line" >&2
            tail -n 3 "$scratch/errors" >&2
            [[ $line == '{'* ]] || exit 1
        }
        [[ $kind == first ]] || echo "{\"name\":\"${pair%%=*}\",\"kind\":\"$kind\",\"round\":$round,${line#\{}" >>"$runs"
    done
}

run_round first 0 -n 1 -w 0 # brings the files into memory; not kept
for ((round = 0; round < cold; round++)); do run_round cold "$round" -n 1 -w 0; done
if ((throttled)) && begin_quota; then
    for ((round = 0; round < throttled; round++)); do run_round quota "$round" -n 1 -w 0 -g "$quota_folder/cgroup.procs"; done
fi
for ((round = 0; round < warm; round++)); do run_round warm "$round" -n "$events" -w 500; done
python3 "$here/table.py" "$runs" "${bases[@]}"
