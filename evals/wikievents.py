"""Eval `wikievents`: who was killed and injured, by whom, with what and where (WikiEvents, Li, Ji and Han 2021).

f1   arguments of Life.Die, Life.Injure and Conflict.Attack: victims (killed and injured apart), attackers,
     instruments, places. An argument is (role, head word); each counts once a document, whichever mention is given.
     Source: head noun match of document-level role fillers, Du and Cardie 2020, section 5.
f1_ROLE is F of one role. Killer and Injurer are attackers, an ExplosiveDevice is an instrument; Target is left out,
since what is attacked need not be people.

Splits are file names: `dev` is dev.jsonl.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.heads import head_word
from evals.names import PLACE_PADDING
from evals.ratios import Hits
from evals.reports import json_lines, report
from evals.request import Request
from evals.result import Result, rounded
from evals.told_words import Words, words_of
from tallybook.knowledge import load
from tallybook.model import Claim, Conduct, Document, Reading

ROLES = {
    ("Life.Die", "Victim"): "killed",
    ("Life.Injure", "Victim"): "injured",
    ("Life.Die", "Killer"): "attacker",
    ("Life.Injure", "Injurer"): "attacker",
    ("Conflict.Attack", "Attacker"): "attacker",
    ("Life.Die", "Instrument"): "instrument",
    ("Life.Injure", "Instrument"): "instrument",
    ("Conflict.Attack", "Instrument"): "instrument",
    ("Conflict.Attack", "ExplosiveDevice"): "instrument",
    ("Life.Die", "Place"): "place",
    ("Life.Injure", "Place"): "place",
    ("Conflict.Attack", "Place"): "place",
}
"""Event type (first two levels) and role of WikiEvents to our role."""

OUR_ROLES = ("killed", "injured", "attacker", "instrument", "place")

Arguments = frozenset[tuple[str, str]]
"""(role, head word) pairs of one document."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Arguments of one document: in the key, and read."""

    document: Document
    key: Arguments
    read: Arguments


def evaluate(request: Request) -> Result:
    """Score the documents of the splits asked for.

    Raises: NoData if the folder is not there; FileNotFoundError if a split has no file.
    """
    folder = request.folder("wikievents")
    rows = [row for split in request.splits or ("dev",) for row in json_lines(folder / f"{split}.jsonl")]
    documents = [report(str(row["doc_id"]), text_of(row)) for row in rows]
    words = words_of(load())
    scored = [
        Scored(reading.document, key_arguments(row), read_arguments(reading, words))
        for row, reading in zip(rows, request.reader.read_all(documents), strict=True)
    ]
    return Result("wikievents", len(documents), metrics(scored), tuple(line for one in scored for line in misses(one)))


def metrics(scored: Sequence[Scored]) -> dict[str, float | None]:
    """Return overall F, precision and recall, and F of each role."""
    overall = sum((hits(one) for one in scored), Hits())
    roles = {role: sum((hits(one, role) for one in scored), Hits()) for role in OUR_ROLES}
    return {
        "f1": rounded(overall.f1),
        "precision": rounded(overall.precision),
        "recall": rounded(overall.recall),
        **{f"f1_{role}": rounded(found.f1) for role, found in roles.items()},
    }


def hits(one: Scored, role: str | None = None) -> Hits:
    """Return the hits of one document, of one role or of all."""
    key = {argument for argument in one.key if role in (None, argument[0])}
    read = {argument for argument in one.read if role in (None, argument[0])}
    return Hits(len(key & read), len(read), len(key))


def misses(one: Scored) -> Iterator[str]:
    """Yield what was missed and what was made up in one document."""
    missed, extra = sorted(one.key - one.read), sorted(one.read - one.key)
    if missed:
        yield f"{one.document.id} MISSED {', '.join(f'{role} {word}' for role, word in missed)}"
    if extra:
        yield f"{one.document.id} EXTRA  {', '.join(f'{role} {word}' for role, word in extra)}"


def text_of(row: Mapping[str, Any]) -> str:
    """Return the text of a row: its first sentence is the headline, the rest one paragraph."""
    sentences = [str(sentence[1]) for sentence in row["sentences"]]
    return "\n\n".join(part for part in (" ".join(sentences[:1]), " ".join(sentences[1:])) if part)


def key_arguments(row: Mapping[str, Any]) -> Arguments:
    """Return the arguments that the row's events have in our roles."""
    return frozenset(
        (role, _place_head(argument["text"]) if role == "place" else head_word(argument["text"]))
        for event in row["event_mentions"]
        for argument in event["arguments"]
        if (role := ROLES.get((".".join(event["event_type"].split(".")[:2]), argument["role"])))
    )


def read_arguments(reading: Reading, words: Words | None = None) -> Arguments:
    """Return the arguments that the reading's claims, named victims and acts without a number have.

    With `words`, sides and weapons are given as the report tells of them.
    """
    told = words or Words({}, {})
    found = {argument for claim in reading.claims for argument in _of_claim(claim, reading.document, told)}
    found |= {(victim.harm, head_word(victim.name)) for victim in reading.victims if victim.harm in OUR_ROLES}
    found |= {argument for act in reading.conduct for argument in _of_conduct(act, reading.document.text, told)}
    return frozenset(argument for argument in found if argument[1])


def _of_claim(claim: Claim, document: Document, words: Words) -> Iterator[tuple[str, str]]:
    text = (document.title or "") if claim.field == "title" else document.text
    if claim.measure in OUR_ROLES and claim.target.span:
        yield claim.measure, head_word(claim.target.span.of(text))
    spoken = [span.of(text) for field, span in claim.spans if field == "perpetrator"]
    named = [words.organization(name, text, claim.span.start) for name in claim.perpetrator]
    yield from (("attacker", head_word(told)) for told in (*spoken, *named))
    yield from (("instrument", head_word(words.weapon(name, text, claim.span.start))) for name in claim.weapon)
    if claim.place:
        yield "place", _place_head(claim.place.span.of(text) if claim.place.span else claim.place.name)


def _of_conduct(act: Conduct, text: str, words: Words) -> Iterator[tuple[str, str]]:
    if act.by:
        yield "attacker", head_word(words.organization(act.by, text, act.span.start))
    yield from (("instrument", head_word(words.weapon(name, text, act.span.start))) for name in act.weapon)
    if act.where:
        yield "place", _place_head(act.where)


def _place_head(name: str) -> str:
    words = [word for word in name.split() if word.casefold() not in PLACE_PADDING]
    return head_word(" ".join(words) or name)
