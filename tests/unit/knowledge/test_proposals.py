"""Actors that claims name and nobody lists become proposals with the claims that name them."""

from __future__ import annotations

from tallybook.knowledge.actors import Actor, ActorRegister
from tallybook.knowledge.proposals import proposals
from tallybook.model.claim import Claim, Count, Place, Target
from tallybook.model.span import Span

REGISTER = ActorRegister([Actor("khf", "Kess Hill Front", "rebel", "XKE", aliases=("KHF",))])


def claim(number: int, *, by: tuple[str, ...] = (), group: str | None = None, origin: str | None = None) -> Claim:
    return Claim(
        f"c{number}", "d", "r", f"Sentence {number}.", Span(0, 11), "killed", Count(1, 1, "exact", "one"),
        perpetrator=by, target=Target(group=group), place=Place("Sarno", country="XKE"), origin=origin,
    )  # fmt: skip


def test_known_actors_are_no_proposals() -> None:
    assert proposals([claim(1, by=("KHF",), group="Kess Hill Front")], REGISTER) == ()


def test_spellings_of_one_name_are_one_proposal_with_all_that_names_it() -> None:
    found = proposals(
        [claim(1, by=("Red Column",)), claim(2, group="RED COLUMN"), claim(3, by=("Red Column",))], REGISTER
    )
    (one,) = found
    assert (one.name, one.roles, one.countries) == ("Red Column", ("group", "perpetrator"), ("XKE",))
    assert one.claims == ("c1", "c2", "c3")
    assert one.spellings == ("RED COLUMN", "Red Column")


def test_the_name_told_most_often_comes_first_whatever_the_order_of_claims() -> None:
    claims = [claim(1, origin="Tarn Monitor"), claim(2, by=("Red Column",)), claim(3, by=("Red Column",))]
    assert [p.name for p in proposals(claims, REGISTER)] == ["Red Column", "Tarn Monitor"]
    assert proposals(claims[::-1], REGISTER) == proposals(claims, REGISTER)


def test_no_claims_no_proposals() -> None:
    assert proposals([], REGISTER) == ()
