"""Fetch what the workbench ships from the npm registry, at pinned versions, and write its manifest.

python scripts/vendor_web.py         fetches (needs npm) and writes
python scripts/vendor_web.py --check  only says whether the files are those of the manifest
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

VENDOR = Path(__file__).parents[1] / "src" / "tallybook" / "web" / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"
PACKAGES: tuple[dict[str, Any], ...] = (
    {"name": "htmx.org", "version": "4.0.1", "licence": "0BSD", "folder": "htmx",
     "files": ["dist/htmx.min.js", "LICENSE"]},
    {"name": "maplibre-gl", "version": "6.17.0", "licence": "BSD-3-Clause", "folder": "maplibre-gl",
     "files": ["dist/maplibre-gl.mjs", "dist/maplibre-gl-worker.mjs", "dist/maplibre-gl.css", "LICENSE.txt"]},
    {"name": "topojson-client", "version": "3.1.0", "licence": "ISC", "folder": "topojson-client",
     "files": ["dist/topojson-client.min.js", "LICENSE"]},
    {"name": "world-atlas", "version": "2.0.2", "licence": "ISC; data Natural Earth, public domain",
     "folder": "world-atlas", "files": ["countries-50m.json", "LICENSE"]},
)  # fmt: skip


def fetch() -> None:
    """Fetch every package and put its files in place."""
    with TemporaryDirectory() as folder:
        for package in PACKAGES:
            told = subprocess.run(
                ["npm", "pack", "--silent", f"{package['name']}@{package['version']}"],
                cwd=folder, check=True, capture_output=True, text=True,
            )  # fmt: skip
            with tarfile.open(Path(folder) / told.stdout.split()[-1]) as archive:
                for name in package["files"]:
                    member = archive.extractfile(f"package/{name}")
                    assert member is not None
                    target = VENDOR / package["folder"] / Path(name).name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(member.read())
    MANIFEST.write_text(json.dumps(manifest(), indent=1) + "\n", encoding="utf-8")


def manifest() -> list[dict[str, Any]]:
    """Return what is shipped: version, source, licence and hash of every file."""
    return [
        {
            "name": p["name"], "version": p["version"], "licence": p["licence"],
            "source": f"https://registry.npmjs.org/{p['name']}/-/{p['name']}-{p['version']}.tgz",
            "files": {name: _digest(name) for name in (f"{p['folder']}/{Path(f).name}" for f in p["files"])},
        }
        for p in PACKAGES
    ]  # fmt: skip


def _digest(name: str) -> str:
    return hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()


if __name__ == "__main__":
    if "--check" not in sys.argv:
        fetch()
    if json.loads(MANIFEST.read_text(encoding="utf-8")) != manifest():
        sys.exit("error: the shipped files are not those of the manifest. Run python scripts/vendor_web.py")
    print("The shipped files are those of the manifest.")
