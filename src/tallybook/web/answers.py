"""The answers that a question of the queue takes: the key, the words on it, and the judgement it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from tallybook.knowledge.actors import KINDS
from tallybook.knowledge.places import PlaceEntry
from tallybook.review import queue
from tallybook.review.queue import Question
from tallybook.review.registering import ACCEPT_ACTOR, MERGE_ACTOR
from tallybook.runs.desk import Desk

MOST_CHOICES = 6
"""Places or actors offered for one question: as many as number keys are quick to find."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer."""

    key: str
    name: str
    label: str
    verb: str
    objects: tuple[str, ...]
    because: str
    """The reason that is kept where nobody types another."""
    field: str | None = None
    value: str | None = None
    needs_value: bool = False
    choices: tuple[str, ...] = ()
    """What the value is one of; empty: anything that can be typed."""


def answers_to(question: Question, desk: Desk) -> tuple[Answer, ...]:
    """Return the answers of a question, in the order of the page. A report takes none: it is coded on its page."""
    makers: dict[str, Callable[[Question, Desk], tuple[Answer, ...]]] = {
        queue.CLAIM: _claim, queue.LINK: _link, queue.PLACE: _place, queue.ACTOR: _actor, queue.CONFLICT: _conflict,
    }  # fmt: skip
    maker = makers.get(question.kind)
    return maker(question, desk) if maker else ()


def _claim(question: Question, _desk: Desk) -> tuple[Answer, ...]:
    objects = question.claims
    return (
        Answer("a", "accept", "Accept: the words say so", "accept", objects, "the words say so"),
        Answer("x", "reject", "Reject: misread", "reject", objects, "misread"),
        Answer("n", "no-harm", "Reject: no casualties", "reject", objects, "the number is not of people harmed"),
        Answer("c", "correct", "Correct a field …", "set-field", objects, "the words say otherwise", needs_value=True),
    )


def _link(question: Question, _desk: Desk) -> tuple[Answer, ...]:
    return (
        Answer("s", "same", "Same event", "same", question.claims, "both tell of one event"),
        Answer("d", "different", "Different events", "different", question.claims, "they tell of different events"),
    )


def _place(question: Question, desk: Desk) -> tuple[Answer, ...]:
    found = []
    for number, entry in enumerate(_candidates(question, desk)[:MOST_CHOICES], start=1):
        where = ", ".join(filter(None, (entry.name, *entry.admin, entry.country)))
        found.append(
            Answer(str(number), f"place-{number}", f"{where} ({entry.kind})", "set-place", question.claims,
                   "the report means this place", None, entry.id)
        )  # fmt: skip
    return (
        *found,
        Answer("o", "other-place", "Another place …", "set-place", question.claims, "the report means this place",
               needs_value=True),
    )  # fmt: skip


def _candidates(question: Question, desk: Desk) -> list[PlaceEntry]:
    """Return the places that the reader thought of, then those that the packs know by this name."""
    gazetteer = desk.knowledge.places
    claim = desk.claim_of.get(question.claims[0])
    thought = [c.id for c in claim.place.candidates] if claim and claim.place else []
    found = [e for e in (gazetteer.get(id) for id in thought) if e is not None]
    found += [e for e in gazetteer.entries(question.about) if e.id not in {f.id for f in found}]
    return found


def _actor(question: Question, desk: Desk) -> tuple[Answer, ...]:
    near = process.extract(
        question.about, sorted(set(desk.knowledge.actors.names())), scorer=fuzz.token_set_ratio,
        processor=utils.default_process, limit=3, score_cutoff=60.0,
    )  # fmt: skip
    names = dict.fromkeys(desk.knowledge.actors.canonical(name) or name for name, _, _ in near)
    told = (question.about,)
    offered = [
        Answer(str(n), f"actor-{n}", f"It is {name}", MERGE_ACTOR, told, "another name of the same actor", None, name)
        for n, name in enumerate(names, start=1)
    ]
    return (
        *offered,
        Answer("k", "keep", "An actor of its own: say of which kind", ACCEPT_ACTOR, told, "an actor of its own",
               needs_value=True, choices=KINDS),
        Answer("o", "other-actor", "Another name of …", MERGE_ACTOR, told, "another name of this actor",
               needs_value=True),
    )  # fmt: skip


def _conflict(question: Question, desk: Desk) -> tuple[Answer, ...]:
    found = [
        Answer(str(n), f"reject-{n}", f"Reject claim {n}", "reject", (claim,), "contradicted by better words")
        for n, claim in enumerate(question.claims[:MOST_CHOICES], start=1)
    ]
    return (
        Answer(
            "b", "both", "All stand: sources disagree", "accept", question.claims, "sources disagree; both are told"
        ),
        *found,
    )
