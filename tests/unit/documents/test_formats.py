"""Reports in PDF, Word, e-mail, web archive, feed and archive files; and the hostile twin of each."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tallybook.documents import Arrival, Intake, Stated, documents_from
from tallybook.documents.formats import archive, format_of
from tallybook.model import Document

TOLL = "At least 12 people were killed when shells hit a market in Brannik."
MORE = "Five others were injured, a hospital said."
PAGE_OBJECT = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
)


def pdf(*pages: str) -> bytes:
    """Write a small PDF by hand; a page without words is blank."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for words in pages:
        stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode() if words else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(PAGE_OBJECT % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def read(folder: Path, name: str, data: bytes) -> list[Arrival]:
    (folder / name).write_bytes(data)
    return list(documents_from([str(folder / name)], Intake(Stated.of("2024-06-01"))))


def documents(arrivals: list[Arrival]) -> list[Document]:
    assert [str(a.error) for a in arrivals if a.error] == []
    return [a.document for a in arrivals if a.document is not None]


def refused(arrivals: list[Arrival]) -> str:
    (only,) = arrivals
    assert only.error is not None
    assert "\n" not in str(only.error)
    return str(only.error)


def codes(arrivals: list[Arrival]) -> list[str]:
    return [issue.code for arrival in arrivals for issue in arrival.issues]


def test_a_pdf_is_its_text_and_its_pages_without_text_are_named(tmp_path: Path) -> None:
    came = read(tmp_path, "r.pdf", pdf(TOLL, "", MORE))
    (made,) = documents(came)
    assert (made.id, made.text) == ("r", f"{TOLL}\n\n{MORE}")
    assert codes(came) == ["page-without-text"]
    assert "page 2 of 3" in came[0].issues[0].message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pdf(""), "none of its pages holds text"), (pdf(TOLL)[:200], "PDF"),
        (b"%PDF-1.7\n" + b"\x00" * 900, "damaged"),
    ],
)  # fmt: skip
def test_a_pdf_of_pictures_or_a_damaged_one_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    assert told in refused(read(tmp_path, "r.pdf", data))


def test_a_pdf_with_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.documents.formats.pdf.MAX_PAGES", 2)
    assert "more than 2 pages" in refused(read(tmp_path, "r.pdf", pdf(TOLL, MORE, TOLL)))


def word(folder: Path) -> bytes:
    import docx

    made = docx.Document()
    made.core_properties.title = "Market shelled"
    made.add_paragraph(TOLL)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Killed", "12"
    made.add_paragraph(MORE)
    made.save(str(folder / "made.docx"))
    return (folder / "made.docx").read_bytes()


def test_a_word_file_keeps_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    (made,) = documents(read(tmp_path, "r.docx", word(tmp_path)))
    assert (made.title, made.text) == ("Market shelled", f"{TOLL}\n\nKilled\t12\n\n{MORE}")


def test_a_word_file_that_is_cut_or_none_is_refused(tmp_path: Path) -> None:
    assert "damaged" in refused(read(tmp_path, "r.docx", word(tmp_path)[:300]))
    assert "no Word file" in refused(read(tmp_path, "n.docx", zipped({"a.txt": b"x"})))


def message(subject: str, *, html: bool = False, attached: bool = False) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Orvania Press <desk@press.example>", subject
    made["Date"], made["Message-ID"] = "Tue, 05 Mar 2024 09:30:00 +0200", f"<{subject}@press.example>"
    if html:
        made.set_content(f"<html><body><p>{TOLL}</p><script>alert(1)</script></body></html>", subtype="html")
    else:
        made.set_content(TOLL)
    if attached:
        made.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    return made.as_bytes()


@pytest.mark.parametrize("html", [False, True])
def test_an_e_mail_gives_its_words_its_sender_and_its_date(tmp_path: Path, html: bool) -> None:
    came = read(tmp_path, "m.eml", message("toll", html=html, attached=True))
    (made,) = documents(came)
    assert made.text.strip() == TOLL
    assert (made.title, made.publisher) == ("toll", "Orvania Press")
    assert made.published is not None
    assert made.published.startswith("2024-03-05T")
    assert codes(came) == ["attachments-passed-over"]


def test_a_box_of_e_mails_is_read_one_by_one(tmp_path: Path) -> None:
    box = b"".join(b"From desk@press.example Tue Mar  5 09:30:00 2024\n" + message(s) + b"\n" for s in ("one", "two"))
    made = documents(read(tmp_path, "all.mbox", box))
    assert [d.title for d in made] == ["one", "two"]
    assert len({d.id for d in made}) == 2


def test_a_report_that_begins_like_a_header_is_no_e_mail() -> None:
    assert format_of(b"Subject: the market\nPlace: Brannik\n\nAt least 12 people were killed.\n", "r.txt") is None


def warc(*pages: tuple[str, str, str]) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for address, kind, words in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        payload = io.BytesIO(words.encode())
        writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=headers))
    return out.getvalue()


PAGE = f"<html><head><title>Shelling</title></head><body><article><p>{TOLL}</p><p>{MORE}</p></article></body></html>"


def test_a_web_archive_gives_its_pages_with_their_addresses(tmp_path: Path) -> None:
    data = warc(("https://a.example/1", "text/html", PAGE), ("https://a.example/x.png", "image/png", "x"))
    came = read(tmp_path, "crawl.warc", data)
    (made,) = documents(came)
    assert made.url == "https://a.example/1"
    assert TOLL in made.text
    assert codes(came) == ["records-passed-over"]


def test_a_web_archive_that_is_cut_says_so_and_keeps_what_is_whole(tmp_path: Path) -> None:
    other = PAGE.replace("12", "13")
    data = warc(("https://a.example/1", "text/html", PAGE), ("https://a.example/2", "text/html", other))
    came = read(tmp_path, "crawl.warc", data[:-180])
    assert any(a.document is not None and a.document.url == "https://a.example/1" for a in came)
    assert any("not whole" in str(a.error) for a in came if a.error)


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Orvania Press</title>
<item><title>Shelling</title><link>https://press.example/1</link><pubDate>Tue, 05 Mar 2024 09:30:00 +0200</pubDate>
<description>&lt;p&gt;{}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Only a headline</title><link>https://press.example/2</link></item></channel></rss>"""


def test_a_feed_gives_its_entries_and_counts_those_that_only_point_elsewhere(tmp_path: Path) -> None:
    came = read(tmp_path, "news.xml", FEED.format(f"{TOLL} {MORE}").encode())
    (made,) = documents(came)
    assert (made.title, made.publisher, made.url) == ("Shelling", "Orvania Press", "https://press.example/1")
    assert made.published == "2024-03-05T07:30:00+00:00"
    assert "alert" not in made.text
    assert codes(came) == ["entries-without-text"]


def test_a_feed_that_defines_entities_is_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><rss version="2.0"><!DOCTYPE x [<!ENTITY a "aaaa">]><channel></channel></rss>'
    assert "entities" in refused(read(tmp_path, "news.xml", bomb))


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in members.items():
            held.writestr(name, data)
    return out.getvalue()


def test_an_archive_is_read_file_by_file_and_nothing_leaves_it(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": TOLL.encode()})
    members = {"a/one.txt": TOLL.encode(), "../../two.html": PAGE.encode(), "inner.zip": inner, "pic.png": b"\x89PNG"}
    came = read(tmp_path, "all.zip", zipped(members))
    assert [d.id for d in documents(came)] == ["one"]
    assert codes(came) == ["files-passed-over"]
    assert came[-1].issues[0].message.endswith("passed over: 3.")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.zip"]
    assert not (tmp_path.parent / "two.html").exists()


def taped() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as held:
        info = tarfile.TarInfo("reports/one.txt")
        info.size = len(TOLL)
        held.addfile(info, io.BytesIO(TOLL.encode()))
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        held.addfile(link)
    return out.getvalue()


def test_links_in_a_tar_lead_nowhere(tmp_path: Path) -> None:
    came = read(tmp_path, "all.tar.gz", taped())
    assert [d.text for d in documents(came)] == [TOLL]
    assert codes(came) == ["files-passed-over"]


def stored(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as held:
        for name, data in members.items():
            held.writestr(name, data)
    return out.getvalue()


def paper() -> bytes:
    import docx

    out, made = io.BytesIO(), docx.Document()
    made.add_paragraph(MORE)
    made.save(out)
    return out.getvalue()


PAPERS = {
    "a.pdf": pdf(TOLL), "sub/b.docx": paper(), "c.eml": message("toll"), "d.txt": TOLL.encode(),
    "e.jsonl": b'{"id": "x", "text": "%s"}\n{"id": "y", "text": "%s"}\n' % (TOLL.encode(), MORE.encode()),
    "f.warc": warc(("https://a.example/1", "text/html", PAGE)),
}  # fmt: skip


@pytest.mark.parametrize("pack", [zipped, stored])
def test_files_that_hold_reports_are_opened_inside_archives(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    """A ZIP that is not compressed shows the first bytes of what is in it, and is no PDF or Word file for that."""
    came = read(tmp_path, "all.zip", pack(PAPERS))
    made = documents(came)
    assert [d.text.strip() for d in made[:6]] == [TOLL, MORE, TOLL, TOLL, TOLL, MORE]
    assert [d.id for d in made[:2]] == ["a", "b"]
    assert made[2].publisher == "Orvania Press"
    assert [d.id for d in made[4:6]] == ["x", "y"]
    assert (made[6].url, TOLL in made[6].text) == ("https://a.example/1", True)
    assert codes(came) == []


def test_a_tar_of_papers_is_read_too(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as held:
        for name in ("a.pdf", "sub/b.docx"):
            info = tarfile.TarInfo(name)
            info.size = len(PAPERS[name])
            held.addfile(info, io.BytesIO(PAPERS[name]))
    assert [d.text for d in documents(read(tmp_path, "all.tgz", out.getvalue()))] == [TOLL, MORE]


def test_what_is_damaged_in_an_archive_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    members = {
        "a.pdf": pdf(TOLL)[:200],
        "b.docx": b"PK\x03\x04 no word",
        "c.warc": b"no archive",
        "d.txt": TOLL.encode(),
    }
    came = read(tmp_path, "all.zip", zipped(members))
    assert [d.text for d in (a.document for a in came) if d] == [TOLL]
    told = [str(a.error) for a in came if a.error]
    assert len(told) == 3
    assert ["a.pdf" in told[0], "b.docx" in told[1], "c.warc" in told[2]] == [True] * 3


def test_an_archive_in_an_archive_stays_closed_whatever_it_is_called(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": TOLL.encode()})
    came = read(tmp_path, "all.zip", zipped({"inner.pdf": inner, "inner.txt": inner}))
    assert [a.document for a in came if a.document] == []
    assert len([a for a in came if a.error]) == 2


def test_a_wacz_is_its_web_archives_and_not_its_index(tmp_path: Path) -> None:
    crawl = gzip.compress(warc(("https://a.example/1", "text/html", PAGE)))
    members = {"archive/data.warc.gz": crawl, "pages/pages.jsonl": b'{"url": "https://a.example/1", "text": "twice"}\n',
               "datapackage.json": b"{}"}  # fmt: skip
    (made,) = documents(read(tmp_path, "crawl.wacz", stored(members)))
    assert (made.url, TOLL in made.text) == ("https://a.example/1", True)


def test_papers_that_a_crawler_kept_are_read(tmp_path: Path) -> None:
    data = warc(("https://a.example/r.pdf", "application/pdf", pdf(TOLL).decode("latin-1")))
    (made,) = documents(read(tmp_path, "crawl.warc", data))
    assert (made.text, made.url) == (TOLL, "https://a.example/r.pdf")


def test_papers_attached_to_an_e_mail_are_reports_of_its_sender(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "Orvania Press <desk@press.example>", "two papers"
    made["Date"], made["Message-ID"] = "Tue, 05 Mar 2024 09:30:00 +0200", "<m@press.example>"
    made.set_content("See below.")
    made.add_attachment(pdf(TOLL), maintype="application", subtype="pdf", filename="../toll.pdf")
    made.add_attachment(paper(), maintype="application", subtype="octet-stream", filename="more.docx")
    made.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    came = read(tmp_path, "m.eml", made.as_bytes())
    body, *papers = documents(came)
    assert [d.text for d in papers] == [TOLL, MORE]
    assert {(d.publisher, d.published) for d in papers} == {(body.publisher, body.published)}
    assert len({d.id for d in (body, *papers)}) == 3
    assert codes(came) == ["attachments-passed-over"]


def bombs(limit: pytest.MonkeyPatch) -> Iterator[bytes]:
    yield zipped({"zeros.txt": b"0" * 5_000_000})
    limit.setattr(archive, "MAX_MEMBERS", 10)
    yield zipped({f"{n}.txt": b"x" for n in range(11)})
    limit.setattr(archive, "MAX_OPENED_BYTES", 100)
    yield zipped({"a.txt": bytes(range(65, 91)) * 5})


def test_bombs_are_refused_before_they_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in bombs(monkeypatch):
        assert "taken for an archive" in refused(read(tmp_path, "bomb.zip", data))


@pytest.mark.parametrize("name", ["cut.zip", "cut.tar.gz"])
def test_a_cut_archive_is_damaged(tmp_path: Path, name: str) -> None:
    data = zipped({"a.txt": TOLL.encode() * 30}) if name.endswith("zip") else taped()
    came = read(tmp_path, name, data[: len(data) // 2])
    assert any(a.error is not None and "damaged" in str(a.error) for a in came)


def test_an_archive_of_nothing_readable_says_so(tmp_path: Path) -> None:
    came = read(tmp_path, "pics.zip", zipped({"a.png": b"x"}))
    assert any(a.error is not None and "holds no report" in str(a.error) for a in came)


SHEET = (
    "Link,Archive status,Destination folder,Upload timestamp,Upload title,Text content\r\n"
    'https://post.example/1,archived: generic,f,2024-03-05T09:30:00+02:00,A post,"{}\r\n{}"\r\n'
    "https://post.example/2,nothing archived,f,,,\r\n"
    "https://post.example/3,archived: generic,f,,=HYPERLINK(1),\r\n,,,,,\r\n"
)


def test_a_sheet_of_the_auto_archiver_gives_a_report_a_row(tmp_path: Path) -> None:
    came = read(tmp_path, "sheet.csv", b"\xef\xbb\xbf" + SHEET.format(TOLL, MORE).encode())
    post, titled = documents(came)
    assert (post.text, post.title, post.url) == (f"{TOLL}\n{MORE}", "A post", "https://post.example/1")
    assert post.published == "2024-03-05T09:30:00+02:00"
    assert titled.text == "=HYPERLINK(1)"
    assert codes(came) == ["rows-without-text"]
    assert "row 3" in came[-1].issues[0].message


def test_rows_keep_their_ids_when_the_sheet_is_sorted_anew(tmp_path: Path) -> None:
    head, first, *rest = SHEET.format(TOLL, MORE).replace(f"{TOLL}\r\n", f"{TOLL} ").splitlines(keepends=True)
    one = documents(read(tmp_path, "a.csv", "".join([head, first, *rest]).encode()))
    other = documents(read(tmp_path, "b.csv", "".join([head, *rest, first]).encode()))
    assert {d.id for d in one} == {d.id for d in other}


def test_a_sheet_in_another_charset_is_refused(tmp_path: Path) -> None:
    came = read(tmp_path, "sheet.csv", SHEET.format(TOLL, MORE).encode() + b"\xff\xfe\x00")
    assert any(a.error is not None and "no CSV in UTF-8" in str(a.error) for a in came)


def workbook(*sheets: list[list[object]]) -> bytes:
    """Return a workbook of these sheets."""
    import io

    import openpyxl

    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(kept)
    return kept.getvalue()


HEADER: list[object] = ["Link", "Archive status", "Upload timestamp", "Upload title", "Text content"]


def test_a_workbook_of_the_auto_archiver_gives_a_report_a_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADER,
        ["https://post.example/1", "archived", datetime(2024, 3, 5, 9, 30), "A post", TOLL],
        ["https://post.example/2", "nothing archived", None, None, None],
        ["https://post.example/3", "archived", None, "Another post", None],
    ]
    came = read(tmp_path, "sheet.xlsx", workbook([["a note"]], rows))
    post, titled = documents(came)
    assert titled.text == "Another post"
    assert (post.text, post.title, post.url) == (TOLL, "A post", "https://post.example/1")
    assert (post.published or "").startswith("2024-03-05")
    assert "rows-without-text" in codes(came)


def test_another_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    came = read(tmp_path, "list.xlsx", workbook([["name", "age"], ["Ilo Senn", 30]]))
    assert any("without the columns Link" in str(a.error) and "import" in str(a.error) for a in came)


def test_a_workbook_that_opens_to_too_much_or_is_damaged_is_refused(tmp_path: Path) -> None:
    good = workbook([HEADER])
    came = read(tmp_path, "cut.xlsx", good[: len(good) // 2])
    assert any("damaged" in str(a.error) for a in came)
    bomb = tmp_path / "bomb.xlsx"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as held:
        held.writestr("xl/worksheets/sheet1.xml", b"0" * 201_000_000)
    assert any("unpacks to more than" in str(a.error) for a in read(tmp_path, "bomb.xlsx", bomb.read_bytes()))


def test_another_csv_is_no_sheet_of_the_archiver(tmp_path: Path) -> None:
    (made,) = documents(read(tmp_path, "other.csv", b"link,text\na,b\n"))
    assert made.text.startswith("link,text")
