"""Wire stories with new headlines are one source; who changes a number speaks for itself."""

from __future__ import annotations

import random
from dataclasses import replace

from tallybook.incidents import link
from tallybook.incidents.copies import Copies, near_copies
from tallybook.ledger import Book, total
from tallybook.model import Claim, Document, Query
from tests.unit.factories import claim, count, day, document, incidents_of, place

BODY = (
    "Shells fell on the market of Vorlan on Saturday morning while people queued for bread. "
    "Twelve people were killed in the shelling, residents of the town told reporters by telephone. "
    "The road to the north has been closed for a week and medicine is running out in the only clinic. "
    "Both armies have blamed each other for breaking the truce signed in spring."
)
QUOTE = "Twelve people were killed in the shelling, residents of the town told reporters by telephone."
OTHER = (
    "The ministry of health opened a clinic in Dasme and named a new director. "
    "Nurses had asked for better pay since the winter, and talks are to go on next month in the capital."
)


def wire(key: str, published: str = "2024-03-10", text: str = BODY, publisher: str | None = None) -> Document:
    return document(key, published, text=text, publisher=publisher or f"Outlet {key}")


def edited() -> str:
    return "TOWN SHELLED\n\n" + BODY.replace("medicine is running out in", "drugs are short at") + " More follows."


def test_an_edited_story_of_another_outlet_copies_the_earlier() -> None:
    first, late, other = wire("a"), wire("b", "2024-03-11", edited()), wire("c", text=OTHER)
    assert near_copies([late, other, first]) == (("b", "a"),)


def test_versions_of_one_outlet_are_no_copies() -> None:
    assert near_copies([wire("a", publisher="Herald"), wire("b", "2024-03-11", edited(), "Herald")]) == ()


def test_a_story_told_again_after_weeks_is_no_near_copy() -> None:
    assert near_copies([wire("a"), wire("b", "2024-05-01", edited())]) == ()


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [wire(f"d{i}", f"2024-03-1{i}", f"Edition {i}. {edited()}") for i in range(5)]
    found = near_copies(documents)
    random.Random(3).shuffle(documents)
    assert near_copies(documents) == found
    assert len(found) == 10


def test_a_passage_is_found_word_for_word_or_edited_but_not_with_another_number() -> None:
    first, late = wire("a"), wire("b", "2024-03-11", edited())
    copies = Copies([first, late], near_copies([first, late]))
    told = claim("same", doc="b", quote=QUOTE)
    assert (found := copies.passage(told)) is not None
    assert (found.document.key, found.exact) == ("a", True)
    near = claim("near", doc="b", quote=QUOTE.replace("told", "have told"), number="12")
    assert copies.passage(near) is None, "the count's words '12' stand nowhere in the original"
    worded = claim("worded", doc="b", quote=QUOTE.replace("told", "have told"))
    assert copies.passage(_counted(worded, "Twelve")) is not None
    raised = claim("raised", doc="b", quote=QUOTE.replace("Twelve", "Thirteen"))
    assert copies.passage(_counted(raised, "Thirteen")) is None


def test_a_copied_toll_does_not_outlive_the_revision_of_its_source() -> None:
    first, revised = wire("a"), document("r", "2024-03-12", publisher="Outlet a")
    late = wire("b", "2024-03-13", edited())
    claims = [
        claim("c1", "12", origin=None, doc="a", quote=QUOTE),
        claim("c2", "12", origin=None, doc="b", quote=QUOTE),
        claim("c3", "15", origin=None, doc="r", quote="The toll has risen to 15."),
    ]
    book = Book(claims, [first, late, revised], incidents_of(claims))
    figure = total(book, Query("killed"))
    assert (figure.low, figure.high) == (15, 15)
    alone = Book(claims, [first, late, revised], incidents_of(claims), copies=())
    assert total(alone, Query("killed")).low == 12, "the print of the later day would hold"


def test_an_outlet_that_changes_the_number_is_a_source_of_its_own() -> None:
    first, late = wire("a"), wire("b", "2024-03-11", edited().replace("Twelve", "Thirteen"))
    claims = [
        claim("c1", "12", origin=None, doc="a", quote=QUOTE),
        claim("c2", "13", origin=None, doc="b", quote=QUOTE.replace("Twelve", "Thirteen")),
    ]
    figure = total(Book(claims, [first, late], incidents_of(claims)), Query("killed"))
    assert (figure.low, figure.high) == (12, 13)


def test_what_a_copied_passage_tells_is_one_incident_although_the_place_is_lost() -> None:
    first, late = wire("a"), wire("b", "2024-03-11", edited())
    told = claim("c1", doc="a", quote=QUOTE, place=place("Vorlan"), date=day("2024-03-09"))
    again = claim("c2", doc="b", quote=QUOTE, place=None, date=None)
    found = link([told, again], {d.key: d for d in (first, late)})
    assert [i.claims for i in found] == [("c1", "c2")]


def _counted(told: Claim, words: str) -> Claim:
    return replace(told, count=replace(count("12"), text=words))
