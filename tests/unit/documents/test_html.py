"""Web pages to text and metadata."""

from __future__ import annotations

import pytest

from tallybook.documents.html import HostilePage, read_page

PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html lang="en"><head>
<meta property="og:site_name" content="Dovrin Herald">
<meta property="article:published_time" content="2024-03-06T10:00:00+02:00">
<title>Brannik buries its dead | Dovrin Herald</title>
<link rel="canonical" href="https://herald.example/brannik">
</head><body><nav>Home Sport</nav><article>
<h1>Brannik buries its dead</h1>
<p>At least 14 people were killed on Monday, residents said.</p>
<ul><li>Killed: 14</li><li>Injured: 9</li></ul>
<table><tr><th>Place</th><th>Killed</th></tr><tr><td>Brannik</td><td>14</td></tr></table>
<script>var x = "99 killed";</script>
</article></body></html>"""


def test_metadata_is_read_from_the_page() -> None:
    page = read_page(PAGE)
    assert page.title == "Brannik buries its dead"
    assert page.publisher == "Dovrin Herald"
    assert page.published == "2024-03-06T10:00:00+02:00"
    assert page.url == "https://herald.example/brannik"
    assert page.language == "en"


def test_bullets_and_table_rows_keep_a_line_each() -> None:
    lines = read_page(PAGE).text.split("\n")
    assert "At least 14 people were killed on Monday, residents said." in lines
    assert "- Killed: 14" in lines
    assert "- Injured: 9" in lines
    assert "Brannik | 14" in lines


def test_title_scripts_and_navigation_are_no_text() -> None:
    text = read_page(PAGE).text
    assert "99 killed" not in text
    assert "Home Sport" not in text
    assert "Brannik buries" not in text


def test_linked_data_serves_where_there_are_no_meta_tags() -> None:
    page = read_page(
        '<html><head><script type="application/ld+json">{"@graph": [{"headline": "Five dead", "datePublished": '
        '"2024-03-01", "publisher": {"name": "Orvania Press Agency"}}]}</script></head>'
        "<body><p>Five people were killed in Karsk.</p></body></html>"
    )
    assert (page.title, page.published, page.publisher) == ("Five dead", "2024-03-01", "Orvania Press Agency")


def test_a_bare_page_still_gives_its_words() -> None:
    assert read_page("<html><body><div>Five died<br>in Karsk</div></body></html>").text.split() == [
        "Five", "died", "in", "Karsk",
    ]  # fmt: skip


def test_a_tag_with_thousands_of_attributes_is_refused() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(40_000))
    with pytest.raises(HostilePage):
        read_page(f"<html><body><p {attributes}>x</p></body></html>")


def test_a_page_without_words_gives_no_text() -> None:
    assert read_page("<html><body><script>1</script></body></html>").text == ""
