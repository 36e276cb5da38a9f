# shellcheck shell=bash
# Sourced by build.sh: the browser that the tests of the console's page run in.

# Debian's Chromium where there is none: nothing else needs it, so a build does not install it.
set_up_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do has "$name" && return; done
    if has apt-get && has dpkg-query; then install_packages chromium; fi
    has chromium || fail "the tests of the console's page take a browser: install Chromium or Google Chrome."
}
