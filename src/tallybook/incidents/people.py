"""Records of named victims to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import exp, fsum

import yaml

from tallybook.incidents.blocking import Pair
from tallybook.incidents.clusters import cluster
from tallybook.incidents.decisions import decisions
from tallybook.incidents.person_features import Features, another_name, carried, compare
from tallybook.incidents.person_pairs import pairs
from tallybook.incidents.sightings import Sighting
from tallybook.incidents.weights import BEFORE, THRESHOLD
from tallybook.model import Judgement, Link, Person

KIN = 0.1
"""Most probability of a pair whose names differ in a word, whatever else agrees: brothers and sisters killed together
share father, day, place and, as twins, age. Below FLOOR, so that no third record joins them. It costs 0.7 points of
recall on the synthetic people of the eval `victims`."""
OPEN = 0.45
"""Most probability of a pair for which only the name speaks: below THRESHOLD, so that it joins nobody, and above FLOOR,
so that it does not keep apart whom other records join."""
DECIDED = "decided by a person"


def people(seen: Sequence[Sighting], judgements: Iterable[Judgement] = ()) -> tuple[Person, ...]:
    """Return the people whom these records name, sorted by id; each record names one of them.

    Two records of one document name two people. A person's `same` and `different` always hold. Without them a name is
    one person's only where its records agree on more than the name: the incident, the day and place, or the age.
    Independent of all orders. Near linear in records while those of one name, day and place stay few.
    """
    records = sorted(seen, key=lambda s: s.victim.id)
    numbers = {s.victim.id: i for i, s in enumerate(records)}
    features = {pair: compare(records[pair[0]], records[pair[1]]) for pair in pairs(records)}
    scores = {pair: score(f) for pair, f in features.items()}
    decided = decisions(judgements)
    same, different = (_numbered(d, numbers) for d in (decided.same, decided.different))
    groups = cluster(len(records), [s.document for s in records], scores, same, different)
    made = [_person([records[i] for i in g], _links(g, records, features, scores, set(same))) for g in groups]
    return tuple(sorted(made, key=lambda p: p.id))


def person_id(victim: str) -> str:
    """Return the id of the person whose earliest record this is."""
    return f"p-{sha256(victim.encode()).hexdigest()[:12]}"


def score(features: Features) -> float:
    """Return the probability that two records name one person, 0..1; OPEN at most where only the name speaks for it."""
    known = weights()
    odds = fsum((known[BEFORE], *(known.get(name, 0.0) for name in features)))
    found = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
    if another_name(features):
        return min(found, KIN)
    return found if carried(features) else min(found, OPEN)


@cache
def weights() -> Mapping[str, float]:
    """Return the learned weights by feature: natural-log odds."""
    text = files("tallybook.incidents").joinpath("learned", "people.yaml").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in yaml.safe_load(text)["weights"].items()}


def in_words(features: Features) -> str:
    """Tell what a pair was judged by; what is not told is left out."""
    return "; ".join(f for f in features if not f.endswith("not told") or f.startswith("event"))


def _numbered(decided: Sequence[tuple[str, str]], numbers: Mapping[str, int]) -> list[Pair]:
    found = [(numbers[a], numbers[b]) for a, b in decided if a in numbers and b in numbers]
    return [(min(p), max(p)) for p in found if p[0] != p[1]]


def _person(group: Sequence[Sighting], links: tuple[Link, ...]) -> Person:
    first = min(group, key=lambda s: s.order)
    name = person_id(first.victim.id)
    return Person(
        id=name,
        name=_fullest(group),
        victims=tuple(sorted(s.victim.id for s in group)),
        sure=min((link.score for link in links), default=1.0),
        aliases=tuple(sorted({person_id(s.victim.id) for s in group} - {name})),
        links=links,
    )


def _fullest(group: Sequence[Sighting]) -> str:
    """Return the name with the most words; of equals the one that most records give, then the earliest."""
    given = [s.victim.name for s in group]
    ranked = min(
        group,
        key=lambda s: (-sum(not p.initial for p in s.name.parts), -given.count(s.victim.name), s.order),
    )
    return ranked.victim.name


def _links(
    group: Sequence[int],
    records: Sequence[Sighting],
    features: Mapping[Pair, Features],
    scores: Mapping[Pair, float],
    same: set[Pair],
) -> tuple[Link, ...]:
    """Keep, for each record after the first, the surest pair that holds it to its person."""
    made = []
    for i in group[1:]:
        mine = [(min(i, j), max(i, j)) for j in group if j != i]
        told = [p for p in mine if p in same]
        able = [p for p in mine if scores.get(p, 0.0) >= THRESHOLD]
        if told or not able:
            a, b = told[0] if told else (group[0], i)
            made.append(Link(records[a].victim.id, records[b].victim.id, 1.0, (), DECIDED))
        else:
            a, b = surest = max(able, key=lambda p: (scores[p], -p[0], -p[1]))
            worth = tuple(sorted((name, weights().get(name, 0.0)) for name in features[surest]))
            link = Link(
                records[a].victim.id, records[b].victim.id, round(scores[surest], 4), worth, in_words(features[surest])
            )
            made.append(link)
    return tuple(made)
