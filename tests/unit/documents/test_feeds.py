"""Entries of feeds: known again wherever they stand, and what their links may lead to."""

from __future__ import annotations

import io

import pytest

from tallybook.documents import Arrival, Intake, Stated
from tallybook.documents.feeds import can_follow, own_words, page_behind
from tallybook.documents.fetch import Fetched
from tallybook.documents.formats.feed import FeedEntry, entries_in
from tallybook.documents.formats.part import Unreadable
from tallybook.errors import DocumentError
from tests.unit.documents.test_formats import TOLL, zipped

ITEM = "<item><guid>{0}</guid><link>https://p.example/{0}</link><pubDate>{1}</pubDate><description>{2}</description></item>"
EARLY, LATE = "Tue, 05 Mar 2024 09:30:00 GMT", "Wed, 06 Mar 2024 09:30:00 GMT"


def feed(*items: tuple[str, str, str]) -> tuple[FeedEntry, ...]:
    told = "".join(ITEM.format(*item) for item in items)
    return entries_in(f"<rss version='2.0'><channel><title>Press</title>{told}</channel></rss>".encode())


def intake(data: bytes, kind: str = "text/html") -> Intake:
    return Intake(Stated.of("2024-06-01"), fetch=lambda address, private: Fetched(data, kind, None))


def entry(link: str = "https://p.example/1") -> FeedEntry:
    return FeedEntry("m", "0123456789ab", "<p>Own words.</p>", "Title", "Press", "2024-03-05T09:30:00+00:00", link)


def only(came: list[Arrival]) -> Arrival:
    (arrival,) = came
    return arrival


def test_an_entry_is_the_same_wherever_it_stands_and_whenever_it_is_dated() -> None:
    (one,) = feed(("1", EARLY, "Words."))
    other, again = feed(("2", EARLY, "Others."), ("1", LATE, "Words."))
    assert (one.mark, one.id) == (again.mark, again.id)
    assert other.mark != one.mark


def test_an_entry_that_says_something_new_is_new() -> None:
    (one,), (changed,) = feed(("1", EARLY, "Words.")), feed(("1", EARLY, "Other words."))
    assert one.id == changed.id
    assert one.mark != changed.mark


def test_an_entry_dated_out_of_time_has_no_date() -> None:
    (odd,) = feed(("1", "Tue, 99 Mar 0000 09:30:00 GMT", "Words."))
    assert odd.published is None


def test_own_words_and_the_page_carry_what_the_feed_says() -> None:
    page = b"<html><head><title>Other</title></head><body><p>" + TOLL.encode() + b"</p></body></html>"
    for came, text in (
        (own_words(entry(), "f", intake(b"")), "Own words."),
        (page_behind(entry(), intake(page)), TOLL),
    ):
        made = only(list(came)).document
        assert made is not None
        assert (made.text.strip(), made.title, made.publisher, made.url) == (
            text,
            "Title",
            "Press",
            "https://p.example/1",
        )
        assert made.published == "2024-03-05T09:30:00+00:00"


def test_a_link_to_a_word_file_is_read_as_one() -> None:
    from docx import Document as Word

    out = io.BytesIO()
    made = Word()
    made.add_paragraph(TOLL)
    made.save(out)
    document = only(list(page_behind(entry(), intake(out.getvalue(), "application/zip")))).document
    assert document is not None
    assert (document.text.strip(), document.publisher, document.url) == (TOLL, "Press", "https://p.example/1")


@pytest.mark.parametrize(
    "data", [b"<rss version='2.0'><channel></channel></rss>", b"", b"\x00\x01\x02", zipped({"a.txt": b"x"})]
)
def test_a_link_to_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError):
        list(page_behind(entry("https://p.example/all.zip"), intake(data)))


@pytest.mark.parametrize("link", [None, "", "/relative", "javascript:alert(1)"])
def test_only_addresses_can_be_followed(link: str | None) -> None:
    assert not can_follow(entry(link or ""))


@pytest.mark.parametrize("data", [b"<html></html>", b"https://p.example/rss", b"", b"<rss>" + b" " * 5_000_001])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        entries_in(data)
