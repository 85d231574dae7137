"""Words that say that somebody says, thinks or means something; read from `attribution.yaml` of a pack's lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.inflect import plural, verb_forms
from tallybook.knowledge.rows import listed, yaml_rows

KINDS = ("verb", "light verb", "carrier", "noun", "adjective", "preposition")
NEEDS = ("nothing", "clause", "infinitive", "object", "preposition", "quote")
SUBJECTS = ("any", "speaker")
PREPOSITIONS = frozenset({"about", "against", "for", "of", "on", "over", "to", "with"})
"""What may begin the content of a word where its row names no prepositions of its own."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a word must stand with to introduce somebody's words or thoughts.

    `needs` lists what may stand with it, any one of which is enough; `subject` says who may be its source;
    `particles` the words that must follow it ('point out'); `prepositions` those that may begin its content.
    """

    lemma: str
    needs: frozenset[str]
    subject: str = "any"
    particles: frozenset[str] = frozenset()
    prepositions: frozenset[str] = PREPOSITIONS


@dataclass(slots=True)
class CueWords:
    """Every form of every cue word of the packs, by kind; prepositions as tuples of words."""

    verbs: dict[str, list[Cue]] = field(default_factory=dict)
    light: set[str] = field(default_factory=set)
    carriers: set[str] = field(default_factory=set)
    nouns: dict[str, Cue] = field(default_factory=dict)
    adjectives: dict[str, Cue] = field(default_factory=dict)
    prepositions: set[tuple[str, ...]] = field(default_factory=set)

    def read(self, path: Path) -> None:
        """Add the rows of one file.

        Raises: KnowledgeError naming file, row and field of what does not hold.
        """
        for where, row in yaml_rows(path, ("kind", "words", "source")):
            _allowed(path, where, "kind", row["kind"], KINDS)
            needs = frozenset(listed(row.get("needs")) or ("nothing",))
            for need in sorted(needs):
                _allowed(path, where, "needs", need, NEEDS)
            subject = str(row.get("subject", "any"))
            _allowed(path, where, "subject", subject, SUBJECTS)
            own = frozenset(listed(row.get("prepositions"))) or PREPOSITIONS
            for word in listed(row["words"]):
                head, *particles = word.split()
                self._add(row, word, Cue(head, needs, subject, frozenset(particles), own))

    def _add(self, row: Mapping[str, Any], word: str, cue: Cue) -> None:
        kind, forms = row["kind"], row.get("forms") or {}
        if kind == "verb":
            for form in _verb_forms(cue.lemma, forms):
                self.verbs.setdefault(form, []).append(cue)
        elif kind in ("light verb", "carrier"):
            (self.light if kind == "light verb" else self.carriers).update(_verb_forms(cue.lemma, forms))
        elif kind == "noun":
            self.nouns[word] = self.nouns[plural(word)] = cue
        elif kind == "adjective":
            self.adjectives[word] = cue
        else:
            self.prepositions.add(tuple(word.split()))


def _verb_forms(verb: str, irregular: Mapping[str, Any]) -> Iterator[str]:
    forms = verb_forms(verb)
    given = listed(irregular.get(verb))
    yield from forms["base"] | forms["third"] | frozenset(given)
    if not given:
        yield from forms["past"] | forms["participle"]
    if not any(form.endswith("ing") for form in given):
        yield from forms["gerund"]


def _allowed(path: Path, where: str, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise KnowledgeError(f"{path}: {where} has {name} {value!r}. Use one of {', '.join(allowed)}.")
