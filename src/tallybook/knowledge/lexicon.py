"""The words of reports: people, things, harm, numbers, speech, events, weapons; read from a pack's lexicon folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.claimant_kind_rows import claimant_kind_rows
from tallybook.knowledge.cues import CueWords
from tallybook.knowledge.feasts import Feast, load_feasts
from tallybook.knowledge.inflect import plural, verb_forms
from tallybook.knowledge.record_words import RecordWords
from tallybook.knowledge.rows import listed, yaml_file, yaml_rows
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import WordLists
from tallybook.model.claim import AFFILIATIONS, EVENT_TYPES, MEASURES

FRAMES = ("patient", "subject", "state", "of_noun", "count_noun", "toll", "lives")


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """What a noun says about the people it names."""

    affiliation: str
    sex: str | None = None
    age: str | None = None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class HarmWord:
    """One form of a word of harm, and the frame its people stand in."""

    lemma: str
    measure: str
    frame: str
    form: str
    particles: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    preposition: str = "of"
    people_only: bool = False
    combatant_only: bool = False
    active_only: bool = False
    fate_open: bool = False
    """It leaves open who died of it, so that a word that tells goes before it: 'shot' before 'shot dead'."""
    event: str | None = None


@dataclass(frozen=True, slots=True)
class HarmPhrase:
    """A turn of phrase that tells harm; `pattern` stands after or before the people, from the start of a word on."""

    measure: str
    side: str
    pattern: re.Pattern[str]
    people_only: bool = False
    units: bool = False
    """Whole units do it too: 'a company laid down its arms'."""
    unless: re.Pattern[str] | None = None
    requires: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Trap:
    """A pattern that marks a number as no count of people; it is tried where what it needs stands in a sentence."""

    rule: str
    pattern: str
    needs: tuple[tuple[str, ...], ...] = ()
    """Pieces of words in small letters: one of each tuple stands in whatever the pattern matches."""
    digits: bool = False
    """The marked number is in digits."""


@dataclass(frozen=True, slots=True)
class EventCue:
    """Words that tell the kind of event; strength 3 names it, 1 only if nothing better stands there."""

    type: str
    strength: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon as reports name it."""

    name: str
    words: tuple[str, ...]
    parent: str | None = None
    event: str | None = None


@dataclass(slots=True)
class Lexicon:
    """Every word list of the packs, merged."""

    persons: dict[str, PersonNoun] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    harm: dict[str, list[HarmWord]] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)
    speech: dict[str, Any] = field(default_factory=dict)
    events: list[EventCue] = field(default_factory=list)
    weapons: list[Weapon] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    phrases: list[HarmPhrase] = field(default_factory=list)
    cues: CueWords = field(default_factory=CueWords)
    choices: dict[str, dict[str, float]] = field(default_factory=dict)
    words: WordLists = field(default_factory=WordLists)
    records: RecordWords = field(default_factory=RecordWords)
    feasts: list[Feast] = field(default_factory=list)
    claimant_kinds: list[dict[str, Any]] = field(default_factory=list)

    def read(self, folder: Path) -> None:
        """Add the word lists of one pack's lexicon folder.

        Raises: KnowledgeError naming file, row and field of what does not hold.
        """
        readers = {
            "persons.yaml": self._read_persons, "things.yaml": self._read_things, "harm.yaml": self._read_harm,
            "events.yaml": self._read_events, "weapons.yaml": self._read_weapons, "traps.yaml": self._read_traps,
            "phrases.yaml": self._read_phrases, "attribution.yaml": self.cues.read,
            "choices.yaml": self._read_choices, "feasts.yaml": lambda path: self.feasts.extend(load_feasts(path)),
            "claimant_kinds.yaml": lambda path: self.claimant_kinds.extend(claimant_kind_rows(path)),
            "record_words.yaml": self.records.read,
            **self.words.readers(),
        }  # fmt: skip
        for name, reader in readers.items():
            if (folder / name).exists():
                reader(folder / name)
        for name, target in (
            ("numbers.yaml", self.numbers),
            ("speech.yaml", self.speech),
            ("context.yaml", self.context),
        ):
            if (folder / name).exists():
                _merge(target, yaml_file(folder / name))

    def _read_persons(self, path: Path) -> None:
        for where, row in yaml_rows(path, ("affiliation", "words", "source")):
            _one_of(path, where, row, "affiliation", AFFILIATIONS)
            known = {"affiliation": row["affiliation"], "sex": row.get("sex"), "age": row.get("age")}
            plurals = row.get("plural") or {}
            for word in listed(row["words"]):
                mass = bool(row.get("mass"))
                self.persons.setdefault(word, PersonNoun(**known, plural=mass))
                if not mass:
                    self.persons.setdefault(plurals.get(word, plural(word)), PersonNoun(**known, plural=True))

    def _read_things(self, path: Path) -> None:
        for _, row in yaml_rows(path, ("kind", "words")):
            for word in listed(row["words"]):
                self.things.setdefault(word, row["kind"])
                self.things.setdefault(plural(word), row["kind"])

    def _read_harm(self, path: Path) -> None:
        for where, row in yaml_rows(path, ("measure", "frame", "words")):
            _one_of(path, where, row, "measure", MEASURES)
            _one_of(path, where, row, "frame", FRAMES)
            for word in listed(row["words"]):
                for form, kind in _harm_forms(word, row["frame"]):
                    self.harm.setdefault(form, []).append(_harm_word(row, word, kind))

    def _read_events(self, path: Path) -> None:
        for where, row in yaml_rows(path, ("type", "strength", "words")):
            _one_of(path, where, row, "type", EVENT_TYPES)
            self.events.append(EventCue(row["type"], int(row["strength"]), _terms(path, where, row)))

    def _read_traps(self, path: Path) -> None:
        self.traps += [_trap(path, where, row) for where, row in yaml_rows(path, ("rule", "pattern"))]

    def _read_phrases(self, path: Path) -> None:
        for where, row in yaml_rows(path, ("measure",)):
            _one_of(path, where, row, "measure", MEASURES)
            side = "after" if row.get("after") else "before"
            extra = {k: _pattern(path, where, row[k]) if row.get(k) else None for k in ("unless", "requires")}
            self.phrases.append(
                HarmPhrase(
                    row["measure"],
                    side,
                    _pattern(path, where, rf"(?<!\w)(?:{row[side]})"),
                    bool(row.get("people_only")),
                    bool(row.get("units")),
                    **extra,
                )
            )

    def _read_choices(self, path: Path) -> None:
        """Read the trained weights: for each choice, one number a feature."""
        for name, weights in yaml_file(path).items():
            for feature, weight in weights.items():
                if not isinstance(weight, int | float):
                    raise KnowledgeError(
                        f"{path}: {name}, {feature}: {weight!r} is no number. Train the weights again."
                    )
            self.choices[name] = {f: float(w) for f, w in weights.items()}

    def _read_weapons(self, path: Path) -> None:
        for where, row in yaml_rows(path, ("name",)):
            self.weapons.append(Weapon(row["name"], _terms(path, where, row), row.get("parent"), row.get("event")))


def _trap(path: Path, where: str, row: Mapping[str, Any]) -> Trap:
    try:
        groups = re.compile(str(row["pattern"]).replace("{N}", "x")).groupindex
    except re.error as error:
        raise KnowledgeError(f"{path}: {where} has a pattern that is no regular expression: {error}.") from error
    if "n" not in groups:
        raise KnowledgeError(f"{path}: {where} marks no number. Put it in (?P<n>...).")
    needs = tuple(tuple(str(pieces).split("|")) for pieces in row.get("needs") or ())
    odd = next((piece for pieces in needs for piece in pieces if not piece or piece != piece.lower()), None)
    if odd is not None:
        raise KnowledgeError(f"{path}: {where} needs {odd!r}. Write pieces of words in small letters, with | between.")
    return Trap(str(row["rule"]), str(row["pattern"]), needs, bool(row.get("digits")))


def _pattern(path: Path, where: str, text: str) -> re.Pattern[str]:
    try:
        return for_lowered(text)
    except re.error as error:
        raise KnowledgeError(f"{path}: {where} has a pattern that is no regular expression: {error}.") from error


def _harm_word(row: Mapping[str, Any], lemma: str, form: str) -> HarmWord:
    return HarmWord(
        lemma, row["measure"], row["frame"], form, listed(row.get("particles")), listed(row.get("objects")),
        row.get("preposition", "of"), bool(row.get("people_only")), bool(row.get("combatant_only")), bool(row.get("active_only")),
        bool(row.get("fate_open")), row.get("event"),
    )  # fmt: skip


def _harm_forms(word: str, frame: str) -> Iterable[tuple[str, str]]:
    if frame in ("patient", "subject", "lives"):
        for kind, forms in verb_forms(word).items():
            for form in sorted(forms):
                yield form, kind
    elif frame in ("of_noun", "count_noun"):
        yield word, "singular"
        if plural(word) != word:
            yield plural(word), "plural"
    else:
        yield word, "word"


def _one_of(path: Path, where: str, row: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> None:
    if row[name] not in allowed:
        raise KnowledgeError(f"{path}: {where} has {name} {row[name]!r}. Use one of {', '.join(allowed)}.")


class LexiconFiles:
    """The lexicon folders of some packs, read when their words are first asked for: only reading a report takes them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._held: Lexicon | None = None

    def read(self) -> Lexicon:
        """Return the words of all folders, later ones added to earlier ones.

        Raises: KnowledgeError naming file, row and field of what does not hold.
        """
        if self._held is None:
            held = Lexicon()
            for folder in self._folders:
                held.read(folder)
            self._held = held
        return self._held


def _terms(path: Path, where: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    words = listed(row.get("words"))
    odd = next((word for word in words if not re.match(r"\w", word)), None)
    if odd is not None:
        raise KnowledgeError(f"{path}: {where} has the words {odd!r}. Let them begin with a letter or a digit.")
    return words


def _merge(target: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            target[key].update(value)
        elif isinstance(value, list) and isinstance(target.get(key), list):
            target[key] += [v for v in value if v not in target[key]]
        else:
            target[key] = dict(value) if isinstance(value, Mapping) else value


def number_pattern(units: Iterable[str], scales: Iterable[str]) -> str:
    """Return the regular expression that `{N}` stands for in trap patterns."""
    words = "|".join(sorted({*units, *scales}, key=len, reverse=True))
    return rf"(?:\d[\d,]*(?:\.\d+)?|(?:{words})(?:[\s-]+(?:and\s+)?(?:{words}))*)"
