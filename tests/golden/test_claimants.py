"""Whose word a number is, in invented sentences: one construction each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.factories import document

from tallybook.claims.reader import Reader
from tallybook.model import Claim

Read = Callable[[str], list[Claim]]


@pytest.fixture(scope="module")
def counted(reader: Reader) -> Read:
    """Return the counted claims of a text in its order."""
    return lambda text: [c for c in reader.read(document("q", text=text)).claims if c.measure]


OUTLET = ("Outlet q",)
CONSTRUCTIONS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    # asides
    ("Twelve civilians, the mayor said, were killed in Karsk.", ("mayor",), ()),
    ("Twelve civilians were killed in Karsk, a doctor who asked not to be named said.", ("doctor",), ()),
    ("Twelve civilians were killed in Karsk, the harbour utility said.", ("harbour utility",), ()),
    ("Twelve civilians were killed in Karsk, the mayor said, with nine still missing.", ("mayor",), ()),
    ("Twelve civilians were killed in Karsk, the mayor said on Monday, as shelling went on.", ("mayor",), ()),
    ("Twelve civilians were killed in Karsk, a security source told Kessa Post.", ("security source",), ()),
    ("On Monday, according to the harbour utility, twelve people were killed in Karsk.", ("harbour utility",), ()),
    # who the subject is
    ("The rebels, who control Karsk, said twelve soldiers were killed.", ("rebels",), ()),
    ("A statement released by the army said twelve rebels were killed.", ("army",), ()),
    ("A document seen by Kessa Post said twelve people died.", ("document",), ()),
    ("A document prepared by aid agencies said twelve people died.", ("aid agencies",), ()),
    ("Police said on Telegram that twelve people were killed in Karsk.", ("police",), ()),
    ("The charity tweeted that twelve people were killed in Karsk.", ("charity",), ()),
    ("Twelve deaths were reported by the harbour clinic.", ("harbour clinic",), ()),
    # data that show
    ("Twelve civilians were killed in Karsk, data gathered by the harbour utility show.", ("harbour utility",), ()),
    # words of a name are no kind of source
    ("Doctors Without Borders said twelve people were killed in Karsk.", ("Médecins Sans Frontières",), ()),
    # through others
    ("Kessa Post, citing the police, reported that twelve people were killed.", ("police",), ("Kessa Post",)),
    ("Witnesses quoted by Kessa Post said twelve people were killed.", ("Witnesses",), ("Kessa Post",)),
    ("The army said the rebels claimed to have killed twelve soldiers.", ("rebels",), ("army",)),
    # claims told only to be disputed
    ("The opposition says twelve people were killed, a figure the government disputes.", ("opposition",), ()),
    ("The army dismissed a claim by the rebels that twelve soldiers were killed.", ("rebels",), ()),
    ("The rebels' claim to have killed twelve soldiers was dismissed by the army.", ("rebels",), ()),
    # bodies named by an office, a place or an owner
    (
        "Twelve people were killed, according to information from the regional health department.",
        ("regional health department",),
        (),
    ),
    ("Tesk's mayor put the toll at twelve dead.", ("Tesk's mayor",), ()),
    ("A pro-government website admits the death of twelve soldiers.", ("pro-government website",), ()),
    ("The armed forces press committee said twelve soldiers were killed.", ("armed forces press committee",), ()),
    # labels
    ("14 killed in Karsk blast - police", ("police",), ()),
    ("07:25 | Harbour clinic: twelve people killed in Karsk.", ("Harbour clinic",), ()),
    ("Twelve people were killed in Karsk (harbour clinic).", ("harbour clinic",), ()),
    # counts and quotations at second hand
    ("The number of dead was put at twelve by the Karsk Conflict Watch.", ("Karsk Conflict Watch",), ()),
    ("By the army's count, twelve rebels have been killed.", ("army",), ()),
    ("Twelve people were killed by shelling, a city inquiry has found.", ("city inquiry",), ()),
    ("Kessa Post quoted the mayor as saying that twelve people were killed.", ("mayor",), ("Kessa Post",)),
    ("The mayor was quoted by Kessa Post as saying that twelve people were killed.", ("mayor",), ("Kessa Post",)),
    ("The army has been accused by residents of killing twelve villagers.", ("residents",), ()),
    ("A doctor at Tesk hospital, Lena Orvic, said the hospital had received twelve bodies.", ("Lena Orvic",), ()),
    ("The army insists that, whatever the rebels say, only twelve villagers were killed.", ("army",), ()),
    # bodies by description, and whose report, toll or count it is
    ("The UN refugee agency said twelve people were killed in Karsk.", ("UNHCR",), ()),
    ("The U.N. children's agency said twelve people were killed in Karsk.", ("UNICEF",), ()),
    ("The UN mission reported a raid. The mission's latest bulletin says twelve people were killed.", ("mission",), ()),
    ("The clinic's death toll since Monday stands at twelve dead.", ("clinic",), ()),
    ("The Karsk Conflict Watch met on Friday. By its count, twelve people were killed.", ("Karsk Conflict Watch",), ()),
    # speakers that the sentence hides
    ("In Karsk, the prefect of Sarno reports that twelve people were killed.", ("prefect of Sarno",), ()),
    ("Nine miles to the east, at a clinic in Karsk, a nurse said twelve people had died.", ("nurse",), ()),
    ("The ombudsman there put the number of civilians killed at twelve.", ("ombudsman",), ()),
    ("Twelve people were killed in Karsk, said the harbour utility, which runs the port.", ("harbour utility",), ()),
    ("Twelve people perished in Karsk, we learned from the harbour utility.", ("harbour utility",), ()),
    ("Gen. Ivo Marn told Kessa radio that twelve soldiers were killed in Karsk.", ("Gen. Ivo Marn",), ()),
    ('Mayor Ivo Marn: "The road is shut. We have twelve people dead."', ("Mayor Ivo Marn",), ()),
    ("The harbour clinic listed twelve killed in Karsk.", ("harbour clinic",), ()),
    ("Last Monday, by contrast, the army accused a woman of killing twelve soldiers.", ("army",), ()),
    # clauses that go on
    ("A market burned and twelve people died; shops were looted, a doctor said.", ("doctor",), ()),
    ("The army said that rebels had fled; twelve people were killed.", ("army",), ()),
    ("The harbour clinic said:\n\n- 12 people were killed\n- 30 people were injured", ("harbour clinic",), ()),
    ("Officials on Tuesday raised the death toll from 14 to 16, and lowered that of the wounded.", ("Officials",), ()),
    ("Police said the road was shut; twelve people were killed.", ("police",), ()),
]


@pytest.mark.parametrize(("text", "who", "relay"), CONSTRUCTIONS)
def test_claimant_of_a_construction(counted: Read, text: str, who: tuple[str, ...], relay: tuple[str, ...]) -> None:
    claim = counted(text)[0]
    assert claim.claimants == who
    assert claim.relay == relay + OUTLET
    assert claim.stance == "asserted"


PRONOUNS: list[tuple[str, tuple[str, ...]]] = [
    ("The mayor spoke to reporters. According to him, twelve people were killed in Karsk.", ("mayor",)),
    ("A toll was given by Mayor Ivo Marn. He states that twelve people were killed.", ("Mayor Ivo Marn",)),
    ("Police said the road was shut. They added that twelve people were killed.", ("police",)),
    ("A teacher, Lena Orvic, said the bridge fell. Orvic added that twelve people were killed.", ("Lena Orvic",)),
    (
        "Two farmers said the bridge burned. “They killed twelve people,” one of them said.",
        ("farmers",),
    ),
    ("The mayor said the bridge fell. The statement of the clinic said twelve people died.", ("clinic",)),
]


@pytest.mark.parametrize(("text", "who"), PRONOUNS)
def test_who_a_pronoun_or_a_second_mention_is(counted: Read, text: str, who: tuple[str, ...]) -> None:
    assert counted(text)[0].claimants == who


def test_what_takes_lives_makes_no_statement(counted: Read) -> None:
    (claim,) = counted("Shelling claimed the lives of twelve people in Karsk on Monday.")
    assert claim.claimants == OUTLET


def test_several_sources_each_keep_their_number(counted: Read) -> None:
    found = counted("Police said twelve people were killed, while the harbour clinic said fifteen people were killed.")
    assert [c.claimants for c in found] == [("police",), ("harbour clinic",)]


def test_own_count_of_the_outlet_is_the_outlets(counted: Read) -> None:
    found = counted("Police said one man died. Twelve people were killed this year, according to our own tally.")
    assert found[-1].claimants == OUTLET


GOING_ON: list[tuple[str, tuple[str, ...]]] = [
    ("According to a count kept by our editorial staff, twelve people were killed in Karsk.", OUTLET),
    ("Police said the road was shut. Twelve people were killed.", ("police",)),
    ("Police said the road was shut.\n\nTwelve people were killed.", OUTLET),
    ("Police said the road was shut. On Sunday, twelve people were killed by a mine.", OUTLET),
    ("The market burned, in what residents call a disgrace. Twelve people were killed.", OUTLET),
    ("The army denied the raid. Twelve people were killed.", OUTLET),
    ("The Hill Front claimed the bombing, which killed twelve people.", OUTLET),
    ("The mayor, who came after gunmen killed twelve people, said the state would pay.", OUTLET),
    ("Gunmen killed twelve people on Sunday, after the mayor announced a curfew.", OUTLET),
    ("Twelve people were killed. The road was shut, the mayor added.", ("mayor",)),
    ("Twelve people were killed. The army said it was looking into reports.", OUTLET),
]


@pytest.mark.parametrize(("text", "who"), GOING_ON)
def test_how_far_a_statement_goes_on(counted: Read, text: str, who: tuple[str, ...]) -> None:
    assert counted(text)[0].claimants == who


WHO_SHE_IS: list[tuple[str, tuple[str, ...]]] = [
    # 'she' is the last who spoke by a title, 'it' the last body, though neither has a name
    (
        "Ivo Marn spoke. A Kessan army spokeswoman said the road was shut. She said twelve people were killed.",
        ("army",),
    ),
    (
        "Lt. Ivo Marn said roads were shut. The Kessan command announced a raid. It also said twelve men were killed.",
        ("Kessan command",),
    ),
    (
        "The interior minister said the road was shut. Orvania's defence minister said twelve men died.",
        ("defence minister",),
    ),
    ("Gen. Ivo Marn said the road was shut. A clerk waited. The general said twelve men were killed.", ("Ivo Marn",)),
]


@pytest.mark.parametrize(("text", "who"), WHO_SHE_IS)
def test_who_is_meant_by_a_pronoun_or_a_title(counted: Read, text: str, who: tuple[str, ...]) -> None:
    assert who[0] in counted(text)[0].claimants[0]


HEARSAY = ["were reportedly killed", "were reported killed", "are believed to have been killed", "are said to be dead"]


@pytest.mark.parametrize("words", HEARSAY)
def test_hearsay_is_alleged(counted: Read, words: str) -> None:
    assert counted(f"Twelve people {words} in Karsk.")[0].stance == "alleged"


def test_a_denial_is_the_word_of_who_denies_not_of_who_claimed(reader: Reader) -> None:
    text = "The army dismissed a claim by the rebels that 40 soldiers were killed in Sarno."
    claims = reader.read(document("q", text=text)).claims
    assert {(c.stance, c.claimants) for c in claims} == {("denied", ("army",)), ("asserted", ("rebels",))}


def test_a_headline_that_shortens_its_source_tells_the_same_toll_again(reader: Reader) -> None:
    text = "At least 38 civilians have been killed in Sarno since 1 March, the monitoring group Witness Orvania said."
    title = "Group counts 38 civilian dead in Sarno"
    claims = reader.read(document("q", "2024-03-27", text=text, title=title)).claims
    assert [(c.count.low, c.count.high) for c in claims if c.count] == [(38, None)]
