"""Any script: shaped as HarfBuzz shapes it, found again by every reader, right to left throughout where the letter is."""

from __future__ import annotations

import subprocess
import unicodedata
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
import uharfbuzz as harfbuzz

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import Person
from crsv_desk.domain.progress import silent
from crsv_desk.pdf import words
from crsv_desk.pdf.fonts import Family, face_for
from crsv_desk.pdf.itemise import atoms
from crsv_desk.pdf.measures import BODY, LEFT, NAME_LARGE, TEXT_WIDTH
from crsv_desk.pdf.styles import Run
from crsv_desk.pdf.typeset import typeset
from crsv_desk.resources import resource
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import NAMES
from tests.tools import need

# Mixed directions, digits, brackets and marks of their own, in names and roles.
HARD = (
    ("شبكة نساء السودان (SWN) 2026", "ليلى حداد", "منسقة [WPS]"),
    ("ڕێکخراوی ژنان ١٣٢٥", "شیلان قادر", "بەڕێوەبەر (Hewlêr)"),
    ("Stichting نساء voor Vrede", "Anna חנה (Hannah)", "directeur / مديرة"),
    ("Coöperatie e\u0301te\u0301 a\u0302ge", "Zoe\u0308 O\u030cstlund", "présidente"),
    ("Tổ chức Phụ nữ Thừa Thiên Huế", "Nguyễn Thị Ánh Tuyết", "phó giám đốc"),
    ("ကရင်အမျိုးသမီးအစည်းအရုံး (KWO)", "နော်ဇော်ဝါးမူး", "အတွင်းရေးမှူး"),
    ("សមាគមស្ត្រីកម្ពុជា ២០២៦", "ស្រីពៅ ជា", "នាយករង"),
)


@pytest.mark.parametrize("name", [one for entry in (*NAMES, *HARD) for one in entry])
def test_glyphs_are_those_that_harfbuzz_shapes(name: str) -> None:
    """Our own itemising, clusters and numbering change no glyph and no place of one."""
    for atom in atoms([Run(unicodedata.normalize("NFC", name), NAME_LARGE)], 0, "nl"):
        shaped = atom.shaped
        buffer = harfbuzz.Buffer()
        buffer.add_str(shaped.text)
        buffer.guess_segment_properties()
        if not any(map(str.isalpha, shaped.text)):  # digits run from left to right in any script
            continue
        buffer.language = "nl"
        harfbuzz.shape(shaped.face.font, buffer)
        expected = [
            (info.codepoint, place.x_advance, place.x_offset, place.y_offset)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
        assert [tuple(glyph) for cluster in shaped.clusters for glyph in cluster.glyphs] == expected


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
@pytest.mark.parametrize("letter", ["nl", "ar"])
def test_hard_names_are_found_again(tmp_path: Path, reader: str, letter: str) -> None:
    base = sample_letter(len(HARD), notice="") if letter == "nl" else arabic_letter()
    source = sample_letter(len(HARD)).signatories
    rows = tuple(
        replace(row, organisation=organisation, latin="", people=(Person(name, role),), reservation="")
        for row, (organisation, name, role) in zip(source, HARD, strict=True)
    )
    path = tmp_path / "hard.pdf"
    path.write_bytes(typeset(replace(base, signatories=rows, lead=rows[0].organisation), silent))
    if reader == "poppler":
        command = [need("pdftotext"), str(path), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    else:
        text = "\n".join(words.page_texts(path.read_bytes()))
    text = unicodedata.normalize("NFC", text)
    for entry in HARD:
        for word in unicodedata.normalize("NFC", " ".join(entry)).split():
            assert word.strip("()[]") in text, word


def test_every_letter_of_europe_has_a_face_in_every_cut() -> None:
    blocks = ((0x00A0, 0x0180), (0x0218, 0x021C), (0x0370, 0x03E2), (0x03F0, 0x0460), (0x1E00, 0x1EFF))
    for family in ("serif", "sans"):
        for bold in (False, True):
            for start, end in blocks:
                for code in range(start, end):
                    character = chr(code)
                    if unicodedata.category(character)[0] == "L":
                        face: Family = family  # type: ignore[assignment]
                        assert face_for(face, bold, False, character)


@pytest.mark.parametrize(
    ("where", "around"), [("name", "Voorbeeld 𓀀 de Vries"), ("role", "lid 𓀀"), ("letter", "een 𓀀 teken")]
)
def test_a_character_without_a_font_is_named_with_its_place(where: str, around: str) -> None:
    letter = sample_letter(2)
    person = Person(around if where == "name" else "Voorbeeld", around if where == "role" else "lid")
    letter = replace(letter, signatories=(replace(letter.signatories[0], people=(person,)), letter.signatories[1]))
    if where == "letter":
        letter = replace(letter, text=replace(letter.text, salutation=f"Dit is {around} in de brief,"))
    with pytest.raises(DeskError) as caught:
        typeset(letter, silent)
    sentence = str(caught.value)
    assert "𓀀 (U+13000, EGYPTIAN HIEROGLYPH A001)" in sentence and around in sentence


def test_fonts_come_with_licence_and_checksums() -> None:
    folder = Path(str(resource("fonts", "OFL.txt"))).parent
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8").upper()
    lines = [line.split() for line in (folder / "SHA256SUMS").read_text().splitlines()]
    listed = {name.lstrip("*"): digest for digest, name in lines}
    fonts = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.ttf")}
    assert {name: digest for name, digest in listed.items() if name.endswith(".ttf")} == fonts


def _boxes(page: pypdfium2.PdfPage, wanted: str) -> list[tuple[float, float, float, float]]:
    """Where ``wanted`` stands: left, bottom, right, top."""
    text = page.get_textpage()
    search = text.search(wanted)
    found = []
    while (hit := search.get_next()) is not None:
        boxes = [text.get_charbox(place) for place in range(hit[0], sum(hit))]
        found.append(
            (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        )
    return found


def test_an_arabic_letter_runs_from_right_to_left_throughout() -> None:
    document = pypdfium2.PdfDocument(typeset(arabic_letter(), silent))
    width = document[0].get_width()
    first = document[0].get_textpage()
    right = width - LEFT
    body = [first.get_rect(number) for number in range(first.count_rects())]
    # Most lines of the letter end at the column's right edge, and none leaves it.
    column = [box for box in body if box[0] > right - TEXT_WIDTH - 1]
    assert sum(abs(box[2] - right) < 2 for box in column) >= 8
    assert all(box[2] <= right + 1 for box in body)
    # The side column is on the left, the list's dash on the right of its words, the table's first column at the right.
    [(_, _, side, _)] = _boxes(document[0], "رمز الرسالة")[:1]
    assert side < width / 2
    dash, words_of_item = _boxes(document[0], "–")[0], _boxes(document[0], "دعم الناجيات")[0]
    assert dash[0] > words_of_item[2]
    heads = [(key, one) for page in document for key in _boxes(page, "رمز المفتاح") for one in _boxes(page, "المنظمة")]
    assert any(abs(one[1] - key[1]) < 4 and one[0] > key[2] for key, one in heads)


def test_numbers_and_brackets_keep_their_order_in_arabic() -> None:
    found = words.words(typeset(arabic_letter(), silent))
    for phrase in ("رقم 1325 (2000) وبالقرارات", "في 12 مايو 2026"):
        wanted = phrase.split()
        assert any(found[at : at + len(wanted)] == wanted for at in range(len(found))), phrase


def test_plain_styles_have_the_faces_they_name() -> None:
    [atom] = atoms([Run("Vrede", BODY.but(bold=True))], 0, "nl")
    assert atom.shaped.face.name == "NotoSerif-Bold"
