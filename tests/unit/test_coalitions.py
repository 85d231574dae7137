"""Members of a coalition speak and act as parts of it."""

from tallybook.knowledge.actors import Actor, ActorRegister

REGISTER = ActorRegister(
    [
        Actor("all", "Free Hills Forces", "rebel"),
        Actor("pact", "Hills Pact", "rebel", coalitions=("all",)),
        Actor("front", "Hill Front", "rebel", coalitions=("pact",)),
        Actor("wing", "Hill Front Scouts", "rebel", parent="front"),
        Actor("ring", "Ring", "rebel", coalitions=("ring",)),
    ]
)


def test_coalition_includes_members_and_their_parts() -> None:
    assert REGISTER.includes("Free Hills Forces", "Hill Front Scouts")
    assert REGISTER.includes("Hills Pact", "Hill Front")


def test_member_does_not_include_its_coalition() -> None:
    assert not REGISTER.includes("Hill Front", "Hills Pact")


def test_coalition_of_itself_ends() -> None:
    assert not REGISTER.includes("Hill Front", "Ring")
