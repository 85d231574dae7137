"""When two names are one."""

import pytest
from evals.names import PLACE_PADDING, same_as_any, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hill Front", "the Hill Front"),
        ("Free Hills Front", "FHF"),
        ("FHF", "Free Hills Front"),
        ("FHF fighters", "Free Hills Front fighters"),
        ("Sudanese Armed Forces", "Sudanese army"),
        ("Ministry of Defense", "Ministry of Defence"),
        ("Kessa’s Watch", "Kessas Watch"),
        ("São Velmar", "Sao Velmar"),
        ("Orvanistan Army", "Orvanistan Arny"),
    ],
)
def test_spelling_padding_and_acronyms_do_not_part_names(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("Hill Front", "River Front"), ("FHF", "FHG"), ("Orvan", "Tolwa")])
def test_other_names_are_other(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_unit_words_are_padding_in_places_only() -> None:
    assert same_name("Pathi Township", "Pathi", PLACE_PADDING)
    assert same_name("Keshti district, Orvan", "Keshti", PLACE_PADDING)


def test_any_value_of_a_list_is_right() -> None:
    assert same_as_any(["Hill Front", "Red Column"], "Red Column")
    assert same_as_any("Hill Front", ["Red Column", "Hill Front"])
    assert not same_as_any(["Hill Front"], ["Red Column"])


def test_none_in_a_list_allows_printing_nothing_but_not_another_name() -> None:
    assert same_as_any(["Hill Front", None], None)
    assert not same_as_any("Hill Front", None)
    assert not same_as_any(None, "Hill Front")
    assert same_as_any(None, [])
