"""What is done to a sealed PDF, and what the check says of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner

from crsv_desk.domain.errors import Cancelled
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.pdf.seal import Revision
from crsv_desk.pdf.sealing_keys import KeySigner
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify
from tests.pdf.spoilt import blanked, rebuilt
from tests.services.judged import Judged
from tests.services.world import coalition

NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@dataclass
class Case(Judged):
    pdf: bytes

    def sealed_otherwise(self, change: Callable[[CombinedLetter], CombinedLetter]) -> bytes:
        """What a dishonest secretariat could make: other pages under its own good seal."""
        return self.seal(self.here.secretariat.desk.paper.typeset(change(self.letter()), silent))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("coalition"), NAMES) as here:
        here.signed()
        pdf = compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf
        yield Case(here, here.world.office("Tweede Kamer"), pdf)


def sentences(found: Verification) -> str:
    return " ".join(one.sentence for one in found.findings if one.holds is False)


def test_the_untouched_file_holds(case: Case) -> None:
    assert case.verify(case.pdf).holds


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9, 0.995])
def test_a_changed_byte_is_noticed(case: Case, place: float) -> None:
    at = int(len(case.pdf) * place)
    changed = case.pdf[:at] + bytes((case.pdf[at] ^ 1,)) + case.pdf[at + 1 :]
    try:
        found = case.verify(changed)
    except Exception as error:
        assert type(error).__name__ == "Refused"
    else:
        assert not found.whole


@pytest.mark.parametrize("tail", [b"\n", b"%comment\n", b"\n1 0 obj\n<<>>\nendobj\n"])
def test_appended_bytes_are_noticed(case: Case, tail: bytes) -> None:
    found = case.verify(case.pdf + tail)
    assert not found.whole
    assert "after it was sealed" in sentences(found)


def test_a_further_revision_is_noticed(case: Case) -> None:
    """Shadow attacks (hide, replace, hide-and-replace) all end in one: an object replaced after the seal."""
    writer = IncrementalPdfFileWriter(io.BytesIO(case.pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b""))
    writer.mark_update(page.container_ref)
    output = io.BytesIO()
    writer.write(output)
    found = case.verify(output.getvalue())
    assert not found.whole and found.pages != "the same"


def test_a_page_that_says_something_else_is_caught_under_a_good_seal(case: Case) -> None:
    def other_words(letter: CombinedLetter) -> CombinedLetter:
        text = replace(letter.text, salutation="Geachte vrienden,")
        return replace(letter, text=text)

    found = case.verify(case.sealed_otherwise(other_words))
    assert not found.whole
    assert "Page 1" in sentences(found)


def test_an_invented_signatory_is_caught_under_a_good_seal(case: Case) -> None:
    def invented(letter: CombinedLetter) -> CombinedLetter:
        ghost = replace(letter.signatories[0], organisation="Stichting Spook", statement="f" * 64)
        return replace(letter, signatories=(*letter.signatories, ghost))

    assert not case.verify(case.sealed_otherwise(invented)).whole


@pytest.mark.parametrize("how", ["missing", "swapped", "added"])
def test_attachments_are_exactly_those_that_belong(case: Case, how: str) -> None:
    def changed(letter: CombinedLetter) -> CombinedLetter:
        files = list(letter.attachments)
        answers = [number for number, one in enumerate(files) if one.name.startswith("endorsement")]
        if how == "missing":
            del files[answers[0]]
        elif how == "swapped":
            one, two = answers[:2]
            files[one], files[two] = (
                replace(files[one], data=files[two].data),
                replace(files[two], data=files[one].data),
            )
        else:
            files.append(replace(files[answers[0]], name="more.crsv"))
        return replace(letter, attachments=tuple(files))

    found = case.verify(case.sealed_otherwise(changed))
    assert not found.whole
    assert how == "missing" or "attached to this PDF are not exactly those" in sentences(found)


def test_something_hidden_in_the_sealed_revision_is_caught(case: Case) -> None:
    """A page laid over another by whoever seals, in the revision that the seal covers."""
    desk = case.here.secretariat.desk
    pages = desk.paper.typeset(case.letter(), silent)
    found = case.verify(case.seal(blanked(pages)))
    assert not found.whole
    assert "Page 1" in sentences(found)


def test_a_seal_by_another_key_is_caught(case: Case) -> None:
    desk = case.here.secretariat.desk
    pages = desk.paper.typeset(case.letter(), silent)
    other = own_identity(case.judge.desk).signer
    found = case.verify(desk.paper.seal(pages, other, desk.clock.now()))
    assert not found.whole


def test_a_second_signature_is_caught(case: Case) -> None:
    signer = own_identity(case.judge.desk).signer
    writer = Revision(io.BytesIO(case.here.secretariat.desk.paper.typeset(case.letter(), silent)))
    metadata = PdfSignatureMetadata(field_name="Other", md_algorithm="sha256")
    output = PdfSigner(metadata, signer=KeySigner(signer.certificate.der, signer.sign)).sign_pdf(writer)
    assert not case.verify(output.read()).whole


def test_a_rebuilt_file_says_the_same_words_but_its_seal_is_lost(case: Case) -> None:
    found = case.verify(rebuilt(case.pdf))
    assert not found.whole
    assert "seal is lost" in found.verdict


def test_a_rebuilt_file_without_its_attachments_is_known_where_it_was_made(case: Case) -> None:
    def stripped(document: pikepdf.Pdf) -> None:
        for key in ("/AF", "/Names", "/AcroForm"):
            if key in document.Root:
                del document.Root[key]

    found = verify(case.here.secretariat.desk, Untrusted("brief.pdf", rebuilt(case.pdf, stripped)))
    assert not found.whole and found.pages == "the same words"
    assert "seal is lost" in found.verdict


def test_a_foreign_pdf_is_not_called_false(case: Case) -> None:
    output = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(output)
    found = case.verify(output.getvalue())
    assert not found.whole
    assert "not sealed by CRSV Desk" in found.verdict


def test_a_whole_dossier_made_by_a_stranger_is_not_the_secretariats(case: Case, tmp_path: Path) -> None:
    """Invented organisations under the same names, everything in it signed and well: whole, but whose?"""
    with coalition(tmp_path, NAMES) as forged:
        forged.signed()
        pdf = compile_letter(forged.secretariat.desk, forged.secretariat.dossier).pdf
    found = case.verify(pdf)
    assert found.whole and not found.whose and not found.holds


def test_pages_of_another_version_are_not_called_changed(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = type(case.judge.desk.paper)
    monkeypatch.setattr(paper, "fonts_digest", lambda self: "0" * 64)
    found = case.verify(case.pdf)
    assert found.pages == "not compared" and found.whole


def test_cancelling_stops_the_check(case: Case) -> None:
    def stop(step: Step) -> None:
        raise Cancelled

    report: Report = stop
    with pytest.raises(Cancelled):
        verify(case.judge.desk, Untrusted("brief.pdf", case.pdf), "", report)
