"""A name planted in each place of a PDF is found, and the place is named; a name that is not there is not."""

from __future__ import annotations

import io
import zlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from crsv_desk.domain.paper import Attachment, CombinedLetter, Person
from crsv_desk.domain.progress import silent
from crsv_desk.pdf.leaks import leaks
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


FILES = [_xmp, _info, _alternative, _actual_text, _bookmark, _annotation, _unused_object, _picture, _hidden_stream]


@pytest.mark.parametrize("plant", FILES)
def test_what_is_planted_in_the_file_is_found(plant: Callable[[pikepdf.Pdf], None]) -> None:
    assert leaks(in_file(plant), NAMES)
    assert not leaks(in_file(plant), ["Stichting Iets Heel Anders"])


def test_an_earlier_revision_is_looked_at_too() -> None:
    pdf = typeset(sample_letter(3), silent)
    assert leaks(pdf + f"\n999 0 obj\n({PERSON})\nendobj\n".encode(), [PERSON]) or leaks(
        pdf + b"\n999 0 obj\n<" + PERSON.encode("utf-16-be").hex().encode() + b">\nendobj\n", [PERSON]
    )


def test_a_certificate_is_looked_at() -> None:
    """DER holds names as they are."""
    der = b"0\x20\x06\x03U\x04\x0a\x0c\x10" + ORGANISATION.encode()
    assert leaks(in_letter(attached("a.p7s", der)), [ORGANISATION])


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
