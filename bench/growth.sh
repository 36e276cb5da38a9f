#!/usr/bin/env bash
# Prints how functions and the command grow with what they are given: bench/growth.sh [dist folder]
#
# Templates of 100 KB, 600 KB and 3 MB; flows of 100 KB and 1 MB; a bucket of 10,000 keys; 10,000 recordings and 1,000
# contact records in one batch.
# Each figure is of a process of its own, with S3 and Salesforce replaced by servers that count.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec python3 "$here/growth.py" "$(realpath "${1:-$here/../dist}")"
