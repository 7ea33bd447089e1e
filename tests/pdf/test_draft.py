"""A draft: marked in real text on every page, numbered, barred where it changed, and closed by a sheet to answer on."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.changes import FieldChange
from crsv_desk.domain.codes import spoken
from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.domain.paper import LetterText
from crsv_desk.domain.progress import silent
from crsv_desk.i18n import translations
from crsv_desk.letters.compare import compare, word_runs
from crsv_desk.pdf import words
from crsv_desk.pdf.canvas import PAGE_WIDTH
from crsv_desk.pdf.draft import typeset_draft
from crsv_desk.pdf.measures import LEFT
from tests.pdf import sample
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter
from tests.pdf.test_pages import stand_in_order, text_by_poppler
from tests.pdf.validators import structure, vera
from tests.tools import need


def said(message: str, **fields: object) -> str:
    """The paper's words in the letter's language."""
    return translations("nl").gettext(message).format(**fields)


NAME = said("DRAFT version {number}", number=2)


def draft(published: bool = True, before: int = 1) -> DraftLetter:
    letter = sample_letter(5)
    new = list(letter.text.blocks)
    old = [replace(new[0], spans=(Span(new[0].text.replace("wereldwijd escalerende", "escalerende")),)), *new[1:]]
    old.insert(3, Block("bgone", "paragraph", (Span("Deze alinea is vervallen."),)))
    return DraftLetter(
        text=letter.text, lead=letter.lead, lead_logo=letter.lead_logo, place="Den Haag", date="", names=sample.PARTNERS,
        version=2, before=before, changes=tuple(compare(old, new)) if before else (),
        fields=fields(letter.text) if before else (), deadline="2026-05-21T12:00",
        time="2026-05-19T08:00:00Z", accent="#12494F", letter=sample.identifier("letter") if published else "",
    )  # fmt: skip


def fields(text: LetterText) -> tuple[FieldChange, ...]:
    """Everything around the text is another: each word of it marked."""
    return (
        FieldChange("recipient", "", word_runs("Tweede Kamer\nPostbus 1", "\n".join(text.recipient))),
        FieldChange("subject", "", word_runs(f"Vooraf {text.subject}", text.subject)),
        FieldChange("salutation", "", word_runs("Beste leden,", text.salutation)),
        FieldChange("closing", "", word_runs("Groet,", text.closing_words)),
    )


def arabic() -> DraftLetter:
    letter = arabic_letter()
    changed = replace(letter.text.blocks[1], spans=(Span("نص آخر"),))
    changes = tuple(compare([letter.text.blocks[0], changed, *letter.text.blocks[2:]], letter.text.blocks))
    return replace(draft(), text=letter.text, lead=letter.lead, names=(), changes=changes, fields=fields(letter.text))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("drafts")
    made = {"published": draft(), "unpublished": draft(published=False), "first": draft(before=0), "arabic": arabic()}
    bare = replace(draft(published=False, before=0), lead="", lead_logo=b"", place="", deadline="", names=())
    made["bare"] = replace(bare, text=replace(bare.text, recipient=(), subject="Iets", salutation="", closing_words=""))
    for name, one in made.items():
        (folder / f"{name}.pdf").write_bytes(typeset_draft(one, silent))
    return {name: folder / f"{name}.pdf" for name in made}


def test_verapdf_and_the_structure_check_find_nothing(files: dict[str, Path]) -> None:
    assert vera.failures(*files.values()) == []
    for path in files.values():
        assert structure.problems(path) == [], path.name


def test_qpdf_finds_nothing(files: dict[str, Path]) -> None:
    need("qpdf")
    for path in files.values():
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_every_page_and_the_title_open_with_the_drafts_name(
    files: dict[str, Path], tmp_path: Path, reader: str
) -> None:
    data = files["published"].read_bytes()
    pages = text_by_poppler(data, tmp_path).split("\f")[:-1] if reader == "poppler" else list(words.page_texts(data))
    assert len(pages) >= 4
    for page in pages:
        assert NAME in " ".join(page.split()), page
    with pikepdf.open(files["published"]) as pdf:
        assert str(pdf.docinfo.Title).startswith(f"{NAME}: ")
        assert "/AcroForm" not in pdf.Root and "/AF" not in pdf.Root


def test_every_word_stands_in_order_and_the_band_is_read_first(files: dict[str, Path]) -> None:
    found = words.words(files["published"].read_bytes())
    assert found[:3] == NAME.split()
    letters = [word for word in found if not (word.isdigit() and int(word) % 5 == 0)]  # without line numbers
    assert not stand_in_order(["Geachte", "leden", *sample.words(), "Hoogachtend,"], letters)


def test_every_fifth_line_has_its_number_beside_it(files: dict[str, Path]) -> None:
    document = pypdfium2.PdfDocument(files["published"])
    found: list[tuple[int, float]] = []
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(at)
            number = text.get_text_bounded(left, bottom, right, top).strip()
            if right < 55 and number.isdigit():
                found.append((int(number), bottom))
        text.close()
        page.close()
    document.close()
    numbers = [number for number, _ in found]
    assert numbers == list(range(5, 5 * len(numbers) + 1, 5)) and len(numbers) > 10


def test_changed_parts_say_so_before_they_are_read_and_stand_in_the_list(files: dict[str, Path]) -> None:
    flat = " ".join(words.words(files["published"].read_bytes()))
    label = said("Changed in version {number}", number=2)
    assert flat.count(label) == 5  # a block, and each field around the text
    command = [
        need("pdftotext"),
        "-raw",
        str(files["published"]),
        "-",
    ]  # in the order in which it is painted and tagged
    raw = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert raw.index(label) < raw.index("Tijdens het recente")
    for before, field in ((1, "Betreft:"), (2, "Geachte leden"), (4, "Hoogachtend,")):
        assert raw[: raw.index(field)].count(label) > before, field
    after = flat[flat.index("Hoogachtend,") :]
    title = said("Changes since version {number}", number=1)
    assert title in after and "Deze alinea is vervallen." in after and "wereldwijd" in after
    listed = after[after.index(title) :]
    for name in ("Subject", "Salutation", "Address", "Closing words"):
        assert said("{field}: changed", field=said(name)) in listed
    assert "Was: Groet," in " ".join(listed.split()) or f"{said('Was:')} Groet," in listed
    first = " ".join(words.words(files["first"].read_bytes()))
    assert label not in first and title not in first


def test_the_reply_sheet_carries_code_and_qr_and_only_a_published_text_has_one(files: dict[str, Path]) -> None:
    code = spoken(sample.identifier("letter"))
    pages = list(words.page_texts(files["published"].read_bytes()))
    sheet = " ".join(pages[-1].split())
    for words_ in (
        code, "21 mei 2026", said("Organisation"), said("Date"), said("We endorse it with this reservation:"),
        said("Signature, and stamp if you have one"),
    ):  # fmt: skip
        assert words_ in sheet, words_
    assert all(code.split()[0] not in page for page in pages[:-1])  # the letter itself carries none
    unpublished = " ".join(words.words(files["unpublished"].read_bytes()))
    assert code.split()[0] not in unpublished and said("Reply sheet") not in unpublished
    with pikepdf.open(files["published"]) as pdf:
        texts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        headings = sum(isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/H1" for one in pdf.objects)
    assert any("QR" in text for text in texts) and headings == 3


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert typeset_draft(draft(), silent) == typeset_draft(draft(), silent)


def test_in_arabic_the_code_on_the_sheet_begins_at_the_right(files: dict[str, Path]) -> None:
    """As everything on it does; its figures run from left to right."""
    found = {}
    for name in ("published", "arabic"):
        said = subprocess.run(
            [need("pdftotext"), "-bbox", "-f", "3", str(files[name]), "-"], capture_output=True, text=True, check=True
        ).stdout
        form = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(\d{5})</word>')
        groups = sorted((float(top), float(left), float(right), text) for left, top, right, text in form.findall(said))
        found[name] = groups[:6]
        assert [text for *_place, text in found[name]] == spoken(sample.identifier("letter")).split()
    left = found["published"][0][1] - LEFT
    assert PAGE_WIDTH - LEFT - found["arabic"][2][2] == pytest.approx(left, abs=8)
