"""Sentences of dense war reports, invented: which numbers are claims, and which only look like them."""

from __future__ import annotations

import pytest
from evals.reports import report

from tallybook.claims.reader import Reader

Harm = set[tuple[str | None, int | None]]


def told(reader: Reader, text: str, title: str | None = None) -> list[tuple[str | None, int | None]]:
    reading = reader.read(report("r", text, title=title, publisher="Kessa Post", published="2024-05-06"))
    return sorted(((c.measure, c.count.low) for c in reading.claims if c.measure and c.count is not None), key=str)


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Shelling of Kessa claimed the lives of nine farmers and wounded 12.", {("killed", 9), ("injured", 12)}),
        ("Rebels in Kessa captured four wounded soldiers on Friday.", {("captured", 4)}),
        ("A bomb in Kessa injured 14 displaced people.", {("injured", 14)}),
        ("Gunmen in Kessa executed two wounded prisoners.", {("killed", 2)}),
        ("Six wounded guards lay in the clinic of Kessa after the raid.", {("injured", 6)}),
        ("Medics took 12 injured villagers to a clinic after the raid on Kessa.", {("injured", 12)}),
        ("On May 2, 14 rebels were killed near Kessa.", {("killed", 14)}),
    ],
)  # fmt: skip
def test_every_number_has_its_own_harm(reader: Reader, text: str, harm: Harm) -> None:
    assert told(reader, text) == sorted(harm, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "No one on our side was killed in Kessa, the colonel said.",
        "A video of the ambush shows 12 bodies beside a truck in Kessa.",
        "Rebels posted a clip in which some thirty corpses can be seen after the battle of Kessa.",
        "The army shelled Kessa, a town of some 3,000 people on the road to Orrin.",
        "Residents of six hamlets took refuge in Kessa after the shelling.",
    ],
)
def test_what_only_looks_like_harm_is_no_claim(reader: Reader, text: str) -> None:
    assert told(reader, text) == []


@pytest.mark.parametrize(
    ("title", "text", "harm"),
    [
        ("Orrin: almost 80 Kessans killed", "It killed almost 80 Kessan troops, the army says.", {("killed", None)}),
        ("Over 60 rebels killed in Kessa", "No less than 64 rebels were killed in Kessa on Friday.", {("killed", 64)}),
        ("Dozens dead in Kessa", "At least 61 civilians have died in Kessa since May 1.", {("killed", 61)}),
    ],
)  # fmt: skip
def test_a_headline_only_sums_up_its_text(reader: Reader, title: str, text: str, harm: Harm) -> None:
    assert told(reader, text, title) == sorted(harm, key=str)
    assert told(reader, f"{title}\n\n{text}") == sorted(harm, key=str)


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Ten rebels, including two emirs, handed themselves over at Kessa.", {("captured", 10), ("captured", 2)}),
        ("A whole platoon, with its leader, had gone over to the rebels at Kessa.", {("captured", None)}),
        ("An entire company with its major laid down its arms in Kessa.", {("captured", None)}),
        ("Eleven rebels led by a clerk yielded to the army in Kessa.", {("captured", 11)}),
        ("The army put about fifty rebels out of action near Kessa.", {("killed", 50)}),
        ("Two soldiers fell near Kessa, and seven came back wounded.", {("killed", 2), ("injured", 7)}),
        ("Six young men had been taken from their homes in Kessa and shot.", {("killed", 6)}),
        ("More than 900 people have moved toward Kessa since the raid.", {("displaced", 901)}),
    ],
)  # fmt: skip
def test_turns_of_phrase_tell_harm(reader: Reader, text: str, harm: Harm) -> None:
    assert told(reader, text) == sorted(harm, key=str)


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Six people died in Kessa on Friday. One of the dead was named as Ina Roth, a baker.", {("killed", 6)}),
        ("Six people died in Kessa on Friday. The mayor identified one of the victims as Ivo Roth.", {("killed", 6)}),
        ("A shell killed one clerk in Kessa. The man who died was Ilo Senn, an electrician.", {("killed", 1)}),
        ("Troops killed 37 rebels near Kessa. They were around 400 and left their dead.", {("killed", 37)}),
    ],
)  # fmt: skip
def test_who_is_only_named_or_numbered_is_no_claim(reader: Reader, text: str, harm: Harm) -> None:
    assert told(reader, text) == sorted(harm, key=str)


def test_what_goes_on_after_a_part_is_a_part_too(reader: Reader) -> None:
    text = "Troops killed seven rebels near Kessa. Four of them fell on Friday and the other three on Saturday."
    claims = reader.read(report("r", text, publisher="Kessa Post", published="2024-05-06")).claims
    whole = next(c for c in claims if c.count and c.count.low == 7)
    assert [c.part_of for c in claims if c is not whole] == [whole.id, whole.id]


def test_a_number_brought_up_is_of_the_captured_told_last(reader: Reader) -> None:
    text = "Nine rebels surrendered in Kessa on Friday, bringing to 48 the number of those who yielded."
    assert told(reader, text) == [("captured", 48), ("captured", 9)]


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("A rebel battalion and its commander gave themselves up in Kessa.", {("captured", None)}),
        ("The army accepted the surrender of an entire rebel battalion, including its major.", {("captured", None)}),
        ("A whole company laid down its weapons together with its commander in Kessa.", {("captured", None)}),
        ("Shelling of Kessa has killed nine civilians and injured upwards of 140.", {("killed", 9), ("injured", 141)}),
        ("The militia put the army's dead at 20 in Kessa and at least 70 in Orrin.", {("killed", 20), ("killed", 70)}),
        ("An airstrike on Kessa claimed the life of at least one man.", {("killed", 1)}),
    ],
)  # fmt: skip
def test_numbers_are_found_in_other_words(reader: Reader, text: str, harm: Harm) -> None:
    assert told(reader, text) == sorted(harm, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "Nearly 100 junta troops were killed in Shan State. The KIA said four of them fell on Friday.",
        "The KIA said 20 junta troops were killed in Shan State on Friday and at least 70 more the following day.",
        "The Myanmar junta lost 20 men in Shan State on Friday, the KIA said.",
        "There were 20 fatalities among the junta troops in Shan State, the KIA said.",
    ],
)
def test_whose_people_they_are_goes_on(reader: Reader, text: str) -> None:
    claims = reader.read(report("r", text, publisher="Kessa Post", published="2024-05-06")).claims
    assert {c.target.group for c in claims} == {"Myanmar military"}
    assert all("Myanmar military" not in c.perpetrator for c in claims)


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The KIA posted a statement. The group said its men killed 20 soldiers.", "Kachin Independence Army"),
        ("In a note on Sunday the Joint Force said that 60 fighters fell.", "Joint Force"),
        ("At least nine people died in Kessa, the Kessa Post was told by a nurse.", "nurse"),
        ("This paper was told by a doctor on Monday that nine people had died in Kessa.", "doctor"),
        ("Four rebels were killed, the Kessa Rights Committee (KRC) reports; two fled.", "Kessa Rights Committee"),
        ("Nineteen people lost their lives, the town council deplored this Monday.", "town council"),
        ("Shelling killed 45 in Kessa, figures compiled by the Kessa Rights Watch (KRW) show.", "Kessa Rights Watch"),
        ("Shells hit Kessa, the KIA said. Its spokesman in the east says six died.", "Kachin Independence Army"),
    ],
)  # fmt: skip
def test_claimants_are_found_in_other_words(reader: Reader, text: str, claimant: str) -> None:
    claims = reader.read(report("r", text, publisher="Kessa Star", published="2024-05-06")).claims
    assert claimant in claims[-1].claimants


def test_an_attack_that_claimed_a_life_says_nothing(reader: Reader) -> None:
    text = "According to the mayor, an airstrike on Kessa claimed at least one life on May 1; five were wounded."
    claims = reader.read(report("r", text, publisher="Kessa Star", published="2024-05-06")).claims
    assert {c.claimants for c in claims} == {("mayor",)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mayor said on Sunday that six people had died in Kessa on Monday.", "2024-04-29"),
        ("The army killed nine rebels in Kessa last week. Troops killed four on Monday at the bridge.", "2024-04-29"),
        ("Nine people died in Kessa last week. On Monday, a bomb killed four in Orrin.", "2024-05-06"),
        ("Between 20 and 25 civilians were killed in Kessa in January and February alone.", "2024-01-01"),
        ("Raids have left 30 people dead in Kessa over the past twelve months.", "2023-05-06"),
    ],
)
def test_days_are_those_of_the_harm(reader: Reader, text: str, day: str) -> None:
    claims = reader.read(report("r", text, publisher="Kessa Star", published="2024-05-06")).claims
    assert claims[-1].date is not None
    assert claims[-1].date.start == day


def test_parts_that_add_up_are_of_the_side_of_their_whole(reader: Reader) -> None:
    text = (
        "The Kachin Independence Army said nearly 80 junta troops were killed in Shan State. It said 31 died at Kessa"
        " on Friday and no fewer than 40 at Orrin on Saturday."
    )
    claims = reader.read(report("r", text, publisher="Kessa Star", published="2024-05-06")).claims
    whole = next(c for c in claims if c.count and c.count.high == 80)
    assert [c.part_of for c in claims if c is not whole] == [whole.id, whole.id]
    assert {c.target.group for c in claims} == {"Myanmar military"}
    assert all("Myanmar military" not in c.perpetrator for c in claims)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The KIA said six people died in Kessa. It accused the army of shelling.", "Kachin Independence Army"),
        ("Six people died in Kessa. Residents accuse the army of poisoning wells.", "Residents"),
        ("A trade group, Kessa Rights Watch, accused the army of shelling a clinic.", "Kessa Rights Watch"),
    ],
)  # fmt: skip
def test_whoever_accuses_is_found(reader: Reader, text: str, by: str) -> None:
    reading = reader.read(report("r", text, publisher="Kessa Star", published="2024-05-06"))
    assert [a.by for a in reading.allegations] == [by]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("A video seen by this newspaper shows four bodies in Kessa.", "Kessa Star"),
        ("The KIA said six soldiers died. It published photographs of two burned trucks.", "Kachin Independence Army"),
    ],
)
def test_whoever_holds_a_recording_is_found(reader: Reader, text: str, holder: str) -> None:
    reading = reader.read(report("r", text, publisher="Kessa Star", published="2024-05-06"))
    assert [e.holder for e in reading.evidence] == [holder]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Kessa, the next town down the river, has been held by the KIA since May 1.", [("Kessa", "2024-05-01")]),
        ("Kessa has been in the KIA's hands since May 1, with the exception of a hill.", [("Kessa", "2024-05-01")]),
        ("Kessa itself has been under KIA control since May 1.", [("Kessa", "2024-05-01")]),
        ("Kessa Rights Watch holds the Kachin Independence Army responsible.", []),
    ],
)
def test_who_holds_a_place_is_found(reader: Reader, text: str, held: list[tuple[str, str]]) -> None:
    reading = reader.read(report("r", text, publisher="Kessa Star", published="2024-05-06"))
    assert [(c.place, c.since.start if c.since else None) for c in reading.control] == held


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("The KIA put its own dead at nine in Kessa.", "Kachin Independence Army"),
        ("The KIA put the junta's dead at 40 in Kessa.", "Myanmar military"),
    ],
)
def test_whose_dead_a_number_counts(reader: Reader, text: str, group: str) -> None:
    claims = reader.read(
        report("r", f"Fighting went on in Shan State. {text}", publisher="Kessa Star", published="2024-05-06")
    ).claims
    assert [c.target.group for c in claims] == [group]
