"""A name planted in each place of a PDF is found, and the place is named; a name that is not there is not."""

from __future__ import annotations

import io
import json
import quopri
import re
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from crsv_desk.domain.paper import Attachment, CombinedLetter, Person
from crsv_desk.domain.progress import silent
from crsv_desk.identity.keys import SoftwareKeys
from crsv_desk.pdf.leaks import leaks
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.typeset import typeset
from tests.pdf.sample import logo, sample_letter

ORGANISATION, PERSON = "Réseau Güneş Öst", "Ayşe Brûlée"
NAMES = [ORGANISATION, PERSON]


def in_file(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(typeset(sample_letter(3), silent))) as pdf:
        change(pdf)
        output = io.BytesIO()
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return output.getvalue()


def in_letter(change: Callable[[CombinedLetter], CombinedLetter]) -> bytes:
    return typeset(change(sample_letter(3)), silent)


def attached(name: str, data: bytes, description: str = "") -> Callable[[CombinedLetter], CombinedLetter]:
    return lambda letter: replace(letter, attachments=(Attachment(name, data, "text/plain", description),))


def test_a_clean_letter_is_clean() -> None:
    assert leaks(typeset(sample_letter(40, withheld=3), silent), NAMES) == ()


def archive(packing: int, name: str = "a.txt", text: str = ORGANISATION) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", packing) as made:
        made.writestr(name, text.upper())
    return output.getvalue()


def worded_picture() -> bytes:
    """A PNG with a compressed comment."""
    output, words = io.BytesIO(), PngInfo()
    words.add_itxt("Comment", f"Foto van {ORGANISATION}", zip=True)
    Image.new("RGB", (9, 9)).save(output, "PNG", pnginfo=words)
    return output.getvalue()


def _signatory(**fields: object) -> Callable[[CombinedLetter], CombinedLetter]:
    def change(letter: CombinedLetter) -> CombinedLetter:
        return replace(letter, signatories=(replace(letter.signatories[0], **fields), *letter.signatories[1:]))  # type: ignore[arg-type]

    return change


PAGES: dict[str, Callable[[CombinedLetter], CombinedLetter]] = {
    "text of a page": _signatory(people=(Person(PERSON, "directeur"),)),
    "upper case": _signatory(people=(Person(PERSON.upper(), "directeur"),)),
    "reservation": _signatory(reservation=f"Na overleg met {PERSON}."),
    "title": lambda letter: replace(letter, text=replace(letter.text, subject=f"Brief met {ORGANISATION}")),
    "attachment": attached("a.txt", f"x {ORGANISATION} y".encode()),
    "attachment in UTF-16": attached("a.txt", ORGANISATION.encode("utf-16-le")),
    "attachment in Latin-1": attached("a.txt", "Brûlée, Ayse; Reseau Gunes Ost".encode("latin-1")),
    "attachment in base64": attached("a.txt", b"ab" + b64encode(b"xy" + ORGANISATION.encode() + b"z")),
    "attachment in hexadecimal": attached("a.txt", ORGANISATION.encode().hex().encode()),
    "attachment decomposed": attached("a.txt", "Re\u0301seau Gu\u0308nes\u0327 O\u0308st".encode()),
    "attachment in capitals, in base64": attached("a.txt", b"ab" + b64encode(PERSON.upper().encode() * 2)),
    "attachment in base64 twice": attached("a.txt", b64encode(b64encode(b"xyz " + ORGANISATION.upper().encode()))),
    "attachment as JSON": attached("a.json", json.dumps({"x": ORGANISATION}).encode()),
    "attachment as JSON, escaped in capitals": attached(
        "a.json", json.dumps(PERSON).upper().replace("\\U", "\\u").encode()
    ),
    "attachment as XML": attached("a.xml", ORGANISATION.encode("ascii", "xmlcharrefreplace")),
    "attachment as an address": attached("a.txt", f"https://example.org/?q={quote(ORGANISATION)}".encode()),
    "attachment as quoted-printable": attached("a.eml", quopri.encodestring(PERSON.encode())),
    "attachment without spaces": attached("a.txt", b"reseaugunesost"),
    "attachment with hyphens": attached("a.txt", b"reseau-gunes-ost"),
    "attached archive": attached("a.zip", archive(zipfile.ZIP_DEFLATED)),
    "attached archive that stores": attached("a.zip", archive(zipfile.ZIP_STORED)),
    "name in an attached archive": attached("a.zip", archive(zipfile.ZIP_DEFLATED, f"{ORGANISATION}.txt", "x")),
    "words in an attached picture": attached("a.png", worded_picture()),
    "attached certificate in hexadecimal": attached("a.txt", b"3082" + PERSON.upper().encode().hex().encode()),
    "name of an attachment": attached(f"{ORGANISATION}.txt", b""),
    "description of an attachment": attached("a.txt", b"", f"van {ORGANISATION}"),
}


@pytest.mark.parametrize("place", PAGES)
def test_what_the_letter_brings_in_is_found(place: str) -> None:
    found = leaks(in_letter(PAGES[place]), NAMES)
    assert found
    assert not any(name in sentence for name in NAMES for sentence in found)


def _xmp(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes().replace(b"</dc:format>", f"</dc:format><!-- {PERSON} -->".encode())
    pdf.Root.Metadata = pdf.make_stream(data, Type=Name.Metadata, Subtype=Name.XML)


def _info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Note"] = PERSON


def _alternative(pdf: pikepdf.Pdf) -> None:
    figure = next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == "/Figure")
    figure.Alt = f"Logo van {ORGANISATION}"


def _actual_text(pdf: pikepdf.Pdf) -> None:
    paragraph = next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == "/P")
    paragraph.ActualText = ORGANISATION


def _bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Title = ORGANISATION


def _annotation(pdf: pikepdf.Pdf) -> None:
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=PERSON))
    pdf.pages[0].obj["/Annots"] = Array([note])


def _unused_object(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = Dictionary(Left=Dictionary(Over=PERSON))


def _picture(pdf: pikepdf.Pdf) -> None:
    image = next(one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")
    image.write(ORGANISATION.encode() + bytes(100))


def _hidden_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = Dictionary(Left=pdf.make_stream(f"memo {PERSON}".encode()))


def _beside_the_page(pdf: pikepdf.Pdf) -> None:
    """Drawn where no reader shows it, with letters of the page's own font."""
    _drawn(pdf, b"BT /%b 9 Tf 1 0 0 1 -900 -900 Tm %b Tj ET")


def _invisible(pdf: pikepdf.Pdf) -> None:
    _drawn(pdf, b"BT 3 Tr /%b 9 Tf 1 0 0 1 90 90 Tm %b Tj ET")


def _split(pdf: pikepdf.Pdf) -> None:
    """A letter at a time, each by an operator of its own."""
    _drawn(pdf, b"BT /%b 9 Tf 1 0 0 1 90 90 Tm %b Tj ET", apart=True)


def _drawn_by_an_annotation(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    font, codes = _codes(pdf)
    content = b"BT /%b 9 Tf 1 0 0 1 2 2 Tm <%b> Tj ET" % (font.encode(), b"".join(codes))
    look = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]),
                           Resources=page.Resources)  # fmt: skip
    note = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([90, 90, 290, 110]), F=4, AP=Dictionary(N=look))
    )
    page.obj["/Annots"] = Array([note])


def _drawn(pdf: pikepdf.Pdf, form: bytes, apart: bool = False) -> None:
    font, codes = _codes(pdf)
    shown = b"> Tj <".join(codes) if apart else b"".join(codes)
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + form % (font.encode(), b"<" + shown + b">"))


def _codes(pdf: pikepdf.Pdf) -> tuple[str, list[bytes]]:
    """A font of the first page that has every letter of ``DRAWN``, and their codes in it."""
    for name, font in pdf.pages[0].Resources.Font.items():
        table = font.ToUnicode.read_bytes().decode()
        known = {}
        for line in table.splitlines():
            if re.fullmatch(r"(<\w{4}> *){2,3}", line):
                first, *_end, text = re.findall(r"\w{4}", line)
                known[bytes.fromhex(text).decode("utf-16-be")] = first
        if set(DRAWN) <= set(known):
            return str(name)[1:], [known[letter].encode() for letter in DRAWN]
    raise AssertionError("no font has these letters")


DRAWN = "gerda ontmoet"
DRAWINGS = [_beside_the_page, _invisible, _split, _drawn_by_an_annotation]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_what_is_drawn_anywhere_is_found(draw: Callable[[pikepdf.Pdf], None]) -> None:
    assert leaks(in_file(lambda pdf: None), [DRAWN]) == ()
    assert leaks(in_file(draw), [DRAWN])


def _element_title(pdf: pikepdf.Pdf) -> None:
    part = next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == "/Part")
    part.T = ORGANISATION


def _author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = PERSON


FILES = [
    _xmp,
    _info,
    _author,
    _element_title,
    _alternative,
    _actual_text,
    _bookmark,
    _annotation,
    _unused_object,
    _picture,
    _hidden_stream,
]


@pytest.mark.parametrize("plant", FILES)
def test_what_is_planted_in_the_file_is_found(plant: Callable[[pikepdf.Pdf], None]) -> None:
    assert leaks(in_file(plant), NAMES)
    assert not leaks(in_file(plant), ["Stichting Iets Heel Anders"])


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        (_xmp, "the document's metadata"),
        (_author, "the document's metadata"),
        (_element_title, "the document's structure"),
        (_alternative, "an alternative text"),
        (_picture, "in a picture"),
        (_hidden_stream, "the content of a page"),
    ],
)
def test_the_place_in_the_file_is_named(plant: Callable[[pikepdf.Pdf], None], place: str) -> None:
    assert any(place in sentence for sentence in leaks(in_file(plant), NAMES))


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("text of a page", "the text of page 4"),
        ("title", "the document's metadata"),
        ("attachment", "in an attached file"),
        ("attached archive", "in an attached file"),
        ("name of an attachment", "the name or description of an attached file"),
    ],
)
def test_the_place_in_the_letter_is_named(place: str, named: str) -> None:
    assert any(named in sentence for sentence in leaks(in_letter(PAGES[place]), NAMES))


def test_an_earlier_revision_is_looked_at_too() -> None:
    pdf = typeset(sample_letter(3), silent)
    assert leaks(pdf + f"\n999 0 obj\n({PERSON})\nendobj\n".encode(), [PERSON]) or leaks(
        pdf + b"\n999 0 obj\n<" + PERSON.encode("utf-16-be").hex().encode() + b">\nendobj\n", [PERSON]
    )


def test_a_certificate_is_looked_at() -> None:
    """DER holds names as they are."""
    der = b"0\x20\x06\x03U\x04\x0a\x0c\x10" + ORGANISATION.encode()
    assert leaks(in_letter(attached("a.p7s", der)), [ORGANISATION])


def test_the_seals_certificate_is_looked_at() -> None:
    """It stands in the file as figures, and a name in it may be in capitals."""
    sealed = PdfPaper().seal(
        typeset(sample_letter(1), silent), SoftwareKeys().new(ORGANISATION.upper()), "2026-05-26T08:00:00Z"
    )
    assert leaks(sealed, [ORGANISATION]) == ("It stands in the seal or in its certificate.",)
    assert not leaks(sealed, [PERSON])


def test_a_public_name_may_hold_a_withheld_one() -> None:
    longer = f"Steun aan {ORGANISATION} en omgeving"
    letter = in_letter(_signatory(organisation=longer))
    assert leaks(letter, [ORGANISATION]) and not leaks(letter, [ORGANISATION], [longer])
    apart = in_letter(lambda one: replace(_signatory(organisation=longer)(one), place=ORGANISATION))
    assert leaks(apart, [ORGANISATION], [longer])


def test_a_quoted_name_may_stand_in_the_text_but_in_no_other_file() -> None:
    text = f"Brief over {ORGANISATION}".encode()
    quoting = in_letter(attached("letter.md", text))
    assert not leaks(quoting, [], (), [ORGANISATION], [text])
    assert leaks(quoting, [], (), [ORGANISATION], [])


def test_what_was_searched_before_is_searched_anew_for_anything_else() -> None:
    longer, text = f"Steun aan {ORGANISATION} en omgeving", f"Brief over {ORGANISATION}".encode()
    pdf, quoting = in_letter(_signatory(organisation=longer)), in_letter(attached("letter.md", text))
    assert not leaks(pdf, [PERSON]) and not leaks(pdf, [ORGANISATION], [longer])
    assert not leaks(quoting, [], (), [ORGANISATION], [text])
    for _ in range(2):
        assert leaks(pdf, [ORGANISATION]) and leaks(quoting, [], (), [ORGANISATION])
        assert leaks(quoting, [ORGANISATION], (), (), [text])


def test_a_short_name_is_a_word_and_not_a_part_of_one() -> None:
    assert not leaks(typeset(sample_letter(1), silent), ["Ond", "Anna"])
    assert leaks(in_letter(_signatory(people=(Person("Anna", "directeur"),))), ["Anna"])


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_base64_is_seen_through_wherever_the_name_begins(before: bytes, after: bytes) -> None:
    from crsv_desk.pdf.leaks import _in_bytes, _wanted

    assert _in_bytes(b64encode(before + ORGANISATION.encode() + after), [_wanted(ORGANISATION)])


def test_logos_and_compressed_pages_give_no_false_alarm() -> None:
    noise = zlib.compress(logo(3))
    assert not leaks(in_letter(attached("a.bin", noise)), ["Abcdefgh"])
