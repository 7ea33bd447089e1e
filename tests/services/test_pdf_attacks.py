"""Files made from a good sealed PDF to say something else, each made here, with what the check says of it and why."""

from __future__ import annotations

import asyncio
import io
import re
import subprocess
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import (
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    VisibleSigSettings,
    append_signature_field,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.stamp.noop import NoOpStampStyle

from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.domain.seal import SealChoice
from crsv_desk.domain.statements import Closing, Row
from crsv_desk.pdf import measures, opening
from crsv_desk.pdf.authority import Authority
from crsv_desk.pdf.measures import mm
from crsv_desk.pdf.seal import Revision
from crsv_desk.pdf.sealing_keys import KeySigner
from crsv_desk.pdf.typeset import typeset
from crsv_desk.pdf.words import page_texts
from crsv_desk.services.book import issue, seen
from crsv_desk.services.closing import Decision, decide
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.compile import compile_letter, extend_seal
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.identity import own_identity
from crsv_desk.services.publish import publish
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.telling import lines
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify
from tests.pdf.authorities import Authorities, authorities
from tests.services.judged import Judged
from tests.services.world import LETTER, coalition
from tests.tools import need

AFTER = "after it was sealed"
NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@dataclass
class Case(Judged):
    pages: bytes
    """Before its seal."""
    pdf: bytes
    stamped: bytes
    """At B-LT."""
    archived: bytes
    """At B-LTA."""
    authority: Authorities
    sent: CombinedLetter
    """What the pages were set from; some tests change what they would be set from now."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("coalition"), NAMES) as here, authorities() as authority:
        here.signed()
        desk, dossier, url = here.secretariat.desk, here.secretariat.dossier, authority.url + "/stamp"
        pdf = compile_letter(desk, dossier).pdf
        judged = Judged(here, here.world.office("Tweede Kamer"))
        letter = judged.letter()
        pages = desk.paper.typeset(letter, silent)
        stamped = compile_letter(desk, dossier, choice=SealChoice(timestamp=url)).pdf
        archived = extend_seal(desk, Untrusted("brief.pdf", stamped), url)
        yield Case(here, judged.judge, pages, pdf, stamped, archived, authority, letter)


def why(found: Verification) -> str:
    return " ".join(one.sentence for one in found.findings if one.holds is False)


def appended(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """A further revision."""
    writer = Revision(io.BytesIO(pdf), strict=False)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def page(writer: Any, number: int = 0) -> Any:
    return writer.root["/Pages"]["/Kids"][number].get_object()


def test_the_untouched_files_hold(case: Case) -> None:
    for pdf, level in ((case.pdf, "B-B"), (case.stamped, "B-LT"), (case.archived, "B-LTA")):
        found = case.verify(pdf)
        assert found.holds and found.level == level and found.pages == "the same"


# Later revisions -------------------------------------------------------------------------------------------------------


def _hide(writer: Any) -> None:
    """Shadow attack, hide: what lay over the page is gone."""
    content = page(writer).raw_get("/Contents")
    writer.objects[content.generation, content.idnum] = generic.NullObject()


def _replace(writer: Any) -> None:
    """Shadow attack, replace: letters of a font are drawn as others."""
    font = next(iter(page(writer)["/Resources"]["/Font"].values())).get_object()
    tables = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    tables[pdf_name("/FontFile2")] = writer.add_object(generic.StreamObject(stream_data=b"\0" * 99))
    writer.mark_update(tables.container_ref)


def _other_content(writer: Any) -> None:
    """Shadow attack, hide and replace, in its plainest form: the page has another content."""
    page(writer)[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(page(writer).container_ref)


def _other_pages(writer: Any) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].pop()
    pages[pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
    writer.mark_update(pages.container_ref)


def _note(writer: Any, **more: Any) -> None:
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (70, 500, 500, 700))),
            pdf_name("/Contents"): generic.TextStringObject("Wij trekken dit in."),
            pdf_name("/F"): generic.NumberObject(4),
        }
    )
    page(writer)[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.mark_update(page(writer).container_ref)


def _field(writer: Any) -> None:
    field = generic.DictionaryObject(
        {pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.TextStringObject("naam"),
         pdf_name("/V"): generic.TextStringObject("anders")}
    )  # fmt: skip
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(field))
    writer.mark_update(form.container_ref)


def _in_catalog(key: str, value: Any) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        writer.root[pdf_name(key)] = value
        writer.update_root()

    return change


def _action(kind: str) -> Any:
    key = {"JavaScript": "/JS", "Launch": "/F", "URI": "/URI"}[kind]
    return generic.DictionaryObject(
        {pdf_name("/S"): pdf_name(f"/{kind}"), pdf_name(key): generic.TextStringObject("app.alert(1)")}
    )


def _script_by_name(writer: Any) -> None:
    names = writer.root["/Names"]
    tree = generic.DictionaryObject(
        {pdf_name("/Names"): generic.ArrayObject([generic.TextStringObject("x"), _action("JavaScript")])}
    )
    names[pdf_name("/JavaScript")] = tree
    writer.update_container(names)


def _attachments(writer: Any) -> None:
    files = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    files[1], files[3] = files.raw_get(3), files.raw_get(1)
    writer.update_container(files)


def _attachment_bytes(writer: Any) -> None:
    stream = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"].raw_get("/F")
    writer.objects[stream.generation, stream.idnum] = generic.StreamObject(stream_data=b"anders")


def _metadata(writer: Any) -> None:
    metadata = generic.StreamObject(stream_data=b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    writer.root[pdf_name("/Metadata")] = writer.add_object(metadata)
    writer.update_root()


def _no_seal(writer: Any) -> None:
    """The seal's field is emptied, so that a reader shows nothing."""
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field["/V"]
    writer.mark_update(field.container_ref)


def _in_an_object_stream(writer: Any) -> None:
    """The page again, packed where a quick look at the file does not see it."""
    packed = writer.prepare_object_stream()
    changed = generic.DictionaryObject({**page(writer)})
    changed[pdf_name("/Rotate")] = generic.NumberObject(180)
    packed.add_object(page(writer).container_ref.idnum, changed)
    writer.update_root()  # else nothing would be written


def _upright(writer: Any) -> None:
    """Another size, so that what stood at the edge is not seen."""
    page(writer)[pdf_name("/CropBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 300)))
    writer.mark_update(page(writer).container_ref)


def _alternative_text(writer: Any) -> None:
    """A screen reader says something else than the page shows."""
    part = writer.root["/StructTreeRoot"]["/K"][0].get_object()
    part[pdf_name("/ActualText")] = generic.TextStringObject("Wij trekken deze brief in.")
    writer.mark_update(part.container_ref)


def _bookmark_title(writer: Any) -> None:
    first = writer.root["/Outlines"]["/First"]
    first[pdf_name("/Title")] = generic.TextStringObject("Ingetrokken")
    writer.mark_update(first.container_ref)


def _to_unicode(writer: Any) -> None:
    """Whoever copies or searches finds other letters than those that are drawn."""
    font = next(iter(page(writer)["/Resources"]["/Font"].values())).get_object()
    table = font.raw_get("/ToUnicode")
    writer.objects[table.generation, table.idnum] = generic.StreamObject(stream_data=b"begincmap endcmap")


def _two_of_one_name(writer: Any) -> None:
    files = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    files += [files[0], files.raw_get(3)]
    writer.update_container(files)


def _store_of_old_objects(writer: Any) -> None:
    """A store of validation data that says that a page's content is a certificate, and gives it anew as one."""
    content = page(writer).raw_get("/Contents")
    writer.objects[content.generation, content.idnum] = generic.StreamObject(stream_data=b"BT ET")
    writer.root[pdf_name("/DSS")] = writer.add_object(
        generic.DictionaryObject({pdf_name("/Certs"): generic.ArrayObject([content])})
    )
    writer.update_root()


LATER: dict[str, Callable[[Any], None]] = {
    "an object stream": _in_an_object_stream,
    "a smaller page": _upright,
    "what a screen reader says": _alternative_text,
    "a bookmark": _bookmark_title,
    "what copying finds": _to_unicode,
    "a store that is a page": _store_of_old_objects,
    "page labels": _in_catalog("/PageLabels", generic.DictionaryObject()),
    "how a reader opens it": _in_catalog("/ViewerPreferences", generic.DictionaryObject()),
    "another language": _in_catalog("/Lang", generic.TextStringObject("en")),
    "shadow: hide": _hide,
    "shadow: replace": _replace,
    "shadow: hide and replace": _other_content,
    "a page less": _other_pages,
    "a note over the text": _note,
    "a form field": _field,
    "a script when it opens": _in_catalog("/OpenAction", _action("JavaScript")),
    "a program when it opens": _in_catalog("/OpenAction", _action("Launch")),
    "actions of the document": _in_catalog("/AA", generic.DictionaryObject({pdf_name("/WC"): _action("URI")})),
    "a script by name": _script_by_name,
    "attachments swapped": _attachments,
    "an attachment replaced": _attachment_bytes,
    "metadata": _metadata,
    "the seal's field emptied": _no_seal,
    "layers": _in_catalog("/OCProperties", generic.DictionaryObject()),
    "no longer tagged": _in_catalog("/MarkInfo", generic.DictionaryObject()),
    "an object for nothing": lambda writer: writer.add_object(generic.TextStringObject("memo")) and None,
}


@pytest.mark.parametrize("attack", LATER)
@pytest.mark.parametrize("start", ["pdf", "archived"])
def test_whatever_comes_after_the_seal_is_refused(case: Case, attack: str, start: str) -> None:
    found = case.verify(appended(getattr(case, start), LATER[attack]))
    assert not found.whole and not found.holds
    if attack == "the seal's field emptied":
        assert "no seal" in why(found)
    else:
        assert AFTER in why(found) and found.conclusion == "changed"


FOREIGN = "does not belong"
SHARED = "every page shares"
STAMPED = {
    "shadow: hide and replace": AFTER,
    "shadow: replace": AFTER,
    "a note over the text": AFTER,
    "a script when it opens": AFTER,
    "an object for nothing": FOREIGN,
    "metadata": SHARED,
    "no longer tagged": SHARED,
}
"""The library takes the last three for validation data."""


@pytest.mark.parametrize("attack", STAMPED)
def test_a_timestamp_over_a_changed_file_heals_nothing(
    case: Case, attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last revision is a good document timestamp that covers all of it."""
    changed = appended(case.pdf, LATER[attack])
    stamped = case.here.secretariat.desk.paper.extend(changed, case.authority.url + "/stamp")
    found = case.verify(stamped)
    assert not found.whole and STAMPED[attack] in why(found)
    # Nor where the pages cannot be set again.
    monkeypatch.setattr(type(case.judge.desk.paper), "fonts_digest", lambda self: "0" * 64)
    found = case.verify(stamped)
    assert not found.whole and found.conclusion == "changed" and STAMPED[attack] in why(found)


def test_an_honest_timestamp_does_where_the_pages_cannot_be_set_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(case.judge.desk.paper), "fonts_digest", lambda self: "0" * 64)
    assert case.verify(case.archived).whole


def test_a_timestamps_field_shows_nothing_on_a_page(case: Case) -> None:
    stamper = PdfTimeStamper(
        Authority(case.authority.url + "/stamp"),
        "Timestamp-9",
        invis_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=False),
    )
    output = stamper.timestamp_pdf(Revision(io.BytesIO(case.pdf)), "sha256")
    found = case.verify(output.getvalue())
    assert not found.whole and "Page 1" in why(found)


def test_a_timestamp_of_another_file_is_none_of_this(case: Case) -> None:
    """The token is changed for one that the same authority gave for something else."""
    tokens = [bytes.fromhex(one.decode()) for one in re.findall(rb"/Contents <([0-9A-Fa-f]+)>", case.archived)]
    other = extend_seal(case.here.secretariat.desk, Untrusted("x", case.pdf), case.authority.url + "/stamp")
    foreign = re.findall(rb"/Contents <([0-9A-Fa-f]+)>", other)[-1]
    mine = re.findall(rb"/Contents <([0-9A-Fa-f]+)>", case.archived)[-1]
    assert len(tokens) == 2
    size = len(mine)
    changed = case.archived.replace(mine, foreign.rstrip(b"0").ljust(size, b"0")[:size])
    assert not case.verify(changed).whole


@pytest.mark.parametrize("start", ["pdf", "archived"])
def test_two_files_of_one_name_are_refused(case: Case, start: str) -> None:
    found = case.verify(appended(getattr(case, start), _two_of_one_name))
    assert not found.holds and "Two files of the name" in why(found)


def test_an_encrypted_file_is_no_combined_pdf(case: Case, tmp_path: Path) -> None:
    """Not even with an empty password, which readers open without asking."""
    encrypted = _by("qpdf", "--encrypt", "", "x", "256", "--", "{in}", "{out}")(case.pdf, tmp_path)
    found = case.verify(encrypted)
    assert not found.holds and "encrypted" in f"{found.verdict} {why(found)}"


def _later_table(case: Case, entries: bytes, extra: bytes = b"") -> bytes:
    """A further table of objects in plain text, without an object."""
    base = int(re.findall(rb"startxref\s+(\d+)", case.pdf)[-1])
    reader = PdfFileReader(io.BytesIO(case.pdf))
    size, root = reader.trailer.raw_get("/Size"), reader.trailer.raw_get("/Root").idnum
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, base, extra, len(case.pdf),
    )  # fmt: skip
    return case.pdf + b"xref\n" + entries + trailer


@pytest.mark.parametrize("trick", ["freed", "another generation", "moved", "two tables", "another catalog"])
def test_a_later_table_alone_changes_nothing_unseen(case: Case, trick: str) -> None:
    content = PdfFileReader(io.BytesIO(case.pdf)).root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    other = PdfFileReader(io.BytesIO(case.pdf)).root["/Pages"]["/Kids"][1].raw_get("/Contents").idnum
    place = case.pdf.index(b"\n%d 0 obj" % other) + 1
    entries = {
        "freed": b"0 1\n%010d 65535 f \n%d 1\n0000000000 00001 f \n" % (content, content),
        "another generation": b"0 1\n0000000000 65535 f \n%d 1\n%010d 00001 n \n" % (content, place),
        "moved": b"0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (content, place),
    }.get(trick, b"0 1\n0000000000 65535 f \n")
    extra = {"two tables": b"/XRefStm 9", "another catalog": b"/Root %d 0 R" % content}.get(trick, b"")
    verify_or_refused(case, _later_table(case, entries, extra))


def test_a_second_signature_after_the_seal_is_refused(case: Case) -> None:
    signer = own_identity(case.judge.desk).signer
    metadata = PdfSignatureMetadata(field_name="Other", md_algorithm="sha256")
    writer = Revision(io.BytesIO(case.pdf))
    with pytest.raises(SigningError):  # the seal forbids it, so the library does not do it ...
        PdfSigner(metadata, signer=KeySigner(signer.certificate.der, signer.sign)).sign_pdf(writer)
    writer = Revision(io.BytesIO(case.pdf))
    append_signature_field(
        writer, SigFieldSpec("Other", box=(10, 10, 200, 80), visible_sig_settings=VisibleSigSettings())
    )
    field = writer.root["/AcroForm"]["/Fields"][-1].get_object()
    field[pdf_name("/V")] = writer.root["/AcroForm"]["/Fields"][0].get_object().raw_get("/V")
    output = io.BytesIO()
    writer.write(output)  # ... but somebody may show the seal in a second place
    assert not case.verify(output.getvalue()).whole


# The seal's own bytes --------------------------------------------------------------------------------------------------


def contents(pdf: bytes) -> tuple[int, int]:
    """Where the seal's signature begins and ends, without its brackets."""
    match = re.search(rb"/Contents <([0-9A-Fa-f]+)>", pdf)
    assert match is not None
    return match.start(1), match.end(1)


@pytest.mark.parametrize("filler", [b"41", b"  ", b"\n\n", b">\n", b"0>"])
def test_the_gap_holds_the_signature_and_zeros_alone(case: Case, filler: bytes) -> None:
    """These bytes are covered by nothing."""
    _start, end = contents(case.pdf)
    assert case.pdf[end - 2 : end] == b"00"
    changed = case.pdf[: end - 2] + filler + case.pdf[end:]
    found = verify_or_refused(case, changed)
    assert not found.whole


def verify_or_refused(case: Case, untrusted_pdf: bytes) -> Verification:
    found = case.verify(untrusted_pdf)
    assert not found.holds
    return found


@pytest.mark.parametrize(
    "change",
    [
        (rb"/ByteRange \[0 (\d+) ", rb"/ByteRange [1 \1 "),
        (rb"/ByteRange \[0 ", rb"/ByteRange [-0 "),
        (rb"/ByteRange", rb"/ByteRangX"),
        (rb"/ETSI.CAdES.detached", rb"/adbe.pkcs7.detached"),
        (rb"/Contents <", rb"/Contentx <"),
    ],
)
def test_the_signature_dictionary_is_as_it_was_signed(case: Case, change: tuple[bytes, bytes]) -> None:
    assert re.search(change[0], case.pdf)
    verify_or_refused(case, re.sub(change[0], change[1], case.pdf))


@pytest.mark.parametrize(
    "numbers", ["0 {all} 0 0", "0 {a} {b} 0", "0 {a} {a} {rest}", "0 0 {b} {c}", "0 {a} {b} {c} 0 0", "0 {a}"]
)
def test_byte_ranges_cover_all_but_the_signature(case: Case, numbers: str) -> None:
    """Overlapping, empty, too many: signed anew by whoever seals, so that the digest is right where it can be."""
    verify_or_refused(case, resealed(case, numbers))


def resealed(case: Case, numbers: str) -> bytes:
    """The seal's signature made again over other byte ranges, by the secretariat's own key."""
    start, end = contents(case.pdf)
    first, second = start - 1, end + 1
    values = {"a": first, "b": second, "c": len(case.pdf) - second, "all": len(case.pdf), "rest": len(case.pdf) - first}
    old = re.search(rb"/ByteRange \[[^\]]*\]", case.pdf)
    assert old is not None
    new = b"/ByteRange [" + numbers.format(**values).encode() + b"]"
    assert len(new) <= len(old[0]) + 20
    padded = new.ljust(len(old[0])) if len(new) <= len(old[0]) else new
    if len(padded) != len(old[0]):
        return case.pdf.replace(old[0], padded)  # the offsets move: broken in more than one way
    changed = case.pdf.replace(old[0], padded)
    parts = [int(one) for one in numbers.format(**values).split()]
    covered = b"".join(changed[parts[n] : parts[n] + parts[n + 1]] for n in range(0, len(parts) - 1, 2))
    return changed[:start] + signature_over(case, covered).hex().encode().ljust(end - start, b"0") + changed[end:]


def signature_over(case: Case, covered: bytes) -> bytes:
    signer = own_identity(case.here.secretariat.desk).signer
    key = KeySigner(signer.certificate.der, signer.sign)
    made = asyncio.run(key.async_sign(sha256(covered).digest(), "sha256", use_pades=True))
    done: bytes = made.dump()
    return done


def test_a_wrapped_signature_is_refused(case: Case) -> None:
    """Signature wrapping: the two signed parts are pulled apart, and where the signed end of the file looks for its table
    of objects now lies another one, with another page and the seal's dictionary again, its byte ranges set right."""
    pdf = case.stamped
    start, end = contents(pdf)
    first, rest = pdf[: start - 1], pdf[end + 1 :]
    signature = b"<" + pdf[start:end].rstrip(b"0") + b"0>"
    table_at, base_table = (int(re.findall(rb"startxref\s+(\d+)", pdf)[place]) for place in (-1, 0))
    reader = PdfFileReader(io.BytesIO(pdf))
    form, root = reader.root["/AcroForm"], reader.trailer.raw_get("/Root").idnum
    field, seal = form["/Fields"].raw_get(0).idnum, form["/Fields"][0].raw_get("/V").idnum
    content = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    old = {number: pdf.rindex(b"\n%d 0 obj" % number) + 1 for number in (field, root)}
    head = pdf[pdf.rindex(b"\n%d 0 obj" % seal) + 1 : start - 1]
    tail = rest[: rest.index(b"endobj") + 7]

    def wrapped(second: int) -> bytes:
        ranges = b"/ByteRange [0 %d %d %d]" % (len(first), second, len(rest))
        page = b"\n%d 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n" % content
        again = head + signature + re.sub(rb"/ByteRange \[[^\]]*\] *", ranges, tail)
        places = {content: len(first) + 1, seal: len(first) + len(page), **old}
        entries = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items()))
        trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (reader.trailer.raw_get("/Size"), root, base_table)
        before = first + page + again
        assert len(before) <= table_at
        return before + b" " * (table_at - len(before)) + b"xref\n" + entries + trailer + rest

    second = len(wrapped(10**5)) - len(rest)
    evil = wrapped(second)
    [naive] = PdfFileReader(io.BytesIO(evil), strict=False).embedded_regular_signatures
    signed = {one["type"].native: one["values"][0].native for one in naive.signer_info["signed_attrs"]}
    assert naive.compute_digest() == signed["message_digest"]  # the mathematics alone are content
    found = case.verify(evil)
    assert not found.whole and not found.holds


@pytest.mark.parametrize("end", ["older table", "table of its own", "two ends", "before the file", "in the middle"])
def test_another_table_of_objects_is_refused(case: Case, end: str) -> None:
    base = int(re.findall(rb"startxref\s+(\d+)", case.pdf)[0])
    tails = {
        "older table": b"startxref\n%d\n%%%%EOF\n" % base,
        "table of its own": b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (base, len(case.pdf)),
        "two ends": b"%%EOF\n%%EOF\n",
    }
    if end == "before the file":
        changed = b"%PDF-1.4\n%\n" + case.pdf
    elif end == "in the middle":
        at = case.pdf.index(b"%%EOF") + 6
        changed = case.pdf[:at] + b"1 0 obj\n<<>>\nendobj\n" + case.pdf[at:]
    else:
        changed = case.pdf + tails[end]
    verify_or_refused(case, changed)


# What whoever seals could hide -----------------------------------------------------------------------------------------


def _second_tree(writer: Any) -> None:
    """Hide and replace: other pages wait in the sealed revision, reached from nowhere yet."""
    other = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Page"), pdf_name("/Parent"): writer.root.raw_get("/Pages")}
    )
    writer.add_object(other)


def _behind_the_seal(writer: Any) -> None:
    """Reached from the catalog's own keys that a seal may add."""
    writer.root[pdf_name("/Extensions")] = writer.add_object(
        generic.DictionaryObject({pdf_name("/X"): generic.TextStringObject("memo")})
    )
    writer.update_root()


HIDDEN: dict[str, Callable[[Any], None]] = {
    "pages that wait": _second_tree,
    "something below a key of the seal": _behind_the_seal,
    "a script": _in_catalog("/OpenAction", _action("JavaScript")),
    "a note": _note,
    "a form field": _field,
    "another content": _other_content,
    "a lost layer": _in_catalog("/OCProperties", generic.DictionaryObject()),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_what_is_hidden_under_a_good_seal_is_found(case: Case, what: str) -> None:
    found = verify_or_refused(case, case.seal(appended(case.pages, HIDDEN[what])))
    assert not found.whole and found.pages != "the same"


def test_no_object_of_the_pages_can_be_another(case: Case) -> None:
    """Whatever it is: a page's content, a font, an alternative text, a bookmark, a link, a file, the metadata."""
    reader = PdfFileReader(io.BytesIO(case.pages))
    objects = {
        one.idnum: one.get_object()
        for one in sorted(reader.xrefs.explicit_refs_in_revision(0), key=lambda one: one.idnum)
    }
    looked_at = [number for number, one in objects.items() if one.get("/Type") not in ("/XRef", "/ObjStm")][::3]
    assert len(looked_at) > 60
    for number in looked_at:

        def change(writer: Any, number: int = number) -> None:
            value: Any = writer.get_object(generic.Reference(number, 0, writer))
            if isinstance(value, generic.StreamObject):
                writer.objects[0, number] = generic.StreamObject({**value}, stream_data=value.data + b" ")
            else:
                value[pdf_name("/Lang")] = generic.TextStringObject("en")
                writer.objects[0, number] = value

        assert case.judge.desk.paper.differences(appended(case.pages, change), case.pages), objects[number]


SEALS: dict[str, tuple[dict[str, Any], str]] = {
    "with a reason": ({"reason": "Ingetrokken"}, "does not belong"),
    "with a place": ({"location": "Den Haag"}, "does not belong"),
    "with a name": ({"name": "Tweede Kamer"}, "does not belong"),
    "that lets forms be filled": ({"docmdp_permissions": MDPPerm.FILL_FORMS}, "does not forbid later changes"),
    "that lets notes be added": ({"docmdp_permissions": MDPPerm.ANNOTATE}, "does not forbid later changes"),
    "that certifies nothing": ({"certify": False}, "does not forbid later changes"),
    "of an older kind": ({"subfilter": SigSeedSubFilter.ADOBE_PKCS7_DETACHED}, "does not fit the file"),
}


@pytest.mark.parametrize("kind", SEALS)
def test_another_seal_than_the_one_that_a_combined_pdf_bears(case: Case, kind: str) -> None:
    """By the secretariat's own key. Readers show a reason, a place and a name beside it, and heed what it allows."""
    changed, sentence = SEALS[kind]
    signer = own_identity(case.here.secretariat.desk).signer
    usual = {"subfilter": SigSeedSubFilter.PADES, "certify": True, "docmdp_permissions": MDPPerm.NO_CHANGES}
    metadata = PdfSignatureMetadata(field_name="Secretariat", md_algorithm="sha256", **{**usual, **changed})
    sealing = PdfSigner(metadata, signer=KeySigner(signer.certificate.der, signer.sign), stamp_style=NoOpStampStyle())
    output = sealing.sign_pdf(Revision(io.BytesIO(case.pages)), existing_fields_only=True)
    found = case.verify(output.getvalue())
    assert not found.whole and sentence in why(found)


def _behind(pages: bytes, forged: bytes) -> bytes:
    """``forged`` behind ``pages``, with a table of its own that leads back to nothing: readers see ``forged`` alone."""
    start = int(re.findall(rb"startxref\s+(\d+)", forged)[-1])
    head, data = forged[start:].split(b"stream\n", 1)
    length = re.search(rb"/Length (\d+)", head)
    assert length is not None
    rows, table, before = zlib.decompress(data[: int(length[1])]), [], bytes(7)
    for at in range(0, len(rows), 8):
        before = row = bytes((one + other) & 255 for one, other in zip(rows[at + 1 : at + 8], before, strict=True))
        moved = (int.from_bytes(row[1:5], "big") + len(pages) * (row[0] == 1)).to_bytes(4, "big")
        table.append(row[:1] + moved + row[5:])
    packed = zlib.compress(b"".join(table))
    head = re.sub(rb"/DecodeParms<<[^>]*>>|/Length \d+", b"", head).replace(b"/XRef", b"/XRef/Length %d" % len(packed))
    end = b"stream\n" + packed + b"\r\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(pages) + start)
    return pages + forged[:start] + head + end


@pytest.mark.parametrize("layout", ["known", "foreign"])
def test_the_right_pages_before_others_are_not_what_is_compared(
    case: Case, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file begins with the very bytes that it should, and no reader looks at them."""
    text = replace(case.sent.text, salutation="Geachte vrienden,")
    forged = case.here.secretariat.desk.paper.typeset(replace(case.sent, text=text), silent)
    evil = case.seal(_behind(case.pages, forged))
    assert evil.startswith(case.pages) and "Geachte vrienden" in next(page_texts(evil))
    if layout == "foreign":
        monkeypatch.setattr(type(case.judge.desk.paper), "fonts_digest", lambda self: "0" * 64)
    found = case.verify(evil)
    assert not found.whole and not found.holds
    assert layout == "foreign" or "Page 1" in why(found)


def _listed_twice(pages: bytes, first: bool) -> bytes:
    """A later table lists page 1's content twice: as it was, and as what page 2 says."""
    reader = PdfFileReader(io.BytesIO(pages))
    kids, trailer = reader.root["/Pages"]["/Kids"], reader.trailer
    number, data = kids[0].raw_get("/Contents").idnum, kids[1].raw_get("/Contents").get_object().encoded_data
    evil = b"%d 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%s\r\nendstream\nendobj\n" % (number, len(data), data)
    places = [len(pages), pages.index(b"\n%d 0 obj" % number) + 1][:: 1 if first else -1]
    entries = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for place in places)
    end = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        trailer.raw_get("/Size"), trailer.raw_get("/Root").idnum, trailer.raw_get("/Info").idnum,
        int(re.findall(rb"startxref\s+(\d+)", pages)[-1]), len(pages) + len(evil),
    )  # fmt: skip
    return pages + evil + b"xref\n0 1\n0000000000 65535 f \n" + entries + end


@pytest.mark.parametrize("first", [True, False])
def test_an_object_that_is_listed_twice_is_refused(case: Case, first: bool) -> None:
    """Some readers show what is listed first, others what is listed last."""
    with pytest.MonkeyPatch.context() as patch:  # our own program does not seal such a file
        patch.setattr("pyhanko.pdf_utils.xref.parse_xref_table", opening._unordered)
        evil = case.seal(_listed_twice(case.pages, first))
    verify_or_refused(case, evil)
    with pytest.raises(Refused):
        opening.open_pdf(evil)


def _for_the_web(pages: bytes) -> bytes:
    """A first object by which readers find a table of objects at the beginning of the file; it is listed nowhere."""
    return _behind(b"%PDF-1.7\n1 0 obj\n<</Line#61rized 1/L 99999/H[0 0]/O 1/E 0/N 1/T 0>>\nendobj\n", pages)


def test_a_file_made_for_the_web_is_no_combined_pdf(case: Case) -> None:
    """Readers begin such a file with another table of objects than the last."""
    found = verify_or_refused(case, case.seal(_for_the_web(case.pages)))
    assert FOREIGN in why(found)


def _own_information(pages: bytes) -> bytes:
    """The trailer itself holds what readers show as the file's properties."""
    reader = PdfFileReader(io.BytesIO(pages))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Info<</Title(Ingetrokken)>>/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        reader.trailer.raw_get("/Size"), reader.trailer.raw_get("/Root").idnum,
        int(re.findall(rb"startxref\s+(\d+)", pages)[-1]), len(pages),
    )  # fmt: skip
    return pages + b"xref\n0 1\n0000000000 65535 f \n" + trailer


def test_a_trailer_says_nothing_itself(case: Case) -> None:
    pages = _own_information(case.pages)
    assert case.judge.desk.paper.differences(pages, case.pages)


def test_a_later_timestamps_field_has_no_words(case: Case) -> None:
    """Readers list it by its name; anybody may add one."""
    stamper = PdfTimeStamper(
        Authority(case.authority.url + "/stamp"), "Ingetrokken zie onze website",
        invis_settings=InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True),
    )  # fmt: skip
    found = case.verify(stamper.timestamp_pdf(Revision(io.BytesIO(case.pdf)), "sha256").getvalue())
    assert not found.whole and found.conclusion == "changed"


def test_an_endorsement_of_another_text_does_not_count(tmp_path: Path) -> None:
    """The secretariat prints an organisation below a text that it changed afterwards."""
    with coalition(tmp_path, NAMES[:1]) as here:
        here.signed()
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        old = decide(desk, dossier, "public", Decision()).held.statement
        assert isinstance(old, Closing)
        draft = load_draft(desk, dossier)
        assert draft is not None and "drie dingen" in LETTER
        save_draft(desk, replace(draft, body=draft.body.replace("drie dingen", "vier dingen")))
        publish(desk, dossier)
        here.secretariat.endorse("all")
        honest = decide(desk, dossier, "public", Decision()).held.statement
        assert isinstance(honest, Closing) and len(honest.rows) == 1
        stolen = next(row for row in old.rows if row.printed == NAMES[0])
        fields = ("n", "prev", "letter", "place", "date", "rosters", "withheld", "attested", "openings", "certificate",
                  "edition", "layout")  # fmt: skip
        body = {key: getattr(honest, key) for key in fields}
        body["openings"] = old.openings
        body["sign_off"] = replace(honest.sign_off, names=(NAMES[0],))
        rows: tuple[Row, ...] = (*honest.rows, stolen)
        packet = issue(desk, Closing, dossier, seen=seen(here.secretariat.volume().state), rows=rows, **body)
        volume = here.secretariat.volume()
        held = next(
            one
            for key, one in volume.held.items()
            if volume.packets[key] is packet or volume.packets[key].data == packet.data
        )
        with pytest.MonkeyPatch.context() as patch:  # our own program refuses to put these together
            patch.setattr("crsv_desk.services.combine._require", lambda fits: None)
            pages = desk.paper.typeset(combine(desk, Material(volume, held, {})), silent)
        pdf = desk.paper.seal(pages, own_identity(desk).signer, desk.clock.now())
        judge = here.world.office("Tweede Kamer")
        found = verify(judge.desk, Untrusted("brief.pdf", pdf), here.secretariat.code)
    assert not found.holds
    assert f"endorsement of {NAMES[0]} does not count" in why(found)


# Rebuilt by a gateway --------------------------------------------------------------------------------------------------


def _by_pikepdf(pdf: bytes, folder: Path) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(output, linearize=True)
    return output.getvalue()


def _by(*command: str) -> Callable[[bytes, Path], bytes]:
    def run(pdf: bytes, folder: Path) -> bytes:
        need(command[0])
        (folder / "in.pdf").write_bytes(pdf)
        words = [one.format(out=folder / "out.pdf", **{"in": folder / "in.pdf"}) for one in command]
        subprocess.run(words, check=True, capture_output=True)
        return (folder / "out.pdf").read_bytes()

    return run


GATEWAYS: dict[str, Callable[[bytes, Path], bytes]] = {
    "pikepdf": _by_pikepdf,
    "qpdf": _by("qpdf", "--object-streams=disable", "--qdf", "{in}", "{out}"),
    "qpdf, for the web": _by("qpdf", "--linearize", "{in}", "{out}"),
    "pdftocairo": _by("pdftocairo", "-pdf", "{in}", "{out}"),
    "Ghostscript": _by("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-sOutputFile={out}", "{in}"),
}


@pytest.mark.parametrize("gateway", GATEWAYS)
@pytest.mark.parametrize("level", ["pdf", "archived"])
def test_a_rebuilt_file_says_the_same_words_but_the_seal_is_lost(
    case: Case, gateway: str, level: str, tmp_path: Path
) -> None:
    """Where its statements survived, anybody sees it; else whoever made it."""
    rebuilt = GATEWAYS[gateway](getattr(case, level), tmp_path)
    here = verify(case.here.secretariat.desk, Untrusted("brief.pdf", rebuilt))
    assert not here.whole and here.conclusion == "seal lost", here
    if gateway.startswith(("pikepdf", "qpdf")):
        found = case.verify(rebuilt)
        assert not found.whole and found.conclusion == "seal lost"


def test_a_rebuilt_file_with_other_words_is_not_called_the_same(case: Case, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(case.pdf)) as document:
        content = document.pages[0].Contents.read_bytes()
        document.pages[0].Contents = document.make_stream(
            content[: len(content) // 2].rsplit(b"\nEMC", 1)[0] + b"\nEMC"
        )
        output = io.BytesIO()
        document.save(output)
    for desk in (case.here.secretariat.desk, case.judge.desk):
        found = verify(desk, Untrusted("brief.pdf", output.getvalue()))
        assert found.conclusion != "seal lost" and found.pages != "the same words"


# Set by another version ------------------------------------------------------------------------------------------------


@dataclass
class Other:
    """The same letter as a version with other rules for its pages sets and seals it."""

    pdf: bytes
    count: int
    """Of its pages."""


@pytest.fixture(scope="module")
def other(case: Case) -> Other:
    """Shorter pages, narrower lines, larger letters: nearly every line and page ends elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("letter_part", "evidence", "signatories"):
            name = "LETTER_BOTTOM" if module == "letter_part" else "BOTTOM"
            patch.setattr(f"crsv_desk.pdf.{module}.{name}", mm(200))
        patch.setattr("crsv_desk.pdf.letter_part.TEXT_WIDTH", mm(104))
        patch.setattr("crsv_desk.pdf.evidence.LIMIT", replace(measures.LIMIT, size=9))
        patch.setattr("crsv_desk.pdf.evidence_tables.CELL", replace(measures.CELL, size=8))
        pdf = case.seal(typeset(case.sent, silent))
    return Other(pdf, len(list(page_texts(pdf))))


@pytest.fixture
def foreign(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever checks here has other fonts than those that the closing names."""
    monkeypatch.setattr(type(case.judge.desk.paper), "fonts_digest", lambda self: "0" * 64)


@pytest.mark.usefixtures("foreign")
def test_pages_that_end_elsewhere_say_the_same_words(case: Case, other: Other, tmp_path: Path) -> None:
    assert other.count > len(list(page_texts(case.pdf)))
    found = case.verify(other.pdf)
    assert (found.conclusion, found.pages, found.holds) == ("pages not compared", "not compared", True)
    for sentence in ("as a program reads them, were compared", "drawn marks were not compared"):
        assert sentence in " ".join(one.sentence for one in found.findings)
    # And when a gateway rebuilt them too.
    assert case.verify(_by_pikepdf(other.pdf, tmp_path)).conclusion == "seal lost"


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("gateway", ["pdftocairo", "Ghostscript"])
def test_a_rebuilt_file_of_another_version_is_known_where_it_was_made(
    case: Case, other: Other, gateway: str, tmp_path: Path
) -> None:
    found = verify(case.here.secretariat.desk, Untrusted("brief.pdf", GATEWAYS[gateway](other.pdf, tmp_path)))
    assert found.conclusion == "seal lost"


@pytest.mark.usefixtures("foreign")
def test_other_words_on_pages_of_another_version_are_refused(case: Case) -> None:
    """Which does not say that anything was changed: the other version may word something otherwise."""
    desk, letter = case.here.secretariat.desk, case.sent
    pages = desk.paper.typeset(replace(letter, text=replace(letter.text, salutation="Geachte vrienden,")), silent)
    sealed = case.seal(pages)
    found = case.verify(sealed)
    assert (found.conclusion, found.pages, found.whole, found.holds) == ("other words", "other words", False, False)
    assert "would write" in found.title and "would write" in found.verdict and "would print others" in why(found)
    assert "not known" in " ".join(lines(found))
    assert "changed" not in f"{found.title} {found.verdict} {why(found)}"
    # With one more ground to doubt it, it is changed.
    found = case.verify(appended(sealed, LATER["a note over the text"]))
    assert (found.conclusion, found.pages) == ("changed", "different")


@pytest.mark.usefixtures("foreign")
def test_pages_that_this_version_cannot_set_are_not_called_changed(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object) -> bytes:
        raise DeskError("No font has the character.")

    monkeypatch.setattr("crsv_desk.pdf.likeness.typeset", refuse)
    found = case.verify(case.pdf)
    assert (found.conclusion, found.pages, found.holds) == ("not set", "not set", False)
    assert "not known" in " ".join(lines(found))
    assert "changed" not in f"{found.title} {found.verdict} {why(found)}"


def _deep(document: pikepdf.Pdf, role: str) -> pikepdf.Object:
    """The first element of the structure tree with this role."""
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, pikepdf.Array):
            waiting += list(value)
        elif isinstance(value, pikepdf.Dictionary):
            if value.get("/S") == role:
                return value
            waiting += [value.K] if "/K" in value else []
    raise AssertionError(role)


def _alternative(document: pikepdf.Pdf) -> None:
    _deep(document, "/Figure").Alt = pikepdf.String("Handtekening van niemand")


def _actual_text(document: pikepdf.Pdf) -> None:
    """What a screen reader says instead of a paragraph that everybody else sees."""
    _deep(document, "/P").ActualText = pikepdf.String("Wij trekken deze brief in.")


def _bookmark(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Title = pikepdf.String("Ingetrokken")


def _title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Ingetrokken"


def _xmp(document: pikepdf.Pdf) -> None:
    stream = document.Root.Metadata
    stream.write(stream.read_bytes().replace(b"conflictgerelateerd", b"ingetrokken"))


def _tooltip(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm.Fields[0].TU = pikepdf.String("Niet verzegeld")


def _associated(document: pikepdf.Pdf) -> None:
    """What the catalog associates is another file than what stands under that name."""
    one, other = document.Root.AF[0], document.Root.AF[1]
    document.Root.AF = pikepdf.Array(
        [document.make_indirect(pikepdf.Dictionary({**one, "/EF": other.EF})), *document.Root.AF[1:]]
    )


def _two_files(document: pikepdf.Pdf) -> None:
    """Older readers take one file, newer ones the other."""
    one = document.Root.AF[0]
    one.EF = pikepdf.Dictionary(F=one.EF.F, UF=document.Root.AF[1].EF.F)


def _described(document: pikepdf.Pdf) -> None:
    document.Root.AF[0].Desc = pikepdf.String("Ondertekend door iedereen")


def _labels(document: pikepdf.Pdf) -> None:
    document.Root.PageLabels.Nums[1].St = 5


def _language(document: pikepdf.Pdf) -> None:
    document.Root.Lang = pikepdf.String("en")


def _title_hidden(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences.DisplayDocTitle = False


def _unlike(document: pikepdf.Pdf) -> None:
    """A paragraph that is there for the eye alone."""
    document.Root.MarkInfo.Marked = False


SAID: list[Callable[[pikepdf.Pdf], None]] = [
    _alternative, _actual_text, _bookmark, _title, _xmp, _tooltip, _associated, _two_files, _described, _labels,
    _language, _title_hidden, _unlike,
]  # fmt: skip


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _page_action(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.Print))


def _layer(document: pikepdf.Pdf) -> None:
    group = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("x")))
    document.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([group]), D=pikepdf.Dictionary(OFF=pikepdf.Array([group]))
    )


def _form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm.XFA = document.make_stream(b"<xdp/>")


def _sticker(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[70, 500, 500, 700], F=4, IC=[1, 1, 1]
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])


def _file_beside_a_word(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], F=4, FS=document.Root.AF[0]
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])


def _leads_on(document: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 600, 800], F=4,
        A=pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=pikepdf.String("evil.pdf")),
    )  # fmt: skip
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])


def _links(document: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 600, 800], F=4,
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/")),
    )  # fmt: skip
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])


STRANGE: list[Callable[[pikepdf.Pdf], None]] = [
    _script, _page_action, _layer, _form, _sticker, _file_beside_a_word, _leads_on,
]  # fmt: skip


def _sealed_so(case: Case, pages: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """What a dishonest secretariat could make in one revision, under its own good seal."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages)) as document:
        change(document)
        document.save(output, fix_metadata_version=False)
    return case.seal(output.getvalue())


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("change", [*SAID, _links, *STRANGE], ids=lambda change: change.__name__)
def test_what_is_said_beside_the_words_is_looked_at_whoever_set_them(
    case: Case, change: Callable[[pikepdf.Pdf], None]
) -> None:
    """The pages say the very words that were signed, under a good seal."""
    found = case.verify(_sealed_so(case, case.pages, change))
    assert not found.whole
    assert found.conclusion == ("other words" if change in (*SAID, _links) else "changed"), found


@pytest.mark.usefixtures("foreign")
def test_pages_that_wait_in_the_sealed_revision_are_found_whoever_set_them(case: Case) -> None:
    """Hide and replace, prepared: reached from nowhere until somebody adds a revision."""
    for waiting in (False, True):
        writer = copy_into_new_writer(PdfFileReader(io.BytesIO(case.pages)))
        if waiting:
            writer.add_object(generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page")}))
        output = io.BytesIO()
        writer.write(output)
        found = case.verify(case.seal(output.getvalue()))
        assert (FOREIGN in why(found)) is waiting  # the writer tells who it is, which is another finding


@pytest.mark.usefixtures("foreign")
def test_what_pikepdf_wrote_without_a_change_is_taken_for_another_versions(case: Case) -> None:
    """So that the test above tests what it changes."""
    assert case.verify(_sealed_so(case, case.pages, lambda document: None)).conclusion == "pages not compared"
