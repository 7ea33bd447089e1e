"""Every combined PDF is PDF/A-3a and PDF/UA-1 at once, before and after the seal; the checks themselves catch faults."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.identity.keys import SoftwareKeys
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.typeset import typeset
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import scripts_letter
from tests.pdf.validators import structure, vera
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


def roles(path: Path) -> list[str]:
    found: list[str] = []
    with pikepdf.open(path) as pdf:
        waiting = [pdf.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop(0)
            kids = element.get("/K")
            for kid in kids if isinstance(kids, Array) else [kids] if kids is not None else []:
                if isinstance(kid, Dictionary) and "/S" in kid:
                    found.append(str(kid.S))
                    waiting.append(kid)
    return found


def test_headings_lists_tables_figures_and_the_form_are_tagged(files: list[Path]) -> None:
    found = roles(next(one for one in files if one.name == "five-pages.pdf"))
    for role in (
        "/H1",
        "/H2",
        "/P",
        "/L",
        "/LI",
        "/Lbl",
        "/LBody",
        "/Table",
        "/THead",
        "/TBody",
        "/TH",
        "/TD",
        "/Figure",
    ):
        assert role in found, role
    assert found.count("/Form") == 1 and found.count("/H1") == 3


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


# The checks themselves: what they must catch ---------------------------------------------------------------------------


def _first(pdf: pikepdf.Pdf, role: str) -> Dictionary:
    return next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == role)  # type: ignore[return-value]


def _no_alt(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/Figure").Alt


def _no_box(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/Figure").A


def _no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _no_mark_info(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _no_relationship(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


def _unknown_role(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/H1").S = Name.Headline


def _skipped_heading(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/H2").S = Name.H4


def _wrong_parent(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/TD").P = _first(pdf, "/Table")


def _orphan_mark(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(content + b"\n/P<</MCID 9999>>BDC EMC")


def _unmarked_painting(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0 0 10 10 re f")


def _untagged_widget(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            del annotation["/StructParent"]


def _no_tab_order(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        del page.obj["/Tabs"]


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def _no_unicode(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/Subtype") == "/Type0":
            del one["/ToUnicode"]


def _not_embedded(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/FontFile2" in one:
            del one["/FontFile2"]


FAULTS = [
    _no_alt, _no_box, _no_title, _no_language, _no_tree, _no_mark_info, _no_profile, _no_relationship, _unknown_role,
    _skipped_heading, _wrong_parent, _orphan_mark, _unmarked_painting, _untagged_widget, _no_tab_order, _script,
    _no_unicode, _not_embedded,
]  # fmt: skip


def test_the_checks_catch_every_planted_fault(tmp_path: Path) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(typeset(sample_letter(5, withheld=1), silent))
    broken: dict[str, Path] = {}
    for fault in FAULTS:
        with pikepdf.open(good) as pdf:
            fault(pdf)
            broken[fault.__name__] = tmp_path / f"{fault.__name__}.pdf"
            pdf.save(broken[fault.__name__], object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    untouched = tmp_path / "untouched.pdf"
    with pikepdf.open(good) as pdf:
        pdf.save(untouched)
    said = vera.failures(untouched, *broken.values())
    caught = {match[1] for line in said if (match := re.match(r"FAIL \S+ \S*/(\w+)\.pdf", line))}
    assert "untouched" not in caught and structure.problems(untouched) == []
    for name, path in broken.items():
        assert name in caught or structure.problems(path), name
