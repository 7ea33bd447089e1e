"""Every combined PDF is PDF/A-3a and PDF/UA-1 at once, before and after the seal; the checks themselves catch faults."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.identity.keys import SoftwareKeys
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.typeset import typeset
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import scripts_letter
from tests.pdf.validators import second, structure, vera
from tests.tools import need

LETTERS: dict[str, Callable[[], CombinedLetter]] = {
    "one": lambda: sample_letter(1, notice=""),
    "five": lambda: sample_letter(5, withheld=3, attested=2),
    "full": lambda: sample_letter(6, edition="full"),
    "forty": lambda: sample_letter(40, withheld=1),
    "thousand": lambda: sample_letter(1000, withheld=12),
    "arabic": arabic_letter,
    "scripts": scripts_letter,
    "none": lambda: sample_letter(0, withheld=4),
}
TIME = "2026-05-26T08:00:00Z"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Each letter before its seal and sealed."""
    folder = tmp_path_factory.mktemp("letters")
    signer = SoftwareKeys().new("Secretariaat")
    made = []
    for name, letter in LETTERS.items():
        pages = typeset(letter(), silent)
        sealed = PdfPaper().seal(pages, signer, TIME)
        for state, data in (("pages", pages), ("sealed", sealed)):
            path = folder / f"{name}-{state}.pdf"
            path.write_bytes(data)
            made.append(path)
    return made


def test_verapdf_finds_nothing(files: list[Path]) -> None:
    assert vera.failures(*files) == []


def test_structure_and_pages_point_at_each_other(files: list[Path]) -> None:
    for path in files:
        assert structure.problems(path) == [], path.name


def test_a_second_opinion_finds_nothing(files: list[Path]) -> None:
    """It knows no second revision, so it sees the pages before their seal."""
    for path in files:
        if path.stem.endswith("pages"):
            assert second.failures(path) == [], path.name


def test_qpdf_finds_nothing(files: list[Path]) -> None:
    need("qpdf")
    for path in files:
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_pdfsig_says_valid_and_total(files: list[Path]) -> None:
    need("pdfsig")
    for path in files:
        if path.stem.endswith("sealed"):
            said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
            assert "Signature is Valid" in said and "Total document signed" in said, path.name


def test_the_document_says_what_it_is(files: list[Path]) -> None:
    path = next(one for one in files if one.name == "five-pages.pdf")
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(pdf.docinfo.Title)
            assert metadata["pdfaid:part"] == "3" and metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "Brief", "Ondertekenaars", "Wat dit document bewijst en hoe u dat controleert",
            ]  # fmt: skip
            assert len(outline.root[0].children) == 4
        assert pdf.Root.PageLabels.Nums[1].S == Name.D


def elements(path: Path) -> list[tuple[str, Dictionary]]:
    """Every element's role and dictionary, in reading order."""
    found: list[tuple[str, Dictionary]] = []

    def below(element: object) -> None:
        kids = element.get("/K") if isinstance(element, Dictionary) else None
        for kid in kids if isinstance(kids, Array) else [kids] if kids is not None else []:
            if isinstance(kid, Dictionary) and "/S" in kid:
                found.append((str(kid.S)[1:], kid))
                below(kid)

    with pikepdf.open(path) as pdf:
        below(pdf.Root.StructTreeRoot)
        return [(role, Dictionary({key: str(value) for key, value in one.items() if key in ("/Alt", "/Lang", "/T")} | {
            "/Scope": str(one["/A"].get("/Scope", "")) if "/A" in one and isinstance(one["/A"], Dictionary) else "",
            "/Numbering": str(one["/A"].get("/ListNumbering", "")) if "/A" in one and isinstance(one["/A"], Dictionary) else "",
        })) for role, one in found]  # fmt: skip


@pytest.mark.parametrize("name", ["five", "forty", "thousand", "arabic", "scripts", "none"])
def test_headings_descend_one_level_at_a_time_and_parts_are_named(files: list[Path], name: str) -> None:
    found = elements(next(one for one in files if one.name == f"{name}-pages.pdf"))
    levels = [int(role[1]) for role, _ in found if re.fullmatch(r"H\d", role)]
    assert levels[0] == 1 and levels.count(1) == 3
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [str(one["/T"]) for role, one in found if role == "Part"] == (
        ["الرسالة", "الموقّعون", "الإثبات والتحقق"]
        if name == "arabic"
        else ["Brief", "Ondertekenaars", "Bewijs en controle"]
    )


def test_lists_tables_figures_and_the_form_are_tagged(files: list[Path]) -> None:
    found = elements(next(one for one in files if one.name == "five-pages.pdf"))
    count = Counter(role for role, _ in found)
    assert count["Table"] == count["THead"] == count["TBody"] == count["Form"] == 1
    # Five rows and their header; the first cell of each row is its header.
    assert (count["TR"], count["TH"], count["TD"]) == (6, 4 + 5, 5 * 3)
    scopes = Counter(str(one["/Scope"]) for role, one in found if role == "TH")
    assert scopes == {"/Column": 4, "/Row": 5}
    assert count["LI"] >= count["Lbl"] and count["LBody"] == count["LI"]
    numberings = {str(one["/Numbering"]) for role, one in found if role == "L"}
    assert numberings == {"/Disc", "/Decimal", "/None"}
    # The lead's logo, four partners' logos, five in the list, four marks and the QR code.
    assert count["Figure"] == 1 + 4 + 5 + 4 + 1
    assert all(str(one["/Alt"]) for role, one in found if role == "Figure")


def test_the_signed_words_are_read_first_and_whole(files: list[Path]) -> None:
    """From logo and address to the sign-off; what the program adds on page 1 comes after."""
    found = elements(next(one for one in files if one.name == "five-pages.pdf"))
    start = next(number for number, (role, _) in enumerate(found) if role == "Sect")
    end = next(number for number, (role, _) in enumerate(found) if role == "Sect" and number > start)
    words = [role for role, _ in found[start + 1 : end]]
    assert words[:2] == ["Figure", "P"] and words.count("H1") == 1 and words.count("H2") == 4
    assert words.count("LI") == 3 and words[-2] == "P" and "Table" not in words


def test_a_link_is_an_annotation_with_words(tmp_path: Path) -> None:
    letter = sample_letter(1)
    block = Block("b", "paragraph", (Span("Lees "), Span("de bron", href="https://voorbeeld.example/a(b)")))
    path = tmp_path / "link.pdf"
    path.write_bytes(typeset(replace(letter, text=replace(letter.text, blocks=(block,))), silent))
    assert structure.problems(path) == []
    with pikepdf.open(path) as pdf:
        [link] = [one for one in pdf.pages[0].Annots if one.Subtype == "/Link"]
        assert str(link.A.URI) == "https://voorbeeld.example/a(b)" and str(link.Contents) == "de bron"
    assert "Link" in [role for role, _ in elements(path)]


def test_alternative_texts_name_the_organisation(files: list[Path]) -> None:
    with pikepdf.open(next(one for one in files if one.name == "five-pages.pdf")) as pdf:
        texts = {str(one.Alt) for one in pdf.objects if isinstance(one, Dictionary) and "/Alt" in one}
    assert "Logo van CARE Nederland" in texts
    assert "Handtekening van Voorbeeld 1, WO=MEN, Dutch Gender Platform" in texts


def test_words_in_another_script_say_their_language(files: list[Path]) -> None:
    with pikepdf.open(next(one for one in files if one.name == "scripts-pages.pdf")) as pdf:
        languages = {
            str(one.Lang) for one in pdf.objects if isinstance(one, Dictionary) and "/S" in one and "/Lang" in one
        }
    assert {"ar", "he", "am", "my", "hi", "bn", "km", "th", "ta", "ka", "hy", "el", "und-Cyrl"} <= languages
