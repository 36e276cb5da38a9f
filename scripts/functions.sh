# shellcheck shell=bash
# Sourced by build.sh: the functions' bootstraps and zips.

# How a bootstrap is linked. bfd makes the smallest file of the three linkers, and alone takes the script, which says
# itself what it leaves out. The two wraps keep gcc's static start-up code from registering the unwind tables: once
# they are registered, the first unwinding (an async main does one) sorts all of them, which takes 2 to 8 ms; without,
# the sorted .eh_frame_hdr is used. No build-id and no paths, so that the same sources give the same bytes anywhere.
# The text begins off a 2 MB boundary: on one, kernels that keep files in huge pages map 2 MB at each first touch, and
# 7 MB of resident memory become 12. The names of Unicode's characters, half a megabyte that nothing here asks for, are
# left out (checks.sh refuses their use), and so are Swift's string processing and regular expressions, 1.2 MB, which
# swift-http-types wants for setting a Cookie header by subscript (check_string_processing refuses every other use).
# shellcheck disable=SC2016 # the symbol begins with a dollar
readonly string_processing='$sSl17_StringProcessingSQ7ElementRpzrlE5split9separator9maxSplits25omittingEmptySubsequencesSay11SubSequenceQzGqd___SiSbtSlRd__ABQyd__ACRSlF'
readonly link_flags=(
    -Xswiftc -static-executable -Xswiftc -use-ld=bfd
    -Xlinker -Ttext-segment=0x410000 -Xlinker --eh-frame-hdr -Xlinker --build-id=none -Xlinker -T -Xlinker "$root/Sources/System/bootstrap.ld"
    -Xlinker --wrap=__register_frame_info -Xlinker --defsym=__wrap___register_frame_info=0
    -Xlinker --wrap=__deregister_frame_info -Xlinker --defsym=__wrap___deregister_frame_info=0
    -Xlinker --wrap=_swift_stdlib_getScalarName -Xlinker --defsym=__wrap__swift_stdlib_getScalarName=0
    -Xlinker "--wrap=$string_processing" -Xlinker "--defsym=__wrap_$string_processing=0"
    -Xswiftc -file-prefix-map -Xswiftc "$root=." -Xcc "-ffile-prefix-map=$root=."
)

# The names in Package.swift's table.
functions() { tr '\n' ' ' <Package.swift | grep -oE '[^A-Za-z]Function\( *"[A-Za-z0-9]+"' | cut -d '"' -f 2; }

build_functions() {
    local fingerprint name
    prepare_functions
    fingerprint=$(sources_fingerprint)
    if ! are_built "$fingerprint"; then
        rm -f dist/.functions
        for name in $(functions); do build_function "$name"; done
        echo "$fingerprint" >dist/.functions
    fi
    for name in $(functions); do describe "$name"; done
}

build_function_alone() {
    prepare_functions
    # The other zips may be older than this one will be.
    are_built "$(sources_fingerprint)" || rm -f dist/.functions
    build_function "$1"
    describe "$1"
}

prepare_functions() {
    write_pcs
    forget_other_toolchains
    mkdir -p dist
}

# Says whether all zips were built from the sources with this fingerprint.
are_built() {
    local name
    [[ -f dist/.functions && $(<dist/.functions) == "$1" && -f dist/SHA256SUMS ]] || return 1
    for name in $(functions); do
        [[ -f dist/$name.zip && -f dist/$name.spdx.json && -x dist/$name/bootstrap ]] || return 1
    done
}

sources_fingerprint() {
    {
        toolchain
        find Package.swift build.sh scripts Sources -path Sources/Local -prune -o -type f -print0 |
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
    say "Building $name"
    built=$(swift_static --show-bin-path)/$name
    # SwiftPM does not know that the linker reads the script.
    [[ ! $built -ot Sources/System/bootstrap.ld ]] || rm -f "$built"
    # The map says what was linked in: components.py reads it.
    swift_static -Xlinker "-Map=$root/.build-static/$name.map" --product "$name" 2>&1 | without_glibc_warnings >&2
    check_link_order "$name"
    check_static "$built"
    check_string_processing "$name"
    pack "$name" "$built"
    python3 scripts/components.py spdx "$name" ".build-static/$name.map" "$(version)" "dist/$name.zip" \
        >"dist/$name.spdx.json"
    write_sums
}

swift_static() {
    PKG_CONFIG_PATH=$curl_home swift build -c release --scratch-path .build-static "${import_check[@]}" \
        "${link_flags[@]}" "$@"
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
    if nm "$file" | grep -E '10Foundation[0-9]|20FoundationEssentials|28FoundationInternationalization|swift_u(cal|col|loc|num)_' >/dev/null; then
        fail "$file has Foundation or ICU linked: nm shows where, and Base/Encoding and Base/JSON replace it."
    fi
}

# What the linker leaves out must not be wanted by an object that is linked in: it would be called at address 0.
check_string_processing() {
    local objects users
    objects=$(grep -oE '/[^ ]*/release/[A-Za-z_]+\.build/[^ ]*\.o' ".build-static/$1.map" | sort -u |
        grep -v '/HTTPTypes\.build/HTTPFields\.swift\.o$')
    users=$(xargs -d '\n' nm -A -u <<<"$objects" | grep -F 17_StringProcessing || true)
    [[ -z $users ]] || fail "these objects of $1 use Swift's string processing, a fifth of a zip, such as a split by a string of several characters or a regular expression: $users"
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
    python3 scripts/components.py notice "$name" ".build-static/$name.map" >"dist/$name/NOTICE"
    find "dist/$name" -type f -exec chmod 644 {} +
    chmod 755 "dist/$name/bootstrap"
    find "dist/$name" -exec touch -d 1980-01-01T00:00:00Z {} +
    (cd "dist/$name" && find . -type f | LC_ALL=C sort | TZ=UTC zip -q -9 -X -D "../$name.zip" -@)
}

# The hashes of the zips that are there, as `sha256sum -c` takes them.
write_sums() {
    local name zips=()
    for name in $(functions); do [[ ! -f dist/$name.zip ]] || zips+=("$name.zip"); done
    (cd dist && sha256sum "${zips[@]}" >SHA256SUMS)
}

describe() {
    local name=$1 machine width
    case $(readelf -h "dist/$name/bootstrap") in
    *AArch64*) machine=arm64 ;;
    *X86-64*) machine=x86_64 ;;
    *) fail "dist/$name/bootstrap is for a machine that Lambda does not have." ;;
    esac
    width=$(functions | wc -L)
    printf "%-${width}s  %-6s  bootstrap %10s bytes  zip %10s bytes\n" "$name" "$machine" \
        "$(separated "$(stat -c %s "dist/$name/bootstrap")")" "$(separated "$(stat -c %s "dist/$name.zip")")"
}

# A number with its thousands separated.
separated() { sed -E ':more; s/^([0-9]+)([0-9]{3})/\1,\2/; t more' <<<"$1"; }
