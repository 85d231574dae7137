"""A web page to its text and what it says about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tallybook.documents.limits import MAX_TAG_ATTRIBUTES

LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000,}")
ATTRIBUTE = re.compile(r"\s[^\s=<>\"']+\s*=|\s[^\s=<>\"']+(?=\s)")
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
TABLE_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+\s*$")

PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "article.published", "citation_publication_date",
)  # fmt: skip
PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
TITLES = ("og:title", "dc.title", "dcterms.title", "twitter:title", "citation_title")
BLOCKS = {
    "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "table", "ul", "ol",
    "pre", "dd", "dt", "figcaption", "header", "footer", "main", "body",
}  # fmt: skip
UNSEEN = {"script", "style", "noscript", "template", "head", "iframe", "svg", "nav", "form", "button", "select"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds: its text, and what it says about itself."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


class HostilePage(ValueError):
    """The page is built to exhaust a parser."""


def declared_charset(data: bytes) -> str | None:
    """Return the charset that the page's own head names, or None."""
    found = META_CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def read_page(markup: str) -> Page:
    """Return the main text and the metadata of a page; the text is empty where the page shows none.

    Bullets and table rows keep a line each; paragraphs are set apart by an empty line.

    Raises: HostilePage where one tag holds more attributes than any page needs.
    """
    _refuse_hostile(markup)
    from lxml import etree, html

    try:
        tree = html.document_fromstring(XML_DECLARATION.sub("", markup))
    except (etree.ParserError, ValueError):
        return Page("")
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    publisher = _first(metas, PUBLISHERS) or _from_linked(linked, _publisher_name)
    title = _title(tree, metas, linked, publisher)
    return Page(
        text=_without_title(_main_text(markup, tree), title),
        title=title,
        publisher=publisher,
        published=_first(metas, PUBLISHED) or _from_linked(linked, _date_published) or _time_element(tree),
        url=_canonical(tree, metas),
        language=tree.get("lang") or _first(metas, ("content-language", "og:locale", "dc.language")),
    )


def _refuse_hostile(markup: str) -> None:
    for tag in LONG_TAG.finditer(markup):
        if len(ATTRIBUTE.findall(tag.group())) > MAX_TAG_ATTRIBUTES:
            raise HostilePage("one of its tags holds thousands of attributes")


def _main_text(markup: str, tree: Any) -> str:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    bare = XML_DECLARATION.sub("", markup)
    found = trafilatura.extract(bare, output_format="txt", include_comments=False, favor_recall=True)
    return _set_apart(found.split("\n")) if found and found.strip() else _all_blocks(tree)


def _set_apart(lines: Iterable[str]) -> str:
    """Join lines: those of a list or table by a line end, paragraphs by an empty line."""
    kept = [(_row(line), _is_listed(line)) for line in lines if line.strip() and not TABLE_RULE.match(line.strip())]
    text = ""
    for number, (line, listed) in enumerate(kept):
        if number:
            text += "\n" if listed and kept[number - 1][1] else "\n\n"
        text += line
    return text


def _is_listed(line: str) -> bool:
    return line.lstrip().startswith(("- ", "* ", "| "))


def _row(line: str) -> str:
    stripped = line.strip()
    if not stripped.startswith("|"):
        return line.rstrip()
    return " | ".join(cell.strip() for cell in stripped.strip("|").split("|"))


def _all_blocks(tree: Any) -> str:
    """Return the visible text block by block: for pages too bare for the extractor."""
    lines: list[str] = [""]

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            return
        starts = element.tag in BLOCKS or element.tag == "br"
        if starts:
            lines.append("")
        lines[-1] += element.text or ""
        for child in element:
            walk(child)
            lines[-1] += child.tail or ""
        if starts:
            lines.append("")

    try:
        walk(tree)
    except RecursionError:
        return " ".join(tree.text_content().split())
    return "\n\n".join(" ".join(line.split()) for line in lines if line.strip())


def _metas(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _first(metas: dict[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects of the page, those inside lists and graphs too."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                yield item
                waiting += [item["@graph"]] if "@graph" in item else []


def _from_linked(linked: Iterable[dict[str, Any]], read: Any) -> str | None:
    for item in linked:
        value = read(item)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _publisher_name(item: dict[str, Any]) -> Any:
    publisher = item.get("publisher")
    return publisher.get("name") if isinstance(publisher, dict) else publisher


def _date_published(item: dict[str, Any]) -> Any:
    return item.get("datePublished")


def _headline(item: dict[str, Any]) -> Any:
    return item.get("headline")


def _time_element(tree: Any) -> str | None:
    """Return the time of the page's first `<time datetime>` that is marked as publication, or of its only one."""
    times = [t for t in tree.iter("time") if (t.get("datetime") or "").strip()]
    marked = [t for t in times if t.get("pubdate") is not None or (t.get("itemprop") or "").lower() == "datepublished"]
    chosen = marked[:1] or (times if len(times) == 1 else [])
    return chosen[0].get("datetime").strip() if chosen else None


def _title(tree: Any, metas: dict[str, str], linked: list[dict[str, Any]], publisher: str | None) -> str | None:
    element = next(iter(tree.iter("title")), None)
    own = " ".join(element.text_content().split()) if element is not None else ""
    title = _first(metas, TITLES) or _from_linked(linked, _headline) or own
    if publisher:
        title = re.sub(rf"\s+[|\u2013\u2014\u00bb:-]+\s+{re.escape(publisher)}\s*$", "", title)
    return " ".join(title.split()) or None


def _canonical(tree: Any, metas: dict[str, str]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    address = next((h for h in links if h), None) or metas.get("og:url")
    return address.strip() if address and re.match(r"https?://", address.strip()) else None


def _without_title(text: str, title: str | None) -> str:
    """Drop a first line that only repeats the title: it is kept as the title."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if title and rest.strip() and " ".join(first.split()) == title else text
