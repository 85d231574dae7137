"""The register of actors: whom a name means, where and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge.actor_rows import load_actors
from tallybook.knowledge.actors import Actor, ActorRegister, Tie

REGISTER = ActorRegister(
    [
        Actor("a-army", "Asturan Army", "state_forces", "AAA", ("AA",), phrases=("the army",), until="2020-05"),
        Actor("a-new", "New Asturan Army", "state_forces", "AAA", phrases=("the army",), since="2020-05"),
        Actor("a-front", "Front", "rebel", "AAA", ("FLB", "hill men")),
        Actor("b-front", "Borian Front", "rebel", "BBB", ("FLB",), also_in=("CCC",)),
        Actor("world", "World Body", "organisation", None, ("WB",)),
        Actor("sole", "Sole Liberation Army", "rebel", "BBB", ("SOLA", "SLB")),
        Actor("club", "Club", "rebel", "AAA"),
        Actor(
            "member", "Member", "rebel", "AAA", coalitions=("club",), side="reds",
            ties=(
                Tie("coalition", "club", "2014", "2016-06"), Tie("side", "blues", None, "2015"),
                Tie("side", "reds", "2016"),
            ),
        ),
    ]
)  # fmt: skip


def found(name: str, country: str | None = None, on: str | None = None) -> str | None:
    actor = REGISTER.find(name, country, on)
    return actor.id if actor else None


def test_name_means_the_actor_of_the_report_s_country_first() -> None:
    assert found("FLB", "AAA") == "a-front"
    assert found("FLB", "BBB") == "b-front"


def test_actor_that_also_acts_there_comes_next() -> None:
    assert found("FLB", "CCC") == "b-front"


def test_name_of_several_wars_means_nobody_elsewhere() -> None:
    assert found("FLB", "DDD") is None
    assert found("FLB") is None


def test_short_abbreviation_means_nobody_in_another_war() -> None:
    assert found("SLB", "DDD") is None
    assert found("SOLA", "DDD") == "sole"
    assert found("Sole Liberation Army", "DDD") == "sole"


def test_description_in_lower_case_words_stays_at_home() -> None:
    assert found("Hill men", "AAA") == "a-front"
    assert found("Hill men", "DDD") is None
    assert found("Hill men") is None


def test_bodies_of_no_country_are_known_everywhere() -> None:
    assert found("WB", "DDD") == "world"


def test_phrase_means_what_it_meant_on_that_day() -> None:
    def meant(on: str | None) -> str:
        actor = REGISTER.meaning("The army", "AAA", on)
        assert actor is not None
        return actor.id

    assert meant("2019-01-01") == "a-army"
    assert meant("2021") == "a-new"
    assert meant(None) == "a-new"


def test_month_of_the_change_belongs_to_both() -> None:
    assert {a.id for a in REGISTER.of_country("AAA", "2020-05-20")} >= {"a-army", "a-new"}


def test_side_changes_with_the_day() -> None:
    member = REGISTER.get("member")
    assert member is not None
    assert (member.side_on("2014-03-01"), member.side_on("2017")) == ("blues", "reds")


def test_coalition_includes_its_member_only_while_it_lasted() -> None:
    assert REGISTER.includes("Club", "Member", "2015-01-01")
    assert not REGISTER.includes("Club", "Member", "2017-01-01")
    assert REGISTER.includes("Club", "Member")


def test_query_knows_a_name_of_several_wars() -> None:
    assert REGISTER.canonical("FLB") in ("Front", "Borian Front")


ROW = "- {id: a, name: Hill Front, kind: rebel, country: AAA, source: s%s}\n"


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (", inter: 9", "inter: 9"),
        (", since: spring", "since: 'spring'"),
        (", coalitons: [b]", "coalitons: no field"),
        (", side: {from: 2014}", "side"),
    ],
)
def test_field_that_does_not_hold_is_named(tmp_path: Path, rest: str, told: str) -> None:
    file = tmp_path / "actors.yaml"
    file.write_text(ROW % rest, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"actors.yaml row 1") as caught:
        load_actors(file)
    assert told in str(caught.value)


def test_ties_may_be_dated_or_bare(tmp_path: Path) -> None:
    file = tmp_path / "actors.yaml"
    file.write_text(ROW % ", coalitions: [b, {to: c, since: 2014}], ucdp: HF", encoding="utf-8")
    actor = load_actors(file)[0]
    assert actor.coalitions == ("b", "c")
    assert actor.ties == (Tie("coalition", "c", "2014"),)
    assert (actor.ucdp, actor.inter) == ("HF", 2)


DATED = """
- id: old
  name: Old Hill Army
  kind: militia
  country: XKE
  aliases: [HA]
  until: 2010-07
  source: s
  ucdp: HA
- id: new
  name: New Hill Army
  kind: rebel
  country: XKE
  aliases: [HA, {name: Council, since: 2021-02, until: 2025}]
  phrases: [{name: the council, since: 2021-02}]
  since: 2010-08
  source: s
  ucdp: HA 5
"""


def test_one_abbreviation_of_two_actors_means_the_one_of_its_day(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(DATED, encoding="utf-8")
    register = ActorRegister(load_actors(tmp_path / "actors.yaml"))
    assert [register.find("HA", "XKE", day).id for day in ("1999-01-01", "2015-03-02")] == ["old", "new"]  # type: ignore[union-attr]


def test_two_actors_may_share_a_name_only_at_different_times(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(DATED.replace("2010-07", "2012"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="Keep it in one, or date both"):
        load_actors(tmp_path / "actors.yaml")


def test_an_alias_with_days_is_kept_for_them(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(DATED, encoding="utf-8")
    new = ActorRegister(load_actors(tmp_path / "actors.yaml")).get("new")
    assert new is not None
    assert [new.called("council", day) for day in ("2015", "2022-05-01", "2026", None)] == [False, True, False, True]
    assert new.called("ha", "2015")


def test_a_ucdp_name_is_an_actors_on_its_day_and_any_name_serves(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(DATED, encoding="utf-8")
    register = ActorRegister(load_actors(tmp_path / "actors.yaml"))
    assert register.of_ucdp("HA 5") == register.get("new")
    assert register.of_ucdp("Old Hill Army") == register.get("old")
    assert register.of_ucdp("nobody") is None
