#!/usr/bin/env bash
# Makes what a server needs for TLS, as AWS's have it: a root, an intermediate, a leaf for localhost, all RSA of 2,048 bits.
#
#   bench/certificates.sh folder
#
# Leaves chain.pem (leaf and intermediate), key.pem, and bundle.pem: all roots of this system, and the one made here.
set -euo pipefail
cd "$1"

for system in /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/certs/ca-certificates.crt; do
    [[ ! -f $system ]] || break
done

request() { openssl req -newkey rsa:2048 -nodes -sha256 -keyout "$1.key" -subj "/O=Switchboard bench/CN=$2" "${@:3}" 2>/dev/null; }
sign() {
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -sha256 -days 2 -extfile - -out "$1.pem" \
        2>/dev/null
}

request root "bench root" -x509 -days 2 -out root.pem \
    -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign
request intermediate "bench intermediate" -out intermediate.csr
sign intermediate root <<<$'basicConstraints=critical,CA:true,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign'
request leaf localhost -out leaf.csr
sign leaf intermediate <<'END'
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth
subjectAltName=DNS:localhost,IP:127.0.0.1
END
cat leaf.pem intermediate.pem >chain.pem
mv leaf.key key.pem
cat "$system" root.pem >bundle.pem
