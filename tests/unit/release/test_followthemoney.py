"""FollowTheMoney statements: properties that the model has, ids that it computes, entities that it can build."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from tallybook.release.layout import mapping_for
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.writing import release
from tests.unit.release import sample


def statements(tmp_path: Path, profile: str) -> list[dict[str, str]]:
    key = None if profile == "internal" else sample.key(profile)
    release(
        tmp_path / profile, sample.material(), load_profile(profile), key, Attribution(), wanted=("followthemoney",)
    )
    with (tmp_path / profile / "layouts/statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_and_properties_are_those_of_the_mapping(tmp_path: Path) -> None:
    mapping = mapping_for("followthemoney")
    told = statements(tmp_path, "internal")
    assert tuple(told[0]) == mapping.columns
    types = mapping.codes["types"]
    assert all(types[row["schema"]][row["prop"]] == row["prop_type"] for row in told)
    assert {row["schema"] for row in told} == {"Event", "Article", "Organization", "Person", "UnknownLink"}
    assert len({row["id"] for row in told}) == len(told)


def test_an_event_tells_range_days_and_reports(tmp_path: Path) -> None:
    told = [row for row in statements(tmp_path, "internal") if row["schema"] == "Event"]
    held = defaultdict(set)
    for row in told:
        held[row["entity_id"]].add((row["prop"], row["value"]))
    strike = next(v for v in held.values() if ("keywords", "airstrike") in v)
    assert ("summary", "reported killed: 9 to 12") in strike
    assert ("startDate", "2024-03-12") in strike
    assert len([p for p, _ in strike if p == "proof"]) == 2


def test_the_public_sees_no_person(tmp_path: Path) -> None:
    assert "Person" not in {row["schema"] for row in statements(tmp_path, "public")}


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_the_library_reads_them_and_computes_the_same_ids(tmp_path: Path, profile: str) -> None:
    ftm = pytest.importorskip("followthemoney")
    from followthemoney.statement import StatementEntity  # type: ignore[import-not-found,unused-ignore]
    from followthemoney.statement.serialize import read_path_statements  # type: ignore[import-not-found,unused-ignore]

    told = statements(tmp_path, profile)
    read = list(read_path_statements(tmp_path / profile / "layouts/statements.csv", "csv"))
    assert len(read) == len(told)
    for row, statement in zip(told, read, strict=True):
        assert statement.generate_key() == row["id"]
        assert statement.prop_type == row["prop_type"]
        assert ftm.model.get(row["schema"]).get(row["prop"]) is not None
    by_entity = defaultdict(list)
    for statement in read:
        by_entity[statement.entity_id].append(statement)
    from followthemoney.dataset import Dataset  # type: ignore[import-not-found,unused-ignore]

    dataset = Dataset.make({"name": told[0]["dataset"], "title": "t"})
    entities = [StatementEntity.from_statements(dataset, held) for held in by_entity.values()]
    assert all(e.schema.name == held[0].schema for e, held in zip(entities, by_entity.values(), strict=True))
    assert all(e.caption for e in entities if e.schema.name == "Event")
