# shellcheck shell=bash
# Sourced by build.sh: what only measuring needs, fetched into .build-bench, where nothing of the system's changes.

readonly bench_home=$root/.build-bench

# Fetches Debian's or Ubuntu's packages with all that they need, and unpacks them in .build-bench/debian. What is installed
# already is not fetched.
fetch_packages() {
    local apt=$bench_home/apt deb
    copy_sources "$apt" deb
    apt_apart "$apt" update || echo "Some lists could not be fetched; going on with those that were."
    apt_apart "$apt" -y --no-install-recommends --download-only -o Debug::NoLocking=1 install "$@" || return 1
    mkdir -p "$bench_home/debian"
    for deb in "$apt"/cache/archives/*.deb; do [[ ! -f $deb ]] || dpkg -x "$deb" "$bench_home/debian" || return 1; done
    rm -rf "$apt"
}

# Leaves valgrind's command, after variables that it needs, in $valgrind.
set_up_valgrind() {
    valgrind=(valgrind)
    has valgrind && return
    if [[ ! -x $bench_home/debian/usr/bin/valgrind ]]; then
        if ! has apt-get || ! has dpkg; then fail "valgrind, which counts instructions, is not here: install it."; fi
        say "Fetching valgrind"
        mkdir -p "$bench_home"
        logged "$bench_home/valgrind.log" fetch_packages valgrind
    fi
    # Its tools lie beside it, and not where it was built to look.
    valgrind=("VALGRIND_LIB=$bench_home/debian/usr/libexec/valgrind" "$bench_home/debian/usr/bin/valgrind")
}

# Leaves the peer written in Go in .build-bench/go-peer. Fails, and says why, when there is no Go to be had.
set_up_go() {
    local debian=$bench_home/debian go=go
    mkdir -p "$bench_home"
    if [[ ! -f $bench_home/.go ]] && has apt-get && has dpkg; then
        fetch_packages golang-go golang-github-aws-aws-sdk-go-dev >"$bench_home/go.log" 2>&1 || return 1
        touch "$bench_home/.go"
    fi
    if ! has go; then
        GOROOT=$(echo "$debian"/usr/lib/go-[0-9]*)
        export GOROOT
        go=$GOROOT/bin/go
    fi
    (
        cd bench/peers/go
        export GO111MODULE=off GOFLAGS='' CGO_ENABLED=0 GOCACHE=$bench_home/go-cache
        export GOPATH=$debian/usr/share/gocode:/usr/share/gocode
        "$go" build -trimpath -ldflags '-s -w' -o "$bench_home/go-peer" main.go
    ) >>"$bench_home/go.log" 2>&1
}

# Leaves Python with the peers' packages in .build-bench/python. Fails when they are not to be had.
set_up_peer_python() {
    local python=/usr/bin/python3 wanted
    [[ -x $python ]] || python=python3
    wanted=$({ "$python" --version; echo "$root"; cat bench/peers/python/requirements.txt; } | sha256sum)
    [[ -f $bench_home/python/.complete && $(<"$bench_home/python/.complete") == "$wanted" ]] && return
    rm -rf "$bench_home/python"
    mkdir -p "$bench_home"
    {
        "$python" -m venv "$bench_home/python" &&
            "$bench_home/python/bin/python" -m pip --disable-pip-version-check --quiet install --require-virtualenv \
                --require-hashes --only-binary :all: -r bench/peers/python/requirements.txt
    } >"$bench_home/python.log" 2>&1 || return 1
    echo "$wanted" >"$bench_home/python/.complete"
}
