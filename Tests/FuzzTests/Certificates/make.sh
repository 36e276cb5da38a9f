#!/usr/bin/env bash
# Makes root.pem, intermediate.pem and leaf.pem: a chain as Alexa's, valid for a hundred years. The keys are not kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT

issue() {
    local name=$1 extensions=$2
    shift 2
    openssl req -new -newkey rsa:2048 -nodes -keyout "$keys/$name.key" -subj "/CN=$name" -out "$keys/$name.csr" 2>/dev/null
    openssl x509 -req -in "$keys/$name.csr" -extfile <(printf '%s\n' "$extensions") -out "$name.pem" \
        -days 36500 -set_serial 1 "$@" 2>/dev/null
}

issue root $'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign' -signkey "$keys/root.key"
issue intermediate $'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign' -CA root.pem -CAkey "$keys/root.key"
issue leaf 'subjectAltName=DNS:echo-api.amazon.com' -CA intermediate.pem -CAkey "$keys/intermediate.key"
