# shellcheck shell=bash
# Sourced by build.sh: the trimmed static libcurl.

# Everything a Lambda does not need left out; what stays is HTTP and HTTPS over c-ares and OpenSSL, through proxies too.
# Flags that a version of curl does not know are ignored. CA certificates are chosen at run time, never here. Dates stay:
# without them time conditions are no more looked at, by which warming up stops before the request.
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
    --disable-doh --disable-netrc --disable-mime --disable-form-api --disable-aws
    --disable-crypto-auth --disable-digest-auth --disable-ntlm --disable-ntlm-wb --disable-kerberos-auth
    --disable-negotiate-auth --disable-tls-srp
)

# Leaves libcurl.a, its headers and a libcurl.pc for static links in $curl_home.
build_curl() {
    local version
    version=$(curl_version)
    readonly curl_home=$root/.build-curl/$version
    [[ -f $curl_home/libcurl.pc && -f $curl_home/COPYING ]] && return
    say "Building the static libcurl $version (once)"
    rm -rf "$curl_home"
    mkdir -p "$curl_home"
    logged "$curl_home/source.log" unpack_curl
    logged "$curl_home/build.log" compile_curl
    rm -rf "$curl_home/source" "$curl_home/apt"
}

# The folder's name: the source's version, and the flags.
curl_version() {
    local source flags
    source=$(curl_source_version) || return
    flags=$(printf '%s\n' "${curl_flags[@]}" | sha256sum)
    printf '%s-%.8s\n' "$source" "$flags"
}

curl_source_version() {
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
    local apt=$curl_home/apt package version
    package=$(dpkg-query -W -f '${source:Package}' libcurl4-openssl-dev)
    version=$(dpkg-query -W -f '${source:Version}' libcurl4-openssl-dev)
    copy_sources "$apt" deb-src
    apt_apart "$apt" update || echo "Some lists could not be fetched; going on with those that were."
    cd "$apt"
    if ! apt_apart "$apt" source --download-only "$package=$version"; then
        echo "The mirrors no longer have $package $version; taking the one they have."
        apt_apart "$apt" source --download-only "$package"
    fi
}

# Writes the system's lists of sources again, for packages of one kind (deb or deb-src).
copy_sources() {
    local apt=$1 kind=$2 file
    mkdir -p "$apt"/{lists/partial,cache/archives/partial,sources}
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ ! -f $file ]] || sed "s/^Types:.*/Types: $kind/" "$file" >"$apt/sources/$(basename "$file")"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [[ ! -f $file ]] || sed -n "/cdrom:/d; s/^deb[[:space:]]/$kind /p" "$file" >"$apt/sources/$(basename "$file")"
    done
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
    cp lib/.libs/libcurl.a COPYING "$curl_home/"
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
