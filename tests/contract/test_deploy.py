"""What `deploy/` starts is what the program understands; images are of one major version each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer
import yaml

from tallybook.cli.main import app

DEPLOY = Path(__file__).parents[2] / "deploy"
OPTION = re.compile(r"--[a-z-]+")


def options_of_serve() -> set[str]:
    group: Any = typer.main.get_command(app)
    return {name for p in group.commands["serve"].params for name in p.opts}


def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def test_compose_starts_the_workbench_on_accounts_behind_its_proxy() -> None:
    services = compose()["services"]
    command = services["app"]["command"]
    assert command[:2] == ["book", "serve"]
    assert {o.partition("=")[0] for o in command if o.startswith("--")} <= options_of_serve()
    assert "--accounts" in command
    proxy = services["proxy"]["networks"]["inside"]["ipv4_address"]
    assert f"--behind-proxy={proxy}" in command
    assert list(services["app"]["networks"]) == list(services["db"]["networks"]) == ["inside"]
    assert compose()["networks"]["inside"]["internal"] is True
    assert [name for name, s in services.items() if "ports" in s] == ["proxy"]


def test_images_are_pinned_to_a_major_version() -> None:
    images = [s["image"] for s in compose()["services"].values() if "image" in s]
    images += re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(images) == 3
    assert all(re.fullmatch(r"[a-z]+:\d[\w.-]*", image) for image in images)


def test_no_password_stands_in_what_is_kept() -> None:
    for file in DEPLOY.iterdir():
        assert not re.search(r"PASSWORD[=:] *[^\s$/]", file.read_text(encoding="utf-8")), file.name


def test_unit_starts_the_workbench_and_shuts_it_in() -> None:
    unit = (DEPLOY / "tallybook.service").read_text(encoding="utf-8")
    start = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    assert set(OPTION.findall(start)) <= options_of_serve()
    for setting in ("User=tallybook", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=\n"):
        assert setting in unit
