"""What the workbench ships is what its manifest says, with its licences."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files

VENDOR = files("tallybook.web").joinpath("static", "vendor")
MANIFEST = json.loads(VENDOR.joinpath("manifest.json").read_text(encoding="utf-8"))


def test_every_shipped_file_is_in_the_manifest_with_its_hash() -> None:
    listed = {name: digest for package in MANIFEST for name, digest in package["files"].items()}
    shipped = {f"{folder.name}/{file.name}": file for folder in VENDOR.iterdir() if folder.is_dir()
               for file in folder.iterdir()}  # fmt: skip
    assert {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in shipped.items()} == listed


def test_every_package_names_version_source_and_licence() -> None:
    for package in MANIFEST:
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        assert package["source"].startswith("https://registry.npmjs.org/")
        assert package["licence"]
        assert any("LICENSE" in name for name in package["files"]), package["name"]


def test_own_scripts_and_styles_name_no_other_server() -> None:
    for name in ("workbench.js", "map.js", "theme.js", "workbench.css"):
        text = files("tallybook.web").joinpath("static", name).read_text(encoding="utf-8")
        assert "://" not in text, name
