"""Checks a zip's sums and writes its bootstrap to a file; or says what is wrong."""

import sys
import zipfile
import zlib

try:
    with zipfile.ZipFile(sys.argv[1]) as archive:
        broken = archive.testzip()
        if broken:
            sys.exit(f"is broken at {broken}")
        if "bootstrap" not in archive.namelist():
            sys.exit("holds no bootstrap")
        if not archive.getinfo("bootstrap").external_attr >> 16 & 0o111:
            sys.exit("holds a bootstrap that may not be executed")
        with open(sys.argv[2], "wb") as file:
            file.write(archive.read("bootstrap"))
except (OSError, ValueError, zipfile.BadZipFile, zlib.error):
    sys.exit("is no whole zip")
