"""Quotations in a text, without a parser."""

from tallybook.claims.quotations import Quoted, quotations
from tallybook.claims.uncued import signatures


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in quotations(text)]


def test_curly_straight_and_doubled_marks_quote() -> None:
    assert quoted("“one” \"two\" ''three'' ``four''") == ["“one”", '"two"', "''three''", "``four''"]


def test_quotation_without_an_end_runs_to_the_end_of_its_line() -> None:
    assert quoted("He said: “We ran.\nThey stayed.") == ["“We ran."]


def test_closing_mark_without_an_opening_one_quotes_nothing() -> None:
    assert quoted("no” more") == []


def test_place_is_inside_up_to_its_closing_mark() -> None:
    inside = Quoted(quotations("a “b” c"))
    assert [inside.holds(at) for at in range(7)] == [False, False, True, True, True, False, False]
    assert not inside.holds(-1)


def test_name_after_a_dash_signs_a_quotation() -> None:
    text = "“The street burned.” ― Lena Orvic\n“I ran,” she said – and fell."
    found = list(signatures(text, quotations(text)))
    assert [(r.source.of(text), r.cue.of(text)) for r in found if r.source and r.cue] == [("Lena Orvic", "―")]
