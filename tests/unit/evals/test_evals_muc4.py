"""MUC-4 keys parsed and scored by hand."""

from collections import Counter
from typing import Any

import pytest
from evals.muc4_countries import report_country
from evals.muc4_counts import count_hits, key_counts
from evals.muc4_key import (
    DATE,
    DESCRIPTION,
    EFFECT,
    INDIVIDUAL,
    INSTRUMENT,
    LOCATION,
    NAME,
    NUMBER,
    ORGANIZATION,
    SLOTS,
    TYPE,
    Fill,
    Template,
    fills_of,
    key_template,
)
from evals.muc4_score import Aligned, align, slot_hits, tally
from evals.muc4_slots import credit, date_credit, location_credit, number_credit, string_credit, type_credit
from evals.muc4_templates import Templates, wanted_victims
from evals.ratios import Hits
from evals.reports import report
from evals.told_words import Words

from tallybook.knowledge import load
from tallybook.model import Claim, Conduct, Count, DateRange, Place, Reading, Span, Target, Victim


def fill(*values: str, about: tuple[str, ...] = (), optional: bool = False) -> Fill:
    return Fill(values, about, optional)


def raid(**slots: str) -> Template:
    names = {slot.split(": ")[-1].split()[0].lower(): slot for slot in SLOTS}
    return Template({names[name]: (fill(value),) for name, value in slots.items()})


@pytest.mark.parametrize(
    ("slot", "entry", "expected"),
    [
        (ORGANIZATION, '"HILL FRONT" / "HF"', [fill("HILL FRONT", "HF")]),
        (INDIVIDUAL, '? "REBELS"', [fill("REBELS", optional=True)]),
        (NUMBER, '50: "PEASANTS" / "FARMERS"', [fill("50", about=("PEASANTS", "FARMERS"))]),
        (NUMBER, '9 / PLURAL: "GUARDS"', [fill("9", "PLURAL", about=("GUARDS",))]),
        (DESCRIPTION, '"GUARD": "ANO SILD"', [fill("GUARD", about=("ANO SILD",))]),
        (DESCRIPTION, '"THE \\"REAL\\" GUARD"', [fill("THE 'REAL' GUARD")]),
        (DATE, "(- 04 FEB 90) / (02 FEB 90 - 04 FEB 90)", [fill("- 04 FEB 90", "02 FEB 90 - 04 FEB 90")]),
        (LOCATION, "VELIA: ORVAN (CITY)", [fill("VELIA: ORVAN (CITY)")]),
        (LOCATION, "(VELIA: BEL (TOWN)) / (VELIA: ORVAN (CITY))", [fill("VELIA: BEL (TOWN)", "VELIA: ORVAN (CITY)")]),
        (INDIVIDUAL, "-", []),
        (INDIVIDUAL, "*", []),
    ],
)
def test_key_notation(slot: str, entry: str, expected: list[Fill]) -> None:
    assert list(fills_of(slot, [entry])) == expected


def test_a_template_may_be_optional_as_a_whole() -> None:
    assert key_template({"slots": {"MESSAGE: TEMPLATE": ["2 (OPTIONAL)"], TYPE: ["ATTACK"]}}).optional
    assert not key_template({"slots": {"MESSAGE: TEMPLATE": ["2"], TYPE: ["ATTACK"]}}).optional


@pytest.mark.parametrize(
    ("key", "response", "expected"),
    [
        ("16 NOV 89", "16 NOV 1989", 1),
        ("- 16 NOV 89", "16 NOV 1989", 0.5),
        ("15 NOV 89 - 16 NOV 89", "16 NOV 1989", 0.5),
        ("15 NOV 89", "16 NOV 1989", 0),
        ("- 16 NOV 89", "- 16 NOV 1989", 1),
    ],
)
def test_dates(key: str, response: str, expected: float) -> None:
    assert date_credit(key, response) == expected


@pytest.mark.parametrize(
    ("key", "response", "expected"),
    [
        ("VELIA: ORVAN (DEPARTMENT): BEL (TOWN)", "VELIA: BEL", 1),
        ("VELIA: ORVAN (DEPARTMENT): BEL (TOWN)", "VELIA: ORVAN", 0.5),
        ("VELIA: BEL (TOWN) - SARNO (TOWN)", "VELIA: SARNO", 1),
        ("VELIA", "VELIA: ORVAN", 0.5),
        ("VELIA: BEL (TOWN)", "TOLWA: SARNO", 0),
    ],
)
def test_locations(key: str, response: str, expected: float) -> None:
    assert location_credit(key, response) == expected


@pytest.mark.parametrize(
    ("key", "response", "expected"),
    [
        ("PEASANTS", "ABOUT 50 PEASANTS", 1),
        ("NATIONAL GUARD UNITS", "GUARD UNIT", 1),
        ("POLICEMEN", "A POLICEMAN", 1),
        ("JESUIT PRIESTS", "SPANISH PRIESTS", 0.5),
        ("PEASANTS", "SOLDIERS", 0),
    ],
)
def test_strings(key: str, response: str, expected: float) -> None:
    assert string_credit(key, response) == expected


def test_numbers_and_types() -> None:
    assert number_credit("50", "50") == 1
    assert number_credit("~50", "50") == 1
    assert number_credit("50", "PLURAL") == 0.5
    assert number_credit("1", "PLURAL") == 0
    assert number_credit("PLURAL", "PLURAL") == 1
    assert type_credit("BOMBING", "BOMBING") == 1
    assert type_credit("BOMBING", "ATTACK") == 0.5
    assert type_credit("BOMBING", "KIDNAPPING") == 0


def test_a_wrong_cross_reference_costs_half() -> None:
    key = fill("6", about=("PRIESTS",))
    assert credit(NUMBER, key, fill("6", about=("SIX PRIESTS",))) == 1
    assert credit(NUMBER, key, fill("6", about=("COOKS",))) == 0.5
    assert credit(NUMBER, key, fill("6")) == 1


def test_a_slot_counts_correct_partial_missing_and_spurious_fills() -> None:
    key = Template({INDIVIDUAL: (fill("REBELS"), fill("YOUNG MEN"), fill("A WOMAN", optional=True))})
    response = Template({INDIVIDUAL: (fill("REBELS"), fill("OLD MEN"), fill("DOGS"))})
    assert slot_hits(Aligned(key, response), INDIVIDUAL) == Hits(1.5, 3, 2)


def test_optional_fills_count_when_given() -> None:
    key = Template({INDIVIDUAL: (fill("REBELS", optional=True),)})
    assert slot_hits(Aligned(key, Template({INDIVIDUAL: (fill("REBELS"),)})), INDIVIDUAL) == Hits(1, 1, 1)
    assert slot_hits(Aligned(key, Template()), INDIVIDUAL) == Hits(0, 0, 0)


def test_missing_templates_cost_recall_unless_optional_and_spurious_ones_precision() -> None:
    key = raid(type="ATTACK", description="PEASANTS")
    assert tally([Aligned(key, None)])[TYPE] == Hits(0, 0, 1)
    assert tally([Aligned(Template(key.slots, optional=True), None)])[TYPE] == Hits(0, 0, 0)
    assert tally([Aligned(None, key)])[TYPE] == Hits(0, 1, 0)


def test_the_best_alignment_wins_over_the_first() -> None:
    keys = [
        raid(type="ATTACK", description="PEASANTS"),
        raid(type="ATTACK", description="PEASANTS", individual="REBELS"),
    ]
    response = raid(type="ATTACK", description="PEASANTS", individual="REBELS")
    assert align(keys, [response])[0] == Aligned(keys[1], response)
    assert sum(tally(align(keys, [response])).values(), Hits()) == Hits(3, 3, 5)


def test_templates_without_common_content_are_not_aligned() -> None:
    key, response = raid(type="ATTACK", description="PEASANTS"), raid(type="ATTACK", description="SOLDIERS")
    assert align([key], [response]) == [Aligned(None, response), Aligned(key, None)]


def test_date_and_place_together_are_common_content() -> None:
    key = raid(type="ATTACK", date="16 NOV 89", location="VELIA: BEL (TOWN)")
    response = raid(type="BOMBING", date="16 NOV 1989", location="VELIA: BEL")
    assert align([key], [response])[0] == Aligned(key, response)
    assert sum(tally(align([key], [response])).values(), Hits()) == Hits(2.5, 3, 3)


def victims(kind: str, *numbers: Fill, effects: tuple[Fill, ...] = (), optional: bool = False) -> Template:
    return Template({TYPE: (fill(kind),), NUMBER: numbers, EFFECT: effects}, optional)


def test_counts_of_a_key_need_death_injury_or_kidnapping() -> None:
    attack = victims(
        "ATTACK",
        fill("6", about=("PRIESTS",)),
        fill("2", about=("COOKS",)),
        fill("9", about=("GUARDS",)),
        effects=(fill("DEATH", about=("PRIESTS",)), fill("NO INJURY", about=("GUARDS",))),
    )
    kidnapping = victims("KIDNAPPING", fill("50", about=("PEASANTS",)), fill("PLURAL", about=("MEN",)))
    assert key_counts([attack, kidnapping]) == (Counter({("killed", 6): 1, ("captured", 50): 1}), Counter())


def test_a_target_named_in_two_templates_is_counted_once() -> None:
    told = victims("ATTACK", fill("6", about=("PRIESTS",)), effects=(fill("DEATH", about=("PRIESTS",)),))
    assert key_counts([told, told])[0] == Counter({("killed", 6): 1})


def test_optional_counts_cost_nothing_when_not_given() -> None:
    must, may = Counter({("killed", 6): 1}), Counter({("injured", 2): 1})
    assert count_hits(must, may, Counter({("killed", 6): 1})) == Hits(1, 1, 1)
    assert count_hits(must, may, Counter({("killed", 6): 1, ("injured", 2): 1})) == Hits(2, 2, 2)
    assert count_hits(must, may, Counter({("killed", 7): 1})) == Hits(0, 1, 1)


def raid_claim(perpetrator: str, **fields: Any) -> Claim:
    base: dict[str, Any] = {"event": "e1", "event_type": "ground_attack", "target": Target(text="peasants")}
    count = Count(5, 5, "exact", "five")
    return Claim(
        perpetrator, "d", "r", "five", Span(0, 4), "killed", count, perpetrator=(perpetrator,), **{**base, **fields}
    )


def made_of(*claims: Claim, victims: tuple[Victim, ...] = ()) -> list[Template]:
    maker = Templates({"SLV": "El Salvador"}.get, lambda name: name == "Hill Rebels")
    return maker.of(Reading(report("d", "Text."), "r", claims, victims))


def test_a_template_takes_its_slots_from_the_claims_of_one_event() -> None:
    where, when = Place("Bel", ("Orvan",), "SLV"), DateRange("1989-11-16", "1989-11-16")
    sild = Victim("v", "Ano Sild", Span(0, 1), (), "Ano Sild", claim="gunmen")
    (made,) = made_of(raid_claim("gunmen", place=where, date=when, weapon=("rifle",)), victims=(sild,))
    told = {slot: [(fill.values, fill.about) for fill in fills] for slot, fills in made.slots.items() if fills}
    assert told == {
        DATE: [(("16 NOV 1989",), ())],
        LOCATION: [(("EL SALVADOR: ORVAN: BEL",), ())],
        TYPE: [(("ATTACK",), ())],
        INSTRUMENT: [(("RIFLE",), ())],
        INDIVIDUAL: [(("GUNMEN",), ())],
        NAME: [(("ANO SILD",), ())],
        DESCRIPTION: [(("PEASANTS",), ())],
        NUMBER: [(("5",), ("PEASANTS",)), (("1",), ("ANO SILD",))],
        EFFECT: [(("DEATH",), ("PEASANTS",)), (("DEATH",), ("ANO SILD",))],
    }


def test_known_actors_and_armies_are_organisations_and_people_are_individuals() -> None:
    (made,) = made_of(*(raid_claim(name) for name in ("Hill Rebels", "the army", "armed forces", "young men")))
    assert [fill.values[0] for fill in made.fills(ORGANIZATION)] == ["HILL REBELS", "THE ARMY", "ARMED FORCES"]
    assert [fill.values[0] for fill in made.fills(INDIVIDUAL)] == ["YOUNG MEN"]


def test_battle_losses_surrenders_and_totals_make_no_template() -> None:
    soldiers = Target("combatant", text="soldiers")
    assert made_of(raid_claim("x", event_type="armed_clash", target=soldiers)) == []
    assert made_of(raid_claim("x", event_type="surrender_or_capture")) == []
    assert made_of(raid_claim("x", scope="cumulative")) == []


def test_events_make_templates_of_their_own() -> None:
    made = made_of(raid_claim("a"), raid_claim("b", event="e2", event_type="ied_or_mine"))
    assert [template.fills(TYPE)[0].values[0] for template in made] == ["ATTACK", "BOMBING"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Hill Liberation Front", "THE HLF CAME.  LATER, THE HILL\nLIBERATION FRONT LEFT.", "HLF"),
        ("Velian Armed Forces", "The army shelled Bel.", "army"),
        ("Tolwa Guard", "Nobody is told.", "Tolwa Guard"),
    ],
)
def test_an_organisation_is_given_in_the_words_of_the_report(name: str, text: str, expected: str) -> None:
    words = Words({"Hill Liberation Front": ["Hill Liberation Front", "HLF"]}, {}, {"Velian Armed Forces"}, r"\barmy\b")
    assert words.organization(name, text, 0) == expected


def test_a_weapon_is_given_in_the_words_of_the_report_nearest_to_the_claim() -> None:
    words = Words({}, {"explosives": ["explosives", "dynamite", "TNT"]})
    text = "Dynamite was stolen in Bel. In Orvan TNT killed five."
    assert words.weapon("explosives", text, text.index("five")) == "TNT"
    assert words.weapon("rifle", text, 0) == "rifle"


def test_named_people_held_by_the_law_or_lost_in_battle_are_left_out() -> None:
    text = "Police arrested Ano Sild. " + "They said nothing more about it. " * 10 + "Bel Oro was kidnapped."
    sild, oro = (
        Victim(name, name, Span(text.index(name), text.index(name) + len(name)), (), name, harm="captured")
        for name in ("Ano Sild", "Bel Oro")
    )
    lost = Victim("v", "Eno Dar", Span(0, 1), (), "Eno Dar", claim="x")
    battle = raid_claim("x", event_type="armed_clash")
    assert wanted_victims(Reading(report("d", text), "r", (battle,), (sild, oro, lost))) == [oro]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SALVADORAN TROOPS AND THE SALVADORAN\nPRESS; A GUEST FROM MEXICO.", "El Salvador"),
        ("LIMA -- A BOMB EXPLODED.", "Peru"),
        ("A bomb exploded.", None),
    ],
)
def test_the_country_that_a_report_is_of(text: str, expected: str | None) -> None:
    assert report_country(load()).of(text) == expected


def bomb(where: str | None, by: str | None = "masked men") -> Conduct:
    text = "A bomb exploded in Bel."
    return Conduct("c", text, Span(0, len(text)), (), by, "ied_or_mine", where, ("bomb",))


def made_of_acts(*acts: Conduct, claims: tuple[Claim, ...] = ()) -> list[Template]:
    maker = Templates(lambda iso3: None, lambda name: False, lambda text: "Velia")
    return maker.of(Reading(report("d", "A bomb exploded in Bel."), "r", claims, conduct=acts))


def test_an_attack_without_a_number_makes_a_template() -> None:
    (made,) = made_of_acts(bomb("Bel"))
    slots = (TYPE, LOCATION, INSTRUMENT, INDIVIDUAL)
    assert [made.fills(slot)[0].values[0] for slot in slots] == ["BOMBING", "VELIA: BEL", "BOMB", "MASKED MEN"]


def test_attacks_at_other_places_are_incidents_of_their_own_and_one_without_a_place_is_only_where_no_other_is() -> None:
    assert len(made_of_acts(bomb(None), bomb("Bel"), bomb("Bel"), bomb("Sarno"))) == 3
    assert len(made_of_acts(bomb("Bel"), bomb(None))) == 1
    assert len(made_of_acts(bomb(None), claims=(raid_claim("a", event_type="ied_or_mine"),))) == 1


def test_a_template_of_claims_takes_weapon_and_people_from_an_act_of_its_type() -> None:
    (made,) = made_of_acts(bomb(None), claims=(raid_claim("army", event_type="ied_or_mine"),))
    assert [made.fills(slot)[0].values[0] for slot in (INSTRUMENT, INDIVIDUAL)] == ["BOMB", "MASKED MEN"]


def test_arrests_and_shelling_are_no_act_that_muc4_asks_for() -> None:
    arrest = Conduct("c", "police arrested him", Span(0, 6), (), "police", "arrest_or_abduction", "Bel")
    shelling = Conduct("c", "guns fired", Span(0, 6), (), "army", "shelling", "Bel")
    assert made_of_acts(arrest, shelling) == []
