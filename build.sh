#!/usr/bin/env bash
# Builds, shows and checks Switchboard, after setting up whatever is missing. `./build.sh help` lists what it does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
readonly root=$PWD

# What a build, a demo and the tests take from Debian or Ubuntu. libzstd-dev: newer OpenSSL archives refer to it.
readonly packages=(
    binutils ca-certificates dpkg-dev espeak-ng gcc git g++ libc-ares-dev libcurl4-openssl-dev libexpat1-dev libssl-dev
    libzstd-dev make openssl patch pkg-config python3 python3-venv rapidjson-dev shellcheck zip zlib1g-dev
)
readonly sam_cli=aws-sam-cli==1.170.0 # its wheel carries AWS's Runtime Interface Emulator

# How a bootstrap is linked. bfd makes the smallest file of the three linkers, and alone takes the script, which says
# itself what it leaves out. The two wraps keep gcc's static start-up code from registering the unwind tables: once
# they are registered, the first unwinding (an async main does one) sorts all of them, which takes 2 to 8 ms; without,
# the sorted .eh_frame_hdr is used. No build-id and no paths, so that the same sources give the same bytes anywhere.
# The text begins off a 2 MB boundary: on one, kernels that keep files in huge pages map 2 MB at each first touch, and
# 7 MB of resident memory become 12.
readonly link_flags=(
    -Xswiftc -static-executable -Xswiftc -use-ld=bfd
    -Xlinker -Ttext-segment=0x410000 -Xlinker --eh-frame-hdr -Xlinker --build-id=none -Xlinker -T -Xlinker "$root/Sources/System/bootstrap.ld"
    -Xlinker --wrap=__register_frame_info -Xlinker --defsym=__wrap___register_frame_info=0
    -Xlinker --wrap=__deregister_frame_info -Xlinker --defsym=__wrap___deregister_frame_info=0
    -Xswiftc -file-prefix-map -Xswiftc "$root=." -Xcc "-ffile-prefix-map=$root=."
)

# Everything a Lambda does not need left out; what stays is HTTP and HTTPS over c-ares and OpenSSL, through proxies too.
# Flags that a version of curl does not know are ignored. CA certificates are chosen at run time, never here.
readonly curl_flags=(
    --disable-option-checking --disable-dependency-tracking --disable-shared --enable-static --quiet
    --with-openssl --with-zlib --enable-ares --enable-http --enable-proxy --enable-ipv6
    --without-ca-bundle --without-ca-path --without-ca-fallback --disable-openssl-auto-load-config
    --without-brotli --without-zstd --without-libpsl --without-libidn2 --without-nghttp2 --without-ngtcp2
    --without-nghttp3 --without-quiche --without-gssapi --without-libgsasl --without-libssh2 --without-libssh
    --without-librtmp --disable-ftp --disable-file --disable-ldap --disable-ldaps --disable-rtsp --disable-dict
    --disable-telnet --disable-tftp --disable-pop3 --disable-imap --disable-smb --disable-smtp --disable-gopher
    --disable-mqtt --disable-ipfs --disable-websockets --disable-unix-sockets --disable-manual --disable-docs
    --disable-libcurl-option --disable-get-easy-options --disable-cookies --disable-alt-svc --disable-hsts
    --disable-doh --disable-netrc --disable-mime --disable-form-api --disable-dateparse --disable-aws
    --disable-crypto-auth --disable-digest-auth --disable-ntlm --disable-ntlm-wb --disable-kerberos-auth
    --disable-negotiate-auth --disable-tls-srp
)

usage() {
    cat <<'END'
Usage: ./build.sh [zip]   build dist/<Function>/bootstrap and dist/<Function>.zip for every function, and dist/switchboard
       ./build.sh demo    the same, then run every function on every event in events/ and print a table
       ./build.sh test    the same, then run every check and test
       ./build.sh bench   the same, then measure every function with the stopwatch in $BENCH (default ../shared/bench)
       ./build.sh salesforce  make dist/salesforce/*.zip alone, the metadata for people without the Salesforce CLI
       ./build.sh simulate [calls] [seed]
                          play so many calls (1000) of voice authentication in each mode, by callers whom the seed makes
       ./build.sh help    print this

Each sets up what is missing first: apt packages, a trimmed static libcurl in .build-curl, Python tools in .venv.
CURL_SOURCE_TARBALL=/path/to/curl-x.y.z.tar.xz builds libcurl from that instead of from the system's source package.
END
}

main() {
    case ${1:-zip} in
    zip)
        build_all
        ;;
    demo)
        build_all
        set_up_python
        dist/switchboard demo
        ;;
    test)
        build_all
        set_up_python
        run_checks
        run_tests
        ;;
    simulate)
        set_up_system
        forget_other_folders
        SIMULATION_CALLS=${2:-1000} SIMULATION_SEED=${3:-} run_simulation
        ;;
    bench)
        build_all
        run_bench
        ;;
    salesforce)
        pack_salesforce
        ;;
    help | -h | --help)
        usage
        ;;
    *)
        echo "build.sh: there is no command \"$1\"." >&2
        usage >&2
        exit 2
        ;;
    esac
}

say() { printf '\n==> %s\n' "$*" >&2; }

fail() {
    printf 'build.sh: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null; }

# Runs a command with its output in a file, and shows the end of it when the command fails.
logged() {
    local log=$1 status
    shift
    set +e
    (
        set -e
        "$@"
    ) >"$log" 2>&1
    status=$?
    set -e
    ((status == 0)) && return
    tail -n 30 "$log" >&2
    fail "the step above failed; all it printed is in $log"
}

# --- What the system must have -------------------------------------------------------------------------------------

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
    "${as_root[@]}" apt-get -q update >&2 || say "apt-get update failed; trying with the package lists that are there"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y install --no-install-recommends "${missing[@]}" >&2 ||
        fail "apt-get could not install these packages, see above: ${missing[*]}"
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
    for name in RapidJSON expat libcares libcurl openssl zlib; do
        pkg-config --exists "$name" 2>/dev/null || missing+=("$name (pkg-config)")
    done
    ((${#missing[@]} == 0)) || fail "apt-get is not here to install what is missing; install it yourself, libraries" \
        "with headers and static archives: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')"
}

# --- The trimmed static libcurl ------------------------------------------------------------------------------------

# Leaves libcurl.a, its headers and a libcurl.pc for static links in $curl_home.
build_curl() {
    local version
    version=$(curl_version)
    readonly curl_home=$root/.build-curl/$version
    [[ -f $curl_home/libcurl.pc ]] && return
    say "Building the static libcurl $version (once)"
    rm -rf "$curl_home"
    mkdir -p "$curl_home"
    logged "$curl_home/source.log" unpack_curl
    logged "$curl_home/build.log" compile_curl
    rm -rf "$curl_home/source" "$curl_home/apt"
}

curl_version() {
    local tarball=${CURL_SOURCE_TARBALL:-}
    if [[ -n $tarball ]]; then
        [[ -f $tarball ]] || fail "CURL_SOURCE_TARBALL names no file: $tarball"
        printf '%s-%.12s\n' "$(basename "${tarball%.tar.*}")" "$(sha256sum <"$tarball")"
    elif has apt-get && has dpkg-query; then
        dpkg-query -W -f '${source:Version}\n' libcurl4-openssl-dev
    else
        fail "without apt-get, give libcurl's source: download a curl-x.y.z.tar.xz from https://curl.se/download.html" \
            "and set CURL_SOURCE_TARBALL to where it is."
    fi
}

# Leaves the source, patched as the distribution patches it, in $curl_home/source.
unpack_curl() {
    if [[ -n ${CURL_SOURCE_TARBALL:-} ]]; then
        mkdir "$curl_home/source"
        tar -xf "$CURL_SOURCE_TARBALL" -C "$curl_home/source" --strip-components 1
    else
        fetch_curl_source
        dpkg-source --no-check --no-copy --skip-patches -x "$curl_home"/apt/*.dsc "$curl_home/source"
        apply_patches "$curl_home/source"
    fi
}

# Asks the mirrors that this system uses for source packages, with lists of its own: nothing of the system's changes.
fetch_curl_source() {
    local apt=$curl_home/apt package version file
    package=$(dpkg-query -W -f '${source:Package}' libcurl4-openssl-dev)
    version=$(dpkg-query -W -f '${source:Version}' libcurl4-openssl-dev)
    mkdir -p "$apt"/{lists/partial,cache,sources}
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ ! -f $file ]] || sed 's/^Types:.*/Types: deb-src/' "$file" >"$apt/sources/$(basename "$file")"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [[ ! -f $file ]] || sed -n '/cdrom:/d; s/^deb[[:space:]]/deb-src /p' "$file" >"$apt/sources/$(basename "$file")"
    done
    apt_apart "$apt" update || echo "Some lists could not be fetched; going on with those that were."
    cd "$apt"
    if ! apt_apart "$apt" source --download-only "$package=$version"; then
        echo "The mirrors no longer have $package $version; taking the one they have."
        apt_apart "$apt" source --download-only "$package"
    fi
}

apt_apart() {
    local apt=$1
    shift
    apt-get -q -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=3 -o Dir::Etc::SourceList=/dev/null \
        -o Dir::Etc::SourceParts="$apt/sources" -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" "$@"
}

# All but the patches that rename the library for its GnuTLS and NSS flavours.
apply_patches() {
    local patch
    cd "$1"
    while read -r patch _; do
        case $patch in
        '' | '#'* | 90_gnutls.patch | 99_nss.patch) ;;
        *) patch -p1 --forward <"debian/patches/$patch" ;;
        esac
    done <debian/patches/series
}

# The four autotools are set to `:` because patches change the age of files that configure would make again.
compile_curl() {
    cd "$curl_home/source"
    [[ -x configure ]] || fail "this source of curl has no configure script; take a release tarball from" \
        "https://curl.se/download.html and set CURL_SOURCE_TARBALL to where it is."
    CFLAGS="-Os -ffunction-sections -fdata-sections -ffile-prefix-map=$PWD=curl" ./configure "${curl_flags[@]}" \
        ACLOCAL=: AUTOCONF=: AUTOHEADER=: AUTOMAKE=:
    make -s -C lib -j "$(nproc)"
    cp lib/.libs/libcurl.a "$curl_home/"
    cp -R include "$curl_home/"
    write_curl_pc >"$curl_home/libcurl.pc.new"
    mv "$curl_home/libcurl.pc.new" "$curl_home/libcurl.pc" # last: its presence says that all the rest is there
}

write_curl_pc() {
    local version libraries
    version=$(sed -n 's/^#define LIBCURL_VERSION "\(.*\)"/\1/p' include/curl/curlver.h)
    libraries=$(pkg-config --static --libs-only-l libcares openssl zlib | tr ' ' '\n' | sed '/^-l/!d' | tr '\n' ' ')
    cat <<END
Name: libcurl
Description: libcurl for static links, HTTP and HTTPS only
Version: $version
Libs: -L\${pcfiledir} -lcurl $libraries
Cflags: -I\${pcfiledir}/include
END
}

# --- The functions -------------------------------------------------------------------------------------------------

build_all() {
    set_up_system
    build_curl
    build_switchboard
    build_functions
    pack_salesforce
}

# The metadata for people without the Salesforce CLI.
pack_salesforce() { integrations/salesforce/package.py dist/salesforce; }

# The names in Package.swift's table.
functions() { sed -n 's/^    Function("\([A-Za-z0-9]*\)".*/\1/p' Package.swift; }

build_functions() {
    local stamp=dist/.functions fingerprint name
    write_pcs
    fingerprint=$(sources_fingerprint)
    if [[ -f $stamp && $(head -n 1 "$stamp") == "$fingerprint" ]] && zips_exist; then
        # As new as the sources, whatever has touched those since: `switchboard doctor` compares ages.
        for name in $(functions); do touch "dist/$name.zip"; done
        tail -n +2 "$stamp"
        return
    fi
    forget_other_toolchains
    rm -f "$stamp"
    mkdir -p dist
    for name in $(functions); do
        say "Building $name"
        build_function "$name"
    done
    for name in $(functions); do describe "$name"; done | tee "$stamp.new"
    { echo "$fingerprint"; cat "$stamp.new"; } >"$stamp"
    rm "$stamp.new"
}

zips_exist() {
    local name
    for name in $(functions); do
        [[ -f dist/$name.zip && -x dist/$name/bootstrap ]] || return 1
    done
}

sources_fingerprint() {
    {
        toolchain
        find Package.swift build.sh Sources -path Sources/Local -prune -o -type f -print0 |
            LC_ALL=C sort -z | xargs -0 sha256sum
    } | sha256sum
}

# What swift build does not watch: a new compiler, C library or libcurl must relink everything.
toolchain() {
    swift --version 2>/dev/null
    printf '%s\n' "$curl_home" "${link_flags[@]}"
    cat Sources/System/bootstrap.ld "$curl_home"/*.pc
    if has dpkg-query; then dpkg-query -W gcc binutils libc6-dev libc-ares-dev libexpat1-dev libssl-dev zlib1g-dev; fi
}

forget_other_toolchains() {
    local stamp=.build-static/.toolchain
    [[ -f $stamp && $(<"$stamp") == "$(toolchain)" ]] && return
    rm -rf .build-static
    mkdir .build-static
    toolchain >"$stamp"
}

# SwiftPM reads the .pc files itself, and orders what they say by the targets' names and dependencies. A .pc of the system
# that names the system's folder could so put it before ours, and the linker would take the system's libcurl.a, which
# needs a dozen libraries more. So every library that Package.swift finds by pkg-config has a .pc of ours, without a folder
# that the linker searches anyway.
write_pcs() {
    local names name
    mapfile -t names < <(sed -n 's/.*pkgConfig: "\([^"]*\)".*/\1/p' Package.swift)
    ((${#names[@]})) || fail "Package.swift names no library with pkgConfig: \"…\"."
    for name in "${names[@]}"; do
        [[ $name != libcurl ]] || continue
        printf '%s\n' "Name: $name" "Description: the system's, without its folder" \
            "Version: $(pkg-config --modversion "$name")" "Libs: $(pkg-config --libs "$name")" \
            "Cflags: $(pkg-config --cflags "$name")" >"$curl_home/$name.pc"
    done
}

# The folders that the linker searched for a function's libraries must not hold another libcurl.a before ours.
check_link_order() {
    local name=$1 arguments folder
    arguments=$(sed -n "/^  \"C\.$name-[^\"]*\.exe\":/,/^    args:/s/^    args: //p" .build-static/release.yaml)
    [[ $arguments == *"/$name.product/"* ]] || fail ".build-static/release.yaml does not say how $name is linked."
    while read -r folder; do
        [[ $folder != "$curl_home" ]] || return 0
        [[ ! -e $folder/libcurl.a ]] ||
            fail "$name is linked with $folder before $curl_home, so that the system's libcurl.a comes first."
    done < <(tr ',' '\n' <<<"$arguments" | sed -n 's/^"-L\(..*\)"$/\1/p')
    [[ $arguments != *'"-lcurl"'* ]] || fail "$name is linked with a libcurl that is not $curl_home's."
}

build_function() {
    local name=$1 built
    built=$(swift_static --show-bin-path)/$name
    swift_static --product "$name" 2>&1 | without_glibc_warnings >&2
    check_link_order "$name"
    check_static "$built"
    pack "$name" "$built"
}

swift_static() {
    PKG_CONFIG_PATH=$curl_home swift build -c release --scratch-path .build-static "${link_flags[@]}" "$@"
}

# Every static link says that parts of glibc load shared libraries; nothing here calls those parts.
without_glibc_warnings() {
    grep --line-buffered -vE "in statically linked applications|use of .mktemp. is dangerous|: in function .*:$" || true
}

# No `grep -q` here: it stops reading at the first match, nm fails on the closed pipe, and pipefail hides the match.
check_static() {
    local file=$1
    [[ -f $file ]] || fail "$file is not there: ./build.sh zip makes it."
    if readelf -lW "$file" | grep INTERP >/dev/null || readelf -dW "$file" | grep NEEDED >/dev/null; then
        fail "$file is not fully static: readelf -ld shows which shared library it wants."
    fi
    if nm "$file" | grep -E '10Foundation[0-9]|28FoundationInternationalization|swift_u(cal|col|loc|num)_' >/dev/null; then
        fail "$file has full Foundation or ICU linked, which costs 40 MB: import FoundationEssentials instead."
    fi
}

# dist/<Function> is what the zip holds. Dates, modes, order and extra fields are fixed, so that the bytes are.
pack() {
    local name=$1 built=$2 templates=Sources/Functions/$1/templates
    rm -rf "dist/$name" "dist/$name.zip"
    mkdir -p "dist/$name"
    # .swift_modhash holds hashes of the compiler's input, the folder's name among it; nothing reads it at run time.
    strip -s -R .comment -R .swift_modhash -R .lldbsummaries -o "dist/$name/bootstrap" "$built"
    if [[ -n $(find "$templates" -type f -not -name '.*' 2>/dev/null) ]]; then
        cp -R "$templates" "dist/$name/templates"
        find "dist/$name/templates" -name '.*' -delete
    fi
    find "dist/$name" -type f -exec chmod 644 {} +
    chmod 755 "dist/$name/bootstrap"
    find "dist/$name" -exec touch -d 1980-01-01T00:00:00Z {} +
    (cd "dist/$name" && find . -type f | LC_ALL=C sort | TZ=UTC zip -q -9 -X -D "../$name.zip" -@)
}

describe() {
    local name=$1 machine hash
    case $(readelf -h "dist/$name/bootstrap") in
    *AArch64*) machine=arm64 ;;
    *X86-64*) machine=x86_64 ;;
    *) fail "dist/$name/bootstrap is for a machine that Lambda does not have." ;;
    esac
    hash=$(sha256sum <"dist/$name.zip")
    printf '%-12s %-6s  bootstrap %8d bytes  zip %8d bytes  sha256 %s\n' "$name" "$machine" \
        "$(stat -c %s "dist/$name/bootstrap")" "$(stat -c %s "dist/$name.zip")" "${hash%% *}"
}

# A module cache holds whole paths: in a clone that was moved or copied, swift build would find no module of the system.
# (.build-static's stamp holds the root too, and .venv's.)
forget_other_folders() {
    local stamp=.build/.root
    if [[ -d .build && $(cat "$stamp" 2>/dev/null) != "$root" ]]; then
        # A build by hand leaves no stamp, but a manifest with the folder in it.
        if [[ -f $stamp ]] || ! grep -sqF "\"$root/.build/" .build/debug.yaml; then
            say "This clone was moved or copied: building from scratch"
            rm -rf .build
        fi
    fi
    mkdir -p .build
    echo "$root" >"$stamp"
}

# The command is built as the tests are, so that it and they share their build.
build_switchboard() {
    forget_other_folders
    say "Building switchboard"
    swift build --product switchboard >&2
    mkdir -p dist
    cmp -s .build/debug/switchboard dist/switchboard || cp .build/debug/switchboard dist/switchboard
}

# --- Tools in Python: the AWS APIs to test against, cfn-lint, AWS's Runtime Interface Emulator ------------------------

set_up_python() {
    local python=/usr/bin/python3 fingerprint
    [[ -x $python ]] || python=python3
    fingerprint=$({ "$python" --version; echo "$root $sam_cli"; cat Tests/requirements.txt; } | sha256sum)
    [[ -f .venv/.complete && $(<.venv/.complete) == "$fingerprint" ]] && return
    say "Setting up .venv from Tests/requirements.txt"
    rm -rf .venv
    "$python" -m venv .venv
    pip install --require-virtualenv -r Tests/requirements.txt >&2
    fetch_emulator
    echo "$fingerprint" >.venv/.complete
}

pip() {
    local command=$1
    shift
    .venv/bin/python -m pip --disable-pip-version-check --quiet "$command" "$@"
}

# aws-sam-cli itself would bring 60 more packages, with versions of its own.
fetch_emulator() {
    local machine
    case $(uname -m) in aarch64 | arm64) machine=arm64 ;; *) machine=x86_64 ;; esac
    pip download --no-deps --only-binary :all: --dest .venv/rie "$sam_cli" >&2
    .venv/bin/python -m zipfile -e .venv/rie/aws_sam_cli-*.whl .venv/rie/wheel
    mv ".venv/rie/wheel/samcli/local/rapid/aws-lambda-rie-$machine" .venv/rie/aws-lambda-rie
    chmod 755 .venv/rie/aws-lambda-rie
    rm -r .venv/rie/wheel .venv/rie/*.whl
}

# --- Checks, tests, measures ---------------------------------------------------------------------------------------

run_checks() {
    say "swift format lint"
    swift format lint --strict -r Sources Tests Package.swift
    say "shellcheck"
    shellcheck build.sh .ci/run
    say "cfn-lint"
    .venv/bin/cfn-lint template.yaml
    say "No full Foundation in what is shipped"
    check_imports
    local name
    for name in $(functions); do check_static "$(swift_static --show-bin-path)/$name"; done
}

check_imports() {
    local module='(Foundation|FoundationInternationalization|FoundationNetworking|FoundationXML)'
    if grep -rnE "^[^/]*\bimport +((class|enum|func|protocol|struct|var) +)?$module\b" Sources --include='*.swift' \
        --exclude-dir=Local; then
        fail "the imports above link full Foundation, which costs 40 MB: import FoundationEssentials instead."
    fi
}

# The tests find dist/, .venv/ and events/ under SWITCHBOARD_ROOT. Their last line says how many there were.
run_tests() {
    say "swift test"
    export SWITCHBOARD_ROOT=$root
    if [[ -z ${SIGV4_SUITE:-} && -d ../shared/data/sigv4-suite ]]; then
        SIGV4_SUITE=$(cd ../shared/data/sigv4-suite && pwd)
        export SIGV4_SUITE
    fi
    # One at a time: many tests hold deadlines of seconds, which two cores cannot keep side by side.
    swift test --disable-xctest --no-parallel
}

run_simulation() {
    say "Calls at a person's pace"
    export SIMULATION_CALLS SIMULATION_SEED
    swift test --disable-xctest --no-parallel --filter "SimulationTests.*pace"
}

# Starting takes no event, and Echo takes the stopwatch's own; the column "bad" counts the refusals of all others, rightly.
# Then a request as a device sends it, which AlexaCRM answers without calling anybody.
run_bench() {
    local bench=${BENCH:-../shared/bench} name
    local -a commands=()
    [[ -x $bench/bench.sh ]] || fail "there is no stopwatch at $bench: set BENCH to the folder that holds bench.sh."
    for name in $(functions); do commands+=("$name=$(bench_settings) $root/dist/$name/bootstrap"); done
    say "Starting: exec to the first next of every function"
    "$bench/bench.sh" -c 25 -n 1000 -r 1 "${commands[@]}"
    say "Echo: invocations"
    "$bench/bench.sh" -c 1 "Echo=$root/dist/Echo/bootstrap"
    say "AlexaCRM: an intent of 6 KB"
    "$bench/bench.sh" -c 1 -n 5000 -E "$root/events/AlexaCRM/30-all-that-a-device-sends.json" \
        "AlexaCRM=$(bench_settings) $root/dist/AlexaCRM/bootstrap"
}

# What the functions need in order to start; nothing listens at these addresses.
bench_settings() {
    echo AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench AWS_ENDPOINT_URL=http://127.0.0.1:9 \
        AWS_LAMBDA_LOG_LEVEL=FATAL IDEMPOTENCY_TABLE=bench EMAIL_ALLOWED_SENDERS=@example.com \
        ALEXA_SKILL_ID=amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5b CRM_API_URL=http://127.0.0.1:9 \
        AUDIO_BUCKET=bench RECORDINGS_BUCKET=bench RECORDING_LINK_BASE_URL=https://calls.example.com \
        RECORDING_LINK_SECRET=bench SALESFORCE_LOGIN_URL=https://example.my.salesforce.com SALESFORCE_CLIENT_ID=bench \
        SALESFORCE_CLIENT_SECRET=bench VOICE_TABLE=bench VOICE_HASH_SECRET=bench VIAPIKEY=bench VIAPITOKEN=bench \
        TWILIO_ACCOUNT_SID=AC00000000000000000000000000000000 TWILIO_AUTH_TOKEN=bench \
        TWILIO_PUBLIC_BASE_URL=https://voice.example.com CONNECT_PHONE_NUMBER=+12065550100
}

main "$@"
