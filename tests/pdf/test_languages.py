"""A letter whose texts are authentic in several languages: each with its own letterhead, direction and language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.pdf import words
from crsv_desk.pdf.typeset import typeset
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter, sample_text
from tests.pdf.validators import structure, vera


def bilingual() -> CombinedLetter:
    english = replace(sample_text(), language="en", subject="Input on sexual violence", salutation="Dear Members,")
    return replace(sample_letter(5, withheld=1), also=(arabic_letter().text, english))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("languages") / "three.pdf"
    path.write_bytes(typeset(bilingual(), silent))
    return path


def test_it_conforms(file: Path) -> None:
    assert vera.failures(file) == []
    assert structure.problems(file) == []


def test_every_text_is_a_part_in_its_language_before_the_signatories(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        parts = [one for one in document.K if one.get("/S") == "/Part"]
        assert [str(one.get("/Lang", "")) for one in parts[:3]] == ["", "ar", "en"]
        assert str(pdf.Root.Lang) == "nl"
        with pdf.open_outline() as outline:
            assert [len(one.children) for one in outline.root[:3]] == [4, 1, 4] and len(outline.root) == 5


def test_pages_are_counted_through_and_pointed_at_from_every_letterhead(file: Path) -> None:
    pages = [" ".join(page.split()) for page in words.page_texts(file.read_bytes())]
    first = next(at for at, page in enumerate(pages) if "Geachte leden" in page)
    third = next(at for at, page in enumerate(pages) if "Dear Members," in page)
    assert first == 0 < third
    assert f"{third + 1} of {len(pages)}" in pages[third] and f"1 van {len(pages)}" in pages[0]
    alone = typeset(replace(bilingual(), also=()), silent)
    assert len(pages) > len(list(words.page_texts(alone)))


def test_the_same_texts_give_the_same_bytes(file: Path) -> None:
    assert typeset(bilingual(), silent) == file.read_bytes()
