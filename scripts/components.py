"""Says of what a bootstrap is made: the notices for its zip, and its bill of materials.

Usage: components.py notice FUNCTION MAP
       components.py spdx FUNCTION MAP VERSION ZIP
       components.py summary dist/*.spdx.json

MAP is the linker's map: only files that gave bytes to the bootstrap count. A file that belongs to no known component is
an error, so that nothing is linked in without being named. `summary` prints the repository's NOTICE from the bills.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

SWIFT = "Apache-2.0 WITH Swift-exception"
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
# What a component is called, its licence, and where it comes from.
COMPONENTS = {
    "c-ares": ("c-ares", "MIT", "https://c-ares.org"),
    "curl": ("curl", "curl", "https://curl.se"),
    "expat": ("Expat", "MIT", "https://libexpat.github.io"),
    "gcc": ("GCC runtime libraries", GCC, "https://gcc.gnu.org"),
    "glibc": ("GNU C Library", "LGPL-2.1-or-later", "https://www.gnu.org/software/libc"),
    "openssl": ("OpenSSL", "Apache-2.0", "https://www.openssl.org"),
    "rapidjson": ("RapidJSON", "MIT", "https://rapidjson.org"),
    "swift": ("Swift", SWIFT, "https://github.com/swiftlang/swift"),
    "swift-collections": ("Swift Collections", SWIFT, "https://github.com/apple/swift-collections"),
    "swift-corelibs-libdispatch": ("libdispatch", SWIFT, "https://github.com/swiftlang/swift-corelibs-libdispatch"),
    "swift-foundation": ("Foundation Essentials", SWIFT, "https://github.com/swiftlang/swift-foundation"),
    "swift-http-types": ("Swift HTTP Types", "Apache-2.0", "https://github.com/apple/swift-http-types"),
    "swift-log": ("SwiftLog", "Apache-2.0", "https://github.com/apple/swift-log"),
    "zlib": ("zlib", "Zlib", "https://zlib.net"),
    "zstd": ("Zstandard", "BSD-3-Clause", "https://facebook.github.io/zstd"),
}
# Archives and objects of the system, by their names.
SYSTEM = {
    "libcares.a": "c-ares", "libcrypto.a": "openssl", "libcurl.a": "curl", "libexpat.a": "expat", "libgcc.a": "gcc",
    "libgcc_eh.a": "gcc", "libssl.a": "openssl", "libstdc++.a": "gcc", "libz.a": "zlib", "libzstd.a": "zstd",
    "crt1.o": "glibc", "crti.o": "glibc", "crtn.o": "glibc", "libc.a": "glibc", "libc_nonshared.a": "glibc",
    "libdl.a": "glibc", "libm.a": "glibc", "libmvec.a": "glibc", "libpthread.a": "glibc", "libresolv.a": "glibc",
    "librt.a": "glibc",
    "crtbegin.o": "gcc", "crtbeginT.o": "gcc", "crtend.o": "gcc", "crtendS.o": "gcc",
}
TOOLCHAIN = [
    (re.compile(r"lib_?Foundation(Essentials|CShims|Internationalization|Networking|XML)?\.a"), "swift-foundation"),
    (re.compile(r"lib_FoundationCollections\.a"), "swift-collections"),
    (re.compile(r"lib(dispatch|BlocksRuntime|swiftDispatch)\.a"), "swift-corelibs-libdispatch"),
    (re.compile(r"libswift\w*\.a|swiftrt\.o"), "swift"),
]
# A section of the map that has an address and a size, on one line with its name or on the next.
CONTRIBUTION = re.compile(r"^ (?:\S+)?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(/\S.*|\S+\.o)$")
PKG_CONFIG = {"c-ares": "libcares", "expat": "expat", "openssl": "openssl", "rapidjson": "RapidJSON", "zlib": "zlib"}
# As the files in a zip: the same sources make the same bill.
CREATED = "1980-01-01T00:00:00Z"


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def linked_files(map_file):
    """The archives and objects that gave bytes to the program."""
    files, begun = set(), False
    with open(map_file, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            begun = begun or line.startswith("Linker script and memory map")
            found = begun and CONTRIBUTION.match(line.rstrip("\n"))
            # Debug information has no address: it is stripped.
            if found and int(found[1], 16) and int(found[2], 16):
                files.add(re.sub(r"\([^()]*\)$", "", found[3]))
    if not files:
        sys.exit(f"components.py: {map_file} names no file that was linked.")
    return files


class Component:
    def __init__(self, key, version, files, purl=None, texts=()):
        self.key, self.version, self.files, self.purl, self.texts = key, version, files, purl, texts
        if key not in COMPONENTS:
            sys.exit(f"components.py: {key} ({', '.join(sorted(files))}) is linked in, but its licence is not known.")
        self.name, self.licence, self.home = COMPONENTS[key]

    @property
    def spdx_id(self):
        return "SPDXRef-" + self.key


def debian(file):
    """The name, architecture and version of the package that a file is of; None where dpkg is not there."""
    if not shutil.which("dpkg-query"):
        return None
    owner = output("dpkg-query", "-S", file).split(": ")[0].split(",")[0]
    return output("dpkg-query", "-W", "-f", "${Package} ${Architecture} ${Version}", owner).split()


def system_component(key, paths):
    names = {pathlib.Path(path).name for path in paths}
    if key == "curl":
        (pc,) = {pathlib.Path(path).parent / "libcurl.pc" for path in paths}
        version = re.search(r"^Version: (.+)$", pc.read_text(encoding="utf-8"), re.MULTILINE)[1]
        return Component(key, version, names, f"pkg:generic/curl@{version}", [pc.parent / "COPYING"])
    header = "/usr/include/rapidjson/rapidjson.h"
    package = debian(header if key == "rapidjson" else sorted(paths)[0])
    if package is None:
        return Component(key, output("pkg-config", "--modversion", PKG_CONFIG[key]).strip(), names)
    name, architecture, version = package
    # The exception lets a program be passed on under any terms: gcc's own 68 KB are no part of its notice.
    texts = [] if key == "gcc" else [f"/usr/share/doc/{name}/copyright"]
    system = re.search(r"^ID=(\w+)$", pathlib.Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)[1]
    purl = f"pkg:deb/{system}/{name}@{urllib.parse.quote(version, safe=':~')}?arch={architecture}"
    return Component(key, version, names, purl, texts)


def swift_package(module, checkouts):
    """The package that has a module, among those that SwiftPM checked out for this build."""
    for folder in sorted(checkouts.iterdir()):
        if (folder / "Sources" / module).is_dir():
            return folder
    sys.exit(f"components.py: no package has the module {module}, which is linked in.")


def package_version(checkouts, folder):
    state = json.loads((checkouts.parent / "workspace-state.json").read_text(encoding="utf-8"))
    for dependency in state["object"]["dependencies"]:
        if dependency["subpath"] == folder.name:
            return dependency["state"]["checkoutState"]["version"], dependency["packageRef"]["location"]
    sys.exit(f"components.py: {folder.name} has no version in workspace-state.json.")


def components(map_file):
    root = pathlib.Path(__file__).resolve().parent.parent
    checkouts = pathlib.Path(map_file).parent / "checkouts"
    toolchain = pathlib.Path(shutil.which("swift")).resolve().parent.parent
    ours = {folder.name for folder in root.glob("Sources/*/*") if folder.is_dir()}
    system, swift, modules = {}, {}, set()
    for file in linked_files(map_file):
        path = os.path.realpath(file)
        name = os.path.basename(path)
        built = re.search(r"/([^/]+)\.build/", path)
        if built and path.startswith(str(root)):
            modules.add(built[1])
        elif path.startswith(str(toolchain)):
            keys = [key for pattern, key in TOOLCHAIN if pattern.fullmatch(name)]
            if not keys:
                sys.exit(f"components.py: {file} of the toolchain is linked in, but is of no known component.")
            swift.setdefault(keys[0], set()).add(name)
        elif (plain := re.sub(r"^(lib\w+)-[\d.]+\.a$", r"\1.a", name)) in SYSTEM:
            system.setdefault(SYSTEM[plain], set()).add(path)
        else:
            sys.exit(f"components.py: {file} is linked in, but is of no known component.")
    if "CRapidJSON" in modules:
        system["rapidjson"] = {"rapidjson.h"}
    found = [system_component(key, paths) for key, paths in system.items()]
    version = re.search(r"Swift version ([\w.]+)", output("swift", "--version"))[1]
    licence = toolchain / "share/swift/LICENSE.txt"
    for key, files in swift.items():
        purl = COMPONENTS[key][2].replace("https://", "pkg:swift/") + "@" + version
        found.append(Component(key, version, files, purl, [licence]))
    for folder in sorted({swift_package(module, checkouts) for module in modules - ours}):
        version, location = package_version(checkouts, folder)
        texts = [folder / name for name in ["NOTICE.txt", "LICENSE.txt"] if (folder / name).exists()]
        files = {module for module in modules - ours if swift_package(module, checkouts) == folder}
        purl = re.sub(r"^https://|\.git$", "", location)
        found.append(Component(folder.name, version, files, f"pkg:swift/{purl}@{version}", texts))
    return sorted(found, key=lambda component: component.name.lower())


def notice(function, map_file):
    parts = components(map_file)
    lines = [f"{function} is made of the project's own code and of these components, statically linked:", ""]
    lines += table((part.name, part.version, part.licence, part.home) for part in parts)
    if any(part.key == "glibc" for part in parts):
        lines += [
            "", "The GNU C Library is the distribution's package, unchanged, and its source is theirs. This project's",
            "sources and ./build.sh link the program anew with another version of it."]
    texts = {}
    for part in parts:
        for path in map(str, part.texts):
            text = pathlib.Path(path).read_text(encoding="utf-8", errors="replace").strip()
            texts.setdefault(text, []).append(part.name)
    licences = {part.licence.split("-or-later")[0] for part in parts}
    for name in ["Apache-2.0", "LGPL-2.1"]:
        path = pathlib.Path("/usr/share/common-licenses") / name
        if name in licences and path.exists():
            text = path.read_text(encoding="utf-8").strip()
            texts[text] = [*texts.get(text, []), f"the licence {name}"]
    for text, names in texts.items():
        lines += ["", "=" * 100, ", ".join(dict.fromkeys(names)), "=" * 100, "", text]
    print("\n".join(lines))


def table(rows):
    rows = [("component", "version", "licence", "from"), *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join([*(text.ljust(width) for text, width in zip(row, widths)), row[3]]) for row in rows]


def spdx(function, map_file, version, zip_file):
    digest = hashlib.sha256(pathlib.Path(zip_file).read_bytes()).hexdigest()
    parts = components(map_file)
    common = {"downloadLocation": "NOASSERTION", "filesAnalyzed": False, "copyrightText": "NOASSERTION"}
    packages = [{
        "SPDXID": "SPDXRef-Function", "name": function, "versionInfo": version, "packageFileName": f"{function}.zip",
        "primaryPackagePurpose": "APPLICATION", "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION",
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}], **common}]
    for part in parts:
        package = {
            "SPDXID": part.spdx_id, "name": part.name, "versionInfo": part.version, "homepage": part.home,
            "primaryPackagePurpose": "LIBRARY", "licenseConcluded": part.licence, "licenseDeclared": part.licence,
            "comment": "Linked in: " + ", ".join(sorted(part.files)), **common}
        if part.purl:
            package["externalRefs"] = [{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": part.purl}]
        packages.append(package)
    relationships = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Function")]
    relationships += [("SPDXRef-Function", "STATIC_LINK", part.spdx_id) for part in parts]
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{function}-{version}", "documentNamespace": f"https://spdx.org/spdxdocs/{function}-{version}-{digest}",
        "creationInfo": {"created": CREATED, "creators": ["Tool: switchboard-components.py"]}, "packages": packages,
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
            for one, kind, other in relationships]}
    print(json.dumps(document, indent=2))


def summary(bills):
    rows = {}
    for bill in bills:
        for package in json.loads(pathlib.Path(bill).read_text(encoding="utf-8"))["packages"]:
            if package["SPDXID"] != "SPDXRef-Function":
                row = (package["name"], package["versionInfo"], package["licenseDeclared"], package["homepage"])
                rows[row[0].lower()] = row
    if not rows:
        sys.exit("components.py: these bills name no component.")
    print(
        "Switchboard's zips hold, beside the project's own code, what follows, statically linked. Versions are those\n"
        "of a build on Debian 12 with Swift 6.3; the NOTICE in a zip has its own, and the texts of the licences. The\n"
        ".spdx.json beside a zip is its bill of materials.\n")
    print("\n".join(table(rows[key] for key in sorted(rows))))


def main():
    commands = {"notice": (notice, 2), "spdx": (spdx, 4)}
    name, *arguments = sys.argv[1:] or [""]
    if name == "summary" and arguments:
        summary(arguments)
    elif name in commands and len(arguments) == commands[name][1]:
        commands[name][0](*arguments)
    else:
        sys.exit(__doc__)


main()
