"""How each figure moved since a former release, and why, in a sentence made of what both releases tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tallybook.release.former import Former, Row
from tallybook.release.records import Edition, Figure, Said
from tallybook.release.tables import plain
from tallybook.release.telling import REASONS, bounds, claim_sentence

ABOUT = ("kind", "measure", "who", "by", "place", "since", "until")
"""Fields by which a figure of one release is that of another; its id changes with every state of the book."""
PEOPLE = {"any": "all people", "civilian": "civilians", "combatant": "combatants",
          "unknown": "people of unknown status", "children": "children", "women": "women"}  # fmt: skip
HEADLINE = "headline"

Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why a figure moved: words with a number, and the claims that it is about."""

    kind: str
    words: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureMove:
    """A figure whose low, best or high differs, or that is in one release only."""

    about: Mapping[str, Any]
    before: Bounds | None
    after: Bounds | None
    sentence: str
    causes: tuple[Cause, ...]
    claims: tuple[str, ...] = field(default=())
    """The claims behind it, in sentences, those of this release only."""

    def as_row(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        names = ("low", "best", "high")
        return {
            **self.about,
            **{f"before_{n}": v for n, v in zip(names, self.before or (None,) * 3, strict=True)},
            **{f"after_{n}": v for n, v in zip(names, self.after or (None,) * 3, strict=True)},
            "sentence": self.sentence,
            "causes": [plain(cause) for cause in self.causes],
        }


def moves(former: Former, edition: Edition) -> tuple[FigureMove, ...]:
    """Return the figures that moved, headline figures first, then as the releases have them."""
    old = {_about(row): row for row in former.tables["figures"].values()}
    new = {_about(plain(f)): f for f in edition.figures}
    telling = _Telling(former, edition)
    found = []
    for about in sorted(old.keys() | new.keys(), key=lambda a: (a[0] != HEADLINE, a)):
        before, figure = old.get(about), new.get(about)
        if (_of_row(before) if before else None) != (_of_figure(figure) if figure else None):
            found.append(telling.move(dict(zip(ABOUT, (v or None for v in about), strict=True)), before, figure))
    return tuple(found)


def _about(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in ABOUT)


def _of_row(row: Row) -> Bounds:
    return row["low"], row["best"], row["high"]


def _of_figure(figure: Figure) -> Bounds:
    return figure.low, figure.best, figure.high


class _Telling:
    def __init__(self, former: Former, edition: Edition) -> None:
        self._former, self._old = former, former.tables["claims"]
        self._new = {c.id: c for c in edition.claims}
        self._sources = {s.id: s for s in edition.sources}
        self._old_sources = former.tables["sources"]

    def move(self, about: Mapping[str, Any], before: Row | None, figure: Figure | None) -> FigureMove:
        counted_then = frozenset(before["counted"]) if before else frozenset()
        counted_now = frozenset(figure.counted) if figure else frozenset()
        causes = tuple(self._causes(counted_then, counted_now, before, figure))
        named = [c for cause in causes for c in cause.claims if c in self._new]
        return FigureMove(
            about, _of_row(before) if before else None, _of_figure(figure) if figure else None,
            self._sentence(about, before, figure, causes), causes,
            tuple(self._claim(self._new[c]) for c in dict.fromkeys(named)),
        )  # fmt: skip

    def _sentence(
        self, about: Mapping[str, Any], before: Row | None, figure: Figure | None, causes: tuple[Cause, ...]
    ) -> str:
        who = PEOPLE.get(str(about["who"]), str(about["who"]))
        where = f", {about['place']}" if about["place"] else ""
        when = f", {about['since']} to {about['until']}" if about["since"] and about["until"] else ""
        old, new = _of_row(before) if before else None, _of_figure(figure) if figure else None
        best = old is not None and new is not None and (old[0], old[2]) == (new[0], new[2])
        then, now = _words(old, best=best), _words(new, best=best)
        why = "; ".join(c.words for c in causes)
        return f"Reported {about['measure']}, {who}{where}{when}: {then} became {now}, because {why}."

    def _causes(
        self, then: frozenset[str], now: frozenset[str], before: Row | None, figure: Figure | None
    ) -> Iterator[Cause]:
        came, went = now - then, then - now
        fresh = frozenset(c for c in came if c not in self._old)
        yield from _cause("new", fresh, lambda n: f"{_claims(n, 'new ')}{self._reports(fresh)} {_is(n)} counted")
        yield from _cause("counted_now", came - fresh, lambda n: f"{_claims(n)} left out before {_is(n)} counted now")
        gone = frozenset(c for c in went if c not in self._new)
        yield from _cause("withdrawn", gone, lambda n: f"{_claims(n)} {_is(n)} withdrawn")
        rejected = frozenset(c for c in went - gone if self._new[c].review == "rejected")
        yield from _cause("rejected", rejected, lambda n: f"a person rejected {_claims(n)}")
        yield from _cause(
            "left_out", went - gone - rejected,
            lambda n: f"{_claims(n)} counted before {_is(n)} left out now{_left_out(before, figure)}",
        )  # fmt: skip
        both = then & now
        numbers = frozenset(c for c in both if self._number_then(c) != (self._new[c].low, self._new[c].high))
        yield from _cause("number", numbers, lambda n: f"{_claims(n)} changed: {self._changed(numbers)}")
        moved = frozenset(c for c in both if self._old[c]["incident"] != self._new[c].incident)
        yield from _cause("incident", moved, lambda n: f"{_claims(n)} {_is(n)} held to be of another event")
        if not (came or went or numbers or moved):
            yield self._otherwise(before, figure)

    def _otherwise(self, before: Row | None, figure: Figure | None) -> Cause:
        if figure is not None and before is not None and figure.note != before["note"]:
            return Cause("note", "what few people are told about is withheld, so that the figure is open above"
                         if figure.note else "nothing is withheld from it any more")  # fmt: skip
        return Cause("together", f"the same claims are taken together otherwise{_left_out(before, figure)}")

    def _number_then(self, claim: str) -> tuple[int | None, int | None]:
        return self._old[claim]["low"], self._old[claim]["high"]

    def _changed(self, claims: frozenset[str]) -> str:
        told = []
        for claim in sorted(claims)[:3]:
            said = self._new[claim]
            told.append(f"{bounds(*self._number_then(claim))} is now {bounds(said.low, said.high)}")
        more = len(claims) - len(told)
        return ", ".join(told) + (f", and {more} more" if more else "")

    def _reports(self, claims: frozenset[str]) -> str:
        reports = {self._new[c].source for c in claims}
        new = reports - self._old_sources.keys()
        if not new:
            return ""
        return f" from {len(new)} new report{'' if len(new) == 1 else 's'}"

    def _claim(self, said: Said) -> str:
        source = self._sources.get(said.source)
        return claim_sentence(said, source.publisher if source else None, source.published if source else None)


def _words(told: Bounds | None, *, best: bool) -> str:
    """Write a figure's bounds, and its latest word where that alone moved."""
    if told is None:
        return "not told"
    return bounds(told[0], told[2]) + (f" (latest word {bounds(told[1], told[1])})" if best else "")


def _cause(kind: str, claims: frozenset[str], words: Callable[[int], str]) -> Iterator[Cause]:
    if claims:
        yield Cause(kind, words(len(claims)), tuple(sorted(claims)))


def _claims(count: int, kind: str = "") -> str:
    return f"1 {kind}claim" if count == 1 else f"{count} {kind}claims"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _left_out(before: Row | None, figure: Figure | None) -> str:
    """Tell which counts of claims left out changed, by reason."""
    old, new = _by_reason(before["left_out"] if before else ()), _by_reason(figure.left_out if figure else ())
    told = [
        f"{REASONS.get(reason, reason)}: {old.get(reason, 0)} became {new.get(reason, 0)}"
        for reason in sorted(old.keys() | new.keys()) if old.get(reason) != new.get(reason)
    ]  # fmt: skip
    return f" ({'; '.join(told)})" if told else ""


def _by_reason(told: object) -> dict[str, int]:
    found = {}
    for words in told if isinstance(told, (list, tuple)) else ():
        reason, _, count = str(words).rpartition(" ")
        found[reason] = int(count)
    return found
