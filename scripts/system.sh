# shellcheck shell=bash
# Sourced by build.sh: what the system must have.

# What a build, a demo and the tests take from Debian or Ubuntu. libzstd-dev: newer OpenSSL archives refer to it.
# `switchboard doctor` parses this list (Sources/Local/switchboard/Doctor/PackagesCheck.swift): words alone, no comments.
readonly packages=(
    binutils ca-certificates dpkg-dev espeak-ng gcc git g++ libc-ares-dev libcurl4-openssl-dev libexpat1-dev libssl-dev
    libzstd-dev make openssl patch pkg-config python3 python3-venv rapidjson-dev shellcheck zip zlib1g-dev
)

set_up_system() {
    has swift || fail "swift is not on the PATH: install Swift 6.2 or newer from" \
        "https://www.swift.org/install/linux and put its usr/bin on the PATH."
    if has apt-get && has dpkg-query; then
        install_packages "${packages[@]}"
    else
        check_tools
    fi
}

install_packages() {
    local missing as_root=()
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        has sudo || fail "these packages are missing, and installing them takes root or sudo:" \
            "apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${missing[*]}"
    mkdir -p .build-curl
    logged .build-curl/packages.log apt_install "${missing[@]}"
}

# Its progress, written over itself on a terminal, is no reading: it goes to a log.
apt_install() {
    "${as_root[@]}" apt-get -q update || echo "apt-get update failed; trying with the package lists that are there"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "$@"
}

missing_packages() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    comm -23 <(printf '%s\n' "$@" | sort) <(sed -n 's/^installed //p' <<<"$installed" | sort)
}

# Without apt-get nothing can be installed for you, only named.
check_tools() {
    local missing=() name
    for name in gcc g++ git make nm openssl pkg-config python3 readelf shellcheck strip zip; do
        has "$name" || missing+=("$name")
    done
    # `switchboard doctor` parses this line too.
    for name in RapidJSON expat libcares libcurl openssl zlib; do
        pkg-config --exists "$name" 2>/dev/null || missing+=("$name (pkg-config)")
    done
    ((${#missing[@]} == 0)) || fail "apt-get is not here to install what is missing; install it yourself, libraries" \
        "with headers and static archives: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')"
}
