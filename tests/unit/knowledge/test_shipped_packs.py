"""What must hold for every pack that ships."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from functools import lru_cache
from itertools import combinations

from tallybook.knowledge import Knowledge, load
from tallybook.knowledge.actors import Actor
from tallybook.knowledge.folding import fold
from tallybook.knowledge.packs import SHIPPED
from tallybook.knowledge.rows import csv_rows, yaml_rows

FILES = sorted(SHIPPED.glob("*/actors.yaml"))


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load()


def actors() -> list[Actor]:
    return list(knowledge().actors)


WARS = re.findall(
    r"\w{3}", "MMR SYR IRQ YEM ISR PSE LBN UKR RUS SDN SSD ETH SOM COD NGA MLI BFA NER AFG PAK IND COL SLV PER MOZ LBY"
)


def test_wars_that_people_record_have_a_pack() -> None:
    covered = {c for p in knowledge().packs for c in p.countries}
    assert [w for w in WARS if w not in covered] == []


def test_ids_are_unique_over_all_packs() -> None:
    ids = Counter(row["id"] for file in FILES for _, row in yaml_rows(file, ("id", "name", "kind", "source")))
    assert [i for i, n in ids.items() if n > 1] == []


def test_every_tie_leads_to_an_actor() -> None:
    known = {a.id for a in actors()}
    loose = {(a.id, to) for a in actors() for to in (a.parent, *a.coalitions, *a.allies) if to and to not in known}
    assert loose == set()


def test_countries_are_known() -> None:
    isos = knowledge().countries.by_iso
    assert {c for a in actors() for c in (a.country, *a.also_in) if c and c not in isos} == set()


def test_no_alias_belongs_to_two_actors_of_one_war() -> None:
    owners: dict[tuple[str, str | None], dict[str, Actor]] = defaultdict(dict)
    for a in actors():
        for name in (a.name, *a.aliases):
            owners[fold(name), a.country][a.id] = a
    pairs = [(k, one, other) for k, own in owners.items() for one, other in combinations(own.values(), 2)]
    assert [(k, one.id, other.id) for k, one, other in pairs if not one.apart_from(other)] == []


def test_no_phrase_means_two_actors_of_one_war_at_the_same_time() -> None:
    meant: dict[tuple[str, str | None], list[Actor]] = defaultdict(list)
    for a in actors():
        for phrase in {p.lower() for p in a.phrases}:
            meant[phrase, a.country].append(a)
    shared = {k: [a.id for a in v] for k, v in meant.items() if len({(a.since, a.until) for a in v}) < len(v)}
    assert shared == {}


def test_actors_without_a_country_have_no_phrases() -> None:
    assert [a.id for a in actors() if a.country is None and (a.phrases or a.adjectives)] == []


def test_places_lie_near_some_town_of_their_country() -> None:
    with closing(sqlite3.connect(f"{(SHIPPED / 'core' / 'world.sqlite').as_uri()}?mode=ro", uri=True)) as world:
        far = [
            (file.parent.name, where, row["name"])
            for file in sorted(SHIPPED.glob("*/places.csv"))
            for where, row in csv_rows(file, ("id", "name", "kind", "source"))
            if row["lat"]
            and row["country"]
            and not _towns_near(world, row["country"], float(row["lat"]), float(row["lon"]))
        ]
    assert far == []


def _towns_near(world: sqlite3.Connection, country: str, lat: float, lon: float) -> bool:
    """Say whether the world file has a town of the country within 2.5 degrees; deserts and marshes need that much."""
    found = world.execute(
        "select 1 from place where country = ? and abs(lat - ?) < 2.5 and abs(lon - ?) < 2.5 limit 1",
        (country, lat, lon),
    )
    return found.fetchone() is not None
